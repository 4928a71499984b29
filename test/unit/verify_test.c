/* Every way to be refused, each beside a program that differs in nothing else and is accepted. */
#include <stdlib.h>

#include "core/vm/vm.h"
#include "test/assembler/assembler.h"
#include "test/unit/check.h"

static struct assembly text;
static struct vm_program program;
static struct vm_verdict verdict;

static void assembled(const char *source) {
    CHECK(assemble(source, &text));
    CHECK_TEXT("", text.error);
    program = assembly_program(&text, NULL, 0);
}

static void verifies(void) {
    CHECK_EQ(ST_OK, vm_verify(&program, &verdict));
    CHECK_TEXT("accepted", vm_refusal_text(verdict.refusal));
}

static void is_refused(enum vm_refusal want, uint32_t word) {
    CHECK_EQ(ST_REFUSED, vm_verify(&program, &verdict));
    CHECK_TEXT(vm_refusal_text(want), vm_refusal_text(verdict.refusal));
    CHECK_EQ(word, verdict.word);
}

static void accepts(const char *source) {
    const int failures = check_failures;
    assembled(source);
    verifies();
    if (check_failures != failures) printf("  in: %s\n", source);
}

static void refuses(enum vm_refusal want, uint32_t word, const char *source) {
    const int failures = check_failures;
    assembled(source);
    is_refused(want, word);
    if (check_failures != failures) printf("  in: %s\n", source);
}

static void set_row(uint32_t index, struct assembly_row row) { assembly_row_put(text.functions, index, row); }
static struct assembly_row row_of(uint32_t index) { return assembly_row_get(text.functions, index); }

static void sizes_that_do_not_fit_are_refused(void) {
    assembled("ret");
    const struct vm_program good = program;
    verifies();
    program.code_words = 1;
    is_refused(VM_REFUSED_SIZE, 0);
    program.code_words = VM_CODE_WORDS_MAX + 1;
    is_refused(VM_REFUSED_SIZE, 0);
    program = good;
    program.function_count = 0;
    is_refused(VM_REFUSED_SIZE, 0);
    program.function_count = good.code_words;
    is_refused(VM_REFUSED_SIZE, 0);
    program = good;
    program.entry_function = 1;
    is_refused(VM_REFUSED_SIZE, 0);
    program = good;
    program.read_only_bytes = ISA_CODE_BASE - ISA_RO_BASE - VM_PAD_BYTES + 1;
    is_refused(VM_REFUSED_SIZE, 0);
    program.read_only_bytes--;
    verifies();
    program.call_count = (1 << 12) + 1;
    is_refused(VM_REFUSED_SIZE, 0);
}

static void word_0_is_stop_and_no_other_word_is(void) {
    assembled("nop: li a0, 1; ret");
    verifies();
    text.words[0] = OP_RET;
    is_refused(VM_REFUSED_OPCODE, 0);
    text.words[0] = OP_STOP | 1u << 31;
    is_refused(VM_REFUSED_OPCODE, 0);
    text.words[0] = OP_STOP;
    text.words[2] = OP_STOP;
    is_refused(VM_REFUSED_OPCODE, 2);
}

/* Attack A19. */
static void every_opcode_value_without_a_row_is_refused(void) {
    assembled("li a0, 1; ret");
    for (uint32_t code = 0; code < 256; code++) {
        if (isa_op_name((uint8_t)code)) continue;
        for (uint32_t rest = 0; rest < 24; rest++) {
            text.words[2] = code | 0x100u << rest;
            is_refused(VM_REFUSED_OPCODE, 2);
        }
    }
}

