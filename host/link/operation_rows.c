/* GENERATED from spec/operations.json by tools/generate/operations.py. Do not edit. */
#include "host/link/operation_rows.h"

#include <string.h>

static const char *const task_state_values[] = {"free", "ready", "running", "waiting", "waiting_mailbox", "sleeping", "paused", "restarting", "returned", "faulted", "killed", "quarantined", "held", NULL};
static const char *const task_end_values[] = {"none", "exit", "trap", "fuel", "watchdog", "check_in", "break", "killed", "calls", "messages", "log", "time", NULL};
static const char *const task_reason_values[] = {"loaded", "turn", "quantum", "call", "mailbox", "sleep", "throttled", "woken", "pause", "stop", "resume", "end", "back_off", "restart", "quarantine", "release", "hold", "step", NULL};
static const char *const refusal_values[] = {"artifact", "signature", "program", "host", "security_version", "call_unknown", "call_uncovered", "capability", "memory", "tasks", "twice", "budget", "value_taken", "value_uncovered", "values", "command_taken", "command_uncovered", "commands", "call_left_out", "mailbox_taken", "mailbox_uncovered", "mailboxes", "mailbox_bytes", "budget_item", "command_stack", NULL};
static const char *const table_values[] = {"mailboxes", "handles", "mailbox_bytes", "values", "commands", "command_runs", NULL};
static const char *const object_type_values[] = {"bool", "i32", "f32", "f16", "none", NULL};
static const char *const level_values[] = {"public", "user", "admin", "factory", NULL};
static const char *const space_values[] = {"pid", "svc", "app", "shared", "hal", "tap", NULL};
static const char *const mailbox_device_values[] = {"none", "gpio", "uart", "can", "timer", "stdin", "stdout", "stderr", NULL};
static const char *const log_level_values[] = {"emergency", "alert", "critical", "error", "warning", "notice", "info", "debug", NULL};
static const char *const log_source_values[] = {"hive", "stdout", "stderr", NULL};
static const char *const condition_values[] = {"normal", "degraded", "safe", NULL};
static const char *const reset_reason_values[] = {"power", "ordered", "watchdog", "outside", NULL};
static const char *const start_phase_values[] = {"open", "waits", "held", NULL};
static const char *const clock_mode_values[] = {"free", "limited", "manual", "virtual", NULL};
static const char *const clock_activity_values[] = {"idle", "running", "waiting", "throttled", "standing", "stepping", "stopped", NULL};
static const char *const step_end_values[] = {"done", "waits", "throttled", "ended", "paused", "idle", "cancelled", NULL};
static const char *const link_state_values[] = {"ready", "receiving", "processing", "boot_requested", "degraded", NULL};
static const char *const hive_role_values[] = {"bootloader", "runtime", NULL};
static const char *const transfer_target_values[] = {"guest", "firmware", "keys", NULL};
static const char *const slot_state_values[] = {"empty", "erasing", "receiving", "trial", "confirmed", "reverted", "whole", "running", "bad", NULL};
static const struct operation_field hive_info_result[] = {
    {"protocol",      TYPE_U16,  0, 0,  NULL},
    {"abi",           TYPE_U16,  0, 0,  NULL},
    {"payload_max",   TYPE_U16,  0, 0,  NULL},
    {"boot",          TYPE_U32,  0, 0,  NULL},
    {"uptime_us",     TYPE_U64,  0, 0,  NULL},
    {"next_sequence", TYPE_U64,  0, 0,  NULL},
    {"tasks",         TYPE_U16,  0, 0,  NULL},
    {"tasks_max",     TYPE_U16,  0, 0,  NULL},
    {"sessions_max",  TYPE_U16,  0, 0,  NULL},
    {"upload_max",    TYPE_U32,  0, 0,  NULL},
    {"name",          TYPE_TEXT, 0, 32, NULL},
};
static const struct operation_field hive_offers_result[] = {
    {"groups", TYPE_U32, 0, 0, NULL},
    {"calls",  TYPE_U32, 0, 0, NULL},
    {"events", TYPE_U64, 0, 0, NULL},
};
static const struct operation_field hive_state_result[] = {
    {"condition", TYPE_U8,  0, 0, condition_values},
    {"causes",    TYPE_U32, 0, 0, NULL},
    {"start",     TYPE_U8,  0, 0, start_phase_values},
    {"start_ms",  TYPE_U32, 0, 0, NULL},
    {"held",      TYPE_U16, 0, 0, NULL},
};
static const struct operation_field hive_normal_result[] = {
    {"condition", TYPE_U8, 0, 0, condition_values},
};
static const struct operation_field hive_page_result[] = {
    {"page", TYPE_TEXT, 0, 84, NULL},
};
static const struct operation_field hive_link_result[] = {
    {"frames",       TYPE_U32, 0, 0, NULL},
    {"damaged",      TYPE_U32, 0, 0, NULL},
    {"missing",      TYPE_U32, 0, 0, NULL},
    {"lost",         TYPE_U32, 0, 0, NULL},
    {"waiting_most", TYPE_U32, 0, 0, NULL},
    {"waiting_max",  TYPE_U32, 0, 0, NULL},
    {"away_us_most", TYPE_U32, 0, 0, NULL},
};
static const struct operation_field session_open_parameters[] = {
    {"client",       TYPE_TEXT,  0, 32, NULL},
    {"observer",     TYPE_BOOL,  0, 0,  NULL},
    {"console",      TYPE_BOOL,  0, 0,  NULL},
    {"heartbeat_ms", TYPE_U32,   0, 0,  NULL},
    {"token",        TYPE_BYTES, 0, 64, NULL},
};
static const struct operation_field session_open_result[] = {
    {"session",      TYPE_U32, 0, 0, NULL},
    {"heartbeat_ms", TYPE_U32, 0, 0, NULL},
};
static const struct operation_field session_list_parameters[] = {
    {"after", TYPE_U32, 0, 0, NULL},
};
static const struct operation_field session_list_result[] = {
    {"session",      TYPE_U32,  0, 0,  NULL},
    {"observer",     TYPE_BOOL, 0, 0,  NULL},
    {"attached",     TYPE_BOOL, 0, 0,  NULL},
    {"heartbeat_ms", TYPE_U32,  0, 0,  NULL},
    {"silent_ms",    TYPE_U32,  0, 0,  NULL},
    {"locks",        TYPE_U8,   0, 0,  NULL},
    {"pending",      TYPE_U32,  0, 0,  NULL},
    {"missed",       TYPE_U64,  0, 0,  NULL},
    {"client",       TYPE_TEXT, 0, 32, NULL},
};
static const struct operation_field session_lock_parameters[] = {
    {"pid", TYPE_U32, 1, 0, NULL},
};
static const struct operation_field session_unlock_parameters[] = {
    {"pid", TYPE_U32, 1, 0, NULL},
};
static const struct operation_field session_end_parameters[] = {
    {"session", TYPE_U32, 1, 0, NULL},
};
static const struct operation_field task_list_parameters[] = {
    {"after", TYPE_U32, 0, 0, NULL},
};
static const struct operation_field task_list_result[] = {
    {"pid",         TYPE_U32,  0, 0,  NULL},
    {"state",       TYPE_U8,   0, 0,  task_state_values},
    {"end",         TYPE_U8,   0, 0,  task_end_values},
    {"restarts",    TYPE_U32,  0, 0,  NULL},
    {"words",       TYPE_U64,  0, 0,  NULL},
    {"started_us",  TYPE_U64,  0, 0,  NULL},
    {"ram_bytes",   TYPE_U32,  0, 0,  NULL},
    {"stack_bytes", TYPE_U32,  0, 0,  NULL},
    {"locked_by",   TYPE_U32,  0, 0,  NULL},
    {"name",        TYPE_TEXT, 0, 32, NULL},
};
static const struct operation_field task_load_begin_parameters[] = {
    {"bytes", TYPE_U32, 1, 0, NULL},
};
static const struct operation_field task_load_begin_result[] = {
    {"upload",    TYPE_U16, 0, 0, NULL},
    {"chunk_max", TYPE_U16, 0, 0, NULL},
};
static const struct operation_field task_load_chunk_parameters[] = {
    {"upload", TYPE_U16,   0, 0,   NULL},
    {"offset", TYPE_U32,   0, 0,   NULL},
    {"data",   TYPE_BYTES, 0, 512, NULL},
};
static const struct operation_field task_load_chunk_result[] = {
    {"received", TYPE_U32, 0, 0, NULL},
};
static const struct operation_field task_load_end_parameters[] = {
    {"upload", TYPE_U16, 0, 0, NULL},
};
static const struct operation_field task_load_end_result[] = {
    {"load", TYPE_U16, 0, 0, NULL},
};
static const struct operation_field task_kill_parameters[] = {
    {"pid", TYPE_U32, 1, 0, NULL},
};
static const struct operation_field task_pause_parameters[] = {
    {"pid", TYPE_U32, 1, 0, NULL},
};
static const struct operation_field task_resume_parameters[] = {
    {"pid", TYPE_U32, 1, 0, NULL},
};
static const struct operation_field task_step_parameters[] = {
    {"pid",   TYPE_U32,  1, 0, NULL},
    {"count", TYPE_U32,  1, 0, NULL},
    {"turns", TYPE_BOOL, 0, 0, NULL},
};
static const struct operation_field task_step_result[] = {
    {"ticket", TYPE_U16, 0, 0, NULL},
};
static const struct operation_field task_priority_parameters[] = {
    {"pid",      TYPE_U32, 1, 0, NULL},
    {"priority", TYPE_U8,  0, 0, NULL},
};
static const struct operation_field task_trace_parameters[] = {
    {"pid", TYPE_U32, 0, 0, NULL},
};
static const struct operation_field task_budget_parameters[] = {
    {"pid", TYPE_U32, 1, 0, NULL},
};
static const struct operation_field task_budget_result[] = {
    {"fuel_words",     TYPE_U64, 0, 0, NULL},
    {"used_words",     TYPE_U64, 0, 0, NULL},
    {"period_ms",      TYPE_U32, 0, 0, NULL},
    {"period_words",   TYPE_U32, 0, 0, NULL},
    {"calls",          TYPE_U32, 0, 0, NULL},
    {"used_calls",     TYPE_U32, 0, 0, NULL},
    {"messages",       TYPE_U32, 0, 0, NULL},
    {"used_messages",  TYPE_U32, 0, 0, NULL},
    {"log_bytes",      TYPE_U32, 0, 0, NULL},
    {"used_log_bytes", TYPE_U32, 0, 0, NULL},
    {"live_ms",        TYPE_U32, 0, 0, NULL},
    {"lived_ms",       TYPE_U32, 0, 0, NULL},
};
static const struct operation_field task_set_budget_parameters[] = {
    {"pid",          TYPE_U32, 1, 0, NULL},
    {"fuel_words",   TYPE_U64, 0, 0, NULL},
    {"period_ms",    TYPE_U32, 0, 0, NULL},
    {"period_words", TYPE_U32, 0, 0, NULL},
    {"calls",        TYPE_U32, 0, 0, NULL},
    {"messages",     TYPE_U32, 0, 0, NULL},
    {"log_bytes",    TYPE_U32, 0, 0, NULL},
    {"live_ms",      TYPE_U32, 0, 0, NULL},
};
static const struct operation_field event_subscribe_parameters[] = {
    {"since",  TYPE_U64, 0, 0, NULL},
    {"pid",    TYPE_U32, 0, 0, NULL},
    {"kinds",  TYPE_U64, 0, 0, NULL},
    {"window", TYPE_U16, 0, 0, NULL},
};
static const struct operation_field event_subscribe_result[] = {
    {"next_sequence",   TYPE_U64, 0, 0, NULL},
    {"oldest_sequence", TYPE_U64, 0, 0, NULL},
    {"window",          TYPE_U16, 0, 0, NULL},
};
static const struct operation_field event_acknowledge_parameters[] = {
    {"sequence", TYPE_U64, 0, 0, NULL},
};
static const struct operation_field event_acknowledge_result[] = {
    {"pending", TYPE_U32, 0, 0, NULL},
    {"missed",  TYPE_U64, 0, 0, NULL},
};
static const struct operation_field console_write_parameters[] = {
    {"data", TYPE_BYTES, 0, 512, NULL},
};
static const struct operation_field console_write_result[] = {
    {"taken", TYPE_U16, 0, 0, NULL},
};
static const struct operation_field console_send_parameters[] = {
    {"pid",  TYPE_U32,   1, 0,   NULL},
    {"end",  TYPE_BOOL,  0, 0,   NULL},
    {"data", TYPE_BYTES, 0, 512, NULL},
};
static const struct operation_field console_send_result[] = {
    {"taken", TYPE_U16, 0, 0, NULL},
};
static const struct operation_field console_listen_parameters[] = {
    {"pid",     TYPE_U32, 0, 0, NULL},
    {"streams", TYPE_U8,  0, 3, NULL},
};
static const struct operation_field value_list_parameters[] = {
    {"after", TYPE_U32, 0, 0, NULL},
};
static const struct operation_field value_list_result[] = {
    {"slot",        TYPE_U16,  0, 0,  NULL},
    {"id",          TYPE_U16,  0, 0,  NULL},
    {"pid",         TYPE_U32,  0, 0,  NULL},
    {"type",        TYPE_U8,   0, 0,  object_type_values},
    {"flags",       TYPE_U8,   0, 0,  NULL},
    {"read_level",  TYPE_U8,   0, 0,  level_values},
    {"write_level", TYPE_U8,   0, 0,  level_values},
    {"readable",    TYPE_BOOL, 0, 0,  NULL},
    {"bits",        TYPE_U32,  0, 0,  NULL},
    {"age_ms",      TYPE_U32,  0, 0,  NULL},
    {"name",        TYPE_TEXT, 0, 12, NULL},
    {"unit",        TYPE_TEXT, 0, 7,  NULL},
};
static const struct operation_field value_get_parameters[] = {
    {"id", TYPE_U16, 0, 0, NULL},
};
static const struct operation_field value_get_result[] = {
    {"pid",         TYPE_U32,  0, 0,  NULL},
    {"type",        TYPE_U8,   0, 0,  object_type_values},
    {"flags",       TYPE_U8,   0, 0,  NULL},
    {"read_level",  TYPE_U8,   0, 0,  level_values},
    {"write_level", TYPE_U8,   0, 0,  level_values},
    {"bits",        TYPE_U32,  0, 0,  NULL},
    {"initial",     TYPE_U32,  0, 0,  NULL},
    {"minimum",     TYPE_U32,  0, 0,  NULL},
    {"maximum",     TYPE_U32,  0, 0,  NULL},
    {"epsilon",     TYPE_U32,  0, 0,  NULL},
    {"rate_ms",     TYPE_U32,  0, 0,  NULL},
    {"age_ms",      TYPE_U32,  0, 0,  NULL},
    {"name",        TYPE_TEXT, 0, 12, NULL},
    {"unit",        TYPE_TEXT, 0, 7,  NULL},
};
static const struct operation_field value_set_parameters[] = {
    {"id",   TYPE_U16, 0, 0, NULL},
    {"bits", TYPE_U32, 0, 0, NULL},
    {"pin",  TYPE_U32, 0, 0, NULL},
};
static const struct operation_field command_list_parameters[] = {
    {"after", TYPE_U32, 0, 0, NULL},
};
static const struct operation_field command_list_result[] = {
    {"slot",       TYPE_U16,  0, 0,  NULL},
    {"id",         TYPE_U16,  0, 0,  NULL},
    {"pid",        TYPE_U32,  0, 0,  NULL},
    {"flags",      TYPE_U8,   0, 0,  NULL},
    {"level",      TYPE_U8,   0, 0,  level_values},
    {"arguments",  TYPE_U8,   0, 0,  NULL},
    {"type0",      TYPE_U8,   0, 0,  object_type_values},
    {"type1",      TYPE_U8,   0, 0,  object_type_values},
    {"type2",      TYPE_U8,   0, 0,  object_type_values},
    {"type3",      TYPE_U8,   0, 0,  object_type_values},
    {"result",     TYPE_U8,   0, 0,  object_type_values},
    {"timeout_ms", TYPE_U32,  0, 0,  NULL},
    {"name",       TYPE_TEXT, 0, 12, NULL},
    {"help",       TYPE_TEXT, 0, 39, NULL},
};
static const struct operation_field command_call_parameters[] = {
    {"id",        TYPE_U16, 0, 0, NULL},
    {"pin",       TYPE_U32, 0, 0, NULL},
    {"arguments", TYPE_U8,  0, 4, NULL},
    {"argument0", TYPE_U32, 0, 0, NULL},
    {"argument1", TYPE_U32, 0, 0, NULL},
    {"argument2", TYPE_U32, 0, 0, NULL},
    {"argument3", TYPE_U32, 0, 0, NULL},
};
static const struct operation_field command_call_result[] = {
    {"ticket", TYPE_U16, 0, 0, NULL},
};
static const struct operation_field mailbox_list_parameters[] = {
    {"after", TYPE_U32, 0, 0, NULL},
};
static const struct operation_field mailbox_list_result[] = {
    {"slot",     TYPE_U16,  0, 0,  NULL},
    {"pid",      TYPE_U32,  0, 0,  NULL},
    {"space",    TYPE_U8,   0, 0,  space_values},
    {"task",     TYPE_U32,  0, 0,  NULL},
    {"device",   TYPE_U8,   0, 0,  mailbox_device_values},
    {"readers",  TYPE_U16,  0, 0,  NULL},
    {"handles",  TYPE_U16,  0, 0,  NULL},
    {"capacity", TYPE_U32,  0, 0,  NULL},
    {"used",     TYPE_U32,  0, 0,  NULL},
    {"sent",     TYPE_U32,  0, 0,  NULL},
    {"lost",     TYPE_U32,  0, 0,  NULL},
    {"name",     TYPE_TEXT, 0, 23, NULL},
};
static const struct operation_field clock_get_result[] = {
    {"mode",              TYPE_U8,  0, 0, clock_mode_values},
    {"activity",          TYPE_U8,  0, 0, clock_activity_values},
    {"words_per_second",  TYPE_U32, 0, 0, NULL},
    {"burst_words",       TYPE_U32, 0, 0, NULL},
    {"turn_instructions", TYPE_U32, 0, 0, NULL},
    {"quantum_words",     TYPE_U32, 0, 0, NULL},
    {"now_us",            TYPE_U64, 0, 0, NULL},
    {"board_us",          TYPE_U64, 0, 0, NULL},
    {"words",             TYPE_U64, 0, 0, NULL},
};
static const struct operation_field clock_set_parameters[] = {
    {"mode",              TYPE_U8,  0, 3, clock_mode_values},
    {"words_per_second",  TYPE_U32, 0, 0, NULL},
    {"burst_words",       TYPE_U32, 0, 0, NULL},
    {"turn_instructions", TYPE_U32, 0, 0, NULL},
};
static const struct operation_field clock_step_parameters[] = {
    {"count", TYPE_U32,  1, 0, NULL},
    {"turns", TYPE_BOOL, 0, 0, NULL},
};
static const struct operation_field clock_step_result[] = {
    {"ticket", TYPE_U16, 0, 0, NULL},
};
static const struct operation_field schedule_list_parameters[] = {
    {"after", TYPE_U32, 0, 0, NULL},
};
static const struct operation_field schedule_list_result[] = {
    {"pid",             TYPE_U32,  0, 0,  NULL},
    {"state",           TYPE_U8,   0, 0,  task_state_values},
    {"priority",        TYPE_U8,   0, 0,  NULL},
    {"turns",           TYPE_U32,  0, 0,  NULL},
    {"switches",        TYPE_U32,  0, 0,  NULL},
    {"preemptions",     TYPE_U32,  0, 0,  NULL},
    {"waits",           TYPE_U32,  0, 0,  NULL},
    {"throttles",       TYPE_U32,  0, 0,  NULL},
    {"longest_wait_us", TYPE_U32,  0, 0,  NULL},
    {"words",           TYPE_U64,  0, 0,  NULL},
    {"name",            TYPE_TEXT, 0, 32, NULL},
};
static const struct operation_field schedule_totals_result[] = {
    {"turns",    TYPE_U32, 0, 0, NULL},
    {"switches", TYPE_U32, 0, 0, NULL},
    {"words",    TYPE_U64, 0, 0, NULL},
    {"kept",     TYPE_U32, 0, 0, NULL},
    {"kept_max", TYPE_U32, 0, 0, NULL},
};
static const struct operation_field schedule_keep_parameters[] = {
    {"records", TYPE_U32, 0, 0, NULL},
};
static const struct operation_field schedule_trace_parameters[] = {
    {"after", TYPE_U32, 0, 0, NULL},
};
static const struct operation_field schedule_trace_result[] = {
    {"number",  TYPE_U32, 0, 0, NULL},
    {"time_us", TYPE_U64, 0, 0, NULL},
    {"before",  TYPE_U32, 0, 0, NULL},
    {"after",   TYPE_U32, 0, 0, NULL},
    {"reason",  TYPE_U8,  0, 0, task_reason_values},
    {"turns",   TYPE_U32, 0, 0, NULL},
    {"words",   TYPE_U32, 0, 0, NULL},
};
static const struct operation_field profile_use_parameters[] = {
    {"after", TYPE_U32, 0, 0, NULL},
};
static const struct operation_field profile_use_result[] = {
    {"pid",            TYPE_U32,  0, 0,  NULL},
    {"build",          TYPE_U32,  0, 0,  NULL},
    {"words",          TYPE_U64,  0, 0,  NULL},
    {"calls",          TYPE_U32,  0, 0,  NULL},
    {"calls_refused",  TYPE_U32,  0, 0,  NULL},
    {"messages",       TYPE_U32,  0, 0,  NULL},
    {"log_bytes",      TYPE_U32,  0, 0,  NULL},
    {"ram_bytes",      TYPE_U32,  0, 0,  NULL},
    {"stack_bytes",    TYPE_U32,  0, 0,  NULL},
    {"stack_used",     TYPE_U32,  0, 0,  NULL},
    {"return_entries", TYPE_U32,  0, 0,  NULL},
    {"return_used",    TYPE_U32,  0, 0,  NULL},
    {"name",           TYPE_TEXT, 0, 32, NULL},
};
static const struct operation_field profile_start_parameters[] = {
    {"pid",          TYPE_U32, 0, 0, NULL},
    {"period_words", TYPE_U32, 1, 0, NULL},
};
static const struct operation_field profile_get_result[] = {
    {"on",           TYPE_BOOL, 0, 0, NULL},
    {"pid",          TYPE_U32,  0, 0, NULL},
    {"period_words", TYPE_U32,  0, 0, NULL},
    {"samples",      TYPE_U64,  0, 0, NULL},
    {"lost",         TYPE_U64,  0, 0, NULL},
    {"places",       TYPE_U32,  0, 0, NULL},
    {"places_max",   TYPE_U32,  0, 0, NULL},
};
static const struct operation_field profile_read_parameters[] = {
    {"after", TYPE_U32, 0, 0, NULL},
};
static const struct operation_field profile_read_result[] = {
    {"slot",    TYPE_U32, 0, 0, NULL},
    {"pid",     TYPE_U32, 0, 0, NULL},
    {"pc",      TYPE_U32, 0, 0, NULL},
    {"samples", TYPE_U32, 0, 0, NULL},
};
static const struct operation_field log_list_parameters[] = {
    {"after", TYPE_U32, 0, 0, NULL},
};
static const struct operation_field log_list_result[] = {
    {"sequence",  TYPE_U32,  0, 0,   NULL},
    {"time_us",   TYPE_U64,  0, 0,   NULL},
    {"pid",       TYPE_U32,  0, 0,   NULL},
    {"level",     TYPE_U8,   0, 0,   log_level_values},
    {"source",    TYPE_U8,   0, 0,   log_source_values},
    {"continues", TYPE_BOOL, 0, 0,   NULL},
    {"text",      TYPE_TEXT, 0, 200, NULL},
};
static const struct operation_field log_level_parameters[] = {
    {"pid",   TYPE_U32, 0, 0, NULL},
    {"level", TYPE_U8,  0, 7, log_level_values},
};
static const struct operation_field log_level_result[] = {
    {"before", TYPE_U8, 0, 0, log_level_values},
};
static const struct operation_field blackbox_info_result[] = {
    {"bytes",        TYPE_U32, 0, 0, NULL},
    {"boots",        TYPE_U32, 0, 0, NULL},
    {"reason",       TYPE_U8,  0, 0, reset_reason_values},
    {"unsettled",    TYPE_U32, 0, 0, NULL},
    {"oldest",       TYPE_U32, 0, 0, NULL},
    {"newest",       TYPE_U32, 0, 0, NULL},
    {"newest_event", TYPE_U32, 0, 0, NULL},
    {"damaged",      TYPE_U32, 0, 0, NULL},
};
static const struct operation_field blackbox_read_parameters[] = {
    {"offset", TYPE_U32, 0, 0,   NULL},
    {"length", TYPE_U16, 1, 256, NULL},
};
static const struct operation_field blackbox_read_result[] = {
    {"data", TYPE_BYTES, 0, 256, NULL},
};
static const struct operation_field config_list_parameters[] = {
    {"after", TYPE_U32, 0, 0, NULL},
};
static const struct operation_field config_list_result[] = {
    {"number",  TYPE_U16,  0, 0,   NULL},
    {"restart", TYPE_BOOL, 0, 0,   NULL},
    {"name",    TYPE_TEXT, 0, 32,  NULL},
    {"value",   TYPE_TEXT, 0, 200, NULL},
    {"takes",   TYPE_TEXT, 0, 80,  NULL},
};
static const struct operation_field config_get_parameters[] = {
    {"name", TYPE_TEXT, 0, 32, NULL},
};
static const struct operation_field config_get_result[] = {
    {"restart", TYPE_BOOL, 0, 0,   NULL},
    {"value",   TYPE_TEXT, 0, 200, NULL},
    {"takes",   TYPE_TEXT, 0, 80,  NULL},
};
static const struct operation_field config_set_parameters[] = {
    {"name",  TYPE_TEXT, 0, 32,  NULL},
    {"value", TYPE_TEXT, 0, 200, NULL},
};
static const struct operation_field boot_info_result[] = {
    {"role",     TYPE_U8,   0, 0,  hive_role_values},
    {"state",    TYPE_U8,   0, 0,  link_state_values},
    {"version",  TYPE_U32,  0, 0,  NULL},
    {"security", TYPE_U32,  0, 0,  NULL},
    {"board",    TYPE_TEXT, 0, 32, NULL},
};
static const struct operation_field boot_enter_parameters[] = {
    {"emergency", TYPE_BOOL, 0, 0, NULL},
};
static const struct operation_field boot_hash_parameters[] = {
    {"offset", TYPE_U32, 0, 0, NULL},
    {"length", TYPE_U32, 0, 0, NULL},
};
static const struct operation_field boot_hash_result[] = {
    {"hash", TYPE_BYTES, 0, 32, NULL},
};
static const struct operation_field boot_state_result[] = {
    {"reason",  TYPE_U8,  0, 0, NULL},
    {"slot",    TYPE_U8,  0, 0, NULL},
    {"detail",  TYPE_U32, 0, 0, NULL},
    {"key_set", TYPE_U32, 0, 0, NULL},
    {"request", TYPE_U32, 0, 0, NULL},
};
static const struct operation_field boot_slots_parameters[] = {
    {"after", TYPE_U32, 0, 0, NULL},
};
static const struct operation_field boot_slots_result[] = {
    {"slot",     TYPE_U32,  0, 0,  NULL},
    {"target",   TYPE_U8,   0, 0,  transfer_target_values},
    {"state",    TYPE_U8,   0, 0,  slot_state_values},
    {"address",  TYPE_U32,  0, 0,  NULL},
    {"bytes",    TYPE_U32,  0, 0,  NULL},
    {"version",  TYPE_U32,  0, 0,  NULL},
    {"security", TYPE_U32,  0, 0,  NULL},
    {"name",     TYPE_TEXT, 0, 32, NULL},
};
static const struct operation_field transfer_begin_parameters[] = {
    {"target", TYPE_U8,    0, 0,  transfer_target_values},
    {"slot",   TYPE_U8,    0, 0,  NULL},
    {"bytes",  TYPE_U32,   1, 0,  NULL},
    {"hash",   TYPE_BYTES, 0, 32, NULL},
};
static const struct operation_field transfer_begin_result[] = {
    {"transfer",  TYPE_U16, 0, 0, NULL},
    {"received",  TYPE_U32, 0, 0, NULL},
    {"chunk_max", TYPE_U16, 0, 0, NULL},
    {"credit",    TYPE_U32, 0, 0, NULL},
};
static const struct operation_field transfer_end_parameters[] = {
    {"transfer", TYPE_U16, 0, 0, NULL},
};
static const struct operation_field transfer_end_result[] = {
    {"load", TYPE_U16, 0, 0, NULL},
};
static const struct operation_field transfer_abort_parameters[] = {
    {"transfer", TYPE_U16, 0, 0, NULL},
};
static const struct operation_field transfer_verify_parameters[] = {
    {"target", TYPE_U8,    0, 0,  transfer_target_values},
    {"slot",   TYPE_U8,    0, 0,  NULL},
    {"bytes",  TYPE_U32,   1, 0,  NULL},
    {"hash",   TYPE_BYTES, 0, 32, NULL},
};
static const struct operation_field load_accepted_fields[] = {
    {"load", TYPE_U16, 0, 0, NULL},
    {"pid",  TYPE_U32, 0, 0, NULL},
};
static const struct operation_field load_refused_fields[] = {
    {"load",    TYPE_U16,  0, 0,   NULL},
    {"refusal", TYPE_U8,   0, 0,   refusal_values},
    {"a",       TYPE_U32,  0, 0,   NULL},
    {"b",       TYPE_U32,  0, 0,   NULL},
    {"text",    TYPE_TEXT, 0, 160, NULL},
};
static const struct operation_field load_failed_fields[] = {
    {"load",    TYPE_U16, 0, 0, NULL},
    {"reasons", TYPE_U32, 0, 0, NULL},
};
static const struct operation_field task_started_fields[] = {
    {"pid",      TYPE_U32, 0, 0, NULL},
    {"restarts", TYPE_U32, 0, 0, NULL},
};
static const struct operation_field task_ended_fields[] = {
    {"pid",    TYPE_U32,  0, 0,   NULL},
    {"end",    TYPE_U8,   0, 0,   task_end_values},
    {"detail", TYPE_I32,  0, 0,   NULL},
    {"text",   TYPE_TEXT, 0, 160, NULL},
};
static const struct operation_field event_lost_fields[] = {
    {"count", TYPE_U32, 0, 0, NULL},
};
static const struct operation_field event_missed_fields[] = {
    {"first", TYPE_U64, 0, 0, NULL},
    {"last",  TYPE_U64, 0, 0, NULL},
};
static const struct operation_field event_slow_fields[] = {
    {"pending", TYPE_U32, 0, 0, NULL},
};
static const struct operation_field other_fields[] = {
    {"kind", TYPE_U8,  0, 0, NULL},
    {"pid",  TYPE_U32, 0, 0, NULL},
    {"a",    TYPE_U32, 0, 0, NULL},
    {"b",    TYPE_U32, 0, 0, NULL},
};
static const struct operation_field table_pressure_fields[] = {
    {"table",   TYPE_U8,  0, 0, table_values},
    {"percent", TYPE_U32, 0, 0, NULL},
};
static const struct operation_field table_relieved_fields[] = {
    {"table",   TYPE_U8,  0, 0, table_values},
    {"percent", TYPE_U32, 0, 0, NULL},
};
static const struct operation_field table_exhausted_fields[] = {
    {"pid",   TYPE_U32, 0, 0, NULL},
    {"table", TYPE_U8,  0, 0, table_values},
};
static const struct operation_field mailbox_overrun_fields[] = {
    {"pid",    TYPE_U32, 0, 0, NULL},
    {"handle", TYPE_U32, 0, 0, NULL},
    {"lost",   TYPE_U32, 0, 0, NULL},
};
static const struct operation_field task_moved_fields[] = {
    {"pid",    TYPE_U32, 0, 0, NULL},
    {"before", TYPE_U8,  0, 0, task_state_values},
    {"after",  TYPE_U8,  0, 0, task_state_values},
    {"reason", TYPE_U8,  0, 0, task_reason_values},
};
static const struct operation_field task_quarantined_fields[] = {
    {"pid",      TYPE_U32, 0, 0, NULL},
    {"failures", TYPE_U32, 0, 0, NULL},
};
static const struct operation_field hive_stopped_fields[] = {
    {"tasks", TYPE_U32, 0, 0, NULL},
};
static const struct operation_field value_changed_fields[] = {
    {"pid",  TYPE_U32, 0, 0, NULL},
    {"id",   TYPE_U32, 0, 0, NULL},
    {"bits", TYPE_U32, 0, 0, NULL},
};
static const struct operation_field command_done_fields[] = {
    {"pid",    TYPE_U32, 0, 0, NULL},
    {"ticket", TYPE_U16, 0, 0, NULL},
    {"status", TYPE_I32, 0, 0, NULL},
    {"result", TYPE_U32, 0, 0, NULL},
};
static const struct operation_field call_denied_fields[] = {
    {"pid",    TYPE_U32, 0, 0, NULL},
    {"call",   TYPE_U16, 0, 0, NULL},
    {"status", TYPE_I32, 0, 0, NULL},
};
static const struct operation_field clock_changed_fields[] = {
    {"mode",             TYPE_U8,  0, 0, clock_mode_values},
    {"words_per_second", TYPE_U32, 0, 0, NULL},
};
static const struct operation_field step_done_fields[] = {
    {"ticket", TYPE_U16, 0, 0, NULL},
    {"pid",    TYPE_U32, 0, 0, NULL},
    {"end",    TYPE_U8,  0, 0, step_end_values},
    {"done",   TYPE_U32, 0, 0, NULL},
    {"pc",     TYPE_U32, 0, 0, NULL},
};
static const struct operation_field log_lost_fields[] = {
    {"pid",   TYPE_U32, 0, 0, NULL},
    {"bytes", TYPE_U32, 0, 0, NULL},
};
static const struct operation_field hive_condition_fields[] = {
    {"condition", TYPE_U8,  0, 0, condition_values},
    {"causes",    TYPE_U32, 0, 0, NULL},
};
static const struct operation_field hive_start_fields[] = {
    {"start", TYPE_U8,  0, 0, start_phase_values},
    {"tasks", TYPE_U32, 0, 0, NULL},
};
static const struct operation_field task_held_fields[] = {
    {"pid", TYPE_U32, 0, 0, NULL},
};
static const struct operation_field hive_unwell_fields[] = {
    {"faults", TYPE_U32, 0, 0, NULL},
};
static const struct operation_field value_unsaved_fields[] = {
    {"pid",    TYPE_U32, 0, 0, NULL},
    {"id",     TYPE_U32, 0, 0, NULL},
    {"status", TYPE_I32, 0, 0, NULL},
};
static const struct operation_field mailbox_sent_fields[] = {
    {"pid",     TYPE_U32, 0, 0, NULL},
    {"mailbox", TYPE_U16, 0, 0, NULL},
    {"length",  TYPE_U8,  0, 0, NULL},
    {"flags",   TYPE_U8,  0, 0, NULL},
    {"channel", TYPE_U16, 0, 0, NULL},
};
static const struct operation_field mailbox_received_fields[] = {
    {"pid",     TYPE_U32, 0, 0, NULL},
    {"mailbox", TYPE_U16, 0, 0, NULL},
    {"length",  TYPE_U8,  0, 0, NULL},
    {"flags",   TYPE_U8,  0, 0, NULL},
    {"channel", TYPE_U16, 0, 0, NULL},
};
static const struct operation_field mailbox_full_fields[] = {
    {"pid",     TYPE_U32, 0, 0, NULL},
    {"mailbox", TYPE_U16, 0, 0, NULL},
    {"length",  TYPE_U8,  0, 0, NULL},
};
static const struct operation_field value_made_fields[] = {
    {"pid", TYPE_U32, 0, 0, NULL},
    {"id",  TYPE_U16, 0, 0, NULL},
};
static const struct operation_field command_made_fields[] = {
    {"pid", TYPE_U32, 0, 0, NULL},
    {"id",  TYPE_U16, 0, 0, NULL},
};
static const struct operation_field command_called_fields[] = {
    {"pid", TYPE_U32, 0, 0, NULL},
    {"id",  TYPE_U16, 0, 0, NULL},
    {"by",  TYPE_U32, 0, 0, NULL},
};

