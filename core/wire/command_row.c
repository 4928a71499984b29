#include "core/wire/command_row.h"

#include <string.h>

#include "core/base/bytes.h"
#include "core/wire/row_text.h"
#include "profile.h"

static bool types_are_whole(const struct command_row *row) {
    for (uint32_t i = 0; i < COMMAND_ARGUMENTS_MAX; i++) {
        if (row->argument[i] >= VALUE_TYPES || (i >= row->argument_count && row->argument[i] != 0)) return false;
    }
    return true;
}

static const char *fault_of(const uint8_t *bytes, const struct command_row *row) {
    if (row->flags & ~COMMAND_PIN) return PROFILE_WORDS("a command has a flag that does not exist");
    if (row->level >= LEVELS) return PROFILE_WORDS("a command's level is not 0 to 3");
    if (row->argument_count > COMMAND_ARGUMENTS_MAX) return PROFILE_WORDS("a command has more than four arguments");
    if (!types_are_whole(row)) return PROFILE_WORDS("a type of a command's argument is not bool, i32, f32 or f16");
    if (row->result >= VALUE_TYPES && row->result != COMMAND_NO_RESULT)
        return PROFILE_WORDS("a command's result is not bool, i32, f32, f16 or none");
    if (load_le16(bytes + 10) != 0) return PROFILE_WORDS("a reserved field of a command is not zero");
    if (row->timeout_ms > COMMAND_TIMEOUT_MS_MAX) return PROFILE_WORDS("a command's timeout is longer than an hour");
    if (row->pin != 0 && (row->flags & COMMAND_PIN) == 0)
        return PROFILE_WORDS("a command has a PIN and no flag for it");
    if (!row_text_is_name(row->name, ROW_NAME_BYTES, ROW_NAME_MAX))
        return PROFILE_WORDS("a command's name is not 1 to 12 letters, digits, '_', '-', '.', then zeros");
    if (!row_text_is_line(row->help, COMMAND_HELP_BYTES))
        return PROFILE_WORDS("a command's help is not at most 39 printable bytes, then zeros");
    return NULL;
}

enum status command_row_decode(const uint8_t bytes[COMMAND_ROW_BYTES], struct command_row *row, const char **reason) {
    *row = (struct command_row){.id = load_le16(bytes),
                                .flags = bytes[2],
                                .level = bytes[3],
                                .argument_count = bytes[4],
                                .result = bytes[9],
                                .timeout_ms = load_le32(bytes + 12),
                                .handler = load_le32(bytes + 16),
                                .pin = load_le32(bytes + 20),
                                .name = bytes + 24,
                                .help = bytes + 40};
    memcpy(row->argument, bytes + 5, sizeof row->argument);
    *reason = fault_of(bytes, row);
    return *reason ? ST_CORRUPT : ST_OK;
}

const char *command_rows_check(const uint8_t *rows, uint32_t count, uint32_t window, uint32_t window_end,
                               uint32_t *at) {
    struct command_row row;
    const char *reason;
    for (*at = 0; *at < count * COMMAND_ROW_BYTES; *at += COMMAND_ROW_BYTES) {
        if (command_row_decode(rows + *at, &row, &reason) != ST_OK) return reason;
        if (row.handler < window || (uint64_t)row.handler + sizeof(uint32_t) > window_end)
            return PROFILE_WORDS("a command's handler is not named in the read-only window");
    }
    return NULL;
}
