#include "programs/skep/remote.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host/link/lines.h"
#include "programs/skep/input.h"

enum { TOKEN_BYTES_MAX = 64 };

void remote_print(json_t *object) {
    json_t *line = lines_versioned(object);
    json_dumpf(line, stdout, JSON_COMPACT);
    putchar('\n');
    fflush(stdout);
    json_decref(line);
}

int remote_broken(const struct remote *remote) { return command_fail(EXIT_LINK, "%s", remote->link.message); }

int remote_refused(const struct remote *remote, const char *operation, const struct link_refusal *refusal) {
    if (remote->options.json) {
        remote_print(json_pack("{s:s, s:s, s:s, s:I}", "operation", operation, "status",
                               link_status_name(refusal->status), "reason", lines_reason_name(refusal->reason),
                               "detail", (json_int_t)refusal->detail));
    }
    return command_fail(EXIT_HIVE, "%s", remote->link.message);
}

int remote_call(struct remote *remote, const char *operation, json_t *parameters, json_t **result) {
    struct link_refusal refusal;
    enum status status = link_call(&remote->link, operation_named(operation), parameters, result, &refusal);
    json_decref(parameters);
    if (status == ST_OK) return EXIT_DONE;
    if (status == ST_INVALID) return command_fail(EXIT_USAGE, "%s: %s", operation, remote->link.message);
    return status == ST_REFUSED ? remote_refused(remote, operation, &refusal) : remote_broken(remote);
}

int remote_order(struct remote *remote, const char *operation, json_t *parameters) {
    json_t *result;
    int code = remote_call(remote, operation, parameters, &result);
    if (code == EXIT_DONE) json_decref(result);
    return code;
}

int remote_list(struct remote *remote, const char *operation, const char *key, json_t *rows) {
    for (json_int_t after = 0;;) {
        json_t *result;
        int code = remote_call(remote, operation, json_pack("{s:I}", "after", after), &result);
        if (code != EXIT_DONE) return code;
        json_t *some = json_object_get(result, operation_named(operation)->list);
        size_t count = json_array_size(some);
        if (count > 0) after = json_integer_value(json_object_get(json_array_get(some, count - 1), key));
        json_array_extend(rows, some);
        json_decref(result);
        if (count == 0) return EXIT_DONE;
    }
}

static int read_token(const char *path, char digits[2 * TOKEN_BYTES_MAX + 1]) {
    struct file_bytes file;
    digits[0] = '\0';
    if (!path) return EXIT_DONE;
    int code = input_file(path, &file);
    if (code != EXIT_DONE) return code;
    while (file.length > 0 && file.bytes[file.length - 1] == '\n') file.length--;
    bool fits = file.length > 0 && file.length <= TOKEN_BYTES_MAX;
    if (fits) input_hex(file.bytes, file.length, digits);
    file_free(&file);
    return fits ? EXIT_DONE : command_fail(EXIT_KEY, "%s: a token has 16 to 64 bytes", path);
}

static struct remote **lent_place(void) {
    static struct remote *lent;
    return &lent;
}

void remote_lend(struct remote *lent) { *lent_place() = lent; }

static bool borrows(const struct remote_options *options) {
    const struct remote *lent = *lent_place();
    return lent && (!options->to || (lent->options.to && strcmp(options->to, lent->options.to) == 0));
}

static int borrow(struct remote *remote, const struct remote_options *options) {
    struct remote *lent = *lent_place();
    if (link_descriptor(&lent->link) < 0)
        return command_fail(EXIT_LINK, "there is no link to a hive; `attach SOCKET` makes one");
    remote->options = lent->options;
    remote->options.json |= options->json;
    remote->borrowed = true;
    link_move(&remote->link, &lent->link);
    remote->link.listener = (struct link_listener){0};
    return EXIT_DONE;
}

static void give_back(struct remote *remote) {
    struct remote *lent = *lent_place();
    if (remote->told > lent->told) lent->told = remote->told;
    link_move(&lent->link, &remote->link);
    lent->link.listener = (struct link_listener){0};
    remote->borrowed = false;
}