const struct operation_name operation_names[] = {
    {0,    "hive.info",         "none",    "what this hive is, and how much it takes",                                                                                             {0, NULL},                         {11, hive_info_result},        NULL},
    {1,    "hive.stop",         "control", "emergency: pause every task, whoever has locked it, and give nobody a turn",                                                           {0, NULL},                         {0, NULL},                     NULL},
    {2,    "hive.go",           "control", "give turns again; tasks stay paused until they are resumed",                                                                           {0, NULL},                         {0, NULL},                     NULL},
    {3,    "hive.offers",       "none",    "what can be asked of this hive, so that a client can choose before it begins",                                                         {0, NULL},                         {3, hive_offers_result},       NULL},
    {4,    "hive.restart",      "control", "end every task and begin anew, as after a reset, unless another session has locked a task; not over a link that a token opened",       {0, NULL},                         {0, NULL},                     NULL},
    {5,    "hive.shutdown",     "control", "end every task and the hive, likewise; a board cannot do that",                                                                        {0, NULL},                         {0, NULL},                     NULL},
    {8,    "hive.state",        "observe", "how the hive is and why, and whether guests start by themselves",                                                                      {0, NULL},                         {5, hive_state_result},        NULL},
    {9,    "hive.safe",         "control", "make the hive safe: what runs goes on, and nothing starts by itself before hive.normal",                                               {0, NULL},                         {0, NULL},                     NULL},
    {10,   "hive.normal",       "control", "end the causes that last until somebody has seen them, a safe hive's among them",                                                      {0, NULL},                         {1, hive_normal_result},       NULL},
    {11,   "hive.hold",         "control", "let no guest start by itself before hive.start",                                                                                       {0, NULL},                         {0, NULL},                     NULL},
    {12,   "hive.start",        "control", "let guests start by themselves, those that are held at once",                                                                          {0, NULL},                         {0, NULL},                     NULL},
    {13,   "hive.page",         "observe", "the operator's page of spec/display.md, as it would be shown now",                                                                     {0, NULL},                         {1, hive_page_result},         NULL},
    {16,   "hive.link",         "none",    "what this link has carried to the hive, counted modulo 2^32",                                                                          {0, NULL},                         {7, hive_link_result},         NULL},
    {64,   "session.open",      "none",    "begin to operate, or to observe",                                                                                                      {5, session_open_parameters},      {2, session_open_result},      NULL},
    {65,   "session.keepalive", "observe", "say that the client is there; any other request says so too",                                                                          {0, NULL},                         {0, NULL},                     NULL},
    {66,   "session.close",     "observe", "end the session: its locks, subscription and unfinished uploads go",                                                                   {0, NULL},                         {0, NULL},                     NULL},
    {67,   "session.list",      "observe", "the open sessions",                                                                                                                    {1, session_list_parameters},      {9, session_list_result},      "sessions"},
    {68,   "session.lock",      "control", "keep other sessions from changing a task",                                                                                             {1, session_lock_parameters},      {0, NULL},                     NULL},
    {69,   "session.unlock",    "control", "let go of a task",                                                                                                                     {1, session_unlock_parameters},    {0, NULL},                     NULL},
    {70,   "session.end",       "control", "end another session, which its client learns from its next request; not over a link that a token opened",                              {1, session_end_parameters},       {0, NULL},                     NULL},
    {128,  "task.list",         "observe", "the tasks, and those that ended and are kept",                                                                                         {1, task_list_parameters},         {10, task_list_result},        "tasks"},
    {129,  "task.load_begin",   "control", "make room for an artifact",                                                                                                            {1, task_load_begin_parameters},   {2, task_load_begin_result},   NULL},
    {130,  "task.load_chunk",   "control", "bytes of an artifact, in order; a chunk that came already is taken as done",                                                           {3, task_load_chunk_parameters},   {1, task_load_chunk_result},   NULL},
    {131,  "task.load_end",     "control", "check the artifact and make a task of it; events with this load number say what came of it",                                           {1, task_load_end_parameters},     {1, task_load_end_result},     NULL},
    {132,  "task.kill",         "control", "end a task; it does not start again",                                                                                                  {1, task_kill_parameters},         {0, NULL},                     NULL},
    {133,  "task.pause",        "control", "let a task stand still, its watchdog too",                                                                                             {1, task_pause_parameters},        {0, NULL},                     NULL},
    {134,  "task.resume",       "control", "let a paused task go on, or a quarantined one begin anew",                                                                             {1, task_resume_parameters},       {0, NULL},                     NULL},
    {144,  "task.step",         "control", "let a task go on for a while, in the mode manual or when it is paused; the event step.done says when it is over",                      {3, task_step_parameters},         {1, task_step_result},         NULL},
    {145,  "task.priority",     "control", "give a task another priority, until it ends",                                                                                          {2, task_priority_parameters},     {0, NULL},                     NULL},
    {152,  "task.trace",        "control", "run a task, and no other, word by word, so that a fault comes into the blackbox with the branches that it took last",                  {1, task_trace_parameters},        {0, NULL},                     NULL},
    {153,  "task.budget",       "observe", "what a task may use, and what it has used since its start; 0: no limit",                                                               {1, task_budget_parameters},       {12, task_budget_result},      NULL},
    {154,  "task.set_budget",   "control", "give a task another budget; what it has used counts",                                                                                  {8, task_set_budget_parameters},   {0, NULL},                     NULL},
    {192,  "event.subscribe",   "observe", "get events on this link; replaces the session's subscription",                                                                         {4, event_subscribe_parameters},   {3, event_subscribe_result},   NULL},
    {193,  "event.acknowledge", "observe", "events up to this one are done with",                                                                                                  {1, event_acknowledge_parameters}, {2, event_acknowledge_result}, NULL},
    {194,  "event.unsubscribe", "observe", "no more events",                                                                                                                       {0, NULL},                         {0, NULL},                     NULL},
    {256,  "console.write",     "control", "type to the task that reads",                                                                                                          {1, console_write_parameters},     {1, console_write_result},     NULL},
    {264,  "console.send",      "control", "type to one task, whether it reads already or not",                                                                                    {3, console_send_parameters},      {1, console_send_result},      NULL},
    {265,  "console.listen",    "observe", "choose what tasks write comes to this session in frames of the channel console",                                                       {2, console_listen_parameters},    {0, NULL},                     NULL},
    {320,  "value.list",        "observe", "the values that tasks offer",                                                                                                          {1, value_list_parameters},        {12, value_list_result},       "values"},
    {321,  "value.get",         "observe", "a value and its contract",                                                                                                             {1, value_get_parameters},         {14, value_get_result},        NULL},
    {322,  "value.set",         "control", "set a value, unless another session has locked its task",                                                                              {3, value_set_parameters},         {0, NULL},                     NULL},
    {384,  "command.list",      "observe", "the commands that tasks offer",                                                                                                        {1, command_list_parameters},      {14, command_list_result},     "commands"},
    {385,  "command.call",      "control", "have a command run, unless another session has locked its task; the event command.done tells the answer",                              {7, command_call_parameters},      {1, command_call_result},      NULL},
    {448,  "mailbox.list",      "observe", "the mailboxes and what they counted",                                                                                                  {1, mailbox_list_parameters},      {12, mailbox_list_result},     "mailboxes"},
    {512,  "clock.get",         "observe", "how time goes and turns are given",                                                                                                    {0, NULL},                         {9, clock_get_result},         NULL},
    {513,  "clock.set",         "control", "say how time goes and turns are given, unless another session has locked a task",                                                      {4, clock_set_parameters},         {0, NULL},                     NULL},
    {514,  "clock.step",        "control", "let all tasks go on for a while, in the mode manual, unless another session has locked one; the event step.done says when it is over", {2, clock_step_parameters},        {1, clock_step_result},        NULL},
    {576,  "schedule.list",     "observe", "how the tasks had their turns, counted modulo 2^32",                                                                                   {1, schedule_list_parameters},     {11, schedule_list_result},    "tasks"},
    {577,  "schedule.totals",   "observe", "the same of the hive, and what it remembers",                                                                                          {0, NULL},                         {5, schedule_totals_result},   NULL},
    {578,  "schedule.keep",     "control", "remember so many switches from now on, and none of those before",                                                                      {1, schedule_keep_parameters},     {0, NULL},                     NULL},
    {579,  "schedule.trace",    "observe", "the switches that are remembered",                                                                                                     {1, schedule_trace_parameters},    {7, schedule_trace_result},    "switches"},
    {640,  "profile.use",       "observe", "what the tasks have used since they started",                                                                                          {1, profile_use_parameters},       {13, profile_use_result},      "tasks"},
    {641,  "profile.start",     "control", "count every so many words where the program is; forgets the profile before",                                                           {2, profile_start_parameters},     {0, NULL},                     NULL},
    {642,  "profile.stop",      "control", "count no more; what was counted can be read",                                                                                          {0, NULL},                         {0, NULL},                     NULL},
    {643,  "profile.get",       "observe", "what is counted",                                                                                                                      {0, NULL},                         {7, profile_get_result},       NULL},
    {644,  "profile.read",      "observe", "where the samples fell",                                                                                                               {1, profile_read_parameters},      {4, profile_read_result},      "places"},
    {704,  "log.list",          "observe", "the log's lines that are kept",                                                                                                        {1, log_list_parameters},          {7, log_list_result},          "lines"},
    {705,  "log.level",         "control", "keep lines up to this level from now on",                                                                                              {2, log_level_parameters},         {1, log_level_result},         NULL},
    {832,  "blackbox.info",     "observe", "what the hive kept of its faults, in short",                                                                                           {0, NULL},                         {8, blackbox_info_result},     NULL},
    {833,  "blackbox.read",     "observe", "bytes of the area, as spec/blackbox.md lays them out",                                                                                 {2, blackbox_read_parameters},     {1, blackbox_read_result},     NULL},
    {896,  "config.list",       "observe", "the settings of this hive",                                                                                                            {1, config_list_parameters},       {5, config_list_result},       "settings"},
    {897,  "config.get",        "observe", "one setting",                                                                                                                          {1, config_get_parameters},        {3, config_get_result},        NULL},
    {898,  "config.set",        "control", "change a setting until the hive ends or reads its settings again; not over a link that a token opened",                                {2, config_set_parameters},        {0, NULL},                     NULL},
    {960,  "boot.info",         "none",    "what answers: a bootloader or a running hive, of which board and version",                                                             {0, NULL},                         {5, boot_info_result},         NULL},
    {961,  "boot.enter",        "control", "leave for the bootloader, as soon as nothing is half done",                                                                            {1, boot_enter_parameters},        {0, NULL},                     NULL},
    {962,  "boot.start",        "control", "to a bootloader: start what it chooses",                                                                                               {0, NULL},                         {0, NULL},                     NULL},
    {963,  "boot.previous",     "control", "to a bootloader: take the image that ran before",                                                                                      {0, NULL},                         {0, NULL},                     NULL},
    {964,  "boot.hash",         "control", "to a bootloader: what lies in a part of its slots, as SHA-256",                                                                        {2, boot_hash_parameters},         {1, boot_hash_result},         NULL},
    {965,  "boot.state",        "none",    "to a bootloader: what it last refused or reverted, and why (spec/boot.md)",                                                            {0, NULL},                         {5, boot_state_result},        NULL},
    {966,  "boot.slots",        "none",    "the places for images and artifacts",                                                                                                  {1, boot_slots_parameters},        {8, boot_slots_result},        "slots"},
    {1024, "transfer.begin",    "control", "say what comes on the channel bulk, or go on with it",                                                                                 {4, transfer_begin_parameters},    {4, transfer_begin_result},    NULL},
    {1025, "transfer.end",      "control", "check the whole and take it; refused with AGAIN while it is being checked",                                                            {1, transfer_end_parameters},      {1, transfer_end_result},      NULL},
    {1026, "transfer.abort",    "control", "let go of what has come so far",                                                                                                       {1, transfer_abort_parameters},    {0, NULL},                     NULL},
    {1027, "transfer.verify",   "control", "read back whether a slot holds exactly these bytes; refused with AGAIN while it is being checked",                                     {4, transfer_verify_parameters},   {0, NULL},                     NULL},
    {0,    NULL,                NULL,      NULL,                                                                                                                                   {0, NULL},                         {0, NULL},                     NULL},
};

