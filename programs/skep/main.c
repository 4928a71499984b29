/* skep: the command line. A command is a row here and a file of its name; parsing, usage and help come from the row. */
#include <stdio.h>
#include <string.h>

#include "programs/skep/command.h"
#include "programs/skep/help.h"
#include "programs/skep/nearest.h"

/* What every command that operates a hive can be told; see remote.h. */
#define REMOTE_HELP                                                                                                    \
    "  --to SOCKET  of the hive, ADDRESS:PORT, or a serial device, with :BAUD if not 115200; else SKEP_HIVE\n"         \
    "  --json  lines of JSON;  --token-file FILE  what a TCP connection must show\n"

/* X(name, usage, help). The help's first line is its summary; help.h says how the others are written, so that manual
 * pages and completion come from them too. A command's handler is command_<name>, declared in command.h. */
#define COMMANDS(X)                                                                                                    \
    X(blackbox, "FILE [FILE.cvm1 ...] [--json] | --to SOCKET [FILE.cvm1 ...] [--json]",                                \
      "show what a device kept of its faults, and its last events\n"                                                   \
      "Of a hive; or of FILE, which skep run --blackbox or skepd wrote. Faults of the artifacts that are named come "  \
      "with source lines.\n" REMOTE_HELP)                                                                              \
    X(build, "[FILE.c ...] [-o NAME.cvm1] [--key KEY.pem] [--debug] [-O...] [-D...] [-I...]",                          \
      "compile C or C++ into an artifact\n"                                                                            \
      "Without files: as skep.toml in this folder says. Writes NAME.cvm1, NAME.elf and NAME.map.\n"                    \
      "  -o FILE       where the artifact goes\n"                                                                      \
      "  --key FILE    sign with this private key\n"                                                                   \
      "  --debug       fuse nothing across line starts, allow a debugger\n"                                            \
      "  --settings FILE  read it in place of skep.toml\n"                                                             \
      "  -O -D -U -I -f -W -g -std=   passed on to the compiler\n")                                                    \
    X(call, "[OPERATION [NAME=VALUE ...]] --to SOCKET [--observer] [--json] < REQUESTS",                               \
      "ask a hive for any operation\n"                                                                                 \
      "Such as: skep call task.kill pid=3. Without words: what lines of JSON on stdin say.\n"                          \
      "A line: {\"version\": 1, \"operation\": \"task.list\", \"parameters\": {}}; docs/OPERATIONS.md lists them.\n"   \
      "  --observer  ask as one who changes nothing\n" REMOTE_HELP)                                                    \
    X(clock, "[free | limited | manual | virtual] [--rate N] [--burst N] [--turn N] --to SOCKET [--json]",             \
      "say how the time of a hive's tasks goes, and who may have a turn\n"                                             \
      "Prints it, after an order too; docs/TIME.md explains.\n"                                                        \
      "  free     the board's time, turns as they come\n"                                                              \
      "  limited  the same, but no more words a second than --rate\n"                                                  \
      "  manual   nobody runs and no time passes, but for skep step\n"                                                 \
      "  virtual  the words that run make the time; it jumps when all tasks wait\n"                                    \
      "  --rate N   limited: words a second; manual, virtual: words that make one, 10 million if not said\n"           \
      "  --burst N  limited: as many words can be saved up\n"                                                          \
      "  --turn N   a turn is exactly N instructions\n" REMOTE_HELP)                                                   \
    X(command, "ls [COMMAND] | call COMMAND [ARGUMENT ...] [--pin N] [--wait MS] [--watch] --to SOCKET [--json]",      \
      "list the commands that tasks offer, and have one run\n"                                                         \
      "COMMAND: a name, or GROUP.NUMBER as `ls` shows it. call waits for the result and prints it.\n"                  \
      "  --watch    ls: again each second, until it is interrupted\n"                                                  \
      "  --pin N    for a command that asks for one\n"                                                                 \
      "  --wait MS  no longer than that; 0: print the ticket that the event command.done will have\n"                  \
      "Behind the word -- a number may begin with a minus.\n" REMOTE_HELP)                                             \
    X(completion, "bash | words WORD ...",                                                                             \
      "print what makes a shell complete the commands of skep\n"                                                       \
      "For bash: source <(skep completion bash), or put what it prints into a file of bash-completion.\n"              \
      "  bash   the one shell that there is\n"                                                                         \
      "  words  what the last WORD could become, for the function that bash gets\n")                                   \
    X(config, "ls | get SETTING | set SETTING TEXT --to SOCKET [--json]",                                              \
      "show and change the settings of a hive\n"                                                                       \
      "TEXT is written as in its settings file. What is set lasts until the hive ends or reads the file again; what "  \
      "needs a restart is refused.\n" REMOTE_HELP)                                                                     \
    X(devices, "[SOCKET ...] [--json]",                                                                                \
      "find boards, emulators and hives, and say what answers there\n"                                                 \
      "Serial devices (ttyACM, ttyUSB), boards of skep sim, sockets of skepd and SKEP_HIVE; or those that are "        \
      "named.\n"                                                                                                       \
      "Each is asked what it is, which another device on a serial line may not understand.\n"                          \
      "  --json  lines of JSON\n")                                                                                     \
    X(disasm, "FILE.cvm1 [--source] [--function NAME]",                                                                \
      "list an artifact's bytecode as text\n"                                                                          \
      "One line a word: index, bits, mnemonic, operands. Names come from NAME.elf and NAME.map beside the artifact.\n" \
      "  --source         the source line before its words: run it where it was built\n"                               \
      "  --function NAME  that function alone\n")                                                                      \
    X(display, "--to SOCKET [--json]",                                                                                 \
      "show the operator's page of a hive\n"                                                                           \
      "Four lines, as a panel on the device shows them: name, state, link, a task, alarms.\n" REMOTE_HELP)             \
    X(events, "[EVENT ...] --to SOCKET [--since N] [--count N] [--once] [--console] [--json]",                         \
      "tell what happens in a hive\n"                                                                                  \
      "What is kept; then as it happens. EVENT: only those of that name.\n"                                            \
      "  --since N  only what followed event N, or which of it is gone\n"                                              \
      "  --once  end with the last event that is there;  --count N  end after N\n"                                     \
      "  --console  what tasks write, too;  --owner  not as an observer, who is the first to miss "                    \
      "events\n" REMOTE_HELP)                                                                                          \
    X(flash, "[FILE.cvm1 ... | --info] --to SOCKET [--slot N] [--replace] [--verify-only] [--json]",                   \
      "bring an artifact into a device that keeps it\n"                                                                \
      "A guest goes into a slot of a running hive, where it starts and stays over a reset; where a hive has no\n"      \
      "slots, into its memory. Firmware and key sets go to the bootloader: a hive that runs is told to leave for\n"    \
      "it, and started again behind firmware. Of firmware that is linked for several slots give all files; the one\n"  \
      "for the slot that does not run is taken. When the link breaks, the same again goes on where it was.\n"          \
      "  --slot N  that one, rather than a free one;  --replace  end the task of its name first\n"                     \
      "  --emergency  leave for the bootloader at once\n"                                                              \
      "  --verify-only  send nothing: say which slot holds these bytes\n"                                              \
      "  --info  say what answers there, and what is in its slots\n" REMOTE_HELP)                                      \
    X(help, "[TOPIC | exit] [--man | --man-pages FOLDER]",                                                             \
      "say what there is, what a command takes, or what an exit code means\n"                                          \
      "  exit  the exit codes\n"                                                                                       \
      "  --man  as the source of a manual page;  --man-pages FOLDER  write the pages of all commands\n")               \
    X(hive, "[state | safe | normal | hold | start | stop | go | restart | shutdown] --to SOCKET [--json]",            \
      "say how a hive is, and what it may start\n"                                                                     \
      "Prints the state, after an order too.\n"                                                                        \
      "  state   normal, degraded or safe, and why; whether guests start by themselves\n"                              \
      "  safe    nothing starts by itself before normal\n"                                                             \
      "  normal  somebody has seen why it was degraded or safe\n"                                                      \
      "  hold    no guest starts by itself;  start  those that wait or are held start now\n"                           \
      "  stop    emergency: every task stands still;  go  tasks that are resumed go on\n"                              \
      "  restart  every task ends, and the hive begins anew;  shutdown  it ends\n" REMOTE_HELP)                        \
    X(inspect, "[--json] [--functions] FILE.cvm1",                                                                     \
      "show what an artifact is, needs and asks for\n"                                                                 \
      "Sizes, worst stack, capabilities, sections, hashes and signature.\n"                                            \
      "  --functions   the stack that each function needs;  --json  for programs\n")                                   \
    X(keys, "new FILE.pem | show FILE | point FILE.pem OUT | install FLASHFILE FILE.pem ... [--role ROLE] [--only]",   \
      "make, show and install keys\n"                                                                                  \
      "  new      a private key in FILE.pem and its public half in FILE.pub.pem\n"                                     \
      "  show     key id and public point of a key; the trusted keys of a flash file\n"                                \
      "  point    the 64 bytes of a public key, as the end of a boot image has those of the root key\n"                \
      "  install  add public keys to the key region of a flash file, which is made if need be\n"                       \
      "  --role ROLES  what they may sign: guest (default), firmware, policy, patch, key-set, debug, with commas; or " \
      "any\n"                                                                                                          \
      "  --only   remove the keys that are there\n")                                                                   \
    X(kill, "PID --to SOCKET [--json]", "end a task of a hive\n" REMOTE_HELP)                                          \
    X(load, "FILE.cvm1 --to SOCKET [--json]",                                                                          \
      "send an artifact to a hive and tell its pid\n"                                                                  \
      "Refused: every reason is told.\n" REMOTE_HELP)                                                                  \
    X(logs, "--to SOCKET [--follow] [--since N] [--level LEVEL] [--task PID] [--keep LEVEL] [--json]",                 \
      "show what a hive and its guests logged\n"                                                                       \
      "What guests write line by line, and what the hive itself has to say: number, time, level, task and stream.\n"   \
      "  --follow  go on as lines come;  --since N  only what followed line N, or which of it is gone\n"               \
      "  --level LEVEL  these and worse: emergency, alert, critical, error, warning, notice, info, debug\n"            \
      "  --task PID  of this task alone\n"                                                                             \
      "  --keep LEVEL  log no more than these from now on, of all or of the task\n" REMOTE_HELP)                       \
    X(mailbox, "ls [MAILBOX] [--watch] --to SOCKET [--json]",                                                          \
      "list the mailboxes of a hive and what they counted\n"                                                           \
      "  --watch  again each second, until it is interrupted\n" REMOTE_HELP)                                           \
    X(pack,                                                                                                            \
      "firmware CODE.bin --address N --product N | keys KEY.pub.pem=ROLES ... ; --version V [--key KEY.pem] -o FILE",  \
      "make a firmware image or a key set for a bootloader\n"                                                          \
      "firmware: what is linked for a slot's address plus 512, from its vector table on (spec/image.md).\n"            \
      "keys: which keys a device trusts and for what (spec/keyset.md); signed by the root key.\n"                      \
      "  --address N   where the slot begins;  --product N  the board that it is for\n"                                \
      "  --version V   of firmware 1.2.0, of a key set a number above that of the last one\n"                          \
      "  --security N  of firmware: never goes down on a device;  --trial S  seconds until it may be confirmed (10)\n" \
      "  --name NAME   else firmware or keys;  --key FILE  sign it;  -o FILE  where it goes\n")                        \
    X(pause, "PID --to SOCKET [--json]", "let a task of a hive stand still\n" REMOTE_HELP)                             \
    X(profile, "[PID | all] [FILE.cvm1 ...] [--period N] [--ms N] [--lines] [--watch] --to SOCKET [--json]",           \
      "say what the tasks of a hive use, or where their words go\n"                                                    \
      "Without a pid: fuel, calls, memory, and how deep the stacks have been, of each task.\n"                         \
      "With one: samples, by function, of the artifacts that are named; else by word.\n"                               \
      "  all          of all tasks\n"                                                                                  \
      "  --period N   a sample every N words;  --ms N  look for so long, a second if not said\n"                       \
      "  --lines      by source line\n"                                                                                \
      "  --watch      what tasks use, again each second\n" REMOTE_HELP)                                                \
    X(ps, "--to SOCKET [--json] [--watch]",                                                                            \
      "list the tasks of a hive\n"                                                                                     \
      "A table that is wider than the terminal (COLUMNS) loses columns, then ends of names.\n"                         \
      "  --watch  again each second, until it is interrupted\n" REMOTE_HELP)                                           \
    X(resume, "PID --to SOCKET [--json]", "let a paused task go on, or a quarantined one begin anew\n" REMOTE_HELP)    \
    X(run, "FILE... [--board sim|mps2] [--fuel N] [--timeout MS] [--script FILE] [--pins] ...",                        \
      "run artifacts or C sources, sandboxed\n"                                                                        \
      "Ends with the guest's status; `skep help exit` lists what else. Several files run side by side.\n"              \
      "  --board sim|mps2  a simulated board, which is the default; or the emulated Cortex-M4\n"                       \
      "  --timeout MS     end after so much of the board's time\n"                                                     \
      "  --real-time      the board's clock goes as fast as yours\n"                                                   \
      "  --pins           draw what the pins did;  --pins-csv FILE  write it\n"                                        \
      "  --key FILE       trust this key alone;  --flash FILE  trust the keys of this flash file\n"                    \
      "on sim:\n"                                                                                                      \
      "  --fuel N         end a guest that has used N words\n"                                                         \
      "  --script FILE    what the world does to the board (docs/SIM.md)\n"                                            \
      "  --display        draw the operator's display; --real-time: whenever it changes\n"                             \
      "  --profile        where the words went, by function, when it is over\n"                                        \
      "  --grant ROW      grant no more than these rows, such as \"gpio output 13\"\n"                                 \
      "  --deny ROW       grant all but these\n"                                                                       \
      "  --blackbox FILE  keep there what ends guests, for skep blackbox\n"                                            \
      "  --files FOLDER   keep the guests' files there, each guest's in a folder of its own\n"                         \
      "  --state FILE     keep persistent values there, for the next run and for skep store\n"                         \
      "  --restarts N     restart up to N times as the artifact says;  --seed N  of the random numbers\n"              \
      "on mps2:\n"                                                                                                     \
      "  --reports FILE   keep the firmware's reports;  --gdb ADDRESS  let a debugger in\n"                            \
      "for sources:\n"                                                                                                 \
      "  --debug -O -D -I -f -g -std=   as for build\n")                                                               \
    X(sched, "[PID --priority N] [--trace] [--keep N] [--watch] --to SOCKET [--json]",                                 \
      "say how the tasks of a hive had their turns\n"                                                                  \
      "  --watch       again each second, until it is interrupted\n"                                                   \
      "  --keep N      have the hive remember the newest N switches; 0: none\n"                                        \
      "  --trace       show those: who got the processor from whom, when, and why\n"                                   \
      "  --priority N  give that task another one first; 0 is the highest\n" REMOTE_HELP)                              \
    X(shell, "[--to SOCKET] [-x FILE] [--keep-going] [--events] [--console] [--json]",                                 \
      "operate a hive, line by line, on one session\n"                                                                 \
      "The commands of skep without the word skep, any operation by its name, and what `help` lists there.\n"          \
      "At a terminal: history, completion, and what happens in the hive between the prompts.\n"                        \
      "  -x FILE  run the lines of FILE; else those on stdin. It ends with the status of the first that fails\n"       \
      "  --keep-going  with the other lines after one that failed\n"                                                   \
      "  --events  tell events of the hive;  --console  what tasks write: as at a terminal\n" REMOTE_HELP)             \
    X(sign, "--key KEY.pem FILE.cvm1 [-o FILE]",                                                                       \
      "sign an artifact\n"                                                                                             \
      "Replaces the signature in place, or writes a signed copy.\n"                                                    \
      "  --key FILE  the private key;  -o FILE  where the copy goes\n")                                                \
    X(sim, "board | reset | off | on | quit [--name NAME] [--flash FILE]",                                             \
      "run the emulated board, and press its buttons\n"                                                                \
      "board runs it until quit and prints the path of its link, for --to. Beside it are reports, what the firmware\n" \
      "tells, and serial, the guests' own line. The buttons work as lines of its input, too.\n"                        \
      "  board  run it;  reset  begin anew, memory stays;  off  cut its power;  on  give it back;  quit  put it "      \
      "away\n"                                                                                                         \
      "  --flash FILE  what it keeps without power: board.flash, which is made if need be\n"                           \
      "  --name NAME   of several boards\n")                                                                           \
    X(step, "PID [COUNT] | all [COUNT] [--turns] [--artifact FILE.cvm1] --to SOCKET [--json]",                         \
      "let a task of a hive, or all, go on by COUNT instructions, 1 if not said\n"                                     \
      "In the mode manual of skep clock; a paused task in every mode. Waits for the end and says how it was.\n"        \
      "  all      all tasks, by their turns; when none wants one, time goes on to what is next\n"                      \
      "  --turns  COUNT turns in place of instructions\n"                                                              \
      "  --artifact FILE  say where in the source the task is\n" REMOTE_HELP)                                          \
    X(store, "FILE [--json]",                                                                                          \
      "show the values that a device keeps in flash\n"                                                                 \
      "FILE is a flash file of the board mps2, or what skepd's setting state or skep run --state names. Changes "      \
      "nothing.\n"                                                                                                     \
      "  --json           one JSON object a line\n")                                                                   \
    X(trace, "PID | off --to SOCKET [--json]",                                                                         \
      "keep the branches that a task takes\n"                                                                          \
      "It runs word by word then, and no other task does. A fault of it comes into the blackbox with the branches "    \
      "that it took last.\n"                                                                                           \
      "  off  no task\n" REMOTE_HELP)                                                                                  \
    X(value, "ls [VALUE] | get VALUE | set VALUE NUMBER [--pin N] [--watch] --to SOCKET [--json]",                     \
      "list, read and set the values that tasks offer\n"                                                               \
      "VALUE: a name, or GROUP.NUMBER as `ls` shows it. A bool is false or true.\n"                                    \
      "  --watch  ls and get: again each second, until it is interrupted\n"                                            \
      "  --pin N  for a value that asks for one\n"                                                                     \
      "Behind the word -- a number may begin with a minus.\n" REMOTE_HELP)                                             \
    X(verify, "FILE.cvm1 [--key PUBLIC.pem | --flash FLASHFILE]",                                                      \
      "check an artifact as a device would\n"                                                                          \
      "Format, section hashes, bytecode, declared stack; and the signature:\n"                                         \
      "  --key FILE     it is by this key\n"                                                                           \
      "  --flash FILE   it is by a key that this flash trusts for artifacts of its type\n")

