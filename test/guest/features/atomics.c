#include "feature.h"

#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>

static atomic_int number = 5;
static _Atomic uint8_t small;
static _Atomic uint16_t medium = 100;
static _Atomic uint64_t wide = 7;
static atomic_flag flag = ATOMIC_FLAG_INIT;
static int plain = 3;

static void show(unsigned long long value) { printf("%llu ", value); }

void feature_atomics(void) {
    int expected = 9, other = 8;
    show((unsigned)atomic_fetch_add(&number, feature_hide(4)));
    show((unsigned)atomic_load(&number));
    show(atomic_compare_exchange_strong(&number, &expected, 20));
    show(atomic_compare_exchange_strong(&number, &other, 30));
    show((unsigned)other);
    atomic_store(&small, (uint8_t)feature_hide(250));
    small += 10;
    medium ^= 0xff;
    wide = wide * 3;
    show(small);
    show(medium);
    show(wide);
    show(atomic_flag_test_and_set(&flag));
    show(atomic_flag_test_and_set(&flag));
    show((unsigned)__sync_fetch_and_or(&plain, 8));
    show((unsigned)__sync_add_and_fetch(&plain, 1));
    show((unsigned)__sync_val_compare_and_swap(&plain, 12, 1));
    __sync_synchronize();
    atomic_thread_fence(memory_order_seq_cst);
    printf("%d\n", plain);
}
