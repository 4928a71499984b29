/* Attacks inside the program: what the verifier must refuse, at which word, and what it lets pass because it must end
 * in a trap. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/bytes.h"
#include "test/hostile/attack.h"

enum { TEXT_BYTES = 4096, FIRST = 2 }; /* FIRST: word 0 is STOP, word 1 main's entry */
static char twin[TEXT_BYTES], hostile[TEXT_BYTES];

__attribute__((format(printf, 2, 3))) static void add(char *to, const char *format, ...) {
    size_t used = strlen(to);
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(to + used, TEXT_BYTES - used, format, arguments);
    va_end(arguments);
}

/* Both sides begin with the same few words; gives the index of the next. */
static uint32_t begin(struct random *random, const char *function) {
    uint32_t words = random_below(random, 6);
    snprintf(twin, sizeof twin, "%s; ", function);
    for (uint32_t i = 0; i < words; i++) add(twin, "addi t0, t0, %u; ", random_below(random, 1000));
    snprintf(hostile, sizeof hostile, "%s", twin);
    return FIRST + words;
}

static const char *any_of(struct random *random, const char *const *texts, size_t count) {
    return texts[random_below(random, (uint32_t)count)];
}
#define ANY_OF(random, texts) any_of(random, texts, sizeof(texts) / sizeof *(texts))

static const struct outcome returns = {.status = ST_OK, .is_run = true, .stop = VM_STOP_RETURN};

static void finish(struct attack_case *c, struct random *random, struct outcome expected) {
    attack_programs(c, random, twin, hostile, expected);
}

static void undefined_opcode(struct attack_case *c, struct random *random) {
    uint32_t at = begin(random, "func main"), code;
    do code = random_below(random, 256);
    while (isa_op_name((uint8_t)code));
    add(twin, "li a1, 5; ret");
    add(hostile, ".word %u; ret", code | ((uint32_t)random_64(random) << 8));
    finish(c, random, refused_word(VM_REFUSED_OPCODE, at));
}

static const char *const with_reserved_bits[] = {
    "lui16 a0, 1",
    "mov a0, a1",
    "slli a0, a1, 3",
    "ubfx a0, a1, 3, 4",
    "add a0, a1, a2",
    "add_sll a0, a1, a2, 3",
    "add3 a0, a1, a2, a3",
    "adc a0, a1, a2, a3, a4",
    "slli64 a0, a1, a2, a3, 7",
    "fcvt_w_s a0, a1, 1",
    "ret",
    "hcall 65",
    "charge 4000",
    "ret0 0",
    "fadd_h a0, a1, a2",
};

static void reserved_bits(struct attack_case *c, struct random *random) {
    uint32_t at = begin(random, ".declare 65; func main"), bit;
    static struct assembly one;
    const char *text = ANY_OF(random, with_reserved_bits);
    snprintf(c->text, sizeof c->text, ".declare 65; func main; %s; ret", text);
    if (!assemble(c->text, &one)) abort();
    uint32_t word = one.words[FIRST], reserved = isa_form_table[isa_op_table[word & 0xff].form].reserved;
    do bit = 8 + random_below(random, 24);
    while (!(reserved >> bit & 1));
    add(twin, "%s; ret", text);
    add(hostile, ".word %u; ret", word | 1u << bit);
    finish(c, random, refused_word(VM_REFUSED_RESERVED, at));
}

static void writes_zero(struct attack_case *c, struct random *random) {
    static const char *const rows[] = {
        "li %s, 5",   "mov %s, a1",          "addi %s, a1, 5",    "slli %s, a1, 5", "add %s, a1, a2",
        "clz %s, a1", "madd %s, a1, a2, a3", "fadd_s %s, a1, a2", "lw %s, sp, -8",  "add64 %s, a1, a2, a3, a4, a5"};
    uint32_t at = begin(random, "func main");
    char text[64];
    const char *row = ANY_OF(random, rows), *place = strstr(row, "%s");
    snprintf(text, sizeof text, "%.*s%%s%s; ret", (int)(place - row), row, place + 2);
    for (int side = 0; side < 2; side++)
        add(side ? hostile : twin, "%.*s%s%s; ret", (int)(place - row), row, side ? "zero" : "a0", place + 2);
    finish(c, random, refused_word(VM_REFUSED_REGISTER, at));
}

