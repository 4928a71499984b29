/* The listing against hand-written text: one word of every form, a whole program, and words that mean nothing. */
#define _POSIX_C_SOURCE 200809L /* open_memstream */
#include <stdlib.h>

#include "core/base/bytes.h"
#include "test/assembler/assembler.h"
#include "test/unit/check.h"
#include "toolchain/listing/listing.h"

enum { WORD_AT = 10, EXAMPLE_WORDS = 40 };

/* The word at index 10 of a program of 40 words, with one function from word 1 to its end. */
static const char *text_of(uint32_t word) {
    static char text[LISTING_WORD_BYTES];
    uint32_t code[EXAMPLE_WORDS] = {0};
    uint8_t row[VM_FUNCTION_BYTES] = {1};
    code[WORD_AT] = word;
    struct vm_program program = {.code = code, .code_words = EXAMPLE_WORDS, .functions = row, .function_count = 1};
    struct listing listing = {.program = &program};
    listing_word(&listing, WORD_AT, text);
    return text;
}

static uint32_t fields(uint32_t op, uint32_t upper) { return op | upper << 8; }

/* Operands as spec/isa_table.md lays them out: bits 31..8 in hex beside the text. */
static const struct {
    enum isa_form form;
    uint32_t word;
    const char *text;
} examples[] = {
    {ISA_FORM_none, OP_RET, "ret"},
    {ISA_FORM_u16, OP_TRAP | 0x1234u << 16, "trap     4660"},
    {ISA_FORM_u12, OP_CHARGE | 0x0fffu << 16, "charge   4095"},
    {ISA_FORM_entry, OP_ENTRY1 | 12u << 8 | 4u << 20, "entry1   run 12, frame 16"},
    {ISA_FORM_frame, OP_RET2 | 5u << 16, "ret2     frame 20"},
    {ISA_FORM_call, OP_CALL | 0xfffff6u << 8, "call     1 <function_0>"},
    {ISA_FORM_b, OP_CALLR | 11u << 12, "callr    a1"},
    {ISA_FORM_jump, OP_J | 3u << 8, "j        14 <function_0+13>"},
    {ISA_FORM_back, OP_JB | 9u << 8, "jb       2 <function_0+1>"},
    {ISA_FORM_b_n, OP_SWITCH | 10u << 12 | 5u << 16, "switch   a0, 5"},
    {ISA_FORM_branch, OP_BLTU | 10u << 8 | 11u << 12 | 0u << 16, "bltu     a0, a1, 11 <function_0+10>"},
    {ISA_FORM_branch_back, OP_BNE_B | 10u << 8 | 0u << 12 | 11u << 16, "bne_b    a0, zero, 0"},
    {ISA_FORM_add_branch, OP_ADDBNE | 8u << 8 | 9u << 12 | 0xfu << 16 | 4u << 20,
     "addbne   s0, s1, -1, 7 <function_0+6>"},
    {ISA_FORM_a_i16, OP_LUI16 | 15u << 8 | 0xffffu << 16, "lui16    a5, -1"},
    {ISA_FORM_a_i20, OP_LI | 15u << 8 | 0xfffffu << 12, "li       a5, -1"},
    {ISA_FORM_a_u20, OP_LI_RO | 15u << 8 | 0xfffffu << 12, "li_ro    a5, 1048575  ; 0x100fffff"},
    {ISA_FORM_a_b, OP_MOV | 2u << 8 | 1u << 12, "mov      sp, ra"},
    {ISA_FORM_a_b_i16, OP_ADDI | 10u << 8 | 2u << 12 | 0x8000u << 16, "addi     a0, sp, -32768"},
    {ISA_FORM_a_b_k5, OP_SLLI | 10u << 8 | 11u << 12 | 31u << 16, "slli     a0, a1, 31"},
    {ISA_FORM_a_b_k5_w5, OP_UBFX | 10u << 8 | 11u << 12 | 8u << 16 | 7u << 24, "ubfx     a0, a1, 8, 8"},
    {ISA_FORM_a_b_c, OP_ADD | 3u << 8 | 4u << 12 | 5u << 16, "add      gp, tp, t0"},
    {ISA_FORM_a_b_c_d, OP_MADD | 6u << 8 | 7u << 12 | 8u << 16 | 9u << 20, "madd     t1, t2, s0, s1"},
    {ISA_FORM_a_b_c_d_e, OP_ADC | 10u << 8 | 11u << 12 | 12u << 16 | 13u << 20 | 14u << 24,
     "adc      a0, a1, a2, a3, a4"},
    {ISA_FORM_a_b_c_d_e_f, OP_ADD64 | 1u << 8 | 2u << 12 | 3u << 16 | 4u << 20 | 5u << 24 | 6u << 28,
     "add64    ra, sp, gp, tp, t0, t1"},
    {ISA_FORM_a_b_c_d_k6, OP_SLLI64 | 10u << 8 | 11u << 12 | 12u << 16 | 13u << 20 | 63u << 24,
     "slli64   a0, a1, a2, a3, 63"},
    {ISA_FORM_a_b_c_k5, OP_ADD_SLL | 10u << 8 | 11u << 12 | 12u << 16 | 2u << 20, "add_sll  a0, a1, a2, 2"},
    {ISA_FORM_a_b_o16, OP_LW | 10u << 8 | 2u << 12 | 0xfc0cu << 16, "lw       a0, sp, 12"},
    {ISA_FORM_a_b_o8_n8, OP_LW_P | 10u << 8 | 11u << 12 | 4u << 16 | 0xffu << 24, "lw_p     a0, a1, 4, -1"},
    {ISA_FORM_a_b_c_o12, OP_LW_X | 10u << 8 | 11u << 12 | 12u << 16 | 0xc00u << 20, "lw_x     a0, a1, a2, 0"},
    {ISA_FORM_a_b_rm, OP_FCVT_W_S | 10u << 8 | 11u << 12 | 1u << 16, "fcvt_w_s a0, a1, rtz"},
};

