#include <stdlib.h>

#include "device/port/boot_port.h"
#include "device/port/port.h"
#include "device/port/stm32g474/access.h"
#include "device/port/stm32g474/chip.h"
#include "device/port/stm32g474/clock.h"
#include "device/port/stm32g474/console.h"
#include "device/port/stm32g474/flash.h"
#include "device/port/stm32g474/gpio.h"
#include "device/port/stm32g474/interrupt.h"
#include "device/port/stm32g474/launch.h"
#include "device/port/stm32g474/protect.h"
#include "test/stm32g474/model.h"
#include "test/unit/check.h"

/* What the linker script supplies on the chip. */
_Alignas(32) uint32_t start_interrupt_guard[8];
_Alignas(32) uint32_t start_thread_guard[8];

enum { PORT_A, PORT_B, PORT_C, IMAGE = FLASH_ADDRESS + 0x4000 };

static void board_starts(void) {
    model_start();
    CHECK_EQ(ST_OK, clock_start());
    gpio_start(NULL);
    console_start();
}
static void no_rule_was_broken(void) { CHECK_TEXT("", model.broken ? model.broken : ""); }

/* ---- clocks */

static void the_crystal_gives_160_mhz(void) {
    model_start();
    CHECK_EQ(ST_OK, clock_start());
    CHECK_EQ(CHIP_CLOCK_HZ, model.clock_hz);
    no_rule_was_broken();
}

static void without_the_crystal_the_inner_oscillator_gives_the_same_and_it_is_said(void) {
    model_start();
    model.no_crystal = true;
    CHECK_EQ(ST_NOT_FOUND, clock_start());
    CHECK_EQ(CHIP_CLOCK_HZ, model.clock_hz);
    no_rule_was_broken();
}

static void a_pll_that_does_not_lock_is_told_and_the_clock_stays(void) {
    model_start();
    model.no_pll = true;
    CHECK_EQ(ST_IO, clock_start());
    CHECK_EQ(CHIP_HSI_HZ, model.clock_hz);
    no_rule_was_broken();
}

static void time_goes_on_when_the_counter_wraps(void) {
    board_starts();
    const uint64_t wrap = (uint64_t)1 << 32;
    model_pass_us(wrap - 20 - model.now_us);
    uint64_t before = port_now_us();
    for (int i = 0; i < 40; i++) {
        const uint64_t now = port_now_us();
        CHECK(now >= before && now - before < 10);
        before = now;
    }
    CHECK(before >= wrap);
    no_rule_was_broken();
}

static void the_alarm_pends_the_executive_at_its_time_and_not_before(void) {
    board_starts();
    model.pended = false;
    clock_pend_at_us(port_now_us() + 1000);
    model_pass_us(900);
    CHECK(!model.pended);
    model_pass_us(200);
    CHECK(model.pended);
    no_rule_was_broken();
}

static void an_alarm_for_a_time_that_is_over_comes_at_once(void) {
    board_starts();
    for (uint64_t ahead_us = 0; ahead_us < 12; ahead_us++) {
        model.pended = false;
        clock_pend_at_us(port_now_us() + ahead_us);
        model_pass_us(20);
        CHECK(model.pended);
    }
    no_rule_was_broken();
}

static void a_far_alarm_may_come_early_but_comes(void) {
    board_starts();
    model.pended = false;
    clock_pend_at_us(port_now_us() + ((uint64_t)5 << 32));
    model_pass_us((uint64_t)1 << 31);
    CHECK(model.pended);
    no_rule_was_broken();
}

static void a_sleep_ends_at_its_time_and_pends_nobody(void) {
    board_starts();
    model.pended = false;
    const uint64_t until_us = port_now_us() + 5000;
    port_sleep_until_us(until_us);
    CHECK(port_now_us() >= until_us && port_now_us() < until_us + 50);
    CHECK(!model.pended);
    no_rule_was_broken();
}

/* ---- pins */

