/* GENERATED from spec/calls.json by tools/generate/calls.py. Do not edit. */
/* calls_table: host ABI as the executive sees it: the rows that call.c checks arguments by, and the typed handlers
 * that run after. A handler gets no guest address: `in` is checked memory of the task, which stays where it is
 * while the handler runs, `out` the executive's own buffer, copied after. */
#ifndef SKEP_DEVICE_EXECUTIVE_CALLS_TABLE_H
#define SKEP_DEVICE_EXECUTIVE_CALLS_TABLE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/status.h"

enum {
    CALLS_ABI = 1,
    CALL_REGISTERS = 6,
    CALL_COPY_BYTES_MAX = 256,
};

enum call_number {
    CALL_TASK_EXIT            = 64,
    CALL_TASK_SLEEP_MS        = 65,
    CALL_TASK_SLEEP_UNTIL     = 66,
    CALL_TASK_YIELD           = 67,
    CALL_TASK_INFO            = 68,
    CALL_TASK_VERSION         = 69,
    CALL_TASK_CHECK_IN        = 70,
    CALL_TASK_FORMAT          = 71,
    CALL_CONSOLE_WRITE        = 128,
    CALL_CONSOLE_READ         = 129,
    CALL_CONSOLE_FORMAT       = 130,
    CALL_CONSOLE_WRITE_ERROR  = 131,
    CALL_CONSOLE_FORMAT_ERROR = 132,
    CALL_TIME_MILLIS          = 192,
    CALL_TIME_MICROS          = 193,
    CALL_TIME_NOW             = 194,
    CALL_TIME_DELAY_MS        = 195,
    CALL_TIME_DELAY_US        = 196,
    CALL_TIME_TIMER_CREATE    = 197,
    CALL_TIME_TIMER_CANCEL    = 198,
    CALL_TIME_TIMER_WAIT      = 199,
    CALL_GPIO_CONFIG          = 256,
    CALL_GPIO_WRITE           = 257,
    CALL_GPIO_READ            = 258,
    CALL_GPIO_WATCH           = 259,
    CALL_GPIO_WAIT_EDGE       = 260,
    CALL_ADC_READ             = 320,
    CALL_PWM_WRITE            = 384,
    CALL_UART_CONFIG          = 448,
    CALL_UART_WRITE           = 449,
    CALL_UART_READ            = 450,
    CALL_I2C_TRANSFER         = 512,
    CALL_SPI_TRANSFER         = 576,
    CALL_CAN_SEND             = 640,
    CALL_CAN_RECEIVE          = 641,
    CALL_RANDOM_FILL          = 704,
    CALL_WATCHDOG_START       = 768,
    CALL_WATCHDOG_FEED        = 769,
    CALL_BLACKBOX_WRITE       = 832,
    CALL_BLACKBOX_READ        = 833,
    CALL_MAILBOX_BIND         = 896,
    CALL_MAILBOX_OPEN         = 897,
    CALL_MAILBOX_TAP          = 898,
    CALL_MAILBOX_SEND         = 899,
    CALL_MAILBOX_RECEIVE      = 900,
    CALL_MAILBOX_PEEK         = 901,
    CALL_MAILBOX_CLOSE        = 902,
    CALL_VALUE_REGISTER       = 960,
    CALL_VALUE_GET            = 961,
    CALL_VALUE_SET            = 962,
    CALL_VALUE_INFO           = 963,
    CALL_VALUE_NEXT           = 964,
    CALL_VALUE_SUBSCRIBE      = 965,
    CALL_VALUE_UNSUBSCRIBE    = 966,
    CALL_COMMAND_REGISTER     = 1024,
    CALL_COMMAND_CALL         = 1025,
    CALL_COMMAND_SEND         = 1026,
    CALL_COMMAND_INFO         = 1027,
    CALL_COMMAND_NEXT         = 1028,
    CALL_FILE_OPEN            = 1088,
    CALL_FILE_CLOSE           = 1089,
    CALL_FILE_READ            = 1090,
    CALL_FILE_WRITE           = 1091,
    CALL_FILE_SEEK            = 1092,
    CALL_FILE_SIZE            = 1093,
    CALL_FILE_NEXT            = 1094,
    CALL_FILE_RENAME          = 1095,
    CALL_FILE_DELETE          = 1096,
    CALL_FILE_SPACE           = 1097,
};

