#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "programs/skep/list.h"
#include "programs/skep/object.h"

static const json_int_t age_never = UINT32_MAX;

/* The number beside its bits, for whoever reads the line: null where the session may not read it. */
static void add_number(json_t *row, bool readable) {
    uint32_t bits = (uint32_t)object_number(row, "bits");
    json_object_set_new(row, "value", readable ? object_bits_json(object_text(row, "type"), bits) : json_null());
}

static void number_text(const json_t *row, bool readable, char to[OBJECT_TEXT_BYTES]) {
    snprintf(to, OBJECT_TEXT_BYTES, "-");
    if (readable) object_bits_text(object_text(row, "type"), (uint32_t)object_number(row, "bits"), to);
}

static void age_text(const json_t *row, char to[OBJECT_TEXT_BYTES]) {
    json_int_t age_ms = object_number(row, "age_ms");
    if (age_ms == age_never)
        snprintf(to, OBJECT_TEXT_BYTES, "never");
    else
        snprintf(to, OBJECT_TEXT_BYTES, "%.1f s", (double)age_ms / 1000);
}

enum { ID, PID, VALUE, UNIT, AGE, TYPE, READ, WRITE, NAME, COLUMN_COUNT };

static const struct table_column columns[COLUMN_COUNT] = {
    [ID] = {"ID", 5, 4, false},     [PID] = {"PID", 5, 3, true},      [VALUE] = {"VALUE", 8, 0, true},
    [UNIT] = {"UNIT", 4, 1, false}, [AGE] = {"AGE", 6, 2, true},      [TYPE] = {"TYPE", 4, 5, false},
    [READ] = {"READ", 6, 7, false}, [WRITE] = {"WRITE", 6, 6, false}, [NAME] = {"NAME", 8, 0, false},
};
static const char *const members[COLUMN_COUNT] = {
    [UNIT] = "unit", [TYPE] = "type", [READ] = "read_level", [WRITE] = "write_level", [NAME] = "name",
};

static bool is_readable(const json_t *row) { return json_is_true(json_object_get(row, "readable")); }
static void add_readable_number(json_t *row) { add_number(row, is_readable(row)); }

static void cell(const json_t *row, size_t column, char to[TABLE_CELL_BYTES]) {
    char text[OBJECT_TEXT_BYTES] = "";
    if (column == ID) object_id_text(row, text);
    if (column == PID) snprintf(text, sizeof text, "%" PRId64, (int64_t)object_number(row, "pid"));
    if (column == VALUE) number_text(row, is_readable(row), text);
    if (column == AGE) age_text(row, text);
    snprintf(to, TABLE_CELL_BYTES, "%s", members[column] ? object_text(row, members[column]) : text);
}

static const struct list values = {.operation = "value.list",
                                   .key = "slot",
                                   .column = columns,
                                   .count = COLUMN_COUNT,
                                   .cell = cell,
                                   .add = add_readable_number};

static int get(struct remote *remote, const void *context) {
    const json_t *row = context;
    json_t *result;
    char number[OBJECT_TEXT_BYTES];
    int code = remote_call(remote, "value.get", json_pack("{s:I}", "id", object_number(row, "id")), &result);
    if (code != EXIT_DONE) return code;
    add_number(result, true);
    number_text(result, true, number);
    const char *unit = object_text(result, "unit");
    if (remote->options.json)
        remote_print(json_pack("{s:s, s:s, s:O}", "operation", "value.get", "status", "OK", "result", result));
    else
        printf("%s%s%s\n", number, unit[0] ? " " : "", unit);
    json_decref(result);
    return EXIT_DONE;
}

static double number_of(const char *type, uint32_t bits) {
    json_t *number = object_bits_json(type, bits);
    double found = json_number_value(number);
    json_decref(number);
    return found;
}

/* Says what the value takes, if that is why the hive has refused the number. */
static void tell_range(struct remote *remote, const json_t *row, uint32_t bits) {
    json_t *contract;
    char least[OBJECT_TEXT_BYTES], most[OBJECT_TEXT_BYTES];
    if (remote->options.json) return;
    if (remote_call(remote, "value.get", json_pack("{s:I}", "id", object_number(row, "id")), &contract) != EXIT_DONE)
        return;
    const uint32_t minimum = (uint32_t)object_number(contract, "minimum");
    const uint32_t maximum = (uint32_t)object_number(contract, "maximum");
    const char *type = object_text(contract, "type"), *unit = object_text(contract, "unit");
    const double number = number_of(type, bits);
    object_bits_text(type, minimum, least);
    object_bits_text(type, maximum, most);
    if ((minimum != 0 || maximum != 0) && (number < number_of(type, minimum) || number > number_of(type, maximum)))
        fprintf(stderr, "skep: %s takes %s to %s%s%s\n", object_text(row, "name"), least, most, unit[0] ? " " : "",
                unit);
    json_decref(contract);
}

static int set(struct remote *remote, const json_t *row, const char *text, uint64_t pin) {
    uint32_t bits;
    const char *type = object_text(row, "type");
    if (!object_bits_read(type, text, &bits))
        return command_fail(EXIT_USAGE, "\"%s\" is no %s, which %s is", text, type, object_text(row, "name"));
    int code = remote_order(
        remote, "value.set",
        json_pack("{s:I, s:I, s:I}", "id", object_number(row, "id"), "bits", (json_int_t)bits, "pin", (json_int_t)pin));
    if (code == EXIT_HIVE) tell_range(remote, row, bits);
    if (code == EXIT_DONE && remote->options.json)
        remote_print(json_pack("{s:s, s:s}", "operation", "value.set", "status", "OK"));
    return code;
}

static int work(struct remote *remote, const struct command_words *words, uint64_t pin, bool again) {
    json_t *row;
    if (strcmp(words->word[0], "ls") == 0)
        return list_show(remote, &values, words->count == 2 ? words->word[1] : NULL, again);
    int code = object_find(remote, "value.list", words->word[1], &row);
    if (code != EXIT_DONE) return code;
    code = words->count == 2 ? list_again(remote, again, get, row) : set(remote, row, words->word[2], pin);
    json_decref(row);
    return code;
}

static bool is_good(const struct command_words *words, bool again) {
    const char *what = words->count > 0 ? words->word[0] : "";
    if (strcmp(what, "ls") == 0) return words->count <= 2;
    return (strcmp(what, "get") == 0 && words->count == 2) || (strcmp(what, "set") == 0 && words->count == 3 && !again);
}

int command_value(int argc, char **argv) {
    static struct remote remote;
    struct remote_options given = {0};
    struct command_words words;
    uint64_t pin = 0;
    bool again = false;
    const struct command_option options[] = {
        REMOTE_OPTIONS(given), {"--pin", OPTION_NUMBER, &pin}, {"--watch", OPTION_FLAG, &again}};
    if (!COMMAND_OPTIONS(argc, argv, options, &words)) return EXIT_USAGE;
    if (!is_good(&words, again) || pin > UINT32_MAX)
        return command_fail(EXIT_USAGE, "value takes ls, get VALUE, or set VALUE NUMBER; see: skep help value");
    int code = remote_open(&remote, &given, false, false);
    if (code != EXIT_DONE) return code;
    code = work(&remote, &words, pin, again);
    remote_close(&remote);
    return code;
}
