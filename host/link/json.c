#include "host/link/json.h"

#include <stdbool.h>
#include <stdio.h>

/* How deep brackets nest at most; jansson's own limit is fixed and generous. */
static size_t depth_of(const char *line, size_t length) {
    size_t depth = 0, most = 0;
    bool in_string = false;
    for (size_t i = 0; i < length; i++) {
        if (in_string && line[i] == '\\')
            i++;
        else if (line[i] == '"')
            in_string = !in_string;
        else if (!in_string && (line[i] == '{' || line[i] == '['))
            depth++;
        else if (!in_string && (line[i] == '}' || line[i] == ']') && depth > 0)
            depth--;
        if (depth > most) most = depth;
    }
    return most;
}

static bool has_real(const json_t *value) {
    size_t index;
    const char *key;
    json_t *member;
    if (json_is_real(value)) return true;
    json_array_foreach((json_t *)value, index, member) if (has_real(member)) return true;
    json_object_foreach((json_t *)value, key, member) if (has_real(member)) return true;
    return false;
}

static json_t *refuse(json_t *value, char message[JSON_MESSAGE_BYTES], const char *why) {
    json_decref(value);
    snprintf(message, JSON_MESSAGE_BYTES, "%s", why);
    return NULL;
}

json_t *json_line_read(const char *line, size_t length, char message[JSON_MESSAGE_BYTES]) {
    json_error_t error;
    if (length > JSON_LINE_BYTES_MAX) return refuse(NULL, message, "the line is longer than 65536 bytes");
    if (depth_of(line, length) > JSON_DEPTH_MAX) return refuse(NULL, message, "it nests deeper than 16");
    json_t *value = json_loadb(line, length, JSON_REJECT_DUPLICATES, &error);
    if (!value) {
        snprintf(message, JSON_MESSAGE_BYTES, "column %d: %.150s", error.column, error.text);
        return NULL;
    }
    if (!json_is_object(value)) return refuse(value, message, "it is no object");
    if (has_real(value)) return refuse(value, message, "numbers are integers here");
    const json_t *version = json_object_get(value, "version");
    if (!version) return refuse(value, message, "it has no version");
    if (json_integer_value(version) != JSON_VERSION_OF_LINES || !json_is_integer(version))
        return refuse(value, message, "unsupported version; this program speaks version 1");
    return value;
}
