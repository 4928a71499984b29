/* skep run on the simulated board: the executive, driven as a board drives it, over a board whose time this program
 * moves. */
#include <errno.h>
#include <inttypes.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "core/base/require.h"
#include "core/trust/keys.h"
#include "device/executive/evidence.h"
#include "device/executive/executive.h"
#include "device/port/sim/sim.h"
#include "programs/skep/input.h"
#include "programs/skep/interrupt.h"
#include "programs/skep/pin_timeline.h"
#include "programs/skep/run.h"
#include "programs/skep/run_display.h"
#include "programs/skep/run_profile.h"
#include "programs/skep/terminal.h"
#include "programs/skep/trap_report.h"
#include "programs/state/state_file.h"
#include "toolchain/listing/calls_names.h"
#include "toolchain/pack/capability.h"

enum {
    QUANTUM_WORDS = 2000, /* 0.2 ms of the simulated board's time */
    POLL_US = 500,
    TIMELINE_MAX = 1 << 20,
    SCRIPT_MAX = 1024,
    POOL_BYTES_BESIDE_RAM = 512 * 1024, /* a task: its rights and its return stack */
    CONSOLE_BYTES = 8192,
    LINE_BYTES = 4096,
    MAILBOX_BYTES = 65536, /* of a task */
};

/* What a guest wrote of a line, when there are several guests. */
struct guest_line {
    char bytes[LINE_BYTES];
    size_t length;
};

struct guest {
    const char *path, *given; /* of its artifact; what the user called it */
    struct file_bytes file;
    struct artifact artifact;
    uint16_t load;
    uint32_t pid; /* 0: not yet a task */
    bool ended;
    struct guest_line line[STREAMS];
};

struct run {
    const struct run_sim *request;
    struct sim *sim;
    struct executive_config config;
    struct executive *executive;
    void *memory;
    struct file_map evidence;
    struct folder files;
    struct state_file state;
    struct blackbox blackbox;
    uint8_t keys[KEYS_REGION_BYTES];
    struct guest guest[RUN_ARTIFACTS_MAX];
    size_t next_load, open; /* guests that have not ended */
    bool refused, input_ended, escapes[STREAMS];
    int code;
    struct terminal terminal[STREAMS];
    struct timespec start; /* of real time */
    struct run_display display;
};

/* ---- setting up ---- */

static int read_script(struct run *run) {
    const char *path = run->request->script;
    struct file_bytes file;
    struct script_fault fault;
    if (!path) return EXIT_DONE;
    int code = input_file(path, &file);
    if (code != EXIT_DONE) return code;
    run->sim->script = calloc(SCRIPT_MAX, sizeof *run->sim->script);
    require(run->sim->script != NULL);
    enum status status = script_read((const char *)file.bytes, file.length, run->sim->script, SCRIPT_MAX,
                                     &run->sim->script_count, &fault);
    file_free(&file);
    if (status == ST_OK) return EXIT_DONE;
    return command_fail(EXIT_SCRIPT, "%s:%u:%u: %s", path, fault.line, fault.column, fault.reason);
}

static int trust_key(struct run *run) {
    struct host_key *key;
    int code = input_key(run->request->key, &key);
    if (code != EXIT_DONE) return code;
    struct keys_entry entry = {.roles = KEYS_GUEST, .key = host_key_public(key)};
    host_key_free(key);
    if (keys_encode(&entry, 1, run->keys) != ST_OK)
        return command_fail(EXIT_KEY, "%s: no key that a device could trust", run->request->key);
    return EXIT_DONE;
}

static int trust_flash(struct run *run) {
    struct file_bytes file;
    int code = input_file(run->request->flash, &file);
    if (code != EXIT_DONE) return code;
    bool whole = file.length >= KEYS_REGION_OFFSET + KEYS_REGION_BYTES;
    if (whole) memcpy(run->keys, file.bytes + KEYS_REGION_OFFSET, KEYS_REGION_BYTES);
    file_free(&file);
    return whole ? EXIT_DONE : command_fail(EXIT_KEY, "%s: too short to hold a key region", run->request->flash);
}

