/* Guests that make every host call with arguments that lie, beside a neighbour that only counts. Whatever they ask, the
 * board goes on, the neighbour's memory stays as it was, every answer is a status, and no guest ever sees an address of
 * the host. host_call_test [GUESTS [SEED]]      (prints its seed) */
#include <ftw.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/base/bytes.h"
#include "device/executive/calls_table.h"
#include "device/executive/executive.h"
#include "device/port/sim/sim.h"
#include "test/hostile/forge.h"

enum {
    QUICK_GUESTS = 300,
    CALLS_OF_A_GUEST = 60,
    RAM_BYTES = 2048,
    STACK_BYTES = 256,
    STEPS = 4000,
    CODE_BYTES = 1 << 16,
    NAMES = 7,
    FILE_NAMES = 4, /* behind them */
    NAME_BYTES = 9, /* each, at the start of the attacker's data */
    FILES_MAX = 3,
    FILE_BYTES_MAX = 600,
};
enum { COUNTER = ISA_RAM_BASE + STACK_BYTES, CANARY = COUNTER + 8, CANARY_BYTES = 1024 };

static struct sim sim;
static struct folder files; /* all guests' of this run */
static char files_path[64];
static struct forge neighbour, attacker;
static unsigned failures;
static uint64_t seed_now;

static void failed(const char *what, uint32_t detail) {
    failures++;
    printf("seed %" PRIu64 ": %s (%" PRIu32 ")\n", seed_now, what, detail);
}

/* Everything there is, for every group. */
enum { ROWS = 15 };
static uint32_t all_rights(uint8_t rows[16 * ROWS], struct artifact_capability grants[ROWS]) {
    static const uint8_t modes[] = {[2] = 3,  [4] = 3,  [5] = 1,  [6] = 1,  [7] = 7,  [8] = 3,  [9] = 1, [10] = 3,
                                    [11] = 1, [12] = 1, [13] = 3, [14] = 7, [15] = 7, [16] = 3, [17] = 3};
    uint32_t count = 0;
    for (uint8_t group = 0; group < sizeof modes; group++) {
        if (modes[group] == 0) continue;
        grants[count] = (struct artifact_capability){.group = group, .mode = modes[group], .last = UINT32_MAX};
        artifact_capability_encode(&grants[count], rows + 16 * (size_t)count);
        count++;
    }
    return count;
}

static struct artifact_capability grants[ROWS];
static uint8_t rights[16 * ROWS];
static uint32_t right_count;

static void make(struct forge *forge, const char *name, const char *text, const void *data, uint32_t data_bytes,
                 struct random *random) {
    static struct assembly program;
    if (!assemble(text, &program)) {
        fprintf(stderr, "host_call_test: %s\n", program.error);
        abort();
    }
    struct forge_parts parts = {.program = &program,
                                .stack_bytes = STACK_BYTES,
                                .ram_bytes = RAM_BYTES,
                                .data_bytes = data_bytes,
                                .data = data,
                                .read_only_bytes = 40,
                                .capability_rows = rights,
                                .capability_count = right_count,
                                .return_entries = 20};
    forge_make(forge, &parts, random);
    forge->bytes[13] = 1; /* may run twice */
    forge->bytes[15] = 0; /* is not restarted */
    memset(forge->bytes + 48, 0, 32);
    memcpy(forge->bytes + 48, name, strlen(name));
    store_le32(forge->bytes + 16, 0);
    store_le32(forge->bytes + 100, 0);
}

/* Counts in memory, a millisecond a time, and touches nothing else. */
static void make_neighbour(struct random *random) {
    static uint8_t data[8 + CANARY_BYTES];
    char text[256];
    memset(data + 8, 0x5a, CANARY_BYTES);
    snprintf(text, sizeof text,
             "set s0, %u; more: lw s1, s0, 0; addi s1, s1, 1; sw s1, s0, 0; li a0, 1; hcall %u; j more", COUNTER,
             CALL_TASK_SLEEP_MS);
    make(&neighbour, "neighbour", text, data, sizeof data, random);
}

static uint32_t lying_number(struct random *random) {
    static const uint32_t numbers[] = {0,
                                       1,
                                       2,
                                       8,
                                       255,
                                       256,
                                       257,
                                       RAM_BYTES,
                                       0x7fffffff,
                                       0x80000000,
                                       0xfffffffe,
                                       0xffffffff,
                                       0xfffffc00,
                                       16,
                                       1000,
                                       0x3ff,
                                       ISA_RAM_BASE,
                                       ISA_RAM_BASE + RAM_BYTES - 1,
                                       ISA_RAM_BASE + RAM_BYTES - 2,
                                       ISA_RAM_BASE + RAM_BYTES - 16,
                                       ISA_RAM_BASE + RAM_BYTES,
                                       ISA_RAM_BASE + RAM_BYTES + 7,
                                       ISA_RO_BASE,
                                       ISA_RO_BASE + 39,
                                       ISA_RO_BASE + 40,
                                       ISA_RO_BASE + 47,
                                       ISA_CODE_BASE};
    enum { COUNT = sizeof numbers / sizeof *numbers };
    if (random_percent(random, 60)) return numbers[random_below(random, COUNT)];
    if (random_percent(random, 50)) return ISA_RAM_BASE + STACK_BYTES + random_below(random, RAM_BYTES - STACK_BYTES);
    return random_edge(random);
}

