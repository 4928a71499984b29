#include "device/executive/sample.h"

#include <string.h>

#include "device/executive/clock.h"

enum { STACK_MARK = 0xa5 };
#define RETURN_MARK UINT32_MAX /* no return address: an index of a word has fewer bits */

/* ---- stacks */

void sample_mark_stacks(struct task *task) {
    if (!PROFILE_HAS_PROFILE) return;
    memset(task->vm.ram, STACK_MARK, task->stack_bytes);
    for (uint32_t i = 0; i < task->return_entries; i++) task->vm.return_stack[i] = RETURN_MARK;
}

uint32_t sample_stack_bytes(const struct task *task) {
    uint32_t unused = 0;
    if (task->block_bytes == 0) return 0;
    while (unused < task->stack_bytes && task->vm.ram[unused] == STACK_MARK) unused++;
    return task->stack_bytes - unused;
}

uint32_t sample_return_entries(const struct task *task) {
    uint32_t used = task->block_bytes == 0 ? 0 : task->return_entries;
    while (used > 0 && task->vm.return_stack[used - 1] == RETURN_MARK) used--;
    return used;
}

/* ---- samples */

bool sample_init(struct executive *executive, struct arena *arena) {
    struct sampling *sampling = executive->sampling;
    sampling->room = executive->config->samples_max;
    sampling->place = ARENA_ARRAY(arena, struct sample_place, sampling->room);
    return sampling->place != NULL;
}

enum status sample_start(struct executive *executive, uint32_t pid, uint32_t period_words) {
    struct sampling *sampling = executive->sampling;
    if (sampling->room == 0) return ST_UNSUPPORTED;
    if (pid != 0 && !executive_task(executive, pid)) return ST_NOT_FOUND;
    if (period_words == 0 || period_words > INT32_MAX) return ST_RANGE;
    memset(sampling->place, 0, sampling->room * sizeof *sampling->place);
    sampling->on = true;
    sampling->pid = pid;
    sampling->period_words = period_words;
    sampling->samples = sampling->lost = 0;
    sampling->places = 0;
    sampling->left = period_words;
    return ST_OK;
}

void sample_stop(struct executive *executive) { executive->sampling->on = false; }

uint32_t sample_next(const struct sampling *sampling, uint32_t after, struct sample_place *place) {
    for (uint32_t i = after; i < sampling->room; i++) {
        if (sampling->place[i].pid == 0) continue;
        *place = sampling->place[i];
        return i + 1;
    }
    return 0;
}

/* The place, or the free one where it belongs; NULL: there is none. */
static struct sample_place *find_place(struct sampling *sampling, uint32_t pid, uint32_t pc) {
    const uint32_t spread = 2654435761u; /* 2^32 divided by the golden ratio */
    uint32_t first = (pc * spread + pid) % sampling->room;
    for (uint32_t i = 0; i < sampling->room; i++) {
        struct sample_place *place = &sampling->place[(first + i) % sampling->room];
        if (place->pid == 0 || (place->pid == pid && place->pc == pc)) return place;
    }
    return NULL;
}

static bool is_watched(const struct executive *executive, const struct task *task) {
    const struct sampling *sampling = executive->sampling;
    return PROFILE_HAS_PROFILE && sampling->on && (sampling->pid == 0 || sampling->pid == task->pid);
}

void sample_spent(struct executive *executive, const struct task *task, uint32_t words) {
    if (!is_watched(executive, task)) return;
    struct sampling *sampling = executive->sampling;
    sampling->left -= words;
    if (sampling->left > 0) return;
    uint32_t samples = (uint32_t)(-sampling->left / sampling->period_words) + 1;
    sampling->left += (int64_t)samples * sampling->period_words;
    sampling->samples += samples;
    struct sample_place *place = find_place(sampling, task->pid, task->vm.pc);
    if (!place) {
        sampling->lost += samples;
        return;
    }
    if (place->pid == 0) sampling->places++;
    place->pid = task->pid;
    place->pc = task->vm.pc;
    place->samples += samples;
}

/* Fuel beyond the next sample is held back while it runs. The stop for fuel comes when it is below zero. */
enum vm_stop sample_run(struct executive *executive, struct task *task) {
    int32_t held = 0;
    if (is_watched(executive, task) && task->vm.fuel >= executive->sampling->left)
        held = task->vm.fuel - (int32_t)(executive->sampling->left - 1);
    task->vm.fuel -= held;
    int64_t before = task->vm.fuel;
    enum vm_stop stop = clock_run(executive, task);
    sample_spent(executive, task, (uint32_t)(before - task->vm.fuel));
    task->vm.fuel += held;
    return stop;
}
