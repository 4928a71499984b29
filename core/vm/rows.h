/* rows: what each opcode does, as the body of the dispatch loop. Included once by the file that defines the words it is
 * written in; see interpret_goto.c and interpret_tail.c for their meaning:
 *   ROW(NAME) { .. }   the code of an opcode; ends in NEXT(), GO_ON() or GO(block), on every path
 *   BLOCK(name) { .. } code that rows share; reached by GO(name)
 *   NEXT()             go to the row of the word behind pc
 *   GO_ON()            go to the row of the word at pc, which the row has moved
 *   PUT_BACK()         bring pc, fuel and depth back into the vm
 *   LEAVE(stop)        the same, and end with that stop
 * State: vm, pc (the word that executes), fuel, depth (entries on the return stack), ram, ram_bytes.
 * No #include guard: it is no header of declarations. */

/* The operands are taken from the code byte by byte: one load gives a field that stands alone in its byte or halfword,
 * where shifting the word takes three instructions. A1, C, E, SHIFT5 .. are for forms whose bits beside the field are
 * zero, as the verifier has seen; A, C4, E4 for those that have another field there. */
#define CODE_BYTE(n) code_byte(pc, n)
#define CODE_HIGH    load_host16((const uint8_t *)pc + 2)
#define A1           (vm->reg[CODE_BYTE(1)])
#define A            (vm->reg[CODE_BYTE(1) & 15])
#define B            (vm->reg[CODE_BYTE(1) >> 4])
#define C            (vm->reg[CODE_BYTE(2)])
#define C4           (vm->reg[CODE_BYTE(2) & 15])
#define D            (vm->reg[CODE_BYTE(2) >> 4])
#define E            (vm->reg[CODE_BYTE(3)])
#define E4           (vm->reg[CODE_BYTE(3) & 15])
#define F            (vm->reg[CODE_BYTE(3) >> 4])
#define U16          CODE_HIGH
#define I16          extend16(CODE_HIGH)
#define I12          extend_high12(CODE_HIGH)
#define DISP12       (CODE_HIGH >> 4)
#define SHIFT5       CODE_BYTE(2)
#define SHIFT5_C     (CODE_HIGH >> 4)
#define SHIFT6       CODE_BYTE(3)
#define WIDTH        (CODE_BYTE(3) + 1)
#define ROUNDING     CODE_BYTE(2)
#define OFFSET8      extend8(CODE_BYTE(3))
#define INCREMENT8   extend8(CODE_BYTE(2))

#define SIGNED(value)   ((int32_t)(value))
#define WIDE(high, low) ((uint64_t)(high) << 32 | (low))

/* A row that computes its a from its operands. */
#define VALUE(name, expression)                                                                                        \
    ROW(name) {                                                                                                        \
        A = (expression);                                                                                              \
        NEXT();                                                                                                        \
    }
/* One whose only register is a. */
#define VALUE_ALONE(name, expression)                                                                                  \
    ROW(name) {                                                                                                        \
        A1 = (expression);                                                                                             \
        NEXT();                                                                                                        \
    }
/* One that computes 64 bits into the pair b:a. */
#define PAIR(name, expression)                                                                                         \
    ROW(name) {                                                                                                        \
        const uint64_t wide = (expression);                                                                            \
        A = (uint32_t)wide;                                                                                            \
        B = (uint32_t)(wide >> 32);                                                                                    \
        NEXT();                                                                                                        \
    }

/* The same, with the low half's value known as `low` to the high one's. */
#define HALVES(name, low_expression, high_expression)                                                                  \
    ROW(name) {                                                                                                        \
        const uint32_t low = (low_expression), high = (high_expression);                                               \
        A = low;                                                                                                       \
        B = high;                                                                                                      \
        NEXT();                                                                                                        \
    }

/* Spends fuel for a row that has completed, and stops where it led when that was too much. */
#define CHARGE(words)                                                                                                  \
    do {                                                                                                               \
        fuel -= (int32_t)(words);                                                                                      \
        if (UNLIKELY(fuel < 0)) GO(out_of_fuel);                                                                       \
    } while (0)

