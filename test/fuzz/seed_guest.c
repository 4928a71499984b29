/* The ELF that the fuzzing of ELF reading begins with: small, with one of everything that lowering looks at. */
typedef unsigned u;
static u twice(u x) { return x + x; }
static u square(u x) { return x * x; }
static u (*const table[])(u) = {twice, square};
static const char text[] = "bytes to read";
u counter = 3, zeros[4];

__attribute__((noinline)) static u choose(u x) {
    switch (x % 8) {
    case 0: return 7;
    case 1: return x * 3;
    case 2: return x ^ 0x1234;
    case 3: return zeros[1];
    case 4: return counter++;
    case 5: return (u)text[x % 13];
    case 6: return x / 3;
    default: return x << 4;
    }
}

void _start(void) {
    u sum = 0;
    for (u i = 0; i < 20; i++) {
        sum += choose(i + counter);
        sum ^= table[i & 1](sum);
        zeros[i & 3] = sum;
    }
    counter = sum;
    __asm__ volatile(".insn i 0x0b, 1, x0, x0, 2");
    __builtin_unreachable();
}
