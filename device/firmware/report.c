#include "device/firmware/report.h"

#include <string.h>

static void put(struct report *report, char byte) {
    if (report->length == REPORT_LINE_BYTES)
        report->cut = true;
    else
        report->line[report->length++] = byte;
}
static void put_plain(struct report *report, const char *text) {
    while (*text != '\0') put(report, *text++);
}
static void put_quoted(struct report *report, const char *text) {
    put(report, '"');
    for (; *text != '\0'; text++) {
        const bool control = (unsigned char)*text < ' ';
        if (*text == '"' || *text == '\\') put(report, '\\');
        put(report, control ? '?' : *text);
    }
    put(report, '"');
}
static void put_number(struct report *report, uint64_t value) {
    char digits[20];
    size_t count = 0;
    do digits[count++] = (char)('0' + value % 10);
    while ((value /= 10) > 0);
    while (count > 0) put(report, digits[--count]);
}
static void put_name(struct report *report, const char *name) {
    put_plain(report, ", ");
    put_quoted(report, name);
    put_plain(report, ": ");
}

void report_begin(struct report *report, const char *event, uint64_t time_us) {
    report->length = 0;
    report->cut = false;
    put_plain(report, "{\"event\": ");
    put_quoted(report, event);
    report_number(report, "time_us", time_us);
}
void report_number(struct report *report, const char *name, uint64_t value) {
    put_name(report, name);
    put_number(report, value);
}
void report_signed(struct report *report, const char *name, int32_t value) {
    put_name(report, name);
    if (value < 0) put(report, '-');
    put_number(report, value < 0 ? 0u - (uint32_t)value : (uint32_t)value);
}
void report_text(struct report *report, const char *name, const char *text) {
    put_name(report, name);
    put_quoted(report, text);
}
void report_numbers(struct report *report, const char *name, const uint32_t *values, uint32_t count) {
    put_name(report, name);
    put(report, '[');
    for (uint32_t i = 0; i < count; i++) {
        if (i > 0) put_plain(report, ", ");
        put_number(report, values[i]);
    }
    put(report, ']');
}

static bool queue(struct report *report, const char *bytes, size_t length) {
    if (length > REPORT_BYTES - report->count) return false;
    const size_t at = (report->head + report->count) % REPORT_BYTES, to_end = REPORT_BYTES - at;
    const size_t first = length < to_end ? length : to_end;
    memcpy(report->waiting + at, bytes, first);
    memcpy(report->waiting, bytes + first, length - first);
    report->count += length;
    return true;
}

/* Only while no line is being made: it needs the place. */
static void say_what_was_lost(struct report *report) {
    report->length = 0;
    report->cut = false;
    put_plain(report, "{\"event\": \"lost\"");
    report_number(report, "lines", report->lost);
    put_plain(report, "}\n");
    if (queue(report, report->line, report->length)) report->lost = 0;
}

void report_end(struct report *report) {
    put_plain(report, "}\n");
    if (report->cut || report->lost > 0 || !queue(report, report->line, report->length)) report->lost++;
}

bool report_send(struct report *report, size_t (*write)(const void *bytes, size_t length)) {
    const size_t to_end = REPORT_BYTES - report->head;
    size_t piece = report->count < to_end ? report->count : to_end;
    if (piece > REPORT_PIECE_BYTES) piece = REPORT_PIECE_BYTES;
    const size_t sent = write(report->waiting + report->head, piece);
    report->head = (report->head + sent) % REPORT_BYTES;
    report->count -= sent;
    if (report->count > 0) return false;
    if (report->lost > 0) say_what_was_lost(report);
    return report->count == 0;
}
