/* Random operations in random states: tasks that talk, offer, call and fail, while somebody loads, pauses, resumes,
 * stops and kills them. What must hold holds after every step, and at the end nothing is left. */
#include "core/base/bytes.h"
#include "core/wire/command_row.h"
#include "core/wire/value_row.h"
#include "device/executive/command.h"
#include "device/executive/mailbox.h"
#include "device/executive/schedule.h"
#include "device/executive/state.h"
#include "device/executive/value.h"
#include "test/sim/rig.h"
#include "test/unit/check.h"

#include <stdlib.h>

enum { KINDS = 4, ROUNDS = 60000 };

/* Rows of the n-th kind: a value and a command of its own ids, the handler being the first function. */
static uint8_t value_rows[KINDS][VALUE_ROW_BYTES], command_rows[KINDS][COMMAND_ROW_BYTES];
static const uint8_t window[] = "\4\0\0\100app:box\0shared:box";

static const char *const texts[KINDS] = {
    /* binds, receives, and answers its command while it waits */
    ".entry main; func work taken=1; li a0, 2; hcall $task.sleep_ms; li a0, 7; ret; func main;"
    "set a0, 0x10000004; set a1, 64; li a2, 0; hcall $mailbox.bind; mov s0, a1;"
    "more: mov a0, s0; set a1, 0x800; li a2, 64; li a3, 3; hcall $mailbox.receive; j more",
    /* opens, sends, fails now and then */
    ".entry main; func work taken=1; spin: j spin; func main;"
    "li s1, 20; set a0, 0x10000004; li a1, 0; li a2, 20; hcall $mailbox.open; mov s0, a1;"
    "more: mov a0, s0; set a1, 0x500; li a2, 20; li a3, 0; li a4, 0; li a5, 4; hcall $mailbox.send;"
    "addi s1, s1, -1; bne s1, zero, more; trap 1",
    /* calls commands and sets values of the others */
    ".entry main; func work taken=1; trap 1; func main; li s0, 1;"
    "more: mov a0, s0; set a1, 0x500; li a2, 0; hcall $command.call; mov a0, s0; mov a1, s0; hcall $value.set;"
    "addi s0, s0, 1; slti a0, s0, 5; bne a0, zero, more; li s0, 1; j more",
    /* shares, subscribes and sends itself commands */
    ".entry main; func work taken=1; set a0, 0x500; hcall $time.now; li a0, 1; ret; func main;"
    "set a0, 0x1000000c; set a1, 80; li a2, 1; hcall $mailbox.bind; mov s0, a1;"
    "set a0, 0x1000000c; li a1, 1; li a2, 0; hcall $mailbox.open; mov s1, a1; li a0, 2; mov a1, s1; hcall "
    "$value.subscribe;"
    "more: li a0, 4; set a1, 0x500; li a2, 0; mov a3, s1; hcall $command.send; mov a0, s0; set a1, 0x500; li a2, 30;"
    "li a3, 0; li a4, 0; li a5, 0; hcall $mailbox.send; li a0, 1; hcall $task.sleep_ms; j more",
};

static void make_rows(void) {
    for (uint32_t i = 0; i < KINDS; i++) {
        store_le16(value_rows[i], (uint16_t)(i + 1));
        value_rows[i][2] = VALUE_I32;
        value_rows[i][32] = 'v';
        store_le16(command_rows[i], (uint16_t)(i + 1));
        command_rows[i][9] = VALUE_I32;
        store_le32(command_rows[i] + 12, 5);
        store_le32(command_rows[i] + 16, ISA_RO_BASE);
        command_rows[i][24] = 'c';
    }
}

static size_t packed[KINDS];

static void pack_all(struct rig *rig) {
    make_rows();
    static const struct artifact_capability rights[] = {{.group = CALL_GROUP_MAILBOX, .mode = 7, .last = UINT32_MAX},
                                                        {.group = CALL_GROUP_VALUE, .mode = 7, .last = 0xffff},
                                                        {.group = CALL_GROUP_COMMAND, .mode = 3, .last = 0xffff}};
    for (uint32_t i = 0; i < KINDS; i++) {
        struct rig_guest guest = {.text = texts[i],
                                  .read_only = window,
                                  .read_only_bytes = sizeof window,
                                  .values = value_rows[i],
                                  .value_count = 1,
                                  .commands = command_rows[i],
                                  .command_count = 1,
                                  .capability = rights,
                                  .capability_count = 3,
                                  .flags = ARTIFACT_MAY_RUN_TWICE,
                                  .restart = (uint8_t)(i % 3),
                                  .priority = (uint8_t)(i * 70)};
        packed[i] = rig_pack(rig, &guest);
    }
}

static void load(struct rig *rig) {
    size_t index = packed[rand() % KINDS];
    uint16_t number;
    if (executive_load(rig->executive, rig->artifact[index].bytes, rig->artifact[index].length, &number) != ST_OK)
        return;
    struct job *job = executive_job(rig->executive);
    job->run(job);
    executive_job_done(rig->executive, job);
}

static void operate(struct rig *rig) {
    struct executive *executive = rig->executive;
    const struct task *task = &executive->task[rand() % rig->config.tasks_max];
    uint32_t ticket, id = 1 + (uint32_t)rand() % KINDS;
    struct task_budget budget = {.live_ms = 1 + (uint32_t)rand() % 50, .messages = (uint32_t)rand() % 20};
    switch (rand() % 12) {
    case 0: (void)executive_pause(executive, task->pid); break;
    case 1:
    case 2: (void)executive_resume(executive, task->pid, rig->sim.now_us); break;
    case 3: (void)executive_kill(executive, task->pid); break;
    case 4: (void)executive_release(executive, task->pid); break;
    case 5: (void)executive_command(executive, id, LEVEL_USER, 0, NULL, 0, &ticket); break;
    case 6: (void)executive_value_set(executive, id, LEVEL_USER, 0, (uint32_t)rand()); break;
    case 7: (void)executive_budget(executive, task->pid, &budget); break;
    case 8:
        if (rand() % 8 == 0) executive_stop(executive);
        break;
    case 9: executive_go(executive); break;
    default: load(rig); break;
    }
}