/* Attack A20. */
static void every_reserved_bit_of_every_row_is_refused(void) {
    assembled("li a0, 1; ret");
    for (uint32_t code = 1; code < 256; code++) {
        if (!isa_op_name((uint8_t)code)) continue;
        const uint32_t reserved = isa_form_table[isa_op_table[code].form].reserved;
        for (uint32_t bit = 0; bit < 32; bit++) {
            if (!(reserved >> bit & 1)) continue;
            text.words[2] = code | 1u << bit;
            is_refused(VM_REFUSED_RESERVED, 2);
        }
    }
    assembled("ret");
    text.words[1] |= 1u << 31;
    is_refused(VM_REFUSED_RESERVED, 1);
}

/* A word of a row that computes: register n + 1 in its n-th register field, 1 in other fields. */
static uint32_t plain_word(uint32_t code) {
    const struct isa_form_info *form = &isa_form_table[isa_op_table[code].form];
    uint32_t word = code;
    for (unsigned i = 0; i < form->field_count; i++)
        word |= (form->field[i].kind == ISA_KIND_reg ? i + 1 : 1u) << form->field[i].low;
    return word;
}

/* Attack A21: there is no register number out of range, but zero, and one written twice. */
static void no_row_writes_zero_or_one_register_twice(void) {
    assembled("li a0, 1; li a0, 1; ret");
    for (uint32_t code = OP_LI; code < 256; code++) {
        if (!isa_op_name((uint8_t)code)) continue;
        const uint32_t written = isa_op_table[code].flags & ISA_FLAG_WRITES;
        text.words[2] = plain_word(code);
        verifies();
        for (uint32_t field = 0; field < 6; field++) {
            const uint32_t low = 8 + 4 * field;
            if (!(written >> field & 1)) continue;
            text.words[2] = plain_word(code) & ~(15u << low);
            is_refused(VM_REFUSED_REGISTER, 2);
            for (uint32_t other = 0; other < field; other++) {
                if (!(written >> other & 1)) continue;
                text.words[2] = (plain_word(code) & ~(15u << low)) | (other + 1) << low;
                is_refused(VM_REFUSED_REGISTER, 2);
            }
        }
    }
    accepts("loop: addbne a0, zero, 1, loop; ret");
    refuses(VM_REFUSED_REGISTER, 2, "loop: addbne zero, a0, 1, loop; ret");
}

static void fields_outside_their_range_are_refused(void) {
    accepts("ubfx a0, a1, 31, 1; ret");
    refuses(VM_REFUSED_FIELD, 2, "ubfx a0, a1, 31, 2; ret");
    accepts("sbfx a0, a1, 0, 32; ret");
    refuses(VM_REFUSED_FIELD, 2, "sbfx a0, a1, 1, 32; ret");
    accepts("fcvt_w_s a0, a1, 4; ret");
    for (uint32_t rounding = 5; rounding < 8; rounding++) {
        assembled("fcvt_w_s a0, a1, 4; ret");
        text.words[2] = OP_FCVT_W_S | 10u << 8 | 11u << 12 | rounding << 16;
        is_refused(VM_REFUSED_FIELD, 2);
    }
    accepts("loop: jb 1; ret");
    refuses(VM_REFUSED_FIELD, 2, "loop: jb 0; ret");
    refuses(VM_REFUSED_FIELD, 2, "loop: beq_b a0, a1, 0; ret");
    refuses(VM_REFUSED_FIELD, 2, "loop: addblt a0, a1, 1, 0; ret");
    refuses(VM_REFUSED_FIELD, 2, "switch a0, 0; ret");
}