#define COMMAND_ROW(name, usage, help) {#name, usage, help, command_##name},
static const struct command commands[] = {COMMANDS(COMMAND_ROW)};
#undef COMMAND_ROW

const struct command *command_table(size_t *count) {
    *count = sizeof commands / sizeof *commands;
    return commands;
}

const struct command *command_named(const char *name) {
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        if (strcmp(commands[i].name, name) == 0) return &commands[i];
    return NULL;
}

/* `skep --help`, `skep -h` and `skep run --help` are `skep help` and `skep help run`. */
static int help(const char *topic) {
    char *words[] = {(char *)(uintptr_t)"help", (char *)(uintptr_t)topic, NULL};
    return command_help(topic ? 2 : 1, words);
}

int command_perform(int argc, char **argv) {
    const struct command *command = command_named(argv[0]);
    if (command) return command->handler(argc, argv);
    struct nearest nearest = nearest_to(argv[0]);
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) nearest_try(&nearest, commands[i].name);
    if (nearest.name)
        return command_fail(EXIT_USAGE, "no command \"%s\"; do you mean %s? see: skep help", argv[0], nearest.name);
    return command_fail(EXIT_USAGE, "no command \"%s\"; see: skep help", argv[0]);
}

int main(int argc, char **argv) {
    if (argc < 2) {
        help_list_commands(stderr);
        return EXIT_USAGE;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) return help(argc > 2 ? argv[2] : NULL);
    if (argc > 2 && strcmp(argv[2], "--help") == 0) return help(argv[1]);
    int code = command_perform(argc - 1, argv + 1);
    if ((fflush(stdout) != 0 || ferror(stdout)) && code == EXIT_DONE)
        return command_fail(EXIT_CANNOT_WRITE, "standard output cannot be written");
    return code;
}
