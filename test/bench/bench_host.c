/* bench_host: times each kernel as a guest on the interpreter and as native code, in turns in one process, and prints
 * one line each:
 *
 *   bench_host FOLDER [--repeats N] [--only NAME]      FOLDER holds NAME.elf for each kernel
 *
 *   NAME RATIO NATIVE_US GUEST_US WORDS            RATIO: median of guest time over native time; WORDS: of fuel
 *
 * Processor time is measured, not wall time: other work on the machine disturbs less, and what is left hits both
 * sides of a ratio. */
#define _POSIX_C_SOURCE 199309L
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/vm/vm.h"
#include "device/executive/calls_table.h"
#include "test/bench/kernels.h"
#include "toolchain/lower/lower.h"

enum { A0 = 10, RETURN_ENTRIES = 1024, REPEATS_MAX = 101 };
static const double NATIVE_SECONDS_MIN = 0.004;

struct kernel {
    const char *name;
    uint32_t (*native)(uint32_t rounds);
};
#define KERNEL_ROW(name) {#name, kernel_##name},
static const struct kernel kernels[] = {KERNELS(KERNEL_ROW)};

static double processor_seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static uint8_t *read_file(const char *path, size_t *length) {
    FILE *file = fopen(path, "rb");
    if (!file || fseek(file, 0, SEEK_END) != 0) return NULL;
    long size = ftell(file);
    uint8_t *bytes = malloc((size_t)size + 1);
    rewind(file);
    *length = fread(bytes, 1, (size_t)size, file);
    fclose(file);
    return bytes;
}

struct guest {
    struct lower_program lowered;
    struct vm_program program;
    struct vm vm;
    uint8_t *ram;
    uint32_t return_stack[RETURN_ENTRIES];
    uint8_t calls[64];
};

static bool guest_load(struct guest *guest, const char *path) {
    size_t length = 0;
    uint8_t *elf = read_file(path, &length);
    char message[LOWER_MESSAGE_BYTES] = "cannot be read";
    const struct lower_options options = {0};
    if (!elf || lower_elf(elf, length, &options, &guest->lowered, message) != ST_OK) {
        fprintf(stderr, "%s: %s\n", path, message);
        free(elf);
        return false;
    }
    const struct lower_program *lowered = &guest->lowered;
    for (uint32_t i = 0; i < lowered->call_count; i++) {
        guest->calls[2 * i] = (uint8_t)lowered->calls[i];
        guest->calls[2 * i + 1] = (uint8_t)(lowered->calls[i] >> 8);
    }
    guest->program = (struct vm_program){.code = lowered->words,
                                         .code_words = lowered->word_count,
                                         .functions = lowered->function_table,
                                         .function_count = lowered->function_count,
                                         .read_only = lowered->read_only,
                                         .read_only_bytes = lowered->read_only_bytes,
                                         .calls = guest->calls,
                                         .call_count = lowered->call_count,
                                         .entry_function = lowered->entry_function};
    guest->ram = malloc(lowered->ram_bytes + VM_PAD_BYTES);
    free(elf);
    return true;
}

/* The checksum; *seconds is what the run took, the setting up not counted; *words the fuel it used. */
static bool guest_run(struct guest *guest, uint32_t rounds, uint32_t *checksum, double *seconds, uint64_t *words) {
    const struct lower_program *lowered = &guest->lowered;
    struct vm *vm = &guest->vm;
    vm_init(vm, &guest->program, guest->ram, lowered->ram_bytes, guest->return_stack, RETURN_ENTRIES);
    memcpy(guest->ram + (lowered->data_address - ISA_RAM_BASE), lowered->data, lowered->data_bytes);
    if (vm_enter(vm, lowered->functions[lowered->entry_function].entry) != ST_OK) return false;
    vm->reg[2] = ISA_RAM_BASE + lowered->stack_bytes;
    vm->reg[A0] = rounds;
    *words = 0;
    enum vm_stop stop;
    const double start = processor_seconds();
    do {
        vm->fuel = INT32_MAX;
        stop = vm_run(vm);
        *words += (uint64_t)((int64_t)INT32_MAX - vm->fuel);
    } while (stop == VM_STOP_BUDGET);
    *seconds = processor_seconds() - start;
    *checksum = vm->reg[A0];
    if (stop == VM_STOP_CALL && vm->call == CALL_TASK_EXIT) return true;
    fprintf(stderr, "the guest stopped otherwise than by exit: stop %d, trap %" PRIu32 " at word %" PRIu32 "\n",
            (int)stop, vm->trap, vm->pc);
    return false;
}

static double native_seconds(const struct kernel *kernel, uint32_t rounds, uint32_t *checksum) {
    const double start = processor_seconds();
    *checksum = kernel->native(rounds);
    return processor_seconds() - start;
}

static int ascending(const void *left, const void *right) {
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

static double median(double *values, int count) {
    qsort(values, (size_t)count, sizeof *values, ascending);
    return values[count / 2];
}

static bool bench(const struct kernel *kernel, const char *folder, int repeats) {
    static struct guest guest;
    static double ratios[REPEATS_MAX], natives[REPEATS_MAX], guests[REPEATS_MAX];
    char path[4096];
    uint32_t want, got, rounds = 1;
    uint64_t words = 0;
    snprintf(path, sizeof path, "%s/%s.elf", folder, kernel->name);
    if (!guest_load(&guest, path)) return false;
    while (native_seconds(kernel, rounds, &want) < NATIVE_SECONDS_MIN) rounds *= 2;
    for (int i = 0; i < repeats; i++) {
        natives[i] = native_seconds(kernel, rounds, &want);
        if (!guest_run(&guest, rounds, &got, &guests[i], &words)) return false;
        ratios[i] = guests[i] / natives[i];
        if (want == got) continue;
        fprintf(stderr, "%s: checksum 0x%08" PRIx32 ", the guest's is 0x%08" PRIx32 "\n", kernel->name, want, got);
        return false;
    }
    printf("%s %.3f %.1f %.1f %" PRIu64 "\n", kernel->name, median(ratios, repeats), median(natives, repeats) * 1e6,
           median(guests, repeats) * 1e6, words);
    fflush(stdout);
    lower_free(&guest.lowered);
    free(guest.ram);
    return true;
}

int main(int count, char **arguments) {
    const char *folder = count > 1 ? arguments[1] : NULL, *only = NULL;
    int repeats = 11;
    for (int i = 2; i + 1 < count; i += 2) {
        if (strcmp(arguments[i], "--repeats") == 0) repeats = atoi(arguments[i + 1]);
        if (strcmp(arguments[i], "--only") == 0) only = arguments[i + 1];
    }
    if (!folder || repeats < 1 || repeats > REPEATS_MAX) {
        fprintf(stderr, "usage: bench_host FOLDER [--repeats N] [--only NAME]\n");
        return 2;
    }
    bool good = true;
    for (size_t i = 0; i < sizeof kernels / sizeof kernels[0]; i++)
        if (!only || strcmp(only, kernels[i].name) == 0) good &= bench(&kernels[i], folder, repeats);
    return good ? 0 : 1;
}
