/* shell: `skep shell`: the commands of skep on one session that is held, with what happens in the hive told between
 * them. shell.c reads lines and runs them; shell_session.c keeps the session and tells news; shell_names.c has the
 * names that only the shell knows. */
#ifndef SKEP_PROGRAMS_SKEP_SHELL_H
#define SKEP_PROGRAMS_SKEP_SHELL_H

#include "programs/skep/prompt.h"
#include "programs/skep/remote.h"
#include "programs/skep/shell_words.h"

enum { SHELL_NAME_BYTES = 40, SHELL_PATH_BYTES = 4096, SHELL_LOADED_MAX = 32, SHELL_CONSOLE_BYTES = 512 };

/* What a task wrote and has not ended with a newline. */
struct shell_console {
    uint32_t pid, lost;
    uint8_t stream;
    size_t length;
    uint8_t bytes[SHELL_CONSOLE_BYTES];
};

struct shell {
    struct remote remote; /* lent to the commands while they run */
    struct remote_options options;
    char to[SHELL_PATH_BYTES];
    char hive[SHELL_NAME_BYTES]; /* its name; empty: none is attached */
    char prompt_text[SHELL_NAME_BYTES + 16];
    struct prompt *prompt; /* NULL: nobody types at it */
    bool shows_events, shows_console;
    bool keeps_going, ended;
    int code;       /* of the last command; of `exit` */
    unsigned depth; /* of scripts that run scripts */

    /* below: private to shell_session.c */
    bool is_lost, runs_command;
    json_int_t boot, waited, acknowledged;
    int64_t asked_ms, tried_ms;
    struct shell_console console;
};

/* Runs one line; what it ends with. */
int shell_run_line(struct shell *shell, const char *line);
/* Runs the lines of a file; `name` is for messages. Ends at the first one that fails, unless the shell keeps going. */
int shell_run_script(struct shell *shell, int descriptor, const char *name);

/* ---- the session */

/* Opens one, and says to whom. */
int shell_attach(struct shell *shell, const char *to);
void shell_detach(struct shell *shell);
/* Until the descriptor (-1: none) can be read, or so long (-1: for ever); news are told, the session is kept, and a
 * lost hive is looked for. False: an interrupt came. */
bool shell_wait(struct shell *shell, int descriptor, int timeout_ms);
/* Tells events from now on. */
int shell_listen_from_now(struct shell *shell);
/* Around a command that may borrow the session. */
void shell_command_begins(struct shell *shell);
void shell_command_ends(struct shell *shell);
/* The next event of that name behind the last one that was waited for, whose fields are as `words` say
 * ("pid=3"). */
int shell_wait_event(struct shell *shell, const char *name, const char *const *words, size_t count, uint64_t wait_ms);

/* ---- names */

/* A command that only the shell has. */
struct shell_builtin {
    struct command command; /* its handler is NULL */
    int (*run)(struct shell *shell, int argc, char **argv);
};
const struct shell_builtin *shell_builtin_named(const char *name);
/* The row of a name, of the shell's or of skep's table; NULL: there is none. */
const struct command *shell_command_named(const char *name);
/* Puts what a name of the reference's shell stands for in its place. False: it stands for nothing here, and was told
 * why. */
bool shell_words_resolve(struct shell_words *words);
/* Adds every name that can begin a line. */
void shell_names_complete(const char *begin, struct complete_list *list);
int shell_help(const char *topic);

#endif