static void one_word_of_every_form_reads_as_written_by_hand(void) {
    bool seen[ISA_FORMS] = {false};
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
        CHECK_TEXT(examples[i].text, text_of(examples[i].word));
        CHECK_EQ(examples[i].form, isa_op_table[examples[i].word & 0xff].form);
        seen[examples[i].form] = true;
    }
    for (int form = 0; form < ISA_FORMS; form++) CHECK(seen[form]);
}

static void every_opcode_has_its_mnemonic_and_every_hole_is_a_number(void) {
    unsigned rows = 0;
    for (uint32_t code = 0; code < 256; code++) {
        const char *text = text_of(fields(code, 0)), *name = isa_op_name((uint8_t)code);
        if (isa_op_table[code].form == ISA_FORMS) {
            CHECK(strncmp(text, ".word 0x", 8) == 0);
            continue;
        }
        rows++;
        CHECK(name && strncmp(text, name, strlen(name)) == 0 &&
              (text[strlen(name)] == ' ' || text[strlen(name)] == '\0'));
        CHECK(strstr(text, "refused") == NULL);
    }
#define COUNT_ROW(code, name, form, written, uses_float, ends, meaning) +1
    CHECK_EQ(0 ISA_OPS(COUNT_ROW), rows);
#undef COUNT_ROW
}

static void every_bit_pattern_gives_text_that_fits(void) {
    uint32_t word = 1;
    for (int i = 0; i < 200000; i++) {
        word = word * 1664525u + 1013904223u;
        const char *text = text_of(word ^ word >> 13);
        CHECK(strlen(text) > 0 && strlen(text) < LISTING_WORD_BYTES - 1);
    }
}

static void bits_that_must_be_zero_are_named(void) {
    CHECK_TEXT("ret  ; refused: bits 0x100 must be zero", text_of(fields(OP_RET, 1)));
}

static void a_host_call_is_named_after_its_table(void) {
    CHECK_TEXT("hcall    64 <task.exit>", text_of(OP_HCALL | 64u << 16));
    CHECK_TEXT("hcall    4095", text_of(OP_HCALL | 4095u << 16));
}

static void an_address_of_a_text_shows_the_text(void) {
    static const char read_only[] = "\1\2hello, world\0this text is longer than a listing's line may be";
    uint32_t code[] = {OP_LI_RO | 10u << 8 | 2u << 12, OP_LI_RO | 10u << 8 | 15u << 12, OP_LI_RO | 10u << 8};
    struct vm_program program = {
        .code = code, .code_words = 3, .read_only = (const uint8_t *)read_only, .read_only_bytes = sizeof read_only};
    struct listing listing = {.program = &program};
    char text[LISTING_WORD_BYTES];
    listing_word(&listing, 0, text);
    CHECK_TEXT("li_ro    a0, 2  ; 0x10000002 \"hello, world\"", text);
    listing_word(&listing, 1, text);
    CHECK_TEXT("li_ro    a0, 15  ; 0x1000000f \"this text is longer than a listi\"...", text);
    listing_word(&listing, 2, text);
    CHECK_TEXT("li_ro    a0, 0  ; 0x10000000", text);
}

