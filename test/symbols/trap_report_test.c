/* Trap reports about a guest whose lines are known by name (guest/deep.c): what people read, what programs read, and
 * that nothing that is missing or senseless keeps a report from being made. */
#include "programs/skep/trap_report.h"

#include <stdlib.h>

#include "core/base/bytes.h"
#include "core/trust/trust.h"
#include "core/wire/artifact.h"
#include "programs/skep/trap_reason.h"
#include "test/symbols/fixture.h"
#include "test/unit/check.h"
#include "toolchain/pack/pack.h"

enum { CODE_BYTES = WORDS * 4, FILE_BYTES = ARTIFACT_HEAD_BYTES_MAX + CODE_BYTES + VM_FUNCTION_BYTES + 64 };

/* An artifact that is all divisions: as many words as the map has, in one function. */
static struct beside write_artifact(const char *guest) {
    static uint8_t code[CODE_BYTES], file[FILE_BYTES];
    for (uint32_t i = 0; i < WORDS; i++) store_le32(code + 4 * i, OP_DIV | 10u << 8 | 11u << 12 | 12u << 16);
    struct artifact artifact = {
        .manifest = {.type = ARTIFACT_GUEST,
                     .abi_min = 1,
                     .abi_max = 1,
                     .name = "deep",
                     .stack_bytes = 1024,
                     .ram_bytes = 8192,
                     .data_address = ISA_RAM_BASE + 1024,
                     .return_entries = 64},
        .section_count = 2,
        .section = {{.id = ARTIFACT_SECTION_CODE, .bytes = CODE_BYTES},
                    {.id = ARTIFACT_SECTION_FUNCTIONS, .bytes = VM_FUNCTION_BYTES}},
    };
    struct bytes elf = read_guest(guest);
    uint8_t elf_hash[TRUST_HASH_BYTES];
    trust_hash_of(elf.at, elf.length, elf_hash);
    free(elf.at);
    CHECK_EQ(ST_OK, artifact_encode_head(&artifact, file, sizeof file));
    pack_build_id(elf_hash, file, artifact.signed_bytes, artifact.manifest.build_id);
    CHECK_EQ(ST_OK, artifact_encode_head(&artifact, file, sizeof file));
    memcpy(file + artifact.section[0].offset, code, sizeof code);
    struct beside files = write_beside(guest, artifact.manifest.build_id);
    write_path(files.artifact, file, artifact.total_bytes);
    return files;
}

static struct symbols *open_symbols(const char *guest) {
    static const uint8_t no_id[SYMBOLS_BUILD_ID_BYTES];
    struct bytes elf = read_guest(guest);
    struct symbols *symbols = NULL;
    CHECK_EQ(ST_OK, symbols_of(&(struct symbols_files){elf.at, plain_map(no_id), elf.length, MAP_BYTES}, &symbols));
    free(elf.at);
    return symbols;
}

/* To be freed. */
static char *report_text(const struct trap_facts *facts, void (*report)(const struct trap_facts *, FILE *)) {
    FILE *file = tmpfile();
    if (!file) exit(1);
    report(facts, file);
    size_t length = (size_t)ftell(file);
    char *text = calloc(length + 1, 1);
    rewind(file);
    if (!text || fread(text, 1, length, file) != length) exit(1);
    fclose(file);
    return text;
}

static void holds(const char *text, const char *want) {
    if (strstr(text, want)) return;
    printf("  want \"%s\" in:\n%s\n", want, text);
    CHECK(0);
}

/* Where `want` begins; the text's length when it is not there. */
static size_t position(const char *text, const char *want) {
    const char *found = strstr(text, want);
    return found ? (size_t)(found - text) : strlen(text);
}

/* A stop in `quotient`, inlined in `share`, inlined in `average`, which main's first line called, which _start called.
 */
struct stop {
    struct beside files;
    uint32_t stack[3];
    struct trap_facts facts;
};

