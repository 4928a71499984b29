/* rows: what each opcode does, as the body of the dispatch loop. Included once by the file that defines the words it is
 * written in; see interpret_goto.c and interpret_tail.c for their meaning:
 *   ROW(NAME) { .. }   the code of an opcode; ends in NEXT() or GO(block), on every path
 *   BLOCK(name) { .. } code that rows share; reached by GO(name)
 *   NEXT()             fetch the next word and go to its row
 *   LEAVE(stop)        end with that stop; pc, fuel are put back into the vm
 * State: vm, pc (points behind the word that executes), word, fuel, ram, ram_bytes, code by way of vm.
 * No #include guard: it is no header of declarations. */

#define A               (vm->reg[FIELD_A(word)])
#define B               (vm->reg[FIELD_B(word)])
#define C               (vm->reg[FIELD_C(word)])
#define D               (vm->reg[FIELD_D(word)])
#define E               (vm->reg[FIELD_E(word)])
#define F               (vm->reg[FIELD_F(word)])
#define SIGNED(value)   ((int32_t)(value))
#define WIDE(high, low) ((uint64_t)(high) << 32 | (low))

/* A row that computes its a from its operands. */
#define VALUE(name, expression)                                                                                        \
    ROW(name) {                                                                                                        \
        A = (expression);                                                                                              \
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

/* Spends fuel for a row that has completed, and stops where it led when that was too much. */
#define CHARGE(words)                                                                                                  \
    do {                                                                                                               \
        fuel -= (int32_t)(words);                                                                                      \
        if (UNLIKELY(fuel < 0)) GO(out_of_fuel);                                                                       \
    } while (0)

BLOCK(out_of_fuel) { LEAVE(VM_STOP_BUDGET); }

/* The row is executed by vm_step_rare. */
BLOCK(rare) {
    vm->pc = (uint32_t)(pc - vm->code) - 1;
    vm->fuel = fuel;
    const enum vm_step step = vm_step_rare(vm, word);
    pc = vm->code + vm->pc;
    fuel = vm->fuel;
    if (step != VM_STEP_ON) LEAVE((int)step - 1);
    NEXT();
}

BLOCK(divide_trap) {
    pc--;
    vm->trap = VM_TRAP_DIVIDE;
    vm->trap_detail = 0;
    LEAVE(VM_STOP_TRAP);
}
BLOCK(call_target_trap) {
    pc--;
    vm->trap = VM_TRAP_CALL_TARGET;
    vm->trap_detail = B;
    LEAVE(VM_STOP_TRAP);
}
BLOCK(call_depth_trap) {
    pc--;
    vm->trap = VM_TRAP_CALL_DEPTH;
    vm->trap_detail = vm->return_entries;
    LEAVE(VM_STOP_TRAP);
}

/* Leaving. */
ROW(STOP) {
    pc--; /* stays at STOP: running on after the return stops again */
    LEAVE(VM_STOP_RETURN);
}
ROW(TRAP) {
    pc--;
    vm->trap = VM_TRAP_UNREACHABLE;
    vm->trap_detail = FIELD_U16(word);
    LEAVE(VM_STOP_TRAP);
}
ROW(HCALL) {
    vm->call = FIELD_U12(word);
    LEAVE(VM_STOP_CALL);
}
ROW(BREAK) {
    vm->call = FIELD_U16(word);
    LEAVE(VM_STOP_BREAK);
}
ROW(SETJMP) { GO(rare); }
ROW(LONGJMP) { GO(rare); }
ROW(CHARGE) {
    CHARGE(FIELD_U12(word));
    NEXT();
}

/* Functions. s0 is kept 8 bytes below the caller's sp, s1 12; both lie in RAM when the first byte of each does. */
ROW(ENTRY0) {
    vm->reg[REGISTER_SP] -= FIELD_ENTRY_BYTES(word);
    CHARGE(FIELD_RUN(word));
    NEXT();
}
ROW(ENTRY1) {
    const uint32_t top = vm->reg[REGISTER_SP], index = top - 8 - ISA_RAM_BASE;
    if (UNLIKELY(index >= ram_bytes)) GO(rare);
    store_host32(ram + index, vm->reg[REGISTER_S0]);
    vm->reg[REGISTER_SP] = top - FIELD_ENTRY_BYTES(word);
    CHARGE(FIELD_RUN(word));
    NEXT();
}
ROW(ENTRY2) {
    const uint32_t top = vm->reg[REGISTER_SP], index = top - 12 - ISA_RAM_BASE;
    if (UNLIKELY((uint64_t)index + 4 >= ram_bytes)) GO(rare);
    store_host32(ram + index, vm->reg[REGISTER_S1]);
    store_host32(ram + index + 4, vm->reg[REGISTER_S0]);
    vm->reg[REGISTER_SP] = top - FIELD_ENTRY_BYTES(word);
    CHARGE(FIELD_RUN(word));
    NEXT();
}

#define RETURN()                                                                                                       \
    do {                                                                                                               \
        pc = vm->code + (vm->return_stack[--vm->return_depth] & RETURN_INDEX);                                         \
        NEXT();                                                                                                        \
    } while (0)

ROW(RET) { RETURN(); }
ROW(RET0) {
    vm->reg[REGISTER_SP] += FIELD_FRAME_BYTES(word);
    RETURN();
}
ROW(RET1) {
    const uint32_t top = vm->reg[REGISTER_SP] + FIELD_FRAME_BYTES(word), index = top - 8 - ISA_RAM_BASE;
    if (UNLIKELY(index >= ram_bytes)) GO(rare);
    vm->reg[REGISTER_S0] = load_host32(ram + index);
    vm->reg[REGISTER_SP] = top;
    RETURN();
}
ROW(RET2) {
    const uint32_t top = vm->reg[REGISTER_SP] + FIELD_FRAME_BYTES(word), index = top - 12 - ISA_RAM_BASE;
    if (UNLIKELY((uint64_t)index + 4 >= ram_bytes)) GO(rare);
    vm->reg[REGISTER_S1] = load_host32(ram + index);
    vm->reg[REGISTER_S0] = load_host32(ram + index + 4);
    vm->reg[REGISTER_SP] = top;
    RETURN();
}

#define PUSH_RETURN()                                                                                                  \
    do {                                                                                                               \
        if (UNLIKELY(vm->return_depth == vm->return_entries)) GO(call_depth_trap);                                     \
        vm->return_stack[vm->return_depth++] = (uint32_t)(pc - vm->code);                                              \
    } while (0)

ROW(CALL) {
    PUSH_RETURN();
    pc += FIELD_CALL24(word);
    NEXT();
}
ROW(CALLR) {
    const uint32_t index = vm_taken_entry(vm, B);
    if (UNLIKELY(index == 0)) GO(call_target_trap);
    PUSH_RETURN();
    pc = vm->code + index;
    NEXT();
}
ROW(TAIL) {
    pc += FIELD_CALL24(word);
    NEXT();
}
ROW(TAILR) {
    const uint32_t index = vm_taken_entry(vm, B);
    if (UNLIKELY(index == 0)) GO(call_target_trap);
    pc = vm->code + index;
    NEXT();
}

/* Jumps and branches. */
ROW(J) {
    pc += FIELD_DISP24(word);
    NEXT();
}
ROW(JB) {
    pc -= FIELD_DISP24(word);
    CHARGE(FIELD_DISP24(word));
    NEXT();
}
ROW(JF) {
    pc += FIELD_DISP24(word);
    CHARGE(JUMP_CHARGE);
    NEXT();
}
ROW(SWITCH) {
    const uint32_t value = B, count = FIELD_U16(word);
    pc += value < count ? value : count;
    NEXT();
}

#define BRANCH(name, condition)                                                                                        \
    ROW(name) {                                                                                                        \
        if (condition) {                                                                                               \
            pc += FIELD_DISP16(word);                                                                                  \
            NEXT();                                                                                                    \
        }                                                                                                              \
        NEXT();                                                                                                        \
    }                                                                                                                  \
    ROW(name##_B) {                                                                                                    \
        if (condition) {                                                                                               \
            pc -= FIELD_DISP16(word);                                                                                  \
            CHARGE(FIELD_DISP16(word));                                                                                \
            NEXT();                                                                                                    \
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
        A += FIELD_INCREMENT4(word);                                                                                   \
        if (condition) {                                                                                               \
            pc -= FIELD_DISP12(word);                                                                                  \
            CHARGE(FIELD_DISP12(word));                                                                                \
            NEXT();                                                                                                    \
        }                                                                                                              \
        NEXT();                                                                                                        \
    }
ADD_BRANCH(ADDBNE, A != B)
ADD_BRANCH(ADDBLT, SIGNED(A) < SIGNED(B))
ADD_BRANCH(ADDBGE, SIGNED(A) >= SIGNED(B))
ADD_BRANCH(ADDBLTU, A < B)
ADD_BRANCH(ADDBGEU, A >= B)

/* One operand and a constant. */
VALUE(LI, FIELD_I16(word))
VALUE(LUI16, word & 0xffff0000u)
VALUE(MOV, B)
VALUE(ADDI, B + FIELD_I16(word))
VALUE(SLTI, SIGNED(B) < SIGNED(FIELD_I16(word)))
VALUE(SLTIU, B < FIELD_I16(word))
VALUE(XORI, B ^ FIELD_I16(word))
VALUE(ORI, B | FIELD_I16(word))
VALUE(ANDI, B &FIELD_I16(word))
VALUE(SLLI, B << FIELD_SHIFT5(word))
VALUE(SRLI, B >> FIELD_SHIFT5(word))
VALUE(SRAI, (uint32_t)(SIGNED(B) >> FIELD_SHIFT5(word)))
VALUE(RORI, rotate_right(B, FIELD_SHIFT5(word)))
VALUE(BSETI, B | 1u << FIELD_SHIFT5(word))
VALUE(BCLRI, B & ~(1u << FIELD_SHIFT5(word)))
VALUE(BINVI, B ^ 1u << FIELD_SHIFT5(word))
VALUE(BEXTI, B >> FIELD_SHIFT5(word) & 1)
VALUE(UBFX, B >> FIELD_SHIFT5(word) & (uint32_t)((1ull << FIELD_WIDTH(word)) - 1))
VALUE(SBFX, (uint32_t)(SIGNED(B << (32 - FIELD_SHIFT5(word) - FIELD_WIDTH(word))) >> (32 - FIELD_WIDTH(word))))

/* One operand. */
VALUE(CLZ, B == 0 ? 32 : (uint32_t)__builtin_clz(B))
VALUE(CTZ, B == 0 ? 32 : (uint32_t)__builtin_ctz(B))
VALUE(CPOP, (uint32_t)__builtin_popcount(B))
VALUE(SEXTB, (uint32_t)(int32_t)(int8_t)(uint8_t)B)
VALUE(SEXTH, (uint32_t)(int32_t)(int16_t)(uint16_t)B)
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
VALUE(MUL, B *C)
VALUE(MULH, (uint32_t)((uint64_t)((int64_t)SIGNED(B) * SIGNED(C)) >> 32))
VALUE(MULHSU, (uint32_t)((uint64_t)((int64_t)SIGNED(B) * (int64_t)(uint64_t)C) >> 32))
VALUE(MULHU, (uint32_t)((uint64_t)B *C >> 32))

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
VALUE(ADD_SLL, B + (C << FIELD_SHIFT5_C(word)))
VALUE(SUB_SLL, B - (C << FIELD_SHIFT5_C(word)))
VALUE(XOR_SLL, B ^ C << FIELD_SHIFT5_C(word))
VALUE(OR_SLL, B | C << FIELD_SHIFT5_C(word))
VALUE(ADD_SRL, B + (C >> FIELD_SHIFT5_C(word)))
VALUE(XOR_SRL, B ^ C >> FIELD_SHIFT5_C(word))
VALUE(OR_SRL, B | C >> FIELD_SHIFT5_C(word))
VALUE(AND_SRL, B &C >> FIELD_SHIFT5_C(word))
VALUE(ADD_SRA, B + (uint32_t)(SIGNED(C) >> FIELD_SHIFT5_C(word)))
VALUE(XOR_ROR, B ^ rotate_right(C, FIELD_SHIFT5_C(word)))
VALUE(FSHL, (uint32_t)(WIDE(B, C) << FIELD_SHIFT5_C(word) >> 32))

/* Three operands. */
VALUE(ADD3, B + C + D)
VALUE(XOR3, B ^ C ^ D)
VALUE(MADD, D + B * C)
VALUE(MSUB, D - B * C)

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

#define INDEX16        const uint32_t index = B + FIELD_OFFSET16(word)
#define INDEX_P        const uint32_t base = B, index = base + FIELD_OFFSET8(word) - ISA_RAM_BASE
#define INDEX_X(scale) const uint32_t index = B + (C << (scale)) + FIELD_OFFSET12(word)

#define LOADS(name, scale, value)                                                                                      \
    ROW(name) {                                                                                                        \
        INDEX16;                                                                                                       \
        LOAD_AT(index, A = (value));                                                                                   \
    }                                                                                                                  \
    ROW(name##_P) {                                                                                                    \
        INDEX_P;                                                                                                       \
        LOAD_AT(index, B = base + FIELD_INCREMENT8(word); A = (value));                                                \
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
        STORE_AT(index, put(to, A); B = base + FIELD_INCREMENT8(word));                                                \
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

LOADS(LB, 0, (uint32_t)(int32_t)(int8_t)*from)
LOADS(LBU, 0, *from)
LOADS(LH, 1, (uint32_t)(int32_t)(int16_t)load_host16(from))
LOADS(LHU, 1, load_host16(from))
LOADS(LW, 2, load_host32(from))
STORES(SB, 0, store_host8)
STORES(SH, 1, store_host16)
STORES(SW, 2, store_host32)
LOAD_ADDED(LH_A, (uint32_t)(int32_t)(int16_t)load_host16(from))
LOAD_ADDED(LHU_A, load_host16(from))
LOAD_ADDED(LW_A, load_host32(from))
STORE_ADDED(SH_A, store_host16)
STORE_ADDED(SW_A, store_host32)
ROW(LWPAIR) {
    const uint32_t index = B + FIELD_OFFSET12(word);
    LOAD_AT(index, A = load_host32(from); C = load_host32(from + 4));
}
ROW(SWPAIR) {
    const uint32_t index = B + FIELD_OFFSET12(word);
    STORE_AT(index, store_host32(to, A); store_host32(to + 4, C));
}
ROW(BCOPY) { GO(rare); }
ROW(BFILL) { GO(rare); }
ROW(BCMP) { GO(rare); }
ROW(BFIND) { GO(rare); }

/* 64 bits in pairs of registers, written high:low. */
PAIR(ADD64, WIDE(D, C) + WIDE(F, E))
PAIR(SUB64, WIDE(D, C) - WIDE(F, E))
PAIR(XOR64, WIDE(D, C) ^ WIDE(F, E))
PAIR(AND64, WIDE(D, C) & WIDE(F, E))
PAIR(OR64, WIDE(D, C) | WIDE(F, E))
PAIR(SLLI64, WIDE(D, C) << FIELD_SHIFT6(word))
PAIR(SRLI64, WIDE(D, C) >> FIELD_SHIFT6(word))
PAIR(SRAI64, (uint64_t)((int64_t)WIDE(D, C) >> FIELD_SHIFT6(word)))
PAIR(ROLI64, WIDE(D, C) << FIELD_SHIFT6(word) | WIDE(D, C) >> ((64 - FIELD_SHIFT6(word)) & 63))
PAIR(MULU64, (uint64_t)C *D)
PAIR(MULS64, (uint64_t)((int64_t)SIGNED(C) * SIGNED(D)))
VALUE(ADC, B + C + (D < E))
VALUE(SBC, B - C - (D < E))
VALUE(SLT64, (int64_t)WIDE(C, B) < (int64_t)WIDE(E, D))
VALUE(SLTU64, WIDE(C, B) < WIDE(E, D))

/* Float. */
VALUE(FADD_S, float_add(B, C))
VALUE(FSUB_S, float_subtract(B, C))
VALUE(FMUL_S, float_multiply(B, C))
VALUE(FDIV_S, float_divide(B, C))
VALUE(FMIN_S, float_minimum(B, C))
VALUE(FMAX_S, float_maximum(B, C))
VALUE(FEQ_S, float_value(B) == float_value(C))
VALUE(FLT_S, float_value(B) < float_value(C))
VALUE(FLE_S, float_value(B) <= float_value(C))
VALUE(FSGNJ_S, (B & ~FLOAT_SIGN) | (C & FLOAT_SIGN))
VALUE(FSGNJN_S, (B & ~FLOAT_SIGN) | (~C & FLOAT_SIGN))
VALUE(FSGNJX_S, B ^ (C & FLOAT_SIGN))
VALUE(FMADD_S, float_fused(B, C, D))
VALUE(FMSUB_S, float_fused(B, C, D ^ FLOAT_SIGN))
VALUE(FNMSUB_S, float_fused(B ^ FLOAT_SIGN, C, D))
VALUE(FNMADD_S, float_fused(B ^ FLOAT_SIGN, C, D ^ FLOAT_SIGN))
VALUE(FSQRT_S, float_root(B))
ROW(FCLASS_S) { GO(rare); }
ROW(FCVT_W_S) {
    if (FIELD_ROUNDING(word) != FLOAT_TOWARDS_ZERO || !float_fits_int32(B)) GO(rare);
    A = (uint32_t)(int32_t)float_value(B);
    NEXT();
}
ROW(FCVT_WU_S) {
    if (FIELD_ROUNDING(word) != FLOAT_TOWARDS_ZERO || !float_fits_uint32(B)) GO(rare);
    A = (uint32_t)float_value(B);
    NEXT();
}
ROW(FCVT_F_W_S) {
    if (FIELD_ROUNDING(word) != FLOAT_NEAREST) GO(rare);
    A = float_raw((float)SIGNED(B));
    NEXT();
}
ROW(FCVT_F_WU_S) {
    if (FIELD_ROUNDING(word) != FLOAT_NEAREST) GO(rare);
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
