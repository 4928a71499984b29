int main() {
    int a = 17;
    int b = 3;
    a %= 5;
    b <<= 1;
    b |= 1;
    int result = !(a > b) && (a ^ b) == 5;
    printf("a=%d, b=%d, result=%d\n", a, b, result);
    return 0;
}
