/* skep run. */
#include "programs/skep/run.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "programs/skep/builder.h"
#include "programs/skep/command.h"
#include "programs/skep/interrupt.h"
#include "programs/skep/run_mps2.h"

enum { PATH_BYTES = 4096 };

struct run_given {
    const char *board, *key, *flash, *script, *pins_csv, *reports, *gdb, *blackbox, *files_folder, *state;
    uint64_t fuel_words, timeout_ms, seed, restarts;
    bool real_time, pins, display, profile, debug;
    struct command_words grant, deny, flags, files;
};

/* Artifacts that were built for this run, in a folder of their own that goes when it ends. */
struct run_built {
    char folder[PATH_BYTES];
    char *path[RUN_ARTIFACTS_MAX];
    size_t count;
};

static int make_folder(struct run_built *built) {
    if (built->folder[0] != '\0') return EXIT_DONE;
    const char *above = getenv("TMPDIR");
    snprintf(built->folder, sizeof built->folder, "%s/skep-run-XXXXXX", above && above[0] ? above : "/tmp");
    if (mkdtemp(built->folder)) return EXIT_DONE;
    int code = command_fail(EXIT_CANNOT_WRITE, "%s: %s", built->folder, strerror(errno));
    built->folder[0] = '\0';
    return code;
}

static int build(const char *source, const struct run_given *given, struct run_built *built, const char **artifact) {
    int code = make_folder(built);
    if (code != EXIT_DONE) return code;
    size_t size = strlen(built->folder) + 32;
    char *path = malloc(size);
    if (!path) abort();
    snprintf(path, size, "%s/%zu.cvm1", built->folder, built->count);
    built->path[built->count++] = path;
    struct command_words sources = {1, {source}};
    struct settings settings;
    settings_default(&settings, &sources);
    settings.output = path;
    settings.debug = given->debug;
    for (size_t i = 0; i < given->flags.count && settings.flags.count < COMMAND_WORDS_MAX; i++)
        settings.flags.word[settings.flags.count++] = given->flags.word[i];
    code = builder_build(&settings, true);
    settings_free(&settings);
    *artifact = path;
    return code;
}

static void remove_built(const struct run_built *built) {
    static const char *const endings[] = {"cvm1", "elf", "map"};
    for (size_t i = 0; i < built->count; i++) {
        char *dot = strrchr(built->path[i], '.');
        for (size_t j = 0; dot && j < sizeof endings / sizeof *endings; j++) {
            memcpy(dot + 1, endings[j], strlen(endings[j]) + 1);
            (void)unlink(built->path[i]);
        }
        free(built->path[i]);
    }
    if (built->folder[0] != '\0') (void)rmdir(built->folder);
}

static int on_sim(const struct run_given *given, const char *const *artifacts) {
    if (given->reports || given->gdb) return command_fail(EXIT_USAGE, "--reports and --gdb are for --board mps2");
    static struct run_sim request;
    request = (struct run_sim){.artifact_count = given->files.count,
                               .key = given->key,
                               .flash = given->flash,
                               .fuel_words = given->fuel_words,
                               .timeout_ms = given->timeout_ms,
                               .seed = given->seed,
                               .restarts = given->restarts,
                               .real_time = given->real_time,
                               .timeline = given->pins,
                               .display = given->display,
                               .profile = given->profile,
                               .script = given->script,
                               .pins_csv = given->pins_csv,
                               .blackbox = given->blackbox,
                               .files = given->files_folder,
                               .state = given->state};
    for (size_t i = 0; i < given->files.count; i++) {
        request.artifact[i] = artifacts[i];
        request.given[i] = given->files.word[i];
    }
    int code = run_policy(&given->grant, &given->deny, &request);
    return code == EXIT_DONE ? run_sim(&request) : code;
}