static void an_output_is_driven_and_read_back(void) {
    board_starts();
    uint32_t level = 9;
    CHECK_EQ(ST_OK, port_gpio_config(13, PORT_GPIO_OUTPUT));
    CHECK_EQ(GPIO_MODE_OUTPUT, model_register(GPIO_BASE + PORT_C * GPIO_BLOCK + GPIO_MODER) >> 12 & 3);
    for (uint32_t want = 0; want < 2; want++) {
        CHECK_EQ(ST_OK, port_gpio_write(13, want));
        CHECK_EQ(ST_OK, port_gpio_read(13, &level));
        CHECK_EQ(want, level);
    }
    no_rule_was_broken();
}

static void an_input_has_the_pull_that_was_asked_for(void) {
    board_starts();
    const uint32_t pulls = GPIO_BASE + PORT_B * GPIO_BLOCK + GPIO_PUPDR;
    CHECK_EQ(ST_OK, port_gpio_config(9, PORT_GPIO_INPUT_PULL_UP));
    CHECK_EQ(GPIO_PULL_UP, model_register(pulls) >> 2 & 3);
    CHECK_EQ(ST_OK, port_gpio_config(9, PORT_GPIO_INPUT_PULL_DOWN));
    CHECK_EQ(GPIO_PULL_DOWN, model_register(pulls) >> 2 & 3);
    CHECK_EQ(ST_OK, port_gpio_config(9, PORT_GPIO_INPUT));
    CHECK_EQ(GPIO_PULL_NONE, model_register(pulls) >> 2 & 3);
    no_rule_was_broken();
}

static void setting_one_pin_up_leaves_the_serial_lines_alone(void) {
    board_starts();
    const uint32_t before = model_register(GPIO_BASE + GPIO_MODER);
    for (uint32_t pin = 0; pin < 17; pin++) (void)port_gpio_config(pin, PORT_GPIO_OUTPUT);
    const uint32_t lines = 3u << 4 | 3u << 6 | 3u << 18 | 3u << 20;
    CHECK_EQ(before & lines, model_register(GPIO_BASE + GPIO_MODER) & lines);
    CHECK_EQ(ST_UNSUPPORTED, port_gpio_config(2, PORT_GPIO_OUTPUT));
    CHECK_EQ(ST_UNSUPPORTED, port_gpio_write(17, 1));
    no_rule_was_broken();
}

static void edges_are_told_with_their_levels_in_order(void) {
    board_starts();
    struct port_gpio_event event;
    CHECK_EQ(ST_OK, port_gpio_watch(16, PORT_GPIO_EDGE_BOTH));
    CHECK_EQ(ST_AGAIN, port_gpio_event_take(&event));
    model_pin(PORT_C, 13, 1);
    model_pin(PORT_C, 13, 0);
    for (uint32_t want = 2; want-- > 0;) {
        CHECK_EQ(ST_OK, port_gpio_event_take(&event));
        CHECK_EQ(16, event.pin);
        CHECK_EQ(want, event.level);
    }
    CHECK_EQ(ST_AGAIN, port_gpio_event_take(&event));
    no_rule_was_broken();
}

static void only_the_edge_that_is_watched_is_told_and_none_after_it_is_let_go(void) {
    board_starts();
    struct port_gpio_event event;
    CHECK_EQ(ST_OK, port_gpio_watch(4, PORT_GPIO_EDGE_FALLING));
    model_pin(PORT_A, 4, 1);
    CHECK_EQ(ST_AGAIN, port_gpio_event_take(&event));
    model_pin(PORT_A, 4, 0);
    CHECK_EQ(ST_OK, port_gpio_event_take(&event));
    CHECK_EQ(ST_OK, port_gpio_watch(4, PORT_GPIO_EDGE_NONE));
    model_pin(PORT_A, 4, 1);
    model_pin(PORT_A, 4, 0);
    CHECK_EQ(ST_AGAIN, port_gpio_event_take(&event));
    no_rule_was_broken();
}