/* A new session on the open link, with which everything else is asked. A bootloader has none. */
static int open_session(struct remote *remote, bool may_be_bootloader) {
    const struct operation_name *row = operation_named("session.open");
    char token[2 * TOKEN_BYTES_MAX + 1];
    struct link_refusal refusal;
    json_t *result;
    int code = read_token(remote->options.token_file, token);
    if (code != EXIT_DONE) return code;
    json_t *parameters =
        json_pack("{s:s, s:b, s:b, s:I, s:s}", "client", "skep", "observer", remote->observer, "console",
                  remote->console, "heartbeat_ms", (json_int_t)remote->options.heartbeat_ms, "token", token);
    enum status status = link_call(&remote->link, row, parameters, &result, &refusal);
    json_decref(parameters);
    if (status == ST_REFUSED && refusal.status == ST_UNSUPPORTED && may_be_bootloader) return EXIT_DONE;
    if (status == ST_REFUSED) return remote_refused(remote, row->name, &refusal);
    if (status != ST_OK) return remote_broken(remote);
    remote->link.session = (uint32_t)json_integer_value(json_object_get(result, "session"));
    json_decref(result);
    return EXIT_DONE;
}

static int open_any(struct remote *remote, const struct remote_options *options, bool may_be_bootloader) {
    if (borrows(options)) return borrow(remote, options);
    if (!options->to) remote->options.to = getenv("SKEP_HIVE");
    if (!remote->options.to)
        return command_fail(EXIT_USAGE,
                            "which hive? --to SOCKET, ADDRESS:PORT or serial device, or SKEP_HIVE in the environment");
    if (link_open(&remote->link, remote->options.to) != ST_OK) return remote_broken(remote);
    int code = open_session(remote, may_be_bootloader);
    if (code != EXIT_DONE) link_close(&remote->link);
    return code;
}

int remote_open(struct remote *remote, const struct remote_options *options, bool observer, bool console) {
    *remote = (struct remote){.options = *options, .observer = observer, .console = console};
    return open_any(remote, options, false);
}

int remote_open_board(struct remote *remote, const struct remote_options *options) {
    *remote = (struct remote){.options = *options};
    return open_any(remote, options, true);
}

/* Asks for the session as it was; silent when it is gone. */
static bool take_back(struct remote *remote, uint32_t session) {
    struct link_refusal refusal;
    json_t *result;
    remote->link.session = session;
    if (link_call(&remote->link, operation_named("session.keepalive"), NULL, &result, &refusal) != ST_OK) return false;
    json_decref(result);
    return true;
}

/* A link that shows a token needs a session of its own first, which is closed when the old one is there still. */
int remote_reopen(struct remote *remote, bool *same) {
    uint32_t before = remote->link.session;
    enum status status = link_open(&remote->link, remote->options.to);
    if (status != ST_OK) remote->link.session = before;
    if (status != ST_OK) return EXIT_LINK;
    *same = !remote->options.token_file && take_back(remote, before);
    if (*same) return EXIT_DONE;
    int code = open_session(remote, false);
    if (code != EXIT_DONE) {
        link_close(&remote->link);
        remote->link.session = before;
        return code;
    }
    uint32_t fresh = remote->link.session;
    *same = remote->options.token_file && take_back(remote, before);
    remote->link.session = fresh;
    if (*same) code = remote_order(remote, "session.close", NULL);
    if (*same) remote->link.session = before;
    return code;
}

void remote_close(struct remote *remote) {
    json_t *result;
    struct link_refusal refusal;
    if (remote->borrowed) {
        give_back(remote);
        return;
    }
    remote->link.listener = (struct link_listener){0};
    if (remote->link.session != 0 &&
        link_call(&remote->link, operation_named("session.close"), NULL, &result, &refusal) == ST_OK)
        json_decref(result);
    link_close(&remote->link);
}

static bool read_pid(const char *word, uint32_t *pid) {
    char *end;
    unsigned long long value = strtoull(word, &end, 10);
    *pid = (uint32_t)value;
    return word[0] >= '0' && word[0] <= '9' && *end == '\0' && value <= UINT32_MAX;
}

int remote_task_command(int argc, char **argv, const char *operation) {
    static struct remote remote;
    struct remote_options given = {0};
    struct command_words words;
    uint32_t pid;
    const struct command_option options[] = {REMOTE_OPTIONS(given)};
    if (!COMMAND_OPTIONS(argc, argv, options, &words)) return EXIT_USAGE;
    if (words.count != 1 || !read_pid(words.word[0], &pid))
        return command_fail(EXIT_USAGE, "%s takes the pid of one task; `skep ps` lists them", argv[0]);
    int code = remote_open(&remote, &given, false, false);
    if (code != EXIT_DONE) return code;
    code = remote_order(&remote, operation, json_pack("{s:I}", "pid", (json_int_t)pid));
    if (code == EXIT_DONE && given.json) remote_print(json_pack("{s:s, s:s}", "operation", operation, "status", "OK"));
    remote_close(&remote);
    return code;
}
