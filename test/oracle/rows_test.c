/* Every row of arithmetic and float by itself, on very many operands: numbers at edges, floats whose sums cancel, tie
 * or overflow. rows_test [RUNS_PER_ROW [SEED]]      (prints its seed) */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "test/assembler/assembler.h"
#include "test/oracle/machine.h"
#include "test/oracle/random.h"

enum { QUICK_RUNS = 4000, RUNS_OF_A_WORD = 50, RAM_BYTES = 16, ENTRIES = 1, SP = 2 };

static uint32_t random_single(struct random *random, uint32_t other) {
    uint32_t any = (uint32_t)random_64(random);
    switch (random_below(random, 8)) {
    case 0: return any & 0x80000007;                                                  /* zeros, tiny subnormals */
    case 1: return (0x7f7ffff8 + any % 16) | (any & 0x80000000);                      /* largest, infinity, NaNs */
    case 2: return (other & 0x7f800000) | (any & 0x807fffff);                         /* as big as the other */
    case 3: return (other ^ (any & 0x80000000)) + any % 3 - 1;                        /* almost the other */
    case 4: return (any & 0x807fffff) | (100 + any % 64) << 23;                       /* ordinary */
    case 5: return (any & 0x80ffffff) | ((other >> 23) + any % 49 - 24) % 255u << 23; /* a tie's distance away */
    case 6: return any & 0xfff80000; /* few bits: exact results and ties */
    default: return any;
    }
}

static uint32_t random_half(struct random *random, uint32_t other) {
    uint32_t any = (uint32_t)random_64(random);
    switch (random_below(random, 4)) {
    case 0: return (any & 0xffff8003);
    case 1: return (other ^ (any & 0x8000)) + any % 3 - 1;
    case 2: return (any & 0xfffffc00) | (any >> 3 & 0x300);
    default: return any;
    }
}

static void random_operands(struct random *random, int code, uint32_t reg[VM_REGISTERS]) {
    bool is_float = isa_op_table[code].flags & ISA_FLAG_FLOAT,
         is_half = is_float && code >= OP_FADD_H && code != OP_FCVT_H_S;
    for (unsigned i = 1; i < VM_REGISTERS; i++) {
        reg[i] = random_edge(random);
        if (is_half && random_percent(random, 90))
            reg[i] = random_half(random, reg[i - 1]);
        else if (is_float && random_percent(random, 90))
            reg[i] = random_single(random, reg[i - 1]);
    }
}

/* STOP; ENTRY; the word; RET, with fields such that the verifier accepts it. */
static bool random_word(struct random *random, int code, uint32_t code_words[4]) {
    static uint8_t functions[VM_FUNCTION_BYTES];
    const struct isa_form_info *form = &isa_form_table[isa_op_table[code].form];
    assembly_row_put(functions, 0, (struct assembly_row){1, 0, 0, 0, 0});
    code_words[0] = OP_STOP;
    code_words[1] = OP_ENTRY0 | 3 << 8;
    code_words[3] = OP_RET;
    struct vm_program program = {.code = code_words, .code_words = 4, .functions = functions, .function_count = 1};
    for (int tries = 0; tries < 1000; tries++) {
        struct vm_verdict verdict;
        code_words[2] = ((uint32_t)random_64(random) & ~form->reserved & 0xffffff00) | (uint32_t)code;
        if (vm_verify(&program, &verdict) == ST_OK) return true;
    }
    return false;
}

static bool run_alike(const uint32_t code_words[4], const uint32_t reg[VM_REGISTERS]) {
    static uint8_t ram[RAM_BYTES + VM_PAD_BYTES], functions[VM_FUNCTION_BYTES];
    static struct machine machine[ENGINES];
    uint32_t return_stack[ENTRIES];
    struct vm_program program = {.code = code_words, .code_words = 4, .functions = functions, .function_count = 1};
    assembly_row_put(functions, 0, (struct assembly_row){1, 0, 0, 0, 0});
    enum vm_stop stop[ENGINES];
    for (enum engine e = ENGINES; e-- > 0;) {
        machine_start(&machine[e], e, &program, ram, RAM_BYTES, return_stack, ENTRIES, 0);
        memcpy(machine[e].reg, reg, sizeof machine[e].reg);
        machine[e].fuel = 100;
        stop[e] = machine_run(&machine[e]);
        const struct machine *oracle = &machine[ENGINE_ORACLE];
        if (stop[e] == stop[ENGINE_ORACLE] && memcmp(machine[e].reg, oracle->reg, sizeof oracle->reg) == 0) continue;
        char text[ASSEMBLY_LINE_BYTES];
        assembly_print_word(code_words[2], text);
        printf("%s on %s: stop %d, oracle %d;", text, engine_name(e), stop[e], stop[ENGINE_ORACLE]);
        for (unsigned i = 0; i < VM_REGISTERS; i++) {
            printf(" %s 0x%" PRIx32, isa_register_name(i), reg[i]);
            if (reg[i] != machine[e].reg[i] || reg[i] != oracle->reg[i])
                printf(" -> 0x%" PRIx32 " (oracle 0x%" PRIx32 ")", machine[e].reg[i], oracle->reg[i]);
        }
        printf("\n");
        return false;
    }
    return true;
}

static bool row_alike(struct random *random, int code, uint64_t runs) {
    for (uint64_t run = 0; run < runs; run += RUNS_OF_A_WORD) {
        uint32_t code_words[4];
        if (!random_word(random, code, code_words))
            return printf("%s: no accepted word\n", isa_op_name((uint8_t)code)), false;
        for (int i = 0; i < RUNS_OF_A_WORD; i++) {
            uint32_t reg[VM_REGISTERS] = {0};
            random_operands(random, code, reg);
            if (!run_alike(code_words, reg)) return false;
        }
    }
    return true;
}

int main(int argument_count, char **arguments) {
    uint64_t runs = argument_count > 1 ? strtoull(arguments[1], NULL, 0) : QUICK_RUNS;
    uint64_t seed = argument_count > 2 ? strtoull(arguments[2], NULL, 0) : 1;
    unsigned rows = 0, failed = 0;
    printf("seed %" PRIu64 "\n", seed);
    for (int code = OP_LI; code < 256; code++) {
        bool is_memory = (code >= OP_LB && code <= OP_SWPAIR) || (code >= OP_BCOPY && code <= OP_BFIND);
        if (!isa_op_name((uint8_t)code) || is_memory) continue;
        struct random random = {seed + (uint64_t)code};
        rows++;
        failed += !row_alike(&random, code, runs);
    }
    printf("%u tests, %u failed\n", rows, failed);
    return failed != 0;
}
