/* A program packed, loaded as a device loads it, and run; and everything that loading refuses, each beside its good
 * twin. */
#include "toolchain/pack/pack.h"

#include <stdlib.h>

#include "core/base/bytes.h"
#include "core/vm/load.h"
#include "test/assembler/assembler.h"
#include "test/unit/check.h"
#include "toolchain/pack/capability.h"

enum { STACK_BYTES = 256, RAM_BYTES = 512, HCALL_CONSOLE_WRITE = 128, HCALL_GPIO_WRITE = 257 };

/* Adds the first byte of its data and of its read-only window, through a function and a call of the host. */
static const char program_text[] =
    "func main frame=2; call add; hcall 128; ret0 2;"
    "func add; li t0, 1280; lbu a0, t0, 0; lui16 t0, 4096; lbu a1, t0, 0; add a0, a0, a1; ret";

struct made {
    struct assembly assembly;
    struct lower_program program;
    uint16_t calls[8];
    uint8_t read_only[13 + VM_PAD_BYTES], data[10];
};

static void make(struct made *made, const char *text) {
    memset(made, 0, sizeof *made);
    if (!assemble(text, &made->assembly)) printf("  %s\n", made->assembly.error);
    made->read_only[0] = 30;
    made->data[0] = 12;
    made->program = (struct lower_program){
        .words = made->assembly.words,
        .word_count = made->assembly.word_count,
        .function_count = made->assembly.function_count,
        .entry_function = made->assembly.entry_function,
        .function_table = made->assembly.functions,
        .calls = made->calls,
        .call_count = made->assembly.call_count,
        .read_only = made->read_only,
        .read_only_bytes = sizeof made->read_only - VM_PAD_BYTES,
        .data = made->data,
        .data_address = 1280,
        .data_bytes = sizeof made->data,
        .stack_bytes = STACK_BYTES,
        .ram_bytes = RAM_BYTES,
    };
    for (uint32_t i = 0; i < made->program.call_count; i++) made->calls[i] = load_le16(made->assembly.calls + 2 * i);
    struct vm_program program = assembly_program(&made->assembly, made->read_only, made->program.read_only_bytes);
    CHECK_EQ(ST_OK, vm_verify(&program, &made->program.verdict));
}

static struct pack_input input_of(const struct made *made) {
    struct pack_input input = {.program = &made->program, .manifest = {.name = "sum", .version = 0x01000002}};
    input.capability_count = pack_capabilities_used(&made->program, input.capability);
    return input;
}

static struct pack_output packed(const struct pack_input *input) {
    struct pack_output output = {0};
    char message[PACK_MESSAGE_BYTES] = "";
    CHECK_EQ(ST_OK, pack_artifact(input, &output, message));
    CHECK_TEXT("", message);
    return output;
}

/* The good artifact, for tests to spoil. */
static struct pack_output good_artifact(void) {
    static struct made made;
    make(&made, program_text);
    struct pack_input input = input_of(&made);
    return packed(&input);
}

static void a_packed_program_loads_and_runs(void) {
    struct pack_output output = good_artifact();
    struct load load;
    struct artifact_fault fault;
    CHECK_EQ(ST_OK, load_all(&load, output.bytes, output.length, &fault));
    const struct artifact_manifest *manifest = &load.artifact.manifest;
    CHECK_TEXT("sum", manifest->name);
    CHECK_EQ(RAM_BYTES, manifest->ram_bytes);
    CHECK_EQ(2 + PACK_ENTRIES_SPARE, manifest->return_entries);
    CHECK_EQ(8, load.verdict.stack_bytes);
    CHECK_EQ(1, load.data_bytes); /* zeros behind the last byte that is not zero are not stored */
    CHECK_EQ(13, load.program.read_only_bytes);
    CHECK_EQ(1, load.capability_count);

    static _Alignas(8) uint8_t ram[RAM_BYTES + VM_PAD_BYTES];
    static uint32_t entries[64];
    struct vm vm;
    vm_init(&vm, &load.program, ram, manifest->ram_bytes, entries, manifest->return_entries);
    CHECK_EQ(ST_OK, load_place(&load, &vm));
    CHECK_EQ(ISA_RAM_BASE + STACK_BYTES, vm.reg[2]);
    vm.fuel = 1000;
    CHECK_EQ(VM_STOP_CALL, vm_run(&vm));
    CHECK_EQ(HCALL_CONSOLE_WRITE, vm.call);
    CHECK_EQ(42, vm.reg[10]);
    CHECK_EQ(VM_STOP_RETURN, vm_run(&vm));
    pack_free(&output);
}