static void two_pins_that_share_a_line_cannot_be_watched_together(void) {
    board_starts();
    struct port_gpio_event event;
    CHECK_EQ(ST_OK, port_gpio_watch(0, PORT_GPIO_EDGE_RISING));   /* PA0 */
    CHECK_EQ(ST_BUSY, port_gpio_watch(8, PORT_GPIO_EDGE_RISING)); /* PB0 */
    model_pin(PORT_B, 0, 1);
    CHECK_EQ(ST_AGAIN, port_gpio_event_take(&event));
    CHECK_EQ(ST_OK, port_gpio_watch(0, PORT_GPIO_EDGE_NONE));
    CHECK_EQ(ST_OK, port_gpio_watch(8, PORT_GPIO_EDGE_FALLING));
    model_pin(PORT_B, 0, 0);
    CHECK_EQ(ST_OK, port_gpio_event_take(&event));
    CHECK_EQ(8, event.pin);
    no_rule_was_broken();
}

static void too_many_edges_are_dropped_the_newest_first(void) {
    board_starts();
    struct port_gpio_event event;
    uint32_t taken = 0;
    CHECK_EQ(ST_OK, port_gpio_watch(16, PORT_GPIO_EDGE_BOTH));
    for (uint32_t i = 0; i < 100; i++) model_pin(PORT_C, 13, ~i & 1);
    for (; port_gpio_event_take(&event) == ST_OK; taken++) CHECK_EQ(~taken & 1, event.level);
    CHECK_EQ(16, taken);
    no_rule_was_broken();
}

/* ---- serial lines */

static void the_console_sends_and_receives_in_order(void) {
    board_starts();
    char heard[32] = "";
    CHECK_EQ(5, port_console_write("hello", 5));
    CHECK_EQ(3, console_report_write("{}\n", 3));
    CHECK(memcmp(model.sent[0], "hello", 5) == 0 && memcmp(model.sent[1], "{}\n", 3) == 0);
    model_hear("abc", 3);
    model_hear("de", 2);
    CHECK_EQ(5, port_console_read(heard, sizeof heard));
    CHECK_TEXT("abcde", heard);
    CHECK(model.pended);
    no_rule_was_broken();
}

static void a_full_transmitter_leaves_the_rest_to_the_caller(void) {
    board_starts();
    static const char much[MODEL_LINE_BYTES + 100];
    CHECK_EQ(MODEL_LINE_BYTES, port_console_write(much, sizeof much));
    CHECK_EQ(0, port_console_write(much, sizeof much));
    no_rule_was_broken();
}

static void after_an_overrun_the_line_goes_on(void) {
    board_starts();
    uint8_t bytes[64];
    for (uint8_t i = 0; i < sizeof bytes; i++) bytes[i] = i;
    model_hear(bytes, sizeof bytes);
    CHECK_EQ(0, model_register(USART1_BASE + USART_ISR) & USART_ISR_ORE);
    CHECK_EQ(sizeof bytes, port_console_read(bytes, sizeof bytes));
    model_hear("x", 1);
    CHECK_EQ(1, port_console_read(bytes, sizeof bytes));
    no_rule_was_broken();
}

static void the_rate_of_a_line_is_within_a_percent(void) {
    board_starts();
    const double baud = (double)model.clock_hz / model_register(USART1_BASE + USART_BRR);
    CHECK(baud > 115200 * 0.99 && baud < 115200 * 1.01);
}

/* ---- the I2C bus */

static void a_device_is_written_then_read_without_a_stop_between(void) {
    board_starts();
    uint8_t in[3] = {0};
    memcpy(model.bus_read, "\x11\x22\x33", 3);
    CHECK_EQ(ST_OK, port_i2c_transfer(0, MODEL_DEVICE, "\x05\x06", 2, in, sizeof in));
    CHECK_EQ(2, model.bus_written_bytes);
    CHECK_EQ(6, model.bus_written[1]);
    CHECK_EQ(0x33, in[2]);
    CHECK_EQ(1, model.bus_stops);
    no_rule_was_broken();
}

