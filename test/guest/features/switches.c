#include "feature.h"

#include <stdint.h>
#include <stdio.h>

/* Two dense switches in one function: their tables lie next to each other. */
static int two_tables(int a, int b) {
    int result;
    switch (a) {
    case 0: result = 11; break;
    case 1: result = 23; break;
    case 2: result = a * 5; break;
    case 3: result = 37; break;
    case 4: result = 41 + b; break;
    case 5: result = 59; break;
    case 6: result = b << 3; break;
    default: result = -1;
    }
    switch (b) {
    case 10: return result + 1;
    case 11: return result * 3;
    case 12: return result - 7;
    case 13: return result ^ 0x55;
    case 14: return ~result;
    case 15: return result << 1;
    default: return result;
    }
}

/* No guard: the value is masked. */
static int masked(uint32_t value) {
    switch (value & 7) {
    case 0: return 3;
    case 1: return (int)value + 1;
    case 2: return 9;
    case 3: return (int)value * 2;
    case 4: return 81;
    case 5: return -(int)value;
    case 6: return 729;
    case 7: return (int)(value >> 1);
    }
    return 0;
}

/* No guard: the compiler is told that the rest does not happen. */
static int trusting(int value, int x) {
    switch (value) {
    case 0: return x + 1;
    case 1: return x * 2;
    case 2: return x - 3;
    case 3: return x ^ 4;
    case 4: return x << 5;
    case 5: return x / 6;
    default: __builtin_unreachable();
    }
}

static const char *sparse(int value) {
    switch (value) {
    case -1000000: return "far below";
    case -1: return "minus one";
    case 0: return "zero";
    case 77: return "seventy-seven";
    case 1000: return "thousand";
    case 2147483647: return "most";
    default: return "other";
    }
}

static int wide(uint64_t value) {
    switch (value) {
    case 0: return 1;
    case 1: return 5;
    case 2: return 25;
    case 3: return 125;
    case 4: return 625;
    case 0x100000001u: return 3125;
    default: return 0;
    }
}

static int falling(int value) {
    int sum = 0;
    switch (value) {
    case 6: sum += 6;  /* fall through */
    case 5: sum += 50; /* fall through */
    case 4: sum += 400; break;
    case 3: sum += 3;  /* fall through */
    case 2: sum += 20; /* fall through */
    case 1: sum += 100;
    }
    return sum;
}

void feature_switches(void) {
    for (int i = -1; i < 9; i++)
        printf("%d %d %d %d; ", two_tables(i, 10 + i % 6), masked((uint32_t)i), trusting((i + 7) % 6, i), falling(i));
    printf("\n%s %s %s %s %s\n", sparse(feature_hide(-1)), sparse(feature_hide(77)), sparse(feature_hide(2147483647)),
           sparse(feature_hide(5)), sparse(feature_hide(-1000000)));
    for (uint64_t i = 0; i < 6; i++) printf("%d %d; ", wide(i), wide(i | (uint64_t)feature_hide(1) << 32));
    printf("\n");
}
