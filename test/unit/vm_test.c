/* What vm.h promises around the rows: memory's edges, fuel, the return stack, jumps, calls from the host, the checking
 * run. What each row computes is in test/vectors. */
#include "core/vm/vm.h"

#include "core/base/bytes.h"
#include "test/assembler/assembler.h"
#include "test/unit/check.h"

enum { RAM_BYTES = 1024, READ_ONLY_BYTES = 64, STACK_BYTES = 256, RETURN_ENTRIES = 8, FUEL = 1000000 };
enum { RAM_END = ISA_RAM_BASE + RAM_BYTES, READ_ONLY_END = ISA_RO_BASE + READ_ONLY_BYTES };
enum { SP = 2, S0 = 8, S1 = 9, A0 = 10, A1 = 11, A2 = 12, A3 = 13 };

/* A guest over its own memory. */
static struct guest {
    struct assembly text;
    struct vm_program program;
    struct vm_verdict verdict;
    uint8_t ram[RAM_BYTES + VM_PAD_BYTES];
    uint8_t read_only[READ_ONLY_BYTES + VM_PAD_BYTES];
    uint32_t return_stack[RETURN_ENTRIES];
    struct vm vm;
} guest;

static struct vm *vm_with(const char *text) {
    CHECK(assemble(text, &guest.text));
    CHECK_TEXT("", guest.text.error);
    for (unsigned i = 0; i < READ_ONLY_BYTES; i++) guest.read_only[i] = (uint8_t)(0x80 + i);
    guest.program = assembly_program(&guest.text, guest.read_only, READ_ONLY_BYTES);
    CHECK_EQ(ST_OK, vm_verify(&guest.program, &guest.verdict));
    CHECK_TEXT("accepted", vm_refusal_text(guest.verdict.refusal));
    vm_init(&guest.vm, &guest.program, guest.ram, RAM_BYTES, guest.return_stack, RETURN_ENTRIES);
    guest.vm.reg[SP] = ISA_RAM_BASE + STACK_BYTES;
    guest.vm.fuel = FUEL;
    CHECK_EQ(ST_OK, vm_enter(&guest.vm, 1));
    return &guest.vm;
}

static uint32_t entry_of(uint32_t function) { return assembly_row_get(guest.text.functions, function).entry; }
static uint32_t pointer_to(uint32_t function) { return ISA_CODE_BASE + 4 * entry_of(function); }

static void traps(struct vm *vm, enum vm_trap trap, uint32_t detail, uint32_t pc) {
    CHECK_EQ(VM_STOP_TRAP, vm_run(vm));
    CHECK_TEXT(vm_trap_text(trap), vm_trap_text((enum vm_trap)vm->trap));
    CHECK_EQ(detail, vm->trap_detail);
    CHECK_EQ(pc, vm->pc);
}

static void a_loop_sums_and_returns(void) {
    struct vm *vm = vm_with("li a0, 0; li a1, 10; loop: add a0, a0, a1; addi a1, a1, -1; bne a1, zero, loop; ret");
    CHECK_EQ(VM_STOP_RETURN, vm_run(vm));
    CHECK_EQ(55, vm->reg[A0]);
    CHECK_EQ(0, vm->pc);
    CHECK_EQ(VM_STOP_RETURN, vm_run(vm)); /* and stays returned */
}

static void nothing_runs_before_a_function_was_entered(void) {
    struct vm *vm = vm_with("li a0, 1; ret");
    vm_init(vm, &guest.program, guest.ram, RAM_BYTES, guest.return_stack, RETURN_ENTRIES);
    CHECK_EQ(VM_STOP_RETURN, vm_run(vm));
    CHECK_EQ(0, vm->reg[A0]);
}

static void entering_takes_an_entry_word_and_room(void) {
    struct vm *vm = vm_with("li a0, 1; ret");
    CHECK_EQ(ST_INVALID, vm_enter(vm, 0));
    CHECK_EQ(ST_INVALID, vm_enter(vm, 2));
    CHECK_EQ(ST_INVALID, vm_enter(vm, 4));
    CHECK_EQ(ST_INVALID, vm_enter(vm, UINT32_MAX));
    for (unsigned i = 1; i < RETURN_ENTRIES; i++) CHECK_EQ(ST_OK, vm_enter(vm, 1));
    CHECK_EQ(ST_FULL, vm_enter(vm, 1));
}

static void stops_leave_pc_at_the_next_word(void) {
    struct vm *vm = vm_with(".declare 70; hcall 70; break 7; trap 9");
    CHECK_EQ(VM_STOP_CALL, vm_run(vm));
    CHECK_EQ(70, vm->call);
    CHECK_EQ(3, vm->pc);
    CHECK_EQ(VM_STOP_BREAK, vm_run(vm));
    CHECK_EQ(7, vm->call);
    CHECK_EQ(4, vm->pc);
    traps(vm, VM_TRAP_UNREACHABLE, 9, 4);
    traps(vm, VM_TRAP_UNREACHABLE, 9, 4);
}