static void the_same_input_gives_the_same_bytes_and_another_elf_another_build_id(void) {
    static struct made made;
    make(&made, program_text);
    struct pack_input input = input_of(&made);
    struct pack_output first = packed(&input), second = packed(&input);
    CHECK_EQ(first.length, second.length);
    CHECK(memcmp(first.bytes, second.bytes, first.length) == 0);
    input.elf_hash[0] ^= 1;
    struct pack_output third = packed(&input);
    CHECK(memcmp(first.artifact.manifest.build_id, third.artifact.manifest.build_id, ARTIFACT_BUILD_ID_BYTES) != 0);
    input.elf_hash[0] ^= 1;
    input.manifest.version++;
    struct pack_output fourth = packed(&input);
    CHECK(memcmp(first.artifact.manifest.build_id, fourth.artifact.manifest.build_id, ARTIFACT_BUILD_ID_BYTES) != 0);
    pack_free(&first);
    pack_free(&second);
    pack_free(&third);
    pack_free(&fourth);
}

static void any_step_and_any_arrival_give_the_same_verdict(void) {
    struct pack_output output = good_artifact();
    struct load load;
    struct artifact_fault fault;
    for (uint32_t budget = 1; budget < 200; budget += 7) {
        size_t there = output.artifact.head_bytes;
        CHECK_EQ(ST_OK, load_start(&load, output.bytes, there, &fault));
        enum status status;
        uint32_t steps = 0;
        while ((status = load_step(&load, there, budget, &fault)) == ST_AGAIN) {
            there += there < output.length ? 1 : 0; /* a byte arrives with every step */
            steps++;
        }
        CHECK_EQ(ST_OK, status);
        CHECK(steps >= (output.length - output.artifact.head_bytes) / budget);
    }
    pack_free(&output);
}

static void every_changed_byte_of_the_payload_is_noticed(void) {
    struct pack_output output = good_artifact();
    struct load load;
    struct artifact_fault fault;
    for (uint32_t at = output.artifact.head_bytes; at < output.length; at++) {
        output.bytes[at] ^= 0x10;
        CHECK_EQ(ST_CORRUPT, load_all(&load, output.bytes, output.length, &fault));
        output.bytes[at] ^= 0x10;
    }
    CHECK_EQ(ST_OK, load_all(&load, output.bytes, output.length, &fault));
    pack_free(&output);
}

static void a_file_of_another_length_is_refused(void) {
    struct pack_output output = good_artifact();
    struct load load;
    struct artifact_fault fault;
    uint8_t *longer = calloc(1, output.length + 8);
    memcpy(longer, output.bytes, output.length);
    for (uint32_t length = 0; length < output.length; length++) {
        CHECK_EQ(ST_CORRUPT, load_all(&load, longer, length, &fault));
        CHECK_EQ(length < 4 ? 0 : length, fault.offset);
    }
    CHECK_EQ(ST_CORRUPT, load_all(&load, longer, output.length + 1, &fault));
    CHECK_EQ(output.length, fault.offset);
    CHECK_EQ(ST_OK, load_all(&load, longer, output.length, &fault));
    free(longer);
    pack_free(&output);
}

/* Writes the hash of a section anew after a test has changed its bytes, so that what else is wrong is found. */
static void rehash(struct pack_output *output, uint16_t id) {
    for (uint32_t i = 0; i < output->artifact.section_count; i++) {
        const struct artifact_section *section = &output->artifact.section[i];
        if (section->id == id)
            trust_hash_of(output->bytes + section->offset, (size_t)artifact_stored_bytes(section->bytes),
                          output->bytes + ARTIFACT_HEADER_BYTES + i * ARTIFACT_ROW_BYTES + 16);
    }
}