enum call_group {
    CALL_GROUP_TASK     = 1,
    CALL_GROUP_CONSOLE  = 2,
    CALL_GROUP_TIME     = 3,
    CALL_GROUP_GPIO     = 4,
    CALL_GROUP_ADC      = 5,
    CALL_GROUP_PWM      = 6,
    CALL_GROUP_UART     = 7,
    CALL_GROUP_I2C      = 8,
    CALL_GROUP_SPI      = 9,
    CALL_GROUP_CAN      = 10,
    CALL_GROUP_RANDOM   = 11,
    CALL_GROUP_WATCHDOG = 12,
    CALL_GROUP_BLACKBOX = 13,
    CALL_GROUP_MAILBOX  = 14,
    CALL_GROUP_VALUE    = 15,
    CALL_GROUP_COMMAND  = 16,
    CALL_GROUP_FILE     = 17,
    CALL_GROUP_USB      = 18,
};
/* Bit g: group g exists; group g needs no capability. */
#define CALL_GROUPS_KNOWN 0x0003fffeu
#define CALL_GROUPS_OPEN 0x0000000au

/* Modes of a capability, by group. */
enum capability_mode {
    MODE_CONSOLE_READ   = 1,
    MODE_CONSOLE_WRITE  = 2,
    MODE_GPIO_INPUT     = 1,
    MODE_GPIO_OUTPUT    = 2,
    MODE_ADC_READ       = 1,
    MODE_PWM_WRITE      = 1,
    MODE_UART_READ      = 1,
    MODE_UART_WRITE     = 2,
    MODE_UART_CONFIG    = 4,
    MODE_I2C_READ       = 1,
    MODE_I2C_WRITE      = 2,
    MODE_SPI_TRANSFER   = 1,
    MODE_CAN_READ       = 1,
    MODE_CAN_WRITE      = 2,
    MODE_RANDOM_READ    = 1,
    MODE_WATCHDOG_USE   = 1,
    MODE_BLACKBOX_READ  = 1,
    MODE_BLACKBOX_WRITE = 2,
    MODE_MAILBOX_READ   = 1,
    MODE_MAILBOX_WRITE  = 2,
    MODE_MAILBOX_TAP    = 4,
    MODE_VALUE_READ     = 1,
    MODE_VALUE_WRITE    = 2,
    MODE_VALUE_OWN      = 4,
    MODE_COMMAND_CALL   = 1,
    MODE_COMMAND_OWN    = 2,
    MODE_FILE_READ      = 1,
    MODE_FILE_WRITE     = 2,
};

enum call_gpio_mode {
    CALL_GPIO_MODE_INPUT = 0,
    CALL_GPIO_MODE_OUTPUT = 1,
    CALL_GPIO_MODE_INPUT_PULL_UP = 2,
    CALL_GPIO_MODE_INPUT_PULL_DOWN = 3,
};

enum call_gpio_edge {
    CALL_GPIO_EDGE_NONE = 0,
    CALL_GPIO_EDGE_RISING = 1,
    CALL_GPIO_EDGE_FALLING = 2,
    CALL_GPIO_EDGE_BOTH = 3,
};

enum call_mailbox_mode {
    CALL_MAILBOX_MODE_QUEUE = 0,
    CALL_MAILBOX_MODE_DROP = 1,
    CALL_MAILBOX_MODE_BLOCK = 2,
};

enum call_mailbox_right {
    CALL_MAILBOX_RIGHT_SEND = 0,
    CALL_MAILBOX_RIGHT_READ = 1,
};

