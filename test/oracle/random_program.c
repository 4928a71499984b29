#include "test/oracle/random_program.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core/base/bytes.h"

enum { FUNCTIONS_MAX = 4, BLOCKS_MAX = 8, ROWS_IN_BLOCK = 8, SLOTS_MAX = 4, CALLS = 5 };
enum { ZERO = 0, SP = 2, GP = 3, TP = 4, A0 = 10 };

struct generator {
    struct random *random;
    char *to;
    size_t length;
    unsigned functions, function, blocks, block;
    unsigned frame[FUNCTIONS_MAX], saves[FUNCTIONS_MAX];
    bool charged[BLOCKS_MAX]; /* the block begins with a CHARGE */
};

static const unsigned call_numbers[CALLS] = {0, 1, 64, 200, 4095};

__attribute__((format(printf, 2, 3))) static void say(struct generator *g, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    int added = vsnprintf(g->to + g->length, RANDOM_PROGRAM_BYTES - g->length, format, arguments);
    va_end(arguments);
    if (added > 0 && g->length + (size_t)added < RANDOM_PROGRAM_BYTES) g->length += (size_t)added;
}

static unsigned below(struct generator *g, unsigned limit) { return random_below(g->random, limit); }
static bool percent(struct generator *g, unsigned chance) { return random_percent(g->random, chance); }

static const char *name(unsigned reg) { return isa_register_name(reg); }
static unsigned any_register(struct generator *g) { return percent(g, 8) ? below(g, 5) : 5 + below(g, 11); }
static unsigned written_register(struct generator *g) {
    return percent(g, 3) ? 1 + below(g, 4) : percent(g, 10) ? 1 : 5 + below(g, 11);
}

/* A number for a field, at an edge of the field more often than not. */
static int64_t field_number(struct generator *g, const struct isa_field *field) {
    int64_t span = (int64_t)1 << field->bits, low = 0;
    enum isa_kind kind = field->kind;
    if (kind == ISA_KIND_simm || kind == ISA_KIND_offset) low = -span / 2;
    int64_t value = percent(g, 25)   ? low
                    : percent(g, 25) ? low + span - 1
                                     : low + (int64_t)(random_64(g->random) & (uint64_t)(span - 1));
    if (percent(g, 50)) value = (int64_t)below(g, 5) - 2;
    if (value < low || value >= low + span) value = low;
    if (kind == ISA_KIND_offset) return value + ISA_RAM_BASE;
    if (kind == ISA_KIND_width) return value + 1;
    return kind == ISA_KIND_rounding ? below(g, 5) : value;
}

static bool is_memory(int code) { return code >= OP_LB && code <= OP_SWPAIR; }
static bool is_block(int code) { return code >= OP_BCOPY && code <= OP_BFIND; }
static bool is_indexed(int code) { return code >= OP_LB_X && code <= OP_SW_A; }
static bool is_division(int code) { return code >= OP_DIV && code <= OP_REMU; }

/* Makes most accesses hit: a base that points somewhere, an offset that stays near it. */
static void aim(struct generator *g, int code, unsigned reg[6], int64_t number[6]) {
    const struct isa_form_info *form = &isa_form_table[isa_op_table[code].form];
    if (percent(g, 7)) return;
    reg[1] = percent(g, 75) ? GP : percent(g, 50) ? SP : TP;
    if (is_indexed(code)) {
        if (reg[2] == reg[1] || reg[2] == ZERO) reg[2] = 5;
        say(g, "andi %s, %s, %u\n", name(reg[2]), name(reg[2]), below(g, 40));
    }
    for (unsigned i = 0; i < form->field_count; i++) {
        if (form->field[i].kind == ISA_KIND_offset || strcmp(form->field[i].name, "off") == 0)
            number[i] = percent(g, 20) ? (int64_t)below(g, 200) - 100 : (int64_t)below(g, 16);
        else if (strcmp(form->field[i].name, "inc") == 0)
            number[i] = (int64_t)below(g, 9) - 4;
    }
}

/* The registers of a block row, set to places and lengths that mostly fit. */
static void aim_block(struct generator *g, int code, const unsigned reg[6]) {
    static const unsigned lengths[] = {0, 1, 3, 4, 5, 31, 64, 100, 255, 512, 1024};
    unsigned last = code == OP_BCMP ? 3 : 2;
    for (unsigned i = code == OP_BCMP ? 1 : 0; i < last; i++)
        if (percent(g, 93))
            say(g, "addi %s, %s, %d\n", name(reg[i]), percent(g, 85) ? "gp" : "tp", (int)below(g, 48) - 16);
    if (percent(g, 95)) say(g, "li %s, %u\n", name(reg[last]), lengths[below(g, sizeof lengths / sizeof *lengths)]);
}

