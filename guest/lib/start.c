/* start: the first function of every guest. The loader has placed data, zeroed the rest and set sp; what is left is
 * to run constructors and main, and to hand main's result to exit. */
#include <stdlib.h>

typedef void initializer(void);
extern initializer *const __preinit_array_start[], *const __preinit_array_end[];
extern initializer *const __init_array_start[], *const __init_array_end[];

int main(void);

static void run_all(initializer *const *first, initializer *const *end) {
    for (; first < end; first++) (*first)();
}

__attribute__((used, noreturn)) void _start(void) {
    run_all(__preinit_array_start, __preinit_array_end);
    run_all(__init_array_start, __init_array_end);
    exit(main());
}
