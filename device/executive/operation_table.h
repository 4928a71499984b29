/* GENERATED from spec/operations.json by tools/generate/operations.py. Do not edit. */
/* operation_table: the operations of spec/operations.json and the events of spec/events.json: parameters and results
 * as structs, a handler to write for each operation, and how all of it is on the wire. */
#ifndef SKEP_DEVICE_EXECUTIVE_OPERATION_TABLE_H
#define SKEP_DEVICE_EXECUTIVE_OPERATION_TABLE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/status.h"
#include "device/executive/operation_fields.h"

enum { OPERATION_PROTOCOL = 1 };

enum operation_number {
    OPERATION_HIVE_INFO = 0,
    OPERATION_HIVE_STOP = 1,
    OPERATION_HIVE_GO = 2,
    OPERATION_HIVE_OFFERS = 3,
    OPERATION_HIVE_RESTART = 4,
    OPERATION_HIVE_SHUTDOWN = 5,
    OPERATION_HIVE_STATE = 8,
    OPERATION_HIVE_SAFE = 9,
    OPERATION_HIVE_NORMAL = 10,
    OPERATION_HIVE_HOLD = 11,
    OPERATION_HIVE_START = 12,
    OPERATION_HIVE_PAGE = 13,
    OPERATION_HIVE_LINK = 16,
    OPERATION_SESSION_OPEN = 64,
    OPERATION_SESSION_KEEPALIVE = 65,
    OPERATION_SESSION_CLOSE = 66,
    OPERATION_SESSION_LIST = 67,
    OPERATION_SESSION_LOCK = 68,
    OPERATION_SESSION_UNLOCK = 69,
    OPERATION_SESSION_END = 70,
    OPERATION_TASK_LIST = 128,
    OPERATION_TASK_LOAD_BEGIN = 129,
    OPERATION_TASK_LOAD_CHUNK = 130,
    OPERATION_TASK_LOAD_END = 131,
    OPERATION_TASK_KILL = 132,
    OPERATION_TASK_PAUSE = 133,
    OPERATION_TASK_RESUME = 134,
    OPERATION_TASK_STEP = 144,
    OPERATION_TASK_PRIORITY = 145,
    OPERATION_TASK_TRACE = 152,
    OPERATION_TASK_BUDGET = 153,
    OPERATION_TASK_SET_BUDGET = 154,
    OPERATION_EVENT_SUBSCRIBE = 192,
    OPERATION_EVENT_ACKNOWLEDGE = 193,
    OPERATION_EVENT_UNSUBSCRIBE = 194,
    OPERATION_CONSOLE_WRITE = 256,
    OPERATION_CONSOLE_SEND = 264,
    OPERATION_CONSOLE_LISTEN = 265,
    OPERATION_VALUE_LIST = 320,
    OPERATION_VALUE_GET = 321,
    OPERATION_VALUE_SET = 322,
    OPERATION_COMMAND_LIST = 384,
    OPERATION_COMMAND_CALL = 385,
    OPERATION_MAILBOX_LIST = 448,
    OPERATION_CLOCK_GET = 512,
    OPERATION_CLOCK_SET = 513,
    OPERATION_CLOCK_STEP = 514,
    OPERATION_SCHEDULE_LIST = 576,
    OPERATION_SCHEDULE_TOTALS = 577,
    OPERATION_SCHEDULE_KEEP = 578,
    OPERATION_SCHEDULE_TRACE = 579,
    OPERATION_PROFILE_USE = 640,
    OPERATION_PROFILE_START = 641,
    OPERATION_PROFILE_STOP = 642,
    OPERATION_PROFILE_GET = 643,
    OPERATION_PROFILE_READ = 644,
    OPERATION_LOG_LIST = 704,
    OPERATION_LOG_LEVEL = 705,
    OPERATION_BLACKBOX_INFO = 832,
    OPERATION_BLACKBOX_READ = 833,
    OPERATION_CONFIG_LIST = 896,
    OPERATION_CONFIG_GET = 897,
    OPERATION_CONFIG_SET = 898,
    OPERATION_BOOT_INFO = 960,
    OPERATION_BOOT_ENTER = 961,
    OPERATION_BOOT_START = 962,
    OPERATION_BOOT_PREVIOUS = 963,
    OPERATION_BOOT_HASH = 964,
    OPERATION_BOOT_STATE = 965,
    OPERATION_BOOT_SLOTS = 966,
    OPERATION_TRANSFER_BEGIN = 1024,
    OPERATION_TRANSFER_END = 1025,
    OPERATION_TRANSFER_ABORT = 1026,
    OPERATION_TRANSFER_VERIFY = 1027,
};
enum operation_right { RIGHT_NONE, RIGHT_OBSERVE, RIGHT_CONTROL };

