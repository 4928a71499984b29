#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host/json/json.h"
#include "programs/skep/nearest.h"
#include "programs/skep/remote.h"
#include "programs/skep/result.h"

/* {"version": 1, "operation": NAME, "parameters": {...}, "id": anything}: nothing else may stand in it. */
static const char *wrong_member(const json_t *request) {
    static const char *const known[] = {"version", "operation", "parameters", "id"};
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)request, key, value) {
        size_t i = 0;
        while (i < sizeof known / sizeof *known && strcmp(known[i], key) != 0) i++;
        if (i == sizeof known / sizeof *known) return key;
    }
    return NULL;
}

static void print_error(json_t *id, const char *status, const char *why) {
    json_t *line = json_pack("{s:s, s:s}", "status", status, "error", why);
    if (id) json_object_set(line, "id", id);
    remote_print(line);
}

static void print_result(json_t *id, const char *operation, json_t *result) {
    json_t *line = json_pack("{s:s, s:s, s:o}", "operation", operation, "status", "OK", "result", result);
    if (id) json_object_set(line, "id", id);
    remote_print(line);
}

/* False: the link is of no more use. */
static bool answer(struct remote *remote, const json_t *request) {
    json_t *id = json_object_get(request, "id"), *result;
    const char *name = json_string_value(json_object_get(request, "operation")), *wrong = wrong_member(request);
    const struct operation_name *row = name ? operation_named(name) : NULL;
    struct link_refusal refusal;
    if (wrong) return print_error(id, "INVALID", wrong), true;
    if (!row) return print_error(id, "UNSUPPORTED", name ? name : "it names no operation"), true;
    enum status status = link_call(&remote->link, row, json_object_get(request, "parameters"), &result, &refusal);
    if (status == ST_OK)
        print_result(id, name, result);
    else
        print_error(id, link_status_name(status == ST_REFUSED ? refusal.status : (int)status), remote->link.message);
    return status == ST_OK || status == ST_REFUSED || status == ST_INVALID;
}

static void hear(void *context, json_t *event) {
    (void)context;
    remote_print(json_incref(event));
}

static int answer_all(struct remote *remote) {
    char *line = NULL, message[JSON_MESSAGE_BYTES];
    size_t room = 0;
    ssize_t length;
    bool good = true;
    while (good && (length = getline(&line, &room, stdin)) > 0) {
        json_t *request = json_line_read(line, (size_t)length, message);
        if (request)
            good = answer(remote, request);
        else
            print_error(NULL, "CORRUPT", message);
        json_decref(request);
    }
    free(line);
    return good ? EXIT_DONE : remote_broken(remote);
}

/* `skep call task.kill pid=3`: one operation, from words. */
static int call_words(struct remote *remote, const struct command_words *words) {
    char message[RESULT_MESSAGE_BYTES];
    json_t *result;
    const struct operation_name *row = operation_named(words->word[0]);
    json_t *parameters = result_parameters(row, words->word + 1, words->count - 1, message);
    if (!parameters) return command_fail(EXIT_USAGE, "%s", message);
    int code = remote_call(remote, row->name, parameters, &result);
    if (code != EXIT_DONE) return code;
    if (remote->options.json)
        print_result(NULL, row->name, result);
    else
        result_print(row, result);
    if (!remote->options.json) json_decref(result);
    return EXIT_DONE;
}

static int fail_unknown(const char *name) {
    struct nearest nearest = nearest_to(name);
    for (const struct operation_name *row = operation_names; row->name; row++) nearest_try(&nearest, row->name);
    if (nearest.name) return command_fail(EXIT_USAGE, "no operation \"%s\"; do you mean %s?", name, nearest.name);
    return command_fail(EXIT_USAGE, "no operation \"%s\"; docs/OPERATIONS.md lists them", name);
}

int command_call(int argc, char **argv) {
    static struct remote remote;
    struct remote_options given = {0};
    struct command_words words;
    bool observer = false;
    const struct command_option options[] = {REMOTE_OPTIONS(given), {"--observer", OPTION_FLAG, &observer}};
    if (!COMMAND_OPTIONS(argc, argv, options, &words)) return EXIT_USAGE;
    if (words.count > 0 && !operation_named(words.word[0])) return fail_unknown(words.word[0]);
    int code = remote_open(&remote, &given, observer, false);
    if (code != EXIT_DONE) return code;
    if (words.count == 0 && remote.borrowed) {
        remote_close(&remote);
        return command_fail(EXIT_USAGE, "call takes an operation here, such as: call task.kill pid=3");
    }
    if (words.count == 0) remote.link.listener.event = hear;
    code = words.count > 0 ? call_words(&remote, &words) : answer_all(&remote);
    remote_close(&remote);
    return code;
}