/* ---- Memory. Attack A40: width by alignment by end, for every row that loads or stores. */
struct access {
    const char *row; /* the address is in a1, or its upper part and a2 */
    uint32_t bytes;
    bool stores, scaled, adds;
};
static const struct access accesses[] = {
    {"lb a0, a1, 0", 1, false, false, false},        {"lbu a0, a1, 0", 1, false, false, false},
    {"lh a0, a1, 0", 2, false, false, false},        {"lhu a0, a1, 0", 2, false, false, false},
    {"lw a0, a1, 0", 4, false, false, false},        {"sb a0, a1, 0", 1, true, false, false},
    {"sh a0, a1, 0", 2, true, false, false},         {"sw a0, a1, 0", 4, true, false, false},
    {"lb_p a0, a1, 1, 0", 1, false, false, true},    {"lbu_p a0, a1, 1, 0", 1, false, false, true},
    {"lh_p a0, a1, 1, 0", 2, false, false, true},    {"lhu_p a0, a1, 1, 0", 2, false, false, true},
    {"lw_p a0, a1, 1, 0", 4, false, false, true},    {"sb_p a0, a1, 1, 0", 1, true, false, true},
    {"sh_p a0, a1, 1, 0", 2, true, false, true},     {"sw_p a0, a1, 1, 0", 4, true, false, true},
    {"lb_x a0, a1, a2, 0", 1, false, true, false},   {"lbu_x a0, a1, a2, 0", 1, false, true, false},
    {"lh_x a0, a1, a2, 0", 2, false, true, false},   {"lhu_x a0, a1, a2, 0", 2, false, true, false},
    {"lw_x a0, a1, a2, 0", 4, false, true, false},   {"sb_x a0, a1, a2, 0", 1, true, true, false},
    {"sh_x a0, a1, a2, 0", 2, true, true, false},    {"sw_x a0, a1, a2, 0", 4, true, true, false},
    {"lh_a a0, a1, a3, 0", 2, false, false, false},  {"lhu_a a0, a1, a3, 0", 2, false, false, false},
    {"lw_a a0, a1, a3, 0", 4, false, false, false},  {"sh_a a0, a1, a3, 0", 2, true, false, false},
    {"sw_a a0, a1, a3, 0", 4, true, false, false},   {"lwpair a0, a1, a4, 0", 8, false, false, false},
    {"swpair a0, a1, a4, 0", 8, true, false, false},
};

static uint64_t bytes_at(const uint8_t *from, uint32_t bytes) {
    uint64_t value = 0;
    for (uint32_t i = bytes; i-- > 0;) value = value << 8 | from[i];
    return value;
}

static bool in_window(uint32_t base, uint32_t bytes, uint32_t address) { return address - base < bytes; }

/* One access at one address: its whole effect, or the trap and none. */
static void access_once(const struct access *access, uint32_t address) {
    struct vm *vm = &guest.vm;
    const uint64_t old = 0x1122334455667788;
    vm->pc = 2;
    vm->return_depth = 1;
    vm->reg[A1] = access->scaled ? address - 8 * access->bytes : address;
    vm->reg[A2] = access->scaled ? 8 : 0;
    vm->reg[A3] = 0;
    vm->reg[A0] = (uint32_t)old;
    vm->reg[14] = (uint32_t)(old >> 32);
    for (unsigned i = 0; i < sizeof guest.ram; i++) guest.ram[i] = (uint8_t)(i * 7 + 1);
    static uint8_t before[sizeof guest.ram];
    memcpy(before, guest.ram, sizeof before);
    const bool in_ram = in_window(ISA_RAM_BASE, RAM_BYTES, address);
    if (!in_ram && (access->stores || !in_window(ISA_RO_BASE, READ_ONLY_BYTES, address))) {
        const uint32_t a1 = vm->reg[A1];
        traps(vm, VM_TRAP_MEMORY, address, 2);
        CHECK_EQ(a1, vm->reg[A1]);
        CHECK_EQ((uint32_t)old, vm->reg[A0]);
        CHECK(memcmp(before, guest.ram, sizeof before) == 0);
        return;
    }
    CHECK_EQ(VM_STOP_RETURN, vm_run(vm));
    CHECK_EQ(address + access->adds, vm->reg[A1] + (access->scaled ? 8 * access->bytes : 0));
    const uint32_t index = address - ISA_RAM_BASE;
    if (access->stores) {
        for (uint32_t i = 0; i < access->bytes; i++) before[index + i] = (uint8_t)(old >> 8 * i);
        CHECK(memcmp(before, guest.ram, sizeof before) == 0);
        return;
    }
    const uint8_t *from = in_ram ? guest.ram + index : guest.read_only + (address - ISA_RO_BASE);
    const uint64_t got = access->bytes == 8 ? (uint64_t)vm->reg[14] << 32 | vm->reg[A0] : vm->reg[A0];
    const uint64_t mask = access->bytes == 8 ? UINT64_MAX : (1ull << 8 * access->bytes) - 1;
    CHECK_EQ(bytes_at(from, access->bytes), got & mask);
}