BLOCK(out_of_fuel) { LEAVE(VM_STOP_BUDGET); }

/* The row is executed by vm_step_rare. */
BLOCK(rare) {
    PUT_BACK();
    const enum vm_step step = vm_step_rare(vm, *pc);
    pc = vm->code + vm->pc;
    fuel = vm->fuel;
    depth = vm->return_depth;
    if (step != VM_STEP_ON) LEAVE((int)step - 1);
    GO_ON();
}

BLOCK(divide_trap) {
    vm->trap = VM_TRAP_DIVIDE;
    vm->trap_detail = 0;
    LEAVE(VM_STOP_TRAP);
}
BLOCK(call_target_trap) {
    vm->trap = VM_TRAP_CALL_TARGET;
    vm->trap_detail = B;
    LEAVE(VM_STOP_TRAP);
}
BLOCK(call_depth_trap) {
    vm->trap = VM_TRAP_CALL_DEPTH;
    vm->trap_detail = vm->return_entries;
    LEAVE(VM_STOP_TRAP);
}

/* Leaving. */
ROW(STOP) { LEAVE(VM_STOP_RETURN); /* pc stays: running on after the return stops again */ }
ROW(TRAP) {
    vm->trap = VM_TRAP_UNREACHABLE;
    vm->trap_detail = U16;
    LEAVE(VM_STOP_TRAP);
}
ROW(HCALL) {
    vm->call = U16;
    pc++;
    LEAVE(VM_STOP_CALL);
}
ROW(BREAK) {
    vm->call = U16;
    pc++;
    LEAVE(VM_STOP_BREAK);
}
ROW(SETJMP) { GO(rare); }
ROW(LONGJMP) { GO(rare); }
ROW(CHARGE) {
    const uint32_t words = U16;
    pc++;
    CHARGE(words);
    GO_ON();
}

/* Functions. s0 is kept 8 bytes below the caller's sp, s1 12; both lie in RAM when the first byte of each does. */
ROW(ENTRY0) {
    const uint32_t word = *pc++;
    vm->reg[REGISTER_SP] -= FIELD_ENTRY_BYTES(word);
    CHARGE(FIELD_RUN(word));
    GO_ON();
}
ROW(ENTRY1) {
    const uint32_t top = vm->reg[REGISTER_SP], index = top - 8 - ISA_RAM_BASE;
    if (UNLIKELY(index >= ram_bytes)) GO(rare);
    store_host32(ram + index, vm->reg[REGISTER_S0]);
    const uint32_t word = *pc++;
    vm->reg[REGISTER_SP] = top - FIELD_ENTRY_BYTES(word);
    CHARGE(FIELD_RUN(word));
    GO_ON();
}
ROW(ENTRY2) {
    const uint32_t top = vm->reg[REGISTER_SP], index = top - 12 - ISA_RAM_BASE;
    if (UNLIKELY((uint64_t)index + 4 >= ram_bytes)) GO(rare);
    store_host32(ram + index, vm->reg[REGISTER_S1]);
    store_host32(ram + index + 4, vm->reg[REGISTER_S0]);
    const uint32_t word = *pc++;
    vm->reg[REGISTER_SP] = top - FIELD_ENTRY_BYTES(word);
    CHARGE(FIELD_RUN(word));
    GO_ON();
}

#define RETURN()                                                                                                       \
    do {                                                                                                               \
        pc = vm->code + (vm->return_stack[--depth] & RETURN_INDEX);                                                    \
        GO_ON();                                                                                                       \
    } while (0)

