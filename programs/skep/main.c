/* skep: the command line. A command is a row here and a file of its name; parsing, usage and help come from the row. */
#include <stdio.h>
#include <string.h>

#include "programs/skep/command.h"

/* X(name, usage, help). The help's first line is its summary. A command's handler is command_<name>, declared in
 * command.h. */
#define COMMANDS(X)                                                                                                    \
    X(blackbox, "[--json] FILE [FILE.cvm1 ...]",                                                                       \
      "show what a device kept of its faults\n"                                                                        \
      "FILE is what skep run --blackbox wrote. Faults of the artifacts that are named come with source lines.\n")      \
    X(build, "[FILE.c ...] [-o NAME.cvm1] [--key KEY.pem] [--debug] [-O...] [-D...] [-I...]",                          \
      "compile C or C++ into an artifact\n"                                                                            \
      "Without files: as skep.toml in this folder says. Writes NAME.cvm1, NAME.elf and NAME.map.\n"                    \
      "  -o FILE       where the artifact goes\n"                                                                      \
      "  --key FILE    sign with this private key\n"                                                                   \
      "  --debug       fuse nothing across line starts, allow a debugger\n"                                            \
      "  --settings F  read F in place of skep.toml\n"                                                                 \
      "  -O -D -I -f -W -g -std=   passed on to the compiler\n")                                                       \
    X(call, "--to SOCKET [--observer] < REQUESTS",                                                                     \
      "ask a hive what lines of JSON on stdin say\n"                                                                   \
      "A line: {\"version\": 1, \"operation\": \"task.list\", \"parameters\": {}}; docs/OPERATIONS.md lists them.\n"   \
      "  --to SOCKET  of the hive, or ADDRESS:PORT; else SKEP_HIVE of the environment\n"                               \
      "  --json  lines of JSON;  --token-file FILE  what a TCP connection must show\n")                                \
    X(disasm, "FILE.cvm1 [--source] [--function NAME]",                                                                \
      "list an artifact's bytecode as text\n"                                                                          \
      "One line a word: index, bits, mnemonic, operands. Names come from NAME.elf and NAME.map beside the artifact.\n" \
      "  --source         the source line before its words: run it where it was built\n"                               \
      "  --function NAME  that function alone\n")                                                                      \
    X(events, "--to SOCKET [--since N] [--count N] [--once] [--console] [--json]",                                     \
      "tell what happens in a hive\n"                                                                                  \
      "From what is kept, or behind event N; then as it happens.\n"                                                    \
      "  --once  end with the last event that is there;  --count N  end after N\n"                                     \
      "  --console  what tasks write, too;  --owner  not as an observer, who is the first to miss events\n"            \
      "  --to SOCKET  of the hive, or ADDRESS:PORT; else SKEP_HIVE of the environment\n"                               \
      "  --json  lines of JSON;  --token-file FILE  what a TCP connection must show\n")                                \
    X(inspect, "[--json] [--functions] FILE.cvm1",                                                                     \
      "show what an artifact is, needs and asks for\n"                                                                 \
      "Sizes, worst stack, capabilities, sections, hashes and signature, for people or (--json) for programs.\n"       \
      "  --functions   the stack that each function needs\n")                                                          \
    X(keys, "new FILE.pem | show FILE | install FLASHFILE FILE.pem ... [--role ROLE] [--only]",                        \
      "make, show and install keys\n"                                                                                  \
      "  new      a private key in FILE.pem and its public half in FILE.pub.pem\n"                                     \
      "  show     key id and public point of a key; the trusted keys of a flash file\n"                                \
      "  install  add public keys to the key region of a flash file, which is made if need be\n"                       \
      "  --role   what they may sign: guest (default), firmware, policy, patch, key-set, with commas; or any\n"        \
      "  --only   remove the keys that are there\n")                                                                   \
    X(kill, "PID --to SOCKET [--json]",                                                                                \
      "end a task of a hive\n"                                                                                         \
      "  --to SOCKET  of the hive, or ADDRESS:PORT; else SKEP_HIVE of the environment\n"                               \
      "  --json  lines of JSON;  --token-file FILE  what a TCP connection must show\n")                                \
    X(load, "FILE.cvm1 --to SOCKET [--json]",                                                                          \
      "send an artifact to a hive and tell its pid\n"                                                                  \
      "Refused: every reason is told.\n"                                                                               \
      "  --to SOCKET  of the hive, or ADDRESS:PORT; else SKEP_HIVE of the environment\n"                               \
      "  --json  lines of JSON;  --token-file FILE  what a TCP connection must show\n")                                \
    X(pause, "PID --to SOCKET [--json]",                                                                               \
      "let a task of a hive stand still\n"                                                                             \
      "  --to SOCKET  of the hive, or ADDRESS:PORT; else SKEP_HIVE of the environment\n"                               \
      "  --json  lines of JSON;  --token-file FILE  what a TCP connection must show\n")                                \
    X(ps, "--to SOCKET [--json]",                                                                                      \
      "list the tasks of a hive\n"                                                                                     \
      "  --to SOCKET  of the hive, or ADDRESS:PORT; else SKEP_HIVE of the environment\n"                               \
      "  --json  lines of JSON;  --token-file FILE  what a TCP connection must show\n")                                \
    X(resume, "PID --to SOCKET [--json]",                                                                              \
      "let a paused task go on, or a quarantined one begin anew\n"                                                     \
      "  --to SOCKET  of the hive, or ADDRESS:PORT; else SKEP_HIVE of the environment\n"                               \
      "  --json  lines of JSON;  --token-file FILE  what a TCP connection must show\n")                                \
    X(run, "FILE... [--board sim|mps2] [--fuel N] [--timeout MS] [--script FILE] [--pins] ...",                        \
      "run artifacts or C sources, sandboxed\n"                                                                        \
      "Ends with the guest's status; `skep help exit` lists what else. Several files run side by side.\n"              \
      "  --board B        sim (default): a simulated board; mps2: the emulated Cortex-M4\n"                            \
      "  --timeout MS     end after so much of the board's time\n"                                                     \
      "  --real-time      the board's clock goes as fast as yours\n"                                                   \
      "  --pins           draw what the pins did;  --pins-csv FILE  write it\n"                                        \
      "  --key FILE       trust this key alone;  --flash FILE  trust the keys of this flash file\n"                    \
      "on sim:\n"                                                                                                      \
      "  --fuel N         end a guest that has used N words\n"                                                         \
      "  --script FILE    what the world does to the board (docs/SIM.md)\n"                                            \
      "  --display        draw the operator's display; --real-time: whenever it changes\n"                             \
      "  --grant ROW      grant no more than these rows, such as \"gpio output 13\"\n"                                 \
      "  --deny ROW       grant all but these\n"                                                                       \
      "  --blackbox FILE  keep there what ends guests, for skep blackbox\n"                                            \
      "  --restarts N     restart up to N times as the artifact says;  --seed N  of the random numbers\n"              \
      "on mps2:\n"                                                                                                     \
      "  --reports FILE   keep the firmware's reports;  --gdb ADDRESS  let a debugger in\n"                            \
      "sources: --debug -O -D -I -f -g -std= as for build\n")                                                          \
    X(sign, "--key KEY.pem FILE.cvm1 [-o FILE]",                                                                       \
      "sign an artifact\n"                                                                                             \
      "Replaces the signature in place, or writes a signed copy to -o.\n")                                             \
    X(verify, "FILE.cvm1 [--key PUBLIC.pem | --flash FLASHFILE]",                                                      \
      "check an artifact as a device would\n"                                                                          \
      "Format, section hashes, bytecode, declared stack; and the signature:\n"                                         \
      "  --key     it is by this key\n"                                                                                \
      "  --flash   it is by a key that this flash trusts for artifacts of its type\n")

