#include "programs/skep/run_mps2.h"

#include <errno.h>
#include <inttypes.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "core/trust/keys.h"
#include "device/port/mps2_an386/flash_map.h"
#include "programs/skep/command.h"
#include "programs/skep/emulator.h"
#include "programs/skep/input.h"
#include "programs/skep/kept_record.h"
#include "programs/skep/pin_timeline.h"
#include "programs/skep/report_line.h"
#include "programs/skep/signing.h"
#include "programs/skep/terminal.h"
#include "programs/skep/trap_report.h"

enum { RETURN_STACK_SHOWN_MAX = 64, LINE_BYTES_MAX = 4096, BOOT_LIMIT_MS = 30000, EXIT_INTERRUPTED = 130 };

struct run {
    const struct run_mps2 *request;
    struct emulator emulator;
    FILE *reports;
    struct pin_timeline pins;
    uint64_t now_us; /* the board's clock, as last heard */
    int code;
    uint32_t boots;                /* of this run */
    struct kept_artifacts kept_of; /* filled when the first record is told */
    size_t open;                   /* guests that have not ended */
    bool ended[RUN_MPS2_ARTIFACTS_MAX];
    bool input_open, escapes;
    struct terminal terminal;
    int interrupts; /* file of signals; -1: none could be had */
    char line[LINE_BYTES_MAX];
    size_t line_bytes;
};

/* ---- the flash file ---- */

static struct file_bytes blank_flash(void) {
    struct file_bytes flash = {.bytes = malloc(FLASH_BYTES + 1), .length = FLASH_BYTES};
    if (!flash.bytes) abort();
    memset(flash.bytes, 0xff, flash.length);
    return flash;
}

static int install_key(const struct host_key *key, uint8_t *region, const char *path) {
    struct keys_entry entries[KEYS_MAX + 1];
    struct artifact_fault fault;
    uint32_t count;
    const struct trust_key trusted = host_key_public(key);
    if (keys_check(region, KEYS_REGION_BYTES, &count, &fault) != ST_OK) return input_refuse(EXIT_KEY, path, &fault);
    for (uint32_t i = 0; i < count; i++) {
        entries[i] = keys_entry_at(region, i);
        if (memcmp(&entries[i].key, &trusted, sizeof trusted) == 0) return EXIT_DONE;
    }
    entries[count] = (struct keys_entry){.roles = KEYS_GUEST, .key = trusted};
    if (count == KEYS_MAX || keys_encode(entries, count + 1, region) != ST_OK)
        return command_fail(EXIT_KEY, "%s: its key region takes no further key", path);
    return EXIT_DONE;
}

/* One artifact into its slot; signs the copy there when it is unsigned, with *development, made when first needed.
 * `development` is NULL when somebody said whom to trust. */
static int place_artifact(const char *path, size_t slot, struct file_bytes *flash, struct host_key **development) {
    struct file_bytes file;
    struct artifact artifact;
    int code = input_artifact(path, &file, &artifact);
    if (code != EXIT_DONE) return code;
    uint8_t *const to = flash->bytes + FLASH_SLOT_FIRST + slot * FLASH_SLOT_BYTES;
    if (file.length > FLASH_SLOT_BYTES)
        code = command_fail(EXIT_ARTIFACT, "%s: %zu bytes, and a slot of the board's flash has %d", path, file.length,
                            FLASH_SLOT_BYTES);
    if (code == EXIT_DONE) {
        memset(to, 0xff, FLASH_SLOT_BYTES);
        memcpy(to, file.bytes, file.length);
    }
    if (code == EXIT_DONE && development && !artifact.is_signed) {
        if (!*development) *development = host_key_new();
        if (!*development) code = command_fail(EXIT_UNAVAILABLE, "OpenSSL has no random numbers");
        if (code == EXIT_DONE) code = signing_sign(&artifact, to, *development);
        if (code == EXIT_DONE)
            command_note("%s is not signed; its copy on the board is, with a development key made for this run", path);
    }
    file_free(&file);
    return code;
}

