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
static enum status run_task_format(struct call *call) {
    return handle_task_format(call, call->value[0], call->value[1], call->value[2], call->value[3]);
}
static enum status run_console_write(struct call *call) {
    return handle_console_write(call, call->in, call->value[1]);
}
static enum status run_console_read(struct call *call) {
    return handle_console_read(call, call->out, call->value[1], call->value[2]);
}
static enum status run_console_format(struct call *call) {
    return handle_console_format(call, call->value[0], call->value[1]);
}
static enum status run_console_write_error(struct call *call) {
    return handle_console_write_error(call, call->in, call->value[1]);
}
static enum status run_console_format_error(struct call *call) {
    return handle_console_format_error(call, call->value[0], call->value[1]);
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
static enum status run_blackbox_write(struct call *call) {
    return handle_blackbox_write(call, call->value[0], call->in, call->value[2]);
}
static enum status run_blackbox_read(struct call *call) {
    return handle_blackbox_read(call, call->value[0], call->out, call->value[2]);
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
static enum status run_file_open(struct call *call) {
    return handle_file_open(call, call->value[0], call->value[1]);
}
static enum status run_file_close(struct call *call) {
    return handle_file_close(call, call->value[0]);
}
static enum status run_file_read(struct call *call) {
    return handle_file_read(call, call->value[0], call->out, call->value[2]);
}
static enum status run_file_write(struct call *call) {
    return handle_file_write(call, call->value[0], call->in, call->value[2]);
}
static enum status run_file_seek(struct call *call) {
    return handle_file_seek(call, call->value[0], call->value[1]);
}
static enum status run_file_size(struct call *call) {
    return handle_file_size(call, call->value[0]);
}
static enum status run_file_next(struct call *call) {
    return handle_file_next(call, call->value[0], call->out);
}
static enum status run_file_rename(struct call *call) {
    return handle_file_rename(call, call->value[0], call->value[1]);
}
static enum status run_file_delete(struct call *call) {
    return handle_file_delete(call, call->value[0]);
}
static enum status run_file_space(struct call *call) {
    return handle_file_space(call, call->out);
}

const struct call_argument call_argument_table[76] = {
    {CALL_OUT, 0, CALL_NO_REGISTER, 0, 0u, 64u}, /* 0: task.info info */
    {CALL_VALUE, 0, CALL_NO_REGISTER, 0, 0u, 63u}, /* 1: task.version group */
    {CALL_TEXT, 2, CALL_NO_REGISTER, 0, 0u, 1024u}, /* 2: task.format text */
    {CALL_IN, 0, 1, 1, 0u, 256u}, /* 3: console.write bytes */
    {CALL_OUT, 0, 1, 1, 0u, 256u}, /* 4: console.read to */
    {CALL_TEXT, 0, CALL_NO_REGISTER, 0, 0u, 1024u}, /* 5: console.format text */
    {CALL_IN, 0, 1, 1, 0u, 256u}, /* 6: console.write_error bytes */
    {CALL_TEXT, 0, CALL_NO_REGISTER, 0, 0u, 1024u}, /* 7: console.format_error text */
    {CALL_OUT, 0, CALL_NO_REGISTER, 0, 0u, 8u}, /* 8: time.now now */
    {CALL_VALUE, 0, CALL_NO_REGISTER, 0, 100u, 4294967295u}, /* 9: time.timer_create period */
    {CALL_VALUE, 1, CALL_NO_REGISTER, 0, 0u, 1u}, /* 10: time.timer_create repeats */
    {CALL_VALUE, 1, CALL_NO_REGISTER, 0, 0u, 3u}, /* 11: gpio.config mode */
    {CALL_VALUE, 1, CALL_NO_REGISTER, 0, 0u, 1u}, /* 12: gpio.write level */
    {CALL_VALUE, 1, CALL_NO_REGISTER, 0, 0u, 3u}, /* 13: gpio.watch edge */
    {CALL_OUT, 0, CALL_NO_REGISTER, 0, 0u, 16u}, /* 14: gpio.wait_edge event */
    {CALL_VALUE, 1, CALL_NO_REGISTER, 0, 1u, 4294967295u}, /* 15: pwm.write period */
    {CALL_VALUE, 2, CALL_NO_REGISTER, 0, 0u, 65535u}, /* 16: pwm.write duty */
    {CALL_VALUE, 1, CALL_NO_REGISTER, 0, 300u, 4000000u}, /* 17: uart.config baud */
    {CALL_IN, 1, 2, 1, 0u, 256u}, /* 18: uart.write bytes */
    {CALL_OUT, 1, 2, 1, 0u, 256u}, /* 19: uart.read to */
    {CALL_VALUE, 0, CALL_NO_REGISTER, 0, 0u, 255u}, /* 20: i2c.transfer bus */
    {CALL_VALUE, 1, CALL_NO_REGISTER, 0, 8u, 119u}, /* 21: i2c.transfer address */
    {CALL_IN, 2, 3, 0, 0u, 256u}, /* 22: i2c.transfer out */
    {CALL_OUT, 4, 5, 0, 0u, 256u}, /* 23: i2c.transfer in */
    {CALL_VALUE, 0, CALL_NO_REGISTER, 0, 0u, 255u}, /* 24: spi.transfer bus */
    {CALL_VALUE, 1, CALL_NO_REGISTER, 0, 0u, 255u}, /* 25: spi.transfer select */
    {CALL_IN, 2, 4, 0, 0u, 256u}, /* 26: spi.transfer out */
    {CALL_OUT, 3, 4, 0, 0u, 256u}, /* 27: spi.transfer in */
    {CALL_VALUE, 0, CALL_NO_REGISTER, 0, 0u, 536870911u}, /* 28: can.send id */
    {CALL_VALUE, 3, CALL_NO_REGISTER, 0, 0u, 1u}, /* 29: can.send extended */
    {CALL_IN, 1, 2, 0, 0u, 8u}, /* 30: can.send bytes */
    {CALL_OUT, 0, CALL_NO_REGISTER, 0, 0u, 16u}, /* 31: can.receive frame */
    {CALL_VALUE, 1, CALL_NO_REGISTER, 0, 1u, 4294967295u}, /* 32: random.fill length */
    {CALL_OUT, 0, 1, 0, 0u, 256u}, /* 33: random.fill to */
    {CALL_VALUE, 0, CALL_NO_REGISTER, 0, 1u, 3600000u}, /* 34: watchdog.start timeout */
    {CALL_VALUE, 0, CALL_NO_REGISTER, 0, 0u, 255u}, /* 35: blackbox.write offset */
    {CALL_IN, 1, 2, 0, 0u, 256u}, /* 36: blackbox.write bytes */
    {CALL_VALUE, 0, CALL_NO_REGISTER, 0, 0u, 255u}, /* 37: blackbox.read offset */
    {CALL_OUT, 1, 2, 0, 0u, 256u}, /* 38: blackbox.read to */
    {CALL_VALUE, 1, CALL_NO_REGISTER, 0, 16u, 65535u}, /* 39: mailbox.bind capacity */
    {CALL_VALUE, 2, CALL_NO_REGISTER, 0, 0u, 2u}, /* 40: mailbox.bind mode */
    {CALL_TEXT, 0, CALL_NO_REGISTER, 0, 0u, 40u}, /* 41: mailbox.bind name */
    {CALL_VALUE, 1, CALL_NO_REGISTER, 0, 0u, 1u}, /* 42: mailbox.open right */
    {CALL_TEXT, 0, CALL_NO_REGISTER, 0, 0u, 40u}, /* 43: mailbox.open name */
    {CALL_VALUE, 1, CALL_NO_REGISTER, 0, 16u, 65535u}, /* 44: mailbox.tap capacity */
    {CALL_TEXT, 0, CALL_NO_REGISTER, 0, 0u, 40u}, /* 45: mailbox.tap name */
    {CALL_VALUE, 3, CALL_NO_REGISTER, 0, 0u, 7u}, /* 46: mailbox.send flags */
    {CALL_VALUE, 4, CALL_NO_REGISTER, 0, 0u, 65535u}, /* 47: mailbox.send channel */
    {CALL_IN, 1, 2, 0, 0u, 248u}, /* 48: mailbox.send bytes */
    {CALL_OUT, 1, 2, 1, 0u, 256u}, /* 49: mailbox.receive to */
    {CALL_OUT, 1, CALL_NO_REGISTER, 0, 0u, 24u}, /* 50: mailbox.peek facts */
    {CALL_VALUE, 0, CALL_NO_REGISTER, 0, 0u, 65535u}, /* 51: value.get id */
    {CALL_VALUE, 0, CALL_NO_REGISTER, 0, 0u, 65535u}, /* 52: value.set id */
    {CALL_VALUE, 0, CALL_NO_REGISTER, 0, 0u, 65535u}, /* 53: value.info id */
    {CALL_OUT, 1, CALL_NO_REGISTER, 0, 0u, 56u}, /* 54: value.info facts */
    {CALL_VALUE, 0, CALL_NO_REGISTER, 0, 0u, 65535u}, /* 55: value.next from */
    {CALL_VALUE, 0, CALL_NO_REGISTER, 0, 0u, 65535u}, /* 56: value.subscribe id */
    {CALL_VALUE, 0, CALL_NO_REGISTER, 0, 0u, 65535u}, /* 57: value.unsubscribe id */
    {CALL_VALUE, 0, CALL_NO_REGISTER, 0, 0u, 65535u}, /* 58: command.call id */
    {CALL_IN, 1, 2, 0, 0u, 16u}, /* 59: command.call arguments */
    {CALL_VALUE, 0, CALL_NO_REGISTER, 0, 0u, 65535u}, /* 60: command.send id */
    {CALL_IN, 1, 2, 0, 0u, 16u}, /* 61: command.send arguments */
    {CALL_VALUE, 0, CALL_NO_REGISTER, 0, 0u, 65535u}, /* 62: command.info id */
    {CALL_OUT, 1, CALL_NO_REGISTER, 0, 0u, 72u}, /* 63: command.info facts */
    {CALL_VALUE, 0, CALL_NO_REGISTER, 0, 0u, 65535u}, /* 64: command.next from */
    {CALL_VALUE, 1, CALL_NO_REGISTER, 0, 0u, 31u}, /* 65: file.open flags */
    {CALL_TEXT, 0, CALL_NO_REGISTER, 0, 0u, 32u}, /* 66: file.open name */
    {CALL_OUT, 1, 2, 1, 0u, 256u}, /* 67: file.read to */
    {CALL_IN, 1, 2, 0, 0u, 256u}, /* 68: file.write bytes */
    {CALL_VALUE, 1, CALL_NO_REGISTER, 0, 0u, 2147483647u}, /* 69: file.seek position */
    {CALL_TEXT, 0, CALL_NO_REGISTER, 0, 0u, 32u}, /* 70: file.next name */
    {CALL_OUT, 1, CALL_NO_REGISTER, 0, 0u, 36u}, /* 71: file.next facts */
    {CALL_TEXT, 0, CALL_NO_REGISTER, 0, 0u, 32u}, /* 72: file.rename name */
    {CALL_TEXT, 1, CALL_NO_REGISTER, 0, 0u, 32u}, /* 73: file.rename wanted */
    {CALL_TEXT, 0, CALL_NO_REGISTER, 0, 0u, 32u}, /* 74: file.delete name */
    {CALL_OUT, 0, CALL_NO_REGISTER, 0, 0u, 16u}, /* 75: file.space space */
};

const struct call_row call_table[] = {
    {CALL_TASK_EXIT,            8,   0,  CALL_ENDS,                                               0, 0,  0, run_task_exit},
    {CALL_TASK_SLEEP_MS,        32,  0,  CALL_MAY_WAIT | CALL_CLOCK,                              0, 0,  0, run_task_sleep_ms},
    {CALL_TASK_SLEEP_UNTIL,     32,  0,  CALL_MAY_WAIT | CALL_CLOCK,                              0, 0,  0, run_task_sleep_until},
    {CALL_TASK_YIELD,           32,  0,  CALL_MAY_WAIT,                                           0, 0,  0, run_task_yield},
    {CALL_TASK_INFO,            64,  0,  0,                                                       0, 0,  1, run_task_info},
    {CALL_TASK_VERSION,         16,  0,  CALL_RESULT,                                             0, 1,  1, run_task_version},
    {CALL_TASK_CHECK_IN,        16,  0,  CALL_CLOCK,                                              0, 2,  0, run_task_check_in},
    {CALL_TASK_FORMAT,          128, 8,  CALL_RESULT,                                             0, 2,  1, run_task_format},
    {CALL_CONSOLE_WRITE,        64,  1,  CALL_MAY_WAIT | CALL_RESULT,                             2, 3,  1, run_console_write},
    {CALL_CONSOLE_READ,         64,  1,  CALL_MAY_WAIT | CALL_CLOCK | CALL_RESULT | CALL_COUNTED, 1, 4,  1, run_console_read},
    {CALL_CONSOLE_FORMAT,       128, 8,  CALL_MAY_WAIT | CALL_RESULT,                             2, 5,  1, run_console_format},
    {CALL_CONSOLE_WRITE_ERROR,  64,  1,  CALL_MAY_WAIT | CALL_RESULT,                             2, 6,  1, run_console_write_error},
    {CALL_CONSOLE_FORMAT_ERROR, 128, 8,  CALL_MAY_WAIT | CALL_RESULT,                             2, 7,  1, run_console_format_error},
    {CALL_TIME_MILLIS,          16,  0,  CALL_CLOCK | CALL_RESULT,                                0, 8,  0, run_time_millis},
    {CALL_TIME_MICROS,          16,  0,  CALL_CLOCK | CALL_RESULT,                                0, 8,  0, run_time_micros},
    {CALL_TIME_NOW,             32,  0,  CALL_CLOCK,                                              0, 8,  1, run_time_now},
    {CALL_TIME_DELAY_MS,        32,  0,  CALL_MAY_WAIT | CALL_CLOCK,                              0, 9,  0, run_time_delay_ms},
    {CALL_TIME_DELAY_US,        32,  0,  CALL_MAY_WAIT | CALL_CLOCK,                              0, 9,  0, run_time_delay_us},
    {CALL_TIME_TIMER_CREATE,    64,  0,  CALL_CLOCK | CALL_RESULT,                                0, 9,  2, run_time_timer_create},
    {CALL_TIME_TIMER_CANCEL,    32,  0,  0,                                                       0, 11, 0, run_time_timer_cancel},
    {CALL_TIME_TIMER_WAIT,      64,  0,  CALL_MAY_WAIT | CALL_CLOCK | CALL_RESULT,                0, 11, 0, run_time_timer_wait},
    {CALL_GPIO_CONFIG,          64,  0,  0,                                                       3, 11, 1, run_gpio_config},
    {CALL_GPIO_WRITE,           32,  0,  0,                                                       2, 12, 1, run_gpio_write},
    {CALL_GPIO_READ,            32,  0,  CALL_RESULT,                                             3, 13, 0, run_gpio_read},
    {CALL_GPIO_WATCH,           64,  0,  0,                                                       1, 13, 1, run_gpio_watch},
    {CALL_GPIO_WAIT_EDGE,       64,  0,  CALL_MAY_WAIT | CALL_CLOCK,                              1, 14, 1, run_gpio_wait_edge},
    {CALL_ADC_READ,             128, 0,  CALL_RESULT,                                             1, 15, 0, run_adc_read},
    {CALL_PWM_WRITE,            64,  0,  0,                                                       1, 15, 2, run_pwm_write},
    {CALL_UART_CONFIG,          64,  0,  0,                                                       4, 17, 1, run_uart_config},
    {CALL_UART_WRITE,           64,  1,  CALL_MAY_WAIT | CALL_RESULT,                             2, 18, 1, run_uart_write},
    {CALL_UART_READ,            64,  1,  CALL_MAY_WAIT | CALL_CLOCK | CALL_RESULT | CALL_COUNTED, 1, 19, 1, run_uart_read},
    {CALL_I2C_TRANSFER,         256, 16, 0,                                                       3, 20, 4, run_i2c_transfer},
    {CALL_SPI_TRANSFER,         128, 4,  0,                                                       1, 24, 4, run_spi_transfer},
    {CALL_CAN_SEND,             128, 0,  0,                                                       2, 28, 3, run_can_send},
    {CALL_CAN_RECEIVE,          128, 0,  CALL_MAY_WAIT | CALL_CLOCK,                              1, 31, 1, run_can_receive},
    {CALL_RANDOM_FILL,          64,  4,  0,                                                       1, 32, 2, run_random_fill},
    {CALL_WATCHDOG_START,       32,  0,  CALL_CLOCK,                                              1, 34, 1, run_watchdog_start},
    {CALL_WATCHDOG_FEED,        16,  0,  CALL_CLOCK,                                              1, 35, 0, run_watchdog_feed},
    {CALL_BLACKBOX_WRITE,       64,  1,  0,                                                       2, 35, 2, run_blackbox_write},
    {CALL_BLACKBOX_READ,        64,  1,  0,                                                       1, 37, 2, run_blackbox_read},
    {CALL_MAILBOX_BIND,         256, 0,  CALL_RESULT,                                             3, 39, 3, run_mailbox_bind},
    {CALL_MAILBOX_OPEN,         128, 0,  CALL_MAY_WAIT | CALL_CLOCK | CALL_RESULT,                3, 42, 2, run_mailbox_open},
    {CALL_MAILBOX_TAP,          256, 0,  CALL_RESULT,                                             4, 44, 2, run_mailbox_tap},
    {CALL_MAILBOX_SEND,         128, 2,  CALL_MAY_WAIT | CALL_CLOCK,                              2, 46, 3, run_mailbox_send},
    {CALL_MAILBOX_RECEIVE,      128, 1,  CALL_MAY_WAIT | CALL_CLOCK | CALL_RESULT | CALL_COUNTED, 5, 49, 1, run_mailbox_receive},
    {CALL_MAILBOX_PEEK,         128, 0,  0,                                                       7, 50, 1, run_mailbox_peek},
    {CALL_MAILBOX_CLOSE,        128, 0,  0,                                                       7, 51, 0, run_mailbox_close},
    {CALL_VALUE_REGISTER,       256, 0,  0,                                                       4, 51, 0, run_value_register},
    {CALL_VALUE_GET,            64,  0,  CALL_RESULT,                                             5, 51, 1, run_value_get},
    {CALL_VALUE_SET,            128, 0,  CALL_CLOCK,                                              6, 52, 1, run_value_set},
    {CALL_VALUE_INFO,           128, 0,  CALL_CLOCK,                                              5, 53, 2, run_value_info},
    {CALL_VALUE_NEXT,           128, 0,  CALL_RESULT,                                             5, 55, 1, run_value_next},
    {CALL_VALUE_SUBSCRIBE,      128, 0,  0,                                                       5, 56, 1, run_value_subscribe},
    {CALL_VALUE_UNSUBSCRIBE,    64,  0,  0,                                                       5, 57, 1, run_value_unsubscribe},
    {CALL_COMMAND_REGISTER,     256, 0,  0,                                                       2, 58, 0, run_command_register},
    {CALL_COMMAND_CALL,         256, 1,  CALL_MAY_WAIT | CALL_CLOCK | CALL_RESULT,                3, 58, 2, run_command_call},
    {CALL_COMMAND_SEND,         256, 1,  CALL_CLOCK | CALL_RESULT,                                3, 60, 2, run_command_send},
    {CALL_COMMAND_INFO,         128, 0,  0,                                                       3, 62, 2, run_command_info},
    {CALL_COMMAND_NEXT,         128, 0,  CALL_RESULT,                                             3, 64, 1, run_command_next},
    {CALL_FILE_OPEN,            256, 0,  CALL_MAY_WAIT | CALL_RESULT,                             3, 65, 2, run_file_open},
    {CALL_FILE_CLOSE,           64,  0,  0,                                                       3, 67, 0, run_file_close},
    {CALL_FILE_READ,            128, 2,  CALL_MAY_WAIT | CALL_RESULT | CALL_COUNTED,              1, 67, 1, run_file_read},
    {CALL_FILE_WRITE,           128, 2,  CALL_MAY_WAIT,                                           2, 68, 1, run_file_write},
    {CALL_FILE_SEEK,            32,  0,  0,                                                       3, 69, 1, run_file_seek},
    {CALL_FILE_SIZE,            128, 0,  CALL_MAY_WAIT | CALL_RESULT,                             3, 70, 0, run_file_size},
    {CALL_FILE_NEXT,            256, 0,  CALL_MAY_WAIT,                                           1, 70, 2, run_file_next},
    {CALL_FILE_RENAME,          256, 0,  CALL_MAY_WAIT,                                           2, 72, 2, run_file_rename},
    {CALL_FILE_DELETE,          256, 0,  CALL_MAY_WAIT,                                           2, 74, 1, run_file_delete},
    {CALL_FILE_SPACE,           256, 0,  CALL_MAY_WAIT,                                           3, 75, 1, run_file_space},
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
    case CALL_CONSOLE_FORMAT:
        need.mode = 2;
        return need;
    case CALL_CONSOLE_WRITE_ERROR:
        need.mode = 2;
        return need;
    case CALL_CONSOLE_FORMAT_ERROR:
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
    case CALL_BLACKBOX_WRITE:
        need.ranged = true;
        need.first = need.last = value[0];
        if (value[2] > 0) need.last += value[2] - 1;
        need.mode = 2;
        return need;
    case CALL_BLACKBOX_READ:
        need.ranged = true;
        need.first = need.last = value[0];
        if (value[2] > 0) need.last += value[2] - 1;
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
    case CALL_FILE_OPEN:
        need.mode = 3;
        need.any = true;
        return need;
    case CALL_FILE_CLOSE:
        need.mode = 3;
        need.any = true;
        return need;
    case CALL_FILE_READ:
        need.mode = 1;
        return need;
    case CALL_FILE_WRITE:
        need.mode = 2;
        return need;
    case CALL_FILE_SEEK:
        need.mode = 3;
        need.any = true;
        return need;
    case CALL_FILE_SIZE:
        need.mode = 3;
        need.any = true;
        return need;
    case CALL_FILE_NEXT:
        need.mode = 1;
        return need;
    case CALL_FILE_RENAME:
        need.mode = 2;
        return need;
    case CALL_FILE_DELETE:
        need.mode = 2;
        return need;
    case CALL_FILE_SPACE:
        need.mode = 3;
        need.any = true;
        return need;
    default: return need;
    }
}

bool call_is_left_out(uint32_t number) {
    (void)number;
    return false;
}
