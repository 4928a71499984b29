/* GENERATED from spec/calls.json by tools/generate/calls.py. Do not edit. */
#include "toolchain/listing/calls_names.h"

#include <string.h>

static const struct calls_name names[] = {
    {64,   0, "task.exit"},
    {65,   0, "task.sleep_ms"},
    {66,   0, "task.sleep_until"},
    {67,   0, "task.yield"},
    {68,   0, "task.info"},
    {69,   0, "task.version"},
    {70,   0, "task.check_in"},
    {71,   0, "task.format"},
    {128,  2, "console.write"},
    {129,  1, "console.read"},
    {130,  2, "console.format"},
    {131,  2, "console.write_error"},
    {132,  2, "console.format_error"},
    {192,  0, "time.millis"},
    {193,  0, "time.micros"},
    {194,  0, "time.now"},
    {195,  0, "time.delay_ms"},
    {196,  0, "time.delay_us"},
    {197,  0, "time.timer_create"},
    {198,  0, "time.timer_cancel"},
    {199,  0, "time.timer_wait"},
    {256,  3, "gpio.config"},
    {257,  2, "gpio.write"},
    {258,  3, "gpio.read"},
    {259,  1, "gpio.watch"},
    {260,  1, "gpio.wait_edge"},
    {320,  1, "adc.read"},
    {384,  1, "pwm.write"},
    {448,  4, "uart.config"},
    {449,  2, "uart.write"},
    {450,  1, "uart.read"},
    {512,  3, "i2c.transfer"},
    {576,  1, "spi.transfer"},
    {640,  2, "can.send"},
    {641,  1, "can.receive"},
    {704,  1, "random.fill"},
    {768,  1, "watchdog.start"},
    {769,  1, "watchdog.feed"},
    {832,  2, "blackbox.write"},
    {833,  1, "blackbox.read"},
    {896,  3, "mailbox.bind"},
    {897,  3, "mailbox.open"},
    {898,  4, "mailbox.tap"},
    {899,  2, "mailbox.send"},
    {900,  5, "mailbox.receive"},
    {901,  7, "mailbox.peek"},
    {902,  7, "mailbox.close"},
    {960,  4, "value.register"},
    {961,  5, "value.get"},
    {962,  6, "value.set"},
    {963,  5, "value.info"},
    {964,  5, "value.next"},
    {965,  5, "value.subscribe"},
    {966,  5, "value.unsubscribe"},
    {1024, 2, "command.register"},
    {1025, 3, "command.call"},
    {1026, 3, "command.send"},
    {1027, 3, "command.info"},
    {1028, 3, "command.next"},
    {1088, 3, "file.open"},
    {1089, 3, "file.close"},
    {1090, 1, "file.read"},
    {1091, 2, "file.write"},
    {1092, 3, "file.seek"},
    {1093, 3, "file.size"},
    {1094, 1, "file.next"},
    {1095, 2, "file.rename"},
    {1096, 2, "file.delete"},
    {1097, 3, "file.space"},
};

static const struct calls_group groups[] = {
    {1,  true,  "task",     "",                   {NULL, NULL, NULL}},
    {2,  false, "console",  "",                   {"read", "write", NULL}},
    {3,  true,  "time",     "",                   {NULL, NULL, NULL}},
    {4,  false, "gpio",     "pin",                {"input", "output", NULL}},
    {5,  false, "adc",      "channel",            {"read", NULL, NULL}},
    {6,  false, "pwm",      "channel",            {"write", NULL, NULL}},
    {7,  false, "uart",     "port",               {"read", "write", "config"}},
    {8,  false, "i2c",      "bus << 8 | address", {"read", "write", NULL}},
    {9,  false, "spi",      "bus << 8 | select",  {"transfer", NULL, NULL}},
    {10, false, "can",      "frame id",           {"read", "write", NULL}},
    {11, false, "random",   "",                   {"read", NULL, NULL}},
    {12, false, "watchdog", "",                   {"use", NULL, NULL}},
    {13, false, "blackbox", "byte offset",        {"read", "write", NULL}},
    {14, false, "mailbox",  "space",              {"read", "write", "tap"}},
    {15, false, "value",    "object id",          {"read", "write", "own"}},
    {16, false, "command",  "object id",          {"call", "own", NULL}},
    {17, false, "file",     "",                   {"read", "write", NULL}},
};

enum { NAMES = sizeof names / sizeof *names, GROUPS = sizeof groups / sizeof *groups };

const struct calls_name *calls_name(uint32_t number) {
    for (size_t i = 0; i < NAMES; i++) {
        if (names[i].number == number) return &names[i];
    }
    return NULL;
}

const struct calls_name *calls_named(const char *name) {
    for (size_t i = 0; i < NAMES; i++) {
        if (strcmp(names[i].name, name) == 0) return &names[i];
    }
    return NULL;
}

const struct calls_group *calls_group(uint32_t number) {
    for (size_t i = 0; i < GROUPS; i++) {
        if (groups[i].number == number) return &groups[i];
    }
    return NULL;
}

const struct calls_group *calls_group_named(const char *name) {
    for (size_t i = 0; i < GROUPS; i++) {
        if (strcmp(groups[i].name, name) == 0) return &groups[i];
    }
    return NULL;
}