static void every_access_is_whole_or_traps_at_every_edge(void) {
    static const uint32_t edges[] = {0, ISA_RAM_BASE, RAM_END, ISA_RO_BASE, READ_ONLY_END, 0x80000000u, ISA_CODE_BASE};
    for (unsigned i = 0; i < sizeof accesses / sizeof *accesses; i++) {
        char source[64];
        snprintf(source, sizeof source, "%s; ret", accesses[i].row);
        vm_with(source);
        const int failures = check_failures;
        for (unsigned edge = 0; edge < sizeof edges / sizeof *edges; edge++)
            for (int32_t by = -17; by <= 17; by++) access_once(&accesses[i], edges[edge] + (uint32_t)by);
        if (check_failures != failures) printf("  in: %s\n", accesses[i].row);
    }
}

static void offsets_reach_both_ends_and_wrap(void) {
    struct vm *vm = vm_with("li a1, 0; sw a2, a1, 1024; lw a0, a1, 1024; ret");
    vm->reg[A2] = 77;
    CHECK_EQ(VM_STOP_RETURN, vm_run(vm));
    CHECK_EQ(77, vm->reg[A0]);
    vm = vm_with("lw a0, a1, -31744; ret");
    vm->reg[A1] = ISA_RAM_BASE + 31744;
    CHECK_EQ(VM_STOP_RETURN, vm_run(vm));
    vm = vm_with("lw a0, a1, 1028; ret");
    vm->reg[A1] = 0xfffffffc; /* 1024 */
    CHECK_EQ(VM_STOP_RETURN, vm_run(vm));
    vm = vm_with("lw a0, a1, 1023; ret");
    traps(vm, VM_TRAP_MEMORY, 1023, 2);
}

static void a_stack_that_overflows_meets_the_guard(void) {
    struct vm *vm = vm_with("func main; call main2; ret; func main2 frame=20 saves=2; call main2; ret2 20");
    const uint32_t last = ISA_RAM_BASE + STACK_BYTES - 4 * 80; /* the fourth frame still had its two words in RAM */
    traps(vm, VM_TRAP_MEMORY, last - 8, entry_of(1));
    CHECK_EQ(last, vm->reg[SP]);
}

static void entry_and_return_keep_s0_and_s1_in_the_frame(void) {
    struct vm *vm = vm_with("func main frame=4 saves=2; li s0, 1; li s1, 2; ret2 4");
    vm->reg[S0] = 0x11111111;
    vm->reg[S1] = 0x22222222;
    CHECK_EQ(VM_STOP_RETURN, vm_run(vm));
    CHECK_EQ(0x11111111, vm->reg[S0]);
    CHECK_EQ(0x22222222, vm->reg[S1]);
    CHECK_EQ(ISA_RAM_BASE + STACK_BYTES, vm->reg[SP]);
    CHECK_EQ(0x11111111, load_le32(guest.ram + STACK_BYTES - 8));
    CHECK_EQ(0x22222222, load_le32(guest.ram + STACK_BYTES - 12));
}

/* s0's word is looked at first; the row is whole or nothing. */
static void a_frame_that_leaves_ram_traps_and_changes_nothing(void) {
    static const struct {
        uint32_t sp, detail;
    } cases[] = {{RAM_END + 8, RAM_END}, {ISA_RAM_BASE + 11, ISA_RAM_BASE - 1}, {7, 0xffffffff}};
    for (unsigned i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct vm *vm = vm_with("func main frame=4 saves=2; ret2 4");
        vm->reg[SP] = cases[i].sp;
        vm->reg[S0] = vm->reg[S1] = 0xffffffff;
        traps(vm, VM_TRAP_MEMORY, cases[i].detail, 1);
        CHECK_EQ(cases[i].sp, vm->reg[SP]);
        CHECK_EQ(FUEL, vm->fuel);
        for (unsigned at = 0; at < sizeof guest.ram; at++) CHECK_EQ(0, guest.ram[at]);
        vm = vm_with("func main; ret2 4");
        vm->reg[SP] = cases[i].sp - 16;
        traps(vm, VM_TRAP_MEMORY, cases[i].detail, 2);
        CHECK_EQ(1, vm->return_depth);
    }
    struct vm *vm = vm_with("func main frame=4 saves=2; ret2 4");
    vm->reg[SP] = ISA_RAM_BASE + 12;
    CHECK_EQ(VM_STOP_RETURN, vm_run(vm));
    vm->reg[SP] = RAM_END + 7; /* both words begin inside */
    CHECK_EQ(ST_OK, vm_enter(vm, 1));
    CHECK_EQ(VM_STOP_RETURN, vm_run(vm));
}

