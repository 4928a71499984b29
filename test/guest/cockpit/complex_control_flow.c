int classify(int value) {
    if (value > 100) {
        if (value > 1000) {
            return 5;
        } else {
            return 4;
        }
    } else {
        if (value < 0) return -1;
    }
    return 1;
}

int main() {
    int loops = 0;
    int state = 0;
    int i = 0;
    while (i < 3) {
        int j = 0;
        while (j < 6) {
            loops += 1;
            state = state == 0 ? 1 : state == 1 ? 2 : 0;
            j = j + 1;
        }
        i = i + 1;
    }
    state = state + 1;
    printf("d1=%d, d2=%d, d3=%d, loops=%d, state=%d\n", classify(500), classify(50), classify(-7), loops, state);
    return 0;
}