/* ---- what must hold ---- */

static void look_at_tasks(const struct executive *executive) {
    uint32_t live = 0, bands = 0;
    for (uint32_t i = 0; i < executive->config->tasks_max; i++) {
        const struct task *task = &executive->task[i];
        bool ready = executive->ready[task->priority / 32] >> i & 1;
        live += task_is_live(task);
        CHECK_EQ(task->state == TASK_READY, ready);
        CHECK_EQ(i, executive->due[task->due_at]);
        if (task->state == TASK_READY) bands |= 1u << task->priority / 32;
        CHECK(task->state != TASK_RUNNING || executive->turn_goes_on);
    }
    CHECK_EQ(live, executive->live);
    CHECK_EQ(bands, executive->bands);
}

static bool has_slot(const struct executive *executive, uint32_t pid) {
    const struct task *task = executive_task(executive, pid);
    return task && (task_is_live(task) || task->state == TASK_QUARANTINED);
}

static void look_at_tables(const struct executive *executive) {
    uint32_t bytes = 0, boxes = 0, handles = 0, values = 0, commands = 0;
    for (uint32_t i = 0; i < executive->config->mailboxes_max; i++) {
        const struct mailbox *box = &executive->mailbox[i];
        bytes += box->capacity;
        boxes += box->capacity > 0;
        CHECK(box->used <= box->capacity && box->offset + box->capacity <= executive->mail_used);
    }
    for (uint32_t i = 0; i < executive->config->mailbox_handles_max; i++) {
        const struct mailbox_handle *handle = &executive->handle[i];
        if (handle->pid == 0) continue;
        handles++;
        CHECK(has_slot(executive, handle->pid));
        CHECK(handle->box == MAILBOX_NONE || handle->pending <= executive->mailbox[handle->box].used);
    }
    for (uint32_t i = 0; i < executive->config->values_max; i++) {
        if (!executive->value[i].row) continue;
        values++;
        CHECK(has_slot(executive, executive->value[i].owner));
    }
    for (uint32_t i = 0; i < executive->config->commands_max; i++) commands += executive->command[i].row != NULL;
    for (uint32_t i = 0; i < executive->config->command_runs_max; i++) {
        const struct command_run *run = &executive->run[i];
        if (run->state == RUN_FREE) continue;
        CHECK(run->caller == 0 || has_slot(executive, run->caller));
        CHECK(run->state == RUN_DONE || has_slot(executive, run->owner));
    }
    CHECK_EQ(executive->mail_used, bytes);
    CHECK_EQ(executive->mailboxes_used, boxes);
    CHECK_EQ(executive->handles_used, handles);
    CHECK_EQ(executive->values_used, values);
    CHECK_EQ(executive->commands_used, commands);
}

static void run_with_seed(unsigned seed) {
    struct rig *rig = rig_new();
    rig->config.restarts_max = 3;
    rig->config.quarantine_failures = 2;
    rig->config.quarantine_ms = 20;
    rig->config.keep_ended = seed % 2;
    rig->config.mailbox_tap_rate = 100;
    rig->config.moves_told = seed % 3 ? 0 : UINT32_MAX;
    rig_start(rig);
    pack_all(rig);
    srand(seed);
    struct executive *executive = rig->executive;
    struct executive_event event;
    uint32_t seen[UINT8_MAX + 1] = {0}; /* by kind */
    for (int round = 0; round < ROUNDS; round++) {
        if (rand() % 20 == 0) operate(rig);
        uint64_t next_us = executive_step(executive, rig->sim.now_us);
        sim_spend(&rig->sim, executive->step_words);
        if (next_us > rig->sim.now_us + 3000) next_us = rig->sim.now_us + 3000;
        if (next_us > rig->sim.now_us) sim_advance(&rig->sim, next_us);
        look_at_tasks(executive);
        if (round % 16 == 0) look_at_tables(executive);
        while (executive_event_take(executive, &event)) seen[event.kind]++;
    }
    for (uint32_t i = 0; i < rig->config.tasks_max; i++) {
        (void)executive_kill(executive, executive->task[i].pid);
        (void)executive_release(executive, executive->task[i].pid);
        CHECK_EQ(TASK_FREE, executive->task[i].state);
    }
    CHECK(seen[EVENT_STARTED] > 20 && seen[EVENT_ENDED] > 20 && seen[EVENT_COMMAND] > 20 &&
          seen[EVENT_QUARANTINED] > 0);
    look_at_tasks(executive);
    look_at_tables(executive);
    CHECK_EQ(0, executive->mail_used + executive->handles_used + executive->values_used + executive->commands_used);
}

static void whatever_is_done_to_tasks_the_tables_hold_and_nothing_is_left(void) {
    const char *from = getenv("CHAOS_SEED");
    unsigned first = from ? (unsigned)atoi(from) : 1;
    for (unsigned seed = first; seed < first + 4; seed++) run_with_seed(seed);
}

int main(void) {
    static const struct check_test tests[] = {
        TEST(whatever_is_done_to_tasks_the_tables_hold_and_nothing_is_left),
    };
    return CHECK_RUN(tests);
}
