/* memory: the tables of an executive and of a hive, in one list: executive_init carves them by it, and whoever gives a
 * hive of the profile's own size its memory at compile time counts them by it. */
#ifndef SKEP_DEVICE_EXECUTIVE_MEMORY_H
#define SKEP_DEVICE_EXECUTIVE_MEMORY_H

#include "core/vm/trace.h"
#include "device/executive/clock.h"
#include "device/executive/command.h"
#include "device/executive/console.h"
#include "device/executive/executive.h"
#include "device/executive/file.h"
#include "device/executive/loading.h"
#include "device/executive/mailbox.h"
#include "device/executive/operation.h"
#include "device/executive/sample.h"
#include "device/executive/switches.h"
#include "device/executive/timer.h"
#include "device/executive/upload.h"
#include "device/executive/value.h"

enum { MEMORY_ALIGNMENT = 8 };

/* TABLE(pointer in struct executive, element, count in the configuration, count of the profile)
 * ONE(pointer, type, whether the profile has it)
 * The pool stands apart, because it may lie elsewhere. */
#define MEMORY_OF_EXECUTIVE(TABLE, ONE)                                                                                \
    TABLE(task, struct task, tasks_max, PROFILE_TASKS_MAX)                                                             \
    TABLE(timer, struct timer, timers_max, PROFILE_TIMERS_MAX)                                                         \
    TABLE(loading, struct loading, loads_max, PROFILE_LOADS_MAX)                                                       \
    TABLE(event, struct executive_event, events_max, PROFILE_EVENTS_MAX)                                               \
    TABLE(mailbox, struct mailbox, mailboxes_max, PROFILE_MAILBOXES_MAX)                                               \
    TABLE(handle, struct mailbox_handle, mailbox_handles_max, PROFILE_HANDLES_MAX)                                     \
    TABLE(mail, uint8_t, mailbox_bytes, PROFILE_MAIL_MAX)                                                              \
    TABLE(value, struct value, values_max, PROFILE_VALUES_MAX)                                                         \
    TABLE(subscription, struct value_subscription, subscriptions_max, PROFILE_SUBSCRIPTIONS_MAX)                       \
    TABLE(command, struct command, commands_max, PROFILE_COMMANDS_MAX)                                                 \
    TABLE(run, struct command_run, command_runs_max, PROFILE_RUNS_MAX)                                                 \
    TABLE(file, struct file_handle, file_handles_max, PROFILE_FILE_HANDLES_MAX)                                        \
    ONE(console, struct console, 1)                                                                                    \
    ONE(clock, struct clock, PROFILE_HAS_CLOCK)                                                                        \
    ONE(switches, struct switches, PROFILE_HAS_SCHEDULE)                                                               \
    ONE(sampling, struct sampling, PROFILE_HAS_PROFILE)                                                                \
    ONE(trace, struct vm_trace, PROFILE_HAS_BRANCHES)

#define MEMORY_OF_TABLE(pointer, type, count, of_profile) +(of_profile) * sizeof(type) + MEMORY_ALIGNMENT
#define MEMORY_OF_ONE(pointer, type, has)                 +(has) * sizeof(type) + MEMORY_ALIGNMENT

/* What executive_init and hive_init take of an arena when the configuration is the profile's and its pool lies
 * elsewhere, in the profiles that have neither files nor a schedule. */
enum {
    MEMORY_OF_PROFILE = sizeof(struct executive) + PROFILE_CONSOLE_IN_MAX +
                        PROFILE_CONSOLE_OUT_MAX MEMORY_OF_EXECUTIVE(MEMORY_OF_TABLE, MEMORY_OF_ONE) +
                        sizeof(struct hive) + PROFILE_SESSIONS_MAX * sizeof(struct session) +
                        PROFILE_HISTORY_MAX * sizeof(struct executive_event) +
                        PROFILE_UPLOADS_MAX * sizeof(struct upload) + 6 * MEMORY_ALIGNMENT
};

#endif