/* Structures in guest memory, as bytes. */
enum {
    CALL_TASK_FACTS_BYTES = 64,
    CALL_TASK_FACTS_PID = 0,
    CALL_TASK_FACTS_ABI = 4,
    CALL_TASK_FACTS_RAM_BYTES = 8,
    CALL_TASK_FACTS_STACK_BYTES = 12,
    CALL_TASK_FACTS_WORDS = 16,
    CALL_TASK_FACTS_STARTED_US = 24,
    CALL_TASK_FACTS_NAME = 32,
    CALL_GPIO_EVENT_BYTES = 16,
    CALL_GPIO_EVENT_PIN = 0,
    CALL_GPIO_EVENT_LEVEL = 4,
    CALL_GPIO_EVENT_TIME_US = 8,
    CALL_CAN_FRAME_BYTES = 16,
    CALL_CAN_FRAME_ID = 0,
    CALL_CAN_FRAME_LENGTH = 4,
    CALL_CAN_FRAME_EXTENDED = 5,
    CALL_CAN_FRAME_ZERO = 6,
    CALL_CAN_FRAME_DATA = 8,
    CALL_TIMER_EVENT_BYTES = 16,
    CALL_TIMER_EVENT_TIMER = 0,
    CALL_TIMER_EVENT_EXPIRED = 4,
    CALL_TIMER_EVENT_TIME_US = 8,
    CALL_MAILBOX_HEAD_BYTES = 8,
    CALL_MAILBOX_HEAD_SENDER = 0,
    CALL_MAILBOX_HEAD_CHANNEL = 4,
    CALL_MAILBOX_HEAD_FLAGS = 6,
    CALL_MAILBOX_HEAD_LENGTH = 7,
    CALL_VALUE_CHANGE_BYTES = 12,
    CALL_VALUE_CHANGE_ID = 0,
    CALL_VALUE_CHANGE_BEFORE = 4,
    CALL_VALUE_CHANGE_AFTER = 8,
    CALL_VALUE_FACTS_BYTES = 56,
    CALL_VALUE_FACTS_BITS = 0,
    CALL_VALUE_FACTS_OWNER = 4,
    CALL_VALUE_FACTS_AGE_US = 8,
    CALL_VALUE_FACTS_TYPE = 16,
    CALL_VALUE_FACTS_FLAGS = 17,
    CALL_VALUE_FACTS_READ_LEVEL = 18,
    CALL_VALUE_FACTS_WRITE_LEVEL = 19,
    CALL_VALUE_FACTS_MINIMUM = 20,
    CALL_VALUE_FACTS_MAXIMUM = 24,
    CALL_VALUE_FACTS_EPSILON = 28,
    CALL_VALUE_FACTS_NAME = 32,
    CALL_VALUE_FACTS_UNIT = 48,
    CALL_COMMAND_DONE_BYTES = 16,
    CALL_COMMAND_DONE_ID = 0,
    CALL_COMMAND_DONE_TICKET = 4,
    CALL_COMMAND_DONE_STATUS = 8,
    CALL_COMMAND_DONE_RESULT = 12,
    CALL_COMMAND_FACTS_BYTES = 72,
    CALL_COMMAND_FACTS_OWNER = 0,
    CALL_COMMAND_FACTS_FLAGS = 4,
    CALL_COMMAND_FACTS_LEVEL = 5,
    CALL_COMMAND_FACTS_ARGUMENTS = 6,
    CALL_COMMAND_FACTS_RESULT = 7,
    CALL_COMMAND_FACTS_TYPES = 8,
    CALL_COMMAND_FACTS_TIMEOUT_MS = 12,
    CALL_COMMAND_FACTS_NAME = 16,
    CALL_COMMAND_FACTS_HELP = 32,
    CALL_FILE_FACTS_BYTES = 36,
    CALL_FILE_FACTS_SIZE = 0,
    CALL_FILE_FACTS_NAME = 4,
    CALL_FILE_SPACE_BYTES = 16,
    CALL_FILE_SPACE_FILES = 0,
    CALL_FILE_SPACE_FILES_MAX = 4,
    CALL_FILE_SPACE_SIZE = 8,
    CALL_FILE_SPACE_SIZE_MAX = 12,
    CALL_MAILBOX_FACTS_BYTES = 24,
    CALL_MAILBOX_FACTS_MESSAGES = 0,
    CALL_MAILBOX_FACTS_USED = 4,
    CALL_MAILBOX_FACTS_CAPACITY = 8,
    CALL_MAILBOX_FACTS_NEXT_LENGTH = 12,
    CALL_MAILBOX_FACTS_SENT = 16,
    CALL_MAILBOX_FACTS_LOST = 20,
};

