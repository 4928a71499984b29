/* Plays the vectors: test/vectors/rows/NAME.txt for every row of spec/isa_table.md, on all three interpreters. Fails
 * when a row has no file. The format is in test/vectors/README.md. With arguments, plays only those files. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "test/assembler/assembler.h"
#include "test/oracle/machine.h"

enum {
    RAM_MAX = 1 << 17,
    CODE_BYTES = 16384,
    STEPS_MAX = 8,
    ENTRIES_MAX = 4096,
    LINE_BYTES = 4096,
    SP = 2,
    DEFAULT_FUEL = 1000000
};

/* What one run must lead to; registers and memory are whole, unmentioned ones as before. */
struct step {
    int32_t fuel; /* added before the run */
    enum vm_stop stop;
    uint32_t call, trap, detail, pc;
    bool has_pc, has_spent;
    int64_t spent; /* in all runs so far */
    uint32_t reg[VM_REGISTERS];
    uint8_t *ram;
};

struct vector {
    char name[128];
    int line;
    char code[CODE_BYTES];
    uint32_t ram_bytes, entries;
    int32_t fuel;
    uint8_t read_only[512 + VM_PAD_BYTES];
    uint32_t read_only_bytes;
    uint32_t reg[VM_REGISTERS];
    uint8_t *ram;
    bool refused;
    char refusal[32];
    uint32_t refusal_word;
    struct step step[STEPS_MAX];
    unsigned step_count;
    bool is_ready, was_tried; /* assembled and accepted; has a try */
};

static struct vector vector;
static struct assembly assembly;
static uint8_t memories[STEPS_MAX + 1][RAM_MAX + VM_PAD_BYTES];
static const char *file_name;
static unsigned failures, cases;

static void failed(const char *engine, const char *what, uint32_t want, uint32_t got) {
    failures++;
    printf("%s:%d: %s: %s: %s: want 0x%x, got 0x%x\n", file_name, vector.line, vector.name, engine, what, want, got);
}

static void malformed(int line, const char *text) {
    failures++;
    printf("%s:%d: not understood: %s\n", file_name, line, text);
}

/* Names as the files spell them, in the order of the enums. */
static const char *const stop_names[] = {"budget", "call", "break", "return", "trap"};
static const char *const trap_names[] = {"none",        "unreachable", "memory", "divide",
                                         "call_target", "call_depth",  "jump"};
static const char *const refusal_names[] = {"accepted", "size",   "opcode", "reserved", "register", "field", "target",
                                            "callee",   "switch", "end",    "function", "depth",    "fuel",  "call"};

static int index_of(const char *const *names, size_t count, const char *name) {
    for (size_t i = 0; i < count; i++)
        if (strcmp(names[i], name) == 0) return (int)i;
    return -1;
}
#define INDEX_OF(names, name) index_of(names, sizeof(names) / sizeof *(names), (name))

static int register_index(const char *name) {
    for (int i = 0; i < VM_REGISTERS; i++)
        if (strcmp(isa_register_name((unsigned)i), name) == 0) return i;
    return -1;
}

/* "a0=5 a1=-1" into reg. */
static bool parse_registers(char *text, uint32_t *reg) {
    for (char *word = strtok(text, " "); word; word = strtok(NULL, " ")) {
        char *equals = strchr(word, '=');
        if (!equals) return false;
        *equals = 0;
        int at = register_index(word);
        if (at < 0) return false;
        reg[at] = (uint32_t)strtoll(equals + 1, NULL, 0);
    }
    return true;
}

/* "0x400: 01 02" or "0x400: 64 x 5a" into RAM or its pad. */
static bool parse_memory(const char *text, uint8_t *ram) {
    char *rest;
    uint32_t at = (uint32_t)strtoul(text, &rest, 0) - ISA_RAM_BASE;
    if (*rest++ != ':') return false;
    unsigned count, value;
    if (sscanf(rest, " %u x %x", &count, &value) == 2) {
        if (at > RAM_MAX || count > RAM_MAX - at) return false;
        memset(ram + at, (int)value, count);
        return true;
    }
    for (int used; sscanf(rest, " %x%n", &value, &used) == 1; rest += used) {
        if (at >= RAM_MAX + VM_PAD_BYTES) return false;
        ram[at++] = (uint8_t)value;
    }
    return true;
}

