/* GENERATED from spec/calls.json by tools/generate/calls.py. Do not edit. */
#include "device/executive/calls_table.h"

#include "device/executive/call.h"

static enum status run_task_exit(struct call *call) {
    return handle_task_exit(call, (int32_t)call->value[0]);
}
static enum status run_task_sleep_ms(struct call *call) {
    return handle_task_sleep_ms(call, call->value[0]);
}
static enum status run_task_sleep_until(struct call *call) {
    return handle_task_sleep_until(call, (call->value[0] | (uint64_t)call->value[1] << 32));
}
static enum status run_task_yield(struct call *call) {
    return handle_task_yield(call);
}
static enum status run_task_info(struct call *call) {
    return handle_task_info(call, call->out);
}
static enum status run_task_version(struct call *call) {
    return handle_task_version(call, call->value[0]);
}
static enum status run_task_check_in(struct call *call) {
    return handle_task_check_in(call);
}
static enum status run_console_write(struct call *call) {
    return handle_console_write(call, call->in, call->value[1]);
}
static enum status run_console_read(struct call *call) {
    return handle_console_read(call, call->out, call->value[1], call->value[2]);
}
static enum status run_console_write_error(struct call *call) {
    return handle_console_write_error(call, call->in, call->value[1]);
}
static enum status run_time_millis(struct call *call) {
    return handle_time_millis(call);
}
static enum status run_time_micros(struct call *call) {
    return handle_time_micros(call);
}
static enum status run_time_now(struct call *call) {
    return handle_time_now(call, call->out);
}
static enum status run_time_delay_ms(struct call *call) {
    return handle_time_delay_ms(call, call->value[0]);
}
static enum status run_time_delay_us(struct call *call) {
    return handle_time_delay_us(call, call->value[0]);
}
static enum status run_time_timer_create(struct call *call) {
    return handle_time_timer_create(call, call->value[0], call->value[1] != 0);
}
static enum status run_time_timer_cancel(struct call *call) {
    return handle_time_timer_cancel(call, call->value[0]);
}
static enum status run_time_timer_wait(struct call *call) {
    return handle_time_timer_wait(call, call->value[0], call->value[1]);
}
static enum status run_gpio_config(struct call *call) {
    return handle_gpio_config(call, call->value[0], call->value[1]);
}
static enum status run_gpio_write(struct call *call) {
    return handle_gpio_write(call, call->value[0], call->value[1] != 0);
}
static enum status run_gpio_read(struct call *call) {
    return handle_gpio_read(call, call->value[0]);
}
static enum status run_gpio_watch(struct call *call) {
    return handle_gpio_watch(call, call->value[0], call->value[1]);
}
static enum status run_gpio_wait_edge(struct call *call) {
    return handle_gpio_wait_edge(call, call->out, call->value[1]);
}
static enum status run_watchdog_start(struct call *call) {
    return handle_watchdog_start(call, call->value[0]);
}
static enum status run_watchdog_feed(struct call *call) {
    return handle_watchdog_feed(call);
}

const struct call_argument call_argument_table[13] = {
    {CALL_OUT, 0, CALL_NO_REGISTER, 0, 0u, 64u}, /* 0: task.info info */
    {CALL_VALUE, 0, CALL_NO_REGISTER, 0, 0u, 63u}, /* 1: task.version group */
    {CALL_IN, 0, 1, 1, 0u, 256u}, /* 2: console.write bytes */
    {CALL_OUT, 0, 1, 1, 0u, 256u}, /* 3: console.read to */
    {CALL_IN, 0, 1, 1, 0u, 256u}, /* 4: console.write_error bytes */
    {CALL_OUT, 0, CALL_NO_REGISTER, 0, 0u, 8u}, /* 5: time.now now */
    {CALL_VALUE, 0, CALL_NO_REGISTER, 0, 100u, 4294967295u}, /* 6: time.timer_create period */
    {CALL_VALUE, 1, CALL_NO_REGISTER, 0, 0u, 1u}, /* 7: time.timer_create repeats */
    {CALL_VALUE, 1, CALL_NO_REGISTER, 0, 0u, 3u}, /* 8: gpio.config mode */
    {CALL_VALUE, 1, CALL_NO_REGISTER, 0, 0u, 1u}, /* 9: gpio.write level */
    {CALL_VALUE, 1, CALL_NO_REGISTER, 0, 0u, 3u}, /* 10: gpio.watch edge */
    {CALL_OUT, 0, CALL_NO_REGISTER, 0, 0u, 16u}, /* 11: gpio.wait_edge event */
    {CALL_VALUE, 0, CALL_NO_REGISTER, 0, 1u, 3600000u}, /* 12: watchdog.start timeout */
};