static void writes_one_register_twice(struct attack_case *c, struct random *random) {
    static const char *const pairs[][2] = {{"add64 a0, a1, a2, a3, a4, a5", "add64 a0, a0, a2, a3, a4, a5"},
                                           {"lwpair a0, sp, a2, -8", "lwpair a0, sp, a0, -8"},
                                           {"mulu64 a0, a1, a2, a3", "mulu64 a1, a1, a2, a3"},
                                           {"lw_p a0, a1, 4, 0", "lw_p a1, a1, 4, 0"},
                                           {"bcopy a0, a1, a2", "bcopy a0, a1, a0"},
                                           {"bcmp a0, a1, a2, a3", "bcmp a0, a1, a1, a3"}};
    uint32_t at = begin(random, "func main"), which = random_below(random, 6);
    add(twin, "li a1, 0x400; %s; ret", pairs[which][0]);
    add(hostile, "li a1, 0x400; %s; ret", pairs[which][1]);
    finish(c, random, refused_word(VM_REFUSED_REGISTER, at + 1));
}

static void switch_cut_off(struct attack_case *c, struct random *random) {
    uint32_t at = begin(random, "func main"), slots = 1 + random_below(random, 4), more = random_below(random, 3);
    static const uint32_t far[] = {65535, 32768, 4096};
    for (int side = 0; side < 2; side++) {
        char *to = side ? hostile : twin;
        add(to, "switch zero, %u; ", side == 0 ? slots : more == 2 ? far[random_below(random, 3)] : slots + 1 + more);
        for (uint32_t i = 0; i < slots; i++) add(to, "j done; ");
        add(to, "done: ret");
    }
    finish(c, random, refused_word(VM_REFUSED_SWITCH, at));
}

static void switch_slot_is_no_jump(struct attack_case *c, struct random *random) {
    static const char *const others[] = {"addi a0, a0, 1", "beq a0, a1, done", "ret",         "trap 1",
                                         "call main",      "switch a0, 1",     "charge 4000", "tail main"};
    uint32_t at = begin(random, "func main depth=65535 calls=65535"), slots = 1 + random_below(random, 5),
             bad = random_below(random, slots);
    const char *other = ANY_OF(random, others);
    for (int side = 0; side < 2; side++) {
        char *to = side ? hostile : twin;
        add(to, "switch zero, %u; ", slots);
        for (uint32_t i = 0; i < slots; i++) add(to, "%s; ", side && i == bad ? other : "j done");
        add(to, "done: ret");
    }
    finish(c, random, refused_word(VM_REFUSED_SWITCH, at + 1 + bad));
}

static void switch_without_slots(struct attack_case *c, struct random *random) {
    uint32_t at = begin(random, "func main");
    add(twin, "switch a0, 1; j done; done: ret");
    add(hostile, "switch a0, 0; j done; done: ret");
    finish(c, random, refused_word(VM_REFUSED_FIELD, at));
}

static void runs_past_the_end(struct attack_case *c, struct random *random) {
    static const char *const rows[] = {"addi a0, a0, 1",
                                       "beq a0, a1, 0",
                                       "call 0",
                                       "hcall 7",

                                       "bcopy a0, a1, a2",
                                       "lw a0, sp, -8",
                                       "fadd_s a0, a0, a1",
                                       "bne_b zero, zero, 1",
                                       "addbne a0, a0, 0, 1"};
    uint32_t at = begin(random, ".declare 7; func main depth=65535 calls=65535");
    const char *row = ANY_OF(random, rows);
    if (strcmp(row, "call 0") == 0) row = "addi a1, a1, 1";
    const char *behind = random_percent(random, 50) ? "; func other; ret" : "";
    add(twin, "%s; ret%s", row, behind);
    add(hostile, "%s%s", row, behind);
    finish(c, random, refused_word(VM_REFUSED_END, at));
}

static const char *const branches[] = {"beq", "bne", "blt", "bge", "bltu", "bgeu"};

static void branch_past_the_end(struct attack_case *c, struct random *random) {
    uint32_t at = begin(random, "func main"), after = 1 + random_below(random, 4);
    const char *row = ANY_OF(random, branches);
    uint32_t over = random_percent(random, 50)   ? 0
                    : random_percent(random, 50) ? random_below(random, 8)
                                                 : random_below(random, 65000);
    add(twin, "%s a0, a1, %u; ", row, after - 1);
    add(hostile, "%s a0, a1, %u; ", row, after + over);
    for (int side = 0; side < 2; side++) {
        char *to = side ? hostile : twin;
        for (uint32_t i = 0; i + 1 < after; i++) add(to, "li a2, 1; ");
        add(to, "ret; func other taken; li a3, 1; ret");
    }
    finish(c, random, refused_word(VM_REFUSED_TARGET, at));
}

