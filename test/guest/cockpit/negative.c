int main() {
    int value = -42;
    printf("%d\n", value);
    return 0;
}
