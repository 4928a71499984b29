/* The firmware of the smaller profiles: guests from the flash's slots, operated over the console's line by frames, and
 * nothing said in words. The executive runs in PendSV and jobs in thread mode, as in runtime_main.c. All tables are as
 * large as the profile has them, the configuration lies in flash, and guests have a memory of their own beside the
 * executive's. */
#include <string.h>

#include "board_map.h"
#include "core/base/arena.h"
#include "core/base/bytes.h"
#include "core/base/require.h"
#include "device/executive/executive.h"
#include "device/executive/line.h"
#include "device/executive/memory.h"
#include "device/firmware/origin.h"
#include "device/port/board.h"
#include "device/port/port.h"

enum {
    TASKS_SLICE_US = 500,  /* what tasks get, if they want all of the time, before a job gets */
    JOB_SLICE_US = 100,    /* this much */
    OUTPUT_RETRY_US = 200, /* until output that the line did not take is offered again */
    WATCHDOG_MS = 4000,
    WAKE_US = 1000000, /* a turn of the executive at least so often, for the watchdog */
    LINE_IN_BYTES = 32,
    CONSOLE_PIECE_BYTES = 32,
    OUT_BYTES = LINE_OUT_BYTES_MIN,
};

uint8_t small_guests[BOARD_GUEST_RAM_BYTES] __attribute__((aligned(8)));

static const struct artifact_capability grants[] = {
    {CALL_GROUP_CONSOLE, MODE_CONSOLE_READ | MODE_CONSOLE_WRITE, 0, UINT32_MAX, 0},
    {CALL_GROUP_GPIO, MODE_GPIO_INPUT | MODE_GPIO_OUTPUT, 0, UINT32_MAX, 0},
    {CALL_GROUP_WATCHDOG, MODE_WATCHDOG_USE, 0, UINT32_MAX, 0},
    {CALL_GROUP_UART, MODE_UART_READ | MODE_UART_WRITE | MODE_UART_CONFIG, 0, UINT32_MAX, 0},
    {CALL_GROUP_MAILBOX, MODE_MAILBOX_READ | MODE_MAILBOX_WRITE | MODE_MAILBOX_TAP, 0, UINT32_MAX, 0},
    {CALL_GROUP_VALUE, MODE_VALUE_READ | MODE_VALUE_WRITE | MODE_VALUE_OWN, 0, UINT32_MAX, 0},
    {CALL_GROUP_COMMAND, MODE_COMMAND_CALL | MODE_COMMAND_OWN, 0, UINT32_MAX, 0},
};
/* Those behind the third are of the standard profile. */
enum { GRANTS = PROFILE_HAS_MAILBOX ? sizeof grants / sizeof grants[0] : 3 };

/* One for each place where keys may lie: they stay in the flash. */
#define CONFIG(address, bytes)                                                                                         \
    {                                                                                                                  \
        EXECUTIVE_CONFIG_LIMITS,                                                                                       \
        .groups = PROFILE_CALL_GROUPS,                                                                                 \
        .keys = (const uint8_t *)(address),                                                                            \
        .keys_bytes = (bytes),                                                                                         \
        .grants = grants,                                                                                              \
        .grant_count = GRANTS,                                                                                         \
        .quantum_words = 500,                                                                                          \
        .poll_us = 1000,                                                                                               \
        .restarts_max = 3,                                                                                             \
        .restart_delay_us = 100000,                                                                                    \
        .pool = small_guests,                                                                                          \
        .pool_bytes = sizeof small_guests,                                                                             \
    },
static const struct executive_config configs[] = {BOARD_KEY_REGIONS(CONFIG)};
static const struct hive_config hive_config = {HIVE_CONFIG_LIMITS, .name = BOARD_NAME};

static struct {
    struct executive *executive;
    struct hive *hive;
    struct line line;
    uint64_t tasks_since_us; /* since when tasks have had all of the time */
    struct executive_output console_from;
    uint8_t console_shown, console_bytes;
    uint8_t console[CONSOLE_PIECE_BYTES]; /* taken from the executive, not yet by the line */
    uint8_t frame[LINE_FRAME_BYTES], in[LINE_IN_BYTES], out[OUT_BYTES];
    uint8_t reply[HIVE_MESSAGE_BYTES];
    uint32_t slot; /* the next to be loaded */
    volatile bool ready, job_runs;
    uint8_t memory[MEMORY_OF_PROFILE] __attribute__((aligned(8)));
} firmware;

_Noreturn void require_failed(const char *expression, const char *file, int line) {
    (void)expression;
    (void)file;
    (void)line;
    port_reset();
}

void start_on_memory_fault(void) { port_reset(); }