/* Attack B02. */
static void host_access_is_checked_as_one_range(void) {
    struct vm *vm = vm_with("ret");
    CHECK(vm_memory_write(vm, ISA_RAM_BASE, RAM_BYTES) == guest.ram);
    CHECK(vm_memory_write(vm, ISA_RAM_BASE, RAM_BYTES + 1) == NULL);
    CHECK(vm_memory_write(vm, RAM_END - 1, 1) == guest.ram + RAM_BYTES - 1);
    CHECK(vm_memory_write(vm, RAM_END - 1, 2) == NULL);
    CHECK(vm_memory_write(vm, RAM_END, 1) == NULL);
    CHECK(vm_memory_write(vm, ISA_RAM_BASE - 1, 2) == NULL);
    CHECK(vm_memory_write(vm, ISA_RAM_BASE + 1, UINT32_MAX) == NULL);
    CHECK(vm_memory_write(vm, 0, 0) != NULL);
    CHECK(vm_memory_write(vm, ISA_RO_BASE, 1) == NULL);
    CHECK(vm_memory_read(vm, ISA_RO_BASE, READ_ONLY_BYTES) == guest.read_only);
    CHECK(vm_memory_read(vm, ISA_RO_BASE, READ_ONLY_BYTES + 1) == NULL);
    CHECK(vm_memory_read(vm, ISA_RO_BASE + 1, UINT32_MAX) == NULL);
    CHECK(vm_memory_read(vm, RAM_END - 2, 2) == guest.ram + RAM_BYTES - 2);
    CHECK(vm_memory_read(vm, ISA_CODE_BASE, 4) == NULL);
    CHECK(vm_memory_read(vm, UINT32_MAX, 0) != NULL);
}

/* ---- Fuel. */
static void charges_are_exact(void) {
    struct vm *vm = vm_with("func main; li a0, 3; loop: addi a0, a0, -1; bne a0, zero, loop; call f; jf 0; ret;"
                            "func f; charge; ret");
    const int32_t entries = 7 + 1, loops = 2 * 2, jump = 4095, charge = 2;
    CHECK_EQ(VM_STOP_BUDGET, (vm->fuel = -1, vm_run(vm)));
    vm->fuel = FUEL;
    CHECK_EQ(VM_STOP_RETURN, vm_run(vm));
    CHECK_EQ(FUEL - entries - loops - jump - charge, vm->fuel);
}

static void a_row_completes_before_fuel_stops_it(void) {
    struct vm *vm = vm_with("func main frame=4 saves=1; li a0, 3; loop: addbne a0, zero, -1, loop; ret1 4");
    vm->fuel = 3; /* the entry's run is 4 */
    CHECK_EQ(VM_STOP_BUDGET, vm_run(vm));
    CHECK_EQ(-1, vm->fuel);
    CHECK_EQ(2, vm->pc);
    CHECK_EQ(ISA_RAM_BASE + STACK_BYTES - 16, vm->reg[SP]);
    CHECK_EQ(VM_STOP_BUDGET, vm_run(vm)); /* in debt nothing runs */
    CHECK_EQ(2, vm->pc);
    vm->fuel = 0;
    CHECK_EQ(VM_STOP_BUDGET, vm_run(vm)); /* the branch is taken, then there is no fuel left */
    CHECK_EQ(2, vm->reg[A0]);
    CHECK_EQ(3, vm->pc);
    vm->fuel += 100;
    CHECK_EQ(VM_STOP_RETURN, vm_run(vm));
    CHECK_EQ(98, vm->fuel);
}

static void a_block_operation_stops_between_steps_and_goes_on(void) {
    enum { BIG = 3 * VM_BLOCK_STEP_BYTES };
    static uint8_t ram[BIG + VM_PAD_BYTES];
    struct vm *vm = vm_with("bfill a0, a1, a2; ret");
    vm_init(vm, &guest.program, ram, BIG, guest.return_stack, RETURN_ENTRIES);
    vm_enter(vm, 1);
    vm->reg[A0] = ISA_RAM_BASE;
    vm->reg[A1] = 0x15a;
    vm->reg[A2] = 2 * VM_BLOCK_STEP_BYTES + 5;
    vm->fuel = 3;
    CHECK_EQ(VM_STOP_BUDGET, vm_run(vm));
    CHECK_EQ(-VM_BLOCK_STEP_BYTES / 4, vm->fuel);
    CHECK_EQ(2, vm->pc);
    CHECK_EQ(ISA_RAM_BASE + VM_BLOCK_STEP_BYTES, vm->reg[A0]);
    CHECK_EQ(VM_BLOCK_STEP_BYTES + 5, vm->reg[A2]);
    vm->fuel = FUEL;
    CHECK_EQ(VM_STOP_RETURN, vm_run(vm));
    CHECK_EQ(FUEL - VM_BLOCK_STEP_BYTES / 4 - 2, vm->fuel);
    CHECK_EQ(0x5a, ram[2 * VM_BLOCK_STEP_BYTES + 4]);
    CHECK_EQ(0, ram[2 * VM_BLOCK_STEP_BYTES + 5]);
}

