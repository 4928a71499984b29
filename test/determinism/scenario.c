/* scenario SEED ARTIFACT ...: a hive with guests that talk, measure, serve commands, wait, draw random numbers, trap
 * and start again, on the simulated board, and an operator who interferes at certain times. Prints all that the hive
 * tells, byte for byte as on the wire, what guests wrote, and in the end what everything came to. determinism_test.py
 * builds it in several ways and for a Cortex-M4. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/crc.h"
#include "core/base/require.h"
#include "device/executive/clock.h"
#include "device/executive/operation.h"
#include "device/executive/sample.h"
#include "device/executive/switches.h"
#include "device/port/folder/folder.h"
#include "device/port/sim/sim.h"

enum {
    GUESTS_MAX = 8,
    ARTIFACT_BYTES_MAX = 40 << 10,
    MEMORY_BYTES = 1400 << 10,
    POOL_BYTES = 1 << 20,
    CONSOLE_BYTES = 256,
    RIGHTS_MAX = 32,
    END_US = 1500000,
    SCRIPT_MAX = 16,
};
static const char world[] = "at 3ms pin 5 high\n"
                            "at 10ms every 7ms times 20 pin 5 toggle\n"
                            "at 0s adc 0 ramp 0 4095 over 1s\n"
                            "at 20ms console \"typed\\n\"\n";

static struct {
    struct sim sim;
    struct script_action script[SCRIPT_MAX];
    struct executive_config config;
    struct hive_config hive_config;
    struct executive *executive;
    struct hive *hive;
    struct hive_link link;
    uint32_t session;
    struct job *job;
    uint64_t job_done_us;
    _Alignas(16) uint8_t memory[MEMORY_BYTES];
    _Alignas(8) uint8_t artifact[GUESTS_MAX][ARTIFACT_BYTES_MAX];
} all;

/* No guest here keeps files. */
enum status folder_file(const struct folder *folder, enum port_file_operation operation, struct port_file *file) {
    (void)folder, (void)operation, (void)file;
    return ST_UNSUPPORTED;
}

static void print_bytes(const char *what, const uint8_t *bytes, size_t length) {
    printf("%s ", what);
    for (size_t i = 0; i < length; i++) printf("%02x", bytes[i]);
    printf("\n");
}

/* ---- the operator */

static void ask(enum operation_number number, const uint8_t *parameters, size_t length) {
    uint8_t request[HIVE_MESSAGE_BYTES], reply[HIVE_MESSAGE_BYTES];
    struct writer out = writer_of(request, sizeof request);
    put_u8(&out, 1);
    put_u16(&out, (uint16_t)number);
    put_u16(&out, 0);
    put_u32(&out, all.session);
    put_bytes(&out, parameters, length);
    size_t got = hive_request(all.hive, &all.link, all.sim.now_us, request, out.length, reply, sizeof reply);
    print_bytes("reply", reply, got);
    if (number == OPERATION_SESSION_OPEN) all.session = load_le32(reply + 7);
}

#define ASK(number, ...) ask(number, (const uint8_t[]){__VA_ARGS__}, sizeof((const uint8_t[]){__VA_ARGS__}))
#define U32(value)       (value) & 255, (value) >> 8 & 255, (value) >> 16 & 255, (value) >> 24 & 255
#define U16(value)       (value) & 255, (value) >> 8 & 255

static void open_session(void) {
    ASK(OPERATION_SESSION_OPEN, 1, 'o', 0, 0, U32(300000), U16(0));
    ASK(OPERATION_EVENT_SUBSCRIBE, U32(0), U32(0), U32(0), U32(0), U32(0), U16(0));
    ASK(OPERATION_SCHEDULE_KEEP, U32(32));
    ASK(OPERATION_PROFILE_START, U32(0), U32(53));
}

