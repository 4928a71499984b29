/* One hostile task beside three good ones, and tasks that come and go for as long as one likes: the good ones miss no
 * deadline, who exceeds a budget is stopped and told of within two quanta, and nothing is left behind.
 *   neighbour_test [CYCLES [SEED]]      how often tasks are loaded and killed: 100,000 */
#include "device/executive/block.h"
#include "device/executive/command.h"
#include "device/executive/mailbox.h"
#include "device/executive/timer.h"
#include "device/executive/value.h"
#include "test/oracle/random.h"
#include "test/sim/busy.h"
#include "test/sim/rig.h"
#include "test/unit/check.h"

#include <stdlib.h>

enum { GOOD = 3, QUANTUM_WORDS = 1000, CALL_WORDS = 400, RUN_US = 1200000, CYCLES = 100000 };

/* ---- good tasks: each ends with trap 9 when a deadline of its own is missed, and with 0 when it kept all of them */

static const char names[] = "app:server\0app:client\0shared:junk"; /* at 0, 11 and 22 of the read-only window */

/* Every expiry of a timer of 1 ms is taken before the next one. */
static const char keeps_time[] = "set a0, 1000; li a1, 1; hcall $time.timer_create; mov s0, a1; set s1, 1000;"
                                 "more: mov a0, s0; li a1, -1; hcall $time.timer_wait; li a2, 1; bne a1, a2, late;"
                                 "addi s1, s1, -1; bne s1, zero, more; li a0, 0; ret; late: trap 9";

/* Answers who asks with an odd number; what others send is passed over. */
static const char answers[] =
    "set a0, 0x10000000; set a1, 512; li a2, 0; hcall $mailbox.bind; mov s0, a1;"
    "set a0, 0x1000000b; li a1, 0; li a2, -1; hcall $mailbox.open; mov s1, a1;"
    "more: mov a0, s0; set a1, 0x800; li a2, 64; li a3, -1; hcall $mailbox.receive;"
    "set a2, 0x808; lbu a2, a2, 0; andi a2, a2, 1; beq a2, zero, more;"
    "mov a0, s1; set a1, 0x808; li a2, 1; li a3, 0; li a4, 0; li a5, 1; hcall $mailbox.send; bne a0, zero, late;"
    "j more; late: trap 9";

/* Asks every 3 ms, and has the answer within 2 ms. */
static const char asks[] =
    "set a0, 0x1000000b; set a1, 64; li a2, 0; hcall $mailbox.bind; mov s0, a1;"
    "set a0, 0x10000000; li a1, 0; li a2, -1; hcall $mailbox.open; mov s1, a1; set t0, 300;"
    "set a0, 0x600; li a1, 1; sb a1, a0, 0;"
    "more: li a0, 3; hcall $task.sleep_ms; mov a0, s1; set a1, 0x600; li a2, 1; li a3, 0; li a4, 0; li a5, 2;"
    "hcall $mailbox.send; bne a0, zero, late; mov a0, s0; set a1, 0x800; li a2, 64; li a3, 2; hcall $mailbox.receive;"
    "bne a0, zero, late; addi t0, t0, -1; bne t0, zero, more; li a0, 0; ret; late: trap 9";

/* ---- hostile ones, each with what stops it */

#define SPINS "spin: j spin"
#define FLOODS_MAILBOXES                                                                                               \
    "set a0, 0x10000000; li a1, 0; li a2, -1; hcall $mailbox.open; mov s0, a1;"                                        \
    "set a0, 0x10000016; set a1, 256; li a2, 1; hcall $mailbox.bind; mov s1, a1;"                                      \
    "more: mov a0, s0; set a1, 0x700; li a2, 2; li a3, 0; li a4, 0; li a5, 0; hcall $mailbox.send;"                    \
    "mov a0, s1; set a1, 0x700; li a2, 2; li a3, 0; li a4, 0; li a5, 0; hcall $mailbox.send; j more"
#define FLOODS_TIMERS                                                                                                  \
    "more: set a0, 1; li a1, 1; hcall $time.timer_create; mov a0, a1; li a1, 0; hcall $time.timer_wait; j more"
#define FLOODS_CONSOLE "more: set a0, 0x600; set a1, 250; hcall $console.write; j more"
#define FLOODS_CALLS   "more: hcall $time.micros; hcall $task.yield; hcall $task.check_in; j more"
#define FAILS_AT_ONCE  "trap 1"
#define DOES_ALL                                                                                                       \
    "set a0, 0x10000000; li a1, 0; li a2, 0; hcall $mailbox.open; mov s0, a1; set s1, 120;"                            \
    "more: mov a0, s0; set a1, 0x700; li a2, 2; li a3, 0; li a4, 0; li a5, 0; hcall $mailbox.send;"                    \
    "set a0, 1; li a1, 1; hcall $time.timer_create; set a0, 0x600; set a1, 250; hcall $console.write;"                 \
    "hcall $task.yield; set t0, 500; busy: addi t0, t0, -1; bne t0, zero, busy;"                                       \
    "addi s1, s1, -1; bne s1, zero, more; trap 1"

