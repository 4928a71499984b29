/* check-relocations: every relocation of what is loaded is one that we know, and the linked bytes are what it says.
 * Whatever the later passes rewrite they rewrite by relocation, so a byte that disagrees with its relocation would be
 * lost. */
#include <elf.h>
#include <stdio.h>

#include "core/base/bytes.h"
#include "toolchain/lower/lower_ir.h"

#define TYPE_NAME(type) [R_RISCV_##type] = #type
static const char *const type_names[256] = {
    TYPE_NAME(NONE),         TYPE_NAME(32),           TYPE_NAME(64),           TYPE_NAME(BRANCH),
    TYPE_NAME(JAL),          TYPE_NAME(CALL),         TYPE_NAME(CALL_PLT),     TYPE_NAME(GOT_HI20),
    TYPE_NAME(TLS_GOT_HI20), TYPE_NAME(TLS_GD_HI20),  TYPE_NAME(PCREL_HI20),   TYPE_NAME(PCREL_LO12_I),
    TYPE_NAME(PCREL_LO12_S), TYPE_NAME(HI20),         TYPE_NAME(LO12_I),       TYPE_NAME(LO12_S),
    TYPE_NAME(TPREL_HI20),   TYPE_NAME(TPREL_LO12_I), TYPE_NAME(TPREL_LO12_S), TYPE_NAME(TPREL_ADD),
    TYPE_NAME(ADD8),         TYPE_NAME(ADD16),        TYPE_NAME(ADD32),        TYPE_NAME(ADD64),
    TYPE_NAME(SUB8),         TYPE_NAME(SUB16),        TYPE_NAME(SUB32),        TYPE_NAME(SUB64),
    TYPE_NAME(ALIGN),        TYPE_NAME(RVC_BRANCH),   TYPE_NAME(RVC_JUMP),     TYPE_NAME(GPREL_I),
    TYPE_NAME(GPREL_S),      TYPE_NAME(TPREL_I),      TYPE_NAME(TPREL_S),      TYPE_NAME(RELAX),
    TYPE_NAME(SUB6),         TYPE_NAME(SET6),         TYPE_NAME(SET8),         TYPE_NAME(SET16),
    TYPE_NAME(SET32),        TYPE_NAME(32_PCREL),
};

const char *relocation_name(uint32_t type) {
    return type < 256 && type_names[type] ? type_names[type] : "of an unknown type";
}

static bool is_undefined_weak(const struct elf_symbol *s) { return s->section == 0 && s->binding == STB_WEAK; }

static void refuse_type(struct lower *l, const struct elf_section *s, const struct elf_relocation *r) {
    const char *advice;
    switch (r->type) {
    case R_RISCV_GPREL_I:
    case R_RISCV_GPREL_S:
    case R_RISCV_NONE: advice = "link with ld.lld-19 --no-relax"; break;
    case R_RISCV_GOT_HI20:
    case R_RISCV_TLS_GOT_HI20:
    case R_RISCV_TLS_GD_HI20: advice = "compile with -fno-pic, and thread-locals with -ftls-model=local-exec"; break;
    case R_RISCV_RVC_BRANCH:
    case R_RISCV_RVC_JUMP: advice = "compile without the C extension"; break;
    case R_RISCV_32_PCREL:
    case R_RISCV_SET6:
    case R_RISCV_SUB6:
    case R_RISCV_SET8:
    case R_RISCV_SET16: advice = "discard .eh_frame, as skep.ld does"; break;
    default: advice = "compile with the model medlow";
    }
    refuse(l, r->address, "a relocation %s in section %s cannot be expressed; %s", relocation_name(r->type), s->name,
           advice);
}

const struct elf_relocation *relocation_of_high(const struct lower *l, const struct elf_relocation *low) {
    const struct text_word *high = text_at(l, symbol_of(l, low)->value);
    return high && high->relocation && high->relocation->type == R_RISCV_PCREL_HI20 ? high->relocation : NULL;
}

static uint32_t high_part(uint32_t value) { return (value + 0x800) & 0xfffff000; }

