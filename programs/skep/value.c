#include <inttypes.h>
#include <stdio.h>
#include <string.h>

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

static void print_row(const json_t *row) {
    char id[OBJECT_TEXT_BYTES], number[OBJECT_TEXT_BYTES], age[OBJECT_TEXT_BYTES];
    object_id_text(row, id);
    number_text(row, json_is_true(json_object_get(row, "readable")), number);
    age_text(row, age);
    printf("%-7s  %5" PRId64 "  %-12s  %14s  %-7s  %-4s  %-7s  %-7s  %s\n", id, (int64_t)object_number(row, "pid"),
           object_text(row, "name"), number, object_text(row, "unit"), object_text(row, "type"),
           object_text(row, "read_level"), object_text(row, "write_level"), age);
}

static int list(struct remote *remote) {
    json_t *values = json_array(), *row;
    size_t index;
    int code = remote_list(remote, "value.list", "slot", values);
    json_array_foreach(values, index, row) add_number(row, json_is_true(json_object_get(row, "readable")));
    if (code == EXIT_DONE && remote->options.json) {
        remote_print(json_pack("{s:s, s:s, s:O}", "operation", "value.list", "status", "OK", "values", values));
    } else if (code == EXIT_DONE) {
        printf("%-7s  %5s  %-12s  %14s  %-7s  %-4s  %-7s  %-7s  %s\n", "ID", "PID", "NAME", "VALUE", "UNIT", "TYPE",
               "READ", "WRITE", "AGE");
        json_array_foreach(values, index, row) print_row(row);
    }
    json_decref(values);
    return code;
}

static int get(struct remote *remote, const json_t *row) {
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

static int set(struct remote *remote, const json_t *row, const char *text, uint64_t pin) {
    uint32_t bits;
    const char *type = object_text(row, "type");
    if (!object_bits_read(type, text, &bits))
        return command_fail(EXIT_USAGE, "\"%s\" is no %s, which %s is", text, type, object_text(row, "name"));
    int code = remote_order(
        remote, "value.set",
        json_pack("{s:I, s:I, s:I}", "id", object_number(row, "id"), "bits", (json_int_t)bits, "pin", (json_int_t)pin));
    if (code == EXIT_DONE && remote->options.json)
        remote_print(json_pack("{s:s, s:s}", "operation", "value.set", "status", "OK"));
    return code;
}

static int work(struct remote *remote, const struct command_words *words, uint64_t pin) {
    json_t *row;
    if (words->count == 1) return list(remote);
    int code = object_find(remote, "value.list", words->word[1], &row);
    if (code != EXIT_DONE) return code;
    code = words->count == 2 ? get(remote, row) : set(remote, row, words->word[2], pin);
    json_decref(row);
    return code;
}

int command_value(int argc, char **argv) {
    static struct remote remote;
    struct remote_options given = {0};
    struct command_words words;
    uint64_t pin = 0;
    const struct command_option options[] = {REMOTE_OPTIONS(given), {"--pin", OPTION_NUMBER, &pin}};
    static const char *const names[] = {"ls", "get", "set"}; /* so many words are behind each */
    if (!COMMAND_OPTIONS(argc, argv, options, &words)) return EXIT_USAGE;
    if (words.count == 0 || words.count > 3 || strcmp(words.word[0], names[words.count - 1]) != 0 || pin > UINT32_MAX)
        return command_fail(EXIT_USAGE, "value takes ls, get NAME, or set NAME NUMBER; see: skep help value");
    int code = remote_open(&remote, &given, false, false);
    if (code != EXIT_DONE) return code;
    code = work(&remote, &words, pin);
    remote_close(&remote);
    return code;
}
