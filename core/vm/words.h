/* words: small functions that rows.h is written in, and the host's own loads and stores: the host is little-endian
 * (vm.h), and its compiler turns each of these into one instruction. Private to core/vm. */
#ifndef SKEP_CORE_VM_WORDS_H
#define SKEP_CORE_VM_WORDS_H

#include <stdint.h>
#include <string.h>

#include "core/vm/fields.h"
#include "core/vm/vm.h"

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__,
               "code is executed where it lies: the host must be little-endian");

#define UNLIKELY(condition) __builtin_expect((condition) != 0, 0)

static inline uint32_t code_byte(const uint32_t *word, unsigned n) { return ((const uint8_t *)word)[n]; }
static inline uint32_t load_host16(const uint8_t *from) {
    uint16_t value;
    __builtin_memcpy(&value, from, sizeof value);
    return value;
}
static inline uint32_t load_host32(const uint8_t *from) {
    uint32_t value;
    __builtin_memcpy(&value, from, sizeof value);
    return value;
}
static inline void store_host8(uint8_t *to, uint32_t value) { *to = (uint8_t)value; }
static inline void store_host16(uint8_t *to, uint32_t value) {
    const uint16_t low = (uint16_t)value;
    __builtin_memcpy(to, &low, sizeof low);
}
static inline void store_host32(uint8_t *to, uint32_t value) { __builtin_memcpy(to, &value, sizeof value); }

static inline uint32_t extend8(uint32_t value) {
    const int32_t extended = (int8_t)(uint8_t)value;
    return (uint32_t)extended;
}
static inline uint32_t extend16(uint32_t value) {
    const int32_t extended = (int16_t)(uint16_t)value;
    return (uint32_t)extended;
}
/* The upper twelve of sixteen bits. */
static inline uint32_t extend_high12(uint32_t value) {
    const int32_t extended = (int16_t)(uint16_t)value;
    return (uint32_t)(extended >> 4);
}

static inline uint32_t rotate_right(uint32_t value, uint32_t by) { return value >> by | value << ((32 - by) & 31); }

/* Each byte that is not zero becomes 0xff: its top bit is set when its low seven carry into it or it was set already.
 */
static inline uint32_t filled_bytes(uint32_t value) {
    const uint32_t tops = (((value & 0x7f7f7f7fu) + 0x7f7f7f7fu) | value) >> 7 & 0x01010101u;
    return tops * 0xff;
}

/* Without the host's instruction, which not every x86 has and whose lack would make this a call. */
static inline uint32_t count_ones(uint32_t value) {
    value -= value >> 1 & 0x55555555u;
    value = (value & 0x33333333u) + (value >> 2 & 0x33333333u);
    return ((value + (value >> 4)) & 0x0f0f0f0fu) * 0x01010101u >> 24;
}

/* The word index that a code address names when CALLR may go there, else 0: no entry is word 0. */
static inline uint32_t vm_taken_entry(const struct vm *vm, uint32_t address) {
    const uint32_t index = (address - ISA_CODE_BASE) >> 2;
    if ((address & 3) != 0 || address < ISA_CODE_BASE || index >= vm->code_words) return 0;
    const uint32_t word = vm->code[index], op = word & 0xff;
    return op >= OP_ENTRY0 && op <= OP_ENTRY2 && FIELD_ENTRY_TAKEN(word) ? index : 0;
}

#endif