/* Registers that a row writes are no zero and distinct, but for one time in two hundred. */
static void settle(struct generator *g, int code, unsigned reg[6]) {
    unsigned writes = isa_op_table[code].flags & ISA_FLAG_WRITES, seen = 1;
    if (below(g, 200) == 0) return;
    for (unsigned i = 0; i < 6; i++) {
        if (!(writes >> i & 1)) continue;
        while (seen >> reg[i] & 1) reg[i] = written_register(g);
        seen |= 1u << reg[i];
    }
}

/* One row of arithmetic, memory, float or a block operation. */
static void plain_row(struct generator *g, int code) {
    const struct isa_form_info *form = &isa_form_table[isa_op_table[code].form];
    unsigned reg[6] = {0}, writes = isa_op_table[code].flags & ISA_FLAG_WRITES;
    int64_t number[6] = {0};
    for (unsigned i = 0; i < form->field_count; i++) {
        reg[i] = writes >> i & 1 ? written_register(g) : any_register(g);
        number[i] = field_number(g, &form->field[i]);
    }
    if (is_memory(code)) aim(g, code, reg, number);
    settle(g, code, reg);
    if (is_block(code)) aim_block(g, code, reg);
    if (is_division(code) && percent(g, 95) && reg[2] != ZERO) say(g, "ori %s, %s, 1\n", name(reg[2]), name(reg[2]));
    if (form->field_count == 4 && form->field[3].kind == ISA_KIND_width && percent(g, 97) && number[2] + number[3] > 32)
        number[3] = 32 - number[2];
    say(g, "%s", isa_op_name((uint8_t)code));
    for (unsigned i = 0; i < form->field_count; i++) {
        if (form->field[i].kind == ISA_KIND_reg)
            say(g, " %s", name(reg[i]));
        else
            say(g, " %lld", (long long)number[i]);
    }
    say(g, "\n");
}

static bool is_plain(int code) { return isa_op_name((uint8_t)code) && code >= OP_LI; }

static void set_buffer(struct generator *g) { say(g, "li a0, %u\n", RANDOM_BUFFER + 32 * below(g, 2)); }

static void row(struct generator *g) {
    unsigned chance = below(g, 1000);
    if (chance < 25)
        say(g, "hcall %u\n", percent(g, 99) ? call_numbers[below(g, CALLS)] : below(g, 4096));
    else if (chance < 35)
        say(g, "break %u\n", below(g, 65536));
    else if (chance < 75)
        say(g, "call f%u\n", below(g, g->functions));
    else if (chance < 95)
        say(g, "set t2, @f%u\ncallr %s\n", below(g, g->functions), percent(g, 95) ? "t2" : name(any_register(g)));
    else if (chance < 115)
        set_buffer(g), say(g, "setjmp\n");
    else if (chance < 175)
        plain_row(g, OP_BCOPY + (int)below(g, 4));
    else if (chance < 400)
        plain_row(g, OP_LB + (int)below(g, OP_SWPAIR - OP_LB + 1));
    else if (chance < 420)
        say(g, "set %s, %u\n", name(written_register(g)), random_edge(g->random));
    else if (chance < 440)
        say(g, "set gp, %u\n", ISA_RAM_BASE + below(g, RANDOM_RAM_BYTES));
    else {
        int code;
        do code = (int)below(g, 256);
        while (!is_plain(code));
        plain_row(g, code);
    }
}

/* A block after this one that a branch may reach: none lies behind a CHARGE that would be passed. */
static unsigned block_ahead(struct generator *g) {
    unsigned last = g->block + 1;
    while (last + 1 < g->blocks && !g->charged[last]) last++;
    if (percent(g, 1)) last = g->blocks - 1;
    return g->block + 1 + below(g, last - g->block);
}

static void leave(struct generator *g) {
    unsigned saves = g->saves[g->function], frame = g->frame[g->function];
    if (percent(g, 5)) saves = below(g, 3);
    if (percent(g, 5)) frame = below(g, 8);
    switch (below(g, 40)) {
    case 0: say(g, "trap %u\n", below(g, 65536)); return;
    case 1: say(g, "tail f%u\n", below(g, g->functions)); return;
    case 2: say(g, "set t2, @f%u\ntailr t2\n", below(g, g->functions)); return;
    case 3: set_buffer(g), say(g, "longjmp\n"); return;
    case 4:
        if (frame == 0)
            say(g, "ret\n");
        else
            say(g, "ret0 %u\n", frame);
        return;
    default: say(g, "ret%u %u\n", saves, frame);
    }
}

