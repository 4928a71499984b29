# What every CMakeLists.txt here uses.
#   skep_library(NAME sources... [LINK libraries...])   a static library, headers found from the project's root
#   skep_profiled_library(NAME sources... [LINK libraries...])   one for each profile of spec/limits.json: NAME of the
#       full one, NAME_minimal and NAME_standard; of what it links, the same profile's. @PROFILE@ in a source's name is
#       the profile. Smaller ones are built where something links them.
#   skep_test(NAME sources... [LINK libraries...])      a program that ctest runs as NAME, under the sanitizers too
#   skep_program(NAME sources... [LINK libraries...])   a program for people, in build/bin
set(SKEP_BIN ${CMAKE_BINARY_DIR}/bin CACHE PATH "where programs go")
set(SKEP_WARNINGS -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wstrict-prototypes -Werror)

function(skep_target_rules target)
    target_include_directories(${target} PRIVATE ${CMAKE_SOURCE_DIR})
    target_compile_options(${target} PRIVATE $<$<COMPILE_LANGUAGE:C>:${SKEP_WARNINGS}>)
    # What a requirement says of its file is the same wherever the checkout is, and so is an image's size.
    target_compile_options(${target} PRIVATE $<$<COMPILE_LANGUAGE:C>:-fmacro-prefix-map=${CMAKE_SOURCE_DIR}/=>)
endfunction()

function(skep_library name)
    cmake_parse_arguments(ARG "" "" "LINK" ${ARGN})
    add_library(${name} STATIC ${ARG_UNPARSED_ARGUMENTS})
    skep_target_rules(${name})
    target_link_libraries(${name} PUBLIC ${ARG_LINK})
endfunction()

set(SKEP_SMALL_PROFILES minimal standard)
set(SKEP_PROFILE_SUFFIXES "" _minimal _standard)
# On a board a small image is made as a whole at the end; the archives hold ordinary code beside what that needs.
# What -Os does and these undo makes code larger here.
if(SKEP_BOARD)
    set(SKEP_SMALL_FLAGS -flto -ffat-lto-objects -fno-move-loop-invariants -fno-schedule-insns2 -fno-tree-coalesce-vars
        -fno-tree-sra -fno-ipa-sra -fno-tree-ch)
endif()

function(skep_profiled_library name)
    cmake_parse_arguments(ARG "" "" "LINK" ${ARGN})
    foreach(profile ${SKEP_SMALL_PROFILES} full)
        string(REPLACE @PROFILE@ ${profile} sources "${ARG_UNPARSED_ARGUMENTS}")
        set(target ${name})
        set(link ${ARG_LINK})
        if(NOT profile STREQUAL full)
            set(target ${name}_${profile})
            list(TRANSFORM link APPEND _${profile})
            foreach(library ${ARG_LINK})
                if(NOT TARGET ${library}_${profile})
                    list(TRANSFORM link REPLACE "^${library}_${profile}$" ${library})
                endif()
            endforeach()
        endif()
        skep_library(${target} ${sources} LINK ${link})
        target_include_directories(${target} PUBLIC ${CMAKE_SOURCE_DIR}/spec/profile/${profile})
        if(NOT profile STREQUAL full)
            set_target_properties(${target} PROPERTIES EXCLUDE_FROM_ALL TRUE)
            target_compile_options(${target} PRIVATE ${SKEP_SMALL_FLAGS})
        endif()
    endforeach()
endfunction()

function(skep_program name)
    cmake_parse_arguments(ARG "" "" "LINK" ${ARGN})
    add_executable(${name} ${ARG_UNPARSED_ARGUMENTS})
    skep_target_rules(${name})
    target_link_libraries(${name} PRIVATE ${ARG_LINK})
endfunction()

function(skep_test name)
    cmake_parse_arguments(ARG "" "" "LINK" ${ARGN})
    add_executable(${name} ${ARG_UNPARSED_ARGUMENTS})
    skep_target_rules(${name})
    set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/test)
    target_link_libraries(${name} PRIVATE ${ARG_LINK} host_require)
    add_test(NAME ${name} COMMAND ${name} WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
    set_tests_properties(${name} PROPERTIES TIMEOUT 300 LABELS sanitized)
    add_dependencies(sanitized ${name})
endfunction()

# What the host-sanitize preset builds: every skep_test. Scripts that drive whole programs run in the host preset alone.
add_custom_target(sanitized)
