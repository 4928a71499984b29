/* vm_loop: a small register machine in a switch, which mixes the numbers of a 16 KiB memory: an interpreter inside
 * the interpreter. */
#include "kernel.h"

enum op {
    OP_SET,
    OP_MOVE,
    OP_ADD,
    OP_SUB,
    OP_MUL,
    OP_XOR,
    OP_SHIFT,
    OP_LOAD,
    OP_STORE,
    OP_LESS,
    OP_JUMP,
    OP_BRANCH,
    OP_ODD,
    OP_HALT
};

struct instruction {
    uint8_t op, a, b, c;
};

enum { CELLS = 4096 };
static uint32_t memory[CELLS];

/* r0 index, r1 limit, r2 the cell, r3 sum, r4 step, r5 scratch */
static const struct instruction program[] = {
    {OP_SET, 0, 0, 0},   {OP_SET, 1, 4, 0}, {OP_SHIFT, 1, 1, 10},  {OP_SET, 4, 1, 0},    {OP_LOAD, 2, 0, 0},
    {OP_XOR, 3, 3, 2},   {OP_MUL, 5, 2, 3}, {OP_ADD, 3, 3, 5},     {OP_SHIFT, 5, 3, 1},  {OP_SUB, 5, 5, 2},
    {OP_STORE, 5, 0, 0}, {OP_ODD, 6, 5, 0}, {OP_BRANCH, 6, 15, 0}, {OP_MOVE, 7, 3, 0},   {OP_JUMP, 0, 16, 0},
    {OP_ADD, 7, 7, 5},   {OP_ADD, 0, 0, 4}, {OP_LESS, 6, 0, 1},    {OP_BRANCH, 6, 4, 0}, {OP_HALT, 0, 0, 0}};

static uint32_t run(uint32_t start) {
    uint32_t r[8] = {0, 0, 0, start, 0, 0, 0, 0};
    const struct instruction *at = program;
    for (;;) {
        const struct instruction i = *at++;
        switch ((enum op)i.op) {
        case OP_SET: r[i.a] = i.b; break;
        case OP_MOVE: r[i.a] = r[i.b]; break;
        case OP_ADD: r[i.a] = r[i.b] + r[i.c]; break;
        case OP_SUB: r[i.a] = r[i.b] - r[i.c]; break;
        case OP_MUL: r[i.a] = r[i.b] * r[i.c]; break;
        case OP_XOR: r[i.a] = r[i.b] ^ r[i.c]; break;
        case OP_SHIFT: r[i.a] = r[i.b] << i.c; break;
        case OP_LOAD: r[i.a] = memory[r[i.b] % CELLS]; break;
        case OP_STORE: memory[r[i.b] % CELLS] = r[i.a]; break;
        case OP_LESS: r[i.a] = r[i.b] < r[i.c]; break;
        case OP_JUMP: at = program + i.b; break;
        case OP_BRANCH:
            if (r[i.a]) at = program + i.b;
            break;
        case OP_ODD: r[i.a] = r[i.b] & 1; break;
        case OP_HALT: return r[3] ^ r[7];
        }
    }
}

uint32_t kernel(uint32_t rounds) {
    uint32_t checksum = rounds, seed = rounds;
    for (int i = 0; i < CELLS; i++) memory[i] = kernel_random(&seed);
    for (uint32_t round = 0; round < rounds; round++) checksum = kernel_mix(checksum, run(checksum));
    return checksum;
}