static void jump_past_the_end(struct attack_case *c, struct random *random) {
    uint32_t at = begin(random, "func main");
    static const uint32_t far[] = {1, 2, 3, 0xffff, 0x7fffff, 0xffffff};
    const char *row = random_percent(random, 50) ? "j" : "jf";
    add(twin, "%s 0; ret; func other; li a3, 1; ret", row);
    add(hostile, "%s %u; ret; func other; li a3, 1; ret", row, far[random_below(random, 6)]);
    finish(c, random, refused_word(VM_REFUSED_TARGET, at));
}

static void branch_back_too_far(struct attack_case *c, struct random *random) {
    uint32_t at = begin(random, "func first; ret; .entry main; func main");
    at += 2;                               /* first's entry and ret */
    uint32_t entry = 3, most = at - entry; /* at + 1 - most is the word behind the entry */
    uint32_t over = random_percent(random, 60) ? 1 : 1 + random_below(random, 60000);
    if (random_percent(random, 30)) {
        over = 1 + random_below(random, 3);
        add(twin, "addbne a0, a0, 1, %u; ret", most);
        add(hostile, "addbne a0, a0, 1, %u; ret", most + over);
    } else {
        const char *row = random_percent(random, 50) ? "bne_b" : "bltu_b";
        add(twin, "%s zero, zero, %u; ret", row, most);
        add(hostile, "%s zero, zero, %u; ret", row, most + over);
    }
    finish(c, random, refused_word(VM_REFUSED_TARGET, at));
}

static void branch_back_by_nothing(struct attack_case *c, struct random *random) {
    uint32_t at = begin(random, "func main");
    static const char *const rows[] = {"bne_b zero, zero,", "bltu_b a0, zero,", "addbne a0, a0, 3,",
                                       "addbltu a0, zero, 3,"};
    const char *row = ANY_OF(random, rows);
    add(twin, "%s 1; ret", row);
    add(hostile, "%s 0; ret", row);
    finish(c, random, refused_word(VM_REFUSED_FIELD, at));
}

static void call_that_is_no_entry(struct attack_case *c, struct random *random) {
    uint32_t at = begin(random, "func main depth=65535 calls=65535");
    static const int32_t wrong[] = {0, 2, 3, 100000, -1, -8388608, 8388607};
    add(twin, "call 1; ret; func f; li a0, 1; ret");
    int32_t target =
        random_percent(random, 30) ? -(int32_t)at - 1 : wrong[random_below(random, 7)]; /* the first: word 0 */
    add(hostile, "%s %d; ret; func f; li a0, 1; ret", random_percent(random, 50) ? "call" : "tail", target);
    finish(c, random, refused_word(VM_REFUSED_CALLEE, at));
}

static void wild_code_pointer(struct attack_case *c, struct random *random) {
    static const uint32_t values[] = {0,          1,          4,          0x400,      0x3fffffff, 0x40000000,
                                      0x40000004, 0x40000009, 0x7fffffff, 0x80000000, 0xffffffff, 0xfffffffc,
                                      0x10000000, 0x403ffffc, 0x40400000, 0xc0000014};
    uint32_t value = random_percent(random, 60) ? values[random_below(random, 16)] : random_edge(random);
    uint32_t at = begin(random, "func main");
    uint32_t entry = ISA_CODE_BASE + 4 * (at + 4);
    if (value == entry) value++;
    const char *row = random_percent(random, 50) ? "callr" : "tailr";
    add(twin, "set a0, @f; %s a0; ret; func f taken; ret", row);
    add(hostile, "set a0, %u; %s a0; ret; func f taken; ret", value, row);
    finish(c, random, runs_to(VM_STOP_TRAP, VM_TRAP_CALL_TARGET, value));
}

static void entry_that_is_not_taken(struct attack_case *c, struct random *random) {
    uint32_t at = begin(random, "func main");
    const char *row = random_percent(random, 50) ? "callr" : "tailr";
    add(twin, "set a0, @f; %s a0; ret; func f taken; ret", row);
    add(hostile, "set a0, @f; %s a0; ret; func f; ret", row);
    finish(c, random, runs_to(VM_STOP_TRAP, VM_TRAP_CALL_TARGET, ISA_CODE_BASE + 4 * (at + 4)));
}

