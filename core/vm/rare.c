/* The rows that programs seldom execute, and those memory accesses that the dispatch loop could not place in RAM. */
#include <string.h>

#include "core/vm/float.h"
#include "core/vm/interpret.h"
#include "core/vm/words.h"

static enum vm_step trap(struct vm *vm, enum vm_trap reason, uint32_t detail) {
    vm->trap = reason;
    vm->trap_detail = detail;
    return VM_STEP_TRAP;
}

static enum vm_step charged(struct vm *vm, uint32_t words) {
    vm->fuel -= (int32_t)words;
    return vm->fuel < 0 ? VM_STEP_BUDGET : VM_STEP_ON;
}

/* An access whose first byte is at `address`: where that is in the host, or NULL. Eight bytes are there from it on. */
static uint8_t *ram_at(const struct vm *vm, uint32_t address) {
    const uint32_t index = address - ISA_RAM_BASE;
    return index < vm->ram_bytes ? vm->ram + index : NULL;
}
static const uint8_t *readable_at(const struct vm *vm, uint32_t address) {
    const uint32_t index = address - ISA_RO_BASE;
    return index < vm->read_only_bytes ? vm->read_only + index : ram_at(vm, address);
}

/* The rows of one form lie in one order, byte loads first; for the X forms the low three bits of the code say which it
 * is. */
uint32_t vm_row_address(const struct vm *vm, uint32_t word) {
    const enum isa_op op = (enum isa_op)(word & 0xff);
    const uint32_t base = vm->reg[FIELD_B(word)];
    if (op < OP_LB_P) return base + FIELD_OFFSET16(word) + ISA_RAM_BASE;
    if (op < OP_LB_X) return base + FIELD_OFFSET8(word);
    const uint32_t offset = FIELD_OFFSET12(word) + ISA_RAM_BASE;
    if (op == OP_LWPAIR || op == OP_SWPAIR) return base + offset;
    static const uint8_t scale[] = {0, 0, 1, 1, 2, 0, 1, 2};
    const uint32_t index = vm->reg[FIELD_C(word)];
    return base + (op < OP_LH_A ? index << scale[op & 7] : index) + offset;
}

/* ENTRY1, ENTRY2 whose frame leaves RAM: s0 would lie 8 bytes below the caller's sp, s1 12. */
static enum vm_step enter(struct vm *vm) {
    const uint32_t top = vm->reg[REGISTER_SP];
    return trap(vm, VM_TRAP_MEMORY, ram_at(vm, top - 8) == NULL ? top - 8 : top - 12);
}

/* RET1, RET2 whose frame does: it may lie in read-only data. */
static enum vm_step leave(struct vm *vm, enum isa_op op, uint32_t word) {
    const uint32_t top = vm->reg[REGISTER_SP] + FIELD_FRAME_BYTES(word);
    const uint8_t *const s0 = readable_at(vm, top - 8), *const s1 = readable_at(vm, top - 12);
    if (s0 == NULL) return trap(vm, VM_TRAP_MEMORY, top - 8);
    if (op == OP_RET2 && s1 == NULL) return trap(vm, VM_TRAP_MEMORY, top - 12);
    vm->reg[REGISTER_S0] = load_host32(s0);
    if (op == OP_RET2) vm->reg[REGISTER_S1] = load_host32(s1);
    vm->reg[REGISTER_SP] = top;
    vm->pc = vm->return_stack[--vm->return_depth] & RETURN_INDEX;
    return VM_STEP_ON;
}

/* The bytes from `address` to the end of its window, 0 when it is in none. */
static uint32_t bytes_to_end(const struct vm *vm, uint32_t address) {
    const uint32_t in_ram = address - ISA_RAM_BASE, in_read_only = address - ISA_RO_BASE;
    if (in_ram < vm->ram_bytes) return vm->ram_bytes - in_ram;
    return in_read_only < vm->read_only_bytes ? vm->read_only_bytes - in_read_only : 0;
}

/* How many bytes are the same from the start on, or are not `value`. */
static uint32_t same_bytes(const uint8_t *left, const uint8_t *right, uint32_t bytes) {
    uint32_t at = 0;
    while (at + 4 <= bytes && load_host32(left + at) == load_host32(right + at)) at += 4;
    while (at < bytes && left[at] == right[at]) at++;
    return at;
}
static uint32_t other_bytes(const uint8_t *from, uint32_t value, uint32_t bytes) {
    uint32_t at = 0;
    while (at < bytes && from[at] != value) at++;
    return at;
}

/* A step of a block operation. `first` is the address that BCOPY and BFILL write at and BFIND looks at, or BCMP's left
 * side, whose operands lie one field further than the others'; `second` is an address of BCOPY and BCMP, a byte else.
 */
