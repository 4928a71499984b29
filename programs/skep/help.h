/* help: reads the help texts of the table of commands, which are for people and for programs alike.
 *
 * Behind the summary, a line that begins with two spaces holds one part or several with ";  " between them: the words
 * that are typed, two spaces or more, and what they do. A part whose first word has a dash is options: their names and,
 * last, what stands for their value, if they take one: `a|b` for one of these words, else FILE, SOCKET or FOLDER in it
 * for a path. Other parts are words of the command itself. A line without the two spaces is text. */
#ifndef SKEP_PROGRAMS_SKEP_HELP_H
#define SKEP_PROGRAMS_SKEP_HELP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

struct help_span {
    const char *at;
    size_t length;
};
enum help_kind { HELP_TEXT, HELP_OPTIONS, HELP_WORD };
struct help_part {
    enum help_kind kind;
    struct help_span names;   /* "--key", "-O -D"; of a word: all of it; of text: empty */
    struct help_span value;   /* "FILE"; empty: they take none */
    struct help_span meaning; /* of text: the line */
};
struct help_reader {
    const char *at;
};

/* The summary, without its newline. */
struct help_span help_summary(const char *help);
/* Begins behind the summary. */
struct help_reader help_read(const char *help);
/* False: that was all. */
bool help_next(struct help_reader *reader, struct help_part *part);
/* Takes the first word off `words`; false: there is none. */
bool help_word(struct help_span *words, struct help_span *word);
bool help_contains(struct help_span span, const char *text);

void help_list_commands(FILE *to);

#endif