/* Attack A54: whatever the fuel, the run ends in the same state, and never executes a charging row in debt. */
static void any_fuel_leads_to_the_same_end(void) {
    const char *source = "func main frame=4 saves=2; li s0, 5; loop: mov a0, s0; call f; add s1, s1, a0; addbne s0, "
                         "zero, -1, loop; mov a0, s1; ret2 4;"
                         "func f frame=2; addi a1, sp, 0; li a2, 8; bfill a1, a0, a2; lw a0, sp, 0; ret0 2";
    CHECK_EQ(VM_STOP_RETURN, vm_run(vm_with(source)));
    const uint32_t want = guest.vm.reg[A0];
    const int32_t spent = FUEL - guest.vm.fuel;
    for (int32_t quantum = 1; quantum <= spent + 1; quantum++) {
        struct vm *vm = vm_with(source);
        vm->fuel = 0;
        int32_t given = 0;
        while (vm_run(vm) == VM_STOP_BUDGET) {
            vm->fuel += quantum;
            given += quantum;
        }
        CHECK_EQ(want, vm->reg[A0]);
        CHECK_EQ(spent, given - vm->fuel);
    }
}

/* ---- Calls. Attacks A30, A36. */
static void the_return_stack_holds_its_entries_and_no_more(void) {
    for (uint32_t nested = RETURN_ENTRIES - 3; nested <= RETURN_ENTRIES + 1; nested++) {
        struct vm *vm = vm_with("beq a0, zero, done; addi a0, a0, -1; call main; done: ret");
        vm->reg[A0] = nested;
        if (nested < RETURN_ENTRIES) {
            CHECK_EQ(VM_STOP_RETURN, vm_run(vm));
            CHECK_EQ(0, vm->return_depth);
        } else {
            traps(vm, VM_TRAP_CALL_DEPTH, RETURN_ENTRIES, 4);
            CHECK_EQ(RETURN_ENTRIES, vm->return_depth);
        }
    }
    struct vm *vm = vm_with("beq a0, zero, done; addi a0, a0, -1; tail main; done: ret");
    vm->reg[A0] = 100; /* a tail call needs no entry */
    CHECK_EQ(VM_STOP_RETURN, vm_run(vm));
}

static void recursion_ends_at_the_limit_by_any_road(void) {
    static const char *const roads[] = {"func main; call main; ret",
                                        "func main; call f; ret; func f; call g; ret; func g; tail main",
                                        "func main taken; set a0, @main; callr a0; ret"};
    for (unsigned i = 0; i < sizeof roads / sizeof *roads; i++) {
        struct vm *vm = vm_with(roads[i]);
        CHECK_EQ(VM_STOP_TRAP, vm_run(vm));
        CHECK_EQ(VM_TRAP_CALL_DEPTH, vm->trap);
        CHECK_EQ(RETURN_ENTRIES, vm->trap_detail);
        CHECK_EQ(RETURN_ENTRIES, vm->return_depth);
    }
}

static void a_branch_to_itself_runs_out_of_fuel(void) {
    struct vm *vm = vm_with("here: j here");
    CHECK_EQ(VM_STOP_BUDGET, vm_run(vm));
    CHECK_EQ(-1, vm->fuel);
    CHECK_EQ(2, vm->pc);
}

static void pointers_reach_marked_entries_only(void) {
    static const char *const rows[] = {"func main; callr a1; ret; func f taken; li a0, 7; ret; func g; ret",
                                       "func main; tailr a1; func f taken; li a0, 7; ret; func g; ret"};
    for (unsigned i = 0; i < 2; i++) {
        struct vm *vm = vm_with(rows[i]);
        const uint32_t good = pointer_to(1), unmarked = pointer_to(2);
        const uint32_t end = ISA_CODE_BASE + 4 * guest.program.code_words;
        vm->reg[A1] = good;
        CHECK_EQ(VM_STOP_RETURN, vm_run(vm));
        CHECK_EQ(7, vm->reg[A0]);
        const uint32_t bad[] = {
            0,   1,       good + 1,   good + 2,          good + 4,           good - 4,   unmarked,
            end, end + 4, 0xffffffff, ISA_CODE_BASE - 4, good ^ 0x80000000u, 0x80000000, ISA_CODE_BASE};
        for (unsigned j = 0; j < sizeof bad / sizeof *bad; j++) {
            vm = vm_with(rows[i]);
            vm->reg[A1] = bad[j];
            traps(vm, VM_TRAP_CALL_TARGET, bad[j], 2);
            CHECK_EQ(1, vm->return_depth);
        }
    }
}

