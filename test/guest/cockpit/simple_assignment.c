int main() {
    int x = 8;
    int y = x * 2;
    printf("x=%d,y=%d\n", x, y);
    return 0;
}
