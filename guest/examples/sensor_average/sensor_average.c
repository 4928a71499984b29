/* Averages a noisy sensor over its last eight samples and says when the average leaves the comfortable band.
 *
 * The sum is kept up to date instead of being computed anew: a sample costs one subtraction and one addition,
 * whatever the window. */
#include "Arduino.h"

#define SENSOR     0
#define WINDOW     8
#define SAMPLES    20
#define PERIOD_MS  100
#define LOW_LIMIT  1000
#define HIGH_LIMIT 3000

struct average {
    int sample[WINDOW];
    int count, next, sum;
};

static int average_add(struct average *average, int sample) {
    if (average->count == WINDOW)
        average->sum -= average->sample[average->next];
    else
        average->count++;
    average->sample[average->next] = sample;
    average->sum += sample;
    average->next = (average->next + 1) % WINDOW;
    return average->sum / average->count;
}

int main(void) {
    struct average average = {0};
    for (int i = 0; i < SAMPLES; i++) {
        int sample = analogRead(SENSOR);
        int mean = average_add(&average, sample);
        const char *verdict = mean < LOW_LIMIT ? "low" : mean > HIGH_LIMIT ? "high" : "fine";
        printf("%2d: sample %4d, average %4d, %s\n", i + 1, sample, mean, verdict);
        delay(PERIOD_MS);
    }
    return 0;
}
