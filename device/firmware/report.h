/* report: what happened, as one JSON object a line, for the program at the other end of the board's second serial line.
 *
 * Lines wait in a buffer and leave with report_send, as the serial line takes them. One that does not fit is dropped
 * whole, and with it all that follow, until the buffer is empty; then {"event": "lost", "lines": n} says how many. Not
 * for use from more than one thread of execution. */
#ifndef SKEP_DEVICE_FIRMWARE_REPORT_H
#define SKEP_DEVICE_FIRMWARE_REPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { REPORT_BYTES = 8192, REPORT_LINE_BYTES = 1024, REPORT_PIECE_BYTES = 64 };

struct report {
    char line[REPORT_LINE_BYTES];
    size_t length;
    bool cut; /* the line did not fit */
    uint32_t lost;
    char waiting[REPORT_BYTES];
    size_t head, count; /* ring */
};

void report_begin(struct report *report, const char *event, uint64_t time_us);
void report_number(struct report *report, const char *name, uint64_t value);
void report_signed(struct report *report, const char *name, int32_t value);
void report_text(struct report *report, const char *name, const char *text);
void report_numbers(struct report *report, const char *name, const uint32_t *values, uint32_t count);
void report_end(struct report *report);

/* Gives at most REPORT_PIECE_BYTES of what waits to `write`, which says how many it took. True: nothing is left. */
bool report_send(struct report *report, size_t (*write)(const void *bytes, size_t length));

#endif
