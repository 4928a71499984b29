#include "core/vm/trace.h"

/* A word that traps stays, as does a block operation that is not done: neither branches. */
static void note(struct vm_trace *trace, uint32_t from, uint32_t to) {
    if (to == from || to == from + 1) return;
    trace->from[trace->count % VM_TRACE_BRANCHES] = from;
    trace->to[trace->count++ % VM_TRACE_BRANCHES] = to;
}

enum vm_stop vm_run_traced(struct vm *vm, uint32_t *words, struct vm_trace *trace) {
    while (*words > 0) {
        const uint32_t from = vm->pc;
        uint32_t left = 1;
        const enum vm_stop stop = vm_run_words(vm, &left);
        *words -= 1 - left;
        note(trace, from, vm->pc);
        if (stop != VM_STOP_BUDGET || vm->fuel < 0) return stop;
    }
    return VM_STOP_BUDGET;
}