static const uint8_t *slot_bytes(uint32_t slot) {
    return (const uint8_t *)(uintptr_t)BOARD_GUEST_FIRST + slot * BOARD_GUEST_SLOT_STEP;
}

/* One slot after the other, as the executive takes them: what a slot holds is for the executive to judge, from its size
 * on. */
static void load_next_slot(void) {
    static const uint8_t magic[] = {'C', 'V', 'M', '1'};
    uint16_t load;
    while (firmware.slot < BOARD_GUEST_SLOTS) {
        const uint8_t *const bytes = slot_bytes(firmware.slot);
        const uint32_t length = load_le32(bytes + 8);
        const bool there = memcmp(bytes, magic, sizeof magic) == 0 && length <= BOARD_GUEST_SLOT_BYTES;
        if (there && executive_load(firmware.executive, bytes, length, &load) == ST_BUSY) return;
        firmware.slot++;
    }
}

/* ---- the line */

static void serve(void) {
    uint8_t *to;
    size_t room, length;
    do {
        room = line_room(&firmware.line, &to);
        length = room > 0 ? port_console_read(to, room) : 0;
        if (length > 0) line_came(&firmware.line, length);
        line_serve(&firmware.line, firmware.hive, port_now_us());
    } while (length > 0);
}

/* True: all that tasks wrote is on its way. */
static bool show_console(void) {
    do {
        const uint8_t *const left = firmware.console + firmware.console_shown;
        const size_t shown = line_show(&firmware.line, firmware.hive, &firmware.console_from, left,
                                       firmware.console_bytes - firmware.console_shown);
        firmware.console_shown = (uint8_t)(firmware.console_shown + shown);
        if (firmware.console_shown < firmware.console_bytes) return false;
        firmware.console_shown = 0;
        firmware.console_bytes = (uint8_t)executive_drain(firmware.executive, &firmware.console_from, firmware.console,
                                                          sizeof firmware.console);
    } while (firmware.console_bytes > 0);
    return true;
}

/* True: the line took all there was. */
static bool drain(void) {
    const uint8_t *from;
    for (;;) {
        const bool shown = show_console();
        const size_t left = line_output(&firmware.line, &from), sent = port_console_write(from, left);
        line_sent(&firmware.line, sent);
        if (sent < left || sent == 0) return shown && sent == left;
    }
}

/* ---- the executive's turn */

static uint64_t earlier(uint64_t a, uint64_t b) { return a < b ? a : b; }

void start_on_pendsv(void) {
    if (!firmware.ready) return;
    serve();
    load_next_slot();
    uint64_t deadline_us = executive_step(firmware.executive, port_now_us());
    deadline_us = earlier(deadline_us, hive_step(firmware.hive, port_now_us()));
    serve();
    const bool drained = drain();
    port_watchdog_feed();
    origin_prove(port_now_us(), executive_condition(firmware.executive) == HIVE_NORMAL);
    const uint64_t now_us = port_now_us();
    deadline_us = earlier(deadline_us, now_us + (drained ? WAKE_US : OUTPUT_RETRY_US));
    const bool job = firmware.job_runs || executive_job_waits(firmware.executive);
    if (job && deadline_us <= now_us && now_us - firmware.tasks_since_us >= TASKS_SLICE_US)
        deadline_us = now_us + JOB_SLICE_US;
    if (deadline_us > now_us) firmware.tasks_since_us = deadline_us;
    if (deadline_us <= now_us)
        clock_pend();
    else
        clock_pend_at_us(deadline_us);
}

/* ---- thread mode */

_Noreturn static void run_jobs(void) {
    for (;;) {
        struct job *const job = executive_job(firmware.executive);
        firmware.job_runs = job != NULL;
        if (!job) {
            __asm volatile("wfi");
            continue;
        }
        job->run(job);
        executive_job_done(firmware.executive, job);
        clock_pend();
    }
}

int main(void) {
    struct arena arena = arena_of(firmware.memory, sizeof firmware.memory);
    const struct line_buffers buffers = {.frame = firmware.frame,
                                         .reply = firmware.reply,
                                         .in = firmware.in,
                                         .in_bytes = sizeof firmware.in,
                                         .out = firmware.out,
                                         .out_bytes = sizeof firmware.out};
    board_start();
    firmware.executive = executive_init(&arena, &configs[origin_key_region()]);
    require(firmware.executive);
    firmware.hive = hive_init(&arena, &hive_config, firmware.executive);
    require(firmware.hive);
    line_init(&firmware.line, &buffers, 1, true, false);
    firmware.ready = true;
    require(port_watchdog_start(WATCHDOG_MS) == ST_OK);
    clock_pend();
    run_jobs();
}