/* Names first, so that it is known where they begin; then what a formatter may stumble over. */
static const char formats[] = "svc:aaaa\0app:aaaa\0shared:a\0pid:0001\0hal:can:\0hal:uart\0svc:@111\0"
                              "file.one\0file.two\0../../ab\0file-333\0"
                              "%n%n%s%s%s%s %1000000d %.999999s %*.*f %ls %lc %hhn %99999999999d %\0"
                              "%s\0%d %u %x\n\0\x1b[2J\x1b]0;x\x07\r\n\0%%%%%%%\0%p %a %e %g %f\0%lld %zu %jd %td\0";

/* Sets the register that says how long a call waits: few guests are to spend their time in one call. */
static int short_wait(uint32_t number, char *to, size_t room) {
    switch (number) {
    case CALL_TASK_SLEEP_MS:
    case CALL_TIME_DELAY_MS:
    case CALL_TIME_DELAY_US: return snprintf(to, room, "li a0, 3; ");
    case CALL_TASK_SLEEP_UNTIL: return snprintf(to, room, "li a0, 3; li a1, 0; ");
    case CALL_MAILBOX_OPEN: return snprintf(to, room, "li a2, 2; ");
    case CALL_MAILBOX_RECEIVE: return snprintf(to, room, "li a3, 2; ");
    case CALL_MAILBOX_SEND: return snprintf(to, room, "li a5, 2; ");
    case CALL_TIME_TIMER_WAIT:
    case CALL_GPIO_WAIT_EDGE:
    case CALL_CAN_RECEIVE: return snprintf(to, room, "li a1, 2; ");
    case CALL_CONSOLE_READ: return snprintf(to, room, "li a2, 2; ");
    case CALL_UART_READ: return snprintf(to, room, "li a3, 2; ");
    default: return 0;
    }
}

/* Points the register that holds a name at one, and makes the other arguments of a mailbox call plausible. */
static int likely_mailbox(uint32_t number, struct random *random, char *to, size_t room) {
    uint32_t name = ISA_RAM_BASE + STACK_BYTES + NAME_BYTES * random_below(random, NAMES);
    uint32_t handle = random_below(random, 3) << 12 | random_below(random, 8);
    switch (number) {
    case CALL_MAILBOX_BIND:
    case CALL_MAILBOX_TAP:
    case CALL_MAILBOX_OPEN:
        return snprintf(to, room, "set a0, %u; li a1, %u; li a2, %u; ", name, random_below(random, 200),
                        random_below(random, 4));
    case CALL_MAILBOX_SEND:
    case CALL_MAILBOX_RECEIVE:
    case CALL_MAILBOX_PEEK:
    case CALL_MAILBOX_CLOSE: return snprintf(to, room, "set a0, %u; ", handle);
    default: return 0;
    }
}

static int likely_file(uint32_t number, struct random *random, char *to, size_t room) {
    uint32_t name = ISA_RAM_BASE + STACK_BYTES + NAME_BYTES * (NAMES + random_below(random, FILE_NAMES));
    uint32_t other = ISA_RAM_BASE + STACK_BYTES + NAME_BYTES * (NAMES + random_below(random, FILE_NAMES));
    switch (number) {
    case CALL_FILE_OPEN: return snprintf(to, room, "set a0, %u; li a1, %u; ", name, random_below(random, 32));
    case CALL_FILE_NEXT:
    case CALL_FILE_DELETE: return snprintf(to, room, "set a0, %u; ", name);
    case CALL_FILE_RENAME: return snprintf(to, room, "set a0, %u; set a1, %u; ", name, other);
    case CALL_FILE_READ:
    case CALL_FILE_WRITE:
    case CALL_FILE_SEEK:
    case CALL_FILE_SIZE:
    case CALL_FILE_CLOSE:
        return snprintf(to, room, "set a0, %u; ", random_below(random, 3) << 12 | random_below(random, 3));
    default: return 0;
    }
}

