#include "programs/skep/terminal.h"

#include <stdbool.h>

static void put_escaped(const uint8_t *bytes, size_t count, FILE *to) {
    for (size_t i = 0; i < count; i++) fprintf(to, "\\x%02x", bytes[i]);
}

void terminal_end(struct terminal *terminal, FILE *to) {
    put_escaped(terminal->pending, terminal->have, to);
    terminal->have = terminal->need = 0;
}

static bool is_harmless(uint8_t byte) {
    if (byte >= ' ') return byte < 0x7f;
    return byte == '\n' || byte == '\t' || byte == '\r' || byte == '\b' || byte == '\a';
}

/* Bytes of the character that begins with this one; 0: none does. */
static size_t length_of(uint8_t first) {
    if (first >= 0xc2 && first <= 0xdf) return 2;
    if (first >= 0xe0 && first <= 0xef) return 3;
    return first >= 0xf0 && first <= 0xf4 ? 4 : 0;
}

/* Not a control character of the second set, no longer than it need be, no surrogate, none beyond the last. */
static bool is_printable(const uint8_t *bytes) {
    switch (bytes[0]) {
    case 0xc2: return bytes[1] >= 0xa0;
    case 0xe0: return bytes[1] >= 0xa0;
    case 0xed: return bytes[1] < 0xa0;
    case 0xf0: return bytes[1] >= 0x90;
    case 0xf4: return bytes[1] < 0x90;
    default: return true;
    }
}

void terminal_put(struct terminal *terminal, uint8_t byte, FILE *to) {
    if (terminal->need > 0 && (byte & 0xc0) != 0x80) terminal_end(terminal, to);
    if (terminal->need == 0) {
        terminal->need = length_of(byte);
        if (terminal->need == 0) {
            if (is_harmless(byte))
                fputc(byte, to);
            else
                put_escaped(&byte, 1, to);
            return;
        }
    }
    terminal->pending[terminal->have++] = byte;
    if (terminal->have < terminal->need) return;
    if (!is_printable(terminal->pending)) {
        terminal_end(terminal, to);
        return;
    }
    fwrite(terminal->pending, 1, terminal->have, to);
    terminal->have = terminal->need = 0;
}
