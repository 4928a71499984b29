#include "feature.h"

#include <stdio.h>

/* A machine of computed jumps: labels in a table, kept in a variable, and passed through memory. */
static int machine(const unsigned char *code) {
    static const void *const labels[] = {&&push, &&add, &&multiply, &&duplicate, &&swap, &&end};
    int stack[16], depth = 0;
    void *saved[2] = {&&end, &&add};
#define NEXT goto *labels[*code++]
    NEXT;
push:
    stack[depth++] = *code++;
    NEXT;
add:
    depth--;
    stack[depth - 1] += stack[depth];
    NEXT;
multiply:
    depth--;
    stack[depth - 1] *= stack[depth];
    NEXT;
duplicate:
    stack[depth] = stack[depth - 1];
    depth++;
    NEXT;
swap: {
    int old = stack[depth - 1];
    stack[depth - 1] = stack[depth - 2];
    stack[depth - 2] = old;
    NEXT;
}
end:
    if (depth > 1) {
        saved[0] = saved[1];
        code--;
        goto *saved[0];
    }
    return stack[0];
}

static int loop_with_labels(int count) {
    int sum = 0;
    void *state = &&odd;
again:
    if (count-- == 0) return sum;
    goto *state;
odd:
    sum += 3;
    state = &&even;
    goto again;
even:
    sum *= 2;
    state = &&odd;
    goto again;
}

void feature_gotos(void) {
    static const unsigned char program[] = {0, 6, 3, 2, 0, 5, 4, 1, 0, 9, 0, 4, 5};
    printf("%d %d %d\n", machine(program), loop_with_labels(feature_hide(7)), loop_with_labels(0));
}
