#include "programs/skep/shell_words.h"

#include <string.h>

static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/* One word from line[at]; gives where it ends. */
static size_t take_word(const char *line, size_t length, size_t at, struct shell_words *words) {
    char quote = '\0';
    words->last_at = at;
    words->word[words->count++] = words->text + words->used;
    for (; at < length && (quote || !is_blank(line[at])); at++) {
        char c = line[at];
        if (c == quote)
            quote = '\0';
        else if (!quote && (c == '\'' || c == '"'))
            quote = c;
        else if (c == '\\' && quote != '\'' && at + 1 < length)
            words->text[words->used++] = line[++at];
        else
            words->text[words->used++] = c;
    }
    words->text[words->used++] = '\0';
    words->is_open = at == length;
    if (quote) words->wrong = "a quote has no end";
    return at;
}

void shell_words_read(const char *line, size_t length, struct shell_words *words) {
    words->count = words->used = 0;
    words->is_open = false;
    words->wrong = length < SHELL_LINE_BYTES ? NULL : "the line is longer than 4095 bytes";
    for (size_t at = 0; at < length && !words->wrong;) {
        if (is_blank(line[at])) {
            at++;
            continue;
        }
        if (line[at] == '#') break;
        if (words->count == SHELL_WORDS_MAX)
            words->wrong = "the line has more than 128 words";
        else
            at = take_word(line, length, at, words);
        if (at < length) words->is_open = false;
    }
    words->word[words->count] = NULL;
}

void shell_words_begin_with(struct shell_words *words, const char *const *more, size_t count) {
    if (words->count + count > SHELL_WORDS_MAX) {
        words->wrong = "the line has more than 128 words";
        return;
    }
    memmove(words->word + count, words->word, (words->count + 1) * sizeof *words->word);
    for (size_t i = 0; i < count; i++) {
        size_t bytes = strlen(more[i]) + 1;
        words->word[i] = words->text + words->used;
        memcpy(words->word[i], more[i], bytes);
        words->used += bytes;
    }
    words->count += count;
}

void shell_words_quote(const char *word, char *to, size_t bytes) {
    size_t at = 0;
    for (; *word && at + 3 < bytes; word++) {
        if (is_blank(*word) || strchr("'\"\\#", *word)) to[at++] = '\\';
        to[at++] = *word;
    }
    to[at] = '\0';
}