static int find_keys(struct run *run) {
    const struct run_sim *request = run->request;
    if (!request->key && !request->flash) return EXIT_DONE;
    int code = request->key ? trust_key(run) : trust_flash(run);
    run->config.keys = run->keys;
    run->config.keys_bytes = sizeof run->keys;
    run->config.allow_unsigned = false;
    return code;
}

static int read_guests(struct run *run) {
    for (size_t i = 0; i < run->request->artifact_count; i++) {
        struct guest *guest = &run->guest[i];
        guest->path = run->request->artifact[i];
        guest->given = run->request->given[i];
        int code = input_artifact(guest->path, &guest->file, &guest->artifact);
        if (code != EXIT_DONE) return code;
        run->open++;
        if (run->config.keys) continue;
        if (!guest->artifact.is_signed)
            command_note("%s is not signed; only the simulated board runs it", guest->artifact.manifest.name);
        else
            command_note("%s: its signature is not looked at; --key or --flash says whom to trust",
                         guest->artifact.manifest.name);
    }
    return EXIT_DONE;
}

static uint32_t memory_for(const struct run *run) {
    uint64_t bytes = 0;
    for (size_t i = 0; i < run->request->artifact_count; i++)
        bytes += (uint64_t)run->guest[i].artifact.manifest.ram_bytes + POOL_BYTES_BESIDE_RAM;
    return bytes > UINT32_MAX / 2 ? UINT32_MAX / 2 : (uint32_t)bytes;
}

static int make_executive(struct run *run) {
    run->config.pool_bytes = memory_for(run);
    size_t bytes = executive_bytes(&run->config);
    run->memory = malloc(bytes);
    if (!run->memory) return command_fail(EXIT_UNAVAILABLE, "there is no memory for %zu bytes of guests", bytes);
    struct arena arena = arena_of(run->memory, bytes);
    run->executive = executive_init(&arena, &run->config);
    require(run->executive != NULL);
    return EXIT_DONE;
}

static int open_state(struct run *run) {
    const char *path = run->request->state;
    const char *why = path ? state_file_open(&run->state, path) : NULL;
    if (why) return command_fail(EXIT_CANNOT_WRITE, "%s: %s", path, why);
    if (path) run->config.store = &run->state.values;
    run->config.store_delay_ms = STATE_DELAY_MS;
    return EXIT_DONE;
}

static int open_files(struct run *run) {
    const char *path = run->request->files;
    if (!path) return EXIT_DONE;
    enum status status = folder_open(&run->files, path);
    if (status == ST_OK) run->sim->files = &run->files;
    if (status == ST_OK) return EXIT_DONE;
    return command_fail(EXIT_NO_INPUT, "%s: %s", path,
                        status == ST_BUSY     ? "another program has its guests' files there"
                        : status == ST_DENIED ? "you cannot read and write it"
                                              : "there is no such folder; mkdir makes one");
}

/* As after a reset, when the file was there: it is the memory that outlived it. */
static int begin_blackbox(struct run *run) {
    if (!run->request->blackbox) return EXIT_DONE;
    const char *path = run->request->blackbox;
    const enum status status = file_map(path, SIM_EVIDENCE_BYTES, &run->evidence);
    if (status == ST_RANGE)
        return command_fail(EXIT_ARTIFACT, "%s: a blackbox of this board has %d bytes, not %zu; name another file",
                            path, SIM_EVIDENCE_BYTES, run->evidence.length);
    if (status != ST_OK) return command_fail(EXIT_CANNOT_WRITE, "%s: %s", path, strerror(errno));
    run->sim->evidence = run->evidence.bytes;
    run->sim->reset_reason = run->evidence.is_new ? PORT_RESET_POWER : PORT_RESET_OUTSIDE;
    run->config.blackbox = &run->blackbox;
    return EXIT_DONE;
}

