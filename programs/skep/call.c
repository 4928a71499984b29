#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host/link/lines.h"
#include "programs/skep/nearest.h"
#include "programs/skep/remote.h"
#include "programs/skep/result.h"

static void print_line(json_t *line) {
    json_dumpf(line, stdout, JSON_COMPACT);
    putchar('\n');
    fflush(stdout);
    json_decref(line);
}

/* False: the link is of no more use. */
static bool answer(struct remote *remote, const struct lines_request *request) {
    json_t *result;
    struct link_refusal refusal;
    if (request->session != 0) {
        print_line(lines_refusal(request, ST_INVALID, "session: `skep call` has one of its own", NULL));
        return true;
    }
    enum status status = link_call(&remote->link, request->row, request->parameters, &result, &refusal);
    bool refused = status == ST_REFUSED;
    if (status == ST_OK)
        print_line(lines_result(request, result));
    else
        print_line(lines_refusal(request, refused ? refusal.status : (int)status, remote->link.message,
                                 refused ? &refusal : NULL));
    return status == ST_OK || refused || status == ST_INVALID;
}

static void hear(void *context, json_t *event) {
    (void)context;
    remote_print(json_incref(event));
}

static int answer_all(struct remote *remote) {
    char *line = NULL;
    size_t room = 0;
    ssize_t length;
    bool good = true;
    while (good && (length = getline(&line, &room, stdin)) > 0) {
        struct lines_request request;
        json_t *wrong;
        if (lines_read(line, (size_t)length, &request, &wrong)) {
            good = answer(remote, &request);
            lines_done(&request);
        } else {
            print_line(wrong);
        }
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
    if (remote->options.json) {
        print_line(lines_result(&(struct lines_request){.row = row}, result));
        return EXIT_DONE;
    }
    result_print(row, result);
    json_decref(result);
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
