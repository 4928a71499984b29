#include "test/hostile/attack.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const benign[] = {
    "li a0, 1; ret",
    "func main frame=4; call f; ret0 4; func f frame=3 saves=2; li s0, 1; ret2 3",
    "hcall 65; hcall 1; hcall 65; ret",
    "li a0, 10; loop: addi a0, a0, -1; bne a0, zero, loop; ret",
    "set a1, @f; callr a1; ret; func f taken; fadd_s a0, a0, a1; ret",
    "func helper frame=2; ret0 2; .entry main; func main; call helper; charge; call helper; ret",
    "li a0, 0x400; setjmp; beq a0, zero, on; trap 1; on: switch a0, 2; j last; j last; last: ret",
};

static void must_assemble(const char *text, struct assembly *to) {
    if (assemble(text, to)) return;
    fprintf(stderr, "attack: %s\nin: %s\n", to->error, text);
    abort();
}

void attack_begin(struct attack_case *attack, struct random *random) {
    static struct assembly program;
    must_assemble(benign[random_below(random, sizeof benign / sizeof *benign)], &program);
    struct forge_parts parts = forge_parts_random(random, &program);
    forge_make(&attack->twin, &parts, random);
    memcpy(&attack->hostile, &attack->twin, sizeof attack->twin);
    attack->twin_outcome = runs_to(VM_STOP_RETURN, VM_TRAP_NONE, 0);
}

void attack_programs(struct attack_case *attack, struct random *random, const char *twin, const char *hostile,
                     struct outcome expected) {
    static struct assembly program;
    must_assemble(twin, &program);
    struct forge_parts parts = forge_parts_random(random, &program);
    struct random same = *random;
    forge_make(&attack->twin, &parts, random);
    must_assemble(hostile, &program);
    parts.program = &program;
    forge_make(&attack->hostile, &parts, &same);
    snprintf(attack->text, sizeof attack->text, "%.240s", hostile);
    attack->twin_outcome = runs_to(VM_STOP_RETURN, VM_TRAP_NONE, 0);
    attack->hostile_outcome = expected;
}