static void spoil(uint16_t id, uint32_t at, uint8_t value, enum status want, const char *reason) {
    struct pack_output output = good_artifact();
    const struct artifact_section *section = artifact_section_find(&output.artifact, id);
    output.bytes[section->offset + at] = value;
    rehash(&output, id);
    struct load load;
    struct artifact_fault fault = {.reason = ""};
    CHECK_EQ(want, load_all(&load, output.bytes, output.length, &fault));
    CHECK(strstr(fault.reason, reason) != NULL);
    pack_free(&output);
}

static void well_hashed_nonsense_is_still_refused(void) {
    spoil(ARTIFACT_SECTION_READ_ONLY, 21, 1, ST_CORRUPT, "padding");    /* behind the section */
    spoil(ARTIFACT_SECTION_READ_ONLY, 13, 1, ST_CORRUPT, "eight zero"); /* behind the window */
    spoil(ARTIFACT_SECTION_READ_ONLY, 12, 1, ST_OK, "");                /* the window's last byte */
    spoil(ARTIFACT_SECTION_CAPABILITIES, 0, 64, ST_CORRUPT, "group");
    spoil(ARTIFACT_SECTION_CAPABILITIES, 1, 0, ST_CORRUPT, "mode");
    spoil(ARTIFACT_SECTION_CODE, 4, 0xff, ST_REFUSED, "");
    spoil(ARTIFACT_SECTION_FUNCTIONS, 0, 2, ST_REFUSED, "");
    spoil(ARTIFACT_SECTION_CALLS, 0, 129, ST_REFUSED, ""); /* declares another call than it makes */
}

static void with_header(size_t at, uint32_t value, int width, enum status want) {
    struct pack_output output = good_artifact();
    if (width == 2)
        store_le16(output.bytes + at, (uint16_t)value);
    else
        store_le32(output.bytes + at, value);
    struct load load;
    struct artifact_fault fault = {0};
    CHECK_EQ(want, load_all(&load, output.bytes, output.length, &fault));
    if (want != ST_OK) CHECK_EQ(at, fault.offset);
    pack_free(&output);
}

static void declared_stacks_are_at_least_what_the_verifier_found(void) {
    with_header(96, 1, 2, ST_REFUSED); /* main calls add: two entries with its own return */
    with_header(96, 2, 2, ST_OK);
    with_header(80, 16, 4, ST_OK); /* eight bytes are needed, and 16 is the least there is */

    static struct made made;
    make(&made, "func main frame=80; ret0 80"); /* 320 bytes */
    struct pack_input input = input_of(&made);
    struct pack_output output;
    char message[PACK_MESSAGE_BYTES] = "";
    CHECK_EQ(ST_REFUSED, pack_artifact(&input, &output, message));
    CHECK_TEXT("the stack is too small: 256 bytes are declared, the program needs 320", message);
    static struct made caller;
    make(&caller, program_text);
    struct pack_input shallow = input_of(&caller);
    shallow.manifest.return_entries = 1;
    CHECK_EQ(ST_REFUSED, pack_artifact(&shallow, &output, message));
    CHECK_TEXT("the return stack is too small: 1 entries are declared, the program needs 2", message);
    shallow.manifest.return_entries = 2;
    output = packed(&shallow);
    pack_free(&output);
    made.program.stack_bytes = 320;
    made.program.data_address = 0x400 + 320;
    output = packed(&input);
    struct load load;
    struct artifact_fault fault;
    CHECK_EQ(ST_OK, load_all(&load, output.bytes, output.length, &fault));
    store_le32(output.bytes + 80, 312);
    CHECK_EQ(ST_REFUSED, load_all(&load, output.bytes, output.length, &fault));
    CHECK_EQ(80, fault.offset);
    pack_free(&output);
}