static void recursion_one_too_deep(struct attack_case *c, struct random *random) {
    uint32_t entries = 2 + random_below(random, 60), how = random_below(random, 3);
    static const char *const bodies[] = {
        "func f taken; beq a0, zero, done; addi a0, a0, -1; call f; done: ret",
        ("func f taken; beq a0, zero, end; addi a0, a0, -1; call g; end: ret; "
         "func g; beq a0, zero, out; addi a0, a0, -1; call f; out: ret"),
        "func f taken; beq a0, zero, done; addi a0, a0, -1; set a1, @f; callr a1; done: ret"};
    /* the entry function's own entry, the call of f, then a0 more */
    snprintf(twin, sizeof twin, "li a0, %u; call f; ret; %s", entries - 2, bodies[how]);
    snprintf(hostile, sizeof hostile, "li a0, %u; call f; ret; %s", entries - 1, bodies[how]);
    finish(c, random, runs_to(VM_STOP_TRAP, VM_TRAP_CALL_DEPTH, entries));
    store_le16(c->twin.bytes + 96, (uint16_t)entries);
    store_le16(c->hostile.bytes + 96, (uint16_t)entries);
}

static void endless_recursion(struct attack_case *c, struct random *random) {
    uint32_t frame = 3 + random_below(random, 20);
    snprintf(twin, sizeof twin, "func main frame=%u saves=1; ret1 %u", frame, frame);
    snprintf(hostile, sizeof hostile, "func main frame=%u saves=1; call main; ret1 %u", frame, frame);
    finish(c, random, runs_to(VM_STOP_TRAP, VM_TRAP_MEMORY, 0));
    /* a stack of `steps` frames: the save of the one after lies below RAM; the return stack is not what ends it */
    uint32_t stack = load_le32(c->hostile.bytes + 80), sp = ISA_RAM_BASE + stack;
    while (sp - 8 >= ISA_RAM_BASE && sp - 8 < ISA_RAM_BASE + stack) sp -= 4 * frame;
    c->hostile_outcome.detail = sp - 8;
    store_le16(c->hostile.bytes + 96, 1000);
}

static void row_that_lies_about_a_function(struct attack_case *c, struct random *random) {
    uint32_t frame = 4 + random_below(random, 900), less = 1 + random_below(random, 4);
    const char *with = "ret0 0; func b; ret";
    snprintf(twin, sizeof twin, "func main frame=%u; %s", frame, with);
    switch (random_below(random, 3)) {
    case 0:
        snprintf(hostile, sizeof hostile, "func main frame=%u row_frame=%u depth=%u; %s", frame, frame - less, frame,
                 with);
        finish(c, random, refused_word(VM_REFUSED_FUNCTION, 1));
        return;
    case 1:
        snprintf(hostile, sizeof hostile, "func main frame=%u depth=%u; %s", frame, frame - less, with);
        finish(c, random, refused_word(VM_REFUSED_DEPTH, 1));
        return;
    default:
        snprintf(twin, sizeof twin, "func main frame=%u; call b; ret0 %u; func b frame=9; ret0 9", frame, frame);
        snprintf(hostile, sizeof hostile, "func main frame=%u depth=%u; call b; ret0 %u; func b frame=9; ret0 9", frame,
                 frame + 9 - less, frame);
        finish(c, random, refused_word(VM_REFUSED_DEPTH, 2));
        return;
    }
}

/* The table itself, changed behind the assembler's back. */
static void table_that_lies_about_places(struct attack_case *c, struct random *random) {
    attack_programs(c, random, "call f; ret; func f; li a0, 1; ret; func g; ret",
                    "call f; ret; func f; li a0, 1; ret; func g; ret", returns);
    uint32_t bytes = 0, table = forge_section(&c->twin, 2, &bytes);
    uint8_t *rows = c->hostile.bytes + table;
    static const uint32_t wrong[] = {0, 1, 2, 3, 5, 8, 9, 0x7fffffff, 0xffffffff};
    switch (random_below(random, 3)) {
    case 0: /* the second function begins elsewhere; it is entered at word 4 */
        store_le32(rows + 12, wrong[random_below(random, 9)]);
        c->hostile_outcome = (struct outcome){.status = ST_REFUSED, .offset = UINT32_MAX};
        break;
    case 1: /* the first row does not begin at word 1 */
        store_le32(rows, random_percent(random, 50) ? 0 : 2 + random_below(random, 1000));
        c->hostile_outcome = refused_word(VM_REFUSED_FUNCTION, 1);
        break;
    default: /* the reserved field */
        store_le16(rows + 10, (uint16_t)(1 + random_below(random, 65535)));
        c->hostile_outcome = refused_word(VM_REFUSED_FUNCTION, 1);
        break;
    }
    forge_rehash(&c->hostile);
}

