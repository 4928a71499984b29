/* Source: spec/boot.md section 5. */
#include "device/boot/request.h"

#include <string.h>

/* *pending is what is to be done; *number the last number that was given, done or not. */
static enum status open_requests(const struct boot_board *board, struct journal *requests, struct boot_request *pending,
                                 uint32_t *number) {
    struct journal journal;
    struct boot_state state;
    enum status status = boot_state_open(board, &journal, &state);
    if (status == ST_VERSION) return status;
    *requests = (struct journal){.area = board->flash,
                                 .offset = board->requests,
                                 .magic = JOURNAL_REQUEST_MAGIC,
                                 .body_bytes = BOOT_REQUEST_BYTES};
    *pending = (struct boot_request){.number = 0};
    *number = state.request;
    status = journal_open(requests, pending);
    if (status != ST_OK || !requests->has) return status;
    if ((int32_t)(pending->number - state.request) > 0)
        *number = pending->number;
    else
        *pending = (struct boot_request){.number = 0};
    return ST_OK;
}

enum status boot_request_pending(const struct boot_board *board, struct boot_request *pending) {
    struct journal requests;
    uint32_t number;
    return open_requests(board, &requests, pending, &number);
}

enum status boot_request_add(const struct boot_board *board, const struct boot_request *more) {
    static const uint8_t none[BOOT_NAME_BYTES];
    struct journal requests;
    struct boot_request all;
    uint32_t number;
    const enum status status = open_requests(board, &requests, &all, &number);
    if (status != ST_OK) return status;
    all.number = number + 1;
    all.wants |= more->wants;
    if (more->wants & BOOT_WANT_CONFIRM) {
        all.slot = more->slot;
        memcpy(all.id, more->id, sizeof all.id);
    }
    for (uint32_t i = 0; i < BOOT_COUNTERS; i++)
        if (memcmp(more->counter[i].name, none, sizeof none) != 0 &&
            !boot_counter_raise(all.counter, &more->counter[i]))
            return ST_FULL;
    return journal_write(&requests, &all);
}