ROW(RET) { RETURN(); }
ROW(RET0) {
    vm->reg[REGISTER_SP] += FIELD_FRAME_BYTES(*pc);
    RETURN();
}
ROW(RET1) {
    const uint32_t top = vm->reg[REGISTER_SP] + FIELD_FRAME_BYTES(*pc), index = top - 8 - ISA_RAM_BASE;
    if (UNLIKELY(index >= ram_bytes)) GO(rare);
    vm->reg[REGISTER_S0] = load_host32(ram + index);
    vm->reg[REGISTER_SP] = top;
    RETURN();
}
ROW(RET2) {
    const uint32_t top = vm->reg[REGISTER_SP] + FIELD_FRAME_BYTES(*pc), index = top - 12 - ISA_RAM_BASE;
    if (UNLIKELY((uint64_t)index + 4 >= ram_bytes)) GO(rare);
    vm->reg[REGISTER_S1] = load_host32(ram + index);
    vm->reg[REGISTER_S0] = load_host32(ram + index + 4);
    vm->reg[REGISTER_SP] = top;
    RETURN();
}

#define PUSH_RETURN()                                                                                                  \
    do {                                                                                                               \
        if (UNLIKELY(depth == vm->return_entries)) GO(call_depth_trap);                                                \
        vm->return_stack[depth++] = (uint32_t)(pc + 1 - vm->code);                                                     \
    } while (0)

ROW(CALL) {
    PUSH_RETURN();
    pc += FIELD_CALL24(*pc) + 1;
    GO_ON();
}
ROW(CALLR) {
    const uint32_t index = vm_taken_entry(vm, B);
    if (UNLIKELY(index == 0)) GO(call_target_trap);
    PUSH_RETURN();
    pc = vm->code + index;
    GO_ON();
}
ROW(TAIL) {
    pc += FIELD_CALL24(*pc) + 1;
    GO_ON();
}
ROW(TAILR) {
    const uint32_t index = vm_taken_entry(vm, B);
    if (UNLIKELY(index == 0)) GO(call_target_trap);
    pc = vm->code + index;
    GO_ON();
}

/* Jumps and branches. Displacements count from the next word. */
ROW(J) {
    pc += FIELD_DISP24(*pc) + 1;
    GO_ON();
}
ROW(JB) {
    const uint32_t disp = FIELD_DISP24(*pc);
    pc = pc + 1 - disp;
    CHARGE(disp);
    GO_ON();
}
ROW(JF) {
    pc += FIELD_DISP24(*pc) + 1;
    CHARGE(JUMP_CHARGE);
    GO_ON();
}
ROW(SWITCH) {
    const uint32_t value = B, count = U16;
    pc += (value < count ? value : count) + 1;
    GO_ON();
}

#define BRANCH(name, condition)                                                                                        \
    ROW(name) {                                                                                                        \
        if (condition) {                                                                                               \
            pc += U16 + 1;                                                                                             \
            GO_ON();                                                                                                   \
        }                                                                                                              \
        NEXT();                                                                                                        \
    }                                                                                                                  \
    ROW(name##_B) {                                                                                                    \
        if (condition) {                                                                                               \
            const uint32_t disp = U16;                                                                                 \
            pc = pc + 1 - disp;                                                                                        \
            CHARGE(disp);                                                                                              \
            GO_ON();                                                                                                   \
        }                                                                                                              \
        NEXT();                                                                                                        \
    }
BRANCH(BEQ, A == B)
BRANCH(BNE, A != B)
BRANCH(BLT, SIGNED(A) < SIGNED(B))
BRANCH(BGE, SIGNED(A) >= SIGNED(B))
BRANCH(BLTU, A < B)
BRANCH(BGEU, A >= B)

#define ADD_BRANCH(name, condition)                                                                                    \
    ROW(name) {                                                                                                        \
        const uint32_t packed = CODE_HIGH, disp = packed >> 4;                                                         \
        A += (uint32_t)((int32_t)(packed << 28) >> 28);                                                                \
        if (condition) {                                                                                               \
            pc = pc + 1 - disp;                                                                                        \
            CHARGE(disp);                                                                                              \
            GO_ON();                                                                                                   \
        }                                                                                                              \
        NEXT();                                                                                                        \
    }