enum call_flag {
    CALL_MAY_WAIT = 1, /* the handler may answer ST_AGAIN: the task is parked and the call made again */
    CALL_CLOCK = 2,    /* needs the time of now, not of when the task's turn began */
    CALL_RESULT = 4,   /* a1 gets call->result */
    CALL_COUNTED = 8,  /* call->result says how many bytes of `out` are good */
    CALL_ENDS = 16,    /* does not return to the task */
};
enum call_argument_kind { CALL_VALUE, CALL_IN, CALL_OUT, CALL_TEXT };
enum { CALL_NO_REGISTER = 0xff };
/* What is checked of one argument. Values that may be anything have no row. */
struct call_argument {
    uint8_t kind, reg;  /* which register holds it */
    uint8_t length_reg; /* of a buffer: which register holds its length, or CALL_NO_REGISTER: always `max` bytes */
    uint8_t clip;       /* a longer buffer is cut to `max` instead of refused */
    uint32_t min, max;  /* of a value; of a buffer's length, `max` alone */
};
struct call;
struct call_row {
    uint16_t number;
    uint16_t cost;         /* fuel words, and */
    uint8_t cost_per_byte; /* per byte of every buffer */
    uint8_t flags;         /* enum call_flag, ored */
    uint8_t modes;         /* that it may ask of a capability, ored; 0: it needs none */
    uint8_t first_argument, argument_count; /* in call_argument_table */
    enum status (*run)(struct call *call);
};
extern const struct call_row call_table[]; /* ascending by number; call_count of them */
extern const uint32_t call_count;
extern const struct call_argument call_argument_table[];
/* Whether the ABI has this call, and the image's profile leaves it out. */
bool call_is_left_out(uint32_t number);

/* What a call asks of the task's capabilities, from its checked arguments. */
struct call_need {
    uint32_t first, last; /* resource range */
    uint8_t mode;         /* enum capability_mode */
    bool any;             /* one of the modes is enough; else all of them */
    bool ranged;          /* false: the call names no resource; any row of the group will do */
};
struct call_need call_need(uint16_t number, const uint32_t value[CALL_REGISTERS]);

