#include "host/toml/toml.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/require.h"

/* What may still be added to a table or array, by TOML's rules on defining things once. */
enum table_state {
    STATE_IMPLIED, /* made on the way to a longer header: may get its own header once */
    STATE_HEADED,  /* has had its header */
    STATE_DOTTED,  /* made by a dotted key: only dotted keys of the same section add to it */
    STATE_CLOSED,  /* inline table or array value: complete */
    STATE_TABLES,  /* an array of tables: grows by [[header]] */
};

struct block {
    struct block *next;
    _Alignas(8) char bytes[];
};

struct toml {
    struct block *blocks;
    struct toml_value root;
};

struct parser {
    const char *text;
    size_t length, at, line_start;
    uint32_t line;
    bool bad;
    struct toml *document;
    struct toml_fault *fault;
};

struct place {
    uint32_t line, column;
};

static struct place place_of(const struct parser *in) {
    return (struct place){in->line, (uint32_t)(in->at - in->line_start + 1)};
}

/* Keeps the first fault. */
__attribute__((format(printf, 3, 4))) static void fail_at(struct parser *in, struct place place, const char *format,
                                                          ...) {
    if (in->bad) return;
    in->bad = true;
    in->fault->line = place.line;
    in->fault->column = place.column;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(in->fault->message, sizeof in->fault->message, format, arguments);
    va_end(arguments);
}

static void *take_memory(struct parser *in, size_t bytes) {
    struct block *block = calloc(1, sizeof *block + bytes);
    require(block != NULL);
    block->next = in->document->blocks;
    in->document->blocks = block;
    return block->bytes;
}

static int peek(const struct parser *in) {
    return in->bad || in->at == in->length ? EOF : (unsigned char)in->text[in->at];
}

static bool accept(struct parser *in, char c) {
    if (peek(in) != (unsigned char)c) return false;
    in->at++;
    return true;
}

static void expect(struct parser *in, char c, const char *where) {
    if (!accept(in, c)) fail_at(in, place_of(in), "'%c' is missing %s", c, where);
}

static void skip_blanks(struct parser *in) {
    while (peek(in) == ' ' || peek(in) == '\t') in->at++;
}

static void skip_comment(struct parser *in) {
    if (peek(in) != '#') return;
    while (peek(in) != EOF && peek(in) != '\n') {
        int c = peek(in);
        bool line_end = c == '\r' && in->at + 1 < in->length && in->text[in->at + 1] == '\n';
        if ((c < ' ' && c != '\t' && !line_end) || c == 0x7f)
            fail_at(in, place_of(in), "a control character (0x%02x)", (unsigned)c);
        in->at++;
    }
}

static bool accept_newline(struct parser *in) {
    if (peek(in) == '\r' && in->at + 1 < in->length && in->text[in->at + 1] == '\n') in->at++;
    if (!accept(in, '\n')) return false;
    in->line++;
    in->line_start = in->at;
    return true;
}

static void end_line(struct parser *in) {
    skip_blanks(in);
    skip_comment(in);
    if (peek(in) != EOF && !accept_newline(in))
        fail_at(in, place_of(in), "something follows on the line; one thing a line, and comments begin with #");
}

static void skip_lines(struct parser *in) {
    do {
        skip_blanks(in);
        skip_comment(in);
    } while (accept_newline(in));
}

static size_t utf8_put(char *to, uint32_t code) {
    if (code < 0x80) {
        to[0] = (char)code;
        return 1;
    }
    size_t count = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    static const uint8_t lead[] = {0, 0, 0xc0, 0xe0, 0xf0};
    for (size_t i = count - 1; i > 0; i--, code >>= 6) to[i] = (char)(0x80 | (code & 0x3f));
    to[0] = (char)(lead[count] | code);
    return count;
}

