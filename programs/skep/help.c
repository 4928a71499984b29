/* skep help; and the reader of help texts. */
#include "programs/skep/help.h"

#include <string.h>

#include "programs/skep/command.h"
#include "programs/skep/manual.h"

struct help_span help_summary(const char *help) { return (struct help_span){help, strcspn(help, "\n")}; }

struct help_reader help_read(const char *help) {
    help += strcspn(help, "\n");
    return (struct help_reader){*help ? help + 1 : help};
}

/* How far `text` is from the beginning of the line, or how long the line is. */
static size_t find_in_line(const char *line, const char *text) {
    size_t length = strcspn(line, "\n");
    for (size_t i = 0; i + strlen(text) <= length; i++)
        if (strncmp(line + i, text, strlen(text)) == 0) return i;
    return length;
}

bool help_word(struct help_span *words, struct help_span *word) {
    while (words->length > 0 && *words->at == ' ') words->at++, words->length--;
    word->at = words->at;
    word->length = 0;
    while (word->length < words->length && word->at[word->length] != ' ') word->length++;
    words->at += word->length;
    words->length -= word->length;
    return word->length > 0;
}

bool help_contains(struct help_span span, const char *text) {
    for (size_t i = 0; i + strlen(text) <= span.length; i++)
        if (strncmp(span.at + i, text, strlen(text)) == 0) return true;
    return false;
}

/* The value is the first word without a dash behind the names. */
static void split_options(struct help_span head, struct help_part *part) {
    struct help_span rest = head, word;
    part->names = head;
    part->value = (struct help_span){head.at + head.length, 0};
    while (help_word(&rest, &word))
        if (word.at[0] != '-') {
            part->names.length = (size_t)(word.at - head.at - 1);
            part->value = (struct help_span){word.at, (size_t)(head.at + head.length - word.at)};
            return;
        }
}

bool help_next(struct help_reader *reader, struct help_part *part) {
    const char *at = reader->at;
    if (*at == '\0') return false;
    *part = (struct help_part){.kind = HELP_TEXT};
    if (strncmp(at, "  ", 2) != 0) {
        part->meaning = (struct help_span){at, strcspn(at, "\n")};
    } else {
        at += strspn(at, " ");
        size_t length = find_in_line(at, ";  "), head = find_in_line(at, "  ");
        if (head > length) head = length;
        part->meaning = (struct help_span){at + head, length - head};
        while (part->meaning.length > 0 && *part->meaning.at == ' ') part->meaning.at++, part->meaning.length--;
        part->kind = at[0] == '-' ? HELP_OPTIONS : HELP_WORD;
        part->names = (struct help_span){at, head};
        if (part->kind == HELP_OPTIONS) split_options(part->names, part);
    }
    at = part->meaning.at + part->meaning.length;
    if (*at == ';') /* the next part begins with the two spaces behind it */
        reader->at = at + 1;
    else
        reader->at = *at ? at + 1 : at;
    return true;
}

void help_list_commands(FILE *to) {
    size_t count;
    const struct command *commands = command_table(&count);
    fputs("usage: skep COMMAND ...\n\n", to);
    for (size_t i = 0; i < count; i++)
        fprintf(to, "  %-10s %.*s\n", commands[i].name, (int)help_summary(commands[i].help).length, commands[i].help);
    fputs("\n`skep help COMMAND` says more; `skep help exit` lists the exit codes.\n", to);
}

static void list_exit_codes(void) {
#define EXIT_CODE_PRINT(name, value, text) printf("%3d  %s\n", value, text);
    EXIT_CODES(EXIT_CODE_PRINT)
#undef EXIT_CODE_PRINT
}

int command_help(int argc, char **argv) {
    bool man = false;
    const char *folder = NULL;
    const struct command_option options[] = {{"--man", OPTION_FLAG, &man}, {"--man-pages", OPTION_TEXT, &folder}};
    struct command_words words;
    if (!COMMAND_OPTIONS(argc, argv, options, &words)) return EXIT_USAGE;
    const char *topic = words.count > 0 ? words.word[0] : NULL;
    if (words.count > 1) return command_fail(EXIT_USAGE, "help takes one command; see: skep help help");
    if (folder) return manual_write_all(folder);
    if (topic && strcmp(topic, "exit") == 0) {
        list_exit_codes();
        return EXIT_DONE;
    }
    const struct command *command = topic ? command_named(topic) : NULL;
    if (topic && !command) return command_fail(EXIT_USAGE, "no command \"%s\"; see: skep help", topic);
    if (man)
        manual_print(command, stdout);
    else if (command)
        printf("skep %s %s\n\n%s", command->name, command->usage, command->help);
    else
        help_list_commands(stdout);
    return EXIT_DONE;
}
