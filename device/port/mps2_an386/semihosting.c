#include "device/port/mps2_an386/semihosting.h"

enum { SEMIHOSTING_WRITE0 = 0x04, SEMIHOSTING_EXIT_EXTENDED = 0x20, SEMIHOSTING_ENDED = 0x20026 };

static void semihosting(uint32_t operation, const void *argument) {
    register uint32_t r0 __asm("r0") = operation;
    register const void *r1 __asm("r1") = argument;
    __asm volatile("bkpt 0xab" : "+r"(r0) : "r"(r1) : "memory");
}

void semihosting_print(const char *text) { semihosting(SEMIHOSTING_WRITE0, text); }

void semihosting_print_hex(uint32_t value) {
    char text[11] = "0x";
    for (int i = 0; i < 8; i++) text[2 + i] = "0123456789abcdef"[value >> (28 - 4 * i) & 15];
    text[10] = '\0';
    semihosting_print(text);
}

_Noreturn void semihosting_exit(uint32_t status) {
    const uint32_t block[2] = {SEMIHOSTING_ENDED, status};
    for (;;) semihosting(SEMIHOSTING_EXIT_EXTENDED, block);
}
