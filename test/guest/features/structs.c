#include "feature.h"

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

struct tiny {
    uint8_t a;
};
struct two {
    int32_t a, b;
};
struct mixed {
    uint8_t a;
    uint16_t b;
    float c;
};
struct large {
    int32_t values[9];
    double d;
};
struct bits {
    unsigned a : 3, b : 7;
    int c : 5;
    unsigned long long d : 40;
    signed e : 1;
};
union number {
    float f;
    uint32_t u;
    uint8_t bytes[4];
};
struct nested {
    struct tiny tiny[3];
    struct {
        struct two two;
        union number number;
    } inner;
    char tail[5];
};

static struct tiny make_tiny(int a) { return (struct tiny){(uint8_t)a}; }
static struct two swap(struct two in) { return (struct two){in.b, in.a}; }
static struct mixed scale(struct mixed in, float by) {
    return (struct mixed){(uint8_t)(in.a + 1), (uint16_t)(in.b * 2), in.c * by};
}
static struct large fill(int start, struct two add) {
    struct large result = {{0}, start * 0.5};
    for (int i = 0; i < 9; i++) result.values[i] = start + i * add.a + add.b;
    return result;
}
static int total(struct large large, struct tiny tiny, struct two two, struct large other) {
    int sum = tiny.a + two.a - two.b + (int)(large.d + other.d);
    for (int i = 0; i < 9; i++) sum += large.values[i] - other.values[8 - i];
    return sum;
}

void feature_structs(void) {
    struct two two = swap((struct two){feature_hide(1), 2});
    struct mixed mixed = scale((struct mixed){200, 40000, 1.25f}, (float)feature_hide(3));
    struct large one = fill(feature_hide(10), two), other = fill(feature_hide(-4), swap(two));
    printf("%d %d %d %d %d %g\n", make_tiny(feature_hide(300)).a, two.a, two.b, mixed.a, mixed.b, (double)mixed.c);
    printf("%d %d\n", total(one, make_tiny(7), two, other), total(other, make_tiny(9), swap(two), one));

    struct bits bits = {0};
    bits.a = (unsigned)feature_hide(13) & 7;
    bits.b = 100;
    bits.c = feature_hide(-9);
    bits.d = 0x1234567890ull + (unsigned)feature_hide(1);
    bits.e = feature_hide(1) ? -1 : 0;
    printf("%u %u %d %llx %d\n", bits.a, bits.b, bits.c, (unsigned long long)bits.d, bits.e);

    union number number = {.f = (float)feature_hide(-3)};
    struct nested a = {{{1}, {2}, {3}}, {{4, 5}, number}, "tail"}, b = a;
    b.inner.two = swap(b.inner.two);
    printf("%08x %u %d %d %s %d\n", (unsigned)number.u, number.bytes[3], b.tiny[2].a, b.inner.two.a, b.tail,
           memcmp(&a, &b, sizeof a) != 0);
    printf("%zu %zu %zu %zu %zu\n", sizeof(struct mixed), sizeof(struct large), sizeof(struct bits),
           sizeof(struct nested), offsetof(struct large, d));
}
