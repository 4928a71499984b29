#include "feature.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

/* Unaligned accesses have one meaning: that of their bytes. */
struct __attribute__((packed)) packed {
    uint8_t a;
    uint32_t b;
    uint16_t c;
    uint64_t d;
};

static uint32_t read_anywhere(const void *at) {
    uint32_t value;
    memcpy(&value, at, sizeof value);
    return value;
}

void feature_placement(void) {
    static uint8_t bytes[40];
    for (int i = 0; i < 40; i++) bytes[i] = (uint8_t)(i * 17);
    struct packed packed = {1, 0x12345678, 0xabcd, UINT64_C(0x1122334455667788)};
    packed.b += (uint32_t)feature_hide(1);
    packed.d ^= packed.b;
    printf("%zu %x %x %llx\n", sizeof packed, (unsigned)packed.b, packed.c, (unsigned long long)packed.d);
    for (int i = 0; i < 5; i++) printf("%08x ", (unsigned)read_anywhere(bytes + feature_hide(i)));
    volatile const char *plain = "\x80\x7f";
    printf("\n%d %d %d\n", plain[0] > 0, (char)feature_hide(200) > 0, (signed char)feature_hide(200));
}