static void the_host_calls_a_function_at_a_wait_point(void) {
    struct vm *vm =
        vm_with("func main; hcall 1; mov a2, a0; ret; func f taken; add a0, a0, a5; hcall 1; ret; func g; ret");
    const uint32_t arguments[] = {1, 2, 3, 4, 5, 6}, nested[] = {40, 0, 0, 0, 0, 2};
    struct vm_saved outer, inner;
    CHECK_EQ(VM_STOP_CALL, vm_run(vm));
    vm->reg[A0] = 99;
    CHECK_EQ(ST_INVALID, vm_call(vm, pointer_to(2), arguments, 1, &outer));
    CHECK_EQ(ST_INVALID, vm_call(vm, 0, arguments, 1, &outer));
    CHECK_EQ(ST_INVALID, vm_call(vm, pointer_to(1), arguments, VM_CALL_ARGUMENTS_MAX + 1, &outer));
    CHECK_EQ(99, vm->reg[A0]);
    CHECK_EQ(ST_OK, vm_call(vm, pointer_to(1), arguments, 6, &outer));
    CHECK_EQ(VM_STOP_CALL, vm_run(vm));
    CHECK_EQ(ST_OK, vm_call(vm, pointer_to(1), nested, 6, &inner));
    CHECK_EQ(VM_STOP_CALL, vm_run(vm));
    CHECK_EQ(VM_STOP_RETURN, vm_run(vm));
    CHECK_EQ(42, vm->reg[A0]);
    vm_call_end(vm, &inner);
    CHECK_EQ(7, vm->reg[A0]);
    CHECK_EQ(VM_STOP_RETURN, vm_run(vm));
    CHECK_EQ(7, vm->reg[A0]);
    vm_call_end(vm, &outer);
    CHECK_EQ(VM_STOP_RETURN, vm_run(vm));
    CHECK_EQ(99, vm->reg[A2]);
}

static void a_call_without_room_changes_nothing(void) {
    struct vm *vm = vm_with("func main taken; hcall 1; ret");
    struct vm_saved saved;
    CHECK_EQ(VM_STOP_CALL, vm_run(vm));
    vm->return_depth = RETURN_ENTRIES;
    const struct vm before = *vm;
    CHECK_EQ(ST_FULL, vm_call(vm, pointer_to(0), NULL, 0, &saved));
    CHECK(memcmp(&before, vm, sizeof before) == 0);
}

/* ---- SETJMP and LONGJMP. The buffer lies at 0x600. */
enum { BUFFER = 0x600, BUFFER_INDEX = BUFFER - ISA_RAM_BASE };
#define SET_AND "func main; li a0, 0x600; setjmp; bne a0, zero, back; "
static const char jump_source[] =
    SET_AND "li s0, 5; call f; trap 1; back: ret; func f; call g; trap 2; func g; li a0, 0x600; li a1, 42; longjmp";

static void a_longjmp_unwinds_to_its_setjmp(void) {
    struct vm *vm = vm_with(jump_source);
    vm->reg[S0] = 1234;
    CHECK_EQ(VM_STOP_RETURN, vm_run(vm));
    CHECK_EQ(42, vm->reg[A0]);
    CHECK_EQ(1234, vm->reg[S0]);
    CHECK_EQ(ISA_RAM_BASE + STACK_BYTES, vm->reg[SP]);
    vm = vm_with(SET_AND "li a0, 0x600; li a1, 0; longjmp; back: ret");
    CHECK_EQ(VM_STOP_RETURN, vm_run(vm));
    CHECK_EQ(1, vm->reg[A0]);
}

static void a_buffer_states_where_and_whose_frame(void) {
    struct vm *vm = vm_with("func main; li a0, 0x600; setjmp; hcall 1; ret");
    CHECK_EQ(VM_STOP_CALL, vm_run(vm));
    const uint8_t *buffer = guest.ram + BUFFER_INDEX;
    CHECK_EQ(ISA_RAM_BASE + STACK_BYTES, load_le32(buffer + 8));
    CHECK_EQ(4, load_le32(buffer + 12));
    CHECK_EQ(1, load_le32(buffer + 16));
    CHECK_EQ(1, load_le32(buffer + 20));
    CHECK_EQ(0, load_le64(buffer + 24));
    CHECK_EQ(1u << 20, guest.return_stack[0]);
}

static void a_longjmp_out_of_a_host_call_leaves_the_machine_whole(void) {
    struct vm *vm = vm_with("func main; li a0, 0x600; setjmp; bne a0, zero, back; call f; ret; back: hcall 2; ret;"
                            "func f; hcall 1; ret; func g taken; li a0, 0x600; li a1, 1; longjmp");
    struct vm_saved saved;
    CHECK_EQ(VM_STOP_CALL, vm_run(vm));
    CHECK_EQ(ST_OK, vm_call(vm, pointer_to(2), NULL, 0, &saved));
    CHECK_EQ(VM_STOP_CALL, vm_run(vm));
    CHECK_EQ(2, vm->call); /* main goes on behind its setjmp, the call never ends */
    CHECK_EQ(1, vm->return_depth);
    vm_call_end(vm, &saved);
    CHECK_EQ(2, vm->return_depth);
    CHECK_EQ(VM_STOP_RETURN, vm_run(vm)); /* f and main go on as they stood */
}

