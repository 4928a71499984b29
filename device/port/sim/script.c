#include "device/port/sim/script.h"

#include <stdbool.h>
#include <string.h>

enum { PINS = 32, CHANNELS = 8, FULL_SCALE = 4095, UARTS = 2, CAN_BYTES_MAX = 8, WORD_MAX = 24 };
static const uint64_t time_us_max = (uint64_t)1000000 * 3600 * 24 * 365;

/* A reader of one text that keeps its first fault. */
struct text {
    const char *at, *end, *line_start;
    uint32_t line;
    const char *reason; /* NULL: nothing wrong so far */
    const char *where;
};

static void wrong(struct text *in, const char *where, const char *reason) {
    if (in->reason) return;
    in->reason = reason;
    in->where = where;
}

static bool at_end(const struct text *in) { return in->at == in->end || *in->at == '\n' || *in->at == '#'; }

static void skip_blanks(struct text *in) {
    while (in->at < in->end && (*in->at == ' ' || *in->at == '\t')) in->at++;
}

/* The next run of characters up to a blank or the line's end. */
static size_t take_word(struct text *in, const char **word) {
    skip_blanks(in);
    *word = in->at;
    while (!at_end(in) && *in->at != ' ' && *in->at != '\t') in->at++;
    return (size_t)(in->at - *word);
}

static bool is_word(const char *word, size_t length, const char *name) {
    return length == strlen(name) && memcmp(word, name, length) == 0;
}

static bool next_is(struct text *in, const char *name) {
    struct text before = *in;
    const char *word;
    size_t length = take_word(in, &word);
    if (is_word(word, length, name)) return true;
    *in = before;
    return false;
}

static int digit_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return 16;
}

static uint32_t take_number(struct text *in, uint32_t most, const char *reason) {
    const char *word;
    size_t length = take_word(in, &word), i = 0;
    uint64_t value = 0, base = 10;
    if (length > 2 && word[0] == '0' && (word[1] == 'x' || word[1] == 'X')) {
        base = 16;
        i = 2;
    }
    bool good = i < length;
    for (; i < length && value <= most; i++) {
        good = good && (uint64_t)digit_value(word[i]) < base;
        value = value * base + (uint64_t)digit_value(word[i]);
    }
    if (good && value <= most) return (uint32_t)value;
    wrong(in, word, reason);
    return 0;
}

/* 10us, 1.5ms, 2s: in microseconds. */
static uint64_t take_time(struct text *in) {
    static const struct {
        const char *name;
        uint64_t us;
    } units[] = {{"us", 1}, {"ms", 1000}, {"s", 1000000}};
    const char *word, *reason = "expected a time such as 250us, 1.5ms or 2s";
    size_t length = take_word(in, &word), i = 0;
    uint64_t whole = 0, fraction = 0, fraction_scale = 1;
    for (; i < length && word[i] >= '0' && word[i] <= '9' && whole < time_us_max; i++)
        whole = whole * 10 + (uint64_t)(word[i] - '0');
    bool good = i > 0;
    if (i < length && word[i] == '.') {
        size_t start = ++i;
        for (; i < length && word[i] >= '0' && word[i] <= '9' && i - start < 6; i++) {
            fraction = fraction * 10 + (uint64_t)(word[i] - '0');
            fraction_scale *= 10;
        }
        good = good && i > start;
    }
    for (size_t u = 0; good && u < sizeof units / sizeof *units; u++) {
        if (!is_word(word + i, length - i, units[u].name)) continue;
        if (whole > time_us_max / units[u].us || fraction * units[u].us % fraction_scale != 0) break;
        return whole * units[u].us + fraction * units[u].us / fraction_scale;
    }
    wrong(in, word, reason);
    return 0;
}

static void put_byte(struct text *in, struct script_action *action, char c) {
    if (action->length == SCRIPT_BYTES_MAX)
        wrong(in, in->at, "a text has at most 64 bytes; write the rest as another action");
    else
        action->bytes[action->length++] = (uint8_t)c;
}

