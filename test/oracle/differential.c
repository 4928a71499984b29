#include "test/oracle/differential.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/base/bytes.h"
#include "test/oracle/machine.h"
#include "test/oracle/random.h"
#include "test/oracle/random_program.h"

enum {
    SP = 2,
    GP = 3,
    TP = 4,
    A0 = 10,
    A1 = 11,
    ENTRIES_MAX = 40,
    FUEL_IN_ALL = 30000,
    STOPS_MAX = 300,
    NESTING_MAX = 2
};

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

/* A run of the three in step, and what it has had so far. */
struct run {
    struct machine *machine;
    const struct vm_program *program;
    struct random *random;
    struct differential_counts *counts;
    int64_t given;
    int stops, nesting, returns;
    char *difference;
};

static bool is_over(const struct run *run) { return run->stops >= STOPS_MAX || run->given >= FUEL_IN_ALL; }

/* Gives each machine the same slice; false where they differ, or where more was executed than was paid for. */
static bool run_slice(struct run *run, enum vm_stop *stop) {
    static const int32_t slices[] = {0, 1, 7, 100, 1000, 5000};
    struct machine *machine = run->machine;
    const struct machine *oracle = &machine[ENGINE_ORACLE];
    int32_t slice = slices[random_below(run->random, sizeof slices / sizeof *slices)];
    enum vm_stop stops[ENGINES];
    run->given += slice;
    run->stops++;
    for (enum engine e = 0; e < ENGINES; e++) {
        machine[e].fuel += slice;
        stops[e] = machine_run(&machine[e]);
    }
    *stop = stops[ENGINE_ORACLE];
    for (enum engine e = 0; e < ENGINE_ORACLE; e++)
        if (!same(oracle, &machine[e], *stop, stops[e], run->difference)) return false;
    if (run->counts) run->counts->stops[*stop]++;
    if (run->counts && *stop == VM_STOP_TRAP) run->counts->traps[oracle->trap]++;
    run->returns += *stop == VM_STOP_RETURN;
    int64_t paid = run->given - oracle->fuel + run->returns; /* STOP is not paid for */
    if ((int64_t)oracle->oracle.words <= paid) return true;
    return differs(run->difference, oracle, "words executed above fuel spent", (uint32_t)paid,
                   (uint32_t)oracle->oracle.words);
}

static bool run_in_step(struct run *run, enum vm_stop *stop);

/* The host calls a function of the guest while the guest waits for its call. */
static bool call_back(struct run *run, enum vm_stop *stop) {
    struct vm_saved saved[ENGINES];
    enum status status[ENGINES];
    uint32_t arguments[VM_CALL_ARGUMENTS_MAX], rows = run->program->function_count;
    const uint8_t *row = run->program->functions + (size_t)random_below(run->random, rows) * VM_FUNCTION_BYTES;
    uint32_t target = random_percent(run->random, 90) ? ISA_CODE_BASE + 4 * load_le32(row) : random_edge(run->random);
    for (int i = 0; i < VM_CALL_ARGUMENTS_MAX; i++) arguments[i] = random_edge(run->random);
    for (enum engine e = 0; e < ENGINES; e++)
        status[e] = machine_call(&run->machine[e], target, arguments, VM_CALL_ARGUMENTS_MAX, &saved[e]);
    for (enum engine e = 0; e < ENGINE_ORACLE; e++)
        if (status[e] != status[ENGINE_ORACLE])
            return differs(run->difference, &run->machine[e], "vm_call", (uint32_t)status[ENGINE_ORACLE],
                           (uint32_t)status[e]);
    if (status[0] != ST_OK) return true;
    run->nesting++;
    bool good = run_in_step(run, stop);
    run->nesting--;
    if (!good || *stop != VM_STOP_RETURN) return good;
    for (enum engine e = 0; e < ENGINES; e++) machine_call_end(&run->machine[e], &saved[e]);
    *stop = VM_STOP_CALL;
    return true;
}

/* Until the function returns, traps, or has had its fuel. */
static bool run_in_step(struct run *run, enum vm_stop *stop) {
    *stop = VM_STOP_BUDGET;
    while (!is_over(run)) {
        if (!run_slice(run, stop)) return false;
        if (*stop == VM_STOP_CALL && run->nesting < NESTING_MAX && random_percent(run->random, 20))
            if (!call_back(run, stop)) return false;
        if (*stop == VM_STOP_TRAP || *stop == VM_STOP_RETURN) return true;
        for (enum engine e = 0; *stop == VM_STOP_CALL && e < ENGINES; e++) answer(&run->machine[e]);
    }
    *stop = VM_STOP_BUDGET;
    return true;
}

bool differential_run(const struct vm_program *program, uint64_t seed, struct differential_counts *counts,
                      char difference[DIFFERENCE_BYTES]) {
    struct random random = {seed};
    struct start start = start_of(program, &random);
    static struct machine machine[ENGINES];
    for (enum engine e = 0; e < ENGINES; e++) begin(&machine[e], e, program, &start);
    machine[ENGINE_ORACLE].oracle.counts = counts ? counts->executed : NULL;
    struct run run = {
        .machine = machine, .program = program, .random = &random, .counts = counts, .difference = difference};
    enum vm_stop stop;
    bool good = run_in_step(&run, &stop);
    for (enum engine e = 0; e < ENGINES; e++) end(&machine[e], &start);
    return good;
}