/* Why a request was refused, beside its status. */
enum operation_reason {
    WHY_NONE,      /* the status says it all */
    WHY_LENGTH,    /* the request ends too early or too late */
    WHY_PARAMETER, /* a parameter is outside its bounds; detail: its index */
    WHY_OPERATION, /* there is no such operation here */
    WHY_SESSION,   /* no session, or one that is closed, has expired or belongs to another link */
    WHY_OBSERVER,  /* observers change nothing */
    WHY_LOCKED,    /* another session has locked the task; detail: that session */
    WHY_TASK,      /* there is no such task, or it is in no state for that; detail: its pid */
    WHY_TOKEN,     /* this link needs a session.open with the right token first */
    WHY_UPLOAD,    /* no such upload, or the chunk does not follow the last one; detail: bytes received */
    WHY_ROOM,      /* as many as there may be; detail: how many */
    WHY_CURSOR,    /* not a sequence number that this subscription could have; detail: the newest one, low 32 bits */
    WHY_OBJECT,    /* there is no such object, or what was given is not of its contract; detail: its id */
    WHY_LEVEL,     /* it takes a higher level; detail: that level */
    WHY_PIN,       /* it takes a PIN, and that is not its */
    WHY_READ_ONLY, /* only its owner sets it; detail: its object id */
    WHY_SAFE,      /* the hive is safe: hive.normal first; detail: the bits of its causes */
    WHY_MODE,      /* that cannot be done in the clock's mode; detail: that mode */
    WHY_STOPPED,   /* the hive is stopped; hive.go first */
    WHY_STEP,      /* another step is under way; detail: its ticket */
    WHY_TRANSFER,  /* there is no such transfer, or it is not all there; detail: bytes received */
    WHY_TARGET,    /* it is not taken here: firmware and keys are for the bootloader, guests for a running hive; detail: the target */
    WHY_SLOT,      /* there is no such slot, or it is in use; detail: its number */
    WHY_CHECKING,  /* what came is being checked: ask again */
    WHY_HASH,      /* what was kept has another hash than was said: send it again */
    WHY_SETTING,   /* there is no setting of that name, or that is not what it takes */
    WHY_RESTART,   /* that setting takes effect with the next start: change the settings file */
};