static const struct hostile {
    const char *name, *text;
    uint8_t restart;
    struct task_budget budget;
    enum task_end end;
} hostile[] = {
    {"spins", SPINS, ARTIFACT_RESTART_NEVER, {.fuel_words = 2000000}, TASK_END_FUEL},
    {"spins for too long", SPINS, ARTIFACT_RESTART_NEVER, {.live_ms = 300}, TASK_END_TIME},
    {"floods mailboxes", FLOODS_MAILBOXES, ARTIFACT_RESTART_NEVER, {.messages = 3000}, TASK_END_MESSAGES},
    {"floods timers", FLOODS_TIMERS, ARTIFACT_RESTART_NEVER, {.calls = 9000}, TASK_END_CALLS},
    {"floods the console", FLOODS_CONSOLE, ARTIFACT_RESTART_NEVER, {.log_bytes = 50000}, TASK_END_LOG},
    {"floods host calls", FLOODS_CALLS, ARTIFACT_RESTART_NEVER, {.calls = 20000}, TASK_END_CALLS},
    {"restarts itself", FAILS_AT_ONCE, ARTIFACT_RESTART_ALWAYS, {.calls = 0}, TASK_END_TRAP},
    {"does all, and restarts", DOES_ALL, ARTIFACT_RESTART_ALWAYS, {.fuel_words = 4000000}, TASK_END_TRAP},
};

static uint32_t add(struct rig *rig, const char *text, uint8_t restart) {
    struct rig_guest guest = {
        .text = text, .read_only = names, .read_only_bytes = sizeof names, .priority = 100, .restart = restart};
    return rig_add(rig, &guest);
}

static bool has_exceeded(const struct task *task) {
    const struct task_budget *budget = &task->budget;
    return (budget->fuel_words && task->words >= budget->fuel_words) ||
           (budget->calls && task->calls >= budget->calls) ||
           (budget->messages && task->messages >= budget->messages) ||
           (budget->log_bytes && task->log_bytes + 250 > budget->log_bytes) ||
           (budget->live_ms && port_now_us() >= task->started_us + budget->live_ms * 1000u);
}

/* Whether the end of that task is among the events since the last look, which are forgotten then. */
static bool was_told(struct rig *rig, uint32_t pid) {
    bool told = false;
    for (size_t i = 0; i < rig->event_count; i++) told |= rig->event[i].kind == EVENT_ENDED && rig->event[i].pid == pid;
    rig->event_count = 0;
    return told;
}

/* The same priority and the same rights as the good ones; seen after every step of the executive. */
static void stand_beside(const struct hostile *row) {
    struct rig *rig = rig_new();
    rig->config.quarantine_failures = 4;
    rig->config.quarantine_ms = 1000000;
    rig->config.restarts_max = 1000;
    rig->config.keep_ended = true;
    rig_start(rig);
    uint32_t quantum_us = QUANTUM_WORDS * rig->sim.ns_per_word / 1000 + 1, good[GOOD];
    good[0] = add(rig, keeps_time, ARTIFACT_RESTART_NEVER);
    good[1] = add(rig, answers, ARTIFACT_RESTART_NEVER);
    good[2] = add(rig, asks, ARTIFACT_RESTART_NEVER);
    rig->config.budget = row->budget;
    uint32_t bad = add(rig, row->text, row->restart);
    CHECK_EQ(ST_OK, executive_budget(rig->executive, bad, &row->budget));
    const struct task *task = executive_task(rig->executive, bad);
    uint64_t exceeded_us = UINT64_MAX, told_us = UINT64_MAX;
    while (rig->sim.now_us < RUN_US) {
        uint64_t before_us = rig->sim.now_us;
        rig_run(rig, before_us + 1);
        if (exceeded_us == UINT64_MAX && has_exceeded(task)) exceeded_us = before_us;
        if (was_told(rig, bad) && told_us == UINT64_MAX) told_us = rig->sim.now_us;
        rig->output_bytes = 0;
    }
    CHECK(told_us != UINT64_MAX);
    CHECK_EQ(row->end, task->end);
    if (row->end == TASK_END_TRAP)
        CHECK_EQ(TASK_QUARANTINED, task->state);
    else
        CHECK(exceeded_us != UINT64_MAX && told_us <= exceeded_us + 2 * quantum_us);
    for (int i = 0; i < GOOD; i++) {
        const struct task *one = executive_task(rig->executive, good[i]);
        CHECK_EQ(0, one->restarts);
        CHECK_EQ(i == 1 ? TASK_END_NONE : TASK_END_EXIT, one->end);
        CHECK_EQ(0, one->end_detail);
    }
}