static void vector_begin(const char *name, int line) {
    memset(&vector, 0, sizeof vector);
    snprintf(vector.name, sizeof vector.name, "%s", name);
    vector.line = line;
    vector.ram_bytes = 64;
    vector.entries = 16;
    vector.fuel = DEFAULT_FUEL;
    vector.ram = memories[0];
    memset(vector.ram, 0, sizeof memories[0]);
    vector.reg[SP] = UINT32_MAX; /* not given */
}

/* The expectation that lines speak of; the first mention copies what was before. */
static struct step *step_now(void) {
    if (vector.step_count == 0) {
        vector.step[0].fuel = vector.fuel;
        vector.step_count = 1;
        if (vector.reg[SP] == UINT32_MAX) vector.reg[SP] = ISA_RAM_BASE + vector.ram_bytes;
        struct step *first = &vector.step[0];
        first->stop = VM_STOP_RETURN;
        memcpy(first->reg, vector.reg, sizeof first->reg);
        first->ram = memories[1];
        memcpy(first->ram, vector.ram, sizeof memories[0]);
    }
    return &vector.step[vector.step_count - 1];
}

static bool step_again(const char *fuel) {
    struct step *before = step_now();
    if (vector.step_count == STEPS_MAX) return false;
    struct step *step = &vector.step[vector.step_count++];
    *step = *before;
    step->fuel = (int32_t)strtol(fuel, NULL, 0);
    step->stop = VM_STOP_RETURN;
    step->has_pc = step->has_spent = false;
    step->ram = memories[vector.step_count];
    memcpy(step->ram, before->ram, sizeof memories[0]);
    return true;
}

static uint32_t number_of(const char *text) { return (uint32_t)strtoll(text, NULL, 0); }

/* "trap memory 0x3ff 2", "call 65", "return". */
static bool parse_stop(const char *text) {
    char kind[16], first[16] = "", second[16] = "", third[16] = "";
    struct step *step = step_now();
    if (sscanf(text, "%15s %15s %15s %15s", kind, first, second, third) < 1 || INDEX_OF(stop_names, kind) < 0)
        return false;
    step->stop = (enum vm_stop)INDEX_OF(stop_names, kind);
    step->call = number_of(first);
    if (step->stop != VM_STOP_TRAP) return true;
    if (INDEX_OF(trap_names, first) < 0 || !third[0]) return false;
    step->trap = (uint32_t)INDEX_OF(trap_names, first);
    step->detail = number_of(second);
    step->pc = number_of(third);
    step->has_pc = true;
    return true;
}

static bool parse_read_only(const char *text) {
    unsigned value;
    for (int used; sscanf(text, " %x%n", &value, &used) == 1; text += used) {
        if (vector.read_only_bytes == sizeof vector.read_only - VM_PAD_BYTES) return false;
        vector.read_only[vector.read_only_bytes++] = (uint8_t)value;
    }
    return true;
}

/* One line within a case: a key and the rest. */
static bool parse_line(const char *key, char *rest) {
    if (strcmp(key, "ram") == 0)
        return vector.ram_bytes = (uint32_t)strtoul(rest, NULL, 0), vector.ram_bytes <= RAM_MAX;
    if (strcmp(key, "entries") == 0)
        return vector.entries = (uint32_t)strtoul(rest, NULL, 0), vector.entries <= ENTRIES_MAX;
    if (strcmp(key, "read_only") == 0) return parse_read_only(rest);
    if (strcmp(key, "reg") == 0) return parse_registers(rest, vector.reg);
    if (strcmp(key, "mem") == 0) return parse_memory(rest, vector.ram);
    if (strcmp(key, "code") == 0) {
        size_t used = strlen(vector.code);
        return (size_t)snprintf(vector.code + used, CODE_BYTES - used, "%s\n", rest) < CODE_BYTES - used;
    }
    if (strcmp(key, "refuse") == 0) {
        char word[16];
        vector.refused = sscanf(rest, "%31s %15s", vector.refusal, word) == 2;
        vector.refusal_word = number_of(word);
        return vector.refused;
    }
    if (strcmp(key, "fuel") == 0) return vector.fuel = (int32_t)strtol(rest, NULL, 0), true;
    if (strcmp(key, "want") == 0) return parse_registers(rest, step_now()->reg);
    if (strcmp(key, "wantmem") == 0) return parse_memory(rest, step_now()->ram);
    if (strcmp(key, "stop") == 0) return parse_stop(rest);
    if (strcmp(key, "spent") == 0) return step_now()->has_spent = true, step_now()->spent = strtol(rest, NULL, 0), true;
    if (strcmp(key, "pc") == 0)
        return step_now()->has_pc = true, step_now()->pc = (uint32_t)strtoul(rest, NULL, 0), true;
    return strcmp(key, "again") == 0 && step_again(rest);
}

