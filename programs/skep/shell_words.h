/* shell_words: a line of `skep shell` as words. Blanks part words; '...', "..." and \ keep what they hold; # begins a
 * remark. */
#ifndef SKEP_PROGRAMS_SKEP_SHELL_WORDS_H
#define SKEP_PROGRAMS_SKEP_SHELL_WORDS_H

#include <stdbool.h>
#include <stddef.h>

enum { SHELL_LINE_BYTES = 4096, SHELL_WORDS_MAX = 128 };

struct shell_words {
    size_t count;
    char *word[SHELL_WORDS_MAX + 1]; /* NULL behind the last */
    size_t last_at;                  /* where the last word begins in the line */
    bool is_open;                    /* the line ends inside the last word or its quotes */
    const char *wrong;               /* what is wrong with the line; NULL: nothing */

    /* below: private to shell_words.c */
    char text[2 * SHELL_LINE_BYTES];
    size_t used;
};

void shell_words_read(const char *line, size_t length, struct shell_words *words);
/* Puts a word before the others. Precondition: words->wrong is NULL. */
void shell_words_begin_with(struct shell_words *words, const char *const *more, size_t count);
/* As it has to be written to be one word. */
void shell_words_quote(const char *word, char *to, size_t bytes);

#endif
