/* The dispatch loop with computed goto: the best form with gcc, which keeps one indirect jump per row. */
#pragma GCC diagnostic ignored "-Wpedantic" /* labels as values */

#include "core/vm/float.h"
#include "core/vm/interpret.h"
#include "core/vm/words.h"

#define ROW(name) row_##name:
#define BLOCK(name)                                                                                                    \
    name:
#define GO(block) goto block
#define GO_ON()   goto *table[*(const uint8_t *)pc]
#define NEXT()                                                                                                         \
    do {                                                                                                               \
        pc++;                                                                                                          \
        GO_ON();                                                                                                       \
    } while (0)
#define PUT_BACK()                                                                                                     \
    do {                                                                                                               \
        vm->pc = (uint32_t)(pc - vm->code);                                                                            \
        vm->fuel = fuel;                                                                                               \
        vm->return_depth = depth;                                                                                      \
    } while (0)
#define LEAVE(stop)                                                                                                    \
    do {                                                                                                               \
        PUT_BACK();                                                                                                    \
        return (stop);                                                                                                 \
    } while (0)

#define ROW_LABEL(code, name, form, written, uses_float, ends, meaning) [code] = &&row_##name,
#define ROW_PAUSE(code, name, form, written, uses_float, ends, meaning) [code] = &&pause,
#define HOLE_LABEL(code)                                                [code] = &&no_row,
#define HOLE_PAUSE(code)                                                [code] = &&pause,

int vm_interpret(struct vm *vm, bool once) {
    static const void *const rows[256] = {ISA_OPS(ROW_LABEL) ISA_HOLES(HOLE_LABEL)};
    static const void *const pauses[256] = {ISA_OPS(ROW_PAUSE) ISA_HOLES(HOLE_PAUSE)};
    const void *const *const table = once ? pauses : rows; /* where the second word's row is looked up */
    uint8_t *const ram = vm->ram;
    const uint32_t ram_bytes = vm->ram_bytes;
    const uint32_t *pc = vm->code + vm->pc;
    int32_t fuel = vm->fuel;
    uint32_t depth = vm->return_depth;
    goto *rows[*pc & 0xff];

#include "core/vm/rows.h"

pause:
    LEAVE(VM_STOPPED_ONCE);
}
