int main() {
    int x = 10;
    int y;
    int z = x;
    x = y = 20;
    x = x - 18;
    y += x;
    printf("x=%d, y=%d, z=%d\n", x, y, z);
    return 0;
}
