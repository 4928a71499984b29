#include "programs/skep/object.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/vm/float.h"

enum { ID_GROUP_SHIFT = 8, ID_NUMBER_MASK = 0xff };

json_int_t object_number(const json_t *row, const char *member) {
    return json_integer_value(json_object_get(row, member));
}

const char *object_text(const json_t *row, const char *member) {
    const char *found = json_string_value(json_object_get(row, member));
    return found ? found : "?";
}

void object_id_text(const json_t *row, char to[OBJECT_TEXT_BYTES]) {
    unsigned id = (unsigned)object_number(row, "id");
    snprintf(to, OBJECT_TEXT_BYTES, "%u.%u", id >> ID_GROUP_SHIFT, id & ID_NUMBER_MASK);
}

void object_mailbox_text(const json_t *row, char to[OBJECT_MAILBOX_BYTES]) {
    const char *space = object_text(row, "space"), *name = object_text(row, "name");
    int64_t task = object_number(row, "task");
    if (strcmp(space, "pid") == 0)
        snprintf(to, OBJECT_MAILBOX_BYTES, "pid:%" PRId64, task);
    else if (task != 0)
        snprintf(to, OBJECT_MAILBOX_BYTES, "%s:%s@%" PRId64, space, name, task);
    else
        snprintf(to, OBJECT_MAILBOX_BYTES, "%s:%s", space, name);
}

int object_find(struct remote *remote, const char *operation, const char *name, json_t **row) {
    json_t *rows = json_array(), *candidate, *found = NULL;
    size_t index, count = 0;
    int code = remote_list(remote, operation, "slot", rows);
    json_array_foreach(rows, index, candidate) {
        char id[OBJECT_TEXT_BYTES];
        object_id_text(candidate, id);
        if (strcmp(id, name) != 0 && strcmp(object_text(candidate, "name"), name) != 0) continue;
        found = candidate;
        count++;
    }
    if (code == EXIT_DONE && count == 0) code = command_fail(EXIT_HIVE, "the hive has no \"%s\"; `ls` lists all", name);
    if (code == EXIT_DONE && count > 1)
        code = command_fail(EXIT_HIVE, "\"%s\" is the name of %zu; say which by GROUP.NUMBER, as `ls` shows it", name,
                            count);
    *row = code == EXIT_DONE ? json_incref(found) : NULL;
    json_decref(rows);
    return code;
}

/* ---- numbers */

static bool is(const char *type, const char *name) { return strcmp(type, name) == 0; }

static float float_of(const char *type, uint32_t bits) {
    uint32_t wide = is(type, "f16") ? half_to_float(bits) : bits;
    float number;
    memcpy(&number, &wide, sizeof number);
    return number;
}

/* Of an f32 so many digits that it is no other. */
void object_bits_text(const char *type, uint32_t bits, char to[OBJECT_TEXT_BYTES]) {
    to[0] = '\0';
    if (is(type, "bool")) snprintf(to, OBJECT_TEXT_BYTES, "%s", bits ? "true" : "false");
    if (is(type, "i32")) snprintf(to, OBJECT_TEXT_BYTES, "%" PRId32, (int32_t)bits);
    if (is(type, "f16")) snprintf(to, OBJECT_TEXT_BYTES, "%.5g", (double)float_of(type, bits));
    if (!is(type, "f32")) return;
    for (int digits = 6; digits <= 9; digits++) {
        snprintf(to, OBJECT_TEXT_BYTES, "%.*g", digits, (double)float_of(type, bits));
        if (strtof(to, NULL) == float_of(type, bits)) return;
    }
}

/* JSON has no infinity: those are text. */
json_t *object_bits_json(const char *type, uint32_t bits) {
    char text[OBJECT_TEXT_BYTES];
    object_bits_text(type, bits, text);
    if (is(type, "bool")) return json_boolean(bits != 0);
    if (is(type, "i32")) return json_integer((int32_t)bits);
    if (text[0] == '\0') return json_null();
    return isfinite(float_of(type, bits)) ? json_real(strtod(text, NULL)) : json_string(text);
}

static bool read_integer(const char *text, uint32_t *bits) {
    char *end;
    errno = 0;
    long long number = strtoll(text, &end, 0);
    *bits = (uint32_t)(int32_t)number;
    return errno == 0 && end != text && *end == '\0' && number >= INT32_MIN && number <= INT32_MAX;
}

static bool read_float(const char *text, uint32_t *bits) {
    char *end;
    float number = strtof(text, &end);
    memcpy(bits, &number, sizeof *bits);
    return end != text && *end == '\0' && !isnan(number);
}

bool object_bits_read(const char *type, const char *text, uint32_t *bits) {
    if (is(type, "bool")) {
        *bits = is(text, "true") || is(text, "1");
        return *bits || is(text, "false") || is(text, "0");
    }
    if (is(type, "i32")) return read_integer(text, bits);
    bool good = read_float(text, bits);
    if (is(type, "f16")) *bits = half_from_float(*bits) & UINT16_MAX;
    return good && !is(type, "none");
}
