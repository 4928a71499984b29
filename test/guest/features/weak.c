#include "feature.h"

#include <stdio.h>

int weak_defined(int) __attribute__((weak));
int weak_defined(int value) { return value + 1; }
int weak_missing(int) __attribute__((weak));
extern int weak_variable __attribute__((weak));
int weak_replaced(int); /* weak here, strong in sorting.c */
__attribute__((weak)) int weak_replaced(int value) { return -value; }
int weak_alias(int) __attribute__((alias("weak_defined")));

void feature_weak(void) {
    printf("%d %d %d %d\n", weak_defined(feature_hide(4)), weak_missing ? weak_missing(3) : -1, &weak_variable ? 1 : 0,
           weak_replaced(feature_hide(6)));
    if (weak_missing) printf("never %d\n", weak_missing(1));
    printf("%d\n", weak_alias(feature_hide(9)));
}