static void compare(const struct machine *machine, const struct step *step, enum vm_stop stop, int64_t given) {
    const char *engine = engine_name(machine->engine);
    if (stop != step->stop) failed(engine, "stop", step->stop, stop);
    if (stop == VM_STOP_TRAP && step->stop == VM_STOP_TRAP) {
        if (machine->trap != step->trap) failed(engine, "trap", step->trap, machine->trap);
        if (machine->trap_detail != step->detail) failed(engine, "detail", step->detail, machine->trap_detail);
    }
    if ((stop == VM_STOP_CALL || stop == VM_STOP_BREAK) && machine->call != step->call)
        failed(engine, "call or code", step->call, machine->call);
    if (step->has_pc && machine->pc != step->pc) failed(engine, "pc", step->pc, machine->pc);
    if (step->has_spent && given - machine->fuel != step->spent)
        failed(engine, "fuel spent", (uint32_t)step->spent, (uint32_t)(given - machine->fuel));
    for (unsigned i = 0; i < VM_REGISTERS; i++)
        if (machine->reg[i] != step->reg[i]) failed(engine, isa_register_name(i), step->reg[i], machine->reg[i]);
    for (uint32_t i = 0; i < vector.ram_bytes + VM_PAD_BYTES; i++) {
        if (machine->ram[i] == step->ram[i]) continue;
        char where[32];
        snprintf(where, sizeof where, "byte at 0x%x", ISA_RAM_BASE + i);
        failed(engine, where, step->ram[i], machine->ram[i]);
        return;
    }
}

static void play_on(enum engine engine, const struct vm_program *program) {
    uint8_t *ram = guarded_take(vector.ram_bytes + VM_PAD_BYTES);
    uint32_t *return_stack = guarded_take(sizeof *return_stack * vector.entries);
    struct machine machine;
    machine_start(&machine, engine, program, ram, vector.ram_bytes, return_stack, vector.entries, vector.reg[SP]);
    memcpy(machine.reg, vector.reg, sizeof machine.reg);
    memcpy(machine.ram, vector.ram, vector.ram_bytes + VM_PAD_BYTES);
    int64_t given = 0;
    for (unsigned i = 0; i < vector.step_count; i++) {
        given += vector.step[i].fuel;
        machine.fuel += vector.step[i].fuel;
        enum vm_stop stop = machine_run(&machine);
        compare(&machine, &vector.step[i], stop, given);
    }
    guarded_give(ram, vector.ram_bytes + VM_PAD_BYTES);
    guarded_give(return_stack, sizeof *return_stack * vector.entries);
}

static void play_everywhere(void) {
    struct vm_program program = assembly_program(&assembly, vector.read_only, vector.read_only_bytes);
    step_now();
    cases++;
    for (enum engine engine = 0; engine < ENGINES; engine++) play_on(engine, &program);
}

/* Assembles and verifies the case; true when it is to be run. */
static bool vector_ready(void) {
    if (vector.is_ready) return true;
    if (!assemble(vector.code, &assembly)) {
        failures++;
        printf("%s:%d: %s: %s\n", file_name, vector.line, vector.name, assembly.error);
        return false;
    }
    struct vm_program program = assembly_program(&assembly, vector.read_only, vector.read_only_bytes);
    struct vm_verdict verdict;
    int refusal = vector.refused ? INDEX_OF(refusal_names, vector.refusal) : VM_ACCEPTED;
    vm_verify(&program, &verdict);
    if ((int)verdict.refusal != refusal) {
        failed("vm_verify", vm_refusal_text(verdict.refusal), (uint32_t)refusal, verdict.refusal);
        if (verdict.refusal != VM_ACCEPTED) printf("  at word %u\n", verdict.word);
        return false;
    }
    if (vector.refused && verdict.word != vector.refusal_word)
        failed("vm_verify", "refused word", vector.refusal_word, verdict.word);
    cases += vector.refused;
    vector.is_ready = !vector.refused;
    return vector.is_ready;
}

