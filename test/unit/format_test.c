/* The formatter against the host's snprintf, whose C library is taken as right. */
#include "device/executive/format.h"

#include <math.h>
#include <stdlib.h>

#include "core/base/bytes.h"
#include "test/unit/check.h"

enum {
    RAM_BYTES = 65536,
    TEXT_AT = ISA_RAM_BASE + 64,
    STRING_AT = ISA_RAM_BASE + 4096,
    ARGUMENTS_AT = ISA_RAM_BASE + 32768
};

static uint8_t ram[RAM_BYTES + VM_PAD_BYTES];
static uint32_t return_stack[4];
static struct vm vm;

static void set_up(void) {
    static const uint32_t code[] = {OP_STOP};
    static const uint8_t window[VM_PAD_BYTES];
    static const struct vm_program program = {.code = code, .code_words = 1, .read_only = window};
    vm_init(&vm, &program, ram, RAM_BYTES, return_stack, 4);
}

static void place_text(uint32_t address, const char *text) {
    memcpy(ram + (address - ISA_RAM_BASE), text, strlen(text) + 1);
}

/* All pieces, each taken in parts of `window` bytes. The length, or a negative status. */
static int64_t format_all(const char *text, char *to, uint32_t capacity, uint32_t window) {
    place_text(TEXT_AT, text);
    struct format format = {.text = TEXT_AT, .arguments = ARGUMENTS_AT};
    uint32_t length = 0;
    for (;;) {
        struct format before = format;
        uint8_t part_bytes[FORMAT_PIECE_MAX];
        struct format_part part = {.to = part_bytes, .capacity = window};
        bool done;
        enum status status = format_piece(&vm, &format, &part, &done);
        if (status != ST_OK) return status;
        if (done) break;
        for (uint32_t skip = 0; skip < part.length; skip += window) {
            struct format again = before;
            struct format_part slice = {.to = part_bytes + skip, .skip = skip, .capacity = window};
            CHECK_EQ(ST_OK, format_piece(&vm, &again, &slice, &done));
        }
        CHECK(length + part.length < capacity);
        memcpy(to + length, part_bytes, part.length);
        length += part.length;
    }
    to[length] = '\0';
    return length;
}

static void set_words(const uint32_t *words, int count) {
    for (int i = 0; i < count; i++) store_le32(ram + (ARGUMENTS_AT - ISA_RAM_BASE) + 4 * i, words[i]);
}

static void set_long(uint64_t value) { store_le64(ram + (ARGUMENTS_AT - ISA_RAM_BASE), value); }

static char got[2 * FORMAT_PIECE_MAX], want[2 * FORMAT_PIECE_MAX];
static uint32_t window_now = 7;

static void check_one(const char *text, int want_length) {
    window_now = window_now * 5 % 97 + 1;
    int64_t length = format_all(text, got, sizeof got, window_now);
    if (length == want_length && strcmp(want, got) == 0) return;
    printf("  format \"%s\"\n", text);
    CHECK_EQ(want_length, length);
    CHECK_TEXT(want, got);
}

#pragma GCC diagnostic ignored "-Wformat-nonliteral"
#pragma GCC diagnostic ignored "-Wformat-security"

static uint64_t random_state = 88172645463325252u;
static uint64_t random_bits(void) {
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    return random_state ^= random_state << 17;
}

static void random_flags(char *to) {
    for (const char *flag = "-+ #0"; *flag; flag++) {
        if (random_bits() % 3 == 0) *to++ = *flag;
    }
    *to = '\0';
}

static void random_format(char *to, size_t capacity, const char *length, char conversion) {
    char flags[8], width[8] = "", precision[8] = "";
    random_flags(flags);
    if (random_bits() % 2) snprintf(width, sizeof width, "%u", (unsigned)(random_bits() % 40) + 1);
    if (random_bits() % 2) snprintf(precision, sizeof precision, ".%u", (unsigned)(random_bits() % 30));
    snprintf(to, capacity, "<%%%s%s%s%s%c>", flags, width, precision, length, conversion);
}

