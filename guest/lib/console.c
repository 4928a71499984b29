/* console: gathers short writes into lines, because each host call costs more than a few bytes do. */
#include "console.h"

#include <stdint.h>
#include <string.h>

#include "skep.h"

enum { LINE_BYTES = 64 };

static struct {
    char byte[LINE_BYTES];
    size_t used;
} line;

/* Nobody can be told that the console refuses, so what it does not take is dropped. */
static void write_out(const char *text, size_t length) {
    while (length > 0) {
        uint32_t written = 0;
        if (skep_console_write(text, length, &written) < 0) return;
        text += written;
        length -= written;
    }
}

void console_error(const char *text, size_t length) {
    console_flush();
    while (length > 0) {
        uint32_t written = 0;
        if (skep_console_write_error(text, length, &written) < 0) return;
        text += written;
        length -= written;
    }
}

void console_flush(void) {
    size_t used = line.used;
    line.used = 0;
    write_out(line.byte, used);
}

void console_write(const char *text, size_t length) {
    if (length == 0) return;
    if (length > LINE_BYTES - line.used) console_flush();
    if (length > LINE_BYTES) {
        write_out(text, length);
        return;
    }
    memcpy(line.byte + line.used, text, length);
    line.used += length;
    if (text[length - 1] == '\n') console_flush();
}
