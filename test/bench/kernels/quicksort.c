/* quicksort: 8192 integers, median of three, insertion sort for short pieces. */
#include "kernel.h"

enum { COUNT = 8192, SHORT = 12 };
static int32_t values[COUNT];

static void swap(int32_t *a, int32_t *b) {
    int32_t old = *a;
    *a = *b;
    *b = old;
}

static void insertion_sort(int32_t *first, int32_t *last) {
    for (int32_t *at = first + 1; at <= last; at++) {
        int32_t value = *at, *to = at;
        while (to > first && to[-1] > value) {
            to[0] = to[-1];
            to--;
        }
        *to = value;
    }
}

static void quicksort(int32_t *first, int32_t *last) {
    while (last - first > SHORT) {
        int32_t *middle = first + (last - first) / 2;
        if (*middle < *first) swap(middle, first);
        if (*last < *first) swap(last, first);
        if (*last < *middle) swap(last, middle);
        int32_t pivot = *middle, *left = first, *right = last;
        while (left <= right) {
            while (*left < pivot) left++;
            while (*right > pivot) right--;
            if (left <= right) swap(left++, right--);
        }
        if (right - first < last - left) {
            quicksort(first, right);
            first = left;
        } else {
            quicksort(left, last);
            last = right;
        }
    }
    insertion_sort(first, last);
}

uint32_t kernel(uint32_t rounds) {
    uint32_t checksum = rounds;
    for (uint32_t round = 0; round < rounds; round++) {
        uint32_t seed = checksum;
        for (int i = 0; i < COUNT; i++) values[i] = (int32_t)(kernel_random(&seed) - 0x800000u);
        quicksort(values, values + COUNT - 1);
        for (int i = 0; i < COUNT; i += 64) checksum = kernel_mix(checksum, (uint32_t)values[i]);
    }
    return checksum;
}
