/* What the profile gives a configuration. */
#include "device/executive/executive.h"

enum { TIMERS_MAX = 256 }; /* a handle has eight bits for the slot */

struct executive_config executive_config_of_profile(void) {
    return (struct executive_config){EXECUTIVE_CONFIG_LIMITS, .groups = PROFILE_CALL_GROUPS, .quantum_words = 500,
                                     .poll_us = 1000, .restart_delay_us = 100000};
}

void executive_config_scale(struct executive_config *config, uint16_t tasks) {
    uint32_t timers = PROFILE_TIMERS_MAX * (uint32_t)tasks;
    config->tasks_max = tasks;
    config->timers_max = (uint16_t)(timers < TIMERS_MAX ? timers : TIMERS_MAX);
    config->mailboxes_max = (uint16_t)(PROFILE_MAILBOXES_MAX * tasks);
    config->mailbox_handles_max = (uint16_t)(PROFILE_HANDLES_MAX * tasks);
    config->mailbox_bytes = PROFILE_MAIL_MAX * (uint32_t)tasks;
    config->values_max = (uint16_t)(PROFILE_VALUES_MAX * tasks);
    config->subscriptions_max = (uint16_t)(PROFILE_SUBSCRIPTIONS_MAX * tasks);
    config->switches_max = (uint16_t)(PROFILE_SWITCHES_MAX * tasks);
    config->samples_max = (uint16_t)(PROFILE_SAMPLES_MAX * tasks);
    config->commands_max = (uint16_t)(PROFILE_COMMANDS_MAX * tasks);
    config->file_handles_max = (uint16_t)(PROFILE_FILE_HANDLES_MAX * tasks);
    config->command_runs_max = (uint16_t)(PROFILE_RUNS_MAX * tasks);
}
