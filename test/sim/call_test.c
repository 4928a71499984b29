/* Host calls with arguments that a hostile guest would choose, and what devices answer on the simulated board. */
#include "core/base/bytes.h"
#include "test/sim/rig.h"
#include "test/unit/check.h"
#include "toolchain/listing/calls_names.h"

#include <stdlib.h>

enum {
    RAM_BYTES = 4096,
    RAM_END = ISA_RAM_BASE + RAM_BYTES,
    BUFFER = 0x800,  /* where tests keep what they pass */
    ANSWER = 0x1200, /* status, value */
    FOREVER = -1,
};
#define OFFSET(address) ((address) - ISA_RAM_BASE)

struct answer {
    int32_t status;
    uint32_t value;
    const uint8_t *ram; /* of the task, after the call */
};

static uint8_t data[3 * 1024]; /* from RIG_DATA_AT on */

static void place(uint32_t address, const void *bytes, size_t length) {
    memcpy(data + (address - RIG_DATA_AT), bytes, length);
}

/* What the call says, to a task that may do everything that this rig grants. */
static struct answer ask_on(struct rig *rig, const char *call, const uint32_t argument[6]) {
    char text[512];
    size_t length = 0;
    for (int i = 0; i < 6; i++)
        length += (size_t)snprintf(text + length, sizeof text - length, "set a%d, %d;", i, (int32_t)argument[i]);
    snprintf(text + length, sizeof text - length,
             "hcall $%s; set a2, 0x1200; sw a0, a2, 0; sw a1, a2, 4; li a0, 0; ret", call);
    struct rig_guest guest = {.text = text,
                              .data = data,
                              .data_bytes = sizeof data,
                              .ram_bytes = RAM_BYTES,
                              .read_only = "read only",
                              .read_only_bytes = 9};
    uint32_t pid = rig_add(rig, &guest);
    CHECK(pid != 0);
    rig_run(rig, rig->sim.now_us + 100000);
    const struct task *task = executive_task(rig->executive, pid);
    CHECK_EQ(TASK_END_EXIT, task->end);
    struct answer answer = {.ram = task->vm.ram};
    answer.status = (int32_t)load_le32(answer.ram + OFFSET(ANSWER));
    answer.value = load_le32(answer.ram + OFFSET(ANSWER) + 4);
    return answer;
}

static struct answer ask(const char *call, uint32_t a0, uint32_t a1, uint32_t a2, uint32_t a3, uint32_t a4,
                         uint32_t a5) {
    struct rig *rig = rig_new();
    rig_start(rig);
    return ask_on(rig, call, (const uint32_t[]){a0, a1, a2, a3, a4, a5});
}
#define ASK(call, ...) ask_six(call, __VA_ARGS__, 0, 0, 0, 0, 0, 0)
#define ask_six(call, a, b, c, d, e, f, ...)                                                                           \
    ask(call, (uint32_t)(a), (uint32_t)(b), (uint32_t)(c), (uint32_t)(d), (uint32_t)(e), (uint32_t)(f))

static void clear(void) { memset(data, 0, sizeof data); }

/* ---- pointers ---- */