static void a_device_that_is_not_there_is_not_found_and_the_bus_goes_on(void) {
    board_starts();
    CHECK_EQ(ST_NOT_FOUND, port_i2c_transfer(0, 0x50, "a", 1, NULL, 0));
    CHECK_EQ(ST_NOT_FOUND, port_i2c_transfer(0, 0x50, NULL, 0, NULL, 0));
    CHECK_EQ(ST_OK, port_i2c_transfer(0, MODEL_DEVICE, NULL, 0, NULL, 0));
    CHECK_EQ(ST_OK, port_i2c_transfer(0, MODEL_DEVICE, "a", 1, NULL, 0));
    CHECK_EQ(ST_INVALID, port_i2c_transfer(0, 128, "a", 1, NULL, 0));
    CHECK_EQ(ST_UNSUPPORTED, port_i2c_transfer(1, MODEL_DEVICE, "a", 1, NULL, 0));
    no_rule_was_broken();
}

static void a_device_that_holds_the_clock_is_given_up_in_time(void) {
    board_starts();
    model.clock_held = true;
    const uint64_t before_us = port_now_us();
    CHECK_EQ(ST_TIMEOUT, port_i2c_transfer(0, MODEL_DEVICE, "a", 1, NULL, 0));
    CHECK(port_now_us() - before_us < 70000);
    model.clock_held = false;
    CHECK_EQ(ST_OK, port_i2c_transfer(0, MODEL_DEVICE, "a", 1, NULL, 0));
    no_rule_was_broken();
}

/* ---- flash */

static struct flash_area area;
static void flash_begins(uint32_t first_byte, uint32_t size_bytes) {
    board_starts();
    CHECK_EQ(ST_OK, flash_area_init(&area, first_byte, size_bytes, IMAGE));
}

static void what_is_programmed_is_read_back(void) {
    flash_begins(FLASH_BANK_BYTES, 8 * FLASH_PAGE_BYTES);
    uint8_t bytes[64], back[64];
    for (uint8_t i = 0; i < sizeof bytes; i++) bytes[i] = (uint8_t)(i * 7);
    CHECK_EQ(ST_OK, area.erase(&area, 0));
    CHECK_EQ(ST_OK, area.program(&area, 32, bytes, sizeof bytes));
    CHECK_EQ(ST_OK, area.read(&area, 32, back, sizeof back));
    CHECK(memcmp(bytes, back, sizeof bytes) == 0);
    CHECK(memcmp(model.flash + FLASH_BANK_BYTES + 32, bytes, sizeof bytes) == 0);
    CHECK_EQ(FLASH_CR_LOCK, model_register(FLASH_CR));
    no_rule_was_broken();
}

static void each_page_of_both_banks_is_erased_alone(void) {
    flash_begins(0, FLASH_BYTES);
    memset(model.flash, 0, sizeof model.flash);
    for (uint32_t page = 0; page < FLASH_BYTES / FLASH_PAGE_BYTES; page++) {
        CHECK_EQ(ST_OK, area.erase(&area, page * FLASH_PAGE_BYTES));
        CHECK_EQ(0xff, model.flash[page * FLASH_PAGE_BYTES]);
        CHECK_EQ(0xff, model.flash[(page + 1) * FLASH_PAGE_BYTES - 1]);
        if (page > 0) CHECK_EQ(0, model.flash[page * FLASH_PAGE_BYTES - 1]);
        if (page + 1 < FLASH_BYTES / FLASH_PAGE_BYTES) CHECK_EQ(0, model.flash[(page + 1) * FLASH_PAGE_BYTES]);
        model.flash[page * FLASH_PAGE_BYTES + FLASH_PAGE_BYTES - 1] = 0; /* for its neighbour's check */
    }
    CHECK_EQ(FLASH_BYTES / FLASH_PAGE_BYTES, model.erases);
    no_rule_was_broken();
}

static void a_double_word_is_programmed_once_and_then_only_to_zeros(void) {
    flash_begins(0, FLASH_PAGE_BYTES);
    static const uint8_t zeros[8];
    CHECK_EQ(ST_OK, area.program(&area, 8, "12345678", 8));
    CHECK_EQ(ST_IO, area.program(&area, 8, "12345678", 8));
    CHECK_EQ(ST_OK, area.program(&area, 16, "abcdefgh", 8)); /* the error is gone */
    CHECK_EQ(ST_OK, area.program(&area, 8, zeros, 8));
    CHECK_EQ(0, model.flash[8]);
    no_rule_was_broken();
}

