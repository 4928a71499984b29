int main() {
    int a = 12;
    printf("Result: %d\n", a & 10);
    return 0;
}
