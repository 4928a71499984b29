/* skep build. */
#include <string.h>
#include <unistd.h>

#include "programs/skep/builder.h"
#include "programs/skep/command.h"

struct build_options {
    const char *output, *key, *settings_path;
    bool debug;
    struct command_words flags;
};

/* The command line says more than the file. */
static void override(struct settings *settings, const struct build_options *options) {
    if (options->output) settings->output = options->output;
    if (options->key) settings->key = options->key;
    if (options->debug) settings->debug = true;
    for (size_t i = 0; i < options->flags.count && settings->flags.count < COMMAND_WORDS_MAX; i++)
        settings->flags.word[settings->flags.count++] = options->flags.word[i];
}

int command_build(int argc, char **argv) {
    struct build_options given = {0};
    const struct command_option options[] = {
        {"-o", OPTION_TEXT, &given.output},
        {"--key", OPTION_TEXT, &given.key},
        {"--settings", OPTION_TEXT, &given.settings_path},
        {"--debug", OPTION_FLAG, &given.debug},
        {"-O", OPTION_STICKY, &given.flags},
        {"-D", OPTION_STICKY, &given.flags},
        {"-U", OPTION_STICKY, &given.flags},
        {"-I", OPTION_STICKY, &given.flags},
        {"-f", OPTION_STICKY, &given.flags},
        {"-W", OPTION_STICKY, &given.flags},
        {"-g", OPTION_STICKY, &given.flags},
        {"-std=", OPTION_STICKY, &given.flags},
    };
    struct command_words words;
    if (!COMMAND_OPTIONS(argc, argv, options, &words)) return EXIT_USAGE;
    if (words.count > 0 && given.settings_path)
        return command_fail(EXIT_USAGE, "build takes source files or --settings, not both");
    struct settings settings;
    if (words.count > 0) {
        settings_default(&settings, &words);
    } else if (!given.settings_path && access("skep.toml", F_OK) != 0) {
        return command_fail(EXIT_NO_INPUT, "there is no skep.toml here: write one, or name sources: skep build FILE.c");
    } else {
        int code = settings_read(&settings, given.settings_path ? given.settings_path : "skep.toml");
        if (code != EXIT_DONE) return code;
    }
    override(&settings, &given);
    int code = builder_build(&settings, true);
    settings_free(&settings);
    return code;
}