static int set_up(struct run *run) {
    const struct run_sim *request = run->request;
    run->config = executive_config_of_profile();
    executive_config_scale(&run->config, RUN_ARTIFACTS_MAX);
    run->config.allow_unsigned = true;
    run->config.grants = request->grant;
    run->config.grant_count = request->grant_count;
    run->config.quantum_words = QUANTUM_WORDS;
    run->config.budget.fuel_words = request->fuel_words;
    run->config.poll_us = POLL_US;
    run->config.restarts_max = request->restarts > UINT32_MAX ? UINT32_MAX : (uint32_t)request->restarts;
    run->config.keep_ended = true;
    run->config.events_max = 256;
    run->config.console_in_bytes = run->config.console_out_bytes = CONSOLE_BYTES;
    run->config.mailbox_bytes = MAILBOX_BYTES * RUN_ARTIFACTS_MAX;
    run->config.mailbox_bytes_of_task = MAILBOX_BYTES;
    int code = read_script(run);
    if (code == EXIT_DONE) code = find_keys(run);
    if (code == EXIT_DONE) code = read_guests(run);
    if (request->display) run_display_start(&run->display, &run->config, request->real_time);
    if (code == EXIT_DONE) code = begin_blackbox(run);
    if (code == EXIT_DONE) code = open_files(run);
    if (code == EXIT_DONE) code = open_state(run);
    if (code == EXIT_DONE) code = make_executive(run);
    if (code != EXIT_DONE) return code;
    run->sim->timeline = calloc(TIMELINE_MAX, sizeof *run->sim->timeline);
    require(run->sim->timeline != NULL);
    run->sim->timeline_max = TIMELINE_MAX;
    run->sim->seed = request->seed;
    sim_init(run->sim);
    sim_use(run->sim);
    if (run->config.blackbox && evidence_open(&run->blackbox) == ST_OK)
        executive_cause(run->executive, evidence_boot(&run->blackbox, port_reset_reason(), 0, port_now_us()), true);
    run->escapes[STREAM_OUT] = isatty(STDOUT_FILENO);
    run->escapes[STREAM_ERROR] = isatty(STDERR_FILENO);
    clock_gettime(CLOCK_MONOTONIC, &run->start);
    return EXIT_DONE;
}

static void tear_down(struct run *run) {
    for (size_t i = 0; i < run->request->artifact_count; i++) {
        if (run->executive) (void)executive_kill(run->executive, run->guest[i].pid); /* what is unsaved is saved */
        if (run->executive) (void)executive_release(run->executive, run->guest[i].pid);
        file_free(&run->guest[i].file);
    }
    if (run->config.store) state_file_close(&run->state);
    free(run->memory);
    free(run->sim->timeline);
    free(run->sim->script);
    file_unmap(&run->evidence);
    if (run->sim->files) folder_close(&run->files);
}

/* ---- output ---- */

static FILE *file_of(uint8_t stream) { return stream == STREAM_ERROR ? stderr : stdout; }

static void print_byte(struct run *run, uint8_t stream, uint8_t byte) {
    if (run->escapes[stream])
        terminal_put(&run->terminal[stream], byte, file_of(stream));
    else
        putc(byte, file_of(stream));
}

static void print_line(struct run *run, struct guest *guest, uint8_t stream) {
    struct guest_line *line = &guest->line[stream];
    if (stream == STREAM_ERROR) fflush(stdout);
    fprintf(file_of(stream), "[%s] ", guest->artifact.manifest.name);
    for (size_t i = 0; i < line->length; i++) print_byte(run, stream, (uint8_t)line->bytes[i]);
    putc('\n', file_of(stream));
    line->length = 0;
}

static void end_lines(struct run *run, struct guest *guest) {
    for (uint8_t stream = STREAM_OUT; stream <= STREAM_ERROR; stream++) {
        if (guest->line[stream].length > 0) print_line(run, guest, stream);
    }
}

/* One guest's output is passed on as it is; several guests' comes in whole lines, with the name before them. */
static void print_output(struct run *run, struct guest *guest, uint8_t stream, const uint8_t *bytes, size_t length) {
    struct guest_line *line = &guest->line[stream];
    if (stream == STREAM_ERROR) fflush(stdout);
    for (size_t i = 0; i < length; i++) {
        if (run->request->artifact_count == 1) {
            print_byte(run, stream, bytes[i]);
        } else if (bytes[i] == '\n' || line->length == LINE_BYTES) {
            print_line(run, guest, stream);
            if (bytes[i] != '\n') line->bytes[line->length++] = (char)bytes[i];
        } else {
            line->bytes[line->length++] = (char)bytes[i];
        }
    }
}

