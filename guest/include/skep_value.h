/* skep_value: values that a program offers, declared in one line each (spec/value.md):
 *
 *     SKEP_VALUE(temperature, 1, 2, SKEP_VALUE_F32, .name = "temperature", .unit = "C", .read_level = SKEP_PUBLIC,
 *                .flags = SKEP_VALUE_READ_ONLY, .minimum = {.f = -40}, .maximum = {.f = 125});
 *     skep_value_set(temperature, skep_value_float(21.5f));
 *
 * The row takes no memory of the program and no instruction; `temperature` is its object id, a constant. */
#ifndef SKEP_VALUE_H
#define SKEP_VALUE_H

#include "skep_calls.h"

enum skep_value_type { SKEP_VALUE_BOOL, SKEP_VALUE_I32, SKEP_VALUE_F32, SKEP_VALUE_F16 };
enum skep_value_flag { SKEP_VALUE_READ_ONLY = 1, SKEP_VALUE_PERSISTENT = 2, SKEP_VALUE_STICKY = 4, SKEP_VALUE_PIN = 8 };
enum skep_level { SKEP_PUBLIC, SKEP_USER, SKEP_ADMIN, SKEP_FACTORY };

union skep_value_bits {
    uint32_t u;
    int32_t i;
    float f;
};

struct skep_value_row {
    uint8_t number, group, type, flags;
    uint8_t read_level, write_level;
    uint16_t zero;
    uint32_t rate_ms;
    union skep_value_bits initial, minimum, maximum, epsilon;
    uint32_t pin;
    char name[16];
    char unit[8];
};
SKEP_ASSERT(sizeof(struct skep_value_row) == 56);

#define SKEP_VALUE(identifier, group_, number_, type_, ...)                                                            \
    enum { identifier = (group_) << 8 | (number_) };                                                                   \
    __attribute__((section(".skep.values"), used, aligned(4))) static const struct skep_value_row identifier##_row = { \
        .number = (number_), .group = (group_), .type = (type_), __VA_ARGS__}

static inline uint32_t skep_value_float(float number) { return ((union skep_value_bits){.f = number}).u; }
static inline float skep_value_as_float(uint32_t bits) { return ((union skep_value_bits){.u = bits}).f; }

#endif