static void integers_of_every_length_agree_with_the_host(void) {
    set_up();
    static const char *const lengths[] = {"", "h", "hh", "l", "ll", "j", "z", "t"};
    for (int i = 0; i < 60000; i++) {
        const char *length = lengths[random_bits() % 8];
        char conversion = "diuoxX"[random_bits() % 6], text[64], host[64];
        random_format(text, sizeof text, length, conversion);
        uint64_t value = random_bits() >> random_bits() % 64;
        if (random_bits() % 4 == 0) value = 0 - value;
        if (random_bits() % 16 == 0) value = 0;
        set_long(value);
        bool is_long = strcmp(length, "ll") == 0 || strcmp(length, "j") == 0;
        /* The host's long has 64 bits: there a guest's long is an int. */
        snprintf(host, sizeof host, "%s", text);
        char *letter = strpbrk(host, "lzt");
        if (letter && !is_long) memmove(letter, letter + 1, strlen(letter));
        int written = is_long ? snprintf(want, sizeof want, host, (unsigned long long)value)
                              : snprintf(want, sizeof want, host, (unsigned)value);
        check_one(text, written);
        if (check_failures > 5) return;
    }
}

static void check_double(const char *text, double value) {
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    set_long(bits);
    check_one(text, snprintf(want, sizeof want, text, value));
}

static double random_double(void) {
    uint64_t bits = random_bits();
    switch (random_bits() % 6) {
    case 0: bits &= 0x800fffffffffffff; break;                                        /* subnormal */
    case 1: return (double)(int64_t)random_bits() / 1000.0;                           /* everyday numbers */
    case 2: return ldexp((double)(random_bits() % 1000), -(int)(random_bits() % 12)); /* ties */
    case 3: return (double)(random_bits() % 100000) / 100.0;
    default: break;
    }
    double value;
    memcpy(&value, &bits, sizeof value);
    return isnan(value) ? 1.5 : value;
}

static void doubles_in_every_style_agree_with_the_host(void) {
    set_up();
    for (int i = 0; i < 120000; i++) {
        char text[64];
        random_format(text, sizeof text, random_bits() % 4 ? "" : "l", "eEfFgGaA"[random_bits() % 8]);
        check_double(text, random_double());
        if (check_failures > 5) return;
    }
}

static void every_power_of_two_is_exact(void) {
    set_up();
    for (int exponent = -1074; exponent < 1024; exponent++) {
        check_double("%.1100f", ldexp(1, exponent));
        check_double("%.780e", ldexp(1, exponent));
        check_double("%.17g", ldexp(0x1fffffffffffffp-52, exponent));
        if (check_failures > 5) return;
    }
}

static void edges_of_floating_point_agree_with_the_host(void) {
    set_up();
    static const double values[] = {0.0,
                                    -0.0,
                                    INFINITY,
                                    -INFINITY,
                                    0.5,
                                    1.5,
                                    2.5,
                                    0.05,
                                    9.5,
                                    99.5,
                                    0.25,
                                    0.75,
                                    1e15,
                                    1e16,
                                    1e22,
                                    1e23,
                                    9999995,
                                    0.00001,
                                    0.0001,
                                    1e-5,
                                    5e-324,
                                    1.7976931348623157e308,
                                    2.2250738585072014e-308,
                                    123456789};
    static const char *const formats[] = {"%f",   "%.0f", "%#.0f", "%e",      "%.0e",   "%#.0e",  "%g",  "%#g",
                                          "%.0g", "%.1g", "%.3g",  "%010.2f", "%+10g|", "%-12e|", "% f", "%a",
                                          "%.0a", "%.1a", "%.20a", "%020a",   "%A",     "%G",     "%.1f"};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        for (size_t j = 0; j < sizeof formats / sizeof *formats; j++) check_double(formats[j], values[i]);
    }
    check_double("%f", (double)NAN);
    check_double("%08G", (double)NAN);
}

