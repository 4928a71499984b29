/* feature: the programs that every compiler at every level must translate to the same output as the host's own
 * compiler. Each file has one function; all.c calls them in turn. */
#ifndef SKEP_TEST_GUEST_FEATURE_H
#define SKEP_TEST_GUEST_FEATURE_H

#ifdef __cplusplus
extern "C" {
#endif

#define FEATURES(X)                                                                                                    \
    X(pointers)                                                                                                        \
    X(switches)                                                                                                        \
    X(gotos)                                                                                                           \
    X(constructors)                                                                                                    \
    X(varargs)                                                                                                         \
    X(structs)                                                                                                         \
    X(wide)                                                                                                            \
    X(floats)                                                                                                          \
    X(doubles)                                                                                                         \
    X(mathematics)                                                                                                     \
    X(weak)                                                                                                            \
    X(jumps)                                                                                                           \
    X(frames)                                                                                                          \
    X(statics)                                                                                                         \
    X(threads)                                                                                                         \
    X(recursion)                                                                                                       \
    X(text)                                                                                                            \
    X(printing)                                                                                                        \
    X(memory)                                                                                                          \
    X(atomics)                                                                                                         \
    X(builtins)                                                                                                        \
    X(placement)                                                                                                       \
    X(sorting)                                                                                                         \
    X(classes)                                                                                                         \
    X(modern)
#define FEATURE_DECLARE(name) void feature_##name(void);
FEATURES(FEATURE_DECLARE)

/* Hides a value from the optimiser. */
static inline int feature_hide(int value) {
    __asm__ volatile("" : "+r"(value));
    return value;
}

#ifdef __cplusplus
}
#endif

#endif