/* Every answer must be a status: 0 or a small negative number. Anything else is a trap with its own code. */
static void make_attacker(struct random *random) {
    static char text[CODE_BYTES];
    size_t length = 0;
    for (int i = 0; i < CALLS_OF_A_GUEST; i++) {
        const struct call_row *row = &call_table[random_below(random, call_count)];
        if (row->number == CALL_TASK_EXIT && i + 1 < CALLS_OF_A_GUEST) continue;
        for (int reg = 0; reg < CALL_REGISTERS; reg++)
            length += (size_t)snprintf(text + length, sizeof text - length, "set a%d, %u; ", reg, lying_number(random));
        if (random_percent(random, 80))
            length += (size_t)likely_mailbox(row->number, random, text + length, sizeof text - length);
        if (random_percent(random, 80))
            length += (size_t)likely_file(row->number, random, text + length, sizeof text - length);
        if (random_percent(random, 90)) length += (size_t)short_wait(row->number, text + length, sizeof text - length);
        length += (size_t)snprintf(
            text + length, sizeof text - length,
            "hcall %u; bge zero, a0, low%d; trap 1; low%d: slti a0, a0, -16; beq a0, zero, good%d; trap 2; good%d:\n",
            row->number, i, i, i, i);
        if (i % 20 == 19) length += (size_t)snprintf(text + length, sizeof text - length, "charge\n");
    }
    snprintf(text + length, sizeof text - length, "li a0, 0; hcall %u; trap 3", CALL_TASK_EXIT);
    make(&attacker, "attacker", text, formats, sizeof formats, random);
}

/* Do eight bytes anywhere in the guest's memory look like an address in the executive's? */
static void look_for_addresses(const uint8_t *ram, const void *memory, size_t bytes) {
    for (uint32_t i = 0; i + 8 <= RAM_BYTES + VM_PAD_BYTES; i++) {
        uint64_t value = load_le64(ram + i), start = (uint64_t)(uintptr_t)memory, stack = (uint64_t)(uintptr_t)&value;
        if ((value >= start && value < start + bytes) || (value > stack - 65536 && value < stack + 65536))
            failed("a guest holds an address of the host", ISA_RAM_BASE + i);
    }
}

static void look_at_neighbour(const struct task *task) {
    if (!task || task_has_ended(task) || task->state == TASK_FREE) {
        failed("the neighbour is gone", task ? task->end : 0);
        return;
    }
    const uint8_t *ram = task->vm.ram;
    if (load_le32(ram + COUNTER - ISA_RAM_BASE) < 5)
        failed("the neighbour hardly ran", load_le32(ram + COUNTER - ISA_RAM_BASE));
    for (uint32_t i = 0; i < CANARY_BYTES; i++) {
        if (ram[CANARY - ISA_RAM_BASE + i] == 0x5a) continue;
        failed("the neighbour's memory changed", CANARY + i);
        return;
    }
}

static void run_jobs(struct executive *executive) {
    for (struct job *job; (job = executive_job(executive)) != NULL; executive_job_done(executive, job)) job->run(job);
}

static void load(struct executive *executive, const struct forge *forge) {
    uint16_t number;
    struct executive_event event;
    if (executive_load(executive, forge->bytes, forge->length, &number) != ST_OK) abort();
    run_jobs(executive);
    executive_admit(executive);
    while (executive_event_take(executive, &event)) {
        char text[200];
        if (event.kind != EVENT_REFUSED) continue;
        executive_event_text(&event, text, sizeof text);
        failed(text, 0);
    }
}

/* Runs until the attacker has ended, or has had its time. */
static void run(struct executive *executive) {
    uint8_t bytes[512];
    struct executive_output from;
    for (int i = 0; i < STEPS; i++) {
        uint64_t next = executive_step(executive, sim.now_us);
        while (executive_drain(executive, &from, bytes, sizeof bytes) > 0) {
        }
        run_jobs(executive);
        (void)executive_feed(executive, "typed\n", 6);
        sim_spend(&sim, executive->step_words);
        if (next > sim.now_us) sim_advance(&sim, next < sim.now_us + 2000 ? next : sim.now_us + 2000);
    }
}

static void see_how_it_ended(struct executive *executive, uint32_t pid) {
    const struct task *task = executive_task(executive, pid);
    if (!task) {
        failed("the attacker left no trace", pid);
        return;
    }
    if (task->end == TASK_END_TRAP && task->end_detail == VM_TRAP_UNREACHABLE)
        failed("a call answered what is no status", task->vm.trap_detail);
    if (task->end == TASK_END_TRAP && task->end_detail != VM_TRAP_UNREACHABLE)
        failed("the attacker trapped, which it does not try to", (uint32_t)task->end_detail);
}

static struct executive_config config;

