#include "programs/skep/command.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void say(const char *format, va_list arguments) {
    fflush(stdout);
    fputs("skep: ", stderr);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
}

int command_fail(enum exit_code code, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    say(format, arguments);
    va_end(arguments);
    return (int)code;
}

void command_note(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    say(format, arguments);
    va_end(arguments);
}

static const struct command_option *find_option(const struct command_option *options, size_t count, const char *word) {
    for (size_t i = 0; i < count; i++) {
        bool is_sticky = options[i].kind == OPTION_STICKY;
        if (is_sticky ? strncmp(word, options[i].name, strlen(options[i].name)) == 0
                      : strcmp(word, options[i].name) == 0)
            return &options[i];
    }
    return NULL;
}

static bool add_word(struct command_words *words, const char *word) {
    if (words->count == COMMAND_WORDS_MAX) {
        command_note("more than %d words of one kind; the first too many is %s", COMMAND_WORDS_MAX, word);
        return false;
    }
    words->word[words->count++] = word;
    return true;
}

static bool read_number(const char *name, const char *text, uint64_t least, uint64_t *to) {
    char *end;
    errno = 0;
    bool is_hexadecimal = text[0] == '0' && (text[1] == 'x' || text[1] == 'X'); /* 010 is ten */
    unsigned long long value = strtoull(text, &end, is_hexadecimal ? 16 : 10);
    if (text[0] < '0' || text[0] > '9' || *end != '\0' || errno != 0) {
        command_note("%s wants a number (decimal, or 0x...), not \"%s\"", name, text);
        return false;
    }
    if (value < least) {
        command_note("%s wants at least %u; without it there is no limit", name, (unsigned)least);
        return false;
    }
    *to = value;
    return true;
}

static bool take_value(const struct command_option *option, const char *value) {
    switch (option->kind) {
    case OPTION_FLAG: *(bool *)option->to = true; return true;
    case OPTION_TEXT: *(const char **)option->to = value; return true;
    case OPTION_NUMBER: return read_number(option->name, value, 0, option->to);
    case OPTION_COUNT: return read_number(option->name, value, 1, option->to);
    case OPTION_LIST:
    case OPTION_STICKY: return add_word(option->to, value);
    }
    return false;
}

bool command_options(int argc, char **argv, const struct command_option *options, size_t option_count,
                     struct command_words *words) {
    bool options_ended = false;
    words->count = 0;
    for (int i = 1; i < argc; i++) {
        const char *word = argv[i];
        if (options_ended || word[0] != '-' || word[1] == '\0') {
            if (!add_word(words, word)) return false;
            continue;
        }
        if (strcmp(word, "--") == 0) {
            options_ended = true;
            continue;
        }
        const struct command_option *option = find_option(options, option_count, word);
        if (!option) {
            command_note("%s has no option %s; see: skep help %s", argv[0], word, argv[0]);
            return false;
        }
        bool takes_next = option->kind != OPTION_FLAG && option->kind != OPTION_STICKY;
        if (takes_next && i + 1 == argc) {
            command_note("%s needs a value behind it", word);
            return false;
        }
        if (!take_value(option, takes_next ? argv[++i] : word)) return false;
    }
    return true;
}