static void unbounded_row_missing(struct attack_case *c, struct random *random) {
    static const char *const ends[] = {"callr a0; ret", "tailr a0", "longjmp"};
    uint32_t at = begin(random, "func main depth=65535 calls=65535");
    const char *end = ANY_OF(random, ends);
    const char *function =
        random_percent(random, 50) ? "func main depth=65535 calls=9" : "func main depth=9 calls=65535";
    snprintf(hostile, sizeof hostile, "%s%s", function, strchr(twin, ';'));
    add(twin, "beq zero, zero, done; %s; done: ret", end);
    add(hostile, "beq zero, zero, done; %s; done: ret", end);
    finish(c, random, refused_word(VM_REFUSED_DEPTH, at + 1));
}

static void run_that_is_not_paid(struct attack_case *c, struct random *random) {
    uint32_t words = 3 + random_below(random, 40), less = 1 + random_below(random, 3);
    char body[1024] = "";
    for (uint32_t i = 0; i < words; i++) add(body, "li a0, 1; ");
    bool charged = random_percent(random, 50);
    /* words + 2: the entry, or the charge, and ret */
    if (charged) {
        snprintf(twin, sizeof twin, "charge %u; %sret", words + 2, body);
        snprintf(hostile, sizeof hostile, "charge %u; %sret", words + 2 - less, body);
    } else {
        snprintf(twin, sizeof twin, "func main run=%u; %sret", words + 2, body);
        snprintf(hostile, sizeof hostile, "func main run=%u; %sret", words + 2 - less, body);
    }
    finish(c, random, refused_word(VM_REFUSED_FUEL, words + 2 + charged));
}

static void branch_past_a_charge(struct attack_case *c, struct random *random) {
    uint32_t at = begin(random, "func main");
    const char *row = ANY_OF(random, branches);
    add(twin, "%s a0, a1, onto; li a0, 1; onto: charge; over: ret", row);
    add(hostile, "%s a0, a1, over; li a0, 1; onto: charge; over: ret", row);
    finish(c, random, refused_word(VM_REFUSED_FUEL, at + 2));
}

static void endless_loop(struct attack_case *c, struct random *random) {
    static const char *const loops[] = {"here: j here",
                                        "here: beq a0, a0, here; ret",
                                        "here: addbne a0, zero, 0, here; ret",
                                        "here: switch zero, 1; j here; ret",
                                        "tail main",
                                        "here: charge 1; j here"};
    begin(random, "func main depth=65535 calls=65535");
    const char *loop = ANY_OF(random, loops);
    if (strcmp(loop, "here: addbne a0, zero, 0, here; ret") == 0) add(hostile, "li a0, 1; ");
    add(twin, "ret");
    add(hostile, "%s", strcmp(loop, "here: charge 1; j here") == 0 ? "here: j here" : loop);
    finish(c, random, runs_to(VM_STOP_BUDGET, VM_TRAP_NONE, 0));
}

static void reads_what_it_never_wrote(struct attack_case *c, struct random *random) {
    begin(random, "func main");
    static const char check[] =
        "li t0, 0; add3 a0, a0, ra, gp; add3 a0, a0, tp, t1; add3 a0, a0, t2, s0; add3 a0, a0, s1, a1; add3 a0, a0, "
        "a2, a3;"
        "add3 a0, a0, a4, a5; lw a1, sp, -8; or a0, a0, a1; beq a0, zero, good; trap 1; good: ret";
    add(twin, "ret");
    add(hostile, "%s", check);
    finish(c, random, returns);
}

static void overwrites_all_it_can(struct attack_case *c, struct random *random) {
    snprintf(twin, sizeof twin, "call f; ret; func f; ret");
    attack_programs(c, random, twin, twin, returns);
    uint32_t ram = load_le32(c->twin.bytes + 84);
    snprintf(hostile, sizeof hostile,
             "call f; ret; func f; li a0, 0x400; li a1, -1; set a2, %u; bfill a0, a1, a2; sw a1, a0, -1; sw a1, a0, "
             "-4; swpair a1, a0, a1, -1; ret",
             ram);
    finish(c, random, returns);
    store_le32(c->hostile.bytes + 84, ram); /* the filled size is this file's */
    store_le32(c->hostile.bytes + 80, 64);
    store_le32(c->hostile.bytes + 88, ISA_RAM_BASE + 64);
    if (forge_row(&c->hostile, 6)) overwrites_all_it_can(c, random); /* data might not fit that RAM */
}

