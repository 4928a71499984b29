/* Settings files: what is read, and each mistake with its line and column. */
#include "host/toml/toml.h"

#include <stdlib.h>

#include "test/unit/check.h"

static struct toml *parsed(const char *text) {
    struct toml *document = NULL;
    struct toml_fault fault = {.message = ""};
    CHECK_EQ(ST_OK, toml_parse(text, strlen(text), &document, &fault));
    CHECK_TEXT("", fault.message);
    return document;
}

/* The value at a path of names with dots; "#N" is the Nth element of an array. */
static const struct toml_value *at(const struct toml *document, const char *path) {
    const struct toml_value *value = toml_root(document);
    char name[64];
    for (int used; value && sscanf(path, "%63[^.]%n", name, &used) == 1; path += used + (path[used] == '.')) {
        if (name[0] != '#') {
            value = value->kind == TOML_TABLE ? toml_find(value, name) : NULL;
            continue;
        }
        const struct toml_value *element = value->first;
        for (int i = atoi(name + 1); i > 0 && element; i--) element = element->next;
        value = element;
    }
    CHECK(value != NULL);
    return value;
}

static void values_of_every_kind_are_read(void) {
    struct toml *document = parsed("# a comment\n"
                                   "text = \"a\\tb \\u00e4 \\U0001F600 \\\" \\\\\" # behind it\n"
                                   "plain = 'C:\\dir'\r\n"
                                   "empty = \"\"\n"
                                   "one = 1\nminus = -17\nplus = +5\nlong = 1_000_000\n"
                                   "hex = 0xDEAD_beef\noctal = 0o17\nbinary = 0b101\n"
                                   "most = 9223372036854775807\nleast = -9223372036854775808\nzero = -0\n"
                                   "yes = true\nno = false\n"
                                   "list = [1, \"two\", [3, 4], # with a comment\n  true,\n]\n"
                                   "none = []\n");
    CHECK_TEXT("a\tb \xc3\xa4 \xf0\x9f\x98\x80 \" \\", at(document, "text")->text);
    CHECK_TEXT("C:\\dir", at(document, "plain")->text);
    CHECK_TEXT("", at(document, "empty")->text);
    CHECK_EQ(1, at(document, "one")->integer);
    CHECK_EQ(-17, at(document, "minus")->integer);
    CHECK_EQ(5, at(document, "plus")->integer);
    CHECK_EQ(1000000, at(document, "long")->integer);
    CHECK_EQ(0xdeadbeef, at(document, "hex")->integer);
    CHECK_EQ(15, at(document, "octal")->integer);
    CHECK_EQ(5, at(document, "binary")->integer);
    CHECK_EQ(INT64_MAX, at(document, "most")->integer);
    CHECK_EQ(INT64_MIN, at(document, "least")->integer);
    CHECK_EQ(0, at(document, "zero")->integer);
    CHECK(at(document, "yes")->boolean);
    CHECK(!at(document, "no")->boolean);
    CHECK_TEXT("two", at(document, "list.#1")->text);
    CHECK_EQ(4, at(document, "list.#2.#1")->integer);
    CHECK_EQ(TOML_BOOLEAN, at(document, "list.#3")->kind);
    CHECK(at(document, "none")->first == NULL);
    CHECK_EQ(2, at(document, "text")->line);
    CHECK_EQ(8, at(document, "text")->column);
    CHECK_EQ(18, at(document, "list.#3")->line);
    toml_free(document);
}

static void tables_are_found_by_name(void) {
    struct toml *document = parsed("a.b.c = 1\na.b.d = 2\n\"q.r\" = 3\n"
                                   "[t]\nx = 1\n[t.u.v]\ny = 2\n[t.u]\nz = 3\n"
                                   "inline = {p = 1, q = {r = \"s\"}, e = {}}\n"
                                   "[[row]]\nn = 1\n[row.sub]\nm = 5\n[[row]]\nn = 2\n[[row.part]]\nk = 7\n");
    CHECK_EQ(2, at(document, "a.b.d")->integer);
    CHECK_EQ(3, toml_find(toml_root(document), "q.r")->integer);
    CHECK_EQ(2, at(document, "t.u.v.y")->integer);
    CHECK_EQ(3, at(document, "t.u.z")->integer);
    CHECK_TEXT("s", at(document, "t.u.inline.q.r")->text);
    CHECK_EQ(5, at(document, "row.#0.sub.m")->integer);
    CHECK_EQ(2, at(document, "row.#1.n")->integer);
    CHECK_EQ(7, at(document, "row.#1.part.#0.k")->integer);
    CHECK(toml_find(toml_root(document), "nothing") == NULL);
    toml_free(document);
    toml_free(parsed(""));
    toml_free(parsed("\r\n\n  # only\n"));
}

