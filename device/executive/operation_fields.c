#include "device/executive/operation_fields.h"

#include <string.h>

#include "device/executive/operation.h"

/* Whether it is within its bounds. Numbers lie in memory as on the wire: a host is little-endian. */
static bool take(struct reader *in, const struct operation_field *field, uint8_t *to) {
    uint32_t kind = field->kind & FIELD_KIND;
    if (kind == FIELD_TEXT) return operation_take_text(in, (char *)to, field->most);
    if (kind == FIELD_BYTES) {
        uint16_t length = take_u16(in);
        const uint8_t *bytes = take_bytes(in, length);
        memcpy(to, &bytes, sizeof bytes);
        memcpy(to + sizeof bytes, &length, sizeof length);
        return length <= field->most;
    }
    uint64_t number = 0;
    const uint8_t *bytes = take_bytes(in, kind);
    if (bytes) memcpy(&number, bytes, kind);
    memcpy(to, &number, kind);
    return (number != 0 || (field->kind & FIELD_NOT_ZERO) == 0) && (field->most == 0 || number <= field->most);
}

uint32_t operation_take_fields(struct reader *in, const struct operation_field *fields, uint32_t count, void *to) {
    uint32_t outside = count;
    for (uint32_t i = 0; i < count; i++) {
        if (!take(in, &fields[i], (uint8_t *)to + fields[i].at) && outside == count) outside = i;
    }
    return outside;
}

void operation_put_fields(struct writer *out, const struct operation_field *fields, uint32_t count, const void *from) {
    for (uint32_t i = 0; i < count; i++) {
        const uint8_t *at = (const uint8_t *)from + fields[i].at;
        const void *pointed;
        uint16_t length;
        if (fields[i].kind != FIELD_TEXT && fields[i].kind != FIELD_BYTES) {
            put_bytes(out, at, fields[i].kind);
            continue;
        }
        memcpy(&pointed, at, sizeof pointed);
        if (fields[i].kind == FIELD_TEXT) {
            operation_put_text(out, pointed, fields[i].most);
            continue;
        }
        memcpy(&length, at + sizeof pointed, sizeof length);
        put_u16(out, length);
        put_bytes(out, pointed, length);
    }
}

uint32_t operation_field_number(const struct operation_field *field, const void *from) {
    uint32_t number = 0;
    memcpy(&number, (const uint8_t *)from + field->at, field->kind & FIELD_KIND & 7);
    return number;
}

const struct event_row *event_row_of(const struct executive_event *event) {
    const struct event_row *row = operation_table.events, *other = row + operation_table.event_count - 1;
    while (row < other && row->kind != event->kind) row++;
    return row;
}