static const struct {
    const char *row;
    bool stores;
} accesses[] = {{"lb a0", 0}, {"lbu a0", 0}, {"lh a0", 0}, {"lhu a0", 0},
                {"lw a0", 0}, {"sb a0", 1},  {"sh a0", 1}, {"sw a0", 1}};

static void access_outside(struct attack_case *c, struct random *random) {
    snprintf(twin, sizeof twin, "ret");
    attack_programs(c, random, twin, twin, returns);
    uint32_t end = ISA_RAM_BASE + load_le32(c->twin.bytes + 84), which = random_below(random, 8);
    uint32_t bad[] = {0,          1,          0x3ff,      0x3f8,      end,        end + 7,    end + 8,   0x7fffffff,
                      0x80000000, 0xffffffff, 0xfffffffc, 0x0fffffff, 0x20000000, 0x40000000, 0x40000004};
    uint32_t address = bad[random_below(random, sizeof bad / sizeof *bad)];
    int32_t offset = (int32_t)random_below(random, 2000) - 1000;
    struct forge file = c->twin;
    snprintf(twin, sizeof twin, "set a1, %u; %s, a1, %d; ret", end - 1 - (uint32_t)offset, accesses[which].row, offset);
    snprintf(hostile, sizeof hostile, "set a1, %u; %s, a1, %d; ret", address - (uint32_t)offset, accesses[which].row,
             offset);
    finish(c, random, runs_to(VM_STOP_TRAP, VM_TRAP_MEMORY, address));
    for (int side = 0; side < 2; side++) { /* RAM as it was counted */
        uint8_t *header = side ? c->hostile.bytes : c->twin.bytes;
        memcpy(header + 80, file.bytes + 80, 12);
    }
    if (forge_row(&c->twin, 6) || forge_row(&c->hostile, 6))
        access_outside(c, random); /* data might not fit that RAM */
}

static void store_where_only_loads_go(struct attack_case *c, struct random *random) {
    uint32_t which = random_below(random, 3), at = begin(random, "func main");
    (void)at;
    uint32_t address = random_percent(random, 50) ? ISA_RO_BASE : ISA_CODE_BASE + 4 * random_below(random, 8);
    add(twin, "%s, sp, -8; ret", accesses[5 + which].row);
    add(hostile, "set a1, %u; %s, a1, 0; ret", address, accesses[5 + which].row);
    finish(c, random, runs_to(VM_STOP_TRAP, VM_TRAP_MEMORY, address));
}

/* A guard that compares signed, before an index that is used unsigned. */
static void guard_that_confuses_signs(struct attack_case *c, struct random *random) {
    uint32_t index = 0x80000000 + random_below(random, 0x10000000);
    snprintf(twin, sizeof twin,
             "li a0, 3; slti a1, a0, 10; beq a1, zero, out; li a2, 0x400; lbu_x a3, a2, a0, 0; out: ret");
    snprintf(hostile, sizeof hostile,
             "set a0, %u; slti a1, a0, 10; beq a1, zero, out; li a2, 0x400; lbu_x a3, a2, a0, 0; out: ret", index);
    finish(c, random, runs_to(VM_STOP_TRAP, VM_TRAP_MEMORY, index + 0x400));
}

static void index_that_wraps(struct attack_case *c, struct random *random) {
    uint32_t index =
        0x40000000 +
        random_below(random, 16); /* times 4 is small again: the address is inside, and is the one the row means */
    snprintf(twin, sizeof twin, "li a0, %u; li a2, 0x400; lw_x a3, a2, a0, 0; ret", index & 15);
    snprintf(hostile, sizeof hostile, "set a0, %u; li a2, 0x400; lw_x a3, a2, a0, 0; ret", index);
    finish(c, random, returns);
}

static void division_by_zero(struct attack_case *c, struct random *random) {
    static const char *const rows[] = {"div", "divu", "rem", "remu"};
    const char *row = ANY_OF(random, rows);
    snprintf(twin, sizeof twin, "set a0, 0x80000000; li a1, -1; %s a2, a0, a1; ret", row);
    snprintf(hostile, sizeof hostile, "set a0, %u; %s a2, a0, a1; ret", random_edge(random), row);
    finish(c, random, runs_to(VM_STOP_TRAP, VM_TRAP_DIVIDE, 0));
}

