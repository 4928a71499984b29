/* An oven that others operate: two commands, each declared in a line. Its own work is to sleep; the handlers run
 * meanwhile. */
#include <skep.h>
#include <skep_command.h>
#include <stdio.h>

static float target = 20;

static float set_target(float celsius, bool announce) {
    float before = target;
    target = celsius;
    if (announce) printf("heating to %.1f\n", (double)celsius);
    return before;
}

static int32_t minutes_left(void) {
    skep_task_sleep_ms(5); /* a handler may wait */
    return (int32_t)(target - 20) / 2;
}

SKEP_COMMAND(oven_set, 2, 1, set_target, .name = "set", .help = "sets a temperature, gives the last one",
             .arguments = 2, .types = {SKEP_VALUE_F32, SKEP_VALUE_BOOL}, .result = SKEP_VALUE_F32);
SKEP_COMMAND(oven_left, 2, 2, minutes_left, .name = "left", .help = "minutes to go", .result = SKEP_VALUE_I32);

int main(void) {
    skep_task_sleep_ms(100);
    printf("at %.1f in the end\n", (double)target);
    return 0;
}