static const char *const conditions[] = {"beq", "bne", "blt", "bge", "bltu", "bgeu"};
static const char *const add_conditions[] = {"addbne", "addblt", "addbge", "addbltu", "addbgeu"};

static void choose_slot(struct generator *g) {
    unsigned slots = 1 + below(g, SLOTS_MAX);
    const char *reg = name(any_register(g));
    if (percent(g, 80) && strcmp(reg, "zero") != 0) say(g, "andi %s, %s, %u\n", reg, reg, 3 + below(g, 5));
    say(g, "switch %s, %u\n", reg, slots);
    for (unsigned i = 0; i < slots; i++) {
        if (percent(g, 10))
            say(g, "jf f%u_%u\n", g->function, g->block + 1 + below(g, g->blocks - g->block - 1));
        else
            say(g, "j f%u_%u\n", g->function, percent(g, 25) ? below(g, g->block + 1) : block_ahead(g));
    }
}

/* How a block ends. The last one must leave; the others mostly go on. */
static void end_block(struct generator *g) {
    unsigned f = g->function, chance = below(g, 100);
    if (g->block + 1 == g->blocks) {
        if (percent(g, 8))
            say(g, "jb f%u_%u\n", f, below(g, g->block + 1));
        else
            leave(g);
        return;
    }
    const char *a = name(any_register(g)), *b = name(any_register(g));
    if (chance < 30)
        say(g, "%s %s, %s, f%u_%u\n", conditions[below(g, 6)], a, b, f, block_ahead(g));
    else if (chance < 45)
        say(g, "%s %s, %s, f%u_%u\n", conditions[below(g, 6)], a, b, f, below(g, g->block + 1));
    else if (chance < 60)
        say(g, "%s %s, %s, %d, f%u_%u\n", add_conditions[below(g, 5)], name(written_register(g)), b,
            (int)below(g, 16) - 8, f, below(g, g->block + 1));
    else if (chance < 66)
        say(g, "j f%u_%u\n", f, block_ahead(g));
    else if (chance < 70)
        say(g, "jf f%u_%u\n", f, g->block + 1 + below(g, g->blocks - g->block - 1));
    else if (chance < 80)
        choose_slot(g);
    else if (chance < 84)
        leave(g);
}

static void one_function(struct generator *g) {
    unsigned f = g->function;
    g->blocks = 1 + below(g, BLOCKS_MAX);
    say(g, "func f%u frame=%u saves=%u%s\n", f, g->frame[f], g->saves[f], percent(g, 80) ? " taken" : "");
    for (unsigned i = 0; i < BLOCKS_MAX; i++) g->charged[i] = percent(g, 12);
    for (g->block = 0; g->block < g->blocks; g->block++) {
        say(g, "f%u_%u:\n", f, g->block);
        if (g->charged[g->block]) say(g, "charge\n");
        for (unsigned rows = below(g, ROWS_IN_BLOCK); rows > 0; rows--) row(g);
        end_block(g);
    }
}

void random_program_text(struct random *random, char to[RANDOM_PROGRAM_BYTES]) {
    struct generator g = {.random = random, .to = to};
    to[0] = 0;
    g.functions = 1 + below(&g, FUNCTIONS_MAX);
    for (unsigned f = 0; f < g.functions; f++) {
        g.saves[f] = below(&g, 3);
        g.frame[f] = percent(&g, 90) ? 3 + below(&g, 6) : below(&g, 40);
    }
    for (unsigned i = 0; i < CALLS; i++) say(&g, ".declare %u\n", call_numbers[i]);
    for (g.function = 0; g.function < g.functions; g.function++) one_function(&g);
}

void random_program_spoil(struct random *random, struct assembly *assembly) {
    for (unsigned times = 1 + random_below(random, 3); times > 0; times--) {
        uint32_t at = random_below(random, assembly->word_count), other = random_below(random, assembly->word_count);
        uint32_t *word = &assembly->words[at];
        uint8_t *functions = assembly->functions + random_below(random, assembly->function_count * VM_FUNCTION_BYTES);
        switch (random_below(random, 8)) {
        case 0: *word = (uint32_t)random_64(random); break;
        case 1: *word = assembly->words[other]; break;
        case 2: *word = (*word & 0xffffff00) | random_below(random, 256); break;
        case 3: *word = (*word & 0xffff) | random_edge(random) << 16; break;
        case 4:
            *functions = (uint8_t)(random_percent(random, 50) ? *functions ^ 1u << random_below(random, 8) : 0xff);
            break;
        default: *word ^= 1u << random_below(random, 32); break;
        }
    }
}