enum event_number {
    EVENT_NUMBER_LOAD_ACCEPTED = 1,     /* an artifact became a task */
    EVENT_NUMBER_LOAD_REFUSED = 2,      /* one reason against an artifact; a and b as the reason says */
    EVENT_NUMBER_LOAD_FAILED = 3,       /* the last word about an artifact that was refused */
    EVENT_NUMBER_TASK_STARTED = 4,      /* a task runs, for the first time or again */
    EVENT_NUMBER_TASK_ENDED = 5,        /* a task ended; detail: exit status, trap or break */
    EVENT_NUMBER_EVENT_LOST = 6,        /* the executive overwrote events before anybody could be told */
    EVENT_NUMBER_EVENT_MISSED = 7,      /* to one subscriber: events first to last are gone before it took them */
    EVENT_NUMBER_EVENT_SLOW = 8,        /* to one subscriber: it will miss events unless it acknowledges soon */
    EVENT_NUMBER_OTHER = 9,             /* an event that this table does not name; kind, a and b as in device/executive/executive.h */
    EVENT_NUMBER_TABLE_PRESSURE = 10,   /* a table of the hive is nearly full */
    EVENT_NUMBER_TABLE_RELIEVED = 11,   /* a table of the hive has room again */
    EVENT_NUMBER_TABLE_EXHAUSTED = 12,  /* a table had no room for what a task asked */
    EVENT_NUMBER_MAILBOX_OVERRUN = 13,  /* a mailbox dropped messages that a task had not read */
    EVENT_NUMBER_TASK_MOVED = 14,       /* a task moved from one state to another; only for the reasons that the hive is told to tell */
    EVENT_NUMBER_TASK_QUARANTINED = 15, /* a task failed too often and stays ended until task.resume */
    EVENT_NUMBER_HIVE_STOPPED = 16,     /* hive.stop, or the board's emergency stop */
    EVENT_NUMBER_VALUE_CHANGED = 17,    /* a value of a task changed, if the hive tells such changes */
    EVENT_NUMBER_COMMAND_DONE = 18,     /* a task has run a command for an operator; ticket: its low half */
    EVENT_NUMBER_CALL_DENIED = 19,      /* a task's call was refused for want of a right, or over its rate; told once for each group */
    EVENT_NUMBER_CLOCK_CHANGED = 20,    /* the clock was set */
    EVENT_NUMBER_STEP_DONE = 21,        /* a step is over; pid: of all tasks, the last one that had a turn */
    EVENT_NUMBER_LOG_LOST = 25,         /* a task wrote more than the log takes of one task; the streams have it all */
    EVENT_NUMBER_HIVE_CONDITION = 30,   /* the hive has become normal, degraded or safe, or for other causes */
    EVENT_NUMBER_HIVE_START = 31,       /* guests wait, are held or start by themselves; tasks: that wait for it */
    EVENT_NUMBER_TASK_HELD = 32,        /* a task is to start by itself, and may not yet */
    EVENT_NUMBER_HIVE_UNWELL = 33,      /* the hive does not do all of its work, so its watchdog is not fed; faults: bits, 1 no step, 2 an old time, 4 a deadline passed, 8 nobody got a turn, 16 a host service did not run */
    EVENT_NUMBER_VALUE_UNSAVED = 44,    /* a persistent value of a task is not kept, for its store takes nothing */
    EVENT_NUMBER_MAILBOX_SENT = 51,     /* a message was put into a mailbox, if the hive tells traffic; pid: the sender, 0: a device; mailbox: its slot in mailbox.list */
    EVENT_NUMBER_MAILBOX_RECEIVED = 52, /* a task took a message from a mailbox, likewise */
    EVENT_NUMBER_MAILBOX_FULL = 53,     /* a mailbox had no room for what a task sent, which waits or is refused, likewise */
    EVENT_NUMBER_VALUE_MADE = 54,       /* a task offers a value, likewise */
    EVENT_NUMBER_COMMAND_MADE = 55,     /* a task offers a command, likewise */
    EVENT_NUMBER_COMMAND_CALLED = 56,   /* a task is to run a command, likewise; by: the task that called it, 0: an operator */
};

