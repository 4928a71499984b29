/* font: glyphs of 5 columns and 8 rows for printable ASCII, drawn in spec/font.txt. */
#ifndef SKEP_DEVICE_DISPLAY_FONT_H
#define SKEP_DEVICE_DISPLAY_FONT_H

#include <stdint.h>

enum {
    FONT_FIRST = ' ',
    FONT_LAST = '~',
    FONT_GLYPHS = FONT_LAST - FONT_FIRST + 1,
    FONT_COLUMNS = 5,
    FONT_ROWS = 8,
};

/* By character - FONT_FIRST: columns from left to right; bit r of a column is row r, the topmost 0. */
extern const uint8_t font_glyph[FONT_GLYPHS][FONT_COLUMNS];

#endif