const struct call_row call_table[] = {
    {CALL_TASK_EXIT,           8,  0, CALL_ENDS,                                               0, 0,  0, run_task_exit},
    {CALL_TASK_SLEEP_MS,       32, 0, CALL_MAY_WAIT | CALL_CLOCK,                              0, 0,  0, run_task_sleep_ms},
    {CALL_TASK_SLEEP_UNTIL,    32, 0, CALL_MAY_WAIT | CALL_CLOCK,                              0, 0,  0, run_task_sleep_until},
    {CALL_TASK_YIELD,          32, 0, CALL_MAY_WAIT,                                           0, 0,  0, run_task_yield},
    {CALL_TASK_INFO,           64, 0, 0,                                                       0, 0,  1, run_task_info},
    {CALL_TASK_VERSION,        16, 0, CALL_RESULT,                                             0, 1,  1, run_task_version},
    {CALL_TASK_CHECK_IN,       16, 0, CALL_CLOCK,                                              0, 2,  0, run_task_check_in},
    {CALL_CONSOLE_WRITE,       64, 1, CALL_MAY_WAIT | CALL_RESULT,                             2, 2,  1, run_console_write},
    {CALL_CONSOLE_READ,        64, 1, CALL_MAY_WAIT | CALL_CLOCK | CALL_RESULT | CALL_COUNTED, 1, 3,  1, run_console_read},
    {CALL_CONSOLE_WRITE_ERROR, 64, 1, CALL_MAY_WAIT | CALL_RESULT,                             2, 4,  1, run_console_write_error},
    {CALL_TIME_MILLIS,         16, 0, CALL_CLOCK | CALL_RESULT,                                0, 5,  0, run_time_millis},
    {CALL_TIME_MICROS,         16, 0, CALL_CLOCK | CALL_RESULT,                                0, 5,  0, run_time_micros},
    {CALL_TIME_NOW,            32, 0, CALL_CLOCK,                                              0, 5,  1, run_time_now},
    {CALL_TIME_DELAY_MS,       32, 0, CALL_MAY_WAIT | CALL_CLOCK,                              0, 6,  0, run_time_delay_ms},
    {CALL_TIME_DELAY_US,       32, 0, CALL_MAY_WAIT | CALL_CLOCK,                              0, 6,  0, run_time_delay_us},
    {CALL_TIME_TIMER_CREATE,   64, 0, CALL_CLOCK | CALL_RESULT,                                0, 6,  2, run_time_timer_create},
    {CALL_TIME_TIMER_CANCEL,   32, 0, 0,                                                       0, 8,  0, run_time_timer_cancel},
    {CALL_TIME_TIMER_WAIT,     64, 0, CALL_MAY_WAIT | CALL_CLOCK | CALL_RESULT,                0, 8,  0, run_time_timer_wait},
    {CALL_GPIO_CONFIG,         64, 0, 0,                                                       3, 8,  1, run_gpio_config},
    {CALL_GPIO_WRITE,          32, 0, 0,                                                       2, 9,  1, run_gpio_write},
    {CALL_GPIO_READ,           32, 0, CALL_RESULT,                                             3, 10, 0, run_gpio_read},
    {CALL_GPIO_WATCH,          64, 0, 0,                                                       1, 10, 1, run_gpio_watch},
    {CALL_GPIO_WAIT_EDGE,      64, 0, CALL_MAY_WAIT | CALL_CLOCK,                              1, 11, 1, run_gpio_wait_edge},
    {CALL_WATCHDOG_START,      32, 0, CALL_CLOCK,                                              1, 12, 1, run_watchdog_start},
    {CALL_WATCHDOG_FEED,       16, 0, CALL_CLOCK,                                              1, 13, 0, run_watchdog_feed},
};
const uint32_t call_count = sizeof call_table / sizeof *call_table;

struct call_need call_need(uint16_t number, const uint32_t value[CALL_REGISTERS]) {
    struct call_need need = {0, 0, 0, false, false};
    switch (number) {
    case CALL_CONSOLE_WRITE:
        need.mode = 2;
        return need;
    case CALL_CONSOLE_READ:
        need.mode = 1;
        return need;
    case CALL_CONSOLE_WRITE_ERROR:
        need.mode = 2;
        return need;
    case CALL_GPIO_CONFIG:
        need.ranged = true;
        need.first = need.last = value[0];
        need.mode = 0x1121 >> 4 * value[1] & 0xf;
        return need;
    case CALL_GPIO_WRITE:
        need.ranged = true;
        need.first = need.last = value[0];
        need.mode = 2;
        return need;
    case CALL_GPIO_READ:
        need.ranged = true;
        need.first = need.last = value[0];
        need.mode = 3;
        need.any = true;
        return need;
    case CALL_GPIO_WATCH:
        need.ranged = true;
        need.first = need.last = value[0];
        need.mode = 1;
        return need;
    case CALL_GPIO_WAIT_EDGE:
        need.mode = 1;
        return need;
    case CALL_WATCHDOG_START:
        need.mode = 1;
        return need;
    case CALL_WATCHDOG_FEED:
        need.mode = 1;
        return need;
    default: return need;
    }
}

bool call_is_left_out(uint32_t number) {
    static const uint16_t runs[][2] = {
        {71,   71},
        {130,  130},
        {132,  132},
        {320,  320},
        {384,  384},
        {448,  450},
        {512,  512},
        {576,  576},
        {640,  641},
        {704,  704},
        {832,  833},
        {896,  902},
        {960,  966},
        {1024, 1028},
        {1088, 1097},
    };
    for (uint32_t i = 0; i < sizeof runs / sizeof *runs; i++) {
        if (number >= runs[i][0] && number <= runs[i][1]) return true;
    }
    return false;
}
