#include "device/executive/block.h"

#include <string.h>

static uint64_t aligned(uint64_t bytes) { return (bytes + BLOCK_ALIGNMENT - 1) & ~(uint64_t)(BLOCK_ALIGNMENT - 1); }

static size_t rights_bytes(const struct task *task) { return task->right_count * sizeof(struct capability); }

uint32_t *block_return_stack(const struct executive *executive, const struct task *task) {
    return (uint32_t *)(void *)(executive->pool + task->block + rights_bytes(task));
}

uint8_t *block_ram(const struct executive *executive, const struct task *task) {
    uint64_t return_bytes = aligned(task->return_entries * sizeof(uint32_t));
    return executive->pool + task->block + rights_bytes(task) + (size_t)return_bytes;
}

/* The block that begins first at or after `from`; NULL: none. */
static struct task *next_block(const struct executive *executive, uint32_t from) {
    struct task *found = NULL;
    for (uint32_t i = 0; i < executive->config->tasks_max; i++) {
        struct task *task = &executive->task[i];
        if (task->block_bytes == 0 || task->block < from) continue;
        if (!found || task->block < found->block) found = task;
    }
    return found;
}

static bool find_gap(const struct executive *executive, uint32_t bytes, uint32_t *at) {
    uint32_t end = 0;
    for (;;) {
        const struct task *next = next_block(executive, end);
        uint32_t limit = next ? next->block : executive->config->pool_bytes;
        *at = end;
        if (limit - end >= bytes) return true;
        if (!next) return false;
        end = next->block + next->block_bytes;
    }
}

static void point_at_block(struct executive *executive, struct task *task) {
    task->rights = (struct capability *)(void *)(executive->pool + task->block);
    task->vm.ram = block_ram(executive, task);
    task->vm.return_stack = block_return_stack(executive, task);
}

/* Moves every block to the end of the one before it. Gives where the last one ends. */
static uint32_t move_together(struct executive *executive) {
    uint32_t end = 0;
    for (struct task *task = next_block(executive, 0); task; task = next_block(executive, end)) {
        uint32_t old_end = task->block + task->block_bytes;
        if (task->block != end) {
            memmove(executive->pool + end, executive->pool + task->block, task->block_bytes);
            task->block = end;
            memset(executive->pool + end + task->block_bytes, 0, old_end - (end + task->block_bytes));
            point_at_block(executive, task);
        }
        end = task->block + task->block_bytes;
    }
    return end;
}

uint64_t block_bytes(uint32_t right_count, uint32_t return_entries, uint32_t ram_bytes) {
    uint64_t rights = (uint64_t)right_count * sizeof(struct capability);
    uint64_t bytes = rights + aligned(return_entries * sizeof(uint32_t)) + ram_bytes + VM_PAD_BYTES;
    return aligned(bytes);
}

uint32_t block_free(const struct executive *executive) {
    uint32_t bytes = executive->config->pool_bytes;
    for (uint32_t i = 0; i < executive->config->tasks_max; i++) bytes -= executive->task[i].block_bytes;
    return bytes;
}

void block_take(struct executive *executive, struct task *task) {
    uint32_t bytes = (uint32_t)block_bytes(task->right_count, task->return_entries, task->ram_bytes), at;
    if (!find_gap(executive, bytes, &at)) at = move_together(executive);
    task->block = at;
    task->block_bytes = bytes;
    memset(executive->pool + at, 0, bytes);
    point_at_block(executive, task);
}

void block_give(struct executive *executive, struct task *task) {
    memset(executive->pool + task->block, 0, task->block_bytes);
    task->block_bytes = 0;
    task->rights = NULL;
    task->right_count = 0;
    task->vm.ram = NULL;
    task->vm.return_stack = NULL;
}
