/* Programs made to exhaust the verifier, and every single wrong bit: what one can count through rather than draw. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/base/bytes.h"
#include "test/assembler/assembler.h"
#include "test/unit/check.h"

/* A program in one block, larger than the assembler makes. */
struct big {
    uint32_t *code;
    uint32_t words;
    uint8_t *functions;
    uint32_t count;
};

static struct big big_of(size_t words_max) {
    struct big big = {calloc(words_max, sizeof(uint32_t)), 1, NULL, 0};
    big.functions = calloc(words_max, VM_FUNCTION_BYTES);
    if (!big.code || !big.functions) abort();
    big.code[0] = OP_STOP;
    return big;
}
static struct big big_begin(void) { return big_of(VM_CODE_WORDS_MAX + 1); }
static void big_end(struct big *big) {
    free(big->code);
    free(big->functions);
}
static void word(struct big *big, uint32_t value) { big->code[big->words++] = value; }
static void function(struct big *big, uint32_t run, uint16_t depth, uint16_t calls) {
    assembly_row_put(big->functions, big->count++, (struct assembly_row){big->words, 0, depth, calls, 0});
    word(big, OP_ENTRY0 | run << 8);
}

/* Refusal of a program, and that it took no longer than a slow machine may need for so many words: linear, not worse.
 */
static enum vm_refusal verified(const struct big *big, struct vm_verdict *verdict) {
    struct vm_program program = {
        .code = big->code, .code_words = big->words, .functions = big->functions, .function_count = big->count};
    clock_t start = clock();
    vm_verify(&program, verdict);
    double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
    CHECK(seconds < 0.1 + 2e-6 * big->words);
    return verdict->refusal;
}

enum { LI = OP_LI | 10 << 8, CHARGE_EACH = 4000 };

static void a_million_words_without_a_branch_pass_when_they_are_charged(void) {
    struct big big = big_begin();
    struct vm_verdict verdict;
    function(&big, CHARGE_EACH, 0, 0);
    while (big.words < VM_CODE_WORDS_MAX - 1)
        word(&big, (big.words - 1) % CHARGE_EACH == 0 ? OP_CHARGE | CHARGE_EACH << 16 : LI);
    word(&big, OP_RET);
    CHECK_EQ(VM_ACCEPTED, verified(&big, &verdict));
    CHECK_EQ(CHARGE_EACH, verdict.run_words);
    word(&big, OP_RET); /* one word above the most there may be */
    CHECK_EQ(VM_REFUSED_SIZE, verified(&big, &verdict));
    big_end(&big);
}

static void a_run_of_4095_words_passes_and_one_of_4096_does_not(void) {
    struct big big = big_begin();
    struct vm_verdict verdict;
    function(&big, 4095, 0, 0);
    while (big.words < 4095) word(&big, LI);
    word(&big, OP_RET);
    CHECK_EQ(VM_ACCEPTED, verified(&big, &verdict));
    big.code[big.words - 1] = LI;
    word(&big, OP_RET);
    CHECK_EQ(VM_REFUSED_FUEL, verified(&big, &verdict));
    big_end(&big);
}

static void diamonds_with_more_paths_than_atoms_take_linear_time(void) {
    struct big big = big_begin();
    struct vm_verdict verdict;
    while (big.words < VM_CODE_WORDS_MAX - 5000) {
        function(&big, 4000, 0, 0);
        for (int i = 0; i < 1300; i++) {
            word(&big, OP_BEQ | 10 << 8 | 11 << 12 | 1 << 16);
            word(&big, OP_BNE_B | 10 << 8 | 11 << 12 | 1 << 16);
            word(&big, LI);
        }
        word(&big, OP_RET);
    }
    CHECK_EQ(VM_ACCEPTED, verified(&big, &verdict));
    big_end(&big);
}

static void half_a_million_functions_that_call_each_other_take_little(void) {
    struct big big = big_begin();
    struct vm_verdict verdict;
    enum { COUNT = 340000 };
    for (uint32_t i = 0; i < COUNT; i++) {
        uint32_t target = 1 + 3 * (uint32_t)((uint64_t)i * 7919 % COUNT);
        function(&big, 3, VM_UNBOUNDED, VM_UNBOUNDED);
        word(&big, OP_CALL | (target - big.words - 1) << 8);
        word(&big, OP_RET);
    }
    CHECK_EQ(VM_ACCEPTED, verified(&big, &verdict));
    big_end(&big);
}

