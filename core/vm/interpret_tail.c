/* The dispatch loop as functions that call each other last: the best form with clang, which would merge computed gotos
 * into one jump. The state travels in the argument registers; preserve_none makes all of them free for it. */
#pragma clang diagnostic ignored "-Wunused-parameter" /* every row has all of the state */

#include "core/vm/float.h"
#include "core/vm/interpret.h"
#include "core/vm/words.h"

#define STATE                                                                                                          \
    struct vm *vm, const uint32_t *pc, int32_t fuel, uint32_t depth, uint8_t *ram, uint32_t ram_bytes,                 \
        const struct rows *table
#define STATE_NAMES vm, pc, fuel, depth, ram, ram_bytes, table

struct rows;
typedef __attribute__((preserve_none)) int row_code(STATE);
struct rows {
    row_code *row[256];
};

#define BLOCK(name) __attribute__((preserve_none, unused)) static int name(STATE)
#define ROW(name)   BLOCK(row_##name)
#define GO(block)   __attribute__((musttail)) return block(STATE_NAMES)
#define GO_ON()     GO(table->row[*(const uint8_t *)pc])
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

#include "core/vm/rows.h"

BLOCK(pause) { LEAVE(VM_STOPPED_ONCE); }

#define ROW_CODE(code, name, form, written, uses_float, ends, meaning)  [code] = row_##name,
#define ROW_PAUSE(code, name, form, written, uses_float, ends, meaning) [code] = pause,
#define HOLE_CODE(code)                                                 [code] = no_row,
#define HOLE_PAUSE(code)                                                [code] = pause,
static const struct rows rows = {{ISA_OPS(ROW_CODE) ISA_HOLES(HOLE_CODE)}};
static const struct rows pauses = {{ISA_OPS(ROW_PAUSE) ISA_HOLES(HOLE_PAUSE)}};

int vm_interpret(struct vm *vm, bool once) {
    const uint32_t *const pc = vm->code + vm->pc;
    return rows.row[*pc & 0xff](vm, pc, vm->fuel, vm->return_depth, vm->ram, vm->ram_bytes, once ? &pauses : &rows);
}
