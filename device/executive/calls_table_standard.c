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
static enum status run_adc_read(struct call *call) {
    return handle_adc_read(call, call->value[0]);
}
static enum status run_pwm_write(struct call *call) {
    return handle_pwm_write(call, call->value[0], call->value[1], call->value[2]);
}
static enum status run_uart_config(struct call *call) {
    return handle_uart_config(call, call->value[0], call->value[1]);
}
static enum status run_uart_write(struct call *call) {
    return handle_uart_write(call, call->value[0], call->in, call->value[2]);
}
static enum status run_uart_read(struct call *call) {
    return handle_uart_read(call, call->value[0], call->out, call->value[2], call->value[3]);
}
static enum status run_i2c_transfer(struct call *call) {
    return handle_i2c_transfer(call, call->value[0], call->value[1], call->in, call->value[3], call->out, call->value[5]);
}
static enum status run_spi_transfer(struct call *call) {
    return handle_spi_transfer(call, call->value[0], call->value[1], call->in, call->out, call->value[4]);
}
static enum status run_can_send(struct call *call) {
    return handle_can_send(call, call->value[0], call->in, call->value[2], call->value[3] != 0);
}
static enum status run_can_receive(struct call *call) {
    return handle_can_receive(call, call->out, call->value[1]);
}
static enum status run_random_fill(struct call *call) {
    return handle_random_fill(call, call->out, call->value[1]);
}
static enum status run_watchdog_start(struct call *call) {
    return handle_watchdog_start(call, call->value[0]);
}
static enum status run_watchdog_feed(struct call *call) {
    return handle_watchdog_feed(call);
}
static enum status run_mailbox_bind(struct call *call) {
    return handle_mailbox_bind(call, call->value[0], call->value[1], call->value[2]);
}
static enum status run_mailbox_open(struct call *call) {
    return handle_mailbox_open(call, call->value[0], call->value[1], call->value[2]);
}
static enum status run_mailbox_tap(struct call *call) {
    return handle_mailbox_tap(call, call->value[0], call->value[1]);
}
static enum status run_mailbox_send(struct call *call) {
    return handle_mailbox_send(call, call->value[0], call->in, call->value[2], call->value[3], call->value[4], call->value[5]);
}
static enum status run_mailbox_receive(struct call *call) {
    return handle_mailbox_receive(call, call->value[0], call->out, call->value[2], call->value[3]);
}
static enum status run_mailbox_peek(struct call *call) {
    return handle_mailbox_peek(call, call->value[0], call->out);
}
static enum status run_mailbox_close(struct call *call) {
    return handle_mailbox_close(call, call->value[0]);
}
static enum status run_value_register(struct call *call) {
    return handle_value_register(call, call->value[0]);
}
static enum status run_value_get(struct call *call) {
    return handle_value_get(call, call->value[0]);
}
static enum status run_value_set(struct call *call) {
    return handle_value_set(call, call->value[0], call->value[1]);
}
static enum status run_value_info(struct call *call) {
    return handle_value_info(call, call->value[0], call->out);
}
static enum status run_value_next(struct call *call) {
    return handle_value_next(call, call->value[0]);
}
static enum status run_value_subscribe(struct call *call) {
    return handle_value_subscribe(call, call->value[0], call->value[1]);
}
static enum status run_value_unsubscribe(struct call *call) {
    return handle_value_unsubscribe(call, call->value[0]);
}
static enum status run_command_register(struct call *call) {
    return handle_command_register(call, call->value[0]);
}
static enum status run_command_call(struct call *call) {
    return handle_command_call(call, call->value[0], call->in, call->value[2]);
}
static enum status run_command_send(struct call *call) {
    return handle_command_send(call, call->value[0], call->in, call->value[2], call->value[3]);
}
static enum status run_command_info(struct call *call) {
    return handle_command_info(call, call->value[0], call->out);
}
static enum status run_command_next(struct call *call) {
    return handle_command_next(call, call->value[0]);
}

