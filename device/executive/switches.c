#include "device/executive/switches.h"

bool switches_init(struct executive *executive, struct arena *arena) {
    struct switches *switches = executive->switches;
    switches->record = ARENA_ARRAY(arena, struct switch_record, executive->config->switches_max);
    return switches->record != NULL;
}

enum status switches_keep(struct executive *executive, uint32_t records) {
    struct switches *switches = executive->switches;
    if (records > executive->config->switches_max) return ST_RANGE;
    switches->kept = records;
    switches->stored = switches->next = 0;
    return ST_OK;
}

/* Numbers are compared by their distance, because they wrap. */
uint32_t switches_next(const struct switches *switches, uint32_t after, struct switch_record *record) {
    uint32_t behind = switches->count - after;
    if (behind == 0 || switches->stored == 0) return 0;
    if (behind > switches->stored) behind = switches->stored;
    *record = switches->record[(switches->next + switches->kept - behind) % switches->kept];
    return switches->count - behind + 1;
}

static void remember(struct switches *switches) {
    if (switches->kept == 0) return;
    switches->record[switches->next] = switches->present;
    switches->next = (switches->next + 1) % switches->kept;
    if (switches->stored < switches->kept) switches->stored++;
}

static void begin_with(struct executive *executive, struct task *task) {
    struct switches *switches = executive->switches;
    struct switch_record *present = &switches->present;
    uint64_t words = executive->words - switches->words_before;
    task->turns.switches++;
    switches->count++;
    present->before = present->after;
    present->after = task->pid;
    present->time_us = executive->now_us;
    present->words = words < UINT32_MAX ? (uint32_t)words : UINT32_MAX;
    remember(switches);
    present->turns = 0;
    switches->words_before = executive->words;
}

static void begin_turn(struct executive *executive, struct task *task) {
    uint64_t waited_us = executive->now_us - task->ready_us;
    task->turns.turns++;
    if (waited_us > task->turns.longest_wait_us)
        task->turns.longest_wait_us = waited_us < UINT32_MAX ? (uint32_t)waited_us : UINT32_MAX;
    if (executive->switches->present.after != task->pid) begin_with(executive, task);
    executive->switches->present.turns++;
    executive->switches->turns++;
}

void switches_note(struct executive *executive, struct task *task, enum task_state from, enum task_reason reason) {
    if (from == TASK_RUNNING) executive->switches->present.reason = (uint32_t)reason;
    if (task->state == TASK_READY) task->ready_us = executive->now_us;
    if (task->state == TASK_RUNNING)
        begin_turn(executive, task);
    else if (reason == REASON_QUANTUM)
        task->turns.preemptions++;
    else if (reason == REASON_CALL || reason == REASON_MAILBOX || reason == REASON_SLEEP)
        task->turns.waits++;
    else if (reason == REASON_THROTTLED)
        task->turns.throttles++;
}
