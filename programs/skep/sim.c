/* skep sim: the emulated board for people without hardware: its flash is a file that stays, its serial lines are
 * terminals in a folder, and it has buttons that are pressed by name. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include "device/port/mps2_an386/flash_map.h"
#include "programs/skep/board_folder.h"
#include "programs/skep/command.h"
#include "programs/skep/emulator.h"
#include "programs/skep/input.h"

enum { LINES = 3, PIECE_BYTES = 4096, HANGUP_MS = 20, ENDING_MS = 300, EXIT_INTERRUPTED = 130 };

/* A UART of the board and the terminal that people see of it. */
struct wire {
    const char *name;
    int terminal;             /* its master */
    uint8_t out[PIECE_BYTES]; /* of the board, not yet taken by the terminal */
    size_t out_at, out_end;
};

struct sim {
    const char *name, *flash;
    char folder[BOARD_FOLDER_BYTES], firmware[EMULATOR_PATH_BYTES];
    struct wire wire[LINES];
    struct emulator emulator;
    bool is_on, ends;
    int buttons, interrupts;
    char word[64];
    size_t word_bytes;
};

/* ---- what it is made of */

static int make_flash(const char *path) {
    struct stat state;
    if (stat(path, &state) == 0) {
        if (state.st_size == FLASH_BYTES) return EXIT_DONE;
        return command_fail(EXIT_ARTIFACT, "%s: a flash file of this board has %d bytes, not %lld", path, FLASH_BYTES,
                            (long long)state.st_size);
    }
    uint8_t *const blank = malloc(FLASH_BYTES);
    if (!blank) abort();
    memset(blank, 0xff, FLASH_BYTES);
    const enum status status = file_write(path, blank, FLASH_BYTES, 0600);
    free(blank);
    if (status != ST_OK) return command_fail(EXIT_CANNOT_WRITE, "%s: %s", path, strerror(errno));
    command_note("%s is new and trusts nobody: skep keys install %s KEY.pub.pem", path, path);
    return EXIT_DONE;
}

static int make_folder(struct sim *sim) {
    char root[BOARD_FOLDER_BYTES];
    board_folder_root(root);
    if (!board_folder_named(sim->name, sim->folder))
        return command_fail(EXIT_USAGE, "--name: %s is no name for a board", sim->name);
    if ((mkdir(root, 0700) != 0 && errno != EEXIST) || (mkdir(sim->folder, 0700) != 0 && errno != EEXIST))
        return command_fail(EXIT_CANNOT_WRITE, "%s: %s", sim->folder, strerror(errno));
    return EXIT_DONE;
}

/* The slave is closed again: nobody holds it until somebody wants to talk to the board. */
static int make_terminal(const struct sim *sim, struct wire *wire) {
    struct termios settings;
    char path[BOARD_PATH_BYTES];
    board_folder_file(sim->folder, wire->name, path);
    wire->terminal = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK);
    bool good = wire->terminal >= 0 && grantpt(wire->terminal) == 0 && unlockpt(wire->terminal) == 0 &&
                tcgetattr(wire->terminal, &settings) == 0;
    if (good) {
        cfmakeraw(&settings);
        good = tcsetattr(wire->terminal, TCSANOW, &settings) == 0;
    }
    (void)unlink(path);
    good = good && symlink(ptsname(wire->terminal), path) == 0;
    if (!good) return command_fail(EXIT_CANNOT_WRITE, "%s: %s", path, strerror(errno));
    const int slave = open(path, O_RDWR | O_NOCTTY | O_CLOEXEC); /* once, so that its end is seen */
    if (slave >= 0) close(slave);
    return EXIT_DONE;
}

/* Locked by whoever runs the board. */
static int make_buttons(struct sim *sim) {
    char path[BOARD_PATH_BYTES];
    board_folder_file(sim->folder, "buttons", path);
    if (mkfifo(path, 0600) != 0 && errno != EEXIST)
        return command_fail(EXIT_CANNOT_WRITE, "%s: %s", path, strerror(errno));
    sim->buttons = open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC);
    if (sim->buttons < 0) return command_fail(EXIT_CANNOT_WRITE, "%s: %s", path, strerror(errno));
    if (flock(sim->buttons, LOCK_EX | LOCK_NB) == 0) return EXIT_DONE;
    return command_fail(EXIT_CANNOT_WRITE, "a board of the name %s runs already; --name gives this one another",
                        sim->name);
}

static void take_away(struct sim *sim) {
    static const char *const files[] = {"link", "reports", "serial", "buttons"};
    char path[BOARD_PATH_BYTES];
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        board_folder_file(sim->folder, files[i], path);
        (void)unlink(path);
    }
    (void)rmdir(sim->folder);
}

