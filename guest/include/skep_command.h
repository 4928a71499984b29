/* skep_command: functions that others may have run, declared in one line each (spec/command.md):
 *
 *     static int32_t add(int32_t a, int32_t b) { return a + b; }
 *     SKEP_COMMAND(command_add, 1, 7, add, .name = "add", .help = "adds two numbers", .arguments = 2,
 *                  .types = {SKEP_VALUE_I32, SKEP_VALUE_I32}, .result = SKEP_VALUE_I32);
 *
 * The handler runs in the program whenever it waits or its turn begins: between any two of its instructions. A handler
 * without a result says .result = SKEP_COMMAND_NO_RESULT. `command_add` is the object id, a constant. */
#ifndef SKEP_COMMAND_H
#define SKEP_COMMAND_H

#include "skep_value.h"

enum { SKEP_COMMAND_PIN = 1, SKEP_COMMAND_NO_RESULT = 255 };

struct skep_command_row {
    uint8_t number, group, flags, level;
    uint8_t arguments, types[4], result; /* enum skep_value_type */
    uint16_t zero;
    uint32_t timeout_ms;
    const void *handler; /* where its address lies */
    uint32_t pin;
    char name[16];
    char help[40];
};
SKEP_ASSERT(sizeof(struct skep_command_row) == 80);

#define SKEP_COMMAND(identifier, group_, number_, function, ...)                                                       \
    enum { identifier = (group_) << 8 | (number_) };                                                                   \
    __attribute__((section(".skep.handlers"), used)) static __typeof__(&(function)) const identifier##_handler =       \
        (function);                                                                                                    \
    __attribute__((section(".skep.commands"), used,                                                                    \
                   aligned(4))) static const struct skep_command_row identifier##_row = {                              \
        .number = (number_), .group = (group_), .handler = &identifier##_handler, __VA_ARGS__}

#endif
