#include "feature.h"

#include <stdio.h>
#include <stdlib.h>

static int order[4], count;

__attribute__((constructor(202))) static void second(void) { order[count++] = 202; }
__attribute__((constructor(201))) static void first(void) { order[count++] = 201; }
__attribute__((constructor)) static void last(void) { order[count++] = 999; }

static void at_exit_one(void) { puts("at exit: one"); }
static void at_exit_two(void) { puts("at exit: two"); }

void feature_constructors(void) {
    printf("%d:", count);
    for (int i = 0; i < count; i++) printf(" %d", order[i]);
    printf("\n");
    atexit(at_exit_one);
    atexit(at_exit_two);
}
