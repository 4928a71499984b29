#include "core/base/divide.h"

uint64_t divide_u64(uint64_t number, uint32_t by) {
    uint32_t high = (uint32_t)(number >> 32), low = (uint32_t)number;
    if (high == 0) return low / by;
    uint32_t rest = high % by, quotient = 0;
    for (int bit = 31; bit >= 0; bit--) {
        uint32_t carry = rest >> 31;
        rest = rest << 1 | (low >> bit & 1);
        quotient <<= 1;
        if (!carry && rest < by) continue;
        rest -= by;
        quotient |= 1;
    }
    return (uint64_t)(high / by) << 32 | quotient;
}
