#include "feature.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

_Thread_local int shared_thread_local = 17;
static _Thread_local long long zeroed[3];
static _Thread_local struct {
    char name[6];
    double value;
} record = {"start", 0.5};

static int *address_of_thread_local(void) { return &shared_thread_local; }

void feature_threads(void) {
    errno = 0;
    long value = strtol("99999999999999999999", NULL, 10);
    printf("%d %d\n", value == LONG_MAX, errno == ERANGE);
    errno = 0;
    printf("%ld %d\n", strtol("-1234 rest", NULL, 10), errno);
    *address_of_thread_local() += feature_hide(5);
    zeroed[feature_hide(1)] = shared_thread_local;
    record.value *= 3;
    record.name[0] = 'S';
    printf("%d %lld %lld %s %g\n", shared_thread_local, zeroed[0], zeroed[1], record.name, record.value);
}
