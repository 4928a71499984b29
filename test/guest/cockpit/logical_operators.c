int calls = 0;

int touched(int value) {
    calls += 1;
    return value;
}

int main() {
    int yes = 1;
    int no = 0;
    printf("%d %d %d %d ", yes && yes, yes && no, no && yes, no && no);
    printf("%d %d %d %d ", yes || no, no || yes, no || no, yes || yes);
    int skipped = no && touched(1);
    int taken = yes || touched(1);
    printf("%d %d %d %d\n", taken, skipped, calls, !calls);
    return 0;
}
