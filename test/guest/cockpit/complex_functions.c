/* Recursion, and two functions that need each other. */
int odd(int n);

int power(int base, int exponent) {
    if (exponent == 0) return 1;
    return base * power(base, exponent - 1);
}

int gcd(int a, int b) {
    if (b == 0) return a;
    return gcd(b, a % b);
}

int even(int n) {
    if (n == 0) return 1;
    return odd(n - 1);
}

int odd(int n) {
    if (n == 0) return 0;
    return even(n - 1);
}

int twice(int n) { return n * 2; }
int chain(int n) { return twice(twice(twice(n))); }

int sum(int a, int b, int c, int d) { return a + b + c + d; }

int main() {
    printf("pow=%d, gcd=%d, mutual=%d, chain=%d, sum=%d, combined=%d\n", power(3, 4), gcd(48, 18), even(7), chain(12),
           sum(81, 6, 1, 10), gcd(power(2, 2) * 5, sum(10, 10, 5, 5)));
    return 0;
}