/* Attacks A24 to A27. */
static void branches_stay_behind_their_functions_entry_and_before_its_end(void) {
    accepts("li a0, 1; j 0; ret");
    refuses(VM_REFUSED_TARGET, 3, "li a0, 1; j 1; ret");
    refuses(VM_REFUSED_TARGET, 3, "li a0, 1; j 0xffffff; ret");
    refuses(VM_REFUSED_TARGET, 3, "li a0, 1; jf 1; ret");
    accepts("beq a0, a1, 0; ret");
    refuses(VM_REFUSED_TARGET, 2, "beq a0, a1, 1; ret");
    refuses(VM_REFUSED_TARGET, 2, "bgeu a0, a1, 0xffff; ret");
    accepts("li a0, 1; jb 2");
    refuses(VM_REFUSED_TARGET, 3, "li a0, 1; jb 3");
    refuses(VM_REFUSED_TARGET, 3, "li a0, 1; jb 0xffffff");
    accepts("li a0, 1; bltu_b a0, a1, 2; ret");
    refuses(VM_REFUSED_TARGET, 3, "li a0, 1; bltu_b a0, a1, 3; ret");
    accepts("li a0, 1; addbne a0, a1, 1, 2; ret");
    refuses(VM_REFUSED_TARGET, 3, "li a0, 1; addbne a0, a1, 1, 3; ret");
    refuses(VM_REFUSED_TARGET, 2, "func main; j 1; ret; func other; li a0, 1; ret");
    refuses(VM_REFUSED_TARGET, 5, "func main; li a0, 1; ret; func other; jb 2");
}

/* Attack A29. */
static void calls_go_to_entries(void) {
    accepts("func main; call 1; ret; func other; ret");
    refuses(VM_REFUSED_CALLEE, 2, "func main; call 0; ret; func other; ret");
    refuses(VM_REFUSED_CALLEE, 2, "func main; call 2; ret; func other; ret");
    refuses(VM_REFUSED_CALLEE, 2, "func main; call -3; ret; func other; ret");
    refuses(VM_REFUSED_CALLEE, 2, "func main; call 0x7fffff; ret; func other; ret");
    refuses(VM_REFUSED_CALLEE, 2, "func main; call -0x800000; ret; func other; ret");
    refuses(VM_REFUSED_CALLEE, 2, "func main; tail 0; ret; func other; ret");
}

/* Attack A28. */
static void a_switch_is_followed_by_its_jumps(void) {
    accepts("switch a0, 2; j 1; j 0; ret");
    refuses(VM_REFUSED_SWITCH, 4, "switch a0, 2; j 1; li a0, 1; ret");
    refuses(VM_REFUSED_SWITCH, 2, "switch a0, 3; j 1; j 0; ret");
    refuses(VM_REFUSED_SWITCH, 2, "switch a0, 0xffff; j 1; j 0; ret");
    refuses(VM_REFUSED_TARGET, 4, "switch a0, 2; j 1; j 1; ret");
    accepts("switch a0, 2; jb 2; jf 0; ret");
}

/* Attacks A22, A23. */
static void the_last_word_of_a_function_ends_it(void) {
    accepts("li a0, 1; ret");
    refuses(VM_REFUSED_END, 2, "li a0, 1");
    refuses(VM_REFUSED_END, 3, "func main; ret; func other; func third; ret");
    refuses(VM_REFUSED_END, 2, "func main; call other; func other; ret");
    refuses(VM_REFUSED_END, 2, "hcall 1");
    refuses(VM_REFUSED_END, 2, "loop: bne_b a0, a1, 1");
    accepts("trap 0");
    accepts("func main; tailr a0");
    accepts("func main; longjmp");
    accepts("loop: j loop");
}

static void the_function_table_agrees_with_the_entries(void) {
    const char *source = "func main frame=2; ret0 2; func other; ret";
    accepts(source);
    const struct assembly_row good = row_of(1);
    struct assembly_row row = good;
    row.entry++;
    set_row(1, row);
    is_refused(VM_REFUSED_END, 3); /* the first function now ends in the second one's entry */
    row.entry = 1;
    set_row(1, row);
    is_refused(VM_REFUSED_FUNCTION, 1);
    row.entry = 0xffffffff;
    set_row(1, row);
    is_refused(VM_REFUSED_FUNCTION, 1);
    row = good;
    row.zero = 1;
    set_row(1, row);
    is_refused(VM_REFUSED_FUNCTION, 3);
    set_row(1, good);
    program.function_count = 1; /* an entry that the table does not have */
    is_refused(VM_REFUSED_FUNCTION, 3);
    assembled(source);
    row = row_of(0);
    row.entry = 2;
    set_row(0, row);
    is_refused(VM_REFUSED_FUNCTION, 1);
    assembled(source);
    text.words[1] = OP_LI | 10u << 8;
    is_refused(VM_REFUSED_FUNCTION, 1);
}

