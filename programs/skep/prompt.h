/* prompt: a line of input that is edited at a terminal, with history and completion, while others go on writing above
 * it. On libedit. */
#ifndef SKEP_PROGRAMS_SKEP_PROMPT_H
#define SKEP_PROGRAMS_SKEP_PROMPT_H

#include <stdbool.h>
#include <stddef.h>

#include "programs/skep/complete.h"

/* What a prompt asks of its owner. */
struct prompt_owner {
    const char *(*text)(void *context);
    /* Until input can be read. False: an interrupt came. What is written meanwhile stands between prompt_hide and
     * prompt_show. */
    bool (*wait)(void *context, int descriptor);
    /* What the last word of line[..length] could become; gives where that word begins. */
    size_t (*complete)(void *context, const char *line, size_t length, struct complete_list *list);
    void *context;
};
struct prompt;

/* NULL: this is no terminal that can be used. `history_path` NULL: nothing is kept. */
struct prompt *prompt_begin(const struct prompt_owner *owner, const char *history_path);
void prompt_end(struct prompt *prompt);

enum prompt_found { PROMPT_LINE, PROMPT_INTERRUPTED, PROMPT_END };
/* The line is the prompt's until the next call. */
enum prompt_found prompt_read(struct prompt *prompt, const char **line);
/* Keeps a line in the history. */
void prompt_keep(struct prompt *prompt, const char *line);
/* Calls back with each line of the history, the oldest first. */
void prompt_history(struct prompt *prompt, void (*tell)(int number, const char *line));

/* Both do nothing while no line is edited. */
void prompt_hide(struct prompt *prompt);
void prompt_show(struct prompt *prompt);

#endif
