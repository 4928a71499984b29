/* Operates the oven. */
#include <skep.h>
#include <skep_command.h>
#include <stdio.h>

enum { OVEN_SET = 0x201, OVEN_LEFT = 0x202 };

int main(void) {
    uint32_t arguments[2] = {skep_value_float(180), 1}, result;
    struct skep_command_facts facts;

    skep_task_sleep_ms(10);
    if (skep_command_info(OVEN_SET, &facts) != SKEP_OK) return 1;
    printf("%s: %s\n", facts.name, facts.help);
    if (skep_command_call(OVEN_SET, arguments, sizeof arguments, &result) != SKEP_OK) return 2;
    printf("it was at %.1f\n", (double)skep_value_as_float(result));
    if (skep_command_call(OVEN_LEFT, NULL, 0, &result) != SKEP_OK) return 3;
    printf("%ld minutes to go\n", (long)result);
    if (skep_command_call(OVEN_LEFT, arguments, 4, &result) != SKEP_INVALID) return 4;
    return 0;
}
