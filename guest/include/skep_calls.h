/* GENERATED from spec/calls.json by tools/generate/calls.py. Do not edit. */
/* skep_calls: what a guest can ask of its host: host ABI version 1, one function per call. A status is 0 (SKEP_OK)
 * or negative. A result behind a pointer is written whatever the status; it means something only with SKEP_OK.
 * Which calls a program may make is in its capabilities (docs/CALLS.md). */
#ifndef SKEP_CALLS_H
#define SKEP_CALLS_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
#define SKEP_NORETURN [[noreturn]]
#define SKEP_ASSERT(condition) static_assert(condition, #condition)
extern "C" {
#else
#define SKEP_NORETURN _Noreturn
#define SKEP_ASSERT(condition) _Static_assert(condition, #condition)
#endif

/* custom-0, funct3 0: the translator makes it a host call; funct3 1, 2: a trap. */
#define SKEP_HOST_CALL(number) ".insn i 0x0b, 0, x0, x0, " #number "\n"
#define SKEP_UNREACHABLE ".insn i 0x0b, 1, x0, x0, 2\n"

enum { SKEP_ABI = 1 };
#define SKEP_FOREVER 0xffffffffu

enum skep_status {
    SKEP_OK = 0,           /* done */
    SKEP_CORRUPT = -1,     /* bytes fail a format or hash check */
    SKEP_FULL = -2,        /* a fixed table or queue is full */
    SKEP_DENIED = -3,      /* the caller lacks the right */
    SKEP_IO = -4,          /* the port reported a device error */
    SKEP_INVALID = -5,     /* an argument is outside what the call accepts */
    SKEP_RANGE = -6,       /* a pointer and length leave the memory they name */
    SKEP_UNSUPPORTED = -7, /* this board or build lacks it */
    SKEP_NOT_FOUND = -8,   /* there is no such thing */
    SKEP_BUSY = -9,        /* in use by another; try again later */
    SKEP_TIMEOUT = -10,    /* the time given ran out */
    SKEP_AGAIN = -11,      /* nothing there yet */
    SKEP_SIGNATURE = -12,  /* not signed by a key that is trusted here */
    SKEP_VERSION = -13,    /* made for another format, ABI or product version */
    SKEP_QUOTA = -14,      /* over the budget that was granted */
    SKEP_REFUSED = -15,    /* the verifier or a policy refuses it */
    SKEP_EXISTS = -16,     /* there is one already */
};

enum skep_gpio_mode {
    SKEP_GPIO_MODE_INPUT = 0,
    SKEP_GPIO_MODE_OUTPUT = 1,
    SKEP_GPIO_MODE_INPUT_PULL_UP = 2,
    SKEP_GPIO_MODE_INPUT_PULL_DOWN = 3,
};

enum skep_gpio_edge {
    SKEP_GPIO_EDGE_NONE = 0,
    SKEP_GPIO_EDGE_RISING = 1,
    SKEP_GPIO_EDGE_FALLING = 2,
    SKEP_GPIO_EDGE_BOTH = 3,
};

enum skep_mailbox_mode {
    SKEP_MAILBOX_MODE_QUEUE = 0,
    SKEP_MAILBOX_MODE_DROP = 1,
    SKEP_MAILBOX_MODE_BLOCK = 2,
};

enum skep_mailbox_right {
    SKEP_MAILBOX_RIGHT_SEND = 0,
    SKEP_MAILBOX_RIGHT_READ = 1,
};

enum skep_group {
    SKEP_GROUP_TASK = 1,
    SKEP_GROUP_CONSOLE = 2,
    SKEP_GROUP_TIME = 3,
    SKEP_GROUP_GPIO = 4,
    SKEP_GROUP_ADC = 5,
    SKEP_GROUP_PWM = 6,
    SKEP_GROUP_UART = 7,
    SKEP_GROUP_I2C = 8,
    SKEP_GROUP_SPI = 9,
    SKEP_GROUP_CAN = 10,
    SKEP_GROUP_RANDOM = 11,
    SKEP_GROUP_WATCHDOG = 12,
    SKEP_GROUP_BLACKBOX = 13,
    SKEP_GROUP_MAILBOX = 14,
    SKEP_GROUP_VALUE = 15,
    SKEP_GROUP_COMMAND = 16,
    SKEP_GROUP_FILE = 17,
    SKEP_GROUP_USB = 18,
};

/* the calling task, as the executive sees it */
struct skep_task_facts {
    uint32_t pid;         /* number of the task on this device */
    uint32_t abi;         /* host ABI version */
    uint32_t ram_bytes;   /* RAM window from 0x400 up */
    uint32_t stack_bytes; /* of it, the stack */
    uint64_t words;       /* fuel used since the start, up to the present turn */
    uint64_t started_us;  /* when it was started */
    char name[32];        /* NUL-terminated */
};
SKEP_ASSERT(sizeof(struct skep_task_facts) == 64);

/* an edge on a watched pin */
struct skep_gpio_event {
    uint32_t pin;     /* logical pin */
    uint32_t level;   /* level after the edge, 0 or 1 */
    uint64_t time_us; /* when */
};
SKEP_ASSERT(sizeof(struct skep_gpio_event) == 16);

/* a classic CAN frame */
struct skep_can_frame {
    uint32_t id;      /* 11 bits, or 29 with extended */
    uint8_t length;   /* bytes of data, 0 to 8 */
    uint8_t extended; /* 1: 29-bit id */
    uint16_t zero;    /* 0 */
    uint8_t data[8];  /* data */
};
SKEP_ASSERT(sizeof(struct skep_can_frame) == 16);

/* a timer that expired, as a message */
struct skep_timer_event {
    uint32_t timer;   /* its handle */
    uint32_t expired; /* how often since the last message */
    uint64_t time_us; /* when it was told */
};
SKEP_ASSERT(sizeof(struct skep_timer_event) == 16);

/* what comes before a message's bytes */
struct skep_mailbox_head {
    uint32_t sender;  /* pid of the task that sent it, 0: a device */
    uint16_t channel; /* as the sender chose */
    uint8_t flags;    /* 1, 2, 4: as the sender chose; 8: messages before it were lost */
    uint8_t length;   /* bytes that follow */
};
SKEP_ASSERT(sizeof(struct skep_mailbox_head) == 8);

/* a value that changed, as a message */
struct skep_value_change {
    uint32_t id;     /* object id */
    uint32_t before; /* bits */
    uint32_t after;  /* bits */
};
SKEP_ASSERT(sizeof(struct skep_value_change) == 12);

/* a value and its contract */
struct skep_value_facts {
    uint32_t bits;       /* what it is */
    uint32_t owner;      /* pid of the task that offers it */
    uint64_t age_us;     /* since it was set last; all ones: never */
    uint8_t type;        /* 0 bool, 1 i32, 2 f32, 3 f16 */
    uint8_t flags;       /* 1 read-only, 2 persistent, 4 sticky, 8 PIN */
    uint8_t read_level;  /* 0 public, 1 user, 2 admin, 3 factory */
    uint8_t write_level; /* the same */
    uint32_t minimum;    /* bits; with maximum 0 too: no range */
    uint32_t maximum;    /* bits */
    uint32_t epsilon;    /* bits */
    char name[16];       /* NUL-terminated */
    char unit[8];        /* NUL-terminated */
};
SKEP_ASSERT(sizeof(struct skep_value_facts) == 56);

/* the answer to command.send, as a message */
struct skep_command_done {
    uint32_t id;     /* object id */
    uint32_t ticket; /* that command.send gave */
    uint32_t status; /* SKEP_OK or negative */
    uint32_t result; /* bits */
};
SKEP_ASSERT(sizeof(struct skep_command_done) == 16);

/* a command and its contract */
struct skep_command_facts {
    uint32_t owner;      /* pid of the task that has it */
    uint8_t flags;       /* 1 PIN */
    uint8_t level;       /* 0 public, 1 user, 2 admin, 3 factory */
    uint8_t arguments;   /* how many */
    uint8_t result;      /* 0 bool, 1 i32, 2 f32, 3 f16, 255 none */
    uint8_t types[4];    /* of the arguments */
    uint32_t timeout_ms; /* 0: the device's */
    char name[16];       /* NUL-terminated */
    char help[40];       /* NUL-terminated */
};
SKEP_ASSERT(sizeof(struct skep_command_facts) == 72);

/* a file of the task's folder */
struct skep_file_facts {
    uint32_t size; /* bytes */
    char name[32]; /* NUL-terminated */
};
SKEP_ASSERT(sizeof(struct skep_file_facts) == 36);

/* what is in the task's folder, and may be */
struct skep_file_space {
    uint32_t files;     /* in the folder */
    uint32_t files_max; /* that there may be */
    uint32_t size;      /* bytes of all of them */
    uint32_t size_max;  /* that there may be */
};
SKEP_ASSERT(sizeof(struct skep_file_space) == 16);

/* a mailbox as one handle sees it */
struct skep_mailbox_facts {
    uint32_t messages;    /* waiting to be read through this handle; for one that sends, by the slowest reader */
    uint32_t used;        /* bytes of the capacity that they take */
    uint32_t capacity;    /* bytes */
    uint32_t next_length; /* of the oldest of them; 0xffffffff: there is none */
    uint32_t sent;        /* messages taken in since it was bound, wrapping */
    uint32_t lost;        /* messages dropped before all had read them, wrapping */
};
SKEP_ASSERT(sizeof(struct skep_mailbox_facts) == 24);

/* task.exit: ends the task with a status for whoever started it; does not return. exit_status: 0 is success. */
SKEP_NORETURN static inline void skep_task_exit(int32_t exit_status) {
    register uint32_t skep_a0 __asm__("a0") = (uint32_t)exit_status;
    register uint32_t skep_a1 __asm__("a1");
    __asm__ volatile(SKEP_HOST_CALL(64) SKEP_UNREACHABLE : "+r"(skep_a0), "=r"(skep_a1));
    __builtin_unreachable();
}

/* task.sleep_ms: waits at least so long. duration: ms. */
static inline void skep_task_sleep_ms(uint32_t duration) {
    register uint32_t skep_a0 __asm__("a0") = duration;
    register uint32_t skep_a1 __asm__("a1");
    __asm__ volatile(SKEP_HOST_CALL(65) : "+r"(skep_a0), "=r"(skep_a1) : : "memory");
    (void)skep_a0;
    (void)skep_a1;
}

/* task.sleep_until: waits until the clock of time.now reaches this; returns at once if it has. deadline: us. */
static inline void skep_task_sleep_until(uint64_t deadline) {
    register uint32_t skep_a0 __asm__("a0") = (uint32_t)deadline;
    register uint32_t skep_a1 __asm__("a1") = (uint32_t)(deadline >> 32);
    __asm__ volatile(SKEP_HOST_CALL(66) : "+r"(skep_a0), "+r"(skep_a1) : : "memory");
    (void)skep_a0;
    (void)skep_a1;
}

/* task.yield: lets the other tasks run first. */
static inline void skep_task_yield(void) {
    register uint32_t skep_a0 __asm__("a0");
    register uint32_t skep_a1 __asm__("a1");
    __asm__ volatile(SKEP_HOST_CALL(67) : "=r"(skep_a0), "=r"(skep_a1) : : "memory");
    (void)skep_a0;
    (void)skep_a1;
}

/* task.info: says what the executive knows of the caller. Errors: SKEP_RANGE. */
static inline int32_t skep_task_info(struct skep_task_facts *info) {
    register uint32_t skep_a0 __asm__("a0") = (uint32_t)(uintptr_t)info;
    register uint32_t skep_a1 __asm__("a1");
    __asm__ volatile(SKEP_HOST_CALL(68) : "+r"(skep_a0), "=r"(skep_a1) : : "memory");
    (void)skep_a1;
    return (int32_t)skep_a0;
}

/* task.version: asks for the version of a group of calls: 0 asks for the whole host ABI. group: 0 to 63. Gives
 * version (ABI version since which the group is as it is). Errors: SKEP_INVALID, SKEP_NOT_FOUND, SKEP_UNSUPPORTED. */
static inline int32_t skep_task_version(uint32_t group, uint32_t *version) {
    register uint32_t skep_a0 __asm__("a0") = group;
    register uint32_t skep_a1 __asm__("a1");
    __asm__ volatile(SKEP_HOST_CALL(69) : "+r"(skep_a0), "=r"(skep_a1));
    *version = skep_a1;
    return (int32_t)skep_a0;
}

/* task.check_in: tells the executive that the task is well; owed as often as the artifact says. */
static inline void skep_task_check_in(void) {
    register uint32_t skep_a0 __asm__("a0");
    register uint32_t skep_a1 __asm__("a1");
    __asm__ volatile(SKEP_HOST_CALL(70) : "=r"(skep_a0), "=r"(skep_a1));
    (void)skep_a0;
    (void)skep_a1;
}

/* task.format: formats into memory as vsnprintf does; C11 without long double and %n (docs/FORMAT.md). to: where;
 * ends with a NUL if capacity is not 0. capacity: bytes. text: the format, at most 1023 characters. arguments: a
 * va_list: where the next argument lies. Gives bytes (bytes, length of the whole text, without the NUL). Errors:
 * SKEP_RANGE, SKEP_INVALID. */
static inline int32_t skep_task_format(void *to, uint32_t capacity, const char *text, const void *arguments, uint32_t *bytes) {
    register uint32_t skep_a0 __asm__("a0") = (uint32_t)(uintptr_t)to;
    register uint32_t skep_a1 __asm__("a1") = capacity;
    register uint32_t skep_a2 __asm__("a2") = (uint32_t)(uintptr_t)text;
    register uint32_t skep_a3 __asm__("a3") = (uint32_t)(uintptr_t)arguments;
    __asm__ volatile(SKEP_HOST_CALL(71) : "+r"(skep_a0), "+r"(skep_a1) : "r"(skep_a2), "r"(skep_a3) : "memory");
    *bytes = skep_a1;
    return (int32_t)skep_a0;
}

/* console.write: writes what there is room for, at least one byte; waits when there is none. bytes: length bytes,
 * of which at most 256 count. length: bytes. Gives written (bytes, how many bytes were taken). Errors: SKEP_RANGE,
 * SKEP_DENIED, SKEP_QUOTA. */
static inline int32_t skep_console_write(const void *bytes, uint32_t length, uint32_t *written) {
    register uint32_t skep_a0 __asm__("a0") = (uint32_t)(uintptr_t)bytes;
    register uint32_t skep_a1 __asm__("a1") = length;
    __asm__ volatile(SKEP_HOST_CALL(128) : "+r"(skep_a0), "+r"(skep_a1) : : "memory");
    *written = skep_a1;
    return (int32_t)skep_a0;
}

/* console.read: reads what there is, waiting for the first byte. to: capacity bytes, of which at most 256 count.
 * capacity: bytes. timeout: ms, 0xffffffff: for ever. Gives got (bytes, 0: the input has ended). Errors:
 * SKEP_RANGE, SKEP_DENIED, SKEP_QUOTA, SKEP_TIMEOUT. */
static inline int32_t skep_console_read(void *to, uint32_t capacity, uint32_t timeout, uint32_t *got) {
    register uint32_t skep_a0 __asm__("a0") = (uint32_t)(uintptr_t)to;
    register uint32_t skep_a1 __asm__("a1") = capacity;
    register uint32_t skep_a2 __asm__("a2") = timeout;
    __asm__ volatile(SKEP_HOST_CALL(129) : "+r"(skep_a0), "+r"(skep_a1) : "r"(skep_a2) : "memory");
    *got = skep_a1;
    return (int32_t)skep_a0;
}

/* console.format: formats to the console as vprintf does, waiting for room as it goes. text: the format, at most
 * 1023 characters. arguments: a va_list: where the next argument lies. Gives bytes (bytes, length of the text).
 * Errors: SKEP_DENIED, SKEP_QUOTA, SKEP_RANGE, SKEP_INVALID. */
static inline int32_t skep_console_format(const char *text, const void *arguments, uint32_t *bytes) {
    register uint32_t skep_a0 __asm__("a0") = (uint32_t)(uintptr_t)text;
    register uint32_t skep_a1 __asm__("a1") = (uint32_t)(uintptr_t)arguments;
    __asm__ volatile(SKEP_HOST_CALL(130) : "+r"(skep_a0), "+r"(skep_a1) : : "memory");
    *bytes = skep_a1;
    return (int32_t)skep_a0;
}

/* console.write_error: as console.write, to the stream of errors. bytes: length bytes, of which at most 256 count.
 * length: bytes. Gives written (bytes, how many bytes were taken). Errors: SKEP_RANGE, SKEP_DENIED, SKEP_QUOTA. */
static inline int32_t skep_console_write_error(const void *bytes, uint32_t length, uint32_t *written) {
    register uint32_t skep_a0 __asm__("a0") = (uint32_t)(uintptr_t)bytes;
    register uint32_t skep_a1 __asm__("a1") = length;
    __asm__ volatile(SKEP_HOST_CALL(131) : "+r"(skep_a0), "+r"(skep_a1) : : "memory");
    *written = skep_a1;
    return (int32_t)skep_a0;
}

/* console.format_error: as console.format, to the stream of errors. text: the format, at most 1023 characters.
 * arguments: a va_list: where the next argument lies. Gives bytes (bytes, length of the text). Errors: SKEP_DENIED,
 * SKEP_QUOTA, SKEP_RANGE, SKEP_INVALID. */
static inline int32_t skep_console_format_error(const char *text, const void *arguments, uint32_t *bytes) {
    register uint32_t skep_a0 __asm__("a0") = (uint32_t)(uintptr_t)text;
    register uint32_t skep_a1 __asm__("a1") = (uint32_t)(uintptr_t)arguments;
    __asm__ volatile(SKEP_HOST_CALL(132) : "+r"(skep_a0), "+r"(skep_a1) : : "memory");
    *bytes = skep_a1;
    return (int32_t)skep_a0;
}

/* time.millis: milliseconds since reset, wrapping. Gives now (ms). */
static inline uint32_t skep_time_millis(void) {
    register uint32_t skep_a0 __asm__("a0");
    register uint32_t skep_a1 __asm__("a1");
    __asm__ volatile(SKEP_HOST_CALL(192) : "=r"(skep_a0), "=r"(skep_a1));
    (void)skep_a0;
    return skep_a1;
}

/* time.micros: microseconds since reset, wrapping. Gives now (us). */
static inline uint32_t skep_time_micros(void) {
    register uint32_t skep_a0 __asm__("a0");
    register uint32_t skep_a1 __asm__("a1");
    __asm__ volatile(SKEP_HOST_CALL(193) : "=r"(skep_a0), "=r"(skep_a1));
    (void)skep_a0;
    return skep_a1;
}

/* time.now: microseconds since reset in 64 bits, which do not wrap. now: little-endian. Errors: SKEP_RANGE. */
static inline int32_t skep_time_now(uint64_t *now) {
    register uint32_t skep_a0 __asm__("a0") = (uint32_t)(uintptr_t)now;
    register uint32_t skep_a1 __asm__("a1");
    __asm__ volatile(SKEP_HOST_CALL(194) : "+r"(skep_a0), "=r"(skep_a1) : : "memory");
    (void)skep_a1;
    return (int32_t)skep_a0;
}

/* time.delay_ms: waits at least so long. duration: ms. */
static inline void skep_time_delay_ms(uint32_t duration) {
    register uint32_t skep_a0 __asm__("a0") = duration;
    register uint32_t skep_a1 __asm__("a1");
    __asm__ volatile(SKEP_HOST_CALL(195) : "+r"(skep_a0), "=r"(skep_a1) : : "memory");
    (void)skep_a0;
    (void)skep_a1;
}

/* time.delay_us: waits at least so long. duration: us. */
static inline void skep_time_delay_us(uint32_t duration) {
    register uint32_t skep_a0 __asm__("a0") = duration;
    register uint32_t skep_a1 __asm__("a1");
    __asm__ volatile(SKEP_HOST_CALL(196) : "+r"(skep_a0), "=r"(skep_a1) : : "memory");
    (void)skep_a0;
    (void)skep_a1;
}

/* time.timer_create: makes a timer of the calling task, running from now. period: us, at least 100. repeats: 0: it
 * expires once. Gives timer (a handle, valid for this task until it is cancelled or, if it does not repeat, waited
 * for). Errors: SKEP_INVALID, SKEP_FULL. */
static inline int32_t skep_time_timer_create(uint32_t period, bool repeats, uint32_t *timer) {
    register uint32_t skep_a0 __asm__("a0") = period;
    register uint32_t skep_a1 __asm__("a1") = (uint32_t)repeats;
    __asm__ volatile(SKEP_HOST_CALL(197) : "+r"(skep_a0), "+r"(skep_a1));
    *timer = skep_a1;
    return (int32_t)skep_a0;
}

/* time.timer_cancel: ends a timer; its handle is not valid after. Errors: SKEP_NOT_FOUND. */
static inline int32_t skep_time_timer_cancel(uint32_t timer) {
    register uint32_t skep_a0 __asm__("a0") = timer;
    register uint32_t skep_a1 __asm__("a1");
    __asm__ volatile(SKEP_HOST_CALL(198) : "+r"(skep_a0), "=r"(skep_a1));
    (void)skep_a1;
    return (int32_t)skep_a0;
}

/* time.timer_wait: waits until the timer has expired since the last wait; one that does not repeat is gone after.
 * timeout: ms, 0xffffffff: for ever. Gives expired (how often it expired since the last wait). Errors:
 * SKEP_NOT_FOUND, SKEP_TIMEOUT. */
static inline int32_t skep_time_timer_wait(uint32_t timer, uint32_t timeout, uint32_t *expired) {
    register uint32_t skep_a0 __asm__("a0") = timer;
    register uint32_t skep_a1 __asm__("a1") = timeout;
    __asm__ volatile(SKEP_HOST_CALL(199) : "+r"(skep_a0), "+r"(skep_a1) : : "memory");
    *expired = skep_a1;
    return (int32_t)skep_a0;
}

/* gpio.config: makes a pin an input or an output. mode: enum skep_gpio_mode. Errors: SKEP_INVALID, SKEP_DENIED,
 * SKEP_QUOTA, SKEP_UNSUPPORTED. */
static inline int32_t skep_gpio_config(uint32_t pin, uint32_t mode) {
    register uint32_t skep_a0 __asm__("a0") = pin;
    register uint32_t skep_a1 __asm__("a1") = mode;
    __asm__ volatile(SKEP_HOST_CALL(256) : "+r"(skep_a0), "+r"(skep_a1));
    (void)skep_a1;
    return (int32_t)skep_a0;
}

/* gpio.write: sets an output. Errors: SKEP_DENIED, SKEP_QUOTA, SKEP_UNSUPPORTED, SKEP_INVALID. */
static inline int32_t skep_gpio_write(uint32_t pin, bool level) {
    register uint32_t skep_a0 __asm__("a0") = pin;
    register uint32_t skep_a1 __asm__("a1") = (uint32_t)level;
    __asm__ volatile(SKEP_HOST_CALL(257) : "+r"(skep_a0), "+r"(skep_a1));
    (void)skep_a1;
    return (int32_t)skep_a0;
}

/* gpio.read: reads a pin, be it input or output. Gives level (0 or 1). Errors: SKEP_DENIED, SKEP_QUOTA,
 * SKEP_UNSUPPORTED. */
static inline int32_t skep_gpio_read(uint32_t pin, uint32_t *level) {
    register uint32_t skep_a0 __asm__("a0") = pin;
    register uint32_t skep_a1 __asm__("a1");
    __asm__ volatile(SKEP_HOST_CALL(258) : "+r"(skep_a0), "=r"(skep_a1));
    *level = skep_a1;
    return (int32_t)skep_a0;
}

/* gpio.watch: collects the edges of a pin for wait_edge, the newest eight; none stops it. edge: enum
 * skep_gpio_edge. Errors: SKEP_INVALID, SKEP_DENIED, SKEP_QUOTA, SKEP_UNSUPPORTED, SKEP_FULL. */
static inline int32_t skep_gpio_watch(uint32_t pin, uint32_t edge) {
    register uint32_t skep_a0 __asm__("a0") = pin;
    register uint32_t skep_a1 __asm__("a1") = edge;
    __asm__ volatile(SKEP_HOST_CALL(259) : "+r"(skep_a0), "+r"(skep_a1));
    (void)skep_a1;
    return (int32_t)skep_a0;
}

/* gpio.wait_edge: takes the oldest edge of any watched pin, waiting for it. timeout: ms, 0xffffffff: for ever.
 * Errors: SKEP_RANGE, SKEP_DENIED, SKEP_QUOTA, SKEP_TIMEOUT. */
static inline int32_t skep_gpio_wait_edge(struct skep_gpio_event *event, uint32_t timeout) {
    register uint32_t skep_a0 __asm__("a0") = (uint32_t)(uintptr_t)event;
    register uint32_t skep_a1 __asm__("a1") = timeout;
    __asm__ volatile(SKEP_HOST_CALL(260) : "+r"(skep_a0), "+r"(skep_a1) : : "memory");
    (void)skep_a1;
    return (int32_t)skep_a0;
}

/* adc.read: converts one input. Gives sample (0 to 4095, full scale). Errors: SKEP_DENIED, SKEP_QUOTA,
 * SKEP_UNSUPPORTED, SKEP_IO. */
static inline int32_t skep_adc_read(uint32_t channel, uint32_t *sample) {
    register uint32_t skep_a0 __asm__("a0") = channel;
    register uint32_t skep_a1 __asm__("a1");
    __asm__ volatile(SKEP_HOST_CALL(320) : "+r"(skep_a0), "=r"(skep_a1));
    *sample = skep_a1;
    return (int32_t)skep_a0;
}

/* pwm.write: sets period and duty of an output. period: us, at least 1. duty: 65535 is always on, 0 to 65535.
 * Errors: SKEP_INVALID, SKEP_DENIED, SKEP_QUOTA, SKEP_UNSUPPORTED. */
static inline int32_t skep_pwm_write(uint32_t channel, uint32_t period, uint32_t duty) {
    register uint32_t skep_a0 __asm__("a0") = channel;
    register uint32_t skep_a1 __asm__("a1") = period;
    register uint32_t skep_a2 __asm__("a2") = duty;
    __asm__ volatile(SKEP_HOST_CALL(384) : "+r"(skep_a0), "+r"(skep_a1) : "r"(skep_a2));
    (void)skep_a1;
    return (int32_t)skep_a0;
}

/* uart.config: sets the speed: 8 data bits, no parity, 1 stop bit. baud: 300 to 4000000. Errors: SKEP_INVALID,
 * SKEP_DENIED, SKEP_QUOTA, SKEP_UNSUPPORTED. */
static inline int32_t skep_uart_config(uint32_t port, uint32_t baud) {
    register uint32_t skep_a0 __asm__("a0") = port;
    register uint32_t skep_a1 __asm__("a1") = baud;
    __asm__ volatile(SKEP_HOST_CALL(448) : "+r"(skep_a0), "+r"(skep_a1));
    (void)skep_a1;
    return (int32_t)skep_a0;
}

/* uart.write: writes what there is room for, at least one byte; waits when there is none. bytes: length bytes, of
 * which at most 256 count. length: bytes. Gives written (bytes). Errors: SKEP_RANGE, SKEP_DENIED, SKEP_QUOTA,
 * SKEP_UNSUPPORTED, SKEP_IO. */
static inline int32_t skep_uart_write(uint32_t port, const void *bytes, uint32_t length, uint32_t *written) {
    register uint32_t skep_a0 __asm__("a0") = port;
    register uint32_t skep_a1 __asm__("a1") = (uint32_t)(uintptr_t)bytes;
    register uint32_t skep_a2 __asm__("a2") = length;
    __asm__ volatile(SKEP_HOST_CALL(449) : "+r"(skep_a0), "+r"(skep_a1) : "r"(skep_a2) : "memory");
    *written = skep_a1;
    return (int32_t)skep_a0;
}

/* uart.read: reads what there is, waiting for the first byte. to: capacity bytes, of which at most 256 count.
 * capacity: bytes. timeout: ms, 0xffffffff: for ever. Gives got (bytes). Errors: SKEP_RANGE, SKEP_DENIED,
 * SKEP_QUOTA, SKEP_UNSUPPORTED, SKEP_IO, SKEP_TIMEOUT. */
static inline int32_t skep_uart_read(uint32_t port, void *to, uint32_t capacity, uint32_t timeout, uint32_t *got) {
    register uint32_t skep_a0 __asm__("a0") = port;
    register uint32_t skep_a1 __asm__("a1") = (uint32_t)(uintptr_t)to;
    register uint32_t skep_a2 __asm__("a2") = capacity;
    register uint32_t skep_a3 __asm__("a3") = timeout;
    __asm__ volatile(SKEP_HOST_CALL(450) : "+r"(skep_a0), "+r"(skep_a1) : "r"(skep_a2), "r"(skep_a3) : "memory");
    *got = skep_a1;
    return (int32_t)skep_a0;
}

/* i2c.transfer: writes, then reads, without a stop between; a part of length 0 is left out. bus: 0 to 255. address:
 * 7 bits, reserved addresses excluded, 8 to 119. out: out_bytes bytes, at most 256. out_bytes: bytes. in: in_bytes
 * bytes, at most 256. in_bytes: bytes. Errors: SKEP_RANGE, SKEP_INVALID, SKEP_DENIED, SKEP_QUOTA, SKEP_UNSUPPORTED,
 * SKEP_NOT_FOUND, SKEP_IO. */
static inline int32_t skep_i2c_transfer(uint32_t bus, uint32_t address, const void *out, uint32_t out_bytes, void *in, uint32_t in_bytes) {
    register uint32_t skep_a0 __asm__("a0") = bus;
    register uint32_t skep_a1 __asm__("a1") = address;
    register uint32_t skep_a2 __asm__("a2") = (uint32_t)(uintptr_t)out;
    register uint32_t skep_a3 __asm__("a3") = out_bytes;
    register uint32_t skep_a4 __asm__("a4") = (uint32_t)(uintptr_t)in;
    register uint32_t skep_a5 __asm__("a5") = in_bytes;
    __asm__ volatile(SKEP_HOST_CALL(512) : "+r"(skep_a0), "+r"(skep_a1) : "r"(skep_a2), "r"(skep_a3), "r"(skep_a4), "r"(skep_a5) : "memory");
    (void)skep_a1;
    return (int32_t)skep_a0;
}

/* spi.transfer: clocks bytes out and in at the same time. bus: 0 to 255. select: 0 to 255. out: length bytes, at
 * most 256. in: length bytes, at most 256. length: bytes. Errors: SKEP_RANGE, SKEP_INVALID, SKEP_DENIED,
 * SKEP_QUOTA, SKEP_UNSUPPORTED, SKEP_IO. */
static inline int32_t skep_spi_transfer(uint32_t bus, uint32_t select, const void *out, void *in, uint32_t length) {
    register uint32_t skep_a0 __asm__("a0") = bus;
    register uint32_t skep_a1 __asm__("a1") = select;
    register uint32_t skep_a2 __asm__("a2") = (uint32_t)(uintptr_t)out;
    register uint32_t skep_a3 __asm__("a3") = (uint32_t)(uintptr_t)in;
    register uint32_t skep_a4 __asm__("a4") = length;
    __asm__ volatile(SKEP_HOST_CALL(576) : "+r"(skep_a0), "+r"(skep_a1) : "r"(skep_a2), "r"(skep_a3), "r"(skep_a4) : "memory");
    (void)skep_a1;
    return (int32_t)skep_a0;
}

/* can.send: queues a frame. id: 0 to 536870911. bytes: length bytes, at most 8. length: bytes. extended: 1: 29-bit
 * id. Errors: SKEP_RANGE, SKEP_DENIED, SKEP_QUOTA, SKEP_UNSUPPORTED, SKEP_IO, SKEP_INVALID, SKEP_FULL. */
static inline int32_t skep_can_send(uint32_t id, const void *bytes, uint32_t length, bool extended) {
    register uint32_t skep_a0 __asm__("a0") = id;
    register uint32_t skep_a1 __asm__("a1") = (uint32_t)(uintptr_t)bytes;
    register uint32_t skep_a2 __asm__("a2") = length;
    register uint32_t skep_a3 __asm__("a3") = (uint32_t)extended;
    __asm__ volatile(SKEP_HOST_CALL(640) : "+r"(skep_a0), "+r"(skep_a1) : "r"(skep_a2), "r"(skep_a3) : "memory");
    (void)skep_a1;
    return (int32_t)skep_a0;
}

/* can.receive: takes the oldest frame whose id was granted for reading, waiting for it. timeout: ms, 0xffffffff:
 * for ever. Errors: SKEP_RANGE, SKEP_DENIED, SKEP_QUOTA, SKEP_UNSUPPORTED, SKEP_TIMEOUT. */
static inline int32_t skep_can_receive(struct skep_can_frame *frame, uint32_t timeout) {
    register uint32_t skep_a0 __asm__("a0") = (uint32_t)(uintptr_t)frame;
    register uint32_t skep_a1 __asm__("a1") = timeout;
    __asm__ volatile(SKEP_HOST_CALL(641) : "+r"(skep_a0), "+r"(skep_a1) : : "memory");
    (void)skep_a1;
    return (int32_t)skep_a0;
}

/* random.fill: fills memory with random bytes fit for keys, or fails. to: length bytes, at most 256. length: bytes,
 * at least 1. Errors: SKEP_RANGE, SKEP_INVALID, SKEP_DENIED, SKEP_QUOTA, SKEP_UNSUPPORTED, SKEP_IO. */
static inline int32_t skep_random_fill(void *to, uint32_t length) {
    register uint32_t skep_a0 __asm__("a0") = (uint32_t)(uintptr_t)to;
    register uint32_t skep_a1 __asm__("a1") = length;
    __asm__ volatile(SKEP_HOST_CALL(704) : "+r"(skep_a0), "+r"(skep_a1) : : "memory");
    (void)skep_a1;
    return (int32_t)skep_a0;
}

/* watchdog.start: from now on the task is ended when it does not feed in time; cannot be stopped. timeout: ms, 1 to
 * 3600000. Errors: SKEP_INVALID, SKEP_DENIED, SKEP_QUOTA. */
static inline int32_t skep_watchdog_start(uint32_t timeout) {
    register uint32_t skep_a0 __asm__("a0") = timeout;
    register uint32_t skep_a1 __asm__("a1");
    __asm__ volatile(SKEP_HOST_CALL(768) : "+r"(skep_a0), "=r"(skep_a1));
    (void)skep_a1;
    return (int32_t)skep_a0;
}

/* watchdog.feed: starts the watchdog's time again. Errors: SKEP_DENIED, SKEP_QUOTA, SKEP_NOT_FOUND. */
static inline int32_t skep_watchdog_feed(void) {
    register uint32_t skep_a0 __asm__("a0");
    register uint32_t skep_a1 __asm__("a1");
    __asm__ volatile(SKEP_HOST_CALL(769) : "=r"(skep_a0), "=r"(skep_a1));
    (void)skep_a1;
    return (int32_t)skep_a0;
}

/* blackbox.write: writes bytes that outlive a reset. offset: 0 to 255. bytes: length bytes, at most 256. length:
 * bytes. Errors: SKEP_RANGE, SKEP_INVALID, SKEP_DENIED, SKEP_QUOTA, SKEP_UNSUPPORTED, SKEP_IO. */
static inline int32_t skep_blackbox_write(uint32_t offset, const void *bytes, uint32_t length) {
    register uint32_t skep_a0 __asm__("a0") = offset;
    register uint32_t skep_a1 __asm__("a1") = (uint32_t)(uintptr_t)bytes;
    register uint32_t skep_a2 __asm__("a2") = length;
    __asm__ volatile(SKEP_HOST_CALL(832) : "+r"(skep_a0), "+r"(skep_a1) : "r"(skep_a2) : "memory");
    (void)skep_a1;
    return (int32_t)skep_a0;
}

/* blackbox.read: reads them. offset: 0 to 255. to: length bytes, at most 256. length: bytes. Errors: SKEP_RANGE,
 * SKEP_INVALID, SKEP_DENIED, SKEP_QUOTA, SKEP_UNSUPPORTED, SKEP_IO. */
static inline int32_t skep_blackbox_read(uint32_t offset, void *to, uint32_t length) {
    register uint32_t skep_a0 __asm__("a0") = offset;
    register uint32_t skep_a1 __asm__("a1") = (uint32_t)(uintptr_t)to;
    register uint32_t skep_a2 __asm__("a2") = length;
    __asm__ volatile(SKEP_HOST_CALL(833) : "+r"(skep_a0), "+r"(skep_a1) : "r"(skep_a2) : "memory");
    (void)skep_a1;
    return (int32_t)skep_a0;
}

/* mailbox.bind: makes a mailbox of the calling task's; one that is shared is opened to send. name: as in "svc:log",
 * at most 39 characters. capacity: bytes, a message takes 8 and its length, 16 to 65535. mode: enum
 * skep_mailbox_mode. Gives handle (for this task until it is closed). Errors: SKEP_RANGE, SKEP_INVALID,
 * SKEP_DENIED, SKEP_QUOTA, SKEP_EXISTS, SKEP_FULL, SKEP_NOT_FOUND, SKEP_UNSUPPORTED. */
static inline int32_t skep_mailbox_bind(const char *name, uint32_t capacity, uint32_t mode, uint32_t *handle) {
    register uint32_t skep_a0 __asm__("a0") = (uint32_t)(uintptr_t)name;
    register uint32_t skep_a1 __asm__("a1") = capacity;
    register uint32_t skep_a2 __asm__("a2") = mode;
    __asm__ volatile(SKEP_HOST_CALL(896) : "+r"(skep_a0), "+r"(skep_a1) : "r"(skep_a2) : "memory");
    *handle = skep_a1;
    return (int32_t)skep_a0;
}

/* mailbox.open: opens a mailbox that is there, waiting until it is. name: at most 39 characters. right: read: a
 * shared one, or one of its own, enum skep_mailbox_right. timeout: ms, 0xffffffff: for ever. Gives handle (for this
 * task until it is closed). Errors: SKEP_RANGE, SKEP_INVALID, SKEP_DENIED, SKEP_QUOTA, SKEP_TIMEOUT, SKEP_FULL. */
static inline int32_t skep_mailbox_open(const char *name, uint32_t right, uint32_t timeout, uint32_t *handle) {
    register uint32_t skep_a0 __asm__("a0") = (uint32_t)(uintptr_t)name;
    register uint32_t skep_a1 __asm__("a1") = right;
    register uint32_t skep_a2 __asm__("a2") = timeout;
    __asm__ volatile(SKEP_HOST_CALL(897) : "+r"(skep_a0), "+r"(skep_a1) : "r"(skep_a2) : "memory");
    *handle = skep_a1;
    return (int32_t)skep_a0;
}

/* mailbox.tap: opens a copy of what is sent to a mailbox from now on; the oldest is dropped when it is full. name:
 * at most 39 characters. capacity: bytes, 16 to 65535. Gives handle (to read). Errors: SKEP_RANGE, SKEP_INVALID,
 * SKEP_DENIED, SKEP_QUOTA, SKEP_NOT_FOUND, SKEP_FULL. */
static inline int32_t skep_mailbox_tap(const char *name, uint32_t capacity, uint32_t *handle) {
    register uint32_t skep_a0 __asm__("a0") = (uint32_t)(uintptr_t)name;
    register uint32_t skep_a1 __asm__("a1") = capacity;
    __asm__ volatile(SKEP_HOST_CALL(898) : "+r"(skep_a0), "+r"(skep_a1) : : "memory");
    *handle = skep_a1;
    return (int32_t)skep_a0;
}

/* mailbox.send: sends a message, waiting for room. bytes: length bytes, at most 248. length: bytes. flags: 0 to 7.
 * channel: 0 to 65535. timeout: ms, 0xffffffff: for ever. Errors: SKEP_RANGE, SKEP_INVALID, SKEP_DENIED,
 * SKEP_QUOTA, SKEP_NOT_FOUND, SKEP_FULL, SKEP_TIMEOUT. */
static inline int32_t skep_mailbox_send(uint32_t handle, const void *bytes, uint32_t length, uint32_t flags, uint32_t channel, uint32_t timeout) {
    register uint32_t skep_a0 __asm__("a0") = handle;
    register uint32_t skep_a1 __asm__("a1") = (uint32_t)(uintptr_t)bytes;
    register uint32_t skep_a2 __asm__("a2") = length;
    register uint32_t skep_a3 __asm__("a3") = flags;
    register uint32_t skep_a4 __asm__("a4") = channel;
    register uint32_t skep_a5 __asm__("a5") = timeout;
    __asm__ volatile(SKEP_HOST_CALL(899) : "+r"(skep_a0), "+r"(skep_a1) : "r"(skep_a2), "r"(skep_a3), "r"(skep_a4), "r"(skep_a5) : "memory");
    (void)skep_a1;
    return (int32_t)skep_a0;
}

/* mailbox.receive: takes the oldest message, waiting for it: a mailbox_head, then its bytes. to: capacity bytes, of
 * which at most 256 count. capacity: bytes. timeout: ms, 0xffffffff: for ever. Gives got (bytes, 8 and the
 * message's length). Errors: SKEP_RANGE, SKEP_DENIED, SKEP_QUOTA, SKEP_NOT_FOUND, SKEP_INVALID, SKEP_TIMEOUT. */
static inline int32_t skep_mailbox_receive(uint32_t handle, void *to, uint32_t capacity, uint32_t timeout, uint32_t *got) {
    register uint32_t skep_a0 __asm__("a0") = handle;
    register uint32_t skep_a1 __asm__("a1") = (uint32_t)(uintptr_t)to;
    register uint32_t skep_a2 __asm__("a2") = capacity;
    register uint32_t skep_a3 __asm__("a3") = timeout;
    __asm__ volatile(SKEP_HOST_CALL(900) : "+r"(skep_a0), "+r"(skep_a1) : "r"(skep_a2), "r"(skep_a3) : "memory");
    *got = skep_a1;
    return (int32_t)skep_a0;
}

/* mailbox.peek: tells what is in a mailbox and takes nothing. Errors: SKEP_RANGE, SKEP_DENIED, SKEP_QUOTA,
 * SKEP_NOT_FOUND. */
static inline int32_t skep_mailbox_peek(uint32_t handle, struct skep_mailbox_facts *facts) {
    register uint32_t skep_a0 __asm__("a0") = handle;
    register uint32_t skep_a1 __asm__("a1") = (uint32_t)(uintptr_t)facts;
    __asm__ volatile(SKEP_HOST_CALL(901) : "+r"(skep_a0), "+r"(skep_a1) : : "memory");
    (void)skep_a1;
    return (int32_t)skep_a0;
}

/* mailbox.close: closes a handle; with the owner's, the mailbox is gone. Errors: SKEP_DENIED, SKEP_QUOTA,
 * SKEP_NOT_FOUND. */
static inline int32_t skep_mailbox_close(uint32_t handle) {
    register uint32_t skep_a0 __asm__("a0") = handle;
    register uint32_t skep_a1 __asm__("a1");
    __asm__ volatile(SKEP_HOST_CALL(902) : "+r"(skep_a0), "=r"(skep_a1));
    (void)skep_a1;
    return (int32_t)skep_a0;
}

/* value.register: makes a value of the calling task's from a row that lies in the read-only window; those of
 * SKEP_VALUE are there already. row: struct skep_value_row, a constant. Errors: SKEP_RANGE, SKEP_DENIED,
 * SKEP_QUOTA, SKEP_EXISTS, SKEP_FULL, SKEP_INVALID. */
static inline int32_t skep_value_register(const void *row) {
    register uint32_t skep_a0 __asm__("a0") = (uint32_t)(uintptr_t)row;
    register uint32_t skep_a1 __asm__("a1");
    __asm__ volatile(SKEP_HOST_CALL(960) : "+r"(skep_a0), "=r"(skep_a1) : : "memory");
    (void)skep_a1;
    return (int32_t)skep_a0;
}

/* value.get: tells what a value is. id: 0 to 65535. Gives bits (as the value's type). Errors: SKEP_INVALID,
 * SKEP_DENIED, SKEP_QUOTA, SKEP_NOT_FOUND. */
static inline int32_t skep_value_get(uint32_t id, uint32_t *bits) {
    register uint32_t skep_a0 __asm__("a0") = id;
    register uint32_t skep_a1 __asm__("a1");
    __asm__ volatile(SKEP_HOST_CALL(961) : "+r"(skep_a0), "=r"(skep_a1));
    *bits = skep_a1;
    return (int32_t)skep_a0;
}

/* value.set: sets a value; a change within its epsilon is none. id: 0 to 65535. bits: as the value's type. Errors:
 * SKEP_INVALID, SKEP_DENIED, SKEP_QUOTA, SKEP_NOT_FOUND, SKEP_BUSY. */
static inline int32_t skep_value_set(uint32_t id, uint32_t bits) {
    register uint32_t skep_a0 __asm__("a0") = id;
    register uint32_t skep_a1 __asm__("a1") = bits;
    __asm__ volatile(SKEP_HOST_CALL(962) : "+r"(skep_a0), "+r"(skep_a1));
    (void)skep_a1;
    return (int32_t)skep_a0;
}

/* value.info: tells a value and its contract. id: 0 to 65535. Errors: SKEP_RANGE, SKEP_INVALID, SKEP_DENIED,
 * SKEP_QUOTA, SKEP_NOT_FOUND. */
static inline int32_t skep_value_info(uint32_t id, struct skep_value_facts *facts) {
    register uint32_t skep_a0 __asm__("a0") = id;
    register uint32_t skep_a1 __asm__("a1") = (uint32_t)(uintptr_t)facts;
    __asm__ volatile(SKEP_HOST_CALL(963) : "+r"(skep_a0), "+r"(skep_a1) : : "memory");
    (void)skep_a1;
    return (int32_t)skep_a0;
}

/* value.next: finds the next value that the caller may read: the lowest id from this one on. from: 0 to 65535.
 * Gives id (object id). Errors: SKEP_INVALID, SKEP_DENIED, SKEP_QUOTA, SKEP_NOT_FOUND. */
static inline int32_t skep_value_next(uint32_t from, uint32_t *id) {
    register uint32_t skep_a0 __asm__("a0") = from;
    register uint32_t skep_a1 __asm__("a1");
    __asm__ volatile(SKEP_HOST_CALL(964) : "+r"(skep_a0), "=r"(skep_a1));
    *id = skep_a1;
    return (int32_t)skep_a0;
}

/* value.subscribe: sends a value_change to a mailbox of the caller's whenever the value changes. id: 0 to 65535.
 * mailbox: a handle that reads. Errors: SKEP_INVALID, SKEP_DENIED, SKEP_QUOTA, SKEP_NOT_FOUND, SKEP_FULL,
 * SKEP_EXISTS. */
static inline int32_t skep_value_subscribe(uint32_t id, uint32_t mailbox) {
    register uint32_t skep_a0 __asm__("a0") = id;
    register uint32_t skep_a1 __asm__("a1") = mailbox;
    __asm__ volatile(SKEP_HOST_CALL(965) : "+r"(skep_a0), "+r"(skep_a1));
    (void)skep_a1;
    return (int32_t)skep_a0;
}

/* value.unsubscribe: ends that. id: 0 to 65535. Errors: SKEP_INVALID, SKEP_DENIED, SKEP_QUOTA, SKEP_NOT_FOUND. */
static inline int32_t skep_value_unsubscribe(uint32_t id) {
    register uint32_t skep_a0 __asm__("a0") = id;
    register uint32_t skep_a1 __asm__("a1");
    __asm__ volatile(SKEP_HOST_CALL(966) : "+r"(skep_a0), "=r"(skep_a1));
    (void)skep_a1;
    return (int32_t)skep_a0;
}

/* command.register: makes a command of the calling task's from a row that lies in the read-only window; those of
 * SKEP_COMMAND are there already. row: struct skep_command_row, a constant. Errors: SKEP_RANGE, SKEP_DENIED,
 * SKEP_QUOTA, SKEP_EXISTS, SKEP_FULL, SKEP_INVALID. */
static inline int32_t skep_command_register(const void *row) {
    register uint32_t skep_a0 __asm__("a0") = (uint32_t)(uintptr_t)row;
    register uint32_t skep_a1 __asm__("a1");
    __asm__ volatile(SKEP_HOST_CALL(1024) : "+r"(skep_a0), "=r"(skep_a1) : : "memory");
    (void)skep_a1;
    return (int32_t)skep_a0;
}

/* command.call: has a command run and waits for its result. id: 0 to 65535. arguments: 4 bytes for each, length
 * bytes, at most 16. length: bytes. Gives result (bits). Errors: SKEP_RANGE, SKEP_INVALID, SKEP_DENIED, SKEP_QUOTA,
 * SKEP_NOT_FOUND, SKEP_FULL, SKEP_TIMEOUT. */
static inline int32_t skep_command_call(uint32_t id, const void *arguments, uint32_t length, uint32_t *result) {
    register uint32_t skep_a0 __asm__("a0") = id;
    register uint32_t skep_a1 __asm__("a1") = (uint32_t)(uintptr_t)arguments;
    register uint32_t skep_a2 __asm__("a2") = length;
    __asm__ volatile(SKEP_HOST_CALL(1025) : "+r"(skep_a0), "+r"(skep_a1) : "r"(skep_a2) : "memory");
    *result = skep_a1;
    return (int32_t)skep_a0;
}

/* command.send: has a command run and gets a command_done in a mailbox of the caller's. id: 0 to 65535. arguments:
 * 4 bytes for each, length bytes, at most 16. length: bytes. mailbox: a handle that reads. Gives ticket (not 0).
 * Errors: SKEP_RANGE, SKEP_INVALID, SKEP_DENIED, SKEP_QUOTA, SKEP_NOT_FOUND, SKEP_FULL. */
static inline int32_t skep_command_send(uint32_t id, const void *arguments, uint32_t length, uint32_t mailbox, uint32_t *ticket) {
    register uint32_t skep_a0 __asm__("a0") = id;
    register uint32_t skep_a1 __asm__("a1") = (uint32_t)(uintptr_t)arguments;
    register uint32_t skep_a2 __asm__("a2") = length;
    register uint32_t skep_a3 __asm__("a3") = mailbox;
    __asm__ volatile(SKEP_HOST_CALL(1026) : "+r"(skep_a0), "+r"(skep_a1) : "r"(skep_a2), "r"(skep_a3) : "memory");
    *ticket = skep_a1;
    return (int32_t)skep_a0;
}

/* command.info: tells a command and its contract. id: 0 to 65535. Errors: SKEP_RANGE, SKEP_INVALID, SKEP_DENIED,
 * SKEP_QUOTA, SKEP_NOT_FOUND. */
static inline int32_t skep_command_info(uint32_t id, struct skep_command_facts *facts) {
    register uint32_t skep_a0 __asm__("a0") = id;
    register uint32_t skep_a1 __asm__("a1") = (uint32_t)(uintptr_t)facts;
    __asm__ volatile(SKEP_HOST_CALL(1027) : "+r"(skep_a0), "+r"(skep_a1) : : "memory");
    (void)skep_a1;
    return (int32_t)skep_a0;
}

/* command.next: finds the next command that the caller may call: the lowest id from this one on. from: 0 to 65535.
 * Gives id (object id). Errors: SKEP_INVALID, SKEP_DENIED, SKEP_QUOTA, SKEP_NOT_FOUND. */
static inline int32_t skep_command_next(uint32_t from, uint32_t *id) {
    register uint32_t skep_a0 __asm__("a0") = from;
    register uint32_t skep_a1 __asm__("a1");
    __asm__ volatile(SKEP_HOST_CALL(1028) : "+r"(skep_a0), "=r"(skep_a1));
    *id = skep_a1;
    return (int32_t)skep_a0;
}

/* file.open: opens a file of the task's folder. name: at most 31 characters. flags: 1 read, 2 write, 4 create, 8
 * truncate, 16 append, 0 to 31. Gives handle (for this task until it is closed). Errors: SKEP_RANGE, SKEP_INVALID,
 * SKEP_DENIED, SKEP_QUOTA, SKEP_UNSUPPORTED, SKEP_NOT_FOUND, SKEP_FULL, SKEP_IO. */
static inline int32_t skep_file_open(const char *name, uint32_t flags, uint32_t *handle) {
    register uint32_t skep_a0 __asm__("a0") = (uint32_t)(uintptr_t)name;
    register uint32_t skep_a1 __asm__("a1") = flags;
    __asm__ volatile(SKEP_HOST_CALL(1088) : "+r"(skep_a0), "+r"(skep_a1) : : "memory");
    *handle = skep_a1;
    return (int32_t)skep_a0;
}

/* file.close: closes a file. Errors: SKEP_DENIED, SKEP_QUOTA, SKEP_UNSUPPORTED, SKEP_NOT_FOUND. */
static inline int32_t skep_file_close(uint32_t handle) {
    register uint32_t skep_a0 __asm__("a0") = handle;
    register uint32_t skep_a1 __asm__("a1");
    __asm__ volatile(SKEP_HOST_CALL(1089) : "+r"(skep_a0), "=r"(skep_a1));
    (void)skep_a1;
    return (int32_t)skep_a0;
}

/* file.read: reads from the position on, which moves on by what was read. to: capacity bytes, of which at most 256
 * count. capacity: bytes. Gives got (bytes, 0: the file ends here). Errors: SKEP_RANGE, SKEP_DENIED, SKEP_QUOTA,
 * SKEP_UNSUPPORTED, SKEP_NOT_FOUND, SKEP_IO. */
static inline int32_t skep_file_read(uint32_t handle, void *to, uint32_t capacity, uint32_t *got) {
    register uint32_t skep_a0 __asm__("a0") = handle;
    register uint32_t skep_a1 __asm__("a1") = (uint32_t)(uintptr_t)to;
    register uint32_t skep_a2 __asm__("a2") = capacity;
    __asm__ volatile(SKEP_HOST_CALL(1090) : "+r"(skep_a0), "+r"(skep_a1) : "r"(skep_a2) : "memory");
    *got = skep_a1;
    return (int32_t)skep_a0;
}

/* file.write: writes at the position, which moves on, or at the end if the file was opened so; all of it or
 * nothing. bytes: length bytes, at most 256. length: bytes. Errors: SKEP_RANGE, SKEP_INVALID, SKEP_DENIED,
 * SKEP_QUOTA, SKEP_UNSUPPORTED, SKEP_NOT_FOUND, SKEP_FULL, SKEP_IO. */
static inline int32_t skep_file_write(uint32_t handle, const void *bytes, uint32_t length) {
    register uint32_t skep_a0 __asm__("a0") = handle;
    register uint32_t skep_a1 __asm__("a1") = (uint32_t)(uintptr_t)bytes;
    register uint32_t skep_a2 __asm__("a2") = length;
    __asm__ volatile(SKEP_HOST_CALL(1091) : "+r"(skep_a0), "+r"(skep_a1) : "r"(skep_a2) : "memory");
    (void)skep_a1;
    return (int32_t)skep_a0;
}

/* file.seek: sets the position. position: bytes, 0 to 2147483647. Errors: SKEP_INVALID, SKEP_DENIED, SKEP_QUOTA,
 * SKEP_UNSUPPORTED, SKEP_NOT_FOUND. */
static inline int32_t skep_file_seek(uint32_t handle, uint32_t position) {
    register uint32_t skep_a0 __asm__("a0") = handle;
    register uint32_t skep_a1 __asm__("a1") = position;
    __asm__ volatile(SKEP_HOST_CALL(1092) : "+r"(skep_a0), "+r"(skep_a1));
    (void)skep_a1;
    return (int32_t)skep_a0;
}

/* file.size: tells how long a file is. Gives size (bytes). Errors: SKEP_DENIED, SKEP_QUOTA, SKEP_UNSUPPORTED,
 * SKEP_NOT_FOUND, SKEP_IO. */
static inline int32_t skep_file_size(uint32_t handle, uint32_t *size) {
    register uint32_t skep_a0 __asm__("a0") = handle;
    register uint32_t skep_a1 __asm__("a1");
    __asm__ volatile(SKEP_HOST_CALL(1093) : "+r"(skep_a0), "=r"(skep_a1) : : "memory");
    *size = skep_a1;
    return (int32_t)skep_a0;
}

/* file.next: finds the file that comes behind this name in the order of bytes; behind "" comes the first. name: at
 * most 31 characters. Errors: SKEP_RANGE, SKEP_INVALID, SKEP_DENIED, SKEP_QUOTA, SKEP_UNSUPPORTED, SKEP_NOT_FOUND,
 * SKEP_IO. */
static inline int32_t skep_file_next(const char *name, struct skep_file_facts *facts) {
    register uint32_t skep_a0 __asm__("a0") = (uint32_t)(uintptr_t)name;
    register uint32_t skep_a1 __asm__("a1") = (uint32_t)(uintptr_t)facts;
    __asm__ volatile(SKEP_HOST_CALL(1094) : "+r"(skep_a0), "+r"(skep_a1) : : "memory");
    (void)skep_a1;
    return (int32_t)skep_a0;
}

/* file.rename: gives a file another name; a file that had it is gone. name: at most 31 characters. wanted: at most
 * 31 characters. Errors: SKEP_RANGE, SKEP_INVALID, SKEP_DENIED, SKEP_QUOTA, SKEP_UNSUPPORTED, SKEP_NOT_FOUND,
 * SKEP_BUSY, SKEP_IO. */
static inline int32_t skep_file_rename(const char *name, const char *wanted) {
    register uint32_t skep_a0 __asm__("a0") = (uint32_t)(uintptr_t)name;
    register uint32_t skep_a1 __asm__("a1") = (uint32_t)(uintptr_t)wanted;
    __asm__ volatile(SKEP_HOST_CALL(1095) : "+r"(skep_a0), "+r"(skep_a1) : : "memory");
    (void)skep_a1;
    return (int32_t)skep_a0;
}

/* file.delete: deletes a file. name: at most 31 characters. Errors: SKEP_RANGE, SKEP_INVALID, SKEP_DENIED,
 * SKEP_QUOTA, SKEP_UNSUPPORTED, SKEP_NOT_FOUND, SKEP_BUSY, SKEP_IO. */
static inline int32_t skep_file_delete(const char *name) {
    register uint32_t skep_a0 __asm__("a0") = (uint32_t)(uintptr_t)name;
    register uint32_t skep_a1 __asm__("a1");
    __asm__ volatile(SKEP_HOST_CALL(1096) : "+r"(skep_a0), "=r"(skep_a1) : : "memory");
    (void)skep_a1;
    return (int32_t)skep_a0;
}

/* file.space: tells how much is in the task's folder, and may be. Errors: SKEP_RANGE, SKEP_DENIED, SKEP_QUOTA,
 * SKEP_UNSUPPORTED, SKEP_IO. */
static inline int32_t skep_file_space(struct skep_file_space *space) {
    register uint32_t skep_a0 __asm__("a0") = (uint32_t)(uintptr_t)space;
    register uint32_t skep_a1 __asm__("a1");
    __asm__ volatile(SKEP_HOST_CALL(1097) : "+r"(skep_a0), "=r"(skep_a1) : : "memory");
    (void)skep_a1;
    return (int32_t)skep_a0;
}

#ifdef __cplusplus
}
#endif

#endif
