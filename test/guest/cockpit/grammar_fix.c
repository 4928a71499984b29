/* What was once parsed wrongly: a sign that follows an operator, hexadecimal numbers, chains of plus and minus. */
int main() {
    int a = 10 - -10;
    int b = 0x34;
    int c = 20 - 5 + 3 - 1;
    int d = (2 + 3) * 4 * 5;
    printf("%d %d %d %d\n", a, b, c, d);
    return 0;
}