static void a_buffer_must_lie_in_memory_as_a_whole(void) {
    clear();
    static const struct {
        uint32_t address, length;
        int32_t status;
    } cases[] = {
        {BUFFER, 4, ST_OK},
        {RAM_END - 2, 2, ST_OK},
        {RAM_END - 1, 2, ST_RANGE},
        {RAM_END, 1, ST_RANGE},
        {RAM_END + 4, 1, ST_RANGE},
        {0, 1, ST_RANGE},
        {0, 0, ST_OK},
        {0x3ff, 2, ST_RANGE},
        {0xffffffff, 2, ST_RANGE},
        {0xfffffff0, 0x20, ST_RANGE},
        {RAM_END, 0, ST_OK},
        {BUFFER, 0x80000000, ST_OK}, /* cut to 256 */
        {BUFFER, 0xffffffff, ST_OK},
        {RAM_END - 100, 0xffffffff, ST_RANGE},
        {ISA_RO_BASE, 9, ST_OK},
        {ISA_RO_BASE + 1, 9, ST_RANGE},
        {ISA_RO_BASE - 1, 2, ST_RANGE},
        {ISA_CODE_BASE, 4, ST_RANGE},
        {0x80000000, 4, ST_RANGE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct answer answer = ASK("console.write", cases[i].address, cases[i].length);
        if (cases[i].status != answer.status) printf("  case %zu\n", i);
        CHECK_EQ(cases[i].status, answer.status);
    }
}

static void an_out_buffer_must_lie_in_ram(void) {
    clear();
    CHECK_EQ(ST_OK, ASK("random.fill", BUFFER, 4).status);
    CHECK_EQ(ST_RANGE, ASK("random.fill", ISA_RO_BASE, 4).status);
    CHECK_EQ(ST_RANGE, ASK("random.fill", ISA_CODE_BASE, 4).status);
    CHECK_EQ(ST_RANGE, ASK("random.fill", RAM_END - 3, 4).status);
    CHECK_EQ(ST_RANGE, ASK("time.now", RAM_END - 7).status);
    CHECK_EQ(ST_OK, ASK("time.now", RAM_END - 8).status);
    CHECK_EQ(ST_OK, ASK("time.now", BUFFER + 3).status); /* any alignment will do */
    CHECK_EQ(ST_RANGE, ASK("task.info", 0).status);
    CHECK_EQ(ST_RANGE, ASK("gpio.wait_edge", 0xfffffff8, 0).status);
}

static void in_and_out_may_overlap(void) {
    clear();
    place(BUFFER, "\x01\x02\x03\x04\x05\x06\x07\x08", 8);
    struct answer answer = ASK("spi.transfer", 0, SIM_SPI_LOOPBACK, BUFFER, BUFFER + 2, 6);
    CHECK_EQ(ST_OK, answer.status);
    CHECK(memcmp(answer.ram + OFFSET(BUFFER), "\x01\x02\x01\x02\x03\x04\x05\x06", 8) == 0);
}

static void a_refused_call_leaves_memory_as_it_was(void) {
    clear();
    memset(data, 0x5a, 1024);
    struct rig *rig = rig_new();
    rig_script(rig, "at 0s i2c 0x48 gone\n");
    rig_start(rig);
    struct answer answer = ask_on(rig, "i2c.transfer", (const uint32_t[]){0, 0x48, BUFFER, 1, BUFFER, 16});
    CHECK_EQ(ST_NOT_FOUND, answer.status);
    CHECK_EQ(0, answer.value);
    for (uint32_t i = 0; i < 16; i++) CHECK_EQ(0x5a, answer.ram[OFFSET(BUFFER) + i]);
    answer = ASK("uart.read", 0, BUFFER, 16, 0);
    CHECK_EQ(ST_TIMEOUT, answer.status);
    for (uint32_t i = 0; i < 16; i++) CHECK_EQ(0x5a, answer.ram[OFFSET(BUFFER) + i]);
}

static void a_short_read_writes_no_more_than_it_read(void) {
    clear();
    memset(data, 0x5a, 1024);
    struct rig *rig = rig_new();
    rig_script(rig, "at 0s uart 1 \"abc\"\n");
    rig_start(rig);
    struct answer answer = ask_on(rig, "uart.read", (const uint32_t[]){1, BUFFER, 16, (uint32_t)FOREVER, 0, 0});
    CHECK_EQ(ST_OK, answer.status);
    CHECK_EQ(3, answer.value);
    CHECK(memcmp(answer.ram + OFFSET(BUFFER), "abc\x5a\x5a", 5) == 0);
}

/* ---- integers ---- */

static void values_outside_of_what_a_call_takes_are_refused(void) {
    clear();
    static const struct {
        const char *call;
        uint32_t argument[6];
        int32_t status;
    } cases[] = {
        {"gpio.config", {13, 4}, ST_INVALID},
        {"gpio.config", {13, 0xffffffff}, ST_INVALID},
        {"gpio.config", {32, 1}, ST_UNSUPPORTED},
        {"gpio.config", {0xffffffff, 1}, ST_UNSUPPORTED},
        {"gpio.write", {13, 7}, ST_INVALID},
        {"gpio.write", {13, 1}, ST_INVALID}, /* it is an input */
        {"gpio.watch", {13, 4}, ST_INVALID},
        {"adc.read", {8}, ST_UNSUPPORTED},
        {"adc.read", {0x80000000}, ST_UNSUPPORTED},
        {"pwm.write", {0, 0, 0}, ST_INVALID},
        {"pwm.write", {0, 1, 65536}, ST_INVALID},
        {"uart.config", {0, 0}, ST_INVALID},
        {"uart.config", {0, 0xffffffff}, ST_INVALID},
        {"uart.config", {2, 9600}, ST_UNSUPPORTED},
        {"i2c.transfer", {0, 0, BUFFER, 1, BUFFER, 1}, ST_INVALID},
        {"i2c.transfer", {0, 7, BUFFER, 1, BUFFER, 1}, ST_INVALID},
        {"i2c.transfer", {0, 0x78, BUFFER, 1, BUFFER, 1}, ST_INVALID},
        {"i2c.transfer", {256, 0x48, BUFFER, 1, BUFFER, 1}, ST_INVALID},
        {"i2c.transfer", {0, 0x48, BUFFER, 257, BUFFER, 1}, ST_INVALID},
        {"i2c.transfer", {0, 0x48, BUFFER, 1, BUFFER, 0xffffffff}, ST_INVALID},
        {"i2c.transfer", {0, 0x49, 0, 0, 0, 0}, ST_NOT_FOUND},
        {"i2c.transfer", {0, 0x48, 0, 0, 0, 0}, ST_OK}, /* asks who is there */
        {"spi.transfer", {0, 0, 0, 0, 0}, ST_OK},
        {"spi.transfer", {0, 2, BUFFER, BUFFER, 1}, ST_UNSUPPORTED},
        {"spi.transfer", {0, 0, BUFFER, BUFFER, 257}, ST_INVALID},
        {"can.send", {0x800, BUFFER, 8, 0}, ST_INVALID},
        {"can.send", {0x800, BUFFER, 8, 1}, ST_OK},
        {"can.send", {0x20000000, BUFFER, 8, 1}, ST_INVALID},
        {"can.send", {1, BUFFER, 9, 0}, ST_INVALID},
        {"random.fill", {BUFFER, 0}, ST_INVALID},
        {"random.fill", {BUFFER, 257}, ST_INVALID},
        {"watchdog.start", {0}, ST_INVALID},
        {"watchdog.start", {3600001}, ST_INVALID},
        {"watchdog.feed", {0}, ST_NOT_FOUND},
        {"blackbox.write", {256, BUFFER, 0}, ST_INVALID},
        {"blackbox.write", {255, BUFFER, 2}, ST_INVALID},
        {"blackbox.write", {0xffffffff, BUFFER, 2}, ST_INVALID},
        {"blackbox.write", {0, BUFFER, 256}, ST_OK},
        {"blackbox.read", {1, BUFFER, 256}, ST_INVALID},
        {"time.timer_create", {0, 1}, ST_INVALID},
        {"time.timer_create", {99, 1}, ST_INVALID},
        {"time.timer_create", {100, 2}, ST_INVALID},
        {"task.version", {64}, ST_INVALID},
        {"task.version", {0}, ST_OK},
        {"task.version", {4}, ST_OK},
        {"task.version", {31}, ST_NOT_FOUND},
        {"task.version", {63}, ST_NOT_FOUND},
        {"task.sleep_until", {0, 0}, ST_OK},
        {"time.delay_us", {0}, ST_OK},
        {"console.read", {BUFFER, 16, 0}, ST_TIMEOUT},
        {"console.read", {BUFFER, 16, 20}, ST_TIMEOUT},
        {"can.receive", {BUFFER, 0}, ST_TIMEOUT},
        {"gpio.wait_edge", {BUFFER, 5}, ST_TIMEOUT},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const uint32_t *a = cases[i].argument;
        struct answer answer = ask(cases[i].call, a[0], a[1], a[2], a[3], a[4], a[5]);
        if (cases[i].status != answer.status) printf("  case %zu, %s\n", i, cases[i].call);
        CHECK_EQ(cases[i].status, answer.status);
    }
}

static void no_arguments_whatever_harm_the_host(void) {
    clear();
    static const uint32_t edges[] = {
        0,   1,   2,    7,    8,          0x3ff,      ISA_RAM_BASE, BUFFER,     RAM_END - 1, RAM_END,      255,
        256, 257, 4095, 4096, 0x7fffffff, 0x80000000, 0xfffffffe,   0xffffffff, ISA_RO_BASE, ISA_CODE_BASE};
    enum { EDGES = sizeof edges / sizeof *edges };
    srand(1);
    for (uint32_t number = 64; number < 19 * 64; number++) {
        const struct calls_name *name = calls_name(number);
        bool waits = name && (strstr(name->name, "sleep") || strstr(name->name, "delay") || strstr(name->name, "exit"));
        for (int i = 0; name && !waits && i < 40; i++) {
            uint32_t a[6];
            for (int j = 0; j < 6; j++) a[j] = edges[(unsigned)rand() % EDGES];
            struct rig *rig = rig_new();
            rig_script(
                rig, "at 1ms every 1ms console \"x\"\nat 1ms every 1ms uart 0 \"y\"\nat 1ms every 1ms pin 1 toggle\n");
            rig_start(rig);
            char text[512];
            size_t length = 0;
            for (int j = 0; j < 6; j++)
                length += (size_t)snprintf(text + length, sizeof text - length, "set a%d, %d;", j, (int32_t)a[j]);
            snprintf(text + length, sizeof text - length, "hcall %u; li a0, 0; ret", number);
            struct rig_guest guest = {.text = text, .data = data, .data_bytes = sizeof data, .ram_bytes = RAM_BYTES};
            CHECK(rig_add(rig, &guest) != 0);
            rig_run(rig, 10000);
        }
    }
}

static void a_group_that_the_board_lacks_is_told_from_one_that_there_is_not(void) {
    clear();
    struct rig *rig = rig_new();
    rig->config.groups = ~(1u << CALL_GROUP_ADC);
    rig_start(rig);
    CHECK_EQ(ST_UNSUPPORTED, ask_on(rig, "task.version", (const uint32_t[6]){CALL_GROUP_ADC}).status);
    CHECK_EQ(ST_NOT_FOUND, ask_on(rig, "task.version", (const uint32_t[6]){CALL_GROUP_USB}).status);
    struct answer answer = ask_on(rig, "task.version", (const uint32_t[6]){CALL_GROUP_GPIO});
    CHECK_EQ(ST_OK, answer.status);
    CHECK_EQ(CALLS_ABI, answer.value);
}

static void a_task_is_told_what_the_executive_knows_of_it(void) {
    clear();
    struct answer answer = ASK("task.info", BUFFER);
    const uint8_t *facts = answer.ram + OFFSET(BUFFER);
    CHECK_EQ(ST_OK, answer.status);
    CHECK_EQ(1, load_le32(facts + CALL_TASK_FACTS_PID));
    CHECK_EQ(CALLS_ABI, load_le32(facts + CALL_TASK_FACTS_ABI));
    CHECK_EQ(RAM_BYTES, load_le32(facts + CALL_TASK_FACTS_RAM_BYTES));
    CHECK_EQ(RIG_STACK_BYTES, load_le32(facts + CALL_TASK_FACTS_STACK_BYTES));
    CHECK_TEXT("guest0", (const char *)facts + CALL_TASK_FACTS_NAME);
}

/* ---- rights ---- */

static void a_pin_that_was_not_granted_is_denied(void) {
    static const struct artifact_capability rows[] = {{.group = 4, .mode = 2, .first = 13, .last = 13}};
    struct rig *rig = rig_new();
    rig_start(rig);
    struct rig_guest guest = {
        .text =
            "li a0, 12; li a1, 1; hcall $gpio.config; mov s0, a0; li a0, 13; li a1, 1; hcall $gpio.config; mov s1, a0;"
            "li a0, 13; li a1, 0; hcall $gpio.config; sub s1, s1, a0; slli a0, s0, 8; add a0, a0, s1; ret",
        .capability = rows,
        .capability_count = 1};
    uint32_t pid = rig_add(rig, &guest);
    rig_run(rig, 10000);
    /* output 12: denied; output 13: done; input 13: denied, for the mode was not asked for */
    CHECK_EQ((ST_DENIED * 256) + (ST_OK - ST_DENIED), executive_task(rig->executive, pid)->end_detail);
    CHECK_EQ(PORT_GPIO_INPUT, rig->sim.pin[12].mode);
    CHECK_EQ(PORT_GPIO_OUTPUT, rig->sim.pin[13].mode);
}

static void calls_beyond_the_rate_are_refused_and_change_nothing(void) {
    static const struct artifact_capability rows[] = {{.group = 4, .mode = 2, .first = 13, .last = 13, .rate = 100}};
    struct rig *rig = rig_new();
    rig_start(rig);
    struct rig_guest guest = {.text = "li a0, 13; li a1, 1; hcall $gpio.config; li s0, 0; li s1, 0; loop: li a0, 13; "
                                      "xori s1, s1, 1; mov a1, s1; hcall $gpio.write;"
                                      "addi s0, s0, 1; beq a0, zero, loop; slli a0, a0, 8; add a0, a0, s0; ret",
                              .capability = rows,
                              .capability_count = 1};
    uint32_t pid = rig_add(rig, &guest);
    rig_run(rig, 100000);
    CHECK_EQ(ST_QUOTA * 256 + 10,
             executive_task(rig->executive, pid)->end_detail); /* the config and nine writes, then none */
}

static void frames_come_only_to_who_may_read_their_id(void) {
    static const struct artifact_capability low = {.group = 10, .mode = 1, .first = 0, .last = 0xff},
                                            high = {.group = 10, .mode = 1, .first = 0x100, .last = 0x1ff};
    struct rig *rig = rig_new();
    rig_script(rig, "at 1ms can 0x123 01\nat 2ms can 0x023 02 03\nat 3ms can 0x700 04\n");
    rig_start(rig);
    static const char text[] =
        "set a0, 0x600; li a1, 50; hcall $can.receive; bne a0, zero, bad; set a1, 0x600; lw s0, a1, 0; lbu s1, a1, 4; "
        "slli s1, s1, 16;"
        "set a0, 0x600; li a1, 50; hcall $can.receive; beq a0, zero, bad; add a0, s0, s1; ret; bad: li a0, -1; ret";
    struct rig_guest first = {.text = text, .capability = &low, .capability_count = 1},
                     second = {.text = text, .capability = &high, .capability_count = 1};
    uint32_t first_pid = rig_add(rig, &first), second_pid = rig_add(rig, &second);
    rig_run(rig, 1000000);
    CHECK_EQ(2 << 16 | 0x23, executive_task(rig->executive, first_pid)->end_detail);
    CHECK_EQ(1 << 16 | 0x123, executive_task(rig->executive, second_pid)->end_detail);
}

/* ---- timers ---- */

static void only_the_owner_s_own_living_handle_names_a_timer(void) {
    clear();
    static const uint32_t handles[] = {0, 1, 255, 256, 0x101, 0x1ff, 0x7fffffff, 0xffffffff};
    for (size_t i = 0; i < sizeof handles / sizeof *handles; i++) {
        CHECK_EQ(ST_NOT_FOUND, ASK("time.timer_wait", handles[i], 0).status);
        CHECK_EQ(ST_NOT_FOUND, ASK("time.timer_cancel", handles[i]).status);
    }
    struct rig *rig = rig_new();
    rig_start(rig);
    struct rig_guest owner = {
        .text = "set a0, 1000; li a1, 1; hcall $time.timer_create; li a0, 50; hcall $task.sleep_ms; ret"};
    (void)rig_add(rig, &owner);
    rig_run(rig, 1000);
    CHECK_EQ(ST_NOT_FOUND, ask_on(rig, "time.timer_cancel", (const uint32_t[6]){0x100}).status); /* its first handle */
}

static void a_cancelled_timer_s_handle_is_not_the_next_one_s(void) {
    const struct task *task = rig_run_text("set a0, 1000; li a1, 1; hcall $time.timer_create; mov s0, a1; mov a0, s0; "
                                           "hcall $time.timer_cancel; mov s1, a0;"
                                           "set a0, 1000; li a1, 1; hcall $time.timer_create; mov a0, s0; hcall "
                                           "$time.timer_cancel; slli a0, a0, 8; add a0, a0, s1; ret");
    CHECK_EQ(ST_NOT_FOUND * 256, task->end_detail);
}

static void timers_are_few_and_none_is_lost(void) {
    const struct task *task =
        rig_run_text("li s1, 0; again: li s0, 0; set a5, 0x600;"
                     "more: set a0, 1000000; li a1, 0; hcall $time.timer_create; bne a0, zero, full; set a5, 0x600; "
                     "sh2add a5, s0, a5; sw a1, a5, 0; addi s0, s0, 1; j more;"
                     "full: li a4, 8; bne s0, a4, bad; drop: addi s0, s0, -1; set a5, 0x600; sh2add a5, s0, a5; lw a0, "
                     "a5, 0; hcall $time.timer_cancel; bne a0, zero, bad; bne s0, zero, drop;"
                     "addi s1, s1, 1; li a4, 100; bne s1, a4, again; li a0, 77; ret; bad: li a0, 1; ret");
    CHECK_EQ(77, task->end_detail);
}

static void a_repeating_timer_counts_what_was_missed_and_keeps_its_phase(void) {
    struct rig *rig = rig_new();
    rig_start(rig);
    struct rig_guest guest = {
        .text =
            "set a0, 10000; li a1, 1; hcall $time.timer_create; mov s0, a1; li a0, 35; hcall $task.sleep_ms;"
            "mov a0, s0; li a1, -1; hcall $time.timer_wait; mov s1, a1;"
            "mov a0, s0; li a1, -1; hcall $time.timer_wait; hcall $time.millis; slli a0, s1, 8; add a0, a0, a1; ret"};
    uint32_t pid = rig_add(rig, &guest);
    rig_run(rig, 1000000);
    CHECK_EQ(3 << 8 | 40, executive_task(rig->executive, pid)->end_detail);
}

static void a_timer_that_expires_once_is_gone_after(void) {
    const struct task *task = rig_run_text("set a0, 2000; li a1, 0; hcall $time.timer_create; mov s0, a1; mov a0, s0; "
                                           "li a1, 1; hcall $time.timer_wait; mov s1, a0;"
                                           "mov a0, s0; li a1, -1; hcall $time.timer_wait; bne a0, zero, bad; mov a0, "
                                           "s0; li a1, -1; hcall $time.timer_wait; slli a0, a0, 8; add a0, a0, s1; ret;"
                                           "bad: li a0, 99; ret");
    CHECK_EQ(ST_NOT_FOUND * 256 + ST_TIMEOUT, task->end_detail);
}

/* ---- time that wraps ---- */

static void sleeping_works_across_the_wrap_of_the_millisecond_counter(void) {
    struct rig *rig = rig_new();
    rig->sim.start_us = ((uint64_t)1 << 32) * 1000 - 5000;
    rig_start(rig);
    struct rig_guest guest = {.text = "hcall $time.millis; mov s0, a1; li a0, 10; hcall $task.sleep_ms; hcall "
                                      "$time.millis; sub a0, a1, s0; bltu a1, s0, good; li a0, 0; good: ret"};
    uint32_t pid = rig_add(rig, &guest);
    rig_run(rig, rig->sim.now_us + 1000000);
    CHECK_EQ(10, executive_task(rig->executive, pid)->end_detail);
}

static void the_longest_sleep_does_not_wrap(void) {
    struct rig *rig = rig_new();
    rig_start(rig);
    struct rig_guest long_sleep = {.text = "li a0, -1; hcall $task.sleep_ms; ret"},
                     forever = {.text = "li a0, -1; li a1, -1; hcall $task.sleep_until; ret"};
    uint32_t first = rig_add(rig, &long_sleep), second = rig_add(rig, &forever);
    rig_run(rig, 60000000);
    CHECK_EQ(TASK_SLEEPING, executive_task(rig->executive, first)->state);
    CHECK_EQ(TASK_SLEEPING, executive_task(rig->executive, second)->state);
    CHECK_EQ(0xffffffffll * 1000 / 1000, (int64_t)(executive_task(rig->executive, first)->wake_us / 1000));
}

/* ---- formats from the guest ---- */

static void a_format_without_an_end_is_refused(void) {
    clear();
    memset(data, 'x', sizeof data);
    CHECK_EQ(ST_INVALID, ASK("console.format", BUFFER, BUFFER).status);
    CHECK_EQ(ST_RANGE, ASK("console.format", 0, BUFFER).status);
    CHECK_EQ(ST_RANGE, ASK("console.format", ISA_CODE_BASE, BUFFER).status);
    clear();
    place(BUFFER, "%n", 3);
    CHECK_EQ(ST_RANGE, ASK("console.format", BUFFER, BUFFER).status);
    place(BUFFER, "%s", 3);
    place(BUFFER + 16, "\xff\xff\xff\xff", 4);
    CHECK_EQ(ST_RANGE, ASK("console.format", BUFFER, BUFFER + 16).status);
    CHECK_EQ(ST_RANGE, ASK("console.format", BUFFER, 0).status);
}

static void formatting_into_memory_stops_at_its_capacity(void) {
    clear();
    memset(data + (BUFFER + 64 - RIG_DATA_AT), 'z', 32);
    place(BUFFER, "%d-%d", 6);
    place(BUFFER + 16, "\x0c\0\0\0\xfe\xff\xff\xff", 8);
    static const char *const texts[] = {"zzzzz", "\0zzzz", "1\0zzz", "12\0zz", "12-\0z", "12--\0", "12--2"};
    for (uint32_t capacity = 0; capacity < 7; capacity++) {
        struct answer answer = ASK("task.format", BUFFER + 64, capacity, BUFFER, BUFFER + 16);
        CHECK_EQ(ST_OK, answer.status);
        CHECK_EQ(5, answer.value);
        CHECK(memcmp(texts[capacity], answer.ram + OFFSET(BUFFER + 64), 5) == 0);
    }
    CHECK_EQ(ST_OK, ASK("task.format", 0, 0, BUFFER, BUFFER + 16).status);
    CHECK_EQ(ST_RANGE, ASK("task.format", RAM_END - 3, 100, BUFFER, BUFFER + 16).status);
    CHECK_EQ(ST_OK, ASK("task.format", RAM_END - 6, 0xffffffff, BUFFER, BUFFER + 16).status);
    CHECK_EQ(ST_RANGE, ASK("task.format", ISA_RO_BASE, 8, BUFFER, BUFFER + 16).status);
}

static void a_long_format_gives_the_others_their_turns(void) {
    clear();
    struct rig *rig = rig_new();
    rig_start(rig);
    char format[800];
    for (int i = 0; i < 100; i++) memcpy(format + 7 * i, "%4000d", 7);
    for (int i = 0; i < 99; i++) format[7 * i + 6] = '.';
    place(BUFFER, format, 700);
    struct rig_guest writer = {
        .text = "set a0, 0x600; li a1, 1; set a2, 0x800; set a3, 0x600; hcall $task.format; mov a0, a1; ret",
        .data = data,
        .data_bytes = sizeof data};
    struct rig_guest other = {
        .text = "hcall $time.micros; mov s0, a1; li s1, 0; li a4, 100; set a5, 0x600; loop: sw a4, a5, 0; hcall "
                "$task.yield; hcall $time.micros; sub a2, a1, s0; maxu s1, s1, a2; mov s0, a1;"
                "set a5, 0x600; lw a4, a5, 0; addi a4, a4, -1; bne a4, zero, loop; mov a0, s1; ret"};
    uint32_t writer_pid = rig_add(rig, &writer), other_pid = rig_add(rig, &other);
    rig_run(rig, 10000000);
    CHECK_EQ(400099, executive_task(rig->executive, writer_pid)->end_detail);
    CHECK(executive_task(rig->executive, writer_pid)->words > 400000);
    CHECK(executive_task(rig->executive, other_pid)->end_detail < 5000); /* microseconds; a whole format takes 400 ms */
}

static void console_text_is_the_same_however_small_the_ring(void) {
    clear();
    place(BUFFER, "[%s|%20d|%-8x|%.40f]\n", 22);
    place(BUFFER + 64, "\x00\x09\0\0\x39\x30\0\0\xef\xbe\0\0\0\0\0\0\0\0\xf0\x3f", 20);
    place(0x900, "a string that is somewhat longer than the ring", 47);
    char want[256];
    snprintf(want, sizeof want, "[%s|%20d|%-8x|%.40f]\n", "a string that is somewhat longer than the ring", 12345,
             0xbeefu, 1.0);
    for (uint32_t ring = CALL_COPY_BYTES_MAX; ring >= 8; ring = ring * 2 / 3) {
        struct rig *rig = rig_new();
        rig->config.console_out_bytes = ring;
        rig_start(rig);
        struct answer answer = ask_on(rig, "console.format", (const uint32_t[6]){BUFFER, BUFFER + 64});
        CHECK_EQ(ST_OK, answer.status);
        CHECK_EQ(strlen(want), answer.value);
        CHECK_TEXT(want, rig->output);
    }
}

/* ---- costs ---- */

static void every_call_is_paid_for_by_the_byte(void) {
    struct rig *rig = rig_new();
    rig_start(rig);
    struct rig_guest small = {.text = "set a0, 0x600; li a1, 1; hcall $random.fill; ret"},
                     large = {.text = "set a0, 0x600; li a1, 256; hcall $random.fill; ret"};
    struct rig_guest refused = {.text = "li a0, 0; li a1, 256; hcall $random.fill; ret"};
    uint32_t pid[] = {rig_add(rig, &small), rig_add(rig, &large), rig_add(rig, &refused)};
    rig_run(rig, 10000);
    CHECK_EQ(255 * 4,
             (int64_t)(executive_task(rig->executive, pid[1])->words - executive_task(rig->executive, pid[0])->words));
    CHECK(executive_task(rig->executive, pid[2])->words >= 64 + 256 * 4);
}

/* ---- devices ---- */

static void the_sensor_tells_the_temperature(void) {
    clear();
    struct rig *rig = rig_new();
    rig_script(rig, "at 0s temperature -12.5\n");
    rig_start(rig);
    struct answer answer =
        ask_on(rig, "i2c.transfer", (const uint32_t[]){0, SIM_SENSOR_ADDRESS, BUFFER, 1, BUFFER + 8, 2});
    CHECK_EQ(ST_OK, answer.status);
    CHECK_EQ(-12.5 * 256, (int16_t)(answer.ram[OFFSET(BUFFER + 8)] << 8 | answer.ram[OFFSET(BUFFER + 9)]));
}

static void the_eeprom_keeps_what_is_written_and_is_busy_for_a_while(void) {
    clear();
    place(BUFFER, "\x06hello", 6);
    struct rig *rig = rig_new();
    rig_start(rig);
    CHECK_EQ(ST_OK, ask_on(rig, "i2c.transfer", (const uint32_t[]){0, SIM_EEPROM_ADDRESS, BUFFER, 6, 0, 0}).status);
    CHECK_EQ(ST_NOT_FOUND,
             ask_on(rig, "i2c.transfer", (const uint32_t[]){0, SIM_EEPROM_ADDRESS, BUFFER, 1, BUFFER + 16, 2}).status);
    rig_run(rig, rig->sim.now_us + 6000);
    sim_advance(&rig->sim, rig->sim.now_us + 6000);
    struct answer answer =
        ask_on(rig, "i2c.transfer", (const uint32_t[]){0, SIM_EEPROM_ADDRESS, BUFFER, 1, BUFFER + 16, 2});
    CHECK_EQ(ST_OK, answer.status);
    CHECK(memcmp(answer.ram + OFFSET(BUFFER + 16), "he", 2) == 0);
    CHECK_EQ('l', rig->sim.eeprom[0]); /* a page has eight bytes: the third wrapped to its beginning */
}

static void the_flash_tells_its_identity(void) {
    clear();
    place(BUFFER, "\x9f\0\0\0", 4);
    struct answer answer = ASK("spi.transfer", 0, SIM_SPI_FLASH, BUFFER, BUFFER + 8, 4);
    CHECK(memcmp(answer.ram + OFFSET(BUFFER + 8), "\xff\xef\x40\x18", 4) == 0);
}

static void an_adc_follows_its_ramp(void) {
    struct rig *rig = rig_new();
    rig_script(rig, "at 0s adc 2 ramp 1000 2000 over 100ms\nat 0s adc 3 77\n");
    rig_start(rig);
    struct rig_guest guest = {.text = "li a0, 50; hcall $task.sleep_ms; li a0, 2; hcall $adc.read; mov s0, a1; li a0, "
                                      "3; hcall $adc.read; slli s0, s0, 12; add a0, s0, a1; ret"};
    uint32_t pid = rig_add(rig, &guest);
    rig_run(rig, 1000000);
    CHECK_EQ(1500 << 12 | 77, executive_task(rig->executive, pid)->end_detail);
}

static void a_sent_frame_comes_back(void) {
    clear();
    place(BUFFER, "abcdefgh", 8);
    struct rig *rig = rig_new();
    rig_start(rig);
    CHECK_EQ(ST_OK, ask_on(rig, "can.send", (const uint32_t[6]){0x1abcdef, BUFFER, 5, 1}).status);
    struct answer answer = ask_on(rig, "can.receive", (const uint32_t[6]){BUFFER + 32, 0});
    CHECK_EQ(ST_OK, answer.status);
    const uint8_t *frame = answer.ram + OFFSET(BUFFER + 32);
    CHECK_EQ(0x1abcdef, load_le32(frame));
    CHECK(memcmp(frame + 4, "\x05\x01\0\0abcde\0\0\0", 12) == 0);
}

static void edges_come_in_order_with_their_times(void) {
    struct rig *rig = rig_new();
    rig_script(rig, "at 5ms pin 4 high\nat 7ms pin 5 high\nat 9ms pin 4 low\nat 11ms pin 5 low\n");
    rig_start(rig);
    struct rig_guest guest = {
        .text = "li a0, 4; li a1, 1; hcall $gpio.watch; li a0, 5; li a1, 3; hcall $gpio.watch; li s0, 0; li s1, 0;"
                "loop: set a0, 0x600; li a1, 30; hcall $gpio.wait_edge; bne a0, zero, out; set a5, 0x600; lw a2, a5, "
                "0; lw a3, a5, 4; lw a4, a5, 8;"
                "slli s0, s0, 5; slli a2, a2, 1; or s0, s0, a2; or s0, s0, a3; add s1, s1, a4; j loop; out: set a5, "
                "0x700; sw s1, a5, 0; mov a0, s0; ret"};
    uint32_t pid = rig_add(rig, &guest);
    rig_run(rig, 1000000);
    const struct task *task = executive_task(rig->executive, pid);
    CHECK_EQ((4 << 1 | 1) << 10 | (5 << 1 | 1) << 5 | (5 << 1 | 0),
             task->end_detail); /* pin 4 falling was not asked for */
    CHECK_EQ(5000 + 7000 + 11000, load_le32(task->vm.ram + OFFSET(0x700)));
}

static void two_tasks_may_watch_one_pin_for_different_edges(void) {
    struct rig *rig = rig_new();
    rig_script(rig, "at 5ms pin 4 high\nat 7ms pin 4 low\n");
    rig_start(rig);
    static const char rising[] =
        "li a0, 4; li a1, 1; hcall $gpio.watch; set a0, 0x600; li a1, 30; hcall $gpio.wait_edge; set a5, 0x600;"
        "lw a0, a5, 8; ret";
    static const char falling[] =
        "li a0, 4; li a1, 2; hcall $gpio.watch; set a0, 0x600; li a1, 30; hcall $gpio.wait_edge; set a5, 0x600;"
        "lw a0, a5, 8; ret";
    struct rig_guest up = {.text = rising}, down = {.text = falling};
    uint32_t up_pid = rig_add(rig, &up), down_pid = rig_add(rig, &down);
    rig_run(rig, 1000000);
    CHECK_EQ(5000, executive_task(rig->executive, up_pid)->end_detail);
    CHECK_EQ(7000, executive_task(rig->executive, down_pid)->end_detail);
    CHECK_EQ(PORT_GPIO_EDGE_NONE, rig->sim.pin[4].edge); /* nobody watches any more */
}

static void timers_of_ended_tasks_are_given_back(void) {
    struct rig *rig = rig_new();
    rig->config.timers_max = 8;
    rig_start(rig);
    struct rig_guest guest = {
        .text =
            "set a0, 100000; li a1, 1; hcall $time.timer_create; bne a0, zero, bad; li a0, 5; ret; bad: li a0, 1; ret"};
    for (int i = 0; i < 10; i++) {
        uint32_t pid = rig_add(rig, &guest);
        rig_run(rig, rig->sim.now_us + 1000);
        CHECK_EQ(5, executive_task(rig->executive, pid)->end_detail);
        (void)executive_release(rig->executive, pid);
    }
}

static void the_blackbox_outlives_the_task(void) {
    clear();
    place(BUFFER, "last words", 10);
    struct rig *rig = rig_new();
    rig_start(rig);
    CHECK_EQ(ST_OK, ask_on(rig, "blackbox.write", (const uint32_t[6]){100, BUFFER, 10}).status);
    struct answer answer = ask_on(rig, "blackbox.read", (const uint32_t[6]){105, BUFFER + 64, 5});
    CHECK(memcmp(answer.ram + OFFSET(BUFFER + 64), "words", 5) == 0);
}

static void the_same_seed_gives_the_same_random_bytes(void) {
    clear();
    uint8_t first[16];
    for (int run = 0; run < 3; run++) {
        struct rig *rig = rig_new();
        rig->sim.seed = run == 2;
        rig_start(rig);
        struct answer answer = ask_on(rig, "random.fill", (const uint32_t[6]){BUFFER, 16});
        if (run == 0) memcpy(first, answer.ram + OFFSET(BUFFER), 16);
        CHECK_EQ(run == 2, memcmp(first, answer.ram + OFFSET(BUFFER), 16) != 0);
    }
}

static void an_led_blinks_in_time(void) {
    struct rig *rig = rig_new();
    rig_start(rig);
    struct rig_guest blink = {.text = "li a0, 13; li a1, 1; hcall $gpio.config; li s0, 8; li s1, 0; loop: xori s1, s1, "
                                      "1; li a0, 13; mov a1, s1; hcall $gpio.write;"
                                      "li a0, 500; hcall $time.delay_ms; addi s0, s0, -1; bne s0, zero, loop; ret"};
    struct rig_guest busy = {.text = "nop: j nop"};
    (void)rig_add(rig, &blink);
    (void)rig_add(rig, &busy);
    rig_run(rig, 4500000);
    uint64_t last_us = 0;
    CHECK_EQ(9, rig->sim.timeline_count);
    for (uint32_t i = 1; i < rig->sim.timeline_count; i++) {
        uint64_t at_us = rig->timeline[i].time_us;
        if (i > 1) CHECK(at_us - last_us >= 500000 && at_us - last_us < 502000);
        last_us = at_us;
    }
}

int main(void) {
    static const struct check_test tests[] = {
        TEST(a_buffer_must_lie_in_memory_as_a_whole),
        TEST(an_out_buffer_must_lie_in_ram),
        TEST(in_and_out_may_overlap),
        TEST(a_refused_call_leaves_memory_as_it_was),
        TEST(a_short_read_writes_no_more_than_it_read),
        TEST(values_outside_of_what_a_call_takes_are_refused),
        TEST(no_arguments_whatever_harm_the_host),
        TEST(a_group_that_the_board_lacks_is_told_from_one_that_there_is_not),
        TEST(a_task_is_told_what_the_executive_knows_of_it),
        TEST(a_pin_that_was_not_granted_is_denied),
        TEST(calls_beyond_the_rate_are_refused_and_change_nothing),
        TEST(frames_come_only_to_who_may_read_their_id),
        TEST(only_the_owner_s_own_living_handle_names_a_timer),
        TEST(a_cancelled_timer_s_handle_is_not_the_next_one_s),
        TEST(timers_are_few_and_none_is_lost),
        TEST(a_repeating_timer_counts_what_was_missed_and_keeps_its_phase),
        TEST(a_timer_that_expires_once_is_gone_after),
        TEST(sleeping_works_across_the_wrap_of_the_millisecond_counter),
        TEST(the_longest_sleep_does_not_wrap),
        TEST(a_format_without_an_end_is_refused),
        TEST(formatting_into_memory_stops_at_its_capacity),
        TEST(a_long_format_gives_the_others_their_turns),
        TEST(console_text_is_the_same_however_small_the_ring),
        TEST(every_call_is_paid_for_by_the_byte),
        TEST(the_sensor_tells_the_temperature),
        TEST(the_eeprom_keeps_what_is_written_and_is_busy_for_a_while),
        TEST(the_flash_tells_its_identity),
        TEST(an_adc_follows_its_ramp),
        TEST(a_sent_frame_comes_back),
        TEST(edges_come_in_order_with_their_times),
        TEST(two_tasks_may_watch_one_pin_for_different_edges),
        TEST(timers_of_ended_tasks_are_given_back),
        TEST(the_blackbox_outlives_the_task),
        TEST(the_same_seed_gives_the_same_random_bytes),
        TEST(an_led_blinks_in_time),
    };
    return CHECK_RUN(tests);
}
