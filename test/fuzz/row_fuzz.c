/* Any bytes as rows that an artifact declares (values, commands, mailboxes), and as names: what is taken is in bounds
 * and means the same when it is looked at again, and nothing else is taken. */
#include <stdio.h>
#include <string.h>

#include "core/base/bytes.h"
#include "core/base/name.h"
#include "core/wire/command_row.h"
#include "core/wire/mailbox_row.h"
#include "core/wire/value_row.h"
#include "device/executive/mailbox.h"
#include "test/fuzz/fuzz.h"

enum { WINDOW = 0x10000000, WINDOW_END = WINDOW + 4096, PID = 5 };

/* A task could have bound what a row declares by saying its name. */
static void look_at_mailbox(const uint8_t *bytes) {
    static const char *const spaces[] = {"", "svc:", "app:", "shared:"};
    struct mailbox_name declared = mailbox_name_of_row(bytes, PID), said;
    char text[64];
    if (!memchr(declared.text, 0, sizeof declared.text)) fuzz_failed("a name has no end");
    snprintf(text, sizeof text, "%s%s", spaces[declared.space], declared.text);
    if (mailbox_name_read(text, (uint32_t)strlen(text), PID, &said) != ST_OK) fuzz_failed("nobody could say its name");
    if (said.space != declared.space || said.task != declared.task || strcmp(said.text, declared.text) != 0)
        fuzz_failed("its name means something else");
}

static void look_at_rows(const uint8_t *bytes, uint32_t length) {
    uint32_t at, count = length / MAILBOX_ROW_BYTES;
    if (mailbox_rows_check(bytes, count, &at) && at >= length) fuzz_failed("a fault lies outside");
    for (uint32_t i = 0; i < count; i++) {
        struct mailbox_row row;
        const char *reason;
        if (mailbox_row_decode(bytes + i * MAILBOX_ROW_BYTES, &row, &reason) == ST_OK)
            look_at_mailbox(bytes + i * MAILBOX_ROW_BYTES);
    }
    count = length / VALUE_ROW_BYTES;
    if (value_rows_check(bytes, count, &at) && at >= length) fuzz_failed("a fault lies outside");
    count = length / COMMAND_ROW_BYTES;
    if (command_rows_check(bytes, count, WINDOW, WINDOW_END, &at) && at >= length) fuzz_failed("a fault lies outside");
}

static void look_at_name(const char *text, uint32_t length) {
    struct mailbox_name name;
    if (mailbox_name_read(text, length, PID, &name) == ST_OK) {
        if (!memchr(name.text, 0, sizeof name.text) || name.space > SPACE_HAL) fuzz_failed("no name was taken for one");
        if (name.space != SPACE_PID && name.text[0] == '\0') fuzz_failed("a mailbox has no name");
    }
    if (!name_is_good(text, length)) return;
    for (uint32_t i = 0; i < length; i++) {
        if (text[i] <= ' ' || text[i] > 'z' || text[i] == '/') fuzz_failed("a file's name leads elsewhere");
    }
    if (text[0] == '.') fuzz_failed("a file's name leads upwards");
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    if (length > FUZZ_BYTES_MAX) return 0;
    look_at_rows(bytes, (uint32_t)length);
    look_at_name((const char *)bytes, (uint32_t)length);
    for (size_t at = 0; at + MAILBOX_NAME_TEXT_MAX <= length; at += MAILBOX_NAME_TEXT_MAX)
        look_at_name((const char *)bytes + at, (uint32_t)random_below(&(struct random){at + length}, 40));
    return 0;
}

size_t fuzz_begin(struct random *random, uint8_t to[FUZZ_BYTES_MAX]) {
    static const char *const names[] = {"svc:log@7", "app:box",     "shared:news",
                                        "pid:12",    "hal:gpio:13", "settings.toml"};
    size_t length = 0;
    for (uint32_t rows = 1 + random_below(random, 6); rows > 0; rows--, length += MAILBOX_ROW_BYTES) {
        uint8_t *row = to + length, space = (uint8_t)(1 + random_below(random, 3));
        memset(row, 0, MAILBOX_ROW_BYTES);
        row[0] = space;
        row[1] = space == MAILBOX_ROW_SHARED ? (uint8_t)(1 + random_below(random, 2)) : 0;
        store_le32(row + 4, 16 + random_below(random, 1000));
        memcpy(row + 8, "a_name_of_23_characters", 1 + random_below(random, 23));
    }
    const char *name = names[random_below(random, sizeof names / sizeof *names)];
    if (random_percent(random, 50)) return length;
    memcpy(to, name, strlen(name));
    return strlen(name);
}

void fuzz_mend(uint8_t *bytes, size_t length) {
    (void)bytes;
    (void)length;
}