static enum vm_step block_step(struct vm *vm, enum isa_op op, uint32_t word) {
    const uint32_t fields = op == OP_BCMP ? word >> 4 : word;
    uint32_t *const first = &vm->reg[FIELD_A(fields)], *const second = &vm->reg[FIELD_B(fields)];
    uint32_t *const left = &vm->reg[FIELD_C(fields)];
    const bool writes = op == OP_BCOPY || op == OP_BFILL, has_second = op == OP_BCOPY || op == OP_BCMP;
    const bool downwards = op == OP_BCOPY && *first > *second && *first < (uint64_t)*second + *left;
    uint32_t bytes = *left < VM_BLOCK_STEP_BYTES ? *left : VM_BLOCK_STEP_BYTES;
    if (op == OP_BFIND) {
        const uint32_t window = bytes_to_end(vm, *first);
        if (window == 0 && bytes != 0) return trap(vm, VM_TRAP_MEMORY, *first);
        if (bytes > window) bytes = window;
    }
    const uint32_t skipped = downwards ? *left - bytes : 0, value = *second & 0xff;
    uint8_t *const to = vm_memory_write(vm, *first + skipped, bytes);
    const uint8_t *const from = writes ? to : vm_memory_read(vm, *first + skipped, bytes);
    const uint8_t *const other = has_second ? vm_memory_read(vm, *second + skipped, bytes) : from;
    if (from == NULL) return trap(vm, VM_TRAP_MEMORY, *first + skipped);
    if (other == NULL) return trap(vm, VM_TRAP_MEMORY, *second + skipped);

    uint32_t moved = bytes;
    if (op == OP_BCOPY) memmove(to, other, bytes);
    if (op == OP_BFILL) memset(to, (int)value, bytes);
    if (op == OP_BFIND) moved = other_bytes(from, value, bytes);
    if (op == OP_BCMP) {
        const uint32_t same = same_bytes(from, other, bytes);
        vm->reg[FIELD_A(word)] = same < bytes ? (uint32_t)(from[same] - other[same]) : 0;
        if (same < bytes) {
            moved = 0; /* the addresses stay at the step's start */
            *left = 0;
        }
    }
    if (!downwards) *first += moved;
    if (!downwards && has_second) *second += moved;
    *left -= moved;
    if (*left == 0 || moved < bytes) vm->pc++;
    return charged(vm, (bytes + 3) / 4);
}

/* SETJMP's buffer as it lies in guest memory; the host is little-endian. */
struct jump {
    uint32_t s0, s1, sp, index, depth, mark, zero[2];
};
_Static_assert(sizeof(struct jump) == VM_JUMP_BUFFER_BYTES, "the size that guests reserve");

static enum vm_step set_jump(struct vm *vm) {
    uint8_t *const buffer = vm_memory_write(vm, vm->reg[REGISTER_A0], VM_JUMP_BUFFER_BYTES);
    if (buffer == NULL) return trap(vm, VM_TRAP_MEMORY, vm->reg[REGISTER_A0]);
    uint32_t *const frame = &vm->return_stack[vm->return_depth - 1];
    if (*frame >> RETURN_MARK_SHIFT == 0) {
        vm->jump_mark = vm->jump_mark % RETURN_MARK_MAX + 1;
        *frame |= vm->jump_mark << RETURN_MARK_SHIFT;
    }
    const struct jump jump = {
        .s0 = vm->reg[REGISTER_S0],
        .s1 = vm->reg[REGISTER_S1],
        .sp = vm->reg[REGISTER_SP],
        .index = ++vm->pc,
        .depth = vm->return_depth,
        .mark = *frame >> RETURN_MARK_SHIFT,
    };
    memcpy(buffer, &jump, sizeof jump);
    vm->reg[REGISTER_A0] = 0;
    return VM_STEP_ON;
}

static enum vm_step long_jump(struct vm *vm) {
    const uint32_t address = vm->reg[REGISTER_A0], result = vm->reg[REGISTER_A1];
    const uint8_t *const buffer = vm_memory_write(vm, address, VM_JUMP_BUFFER_BYTES);
    struct jump jump;
    if (buffer == NULL) return trap(vm, VM_TRAP_JUMP, address);
    memcpy(&jump, buffer, sizeof jump);
    const bool index_good =
        jump.index >= 1 && jump.index < vm->code_words && (vm->code[jump.index - 1] & 0xff) == OP_SETJMP;
    const bool frame_good = jump.depth >= 1 && jump.depth <= vm->return_depth && jump.mark != 0 &&
                            vm->return_stack[jump.depth - 1] >> RETURN_MARK_SHIFT == jump.mark;
    if (!index_good || !frame_good) return trap(vm, VM_TRAP_JUMP, address);
    vm->reg[REGISTER_S0] = jump.s0;
    vm->reg[REGISTER_S1] = jump.s1;
    vm->reg[REGISTER_SP] = jump.sp;
    vm->reg[REGISTER_A0] = result != 0 ? result : 1;
    vm->return_depth = jump.depth;
    vm->pc = jump.index;
    return charged(vm, JUMP_CHARGE);
}

