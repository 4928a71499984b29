#include "feature.h"

#include <stdio.h>

static int ackermann(int m, int n) {
    return m == 0 ? n + 1 : n == 0 ? ackermann(m - 1, 1) : ackermann(m - 1, ackermann(m, n - 1));
}

static int is_odd(int n);
static int is_even(int n) { return n == 0 ? 1 : is_odd(n - 1); }
static int is_odd(int n) { return n == 0 ? 0 : is_even(n - 1); }

static void hanoi(int count, int from, int to, int over, int *moves) {
    if (count == 0) return;
    hanoi(count - 1, from, over, to, moves);
    *moves = (*moves * 7 + from * 3 + to) % 10007;
    hanoi(count - 1, over, to, from, moves);
}

typedef int step(int, int);
static int finish(int value, int rest) { return value * 2 + rest; }
static int bounce(int value, int rest) {
    step *const next[] = {finish, bounce};
    return next[rest > 0](value + rest, rest - 1);
}

static int queens(int row, unsigned columns, unsigned left, unsigned right, int size) {
    if (row == size) return 1;
    int count = 0;
    for (unsigned free = ~(columns | left | right) & ((1u << size) - 1); free; free &= free - 1) {
        unsigned bit = free & -free;
        count += queens(row + 1, columns | bit, (left | bit) << 1, (right | bit) >> 1, size);
    }
    return count;
}

void feature_recursion(void) {
    int moves = 0;
    hanoi(feature_hide(7), 1, 2, 3, &moves);
    printf("%d %d %d %d %d\n", ackermann(2, feature_hide(3)), is_even(feature_hide(101)), moves,
           bounce(1, feature_hide(50)), queens(0, 0, 0, 0, feature_hide(6)));
}
