/* build-function-table: for each function its frame, the worst stack with everything it calls, and the return-stack
 * entries; 0xffff where only the stack's limit bounds it: recursion, alloca, calls through pointers. */
#include "core/base/bytes.h"
#include "toolchain/lower/lower_ir.h"

enum { DEPTH_NEW, DEPTH_OPEN, DEPTH_DONE };

/* One function on the way down; the list is the path from the first caller. */
struct step {
    struct function *f;
    uint32_t word; /* next to look at */
};

static uint32_t frame_units(const struct function *f) {
    if (f->frame_bytes == NOTHING) return VM_UNBOUNDED;
    uint32_t units = ((uint32_t)f->frame_bytes + 3) / 4;
    return units < VM_UNBOUNDED ? units : VM_UNBOUNDED;
}

static uint32_t sum(uint32_t a, uint32_t b) {
    return a == VM_UNBOUNDED || b == VM_UNBOUNDED || a + b >= VM_UNBOUNDED ? VM_UNBOUNDED : a + b;
}

static void raise(uint32_t *to, uint32_t value) {
    if (value > *to) *to = value;
}

/* Takes a finished callee into account. */
static void add_callee(struct function *f, const struct function *g, bool tail) {
    raise(&f->stack_units, tail ? g->stack_units : sum(frame_units(f), g->stack_units));
    raise(&f->return_entries, tail ? g->return_entries : sum(1, g->return_entries));
}

static void open_function(struct step *step, struct function *f) {
    *step = (struct step){f, 0};
    f->depth_state = DEPTH_OPEN;
    f->stack_units = frame_units(f);
    f->return_entries = 0;
}

static bool is_unbounded_op(uint8_t code) { return code == OP_CALLR || code == OP_TAILR || code == OP_LONGJMP; }

/* The next callee of the step that is not done yet, or NULL at its end. A callee on the path itself is recursion. */
static struct function *next_callee(struct step *step) {
    struct function *f = step->f;
    for (; step->word < f->word_end - f->entry; step->word++) {
        const struct op *op = &f->words[step->word];
        if (is_unbounded_op(op->code)) f->stack_units = f->return_entries = VM_UNBOUNDED;
        if (op->code != OP_CALL && op->code != OP_TAIL) continue;
        if (op->function->depth_state == DEPTH_NEW) return op->function;
        if (op->function->depth_state == DEPTH_OPEN)
            f->stack_units = f->return_entries = VM_UNBOUNDED;
        else
            add_callee(f, op->function, op->code == OP_TAIL);
    }
    return NULL;
}

static void find_depths(struct lower *l, struct function *root) {
    struct step *path = POOL_ARRAY(&l->pool, struct step, l->function_count);
    uint32_t depth = 1;
    open_function(&path[0], root);
    while (depth > 0) {
        struct function *g = next_callee(&path[depth - 1]);
        if (g)
            open_function(&path[depth++], g);
        else
            path[--depth].f->depth_state = DEPTH_DONE;
    }
}

/* A function of a cycle other than the one that closes it was summed up while the cycle was open; one more look until
 * nothing changes makes every caller at least as deep as its callees. */
static bool settle(struct function *f) {
    uint32_t stack = f->stack_units, entries = f->return_entries;
    for (uint32_t w = 0; w < f->word_end - f->entry; w++) {
        const struct op *op = &f->words[w];
        if (op->code == OP_CALL || op->code == OP_TAIL) add_callee(f, op->function, op->code == OP_TAIL);
    }
    return stack != f->stack_units || entries != f->return_entries;
}

static void write_row(uint8_t *row, const struct function *f) {
    store_le32(row, f->entry);
    store_le16(row + 4, (uint16_t)frame_units(f));
    store_le16(row + 6, (uint16_t)f->stack_units);
    store_le16(row + 8, (uint16_t)f->return_entries);
    store_le16(row + 10, 0);
}

void build_function_table(struct lower *l) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < l->function_count; i++) {
        struct function *f = &l->functions[i];
        if (!f->reached) continue;
        count++;
        if (f->depth_state == DEPTH_NEW) find_depths(l, f);
    }
    for (bool changed = true; changed;) {
        changed = false;
        for (uint32_t i = 0; i < l->function_count; i++)
            if (l->functions[i].reached) changed |= settle(&l->functions[i]);
    }
    l->table = POOL_ARRAY(&l->pool, uint8_t, (size_t)count *VM_FUNCTION_BYTES);
    l->table_rows = count;
    for (uint32_t i = 0; i < l->function_count; i++) {
        const struct function *f = &l->functions[i];
        if (f->reached) write_row(l->table + (size_t)f->index * VM_FUNCTION_BYTES, f);
    }
}
