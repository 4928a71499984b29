/* skep hive: how a hive is, what it may start, the emergency stop, and its end. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "device/executive/executive.h"
#include "programs/skep/object.h"

static json_t *cause_names(uint32_t causes) {
    json_t *names = json_array();
    for (int cause = 0; cause < (int)HIVE_CAUSES; cause++) {
        if (causes >> cause & 1)
            json_array_append_new(names, json_string(executive_cause_text((enum hive_cause)cause)));
    }
    return names;
}

static void print_state(const json_t *state) {
    json_t *names = cause_names((uint32_t)object_number(state, "causes")), *name;
    const char *start = object_text(state, "start");
    int64_t ms = object_number(state, "start_ms"), held = object_number(state, "held");
    size_t index;
    printf("%s", object_text(state, "condition"));
    json_array_foreach(names, index, name) printf("%s %s", index == 0 ? ":" : ",", json_string_value(name));
    json_decref(names);
    if (strcmp(start, "open") == 0)
        puts("; guests start by themselves");
    else if (strcmp(start, "waits") == 0)
        printf("; guests start by themselves in %" PRId64 " ms, %" PRId64 " of them\n", ms, held);
    else
        printf("; guests do not start by themselves; held: %" PRId64 "\n", held);
}

static int tell_state(struct remote *remote) {
    json_t *state;
    int code = remote_call(remote, "hive.state", NULL, &state);
    if (code != EXIT_DONE) return code;
    if (remote->options.json) {
        json_object_set_new(state, "cause_names", cause_names((uint32_t)object_number(state, "causes")));
        remote_print(json_pack("{s:s, s:s, s:O}", "operation", "hive.state", "status", "OK", "result", state));
    } else {
        print_state(state);
    }
    json_decref(state);
    return EXIT_DONE;
}

int command_hive(int argc, char **argv) {
    static const char *const orders[] = {"safe", "normal", "hold", "start", "stop", "go", "restart", "shutdown"};
    static struct remote remote;
    struct remote_options given = {0};
    struct command_words words;
    const struct command_option options[] = {REMOTE_OPTIONS(given)};
    if (!COMMAND_OPTIONS(argc, argv, options, &words)) return EXIT_USAGE;
    const char *word = words.count == 0 ? "state" : words.word[0];
    char operation[32] = "";
    for (size_t i = 0; i < sizeof orders / sizeof *orders; i++) {
        if (strcmp(word, orders[i]) == 0) snprintf(operation, sizeof operation, "hive.%s", word);
    }
    if (words.count > 1 || (operation[0] == '\0' && strcmp(word, "state") != 0))
        return command_fail(
            EXIT_USAGE,
            "hive takes state, safe, normal, hold, start, stop, go, restart or shutdown; see: skep help hive");
    int code = remote_open(&remote, &given, operation[0] == '\0', false);
    if (code != EXIT_DONE) return code;
    if (operation[0] != '\0') code = remote_order(&remote, operation, NULL);
    bool ends = strcmp(word, "restart") == 0 || strcmp(word, "shutdown") == 0;
    if (code == EXIT_DONE && !ends) code = tell_state(&remote);
    remote_close(&remote);
    return code;
}
