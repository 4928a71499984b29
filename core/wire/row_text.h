/* row_text: texts of fixed room in rows that describe a program: a text, then zeros to the end of its room. */
#ifndef SKEP_CORE_WIRE_ROW_TEXT_H
#define SKEP_CORE_WIRE_ROW_TEXT_H

#include <stdbool.h>
#include <stdint.h>

enum { ROW_NAME_MAX = 12, ROW_NAME_BYTES = 16 }; /* of values and commands */

/* 1 to `most` of A-Z a-z 0-9 _ - . in `room` bytes. */
bool row_text_is_name(const uint8_t *name, uint32_t room, uint32_t most);
/* Fewer bytes than the room has, none of them a control character. */
bool row_text_is_line(const uint8_t *text, uint32_t room);

#endif
