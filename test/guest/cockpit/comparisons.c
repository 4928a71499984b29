/* Signed, all of them: the first machine thought that -1 < 1 and not -1 <= 1. */
int main() {
    int a = -1;
    int b = 1;
    printf("%d %d %d %d\n", a<b, a <= b, a> b, a >= b);
    return 0;
}
