/* guest_run: lowers a linked guest and runs it on the interpreter, the checking interpreter and the oracle, which
 * must agree in all that can be seen: output, exit status or trap, registers, RAM and fuel.
 *
 *   guest_run [--engine fast|checked|oracle] [--no-fusion] [--lines] [--words N] [--compare-words N] FILE.elf
 *   guest_run --functions FILE.elf       lists them with their lengths in words
 *
 * The guest's output goes to stdout, everything else to stderr. Exit status: the guest's, or 120 trap, 121 refused,
 * 122 the engines disagree, 123 out of words, 124 an unknown host call, 125 usage. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "test/guest/host.h"
#include "test/oracle/machine.h"
#include "toolchain/lower/lower.h"

enum { END_TRAP = 120, END_REFUSED, END_DISAGREE, END_WORDS, END_CALL, END_USAGE };
enum { QUANTUM_WORDS = 1000000, RETURN_ENTRIES = 4096 };

struct options {
    struct lower_options lower;
    int engine;     /* -1: all */
    bool functions; /* only list them */
    int64_t words_max,
        compare_max; /* words for the first engine; the others run only when it needed at most compare_max */
    const char *path;
};

struct outcome {
    struct machine machine;
    struct host host;
    enum vm_stop stop;
    int64_t words; /* fuel used */
};

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

static struct vm_program program_of(const struct lower_program *lowered, uint8_t **calls) {
    *calls = malloc((size_t)lowered->call_count * 2 + 2);
    for (uint32_t i = 0; i < lowered->call_count; i++) {
        (*calls)[2 * i] = (uint8_t)lowered->calls[i];
        (*calls)[2 * i + 1] = (uint8_t)(lowered->calls[i] >> 8);
    }
    return (struct vm_program){.code = lowered->words,
                               .code_words = lowered->word_count,
                               .functions = lowered->function_table,
                               .function_count = lowered->function_count,
                               .read_only = lowered->read_only,
                               .read_only_bytes = lowered->read_only_bytes,
                               .calls = *calls,
                               .call_count = lowered->call_count,
                               .entry_function = lowered->entry_function};
}

static void run(struct outcome *outcome, enum engine engine, const struct vm_program *program,
                const struct lower_program *lowered, int64_t words_max) {
    struct machine *machine = &outcome->machine;
    uint8_t *ram = calloc(1, lowered->ram_bytes + VM_PAD_BYTES);
    uint32_t *return_stack = calloc(RETURN_ENTRIES, sizeof *return_stack);
    machine_start(machine, engine, program, ram, lowered->ram_bytes, return_stack, RETURN_ENTRIES,
                  ISA_RAM_BASE + lowered->stack_bytes);
    memcpy(ram + (lowered->data_address - ISA_RAM_BASE), lowered->data, lowered->data_bytes);
    outcome->host = (struct host){.program = program,
                                  .reg = machine->reg,
                                  .ram = ram,
                                  .ram_bytes = lowered->ram_bytes,
                                  .clock_ms = HOST_START_MS};
    for (;;) {
        machine->fuel = QUANTUM_WORDS;
        outcome->stop = machine_run(machine);
        outcome->words += QUANTUM_WORDS - machine->fuel;
        if (outcome->stop == VM_STOP_CALL) host_answer(&outcome->host, machine->call);
        if (outcome->stop != VM_STOP_CALL && outcome->stop != VM_STOP_BUDGET) return;
        if (outcome->host.ended || outcome->host.unknown_call || outcome->words > words_max) return;
    }
}

/* What two engines left behind differently, or NULL. */
static const char *difference(const struct outcome *a, const struct outcome *b) {
    if (a->stop != b->stop) return "stop";
    if (a->host.output_bytes != b->host.output_bytes ||
        (a->host.output && memcmp(a->host.output, b->host.output, a->host.output_bytes)))
        return "output";
    if (a->host.ended != b->host.ended || a->host.exit_status != b->host.exit_status) return "exit status";
    if (a->machine.pc != b->machine.pc) return "pc";
    if (a->stop == VM_STOP_TRAP &&
        (a->machine.trap != b->machine.trap || a->machine.trap_detail != b->machine.trap_detail))
        return "trap";
    if (memcmp(a->machine.reg, b->machine.reg, sizeof a->machine.reg)) return "registers";
    if (memcmp(a->machine.ram, b->machine.ram, a->machine.ram_bytes)) return "RAM";
    if (a->words != b->words) return "fuel";
    return NULL;
}

static const struct lower_function *function_at(const struct lower_program *lowered, uint32_t word) {
    for (uint32_t i = 0; i < lowered->function_count; i++)
        if (word >= lowered->functions[i].entry && word < lowered->functions[i].end) return &lowered->functions[i];
    return NULL;
}

