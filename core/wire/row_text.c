#include "core/wire/row_text.h"

#include "core/base/name.h"

/* A text, then zeros to the end: its length, or more than `most`. */
static uint32_t text_length(const uint8_t *text, uint32_t bytes, uint32_t most) {
    uint32_t length = 0;
    while (length < bytes && text[length] != 0) length++;
    for (uint32_t i = length; i < bytes; i++) {
        if (text[i] != 0) return most + 1;
    }
    return length;
}

bool row_text_is_name(const uint8_t *name, uint32_t room, uint32_t most) {
    uint32_t length = text_length(name, room, most);
    for (uint32_t i = 0; i < length && length <= most; i++) {
        if (!name_has((char)name[i])) return false;
    }
    return length >= 1 && length <= most;
}

bool row_text_is_line(const uint8_t *text, uint32_t room) {
    uint32_t length = text_length(text, room, room - 1);
    for (uint32_t i = 0; i < length && length < room; i++) {
        if (text[i] < 0x20 || text[i] == 0x7f) return false;
    }
    return length < room;
}