static void a_target_outside_the_code_is_said(void) {
    CHECK_TEXT("j        139 <outside the code>", text_of(OP_J | 128u << 8));
    CHECK_TEXT("jb       -1 <outside the code>", text_of(OP_JB | 12u << 8));
}

static const char program_text[] = "func main frame=4 saves=1\n"
                                   "  li a0, 10\n"
                                   "loop: addi a0, a0, -1\n"
                                   "  bne a0, zero, loop\n"
                                   "  call leaf\n"
                                   "  ret1 4\n"
                                   "func leaf\n"
                                   "  lw a0, a0, 0\n"
                                   "  ret\n";

static char *listing_as_text(const struct listing *listing, uint32_t first, uint32_t end) {
    char *text = NULL;
    size_t length = 0;
    FILE *to = open_memstream(&text, &length);
    listing_write(listing, first, end, to);
    fclose(to);
    return text;
}

static void a_program_lists_with_headers_and_source_lines(void) {
    static struct assembly assembly;
    CHECK(assemble(program_text, &assembly));
    struct vm_program program = assembly_program(&assembly, NULL, 0);
    const char *names[] = {"main", "leaf"};
    struct listing_place places[32] = {{0}};
    places[1] = places[2] = (struct listing_place){"main.c", 3, "int main(void) {"};
    places[3] = places[4] = (struct listing_place){"main.c", 4, "    while (--n)"};
    places[7] = (struct listing_place){"leaf.c", 1, NULL};
    struct listing listing = {&program, names, places};
    char *text = listing_as_text(&listing, 0, UINT32_MAX);
    CHECK_TEXT("      0  00000001  stop\n"
               "\n"
               "main:  ; function 0, 6 words, frame 16 bytes, stack 16 bytes, 1 calls deep\n"
               "; main.c:3: int main(void) {\n"
               "      1  00400609  entry1   run 6, frame 16\n"
               "      2  0000aa30  li       a0, 10\n"
               "; main.c:4:     while (--n)\n"
               "      3  ffffaa33  addi     a0, a0, -1\n"
               "      4  00020a1f  bne_b    a0, zero, 3 <main+2>\n"
               "      5  00000110  call     7 <leaf>\n"
               "      6  0004000e  ret1     frame 16\n"
               "\n"
               "leaf:  ; function 1, 3 words, frame 0 bytes, stack 0 bytes, 0 calls deep\n"
               "; leaf.c:1\n"
               "      7  00000308  entry0   run 3, frame 0\n"
               "      8  fc00aa84  lw       a0, a0, 0\n"
               "      9  0000000c  ret\n",
               text);
    free(text);
}

static void one_function_lists_alone(void) {
    static struct assembly assembly;
    CHECK(assemble(program_text, &assembly));
    struct vm_program program = assembly_program(&assembly, NULL, 0);
    struct listing listing = {&program, NULL, NULL};
    char *text = listing_as_text(&listing, listing_function_entry(&program, 1), listing_function_end(&program, 1));
    CHECK(strstr(text, "function_1:") && !strstr(text, "function_0"));
    free(text);
}

static void a_function_table_out_of_order_does_no_harm(void) {
    uint32_t code[4] = {OP_STOP, OP_RET, OP_RET, OP_RET};
    uint8_t rows[3 * VM_FUNCTION_BYTES] = {0};
    store_le32(rows, 0xffffffffu);
    store_le32(rows + VM_FUNCTION_BYTES, 2);
    store_le32(rows + 2 * VM_FUNCTION_BYTES, 1);
    struct vm_program program = {.code = code, .code_words = 4, .functions = rows, .function_count = 3};
    struct listing listing = {.program = &program};
    char *text = listing_as_text(&listing, 0, 4);
    CHECK(strstr(text, "      3  0000000c  ret\n"));
    free(text);
    CHECK_EQ(LISTING_NONE, listing_function_of(&program, 4));
    CHECK_EQ(4, listing_function_entry(&program, 77));
}

int main(void) {
    const struct check_test tests[] = {
        TEST(one_word_of_every_form_reads_as_written_by_hand),
        TEST(every_opcode_has_its_mnemonic_and_every_hole_is_a_number),
        TEST(every_bit_pattern_gives_text_that_fits),
        TEST(bits_that_must_be_zero_are_named),
        TEST(a_host_call_is_named_after_its_table),
        TEST(an_address_of_a_text_shows_the_text),
        TEST(a_target_outside_the_code_is_said),
        TEST(a_program_lists_with_headers_and_source_lines),
        TEST(one_function_lists_alone),
        TEST(a_function_table_out_of_order_does_no_harm),
    };
    return CHECK_RUN(tests);
}
