#include "core/vm/vm.h"

#include "test/assembler/assembler.h"
#include "test/unit/check.h"

enum { RAM_BYTES = 1024, STACK_BYTES = 256, RETURN_ENTRIES = 8 };

/* A guest over its own memory. */
struct guest {
    struct assembly text;
    struct vm_program program;
    struct vm_verdict verdict;
    uint8_t ram[RAM_BYTES + VM_PAD_BYTES];
    uint32_t return_stack[RETURN_ENTRIES];
    struct vm vm;
};

static struct vm *vm_with(struct guest *guest, const char *text) {
    CHECK(assemble(text, &guest->text));
    CHECK_TEXT("", guest->text.error);
    guest->program = assembly_program(&guest->text, NULL, 0);
    CHECK_EQ(ST_OK, vm_verify(&guest->program, &guest->verdict));
    CHECK_TEXT("accepted", vm_refusal_text(guest->verdict.refusal));
    vm_init(&guest->vm, &guest->program, guest->ram, RAM_BYTES, guest->return_stack, RETURN_ENTRIES);
    guest->vm.reg[2] = ISA_RAM_BASE + STACK_BYTES;
    guest->vm.fuel = 1000000;
    CHECK_EQ(ST_OK, vm_enter(&guest->vm, 1));
    return &guest->vm;
}

static void a_loop_sums_and_returns(void) {
    static struct guest guest;
    struct vm *vm = vm_with(&guest, "li a0, 0; li a1, 10; loop: add a0, a0, a1; addi a1, a1, -1; bne a1, zero, loop; ret");
    CHECK_EQ(VM_STOP_RETURN, vm_run(vm));
    CHECK_EQ(55, vm->reg[10]);
}

int main(void) {
    static const struct check_test tests[] = {
        TEST(a_loop_sums_and_returns),
    };
    return CHECK_RUN(tests);
}
