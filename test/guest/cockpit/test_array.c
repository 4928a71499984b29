/* An array far larger than the 64 cells that the first machine had. */
int values[1000];

int main() {
    int i = 0;
    while (i < 1000) {
        values[i] = i - 957;
        i = i + 1;
    }
    printf("Array value: %d\n", values[999]);
    return 0;
}
