/* skep shell: lines, typed or from a file, run on one session. */
#include "programs/skep/shell.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "programs/skep/interrupt.h"
#include "programs/skep/nearest.h"

enum { EXIT_BY_INTERRUPT = 128 + SIGINT, SCRIPTS_MAX = 16 };

/* ---- one line */

static int fail_unknown(const char *name) {
    struct complete_list names = {.count = 0};
    struct nearest nearest = nearest_to(name);
    shell_names_complete("", &names);
    for (size_t i = 0; i < names.count; i++) nearest_try(&nearest, names.word[i]);
    for (const struct operation_name *row = operation_names; row->name; row++) nearest_try(&nearest, row->name);
    int code = nearest.name
                   ? command_fail(EXIT_USAGE, "no command \"%s\"; do you mean %s? `help` lists all", name, nearest.name)
                   : command_fail(EXIT_USAGE, "no command \"%s\"; `help` lists all", name);
    complete_free(&names);
    return code;
}

/* A shell that speaks JSON asks each command to, if its help knows that. */
static void ask_for_json(const struct shell *shell, const struct command *command, struct shell_words *words) {
    if (!shell->options.json || !strstr(command->help, "--json") || words->count == SHELL_WORDS_MAX) return;
    memmove(words->word + 2, words->word + 1, words->count * sizeof *words->word);
    words->word[1] = (char *)(uintptr_t)"--json";
    words->count++;
}

static int run_command(struct shell *shell, struct shell_words *words) {
    const struct command *command = command_named(words->word[0]);
    if (!command) return fail_unknown(words->word[0]);
    ask_for_json(shell, command, words);
    shell_command_begins(shell);
    int code = command_perform((int)words->count, words->word);
    shell_command_ends(shell);
    return code;
}

int shell_run_line(struct shell *shell, const char *line) {
    struct shell_words words;
    shell_words_read(line, strlen(line), &words);
    if (!words.wrong && words.count == 0) return EXIT_DONE;
    if (!words.wrong && !shell_words_resolve(&words)) return EXIT_USAGE;
    if (words.wrong) return command_fail(EXIT_USAGE, "%s", words.wrong);
    if (strcmp(words.word[0], "help") == 0 && words.count <= 2 &&
        !(words.word[1] && strcmp(words.word[1], "exit") == 0))
        return shell_help(words.word[1]);
    if (words.word[1] && strcmp(words.word[1], "--help") == 0) return shell_help(words.word[0]);
    if (strcmp(words.word[0], "shell") == 0)
        return command_fail(EXIT_USAGE, "this is one; `attach` goes to another hive");
    const struct shell_builtin *builtin = shell_builtin_named(words.word[0]);
    return builtin ? builtin->run(shell, (int)words.count, words.word) : run_command(shell, &words);
}

/* ---- scripts */

struct line_reader {
    int descriptor;
    size_t length, used; /* used: of a line that was given */
    char bytes[SHELL_LINE_BYTES];
};

/* The next line, without its end; NULL: that was all, or an interrupt came, or the line is too long to be one, which
 * *wrong says. */
static const char *next_line(struct shell *shell, struct line_reader *reader, const char **wrong) {
    memmove(reader->bytes, reader->bytes + reader->used, reader->length - reader->used);
    reader->length -= reader->used;
    reader->used = 0;
    for (;;) {
        char *end = memchr(reader->bytes, '\n', reader->length);
        if (end) {
            *end = '\0';
            reader->used = (size_t)(end - reader->bytes) + 1;
            return reader->bytes;
        }
        if (reader->length + 1 == sizeof reader->bytes) return *wrong = "the line is longer than 4095 bytes", NULL;
        if (!shell_wait(shell, reader->descriptor, -1)) return NULL;
        ssize_t more =
            read(reader->descriptor, reader->bytes + reader->length, sizeof reader->bytes - 1 - reader->length);
        if (more < 0) return *wrong = strerror(errno), NULL;
        if (more == 0 && reader->length == 0) return NULL;
        if (more == 0) reader->bytes[reader->length++] = '\n';
        reader->length += (size_t)more;
    }
}

static int run_lines(struct shell *shell, int descriptor, const char *name) {
    struct line_reader reader = {.descriptor = descriptor};
    const char *line, *wrong = NULL;
    int first = EXIT_DONE;
    for (unsigned number = 1; !shell->ended && (line = next_line(shell, &reader, &wrong)); number++) {
        int code = shell_run_line(shell, line);
        fflush(stdout);
        shell->code = code;
        if (shell->ended || code == EXIT_DONE) continue;
        if (first == EXIT_DONE) first = code;
        if (interrupt_exit() != 0) return interrupt_exit();
        if (shell->keeps_going) continue;
        return command_fail((enum exit_code)code, "%s:%u: stopped here, with %d", name, number, code);
    }
    if (wrong) return command_fail(EXIT_USAGE, "%s: %s", name, wrong);
    return shell->ended ? shell->code : interrupt_exit() != 0 ? interrupt_exit() : first;
}

int shell_run_script(struct shell *shell, int descriptor, const char *name) {
    if (shell->depth == SCRIPTS_MAX)
        return command_fail(EXIT_USAGE, "%s: scripts nest deeper than %d", name, SCRIPTS_MAX);
    shell->depth++;
    int code = run_lines(shell, descriptor, name);
    shell->depth--;
    return code;
}

/* ---- at a terminal */