struct hive_info_result {
    uint16_t protocol;
    uint16_t abi;
    uint16_t payload_max;
    uint32_t boot;
    uint64_t uptime_us;
    uint64_t next_sequence;
    uint16_t tasks;
    uint16_t tasks_max;
    uint16_t sessions_max;
    uint32_t upload_max;
    const char *name;
};
struct hive_offers_result {
    uint32_t groups;
    uint32_t calls;
    uint64_t events;
};
struct hive_state_result {
    uint8_t condition;
    uint32_t causes;
    uint8_t start;
    uint32_t start_ms;
    uint16_t held;
};
struct hive_normal_result {
    uint8_t condition;
};
struct hive_page_result {
    const char *page;
};
struct hive_link_result {
    uint32_t frames;
    uint32_t damaged;
    uint32_t missing;
    uint32_t lost;
    uint32_t waiting_most;
    uint32_t waiting_max;
    uint32_t away_us_most;
};
struct session_open_parameters {
    char client[32 + 1];
    bool observer;
    bool console;
    uint32_t heartbeat_ms;
    const uint8_t *token; /* in the request */
    uint16_t token_bytes;
};
struct session_open_result {
    uint32_t session;
    uint32_t heartbeat_ms;
};
struct session_list_row {
    uint32_t session;
    bool observer;
    bool attached;
    uint32_t heartbeat_ms;
    uint32_t silent_ms;
    uint8_t locks;
    uint32_t pending;
    uint64_t missed;
    const char *client;
};
struct session_lock_parameters {
    uint32_t pid;
};
struct session_unlock_parameters {
    uint32_t pid;
};
struct session_end_parameters {
    uint32_t session;
};
struct task_list_row {
    uint32_t pid;
    uint8_t state;
    uint8_t end;
    uint32_t restarts;
    uint64_t words;
    uint64_t started_us;
    uint32_t ram_bytes;
    uint32_t stack_bytes;
    uint32_t locked_by;
    const char *name;
};
struct task_load_begin_parameters {
    uint32_t bytes;
};
struct task_load_begin_result {
    uint16_t upload;
    uint16_t chunk_max;
};
struct task_load_chunk_parameters {
    uint16_t upload;
    uint32_t offset;
    const uint8_t *data; /* in the request */
    uint16_t data_bytes;
};
struct task_load_chunk_result {
    uint32_t received;
};
struct task_load_end_parameters {
    uint16_t upload;
};
struct task_load_end_result {
    uint16_t load;
};
struct task_kill_parameters {
    uint32_t pid;
};
struct task_pause_parameters {
    uint32_t pid;
};
struct task_resume_parameters {
    uint32_t pid;
};
struct task_step_parameters {
    uint32_t pid;
    uint32_t count;
    bool turns;
};
struct task_step_result {
    uint16_t ticket;
};
struct task_priority_parameters {
    uint32_t pid;
    uint8_t priority;
};
struct task_trace_parameters {
    uint32_t pid;
};
struct task_budget_parameters {
    uint32_t pid;
};
struct task_budget_result {
    uint64_t fuel_words;
    uint64_t used_words;
    uint32_t period_ms;
    uint32_t period_words;
    uint32_t calls;
    uint32_t used_calls;
    uint32_t messages;
    uint32_t used_messages;
    uint32_t log_bytes;
    uint32_t used_log_bytes;
    uint32_t live_ms;
    uint32_t lived_ms;
};
struct task_set_budget_parameters {
    uint32_t pid;
    uint64_t fuel_words;
    uint32_t period_ms;
    uint32_t period_words;
    uint32_t calls;
    uint32_t messages;
    uint32_t log_bytes;
    uint32_t live_ms;
};
struct event_subscribe_parameters {
    uint64_t since;
    uint32_t pid;
    uint64_t kinds;
    uint16_t window;
};
struct event_subscribe_result {
    uint64_t next_sequence;
    uint64_t oldest_sequence;
    uint16_t window;
};
struct event_acknowledge_parameters {
    uint64_t sequence;
};
struct event_acknowledge_result {
    uint32_t pending;
    uint64_t missed;
};
struct console_write_parameters {
    const uint8_t *data; /* in the request */
    uint16_t data_bytes;
};
struct console_write_result {
    uint16_t taken;
};
struct console_send_parameters {
    uint32_t pid;
    bool end;
    const uint8_t *data; /* in the request */
    uint16_t data_bytes;
};
struct console_send_result {
    uint16_t taken;
};
struct console_listen_parameters {
    uint32_t pid;
    uint8_t streams;
};
struct value_list_row {
    uint16_t slot;
    uint16_t id;
    uint32_t pid;
    uint8_t type;
    uint8_t flags;
    uint8_t read_level;
    uint8_t write_level;
    bool readable;
    uint32_t bits;
    uint32_t age_ms;
    const char *name;
    const char *unit;
};
struct value_get_parameters {
    uint16_t id;
};
struct value_get_result {
    uint32_t pid;
    uint8_t type;
    uint8_t flags;
    uint8_t read_level;
    uint8_t write_level;
    uint32_t bits;
    uint32_t initial;
    uint32_t minimum;
    uint32_t maximum;
    uint32_t epsilon;
    uint32_t rate_ms;
    uint32_t age_ms;
    const char *name;
    const char *unit;
};
struct value_set_parameters {
    uint16_t id;
    uint32_t bits;
    uint32_t pin;
};
struct command_list_row {
    uint16_t slot;
    uint16_t id;
    uint32_t pid;
    uint8_t flags;
    uint8_t level;
    uint8_t arguments;
    uint8_t type0;
    uint8_t type1;
    uint8_t type2;
    uint8_t type3;
    uint8_t result;
    uint32_t timeout_ms;
    const char *name;
    const char *help;
};
struct command_call_parameters {
    uint16_t id;
    uint32_t pin;
    uint8_t arguments;
    uint32_t argument0;
    uint32_t argument1;
    uint32_t argument2;
    uint32_t argument3;
};
struct command_call_result {
    uint16_t ticket;
};
struct mailbox_list_row {
    uint16_t slot;
    uint32_t pid;
    uint8_t space;
    uint32_t task;
    uint8_t device;
    uint16_t readers;
    uint16_t handles;
    uint32_t capacity;
    uint32_t used;
    uint32_t sent;
    uint32_t lost;
    const char *name;
};
struct clock_get_result {
    uint8_t mode;
    uint8_t activity;
    uint32_t words_per_second;
    uint32_t burst_words;
    uint32_t turn_instructions;
    uint32_t quantum_words;
    uint64_t now_us;
    uint64_t board_us;
    uint64_t words;
};
struct clock_set_parameters {
    uint8_t mode;
    uint32_t words_per_second;
    uint32_t burst_words;
    uint32_t turn_instructions;
};
struct clock_step_parameters {
    uint32_t count;
    bool turns;
};
struct clock_step_result {
    uint16_t ticket;
};
struct schedule_list_row {
    uint32_t pid;
    uint8_t state;
    uint8_t priority;
    uint32_t turns;
    uint32_t switches;
    uint32_t preemptions;
    uint32_t waits;
    uint32_t throttles;
    uint32_t longest_wait_us;
    uint64_t words;
    const char *name;
};
struct schedule_totals_result {
    uint32_t turns;
    uint32_t switches;
    uint64_t words;
    uint32_t kept;
    uint32_t kept_max;
};
struct schedule_keep_parameters {
    uint32_t records;
};
struct schedule_trace_row {
    uint32_t number;
    uint64_t time_us;
    uint32_t before;
    uint32_t after;
    uint8_t reason;
    uint32_t turns;
    uint32_t words;
};
struct profile_use_row {
    uint32_t pid;
    uint32_t build;
    uint64_t words;
    uint32_t calls;
    uint32_t calls_refused;
    uint32_t messages;
    uint32_t log_bytes;
    uint32_t ram_bytes;
    uint32_t stack_bytes;
    uint32_t stack_used;
    uint32_t return_entries;
    uint32_t return_used;
    const char *name;
};
struct profile_start_parameters {
    uint32_t pid;
    uint32_t period_words;
};
struct profile_get_result {
    bool on;
    uint32_t pid;
    uint32_t period_words;
    uint64_t samples;
    uint64_t lost;
    uint32_t places;
    uint32_t places_max;
};
struct profile_read_row {
    uint32_t slot;
    uint32_t pid;
    uint32_t pc;
    uint32_t samples;
};
struct log_list_row {
    uint32_t sequence;
    uint64_t time_us;
    uint32_t pid;
    uint8_t level;
    uint8_t source;
    bool continues;
    const char *text;
};
struct log_level_parameters {
    uint32_t pid;
    uint8_t level;
};
struct log_level_result {
    uint8_t before;
};
struct blackbox_info_result {
    uint32_t bytes;
    uint32_t boots;
    uint8_t reason;
    uint32_t unsettled;
    uint32_t oldest;
    uint32_t newest;
    uint32_t newest_event;
    uint32_t damaged;
};
struct blackbox_read_parameters {
    uint32_t offset;
    uint16_t length;
};
struct blackbox_read_result {
    const uint8_t *data;
    uint16_t data_bytes;
};
struct config_list_row {
    uint16_t number;
    bool restart;
    const char *name;
    const char *value;
    const char *takes;
};
struct config_get_parameters {
    char name[32 + 1];
};
struct config_get_result {
    bool restart;
    const char *value;
    const char *takes;
};
struct config_set_parameters {
    char name[32 + 1];
    char value[200 + 1];
};
struct boot_info_result {
    uint8_t role;
    uint8_t state;
    uint32_t version;
    uint32_t security;
    const char *board;
};
struct boot_enter_parameters {
    bool emergency;
};
struct boot_hash_parameters {
    uint32_t offset;
    uint32_t length;
};
struct boot_hash_result {
    const uint8_t *hash;
    uint16_t hash_bytes;
};
struct boot_state_result {
    uint8_t reason;
    uint8_t slot;
    uint32_t detail;
    uint32_t key_set;
    uint32_t request;
};
struct boot_slots_row {
    uint32_t slot;
    uint8_t target;
    uint8_t state;
    uint32_t address;
    uint32_t bytes;
    uint32_t version;
    uint32_t security;
    const char *name;
};
struct transfer_begin_parameters {
    uint8_t target;
    uint8_t slot;
    uint32_t bytes;
    const uint8_t *hash; /* in the request */
    uint16_t hash_bytes;
};
struct transfer_begin_result {
    uint16_t transfer;
    uint32_t received;
    uint16_t chunk_max;
    uint32_t credit;
};
struct transfer_end_parameters {
    uint16_t transfer;
};
struct transfer_end_result {
    uint16_t load;
};
struct transfer_abort_parameters {
    uint16_t transfer;
};
struct transfer_verify_parameters {
    uint8_t target;
    uint8_t slot;
    uint32_t bytes;
    const uint8_t *hash; /* in the request */
    uint16_t hash_bytes;
};

