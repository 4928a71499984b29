#include "test/oracle/differential.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "test/oracle/machine.h"
#include "test/oracle/random.h"
#include "test/oracle/random_program.h"

enum { SP = 2, GP = 3, TP = 4, A0 = 10, A1 = 11, ENTRIES_MAX = 40, FUEL_IN_ALL = 30000, STOPS_MAX = 300 };

/* The same start for each machine. */
struct start {
    uint32_t reg[VM_REGISTERS];
    uint32_t ram_bytes, entries;
    uint64_t memory_seed;
};

static struct start start_of(const struct vm_program *program, struct random *random) {
    struct start start = {.ram_bytes = RANDOM_RAM_BYTES, .entries = 1 + random_below(random, ENTRIES_MAX)};
    if (random_percent(random, 10)) start.ram_bytes = 8 * random_below(random, RANDOM_RAM_BYTES / 8 + 1);
    for (unsigned i = 1; i < VM_REGISTERS; i++)
        start.reg[i] = random_percent(random, 20) ? ISA_RAM_BASE + random_below(random, start.ram_bytes + 16)
                                                  : random_edge(random);
    start.reg[SP] = ISA_RAM_BASE + start.ram_bytes / 2;
    start.reg[GP] = ISA_RAM_BASE +
                    (random_percent(random, 80) ? start.ram_bytes * 3 / 4 : random_below(random, start.ram_bytes + 9));
    start.reg[TP] = ISA_RO_BASE + random_below(random, program->read_only_bytes + 9);
    start.memory_seed = random_64(random);
    return start;
}

static void begin(struct machine *machine, enum engine engine, const struct vm_program *program,
                  const struct start *start) {
    uint8_t *ram = guarded_take(start->ram_bytes + VM_PAD_BYTES);
    uint32_t *return_stack = guarded_take(sizeof *return_stack * start->entries);
    machine_start(machine, engine, program, ram, start->ram_bytes, return_stack, start->entries, start->reg[SP]);
    memcpy(machine->reg, start->reg, sizeof machine->reg);
    struct random memory = {start->memory_seed};
    for (uint32_t i = 0; i + 4 <= start->ram_bytes; i += 4) {
        uint32_t word = random_percent(&memory, 50) ? 0 : (uint32_t)random_64(&memory);
        memcpy(ram + i, &word, sizeof word);
    }
}

static void end(struct machine *machine, const struct start *start) {
    guarded_give(machine->ram, start->ram_bytes + VM_PAD_BYTES);
    guarded_give(machine->return_stack, sizeof *machine->return_stack * start->entries);
}

static bool differs(char difference[DIFFERENCE_BYTES], const struct machine *machine, const char *what, uint32_t want,
                    uint32_t got) {
    snprintf(difference, DIFFERENCE_BYTES, "%s: %s: oracle 0x%" PRIx32 ", here 0x%" PRIx32 " (pc %" PRIu32 ")",
             engine_name(machine->engine), what, want, got, machine->pc);
    return false;
}

static bool same(const struct machine *want, const struct machine *got, enum vm_stop want_stop, enum vm_stop got_stop,
                 char difference[DIFFERENCE_BYTES]) {
    if (want_stop != got_stop) return differs(difference, got, "stop", want_stop, got_stop);
    if (want_stop == VM_STOP_TRAP) {
        if (want->trap != got->trap) return differs(difference, got, "trap", want->trap, got->trap);
        if (want->trap_detail != got->trap_detail)
            return differs(difference, got, "detail", want->trap_detail, got->trap_detail);
    }
    if ((want_stop == VM_STOP_CALL || want_stop == VM_STOP_BREAK) && want->call != got->call)
        return differs(difference, got, "call", want->call, got->call);
    if (want->pc != got->pc) return differs(difference, got, "pc", want->pc, got->pc);
    if (want->fuel != got->fuel) return differs(difference, got, "fuel", (uint32_t)want->fuel, (uint32_t)got->fuel);
    for (unsigned i = 0; i < VM_REGISTERS; i++)
        if (want->reg[i] != got->reg[i])
            return differs(difference, got, isa_register_name(i), want->reg[i], got->reg[i]);
    uint32_t depth = machine_return_depth(want);
    if (depth != machine_return_depth(got))
        return differs(difference, got, "return depth", depth, machine_return_depth(got));
    for (uint32_t i = 0; i < depth; i++)
        if (want->return_stack[i] != got->return_stack[i])
            return differs(difference, got, "return stack", want->return_stack[i], got->return_stack[i]);
    if (machine_jump_mark(want) != machine_jump_mark(got))
        return differs(difference, got, "jump mark", machine_jump_mark(want), machine_jump_mark(got));
    for (uint32_t i = 0; i < want->ram_bytes + VM_PAD_BYTES; i++)
        if (want->ram[i] != got->ram[i]) {
            char where[32];
            snprintf(where, sizeof where, "byte at 0x%" PRIx32, ISA_RAM_BASE + i);
            return differs(difference, got, where, want->ram[i], got->ram[i]);
        }
    return true;
}

/* The host's answer to a call is a function of the call, so that every machine gets the same. */
static void answer(struct machine *machine) {
    struct random random = {machine->call * 0x10001u + machine->reg[A0]};
    machine->reg[A0] = random_edge(&random);
    machine->reg[A1] = random_edge(&random);
}

/* Runs the three in step until the program ends or has had its fuel. */
static bool run_in_step(struct machine machine[ENGINES], struct random *random, struct differential_counts *counts,
                        char difference[DIFFERENCE_BYTES]) {
    static const int32_t slices[] = {0, 1, 7, 100, 1000, 5000};
    const struct machine *oracle = &machine[ENGINE_ORACLE];
    int64_t given = 0;
    for (int stops = 0; stops < STOPS_MAX && given < FUEL_IN_ALL; stops++) {
        int32_t slice = slices[random_below(random, sizeof slices / sizeof *slices)];
        enum vm_stop stop[ENGINES];
        given += slice;
        for (enum engine e = 0; e < ENGINES; e++) {
            machine[e].fuel += slice;
            stop[e] = machine_run(&machine[e]);
        }
        for (enum engine e = 0; e < ENGINE_ORACLE; e++)
            if (!same(oracle, &machine[e], stop[ENGINE_ORACLE], stop[e], difference)) return false;
        if ((int64_t)oracle->oracle.words > given - oracle->fuel + 1) /* STOP is not paid for */
            return differs(difference, oracle, "words executed above fuel spent", (uint32_t)(given - oracle->fuel),
                           (uint32_t)oracle->oracle.words);
        if (counts) counts->stops[stop[0]]++;
        if (counts && stop[0] == VM_STOP_TRAP) counts->traps[oracle->trap]++;
        if (stop[0] == VM_STOP_TRAP || stop[0] == VM_STOP_RETURN) return true;
        for (enum engine e = 0; stop[0] == VM_STOP_CALL && e < ENGINES; e++) answer(&machine[e]);
    }
    return true;
}

bool differential_run(const struct vm_program *program, uint64_t seed, struct differential_counts *counts,
                      char difference[DIFFERENCE_BYTES]) {
    struct random random = {seed};
    struct start start = start_of(program, &random);
    static struct machine machine[ENGINES];
    for (enum engine e = 0; e < ENGINES; e++) begin(&machine[e], e, program, &start);
    machine[ENGINE_ORACLE].oracle.counts = counts ? counts->executed : NULL;
    bool good = run_in_step(machine, &random, counts, difference);
    for (enum engine e = 0; e < ENGINES; e++) end(&machine[e], &start);
    return good;
}
