/* lower_run: lowers a linked ELF file and runs it with the VM alone, no executive: for the tests of the translator.
 *
 *   lower_run [--debug] [--no-fusion] [--sizes] FILE.elf
 *
 * Two host calls are answered: console.write and task.exit. Exit status: the guest's;
 * 120 refused, 121 trap, 122 out of fuel, 123 usage. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/bytes.h"
#include "core/vm/vm.h"
#include "toolchain/lower/lower.h"

enum { CALL_WRITE = 128, CALL_EXIT = 64, EXIT_REFUSED = 120, EXIT_TRAP, EXIT_FUEL, EXIT_USAGE, RETURN_ENTRIES = 4096 };

static void *read_file(const char *name, size_t *length) {
    FILE *file = fopen(name, "rb");
    if (!file) return NULL;
    size_t capacity = 1 << 20;
    char *bytes = malloc(capacity);
    *length = 0;
    for (size_t n; bytes && (n = fread(bytes + *length, 1, capacity - *length, file)) > 0;) {
        *length += n;
        if (*length == capacity) bytes = realloc(bytes, capacity *= 2);
    }
    fclose(file);
    return bytes;
}

static int answer_call(struct vm *vm, bool *done) {
    uint32_t address = vm->reg[10], length = vm->reg[11];
    if (vm->call == CALL_EXIT) {
        *done = true;
        return (int)(vm->reg[10] & 0xff);
    }
    const uint8_t *bytes = vm->call == CALL_WRITE ? vm_memory_read(vm, address, length) : NULL;
    vm->reg[10] = bytes ? 0 : (uint32_t)ST_RANGE;
    vm->reg[11] = bytes ? length : 0;
    if (bytes) fwrite(bytes, 1, length, stdout);
    return 0;
}

static const struct lower_function *function_of(const struct lower_program *p, uint32_t word) {
    for (uint32_t i = 0; i < p->function_count; i++)
        if (word >= p->functions[i].entry && word < p->functions[i].end) return &p->functions[i];
    return NULL;
}

static int report_trap(const struct lower_program *p, const struct vm *vm) {
    const struct lower_function *f = function_of(p, vm->pc);
    uint32_t address = 0;
    for (uint32_t m = 0; m < p->map_count && p->map[m].word <= vm->pc; m++) address = p->map[m].first;
    fflush(stdout);
    fprintf(stderr, "trap: %s (0x%x) at word %u (%s) of %s, address 0x%x\n", vm_trap_text((enum vm_trap)vm->trap),
            vm->trap_detail, vm->pc, isa_op_name((uint8_t)p->words[vm->pc]), f ? f->name : "?", address);
    return EXIT_TRAP;
}

static int run(const struct lower_program *p, const struct vm_program *program, uint64_t fuel, bool sizes) {
    static uint32_t return_stack[RETURN_ENTRIES];
    struct vm vm;
    uint8_t *ram = calloc(1, (size_t)p->ram_bytes + VM_PAD_BYTES);
    if (!ram) return EXIT_USAGE;
    vm_init(&vm, program, ram, p->ram_bytes, return_stack, RETURN_ENTRIES);
    memcpy(ram + (p->data_address - ISA_RAM_BASE), p->data, p->data_bytes);
    vm.reg[2] = ISA_RAM_BASE + p->stack_bytes;
    if (vm_enter(&vm, p->functions[p->entry_function].entry) != ST_OK) return EXIT_USAGE;
    uint64_t left = fuel;
    bool done = false;
    int result = 0;
    vm.fuel = 0;
    while (!done) {
        if (vm.fuel <= 0) {
            if (left == 0) {
                fprintf(stderr, "out of fuel\n");
                result = EXIT_FUEL;
                break;
            }
            uint32_t part = left > 1000000000 ? 1000000000 : (uint32_t)left;
            vm.fuel += (int32_t)part;
            left -= part;
        }
        enum vm_stop stop = vm_run(&vm);
        if (stop == VM_STOP_CALL) result = answer_call(&vm, &done);
        if (stop == VM_STOP_RETURN) done = true;
        if (stop == VM_STOP_TRAP) {
            result = report_trap(p, &vm);
            break;
        }
    }
    if (sizes) fprintf(stderr, "fuel %llu\n", (unsigned long long)(fuel - left - (uint64_t)(int64_t)vm.fuel));
    free(ram);
    return result;
}

static void print_sizes(const struct lower_program *p) {
    uint32_t instructions = 0;
    for (uint32_t i = 0; i < p->function_count; i++) instructions += p->functions[i].elf_bytes / 4;
    fprintf(stderr, "words %u instructions %u functions %u stack %d entries %d\n", p->word_count, instructions,
            p->function_count, (int)p->verdict.stack_bytes, (int)p->verdict.return_entries);
}

int main(int argc, char **argv) {
    struct lower_options options = {0};
    const char *name = NULL;
    bool sizes = false, show = false;
    uint64_t fuel = 20000000000;
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--debug") == 0)
            options.debug = true;
        else if (strcmp(argv[i], "--no-fusion") == 0)
            options.no_fusion = true;
        else if (strcmp(argv[i], "--sizes") == 0)
            sizes = true;
        else if (strcmp(argv[i], "--words") == 0)
            show = true;
        else if (strncmp(argv[i], "--fuel=", 7) == 0)
            fuel = strtoull(argv[i] + 7, NULL, 10);
        else
            name = argv[i];
    }
    size_t length = 0;
    void *elf = name ? read_file(name, &length) : NULL;
    if (!elf) return fprintf(stderr, "usage: lower_run [--debug] [--no-fusion] [--sizes] FILE.elf\n"), EXIT_USAGE;
    struct lower_program p;
    char message[LOWER_MESSAGE_BYTES];
    if (lower_elf(elf, length, &options, &p, message) != ST_OK) {
        fprintf(stderr, "refused: %s\n", message);
        free(elf);
        return EXIT_REFUSED;
    }
    free(elf);
    if (sizes) print_sizes(&p);
    if (show) fwrite(p.words, 4, p.word_count, stdout);
    uint8_t *calls = calloc(2, p.call_count + 1);
    for (uint32_t i = 0; calls && i < p.call_count; i++) store_le16(calls + 2 * (size_t)i, p.calls[i]);
    struct vm_program program = {p.words,           p.word_count, p.function_table, p.function_count, p.read_only,
                                 p.read_only_bytes, calls,        p.call_count,     p.entry_function};
    int result = show ? 0 : run(&p, &program, fuel, sizes);
    free(calls);
    lower_free(&p);
    return result;
}
