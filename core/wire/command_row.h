/* command_row: how a command is declared: 80 bytes in an artifact or in a guest's read-only window. Source:
 * spec/command.md section 1. */
#ifndef SKEP_CORE_WIRE_COMMAND_ROW_H
#define SKEP_CORE_WIRE_COMMAND_ROW_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/status.h"
#include "core/wire/value_row.h"

enum {
    COMMAND_ROW_BYTES = 80,
    COMMAND_ARGUMENTS_MAX = 4,
    COMMAND_HELP_BYTES = 40,
    COMMAND_NO_RESULT = 0xff,
    COMMAND_TIMEOUT_MS_MAX = 3600000,
};
enum command_flag { COMMAND_PIN = 1 };

struct command_row {
    uint16_t id;
    uint8_t flags, level, argument_count, argument[COMMAND_ARGUMENTS_MAX], result; /* enum value_type */
    uint32_t timeout_ms, handler, pin;
    const uint8_t *name, *help; /* in the row, ROW_NAME_BYTES and COMMAND_HELP_BYTES */
};

/* Each of `count` rows, and that its handler is named in the window of these addresses: NULL, or what is wrong with
 * one, and at which byte it begins. Where the handler leads is found when it is called. */
const char *command_rows_check(const uint8_t *rows, uint32_t count, uint32_t window, uint32_t window_end, uint32_t *at);

/* ST_CORRUPT: what is wrong, for people, in *reason. Where the handler lies is the caller's to check. */
enum status command_row_decode(const uint8_t bytes[COMMAND_ROW_BYTES], struct command_row *row, const char **reason);

#endif