struct mistake {
    const char *text;
    uint32_t line, column;
    const char *message; /* its beginning */
};

static void refused(const struct mistake *mistake, size_t length) {
    struct toml *document = NULL;
    struct toml_fault fault = {0};
    CHECK_EQ(ST_CORRUPT, toml_parse(mistake->text, length, &document, &fault));
    CHECK(document == NULL);
    bool good = fault.line == mistake->line && fault.column == mistake->column &&
                strncmp(fault.message, mistake->message, strlen(mistake->message)) == 0;
    if (good) return;
    check_failures++;
    printf("  %s\n    want %u:%u: %s\n    got  %u:%u: %s\n", mistake->text, mistake->line, mistake->column,
           mistake->message, fault.line, fault.column, fault.message);
}

static void mistakes_are_named_with_line_and_column(void) {
    static const struct mistake mistakes[] = {
        {"a", 1, 2, "'=' is missing behind the name"},
        {"a =", 1, 4, "a value is missing"},
        {"a = # nothing", 1, 5, "a value is missing"},
        {"= 1", 1, 1, "a name is missing"},
        {"a = 1 b = 2", 1, 7, "something follows on the line"},
        {"a = 1\na = 2", 2, 1, "\"a\" was already given in line 1"},
        {"[t]\na = 1\n[t]\n", 3, 2, "\"t\" was already given in line 1"},
        {"a = 1\n[a]\n", 2, 2, "\"a\" was already given in line 1"},
        {"[a]\nb.c = 1\n[a.b]\n", 3, 4, "\"b\" was already given in line 2"},
        {"[a.b]\n[a]\nb.c = 1\n", 3, 1, "\"b\" was already given in line 1"},
        {"a = {b = 1}\n[a.c]\n", 2, 2, "\"a\" was already given in line 1"},
        {"a = {b = 1, b = 2}", 1, 13, "\"b\" was already given in line 1"},
        {"a = [1]\n[[a]]\n", 2, 3, "\"a\" was already given in line 1"},
        {"[[a]]\n[a]\n", 2, 2, "\"a\" was already given in line 1"},
        {"a = \"x", 1, 5, "the string does not end on its line"},
        {"a = 'x\n'", 1, 5, "the string does not end on its line"},
        {"a = \"\\q\"", 1, 7, "an unknown escape"},
        {"a = \"\\u12\"", 1, 10, "\\u needs 4 hexadecimal digits"},
        {"a = \"\\ud800\"", 1, 8, "U+D800 is no character"},
        {"a = \"\\u0000\"", 1, 8, "U+0000 is no character"},
        {"a = \"\"\"x\"\"\"", 1, 5, "multi-line strings are not read here"},
        {"a = \"x\x01\"", 1, 7, "a control character (0x01)"},
        {"# \x02", 1, 3, "a control character (0x02)"},
        {"a = 1\nb = \"\xff\"", 2, 6, "a byte that is no UTF-8 (0xff)"},
        {"a = \"\xc0\x80\"", 1, 6, "a byte that is no UTF-8 (0xc0)"},
        {"a = \"\xed\xa0\x80\"", 1, 6, "a byte that is no UTF-8 (0xed)"},
        {"a = 1.5", 1, 5, "\"1.5\" is no value"},
        {"a = 1e999", 1, 5, "\"1e999\" is no value"},
        {"a = 1979-05-27", 1, 5, "\"1979-05-27\" is no value"},
        {"a = nan", 1, 5, "\"nan\" is no value"},
        {"a = truely", 1, 5, "\"truely\" is no value"},
        {"a = 012", 1, 5, "a number begins with 0"},
        {"a = 1__0", 1, 5, "\"1__0\" is no value"},
        {"a = _1", 1, 5, "\"_1\" is no value"},
        {"a = 1_", 1, 5, "\"1_\" is no value"},
        {"a = 0x", 1, 5, "\"0x\" is no value"},
        {"a = 0xg", 1, 5, "\"0xg\" is no value"},
        {"a = -0x1", 1, 5, "\"-0x1\" is no value"},
        {"a = +", 1, 5, "\"+\" is no value"},
        {"a = 9223372036854775808", 1, 5, "the number needs more than 64 bits"},
        {"a = -9223372036854775809", 1, 5, "the number needs more than 64 bits"},
        {"a = 0xffffffffffffffff", 1, 5, "the number needs more than 64 bits"},
        {"a = [1 2]", 1, 8, "']' is missing at the end of an array"},
        {"a = [1,\n2", 2, 2, "']' is missing at the end of an array"},
        {"a = [,]", 1, 6, "no value begins with ','"},
        {"a = {b = 1", 1, 11, "'}' is missing at the end of an inline table"},
        {"a = {b = 1,}", 1, 12, "a name is missing"},
        {"a = {b = 1\n}", 1, 11, "'}' is missing at the end of an inline table"},
        {"[a", 1, 3, "']' is missing at the end of a table's name"},
        {"[]", 1, 2, "a name is missing"},
        {"[[a]", 1, 5, "']' is missing at the end of a table's name"},
        {"[a] x", 1, 5, "something follows on the line"},
        {"a = yes", 1, 5, "\"yes\" is no value"},
        {"a = @", 1, 5, "no value begins with '@'"},
    };
    for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++) refused(&mistakes[i], strlen(mistakes[i].text));
    const struct mistake nul = {"a = \"x\0y\"", 1, 7, "a control character (0x00)"};
    refused(&nul, 9);
}

