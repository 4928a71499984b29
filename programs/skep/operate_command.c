#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "programs/skep/interrupt.h"
#include "programs/skep/list.h"
#include "programs/skep/object.h"

enum { KEEPALIVE_MS = 10000, WAIT_MS = 60000, WAIT_MORE_MS = 2000, WORDS_BEFORE_ARGUMENTS = 2, MS_PER_S = 1000 };
static const char command_done[] = "command.done";
static const char from_now[] = "18446744073709551615";

/* The answer to a ticket; *event is NULL until it came. */
struct answer {
    json_int_t ticket;
    json_t *event;
};

static void arguments_text(const json_t *row, char *to, size_t bytes) {
    to[0] = '\0';
    for (int i = 0; i < (int)object_number(row, "arguments"); i++) {
        char member[] = {'t', 'y', 'p', 'e', (char)('0' + i), '\0'};
        size_t length = strlen(to);
        snprintf(to + length, bytes - length, "%s%s", i ? " " : "", object_text(row, member));
    }
}

enum { ID, PID, ARGUMENTS, RESULT, LEVEL, HELP, NAME, COLUMN_COUNT };

static const struct table_column columns[COLUMN_COUNT] = {
    [ID] = {"ID", 5, 2, false},         [PID] = {"PID", 5, 4, true},      [ARGUMENTS] = {"ARGUMENTS", 9, 0, false},
    [RESULT] = {"RESULT", 6, 3, false}, [LEVEL] = {"LEVEL", 6, 5, false}, [HELP] = {"HELP", 12, 1, false},
    [NAME] = {"NAME", 8, 0, false},
};

static void cell(const json_t *row, size_t column, char to[TABLE_CELL_BYTES]) {
    static const char *const members[COLUMN_COUNT] = {
        [RESULT] = "result", [LEVEL] = "level", [HELP] = "help", [NAME] = "name"};
    char text[OBJECT_TEXT_BYTES] = "";
    if (column == ID) object_id_text(row, text);
    if (column == PID) snprintf(text, sizeof text, "%" PRId64, (int64_t)object_number(row, "pid"));
    if (column == ARGUMENTS) arguments_text(row, text, sizeof text);
    snprintf(to, TABLE_CELL_BYTES, "%s", members[column] ? object_text(row, members[column]) : text);
}

static const struct list commands = {
    .operation = "command.list", .key = "slot", .column = columns, .count = COLUMN_COUNT, .cell = cell};

/* The parameters of command.call, or NULL: what was written does not fit, which was said. */
static json_t *read_arguments(const json_t *row, const struct command_words *words, uint64_t pin) {
    size_t count = words->count - WORDS_BEFORE_ARGUMENTS;
    char types[OBJECT_TEXT_BYTES];
    arguments_text(row, types, sizeof types);
    if (count != (size_t)object_number(row, "arguments"))
        return command_note("%s takes these arguments: %s", object_text(row, "name"), types[0] ? types : "none"), NULL;
    json_t *parameters = json_pack("{s:I, s:I, s:I}", "id", object_number(row, "id"), "pin", (json_int_t)pin,
                                   "arguments", (json_int_t)count);
    for (size_t i = 0; i < count; i++) {
        char type[] = {'t', 'y', 'p', 'e', (char)('0' + i), '\0'};
        char name[] = {'a', 'r', 'g', 'u', 'm', 'e', 'n', 't', (char)('0' + i), '\0'};
        const char *text = words->word[i + WORDS_BEFORE_ARGUMENTS];
        uint32_t bits;
        if (!object_bits_read(object_text(row, type), text, &bits)) {
            command_note("\"%s\" is no %s; %s takes: %s", text, object_text(row, type), object_text(row, "name"),
                         types);
            json_decref(parameters);
            return NULL;
        }
        json_object_set_new(parameters, name, json_integer((json_int_t)bits));
    }
    return parameters;
}

static void hear(void *context, json_t *event) {
    struct answer *answer = context;
    bool is_it =
        strcmp(object_text(event, "event"), command_done) == 0 && object_number(event, "ticket") == answer->ticket;
    if (is_it && !answer->event) answer->event = json_incref(event);
}

static uint64_t clock_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * MS_PER_S + (uint64_t)now.tv_nsec / (1000 * 1000);
}

