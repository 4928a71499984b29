#include "test/oracle/machine.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/bytes.h"

enum { SP = 2 };

const char *engine_name(enum engine engine) {
    switch (engine) {
    case ENGINE_FAST: return "vm_run";
    case ENGINE_CHECKED: return "vm_run_checked";
    case ENGINE_ORACLE: return "oracle";
    case ENGINES: break;
    }
    return "?";
}

static void must(bool good, const char *what) {
    if (good) return;
    fprintf(stderr, "machine: %s failed\n", what);
    abort();
}

void machine_start(struct machine *machine, enum engine engine, const struct vm_program *program, uint8_t *ram,
                   uint32_t ram_bytes, uint32_t *return_stack, uint32_t return_entries, uint32_t stack_end) {
    uint32_t entry = load_le32(program->functions + (size_t)program->entry_function * VM_FUNCTION_BYTES);
    memset(machine, 0, sizeof *machine);
    machine->engine = engine;
    machine->ram = ram;
    machine->ram_bytes = ram_bytes;
    machine->return_stack = return_stack;
    machine->return_entries = return_entries;
    memset(return_stack, 0, sizeof *return_stack * return_entries);
    if (engine == ENGINE_ORACLE) {
        oracle_init(&machine->oracle, program, ram, ram_bytes, return_stack, return_entries);
        oracle_enter(&machine->oracle, entry);
    } else {
        vm_init(&machine->vm, program, ram, ram_bytes, return_stack, return_entries);
        must(vm_enter(&machine->vm, entry) == ST_OK, "vm_enter");
    }
    machine->reg[SP] = stack_end;
    machine->pc = entry;
}

static enum vm_stop run_oracle(struct machine *machine) {
    struct oracle *oracle = &machine->oracle;
    memcpy(oracle->reg, machine->reg, sizeof machine->reg);
    oracle->fuel = machine->fuel;
    enum vm_stop stop = oracle_run(oracle);
    memcpy(machine->reg, oracle->reg, sizeof machine->reg);
    machine->fuel = oracle->fuel;
    machine->pc = oracle->pc;
    machine->call = oracle->call;
    machine->trap = oracle->trap;
    machine->trap_detail = oracle->trap_detail;
    return stop;
}

enum vm_stop machine_run(struct machine *machine) {
    if (machine->engine == ENGINE_ORACLE) return run_oracle(machine);
    struct vm *vm = &machine->vm;
    memcpy(vm->reg, machine->reg, sizeof machine->reg);
    vm->fuel = machine->fuel;
    enum vm_stop stop = machine->engine == ENGINE_FAST ? vm_run(vm) : vm_run_checked(vm, &machine->debug);
    memcpy(machine->reg, vm->reg, sizeof machine->reg);
    machine->fuel = vm->fuel;
    machine->pc = vm->pc;
    machine->call = vm->call;
    machine->trap = vm->trap;
    machine->trap_detail = vm->trap_detail;
    return stop;
}

enum status machine_call(struct machine *machine, uint32_t target, const uint32_t *arguments, size_t count,
                         struct vm_saved *saved) {
    bool is_oracle = machine->engine == ENGINE_ORACLE;
    uint32_t *reg = is_oracle ? machine->oracle.reg : machine->vm.reg;
    memcpy(reg, machine->reg, sizeof machine->reg);
    enum status status = is_oracle ? oracle_call(&machine->oracle, target, arguments, count, saved)
                                   : vm_call(&machine->vm, target, arguments, count, saved);
    memcpy(machine->reg, reg, sizeof machine->reg);
    machine->pc = is_oracle ? machine->oracle.pc : machine->vm.pc;
    return status;
}

void machine_call_end(struct machine *machine, const struct vm_saved *saved) {
    bool is_oracle = machine->engine == ENGINE_ORACLE;
    if (is_oracle)
        oracle_call_end(&machine->oracle, saved);
    else
        vm_call_end(&machine->vm, saved);
    memcpy(machine->reg, is_oracle ? machine->oracle.reg : machine->vm.reg, sizeof machine->reg);
    machine->pc = is_oracle ? machine->oracle.pc : machine->vm.pc;
}

uint32_t machine_return_depth(const struct machine *machine) {
    return machine->engine == ENGINE_ORACLE ? machine->oracle.return_depth : machine->vm.return_depth;
}

uint32_t machine_jump_mark(const struct machine *machine) {
    return machine->engine == ENGINE_ORACLE ? machine->oracle.jump_mark : machine->vm.jump_mark;
}