static void what_is_off_the_units_or_outside_is_refused_before_anything_changes(void) {
    flash_begins(4 * FLASH_PAGE_BYTES, 2 * FLASH_PAGE_BYTES);
    uint8_t byte[16] = {0};
    CHECK_EQ(ST_INVALID, area.program(&area, 4, byte, 8));
    CHECK_EQ(ST_INVALID, area.program(&area, 8, byte, 4));
    CHECK_EQ(ST_INVALID, area.program(&area, 2 * FLASH_PAGE_BYTES - 8, byte, 16));
    CHECK_EQ(ST_INVALID, area.program(&area, UINT32_MAX - 7, byte, 16));
    CHECK_EQ(ST_INVALID, area.erase(&area, 8));
    CHECK_EQ(ST_INVALID, area.erase(&area, 2 * FLASH_PAGE_BYTES));
    CHECK_EQ(ST_INVALID, area.read(&area, 2 * FLASH_PAGE_BYTES, byte, 1));
    CHECK_EQ(ST_INVALID, flash_area_init(&area, 1, FLASH_PAGE_BYTES, IMAGE));
    CHECK_EQ(ST_INVALID, flash_area_init(&area, FLASH_BYTES, FLASH_PAGE_BYTES, IMAGE));
    CHECK_EQ(0, model.erases + model.programs);
    no_rule_was_broken();
}

static void what_is_locked_is_neither_erased_nor_programmed(void) {
    flash_begins(0, 8 * FLASH_PAGE_BYTES);
    uint8_t bytes[8] = {0};
    CHECK_EQ(ST_OK, flash_lock(2 * FLASH_PAGE_BYTES, 100));
    CHECK_EQ(ST_DENIED, area.erase(&area, 2 * FLASH_PAGE_BYTES));
    CHECK_EQ(ST_DENIED, area.program(&area, 2 * FLASH_PAGE_BYTES + 96, bytes, 8));
    CHECK_EQ(ST_OK, area.program(&area, 2 * FLASH_PAGE_BYTES + 104, bytes, 8));
    CHECK_EQ(ST_OK, area.erase(&area, 3 * FLASH_PAGE_BYTES));
    CHECK_EQ(ST_OK, flash_unlock(2 * FLASH_PAGE_BYTES, 100));
    CHECK_EQ(ST_NOT_FOUND, flash_unlock(2 * FLASH_PAGE_BYTES, 100));
    CHECK_EQ(ST_OK, area.erase(&area, 2 * FLASH_PAGE_BYTES));
    no_rule_was_broken();
}

static void there_are_as_many_locks_as_are_stated(void) {
    flash_begins(0, FLASH_PAGE_BYTES);
    for (uint32_t i = 0; i < FLASH_LOCKS_MAX; i++) CHECK_EQ(ST_OK, flash_lock(i * 8, 8));
    CHECK_EQ(ST_FULL, flash_lock(0, 8));
    for (uint32_t i = 0; i < FLASH_LOCKS_MAX; i++) CHECK_EQ(ST_OK, flash_unlock(i * 8, 8));
}

static void a_word_with_two_wrong_bits_is_told_and_the_next_read_is_clean(void) {
    flash_begins(0, FLASH_PAGE_BYTES);
    uint8_t back[8];
    CHECK_EQ(ST_OK, area.program(&area, 64, "12345678", 8));
    model.damaged[8] = true;
    CHECK_EQ(ST_CORRUPT, area.read(&area, 64, back, 8));
    CHECK_EQ(ST_OK, area.read(&area, 72, back, 8));
    CHECK_EQ(ST_CORRUPT, area.read(&area, 60, back, 8)); /* again, and from its middle */
    CHECK_EQ(ST_OK, area.erase(&area, 0));
    CHECK_EQ(ST_OK, area.read(&area, 64, back, 8));
    no_rule_was_broken();
}

static void a_page_that_does_not_erase_is_told(void) {
    flash_begins(0, FLASH_PAGE_BYTES);
    model.worn = true;
    CHECK_EQ(ST_IO, area.erase(&area, 0));
    model.worn = false;
    CHECK_EQ(ST_OK, area.erase(&area, 0));
    no_rule_was_broken();
}

