/* Runs the artifact at FLASH_BASE once, for counting cycles: hashes and verifies it, then lets vm_run go to the end
 * between bench_begin and bench_end. Says what the guest printed and its exit status, through semihosting; checks no
 * signature. */
#include "core/base/require.h"
#include "core/base/status.h"
#include "core/vm/load.h"
#include "device/executive/calls_table.h"
#include "device/port/mps2_an386/flash_map.h"
#include "device/port/mps2_an386/semihosting.h"

enum { RAM_BYTES = 2 << 20, RETURN_ENTRIES = 4096 };
static uint8_t ram[RAM_BYTES + VM_PAD_BYTES] __attribute__((aligned(8)));
static uint32_t return_stack[RETURN_ENTRIES];
static struct load load;
static struct vm vm;

_Noreturn void require_failed(const char *expression, const char *file, int line) {
    (void)file;
    semihosting_print(expression);
    semihosting_exit((uint32_t)line);
}

_Noreturn static void fail(const char *reason, uint32_t detail) {
    semihosting_print("bench: ");
    semihosting_print(reason);
    semihosting_print(" ");
    semihosting_print_hex(detail);
    semihosting_print("\n");
    semihosting_exit(1);
}

/* Places for the cycle counter to begin and to end at. */
__attribute__((noinline)) void bench_begin(void);
__attribute__((noinline)) void bench_end(void);
void bench_begin(void) { __asm volatile(""); }
void bench_end(void) { __asm volatile(""); }

static void console_write(void) {
    const uint32_t length = vm.reg[11];
    const uint8_t *bytes = vm_memory_read(&vm, vm.reg[10], length);
    for (uint32_t i = 0; bytes && i < length; i++) {
        const char text[2] = {(char)bytes[i], '\0'};
        semihosting_print(text);
    }
    vm.reg[10] = bytes ? 0 : (uint32_t)ST_RANGE;
    vm.reg[11] = length;
}

/* The guest's exit status. */
static uint32_t run(void) {
    for (;;) {
        vm.fuel = INT32_MAX;
        switch (vm_run(&vm)) {
        case VM_STOP_BUDGET: continue;
        case VM_STOP_RETURN: return vm.reg[10];
        case VM_STOP_TRAP: fail(vm_trap_text((enum vm_trap)vm.trap), vm.pc);
        case VM_STOP_BREAK: fail("break", vm.pc);
        case VM_STOP_CALL: break;
        }
        if (vm.call == CALL_TASK_EXIT) return vm.reg[10];
        if (vm.call == CALL_CONSOLE_WRITE)
            console_write();
        else
            vm.reg[10] = (uint32_t)ST_UNSUPPORTED;
    }
}

int main(void) {
    struct artifact_fault fault;
    const uint8_t *const artifact = (const uint8_t *)FLASH_BASE;
    if (load_start(&load, artifact, ARTIFACT_HEAD_BYTES_MAX, &fault) != ST_OK) fail(fault.reason, fault.offset);
    if (load_all(&load, artifact, load.artifact.total_bytes, &fault) != ST_OK) fail(fault.reason, fault.offset);
    const struct artifact_manifest *const manifest = &load.artifact.manifest;
    if (manifest->ram_bytes > RAM_BYTES) fail("needs more RAM than there is:", manifest->ram_bytes);
    if (manifest->return_entries > RETURN_ENTRIES)
        fail("needs more return entries than there are:", manifest->return_entries);
    vm_init(&vm, &load.program, ram, manifest->ram_bytes, return_stack, manifest->return_entries);
    if (load_place(&load, &vm) != ST_OK) fail("cannot be placed", 0);
    bench_begin();
    const uint32_t result = run();
    bench_end();
    semihosting_print("result ");
    semihosting_print_hex(result);
    semihosting_print("\n");
    semihosting_exit(0);
}
