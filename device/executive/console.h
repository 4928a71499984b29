/* console: two rings of bytes between tasks and people. Output keeps whose it is, and of which stream. */
#ifndef SKEP_DEVICE_EXECUTIVE_CONSOLE_H
#define SKEP_DEVICE_EXECUTIVE_CONSOLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/arena.h"
#include "device/executive/executive.h"

struct ring {
    uint8_t *bytes;
    uint32_t size, head, used; /* head: where the oldest byte is */
};

struct console {
    struct ring in, out;
    bool in_ended;
};

enum { CONSOLE_MARK_BYTES = 6, CONSOLE_RUN_MAX = 0x7fff }; /* before each run of output: pid; length, and its stream */

bool console_init(struct console *console, struct arena *arena, uint32_t in_bytes, uint32_t out_bytes);
/* Both give how many bytes they took. */
size_t console_feed(struct console *console, const void *bytes, size_t length);
size_t console_write(struct console *console, struct executive_output output, const void *bytes, size_t length);
/* Both give how many bytes they gave. */
size_t console_read(struct console *console, void *to, size_t capacity);
size_t console_drain(struct console *console, struct executive_output *output, void *to, size_t capacity);
/* How many bytes console_write would take now. */
size_t console_room(const struct console *console);

#endif
