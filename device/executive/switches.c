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

/* The switch from the task that had the last turn. */
static void remember(struct executive *executive, const struct task *task) {
    struct switches *switches = executive->switches;
    uint64_t words = executive->words - switches->words_before;
    switches->record[switches->next] =
        (struct switch_record){.time_us = executive->now_us,
                               .before = switches->pid,
                               .after = task->pid,
                               .turns = switches->turns_before,
                               .words = words < UINT32_MAX ? (uint32_t)words : UINT32_MAX,
                               .reason = switches->reason};
    switches->next = (switches->next + 1) % switches->kept;
    if (switches->stored < switches->kept) switches->stored++;
}

/* Costs the same whether the turn before was the same task's or not. */
static void begin_turn(struct executive *executive, struct task *task) {
    struct switches *switches = executive->switches;
    uint64_t waited_us = executive->now_us - task->ready_us;
    bool changes = switches->pid != task->pid;
    if (waited_us > task->turns.longest_wait_us)
        task->turns.longest_wait_us = waited_us < UINT32_MAX ? (uint32_t)waited_us : UINT32_MAX;
    task->turns.turns++;
    task->turns.switches += changes;
    switches->turns++;
    switches->count += changes;
    if (changes && switches->kept > 0) remember(executive, task);
    switches->turns_before = (changes ? 0 : switches->turns_before) + 1;
    switches->words_before = changes ? executive->words : switches->words_before;
    switches->pid = task->pid;
}

void switches_note(struct executive *executive, struct task *task, enum task_state from, enum task_reason reason) {
    if (from == TASK_RUNNING) executive->switches->reason = (uint32_t)reason;
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
