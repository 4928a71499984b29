/* Deep expressions: what a stack machine must keep apart. */
int main() {
    int a = 10;
    int b = 20;
    int c = 30;
    printf("%d ", a + (b + (a + (a))));
    printf("%d ", (a + b) * ((c - a) + (b - a)));
    printf("%d ", a * b);
    printf("%d ", a + b + c);
    printf("%d\n", ((((a + 1) + 1) + 1) * (b / 4)));
    return 0;
}
