/* 64-bit arithmetic on a 32-bit machine: the greatest common divisor, a power modulo a prime, and a random generator.
 * */
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>

static uint64_t gcd(uint64_t a, uint64_t b) {
    while (b != 0) {
        uint64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

/* a * b modulo m without a 128-bit product: doubling and adding, m below 2^63. */
static uint64_t multiply_modulo(uint64_t a, uint64_t b, uint64_t m) {
    uint64_t sum = 0;
    for (; b != 0; b >>= 1) {
        if (b & 1) sum = (sum + a) % m;
        a = (a << 1) % m;
    }
    return sum;
}

static uint64_t power_modulo(uint64_t base, uint64_t exponent, uint64_t m) {
    uint64_t result = 1;
    for (; exponent != 0; exponent >>= 1) {
        if (exponent & 1) result = multiply_modulo(result, base, m);
        base = multiply_modulo(base, base, m);
    }
    return result;
}

static uint64_t xorshift(uint64_t *state) {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

int main(void) {
    const uint64_t prime = (UINT64_C(1) << 61) - 1;
    uint64_t state = 88172645463325252u;
    int64_t least = INT64_MIN;

    printf("gcd: %" PRIu64 "\n", gcd(600851475143u * 14, 12345678987654321u * 14));
    printf("Fermat: 3^(p-1) mod p = %" PRIu64 "\n", power_modulo(3, prime - 1, prime));
    for (int i = 0; i < 3; i++) printf("random: %016" PRIx64 "\n", xorshift(&state));
    printf("division: %" PRId64 " / 1000 = %" PRId64 ", rest %" PRId64 "\n", least, least / 1000, least % 1000);
    return 0;
}
