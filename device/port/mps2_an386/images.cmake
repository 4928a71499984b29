# The images of this board.
# runtime: the firmware that runs guests. bench: runs one artifact and counts; see tools/m4_cycles/measure.py.
set(runtime runtime_main.c guest_slots.c report.c slot.c)
set(runtime_libraries
    device_boot device_display device_value_store device_operation device_executive core_load
    core_vm core_trust core_wire core_base)
skep_image(runtime ${runtime} LINK ${runtime_libraries})
skep_image(bench bench_main.c LINK core_load core_vm core_trust core_wire core_base port_mps2_an386_semihosting)

# Prints sizes and worst stacks, and fails when one passes spec/limits.json. On the interrupt stack a tick may come on
# top of the alarm on top of the executive.
add_custom_command(TARGET runtime POST_BUILD
    COMMAND ${FOOTPRINT} $<TARGET_FILE:runtime> ${CMAKE_BINARY_DIR}/runtime.map
            ${LIMITS}
            --worst start_on_pendsv+clock_on_timer0+clock_on_systick=interrupt_stack_bytes
            --worst main=thread_stack_bytes
    WORKING_DIRECTORY ${CMAKE_BINARY_DIR} VERBATIM)

# The images of the smaller profiles: text, RAM beside guests and stacks, held against the ceilings of each.
foreach(profile IN LISTS SKEP_SMALL_PROFILES)
    skep_small_image(${profile} ${profile} origin_alone.c)
    add_custom_command(TARGET ${profile} POST_BUILD
        COMMAND ${FOOTPRINT} $<TARGET_FILE:${profile}> ${CMAKE_BINARY_DIR}/${profile}.map ${LIMITS}
                --profile ${profile} --guests small_guests
                --worst start_on_pendsv+clock_on_timer0+clock_on_systick=${profile}_interrupt_stack_bytes
                --worst main=${profile}_thread_stack_bytes
        WORKING_DIRECTORY ${CMAKE_BINARY_DIR} VERBATIM)
endforeach()

# A byte may come on top of a tick.
skep_boot_image(boot PARTS boot_board_parts TEXT boot_text_bytes INTERRUPTS start_on_uart0_receive+clock_on_systick)

# The runtime as firmware: linked for each of the two slots, with the bootloader's functions. `skep pack firmware` makes
# images of them.
foreach(row a:0x21a00000 b:0x21b00000)
    string(REPLACE ":" ";" row ${row})
    list(GET row 0 letter)
    list(GET row 1 address)
    skep_image(runtime_${letter} ${runtime} boot_functions.c SLOT ${address} LINK ${runtime_libraries})
    add_custom_command(TARGET runtime_${letter} POST_BUILD
        COMMAND ${CMAKE_OBJCOPY} -O binary -R .noinit $<TARGET_FILE:runtime_${letter}> runtime_${letter}.bin VERBATIM)
endforeach()
