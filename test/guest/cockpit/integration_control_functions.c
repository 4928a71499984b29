int fibonacci(int n) {
    if (n < 2) return n;
    return fibonacci(n - 1) + fibonacci(n - 2);
}

int factorial(int n) {
    int product = 1;
    while (n > 1) {
        product *= n;
        n -= 1;
    }
    return product;
}

int max(int a, int b) { return a > b ? a : b; }

int main() {
    int a = fibonacci(5);
    int b = factorial(4);
    printf("fib=%d, fact=%d, max=%d, combined=%d\n", a, b, max(25, b), a + b);
    return 0;
}