ADD_BRANCH(ADDBNE, A != B)
ADD_BRANCH(ADDBLT, SIGNED(A) < SIGNED(B))
ADD_BRANCH(ADDBGE, SIGNED(A) >= SIGNED(B))
ADD_BRANCH(ADDBLTU, A < B)
ADD_BRANCH(ADDBGEU, A >= B)

// clang-format off: a table of rows
/* One operand and a constant. */
VALUE(LI, FIELD_I20(*pc))
VALUE(LI_RO, ISA_RO_BASE + FIELD_U20(*pc))
VALUE_ALONE(LUI16, *pc & 0xffff0000u)
VALUE(MOV, B)
VALUE(ADDI, B + I16)
VALUE(SLTI, SIGNED(B) < SIGNED(I16))
VALUE(SLTIU, B < I16)
VALUE(XORI, B ^ I16)
VALUE(ORI, B | I16)
VALUE(ANDI, B & I16)
VALUE(SLLI, B << SHIFT5)
VALUE(SRLI, B >> SHIFT5)
VALUE(SRAI, (uint32_t)(SIGNED(B) >> SHIFT5))
VALUE(RORI, rotate_right(B, SHIFT5))
VALUE(BSETI, B | 1u << SHIFT5)
VALUE(BCLRI, B & ~(1u << SHIFT5))
VALUE(BINVI, B ^ 1u << SHIFT5)
VALUE(BEXTI, B >> SHIFT5 & 1)
VALUE(UBFX, B >> SHIFT5 & (uint32_t)((1ull << WIDTH) - 1))
VALUE(SBFX, (uint32_t)(SIGNED(B << (32 - SHIFT5 - WIDTH)) >> (32 - WIDTH)))

/* One operand. */
VALUE(CLZ, B == 0 ? 32 : (uint32_t)__builtin_clz(B))
VALUE(CTZ, B == 0 ? 32 : (uint32_t)__builtin_ctz(B))
VALUE(CPOP, count_ones(B))
VALUE(SEXTB, extend8(B))
VALUE(SEXTH, extend16(B))
VALUE(ZEXTH, B & 0xffff)
VALUE(REV8, __builtin_bswap32(B))
VALUE(ORCB, filled_bytes(B))

/* Two operands. */
VALUE(ADD, B + C)
VALUE(SUB, B - C)
VALUE(SLL, B << (C & 31))
VALUE(SLT, SIGNED(B) < SIGNED(C))
VALUE(SLTU, B < C)
VALUE(XOR, B ^ C)
VALUE(SRL, B >> (C & 31))
VALUE(SRA, (uint32_t)(SIGNED(B) >> (C & 31)))
VALUE(OR, B | C)
VALUE(AND, B &C)
VALUE(MUL, B * C)
VALUE(MULH, (uint32_t)((uint64_t)((int64_t)SIGNED(B) * SIGNED(C)) >> 32))
VALUE(MULHSU, (uint32_t)((uint64_t)((int64_t)SIGNED(B) * (int64_t)(uint64_t)C) >> 32))
VALUE(MULHU, (uint32_t)((uint64_t)B * C >> 32))

// clang-format on
#define DIVIDE(name, expression)                                                                                       \
    ROW(name) {                                                                                                        \
        const uint32_t b = B, c = C;                                                                                   \
        if (UNLIKELY(c == 0)) GO(divide_trap);                                                                         \
        A = (expression);                                                                                              \
        NEXT();                                                                                                        \
    }
/* Dividing by -1 is negating, -2^31 included; the host's division must not see that one. */
DIVIDE(DIV, c == UINT32_MAX ? 0u - b : (uint32_t)(SIGNED(b) / SIGNED(c)))
DIVIDE(DIVU, b / c)
DIVIDE(REM, c == UINT32_MAX ? 0 : (uint32_t)(SIGNED(b) % SIGNED(c)))
DIVIDE(REMU, b % c)