struct command {
    const char *name, *usage, *help;
    int (*handler)(int argc, char **argv);
};
#define COMMAND_ROW(name, usage, help) {#name, usage, help, command_##name},
static const struct command commands[] = {COMMANDS(COMMAND_ROW)};
#undef COMMAND_ROW

enum { COMMAND_COUNT = sizeof commands / sizeof *commands };

static const struct command *find_command(const char *name) {
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        if (strcmp(commands[i].name, name) == 0) return &commands[i];
    return NULL;
}

static void list_commands(FILE *to) {
    fputs("usage: skep COMMAND ...\n\n", to);
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        fprintf(to, "  %-8s %.*s\n", commands[i].name, (int)strcspn(commands[i].help, "\n"), commands[i].help);
    fputs("\n`skep help COMMAND` says more; `skep help exit` lists the exit codes.\n", to);
}

static void list_exit_codes(void) {
#define EXIT_CODE_PRINT(name, value, text) printf("%3d  %s\n", value, text);
    EXIT_CODES(EXIT_CODE_PRINT)
#undef EXIT_CODE_PRINT
}

static int help(const char *topic) {
    if (!topic) {
        list_commands(stdout);
        return EXIT_DONE;
    }
    if (strcmp(topic, "exit") == 0) {
        list_exit_codes();
        return EXIT_DONE;
    }
    const struct command *command = find_command(topic);
    if (!command) return command_fail(EXIT_USAGE, "no command \"%s\"; see: skep help", topic);
    printf("skep %s %s\n\n%s", command->name, command->usage, command->help);
    return EXIT_DONE;
}

int main(int argc, char **argv) {
    if (argc < 2) {
        list_commands(stderr);
        return EXIT_USAGE;
    }
    if (strcmp(argv[1], "help") == 0 || strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)
        return help(argc > 2 ? argv[2] : NULL);
    if (argc > 2 && strcmp(argv[2], "--help") == 0) return help(argv[1]);
    const struct command *command = find_command(argv[1]);
    if (!command) return command_fail(EXIT_USAGE, "no command \"%s\"; see: skep help", argv[1]);
    int code = command->handler(argc - 1, argv + 1);
    if ((fflush(stdout) != 0 || ferror(stdout)) && code == EXIT_DONE)
        return command_fail(EXIT_CANNOT_WRITE, "standard output cannot be written");
    return code;
}
