int main() {
    int a = 50;
    int b = 25;
    printf("%d %d %d %d ", a + b, 12 * 8, 100 / 8, 100 % 7);
    printf("%d %d %d %d\n", 6 * 7, a - 2 * b, a - 55, 300 * 200);
    return 0;
}
