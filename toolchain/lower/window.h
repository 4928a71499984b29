/* window: one basic block as fuse looks at it. Ops are removed by making them OP_NOTHING; compacting comes at the end.
 *
 * Patterns look at the op at a place (the consumer) and at the ops that made its operands (producers). All searches
 * stop after WINDOW_OPS, so that time grows with the program's length only. */
#ifndef SKEP_TOOLCHAIN_LOWER_WINDOW_H
#define SKEP_TOOLCHAIN_LOWER_WINDOW_H

#include "toolchain/lower/lower_ir.h"

enum { OP_NOTHING = 0, WINDOW_OPS = 64 };

struct window {
    struct lower *l;
    struct function *f;
    struct block *block;
    uint32_t index; /* of the block in its function */
};

/* A pattern: tries to improve the op at a place; true if it changed anything. */
typedef bool pattern(struct window *w, uint32_t at);

static inline struct op *op_at(const struct window *w, uint32_t at) { return &w->block->ops[at]; }

bool is_load(uint8_t code);  /* LB .. LW */
bool is_store(uint8_t code); /* SB .. SW */
bool is_pure(uint8_t code);  /* computes registers from registers, never traps */
unsigned access_bytes(uint8_t code);
bool writes_memory(uint8_t code);     /* any store; block operations are barriers */
bool is_barrier(const struct op *op); /* may do anything to memory, or shows it to somebody, or decides about it */

/* Whether nothing reads `reg` after `at` before it is written again. */
bool is_dead_after(const struct window *w, uint32_t at, unsigned reg);
/* The op that made the value of `reg` that `at` reads, or NOTHING. */
int32_t producer_of(const struct window *w, uint32_t at, unsigned reg);
/* The same, if `at` is the only reader of that value and reads it through one field only. */
int32_t sole_producer_of(const struct window *w, uint32_t at, unsigned reg);
/* Whether the ops between (both exclusive) write none of `mask`; touch: nor read. */
bool unwritten_between(const struct window *w, uint32_t first, uint32_t end, uint32_t mask);
bool untouched_between(const struct window *w, uint32_t first, uint32_t end, uint32_t mask);
/* Whether memory as `op` sees or leaves it may be moved over the ops between. */
bool memory_free_between(const struct window *w, uint32_t first, uint32_t end, const struct op *op);
/* Whether --debug lets two ops become one. */
bool same_statement(const struct window *w, const struct op *a, const struct op *b);

/* Puts `made` where the producer or the consumer was, whichever is sound, and removes the other. False, and nothing
 * changed, when neither place will do or a field does not hold its value. */
bool combine(struct window *w, uint32_t producer, uint32_t consumer, struct op made);
/* Replaces the op at a place by one that does the same. */
bool replace(struct window *w, uint32_t at, struct op made);
void remove_at(struct window *w, uint32_t at);

/* Calls the value that `at` writes `other` wherever it is read, which must be in this block alone. */
bool rename_value(struct window *w, uint32_t at, unsigned other);

/* An op like `from`, with other fields. */
struct op op_like(const struct op *from, uint8_t code, unsigned a, unsigned b, unsigned c, unsigned d);

/* Moves what loops compute anew each time in front of them. */
void hoist_loops(struct lower *l, struct function *f);

pattern fold_constant, fold_copy, follow_copy, fold_address, retarget_copy, rename_copied, swap_copied, sink_result,
    drop_dead, fuse_table, fuse_index, fuse_increment, fuse_pair, fuse_moves, fuse_field, fuse_shift, fuse_funnel,
    fuse_sum, fuse_product, fuse_carry, fuse_wide, fuse_wide_pair, fuse_compare, fuse_select, fuse_scale, fuse_loop;

#endif
