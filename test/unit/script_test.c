#include "device/port/sim/script.h"

#include "test/unit/check.h"

static struct script_action action[8];
static struct script_fault fault;
static uint32_t count;

static enum status read(const char *text) {
    memset(&fault, 0, sizeof fault);
    return script_read(text, strlen(text), action, 8, &count, &fault);
}

static void a_line_says_when_and_what(void) {
    CHECK_EQ(ST_OK,
             read("# a comment\n\n  at 1.5ms pin 31 high # and another\nat 2s every 250us times 4 adc 7 4095\n"));
    CHECK_EQ(2, count);
    CHECK_EQ(1500, action[0].at_us);
    CHECK_EQ(SCRIPT_PIN_HIGH, action[0].kind);
    CHECK_EQ(31, action[0].number);
    CHECK_EQ(1, action[0].times);
    CHECK_EQ(2000000, action[1].at_us);
    CHECK_EQ(250, action[1].every_us);
    CHECK_EQ(4, action[1].times);
    CHECK_EQ(4095, action[1].b);
}

static void every_action_is_read(void) {
    CHECK_EQ(
        ST_OK,
        read("at 0s adc 0 ramp 0 100 over 2s\nat 0us uart 1 \"a\\n\\x00\\\\\\\"\"\nat 0s console end\nat 0s console "
             "\"x\"\n"
             "at 0s can 0x123 01 fF\nat 0s can 0x1fffffff extended\nat 0s temperature -12.125\nat 0s i2c 0x48 gone"));
    CHECK_EQ(8, count);
    CHECK_EQ(2000000, action[0].duration_us);
    CHECK_EQ(5, action[1].length);
    CHECK(memcmp(action[1].bytes, "a\n\0\\\"", 5) == 0);
    CHECK_EQ(SCRIPT_CONSOLE_END, action[2].kind);
    CHECK_EQ(2, action[4].length);
    CHECK_EQ(0xff, action[4].bytes[1]);
    CHECK_EQ(1, action[5].b);
    CHECK_EQ(-12 * 256 - 32, (int32_t)action[6].a);
    CHECK_EQ(SCRIPT_I2C_GONE, action[7].kind);
}

static void what_is_wrong_is_named_with_its_place(void) {
    static const struct {
        const char *text;
        uint32_t line, column;
    } cases[] = {
        {"pin 3 high", 1, 1},
        {"\nat 5 pin 3 high", 2, 4},
        {"at 5m pin 3 high", 1, 4},
        {"at .5s pin 3 high", 1, 4},
        {"at 1.s pin 3 high", 1, 4},
        {"at 0.5us pin 3 high", 1, 4},
        {"at 99999999999999999999s pin 3 high", 1, 4},
        {"at 1s pin 32 high", 1, 11},
        {"at 1s pin x high", 1, 11},
        {"at 1s pin 3 up", 1, 13},
        {"at 1s pin 3", 1, 12},
        {"at 1s pin 3 high low", 1, 18},
        {"at 1s adc 8 1", 1, 11},
        {"at 1s adc 0 4096", 1, 13},
        {"at 1s adc 0 ramp 1 2 for 3s", 1, 21},
        {"at 1s uart 2 \"x\"", 1, 12},
        {"at 1s uart 0 x", 1, 14},
        {"at 1s uart 0 \"x", 1, 16},
        {"at 1s uart 0 \"\\q\"", 1, 16},
        {"at 1s uart 0 \"\\x1\"", 1, 16},
        {"at 1s can 0x800 01", 1, 11},
        {"at 1s can 1 1", 1, 13},
        {"at 1s can 1 01 02 03 04 05 06 07 08 09", 1, 37},
        {"at 1s temperature 200", 1, 19},
        {"at 1s temperature 1.2345", 1, 19},
        {"at 1s temperature -", 1, 19},
        {"at 1s i2c 0x48 off", 1, 16},
        {"at 1s every 0s pin 1 high", 1, 13},
        {"at 1s every 1s times x pin 1 high", 1, 22},
        {"at 1s fly", 1, 7},
        {"at 1s", 1, 6},
        {"at", 1, 3},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        if (read(cases[i].text) != ST_CORRUPT || fault.line != cases[i].line || fault.column != cases[i].column)
            printf("  \"%s\": %s\n", cases[i].text, fault.reason ? fault.reason : "accepted");
        CHECK_EQ(cases[i].line, fault.line);
        CHECK_EQ(cases[i].column, fault.column);
        CHECK(fault.reason != NULL);
    }
}

static void more_than_fits_is_refused_by_line(void) {
    CHECK_EQ(ST_FULL, read("at 0s console end\nat 0s console end\nat 0s console end\nat 0s console end\nat 0s console "
                           "end\nat 0s console end\n"
                           "at 0s console end\nat 0s console end\nat 0s console end\n"));
    CHECK_EQ(9, fault.line);
}

static void a_text_has_its_limit(void) {
    char text[128] = "at 0s uart 0 \"";
    size_t start = strlen(text);
    memset(text + start, 'x', 65);
    memcpy(text + start + 64, "\"", 2);
    CHECK_EQ(ST_OK, read(text));
    CHECK_EQ(64, action[0].length);
    memcpy(text + start + 64, "x\"", 3);
    CHECK_EQ(ST_CORRUPT, read(text));
}

static void any_bytes_are_read_without_harm(void) {
    uint64_t state = 1;
    static const char words[][12] = {"at ",   "1s ", "pin ", "\"", "\\x", "every ", "can ",   "adc ",
                                     "ramp ", "\n",  "0x",   "9",  "#",   "-1.",    "times ", "uart "};
    for (int run = 0; run < 20000; run++) {
        char text[200];
        size_t length = 0;
        while (length < 150) {
            state = state * 6364136223846793005u + 1442695040888963407u;
            const char *word = words[state >> 60];
            size_t size = strlen(word);
            memcpy(text + length, word, size);
            length += size;
            if (state >> 32 & 1) text[length++] = (char)(state >> 40);
        }
        (void)script_read(text, length, action, 8, &count, &fault);
    }
    CHECK(1);
}

int main(void) {
    static const struct check_test tests[] = {
        TEST(a_line_says_when_and_what),
        TEST(every_action_is_read),
        TEST(what_is_wrong_is_named_with_its_place),
        TEST(more_than_fits_is_refused_by_line),
        TEST(a_text_has_its_limit),
        TEST(any_bytes_are_read_without_harm),
    };
    return CHECK_RUN(tests);
}
