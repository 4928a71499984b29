int add(int a, int b) { return a + b; }
int sensor() { return analogRead(0); }

int main() {
    int result = add(5, 3);
    printf("Result: %d, Sensor: %d\n", result, sensor());
    return 0;
}