static int say_end(const struct outcome *outcome, const struct lower_program *lowered) {
    const struct machine *machine = &outcome->machine;
    fprintf(stderr, "%s: %" PRId64 " words of fuel\n", engine_name(machine->engine), outcome->words);
    if (outcome->stop == VM_STOP_TRAP) {
        const struct lower_function *function = function_at(lowered, machine->pc);
        fprintf(stderr, "trap %s (0x%" PRIx32 ") at word %" PRIu32 " in %s\n",
                vm_trap_text((enum vm_trap)machine->trap), machine->trap_detail, machine->pc,
                function ? function->name : "?");
        return END_TRAP;
    }
    if (outcome->host.unknown_call) {
        fprintf(stderr, "host call %" PRIu32 " is not answered here\n", outcome->host.unknown_call);
        return END_CALL;
    }
    if (outcome->host.ended) return outcome->host.exit_status & 0xff;
    if (outcome->stop == VM_STOP_RETURN) return (int)(machine->reg[10] & 0xff);
    fprintf(stderr, "out of words\n");
    return END_WORDS;
}

static int run_all(const struct options *options, const struct lower_program *lowered) {
    uint8_t *calls;
    struct vm_program program = program_of(lowered, &calls);
    static struct outcome outcomes[ENGINES];
    const int first = options->engine < 0 ? 0 : options->engine;
    int last = options->engine < 0 ? ENGINES - 1 : options->engine;
    run(&outcomes[first], (enum engine)first, &program, lowered, options->words_max);
    if (outcomes[first].words > options->compare_max) last = first;
    for (int i = first + 1; i <= last; i++) run(&outcomes[i], (enum engine)i, &program, lowered, options->words_max);
    const struct outcome *reference = &outcomes[first];
    if (reference->host.output) fwrite(reference->host.output, 1, reference->host.output_bytes, stdout);
    fflush(stdout);
    int end = say_end(reference, lowered);
    for (int i = first + 1; i <= last; i++) {
        const char *what = difference(reference, &outcomes[i]);
        if (!what) continue;
        fprintf(stderr, "%s and %s disagree: %s (pc %" PRIu32 ", %" PRIu32 ")\n", engine_name((enum engine)first),
                engine_name((enum engine)i), what, reference->machine.pc, outcomes[i].machine.pc);
        say_end(&outcomes[i], lowered);
        end = END_DISAGREE;
    }
    return end;
}

static bool read_options(int count, char **words, struct options *options) {
    *options = (struct options){.engine = -1, .words_max = 2000000000, .compare_max = 2000000000};
    for (int i = 1; i < count; i++) {
        if (strcmp(words[i], "--no-fusion") == 0) {
            options->lower.no_fusion = true;
        } else if (strcmp(words[i], "--functions") == 0) {
            options->functions = true;
        } else if (strcmp(words[i], "--lines") == 0) {
            options->lower.debug = true;
        } else if (strcmp(words[i], "--engine") == 0 && i + 1 < count) {
            const char *name = words[++i];
            options->engine = strcmp(name, "fast") == 0      ? ENGINE_FAST
                              : strcmp(name, "checked") == 0 ? ENGINE_CHECKED
                                                             : ENGINE_ORACLE;
        } else if (strcmp(words[i], "--words") == 0 && i + 1 < count) {
            options->words_max = atoll(words[++i]);
        } else if (strcmp(words[i], "--compare-words") == 0 && i + 1 < count) {
            options->compare_max = atoll(words[++i]);
        } else {
            options->path = words[i];
        }
    }
    return options->path != NULL;
}

int main(int count, char **words) {
    struct options options;
    if (!read_options(count, words, &options)) {
        fprintf(stderr, "usage: guest_run [--engine fast|checked|oracle] [--no-fusion] [--lines] [--words N] "
                        "[--compare-words N] FILE.elf\n");
        return END_USAGE;
    }
    size_t length = 0;
    uint8_t *elf = read_file(options.path, &length);
    if (!elf) {
        fprintf(stderr, "%s: cannot be read\n", options.path);
        return END_USAGE;
    }
    struct lower_program lowered;
    char message[LOWER_MESSAGE_BYTES];
    if (lower_elf(elf, length, &options.lower, &lowered, message) != ST_OK) {
        fprintf(stderr, "%s: %s\n", options.path, message);
        return END_REFUSED;
    }
    if (!options.functions) return run_all(&options, &lowered);
    for (uint32_t i = 0; i < lowered.function_count; i++)
        printf("%s %" PRIu32 "\n", lowered.functions[i].name, lowered.functions[i].end - lowered.functions[i].entry);
    return 0;
}
