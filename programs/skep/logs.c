/* skep logs: the lines of a hive's log. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "programs/skep/interrupt.h"
#include "programs/skep/object.h"
#include "programs/skep/terminal.h"

enum { POLL_MS = 200, NS_PER_MS = 1000000, LEVELS_KNOWN = 8 };

static const char *const levels[LEVELS_KNOWN] = {"emergency", "alert",  "critical", "error",
                                                 "warning",   "notice", "info",     "debug"};

/* What of the log is wanted, and how far it has been told. */
struct reading {
    struct remote *remote;
    uint64_t task; /* 0: any */
    int level;     /* and those above it */
    json_int_t after;
    bool begun;
};

static int level_named(const char *name) {
    for (int i = 0; i < LEVELS_KNOWN; i++) {
        if (strcmp(levels[i], name) == 0) return i;
    }
    return -1;
}

static bool is_wanted(const struct reading *reading, const json_t *line) {
    bool task = reading->task == 0 || (uint64_t)object_number(line, "pid") == reading->task;
    return task && level_named(object_text(line, "level")) <= reading->level;
}

static void print_text(const char *text) {
    struct terminal terminal = {0};
    for (; *text; text++) terminal_put(&terminal, (uint8_t)*text, stdout);
    terminal_end(&terminal, stdout);
}

static void print_line(const json_t *line) {
    const int64_t time_us = (int64_t)object_number(line, "time_us"), pid = (int64_t)object_number(line, "pid");
    const bool continues = json_is_true(json_object_get(line, "continues"));
    const char *source = object_text(line, "source");
    char who[32] = "hive";
    if (strcmp(source, "hive") != 0) snprintf(who, sizeof who, "%" PRId64 " %s", pid, source);
    printf("%6" PRId64 "  %5" PRId64 ".%06" PRId64 "  %-9s  %-12s  %s", (int64_t)object_number(line, "sequence"),
           time_us / 1000000, time_us % 1000000, object_text(line, "level"), who, continues ? "... " : "");
    print_text(object_text(line, "text"));
    putchar('\n');
}

/* Lines that were dropped before they could be told leave a gap in the numbers. */
static void tell_gap(const struct reading *reading, json_int_t sequence) {
    const json_int_t first = reading->after + 1;
    if (!reading->begun || sequence == first) return;
    if (sequence == first + 1)
        command_note("line %" PRId64 " is gone", (int64_t)first);
    else
        command_note("lines %" PRId64 " to %" PRId64 " are gone", (int64_t)first, (int64_t)sequence - 1);
}

static void take_lines(struct reading *reading, const json_t *lines) {
    size_t index;
    json_t *line;
    json_array_foreach(lines, index, line) {
        const json_int_t sequence = object_number(line, "sequence");
        tell_gap(reading, sequence);
        reading->after = sequence;
        reading->begun = true;
        if (!is_wanted(reading, line)) continue;
        if (reading->remote->options.json)
            remote_print(json_incref(line));
        else
            print_line(line);
    }
}

/* All that is there behind what has been told. */
static int read_all(struct reading *reading) {
    for (size_t count = 1; count > 0;) {
        json_t *result;
        int code = remote_call(reading->remote, "log.list", json_pack("{s:I}", "after", reading->after), &result);
        if (code != EXIT_DONE) return code;
        const json_t *lines = json_object_get(result, "lines");
        count = json_array_size(lines);
        take_lines(reading, lines);
        json_decref(result);
    }
    return fflush(stdout) == 0 ? EXIT_DONE : command_fail(EXIT_CANNOT_WRITE, "standard output cannot be written");
}

static int follow(struct reading *reading) {
    interrupt_catch();
    for (;;) {
        int code = read_all(reading);
        if (code != EXIT_DONE) return code;
        if (interrupt_exit() == 0) nanosleep(&(struct timespec){.tv_nsec = POLL_MS * NS_PER_MS}, NULL);
        if (interrupt_exit() != 0) return interrupt_exit();
    }
}

static int keep(struct remote *remote, uint64_t task, const char *level) {
    json_t *result;
    int code =
        remote_call(remote, "log.level", json_pack("{s:I, s:s}", "pid", (json_int_t)task, "level", level), &result);
    if (code != EXIT_DONE) return code;
    if (remote->options.json)
        remote_print(json_pack("{s:s, s:s, s:O}", "operation", "log.level", "status", "OK", "result", result));
    else
        printf("kept up to %s; before: %s\n", level, object_text(result, "before"));
    json_decref(result);
    return EXIT_DONE;
}

int command_logs(int argc, char **argv) {
    static struct remote remote;
    struct remote_options given = {0};
    struct command_words words;
    uint64_t since = 0, task = 0;
    const char *level = "debug", *kept = NULL;
    bool goes_on = false;
    const struct command_option options[] = {
        REMOTE_OPTIONS(given),           {"--since", OPTION_NUMBER, &since},
        {"--task", OPTION_COUNT, &task}, {"--level", OPTION_TEXT, &level},
        {"--keep", OPTION_TEXT, &kept},  {"--follow", OPTION_FLAG, &goes_on},
    };
    if (!COMMAND_OPTIONS(argc, argv, options, &words)) return EXIT_USAGE;
    if (words.count != 0) return command_fail(EXIT_USAGE, "logs takes no words; see: skep help logs");
    if (level_named(level) < 0 || (kept && level_named(kept) < 0))
        return command_fail(EXIT_USAGE,
                            "no level \"%s\"; there are emergency, alert, critical, error, warning, notice, "
                            "info and debug",
                            level_named(level) < 0 ? level : kept);
    int code = remote_open(&remote, &given, kept == NULL, false);
    if (code != EXIT_DONE) return code;
    struct reading reading = {
        .remote = &remote, .task = task, .level = level_named(level), .after = (json_int_t)since, .begun = since > 0};
    if (kept)
        code = keep(&remote, task, kept);
    else
        code = goes_on ? follow(&reading) : read_all(&reading);
    remote_close(&remote);
    return code;
}