/* ---- buttons */

static int power_on(struct sim *sim) {
    const struct emulator_options options = {
        .firmware = sim->firmware, .flash = sim->flash, .waits = true, .all_lines = true};
    if (sim->is_on) return EXIT_DONE;
    const int code = emulator_start(&options, &sim->emulator);
    sim->is_on = code == EXIT_DONE;
    for (size_t i = 0; i < LINES; i++) sim->wire[i].out_at = sim->wire[i].out_end = 0;
    return code;
}

/* As when the power fails: at whatever instruction it is. What is in the flash file stays. */
static void power_off(struct sim *sim) {
    if (sim->is_on) emulator_end(&sim->emulator);
    sim->is_on = false;
}

static void reset(const struct sim *sim) {
    static const char order[] = "system_reset\n";
    if (sim->is_on && write(sim->emulator.monitor, order, sizeof order - 1) < 0) command_note("it cannot be reset");
}

static int press(struct sim *sim, const char *word) {
    int code = EXIT_DONE;
    if (strcmp(word, "reset") == 0)
        reset(sim);
    else if (strcmp(word, "off") == 0)
        power_off(sim);
    else if (strcmp(word, "on") == 0)
        code = power_on(sim);
    else if (strcmp(word, "quit") == 0)
        sim->ends = true;
    else if (word[0] != '\0')
        command_note("%s is no button; there are reset, off, on and quit", word);
    return code;
}

static int read_buttons(struct sim *sim, int file) {
    char bytes[sizeof sim->word];
    int code = EXIT_DONE;
    const ssize_t length = read(file, bytes, sizeof bytes);
    if (length == 0 && file == STDIN_FILENO) return EXIT_DONE;
    for (ssize_t i = 0; i < length && code == EXIT_DONE; i++) {
        if (bytes[i] == '\n') {
            sim->word[sim->word_bytes] = '\0';
            sim->word_bytes = 0;
            code = press(sim, sim->word);
        } else if (sim->word_bytes + 1 < sizeof sim->word) {
            sim->word[sim->word_bytes++] = bytes[i];
        }
    }
    return code;
}

/* ---- lines */

static bool has_reader(const struct wire *wire) {
    struct pollfd state = {.fd = wire->terminal};
    return poll(&state, 1, 0) >= 0 && (state.revents & POLLHUP) == 0;
}

/* What nobody reads is gone, as on a wire; what somebody reads holds the board up when it is not read fast enough. */
static void to_terminal(struct wire *wire) {
    while (wire->out_at < wire->out_end) {
        const ssize_t length = write(wire->terminal, wire->out + wire->out_at, wire->out_end - wire->out_at);
        if (length < 0 && errno == EAGAIN && has_reader(wire)) return;
        wire->out_at = length < 0 ? wire->out_end : wire->out_at + (size_t)length;
    }
}

/* False: the board's end is gone. */
static bool from_board(struct wire *wire, int board) {
    const ssize_t length = read(board, wire->out, sizeof wire->out);
    if (length <= 0) return length < 0 && (errno == EINTR || errno == EAGAIN);
    wire->out_at = 0;
    wire->out_end = (size_t)length;
    if (!has_reader(wire)) wire->out_at = wire->out_end;
    to_terminal(wire);
    return true;
}

static void from_terminal(const struct wire *wire, int board) {
    uint8_t bytes[PIECE_BYTES];
    const ssize_t length = read(wire->terminal, bytes, sizeof bytes);
    for (ssize_t at = 0; at < length && board >= 0;) {
        const ssize_t sent = write(board, bytes + at, (size_t)(length - at));
        if (sent <= 0) return;
        at += sent;
    }
}

static int board_end(const struct sim *sim, size_t line) {
    const int ends[LINES] = {sim->emulator.console, sim->emulator.reports, sim->emulator.serial};
    return sim->is_on ? ends[line] : -1;
}

/* Files 0 to 2: the board's ends; 3 to 5: the terminals; then the buttons, the keyboard and the signals. A terminal
 * that nobody has open is left out: it would say so without end. */
enum { FILE_TERMINAL = LINES, FILE_BUTTONS = 2 * LINES, FILE_KEYBOARD, FILE_SIGNALS, FILE_MONITOR, FILES };