static void stop_in_quotient(const char *guest, struct stop *stop) {
    struct symbols *symbols = open_symbols(guest);
    stop->files = write_artifact(guest);
    stop->stack[0] = 0;
    stop->stack[1] = word_on(symbols, "start") + 1;
    stop->stack[2] = (word_on(symbols, "first") + 1) | 77u << 20; /* with a mark, as after setjmp */
    stop->facts = (struct trap_facts){
        .artifact_path = stop->files.artifact,
        .trap = VM_TRAP_DIVIDE,
        .pc = word_on(symbols, "quotient"),
        .reg = {[2] = 0x600, [10] = 0xabcdef01},
        .return_stack = stop->stack,
        .return_depth = 3,
    };
    symbols_close(symbols);
}

static void a_report_names_place_calls_and_what_to_do(void) {
    static const char *const guests[] = {"clang_O0", "clang_Og", "clang_O2", "gcc_O0", "gcc_Og", "gcc_O2"};
    for (size_t i = 0; i < sizeof guests / sizeof *guests; i++) {
        struct stop stop;
        char want[PATH_BYTES_MAX];
        stop_in_quotient(guests[i], &stop);
        char *text = report_text(&stop.facts, trap_report_print);
        snprintf(want, sizeof want, "deep: trap: division by zero\n  in quotient  %s:%u", GUEST_SOURCE,
                 line_of("quotient"));
        holds(text, want);
        snprintf(want, sizeof want, "  0  quotient (inlined)  %s:%u", GUEST_SOURCE, line_of("quotient"));
        holds(text, want);
        snprintf(want, sizeof want, "  1  share (inlined)  %s:%u", GUEST_SOURCE, line_of("share"));
        holds(text, want);
        snprintf(want, sizeof want, "  2  average  %s:%u", GUEST_SOURCE, line_of("average"));
        holds(text, want);
        snprintf(want, sizeof want, "  3  main  %s:%u", GUEST_SOURCE, line_of("first"));
        holds(text, want);
        snprintf(want, sizeof want, "  4  _start  %s:%u", GUEST_SOURCE, line_of("start"));
        holds(text, want);
        holds(text, "div      a0, a1, a2");
        holds(text, "a0 abcdef01");
        holds(text, "what to do: check the divisor");
        CHECK(strstr(text, "note:") == NULL);
        free(text);
        remove_beside(&stop.files);
    }
}

static void a_report_for_programs_says_the_same(void) {
    struct stop stop;
    char want[PATH_BYTES_MAX];
    stop_in_quotient("clang_O2", &stop);
    stop.facts.task = "a \"quoted\"\ttask \xc3\xbc \xff\xe2\x82";
    char *text = report_text(&stop.facts, trap_report_json);
    holds(text, "{\"task\": \"a \\\"quoted\\\"\\u0009task \xc3\xbc \\ufffd\\ufffd\\ufffd\", ");
    holds(text, "\"reason\": \"division by zero\"");
    snprintf(want, sizeof want,
             "\"function\": \"quotient\", \"file\": \"%s\", \"line\": %u, \"frames\": [{\"word\": %u, ", GUEST_SOURCE,
             line_of("quotient"), stop.facts.pc);
    holds(text, want);
    holds(text, "\"inlined\": true}, {\"word\"");
    holds(text, "\"a0\": 2882400001");
    CHECK_EQ('\n', text[strlen(text) - 1]);
    free(text);
    remove_beside(&stop.files);
}

static void without_sidecars_functions_are_numbered_and_the_report_says_why(void) {
    struct stop stop;
    stop_in_quotient("clang_O2", &stop);
    remove(stop.files.map);
    char *text = report_text(&stop.facts, trap_report_print);
    holds(text, "division by zero\n  in function_0  word ");
    holds(text, "note: ");
    holds(text, "a.b.map");
    holds(text, "skep build");
    free(text);
    remove_beside(&stop.files);
}

static void a_sidecar_of_another_build_is_said_and_not_used(void) {
    struct stop stop;
    stop_in_quotient("clang_O2", &stop);
    struct bytes other = read_guest("clang_O0");
    write_path(stop.files.elf, other.at, other.length);
    char *text = report_text(&stop.facts, trap_report_print);
    holds(text, "in function_0");
    holds(text, "belongs to another build");
    CHECK(strstr(text, "quotient") == NULL);
    free(other.at);
    free(text);
    remove_beside(&stop.files);
}

