/* complete: what the word being written could become, for the completion of bash and of `skep shell`. What stands where
 * comes from the commands' usage and help (usage.h, help.h); names of what a hive has, from the hive. */
#ifndef SKEP_PROGRAMS_SKEP_COMPLETE_H
#define SKEP_PROGRAMS_SKEP_COMPLETE_H

#include "programs/skep/command.h"

enum { COMPLETE_MAX = 512 };

struct complete_list { /* empty at the start */
    size_t count;
    char *word[COMPLETE_MAX];
};

/* Adds what `words`, which begin with the command's name, could become; the last one is not whole yet, and may be
 * empty. Words that begin otherwise are left out. */
void complete_words(const struct command *command, const char *const *words, size_t count, struct complete_list *list);

/* Adds a word that begins with `begin` and is not there yet. */
void complete_add(struct complete_list *list, const char *begin, const char *word);
/* Sorts it. */
void complete_sort(struct complete_list *list);
void complete_free(struct complete_list *list);

#endif
