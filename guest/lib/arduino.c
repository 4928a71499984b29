/* arduino: Arduino.h on top of the host calls. */
#include "Arduino.h"

#include "console.h"
#include "skep.h"

enum { PWM_PERIOD_US = 2000 };

/* Ends the program when the host said no to `call(number)`. */
static void check(int32_t status, const char *call, int number) {
    if (status >= 0) return;
    const char *reason = status == SKEP_DENIED        ? "not granted to this program"
                         : status == SKEP_UNSUPPORTED ? "this board has none"
                         : status == SKEP_QUOTA       ? "more often than was granted"
                         : status == SKEP_INVALID     ? "not as it is set up; pinMode comes first"
                                                      : "refused";
    printf("%s(%d): %s (status %ld)\n", call, number, reason, (long)status);
    abort();
}

void pinMode(int pin, int mode) { check(skep_gpio_config((uint32_t)pin, (uint32_t)mode), "pinMode", pin); }

void digitalWrite(int pin, int level) { check(skep_gpio_write((uint32_t)pin, level != 0), "digitalWrite", pin); }

int digitalRead(int pin) {
    uint32_t level = 0;
    check(skep_gpio_read((uint32_t)pin, &level), "digitalRead", pin);
    return (int)level;
}

int analogRead(int channel) {
    uint32_t sample = 0;
    check(skep_adc_read((uint32_t)channel, &sample), "analogRead", channel);
    return (int)sample;
}

void analogWrite(int channel, int duty) {
    check(skep_pwm_write((uint32_t)channel, PWM_PERIOD_US, (uint32_t)duty), "analogWrite", channel);
}

/* What was written so far should be seen before a wait, not after it. */
static void show(void) {
    if (console_flush) console_flush();
}

void delay(unsigned long ms) {
    show();
    skep_time_delay_ms((uint32_t)ms);
}

void delayMicroseconds(unsigned long us) {
    show();
    skep_time_delay_us((uint32_t)us);
}

unsigned long millis(void) { return skep_time_millis(); }
unsigned long micros(void) { return skep_time_micros(); }
