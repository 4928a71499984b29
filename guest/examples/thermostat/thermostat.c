/* A heater that others watch and operate: it offers a measurement, a set point and a command, and goes on by itself.
 *
 *     skep load thermostat.cvm1
 *     skep value ls
 *     skep value set target 22.5
 *     skep command call boost 3 */
#include <skep.h>
#include <skep_command.h>
#include <skep_value.h>

#define PERIOD_MS 20
#define STEP      0.5f
#define PIN       1234

SKEP_VALUE(measured, 2, 1, SKEP_VALUE_F32, .name = "measured", .unit = "C", .flags = SKEP_VALUE_READ_ONLY,
           .initial = {.f = 15});
SKEP_VALUE(target, 2, 2, SKEP_VALUE_F32, .name = "target", .unit = "C", .write_level = SKEP_USER, .initial = {.f = 20},
           .minimum = {.f = 5}, .maximum = {.f = 30});
SKEP_VALUE(limit, 2, 3, SKEP_VALUE_I32, .name = "limit", .write_level = SKEP_ADMIN, .flags = SKEP_VALUE_PIN, .pin = PIN,
           .initial = {.i = 10});

static uint32_t bits_of(uint32_t id) {
    uint32_t bits = 0;
    skep_value_get(id, &bits);
    return bits;
}

/* Warmer by so many degrees at once, but not by more than the limit; what it is then. */
static int32_t boost(int32_t degrees) {
    int32_t most = (int32_t)bits_of(limit);
    float now = skep_value_as_float(bits_of(measured)) + (float)(degrees < most ? degrees : most);
    skep_value_set(measured, skep_value_float(now));
    return (int32_t)now;
}
SKEP_COMMAND(command_boost, 2, 1, boost, .name = "boost", .help = "warms up at once", .level = SKEP_USER,
             .arguments = 1, .types = {SKEP_VALUE_I32}, .result = SKEP_VALUE_I32);

int main(void) {
    for (;;) {
        float now = skep_value_as_float(bits_of(measured)), wanted = skep_value_as_float(bits_of(target));
        if (now + STEP <= wanted) skep_value_set(measured, skep_value_float(now + STEP));
        skep_task_sleep_ms(PERIOD_MS);
    }
}