static void configure(void) {
    config = executive_config_of_profile();
    config.allow_unsigned = true;
    config.grants = grants;
    config.grant_count = sizeof grants / sizeof *grants;
    config.poll_us = 500;
    config.keep_ended = true;
    config.tasks_max = 3;
    config.timers_max = 4;
    config.loads_max = 1;
    config.console_in_bytes = 256;
    config.pool_bytes = 65536;
    config.mailboxes_max = 8;
    config.mailbox_handles_max = 16;
    config.mailbox_handles_of_task = 8;
    config.mailbox_bytes = 2048;
    config.mailbox_bytes_of_task = 1024;
    config.values_max = 8;
    config.commands_max = 4;
    config.command_timeout_ms = 5;
    config.file_handles_max = 3;
    config.file_handles_of_task = 2;
    config.files_of_task = FILES_MAX;
    config.file_bytes_of_task = FILE_BYTES_MAX;
}

/* A board with nothing on it yet; its memory, which the caller frees, is *bytes long. */
static struct executive *begin(void **memory, size_t *bytes) {
    memset(&sim, 0, sizeof sim);
    sim.files = &files;
    sim_init(&sim);
    sim_use(&sim);
    *bytes = executive_bytes(&config);
    *memory = malloc(*bytes);
    struct arena arena = arena_of(*memory, *bytes);
    struct executive *executive = *memory ? executive_init(&arena, &config) : NULL;
    if (!executive) abort();
    return executive;
}

static void one_guest(uint64_t seed) {
    struct random random = {seed};
    void *memory;
    size_t bytes;
    seed_now = seed;
    make_neighbour(&random);
    make_attacker(&random);
    struct executive *executive = begin(&memory, &bytes);
    load(executive, &neighbour);
    load(executive, &attacker);
    run(executive);
    look_at_neighbour(executive_task(executive, 1));
    see_how_it_ended(executive, 2);
    const struct task *task = executive_task(executive, 2);
    if (task && task->vm.ram) look_for_addresses(task->vm.ram, memory, bytes);
    free(memory);
}

/* One artifact twice: each counts for itself. One killed and loaded again begins anew, under a number that nobody had.
 */
static void two_tasks_of_one_artifact(void) {
    struct random random = {1};
    void *memory;
    size_t bytes;
    make_neighbour(&random);
    struct executive *executive = begin(&memory, &bytes);
    load(executive, &neighbour);
    run(executive);
    load(executive, &neighbour);
    run(executive);
    const struct task *first = executive_task(executive, 1), *second = executive_task(executive, 2);
    look_at_neighbour(first);
    look_at_neighbour(second);
    uint32_t at = COUNTER - ISA_RAM_BASE;
    if (load_le32(first->vm.ram + at) < load_le32(second->vm.ram + at) + 100) failed("two tasks count as one", 0);
    if (executive_kill(executive, 2) != ST_OK) failed("a task cannot be killed", 2);
    load(executive, &neighbour);
    run(executive);
    const struct task *dead = executive_task(executive, 2);
    if (dead && !task_has_ended(dead) && dead->state != TASK_FREE) failed("a killed task lives", dead->state);
    look_at_neighbour(executive_task(executive, 3));
    free(memory);
}

static void open_files(void) {
    snprintf(files_path, sizeof files_path, "/tmp/skep_host_call_test.XXXXXX");
    if (!mkdtemp(files_path) || folder_open(&files, files_path) != ST_OK) abort();
}

static unsigned folders;
static int see_and_remove(const char *name, const struct stat *facts, int kind, struct FTW *where) {
    (void)facts, (void)kind;
    if (where->level == 1 && strcmp(name + where->base, "attacker") == 0) folders++;
    if (where->level == 1 && strcmp(name + where->base, "attacker") != 0) failed(name, 0);
    if (where->level > 2) failed(name, 0);
    return remove(name);
}

/* All that the attackers left is in their own folder, and no more than their quota. */
static void see_what_was_left(void) {
    struct port_file usage = {.folder = "attacker"};
    if (folder_file(&files, PORT_FILE_USAGE, &usage) != ST_OK) failed("the folder cannot be looked at", 0);
    if (usage.count > FILES_MAX) failed("more files than may be", usage.count);
    if (usage.length > FILE_BYTES_MAX) failed("more bytes than may be", usage.length);
    folder_close(&files);
    nftw(files_path, see_and_remove, 8, FTW_DEPTH | FTW_PHYS);
    if (folders == 0) failed("nobody ever made a file", 0);
}

int main(int count, char **arguments) {
    uint64_t guests = count > 1 ? strtoull(arguments[1], NULL, 0) : QUICK_GUESTS;
    uint64_t seed = count > 2 ? strtoull(arguments[2], NULL, 0) : 1;
    configure();
    printf("seed %" PRIu64 "\n", seed);
    right_count = all_rights(rights, grants);
    open_files();
    two_tasks_of_one_artifact();
    for (uint64_t i = 0; i < guests && failures < 10; i++) one_guest(seed + i);
    see_what_was_left();
    printf("%" PRIu64 " tests, %u failed\n", guests, failures);
    return failures != 0;
}