static void block_past_the_end(struct attack_case *c, struct random *random) {
    static const char *const rows[] = {"bfill a0, a3, a2", "bcopy a0, a1, a2", "bcmp a3, a1, a0, a2"};
    snprintf(twin, sizeof twin, "ret");
    attack_programs(c, random, twin, twin, returns);
    uint32_t end = ISA_RAM_BASE + load_le32(c->twin.bytes + 84), length = 1 + random_below(random, 32);
    static const uint32_t huge[] = {0xffffffff, 0x80000000, 0xfffffc00, 0x7fffffff};
    const char *row = ANY_OF(random, rows);
    uint32_t wrong = random_percent(random, 50) ? length + 1 : huge[random_below(random, 4)];
    struct forge file = c->twin;
    /* b lies above a, so that a copy begins at the start */
    snprintf(twin, sizeof twin, "set a0, %u; set a1, %u; set a2, %u; %s; ret", end - length, end - length, length, row);
    snprintf(hostile, sizeof hostile, "set a0, %u; set a1, %u; set a2, %u; %s; ret", end - length, end - length, wrong,
             row);
    finish(c, random, runs_to(VM_STOP_TRAP, VM_TRAP_MEMORY, end - length));
    memcpy(c->twin.bytes + 80, file.bytes + 80, 12);
    memcpy(c->hostile.bytes + 80, file.bytes + 80, 12);
    if (forge_row(&c->twin, 6) || forge_row(&c->hostile, 6)) block_past_the_end(c, random);
}

static void unreachable_nonsense(struct attack_case *c, struct random *random) {
    uint32_t at = begin(random, "func main"), code;
    do code = random_below(random, 256);
    while (isa_op_name((uint8_t)code));
    add(twin, "ret; li a0, 1; ret");
    add(hostile, "ret; .word %u; ret", code);
    finish(c, random, refused_word(VM_REFUSED_OPCODE, at + 1));
}

static void break_left_in(struct attack_case *c, struct random *random) {
    begin(random, "func main");
    add(twin, "ret");
    add(hostile, "break %u; ret", random_below(random, 65536));
    finish(c, random, runs_to(VM_STOP_BREAK, VM_TRAP_NONE, 0));
}

static void forged_jump_buffer(struct attack_case *c, struct random *random) {
    begin(random, "func main depth=65535 calls=65535");
    uint32_t index = random_percent(random, 30) ? random_edge(random) : random_below(random, 12);
    add(twin, "li a0, 0x400; setjmp; bne a0, zero, back; li a0, 0x400; longjmp; back: ret");
    add(hostile, "li a0, 0x400; setjmp; li a0, 0x400; set a1, %u; ", index);
    switch (random_below(random, 4)) {
    case 0: add(hostile, "set a1, %u; sw a1, a0, 12; longjmp", 0x100000 + index); break;       /* the index */
    case 1: add(hostile, "set a1, %u; sw a1, a0, 16; longjmp", index == 1 ? 0 : index); break; /* the depth */
    case 2: add(hostile, "set a1, %u; sw a1, a0, 20; longjmp", index == 1 ? 0 : index); break; /* the mark */
    default: add(hostile, "li a1, 0; sw a1, a0, 12; sw a1, a0, 16; sw a1, a0, 20; longjmp"); break;
    }
    finish(c, random, runs_to(VM_STOP_TRAP, VM_TRAP_JUMP, 0x400));
    if (load_le16(c->hostile.bytes + 96) == 0) abort();
}

static void undeclared_call(struct attack_case *c, struct random *random) {
    uint32_t at = begin(random, "func main"), call = random_below(random, 4096), other = call == 0 ? 1 : call - 1;
    snprintf(hostile, sizeof hostile, "%s", twin);
    add(twin, ".declare %u; .word %u; ret", call, call << 16 | OP_HCALL);
    add(hostile, ".declare %u; .word %u; ret", other, call << 16 | OP_HCALL);
    finish(c, random, refused_word(VM_REFUSED_CALL, at));
}

static void declaration_out_of_order(struct attack_case *c, struct random *random) {
    snprintf(twin, sizeof twin, ".declare 3; .declare 70; .declare 4095; hcall 3; hcall 70; ret");
    attack_programs(c, random, twin, twin, refused_word(VM_REFUSED_CALL, 0));
    uint32_t bytes = 0, calls = forge_section(&c->hostile, 3, &bytes);
    switch (random_below(random, 3)) {
    case 0: store_le16(c->hostile.bytes + calls + 2, 3); break;
    case 1: store_le16(c->hostile.bytes + calls, 71); break;
    default: store_le16(c->hostile.bytes + calls + 4, (uint16_t)(4096 + random_below(random, 61440))); break;
    }
    forge_rehash(&c->hostile);
}

