#include "feature.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int weak_replaced(int);
int weak_replaced(int value) { return value * 100; }

struct record {
    char name[12];
    short key;
};

static int by_key(const void *a, const void *b) {
    return ((const struct record *)a)->key - ((const struct record *)b)->key;
}
static int by_name(const void *a, const void *b) {
    return strcmp(((const struct record *)a)->name, ((const struct record *)b)->name);
}
static int ascending(const void *a, const void *b) {
    int x = *(const int *)a, y = *(const int *)b;
    return (x > y) - (x < y);
}

void feature_sorting(void) {
    static int numbers[300];
    unsigned state = 12345;
    for (int i = 0; i < 300; i++)
        numbers[i] = (int)((state = state * 1103515245u + 12345u) >> 8) % 1000 * (i % 2 ? 1 : -1);
    qsort(numbers, 300, sizeof numbers[0], ascending);
    int good = 1;
    for (int i = 1; i < 300; i++) good &= numbers[i - 1] <= numbers[i];
    int key = numbers[123], *found = bsearch(&key, numbers, 300, sizeof numbers[0], ascending);
    printf("%d %d %d %d\n", good, numbers[0], numbers[299], found && *found == key);

    struct record records[] = {{"delta", 4}, {"alpha", 30}, {"charlie", -2}, {"bravo", 17}};
    qsort(records, 4, sizeof records[0], by_key);
    for (int i = 0; i < 4; i++) printf("%s ", records[i].name);
    qsort(records, 4, sizeof records[0], by_name);
    for (int i = 0; i < 4; i++) printf("%d ", records[i].key);
    printf("\n");
}
