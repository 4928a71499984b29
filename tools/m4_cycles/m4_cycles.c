/* m4_cycles: a QEMU TCG plugin that counts instructions and estimates Cortex-M4 cycles with zero wait states.
 *
 *   qemu-system-arm ... -plugin m4_cycles.so[,begin=ADDRESS,end=ADDRESS][,out=FILE]
 *
 * Counts from the first time the instruction at `begin` is executed until the one at `end` is; without them,
 * everything. At exit it writes one line of JSON to `out`, or to stderr: {"instructions": n, "cycles": n, "taken": n}.
 *
 * The estimate: one cycle an instruction, but two for a load (one behind another load or store), one more than the
 * number of registers for a multiple, three for a double word, six for an integer division, fourteen for a float
 * division or root, three for a fused multiply, and two more whenever control does not go to the next instruction.
 *
 * Debian packages no header for the plugin API; what is used of its version 1 is declared here. */
#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define EXPORT __attribute__((visibility("default")))

typedef uint64_t plugin_id;
struct qemu_info_t;
struct qemu_plugin_tb;
struct qemu_plugin_insn;
typedef void translate_fn(plugin_id id, struct qemu_plugin_tb *block);
typedef void execute_fn(unsigned cpu, void *context);
typedef void exit_fn(plugin_id id, void *context);
void qemu_plugin_register_vcpu_tb_trans_cb(plugin_id id, translate_fn *callback);
void qemu_plugin_register_vcpu_tb_exec_cb(struct qemu_plugin_tb *block, execute_fn *callback, int flags, void *context);
void qemu_plugin_register_vcpu_insn_exec_cb(struct qemu_plugin_insn *instruction, execute_fn *callback, int flags,
                                            void *context);
void qemu_plugin_register_atexit_cb(plugin_id id, exit_fn *callback, void *context);
size_t qemu_plugin_tb_n_insns(const struct qemu_plugin_tb *block);
struct qemu_plugin_insn *qemu_plugin_tb_get_insn(const struct qemu_plugin_tb *block, size_t index);
uint64_t qemu_plugin_insn_vaddr(const struct qemu_plugin_insn *instruction);
size_t qemu_plugin_insn_size(const struct qemu_plugin_insn *instruction);
char *qemu_plugin_insn_disas(const struct qemu_plugin_insn *instruction);

enum kind {
    KIND_PLAIN,
    KIND_LOAD,
    KIND_STORE,
    KIND_MULTIPLE,
    KIND_DOUBLE,
    KIND_FLOAT_MEMORY,
    KIND_DIVIDE,
    KIND_LONG_FLOAT,
    KIND_FUSED
};

/* The first row whose mnemonic begins the instruction counts. */
static const struct {
    const char *mnemonic;
    enum kind kind;
} rules[] = {
    {"ldm", KIND_MULTIPLE},      {"stm", KIND_MULTIPLE},      {"push", KIND_MULTIPLE},   {"pop", KIND_MULTIPLE},
    {"vldm", KIND_MULTIPLE},     {"vstm", KIND_MULTIPLE},     {"vpush", KIND_MULTIPLE},  {"vpop", KIND_MULTIPLE},
    {"ldrd", KIND_DOUBLE},       {"strd", KIND_DOUBLE},       {"ldr", KIND_LOAD},        {"str", KIND_STORE},
    {"vldr", KIND_FLOAT_MEMORY}, {"vstr", KIND_FLOAT_MEMORY}, {"sdiv", KIND_DIVIDE},     {"udiv", KIND_DIVIDE},
    {"tbb", KIND_FLOAT_MEMORY},  {"tbh", KIND_FLOAT_MEMORY},  {"vdiv", KIND_LONG_FLOAT}, {"vsqrt", KIND_LONG_FLOAT},
    {"vfma", KIND_FUSED},        {"vfms", KIND_FUSED},        {"vfnm", KIND_FUSED},      {"vmla", KIND_FUSED},
    {"vmls", KIND_FUSED},        {"vnml", KIND_FUSED},
};

struct block {
    uint64_t start, end;
    uint32_t instructions, cycles;
};

/* The plugin API hands no context to its first callback, so the state is here. */
static struct {
    uint64_t instructions, cycles, taken;
    uint64_t expected; /* address right after the block executed last */
    uint64_t begin, end;
    bool counting;
    char out[1024];
} state;

static enum kind kind_of(const char *text) {
    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++)
        if (strncmp(text, rules[i].mnemonic, strlen(rules[i].mnemonic)) == 0) return rules[i].kind;
    return KIND_PLAIN;
}