static struct guest *guest_of(struct run *run, uint32_t pid) {
    for (size_t i = 0; i < run->request->artifact_count; i++) {
        if (run->guest[i].pid == pid) return &run->guest[i];
    }
    return NULL;
}

static void drain(struct run *run) {
    uint8_t bytes[1024];
    struct executive_output output;
    for (;;) {
        size_t length = executive_drain(run->executive, &output, bytes, sizeof bytes);
        if (length == 0) break;
        struct guest *guest = guest_of(run, output.pid);
        if (guest) print_output(run, guest, output.stream, bytes, length);
    }
    fflush(stdout);
}

/* ---- input ---- */

static bool script_types(const struct sim *sim) {
    for (uint32_t i = 0; i < sim->script_count; i++) {
        if (sim->script[i].kind == SCRIPT_CONSOLE || sim->script[i].kind == SCRIPT_CONSOLE_END) return true;
    }
    return false;
}

/* In virtual time no time passes while a task waits for what someone types: so piped input gives the same run every
 * time. */
static void feed_stdin(struct run *run, bool may_block) {
    struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
    uint8_t bytes[256];
    if (run->input_ended || poll(&input, 1, may_block ? -1 : 0) <= 0) return;
    ssize_t length = read(STDIN_FILENO, bytes, sizeof bytes);
    if (length > 0) {
        (void)executive_feed(run->executive, bytes, (size_t)length);
        return;
    }
    if (length < 0 && errno == EINTR) return;
    run->input_ended = true;
    executive_feed_end(run->executive);
}

/* Only when someone reads: what nobody waits for stays where it is. */
static void feed(struct run *run) {
    uint8_t bytes[256];
    if (!executive_wants_input(run->executive)) return;
    if (!script_types(run->sim)) {
        feed_stdin(run, !run->request->real_time);
        return;
    }
    size_t length = port_console_read(bytes, sizeof bytes);
    (void)executive_feed(run->executive, bytes, length);
    if (run->sim->console_ended && length == 0 && !run->input_ended) {
        run->input_ended = true;
        executive_feed_end(run->executive);
    }
}

/* ---- events ---- */

static void end_with(struct run *run, int code) {
    if (run->code == EXIT_DONE) run->code = code;
}

static struct guest *guest_of_load(struct run *run, uint16_t load) {
    for (size_t i = 0; i < run->request->artifact_count; i++) {
        if (run->guest[i].load == load) return &run->guest[i];
    }
    return &run->guest[0];
}

static const char *call_name(uint32_t number) {
    const struct calls_name *name = calls_name(number);
    return name ? name->name : "an unknown call";
}

/* The row that was not granted, as people write it. */
static void row_text(const struct guest *guest, uint32_t index, char to[CAPABILITY_TEXT_BYTES]) {
    const struct artifact_section *section = artifact_section_find(&guest->artifact, ARTIFACT_SECTION_CAPABILITIES);
    struct artifact_capability row =
        artifact_capability_decode(guest->file.bytes + section->offset + (size_t)index * ARTIFACT_CAPABILITY_BYTES);
    capability_format(&row, to);
}

static void tell_refusal(struct run *run, const struct executive_event *event) {
    const struct guest *guest = guest_of_load(run, event->load);
    char text[CAPABILITY_TEXT_BYTES + 128];
    run->refused = true;
    switch ((enum executive_refusal)event->refusal) {
    case REFUSED_SIGNATURE:
        end_with(run, command_fail(EXIT_SIGNATURE, "%s: refused: %s", guest->given, event->text));
        return;
    case REFUSED_ARTIFACT:
    case REFUSED_HOST:
        end_with(run, command_fail(EXIT_ARTIFACT, "%s: refused at byte %u: %s", guest->given, event->b, event->text));
        return;
    case REFUSED_CALL_UNCOVERED:
        end_with(run, command_fail(EXIT_REFUSED, "%s: refused: it calls %s, which none of its capabilities covers",
                                   guest->given, call_name(event->a)));
        return;
    case REFUSED_CAPABILITY:
        row_text(guest, event->a, text);
        end_with(run, command_fail(EXIT_REFUSED, "%s: refused: it asks for \"%s\", which is not granted", guest->given,
                                   text));
        return;
    default:
        executive_event_text(event, text, sizeof text);
        end_with(run, command_fail(EXIT_REFUSED, "%s: %s", guest->given, text));
        return;
    }
}