static int check_signed(const struct run_mps2 *request, const uint8_t *flash) {
    for (size_t i = 0; i < request->artifact_count; i++) {
        const uint8_t *const head = flash + FLASH_SLOT_FIRST + i * FLASH_SLOT_BYTES;
        struct artifact artifact;
        struct artifact_fault fault;
        struct trust_key key;
        if (artifact_decode(head, FLASH_SLOT_BYTES, &artifact, &fault) == ST_OK &&
            keys_find(flash + KEYS_REGION_OFFSET, KEYS_REGION_BYTES, &artifact, &key, &fault) != ST_OK)
            command_note("%s: %s; the firmware will refuse it. Give --key PUBLIC.pem, or a --flash that trusts its key",
                         request->artifact[i], fault.reason);
    }
    return EXIT_DONE;
}

static int make_flash(const struct run_mps2 *request, struct file_bytes *flash) {
    struct host_key *development = NULL, *given = NULL;
    struct host_key **const or_none = request->key || request->flash ? NULL : &development;
    int code = EXIT_DONE;
    for (size_t i = 0; i < FLASH_SLOTS; i++)
        memset(flash->bytes + FLASH_SLOT_FIRST + i * FLASH_SLOT_BYTES, 0xff, FLASH_SLOT_BYTES);
    for (size_t i = 0; i < request->artifact_count && code == EXIT_DONE; i++)
        code = place_artifact(request->artifact[i], i, flash, or_none);
    if (code == EXIT_DONE && request->key) code = input_key(request->key, &given);
    const char *const name = request->flash ? request->flash : "flash";
    if (given && code == EXIT_DONE) code = install_key(given, flash->bytes + KEYS_REGION_OFFSET, name);
    if (development && code == EXIT_DONE) code = install_key(development, flash->bytes + KEYS_REGION_OFFSET, name);
    if (code == EXIT_DONE) code = check_signed(request, flash->bytes);
    host_key_free(development);
    host_key_free(given);
    return code;
}

/* Writes the flash file at `path`, new or with the keys of the one that is there. */
static int write_flash(const struct run_mps2 *request, const char *path) {
    struct file_bytes flash;
    int code = EXIT_DONE;
    if (!request->flash || access(path, F_OK) != 0)
        flash = blank_flash();
    else if ((code = input_file(path, &flash)) != EXIT_DONE)
        return code;
    if (flash.length != FLASH_BYTES)
        code = command_fail(EXIT_ARTIFACT, "%s: a flash file of this board has %d bytes, not %zu", path, FLASH_BYTES,
                            flash.length);
    if (code == EXIT_DONE) code = make_flash(request, &flash);
    if (code == EXIT_DONE && file_write(path, flash.bytes, flash.length, 0600) != ST_OK)
        code = command_fail(EXIT_CANNOT_WRITE, "%s: %s", path, strerror(errno));
    file_free(&flash);
    return code;
}

/* ---- what the firmware reports ---- */

static void guest_ended(struct run *run, uint64_t slot, int code) {
    if (slot >= run->request->artifact_count || run->ended[slot]) return;
    run->ended[slot] = true;
    run->open--;
    if (run->code == EXIT_DONE) run->code = code;
}

static void show_trap(const struct run *run, const char *line, uint64_t slot) {
    uint32_t stack[RETURN_STACK_SHOWN_MAX];
    char name[64];
    struct trap_facts facts = {
        .artifact_path = slot < run->request->artifact_count ? run->request->artifact[slot] : NULL,
        .task = report_line_text(line, "name", name, sizeof name) ? name : NULL,
        .trap = (uint32_t)report_line_number(line, "trap", 0),
        .detail = (uint32_t)report_line_number(line, "detail", 0),
        .pc = (uint32_t)report_line_number(line, "pc", 0),
        .return_stack = stack,
    };
    report_line_numbers(line, "registers", facts.reg, VM_REGISTERS);
    facts.return_depth = (uint32_t)report_line_numbers(line, "return_stack", stack, RETURN_STACK_SHOWN_MAX);
    fflush(stdout);
    trap_report_print(&facts, stderr);
}

static void task_ended(struct run *run, const char *line) {
    const uint64_t slot = report_line_number(line, "slot", UINT64_MAX);
    const bool final = report_line_number(line, "final", 1) != 0;
    char end[32] = "", name[64] = "a guest";
    int code = EXIT_TRAP;
    report_line_text(line, "end", end, sizeof end);
    report_line_text(line, "name", name, sizeof name);
    if (strcmp(end, "exit") == 0)
        code = (int)(report_line_number(line, "status", 0) & 0xff);
    else if (strcmp(end, "trap") == 0)
        show_trap(run, line, slot);
    else
        command_note("%s: the firmware ended it: %s", name, end);
    if (final) guest_ended(run, slot, code);
}

