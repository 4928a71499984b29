#include "test/assembler/assembler.h"
#include "test/unit/check.h"

static struct assembly program;

static void assembles_to(uint32_t want, const char *text) {
    CHECK(assemble(text, &program));
    CHECK_TEXT("", program.error);
    CHECK_EQ(want, program.words[2]); /* 0 is STOP, 1 is main's entry */
}

static void is_wrong(const char *want, const char *text) {
    CHECK(!assemble(text, &program));
    CHECK_TEXT(want, program.error);
}

static void operands_follow_the_fields_of_the_form(void) {
    assembles_to(0x0005aa33, "addi a0, a0, 5");
    assembles_to(0x000cba4c, "add a0, a1, a2");
    assembles_to(0xfc042a84, "lw a0, sp, 4"); /* offsets are stored less 1024 */
    assembles_to(0x0703ba41, "ubfx a0, a1, 3, 8");
    assembles_to(0xf8000a30, "li a0, -32768");
}

static void labels_become_displacements_and_pick_the_direction(void) {
    CHECK(
        assemble("top: beq a0, a1, done; bne a0, zero, top; j top; call other; done: ret; func other; ret", &program));
    CHECK_EQ(OP_BEQ | 10u << 8 | 11u << 12 | 3u << 16, program.words[2]);
    CHECK_EQ(OP_BNE_B | 10u << 8 | 2u << 16, program.words[3]);
    CHECK_EQ(OP_JB | 3u << 8, program.words[4]);
    CHECK_EQ(OP_CALL | 1u << 8, program.words[5]);
}

static void an_entry_word_holds_the_run_up_to_the_first_charge(void) {
    CHECK(assemble("nop: li a0, 1; li a0, 2; charge; li a0, 3; ret", &program));
    CHECK_EQ(OP_ENTRY0 | 3u << 8, program.words[1]);
    CHECK_EQ(OP_CHARGE | 3u << 16, program.words[4]);
}

static void rows_hold_depth_and_calls_and_a_cycle_has_none(void) {
    CHECK(assemble("func a frame=4; call b; ret0 4; func b frame=3 saves=1; call c; ret1 3; func c frame=2; ret0 2;"
                   "func loop frame=1; call loop; ret0 1; func any taken; callr a0; ret; func tail; tail a",
                   &program));
    CHECK_EQ(9, assembly_row_get(program.functions, 0).depth);
    CHECK_EQ(2, assembly_row_get(program.functions, 0).calls);
    CHECK_EQ(5, assembly_row_get(program.functions, 1).depth);
    CHECK_EQ(VM_UNBOUNDED, assembly_row_get(program.functions, 3).depth);
    CHECK_EQ(VM_UNBOUNDED, assembly_row_get(program.functions, 4).calls);
    CHECK_EQ(9, assembly_row_get(program.functions, 5).depth);
    CHECK_EQ(2, assembly_row_get(program.functions, 5).calls);
}

static void calls_are_declared_in_order_once(void) {
    CHECK(assemble(".declare 9; hcall 70; hcall 2; hcall 70; ret", &program));
    CHECK_EQ(3, program.call_count);
    static const uint8_t want[] = {2, 0, 9, 0, 70, 0};
    CHECK(memcmp(want, program.calls, sizeof want) == 0);
}

static void set_makes_any_number(void) {
    CHECK(assemble("set a0, 0x1234ffff; set a1, @main", &program));
    CHECK_EQ(OP_LUI16 | 10u << 8 | 0x1235u << 16, program.words[2]);
    CHECK_EQ(OP_ADDI | 10u << 8 | 10u << 12 | 0xffffu << 16, program.words[3]);
    CHECK_EQ(OP_ADDI | 11u << 8 | 11u << 12 | 4u << 16, program.words[5]);
}

static void mistakes_are_named_with_their_statement(void) {
    is_wrong("no row frob: \" frob a0\"", "ret; frob a0");
    is_wrong("3 operands, not 2: \"add a0, a1\"", "add a0, a1");
    is_wrong("no register x9: \"mov a0, x9\"", "mov a0, x9");
    is_wrong("imm does not fit 16 bits: \"addi a0, a0, 32768\"", "addi a0, a0, 32768");
    is_wrong("no label nowhere: \"j nowhere\"", "j nowhere");
}

/* Every row, with every field at its largest and smallest. */
static void every_word_that_prints_assembles_to_itself(void) {
    for (unsigned code = 0; code < 256; code++) {
        uint32_t fields =
            isa_op_name((uint8_t)code) ? ~isa_form_table[isa_op_table[code].form].reserved & 0xffffff00u : 0;
        const uint32_t samples[] = {0, fields, fields & 0x55555555, fields & 0xaaaaaaaa, 0xffffff00};
        for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
            uint32_t word = code | samples[i];
            char text[ASSEMBLY_LINE_BYTES];
            assembly_print_word(word, text);
            assembles_to(word, text);
            if (check_failures) return;
        }
    }
}

int main(void) {
    static const struct check_test tests[] = {
        TEST(operands_follow_the_fields_of_the_form),
        TEST(labels_become_displacements_and_pick_the_direction),
        TEST(an_entry_word_holds_the_run_up_to_the_first_charge),
        TEST(rows_hold_depth_and_calls_and_a_cycle_has_none),
        TEST(calls_are_declared_in_order_once),
        TEST(set_makes_any_number),
        TEST(mistakes_are_named_with_their_statement),
        TEST(every_word_that_prints_assembles_to_itself),
    };
    return CHECK_RUN(tests);
}