static void tell_trap(const struct guest *guest, const struct task *task) {
    struct trap_facts facts = {.artifact_path = guest->path,
                               .task = task->name,
                               .trap = task->vm.trap,
                               .detail = task->vm.trap_detail,
                               .pc = task->vm.pc,
                               .return_stack = executive_return_stack(task),
                               .return_depth = task->vm.return_depth,
                               .ram = task->vm.ram,
                               .ram_bytes = task->ram_bytes};
    memcpy(facts.reg, task->vm.reg, sizeof facts.reg);
    fflush(stdout);
    trap_report_print(&facts, stderr);
}

/* What a guest's end makes of the whole run's. */
static int code_of_end(const struct run *run, const struct guest *guest, const struct task *task,
                       const struct executive_event *event) {
    char text[160];
    switch ((enum task_end)event->a) {
    case TASK_END_EXIT: return (int)(event->b & 0xff);
    case TASK_END_TRAP: tell_trap(guest, task); return EXIT_TRAP;
    case TASK_END_FUEL:
        return command_fail(EXIT_FUEL, "%s used up its fuel of %" PRIu64 " words", task->name,
                            run->request->fuel_words);
    default: executive_event_text(event, text, sizeof text); return command_fail(EXIT_TRAP, "%s: %s", task->name, text);
    }
}

static void tell_end(struct run *run, const struct executive_event *event) {
    struct guest *guest = guest_of(run, event->pid);
    const struct task *task = executive_task(run->executive, event->pid);
    if (!guest || !task) return;
    int code = code_of_end(run, guest, task, event);
    if (task->state == TASK_RESTARTING) {
        command_note("%s starts again", task->name);
        return;
    }
    end_with(run, code);
    end_lines(run, guest);
    guest->ended = true;
    run->open--;
    if (!run->request->display) (void)executive_release(run->executive, event->pid);
}

/* A guest that reaches for what it was not given, or for too much of it, is told to the operator once; it goes on with
 * the refusal that it got. */
static void tell_denied(struct run *run, const struct executive_event *event) {
    const struct task *task = executive_task(run->executive, event->pid);
    if (!task) return;
    command_note("%s: %s: %s", task->name, call_name(event->a),
                 event->b == (uint32_t)ST_QUOTA ? "refused, more often than was granted"
                                                : "refused, not covered by what was granted");
}

static void take_events(struct run *run) {
    struct executive_event event;
    while (executive_event_take(run->executive, &event)) {
        if (event.kind == EVENT_REFUSED) tell_refusal(run, &event);
        if (event.kind == EVENT_LOADED) guest_of_load(run, event.load)->pid = event.pid;
        if (event.kind == EVENT_DENIED) tell_denied(run, &event);
        if (event.kind == EVENT_ENDED) tell_end(run, &event);
    }
}

/* ---- running ---- */

/* Whether there were any. They take no time of the board's. */
static bool run_jobs(struct run *run) {
    bool any = false;
    for (struct job *job = executive_job(run->executive); job; job = executive_job(run->executive)) {
        job->run(job);
        executive_job_done(run->executive, job);
        any = true;
    }
    return any;
}

/* Loads come one after the other, each before any time has passed. */
static void load_next(struct run *run) {
    while (run->next_load < run->request->artifact_count && !run->refused) {
        struct guest *guest = &run->guest[run->next_load++];
        enum status status = executive_load(run->executive, guest->file.bytes, guest->file.length, &guest->load);
        require(status == ST_OK);
        (void)run_jobs(run);
        executive_admit(run->executive);
        take_events(run);
    }
}

static uint64_t real_now_us(const struct run *run) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    int64_t us = (now.tv_sec - run->start.tv_sec) * 1000000 + (now.tv_nsec - run->start.tv_nsec) / 1000;
    return run->sim->start_us + (uint64_t)us;
}

static uint64_t timeout_us(const struct run *run) {
    uint64_t ms = run->request->timeout_ms;
    return ms == 0 || ms > UINT64_MAX / 2000 ? UINT64_MAX : run->sim->start_us + ms * 1000;
}

