/* shell_names: the names that only `skep shell` has: its own commands, and those of the shell that people know from
 * elsewhere, each with what stands for it here. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "programs/skep/help.h"
#include "programs/skep/object.h"
#include "programs/skep/shell.h"

/* ---- the shell's own commands */

/* X(name, usage, help): rows as in main.c; run_<name> below. */
#define BUILTINS(X)                                                                                                    \
    X(attach, "[SOCKET]",                                                                                              \
      "begin a session with a hive\n"                                                                                  \
      "SOCKET, or ADDRESS:PORT; else the one that was attached last. The session before it ends.\n")                   \
    X(cd, "[FOLDER]", "change the folder that files are looked for in\n")                                              \
    X(detach, "", "end the session; the shell goes on without a hive\n")                                               \
    X(exec, "FILE", "run the lines of a file\n")                                                                       \
    X(exit, "[CODE]", "end the shell, and with it the session\n")                                                      \
    X(history, "", "show the lines that were typed\n")                                                                 \
    X(listen, "[all | events | console | off]",                                                                        \
      "show what happens in the hive between the prompts\n"                                                            \
      "Without a word: say what is shown.\n")                                                                          \
    X(ls, "[FOLDER]", "list the files that are there\n")                                                               \
    X(pwd, "", "show the folder that files are looked for in\n")                                                       \
    X(reload, "PID FILE.cvm1",                                                                                         \
      "end a task and load an artifact in its place\n"                                                                 \
      "The new task has another pid, which is printed.\n")                                                             \
    X(save, "FILE",                                                                                                    \
      "write a script that sets the hive's values as they are now\n"                                                   \
      "Those that can be read and set, and ask for no PIN. `exec FILE` sets them again.\n")                            \
    X(send, "[TEXT ...]",                                                                                              \
      "type a line to the task that reads\n"                                                                           \
      "The words with a blank between them, and a newline.\n")                                                         \
    X(sleep, "MS", "do nothing for so long\n")                                                                         \
    X(wait, "EVENT [FIELD=TEXT ...] [--wait MS]",                                                                      \
      "wait for an event, and tell it\n"                                                                               \
      "Looked for behind the last one that was waited for, or else from where the shell began: what happened "         \
      "before counts.\n"                                                                                               \
      "  --wait MS  no longer than that; else 10 s\n")

#define BUILTIN_DECLARE(name, usage, help) static int run_##name(struct shell *shell, int argc, char **argv);
BUILTINS(BUILTIN_DECLARE)
#undef BUILTIN_DECLARE

#define BUILTIN_ROW(name, usage, help) {{#name, usage, help, NULL}, run_##name},
static const struct shell_builtin builtins[] = {BUILTINS(BUILTIN_ROW)};
#undef BUILTIN_ROW

const struct shell_builtin *shell_builtin_named(const char *name) {
    for (size_t i = 0; i < sizeof builtins / sizeof *builtins; i++)
        if (strcmp(builtins[i].command.name, name) == 0) return &builtins[i];
    return NULL;
}

const struct command *shell_command_named(const char *name) {
    const struct shell_builtin *builtin = shell_builtin_named(name);
    return builtin ? &builtin->command : command_named(name);
}

static int wants(const char *name) {
    const struct command *command = &shell_builtin_named(name)->command;
    return command_fail(EXIT_USAGE, "it is: %s %s", name, command->usage);
}

static int run_attach(struct shell *shell, int argc, char **argv) {
    if (argc > 2) return wants("attach");
    int code = shell_attach(shell, argv[1]);
    if (code == EXIT_DONE && shell->prompt) printf("%s at %s\n", shell->hive, shell->to);
    return code;
}

static int run_detach(struct shell *shell, int argc, char **argv) {
    (void)argv;
    if (argc != 1) return wants("detach");
    shell_detach(shell);
    return EXIT_DONE;
}

static int run_cd(struct shell *shell, int argc, char **argv) {
    (void)shell;
    const char *to = argc == 2 ? argv[1] : getenv("HOME");
    if (argc > 2 || !to) return wants("cd");
    return chdir(to) == 0 ? EXIT_DONE : command_fail(EXIT_NO_INPUT, "%s: %s", to, strerror(errno));
}

static int by_name(const struct dirent **one, const struct dirent **other) {
    return strcmp((*one)->d_name, (*other)->d_name);
}

