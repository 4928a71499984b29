/* remote: what the commands that operate a hive share: finding it, opening a session, asking, and telling the answer as
 * a line of JSON or to people. */
#ifndef SKEP_PROGRAMS_SKEP_REMOTE_H
#define SKEP_PROGRAMS_SKEP_REMOTE_H

#include "host/link/link.h"
#include "programs/skep/command.h"

/* What every such command can be told. */
struct remote_options {
    const char *to;         /* --to: as stream_open takes it; else SKEP_HIVE of the environment */
    const char *token_file; /* --token-file: for TCP */
    bool json;              /* --json: lines of JSON on stdout, refusals too */
    uint32_t heartbeat_ms;  /* how long the hive keeps a silent session; 0: as it likes */
};
#define REMOTE_OPTIONS(options)                                                                                        \
    {"--to", OPTION_TEXT, &(options).to}, {"--token-file", OPTION_TEXT, &(options).token_file}, {                      \
        "--json", OPTION_FLAG, &(options).json                                                                         \
    }

struct remote {
    struct link link;
    struct remote_options options;
    json_int_t told; /* newest event that was shown to people; 0: none */
    bool borrowed;   /* the session is one that remote_lend lent */

    /* below: private to remote.c */
    bool observer, console;
};

/* Opens the link and a session. Says what is wrong and returns what the command ends with. */
int remote_open(struct remote *remote, const struct remote_options *options, bool observer, bool console);
/* The same of what may be a bootloader, which has no sessions: link.session is 0 then. */
int remote_open_board(struct remote *remote, const struct remote_options *options);
/* After the link broke: the session goes on where it was, if the hive has it still, else a new one begins. EXIT_LINK:
 * nobody answers yet, and nothing was said. What listens has to be set again. */
int remote_reopen(struct remote *remote, bool *same);
/* Ends the session, if the link is still good. */
void remote_close(struct remote *remote);

/* From now on remote_open borrows this session, unless --to names another hive, and remote_close gives it back: the
 * commands of one process share it. NULL: each has its own again. Who borrows it may subscribe to other events. */
void remote_lend(struct remote *lent);

/* Asks. On EXIT_DONE *result is the caller's; else the refusal has been told. Takes `parameters` over; may be NULL. */
int remote_call(struct remote *remote, const char *operation, json_t *parameters, json_t **result);
/* The same where the result says nothing. */
int remote_order(struct remote *remote, const char *operation, json_t *parameters);
/* All rows of a list, however many answers they take: each begins behind the last one's `key`. */
int remote_list(struct remote *remote, const char *operation, const char *key, json_t *rows);
/* The hive refused: says so. */
int remote_refused(const struct remote *remote, const char *operation, const struct link_refusal *refusal);
/* The link failed: says so. */
int remote_broken(const struct remote *remote);

/* One line of JSON on stdout, with the version; takes `object` over. */
void remote_print(json_t *object);

/* A whole command: `skep kill PID`. */
int remote_task_command(int argc, char **argv, const char *operation);

#endif