/* Registers in "{r4, r6-r8, lr}"; ranges are between numbered registers. */
static uint32_t registers_listed(const char *text) {
    uint32_t count = 0;
    const char *at = strchr(text, '{');
    while (at && *at != '\0' && *at != '}') {
        at += strspn(at, "{, ");
        char bank = 0, bank_last = 0;
        unsigned first = 0, last = 0;
        if (sscanf(at, "%c%u%*[ -]%c%u", &bank, &first, &bank_last, &last) == 4 && bank == bank_last && last > first &&
            strcspn(at, "-") < strcspn(at, ",}"))
            count += last - first + 1;
        else
            count++;
        at = strpbrk(at, ",}");
    }
    return count > 0 ? count : 1;
}

static uint32_t cycles_of(const char *text, bool after_memory) {
    switch (kind_of(text)) {
    case KIND_LOAD: return after_memory ? 1 : 2;
    case KIND_MULTIPLE: return 1 + registers_listed(text);
    case KIND_DOUBLE: return 3;
    case KIND_FLOAT_MEMORY: return 2;
    case KIND_DIVIDE: return 6;
    case KIND_LONG_FLOAT: return 14;
    case KIND_FUSED: return 3;
    case KIND_STORE:
    case KIND_PLAIN: break;
    }
    return 1;
}

static void block_executes(unsigned cpu, void *context) {
    (void)cpu;
    const struct block *block = context;
    if (state.counting) {
        if (block->start != state.expected) {
            state.taken++;
            state.cycles += 2;
        }
        state.instructions += block->instructions;
        state.cycles += block->cycles;
    }
    state.expected = block->end;
}

static void counting_begins(unsigned cpu, void *context) {
    (void)cpu;
    (void)context;
    state.counting = true;
    state.instructions = state.cycles = state.taken = 0;
}
static void counting_ends(unsigned cpu, void *context) {
    (void)cpu;
    (void)context;
    state.counting = false;
}

static void block_translated(plugin_id id, struct qemu_plugin_tb *tb) {
    (void)id;
    struct block *block = calloc(1, sizeof *block); /* lives as long as the emulator */
    if (!block) abort();
    bool after_memory = false;
    block->instructions = (uint32_t)qemu_plugin_tb_n_insns(tb);
    for (size_t i = 0; i < block->instructions; i++) {
        struct qemu_plugin_insn *instruction = qemu_plugin_tb_get_insn(tb, i);
        const uint64_t address = qemu_plugin_insn_vaddr(instruction);
        char *text = qemu_plugin_insn_disas(instruction);
        if (i == 0) block->start = address;
        block->end = address + qemu_plugin_insn_size(instruction);
        block->cycles += text ? cycles_of(text, after_memory) : 1;
        after_memory = text && (kind_of(text) == KIND_LOAD || kind_of(text) == KIND_STORE);
        free(text);
        if (state.begin && address == state.begin)
            qemu_plugin_register_vcpu_insn_exec_cb(instruction, counting_begins, 0, NULL);
        if (state.end && address == state.end)
            qemu_plugin_register_vcpu_insn_exec_cb(instruction, counting_ends, 0, NULL);
    }
    qemu_plugin_register_vcpu_tb_exec_cb(tb, block_executes, 0, block);
}

static void report(plugin_id id, void *context) {
    (void)id;
    (void)context;
    FILE *out = state.out[0] ? fopen(state.out, "w") : stderr;
    if (!out) {
        perror(state.out);
        return;
    }
    fprintf(out, "{\"instructions\": %" PRIu64 ", \"cycles\": %" PRIu64 ", \"taken\": %" PRIu64 "}\n",
            state.instructions, state.cycles, state.taken);
    if (out != stderr) fclose(out);
}

EXPORT int qemu_plugin_version = 1;
EXPORT int qemu_plugin_install(plugin_id id, const struct qemu_info_t *info, int count, char **arguments);
EXPORT int qemu_plugin_install(plugin_id id, const struct qemu_info_t *info, int count, char **arguments) {
    (void)info;
    for (int i = 0; i < count; i++) {
        if (strncmp(arguments[i], "begin=", 6) == 0) {
            state.begin = strtoull(arguments[i] + 6, NULL, 0) & ~(uint64_t)1;
        } else if (strncmp(arguments[i], "end=", 4) == 0) {
            state.end = strtoull(arguments[i] + 4, NULL, 0) & ~(uint64_t)1;
        } else if (strncmp(arguments[i], "out=", 4) == 0 && strlen(arguments[i] + 4) < sizeof state.out) {
            snprintf(state.out, sizeof state.out, "%s", arguments[i] + 4);
        } else {
            fprintf(stderr, "m4_cycles: unknown argument '%s'; known: begin=ADDRESS end=ADDRESS out=FILE\n",
                    arguments[i]);
            return -1;
        }
    }
    state.counting = state.begin == 0;
    qemu_plugin_register_vcpu_tb_trans_cb(id, block_translated);
    qemu_plugin_register_atexit_cb(id, report, NULL);
    return 0;
}
