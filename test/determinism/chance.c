/* Draws random numbers, sorts and adds them, in floats too; waits with timers, reads a pin and an input; and traps in
 * the end. It is started again. */
#include <skep.h>
#include <stdio.h>
#include <stdlib.h>

static int by_size(const void *a, const void *b) {
    const int32_t one = *(const int32_t *)a, other = *(const int32_t *)b;
    return (one > other) - (one < other);
}

int main(void) {
    int32_t drawn[32];
    uint32_t timer, expired, level, analog;
    double sum = 0;
    skep_random_fill(drawn, sizeof drawn);
    qsort(drawn, 32, sizeof *drawn, by_size);
    for (int i = 0; i < 32; i++) sum += (double)drawn[i] / 3.0;
    printf("%ld .. %ld, %.6f\n", (long)drawn[0], (long)drawn[31], sum);
    skep_gpio_config(5, SKEP_GPIO_MODE_INPUT);
    skep_time_timer_create(3000, true, &timer);
    for (int i = 0; i < 10; i++) {
        skep_time_timer_wait(timer, 100, &expired);
        skep_gpio_read(5, &level);
        skep_adc_read(0, &analog);
        printf("%lu %lu %lu at %lu us\n", (unsigned long)expired, (unsigned long)level, (unsigned long)analog,
               (unsigned long)skep_time_micros());
    }
    __builtin_trap();
}
