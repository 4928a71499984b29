/* skep_mailbox: mailboxes that a program has from its start, declared in one line each (spec/mailbox.md section 8):
 *
 *     SKEP_MAILBOX(jobs, svc, "jobs", 512, SKEP_MAILBOX_MODE_QUEUE);
 *     skep_mailbox_open(jobs, SKEP_MAILBOX_RIGHT_READ, 0, &handle);
 *
 * The row takes no memory of the program and no instruction; `jobs` is its whole name, "svc:jobs". Namespaces: svc,
 * app, shared. */
#ifndef SKEP_MAILBOX_H
#define SKEP_MAILBOX_H

#include "skep_calls.h"

enum skep_mailbox_space { SKEP_MAILBOX_SPACE_svc = 1, SKEP_MAILBOX_SPACE_app, SKEP_MAILBOX_SPACE_shared };

struct skep_mailbox_row {
    uint8_t space, mode; /* enum skep_mailbox_space, skep_mailbox_mode */
    uint16_t zero;
    uint32_t capacity;
    char name[24];
};
SKEP_ASSERT(sizeof(struct skep_mailbox_row) == 32);

#define SKEP_MAILBOX(identifier, space_, name_, capacity_, mode_)                                                      \
    __attribute__((unused)) static const char identifier[] = #space_ ":" name_;                                        \
    __attribute__((section(".skep.mailboxes"), used,                                                                   \
                   aligned(4))) static const struct skep_mailbox_row identifier##_row = {                              \
        .space = SKEP_MAILBOX_SPACE_##space_, .mode = (mode_), .capacity = (capacity_), .name = name_}

#endif
