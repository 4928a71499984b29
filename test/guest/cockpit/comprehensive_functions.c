/* Functions that call functions, and the clock. */
int sum(int a, int b) { return a + b; }
int half(int value) { return value / 2; }
int average(int a, int b) { return half(sum(a, b)); }

int main() {
    int mean = average(10, 20);
    int now = millis();
    printf("Average: %d, Time: %d\n", mean, now);
    return 0;
}
