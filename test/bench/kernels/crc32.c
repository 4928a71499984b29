/* crc32: the usual table, one byte at a time, over 32 KiB. */
#include "kernel.h"

enum { BYTES = 32768 };
static uint8_t data[BYTES];
static uint32_t table[256];

static void fill(uint32_t seed) {
    for (uint32_t i = 0; i < 256; i++) {
        uint32_t value = i;
        for (int bit = 0; bit < 8; bit++) value = value & 1 ? value >> 1 ^ 0xedb88320u : value >> 1;
        table[i] = value;
    }
    for (uint32_t i = 0; i < BYTES; i++) data[i] = (uint8_t)kernel_random(&seed);
}

static uint32_t crc32(const uint8_t *bytes, uint32_t length) {
    uint32_t crc = 0xffffffffu;
    while (length-- > 0) crc = table[(crc ^ *bytes++) & 0xff] ^ crc >> 8;
    return ~crc;
}

uint32_t kernel(uint32_t rounds) {
    uint32_t checksum = rounds;
    fill(rounds);
    for (uint32_t round = 0; round < rounds; round++) {
        checksum = kernel_mix(checksum, crc32(data, BYTES));
        data[checksum % BYTES] ^= 1;
    }
    return checksum;
}
