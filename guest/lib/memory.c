/* memory: the C library's byte operations, each one bytecode operation (spec/isa.md section 6). The operands of those
 * operations are fixed registers, hence the register variables. */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum {
    FIND_STEP_BYTES = 64, /* a search is charged for all bytes of its step, found or not: so look at a few at a time */
};

void *memmove(void *to, const void *from, size_t length) {
    register void *a __asm__("a0") = to;
    register const void *b __asm__("a1") = from;
    register size_t c __asm__("a2") = length;
    __asm__ volatile(".insn r 0x2b, 0, 0, x0, x0, x0" : "+r"(a), "+r"(b), "+r"(c) : : "memory");
    return to;
}

void *memcpy(void *restrict to, const void *restrict from, size_t length) {
    register void *a __asm__("a0") = to;
    register const void *b __asm__("a1") = from;
    register size_t c __asm__("a2") = length;
    __asm__ volatile(".insn r 0x2b, 0, 0, x0, x0, x0" : "+r"(a), "+r"(b), "+r"(c) : : "memory");
    return to;
}

void *memset(void *to, int byte, size_t length) {
    register void *a __asm__("a0") = to;
    register int b __asm__("a1") = byte;
    register size_t c __asm__("a2") = length;
    __asm__ volatile(".insn r 0x2b, 1, 0, x0, x0, x0" : "+r"(a), "+r"(c) : "r"(b) : "memory");
    return to;
}

int memcmp(const void *left, const void *right, size_t length) {
    register const void *b __asm__("a0") = left;
    register const void *c __asm__("a1") = right;
    register size_t d __asm__("a2") = length;
    register int a __asm__("a3");
    __asm__ volatile(".insn r 0x2b, 2, 0, x0, x0, x0" : "=r"(a), "+r"(b), "+r"(c), "+r"(d) : : "memory");
    return a;
}

/* The first such byte among length bytes, or NULL. */
static void *find(const void *in, int byte, size_t length) {
    register const void *a __asm__("a0") = in;
    register int b __asm__("a1") = byte;
    register size_t c __asm__("a2") = length;
    __asm__ volatile(".insn r 0x2b, 3, 0, x0, x0, x0" : "+r"(a), "+r"(c) : "r"(b) : "memory");
    return c != 0 ? (void *)(uintptr_t)a : NULL;
}

void *memchr(const void *in, int byte, size_t length) {
    const char *at = in;
    while (length > FIND_STEP_BYTES) {
        void *found = find(at, byte, FIND_STEP_BYTES);
        if (found) return found;
        at += FIND_STEP_BYTES;
        length -= FIND_STEP_BYTES;
    }
    return find(at, byte, length);
}

size_t strlen(const char *text) {
    const char *at = text;
    char *end;
    while (!(end = find(at, 0, FIND_STEP_BYTES))) at += FIND_STEP_BYTES;
    return (size_t)(end - text);
}

char *stpcpy(char *restrict to, const char *restrict from) {
    size_t length = strlen(from);
    memcpy(to, from, length + 1);
    return to + length;
}

char *strcpy(char *restrict to, const char *restrict from) {
    memcpy(to, from, strlen(from) + 1);
    return to;
}

char *strcat(char *restrict to, const char *restrict from) {
    strcpy(to + strlen(to), from);
    return to;
}
