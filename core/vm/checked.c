/* The checking interpreter: the same dispatch loop, one word at a time, with a look around before and after each. */
#include "core/vm/fields.h"
#include "core/vm/interpret.h"

/* What a word is about to touch. At most two ranges. */
struct touch {
    uint32_t address, length;
    bool writes;
};
enum { TOUCHES_MAX = 2 };

static uint32_t step_bytes(uint32_t length) { return length < VM_BLOCK_STEP_BYTES ? length : VM_BLOCK_STEP_BYTES; }

static unsigned touch_data(const struct vm *vm, uint32_t word, struct touch *touch) {
    static const uint8_t bytes[8] = {1, 1, 2, 2, 4, 1, 2, 4};
    static const uint8_t bytes_added[] = {2, 2, 4, 2, 4, 8, 8};
    const uint32_t op = word & 0xff;
    const bool writes_added = op == OP_SH_A || op == OP_SW_A || op == OP_SWPAIR;
    const bool added = op >= OP_LH_A;
    touch[0] = (struct touch){
        .address = vm_row_address(vm, word),
        .length = added ? bytes_added[op - OP_LH_A] : bytes[op & 7],
        .writes = added ? writes_added : (op & 7) >= 5,
    };
    return 1;
}

static unsigned touch_frame(const struct vm *vm, uint32_t word, struct touch *touch) {
    const uint32_t op = word & 0xff;
    const bool leaves = op == OP_RET1 || op == OP_RET2, both = op == OP_RET2 || op == OP_ENTRY2;
    const uint32_t top = vm->reg[REGISTER_SP] + (leaves ? FIELD_FRAME_BYTES(word) : 0);
    touch[0] = (struct touch){top - (both ? 12 : 8), both ? 8 : 4, !leaves};
    return 1;
}

/* A copy goes from the end when that is where its next step takes bytes. */
static unsigned touch_block(const struct vm *vm, uint32_t word, struct touch *touch) {
    const uint32_t a = vm->reg[FIELD_A(word)], b = vm->reg[FIELD_B(word)], c = vm->reg[FIELD_C(word)];
    const uint32_t d = vm->reg[FIELD_D(word)], bytes = step_bytes((word & 0xff) == OP_BCMP ? d : c);
    const bool upwards = a <= b || a >= (uint64_t)b + c;
    const uint32_t skipped = upwards ? 0 : c - bytes;
    switch (word & 0xff) {
    case OP_BCOPY:
        touch[0] = (struct touch){a + skipped, bytes, true};
        touch[1] = (struct touch){b + skipped, bytes, false};
        return 2;
    case OP_BCMP:
        touch[0] = (struct touch){b, bytes, false};
        touch[1] = (struct touch){c, bytes, false};
        return 2;
    default: touch[0] = (struct touch){a, bytes, (word & 0xff) == OP_BFILL}; return 1;
    }
}

static unsigned touches_of(const struct vm *vm, uint32_t word, struct touch *touch) {
    const uint32_t op = word & 0xff;
    if (op >= OP_LB && op <= OP_SWPAIR) return touch_data(vm, word, touch);
    if (op >= OP_BCOPY && op <= OP_BFIND) return touch_block(vm, word, touch);
    if (op == OP_ENTRY1 || op == OP_ENTRY2 || op == OP_RET1 || op == OP_RET2) return touch_frame(vm, word, touch);
    if (op != OP_SETJMP && op != OP_LONGJMP) return 0;
    touch[0] = (struct touch){vm->reg[REGISTER_A0], VM_JUMP_BUFFER_BYTES, op == OP_SETJMP};
    return 1;
}

static bool watches(const struct vm_watch *watch, const struct touch *touch) {
    if (!(touch->writes ? watch->writes : watch->reads)) return false;
    return touch->address < (uint64_t)watch->address + watch->length &&
           watch->address < (uint64_t)touch->address + touch->length;
}

/* The first watch that the word at vm->pc will set off, or watch_count. */
static uint32_t watch_ahead(const struct vm *vm, const struct vm_debug *debug) {
    struct touch touch[TOUCHES_MAX];
    const unsigned count = debug->watch_count != 0 ? touches_of(vm, vm->code[vm->pc], touch) : 0;
    for (uint32_t i = 0; count != 0 && i < debug->watch_count; i++)
        for (unsigned j = 0; j < count; j++)
            if (watches(&debug->watches[i], &touch[j])) return i;
    return debug->watch_count;
}

/* The breakpoint on word `pc`, or breakpoint_count. */
static uint32_t breakpoint_at(const struct vm_debug *debug, uint32_t pc) {
    uint32_t i = 0;
    while (i < debug->breakpoint_count && debug->breakpoints[i] != pc) i++;
    return i;
}

static enum vm_stop stop_for(struct vm_debug *debug, enum vm_event event, uint32_t index) {
    debug->event = event;
    debug->event_index = index;
    return VM_STOP_BREAK;
}

enum vm_stop vm_run_checked(struct vm *vm, struct vm_debug *debug) {
    debug->event = VM_EVENT_NONE;
    if (vm->fuel < 0) return VM_STOP_BUDGET;
    for (uint64_t done = 1;; done++) {
        const uint32_t breakpoint = breakpoint_at(debug, vm->pc);
        if (breakpoint < debug->breakpoint_count && !(debug->skip_first && done == 1))
            return stop_for(debug, VM_EVENT_BREAKPOINT, breakpoint);
        const uint32_t watch = watch_ahead(vm, debug);
        const int stop = vm_interpret(vm, true);
        if (stop == VM_STOP_TRAP) return VM_STOP_TRAP;
        debug->steps++;
        if (watch < debug->watch_count) return stop_for(debug, VM_EVENT_WATCH, watch);
        if (stop != VM_STOPPED_ONCE) return (enum vm_stop)stop;
        if (done == debug->step_limit) return stop_for(debug, VM_EVENT_STEPS, 0);
    }
}