static int run_ls(struct shell *shell, int argc, char **argv) {
    struct dirent **entries;
    (void)shell;
    if (argc > 2) return wants("ls");
    const char *folder = argc == 2 ? argv[1] : ".";
    int count = scandir(folder, &entries, NULL, by_name);
    if (count < 0) return command_fail(EXIT_NO_INPUT, "%s: %s", folder, strerror(errno));
    for (int i = 0; i < count; i++) {
        if (entries[i]->d_name[0] != '.') puts(entries[i]->d_name);
        free(entries[i]);
    }
    free(entries);
    return EXIT_DONE;
}

static int run_pwd(struct shell *shell, int argc, char **argv) {
    char path[SHELL_PATH_BYTES];
    (void)shell, (void)argv;
    if (argc != 1) return wants("pwd");
    if (!getcwd(path, sizeof path)) return command_fail(EXIT_NO_INPUT, "%s", strerror(errno));
    puts(path);
    return EXIT_DONE;
}

static int run_exec(struct shell *shell, int argc, char **argv) {
    if (argc != 2) return wants("exec");
    int descriptor = open(argv[1], O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return command_fail(EXIT_NO_INPUT, "%s: %s", argv[1], strerror(errno));
    int code = shell_run_script(shell, descriptor, argv[1]);
    close(descriptor);
    return code;
}

static int run_exit(struct shell *shell, int argc, char **argv) {
    char *end = NULL;
    unsigned long code = argc == 2 ? strtoul(argv[1], &end, 10) : (unsigned long)shell->code;
    if (argc > 2 || (end && (*end != '\0' || end == argv[1])) || code > UINT8_MAX) return wants("exit");
    shell->ended = true;
    return (int)code;
}

static void tell_history(int number, const char *line) {
    printf("%5d  %s%s", number, line, strchr(line, '\n') ? "" : "\n");
}

static int run_history(struct shell *shell, int argc, char **argv) {
    (void)argv;
    if (argc != 1) return wants("history");
    if (shell->prompt) prompt_history(shell->prompt, tell_history);
    return EXIT_DONE;
}

static int run_listen(struct shell *shell, int argc, char **argv) {
    const char *what = argc == 2 ? argv[1] : "";
    bool all = strcmp(what, "all") == 0, events = strcmp(what, "events") == 0, console = strcmp(what, "console") == 0;
    if (argc > 2 || (argc == 2 && !all && !events && !console && strcmp(what, "off") != 0)) return wants("listen");
    if (argc == 1)
        printf("events %s, console %s\n", shell->shows_events ? "on" : "off", shell->shows_console ? "on" : "off");
    bool begins = argc == 2 && (all || events) && !shell->shows_events;
    if (argc == 2) shell->shows_events = all || events;
    if (argc == 2) shell->shows_console = all || console;
    return begins ? shell_listen_from_now(shell) : EXIT_DONE;
}

static int run_reload(struct shell *shell, int argc, char **argv) {
    char *kill[] = {(char *)(uintptr_t)"kill", argv[1], NULL};
    char *load[] = {(char *)(uintptr_t)"load", argc > 2 ? argv[2] : NULL, NULL};
    if (argc != 3) return wants("reload");
    shell_command_begins(shell);
    int code = command_perform(2, kill);
    if (code == EXIT_DONE) code = command_perform(2, load);
    shell_command_ends(shell);
    return code;
}

/* Flags of spec/operations.json: read-only, and a PIN that it asks for. */
enum { VALUE_IS_READ_ONLY = 1, VALUE_ASKS_PIN = 8 };

static void save_value(FILE *to, const json_t *row) {
    char number[OBJECT_TEXT_BYTES], id[OBJECT_TEXT_BYTES];
    json_int_t flags = object_number(row, "flags");
    if (!json_is_true(json_object_get(row, "readable")) || (flags & (VALUE_IS_READ_ONLY | VALUE_ASKS_PIN))) return;
    object_bits_text(object_text(row, "type"), (uint32_t)object_number(row, "bits"), number);
    object_id_text(row, id);
    fprintf(to, "value set %s -- %s  # %s\n", id, number, object_text(row, "name"));
}

static int run_save(struct shell *shell, int argc, char **argv) {
    static struct remote remote;
    json_t *values = json_array(), *row;
    size_t index;
    if (argc != 2) return json_decref(values), wants("save");
    int code = remote_open(&remote, &shell->options, false, false);
    if (code == EXIT_DONE) {
        code = remote_list(&remote, "value.list", "slot", values);
        remote_close(&remote);
    }
    FILE *to = code == EXIT_DONE ? fopen(argv[1], "w") : NULL;
    if (code == EXIT_DONE && !to) code = command_fail(EXIT_CANNOT_WRITE, "%s: %s", argv[1], strerror(errno));
    json_array_foreach(values, index, row) if (to) save_value(to, row);
    if (to && fclose(to) != 0) code = command_fail(EXIT_CANNOT_WRITE, "%s: %s", argv[1], strerror(errno));
    json_decref(values);
    return code;
}

static int run_send(struct shell *shell, int argc, char **argv) {
    static struct remote remote;
    char digits[2 * SHELL_LINE_BYTES + 3] = "";
    size_t length = 0;
    for (int i = 1; i < argc; i++)
        for (const char *at = argv[i]; at == argv[i] || at[-1] != '\0'; at++)
            if (*at || i + 1 < argc)
                length += (size_t)snprintf(digits + length, sizeof digits - length, "%02x", *at ? (uint8_t)*at : ' ');
    snprintf(digits + length, sizeof digits - length, "0a");
    int code = remote_open(&remote, &shell->options, false, false);
    if (code != EXIT_DONE) return code;
    json_t *result;
    code = remote_call(&remote, "console.write", json_pack("{s:s}", "data", digits), &result);
    if (code == EXIT_DONE && object_number(result, "taken") < (json_int_t)(length / 2 + 1))
        code = command_fail(EXIT_HIVE, "the console took %" PRId64 " bytes: nobody reads it",
                            (int64_t)object_number(result, "taken"));
    if (code == EXIT_DONE || code == EXIT_HIVE) json_decref(result);
    remote_close(&remote);
    return code;
}

static int run_sleep(struct shell *shell, int argc, char **argv) {
    char *end = NULL;
    unsigned long ms = argc == 2 ? strtoul(argv[1], &end, 10) : 0;
    if (!end || end == argv[1] || *end != '\0' || ms > INT32_MAX) return wants("sleep");
    (void)shell_wait(shell, -1, (int)ms);
    return EXIT_DONE;
}

static int run_wait(struct shell *shell, int argc, char **argv) {
    enum { WAIT_MS = 10000 };
    uint64_t wait_ms = WAIT_MS;
    struct command_words words;
    const struct command_option options[] = {{"--wait", OPTION_NUMBER, &wait_ms}};
    if (!COMMAND_OPTIONS(argc, argv, options, &words)) return EXIT_USAGE;
    if (words.count == 0) return wants("wait");
    if (!event_named(words.word[0]))
        return command_fail(EXIT_USAGE, "no event \"%s\"; docs/EVENTS.md lists them", words.word[0]);
    return shell_wait_event(shell, words.word[0], words.word + 1, words.count - 1, wait_ms);
}

/* ---- names from elsewhere */

static const char no_debugger[] = "hives have no debugger yet; `run --board mps2 --gdb ADDRESS` lets one in";

/* What a name stands for, up to three words; or why nothing does. */
static const struct alias {
    const char *name, *word[3], *why;
} aliases[] = {
    {"bp", {NULL}, no_debugger},
    {"cmd", {"command"}, NULL},
    {"cmd.call", {"command", "call"}, NULL},
    {"cmd.list", {"command", "ls"}, NULL},
    {"dbg", {NULL}, no_debugger},
    {"dmesg", {"events", "--once"}, NULL},
    {"dumpregs", {NULL}, "registers are shown of a task that trapped: `blackbox`; hives have no debugger yet"},
    {"info", {"call", "hive.info"}, NULL},
    {"list", {"ps"}, NULL},
    {"mbox", {"mailbox", "ls"}, NULL},
    {"memory", {NULL}, no_debugger},
    {"peek", {NULL}, no_debugger},
    {"poke", {NULL}, no_debugger},
    {"prov", {NULL}, "`load FILE` brings an artifact, `ps` and `events` tell what became of it"},
    {"prov load", {"load"}, NULL},
    {"prov status", {"ps"}, NULL},
    {"quit", {"exit"}, NULL},
    {"restart", {"hive", "restart"}, NULL},
    {"savefiles", {"save"}, NULL},
    {"session", {"call", "session.list"}, NULL},
    {"shutdown", {"hive", "shutdown"}, NULL},
    {"stack", {NULL}, "a call stack is shown of a task that trapped: `blackbox`; hives have no debugger yet"},
    {"start_auto", {"call", "hive.go"}, NULL},
    {"stdio", {"listen", "console"}, NULL},
    {"stop_auto", {"call", "hive.stop"}, NULL},
    {"sym", {"inspect", "--functions"}, NULL},
    {"symbols", {"inspect", "--functions"}, NULL},
    {"val", {"value"}, NULL},
    {"val watch", {"value", "get", "--watch"}, NULL},
    {"val.get", {"value", "get"}, NULL},
    {"val.list", {"value", "ls"}, NULL},
    {"val.set", {"value", "set"}, NULL},
    {"watch", {"value", "get", "--watch"}, NULL},
};

static const struct alias *alias_named(const char *name) {
    for (size_t i = 0; i < sizeof aliases / sizeof *aliases; i++)
        if (strcmp(aliases[i].name, name) == 0) return &aliases[i];
    return NULL;
}

/* A name of two words wins over its first; *count says how many there are. */
static const struct alias *find_alias(const struct shell_words *words, size_t *count) {
    char both[SHELL_LINE_BYTES];
    snprintf(both, sizeof both, "%s %s", words->word[0], words->count > 1 ? words->word[1] : "");
    const struct alias *alias = alias_named(both);
    *count = alias ? 2 : 1;
    return alias ? alias : alias_named(words->word[0]);
}

/* A command of that name wins. An operation's name stands for itself, called. */
bool shell_words_resolve(struct shell_words *words) {
    static const char *const call[] = {"call"};
    const char *name = words->word[0];
    size_t written;
    if (shell_command_named(name)) return true;
    const struct alias *alias = find_alias(words, &written);
    if (!alias) {
        if (operation_named(name)) shell_words_begin_with(words, call, 1);
        return true;
    }
    if (alias->why) return command_note("%s: %s", name, alias->why), false;
    size_t count = 0;
    while (count < sizeof alias->word / sizeof *alias->word && alias->word[count]) count++;
    words->count -= written;
    memmove(words->word, words->word + written, (words->count + 1) * sizeof *words->word);
    shell_words_begin_with(words, alias->word, count);
    return true;
}

void shell_names_complete(const char *begin, struct complete_list *list) {
    size_t count;
    const struct command *commands = command_table(&count);
    for (size_t i = 0; i < count; i++) complete_add(list, begin, commands[i].name);
    for (size_t i = 0; i < sizeof builtins / sizeof *builtins; i++) complete_add(list, begin, builtins[i].command.name);
    for (size_t i = 0; i < sizeof aliases / sizeof *aliases; i++)
        if (!aliases[i].why && !strchr(aliases[i].name, ' ')) complete_add(list, begin, aliases[i].name);
    for (const struct operation_name *row = operation_names; row->name && strchr(begin, '.'); row++)
        complete_add(list, begin, row->name);
}

/* ---- help */

static void list_names(void) {
    size_t count;
    const struct command *commands = command_table(&count);
    for (size_t i = 0; i < count; i++)
        printf("  %-10s %.*s\n", commands[i].name, (int)help_summary(commands[i].help).length, commands[i].help);
    puts("\nof the shell:");
    for (size_t i = 0; i < sizeof builtins / sizeof *builtins; i++) {
        const struct command *command = &builtins[i].command;
        printf("  %-10s %.*s\n", command->name, (int)help_summary(command->help).length, command->help);
    }
    puts("\nother names for them:");
    for (size_t i = 0; i < sizeof aliases / sizeof *aliases; i++) {
        const struct alias *alias = &aliases[i];
        if (alias->why) continue;
        printf("  %-11s %s%s%s%s%s\n", alias->name, alias->word[0], alias->word[1] ? " " : "",
               alias->word[1] ? alias->word[1] : "", alias->word[2] ? " " : "", alias->word[2] ? alias->word[2] : "");
    }
    puts("\n`help NAME` says more. An operation's name asks the hive: hive.info, task.kill pid=3.");
}

static void print_operation(const struct operation_name *row) {
    printf("%s", row->name);
    for (size_t i = 0; i < row->parameters.count; i++) printf(" %s=", row->parameters.field[i].name);
    printf("\n\n%s\n", row->text);
}

int shell_help(const char *topic) {
    if (!topic) return list_names(), EXIT_DONE;
    const struct command *command = shell_command_named(topic);
    const struct alias *alias = command ? NULL : alias_named(topic);
    const struct operation_name *operation = operation_named(topic);
    if (alias && alias->why) {
        printf("%s: %s\n", topic, alias->why);
        return EXIT_DONE;
    }
    if (alias) command = shell_command_named(alias->word[0]);
    if (command)
        printf("%s %s\n\n%s", command->name, command->usage, command->help);
    else if (operation)
        print_operation(operation);
    else
        return command_fail(EXIT_USAGE, "no command \"%s\"; `help` lists them", topic);
    return EXIT_DONE;
}