/* Attacks A15, A37. */
static void a_row_states_at_least_the_frame_of_its_entry(void) {
    accepts("func main frame=1023; ret0 1023");
    refuses(VM_REFUSED_FUNCTION, 1, "func main frame=1023 row_frame=1022 depth=1022; ret0 1023");
    accepts("func main frame=4 row_frame=9 depth=9; ret0 4");
    refuses(VM_REFUSED_DEPTH, 1, "func main frame=4 row_frame=9 depth=8; ret0 4");
}

static void depth_covers_every_callee(void) {
    accepts("func main frame=3 depth=8 calls=1; call f; ret0 3; func f frame=5; ret0 5");
    refuses(VM_REFUSED_DEPTH, 2, "func main frame=3 depth=7 calls=1; call f; ret0 3; func f frame=5; ret0 5");
    refuses(VM_REFUSED_DEPTH, 2, "func main frame=3 depth=8 calls=0; call f; ret0 3; func f frame=5; ret0 5");
    accepts("func main frame=3 depth=5 calls=0; tail f; func f frame=5; ret0 5");
    refuses(VM_REFUSED_DEPTH, 2, "func main frame=3 depth=4 calls=0; tail f; func f frame=5; ret0 5");
    accepts("func main depth=65535 calls=65535; call main; ret");
    refuses(VM_REFUSED_DEPTH, 2, "func main depth=65534 calls=65534; call main; ret");
    refuses(VM_REFUSED_DEPTH, 2, "func main depth=65535 calls=65534; call main; ret");
    refuses(VM_REFUSED_DEPTH, 2, "func main depth=65534 calls=65535; call f; ret; func f depth=65535; ret");
}

static void indirect_transfers_need_unbounded_rows(void) {
    static const char *const ends[] = {"callr a0; ret", "tailr a0", "longjmp"};
    for (unsigned i = 0; i < sizeof ends / sizeof *ends; i++) {
        char source[96];
        snprintf(source, sizeof source, "func main depth=65535 calls=65535; %s", ends[i]);
        accepts(source);
        snprintf(source, sizeof source, "func main depth=65534 calls=65535; %s", ends[i]);
        refuses(VM_REFUSED_DEPTH, 2, source);
        snprintf(source, sizeof source, "func main depth=65535 calls=65534; %s", ends[i]);
        refuses(VM_REFUSED_DEPTH, 2, source);
    }
}

static void a_run_is_as_short_as_it_says(void) {
    accepts("func main run=3; li a0, 1; ret");
    accepts("func main run=4095; li a0, 1; ret");
    refuses(VM_REFUSED_FUEL, 3, "func main run=2; li a0, 1; ret");
    accepts("func main run=2; li a0, 1; charge 3; li a0, 1; ret");
    refuses(VM_REFUSED_FUEL, 3, "func main run=1; li a0, 1; charge 3; li a0, 1; ret");
    refuses(VM_REFUSED_FUEL, 5, "func main run=2; li a0, 1; charge 2; li a0, 1; ret");
}

static void no_forward_branch_passes_a_charge(void) {
    accepts("func main; beq a0, a1, 1; li a0, 1; charge; ret");
    refuses(VM_REFUSED_FUEL, 4, "func main; beq a0, a1, 2; li a0, 1; charge; ret");
    refuses(VM_REFUSED_FUEL, 4, "func main; j 2; li a0, 1; charge; ret");
    accepts("func main; jf 2; li a0, 1; charge; ret");
    accepts("func main; li a0, 1; charge; li a0, 1; bne_b a0, a1, 3; ret");
}