const struct event_name event_names[] = {
    {1,  "load.accepted",    "an artifact became a task",                                                                                                                                                         {2, load_accepted_fields}},
    {2,  "load.refused",     "one reason against an artifact; a and b as the reason says",                                                                                                                        {5, load_refused_fields}},
    {3,  "load.failed",      "the last word about an artifact that was refused",                                                                                                                                  {2, load_failed_fields}},
    {4,  "task.started",     "a task runs, for the first time or again",                                                                                                                                          {2, task_started_fields}},
    {5,  "task.ended",       "a task ended; detail: exit status, trap or break",                                                                                                                                  {4, task_ended_fields}},
    {6,  "event.lost",       "the executive overwrote events before anybody could be told",                                                                                                                       {1, event_lost_fields}},
    {7,  "event.missed",     "to one subscriber: events first to last are gone before it took them",                                                                                                              {2, event_missed_fields}},
    {8,  "event.slow",       "to one subscriber: it will miss events unless it acknowledges soon",                                                                                                                {1, event_slow_fields}},
    {9,  "other",            "an event that this table does not name; kind, a and b as in device/executive/executive.h",                                                                                          {4, other_fields}},
    {10, "table.pressure",   "a table of the hive is nearly full",                                                                                                                                                {2, table_pressure_fields}},
    {11, "table.relieved",   "a table of the hive has room again",                                                                                                                                                {2, table_relieved_fields}},
    {12, "table.exhausted",  "a table had no room for what a task asked",                                                                                                                                         {2, table_exhausted_fields}},
    {13, "mailbox.overrun",  "a mailbox dropped messages that a task had not read",                                                                                                                               {3, mailbox_overrun_fields}},
    {14, "task.moved",       "a task moved from one state to another; only for the reasons that the hive is told to tell",                                                                                        {4, task_moved_fields}},
    {15, "task.quarantined", "a task failed too often and stays ended until task.resume",                                                                                                                         {2, task_quarantined_fields}},
    {16, "hive.stopped",     "hive.stop, or the board's emergency stop",                                                                                                                                          {1, hive_stopped_fields}},
    {17, "value.changed",    "a value of a task changed, if the hive tells such changes",                                                                                                                         {3, value_changed_fields}},
    {18, "command.done",     "a task has run a command for an operator; ticket: its low half",                                                                                                                    {4, command_done_fields}},
    {19, "call.denied",      "a task's call was refused for want of a right, or over its rate; told once for each group",                                                                                         {3, call_denied_fields}},
    {20, "clock.changed",    "the clock was set",                                                                                                                                                                 {2, clock_changed_fields}},
    {21, "step.done",        "a step is over; pid: of all tasks, the last one that had a turn",                                                                                                                   {5, step_done_fields}},
    {25, "log.lost",         "a task wrote more than the log takes of one task; the streams have it all",                                                                                                         {2, log_lost_fields}},
    {30, "hive.condition",   "the hive has become normal, degraded or safe, or for other causes",                                                                                                                 {2, hive_condition_fields}},
    {31, "hive.start",       "guests wait, are held or start by themselves; tasks: that wait for it",                                                                                                             {2, hive_start_fields}},
    {32, "task.held",        "a task is to start by itself, and may not yet",                                                                                                                                     {1, task_held_fields}},
    {33, "hive.unwell",      "the hive does not do all of its work, so its watchdog is not fed; faults: bits, 1 no step, 2 an old time, 4 a deadline passed, 8 nobody got a turn, 16 a host service did not run", {1, hive_unwell_fields}},
    {44, "value.unsaved",    "a persistent value of a task is not kept, for its store takes nothing",                                                                                                             {3, value_unsaved_fields}},
    {51, "mailbox.sent",     "a message was put into a mailbox, if the hive tells traffic; pid: the sender, 0: a device; mailbox: its slot in mailbox.list",                                                      {5, mailbox_sent_fields}},
    {52, "mailbox.received", "a task took a message from a mailbox, likewise",                                                                                                                                    {5, mailbox_received_fields}},
    {53, "mailbox.full",     "a mailbox had no room for what a task sent, which waits or is refused, likewise",                                                                                                   {3, mailbox_full_fields}},
    {54, "value.made",       "a task offers a value, likewise",                                                                                                                                                   {2, value_made_fields}},
    {55, "command.made",     "a task offers a command, likewise",                                                                                                                                                 {2, command_made_fields}},
    {56, "command.called",   "a task is to run a command, likewise; by: the task that called it, 0: an operator",                                                                                                 {3, command_called_fields}},
    {0,  NULL,               NULL,                                                                                                                                                                                {0, NULL}},
};

