/* A bug on purpose: the third reading is missing, and nobody looks before using it. The report names this file, the
 * line in `average` and how it got there, and no other task notices. */
#include <stdio.h>

struct reading {
    int celsius;
};

static const struct reading morning = {11}, noon = {19};

static int average(const struct reading *const *readings, int count) {
    int sum = 0;
    for (int i = 0; i < count; i++) sum += readings[i]->celsius;
    return sum / count;
}

static void report(void) {
    const struct reading *const readings[] = {&morning, &noon, NULL};
    printf("average of two: %d\n", average(readings, 2));
    printf("average of three: %d\n", average(readings, 3));
}

int main(void) {
    printf("about to use a reading that is not there\n");
    report();
    return 0;
}