static void an_area_stalls_only_in_the_bank_that_is_executed(void) {
    flash_begins(0, FLASH_PAGE_BYTES);
    CHECK(area.stalls);
    flash_begins(FLASH_BANK_BYTES, FLASH_BANK_BYTES);
    CHECK(!area.stalls);
    flash_begins(0, FLASH_BYTES);
    CHECK(area.stalls);
    CHECK(area.program_once && area.erased_value == 0xff && area.program_bytes == 8);
}

static void a_chip_set_to_one_bank_is_refused(void) {
    board_starts();
    model_set_register(FLASH_OPTR, 0);
    CHECK_EQ(ST_UNSUPPORTED, flash_area_init(&area, 0, FLASH_PAGE_BYTES, IMAGE));
}

/* ---- the watchdog, random numbers, what outlives a reset */

static void the_watchdog_waits_as_long_as_asked_within_a_count(void) {
    static const uint32_t wanted_ms[] = {1, 2, 100, 511, 512, 4000, 10000, 32000};
    for (size_t i = 0; i < sizeof wanted_ms / sizeof wanted_ms[0]; i++) {
        board_starts();
        CHECK_EQ(ST_OK, port_watchdog_start(wanted_ms[i]));
        CHECK(model.watchdog_runs);
        const uint32_t got_ms = model_watchdog_ms();
        CHECK(got_ms <= wanted_ms[i] && got_ms + 8 + wanted_ms[i] / 500 >= wanted_ms[i]);
        no_rule_was_broken();
    }
    board_starts();
    CHECK_EQ(ST_INVALID, port_watchdog_start(0));
    CHECK_EQ(ST_INVALID, port_watchdog_start(40000));
    CHECK(!model.watchdog_runs);
}

static void feeding_feeds(void) {
    board_starts();
    const uint32_t before = model.watchdog_feeds;
    port_watchdog_feed();
    CHECK_EQ(before + 1, model.watchdog_feeds);
    no_rule_was_broken();
}

static void random_numbers_differ_and_a_fault_of_the_source_is_an_error(void) {
    board_starts();
    uint8_t one[13], other[13];
    static const uint8_t zeros[13];
    CHECK_EQ(ST_OK, port_random(one, sizeof one));
    CHECK_EQ(ST_OK, port_random(other, sizeof other));
    CHECK(memcmp(one, other, sizeof one) != 0);
    model.noise_fails = true;
    CHECK_EQ(ST_IO, port_random(one, sizeof one));
    CHECK(memcmp(one, zeros, sizeof one) == 0);
    no_rule_was_broken();
}

static void the_guests_blackbox_begins_as_zeros_and_keeps_to_its_bounds(void) {
    board_starts();
    uint8_t byte = 1;
    CHECK_EQ(ST_OK, port_blackbox_read(PORT_BLACKBOX_BYTES - 1, &byte, 1));
    CHECK_EQ(0, byte);
    byte = 0x5a;
    CHECK_EQ(ST_OK, port_blackbox_write(3, &byte, 1));
    byte = 0;
    CHECK_EQ(ST_OK, port_blackbox_read(3, &byte, 1));
    CHECK_EQ(0x5a, byte);
    CHECK_EQ(ST_RANGE, port_blackbox_write(PORT_BLACKBOX_BYTES, &byte, 1));
    CHECK_EQ(ST_RANGE, port_blackbox_read(UINT32_MAX, &byte, 2));
}

static void why_the_chip_was_reset_is_told_once_read(void) {
    board_starts();
    CHECK_EQ(PORT_RESET_POWER, port_reset_reason());
    CHECK_EQ(0, model_register(RCC_CSR));
    CHECK_EQ(PORT_RESET_POWER, port_reset_reason());
}

/* ---- memory protection */

