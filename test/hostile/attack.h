/* attack: one way to do harm with an artifact, its numbers drawn at random, beside the twin that differs in nothing
 * else and must be accepted. What the ids stand for is in README.md. */
#ifndef SKEP_TEST_HOSTILE_ATTACK_H
#define SKEP_TEST_HOSTILE_ATTACK_H

#include "core/base/status.h"
#include "test/hostile/forge.h"

/* How a file must fare: refused with this status at this byte (and, for programs, for this reason), or accepted and run
 * to this end. */
struct outcome {
    enum status status;
    uint32_t offset;
    enum vm_refusal refusal; /* for ST_REFUSED by the verifier */
    enum vm_stop stop;       /* for ST_OK: how the run must end, where is_run is set */
    enum vm_trap trap;
    uint32_t detail;
    bool is_run;
};

struct attack_case {
    struct forge twin, hostile;
    struct outcome twin_outcome, hostile_outcome;
    char text[256]; /* what was done, for a person */
};

struct attack {
    const char *id, *name;
    /* Fills the case; `base` is what the twin starts from. */
    void (*make)(struct attack_case *attack, struct random *random);
};

extern const struct attack container_attacks[], program_attacks[];
extern const unsigned container_attack_count, program_attack_count;

/* A twin of a benign program and random parts, and the hostile file as its copy. */
void attack_begin(struct attack_case *attack, struct random *random);
/* The same with a program of one's own on each side. `expected` speaks of the hostile one. */
void attack_programs(struct attack_case *attack, struct random *random, const char *twin, const char *hostile,
                     struct outcome expected);

static inline struct outcome refused_at(enum status status, uint32_t offset) {
    return (struct outcome){.status = status, .offset = offset};
}
/* Refused by the verifier at that word. */
static inline struct outcome refused_word(enum vm_refusal refusal, uint32_t word) {
    return (struct outcome){.status = ST_REFUSED, .refusal = refusal, .offset = word};
}
static inline struct outcome runs_to(enum vm_stop stop, enum vm_trap trap, uint32_t detail) {
    return (struct outcome){.status = ST_OK, .is_run = true, .stop = stop, .trap = trap, .detail = detail};
}

#endif
