/* interpret: what the parts of core/vm share. Private to core/vm; everybody else includes vm.h.
 *
 * One file of the build holds the dispatch loop (interpret_goto.c, interpret_tail.c or interpret_cortex_m4.S); it
 * executes the frequent rows itself and hands the rest, and every memory access outside RAM, to vm_step_rare. */
#ifndef SKEP_CORE_VM_INTERPRET_H
#define SKEP_CORE_VM_INTERPRET_H

#include "core/vm/vm.h"

/* The dispatch loop, supplied by one file of the build. Runs vm->pc on with vm->fuel, which is not below zero, until it
 * must stop; `once` makes it stop after one word at the latest. On return vm->pc, fuel, reg, return_depth, call, trap
 * and trap_detail are as vm.h says; the result is an enum vm_stop, or VM_STOPPED_ONCE when one word was executed and
 * nothing else stops. */
enum { VM_STOPPED_ONCE = VM_STOP_TRAP + 1 };
int vm_interpret(struct vm *vm, bool once);

/* What one word led to. The values of a stop are those of enum vm_stop plus one, so that zero means: go on. */
enum vm_step {
    VM_STEP_ON = 0,
    VM_STEP_BUDGET = VM_STOP_BUDGET + 1,
    VM_STEP_TRAP = VM_STOP_TRAP + 1,
};

/* Executes the one word at vm->pc, whose bits are `word`, completely: registers, memory, fuel, pc.
 * In:  vm->pc is the index of that word, vm->fuel is current; reg, return_depth and jump_mark are always in the struct.
 * Out: VM_STEP_ON      go on at vm->pc (not always the next word: block operations stay, LONGJMP and RET1, RET2 go
 * elsewhere); VM_STEP_BUDGET  the same, but fuel is below zero: leave with VM_STOP_BUDGET; VM_STEP_TRAP    vm->trap and
 * trap_detail are set, vm->pc, registers and memory are as before the word. It takes these rows; the loop need not have
 * code for the ones marked *, and comes here with the others when it cannot execute them: SETJMP*, LONGJMP*, BCOPY*,
 * BFILL*, BCMP*, BFIND*; loads and stores (LB to SWPAIR) that begin in no window that they may touch: they trap;
 *      ENTRY1, ENTRY2 whose frame is not in RAM: they trap; RET1, RET2 whose frame is not: executed from read-only
 * data, or trap; every row of binary32 and binary16 (* but for what a loop wants to be quick). Any other word is an
 * error of the loop: it traps UNREACHABLE. */
enum vm_step vm_step_rare(struct vm *vm, uint32_t word);

/* The address that a load or store row (LB to SWPAIR) accesses, given the registers now. */
uint32_t vm_row_address(const struct vm *vm, uint32_t word);

#endif
