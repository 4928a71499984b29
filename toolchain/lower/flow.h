/* flow: what is known of registers and stack slots at an instruction, and where the instruction goes. analyse runs it
 * to a fixed point; select runs it again through each block to learn what each instruction is.
 *
 * It proves that a function uses its return address for nothing but returning, so that the bytecode's own return stack
 * can take its place. Values only ever become less known, so a refusal on the way to the fixed point is final. */
#ifndef SKEP_TOOLCHAIN_LOWER_FLOW_H
#define SKEP_TOOLCHAIN_LOWER_FLOW_H

#include "toolchain/lower/lower_ir.h"

enum value_kind {
    VALUE_UNKNOWN,
    VALUE_RETURN,  /* the function's own return address */
    VALUE_LINK,    /* left in ra by a call */
    VALUE_NUMBER,  /* number */
    VALUE_STACK,   /* base + number, base being the entry's sp (0) or where sp got a new base */
    VALUE_HIGH,    /* the lui or auipc of the address number, perhaps with an index added (base 1) */
    VALUE_ADDRESS, /* the address number, by relocation */
    VALUE_TABLE,   /* the address number plus an index */
    VALUE_ENTRY,   /* loaded from the table at the address number */
    VALUE_OFFSET,  /* a label plus what was loaded from the table at number (0: not known to be a table) */
};
struct value {
    uint8_t kind;
    uint32_t base;
    int32_t number;
    int32_t floor; /* VALUE_STACK: at most how far the base lies below the entry's sp, or FLOOR_UNKNOWN */
};
enum { FLOOR_UNKNOWN = INT32_MAX };

struct slot {
    uint32_t base;
    int32_t offset;
    struct value value;
};

struct state {
    struct value reg[VM_REGISTERS];
    struct slot *slots;
    uint32_t slot_count, slot_capacity;
};

enum flow_kind {
    FLOW_NEXT,
    FLOW_DROP,     /* moves the return address: no word */
    FLOW_BRANCH,   /* to target or on */
    FLOW_JUMP,     /* to target */
    FLOW_CALL,     /* of function; goes on */
    FLOW_CALL_END, /* of a function that does not return */
    FLOW_CALL_INDIRECT,
    FLOW_SETJMP, /* a call of a function that is the operation SETJMP */
    FLOW_TAIL,
    FLOW_TAIL_INDIRECT,
    FLOW_RETURN,
    FLOW_LABELS, /* to one of the function's labels; may_tail: or to another function */
    FLOW_TRAP,
    FLOW_LONGJMP,
};
struct flow {
    uint8_t kind;
    bool may_tail;
    uint32_t target, next; /* ELF addresses; next is the instruction after this one (or after its pair) */
    struct function *function;
    uint32_t table; /* FLOW_LABELS: the address of the table of labels that it takes one from, or 0 */
};

struct state *state_at_entry(struct lower *l);
void state_copy(struct lower *l, struct state *to, const struct state *from);
/* Makes `into` what holds in both; true if it changed. */
bool state_join(struct state *into, const struct state *other);
/* Runs the instruction at `address` of f: changes `state` to what holds after it. Refuses what cannot be expressed. */
struct flow flow_step(struct lower *l, struct function *f, struct state *state, uint32_t address);
/* Whether an instruction ends a block whatever is known. */
bool flow_ends_block(const struct text_word *word);
/* The table of labels of f at an address: how many entries it has (`capacity` at most); the labels' addresses go to
 * `addresses`, unless it is NULL. */
uint32_t flow_table(struct lower *l, const struct function *f, uint32_t table, uint32_t *addresses, uint32_t capacity);

#endif