// clang-format off
VALUE(ANDN, B & ~C)
VALUE(ORN, B | ~C)
VALUE(XNOR, ~(B ^ C))
VALUE(MIN, SIGNED(B) < SIGNED(C) ? B : C)
VALUE(MAX, SIGNED(B) > SIGNED(C) ? B : C)
VALUE(MINU, B < C ? B : C)
VALUE(MAXU, B > C ? B : C)
VALUE(ROL, rotate_right(B, (0u - C) & 31))
VALUE(ROR, rotate_right(B, C & 31))
VALUE(BSET, B | 1u << (C & 31))
VALUE(BCLR, B & ~(1u << (C & 31)))
VALUE(BINV, B ^ 1u << (C & 31))
VALUE(BEXT, B >> (C & 31) & 1)
VALUE(SH1ADD, (B << 1) + C)
VALUE(SH2ADD, (B << 2) + C)
VALUE(SH3ADD, (B << 3) + C)
VALUE(CZEQZ, C == 0 ? 0 : B)
VALUE(CZNEZ, C != 0 ? 0 : B)
VALUE(ADD_SLL, B + (C4 << SHIFT5_C))
VALUE(SUB_SLL, B - (C4 << SHIFT5_C))
VALUE(XOR_SLL, B ^ C4 << SHIFT5_C)
VALUE(OR_SLL, B | C4 << SHIFT5_C)
VALUE(ADD_SRL, B + (C4 >> SHIFT5_C))
VALUE(XOR_SRL, B ^ C4 >> SHIFT5_C)
VALUE(OR_SRL, B | C4 >> SHIFT5_C)
VALUE(AND_SRL, B & C4 >> SHIFT5_C)
VALUE(ADD_SRA, B + (uint32_t)(SIGNED(C4) >> SHIFT5_C))
VALUE(XOR_ROR, B ^ rotate_right(C4, SHIFT5_C))
VALUE(FSHL, (uint32_t)(WIDE(B, C4) << SHIFT5_C >> 32))

/* Three operands. */
VALUE(ADD3, B + C4 + D)
VALUE(XOR3, B ^ C4 ^ D)
VALUE(MADD, D + B * C4)
VALUE(MSUB, D - B * C4)
VALUE(SELECT, D != 0 ? B : C4)
ROW(MOV2) {
    const uint32_t first = B, second = D;
    A = first;
    C4 = second;
    NEXT();
}

// clang-format on

/* Memory. `index` counts from the start of RAM; what is not in RAM may be read-only data, and else is a trap. */
#define LOAD_AT(index, then)                                                                                           \
    do {                                                                                                               \
        const uint8_t *from = ram + (index);                                                                           \
        if (UNLIKELY((index) >= ram_bytes)) {                                                                          \
            const uint32_t offset = (index) - (ISA_RO_BASE - ISA_RAM_BASE);                                            \
            if (UNLIKELY(offset >= vm->read_only_bytes)) GO(rare);                                                     \
            from = vm->read_only + offset;                                                                             \
        }                                                                                                              \
        then;                                                                                                          \
        NEXT();                                                                                                        \
    } while (0)
#define STORE_AT(index, then)                                                                                          \
    do {                                                                                                               \
        uint8_t *const to = ram + (index);                                                                             \
        if (UNLIKELY((index) >= ram_bytes)) GO(rare);                                                                  \
        then;                                                                                                          \
        NEXT();                                                                                                        \
    } while (0)

#define INDEX16        const uint32_t index = B + I16
#define INDEX_P        const uint32_t base = B, index = base + OFFSET8 - ISA_RAM_BASE
#define INDEX_X(scale) const uint32_t index = B + (C4 << (scale)) + I12

#define LOADS(name, scale, value)                                                                                      \
    ROW(name) {                                                                                                        \
        INDEX16;                                                                                                       \
        LOAD_AT(index, A = (value));                                                                                   \
    }                                                                                                                  \
    ROW(name##_P) {                                                                                                    \
        INDEX_P;                                                                                                       \
        LOAD_AT(index, B = base + INCREMENT8; A = (value));                                                            \
    }                                                                                                                  \
    ROW(name##_X) {                                                                                                    \
        INDEX_X(scale);                                                                                                \
        LOAD_AT(index, A = (value));                                                                                   \
    }