/* Room for what any of them takes, and gives. */
union operation_parameters {
    uint32_t after; /* of a list */
    struct session_open_parameters session_open;
    struct session_lock_parameters session_lock;
    struct session_unlock_parameters session_unlock;
    struct session_end_parameters session_end;
    struct task_load_begin_parameters task_load_begin;
    struct task_load_chunk_parameters task_load_chunk;
    struct task_load_end_parameters task_load_end;
    struct task_kill_parameters task_kill;
    struct task_pause_parameters task_pause;
    struct task_resume_parameters task_resume;
    struct task_step_parameters task_step;
    struct task_priority_parameters task_priority;
    struct task_trace_parameters task_trace;
    struct task_budget_parameters task_budget;
    struct task_set_budget_parameters task_set_budget;
    struct event_subscribe_parameters event_subscribe;
    struct event_acknowledge_parameters event_acknowledge;
    struct console_write_parameters console_write;
    struct console_send_parameters console_send;
    struct console_listen_parameters console_listen;
    struct value_get_parameters value_get;
    struct value_set_parameters value_set;
    struct command_call_parameters command_call;
    struct clock_set_parameters clock_set;
    struct clock_step_parameters clock_step;
    struct schedule_keep_parameters schedule_keep;
    struct profile_start_parameters profile_start;
    struct log_level_parameters log_level;
    struct blackbox_read_parameters blackbox_read;
    struct config_get_parameters config_get;
    struct config_set_parameters config_set;
    struct boot_enter_parameters boot_enter;
    struct boot_hash_parameters boot_hash;
    struct transfer_begin_parameters transfer_begin;
    struct transfer_end_parameters transfer_end;
    struct transfer_abort_parameters transfer_abort;
    struct transfer_verify_parameters transfer_verify;
};
union operation_result {
    struct hive_info_result hive_info;
    struct hive_offers_result hive_offers;
    struct hive_state_result hive_state;
    struct hive_normal_result hive_normal;
    struct hive_page_result hive_page;
    struct hive_link_result hive_link;
    struct session_open_result session_open;
    struct session_list_row session_list;
    struct task_list_row task_list;
    struct task_load_begin_result task_load_begin;
    struct task_load_chunk_result task_load_chunk;
    struct task_load_end_result task_load_end;
    struct task_step_result task_step;
    struct task_budget_result task_budget;
    struct event_subscribe_result event_subscribe;
    struct event_acknowledge_result event_acknowledge;
    struct console_write_result console_write;
    struct console_send_result console_send;
    struct value_list_row value_list;
    struct value_get_result value_get;
    struct command_list_row command_list;
    struct command_call_result command_call;
    struct mailbox_list_row mailbox_list;
    struct clock_get_result clock_get;
    struct clock_step_result clock_step;
    struct schedule_list_row schedule_list;
    struct schedule_totals_result schedule_totals;
    struct schedule_trace_row schedule_trace;
    struct profile_use_row profile_use;
    struct profile_get_result profile_get;
    struct profile_read_row profile_read;
    struct log_list_row log_list;
    struct log_level_result log_level;
    struct blackbox_info_result blackbox_info;
    struct blackbox_read_result blackbox_read;
    struct config_list_row config_list;
    struct config_get_result config_get;
    struct boot_info_result boot_info;
    struct boot_hash_result boot_hash;
    struct boot_state_result boot_state;
    struct boot_slots_row boot_slots;
    struct transfer_begin_result transfer_begin;
    struct transfer_end_result transfer_end;
};

