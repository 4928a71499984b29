/* atomic: the calls that compilers make for atomic operations where the machine has none. A task is one thread, and
 * nothing of it runs while it is between two words, so that plain loads and stores are atomic. The names are the
 * compilers' own. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define NAMED(name) __asm__(#name)

#define FETCH(type, bytes, word, expression)                                                                           \
    type atomic_fetch_##word##_##bytes(volatile type *at, type value, int order)                                       \
        NAMED(__atomic_fetch_##word##_##bytes);                                                                        \
    type atomic_fetch_##word##_##bytes(volatile type *at, type value, int order) {                                     \
        (void)order;                                                                                                   \
        type old = *at;                                                                                                \
        *at = (type)(expression);                                                                                      \
        return old;                                                                                                    \
    }                                                                                                                  \
    type sync_fetch_##word##_##bytes(volatile type *at, type value) NAMED(__sync_fetch_and_##word##_##bytes);          \
    type sync_fetch_##word##_##bytes(volatile type *at, type value) {                                                  \
        type old = *at;                                                                                                \
        *at = (type)(expression);                                                                                      \
        return old;                                                                                                    \
    }                                                                                                                  \
    type sync_##word##_fetch_##bytes(volatile type *at, type value) NAMED(__sync_##word##_and_fetch_##bytes);          \
    type sync_##word##_fetch_##bytes(volatile type *at, type value) {                                                  \
        type old = *at;                                                                                                \
        return *at = (type)(expression);                                                                               \
    }

#define WIDTH(type, bytes)                                                                                             \
    type atomic_load_##bytes(const volatile type *at, int order) NAMED(__atomic_load_##bytes);                         \
    type atomic_load_##bytes(const volatile type *at, int order) {                                                     \
        (void)order;                                                                                                   \
        return *at;                                                                                                    \
    }                                                                                                                  \
    void atomic_store_##bytes(volatile type *at, type value, int order) NAMED(__atomic_store_##bytes);                 \
    void atomic_store_##bytes(volatile type *at, type value, int order) {                                              \
        (void)order;                                                                                                   \
        *at = value;                                                                                                   \
    }                                                                                                                  \
    type atomic_exchange_##bytes(volatile type *at, type value, int order) NAMED(__atomic_exchange_##bytes);           \
    type atomic_exchange_##bytes(volatile type *at, type value, int order) {                                           \
        (void)order;                                                                                                   \
        type old = *at;                                                                                                \
        *at = value;                                                                                                   \
        return old;                                                                                                    \
    }                                                                                                                  \
    bool atomic_swap_##bytes(volatile type *at, type *expected, type value, int success, int failure)                  \
        NAMED(__atomic_compare_exchange_##bytes);                                                                      \
    bool atomic_swap_##bytes(volatile type *at, type *expected, type value, int success, int failure) {                \
        (void)success, (void)failure;                                                                                  \
        type old = *at;                                                                                                \
        bool same = old == *expected;                                                                                  \
        if (same)                                                                                                      \
            *at = value;                                                                                               \
        else                                                                                                           \
            *expected = old;                                                                                           \
        return same;                                                                                                   \
    }                                                                                                                  \
    type sync_swap_##bytes(volatile type *at, type expected, type value) NAMED(__sync_val_compare_and_swap_##bytes);   \
    type sync_swap_##bytes(volatile type *at, type expected, type value) {                                             \
        type old = *at;                                                                                                \
        if (old == expected) *at = value;                                                                              \
        return old;                                                                                                    \
    }                                                                                                                  \
    bool sync_bool_swap_##bytes(volatile type *at, type expected, type value)                                          \
        NAMED(__sync_bool_compare_and_swap_##bytes);                                                                   \
    bool sync_bool_swap_##bytes(volatile type *at, type expected, type value) {                                        \
        if (*at != expected) return false;                                                                             \
        *at = value;                                                                                                   \
        return true;                                                                                                   \
    }                                                                                                                  \
    type sync_take_##bytes(volatile type *at, type value) NAMED(__sync_lock_test_and_set_##bytes);                     \
    type sync_take_##bytes(volatile type *at, type value) {                                                            \
        type old = *at;                                                                                                \
        *at = value;                                                                                                   \
        return old;                                                                                                    \
    }                                                                                                                  \
    FETCH(type, bytes, add, old + value)                                                                               \
    FETCH(type, bytes, sub, old - value)                                                                               \
    FETCH(type, bytes, and, old &value)                                                                                \
    FETCH(type, bytes, or, old | value)                                                                                \
    FETCH(type, bytes, xor, old ^ value)                                                                               \
    FETCH(type, bytes, nand, ~(old & value))

WIDTH(uint8_t, 1)
WIDTH(uint16_t, 2)
WIDTH(uint32_t, 4)
WIDTH(uint64_t, 8)

void atomic_load(size_t length, const void *at, void *to, int order) NAMED(__atomic_load);
void atomic_load(size_t length, const void *at, void *to, int order) {
    (void)order;
    memcpy(to, at, length);
}

void atomic_store(size_t length, void *at, const void *from, int order) NAMED(__atomic_store);
void atomic_store(size_t length, void *at, const void *from, int order) {
    (void)order;
    memcpy(at, from, length);
}

void atomic_exchange(size_t length, void *at, const void *from, void *to, int order) NAMED(__atomic_exchange);
void atomic_exchange(size_t length, void *at, const void *from, void *to, int order) {
    (void)order;
    memcpy(to, at, length);
    memcpy(at, from, length);
}

bool atomic_swap(size_t length, void *at, void *expected, const void *value, int success, int failure)
    NAMED(__atomic_compare_exchange);
bool atomic_swap(size_t length, void *at, void *expected, const void *value, int success, int failure) {
    (void)success, (void)failure;
    bool same = memcmp(at, expected, length) == 0;
    if (same)
        memcpy(at, value, length);
    else
        memcpy(expected, at, length);
    return same;
}

bool atomic_is_lock_free(size_t length, const void *at) NAMED(__atomic_is_lock_free);
bool atomic_is_lock_free(size_t length, const void *at) {
    (void)length, (void)at;
    return true;
}
