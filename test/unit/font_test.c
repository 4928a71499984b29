#include "device/display/font.h"

#include "test/unit/check.h"

static const uint8_t *glyph(char character) { return font_glyph[character - FONT_FIRST]; }

static void draw(char character, char art[FONT_ROWS * (FONT_COLUMNS + 1) + 1]) {
    for (int row = 0; row < FONT_ROWS; row++) {
        for (int column = 0; column < FONT_COLUMNS; column++) *art++ = glyph(character)[column] >> row & 1 ? '#' : '.';
        *art++ = '\n';
    }
    *art = '\0';
}

static void glyphs_are_drawn_from_the_left_and_from_the_top(void) {
    char art[64];
    draw('R', art);
    CHECK_TEXT("####.\n#...#\n#...#\n####.\n#.#..\n#..#.\n#...#\n.....\n", art);
    draw('g', art);
    CHECK_TEXT(".....\n.....\n.####\n#...#\n#...#\n#...#\n.####\n.###.\n", art);
}

static void every_character_but_space_shows_something_of_its_own(void) {
    for (int i = 0; i < FONT_GLYPHS; i++) {
        int lit = 0;
        for (int column = 0; column < FONT_COLUMNS; column++) lit += font_glyph[i][column] != 0;
        CHECK_EQ(i == 0, lit == 0);
        for (int j = 0; j < i; j++) CHECK(memcmp(font_glyph[i], font_glyph[j], FONT_COLUMNS) != 0);
    }
}

int main(void) {
    static const struct check_test tests[] = {
        TEST(glyphs_are_drawn_from_the_left_and_from_the_top),
        TEST(every_character_but_space_shows_something_of_its_own),
    };
    return CHECK_RUN(tests);
}
