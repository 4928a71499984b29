/* skep clock: how the time of a hive's tasks goes, and who may have a turn. */
#include <string.h>

#include "programs/skep/object.h"
#include "programs/skep/result.h"

static int tell(struct remote *remote) {
    json_t *result;
    int code = remote_call(remote, "clock.get", NULL, &result);
    if (code != EXIT_DONE) return code;
    if (remote->options.json)
        remote_print(json_pack("{s:s, s:s, s:O}", "operation", "clock.get", "status", "OK", "result", result));
    else
        result_print(operation_named("clock.get"), result);
    json_decref(result);
    return EXIT_DONE;
}

int command_clock(int argc, char **argv) {
    static const char *const modes[] = {"free", "limited", "manual", "virtual"};
    static struct remote remote;
    struct remote_options given = {0};
    struct command_words words;
    uint64_t rate = 0, burst = 0, turn = 0;
    const struct command_option options[] = {REMOTE_OPTIONS(given),
                                             {"--rate", OPTION_COUNT, &rate},
                                             {"--burst", OPTION_COUNT, &burst},
                                             {"--turn", OPTION_COUNT, &turn}};
    if (!COMMAND_OPTIONS(argc, argv, options, &words)) return EXIT_USAGE;
    const char *mode = words.count == 1 ? words.word[0] : NULL;
    size_t known = 0;
    while (mode && known < sizeof modes / sizeof *modes && strcmp(mode, modes[known]) != 0) known++;
    if (words.count > 1 || known == sizeof modes / sizeof *modes)
        return command_fail(EXIT_USAGE, "clock takes free, limited, manual or virtual; see: skep help clock");
    if (!mode && (rate || burst || turn))
        return command_fail(EXIT_USAGE, "--rate, --burst and --turn go with a mode; see: skep help clock");
    if (mode && strcmp(mode, "free") == 0 && rate) return command_fail(EXIT_USAGE, "free has no rate; limited has");
    if (mode && strcmp(mode, "limited") == 0 && rate == 0)
        return command_fail(EXIT_USAGE, "limited to how many words a second? --rate N");
    int code = remote_open(&remote, &given, !mode, false);
    if (code != EXIT_DONE) return code;
    if (mode)
        code = remote_order(&remote, "clock.set",
                            json_pack("{s:s, s:I, s:I, s:I}", "mode", mode, "words_per_second", (json_int_t)rate,
                                      "burst_words", (json_int_t)burst, "turn_instructions", (json_int_t)turn));
    if (code == EXIT_DONE) code = tell(&remote);
    remote_close(&remote);
    return code;
}
