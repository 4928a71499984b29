/* machine: one verified program on any of the three interpreters, seen through one face, so that a test can run all and
 * compare. */
#ifndef SKEP_TEST_ORACLE_MACHINE_H
#define SKEP_TEST_ORACLE_MACHINE_H

#include <stdint.h>

#include "core/vm/vm.h"
#include "test/oracle/oracle.h"

enum engine { ENGINE_FAST, ENGINE_CHECKED, ENGINE_ORACLE, ENGINES };
const char *engine_name(enum engine engine);

struct machine {
    enum engine engine;
    uint32_t reg[VM_REGISTERS]; /* the caller may write reg and fuel between runs */
    uint32_t pc;
    int32_t fuel;
    uint32_t call, trap, trap_detail;
    uint8_t *ram; /* guest address ISA_RAM_BASE; ram_bytes, then the pad */
    uint32_t ram_bytes;
    uint32_t *return_stack;
    uint32_t return_entries;

    /* below: the interpreters */
    struct vm vm;
    struct vm_debug debug;
    struct oracle oracle;
};

/* Zeroes the memory and makes the program's entry function the next to run, with sp at `stack_end`. */
void machine_start(struct machine *machine, enum engine engine, const struct vm_program *program, uint8_t *ram,
                   uint32_t ram_bytes, uint32_t *return_stack, uint32_t return_entries, uint32_t stack_end);
enum vm_stop machine_run(struct machine *machine);
/* vm_call and vm_call_end. */
enum status machine_call(struct machine *machine, uint32_t target, const uint32_t *arguments, size_t count,
                         struct vm_saved *saved);
void machine_call_end(struct machine *machine, const struct vm_saved *saved);
uint32_t machine_return_depth(const struct machine *machine);
uint32_t machine_jump_mark(const struct machine *machine);

/* Memory whose end touches a page that may not be touched, as does its start where `bytes` is a multiple of the page.
 */
void *guarded_take(size_t bytes);
void guarded_give(void *memory, size_t bytes);
/* From now on, a crash names *seed before it ends the process. */
void guarded_crash(const volatile uint64_t *seed);

#endif
