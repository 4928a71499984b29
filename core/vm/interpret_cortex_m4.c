/* The table that interpret_cortex_m4.S dispatches by, and the proof that both see the same struct vm. A row without a
 * handler does not link. */
#include "core/vm/interpret_cortex_m4.h"

#include <stddef.h>

#include "core/vm/interpret.h"

typedef void handler(void);

#define DECLARE(code, name, form, written, uses_float, ends, meaning) handler vm_m4_##name;
ISA_OPS(DECLARE)
#undef DECLARE

/* By opcode; values without a row stay empty, because the verifier lets none through. */
#define ROW(code, name, form, written, uses_float, ends, meaning) [code] = vm_m4_##name,
extern handler *const vm_m4_table[256];
handler *const vm_m4_table[256] = {ISA_OPS(ROW)};

#define SAME(number, expression) _Static_assert((number) == (expression), #number)
SAME(M4_PC, offsetof(struct vm, pc));
SAME(M4_FUEL, offsetof(struct vm, fuel));
SAME(M4_CALL, offsetof(struct vm, call));
SAME(M4_TRAP, offsetof(struct vm, trap));
SAME(M4_TRAP_DETAIL, offsetof(struct vm, trap_detail));
SAME(M4_RAM, offsetof(struct vm, ram));
SAME(M4_RAM_BYTES, offsetof(struct vm, ram_bytes));
SAME(M4_CODE, offsetof(struct vm, code));
SAME(M4_CODE_WORDS, offsetof(struct vm, code_words));
SAME(M4_READ_ONLY, offsetof(struct vm, read_only));
SAME(M4_READ_ONLY_BYTES, offsetof(struct vm, read_only_bytes));
SAME(M4_RETURN_STACK, offsetof(struct vm, return_stack));
SAME(M4_RETURN_DEPTH, offsetof(struct vm, return_depth));
SAME(M4_RETURN_ENTRIES, offsetof(struct vm, return_entries));
SAME(0, offsetof(struct vm, reg));
SAME(M4_ONCE_BYTES, sizeof vm_m4_table);
SAME(M4_RAM_BASE, ISA_RAM_BASE);
SAME(M4_RO_BASE, ISA_RO_BASE);
SAME(M4_CODE_BASE, ISA_CODE_BASE);
SAME(M4_STOP_BUDGET, VM_STOP_BUDGET);
SAME(M4_STOP_CALL, VM_STOP_CALL);
SAME(M4_STOP_BREAK, VM_STOP_BREAK);
SAME(M4_STOP_RETURN, VM_STOP_RETURN);
SAME(M4_STOP_TRAP, VM_STOP_TRAP);
SAME(M4_STOPPED_ONCE, VM_STOPPED_ONCE);
SAME(M4_STOP_TRAP + 1, VM_STEP_TRAP);
SAME(M4_STOP_BUDGET + 1, VM_STEP_BUDGET);
SAME(M4_TRAP_UNREACHABLE, VM_TRAP_UNREACHABLE);
SAME(M4_TRAP_MEMORY, VM_TRAP_MEMORY);
SAME(M4_TRAP_DIVIDE, VM_TRAP_DIVIDE);
SAME(M4_TRAP_CALL_TARGET, VM_TRAP_CALL_TARGET);
SAME(M4_TRAP_CALL_DEPTH, VM_TRAP_CALL_DEPTH);
SAME(M4_OP_ENTRY0, OP_ENTRY0);
SAME(M4_OP_ENTRY2, OP_ENTRY2);
