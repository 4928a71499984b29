#include "core/vm/vm.h"

#include <string.h>

#include "core/vm/interpret.h"
#include "core/vm/words.h"

_Static_assert(sizeof(void *) != 4 || sizeof(struct vm) <= 128, "what an instance costs a device");

void vm_init(struct vm *vm, const struct vm_program *program, void *ram, uint32_t ram_bytes, uint32_t *return_stack,
             uint32_t return_entries) {
    memset(vm, 0, sizeof *vm);
    memset(ram, 0, (size_t)ram_bytes + VM_PAD_BYTES);
    vm->ram = ram;
    vm->ram_bytes = ram_bytes;
    vm->code = program->code;
    vm->code_words = program->code_words;
    vm->read_only = program->read_only;
    vm->read_only_bytes = program->read_only_bytes;
    vm->return_stack = return_stack;
    vm->return_entries = return_entries;
}

static bool is_entry(const struct vm *vm, uint32_t index) {
    if (index >= vm->code_words) return false;
    const uint32_t op = vm->code[index] & 0xff;
    return op >= OP_ENTRY0 && op <= OP_ENTRY2;
}

/* The function returns to word 0, which is STOP. */
static void push_stop(struct vm *vm, uint32_t entry) {
    vm->return_stack[vm->return_depth++] = 0;
    vm->pc = entry;
}

enum status vm_enter(struct vm *vm, uint32_t entry) {
    if (!is_entry(vm, entry)) return ST_INVALID;
    if (vm->return_depth == vm->return_entries) return ST_FULL;
    push_stop(vm, entry);
    return ST_OK;
}

enum vm_stop vm_run(struct vm *vm) {
    if (vm->fuel < 0) return VM_STOP_BUDGET;
    return (enum vm_stop)vm_interpret(vm, false);
}

enum vm_stop vm_run_words(struct vm *vm, uint32_t *words) {
    while (vm->fuel >= 0 && *words > 0) {
        const int stop = vm_interpret(vm, true);
        if (stop == VM_STOP_TRAP) return VM_STOP_TRAP;
        *words -= 1;
        if (stop != VM_STOPPED_ONCE) return (enum vm_stop)stop;
    }
    return VM_STOP_BUDGET;
}

enum status vm_call(struct vm *vm, uint32_t target, const uint32_t *arguments, size_t count, struct vm_saved *saved) {
    const uint32_t entry = vm_taken_entry(vm, target);
    if (entry == 0 || count > VM_CALL_ARGUMENTS_MAX) return ST_INVALID;
    if (vm->return_depth == vm->return_entries) return ST_FULL;
    memcpy(saved->reg, vm->reg, sizeof saved->reg);
    saved->pc = vm->pc;
    saved->return_depth = vm->return_depth;
    for (size_t i = 0; i < count; i++) vm->reg[REGISTER_A0 + i] = arguments[i];
    push_stop(vm, entry);
    return ST_OK;
}

void vm_call_end(struct vm *vm, const struct vm_saved *saved) {
    memcpy(vm->reg, saved->reg, sizeof vm->reg);
    vm->pc = saved->pc;
    vm->return_depth = saved->return_depth;
}

/* `window` bytes begin at guest address `base`: is the range inside? */
static bool inside(uint32_t base, uint32_t window, uint32_t address, uint32_t length) {
    return address >= base && (uint64_t)address + length <= (uint64_t)base + window;
}

uint8_t *vm_memory_write(struct vm *vm, uint32_t address, uint32_t length) {
    if (length == 0) return vm->ram;
    return inside(ISA_RAM_BASE, vm->ram_bytes, address, length) ? vm->ram + (address - ISA_RAM_BASE) : NULL;
}

const uint8_t *vm_memory_read(const struct vm *vm, uint32_t address, uint32_t length) {
    if (length == 0 || inside(ISA_RAM_BASE, vm->ram_bytes, address, length))
        return length == 0 ? vm->ram : vm->ram + (address - ISA_RAM_BASE);
    if (!inside(ISA_RO_BASE, vm->read_only_bytes, address, length)) return NULL;
    return vm->read_only + (address - ISA_RO_BASE);
}

const char *vm_trap_text(enum vm_trap trap) {
    switch (trap) {
    case VM_TRAP_NONE: return "no trap";
    case VM_TRAP_UNREACHABLE: return "code was reached that the program says cannot be";
    case VM_TRAP_MEMORY: return "memory access outside the program's memory";
    case VM_TRAP_DIVIDE: return "division by zero";
    case VM_TRAP_CALL_TARGET: return "call through a pointer that is no function";
    case VM_TRAP_CALL_DEPTH: return "calls nested too deeply";
    case VM_TRAP_JUMP: return "longjmp to a place that is gone";
    }
    return "unknown trap";
}
