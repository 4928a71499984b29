#include "feature.h"

#include <stdarg.h>
#include <stdio.h>

struct pair {
    int a, b;
};
struct triple {
    double x;
    char c;
    long long y;
};

static double sum_all(const char *kinds, ...) {
    va_list list;
    double sum = 0;
    va_start(list, kinds);
    for (; *kinds; kinds++) {
        if (*kinds == 'i') sum += va_arg(list, int);
        if (*kinds == 'd') sum += va_arg(list, double);
        if (*kinds == 'l') sum += (double)va_arg(list, long long);
        if (*kinds == 'p') {
            struct pair pair = va_arg(list, struct pair);
            sum += pair.a * pair.b;
        }
        if (*kinds == 't') {
            struct triple triple = va_arg(list, struct triple);
            sum += triple.x + triple.c + (double)triple.y;
        }
        if (*kinds == 's') sum += *va_arg(list, char *);
    }
    va_end(list);
    return sum;
}

static int format(char *to, size_t capacity, const char *text, ...) {
    va_list list, copy;
    va_start(list, text);
    va_copy(copy, list);
    int length = vsnprintf(NULL, 0, text, copy);
    va_end(copy);
    vsnprintf(to, capacity, text, list);
    va_end(list);
    return length;
}

static int pick(int index, ...) {
    va_list list;
    int value = 0;
    va_start(list, index);
    while (index-- >= 0) value = va_arg(list, int);
    va_end(list);
    return value;
}

void feature_varargs(void) {
    struct pair pair = {3, 4};
    struct triple triple = {1.5, 'A', 1LL << 40};
    char text[40];
    printf("%.3f\n", sum_all("i", 5));
    printf("%.3f\n", sum_all("idldi", 1, 2.5, 1LL << 33, 0.125, -7));
    printf("%.3f\n", sum_all("pidtl", pair, 10, 0.5, triple, -1LL));
    printf("%.3f\n", sum_all("diiiiddpps", 1.0, 1, 2, 3, 4, 0.25, 0.5, pair, pair, "!"));
    int length = format(text, 16, "%d-%s-%lld-%g", 42, "some text", 123456789012LL, 2.5);
    printf("%d %s\n", length, text);
    for (int i = 0; i < 9; i++) printf("%d ", pick(i, 10, 21, 32, 43, 54, 65, 76, 87, 98));
    printf("\n");
}
