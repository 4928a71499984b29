/* fields: where a word keeps its operands, as numbers ready to use. Private to core/vm; the places are those of
 * spec/isa.json. */
#ifndef SKEP_CORE_VM_FIELDS_H
#define SKEP_CORE_VM_FIELDS_H

#include <stdint.h>

/* Register numbers: every form that has a field a keeps it in bits 11..8, and so on. */
#define FIELD_A(word) ((word) >> 8 & 15)
#define FIELD_B(word) ((word) >> 12 & 15)
#define FIELD_C(word) ((word) >> 16 & 15)
#define FIELD_D(word) ((word) >> 20 & 15)
#define FIELD_E(word) ((word) >> 24 & 15)
#define FIELD_F(word) ((word) >> 28)

/* Signed fields come sign-extended to 32 bits, as the unsigned number that adding them needs. */
#define FIELD_I16(word)         ((uint32_t)((int32_t)(word) >> 16))
#define FIELD_I20(word)         ((uint32_t)((int32_t)(word) >> 12))
#define FIELD_OFFSET16(word)    ((uint32_t)((int32_t)(word) >> 16))
#define FIELD_OFFSET12(word)    ((uint32_t)((int32_t)(word) >> 20))
#define FIELD_OFFSET8(word)     ((uint32_t)((int32_t)(word) >> 24))
#define FIELD_INCREMENT8(word)  ((uint32_t)((int32_t)((word) << 8) >> 24))
#define FIELD_INCREMENT4(word)  ((uint32_t)((int32_t)((word) << 12) >> 28))
#define FIELD_DISP24(word)      ((word) >> 8)
#define FIELD_CALL24(word)      ((int32_t)(word) >> 8)
#define FIELD_DISP16(word)      ((word) >> 16)
#define FIELD_DISP12(word)      ((word) >> 20)
#define FIELD_U16(word)         ((word) >> 16)
#define FIELD_U20(word)         ((word) >> 12)
#define FIELD_U12(word)         ((word) >> 16 & 0xfff)
#define FIELD_SHIFT5(word)      ((word) >> 16 & 31) /* k of a, b, k */
#define FIELD_WIDTH(word)       (((word) >> 24 & 31) + 1)
#define FIELD_SHIFT5_C(word)    ((word) >> 20 & 31) /* k of a, b, c, k */
#define FIELD_SHIFT6(word)      ((word) >> 24 & 63)
#define FIELD_ROUNDING(word)    ((word) >> 16 & 7)
#define FIELD_RUN(word)         ((word) >> 8 & 0xfff)
#define FIELD_ENTRY_BYTES(word) (((word) >> 20 & 0x3ff) << 2)
#define FIELD_ENTRY_TAKEN(word) ((word) >> 30 & 1)
#define FIELD_FRAME_BYTES(word) (((word) >> 16 & 0x3ff) << 2)

enum { REGISTER_SP = 2, REGISTER_S0 = 8, REGISTER_S1 = 9, REGISTER_A0 = 10, REGISTER_A1 = 11 };

/* A return-stack entry: the word index below, the frame's mark above. */
enum { RETURN_INDEX = 0xfffff, RETURN_MARK_SHIFT = 20, RETURN_MARK_MAX = 4095 };

enum { JUMP_CHARGE = 4095 }; /* JF and LONGJMP: no run is longer */

#endif