/* Whether the instruction at r holds what r says. */
static bool text_agrees(const struct lower *l, const struct elf_relocation *r, const struct text_word *word) {
    const struct instruction *i = &word->instruction;
    uint32_t value = relocation_value(l, r), pc = r->address;
    uint32_t imm = (uint32_t)i->imm;
    switch (r->type) {
    case R_RISCV_BRANCH: return i->shape == SHAPE_BRANCH && pc + imm == value;
    case R_RISCV_JAL: return i->shape == SHAPE_JAL && pc + imm == value;
    case R_RISCV_CALL:
    case R_RISCV_CALL_PLT: {
        const struct text_word *next = text_at(l, pc + 4);
        if (i->shape != SHAPE_AUIPC || !next || next->instruction.shape != SHAPE_JALR) return false;
        if (next->instruction.rs1 != i->rd || next->relocation) return false;
        return is_undefined_weak(symbol_of(l, r)) || pc + imm + (uint32_t)next->instruction.imm == value;
    }
    case R_RISCV_PCREL_HI20: return i->shape == SHAPE_AUIPC && high_part(value - pc) == imm;
    case R_RISCV_PCREL_LO12_I:
    case R_RISCV_PCREL_LO12_S: {
        const struct elf_relocation *high = relocation_of_high(l, r);
        if (!high || r->addend || (i->shape == SHAPE_STORE) != (r->type == R_RISCV_PCREL_LO12_S)) return false;
        return ((relocation_value(l, high) - high->address) & 0xfff) == (imm & 0xfff);
    }
    case R_RISCV_HI20:
    case R_RISCV_TPREL_HI20: return i->shape == SHAPE_LUI && high_part(value) == imm;
    case R_RISCV_LO12_I:
    case R_RISCV_TPREL_LO12_I:
        return (i->shape == SHAPE_IMMEDIATE || i->shape == SHAPE_LOAD) && (value & 0xfff) == (imm & 0xfff);
    case R_RISCV_LO12_S:
    case R_RISCV_TPREL_LO12_S: return i->shape == SHAPE_STORE && (value & 0xfff) == (imm & 0xfff);
    case R_RISCV_TPREL_ADD: return i->op == OP_ADD && i->rs2 == REGISTER_TP;
    default: return false;
    }
}

static bool is_text_type(uint32_t type) {
    switch (type) {
    case R_RISCV_BRANCH:
    case R_RISCV_JAL:
    case R_RISCV_CALL:
    case R_RISCV_CALL_PLT:
    case R_RISCV_PCREL_HI20:
    case R_RISCV_PCREL_LO12_I:
    case R_RISCV_PCREL_LO12_S:
    case R_RISCV_HI20:
    case R_RISCV_LO12_I:
    case R_RISCV_LO12_S:
    case R_RISCV_TPREL_HI20:
    case R_RISCV_TPREL_LO12_I:
    case R_RISCV_TPREL_LO12_S:
    case R_RISCV_TPREL_ADD: return true;
    default: return false;
    }
}

static void refuse_bytes_at(struct lower *l, const struct elf_relocation *r) {
    refuse(l, r->address,
           "the linked bytes are not what relocation %s of symbol %s says; link with ld.lld-19 --no-relax",
           relocation_name(r->type), symbol_of(l, r)->name);
}

static void check_text(struct lower *l, const struct elf_section *s) {
    for (uint32_t i = 0; i < s->relocation_count && !l->refused; i++) {
        const struct elf_relocation *r = &s->relocations[i];
        if (r->type == R_RISCV_RELAX || r->type == R_RISCV_ALIGN) continue;
        if (!is_text_type(r->type)) {
            refuse_type(l, s, r);
            return;
        }
        struct text_word *word = text_at(l, r->address);
        if (!word || word->relocation) {
            refuse_bytes_at(l, r);
            return;
        }
        word->relocation = r;
    }
    /* PCREL_LO12 names an auipc that may come later, so the comparison waits until all are attached. */
    for (uint32_t i = 0; i < l->text_words && !l->refused; i++) {
        const struct elf_relocation *r = l->text[i].relocation;
        if (!r) continue;
        bool exempt = is_undefined_weak(symbol_of(l, r)) && r->type == R_RISCV_PCREL_HI20;
        if (!exempt && !text_agrees(l, r, &l->text[i])) {
            refuse_bytes_at(l, r);
            return;
        }
        if (r->type == R_RISCV_CALL || r->type == R_RISCV_CALL_PLT) l->text[i + 1].paired = true;
    }
}

/* ADD32 and SUB32 come in pairs at one place: the first adds to what the second takes away. */
static void check_data(struct lower *l, const struct elf_section *s) {
    for (uint32_t i = 0; i < s->relocation_count && !l->refused; i++) {
        const struct elf_relocation *r = &s->relocations[i];
        if (r->type == R_RISCV_RELAX) continue;
        if (r->type != R_RISCV_32 && r->type != R_RISCV_ADD32 && r->type != R_RISCV_SUB32) {
            refuse_type(l, s, r);
            return;
        }
        if (!s->contents || r->address - s->address > s->bytes - 4 || s->bytes < 4) {
            refuse_bytes_at(l, r);
            return;
        }
        uint32_t expected = relocation_value(l, r);
        if (r->type == R_RISCV_ADD32) {
            const struct elf_relocation *subtract = r + 1;
            if (i + 1 == s->relocation_count || subtract->type != R_RISCV_SUB32 || subtract->address != r->address) {
                refuse_type(l, s, r);
                return;
            }
            expected -= relocation_value(l, subtract);
            i++;
        } else if (r->type == R_RISCV_SUB32) {
            {
                refuse_type(l, s, r);
                return;
            }
        }
        if (load_le32(s->contents + (r->address - s->address)) != expected) {
            refuse_bytes_at(l, r);
            return;
        }
    }
}

void check_relocations(struct lower *l) {
    for (uint32_t i = 1; i < l->elf.section_count && !l->refused; i++) {
        const struct elf_section *s = &l->elf.sections[i];
        if (i == l->elf.text)
            check_text(l, s);
        else
            check_data(l, s);
    }
}