static void list_files(const struct sim *sim, struct pollfd files[FILES]) {
    for (size_t i = 0; i < LINES; i++) {
        const struct wire *wire = &sim->wire[i];
        const bool is_full = wire->out_at < wire->out_end, is_read = has_reader(wire);
        files[i] = (struct pollfd){.fd = is_full ? -1 : board_end(sim, i), .events = POLLIN};
        files[FILE_TERMINAL + i] =
            (struct pollfd){.fd = is_read ? wire->terminal : -1, .events = (short)(POLLIN | (is_full ? POLLOUT : 0))};
    }
    files[FILE_BUTTONS] = (struct pollfd){.fd = sim->buttons, .events = POLLIN};
    files[FILE_KEYBOARD] = (struct pollfd){.fd = isatty(STDIN_FILENO) ? STDIN_FILENO : -1, .events = POLLIN};
    files[FILE_SIGNALS] = (struct pollfd){.fd = sim->interrupts, .events = POLLIN};
    files[FILE_MONITOR] = (struct pollfd){.fd = sim->is_on ? sim->emulator.monitor : -1, .events = POLLIN};
}

static int relay(struct sim *sim) {
    struct pollfd files[FILES];
    int code = EXIT_DONE;
    while (!sim->ends && code == EXIT_DONE) {
        list_files(sim, files);
        if (poll(files, FILES, HANGUP_MS) < 0 && errno != EINTR) break;
        for (size_t i = 0; i < LINES; i++) {
            struct wire *wire = &sim->wire[i];
            if (files[FILE_TERMINAL + i].revents & POLLIN) from_terminal(wire, board_end(sim, i));
            to_terminal(wire);
            if (files[i].revents && !from_board(wire, files[i].fd)) {
                power_off(sim);
                return command_fail(EXIT_UNAVAILABLE, "the emulator has ended by itself");
            }
        }
        char ignored[PIECE_BYTES];
        if (files[FILE_MONITOR].revents) (void)!read(files[FILE_MONITOR].fd, ignored, sizeof ignored);
        if (files[FILE_SIGNALS].revents) sim->ends = true;
        if (files[FILE_BUTTONS].revents & POLLIN) code = read_buttons(sim, sim->buttons);
        if (files[FILE_KEYBOARD].revents && code == EXIT_DONE) code = read_buttons(sim, STDIN_FILENO);
    }
    return code;
}

/* ---- the command */

static int catch_interrupts(void) {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    sigprocmask(SIG_BLOCK, &signals, NULL);
    return signalfd(-1, &signals, SFD_CLOEXEC);
}

static int run_board(struct sim *sim) {
    static const char *const names[LINES] = {"link", "reports", "serial"};
    int code = emulator_firmware(sim->firmware);
    if (code == EXIT_DONE) code = make_flash(sim->flash);
    if (code == EXIT_DONE) code = make_folder(sim);
    if (code == EXIT_DONE) code = make_buttons(sim);
    if (code != EXIT_DONE) return code;
    for (size_t i = 0; i < LINES && code == EXIT_DONE; i++) {
        sim->wire[i].name = names[i];
        code = make_terminal(sim, &sim->wire[i]);
    }
    sim->interrupts = catch_interrupts();
    if (code == EXIT_DONE) code = power_on(sim);
    if (code == EXIT_DONE) {
        printf("%s/link\n", sim->folder);
        fflush(stdout);
        command_note("skep ps --to %s/link; buttons: reset, off, on, quit", sim->folder);
        code = relay(sim);
    }
    power_off(sim);
    take_away(sim);
    return code;
}

static int press_from_outside(const char *name, const char *button) {
    char folder[BOARD_FOLDER_BYTES], path[BOARD_PATH_BYTES];
    if (!board_folder_named(name, folder)) return command_fail(EXIT_USAGE, "--name: %s is no name for a board", name);
    board_folder_file(folder, "buttons", path);
    const int file = open(path, O_WRONLY | O_NONBLOCK | O_CLOEXEC);
    if (file < 0) return command_fail(EXIT_LINK, "no board of the name %s runs; skep sim board starts one", name);
    const bool good = dprintf(file, "%s\n", button) > 0;
    close(file);
    return good ? EXIT_DONE : command_fail(EXIT_LINK, "%s: %s", path, strerror(errno));
}

int command_sim(int argc, char **argv) {
    static struct sim sim;
    static const char *const buttons[] = {"reset", "off", "on", "quit"};
    struct command_words words;
    sim.name = "board";
    sim.flash = "board.flash";
    const struct command_option options[] = {{"--name", OPTION_TEXT, &sim.name}, {"--flash", OPTION_TEXT, &sim.flash}};
    if (!COMMAND_OPTIONS(argc, argv, options, &words)) return EXIT_USAGE;
    const char *word = words.count == 1 ? words.word[0] : "";
    if (strcmp(word, "board") == 0) return run_board(&sim);
    for (size_t i = 0; i < sizeof buttons / sizeof *buttons; i++) {
        if (strcmp(word, buttons[i]) == 0) return press_from_outside(sim.name, word);
    }
    return command_fail(EXIT_USAGE, "sim takes board, reset, off, on or quit; see: skep help sim");
}
