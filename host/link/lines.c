#include "host/link/lines.h"

#include <stdio.h>
#include <string.h>

#include "host/link/json.h"

static bool is_known(uint8_t reason) {
    size_t reasons = 0;
    while (operation_reasons[reasons]) reasons++;
    return reason < reasons;
}

const char *lines_reason_name(uint8_t reason) { return is_known(reason) ? operation_reasons[reason] : "unknown"; }

/* The reason says more than the status, if there is one. */
void lines_refusal_text(const struct operation_name *row, const struct link_refusal *refusal,
                        char to[LINK_MESSAGE_BYTES]) {
    bool has_reason = refusal->reason != 0 && is_known(refusal->reason);
    const char *why = has_reason ? operation_reason_texts[refusal->reason] : status_text((enum status)refusal->status);
    int length = snprintf(to, LINK_MESSAGE_BYTES, "%s: %s", row->name, why);
    if (has_reason && length < LINK_MESSAGE_BYTES)
        snprintf(to + length, LINK_MESSAGE_BYTES - (size_t)length, " (reason: %s %u)",
                 lines_reason_name(refusal->reason), refusal->detail);
}

/* ---- out */

json_t *lines_versioned(json_t *object) {
    json_t *line = json_pack("{s:i}", "version", JSON_VERSION_OF_LINES);
    json_object_update(line, object);
    json_decref(object);
    return line;
}

static json_t *with_id(json_t *line, const json_t *id) {
    if (id) json_object_set(line, "id", (json_t *)(uintptr_t)id);
    return line;
}

json_t *lines_result(const struct lines_request *request, json_t *result) {
    json_t *line = json_pack("{s:i, s:s, s:s, s:o}", "version", JSON_VERSION_OF_LINES, "operation", request->row->name,
                             "status", "OK", "result", result);
    return with_id(line, request->id);
}

/* What was cut inside a character, or quotes what is no UTF-8, cannot be in JSON: then what is no ASCII is a question
 * mark. */
static json_t *text_of(const char *why) {
    char ascii[LINK_MESSAGE_BYTES];
    json_t *text = json_string(why);
    if (text) return text;
    snprintf(ascii, sizeof ascii, "%s", why);
    for (char *at = ascii; *at; at++)
        if ((unsigned char)*at >= 0x80) *at = '?';
    return json_string(ascii);
}

json_t *lines_refusal(const struct lines_request *request, int status, const char *why,
                      const struct link_refusal *hive) {
    json_t *line = json_pack("{s:i, s:s, s:o}", "version", JSON_VERSION_OF_LINES, "status", link_status_name(status),
                             "error", text_of(why));
    if (hive) json_object_set_new(line, "reason", json_string(lines_reason_name(hive->reason)));
    if (hive) json_object_set_new(line, "detail", json_integer(hive->detail));
    return with_id(line, request->id);
}

/* What is no UTF-8 cannot be in JSON. */
json_t *lines_console(const struct link_output *output) {
    enum { STDERR = 2 };
    json_t *text = json_stringn((const char *)output->bytes, output->length);
    return json_pack("{s:i, s:s, s:I, s:s, s:I, s:o}", "version", JSON_VERSION_OF_LINES, "console", "output", "pid",
                     (json_int_t)output->pid, "stream", output->stream == STDERR ? "stderr" : "stdout", "lost",
                     (json_int_t)output->lost, "text", text ? text : json_null());
}

/* ---- in */

/* {"version": 1, "operation": NAME, "parameters": {...}, "session": N, "id": anything}: nothing else may stand in it.
 */
static const char *wrong_member(const json_t *line) {
    static const char *const known[] = {"version", "operation", "parameters", "session", "id"};
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)line, key, value) {
        size_t i = 0;
        while (i < sizeof known / sizeof *known && strcmp(known[i], key) != 0) i++;
        if (i == sizeof known / sizeof *known) return key;
    }
    return NULL;
}

static bool read_session(const json_t *line, uint32_t *session) {
    const json_t *member = json_object_get(line, "session");
    json_int_t number = json_integer_value(member);
    *session = (uint32_t)number;
    return !member || (json_is_integer(member) && number > 0 && number <= UINT32_MAX);
}

bool lines_read(const char *bytes, size_t length, struct lines_request *request, json_t **answer) {
    char message[JSON_MESSAGE_BYTES];
    *request = (struct lines_request){.line = json_line_read(bytes, length, message)};
    if (!request->line) {
        *answer = lines_refusal(request, ST_CORRUPT, message, NULL);
        return false;
    }
    const char *name = json_string_value(json_object_get(request->line, "operation"));
    const char *wrong = wrong_member(request->line);
    request->id = json_object_get(request->line, "id");
    request->parameters = json_object_get(request->line, "parameters");
    request->row = name ? operation_named(name) : NULL;
    if (wrong)
        snprintf(message, sizeof message, "\"%.100s\" has no place in a request", wrong);
    else if (!request->row)
        snprintf(message, sizeof message, "there is no operation \"%.100s\"", name ? name : "");
    if (wrong)
        *answer = lines_refusal(request, ST_INVALID, message, NULL);
    else if (!request->row)
        *answer = lines_refusal(request, ST_UNSUPPORTED, message, NULL);
    else if (!read_session(request->line, &request->session))
        *answer = lines_refusal(request, ST_INVALID, "session: a number above 0 stands here", NULL);
    else
        return true;
    lines_done(request);
    return false;
}

void lines_done(struct lines_request *request) { json_decref(request->line); }