static void only_the_image_is_executed_and_what_nobody_named_is_closed(void) {
    board_starts();
    const struct protect_code code = {FLASH_ADDRESS, 16, 0x83}; /* eighths 2 to 6 of 64 KiB */
    protect_start(&code);
    const uint32_t first = FLASH_ADDRESS + (16 << 10), end = FLASH_ADDRESS + (56 << 10);
    CHECK(model_allows(first, MODEL_EXECUTE) && !model_allows(first, MODEL_WRITE));
    CHECK(model_allows(end - 4, MODEL_EXECUTE) && !model_allows(end - 4, MODEL_WRITE));
    CHECK(model_allows(end, MODEL_READ) && model_allows(end, MODEL_WRITE) && !model_allows(end, MODEL_EXECUTE));
    CHECK(model_allows(FLASH_ADDRESS, MODEL_EXECUTE) && !model_allows(FLASH_ADDRESS, MODEL_WRITE));
    CHECK(model_allows(0x20000000, MODEL_WRITE) && !model_allows(0x20000000, MODEL_EXECUTE));
    CHECK(model_allows(0x2001fffc, MODEL_WRITE) && !model_allows(0x20020000, MODEL_READ));
    CHECK(model_allows(USART1_BASE, MODEL_WRITE) && !model_allows(USART1_BASE, MODEL_EXECUTE));
    CHECK(!model_allows(0, MODEL_READ) && !model_allows(0x90000000, MODEL_READ));
    const uint32_t guard = (uint32_t)(uintptr_t)start_thread_guard;
    CHECK(!model_allows(guard, MODEL_READ) && !model_allows(guard + 31, MODEL_WRITE));
    no_rule_was_broken();
}

static void what_is_executed_ends_where_the_boot_image_ends(void) {
    board_starts();
    const struct protect_code boot = {FLASH_ADDRESS, 14, 0};
    protect_start(&boot);
    const uint32_t end = FLASH_ADDRESS + FLASH_BOOT_BYTES;
    CHECK(model_allows(end - 4, MODEL_EXECUTE) && !model_allows(end - 4, MODEL_WRITE));
    CHECK(model_allows(end, MODEL_WRITE) && !model_allows(end, MODEL_EXECUTE));
}

/* ---- a boot image, and what it starts */

static void an_image_is_started_with_its_vectors_its_slot_open_and_the_watchdog_running(void) {
    model_start();
    line_start();
    const struct protect_code code = {FLASH_ADDRESS + 0x20000, 17, 0xc0}; /* 96 KiB */
    launch_prepare(FLASH_ADDRESS + 0x20200, &code);
    CHECK_EQ(FLASH_ADDRESS + 0x20200, model_register(CORE_VECTORS));
    CHECK(model_allows(FLASH_ADDRESS + 0x20200, MODEL_EXECUTE) && !model_allows(FLASH_ADDRESS + 0x20200, MODEL_WRITE));
    CHECK(model_allows(FLASH_ADDRESS, MODEL_EXECUTE));
    CHECK(!model_allows(FLASH_ADDRESS + 0x8000, MODEL_EXECUTE));
    CHECK(!model_allows(FLASH_ADDRESS + 0x38000, MODEL_EXECUTE));
    CHECK_EQ(10000, model_watchdog_ms());
    CHECK(model.watchdog_runs);
    for (uint32_t number = 0; number < INTERRUPTS; number += 32) CHECK_EQ(0, model_register(CORE_NVIC_ENABLE(number)));
    no_rule_was_broken();
}

static void what_a_bootloader_started_takes_the_clock_as_it_is_and_counts_anew(void) {
    model_start();
    line_start();
    const struct protect_code code = {FLASH_ADDRESS + 0x20000, 17, 0xc0};
    launch_prepare(FLASH_ADDRESS + 0x20200, &code);
    access_interrupts_restore(0);
    CHECK_EQ(ST_OK, clock_start());
    CHECK_EQ(160000000, model.clock_hz);
    gpio_start(NULL);
    console_start();
    model_hear("ok", 2);
    char heard[2];
    CHECK_EQ(2, port_console_read(heard, sizeof heard));
    no_rule_was_broken();
}

