int main() {
    int a = 12;
    int b = 5;
    int wrong = 0;
    if (a + b != 17) wrong = 1;
    if (a - b != 7) wrong = 2;
    if (a * b != 60) wrong = 3;
    if (a / b != 2) wrong = 4;
    if (a % b != 2) wrong = 5;
    if (wrong == 0) {
        printf("Basic arithmetic test complete\n");
    } else {
        printf("wrong: %d\n", wrong);
    }
    return wrong;
}