static void strings_and_characters_agree_with_the_host(void) {
    set_up();
    static const char *const formats[] = {"%s",        "<%10s>", "<%-10s>",     "<%.3s>", "<%10.3s>",
                                          "<%-10.3s>", "<%.0s>", "100%% of %s", "<%5s>"};
    static const char *const strings[] = {"", "a", "hello", "hello, world"};
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        for (size_t j = 0; j < sizeof strings / sizeof *strings; j++) {
            place_text(STRING_AT, strings[j]);
            set_words((const uint32_t[]){STRING_AT}, 1);
            check_one(formats[i], snprintf(want, sizeof want, formats[i], strings[j]));
        }
    }
    set_words((const uint32_t[]){'x', 0xffffff79}, 2);
    check_one("%c%4c|", snprintf(want, sizeof want, "%c%4c|", 'x', 'y'));
}

static void long_strings_come_in_parts(void) {
    set_up();
    char text[2000];
    memset(text, 'q', sizeof text);
    text[sizeof text - 1] = '\0';
    place_text(STRING_AT, text);
    set_words((const uint32_t[]){STRING_AT, 7}, 2);
    check_one("a%sb%d", snprintf(want, sizeof want, "a%sb%d", text, 7));
}

static void stars_take_arguments_in_order(void) {
    set_up();
    set_words((const uint32_t[]){8, 3, 42, (uint32_t)-6, 5}, 5);
    check_one("<%*.*d><%*d>", snprintf(want, sizeof want, "<%*.*d><%*d>", 8, 3, 42, -6, 5));
    set_words((const uint32_t[]){(uint32_t)-1, 42}, 2);
    check_one("<%.*d>", snprintf(want, sizeof want, "<%.*d>", -1, 42));
}

static void pointers_are_hexadecimal(void) {
    set_up();
    set_words((const uint32_t[]){0x10000abc, 0}, 2);
    snprintf(want, sizeof want, "0x10000abc 0x0");
    check_one("%p %p", 14);
}

static void mixed_arguments_lie_without_gaps(void) {
    set_up();
    double value = 2.5;
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    set_words((const uint32_t[]){1, (uint32_t)bits, (uint32_t)(bits >> 32), 3, 5, 1, 7}, 7);
    check_one("%d %g %d %lld %d", snprintf(want, sizeof want, "1 2.5 3 4294967301 7"));
}

static void a_length_is_told_in_the_size_that_is_asked_for(void) {
    static const struct {
        const char *text;
        uint64_t left; /* of eight bytes of ones */
    } cases[] = {
        {"abc%hhn", 0xffffffffffffff03},
        {"abc%hn", 0xffffffffffff0003},
        {"abc%n", 0xffffffff00000003},
        {"%%%zn", 0xffffffff00000001},
        {"abc%lln", 3},
        {"a%nb", 0xffffffff00000001},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        set_up();
        const uint32_t at = ISA_RAM_BASE + RAM_BYTES - 8;
        memset(ram + RAM_BYTES - 8, 0xff, 8);
        set_words(&at, 1);
        CHECK(format_all(cases[i].text, got, sizeof got, 9) > 0);
        CHECK_EQ(cases[i].left, load_le64(ram + RAM_BYTES - 8));
    }
    set_words((const uint32_t[]){ISA_RO_BASE}, 1);
    CHECK_EQ(ST_RANGE, format_all("%n", got, sizeof got, 9));
}

