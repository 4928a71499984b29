/* block: one stretch of memory for all that tasks own. Blocks are given first fit; when there is room but not in
 * one piece, the blocks are moved together: guest addresses are offsets, so nothing in a task notices. */
#ifndef SKEP_DEVICE_EXECUTIVE_BLOCK_H
#define SKEP_DEVICE_EXECUTIVE_BLOCK_H

#include "device/executive/executive.h"

enum { BLOCK_ALIGNMENT = 8 };

/* Bytes that a task of these measures needs: its rights, its return stack, its RAM with the VM's pad. */
uint64_t block_bytes(uint32_t right_count, uint32_t return_entries, uint32_t ram_bytes);
uint32_t block_free(const struct executive *executive);
/* Gives `task` a zeroed block for its right_count, return_entries and ram_bytes. Precondition: that is at most
 * block_free. */
void block_take(struct executive *executive, struct task *task);
/* Wipes the task's block and gives it back. */
void block_give(struct executive *executive, struct task *task);
uint32_t *block_return_stack(const struct executive *executive, const struct task *task);
uint8_t *block_ram(const struct executive *executive, const struct task *task);

#endif
