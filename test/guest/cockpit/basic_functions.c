int value;

int add(int a, int b) { return a + b; }
int doubled(int a) { return add(a, a); }
void store(int a) { value = a; }

int main() {
    int sum = add(10, 20);
    int twice = doubled(sum);
    store(twice);
    int nested = add(doubled(add(3, 4)), add(doubled(40), doubled(7) + 1));
    printf("sum=%d, doubled=%d, value=%d, nested=%d\n", sum, twice, value, nested);
    return 0;
}
