/* mailbox_row: how a mailbox is declared: 32 bytes in an artifact. Source: spec/mailbox.md section 8. */
#ifndef SKEP_CORE_WIRE_MAILBOX_ROW_H
#define SKEP_CORE_WIRE_MAILBOX_ROW_H

#include <stdint.h>

#include "core/base/status.h"

enum { MAILBOX_ROW_BYTES = 32, MAILBOX_ROW_NAME_BYTES = 24, MAILBOX_ROW_CAPACITY_MIN = 16 };

/* Numbers of the namespaces and modes that a row can name; those of spec/mailbox.md. */
enum mailbox_row_space { MAILBOX_ROW_SVC = 1, MAILBOX_ROW_APP, MAILBOX_ROW_SHARED };
enum mailbox_row_mode { MAILBOX_ROW_QUEUE, MAILBOX_ROW_DROP, MAILBOX_ROW_BLOCK };

struct mailbox_row {
    uint8_t space, mode;
    uint32_t capacity;
    const char *name; /* in the row, with zeros behind it */
};

/* ST_CORRUPT: what is wrong, for people, in *reason. */
enum status mailbox_row_decode(const uint8_t bytes[MAILBOX_ROW_BYTES], struct mailbox_row *row, const char **reason);

/* Each of `count` rows: NULL, or what is wrong with one, and at which byte it begins. */
const char *mailbox_rows_check(const uint8_t *rows, uint32_t count, uint32_t *at);

#endif