/* The handlers, supplied by the executive. */
enum status handle_task_exit(struct call *call, int32_t exit_status);
enum status handle_task_sleep_ms(struct call *call, uint32_t duration);
enum status handle_task_sleep_until(struct call *call, uint64_t deadline);
enum status handle_task_yield(struct call *call);
enum status handle_task_info(struct call *call, uint8_t *info);
enum status handle_task_version(struct call *call, uint32_t group);
enum status handle_task_check_in(struct call *call);
enum status handle_task_format(struct call *call, uint32_t to, uint32_t capacity, uint32_t text, uint32_t arguments);
enum status handle_console_write(struct call *call, const uint8_t *bytes, uint32_t length);
enum status handle_console_read(struct call *call, uint8_t *to, uint32_t capacity, uint32_t timeout);
enum status handle_console_format(struct call *call, uint32_t text, uint32_t arguments);
enum status handle_console_write_error(struct call *call, const uint8_t *bytes, uint32_t length);
enum status handle_console_format_error(struct call *call, uint32_t text, uint32_t arguments);
enum status handle_time_millis(struct call *call);
enum status handle_time_micros(struct call *call);
enum status handle_time_now(struct call *call, uint8_t *now);
enum status handle_time_delay_ms(struct call *call, uint32_t duration);
enum status handle_time_delay_us(struct call *call, uint32_t duration);
enum status handle_time_timer_create(struct call *call, uint32_t period, bool repeats);
enum status handle_time_timer_cancel(struct call *call, uint32_t timer);
enum status handle_time_timer_wait(struct call *call, uint32_t timer, uint32_t timeout);
enum status handle_gpio_config(struct call *call, uint32_t pin, uint32_t mode);
enum status handle_gpio_write(struct call *call, uint32_t pin, bool level);
enum status handle_gpio_read(struct call *call, uint32_t pin);
enum status handle_gpio_watch(struct call *call, uint32_t pin, uint32_t edge);
enum status handle_gpio_wait_edge(struct call *call, uint8_t *event, uint32_t timeout);
enum status handle_adc_read(struct call *call, uint32_t channel);
enum status handle_pwm_write(struct call *call, uint32_t channel, uint32_t period, uint32_t duty);
enum status handle_uart_config(struct call *call, uint32_t port, uint32_t baud);
enum status handle_uart_write(struct call *call, uint32_t port, const uint8_t *bytes, uint32_t length);
enum status handle_uart_read(struct call *call, uint32_t port, uint8_t *to, uint32_t capacity, uint32_t timeout);
enum status handle_i2c_transfer(struct call *call, uint32_t bus, uint32_t address, const uint8_t *out, uint32_t out_bytes, uint8_t *in, uint32_t in_bytes);
enum status handle_spi_transfer(struct call *call, uint32_t bus, uint32_t select, const uint8_t *out, uint8_t *in, uint32_t length);
enum status handle_can_send(struct call *call, uint32_t id, const uint8_t *bytes, uint32_t length, bool extended);
enum status handle_can_receive(struct call *call, uint8_t *frame, uint32_t timeout);
enum status handle_random_fill(struct call *call, uint8_t *to, uint32_t length);
enum status handle_watchdog_start(struct call *call, uint32_t timeout);
enum status handle_watchdog_feed(struct call *call);
enum status handle_blackbox_write(struct call *call, uint32_t offset, const uint8_t *bytes, uint32_t length);
enum status handle_blackbox_read(struct call *call, uint32_t offset, uint8_t *to, uint32_t length);
enum status handle_mailbox_bind(struct call *call, uint32_t name, uint32_t capacity, uint32_t mode);
enum status handle_mailbox_open(struct call *call, uint32_t name, uint32_t right, uint32_t timeout);
enum status handle_mailbox_tap(struct call *call, uint32_t name, uint32_t capacity);
enum status handle_mailbox_send(struct call *call, uint32_t handle, const uint8_t *bytes, uint32_t length, uint32_t flags, uint32_t channel, uint32_t timeout);
enum status handle_mailbox_receive(struct call *call, uint32_t handle, uint8_t *to, uint32_t capacity, uint32_t timeout);
enum status handle_mailbox_peek(struct call *call, uint32_t handle, uint8_t *facts);
enum status handle_mailbox_close(struct call *call, uint32_t handle);
enum status handle_value_register(struct call *call, uint32_t row);
enum status handle_value_get(struct call *call, uint32_t id);
enum status handle_value_set(struct call *call, uint32_t id, uint32_t bits);
enum status handle_value_info(struct call *call, uint32_t id, uint8_t *facts);
enum status handle_value_next(struct call *call, uint32_t from);
enum status handle_value_subscribe(struct call *call, uint32_t id, uint32_t mailbox);
enum status handle_value_unsubscribe(struct call *call, uint32_t id);
enum status handle_command_register(struct call *call, uint32_t row);
enum status handle_command_call(struct call *call, uint32_t id, const uint8_t *arguments, uint32_t length);
enum status handle_command_send(struct call *call, uint32_t id, const uint8_t *arguments, uint32_t length, uint32_t mailbox);
enum status handle_command_info(struct call *call, uint32_t id, uint8_t *facts);
enum status handle_command_next(struct call *call, uint32_t from);
enum status handle_file_open(struct call *call, uint32_t name, uint32_t flags);
enum status handle_file_close(struct call *call, uint32_t handle);
enum status handle_file_read(struct call *call, uint32_t handle, uint8_t *to, uint32_t capacity);
enum status handle_file_write(struct call *call, uint32_t handle, const uint8_t *bytes, uint32_t length);
enum status handle_file_seek(struct call *call, uint32_t handle, uint32_t position);
enum status handle_file_size(struct call *call, uint32_t handle);
enum status handle_file_next(struct call *call, uint32_t name, uint8_t *facts);
enum status handle_file_rename(struct call *call, uint32_t name, uint32_t wanted);
enum status handle_file_delete(struct call *call, uint32_t name);
enum status handle_file_space(struct call *call, uint8_t *space);

#endif
