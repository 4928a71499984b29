#include "feature.h"

#include <setjmp.h>
#include <stdio.h>

static jmp_buf outer, inner;
static int steps;

static void deep(int depth) {
    steps++;
    if (depth == 0) longjmp(outer, 5);
    deep(depth - 1);
    steps += 1000;
}

static int nested(int which) {
    volatile int stage = 0;
    int result = setjmp(inner);
    if (result == 0) {
        stage = 1;
        if (which == 1) longjmp(inner, 0); /* arrives as 1 */
        if (which == 2) longjmp(outer, 20 + which);
        return 100 + stage;
    }
    return 200 + result * 10 + stage;
}

/* What lives on across a second return must not share its place with anything used in between. */
static int survivors(int a) {
    int b = a * 3, c = a ^ 21, d = a + 1000;
    volatile int tries = 0;
    jmp_buf here;
    int result = setjmp(here);
    if (result < 4) {
        tries++;
        int noise[8];
        for (int i = 0; i < 8; i++) noise[i] = feature_hide(i) * result;
        longjmp(here, result + 1 + (noise[7] & 0));
    }
    return a + b * 2 + c * 3 + d * 5 + tries * 7 + result;
}

void feature_jumps(void) {
    switch (setjmp(outer)) {
    case 0: deep(6); break;
    case 5: printf("back with 5 after %d\n", steps); break;
    default: printf("unexpected\n");
    }
    volatile int round = 0;
    int value = setjmp(outer);
    printf("round %d value %d\n", round, value);
    if (round < 3) {
        int which = round++;
        printf("%d\n", nested(which));
        longjmp(outer, 90 + which);
    }
    printf("%d %d\n", survivors(feature_hide(11)), survivors(feature_hide(-3)));
}