static void nesting_ends_at_its_limit(void) {
    enum { DEEP = 10000 };
    char *text = malloc(2 * DEEP + 8);
    for (int depth = TOML_DEPTH_MAX - 2; depth <= DEEP;
         depth = depth < TOML_DEPTH_MAX + 2 ? depth + 1 : depth + DEEP / 4) {
        memcpy(text, "a = ", 4);
        memset(text + 4, '[', (size_t)depth);
        memset(text + 4 + depth, ']', (size_t)depth);
        text[4 + 2 * depth] = '\0';
        struct toml *document = NULL;
        struct toml_fault fault;
        enum status want = depth <= TOML_DEPTH_MAX ? ST_OK : ST_CORRUPT;
        CHECK_EQ(want, toml_parse(text, strlen(text), &document, &fault));
        toml_free(document);
    }
    for (int i = 0; i < DEEP; i++) memcpy(text + 2 * i, "a.", 2);
    memcpy(text + 2 * DEEP, "a=1", 4);
    const struct mistake dotted = {text, 1, 2 * TOML_DEPTH_MAX + 1, "nested more than"};
    refused(&dotted, strlen(text));
    free(text);
}

static void every_beginning_of_a_good_file_is_taken_or_refused(void) {
    static const char text[] =
        "name = \"blink\" # x\nsources = [\"a.c\", 'b.c']\n[t.u]\nn = 0x10\nq = {r = true}\n[[v]]\n";
    for (size_t length = 0; length <= sizeof text - 1; length++) {
        struct toml *document = NULL;
        struct toml_fault fault = {0};
        char *copy = malloc(length + 1); /* so that a checker sees a read behind the end */
        memcpy(copy, text, length);
        if (toml_parse(copy, length, &document, &fault) != ST_OK) CHECK(fault.line > 0 && fault.message[0]);
        toml_free(document);
        free(copy);
    }
}

/* Random changes to a good file: whatever comes out, nothing is read or written outside its place (the sanitizer build
 * looks). */
static void changed_files_are_taken_or_refused(void) {
    static const char text[] =
        "a.b = [1, {c = \"\\u00e4\"}, 0xff] # x\n[t.\"u v\"]\nn = -1_0\nq = {r = true}\n[[v]]\nw = 'z'\n[[v]]\n";
    static const char material[] = "[]{}=.,#\"'\\\n\r\t _-+0x9ztrue\xc3\xa4\x00";
    uint32_t random = 1;
    for (int round = 0; round < 20000; round++) {
        char changed[sizeof text];
        memcpy(changed, text, sizeof text);
        for (int change = 0; change < 1 + round % 4; change++) {
            random = random * 1664525 + 1013904223;
            changed[(random >> 8) % (sizeof text - 1)] = material[(random >> 20) % (sizeof material - 1)];
        }
        struct toml *document = NULL;
        struct toml_fault fault = {0};
        enum status status = toml_parse(changed, sizeof text - 1, &document, &fault);
        CHECK(status == ST_OK ? document != NULL : fault.line > 0 && fault.column > 0 && fault.message[0]);
        toml_free(document);
    }
}

int main(void) {
    static const struct check_test tests[] = {
        TEST(values_of_every_kind_are_read),
        TEST(tables_are_found_by_name),
        TEST(mistakes_are_named_with_line_and_column),
        TEST(nesting_ends_at_its_limit),
        TEST(every_beginning_of_a_good_file_is_taken_or_refused),
        TEST(changed_files_are_taken_or_refused),
    };
    return CHECK_RUN(tests);
}
