int main() {
    int a = 12;
    int b = 10;
    int c = 15;
    printf("%d %d %d %d ", a & b, a | b, a ^ b, ~a);
    printf("%d %d ", b << 1, b >> 1);
    c &= 7;
    printf("%d ", c);
    c |= 8;
    c ^= 3;
    printf("%d ", c);
    c = 5;
    c <<= 1;
    printf("%d ", c);
    printf("%d %d %d %d\n", 0x0c, 0xff & 3, 1 | 4, 3 ^ 5);
    return 0;
}