/* Bytes of the UTF-8 character at `at`; 0 when it is none. */
static size_t utf8_length(const char *text, size_t length, size_t at) {
    const uint8_t *c = (const uint8_t *)text + at;
    size_t count = c[0] < 0x80 ? 1 : c[0] < 0xc2 ? 0 : c[0] < 0xe0 ? 2 : c[0] < 0xf0 ? 3 : c[0] < 0xf5 ? 4 : 0;
    if (count == 0 || count > length - at) return 0;
    for (size_t i = 1; i < count; i++)
        if ((c[i] & 0xc0) != 0x80) return 0;
    bool is_bad = (c[0] == 0xe0 && c[1] < 0xa0) || (c[0] == 0xed && c[1] > 0x9f) || (c[0] == 0xf0 && c[1] < 0x90) ||
                  (c[0] == 0xf4 && c[1] > 0x8f);
    return is_bad ? 0 : count;
}

static bool check_utf8(struct parser *in) {
    uint32_t line = 1;
    size_t line_start = 0;
    for (size_t at = 0; at < in->length;) {
        size_t count = utf8_length(in->text, in->length, at);
        if (count == 0)
            fail_at(in, (struct place){line, (uint32_t)(at - line_start + 1)}, "a byte that is no UTF-8 (0x%02x)",
                    (unsigned)(uint8_t)in->text[at]);
        if (count == 0) return false;
        at += count;
        if (in->text[at - 1] != '\n') continue;
        line++;
        line_start = at;
    }
    return true;
}

static uint32_t take_code_point(struct parser *in, int digits) {
    struct place place = place_of(in);
    uint32_t code = 0;
    for (int i = 0; i < digits; i++) {
        int c = peek(in);
        int digit = c >= '0' && c <= '9'   ? c - '0'
                    : c >= 'a' && c <= 'f' ? c - 'a' + 10
                    : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                           : -1;
        if (digit < 0) fail_at(in, place_of(in), "\\%c needs %d hexadecimal digits", digits == 4 ? 'u' : 'U', digits);
        if (in->bad) return 0;
        code = code << 4 | (uint32_t)digit;
        in->at++;
    }
    if (code == 0 || code > 0x10ffff || (code >= 0xd800 && code < 0xe000))
        fail_at(in, place, "U+%04X is no character that can stand in a string here", (unsigned)code);
    return code;
}

static size_t take_escape(struct parser *in, char *to) {
    static const char from[] = "btnfre\"\\", into[] = "\b\t\n\f\r\033\"\\";
    int c = peek(in);
    const char *found = c > 0 ? strchr(from, c) : NULL;
    if (!found && c != 'u' && c != 'U') {
        fail_at(in, place_of(in), "an unknown escape; known are \\b \\t \\n \\f \\r \\e \\\" \\\\ \\uXXXX \\UXXXXXXXX");
        return 0;
    }
    in->at++;
    if (!found) return utf8_put(to, take_code_point(in, c == 'u' ? 4 : 8));
    *to = into[found - from];
    return 1;
}

static const char *take_quoted(struct parser *in) {
    struct place place = place_of(in);
    char quote = in->text[in->at];
    if (in->length - in->at >= 3 && in->text[in->at + 1] == quote && in->text[in->at + 2] == quote)
        fail_at(in, place, "multi-line strings are not read here; use \\n");
    in->at++;
    size_t room = 0; /* up to the closing quote, so that many strings on a line take no more memory than the line */
    for (const char *at = in->text + in->at; in->at + room < in->length && at[room] != quote && at[room] != '\n';
         room++)
        if (at[room] == '\\' && quote == '"' && in->at + room + 1 < in->length) room++;
    char *to = take_memory(in, room + 1);
    size_t used = 0;
    while (!in->bad && peek(in) != quote) {
        int c = peek(in);
        if (c == EOF || c == '\n' || c == '\r')
            fail_at(in, place, "the string does not end on its line");
        else if ((c < ' ' && c != '\t') || c == 0x7f)
            fail_at(in, place_of(in), "a control character (0x%02x)", (unsigned)c);
        if (in->bad) return "";
        in->at++;
        if (c == '\\' && quote == '"')
            used += take_escape(in, to + used);
        else
            to[used++] = (char)c;
    }
    expect(in, quote, "at the end of a string");
    return to;
}