const struct call_argument call_argument_table[58] = {
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
    {CALL_VALUE, 1, CALL_NO_REGISTER, 0, 1u, 4294967295u}, /* 12: pwm.write period */
    {CALL_VALUE, 2, CALL_NO_REGISTER, 0, 0u, 65535u}, /* 13: pwm.write duty */
    {CALL_VALUE, 1, CALL_NO_REGISTER, 0, 300u, 4000000u}, /* 14: uart.config baud */
    {CALL_IN, 1, 2, 1, 0u, 256u}, /* 15: uart.write bytes */
    {CALL_OUT, 1, 2, 1, 0u, 256u}, /* 16: uart.read to */
    {CALL_VALUE, 0, CALL_NO_REGISTER, 0, 0u, 255u}, /* 17: i2c.transfer bus */
    {CALL_VALUE, 1, CALL_NO_REGISTER, 0, 8u, 119u}, /* 18: i2c.transfer address */
    {CALL_IN, 2, 3, 0, 0u, 256u}, /* 19: i2c.transfer out */
    {CALL_OUT, 4, 5, 0, 0u, 256u}, /* 20: i2c.transfer in */
    {CALL_VALUE, 0, CALL_NO_REGISTER, 0, 0u, 255u}, /* 21: spi.transfer bus */
    {CALL_VALUE, 1, CALL_NO_REGISTER, 0, 0u, 255u}, /* 22: spi.transfer select */
    {CALL_IN, 2, 4, 0, 0u, 256u}, /* 23: spi.transfer out */
    {CALL_OUT, 3, 4, 0, 0u, 256u}, /* 24: spi.transfer in */
    {CALL_VALUE, 0, CALL_NO_REGISTER, 0, 0u, 536870911u}, /* 25: can.send id */
    {CALL_VALUE, 3, CALL_NO_REGISTER, 0, 0u, 1u}, /* 26: can.send extended */
    {CALL_IN, 1, 2, 0, 0u, 8u}, /* 27: can.send bytes */
    {CALL_OUT, 0, CALL_NO_REGISTER, 0, 0u, 16u}, /* 28: can.receive frame */
    {CALL_VALUE, 1, CALL_NO_REGISTER, 0, 1u, 4294967295u}, /* 29: random.fill length */
    {CALL_OUT, 0, 1, 0, 0u, 256u}, /* 30: random.fill to */
    {CALL_VALUE, 0, CALL_NO_REGISTER, 0, 1u, 3600000u}, /* 31: watchdog.start timeout */
    {CALL_VALUE, 1, CALL_NO_REGISTER, 0, 16u, 65535u}, /* 32: mailbox.bind capacity */
    {CALL_VALUE, 2, CALL_NO_REGISTER, 0, 0u, 2u}, /* 33: mailbox.bind mode */
    {CALL_TEXT, 0, CALL_NO_REGISTER, 0, 0u, 40u}, /* 34: mailbox.bind name */
    {CALL_VALUE, 1, CALL_NO_REGISTER, 0, 0u, 1u}, /* 35: mailbox.open right */
    {CALL_TEXT, 0, CALL_NO_REGISTER, 0, 0u, 40u}, /* 36: mailbox.open name */
    {CALL_VALUE, 1, CALL_NO_REGISTER, 0, 16u, 65535u}, /* 37: mailbox.tap capacity */
    {CALL_TEXT, 0, CALL_NO_REGISTER, 0, 0u, 40u}, /* 38: mailbox.tap name */
    {CALL_VALUE, 3, CALL_NO_REGISTER, 0, 0u, 7u}, /* 39: mailbox.send flags */
    {CALL_VALUE, 4, CALL_NO_REGISTER, 0, 0u, 65535u}, /* 40: mailbox.send channel */
    {CALL_IN, 1, 2, 0, 0u, 248u}, /* 41: mailbox.send bytes */
    {CALL_OUT, 1, 2, 1, 0u, 256u}, /* 42: mailbox.receive to */
    {CALL_OUT, 1, CALL_NO_REGISTER, 0, 0u, 24u}, /* 43: mailbox.peek facts */
    {CALL_VALUE, 0, CALL_NO_REGISTER, 0, 0u, 65535u}, /* 44: value.get id */
    {CALL_VALUE, 0, CALL_NO_REGISTER, 0, 0u, 65535u}, /* 45: value.set id */
    {CALL_VALUE, 0, CALL_NO_REGISTER, 0, 0u, 65535u}, /* 46: value.info id */
    {CALL_OUT, 1, CALL_NO_REGISTER, 0, 0u, 56u}, /* 47: value.info facts */
    {CALL_VALUE, 0, CALL_NO_REGISTER, 0, 0u, 65535u}, /* 48: value.next from */
    {CALL_VALUE, 0, CALL_NO_REGISTER, 0, 0u, 65535u}, /* 49: value.subscribe id */
    {CALL_VALUE, 0, CALL_NO_REGISTER, 0, 0u, 65535u}, /* 50: value.unsubscribe id */
    {CALL_VALUE, 0, CALL_NO_REGISTER, 0, 0u, 65535u}, /* 51: command.call id */
    {CALL_IN, 1, 2, 0, 0u, 16u}, /* 52: command.call arguments */
    {CALL_VALUE, 0, CALL_NO_REGISTER, 0, 0u, 65535u}, /* 53: command.send id */
    {CALL_IN, 1, 2, 0, 0u, 16u}, /* 54: command.send arguments */
    {CALL_VALUE, 0, CALL_NO_REGISTER, 0, 0u, 65535u}, /* 55: command.info id */
    {CALL_OUT, 1, CALL_NO_REGISTER, 0, 0u, 72u}, /* 56: command.info facts */
    {CALL_VALUE, 0, CALL_NO_REGISTER, 0, 0u, 65535u}, /* 57: command.next from */
};