static char take_escape(struct text *in) {
    char c = in->at < in->end ? *in->at : '\n';
    switch (c) {
    case 'n': return '\n';
    case 'r': return '\r';
    case 't': return '\t';
    case '0': return '\0';
    case '"':
    case '\\': return c;
    case 'x': {
        int high = in->end - in->at > 2 ? digit_value(in->at[1]) : 16;
        int low = high < 16 ? digit_value(in->at[2]) : 16;
        if (low < 16) {
            in->at += 2;
            return (char)(high * 16 + low);
        }
        break;
    }
    default: break;
    }
    wrong(in, in->at, "after a backslash comes n, r, t, 0, x and two digits, a quote or a backslash");
    return ' ';
}

static void take_quoted(struct text *in, struct script_action *action) {
    skip_blanks(in);
    if (in->at == in->end || *in->at != '"') {
        wrong(in, in->at, "expected a text in double quotes");
        return;
    }
    for (in->at++; in->at < in->end && *in->at != '"' && *in->at != '\n' && !in->reason; in->at++) {
        char c = *in->at;
        if (c == '\\') {
            in->at++;
            c = take_escape(in);
        }
        put_byte(in, action, c);
    }
    if (in->at == in->end || *in->at != '"')
        wrong(in, in->at, "the text has no closing quote");
    else
        in->at++;
}

/* ---- actions */

static void read_pin(struct text *in, struct script_action *action) {
    action->number = take_number(in, PINS - 1, "expected a pin from 0 to 31");
    static const char *const names[] = {"low", "high", "toggle", "float"};
    skip_blanks(in);
    const char *where = in->at;
    for (uint32_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (!next_is(in, names[i])) continue;
        action->kind = SCRIPT_PIN_LOW + i;
        return;
    }
    wrong(in, where, "expected high, low, toggle or float");
}

static void read_adc(struct text *in, struct script_action *action) {
    static const char value[] = "expected a value from 0 to 4095";
    action->kind = SCRIPT_ADC;
    action->number = take_number(in, CHANNELS - 1, "expected a channel from 0 to 7");
    if (!next_is(in, "ramp")) {
        action->a = action->b = take_number(in, FULL_SCALE, "expected a value from 0 to 4095, or ramp");
        return;
    }
    action->a = take_number(in, FULL_SCALE, value);
    action->b = take_number(in, FULL_SCALE, value);
    if (!next_is(in, "over")) wrong(in, in->at, "expected over and a time");
    action->duration_us = take_time(in);
}

static void read_uart(struct text *in, struct script_action *action) {
    action->kind = SCRIPT_UART;
    action->number = take_number(in, UARTS - 1, "expected a port, 0 or 1");
    take_quoted(in, action);
}

static void read_console(struct text *in, struct script_action *action) {
    action->kind = SCRIPT_CONSOLE_END;
    if (next_is(in, "end")) return;
    action->kind = SCRIPT_CONSOLE;
    take_quoted(in, action);
}

static void read_can(struct text *in, struct script_action *action) {
    action->kind = SCRIPT_CAN;
    skip_blanks(in);
    const char *where = in->at;
    action->a = take_number(in, 0x1fffffff, "expected an id, at most 0x1fffffff");
    action->b = next_is(in, "extended");
    if (action->a > 0x7ff && action->b == 0) wrong(in, where, "an id above 0x7ff needs the word extended after it");
    for (skip_blanks(in); !at_end(in) && !in->reason; skip_blanks(in)) {
        const char *word;
        size_t length = take_word(in, &word);
        int high = digit_value(word[0]), low = length == 2 ? digit_value(word[1]) : 16;
        if (high > 15 || low > 15) wrong(in, word, "expected a byte as two hexadecimal digits");
        if (action->length == CAN_BYTES_MAX) wrong(in, word, "a frame has at most 8 bytes");
        if (!in->reason) action->bytes[action->length++] = (uint8_t)(high * 16 + low);
    }
}

