int main() {
    int result = 0;
    int counter = 5;
    while (counter > 2) {
        counter = counter - 1;
        if (counter == 3) {
            result = result + 2;
        } else {
            result = result + 1;
        }
    }
    printf("result=%d, counter=%d\n", result, counter);
    return 0;
}
