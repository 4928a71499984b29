/* skep completion: a function of bash, made from the table of commands. */
#include <stdio.h>
#include <string.h>

#include "programs/skep/command.h"
#include "programs/skep/help.h"

static void print_span(struct help_span span) { printf("%.*s", (int)span.length, span.at); }

static void print_commands(void) {
    size_t count;
    const struct command *commands = command_table(&count);
    for (size_t i = 0; i < count; i++) printf("%s%s", i ? " " : "", commands[i].name);
}

static bool is_path(struct help_span value) {
    return help_contains(value, "FILE") || help_contains(value, "SOCKET") || help_contains(value, "FOLDER");
}

/* "a|b" as "a b". */
static void print_choices(struct help_span value) {
    for (size_t i = 0; i < value.length; i++) putchar(value.at[i] == '|' ? ' ' : value.at[i]);
}

/* What follows an option that takes a value. */
static void print_values(const struct command *command) {
    struct help_part part;
    struct help_reader reader = help_read(command->help);
    while (help_next(&reader, &part)) {
        if (part.kind != HELP_OPTIONS || part.value.length == 0) continue;
        printf("    %s:", command->name);
        print_span(part.names);
        printf(") ");
        if (is_path(part.value)) {
            printf("_skep_files \"$word\"; ");
        } else if (help_contains(part.value, "|")) {
            printf("_skep_words \"$word\" \"");
            print_choices(part.value);
            printf("\"; ");
        }
        puts("return ;;");
    }
}

static void print_parts(const struct command *command, enum help_kind kind) {
    struct help_part part;
    struct help_reader reader = help_read(command->help);
    bool first = true;
    while (help_next(&reader, &part)) {
        if (part.kind != kind) continue;
        if (!first) putchar(' ');
        print_span(part.names);
        first = false;
    }
}

/* What else may stand there. */
static void print_command(const struct command *command) {
    printf("    %s) options=\"", command->name);
    print_parts(command, HELP_OPTIONS);
    printf("\" words=\"");
    print_parts(command, HELP_WORD);
    if (strstr(command->usage, "COMMAND")) {
        putchar(' ');
        print_commands();
    }
    putchar('"');
    if (strstr(command->usage, "FILE")) printf(" files=1");
    if (strncmp(command->usage, "PID", 3) == 0) printf(" pids=1");
    puts(" ;;");
}

static void print_bash(void) {
    size_t count;
    const struct command *commands = command_table(&count);
    puts("# Completes the commands of skep in bash; made by `skep completion bash`.\n"
         "_skep_words() { mapfile -t COMPREPLY < <(compgen -W \"$2\" -- \"$1\"); }\n"
         "_skep_files() { mapfile -t COMPREPLY < <(compgen -f -- \"$1\"); }\n"
         "_skep() {\n"
         "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}\n"
         "    local command=${COMP_WORDS[1]} options= words= files= pids=\n"
         "    COMPREPLY=()");
    printf("    if ((COMP_CWORD == 1)); then _skep_words \"$word\" \"");
    print_commands();
    puts("\"; return; fi\n    case $command:$before in");
    for (size_t i = 0; i < count; i++) print_values(&commands[i]);
    puts("    esac\n    case $command in");
    for (size_t i = 0; i < count; i++) print_command(&commands[i]);
    puts("    esac\n"
         "    if [[ $word == -* ]]; then _skep_words \"$word\" \"$options\"; return; fi\n"
         "    if [[ $files ]]; then _skep_files \"$word\"; fi\n"
         "    # Pids are those of the hive that the environment names; compgen would expand what is no number.\n"
         "    if [[ $pids && $SKEP_HIVE ]]; then\n"
         "        local pid\n"
         "        while read -r pid _; do\n"
         "            if [[ $pid =~ ^[0-9]+$ ]]; then words+=\" $pid\"; fi\n"
         "        done < <(\"${COMP_WORDS[0]}\" ps 2>/dev/null)\n"
         "    fi\n"
         "    if [[ $words ]]; then\n"
         "        local found\n"
         "        mapfile -t found < <(compgen -W \"$words\" -- \"$word\")\n"
         "        COMPREPLY+=(\"${found[@]}\")\n"
         "    fi\n"
         "}\n"
         "complete -o filenames -F _skep skep");
}

int command_completion(int argc, char **argv) {
    struct command_words words;
    if (!command_options(argc, argv, NULL, 0, &words)) return EXIT_USAGE;
    if (words.count != 1 || strcmp(words.word[0], "bash") != 0)
        return command_fail(EXIT_USAGE, "completion takes the name of a shell, which is bash");
    print_bash();
    return EXIT_DONE;
}
