/* trace: runs a guest word by word and keeps the branches that it took last: where from, where to. The results are
 * those of vm_run; only tasks that somebody looks at are run so. */
#ifndef SKEP_CORE_VM_TRACE_H
#define SKEP_CORE_VM_TRACE_H

#include "core/vm/vm.h"

enum { VM_TRACE_BRANCHES = 16 };

struct vm_trace {
    uint32_t count; /* branches taken so far; number n is in place n modulo VM_TRACE_BRANCHES */
    uint32_t from[VM_TRACE_BRANCHES], to[VM_TRACE_BRANCHES]; /* word indices */
};

/* As vm_run_words. */
enum vm_stop vm_run_traced(struct vm *vm, uint32_t *words, struct vm_trace *trace);

#endif