/* Degrees Celsius, -55 to 125, with up to three decimals, in 1/256 degree. */
static void read_temperature(struct text *in, struct script_action *action) {
    action->kind = SCRIPT_TEMPERATURE;
    const char *word;
    size_t length = take_word(in, &word), i = length > 0 && word[0] == '-' ? 1 : 0;
    int32_t sign = i == 1 ? -1 : 1, thousandths = 0, decimals = -1;
    bool good = i < length;
    for (; i < length && decimals < 3 && thousandths < 1000000; i++) {
        if (word[i] == '.' && decimals < 0) {
            decimals = 0;
            continue;
        }
        good = good && word[i] >= '0' && word[i] <= '9';
        thousandths = thousandths * 10 + (word[i] - '0');
        if (decimals >= 0) decimals++;
    }
    for (int32_t left = decimals < 0 ? 0 : decimals; left < 3 && thousandths < 1000000; left++) thousandths *= 10;
    thousandths *= sign;
    if (!good || i < length || thousandths < -55000 || thousandths > 125000)
        wrong(in, word, "expected degrees Celsius from -55 to 125 with at most three decimals");
    else
        action->a = (uint32_t)(thousandths * 256 / 1000);
}

static void read_i2c(struct text *in, struct script_action *action) {
    action->number = take_number(in, 0x77, "expected an address, at most 0x77");
    skip_blanks(in);
    const char *where = in->at;
    if (next_is(in, "gone"))
        action->kind = SCRIPT_I2C_GONE;
    else if (next_is(in, "back"))
        action->kind = SCRIPT_I2C_BACK;
    else
        wrong(in, where, "expected gone or back");
}

static void read_action(struct text *in, struct script_action *action) {
    static const struct {
        const char *name;
        void (*read)(struct text *in, struct script_action *action);
    } rows[] = {{"pin", read_pin},         {"adc", read_adc}, {"uart", read_uart},
                {"console", read_console}, {"can", read_can}, {"temperature", read_temperature},
                {"i2c", read_i2c}};
    skip_blanks(in);
    const char *where = in->at;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (!next_is(in, rows[i].name)) continue;
        rows[i].read(in, action);
        return;
    }
    wrong(in, where, "expected pin, adc, uart, console, can, temperature or i2c");
}

static void read_line(struct text *in, struct script_action *action) {
    memset(action, 0, sizeof *action);
    action->times = 1;
    if (!next_is(in, "at")) {
        wrong(in, in->at, "a line begins with at and a time");
        return;
    }
    action->at_us = take_time(in);
    if (next_is(in, "every")) {
        skip_blanks(in);
        const char *where = in->at;
        action->every_us = take_time(in);
        if (action->every_us == 0) wrong(in, where, "the time between two repetitions must be above 0");
        action->times = UINT32_MAX;
        if (next_is(in, "times")) action->times = take_number(in, 1000000, "expected how often, at most 1000000");
    }
    read_action(in, action);
    skip_blanks(in);
    if (!at_end(in)) wrong(in, in->at, "the line goes on after its action");
}

enum status script_read(const char *text, size_t length, struct script_action *actions, uint32_t capacity,
                        uint32_t *count, struct script_fault *fault) {
    struct text in = {.at = text, .end = text + length, .line_start = text, .line = 1};
    uint32_t found = 0;
    while (in.at < in.end) {
        in.line_start = in.at;
        skip_blanks(&in);
        if (!at_end(&in)) {
            struct script_action action;
            read_line(&in, &action);
            if (!in.reason && found == capacity) wrong(&in, in.line_start, "there are more actions than fit");
            if (in.reason) {
                *fault = (struct script_fault){in.line, (uint32_t)(in.where - in.line_start) + 1, in.reason};
                return found == capacity ? ST_FULL : ST_CORRUPT;
            }
            actions[found++] = action;
        }
        while (in.at < in.end && *in.at != '\n') in.at++;
        if (in.at < in.end) in.at++;
        in.line++;
    }
    *count = found;
    return ST_OK;
}
