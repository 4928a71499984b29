int main() {
    int a = 10;
    a += 5;
    printf("%d ", a);
    a -= 3;
    printf("%d ", a);
    a *= 2;
    printf("%d ", a);
    a /= 4;
    printf("%d ", a);
    a %= 5;
    printf("%d ", a);
    a &= 3;
    printf("%d\n", a);
    return 0;
}