static void artifact_refused(struct run *run, const char *line) {
    enum { REASON_SIGNATURE = 1 };
    const uint64_t slot = report_line_number(line, "slot", UINT64_MAX);
    char text[256] = "refused";
    report_line_text(line, "text", text, sizeof text);
    command_fail(EXIT_REFUSED, "%s: the firmware says: %s",
                 slot < run->request->artifact_count ? run->request->artifact[slot] : "flash", text);
    guest_ended(run, slot, report_line_number(line, "reason", 0) == REASON_SIGNATURE ? EXIT_SIGNATURE : EXIT_REFUSED);
}

/* What guests do after a reset is nobody's wish: the second boot only tells what the first one left. */
static void board_booted(struct run *run, const char *line) {
    char reset[32] = "reset";
    if (++run->boots == 1) return;
    report_line_text(line, "reset", reset, sizeof reset);
    fflush(stdout);
    run->code = command_fail(EXIT_UNAVAILABLE, "the board was reset (%s); its blackbox has:", reset);
}

static void show_kept(struct run *run, const char *line) {
    const struct blackbox_record record = kept_record_of_line(line);
    for (size_t i = run->kept_of.count; i < run->request->artifact_count; i++)
        if (kept_artifacts_add(&run->kept_of, run->request->artifact[i]) != EXIT_DONE) break;
    fflush(stdout);
    kept_record_print(&record, &run->kept_of, stderr);
}

static void take_report(struct run *run, const char *line) {
    char event[32] = "";
    if (run->reports) fprintf(run->reports, "%s\n", line);
    run->now_us = report_line_number(line, "time_us", run->now_us);
    report_line_text(line, "event", event, sizeof event);
    if (strcmp(event, "pin") == 0)
        pin_timeline_add(&run->pins, run->now_us, (uint32_t)report_line_number(line, "pin", 0),
                         (uint32_t)report_line_number(line, "level", 0));
    else if (strcmp(event, "boot") == 0)
        board_booted(run, line);
    else if (strcmp(event, "kept") == 0)
        show_kept(run, line);
    else if (strcmp(event, "kept_end") == 0 && run->boots > 1)
        run->open = 0;
    else if (run->boots > 1)
        return;
    else if (strcmp(event, "ended") == 0)
        task_ended(run, line);
    else if (strcmp(event, "refused") == 0)
        artifact_refused(run, line);
    else if (strcmp(event, "require") == 0 || strcmp(event, "memory_fault") == 0) {
        run->code = command_fail(EXIT_UNAVAILABLE, "the firmware failed: %s", line);
        run->open = 0;
    }
}

/* ---- relaying ---- */

static bool read_reports(struct run *run) {
    char bytes[4096];
    const ssize_t length = read(run->emulator.reports, bytes, sizeof bytes);
    if (length <= 0) return length < 0 && errno == EINTR;
    for (ssize_t i = 0; i < length; i++) {
        if (bytes[i] == '\n') {
            run->line[run->line_bytes] = '\0';
            run->line_bytes = 0;
            take_report(run, run->line);
        } else if (run->line_bytes + 1 < sizeof run->line) {
            run->line[run->line_bytes++] = bytes[i];
        }
    }
    return true;
}

static bool read_console(struct run *run) {
    char bytes[4096];
    const ssize_t length = read(run->emulator.console, bytes, sizeof bytes);
    if (length <= 0) return length < 0 && errno == EINTR;
    if (run->boots > 1) return true;
    for (ssize_t i = 0; i < length; i++) {
        if (run->escapes)
            terminal_put(&run->terminal, (uint8_t)bytes[i], stdout);
        else
            fputc(bytes[i], stdout);
    }
    fflush(stdout);
    return true;
}