static void host_calls_are_declared_in_ascending_order(void) {
    accepts("hcall 64; hcall 65; ret");
    CHECK_EQ(1 << 1, verdict.call_groups);
    text.words[2] = OP_HCALL | 66u << 16;
    is_refused(VM_REFUSED_CALL, 2);
    text.words[2] = OP_HCALL | 64u << 16;
    verifies();
    text.calls[2] = 64; /* twice */
    is_refused(VM_REFUSED_CALL, 0);
    text.calls[2] = 63; /* descending */
    is_refused(VM_REFUSED_CALL, 0);
    text.calls[2] = 65;
    text.calls[3] = 0x10; /* more than 12 bits */
    is_refused(VM_REFUSED_CALL, 0);
}

static void the_verdict_sums_the_program_up(void) {
    accepts("func main frame=3; call f; hcall 0x041; hcall 0xfff; ret0 3;"
            "func f frame=5 saves=1 run=100; fadd_s a0, a0, a0; ret1 5");
    CHECK_EQ(32, verdict.stack_bytes);
    CHECK_EQ(1, verdict.return_entries);
    CHECK_EQ(100, verdict.run_words);
    CHECK_EQ((int64_t)(1ull << 63 | 1ull << 1), verdict.call_groups);
    CHECK(verdict.uses_float);
    accepts("func main frame=1; call main; ret0 1");
    CHECK_EQ(UINT32_MAX, verdict.stack_bytes);
    CHECK_EQ(UINT32_MAX, verdict.return_entries);
    CHECK(!verdict.uses_float);
}

/* Attacks A55, A56: the largest code there is, made of branches that double the paths at every word. */
static void the_largest_program_takes_no_longer_than_its_length(void) {
    uint32_t *code = malloc(sizeof *code * VM_CODE_WORDS_MAX);
    for (uint32_t i = 1; i < VM_CODE_WORDS_MAX; i++) code[i] = OP_BEQ | 10u << 8 | 11u << 12;
    code[0] = OP_STOP;
    code[1] = OP_ENTRY0 | 4094u << 8;
    for (uint32_t i = 4095; i < VM_CODE_WORDS_MAX; i += 4094) code[i] = OP_CHARGE | 4094u << 16;
    code[VM_CODE_WORDS_MAX - 1] = OP_RET;
    uint8_t functions[VM_FUNCTION_BYTES] = {1};
    program =
        (struct vm_program){.code = code, .code_words = VM_CODE_WORDS_MAX, .functions = functions, .function_count = 1};
    verifies();
    CHECK_EQ(4094, verdict.run_words);
    free(code);
}

int main(void) {
    static const struct check_test tests[] = {
        TEST(sizes_that_do_not_fit_are_refused),
        TEST(word_0_is_stop_and_no_other_word_is),
        TEST(every_opcode_value_without_a_row_is_refused),
        TEST(every_reserved_bit_of_every_row_is_refused),
        TEST(no_row_writes_zero_or_one_register_twice),
        TEST(fields_outside_their_range_are_refused),
        TEST(branches_stay_behind_their_functions_entry_and_before_its_end),
        TEST(calls_go_to_entries),
        TEST(a_switch_is_followed_by_its_jumps),
        TEST(the_last_word_of_a_function_ends_it),
        TEST(the_function_table_agrees_with_the_entries),
        TEST(a_row_states_at_least_the_frame_of_its_entry),
        TEST(depth_covers_every_callee),
        TEST(indirect_transfers_need_unbounded_rows),
        TEST(a_run_is_as_short_as_it_says),
        TEST(no_forward_branch_passes_a_charge),
        TEST(host_calls_are_declared_in_ascending_order),
        TEST(the_verdict_sums_the_program_up),
        TEST(the_largest_program_takes_no_longer_than_its_length),
    };
    return CHECK_RUN(tests);
}
