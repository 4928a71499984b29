int global = 42;

void raise(int by) { global = global + by; }

int main() {
    int global_before = global;
    int local = global_before * 2 - 4;
    raise(100);
    printf("global=%d, local=%d\n", global, local);
    return 0;
}
