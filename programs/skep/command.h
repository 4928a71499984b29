/* command: what every `skep` command shares: its row, its way to fail, its options.
 *
 * A handler gets the words behind its name (argv[0] is the name) and returns what the process exits with (exit_code.h).
 * It writes results to stdout and everything else to stderr, through command_fail and command_note. */
#ifndef SKEP_PROGRAMS_SKEP_COMMAND_H
#define SKEP_PROGRAMS_SKEP_COMMAND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "programs/skep/exit_code.h"

/* "skep: <text>" on stderr; returns `code`, so that a handler can end with it. */
__attribute__((format(printf, 2, 3))) int command_fail(enum exit_code code, const char *format, ...);
__attribute__((format(printf, 1, 2))) void command_note(const char *format, ...);

/* One option. FLAG sets *(bool *)to; TEXT sets *(const char **)to to the next word; NUMBER sets *(uint64_t *)to,
 * decimal or 0x, and COUNT the same but not 0; LIST appends to *(struct command_words *)to. STICKY is a LIST of whole
 * words that begin with `name`
 * (-O2, -DX). */
enum command_option_kind { OPTION_FLAG, OPTION_TEXT, OPTION_NUMBER, OPTION_COUNT, OPTION_LIST, OPTION_STICKY };
struct command_option {
    const char *name; /* with its dashes */
    enum command_option_kind kind;
    void *to;
};

enum { COMMAND_WORDS_MAX = 256 };
struct command_words {
    size_t count;
    const char *word[COMMAND_WORDS_MAX];
};

/* Sorts argv[1..] into options and the words that are left. A word "--" ends the options. On a mistake: says so on
 * stderr and returns false; the command then ends with EXIT_USAGE. */
bool command_options(int argc, char **argv, const struct command_option *options, size_t option_count,
                     struct command_words *words);
#define COMMAND_OPTIONS(argc, argv, options, words)                                                                    \
    command_options((argc), (argv), (options), sizeof(options) / sizeof *(options), (words))

/* A row of the table in main.c. */
struct command {
    const char *name, *usage, *help;
    int (*handler)(int argc, char **argv);
};
const struct command *command_table(size_t *count);
const struct command *command_named(const char *name); /* NULL: there is none */

/* Runs the command that argv[0] names; what it ends with. */
int command_perform(int argc, char **argv);

/* The commands; each lives in the file of its name, `skep command` in operate_command.c. */
#define COMMAND_HANDLER(name) int command_##name(int argc, char **argv)
COMMAND_HANDLER(blackbox);
COMMAND_HANDLER(build);
COMMAND_HANDLER(call);
COMMAND_HANDLER(clock);
COMMAND_HANDLER(command);
COMMAND_HANDLER(completion);
COMMAND_HANDLER(config);
COMMAND_HANDLER(devices);
COMMAND_HANDLER(disasm);
COMMAND_HANDLER(display);
COMMAND_HANDLER(events);
COMMAND_HANDLER(flash);
COMMAND_HANDLER(help);
COMMAND_HANDLER(hive);
COMMAND_HANDLER(inspect);
COMMAND_HANDLER(keys);
COMMAND_HANDLER(kill);
COMMAND_HANDLER(load);
COMMAND_HANDLER(logs);
COMMAND_HANDLER(mailbox);
COMMAND_HANDLER(pack);
COMMAND_HANDLER(pause);
COMMAND_HANDLER(profile);
COMMAND_HANDLER(ps);
COMMAND_HANDLER(resume);
COMMAND_HANDLER(run);
COMMAND_HANDLER(sched);
COMMAND_HANDLER(shell);
COMMAND_HANDLER(sign);
COMMAND_HANDLER(sim);
COMMAND_HANDLER(step);
COMMAND_HANDLER(store);
COMMAND_HANDLER(trace);
COMMAND_HANDLER(value);
COMMAND_HANDLER(verify);

#endif
