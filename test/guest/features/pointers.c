#include "feature.h"

#include <stdint.h>
#include <stdio.h>

typedef int operation(int, int);
static int add(int a, int b) { return a + b; }
static int subtract(int a, int b) { return a - b; }
static int multiply(int a, int b) { return a * b; }

static operation *const constant_table[] = {add, subtract, multiply};
static operation *variable_table[] = {multiply, add};

struct device {
    const char *name;
    operation *operate;
    int (*const *nested)(int, int);
};
static const struct device devices[] = {{"one", add, constant_table}, {"two", multiply, constant_table + 1}};

static operation *choose(int which) { return which ? subtract : add; }

static int apply(operation *f, int count) {
    int sum = 0;
    for (int i = 0; i < count; i++) sum = f(sum + 3, i);
    return sum;
}

void feature_pointers(void) {
    for (int i = 0; i < 3; i++) printf("%d ", constant_table[feature_hide(i)](7, 5));
    variable_table[feature_hide(0)] = subtract;
    for (int i = 0; i < 2; i++) printf("%d ", variable_table[feature_hide(i)](7, 5));
    for (int i = 0; i < 2; i++)
        printf("%s %d %d ", devices[i].name, devices[i].operate(6, 7), devices[i].nested[0](9, 4));
    printf("\n%d %d %d\n", choose(feature_hide(1))(1, 2), apply(choose(0), 5), apply(multiply, 5));
    operation *volatile same = add;
    printf("%d %d %d\n", same == constant_table[0], same == subtract, (uintptr_t)same % 2 == 0);
    uintptr_t number = (uintptr_t)same;
    printf("%d\n", ((operation *)number)(20, 22));
}
