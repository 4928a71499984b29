/* A bug on purpose: there is no reading for every hour, and nobody looks before using one. The report names this file,
 * the line in `warmer_by` and how the program got there, and no other task notices. */
#include <stddef.h>
#include <stdio.h>

struct reading {
    int hour, celsius;
};

static const struct reading readings[] = {{6, 11}, {12, 19}, {18, 15}};

/* NULL when nothing was measured at that hour. */
static const struct reading *reading_at(int hour) {
    for (size_t i = 0; i < sizeof readings / sizeof readings[0]; i++)
        if (readings[i].hour == hour) return &readings[i];
    return NULL;
}

__attribute__((noinline)) static int warmer_by(int from_hour, int to_hour) {
    const struct reading *from = reading_at(from_hour);
    const struct reading *to = reading_at(to_hour);
    return to->celsius - from->celsius;
}

__attribute__((noinline)) static void report(int hour) {
    printf("from 6 to %d it got warmer by %d\n", hour, warmer_by(6, hour));
}

int main(void) {
    for (int hour = 12; hour <= 24; hour += 6) report(hour);
    return 0;
}