static void wide_characters_become_utf_8(void) {
    set_up();
    set_words((const uint32_t[]){0xe9, 0x20ac, 0x1f41d}, 3);
    check_one("%lc%3lc%lc", snprintf(want, sizeof want, "\u00e9\u20ac\U0001f41d"));
    const uint32_t text[] = {'a', 0xe9, 0x20ac, 0}, at = ISA_RAM_BASE + RAM_BYTES - sizeof text;
    memcpy(ram + RAM_BYTES - sizeof text, text, sizeof text);
    set_words((const uint32_t[]){at, at, at, at}, 4);
    check_one("<%ls><%8ls><%-8ls><%.5ls>",
              snprintf(want, sizeof want, "<a\u00e9\u20ac><  a\u00e9\u20ac><a\u00e9\u20ac  ><a\u00e9>"));
    set_words((const uint32_t[]){0xd800}, 1);
    CHECK_EQ(ST_INVALID, format_all("%lc", got, sizeof got, 9));
    store_le32(ram + RAM_BYTES - 4, 'x');
    set_words((const uint32_t[]){at}, 1);
    CHECK_EQ(ST_RANGE, format_all("%ls", got, sizeof got, 9));
}

static void what_is_no_conversion_is_refused(void) {
    set_up();
    static const char *const bad[] = {"%Lf", "%y", "%", "%5000d", "%.5000f", "%hs", "%'d", "%1$d", "%99999999999d"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) CHECK_EQ(ST_INVALID, format_all(bad[i], got, sizeof got, 9));
    set_words((const uint32_t[]){4096, 1}, 2);
    CHECK_EQ(ST_INVALID, format_all("%*d", got, sizeof got, 9));
    set_words((const uint32_t[]){0x80000000, 1}, 2);
    CHECK_EQ(ST_INVALID, format_all("%*d", got, sizeof got, 9));
}

static void what_lies_outside_of_memory_is_refused(void) {
    set_up();
    set_words((const uint32_t[]){12}, 1);
    CHECK_EQ(ST_RANGE, format_all("%s", got, sizeof got, 9));
    set_words((const uint32_t[]){ISA_CODE_BASE}, 1);
    CHECK_EQ(ST_RANGE, format_all("%s", got, sizeof got, 9));
    memset(ram + RAM_BYTES - 8, 'x', 8 + VM_PAD_BYTES);
    set_words((const uint32_t[]){ISA_RAM_BASE + RAM_BYTES - 8}, 1);
    CHECK_EQ(ST_RANGE, format_all("%s", got, sizeof got, 9));
    CHECK_EQ(8, format_all("%.8s", got, sizeof got, 9));
    CHECK_EQ(ST_RANGE, format_all("%.9s", got, sizeof got, 9));
    struct format format = {.text = TEXT_AT, .arguments = ISA_RAM_BASE + RAM_BYTES - 4};
    struct format_part part = {.to = (uint8_t *)got, .capacity = sizeof got};
    bool done;
    place_text(TEXT_AT, "%lld");
    CHECK_EQ(ST_RANGE, format_piece(&vm, &format, &part, &done));
    CHECK_EQ(TEXT_AT, format.text);
    format = (struct format){.text = ISA_RAM_BASE + RAM_BYTES - 2, .arguments = ARGUMENTS_AT};
    CHECK_EQ(ST_OK, format_piece(&vm, &format, &part, &done) == ST_RANGE ? ST_OK : ST_IO);
}

int main(void) {
    static const struct check_test tests[] = {
        TEST(integers_of_every_length_agree_with_the_host),
        TEST(doubles_in_every_style_agree_with_the_host),
        TEST(every_power_of_two_is_exact),
        TEST(edges_of_floating_point_agree_with_the_host),
        TEST(strings_and_characters_agree_with_the_host),
        TEST(long_strings_come_in_parts),
        TEST(stars_take_arguments_in_order),
        TEST(pointers_are_hexadecimal),
        TEST(mixed_arguments_lie_without_gaps),
        TEST(a_length_is_told_in_the_size_that_is_asked_for),
        TEST(wide_characters_become_utf_8),
        TEST(what_is_no_conversion_is_refused),
        TEST(what_lies_outside_of_memory_is_refused),
    };
    return CHECK_RUN(tests);
}