static void a_recursive_program_is_bounded_by_what_it_declares(void) {
    static struct made made;
    make(&made, "func main frame=2; call main; ret0 2");
    CHECK_EQ(UINT32_MAX, made.program.verdict.stack_bytes);
    struct pack_input input = input_of(&made);
    struct pack_output output = packed(&input);
    CHECK_EQ(64, output.artifact.manifest.return_entries);
    struct load load;
    struct artifact_fault fault;
    CHECK_EQ(ST_OK, load_all(&load, output.bytes, output.length, &fault));
    pack_free(&output);
}

static void hosts_of_another_abi_or_product_refuse(void) {
    struct pack_output output = good_artifact();
    struct load load;
    struct artifact_fault fault;
    CHECK_EQ(ST_OK, load_all(&load, output.bytes, output.length, &fault));
    CHECK_EQ(ST_OK, load_check_host(&load, 1, 5, &fault));
    CHECK_EQ(ST_VERSION, load_check_host(&load, 2, 0, &fault));
    CHECK_EQ(20, fault.offset);
    CHECK_EQ(ST_VERSION, load_check_host(&load, 0, 0, &fault));
    load.artifact.manifest.product_id = 6;
    CHECK_EQ(ST_VERSION, load_check_host(&load, 1, 5, &fault));
    CHECK_EQ(16, fault.offset);
    CHECK_EQ(ST_OK, load_check_host(&load, 1, 6, &fault));
    CHECK_EQ(ST_OK, load_check_host(&load, 1, 0, &fault));
    pack_free(&output);
}

static void other_types_are_no_guests(void) {
    struct artifact artifact = {.manifest = {.type = ARTIFACT_POLICY, .abi_min = 1, .abi_max = 1, .name = "p"},
                                .section_count = 1,
                                .section = {{.id = 0x100, .bytes = 8}}};
    _Alignas(8) uint8_t bytes[ARTIFACT_HEAD_BYTES_MAX] = {0};
    CHECK_EQ(ST_OK, artifact_encode_head(&artifact, bytes, sizeof bytes));
    struct load load;
    struct artifact_fault fault;
    CHECK_EQ(ST_CORRUPT, load_start(&load, bytes, sizeof bytes, &fault));
    CHECK_EQ(12, fault.offset);
    memset(bytes + artifact.head_bytes, 0xaa, 8);
    CHECK_EQ(ST_CORRUPT, load_all_any(&load, bytes, artifact.total_bytes, &fault)); /* not the hash that is declared */
    trust_hash_of(bytes + artifact.head_bytes, 8, bytes + ARTIFACT_HEADER_BYTES + 16);
    CHECK_EQ(ST_OK, load_all_any(&load, bytes, artifact.total_bytes, &fault));
    CHECK(load.program.code == NULL);
}

static void a_call_without_a_capability_is_refused_while_packing(void) {
    static struct made made;
    make(&made, "hcall 257; ret");
    struct pack_input input = input_of(&made);
    char message[PACK_MESSAGE_BYTES] = "";
    struct pack_output output;
    CHECK_EQ(1, input.capability_count);
    input.capability[0].mode = 1; /* input, but gpio.write wants output */
    CHECK_EQ(ST_REFUSED, pack_artifact(&input, &output, message));
    CHECK_TEXT("the program calls gpio.write, but asks for no capability that allows it", message);
    input.capability_count = 0;
    CHECK_EQ(ST_REFUSED, pack_artifact(&input, &output, message));
    make(&made, "hcall 4000; ret");
    input = input_of(&made);
    CHECK_EQ(ST_REFUSED, pack_artifact(&input, &output, message));
    CHECK_TEXT("host call 4000 is not in the host ABI; a guest calls its host through skep.h", message);
}

static void settings_that_the_format_does_not_allow_are_refused_while_packing(void) {
    static struct made made;
    make(&made, program_text);
    struct pack_input input = input_of(&made);
    char message[PACK_MESSAGE_BYTES] = "";
    struct pack_output output;
    input.capability[1] = input.capability[0];
    input.capability_count = 2;
    CHECK_EQ(ST_INVALID, pack_artifact(&input, &output, message));
    CHECK_TEXT("the capability \"console write\" is there twice", message);
    input = input_of(&made);
    memcpy(input.manifest.name, "a b", 4);
    CHECK_EQ(ST_INVALID, pack_artifact(&input, &output, message));
}