static void without_an_artifact_the_numbers_remain(void) {
    struct trap_facts facts = {.trap = VM_TRAP_MEMORY, .detail = 0xdeadbeef, .pc = 12, .reg = {[2] = 0x1000}};
    char *text = report_text(&facts, trap_report_print);
    holds(text, "0xdeadbeef");
    holds(text, "word_12");
    holds(text, "no artifact file");
    free(text);
    facts.artifact_path = "/nowhere/at/all.cvm1";
    text = report_text(&facts, trap_report_json);
    holds(text, "No such file");
    holds(text, "\"file\": null");
    free(text);
}

static void a_deep_recursion_shows_its_beginning_and_its_end(void) {
    static uint32_t stack[2000];
    struct stop stop;
    stop_in_quotient("clang_O0", &stop);
    for (size_t i = 1; i < 2000; i++) stack[i] = stop.stack[2];
    stop.facts.return_stack = stack;
    stop.facts.return_depth = 2000;
    stop.facts.trap = VM_TRAP_CALL_DEPTH;
    stop.facts.detail = 2000;
    char *text = report_text(&stop.facts, trap_report_print);
    holds(text, "all 2000 entries");
    holds(text, "more ...");
    holds(text, "recursion");
    size_t lines = 0;
    for (const char *at = text; *at; at++) lines += *at == '\n';
    CHECK(lines < 60);
    free(text);
    remove_beside(&stop.files);
}

static void a_callback_shows_where_the_executive_called(void) {
    struct stop stop;
    stop_in_quotient("clang_O0", &stop);
    uint32_t stack[] = {0, stop.stack[1], 0, stop.stack[2]};
    stop.facts.return_stack = stack;
    stop.facts.return_depth = 4;
    char *text = report_text(&stop.facts, trap_report_print);
    CHECK(position(text, "  main") < position(text, "the executive"));
    CHECK(position(text, "the executive") < position(text, "  _start"));
    CHECK(position(text, "  _start") < strlen(text));
    free(text);
    remove_beside(&stop.files);
}

static void senseless_numbers_do_no_harm(void) {
    struct stop stop;
    uint32_t random = 99, stack[8];
    stop_in_quotient("clang_Og", &stop);
    uint8_t ram[64] = {0};
    for (int round = 0; round < 300; round++) {
        struct trap_facts facts = stop.facts;
        uint32_t *numbers[] = {&facts.trap,   &facts.detail, &facts.pc, &facts.reg[2],
                               &facts.reg[8], &stack[0],     &stack[5]};
        for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
            random = random * 1664525u + 1013904223u;
            *numbers[i] = i == 0 ? random >> 29 : random >> (random >> 28);
        }
        for (int i = 1; i < 8; i++) stack[i] = stack[0] * (uint32_t)i;
        facts.return_stack = stack;
        facts.return_depth = (uint32_t)round % 9;
        facts.ram = ram;
        facts.ram_bytes = sizeof ram;
        char *people = report_text(&facts, trap_report_print), *json = report_text(&facts, trap_report_json);
        CHECK(strlen(people) > 100 && strlen(json) > 100);
        free(people);
        free(json);
    }
    remove_beside(&stop.files);
}

static void a_damaged_artifact_still_gives_a_report(void) {
    struct stop stop;
    uint32_t random = 7;
    stop_in_quotient("clang_O2", &stop);
    struct bytes file = read_path(stop.files.artifact);
    for (int round = 0; round < 300; round++) {
        uint8_t *copy = malloc(file.length);
        memcpy(copy, file.at, file.length);
        for (int flip = 0; flip <= round % 4; flip++) {
            random = random * 1664525u + 1013904223u;
            size_t at = (random >> 8) % (round % 3 == 0 ? file.length : 512);
            copy[at] ^= (uint8_t)(1u << (random & 7));
        }
        write_path(stop.files.artifact, copy, round % 7 == 0 ? (random >> 6) % file.length : file.length);
        free(copy);
        char *text = report_text(&stop.facts, trap_report_print);
        holds(text, "division by zero");
        holds(text, "call stack");
        free(text);
    }
    free(file.at);
    remove_beside(&stop.files);
}