static const char *prompt_text(void *context) {
    struct shell *shell = context;
    snprintf(shell->prompt_text, sizeof shell->prompt_text, "%s%s> ", shell->hive[0] ? shell->hive : "skep",
             shell->is_lost ? " (gone)" : "");
    return shell->prompt_text;
}

static bool wait_for_input(void *context, int descriptor) { return shell_wait(context, descriptor, -1); }

static size_t complete_line(void *context, const char *line, size_t length, struct complete_list *list) {
    struct shell *shell = context;
    struct shell_words words;
    shell_words_read(line, length, &words);
    bool begins = !words.is_open; /* a new word, of which nothing is written */
    size_t at = begins ? length : words.last_at;
    if (begins && words.count < SHELL_WORDS_MAX) words.word[words.count++] = (char *)(uintptr_t)"";
    if (words.count == 1) {
        shell_names_complete(words.word[0], list);
        return at;
    }
    words.wrong = NULL; /* a quote that is open */
    const struct command *command = shell_words_resolve(&words) ? shell_command_named(words.word[0]) : NULL;
    if (!command) return at;
    shell_command_begins(shell);
    complete_words(command, (const char *const *)words.word, words.count, list);
    if (strcmp(words.word[0], "help") == 0) shell_names_complete(words.word[words.count - 1], list);
    shell_command_ends(shell);
    return at;
}

static bool make_folders(char *path) {
    for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        bool good = mkdir(path, 0700) == 0 || errno == EEXIST;
        *slash = '/';
        if (!good) return false;
    }
    return true;
}

/* SKEP_HISTORY, else where programs keep such things. False: nowhere. */
static bool find_history(char path[SHELL_PATH_BYTES]) {
    const char *given = getenv("SKEP_HISTORY"), *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");
    if (given)
        snprintf(path, SHELL_PATH_BYTES, "%s", given);
    else if (state && state[0])
        snprintf(path, SHELL_PATH_BYTES, "%s/skep/history", state);
    else if (home && home[0])
        snprintf(path, SHELL_PATH_BYTES, "%s/.local/state/skep/history", home);
    else
        return false;
    return path[0] != '\0' && make_folders(path);
}

/* A line that begins with a blank, or says a PIN, is not kept. */
static void keep_line(struct shell *shell, const char *line) {
    if (line[0] != ' ' && line[0] != '\n' && !strstr(line, "--pin") && !strstr(line, "pin="))
        prompt_keep(shell->prompt, line);
}

static int talk(struct shell *shell) {
    char history[SHELL_PATH_BYTES];
    const char *line;
    const struct prompt_owner owner = {prompt_text, wait_for_input, complete_line, shell};
    bool keeps = find_history(history);
    shell->prompt = prompt_begin(&owner, keeps ? history : NULL);
    if (!shell->prompt)
        return command_fail(EXIT_UNAVAILABLE, "this terminal cannot be edited on; -x FILE runs a script");
    int code = EXIT_DONE;
    while (!shell->ended) {
        enum prompt_found found = prompt_read(shell->prompt, &line);
        int interrupt = interrupt_exit();
        interrupt_forget();
        if (found == PROMPT_INTERRUPTED && interrupt == EXIT_BY_INTERRUPT) continue;
        if (found != PROMPT_LINE) { /* the input's end, or a signal to end */
            code = interrupt;
            break;
        }
        keep_line(shell, line);
        shell->code = shell_run_line(shell, line);
        interrupt_forget();
        fflush(stdout);
    }
    if (!shell->ended) putchar('\n');
    prompt_end(shell->prompt);
    shell->prompt = NULL;
    return shell->ended ? shell->code : code;
}

/* ---- the command */

static int run_shell(struct shell *shell, const char *script) {
    int descriptor = script ? open(script, O_RDONLY | O_CLOEXEC) : STDIN_FILENO;
    if (descriptor < 0) return command_fail(EXIT_NO_INPUT, "%s: %s", script, strerror(errno));
    bool talks = !script && isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
    if (talks) shell->shows_events = shell->shows_console = true;
    /* Without a hive a person can still ask for help, or attach one. */
    bool named = shell->options.to || getenv("SKEP_HIVE");
    int code = named ? shell_attach(shell, shell->options.to) : EXIT_DONE;
    if (talks)
        code = talk(shell);
    else if (code == EXIT_DONE)
        code = shell_run_script(shell, descriptor, script ? script : "stdin");
    if (script) close(descriptor);
    shell_detach(shell);
    remote_lend(NULL);
    return code;
}

int command_shell(int argc, char **argv) {
    static struct shell shell;
    struct remote_options given = {0};
    struct command_words words;
    const char *script = NULL;
    bool keeps_going = false, events = false, console = false;
    const struct command_option options[] = {
        REMOTE_OPTIONS(given),
        {"-x", OPTION_TEXT, &script},
        {"--keep-going", OPTION_FLAG, &keeps_going},
        {"--events", OPTION_FLAG, &events},
        {"--console", OPTION_FLAG, &console},
    };
    if (!COMMAND_OPTIONS(argc, argv, options, &words)) return EXIT_USAGE;
    if (words.count != 0) return command_fail(EXIT_USAGE, "shell takes no words; -x FILE runs a script");
    shell =
        (struct shell){.options = given, .keeps_going = keeps_going, .shows_events = events, .shows_console = console};
    interrupt_catch();
    return run_shell(&shell, script);
}
