/* Counts its own starts in a value that outlives it, its hive and the power.
 *
 *     skep run --state kept starts.c
 *     skep store kept */
#include <skep.h>
#include <skep_value.h>
#include <stdio.h>

SKEP_VALUE(starts, 3, 1, SKEP_VALUE_I32, .name = "starts", .read_level = SKEP_PUBLIC,
           .flags = SKEP_VALUE_PERSISTENT | SKEP_VALUE_READ_ONLY, .maximum = {.i = 1000000});

int main(void) {
    uint32_t count = 0;
    skep_value_get(starts, &count);
    skep_value_set(starts, ++count);
    printf("start %u\n", (unsigned)count);
    skep_task_sleep_ms(500);
}