static void field_outside_its_row(struct attack_case *c, struct random *random) {
    uint32_t at = begin(random, "func main");
    static const char *const rows[][2] = {{"ubfx a0, a1, 16, 16", "ubfx a0, a1, 17, 16"},
                                          {"sbfx a0, a1, 0, 32", "sbfx a0, a1, 1, 32"},
                                          {"fcvt_w_s a0, a1, 4", "fcvt_w_s a0, a1, 5"},
                                          {"fcvt_f_wu_h a0, a1, 0", "fcvt_f_wu_h a0, a1, 7"}};
    uint32_t which = random_below(random, 4);
    add(twin, "%s; ret", rows[which][0]);
    add(hostile, "%s; ret", rows[which][1]);
    finish(c, random, refused_word(VM_REFUSED_FIELD, at));
}

static void stop_where_none_belongs(struct attack_case *c, struct random *random) {
    uint32_t at = begin(random, "func main");
    if (random_percent(random, 50)) {
        add(twin, "ret");
        add(hostile, "stop; ret");
        finish(c, random, refused_word(VM_REFUSED_OPCODE, at));
        return;
    }
    add(twin, "ret");
    add(hostile, "ret");
    finish(c, random, refused_word(VM_REFUSED_OPCODE, 0));
    uint32_t bytes = 0, code = forge_section(&c->hostile, 1, &bytes);
    store_le32(c->hostile.bytes + code, random_percent(random, 50) ? OP_RET : (uint32_t)random_64(random) | 2);
    forge_rehash(&c->hostile);
}

const struct attack program_attacks[] = {
    {"A08", "code that does not begin with STOP, or stops within", stop_where_none_belongs},
    {"A08", "a table whose functions begin elsewhere", table_that_lies_about_places},
    {"A15", "a row that states less than its function needs", row_that_lies_about_a_function},
    {"A19", "an opcode that does not exist", undefined_opcode},
    {"A20", "reserved bits", reserved_bits},
    {"A21", "a row that writes zero", writes_zero},
    {"A21", "a row that writes one register twice", writes_one_register_twice},
    {"A21", "a field outside what its row allows", field_outside_its_row},
    {"A22", "a switch whose slots are cut off", switch_cut_off},
    {"A23", "a function that runs past its end", runs_past_the_end},
    {"A24", "a branch past the end", branch_past_the_end},
    {"A24", "a branch back to the entry or before", branch_back_too_far},
    {"A24", "a branch back by nothing", branch_back_by_nothing},
    {"A26", "a jump into another function", jump_past_the_end},
    {"A27", "an endless loop", endless_loop},
    {"A28", "a switch without slots", switch_without_slots},
    {"A28", "a slot that is no jump", switch_slot_is_no_jump},
    {"A29", "a call of what is no entry", call_that_is_no_entry},
    {"A30", "a wild code pointer", wild_code_pointer},
    {"A30", "a pointer to an entry that is not taken", entry_that_is_not_taken},
    {"A30", "unbounded calls in a bounded row", unbounded_row_missing},
    {"A36", "recursion one too deep", recursion_one_too_deep},
    {"A36", "recursion into the end of the stack", endless_recursion},
    {"A38", "reading what was never written", reads_what_it_never_wrote},
    {"A39", "overwriting everything there is", overwrites_all_it_can},
    {"A40", "an access outside", access_outside},
    {"A41", "a store to read-only data or code", store_where_only_loads_go},
    {"A44", "a guard that confuses signs", guard_that_confuses_signs},
    {"A44", "an index that wraps", index_that_wraps},
    {"A47", "division by zero", division_by_zero},
    {"A50", "a block operation past the end", block_past_the_end},
    {"A54", "a run that is not paid", run_that_is_not_paid},
    {"A54", "a branch past a charge", branch_past_a_charge},
    {"A57", "nonsense that is never reached", unreachable_nonsense},
    {"A59", "a break left in", break_left_in},
    {"A60", "a forged jump buffer", forged_jump_buffer},
    {"A66", "a call that was not declared", undeclared_call},
    {"A66", "a declaration out of order", declaration_out_of_order},
};
const unsigned program_attack_count = sizeof program_attacks / sizeof *program_attacks;