static void marks_are_given_once_per_frame_and_count_around(void) {
    struct vm *vm = vm_with("func main; li a0, 0x600; setjmp; li a0, 0x620; setjmp; hcall 1; ret");
    vm->jump_mark = 4094;
    CHECK_EQ(VM_STOP_CALL, vm_run(vm));
    CHECK_EQ(4095, load_le32(guest.ram + BUFFER_INDEX + 20));
    CHECK_EQ(4095, load_le32(guest.ram + BUFFER_INDEX + 0x20 + 20));
    CHECK_EQ(VM_STOP_RETURN, vm_run(vm));
    CHECK_EQ(ST_OK, vm_enter(vm, 1));
    CHECK_EQ(VM_STOP_CALL, vm_run(vm));
    CHECK_EQ(1, load_le32(guest.ram + BUFFER_INDEX + 20));
}

static void a_longjmp_into_a_function_that_returned_traps(void) {
    struct vm *vm = vm_with("func main; call f; call g; ret; func f; li a0, 0x600; setjmp; ret;"
                            "func g; li a0, 0x600; li a1, 1; longjmp");
    traps(vm, VM_TRAP_JUMP, BUFFER, entry_of(2) + 3);
    CHECK_EQ(2, vm->return_depth);
}

/* A forged buffer: each of its fields that is checked. */
static void a_longjmp_through_a_forged_buffer_traps(void) {
    static const struct {
        uint32_t offset, value;
    } forged[] = {{12, 0}, {12, 3},          {12, 5}, {12, 100}, {12, UINT32_MAX}, {16, 0},
                  {16, 2}, {16, UINT32_MAX}, {20, 0}, {20, 2},   {20, 4097}};
    for (unsigned i = 0; i < sizeof forged / sizeof *forged; i++) {
        struct vm *vm = vm_with("func main; li a0, 0x600; setjmp; hcall 1; li a0, 0x600; longjmp");
        CHECK_EQ(VM_STOP_CALL, vm_run(vm));
        store_le32(guest.ram + BUFFER_INDEX + forged[i].offset, forged[i].value);
        traps(vm, VM_TRAP_JUMP, BUFFER, 6);
    }
}

static void jump_buffers_lie_in_ram_as_a_whole(void) {
    struct vm *vm = vm_with("setjmp; ret");
    vm->reg[A0] = RAM_END - 31;
    traps(vm, VM_TRAP_MEMORY, RAM_END - 31, 2);
    vm->reg[A0] = RAM_END - 32;
    CHECK_EQ(VM_STOP_RETURN, vm_run(vm));
    vm = vm_with("longjmp");
    vm->reg[A0] = ISA_RO_BASE;
    traps(vm, VM_TRAP_JUMP, ISA_RO_BASE, 2);
}

/* ---- The checking run. */
static void a_breakpoint_stops_before_its_word(void) {
    struct vm *vm = vm_with("li a0, 1; li a0, 2; li a0, 3; ret");
    const uint32_t breakpoints[] = {9, 3};
    struct vm_debug debug = {.breakpoints = breakpoints, .breakpoint_count = 2};
    CHECK_EQ(VM_STOP_BREAK, vm_run_checked(vm, &debug));
    CHECK_EQ(VM_EVENT_BREAKPOINT, debug.event);
    CHECK_EQ(1, debug.event_index);
    CHECK_EQ(1, vm->reg[A0]);
    CHECK_EQ(2, debug.steps); /* entry and li */
    CHECK_EQ(VM_STOP_BREAK, vm_run_checked(vm, &debug));
    CHECK_EQ(3, vm->pc);
    debug.skip_first = true;
    CHECK_EQ(VM_STOP_RETURN, vm_run_checked(vm, &debug));
    CHECK_EQ(3, vm->reg[A0]);
}

static void a_step_limit_counts_words_of_this_run(void) {
    struct vm *vm = vm_with("li a0, 1; li a0, 2; li a0, 3; ret");
    struct vm_debug debug = {.step_limit = 2};
    CHECK_EQ(VM_STOP_BREAK, vm_run_checked(vm, &debug));
    CHECK_EQ(VM_EVENT_STEPS, debug.event);
    CHECK_EQ(1, vm->reg[A0]);
    CHECK_EQ(VM_STOP_BREAK, vm_run_checked(vm, &debug));
    CHECK_EQ(3, vm->reg[A0]);
    CHECK_EQ(4, debug.steps);
    debug.step_limit = 0;
    CHECK_EQ(VM_STOP_RETURN, vm_run_checked(vm, &debug));
    CHECK_EQ(6, debug.steps); /* STOP is a word too */
}

