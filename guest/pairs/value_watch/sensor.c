/* Offers a temperature and a threshold. Both are declared in a line each; nothing is registered. */
#include <skep.h>
#include <skep_value.h>
#include <stdio.h>

SKEP_VALUE(temperature, 1, 1, SKEP_VALUE_F32, .name = "temperature", .unit = "C", .flags = SKEP_VALUE_READ_ONLY,
           .minimum = {.f = -40}, .maximum = {.f = 125}, .epsilon = {.f = 0.25f});
SKEP_VALUE(threshold, 1, 2, SKEP_VALUE_F32, .name = "threshold", .unit = "C", .initial = {.f = 30},
           .maximum = {.f = 100});

int main(void) {
    static const float measured[] = {21.0f, 21.1f, 22.5f, 200.0f, 31.0f};
    skep_task_sleep_ms(10);
    for (unsigned i = 0; i < sizeof measured / sizeof *measured; i++) {
        uint32_t limit;
        int32_t status = skep_value_set(temperature, skep_value_float(measured[i]));
        if (status != SKEP_OK) printf("%.1f is refused\n", (double)measured[i]);
        skep_value_get(threshold, &limit);
        if (status == SKEP_OK && measured[i] > skep_value_as_float(limit))
            printf("%.1f: too warm\n", (double)measured[i]);
        skep_task_sleep_ms(10);
    }
    return 0;
}