static int on_mps2(const struct run_given *given, const char *const *artifacts) {
    if (given->script || given->fuel_words || given->grant.count || given->deny.count || given->restarts ||
        given->seed || given->display || given->profile || given->blackbox || given->files_folder || given->state)
        return command_fail(EXIT_USAGE, "--script, --fuel, --grant, --deny, --restarts, --seed, --blackbox, --files, "
                                        "--profile, --state and --display are for --board sim");
    struct run_mps2 request = {.artifact_count = given->files.count,
                               .key = given->key,
                               .flash = given->flash,
                               .timeout_ms = given->timeout_ms,
                               .real_time = given->real_time,
                               .timeline = given->pins,
                               .pins_csv = given->pins_csv,
                               .reports = given->reports,
                               .gdb = given->gdb};
    for (size_t i = 0; i < given->files.count; i++) request.artifact[i] = artifacts[i];
    return run_mps2(&request);
}

static int run(const struct run_given *given, struct run_built *built) {
    const char *artifacts[RUN_ARTIFACTS_MAX];
    for (size_t i = 0; i < given->files.count; i++) {
        artifacts[i] = given->files.word[i];
        if (!builder_is_source(artifacts[i])) continue;
        int code = build(given->files.word[i], given, built, &artifacts[i]);
        if (code != EXIT_DONE) return code;
    }
    return strcmp(given->board, "sim") == 0 ? on_sim(given, artifacts) : on_mps2(given, artifacts);
}

int command_run(int argc, char **argv) {
    static struct run_given given;
    given = (struct run_given){.board = "sim"};
    const struct command_option options[] = {
        {"--board", OPTION_TEXT, &given.board},
        {"--key", OPTION_TEXT, &given.key},
        {"--flash", OPTION_TEXT, &given.flash},
        {"--script", OPTION_TEXT, &given.script},
        {"--pins", OPTION_FLAG, &given.pins},
        {"--display", OPTION_FLAG, &given.display},
        {"--profile", OPTION_FLAG, &given.profile},
        {"--pins-csv", OPTION_TEXT, &given.pins_csv},
        {"--reports", OPTION_TEXT, &given.reports},
        {"--gdb", OPTION_TEXT, &given.gdb},
        {"--blackbox", OPTION_TEXT, &given.blackbox},
        {"--files", OPTION_TEXT, &given.files_folder},
        {"--state", OPTION_TEXT, &given.state},
        {"--fuel", OPTION_COUNT, &given.fuel_words},
        {"--timeout", OPTION_COUNT, &given.timeout_ms},
        {"--seed", OPTION_NUMBER, &given.seed},
        {"--restarts", OPTION_NUMBER, &given.restarts},
        {"--real-time", OPTION_FLAG, &given.real_time},
        {"--debug", OPTION_FLAG, &given.debug},
        {"--grant", OPTION_LIST, &given.grant},
        {"--deny", OPTION_LIST, &given.deny},
        {"-O", OPTION_STICKY, &given.flags},
        {"-D", OPTION_STICKY, &given.flags},
        {"-I", OPTION_STICKY, &given.flags},
        {"-g", OPTION_STICKY, &given.flags},
        {"-f", OPTION_STICKY, &given.flags},
        {"-std=", OPTION_STICKY, &given.flags},
    };
    if (!COMMAND_OPTIONS(argc, argv, options, &given.files)) return EXIT_USAGE;
    if (given.files.count == 0)
        return command_fail(EXIT_USAGE, "run takes artifacts or source files; see: skep help run");
    if (given.files.count > RUN_ARTIFACTS_MAX)
        return command_fail(EXIT_USAGE, "run takes at most %d files", RUN_ARTIFACTS_MAX);
    if (strcmp(given.board, "sim") != 0 && strcmp(given.board, "mps2") != 0)
        return command_fail(EXIT_USAGE, "no board \"%s\"; there are sim and mps2", given.board);
    interrupt_catch();
    static struct run_built built;
    int code = run(&given, &built);
    remove_built(&built);
    return code;
}