#define STORES(name, scale, put)                                                                                       \
    ROW(name) {                                                                                                        \
        INDEX16;                                                                                                       \
        STORE_AT(index, put(to, A));                                                                                   \
    }                                                                                                                  \
    ROW(name##_P) {                                                                                                    \
        INDEX_P;                                                                                                       \
        STORE_AT(index, put(to, A); B = base + INCREMENT8);                                                            \
    }                                                                                                                  \
    ROW(name##_X) {                                                                                                    \
        INDEX_X(scale);                                                                                                \
        STORE_AT(index, put(to, A));                                                                                   \
    }
#define LOAD_ADDED(name, value)                                                                                        \
    ROW(name) {                                                                                                        \
        INDEX_X(0);                                                                                                    \
        LOAD_AT(index, A = (value));                                                                                   \
    }
#define STORE_ADDED(name, put)                                                                                         \
    ROW(name) {                                                                                                        \
        INDEX_X(0);                                                                                                    \
        STORE_AT(index, put(to, A));                                                                                   \
    }

LOADS(LB, 0, extend8(*from))
LOADS(LBU, 0, *from)
LOADS(LH, 1, extend16(load_host16(from)))
LOADS(LHU, 1, load_host16(from))
LOADS(LW, 2, load_host32(from))
STORES(SB, 0, store_host8)
STORES(SH, 1, store_host16)
STORES(SW, 2, store_host32)
LOAD_ADDED(LH_A, extend16(load_host16(from)))
LOAD_ADDED(LHU_A, load_host16(from))
LOAD_ADDED(LW_A, load_host32(from))
STORE_ADDED(SH_A, store_host16)
STORE_ADDED(SW_A, store_host32)
ROW(LWPAIR) {
    const uint32_t index = B + I12;
    LOAD_AT(index, A = load_host32(from); C4 = load_host32(from + 4));
}
ROW(SWPAIR) {
    const uint32_t index = B + I12;
    STORE_AT(index, store_host32(to, A); store_host32(to + 4, C4));
}
ROW(BCOPY) { GO(rare); }
ROW(BFILL) { GO(rare); }
ROW(BCMP) { GO(rare); }
ROW(BFIND) { GO(rare); }

// clang-format off
/* 64 bits in pairs of registers, written high:low. Halves by themselves where that saves putting them together. */
HALVES(ADD64, C4 + E4, D + F + (low < E4))
HALVES(SUB64, C4 - E4, D - F - (C4 < E4))
HALVES(XOR64, C4 ^ E4, D ^ F)
HALVES(AND64, C4 & E4, D & F)
HALVES(OR64,  C4 | E4, D | F)
PAIR(SLLI64, WIDE(D, C4) << SHIFT6)
PAIR(SRLI64, WIDE(D, C4) >> SHIFT6)
PAIR(SRAI64, (uint64_t)((int64_t)WIDE(D, C4) >> SHIFT6))
PAIR(ROLI64, WIDE(D, C4) << SHIFT6 | WIDE(D, C4) >> ((64 - SHIFT6) & 63))
PAIR(MULU64, (uint64_t)C4 * D)
PAIR(MULS64, (uint64_t)((int64_t)SIGNED(C4) * SIGNED(D)))
VALUE(ADC, B + C4 + (D < E))
VALUE(SBC, B - C4 - (D < E))
VALUE(SLT64, (int64_t)WIDE(C4, B) < (int64_t)WIDE(E, D))
VALUE(SLTU64, WIDE(C4, B) < WIDE(E, D))

// clang-format on
/* Float. A result that is NaN, and a fused sum that is not safe to round twice, are rare's. */
#define FLOAT(name, expression)                                                                                        \
    ROW(name) {                                                                                                        \
        const float value = (expression);                                                                              \
        if (UNLIKELY(value != value)) GO(rare);                                                                        \
        A = float_raw(value);                                                                                          \
        NEXT();                                                                                                        \
    }
