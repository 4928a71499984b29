/* Half precision: its own program, because gcc 12 has the type on one of the two machines only. */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

static uint16_t bits(_Float16 value) {
    uint16_t result;
    memcpy(&result, &value, sizeof result);
    return value != value ? 0x7e00 : result;
}

/* Out of range is not said by C. */
static uint32_t whole(float value) { return value > -1e6f && value < 1e6f ? (uint32_t)(int32_t)value : 1; }

int main(void) {
    static const float values[] = {0.0f, 1.0f, -1.5f, 0.1f, 65504.0f, 6e-8f, 6.2e-5f, 1e9f, -3.14159274f, 2048.5f};
    uint32_t sum = 0;
    for (unsigned i = 0; i < 10; i++)
        for (unsigned j = 0; j < 10; j++) {
            volatile _Float16 a = (_Float16)values[i], b = (_Float16)values[j];
            volatile _Float16 results[] = {(_Float16)(a + b), (_Float16)(a - b), (_Float16)(a * b), (_Float16)(a / b)};
            for (unsigned k = 0; k < 4; k++) sum = (sum << 5 | sum >> 27) ^ bits(results[k]);
            sum += (uint32_t)((a < b) + 2 * (a == b) + 4 * (a >= b)) + whole((float)(_Float16)(a / (_Float16)2));
            if (j == 3) printf("%08x %g %04x\n", (unsigned)sum, (double)(float)results[0], bits(results[2]));
        }
    return 0;
}