static void a_switch_with_the_most_slots_passes_and_a_missing_one_is_seen(void) {
    struct big big = big_begin();
    struct vm_verdict verdict;
    enum { SLOTS = 4000 };
    function(&big, 4095, 0, 0);
    word(&big, OP_SWITCH | 10 << 12 | (uint32_t)SLOTS << 16);
    for (uint32_t i = 0; i < SLOTS; i++) word(&big, OP_J | (SLOTS - 1 - i) << 8);
    word(&big, OP_RET);
    CHECK_EQ(VM_ACCEPTED, verified(&big, &verdict));
    big.code[2] += 1 << 16;
    CHECK_EQ(VM_REFUSED_SWITCH, verified(&big, &verdict));
    CHECK_EQ(2, verdict.word);
    big_end(&big);
}

static void a_table_of_the_wrong_length_is_refused(void) {
    struct big big = big_begin();
    struct vm_verdict verdict;
    function(&big, 2, 0, 0);
    word(&big, OP_RET);
    function(&big, 2, 0, 0);
    word(&big, OP_RET);
    CHECK_EQ(VM_ACCEPTED, verified(&big, &verdict));
    big.count = 1; /* the second function's entry is then a word of the first */
    CHECK_EQ(VM_REFUSED_FUNCTION, verified(&big, &verdict));
    big.count = 0;
    CHECK_EQ(VM_REFUSED_SIZE, verified(&big, &verdict));
    big.count = 5;
    CHECK_EQ(VM_REFUSED_SIZE, verified(&big, &verdict));
    big_end(&big);
}

static enum vm_refusal verified_with(uint32_t value, uint32_t *at) {
    struct big big = big_of(8);
    struct vm_verdict verdict;
    function(&big, 4, VM_UNBOUNDED, VM_UNBOUNDED);
    word(&big, LI);
    word(&big, value);
    word(&big, OP_RET);
    verified(&big, &verdict);
    *at = verdict.word;
    big_end(&big);
    return verdict.refusal;
}

static void every_opcode_without_a_row_is_refused_with_any_fields(void) {
    for (uint32_t code = 0; code < 256; code++) {
        if (isa_op_name((uint8_t)code)) continue;
        uint32_t at;
        for (unsigned bit = 8; bit < 32; bit++) {
            CHECK_EQ(VM_REFUSED_OPCODE, verified_with(code | 1u << bit, &at));
            CHECK_EQ(3, at);
        }
        CHECK_EQ(VM_REFUSED_OPCODE, verified_with(code, &at));
    }
}

static void every_reserved_bit_of_every_row_is_refused(void) {
    for (uint32_t code = 0; code < 256; code++) {
        if (!isa_op_name((uint8_t)code)) continue;
        uint32_t reserved = isa_form_table[isa_op_table[code].form].reserved, at;
        for (unsigned bit = 8; bit < 32; bit++) {
            if (!(reserved >> bit & 1)) continue;
            CHECK_EQ(VM_REFUSED_RESERVED, verified_with(code | 1u << bit, &at));
            CHECK_EQ(3, at);
        }
    }
}

/* The table's own words "read" and "written" decide which fields are registers; 1..15 there all pass. */
static void no_row_writes_zero(void) {
    for (uint32_t code = 0; code < 256; code++) {
        if (!isa_op_name((uint8_t)code)) continue;
        const struct isa_form_info *form = &isa_form_table[isa_op_table[code].form];
        for (unsigned field = 0; field < form->field_count; field++) {
            if (!(isa_op_table[code].flags & ISA_FLAG_WRITES & 1u << field)) continue;
            uint32_t value = code, at;
            for (unsigned other = 0; other < form->field_count; other++)
                if (form->field[other].kind == ISA_KIND_reg && other != field)
                    value |= (5u + other) << form->field[other].low;
            CHECK_EQ(VM_REFUSED_REGISTER, verified_with(value, &at));
        }
    }
}

int main(void) {
    static const struct check_test tests[] = {
        TEST(a_million_words_without_a_branch_pass_when_they_are_charged),
        TEST(a_run_of_4095_words_passes_and_one_of_4096_does_not),
        TEST(diamonds_with_more_paths_than_atoms_take_linear_time),
        TEST(half_a_million_functions_that_call_each_other_take_little),
        TEST(a_switch_with_the_most_slots_passes_and_a_missing_one_is_seen),
        TEST(a_table_of_the_wrong_length_is_refused),
        TEST(every_opcode_without_a_row_is_refused_with_any_fields),
        TEST(every_reserved_bit_of_every_row_is_refused),
        TEST(no_row_writes_zero),
    };
    return CHECK_RUN(tests);
}