/* A piece no larger than the board's receive buffer, so that nothing is lost while the guest looks elsewhere. */
static void read_input(struct run *run) {
    char bytes[64];
    const ssize_t length = read(STDIN_FILENO, bytes, sizeof bytes);
    if (length <= 0)
        run->input_open = false;
    else if (write(run->emulator.console, bytes, (size_t)length) != length)
        run->input_open = false;
}

/* SIGINT and SIGTERM arrive as bytes of a file, so that the emulator and its flash file do not outlive us. */
static int catch_interrupts(void) {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    sigprocmask(SIG_BLOCK, &signals, NULL);
    return signalfd(-1, &signals, SFD_CLOEXEC);
}

/* Until all guests have ended, the emulator is gone, or time is up. */
static void relay(struct run *run) {
    const uint64_t timeout_us = run->request->timeout_ms * 1000;
    while (run->open > 0) {
        struct pollfd files[] = {
            {.fd = run->emulator.reports, .events = POLLIN},
            {.fd = run->emulator.console, .events = POLLIN},
            {.fd = run->input_open ? STDIN_FILENO : -1, .events = POLLIN},
            {.fd = run->interrupts, .events = POLLIN},
        };
        const int ready = poll(files, 4, BOOT_LIMIT_MS);
        if (ready < 0 && errno == EINTR) continue;
        if (files[1].revents && !read_console(run)) break;
        if (files[0].revents && !read_reports(run)) break;
        if (files[2].revents) read_input(run);
        if (files[3].revents) {
            run->code = EXIT_INTERRUPTED;
            return;
        }
        if (timeout_us > 0 && run->now_us >= timeout_us) {
            run->code = command_fail(EXIT_TIMEOUT, "still running after %" PRIu64 " ms", run->request->timeout_ms);
            return;
        }
    }
    if (run->open > 0) run->code = command_fail(EXIT_UNAVAILABLE, "the emulator ended before the guest did");
    struct pollfd rest = {.fd = run->emulator.console, .events = POLLIN};
    while (poll(&rest, 1, 20) > 0 && read_console(run)) {
    }
    terminal_end(&run->terminal, stdout);
}

static int show_pins(const struct run *run) {
    if (run->request->timeline) pin_timeline_draw(&run->pins, stderr);
    if (!run->request->pins_csv) return EXIT_DONE;
    FILE *const to = fopen(run->request->pins_csv, "w");
    if (to) pin_timeline_csv(&run->pins, to);
    if (to && fclose(to) == 0) return EXIT_DONE;
    return command_fail(EXIT_CANNOT_WRITE, "%s: %s", run->request->pins_csv, strerror(errno));
}

static int run_on_flash(const struct run_mps2 *request, const char *flash) {
    char firmware[EMULATOR_PATH_BYTES];
    struct run run = {
        .request = request, .open = request->artifact_count, .input_open = true, .escapes = isatty(STDOUT_FILENO)};
    int code = emulator_firmware(firmware);
    if (code == EXIT_DONE) code = write_flash(request, flash);
    if (code == EXIT_DONE && request->reports && !(run.reports = fopen(request->reports, "w")))
        code = command_fail(EXIT_CANNOT_WRITE, "%s: %s", request->reports, strerror(errno));
    const struct emulator_options options = {
        .firmware = firmware, .flash = flash, .gdb = request->gdb, .real_time = request->real_time};
    if (code == EXIT_DONE) code = emulator_start(&options, &run.emulator);
    if (code != EXIT_DONE) {
        if (run.reports) fclose(run.reports);
        return code;
    }
    run.interrupts = catch_interrupts();
    relay(&run);
    emulator_end(&run.emulator);
    if (run.reports) fclose(run.reports);
    code = show_pins(&run);
    pin_timeline_free(&run.pins);
    return run.code != EXIT_DONE ? run.code : code;
}

int run_mps2(const struct run_mps2 *request) {
    if (request->flash) return run_on_flash(request, request->flash);
    const char *const folder = getenv("TMPDIR");
    char flash[EMULATOR_PATH_BYTES];
    snprintf(flash, sizeof flash, "%s/skep-flash-XXXXXX", folder ? folder : "/tmp");
    const int file = mkstemp(flash);
    if (file < 0) return command_fail(EXIT_CANNOT_WRITE, "%s: %s", flash, strerror(errno));
    close(file);
    const int code = run_on_flash(request, flash);
    unlink(flash);
    return code;
}