static void capabilities_read_back_as_they_were_written(void) {
    static const struct {
        const char *text, *again;
        struct artifact_capability row;
    } rows[] = {
        {"gpio output 13", "gpio output 13", {.group = 4, .mode = 2, .first = 13, .last = 13}},
        {"gpio output,input 2..5 100/s",
         "gpio input,output 2..5 100/s",
         {.group = 4, .mode = 3, .first = 2, .last = 5, .rate = 100}},
        {"console write", "console write", {.group = 2, .mode = 2, .last = UINT32_MAX}},
        {"  adc  0x3 ", "adc read 3", {.group = 5, .mode = 1, .first = 3, .last = 3}},
        {"uart", "uart read,write,config", {.group = 7, .mode = 7, .last = UINT32_MAX}},
        {"i2c read 0x48..0x4f", "i2c read 72..79", {.group = 8, .mode = 1, .first = 72, .last = 79}},
        {"can read 0..4294967295", "can read", {.group = 10, .mode = 1, .last = UINT32_MAX}},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct artifact_capability row = {0};
        char text[CAPABILITY_TEXT_BYTES], message[128] = "";
        CHECK_EQ(ST_OK, capability_parse(rows[i].text, &row, message, sizeof message));
        CHECK_EQ(0, artifact_capability_order(&rows[i].row, &row));
        CHECK_EQ(rows[i].row.rate, row.rate);
        capability_format(&row, text);
        CHECK_TEXT(rows[i].again, text);
    }
}

static void capabilities_that_make_no_sense_are_refused_by_word(void) {
    static const struct {
        const char *text, *word;
    } rows[] = {
        {"", "\"\""},
        {"gpoi output 13", "\"gpoi\""},
        {"time", "\"time\""},
        {"gpio outptu", "\"outptu\""},
        {"gpio output,", "\"output,\""},
        {"gpio 13 output", "\"output\""},
        {"gpio 13 14", "\"14\""},
        {"gpio 5..2", "\"5..2\""},
        {"gpio 4294967296", "\"4294967296\""},
        {"gpio 1..", "\"1..\""},
        {"gpio 0x", "\"0x\""},
        {"gpio 0/s", "\"0/s\""},
        {"gpio 5/s 6/s", "\"6/s\""},
        {"gpio -1", "\"-1\""},
        {"console write 3", "\"3\""},
        {"gpio output\t13", "\"output\t13\""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct artifact_capability row;
        char message[256] = "";
        CHECK_EQ(ST_INVALID, capability_parse(rows[i].text, &row, message, sizeof message));
        if (strncmp(message, rows[i].word, strlen(rows[i].word)) != 0) CHECK_TEXT(rows[i].word, message);
    }
}

int main(void) {
    static const struct check_test tests[] = {
        TEST(a_packed_program_loads_and_runs),
        TEST(the_same_input_gives_the_same_bytes_and_another_elf_another_build_id),
        TEST(any_step_and_any_arrival_give_the_same_verdict),
        TEST(every_changed_byte_of_the_payload_is_noticed),
        TEST(a_file_of_another_length_is_refused),
        TEST(well_hashed_nonsense_is_still_refused),
        TEST(declared_stacks_are_at_least_what_the_verifier_found),
        TEST(a_recursive_program_is_bounded_by_what_it_declares),
        TEST(hosts_of_another_abi_or_product_refuse),
        TEST(other_types_are_no_guests),
        TEST(a_call_without_a_capability_is_refused_while_packing),
        TEST(settings_that_the_format_does_not_allow_are_refused_while_packing),
        TEST(capabilities_read_back_as_they_were_written),
        TEST(capabilities_that_make_no_sense_are_refused_by_word),
    };
    return CHECK_RUN(tests);
}
