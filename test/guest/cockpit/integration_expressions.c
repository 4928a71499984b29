int main() {
    int a = 5;
    int result = (a += 10) > 12 && a % 2 == 1 || a == 0;
    printf("result=%d, a=%d\n", result, a);
    return 0;
}