#define FUSED(name, product_sign, addend_sign)                                                                         \
    ROW(name) {                                                                                                        \
        float sum;                                                                                                     \
        if (UNLIKELY(!float_fused_fast(B ^ (product_sign), C4, D ^ (addend_sign), &sum))) GO(rare);                    \
        A = float_raw(sum);                                                                                            \
        NEXT();                                                                                                        \
    }
// clang-format off
FLOAT(FADD_S, float_value(B) + float_value(C))
FLOAT(FSUB_S, float_value(B) - float_value(C))
FLOAT(FMUL_S, float_value(B) * float_value(C))
FLOAT(FDIV_S, float_value(B) / float_value(C))
VALUE(FMIN_S, float_minimum(B, C))
VALUE(FMAX_S, float_maximum(B, C))
VALUE(FEQ_S, float_value(B) == float_value(C))
VALUE(FLT_S, float_value(B) < float_value(C))
VALUE(FLE_S, float_value(B) <= float_value(C))
VALUE(FSGNJ_S, (B & ~FLOAT_SIGN) | (C & FLOAT_SIGN))
VALUE(FSGNJN_S, (B & ~FLOAT_SIGN) | (~C & FLOAT_SIGN))
VALUE(FSGNJX_S, B ^ (C & FLOAT_SIGN))
FUSED(FMADD_S,  0, 0)
FUSED(FMSUB_S,  0, FLOAT_SIGN)
FUSED(FNMSUB_S, FLOAT_SIGN, 0)
FUSED(FNMADD_S, FLOAT_SIGN, FLOAT_SIGN)
FLOAT(FSQRT_S, __builtin_sqrtf(float_value(B)))
// clang-format on
ROW(FCLASS_S) { GO(rare); }
ROW(FCVT_W_S) {
    if (ROUNDING != FLOAT_TOWARDS_ZERO || !float_fits_int32(B)) GO(rare);
    A = (uint32_t)(int32_t)float_value(B);
    NEXT();
}
ROW(FCVT_WU_S) {
    if (ROUNDING != FLOAT_TOWARDS_ZERO || !float_fits_uint32(B)) GO(rare);
    A = (uint32_t)float_value(B);
    NEXT();
}
ROW(FCVT_F_W_S) {
    if (ROUNDING != FLOAT_NEAREST) GO(rare);
    A = float_raw((float)SIGNED(B));
    NEXT();
}
ROW(FCVT_F_WU_S) {
    if (ROUNDING != FLOAT_NEAREST) GO(rare);
    A = float_raw((float)B);
    NEXT();
}
ROW(FADD_H) { GO(rare); }
ROW(FSUB_H) { GO(rare); }
ROW(FMUL_H) { GO(rare); }
ROW(FDIV_H) { GO(rare); }
ROW(FMIN_H) { GO(rare); }
ROW(FMAX_H) { GO(rare); }
ROW(FEQ_H) { GO(rare); }
ROW(FLT_H) { GO(rare); }
ROW(FLE_H) { GO(rare); }
ROW(FSGNJ_H) { GO(rare); }
ROW(FSGNJN_H) { GO(rare); }
ROW(FSGNJX_H) { GO(rare); }
ROW(FMADD_H) { GO(rare); }
ROW(FMSUB_H) { GO(rare); }
ROW(FNMSUB_H) { GO(rare); }
ROW(FNMADD_H) { GO(rare); }
ROW(FSQRT_H) { GO(rare); }
ROW(FCLASS_H) { GO(rare); }
ROW(FCVT_W_H) { GO(rare); }
ROW(FCVT_WU_H) { GO(rare); }
ROW(FCVT_F_W_H) { GO(rare); }
ROW(FCVT_F_WU_H) { GO(rare); }
ROW(FCVT_S_H) { GO(rare); }
ROW(FCVT_H_S) { GO(rare); }

/* An opcode value without a row: not in verified code. */
BLOCK(no_row) { GO(rare); }