/* What is asked when that time has come. */
static void interfere(uint32_t number) {
    switch (number) {
    case 0: ASK(OPERATION_TASK_PAUSE, U32(1)); return;
    case 1: ASK(OPERATION_TASK_STEP, U32(1), U32(100), 0); return;
    case 2: ASK(OPERATION_TASK_RESUME, U32(1)); return;
    case 3: ASK(OPERATION_VALUE_SET, U16(0x102), U32(0x41a00000), U32(0)); return; /* 20.0 */
    case 4: ASK(OPERATION_COMMAND_CALL, U16(0x202), U32(0), 0, U32(0), U32(0), U32(0), U32(0)); return;
    case 5: ASK(OPERATION_CLOCK_SET, CLOCK_LIMITED, U32(2000000), U32(0), U32(0)); return;
    case 6: ASK(OPERATION_CLOCK_SET, CLOCK_MANUAL, U32(0), U32(0), U32(0)); return;
    case 7: ASK(OPERATION_CLOCK_STEP, U32(5000), 0); return;
    case 8: ASK(OPERATION_CLOCK_SET, CLOCK_VIRTUAL, U32(0), U32(0), U32(0)); return;
    case 9: ASK(OPERATION_CLOCK_SET, CLOCK_FREE, U32(0), U32(0), U32(1)); return;
    case 10: ASK(OPERATION_CLOCK_SET, CLOCK_FREE, U32(0), U32(0), U32(0)); return;
    case 11: ASK(OPERATION_TASK_PRIORITY, U32(7), 0); return;
    }
}
enum { INTERFERENCES = 12, FIRST_US = 5000, EVERY_US = 15000 };

/* ---- the board */

static void load_guests(uint32_t count, const size_t *length) {
    for (uint32_t i = 0; i < count; i++) {
        uint16_t load;
        enum status status = executive_load(all.executive, all.artifact[i], length[i], &load);
        require(status == ST_OK);
    }
}

static void run_jobs(void) {
    if (all.job && all.sim.now_us >= all.job_done_us) {
        executive_job_done(all.executive, all.job);
        all.job = NULL;
    }
    if (all.job) return;
    all.job = executive_job(all.executive);
    if (!all.job) return;
    all.job->run(all.job);
    all.job_done_us = all.sim.now_us + all.job->cost_us;
}

static void tell(void) {
    uint8_t bytes[HIVE_MESSAGE_BYTES];
    uint32_t pid;
    uint64_t last = 0;
    size_t length;
    while ((length = executive_drain(all.executive, &pid, bytes, CONSOLE_BYTES)) > 0) {
        printf("task %u ", (unsigned)pid);
        print_bytes("wrote", bytes, length);
    }
    while ((length = hive_news(all.hive, &all.link, bytes, sizeof bytes)) > 0) {
        print_bytes("told", bytes, length);
        if (load_le64(bytes + 5) != 0) last = load_le64(bytes + 5);
    }
    if (last == 0) return;
    uint8_t sequence[8];
    store_le64(sequence, last);
    ask(OPERATION_EVENT_ACKNOWLEDGE, sequence, sizeof sequence);
}

static uint64_t least(uint64_t a, uint64_t b) { return a < b ? a : b; }

static void run(void) {
    uint32_t next = 0;
    while (all.sim.now_us < END_US) {
        uint8_t typed[64];
        uint64_t interfere_us = next < INTERFERENCES ? FIRST_US + (uint64_t)next * EVERY_US : UINT64_MAX;
        if (all.sim.now_us >= interfere_us) interfere(next++);
        run_jobs();
        (void)executive_feed(all.executive, typed, port_console_read(typed, sizeof typed));
        uint64_t due_us = executive_step(all.executive, all.sim.now_us);
        (void)hive_step(all.hive, all.sim.now_us);
        sim_spend(&all.sim, all.executive->step_words);
        tell();
        if (all.job) due_us = least(due_us, all.job_done_us);
        due_us = least(least(due_us, END_US), least(sim_next_us(&all.sim), interfere_us));
        if (due_us > all.sim.now_us) sim_advance(&all.sim, due_us);
    }
}

/* ---- what it came to */

