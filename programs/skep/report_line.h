/* report_line: reads what device/firmware/report.h writes: one flat JSON object a line, with names that are not inside
 * other values. */
#ifndef SKEP_PROGRAMS_SKEP_REPORT_LINE_H
#define SKEP_PROGRAMS_SKEP_REPORT_LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The number with that name (a negative one as its two's complement); `missing` when there is none. */
uint64_t report_line_number(const char *line, const char *name, uint64_t missing);
/* The text with that name, cut to fit; false: none. */
bool report_line_text(const char *line, const char *name, char *to, size_t capacity);
/* Up to `capacity` numbers of the array with that name; gives how many. */
size_t report_line_numbers(const char *line, const char *name, uint32_t *to, size_t capacity);

#endif