static void no_good_task_misses_a_deadline_whatever_its_neighbour_does(void) {
    for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++) {
        int before = check_failures;
        stand_beside(&hostile[i]);
        if (check_failures != before) printf("  beside one that %s\n", hostile[i].name);
    }
}

/* ---- tasks that come and go ---- */

enum { LIVE = 3 };

/* Also refused: the value's and the command's number may be another's. */
static void load_any(struct rig *rig, struct random *random, const size_t packed[BUSY_KINDS]) {
    size_t index = packed[random_below(random, BUSY_KINDS)];
    uint16_t load;
    CHECK_EQ(ST_OK, executive_load(rig->executive, rig->artifact[index].bytes, rig->artifact[index].length, &load));
    struct job *job = executive_job(rig->executive);
    job->run(job);
    executive_job_done(rig->executive, job);
}

static void go_on(struct rig *rig, uint32_t steps) {
    struct executive_event event;
    for (; steps > 0; steps--) {
        (void)executive_step(rig->executive, rig->sim.now_us);
        sim_spend(&rig->sim, rig->executive->step_words + 100);
        while (executive_event_take(rig->executive, &event)) {
        }
    }
}

static uint32_t used_places(const struct executive *executive) {
    const struct executive_config *config = executive->config;
    uint32_t used = executive->live + executive->bands + executive->mail_used + executive->mailboxes_used +
                    executive->handles_used + executive->values_used + executive->commands_used +
                    executive->quarantined + executive->values_unsaved;
    for (uint32_t i = 0; i < config->tasks_max; i++) used += executive->task[i].state != TASK_FREE;
    for (uint32_t i = 0; i < config->timers_max; i++) used += executive->timer[i].pid != 0;
    for (uint32_t i = 0; i < config->mailboxes_max; i++) used += executive->mailbox[i].capacity != 0;
    for (uint32_t i = 0; i < config->mailbox_handles_max; i++) used += executive->handle[i].pid != 0;
    for (uint32_t i = 0; i < config->values_max; i++) used += executive->value[i].row != NULL;
    for (uint32_t i = 0; i < config->subscriptions_max; i++) used += executive->subscription[i].pid != 0;
    for (uint32_t i = 0; i < config->commands_max; i++) used += executive->command[i].row != NULL;
    for (uint32_t i = 0; i < config->command_runs_max; i++) used += executive->run[i].state != RUN_FREE;
    return used;
}

static bool is_wiped(const struct executive *executive) {
    for (uint32_t i = 0; i < executive->config->pool_bytes; i++)
        if (executive->pool[i] != 0) return false;
    return true;
}

static void kill_all(struct executive *executive) {
    for (uint32_t i = 0; i < executive->config->tasks_max; i++) (void)executive_kill(executive, executive->task[i].pid);
}

/* Loaded and killed in any order, a few at a time; the hive is empty again every thousandth time. */
static void load_and_kill(uint32_t cycles, uint64_t seed) {
    struct random random = {seed};
    struct rig *rig = rig_new();
    size_t packed[BUSY_KINDS];
    rig->config.keep_ended = false;
    rig_start(rig);
    busy_pack(rig, packed);
    struct executive *executive = rig->executive;
    uint32_t before = block_free(executive), accepted = 0;
    for (uint32_t cycle = 0; cycle < cycles && check_failures == 0; cycle++) {
        uint32_t pid = executive->next_pid;
        load_any(rig, &random, packed);
        go_on(rig, 2 + random_below(&random, 4));
        accepted += executive->next_pid != pid;
        if (executive->live > random_below(&random, LIVE + 1))
            (void)executive_kill(executive, executive->task[random_below(&random, rig->config.tasks_max)].pid);
        if (executive->live >= LIVE || random_percent(&random, 20)) kill_all(executive);
        if (cycle % 1000 != 999 && cycle + 1 != cycles) continue;
        kill_all(executive);
        go_on(rig, 1);
        CHECK_EQ(0, used_places(executive));
        CHECK_EQ(before, block_free(executive));
        CHECK(is_wiped(executive));
    }
    CHECK(accepted > cycles / 3);
}

static void tasks_that_come_and_go_for_ever_leave_nothing_behind(void) { load_and_kill(CYCLES, 1); }

/* A campaign asks for more cycles, and for nothing else. */
int main(int argc, char **argv) {
    if (argc > 1) {
        uint64_t seed = argc > 2 ? strtoull(argv[2], NULL, 10) : 1;
        load_and_kill((uint32_t)strtoul(argv[1], NULL, 10), seed);
        printf("%s cycles, seed %llu: %d failures\n", argv[1], (unsigned long long)seed, check_failures);
        return check_failures != 0;
    }
    static const struct check_test tests[] = {
        TEST(no_good_task_misses_a_deadline_whatever_its_neighbour_does),
        TEST(tasks_that_come_and_go_for_ever_leave_nothing_behind),
    };
    return CHECK_RUN(tests);
}