static bool is_bare(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

static const char *take_key(struct parser *in) {
    if (peek(in) == '"' || peek(in) == '\'') return take_quoted(in);
    size_t from = in->at;
    while (is_bare(peek(in))) in->at++;
    if (in->at == from) fail_at(in, place_of(in), "a name is missing (letters, digits, '_', '-', or in quotes)");
    char *name = take_memory(in, in->at - from + 1);
    memcpy(name, in->text + from, in->at - from);
    return name;
}

static struct toml_value *add(struct parser *in, struct toml_value *parent, const char *key, enum toml_kind kind,
                              struct place place) {
    struct toml_value *value = take_memory(in, sizeof *value);
    *value = (struct toml_value){
        .kind = kind, .key = key, .line = place.line, .column = place.column, .key_column = place.column};
    if (parent->last)
        parent->last->next = value;
    else
        parent->first = value;
    parent->last = value;
    return value;
}

static struct toml_value *find(struct toml_value *table, const char *key) {
    for (struct toml_value *value = table->first; value; value = value->next)
        if (strcmp(value->key, key) == 0) return value;
    return NULL;
}

static void fail_twice(struct parser *in, struct place place, const struct toml_value *before) {
    fail_at(in, place, "\"%.60s\" was already given in line %u", before->key, (unsigned)before->line);
}

static struct toml_value *take_value(struct parser *in, struct toml_value *parent, const char *key, int depth);

/* key = value, where key may be dotted. */
static void take_pair(struct parser *in, struct toml_value *table, int depth) {
    for (;;) {
        struct place place = place_of(in);
        const char *key = take_key(in);
        skip_blanks(in);
        struct toml_value *there = in->bad ? NULL : find(table, key);
        if (!accept(in, '.')) {
            if (there) fail_twice(in, place, there);
            expect(in, '=', "behind the name");
            skip_blanks(in);
            struct toml_value *value = take_value(in, table, key, depth);
            if (value) value->key_column = place.column;
            return;
        }
        if (++depth > TOML_DEPTH_MAX) fail_at(in, place, "nested more than %d deep", TOML_DEPTH_MAX);
        if (there && (there->kind != TOML_TABLE || there->state != STATE_DOTTED)) fail_twice(in, place, there);
        if (in->bad) return;
        if (!there) {
            there = add(in, table, key, TOML_TABLE, place);
            there->state = STATE_DOTTED;
        }
        table = there;
        skip_blanks(in);
    }
}

static void take_array(struct parser *in, struct toml_value *array, int depth) {
    in->at++;
    for (;;) {
        skip_lines(in);
        if (accept(in, ']')) return;
        take_value(in, array, NULL, depth);
        skip_lines(in);
        if (accept(in, ',')) continue;
        expect(in, ']', "at the end of an array");
        return;
    }
}

static void take_inline_table(struct parser *in, struct toml_value *table, int depth) {
    in->at++;
    skip_blanks(in);
    if (accept(in, '}')) return;
    do {
        skip_blanks(in);
        take_pair(in, table, depth);
        skip_blanks(in);
    } while (!in->bad && accept(in, ','));
    expect(in, '}', "at the end of an inline table");
}

static bool is_number_part(int c) { return is_bare(c) || c == '+' || c == '.' || c == ':'; }

/* Digits of a base, with single underscores between them; false when it is something else. */
static bool read_digits(const char *text, size_t length, unsigned base, uint64_t limit, uint64_t *value,
                        bool *too_large) {
    *value = 0;
    for (size_t i = 0; i < length; i++) {
        char c = text[i];
        if (c == '_' && i > 0 && i + 1 < length && text[i - 1] != '_') continue;
        unsigned digit = c >= '0' && c <= '9'   ? (unsigned)(c - '0')
                         : c >= 'a' && c <= 'f' ? (unsigned)(c - 'a') + 10
                         : c >= 'A' && c <= 'F' ? (unsigned)(c - 'A') + 10
                                                : 99;
        if (digit >= base) return false;
        if (*value > (limit - digit) / base)
            *too_large = true;
        else
            *value = *value * base + digit;
    }
    return length > 0;
}

static void take_number(struct parser *in, struct toml_value *to) {
    const char *text = in->text + in->at;
    size_t length = 0;
    struct place place = place_of(in);
    while (in->at + length < in->length && is_number_part((unsigned char)text[length])) length++;
    bool is_negative = text[0] == '-';
    size_t skip = is_negative || text[0] == '+' ? 1 : 0;
    unsigned base = 10;
    if (length > 2 && text[0] == '0' && text[1] != '_' && (text[1] == 'x' || text[1] == 'o' || text[1] == 'b')) {
        base = text[1] == 'x' ? 16 : text[1] == 'o' ? 8 : 2;
        skip = 2;
    }
    uint64_t value, limit = (uint64_t)INT64_MAX + (is_negative ? 1 : 0);
    bool too_large = false;
    bool good = read_digits(text + skip, length - skip, base, limit, &value, &too_large);
    bool leading_zero = base == 10 && length - skip > 1 && text[skip] == '0';
    if (!good)
        fail_at(in, place, "\"%.*s\" is no value: whole numbers, strings in quotes, true, false, [..] and {..} are",
                length > 40 ? 40 : (int)length, text);
    else if (leading_zero)
        fail_at(in, place, "a number begins with 0; octal is written 0o17");
    else if (too_large)
        fail_at(in, place, "the number needs more than 64 bits");
    if (in->bad) return;
    in->at += length;
    to->integer = is_negative ? (int64_t)(0 - value) : (int64_t)value;
}

static bool accept_word(struct parser *in, const char *word) {
    size_t length = strlen(word);
    if (in->length - in->at < length || memcmp(in->text + in->at, word, length) != 0) return false;
    if (in->at + length < in->length && is_number_part((unsigned char)in->text[in->at + length])) return false;
    in->at += length;
    return true;
}

static struct toml_value *take_value(struct parser *in, struct toml_value *parent, const char *key, int depth) {
    struct place place = place_of(in);
    if (depth >= TOML_DEPTH_MAX) fail_at(in, place, "nested more than %d deep", TOML_DEPTH_MAX);
    int c = peek(in);
    if (c == EOF || c == '\n' || c == '\r' || c == '#') fail_at(in, place, "a value is missing");
    if (in->bad) return NULL;
    struct toml_value *value = add(in, parent, key, TOML_INTEGER, place);
    value->state = STATE_CLOSED;
    if (c == '"' || c == '\'') {
        value->kind = TOML_STRING;
        value->text = take_quoted(in);
    } else if (c == '[') {
        value->kind = TOML_ARRAY;
        take_array(in, value, depth + 1);
    } else if (c == '{') {
        value->kind = TOML_TABLE;
        take_inline_table(in, value, depth + 1);
    } else if (accept_word(in, "true") || accept_word(in, "false")) {
        value->kind = TOML_BOOLEAN;
        value->boolean = c == 't';
    } else if (is_number_part(c)) {
        take_number(in, value);
    } else {
        fail_at(in, place, "no value begins with '%c'; strings stand in quotes", c);
    }
    return value;
}

/* On the way to the last name of a header: the table of that name, made if need be; of an array of tables the newest.
 */
static struct toml_value *step_into(struct parser *in, struct toml_value *table, const char *key, struct place place) {
    struct toml_value *there = find(table, key);
    if (!there) return add(in, table, key, TOML_TABLE, place);
    if (there->kind == TOML_ARRAY && there->state == STATE_TABLES) return there->last;
    if (there->kind == TOML_TABLE && there->state != STATE_CLOSED) return there;
    fail_twice(in, place, there);
    return NULL;
}

static struct toml_value *open_table(struct parser *in, struct toml_value *table, const char *key, struct place place) {
    struct toml_value *there = find(table, key);
    if (there && (there->kind != TOML_TABLE || there->state != STATE_IMPLIED)) {
        fail_twice(in, place, there);
        return NULL;
    }
    if (!there) there = add(in, table, key, TOML_TABLE, place);
    there->state = STATE_HEADED;
    return there;
}

static struct toml_value *open_element(struct parser *in, struct toml_value *table, const char *key,
                                       struct place place) {
    struct toml_value *there = find(table, key);
    if (there && (there->kind != TOML_ARRAY || there->state != STATE_TABLES)) {
        fail_twice(in, place, there);
        return NULL;
    }
    if (!there) {
        there = add(in, table, key, TOML_ARRAY, place);
        there->state = STATE_TABLES;
    }
    struct toml_value *element = add(in, there, NULL, TOML_TABLE, place);
    element->state = STATE_HEADED;
    return element;
}

/* [a.b] or [[a.b]]: the table that the following lines fill. */
static struct toml_value *take_header(struct parser *in) {
    struct toml_value *table = &in->document->root;
    in->at++;
    bool is_element = accept(in, '[');
    for (int depth = 1; !in->bad; depth++) {
        skip_blanks(in);
        struct place place = place_of(in);
        const char *key = take_key(in);
        skip_blanks(in);
        if (depth >= TOML_DEPTH_MAX) fail_at(in, place, "nested more than %d deep", TOML_DEPTH_MAX);
        if (in->bad) return NULL;
        if (accept(in, '.')) {
            table = step_into(in, table, key, place);
            continue;
        }
        expect(in, ']', "at the end of a table's name");
        if (is_element) expect(in, ']', "at the end of a table's name");
        if (in->bad) return NULL;
        return is_element ? open_element(in, table, key, place) : open_table(in, table, key, place);
    }
    return NULL;
}

static void take_document(struct parser *in) {
    struct toml_value *table = &in->document->root;
    for (skip_lines(in); peek(in) != EOF; skip_lines(in)) {
        if (peek(in) == '[')
            table = take_header(in);
        else
            take_pair(in, table, 0);
        if (in->bad) return;
        end_line(in);
    }
}

enum status toml_parse(const char *text, size_t length, struct toml **document, struct toml_fault *fault) {
    struct toml *made = calloc(1, sizeof *made);
    require(made != NULL);
    made->root = (struct toml_value){.kind = TOML_TABLE, .line = 1, .column = 1, .state = STATE_HEADED};
    struct parser in = {.text = text, .length = length, .line = 1, .document = made, .fault = fault};
    if (check_utf8(&in)) take_document(&in);
    if (in.bad) {
        toml_free(made);
        return ST_CORRUPT;
    }
    *document = made;
    return ST_OK;
}

void toml_free(struct toml *document) {
    if (!document) return;
    for (struct block *block = document->blocks, *next; block; block = next) {
        next = block->next;
        free(block);
    }
    free(document);
}

const struct toml_value *toml_root(const struct toml *document) { return &document->root; }

const struct toml_value *toml_find(const struct toml_value *table, const char *key) {
    require(table->kind == TOML_TABLE);
    for (const struct toml_value *value = table->first; value; value = value->next)
        if (strcmp(value->key, key) == 0) return value;
    return NULL;
}

const char *toml_kind_text(enum toml_kind kind) {
    switch (kind) {
    case TOML_TABLE: return "a table";
    case TOML_ARRAY: return "an array";
    case TOML_STRING: return "a string";
    case TOML_INTEGER: return "a whole number";
    case TOML_BOOLEAN: return "true or false";
    }
    return "nothing";
}
