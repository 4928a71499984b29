int values[5];

int main() {
    int i = 0;
    int sum = 0;
    while (i < 5) {
        values[i] = i * 10 + 10;
        i = i + 1;
    }
    int middle = values[2];
    int temp = values[0];
    values[0] = values[4];
    values[4] = temp;
    temp = 4;
    sum = values[0] + values[4] + middle;
    printf("sum=%d, temp=%d, middle=%d\n", sum, temp, middle);
    return 0;
}
