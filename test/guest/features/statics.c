#include "feature.h"

#include <stdio.h>
#include <string.h>

static int counter(void) {
    static int count = 40, calls;
    calls++;
    return count += calls;
}

static const char *cycle(void) {
    static const char *const names[] = {"north", "east", "south", "west"};
    static unsigned at;
    return names[at++ % 4];
}

/* Data far apart, so that addresses cross the places where their halves change. */
static char before[30000], middle[5000] = {1}, after[40000];
static long long edge[4] = {1, 2, 3, 4};
static const int constants[3000] = {[0] = 5, [1500] = 6, [2999] = 7};
static int *const pointers[] = {(int *)&before[29996], (int *)&after[0]};
const char *const shared = "one string";

int hidden_offset(const int *array, int index);
__attribute__((noinline)) int hidden_offset(const int *array, int index) { return array[index - 1000000]; }

void feature_statics(void) {
    for (int i = 0; i < 3; i++) printf("%d ", counter());
    for (int i = 0; i < 5; i++) printf("%s ", cycle());
    memset(before, 1, sizeof before);
    memset(after, 2, sizeof after);
    before[feature_hide(29999)] = 9;
    after[feature_hide(39999)] = 8;
    edge[feature_hide(3)] += edge[feature_hide(0)] << 35;
    printf("\n%d %d %d %lld %d\n", before[29999] + before[0], after[39999] + after[1], middle[feature_hide(0)], edge[3],
           constants[feature_hide(1500)] + constants[2999] + constants[1]);
    printf("%x %x %s %d\n", (unsigned)*pointers[0], (unsigned)*pointers[1], shared,
           hidden_offset(constants, feature_hide(1001500)));
}
