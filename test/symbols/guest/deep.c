/* A guest to find places in: functions that are called, inlined, and inlined into an inlined one. A comment of the form
 * "mark: NAME" names the line it stands on; symbols_test.c finds lines by these names. */
enum color { RED, GREEN, BLUE };
struct point {
    int x, y;
};

int table[3] = {1, 2, 3};
volatile int sink;

static inline __attribute__((always_inline)) int quotient(int a, int b) { return a / b; /* mark: quotient */ }

static inline __attribute__((always_inline)) int share(int total, int parts) {
    int result = quotient(total, parts); /* mark: share */
    return result + 1;
}

__attribute__((noinline)) int average(const int *values, int count) {
    int sum = 0;
    for (int i = 0; i < count; i++) sum += values[i]; /* mark: sum */
    return share(sum, count) + 5;                     /* mark: average */
}

__attribute__((noinline)) int variables(unsigned char small, const char *text, enum color color) {
    volatile short negative = -3;
    volatile float half = 0.5f;
    volatile double third = 0.25;
    volatile long long wide = -5000000000;
    volatile _Bool yes = 1;
    volatile struct point where = {3, 4};
    static int counter = 7;
    sink = small + text[0] + (int)color + counter + where.x; /* mark: variables */
    return negative + (int)half + (int)third + (int)wide + yes;
}

__attribute__((noinline)) int main(void) {
    int n = average(table, 3);             /* mark: first */
    n += average(table, table[0] - 1) + 1; /* mark: second */
    return n + variables(65, "hello", BLUE);
}

void _start(void) {
    sink = main(); /* mark: start */
    for (;;) {
    }
}