/* One word touching [0x500, +length) as said; the watch is on the byte at 0x503. */
static void watches_see(const char *row, bool reads, bool writes) {
    char source[160];
    snprintf(source, sizeof source, "func main; %s; ret", row);
    const struct vm_watch only_reads = {0x503, 1, true, false}, only_writes = {0x503, 1, false, true};
    const int failures = check_failures;
    for (unsigned i = 0; i < 2; i++) {
        struct vm *vm = vm_with(source);
        vm->reg[A1] = 0x500;
        vm->reg[A2] = 8;
        vm->reg[A3] = 0x600;
        struct vm_debug debug = {.watches = i == 0 ? &only_reads : &only_writes, .watch_count = 1};
        const enum vm_stop stop = vm_run_checked(vm, &debug);
        const bool want = i == 0 ? reads : writes;
        CHECK_EQ(want ? VM_STOP_BREAK : VM_STOP_RETURN, stop);
        CHECK_EQ(want ? VM_EVENT_WATCH : VM_EVENT_NONE, debug.event);
        if (want) CHECK_EQ(3, vm->pc);
    }
    if (check_failures != failures) printf("  in: %s\n", row);
}

static void a_watch_stops_after_the_word_that_touched_it(void) {
    watches_see("lw a0, a1, 0", true, false);
    watches_see("sw a0, a1, 0", false, true);
    watches_see("lh a0, a1, 0", false, false);
    watches_see("lbu a0, a1, 3", true, false);
    watches_see("lbu a0, a1, 4", false, false);
    watches_see("sb_p a0, a1, 1, 3", false, true);
    watches_see("lw_a a0, a1, zero, 0", true, false);
    watches_see("lwpair a0, a1, a5, -4", true, false);
    watches_see("swpair a0, a1, a5, -4", false, true);
    watches_see("swpair a0, a1, a5, -5", false, false);
    watches_see("swpair a0, a1, a5, 4", false, false);
    watches_see("bcopy a3, a1, a2", true, false);
    watches_see("bcopy a1, a3, a2", false, true);
    watches_see("bfill a1, a0, a2", false, true);
    watches_see("bfind a1, a0, a2", true, false);
    watches_see("bcmp a0, a3, a1, a2", true, false);
    watches_see("mov a1, a1", false, false);
}

static void a_checked_run_ends_as_the_quick_one(void) {
    struct vm *vm = vm_with(jump_source);
    CHECK_EQ(VM_STOP_RETURN, vm_run(vm));
    const struct vm want = *vm;
    vm = vm_with(jump_source);
    struct vm_debug debug = {0};
    CHECK_EQ(VM_STOP_RETURN, vm_run_checked(vm, &debug));
    CHECK(memcmp(&want, vm, sizeof want) == 0);
    vm->fuel = -1;
    CHECK_EQ(VM_STOP_BUDGET, vm_run_checked(vm, &debug));
}

int main(void) {
    static const struct check_test tests[] = {
        TEST(a_loop_sums_and_returns),
        TEST(nothing_runs_before_a_function_was_entered),
        TEST(entering_takes_an_entry_word_and_room),
        TEST(stops_leave_pc_at_the_next_word),
        TEST(every_access_is_whole_or_traps_at_every_edge),
        TEST(offsets_reach_both_ends_and_wrap),
        TEST(a_stack_that_overflows_meets_the_guard),
        TEST(entry_and_return_keep_s0_and_s1_in_the_frame),
        TEST(a_frame_that_leaves_ram_traps_and_changes_nothing),
        TEST(host_access_is_checked_as_one_range),
        TEST(charges_are_exact),
        TEST(a_row_completes_before_fuel_stops_it),
        TEST(a_block_operation_stops_between_steps_and_goes_on),
        TEST(any_fuel_leads_to_the_same_end),
        TEST(the_return_stack_holds_its_entries_and_no_more),
        TEST(recursion_ends_at_the_limit_by_any_road),
        TEST(a_branch_to_itself_runs_out_of_fuel),
        TEST(pointers_reach_marked_entries_only),
        TEST(the_host_calls_a_function_at_a_wait_point),
        TEST(a_call_without_room_changes_nothing),
        TEST(a_longjmp_unwinds_to_its_setjmp),
        TEST(a_buffer_states_where_and_whose_frame),
        TEST(a_longjmp_out_of_a_host_call_leaves_the_machine_whole),
        TEST(marks_are_given_once_per_frame_and_count_around),
        TEST(a_longjmp_into_a_function_that_returned_traps),
        TEST(a_longjmp_through_a_forged_buffer_traps),
        TEST(jump_buffers_lie_in_ram_as_a_whole),
        TEST(a_breakpoint_stops_before_its_word),
        TEST(a_step_limit_counts_words_of_this_run),
        TEST(a_watch_stops_after_the_word_that_touched_it),
        TEST(a_checked_run_ends_as_the_quick_one),
    };
    return CHECK_RUN(tests);
}