/* Nothing to do until the deadline. False: nothing will ever happen. */
static bool idle(struct run *run, uint64_t deadline_us) {
    uint64_t next_us = sim_next_us(run->sim), limit_us = timeout_us(run);
    if (next_us < deadline_us) deadline_us = next_us;
    if (limit_us < deadline_us) deadline_us = limit_us;
    bool hopeless = deadline_us == UINT64_MAX;
    if (run->display.next_us < deadline_us) deadline_us = run->display.next_us;
    bool typing = !run->input_ended && executive_wants_input(run->executive) && !script_types(run->sim);
    if (run->request->real_time) {
        uint64_t now_us = real_now_us(run), wait_us = deadline_us > now_us ? deadline_us - now_us : 0;
        struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
        int wait_ms = wait_us > 1000000 ? 1000 : (int)((wait_us + 999) / 1000);
        (void)poll(&input, typing ? 1 : 0, wait_ms);
        return !hopeless || typing;
    }
    if (typing) return true;
    if (hopeless) return false;
    sim_advance(run->sim, deadline_us);
    return true;
}

static void run_all(struct run *run) {
    while (run->open > 0 && !run->refused) {
        if (interrupt_exit() != 0) {
            end_with(run, interrupt_exit());
            return;
        }
        feed(run);
        uint64_t deadline_us = executive_step(run->executive, run->sim->now_us);
        if (run->request->real_time)
            sim_advance(run->sim, real_now_us(run));
        else
            sim_spend(run->sim, run->executive->step_words);
        if (run_jobs(run)) deadline_us = run->sim->now_us;
        drain(run);
        take_events(run);
        run_display_step(&run->display, run->executive, run->sim);
        if (run->sim->now_us >= timeout_us(run)) {
            end_with(run,
                     command_fail(EXIT_TIMEOUT, "the timeout of %" PRIu64 " ms ran out", run->request->timeout_ms));
            return;
        }
        bool waits = run->open > 0 && deadline_us > run->sim->now_us;
        if (waits && !idle(run, deadline_us)) {
            end_with(run, command_fail(EXIT_TIMEOUT, "every guest waits for something that cannot happen"));
            return;
        }
    }
}

/* ---- the pins ---- */

static int tell_pins(const struct run *run) {
    const struct sim *sim = run->sim;
    struct pin_timeline pins = {0};
    for (uint32_t i = 0; i < sim->timeline_count; i++)
        pin_timeline_add(&pins, sim->timeline[i].time_us, sim->timeline[i].pin, sim->timeline[i].level);
    if (sim->timeline_lost > 0) command_note("%u edges of pins were not recorded", sim->timeline_lost);
    if (run->request->timeline) pin_timeline_draw(&pins, stderr);
    int code = EXIT_DONE;
    if (run->request->pins_csv) {
        FILE *to = fopen(run->request->pins_csv, "w");
        if (to) pin_timeline_csv(&pins, to);
        if (!to || fclose(to) != 0)
            code = command_fail(EXIT_CANNOT_WRITE, "%s: %s", run->request->pins_csv, strerror(errno));
    }
    pin_timeline_free(&pins);
    return code;
}

int run_sim(const struct run_sim *request) {
    static struct run run;
    static struct sim sim;
    run = (struct run){.request = request, .sim = &sim};
    int code = set_up(&run);
    if (code == EXIT_DONE) {
        if (request->profile) run_profile_start(run.executive);
        load_next(&run);
        run_all(&run);
        drain(&run);
        for (size_t i = 0; i < request->artifact_count; i++) {
            end_lines(&run, &run.guest[i]);
        }
        for (uint8_t stream = STREAM_OUT; stream <= STREAM_ERROR; stream++)
            terminal_end(&run.terminal[stream], file_of(stream));
        fflush(stdout);
        code = tell_pins(&run);
        run_display_end(&run.display, run.executive, &sim);
        for (size_t i = 0; request->profile && i < request->artifact_count; i++)
            run_profile_print(run.executive, run.guest[i].pid, run.guest[i].path);
        if (run.code != EXIT_DONE) code = run.code;
    }
    tear_down(&run);
    return code;
}
