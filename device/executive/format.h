/* format: C11's printf formatting of a task's format, arguments and strings, for the calls task.format and
 * console.format: no long double. Reads guest memory, writes where it is told (and, for %n, to the guest); keeps
 * nothing.
 *
 * One piece at a time, so that a long text costs no other task its turn: a run of plain characters, a conversion,
 * or a part of a long string. Numbers are exact and rounded to nearest even. Source: docs/FORMAT.md. */
#ifndef SKEP_DEVICE_EXECUTIVE_FORMAT_H
#define SKEP_DEVICE_EXECUTIVE_FORMAT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/status.h"
#include "core/vm/vm.h"

enum {
    FORMAT_FIELD_MAX = 4095,                 /* largest width and precision, and longest wide string in bytes */
    FORMAT_STRING_PIECE = 256,               /* a string without width or precision is done in parts of this size */
    FORMAT_PIECE_MAX = 2 * FORMAT_FIELD_MAX, /* no piece is longer */
};

/* Where formatting is: guest addresses of the next character of the format, of the next argument and, in the
 * middle of a long string, of its next byte (else 0); and the length of all pieces before, which %n tells. Arguments
 * lie as RV32E's ilp32e passes them: 4 bytes each, 8 for long long and double, aligned to 4. */
struct format {
    uint32_t text, arguments, string, length;
};

/* Part of a piece: bytes [skip, skip + capacity) of it go to `to`. */
struct format_part {
    uint8_t *to;
    uint32_t skip, capacity;
    uint32_t length; /* after: of the whole piece */
};

/* Formats the next piece and moves on behind it; *done when there was none left. ST_INVALID: no such conversion,
 * a number above FORMAT_FIELD_MAX, or a wide character that is none. ST_RANGE: a format, argument or string that is not
 * in the task's memory. Then nothing has moved. */
enum status format_piece(struct vm *vm, struct format *format, struct format_part *part, bool *done);

/* A NUL-terminated text of at most `most` bytes, NUL included: its length. ST_RANGE: it leaves the task's memory
 * first; ST_INVALID: it is longer. */
enum status format_text_length(const struct vm *vm, uint32_t address, uint32_t most, uint32_t *length);

#endif