static void every_reason_is_told_apart(void) {
    enum { SW = OP_SW | 10u << 8 | 11u << 12, LW = OP_LW | 10u << 8 | 11u << 12 };
    static const struct {
        uint32_t word, trap, detail, sp;
        const char *text, *advice, *function;
    } cases[] = {
        {LW, VM_TRAP_MEMORY, 12, 0x800, "null pointer: a load of 4 bytes at address 0x0000000c", "offset of the member",
         NULL},
        {SW, VM_TRAP_MEMORY, 0, 0x800, "null pointer: a store of 4 bytes at address 0x00000000", "is NULL", NULL},
        {SW, VM_TRAP_MEMORY, 0x3fc, 0x3f0, "stack overflow: ", "recursion", NULL},
        {SW, VM_TRAP_MEMORY, 0xfffffff8, 0xfffffff0, "stack overflow: ", "1024 bytes", NULL},
        {OP_ENTRY1 | 1u << 8 | 8u << 20, VM_TRAP_MEMORY, 0x3f8, 0x400, "stack overflow: a push", "recursion", NULL},
        {SW, VM_TRAP_MEMORY, ISA_RO_BASE + 4, 0x800, "write to read-only data: ", "string literals", NULL},
        {LW, VM_TRAP_MEMORY, ISA_RO_BASE + 20, 0x800, "past the end of read-only data: ", "too large", NULL},
        {LW, VM_TRAP_MEMORY, ISA_CODE_BASE + 4, 0x800, "code is no data: ", "function pointer", NULL},
        {SW, VM_TRAP_MEMORY, ISA_RAM_BASE + 8192, 0x800, "past the end of memory: ", "heap", NULL},
        {SW, VM_TRAP_MEMORY, 0x80000000, 0x800, "wild pointer: ", "not set", NULL},
        {LW, VM_TRAP_DIVIDE, 0, 0x800, "division by zero", "divisor", NULL},
        {LW, VM_TRAP_UNREACHABLE, 0, 0x800, "must not be reached", "return a value", "main"},
        {LW, VM_TRAP_UNREACHABLE, 0, 0x800, "abort was called", "assert", "abort"},
        {LW, VM_TRAP_CALL_TARGET, 0, 0x800, "null function pointer", "check it", NULL},
        {LW, VM_TRAP_CALL_TARGET, 0x1234, 0x800, "0x00001234, which is no function", "overwritten", NULL},
        {LW, VM_TRAP_CALL_DEPTH, 64, 0x800, "all 64 entries", "recursion", NULL},
        {LW, VM_TRAP_JUMP, 0x1000, 0x800, "longjmp to a place that is gone", "setjmp has returned", NULL},
        {LW, 99, 0, 0x800, "trap number 99", "", NULL},
    };
    struct artifact_manifest manifest = {.stack_bytes = 1024, .ram_bytes = 8192};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct vm_program program = {.code = &cases[i].word, .code_words = 2, .read_only_bytes = 16};
        struct trap_facts facts = {.trap = cases[i].trap, .detail = cases[i].detail, .reg = {[2] = cases[i].sp}};
        struct trap_reason reason = trap_reason_of(&facts, &program, &manifest, cases[i].function);
        holds(reason.text, cases[i].text);
        holds(reason.advice, cases[i].advice);
        CHECK(strlen(reason.text) < TRAP_REASON_BYTES - 1 && strlen(reason.advice) < TRAP_REASON_BYTES - 1);
    }
}

int main(void) {
    const struct check_test tests[] = {
        TEST(a_report_names_place_calls_and_what_to_do),
        TEST(a_report_for_programs_says_the_same),
        TEST(without_sidecars_functions_are_numbered_and_the_report_says_why),
        TEST(a_sidecar_of_another_build_is_said_and_not_used),
        TEST(without_an_artifact_the_numbers_remain),
        TEST(a_deep_recursion_shows_its_beginning_and_its_end),
        TEST(a_callback_shows_where_the_executive_called),
        TEST(senseless_numbers_do_no_harm),
        TEST(a_damaged_artifact_still_gives_a_report),
        TEST(every_reason_is_told_apart),
    };
    return CHECK_RUN(tests);
}