struct operation;
struct executive_event;

/* The handlers. Parameters are within their bounds. A list's gives the row with the smallest key above
 * `after`; false: there is none. */
enum status operate_hive_info(struct operation *operation, struct hive_info_result *result);
enum status operate_hive_stop(struct operation *operation);
enum status operate_hive_go(struct operation *operation);
enum status operate_hive_offers(struct operation *operation, struct hive_offers_result *result);
enum status operate_hive_restart(struct operation *operation);
enum status operate_hive_shutdown(struct operation *operation);
enum status operate_hive_state(struct operation *operation, struct hive_state_result *result);
enum status operate_hive_safe(struct operation *operation);
enum status operate_hive_normal(struct operation *operation, struct hive_normal_result *result);
enum status operate_hive_hold(struct operation *operation);
enum status operate_hive_start(struct operation *operation);
enum status operate_hive_page(struct operation *operation, struct hive_page_result *result);
enum status operate_hive_link(struct operation *operation, struct hive_link_result *result);
enum status operate_session_open(struct operation *operation, const struct session_open_parameters *parameters, struct session_open_result *result);
enum status operate_session_keepalive(struct operation *operation);
enum status operate_session_close(struct operation *operation);
bool list_session_list(struct operation *operation, uint32_t after, struct session_list_row *row);
enum status operate_session_lock(struct operation *operation, const struct session_lock_parameters *parameters);
enum status operate_session_unlock(struct operation *operation, const struct session_unlock_parameters *parameters);
enum status operate_session_end(struct operation *operation, const struct session_end_parameters *parameters);
bool list_task_list(struct operation *operation, uint32_t after, struct task_list_row *row);
enum status operate_task_load_begin(struct operation *operation, const struct task_load_begin_parameters *parameters, struct task_load_begin_result *result);
enum status operate_task_load_chunk(struct operation *operation, const struct task_load_chunk_parameters *parameters, struct task_load_chunk_result *result);
enum status operate_task_load_end(struct operation *operation, const struct task_load_end_parameters *parameters, struct task_load_end_result *result);
enum status operate_task_kill(struct operation *operation, const struct task_kill_parameters *parameters);
enum status operate_task_pause(struct operation *operation, const struct task_pause_parameters *parameters);
enum status operate_task_resume(struct operation *operation, const struct task_resume_parameters *parameters);
enum status operate_task_step(struct operation *operation, const struct task_step_parameters *parameters, struct task_step_result *result);
enum status operate_task_priority(struct operation *operation, const struct task_priority_parameters *parameters);
enum status operate_task_trace(struct operation *operation, const struct task_trace_parameters *parameters);
enum status operate_task_budget(struct operation *operation, const struct task_budget_parameters *parameters, struct task_budget_result *result);
enum status operate_task_set_budget(struct operation *operation, const struct task_set_budget_parameters *parameters);
enum status operate_event_subscribe(struct operation *operation, const struct event_subscribe_parameters *parameters, struct event_subscribe_result *result);
enum status operate_event_acknowledge(struct operation *operation, const struct event_acknowledge_parameters *parameters, struct event_acknowledge_result *result);
enum status operate_event_unsubscribe(struct operation *operation);
enum status operate_console_write(struct operation *operation, const struct console_write_parameters *parameters, struct console_write_result *result);
enum status operate_console_send(struct operation *operation, const struct console_send_parameters *parameters, struct console_send_result *result);
enum status operate_console_listen(struct operation *operation, const struct console_listen_parameters *parameters);
bool list_value_list(struct operation *operation, uint32_t after, struct value_list_row *row);
enum status operate_value_get(struct operation *operation, const struct value_get_parameters *parameters, struct value_get_result *result);
enum status operate_value_set(struct operation *operation, const struct value_set_parameters *parameters);
bool list_command_list(struct operation *operation, uint32_t after, struct command_list_row *row);
enum status operate_command_call(struct operation *operation, const struct command_call_parameters *parameters, struct command_call_result *result);
bool list_mailbox_list(struct operation *operation, uint32_t after, struct mailbox_list_row *row);
enum status operate_clock_get(struct operation *operation, struct clock_get_result *result);
enum status operate_clock_set(struct operation *operation, const struct clock_set_parameters *parameters);
enum status operate_clock_step(struct operation *operation, const struct clock_step_parameters *parameters, struct clock_step_result *result);
bool list_schedule_list(struct operation *operation, uint32_t after, struct schedule_list_row *row);
enum status operate_schedule_totals(struct operation *operation, struct schedule_totals_result *result);
enum status operate_schedule_keep(struct operation *operation, const struct schedule_keep_parameters *parameters);
bool list_schedule_trace(struct operation *operation, uint32_t after, struct schedule_trace_row *row);
bool list_profile_use(struct operation *operation, uint32_t after, struct profile_use_row *row);
enum status operate_profile_start(struct operation *operation, const struct profile_start_parameters *parameters);
enum status operate_profile_stop(struct operation *operation);
enum status operate_profile_get(struct operation *operation, struct profile_get_result *result);
bool list_profile_read(struct operation *operation, uint32_t after, struct profile_read_row *row);
bool list_log_list(struct operation *operation, uint32_t after, struct log_list_row *row);
enum status operate_log_level(struct operation *operation, const struct log_level_parameters *parameters, struct log_level_result *result);
enum status operate_blackbox_info(struct operation *operation, struct blackbox_info_result *result);
enum status operate_blackbox_read(struct operation *operation, const struct blackbox_read_parameters *parameters, struct blackbox_read_result *result);
bool list_config_list(struct operation *operation, uint32_t after, struct config_list_row *row);
enum status operate_config_get(struct operation *operation, const struct config_get_parameters *parameters, struct config_get_result *result);
enum status operate_config_set(struct operation *operation, const struct config_set_parameters *parameters);
enum status operate_boot_info(struct operation *operation, struct boot_info_result *result);
enum status operate_boot_enter(struct operation *operation, const struct boot_enter_parameters *parameters);
enum status operate_boot_start(struct operation *operation);
enum status operate_boot_previous(struct operation *operation);
enum status operate_boot_hash(struct operation *operation, const struct boot_hash_parameters *parameters, struct boot_hash_result *result);
enum status operate_boot_state(struct operation *operation, struct boot_state_result *result);
bool list_boot_slots(struct operation *operation, uint32_t after, struct boot_slots_row *row);
enum status operate_transfer_begin(struct operation *operation, const struct transfer_begin_parameters *parameters, struct transfer_begin_result *result);
enum status operate_transfer_end(struct operation *operation, const struct transfer_end_parameters *parameters, struct transfer_end_result *result);
enum status operate_transfer_abort(struct operation *operation, const struct transfer_abort_parameters *parameters);
enum status operate_transfer_verify(struct operation *operation, const struct transfer_verify_parameters *parameters);

/* How an operation is answered, and where its fields are: of a list, `result` is of its rows. */
struct operation_row {
    uint16_t number;
    uint8_t right; /* enum operation_right */
    uint8_t lock;  /* not 0: this parameter, from 1 on, is a task that no other session may have locked */
    uint8_t key;   /* not 0: this field of a list's row, from 1 on, is what the next rows come after */
    struct operation_fields parameters, result;
    union {
        enum status (*answer)(struct operation *operation, const void *parameters, void *result);
        bool (*list)(struct operation *operation, uint32_t after, void *row);
    } handler;
};
struct event_row {
    uint8_t kind, number; /* enum executive_event_kind, enum event_number */
    struct operation_fields fields;
};
struct operation_table {
    const struct operation_field *fields;
    const struct operation_row *operations;
    uint32_t operation_count;
    const struct event_row *events;
    uint32_t event_count;
};
extern const struct operation_table operation_table; /* those of the image's profile */
const struct event_row *event_row_of(const struct executive_event *event);

#endif