static int wait_for(struct remote *remote, struct answer *answer, uint64_t wait_ms) {
    uint64_t begin_ms = clock_ms(), gone_ms;
    while (!answer->event && (gone_ms = clock_ms() - begin_ms) < wait_ms) {
        uint64_t left_ms = wait_ms - gone_ms;
        enum status status = link_hear(&remote->link, (int)(left_ms < KEEPALIVE_MS ? left_ms : KEEPALIVE_MS));
        if (interrupt_exit() != 0) return interrupt_exit();
        int code = status == ST_TIMEOUT ? remote_order(remote, "session.keepalive", NULL) : EXIT_DONE;
        if (code != EXIT_DONE) return code;
        if (status != ST_OK && status != ST_AGAIN && status != ST_TIMEOUT) return remote_broken(remote);
    }
    if (answer->event) return EXIT_DONE;
    return command_fail(EXIT_HIVE, "no answer within %" PRIu64 " ms; it goes on with the ticket %" PRId64, wait_ms,
                        (int64_t)answer->ticket);
}

static int tell(const struct remote *remote, const json_t *row, json_t *event) {
    const char *type = object_text(row, "result");
    char text[OBJECT_TEXT_BYTES];
    uint32_t bits = (uint32_t)object_number(event, "result");
    int status = (int)object_number(event, "status");
    if (remote->options.json) {
        json_t *result = status == ST_OK ? object_bits_json(type, bits) : json_null();
        remote_print(json_pack("{s:s, s:s, s:I, s:o}", "operation", "command.call", "status", link_status_name(status),
                               "ticket", object_number(event, "ticket"), "value", result));
    }
    if (status != ST_OK) return command_fail(EXIT_HIVE, "%s: %s", object_text(row, "name"), link_status_name(status));
    object_bits_text(type, bits, text);
    if (!remote->options.json && text[0]) puts(text);
    return EXIT_DONE;
}

/* Subscribed before it is asked, so that the answer cannot come unheard. */
static int run(struct remote *remote, const json_t *row, json_t *parameters, uint64_t wait_ms) {
    struct answer answer = {.ticket = -1};
    json_t *result;
    json_int_t kinds = (json_int_t)1 << event_named(command_done)->number;
    int code = remote_order(remote, "event.subscribe", json_pack("{s:s, s:I}", "since", from_now, "kinds", kinds));
    if (code != EXIT_DONE) return json_decref(parameters), code;
    code = remote_call(remote, "command.call", parameters, &result);
    if (code != EXIT_DONE) return code;
    answer.ticket = object_number(result, "ticket");
    if (wait_ms == 0 && remote->options.json)
        remote_print(json_pack("{s:s, s:s, s:O}", "operation", "command.call", "status", "OK", "result", result));
    else if (wait_ms == 0)
        printf("%" PRId64 "\n", (int64_t)answer.ticket);
    json_decref(result);
    if (wait_ms == 0) return EXIT_DONE;
    remote->link.listener = (struct link_listener){.event = hear, .context = &answer};
    code = wait_for(remote, &answer, wait_ms);
    remote->link.listener = (struct link_listener){0};
    if (code == EXIT_DONE) code = tell(remote, row, answer.event);
    json_decref(answer.event);
    return code;
}

static int call(struct remote *remote, const struct command_words *words, uint64_t pin, uint64_t wait_ms) {
    json_t *row;
    int code = object_find(remote, "command.list", words->word[1], &row);
    if (code != EXIT_DONE) return code;
    json_t *parameters = read_arguments(row, words, pin);
    uint64_t own_ms = (uint64_t)object_number(row, "timeout_ms");
    if (wait_ms == UINT64_MAX) wait_ms = own_ms > 0 ? own_ms + WAIT_MORE_MS : WAIT_MS;
    code = parameters ? run(remote, row, parameters, wait_ms) : EXIT_USAGE;
    json_decref(row);
    return code;
}

int command_command(int argc, char **argv) {
    static struct remote remote;
    struct remote_options given = {0};
    struct command_words words;
    uint64_t pin = 0, wait_ms = UINT64_MAX;
    bool again = false;
    const struct command_option options[] = {REMOTE_OPTIONS(given),
                                             {"--pin", OPTION_NUMBER, &pin},
                                             {"--wait", OPTION_NUMBER, &wait_ms},
                                             {"--watch", OPTION_FLAG, &again}};
    if (!COMMAND_OPTIONS(argc, argv, options, &words)) return EXIT_USAGE;
    bool lists = words.count > 0 && words.count <= 2 && strcmp(words.word[0], "ls") == 0;
    bool calls = !again && words.count >= WORDS_BEFORE_ARGUMENTS && strcmp(words.word[0], "call") == 0;
    if ((!lists && !calls) || pin > UINT32_MAX)
        return command_fail(EXIT_USAGE, "command takes ls, or call NAME [ARGUMENT ...]; see: skep help command");
    int code = remote_open(&remote, &given, false, false);
    if (code != EXIT_DONE) return code;
    code = lists ? list_show(&remote, &commands, words.count == 2 ? words.word[1] : NULL, again)
                 : call(&remote, &words, pin, wait_ms);
    remote_close(&remote);
    return code;
}
