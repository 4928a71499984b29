# The images of this board: for each map a boot image, and a runtime of the profile that fits.
# small_image(NAME map profile slot's address)
function(small_image name map profile address)
    skep_small_image(${name} ${profile} origin_slot.c boot_functions.c slot.c IMAGE MAP ${map} SLOT ${address})
    add_custom_command(TARGET ${name} POST_BUILD
        COMMAND ${FOOTPRINT} $<TARGET_FILE:${name}> ${CMAKE_BINARY_DIR}/${name}.map ${LIMITS}
                --whole stm32g474_${map}_text_bytes
                --worst start_on_pendsv+console_on_usart1+clock_on_tim2=stm32g474_interrupt_stack_bytes
                --worst main=stm32g474_thread_stack_bytes
        COMMAND ${CMAKE_OBJCOPY} -O binary -R .noinit $<TARGET_FILE:${name}> device/firmware/${name}.bin
        WORKING_DIRECTORY ${CMAKE_BINARY_DIR} VERBATIM)
endfunction()

foreach(map IN ITEMS map_128 map_512)
    skep_boot_image(boot_${map} PARTS boot_board_parts_${map} TEXT stm32g474_boot_text_bytes
                    INTERRUPTS console_on_usart1 IMAGE MAP ${map})
endforeach()
small_image(runtime_128 map_128 minimal 0x08004800)
small_image(runtime_512_a map_512 standard 0x08008000)
small_image(runtime_512_b map_512 standard 0x08020000)