static void sum_up(void) {
    for (uint32_t i = 0; i < all.config.tasks_max; i++) {
        const struct task *task = &all.executive->task[i];
        if (task->pid == 0) continue;
        uint32_t memory = task->vm.ram ? crc32_add(0, task->vm.ram, task->ram_bytes) : 0;
        printf("task %u state %u end %u %d restarts %u words %llu memory %08x stack %u depth %u turns %u longest %u\n",
               (unsigned)task->pid, (unsigned)task->state, (unsigned)task->end, (int)task->end_detail,
               (unsigned)task->restarts, (unsigned long long)task->words, (unsigned)memory,
               (unsigned)sample_stack_bytes(task), (unsigned)sample_return_entries(task), (unsigned)task->turns.turns,
               (unsigned)task->turns.longest_wait_us);
    }
    struct switch_record record;
    for (uint32_t n = 0; (n = switches_next(all.executive->switches, n, &record)) != 0;)
        printf("switch %u at %llu: %u to %u, reason %u, %u words in %u turns\n", (unsigned)n,
               (unsigned long long)record.time_us, (unsigned)record.before, (unsigned)record.after,
               (unsigned)record.reason, (unsigned)record.words, (unsigned)record.turns);
    struct sample_place place;
    for (uint32_t slot = 0; (slot = sample_next(all.executive->sampling, slot, &place)) != 0;)
        printf("samples %u at %u of task %u\n", (unsigned)place.samples, (unsigned)place.pc, (unsigned)place.pid);
    printf("time %llu of the tasks, %llu of the board, %u edges\n", (unsigned long long)all.executive->now_us,
           (unsigned long long)all.sim.now_us, (unsigned)all.sim.timeline_count);
}

static size_t read_file(const char *path, uint8_t *to) {
    FILE *file = fopen(path, "rb");
    require(file != NULL);
    size_t length = fread(to, 1, ARTIFACT_BYTES_MAX, file);
    require(length > 0 && length < ARTIFACT_BYTES_MAX);
    (void)fclose(file);
    return length;
}

static void grant_all(struct artifact_capability *rights) {
    all.config.grants = rights;
    for (uint32_t group = 1; group < RIGHTS_MAX; group++)
        rights[all.config.grant_count++] =
            (struct artifact_capability){.group = (uint8_t)group, .mode = 7, .last = UINT32_MAX};
}

int main(int argc, char **argv) {
    static struct artifact_capability rights[RIGHTS_MAX];
    size_t length[GUESTS_MAX];
    uint32_t count = (uint32_t)argc - 2;
    struct script_fault fault;
    require(argc > 2 && count <= GUESTS_MAX);
    for (uint32_t i = 0; i < count; i++) length[i] = read_file(argv[2 + i], all.artifact[i]);
    all.config = executive_config_of_profile();
    all.config.allow_unsigned = true;
    all.config.pool_bytes = POOL_BYTES;
    all.config.loads_max = GUESTS_MAX;
    all.config.tasks_max = GUESTS_MAX;
    all.config.check_us_per_kib = 40;
    all.config.restarts_max = 3;
    all.config.keep_ended = true;
    all.config.moves_told = UINT32_MAX;
    all.config.tell_values = true;
    all.config.events_max = 256;
    grant_all(rights);
    all.hive_config = hive_config_of_profile();
    all.hive_config.name = "scenario";
    all.hive_config.history_max = 256;
    all.hive_config.uploads_max = 0;
    all.link = (struct hive_link){.number = 1, .trusted = true};
    struct arena arena = arena_of(all.memory, sizeof all.memory);
    all.executive = executive_init(&arena, &all.config);
    require(all.executive != NULL);
    all.hive = hive_init(&arena, &all.hive_config, all.executive);
    require(all.hive != NULL);
    all.sim.seed = strtoul(argv[1], NULL, 10);
    all.sim.script = all.script;
    require(script_read(world, strlen(world), all.script, SCRIPT_MAX, &all.sim.script_count, &fault) == ST_OK);
    sim_init(&all.sim);
    sim_use(&all.sim);
    open_session();
    load_guests(count, length);
    run();
    sum_up();
    return 0;
}