static void vector_play(void) {
    if (vector.name[0] && !vector.was_tried && vector_ready()) play_everywhere();
}

/* What follows the colon of a try: "trap KIND DETAIL PC", "budget PC SPENT", then registers, spent=N, and "mem ADDRESS:
 * BYTES". */
static bool parse_outcome(char *text) {
    struct step *step = step_now();
    char *memory = strstr(text, "mem ");
    if (memory == text || (memory && memory[-1] == ' ')) {
        if (!parse_memory(memory + 4, step->ram)) return false;
        *memory = 0;
    }
    int used = 0, pc = 0, fuel = 0;
    if (strncmp(text, "trap", 4) == 0) {
        if (!parse_stop(text) || sscanf(text, "%*s %*s %*s %*s%n", &used) < 0) return false;
        text += used;
    } else if (sscanf(text, "budget %i %i%n", &pc, &fuel, &used) == 2) {
        step->spent = fuel;
        step->stop = VM_STOP_BUDGET;
        step->has_spent = step->has_pc = true;
        step->pc = (uint32_t)pc;
        text += used;
    }
    char *spent = strstr(text, "spent=");
    if (spent) {
        step->has_spent = true;
        step->spent = strtol(spent + 6, NULL, 0);
        *spent = 0;
    }
    return parse_registers(text, step->reg);
}

/* "REGISTERS : OUTCOME": the case once more, with those registers, and what the case wants besides. */
static bool vector_try(char *text, int line) {
    char *colon = strchr(text, ':');
    if (!colon) return false;
    *colon = 0;
    vector.was_tried = true;
    vector.line = line;
    if (!vector_ready()) return true;
    const struct step common = *step_now();
    uint32_t before[VM_REGISTERS];
    memcpy(before, vector.reg, sizeof before);
    memcpy(memories[STEPS_MAX], common.ram, sizeof memories[0]);
    bool good = parse_registers(text, vector.reg);
    for (unsigned i = 0; i < VM_REGISTERS; i++)
        if (common.reg[i] == before[i]) vector.step[0].reg[i] = vector.reg[i];
    good = good && parse_outcome(colon + 1 + strspn(colon + 1, " "));
    if (good) play_everywhere();
    vector.step[0] = common;
    memcpy(common.ram, memories[STEPS_MAX], sizeof memories[0]);
    memcpy(vector.reg, before, sizeof before);
    return good;
}

static bool play_file(const char *path) {
    FILE *file = fopen(path, "r");
    if (!file) return false;
    file_name = path;
    vector.name[0] = 0;
    static char line[LINE_BYTES];
    for (int number = 1; fgets(line, sizeof line, file); number++) {
        line[strcspn(line, "\n")] = 0;
        char *key = line + strspn(line, " "), *rest = key + strcspn(key, " ");
        if (*rest) *rest++ = 0;
        if (*key == 0 || *key == '#') continue;
        if (strcmp(key, "case") == 0) {
            vector_play();
            vector_begin(rest, number);
        } else if (!vector.name[0] || !(strcmp(key, "try") == 0 ? vector_try(rest, number) : parse_line(key, rest))) {
            malformed(number, key);
        }
    }
    vector_play();
    fclose(file);
    return true;
}

static void play_row(const char *row) {
    char path[128];
    unsigned before = cases;
    snprintf(path, sizeof path, "test/vectors/rows/%s.txt", row);
    if (play_file(path) && cases > before) return;
    failures++;
    printf("%s: the row %s has no vector\n", path, row);
}

int main(int count, char **arguments) {
    for (int i = 1; i < count; i++)
        if (!play_file(arguments[i])) return fprintf(stderr, "cannot read %s\n", arguments[i]), 2;
    unsigned rows = 0;
    for (int code = 0; count == 1 && code < 256; code++) {
        const char *row = isa_op_name((uint8_t)code);
        if (!row) continue;
        rows++;
        play_row(row);
    }
    if (count == 1 && !play_file("test/vectors/rules.txt")) return fprintf(stderr, "cannot read rules.txt\n"), 2;
    printf("%u tests, %u failed (%u rows)\n", cases, failures, rows);
    return failures != 0;
}