static void the_bootloaders_line_sends_all_and_hears_and_its_time_is_in_milliseconds(void) {
    model_start();
    line_start();
    line_write((const uint8_t *)"boot", 4);
    CHECK(memcmp(model.sent[0], "boot", 4) == 0);
    model_hear("in", 2);
    uint8_t heard[4];
    CHECK_EQ(2, line_read(heard, sizeof heard));
    const uint32_t before_ms = clock_ms();
    model_pass_us(4 * 1234); /* so many steps of the counter, whose prescaler the model leaves to the check below */
    CHECK(clock_ms() - before_ms >= 1234 && clock_ms() - before_ms <= 1236);
    CHECK_EQ(CHIP_CLOCK_HZ / 4000 - 1, model_register(TIM2_PSC));
    no_rule_was_broken();
}

static void the_button_is_held_or_not(void) {
    model_start();
    line_start();
    CHECK(!line_button_is_held());
    model_pin(PORT_C, 13, 1);
    CHECK(line_button_is_held());
    no_rule_was_broken();
}

int main(void) {
    static const struct check_test tests[] = {
        TEST(the_crystal_gives_160_mhz),
        TEST(without_the_crystal_the_inner_oscillator_gives_the_same_and_it_is_said),
        TEST(a_pll_that_does_not_lock_is_told_and_the_clock_stays),
        TEST(time_goes_on_when_the_counter_wraps),
        TEST(the_alarm_pends_the_executive_at_its_time_and_not_before),
        TEST(an_alarm_for_a_time_that_is_over_comes_at_once),
        TEST(a_far_alarm_may_come_early_but_comes),
        TEST(a_sleep_ends_at_its_time_and_pends_nobody),
        TEST(an_output_is_driven_and_read_back),
        TEST(an_input_has_the_pull_that_was_asked_for),
        TEST(setting_one_pin_up_leaves_the_serial_lines_alone),
        TEST(edges_are_told_with_their_levels_in_order),
        TEST(only_the_edge_that_is_watched_is_told_and_none_after_it_is_let_go),
        TEST(two_pins_that_share_a_line_cannot_be_watched_together),
        TEST(too_many_edges_are_dropped_the_newest_first),
        TEST(the_console_sends_and_receives_in_order),
        TEST(a_full_transmitter_leaves_the_rest_to_the_caller),
        TEST(after_an_overrun_the_line_goes_on),
        TEST(the_rate_of_a_line_is_within_a_percent),
        TEST(a_device_is_written_then_read_without_a_stop_between),
        TEST(a_device_that_is_not_there_is_not_found_and_the_bus_goes_on),
        TEST(a_device_that_holds_the_clock_is_given_up_in_time),
        TEST(what_is_programmed_is_read_back),
        TEST(each_page_of_both_banks_is_erased_alone),
        TEST(a_double_word_is_programmed_once_and_then_only_to_zeros),
        TEST(what_is_off_the_units_or_outside_is_refused_before_anything_changes),
        TEST(what_is_locked_is_neither_erased_nor_programmed),
        TEST(there_are_as_many_locks_as_are_stated),
        TEST(a_word_with_two_wrong_bits_is_told_and_the_next_read_is_clean),
        TEST(a_page_that_does_not_erase_is_told),
        TEST(an_area_stalls_only_in_the_bank_that_is_executed),
        TEST(a_chip_set_to_one_bank_is_refused),
        TEST(the_watchdog_waits_as_long_as_asked_within_a_count),
        TEST(feeding_feeds),
        TEST(random_numbers_differ_and_a_fault_of_the_source_is_an_error),
        TEST(the_guests_blackbox_begins_as_zeros_and_keeps_to_its_bounds),
        TEST(why_the_chip_was_reset_is_told_once_read),
        TEST(only_the_image_is_executed_and_what_nobody_named_is_closed),
        TEST(what_is_executed_ends_where_the_boot_image_ends),
        TEST(an_image_is_started_with_its_vectors_its_slot_open_and_the_watchdog_running),
        TEST(what_a_bootloader_started_takes_the_clock_as_it_is_and_counts_anew),
        TEST(the_bootloaders_line_sends_all_and_hears_and_its_time_is_in_milliseconds),
        TEST(the_button_is_held_or_not),
    };
    return CHECK_RUN(tests);
}
