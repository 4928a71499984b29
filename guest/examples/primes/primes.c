/* The sieve of Eratosthenes: strike out the multiples of each prime; what is never struck out is prime. */
#include <stdbool.h>
#include <stdio.h>

#define LIMIT 10000

static bool composite[LIMIT];

int main(void) {
    int count = 0, last = 0;
    for (int n = 2; n < LIMIT; n++) {
        if (composite[n]) continue;
        count++;
        last = n;
        if (count <= 10) printf("%d ", n);
        for (int multiple = n * n; multiple < LIMIT; multiple += n) composite[multiple] = true;
    }
    printf("...\n%d primes below %d, the last is %d\n", count, LIMIT, last);
    return 0;
}