const char *const operation_reasons[] = {
    "none",
    "length",
    "parameter",
    "operation",
    "session",
    "observer",
    "locked",
    "task",
    "token",
    "upload",
    "room",
    "cursor",
    "object",
    "level",
    "pin",
    "read_only",
    "safe",
    "mode",
    "stopped",
    "step",
    "transfer",
    "target",
    "slot",
    "checking",
    "hash",
    "setting",
    "restart",
    NULL,
};
const char *const operation_reason_texts[] = {
    "the status says it all",
    "the request ends too early or too late",
    "a parameter is outside its bounds",
    "there is no such operation here",
    "no session, or one that is closed, has expired or belongs to another link",
    "observers change nothing",
    "another session has locked the task",
    "there is no such task, or it is in no state for that",
    "this link needs a session.open with the right token first",
    "no such upload, or the chunk does not follow the last one",
    "as many as there may be",
    "not a sequence number that this subscription could have",
    "there is no such object, or what was given is not of its contract",
    "it takes a higher level",
    "it takes a PIN, and that is not its",
    "only its owner sets it",
    "the hive is safe: hive.normal first",
    "that cannot be done in the clock's mode",
    "the hive is stopped; hive.go first",
    "another step is under way",
    "there is no such transfer, or it is not all there",
    "it is not taken here: firmware and keys are for the bootloader, guests for a running hive",
    "there is no such slot, or it is in use",
    "what came is being checked: ask again",
    "what was kept has another hash than was said: send it again",
    "there is no setting of that name, or that is not what it takes",
    "that setting takes effect with the next start: change the settings file",
    NULL,
};

const struct operation_name *operation_named(const char *name) {
    for (const struct operation_name *row = operation_names; row->name; row++) {
        if (strcmp(row->name, name) == 0) return row;
    }
    return NULL;
}

const struct operation_name *operation_numbered(uint32_t number) {
    for (const struct operation_name *row = operation_names; row->name; row++) {
        if (row->number == number) return row;
    }
    return NULL;
}

const struct event_name *event_named(const char *name) {
    for (const struct event_name *row = event_names; row->name; row++) {
        if (strcmp(row->name, name) == 0) return row;
    }
    return NULL;
}

const struct event_name *event_numbered(uint32_t number) {
    for (const struct event_name *row = event_names; row->name; row++) {
        if (row->number == number) return row;
    }
    return NULL;
}
