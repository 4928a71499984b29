/* skep completion: a function of bash, and what it asks. */
#include <stdio.h>
#include <string.h>

#include "programs/skep/command.h"
#include "programs/skep/complete.h"

/* bash breaks words at ":" and "=" too, and replaces only what follows the last of them. */
static const char bash[] =
    "# Completes the commands of skep in bash; made by `skep completion bash`.\n"
    "_skep() {\n"
    "    local words word keep\n"
    "    read -ra words <<<\"${COMP_LINE:0:COMP_POINT}\"\n"
    "    [[ ${COMP_LINE:0:COMP_POINT} == *[[:space:]] ]] && words+=(\"\")\n"
    "    word=${words[-1]} keep=\n"
    "    [[ $word == *[:=]* ]] && keep=${word%\"${word##*[:=]}\"}\n"
    "    mapfile -t COMPREPLY < <(\"${words[0]}\" completion words -- \"${words[@]:1}\" 2>/dev/null)\n"
    "    COMPREPLY=(\"${COMPREPLY[@]#\"$keep\"}\")\n"
    "    [[ ${#COMPREPLY[@]} == 1 && ${COMPREPLY[0]} == *= ]] && compopt -o nospace 2>/dev/null\n"
    "    return 0\n"
    "}\n"
    "complete -o filenames -F _skep skep\n";

/* A line for each. */
static void print_words(const char *const *words, size_t count) {
    struct complete_list list = {.count = 0};
    const struct command *command = command_named(words[0]);
    size_t commands;
    const struct command *table = command_table(&commands);
    if (count == 1)
        for (size_t i = 0; i < commands; i++) complete_add(&list, words[0], table[i].name);
    else if (command)
        complete_words(command, words, count, &list);
    complete_sort(&list);
    for (size_t i = 0; i < list.count; i++) puts(list.word[i]);
    complete_free(&list);
}

int command_completion(int argc, char **argv) {
    struct command_words words;
    if (!command_options(argc, argv, NULL, 0, &words)) return EXIT_USAGE;
    if (words.count > 1 && strcmp(words.word[0], "words") == 0) {
        print_words(words.word + 1, words.count - 1);
        return EXIT_DONE;
    }
    if (words.count != 1 || strcmp(words.word[0], "bash") != 0)
        return command_fail(EXIT_USAGE, "completion takes the name of a shell, which is bash");
    fputs(bash, stdout);
    return EXIT_DONE;
}
