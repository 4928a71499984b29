/* A device that warms up, measures and settles: state 0 idle, 1 measuring, 2 settled. */
int state = 0;
int readings = 0;
int total = 0;
int alerts = 0;
int flags = 0;

int reading(int tick) { return 58 + tick % 15; }

void take(int tick) {
    int value = reading(tick);
    total += value;
    readings += 1;
    if (value > 90) {
        alerts += 1;
    }
}

int main() {
    int tick = 0;
    while (tick < 20) {
        if (state == 0 && tick >= 2) {
            state = 1;
            flags |= 1;
        } else if (state == 1 && readings < 15) {
            take(tick - 3);
            flags |= 2;
        } else if (state == 1) {
            state = 2;
            flags |= 4;
        }
        tick += 1;
    }
    printf("state=%d, readings=%d, avg=%d, alerts=%d, flags=%d\n", state, readings, total / readings, alerts, flags);
    return 0;
}