/* FMADD, FMSUB, FNMSUB, FNMADD lie in this order: which operands change their sign is in the number's two bits. */
static uint32_t float_result(enum isa_op op, uint32_t b, uint32_t c, uint32_t d, enum float_rounding rounding) {
    const uint32_t kind = (uint32_t)(op - OP_FMADD_S);
    if (kind < 4) return float_fused(b ^ kind >> 1 << 31, c, d ^ kind << 31);
    const float x = float_value(b), y = float_value(c);
    float value = x;
    switch ((int)op) {
    case OP_FADD_S: value = x + y; break;
    case OP_FSUB_S: value = x - y; break;
    case OP_FMUL_S: value = x * y; break;
    case OP_FDIV_S: value = x / y; break;
    case OP_FSQRT_S: value = __builtin_sqrtf(x); break;
    case OP_FMIN_S:
    case OP_FMAX_S: return float_choose(b, c, op == OP_FMAX_S ? FLOAT_SIGN : 0);
    case OP_FEQ_S: return x == y;
    case OP_FLT_S: return x < y;
    case OP_FLE_S: return x <= y;
    case OP_FSGNJ_S:
    case OP_FSGNJN_S: return (b & ~FLOAT_SIGN) | ((op == OP_FSGNJ_S ? c : ~c) & FLOAT_SIGN);
    case OP_FSGNJX_S: return b ^ (c & FLOAT_SIGN);
    case OP_FCLASS_S: return float_class(b);
    case OP_FCVT_W_S:
    case OP_FCVT_WU_S: return float_to_integer(b, op == OP_FCVT_W_S, rounding);
    default: return float_from_integer(b, op == OP_FCVT_F_W_S, rounding); /* FCVT_F_W_S, FCVT_F_WU_S */
    }
    return float_bits(value);
}

/* The rows of binary16 are those of binary32 in the same order, and most are done there: float has more than twice the
 * digits of half, so arithmetic in float rounded once more is arithmetic in half rounded once. */
static uint32_t half_result(enum isa_op op, uint32_t b, uint32_t c, uint32_t d, enum float_rounding rounding) {
    const enum isa_op float_op = (enum isa_op)(op - OP_FADD_H + OP_FADD_S);
    const uint32_t wide_b = half_to_float(b), kind = (uint32_t)(op - OP_FMADD_H);
    if (kind < 4) return half_fused(b ^ kind >> 1 << 15, c, d ^ (kind & 1) << 15);
    if (op >= OP_FSGNJ_H && op <= OP_FSGNJX_H)
        return half_extend(float_result(float_op, b << 16, c << 16, 0, rounding) >> 16);
    switch ((int)op) {
    case OP_FCLASS_H: return half_class(b);
    case OP_FCVT_F_W_H:
    case OP_FCVT_F_WU_H: return half_from_integer(b, op == OP_FCVT_F_W_H, rounding);
    case OP_FCVT_S_H: return wide_b;
    case OP_FCVT_H_S: return half_from_float(b);
    default: break;
    }
    const uint32_t result = float_result(float_op, wide_b, half_to_float(c), 0, rounding);
    return op <= OP_FMAX_H || op == OP_FSQRT_H ? half_from_float(result) : result;
}

static enum vm_step calculate(struct vm *vm, enum isa_op op, uint32_t word) {
    const uint32_t b = vm->reg[FIELD_B(word)], c = vm->reg[FIELD_C(word)], d = vm->reg[FIELD_D(word)];
    const enum float_rounding rounding = (enum float_rounding)FIELD_ROUNDING(word);
    vm->reg[FIELD_A(word)] = op >= OP_FADD_H ? half_result(op, b, c, d, rounding) : float_result(op, b, c, d, rounding);
    vm->pc++;
    return VM_STEP_ON;
}

enum vm_step vm_step_rare(struct vm *vm, uint32_t word) {
    const enum isa_op op = (enum isa_op)(word & 0xff);
    if (op >= OP_LB && op <= OP_SWPAIR) return trap(vm, VM_TRAP_MEMORY, vm_row_address(vm, word));
    if (op >= OP_FADD_S && op <= OP_FCVT_H_S) return calculate(vm, op, word);
    switch ((int)op) {
    case OP_SETJMP: return set_jump(vm);
    case OP_LONGJMP: return long_jump(vm);
    case OP_ENTRY1:
    case OP_ENTRY2: return enter(vm);
    case OP_RET1:
    case OP_RET2: return leave(vm, op, word);
    case OP_BCOPY:
    case OP_BFILL:
    case OP_BCMP:
    case OP_BFIND: return block_step(vm, op, word);
    default: return trap(vm, VM_TRAP_UNREACHABLE, word);
    }
}