const struct call_row call_table[] = {
    {CALL_TASK_EXIT,           8,   0,  CALL_ENDS,                                               0, 0,  0, run_task_exit},
    {CALL_TASK_SLEEP_MS,       32,  0,  CALL_MAY_WAIT | CALL_CLOCK,                              0, 0,  0, run_task_sleep_ms},
    {CALL_TASK_SLEEP_UNTIL,    32,  0,  CALL_MAY_WAIT | CALL_CLOCK,                              0, 0,  0, run_task_sleep_until},
    {CALL_TASK_YIELD,          32,  0,  CALL_MAY_WAIT,                                           0, 0,  0, run_task_yield},
    {CALL_TASK_INFO,           64,  0,  0,                                                       0, 0,  1, run_task_info},
    {CALL_TASK_VERSION,        16,  0,  CALL_RESULT,                                             0, 1,  1, run_task_version},
    {CALL_TASK_CHECK_IN,       16,  0,  CALL_CLOCK,                                              0, 2,  0, run_task_check_in},
    {CALL_CONSOLE_WRITE,       64,  1,  CALL_MAY_WAIT | CALL_RESULT,                             2, 2,  1, run_console_write},
    {CALL_CONSOLE_READ,        64,  1,  CALL_MAY_WAIT | CALL_CLOCK | CALL_RESULT | CALL_COUNTED, 1, 3,  1, run_console_read},
    {CALL_CONSOLE_WRITE_ERROR, 64,  1,  CALL_MAY_WAIT | CALL_RESULT,                             2, 4,  1, run_console_write_error},
    {CALL_TIME_MILLIS,         16,  0,  CALL_CLOCK | CALL_RESULT,                                0, 5,  0, run_time_millis},
    {CALL_TIME_MICROS,         16,  0,  CALL_CLOCK | CALL_RESULT,                                0, 5,  0, run_time_micros},
    {CALL_TIME_NOW,            32,  0,  CALL_CLOCK,                                              0, 5,  1, run_time_now},
    {CALL_TIME_DELAY_MS,       32,  0,  CALL_MAY_WAIT | CALL_CLOCK,                              0, 6,  0, run_time_delay_ms},
    {CALL_TIME_DELAY_US,       32,  0,  CALL_MAY_WAIT | CALL_CLOCK,                              0, 6,  0, run_time_delay_us},
    {CALL_TIME_TIMER_CREATE,   64,  0,  CALL_CLOCK | CALL_RESULT,                                0, 6,  2, run_time_timer_create},
    {CALL_TIME_TIMER_CANCEL,   32,  0,  0,                                                       0, 8,  0, run_time_timer_cancel},
    {CALL_TIME_TIMER_WAIT,     64,  0,  CALL_MAY_WAIT | CALL_CLOCK | CALL_RESULT,                0, 8,  0, run_time_timer_wait},
    {CALL_GPIO_CONFIG,         64,  0,  0,                                                       3, 8,  1, run_gpio_config},
    {CALL_GPIO_WRITE,          32,  0,  0,                                                       2, 9,  1, run_gpio_write},
    {CALL_GPIO_READ,           32,  0,  CALL_RESULT,                                             3, 10, 0, run_gpio_read},
    {CALL_GPIO_WATCH,          64,  0,  0,                                                       1, 10, 1, run_gpio_watch},
    {CALL_GPIO_WAIT_EDGE,      64,  0,  CALL_MAY_WAIT | CALL_CLOCK,                              1, 11, 1, run_gpio_wait_edge},
    {CALL_ADC_READ,            128, 0,  CALL_RESULT,                                             1, 12, 0, run_adc_read},
    {CALL_PWM_WRITE,           64,  0,  0,                                                       1, 12, 2, run_pwm_write},
    {CALL_UART_CONFIG,         64,  0,  0,                                                       4, 14, 1, run_uart_config},
    {CALL_UART_WRITE,          64,  1,  CALL_MAY_WAIT | CALL_RESULT,                             2, 15, 1, run_uart_write},
    {CALL_UART_READ,           64,  1,  CALL_MAY_WAIT | CALL_CLOCK | CALL_RESULT | CALL_COUNTED, 1, 16, 1, run_uart_read},
    {CALL_I2C_TRANSFER,        256, 16, 0,                                                       3, 17, 4, run_i2c_transfer},
    {CALL_SPI_TRANSFER,        128, 4,  0,                                                       1, 21, 4, run_spi_transfer},
    {CALL_CAN_SEND,            128, 0,  0,                                                       2, 25, 3, run_can_send},
    {CALL_CAN_RECEIVE,         128, 0,  CALL_MAY_WAIT | CALL_CLOCK,                              1, 28, 1, run_can_receive},
    {CALL_RANDOM_FILL,         64,  4,  0,                                                       1, 29, 2, run_random_fill},
    {CALL_WATCHDOG_START,      32,  0,  CALL_CLOCK,                                              1, 31, 1, run_watchdog_start},
    {CALL_WATCHDOG_FEED,       16,  0,  CALL_CLOCK,                                              1, 32, 0, run_watchdog_feed},
    {CALL_MAILBOX_BIND,        256, 0,  CALL_RESULT,                                             3, 32, 3, run_mailbox_bind},
    {CALL_MAILBOX_OPEN,        128, 0,  CALL_MAY_WAIT | CALL_CLOCK | CALL_RESULT,                3, 35, 2, run_mailbox_open},
    {CALL_MAILBOX_TAP,         256, 0,  CALL_RESULT,                                             4, 37, 2, run_mailbox_tap},
    {CALL_MAILBOX_SEND,        128, 2,  CALL_MAY_WAIT | CALL_CLOCK,                              2, 39, 3, run_mailbox_send},
    {CALL_MAILBOX_RECEIVE,     128, 1,  CALL_MAY_WAIT | CALL_CLOCK | CALL_RESULT | CALL_COUNTED, 5, 42, 1, run_mailbox_receive},
    {CALL_MAILBOX_PEEK,        128, 0,  0,                                                       7, 43, 1, run_mailbox_peek},
    {CALL_MAILBOX_CLOSE,       128, 0,  0,                                                       7, 44, 0, run_mailbox_close},
    {CALL_VALUE_REGISTER,      256, 0,  0,                                                       4, 44, 0, run_value_register},
    {CALL_VALUE_GET,           64,  0,  CALL_RESULT,                                             5, 44, 1, run_value_get},
    {CALL_VALUE_SET,           128, 0,  CALL_CLOCK,                                              6, 45, 1, run_value_set},
    {CALL_VALUE_INFO,          128, 0,  CALL_CLOCK,                                              5, 46, 2, run_value_info},
    {CALL_VALUE_NEXT,          128, 0,  CALL_RESULT,                                             5, 48, 1, run_value_next},
    {CALL_VALUE_SUBSCRIBE,     128, 0,  0,                                                       5, 49, 1, run_value_subscribe},
    {CALL_VALUE_UNSUBSCRIBE,   64,  0,  0,                                                       5, 50, 1, run_value_unsubscribe},
    {CALL_COMMAND_REGISTER,    256, 0,  0,                                                       2, 51, 0, run_command_register},
    {CALL_COMMAND_CALL,        256, 1,  CALL_MAY_WAIT | CALL_CLOCK | CALL_RESULT,                3, 51, 2, run_command_call},
    {CALL_COMMAND_SEND,        256, 1,  CALL_CLOCK | CALL_RESULT,                                3, 53, 2, run_command_send},
    {CALL_COMMAND_INFO,        128, 0,  0,                                                       3, 55, 2, run_command_info},
    {CALL_COMMAND_NEXT,        128, 0,  CALL_RESULT,                                             3, 57, 1, run_command_next},
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
    case CALL_ADC_READ:
        need.ranged = true;
        need.first = need.last = value[0];
        need.mode = 1;
        return need;
    case CALL_PWM_WRITE:
        need.ranged = true;
        need.first = need.last = value[0];
        need.mode = 1;
        return need;
    case CALL_UART_CONFIG:
        need.ranged = true;
        need.first = need.last = value[0];
        need.mode = 4;
        return need;
    case CALL_UART_WRITE:
        need.ranged = true;
        need.first = need.last = value[0];
        need.mode = 2;
        return need;
    case CALL_UART_READ:
        need.ranged = true;
        need.first = need.last = value[0];
        need.mode = 1;
        return need;
    case CALL_I2C_TRANSFER:
        need.ranged = true;
        need.first = need.last = value[0] << 8 | value[1];
        if (value[3] > 0) need.mode |= 2;
        if (value[5] > 0) need.mode |= 1;
        need.any = need.mode == 0;
        if (need.any) need.mode = 3;
        return need;
    case CALL_SPI_TRANSFER:
        need.ranged = true;
        need.first = need.last = value[0] << 8 | value[1];
        need.mode = 1;
        return need;
    case CALL_CAN_SEND:
        need.ranged = true;
        need.first = need.last = value[0];
        need.mode = 2;
        return need;
    case CALL_CAN_RECEIVE:
        need.mode = 1;
        return need;
    case CALL_RANDOM_FILL:
        need.mode = 1;
        return need;
    case CALL_WATCHDOG_START:
        need.mode = 1;
        return need;
    case CALL_WATCHDOG_FEED:
        need.mode = 1;
        return need;
    case CALL_MAILBOX_BIND:
        need.mode = 3;
        need.any = true;
        return need;
    case CALL_MAILBOX_OPEN:
        need.mode = 3;
        need.any = true;
        return need;
    case CALL_MAILBOX_TAP:
        need.mode = 4;
        return need;
    case CALL_MAILBOX_SEND:
        need.mode = 2;
        return need;
    case CALL_MAILBOX_RECEIVE:
        need.mode = 5;
        need.any = true;
        return need;
    case CALL_MAILBOX_PEEK:
        need.mode = 7;
        need.any = true;
        return need;
    case CALL_MAILBOX_CLOSE:
        need.mode = 7;
        need.any = true;
        return need;
    case CALL_VALUE_REGISTER:
        need.mode = 4;
        return need;
    case CALL_VALUE_GET:
        need.ranged = true;
        need.first = need.last = value[0];
        need.mode = 5;
        need.any = true;
        return need;
    case CALL_VALUE_SET:
        need.ranged = true;
        need.first = need.last = value[0];
        need.mode = 6;
        need.any = true;
        return need;
    case CALL_VALUE_INFO:
        need.ranged = true;
        need.first = need.last = value[0];
        need.mode = 5;
        need.any = true;
        return need;
    case CALL_VALUE_NEXT:
        need.mode = 5;
        need.any = true;
        return need;
    case CALL_VALUE_SUBSCRIBE:
        need.ranged = true;
        need.first = need.last = value[0];
        need.mode = 5;
        need.any = true;
        return need;
    case CALL_VALUE_UNSUBSCRIBE:
        need.ranged = true;
        need.first = need.last = value[0];
        need.mode = 5;
        need.any = true;
        return need;
    case CALL_COMMAND_REGISTER:
        need.mode = 2;
        return need;
    case CALL_COMMAND_CALL:
        need.ranged = true;
        need.first = need.last = value[0];
        need.mode = 3;
        need.any = true;
        return need;
    case CALL_COMMAND_SEND:
        need.ranged = true;
        need.first = need.last = value[0];
        need.mode = 3;
        need.any = true;
        return need;
    case CALL_COMMAND_INFO:
        need.ranged = true;
        need.first = need.last = value[0];
        need.mode = 3;
        need.any = true;
        return need;
    case CALL_COMMAND_NEXT:
        need.mode = 3;
        need.any = true;
        return need;
    default: return need;
    }
}

bool call_is_left_out(uint32_t number) {
    static const uint16_t runs[][2] = {
        {71,   71},
        {130,  130},
        {132,  132},
        {832,  833},
        {1088, 1097},
    };
    for (uint32_t i = 0; i < sizeof runs / sizeof *runs; i++) {
        if (number >= runs[i][0] && number <= runs[i][1]) return true;
    }
    return false;
}
