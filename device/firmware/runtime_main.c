/* The runtime firmware: puts board, executive and flash together. The executive runs in PendSV, the lowest exception:
 * whenever it is pended, by the alarm, by a device, or by itself while a task wants its turn. Jobs run in thread mode
 * on the thread stack, so the executive preempts them at any instruction and no task waits for a signature. */
#include <string.h>

#include "core/base/arena.h"
#include "core/base/require.h"
#include "core/trust/keys.h"
#include "device/display/status_page.h"
#include "device/executive/evidence.h"
#include "device/executive/executive.h"
#include "device/executive/line.h"
#include "device/executive/value_store.h"
#include "device/executive/vigil.h"
#include "device/firmware/guest_slots.h"
#include "device/firmware/report.h"
#include "device/firmware/slot.h"
#include "device/port/boot_port.h"
#include "device/port/mps2_an386/clock.h"
#include "device/port/mps2_an386/console.h"
#include "device/port/mps2_an386/flash.h"
#include "device/port/mps2_an386/gpio.h"
#include "device/port/mps2_an386/protect.h"
#include "device/port/mps2_an386/start.h"
#include "device/port/port.h"
#include "device/store/part.h"

enum {
    ARENA_BYTES = 7 << 19,
    POOL_BYTES = 5 << 19,
    TASKS_SLICE_US = 500,    /* what tasks get, if they want all of the time, before a job gets */
    JOB_SLICE_US = 100,      /* this much */
    OUTPUT_RETRY_US = 200,   /* until output that a serial line did not take is offered again */
    RESET_DELAY_US = 100000, /* so that who ordered it gets the answer */
    ALIVE_US = 1000000,      /* how often the time is reported, whatever happens */
    WATCHDOG_MS = 4000,      /* without the executive doing its work, at which it is looked */
    VIGIL_US = 100000,       /* so often */
    LATE_US = 1000000,       /* and nothing that is due may be later than that */
    START_WAIT_MS = 0, /* before guests start by themselves: on this board the developer starts them by starting it */
    SETTLE_MS = 60000, /* a boot that lasts so long was a good one */
    BOOTS_MAX = 5,     /* so many that were not, one after the other, and the next one starts no guest */
    CONSOLE_PIECE_BYTES = 256,
    RECORDS_SAID = 8,
    RECORD_TEXT_BYTES = 256,
    STORE_DELAY_MS = 100, /* a value that did not change for so long is kept */
    STORE_KEYS = 128,
    LINE_IN_BYTES = 256,
    LINE_NUMBER = 1,          /* there is one */
    LINE_CREDIT_BYTES = 1536, /* at its worst, with what else may come, no more than the ring of the port holds */
    UPLOADS = 4,
    UPLOAD_BYTES = 128 << 10,
    CONSOLE_LINE_BYTES = FRAME_LINE_BYTES(CONSOLE_PIECE_BYTES + sizeof(uint32_t)), /* a piece in its frame */
};

/* A development board: a guest may have all that it asks for. The groups that come first are not on the board, and
 * their calls answer so: one artifact serves a board that has them and this one. */
static const struct artifact_capability grants[] = {
    {CALL_GROUP_ADC, MODE_ADC_READ, 0, UINT32_MAX, 0},
    {CALL_GROUP_PWM, MODE_PWM_WRITE, 0, UINT32_MAX, 0},
    {CALL_GROUP_I2C, MODE_I2C_READ | MODE_I2C_WRITE, 0, UINT32_MAX, 0},
    {CALL_GROUP_SPI, MODE_SPI_TRANSFER, 0, UINT32_MAX, 0},
    {CALL_GROUP_CAN, MODE_CAN_READ | MODE_CAN_WRITE, 0, UINT32_MAX, 0},
    {CALL_GROUP_RANDOM, MODE_RANDOM_READ, 0, UINT32_MAX, 0},
    {CALL_GROUP_FILE, MODE_FILE_READ | MODE_FILE_WRITE, 0, UINT32_MAX, 0},
    {CALL_GROUP_CONSOLE, MODE_CONSOLE_READ | MODE_CONSOLE_WRITE, 0, UINT32_MAX, 0},
    {CALL_GROUP_GPIO, MODE_GPIO_INPUT | MODE_GPIO_OUTPUT, 0, UINT32_MAX, 0},
    {CALL_GROUP_UART, MODE_UART_READ | MODE_UART_WRITE | MODE_UART_CONFIG, 0, UINT32_MAX, 0},
    {CALL_GROUP_WATCHDOG, MODE_WATCHDOG_USE, 0, UINT32_MAX, 0},
    {CALL_GROUP_MAILBOX, MODE_MAILBOX_READ | MODE_MAILBOX_WRITE | MODE_MAILBOX_TAP, 0, UINT32_MAX, 0},
    {CALL_GROUP_VALUE, MODE_VALUE_READ | MODE_VALUE_WRITE | MODE_VALUE_OWN, 0, UINT32_MAX, 0},
    {CALL_GROUP_COMMAND, MODE_COMMAND_CALL | MODE_COMMAND_OWN, 0, UINT32_MAX, 0},
    {CALL_GROUP_BLACKBOX, MODE_BLACKBOX_READ | MODE_BLACKBOX_WRITE, 0, UINT32_MAX, 0},
};

/* What runs beside the executive, whatever the guests do. */
enum service { SERVICE_LINK, SERVICE_OUTPUT, SERVICE_HEARTBEAT };

static struct blackbox blackbox;

static struct executive_config config;
extern const uint8_t start_image[]; /* where it lies, says the linker script */

/* The groups that the board has. */
#define BOARD_GROUPS                                                                                                   \
    (1u << CALL_GROUP_TASK | 1u << CALL_GROUP_CONSOLE | 1u << CALL_GROUP_TIME | 1u << CALL_GROUP_GPIO |                \
     1u << CALL_GROUP_UART | 1u << CALL_GROUP_WATCHDOG | 1u << CALL_GROUP_BLACKBOX | 1u << CALL_GROUP_MAILBOX |        \
     1u << CALL_GROUP_VALUE | 1u << CALL_GROUP_COMMAND)

/* All that the firmware holds; the executive, its tasks and their memory are in `memory`. */
static struct {
    struct executive *executive;
    struct hive_config hive_config;
    struct hive_host host;
    char page[sizeof(struct status_page) + 1];
    struct hive *hive;
    struct line line;
    uint8_t frame[LINE_FRAME_BYTES], reply[HIVE_MESSAGE_BYTES], in[LINE_IN_BYTES],
        out[LINE_OUT_BYTES_MIN + CONSOLE_LINE_BYTES];
    struct report report;
    struct vigil vigil;
    uint32_t causes;                      /* what the blackbox says of the boot before */
    uint8_t console[CONSOLE_PIECE_BYTES]; /* taken from the executive, not yet by the line */
    struct executive_output console_from;
    size_t console_shown, console_bytes;
    struct hive_board board;
    struct guest_slots slots;
    struct slot boot_slot;
    volatile bool ready; /* the executive is there, and thread mode is done with it */
    volatile bool job_runs;
    uint32_t kept_next, kept_last;         /* records of earlier boots that are still to be told; 0: none */
    uint64_t alive_due_us, tasks_since_us; /* since when tasks have had all of the time */
    uint64_t reset_us;                     /* by order; UINT64_MAX: not asked for */
    uint8_t memory[ARENA_BYTES] __attribute__((aligned(8)));
} firmware;

/* What outlives a reset and a power cut: the store, in its part of the flash. */
static struct {
    struct flash_part part;
    struct store_entry entries[STORE_KEYS];
    struct store_config config;
    struct store store;
    struct executive_store values;
} lasting;

/* A store that cannot be written, or is of a newer format, is still read; what is to be kept there is told. */
static void open_store(void) {
    flash_part_init(&lasting.part, &flash_whole, FLASH_STORE_FIRST, FLASH_STORE_BYTES);
    lasting.config = (struct store_config){&lasting.part.area, FLASH_SECTOR_BYTES, lasting.entries, STORE_KEYS, false};
    const enum status status = store_open(&lasting.store, &lasting.config);
    require(status != ST_INVALID);
    lasting.values = value_store_of(&lasting.store);
    config.store = &lasting.values;
    config.store_delay_ms = STORE_DELAY_MS;
    report_begin(&firmware.report, "store", port_now_us());
    report_text(&firmware.report, "status", status_text(status));
    report_number(&firmware.report, "values", lasting.store.count);
    report_number(&firmware.report, "damaged", lasting.store.damaged);
    report_end(&firmware.report);
}

static void configure(void) {
    config = executive_config_of_profile();
    config.groups = BOARD_GROUPS;
    config.keys = (const uint8_t *)FLASH_BASE + KEYS_REGION_OFFSET;
    config.keys_bytes = KEYS_REGION_BYTES;
    if (firmware.boot_slot.there) config.keys = slot_keys(&firmware.boot_slot, &config.keys_bytes);
    config.grants = grants;
    config.grant_count = sizeof grants / sizeof grants[0];
    config.restarts_max = 3;
    config.keep_ended = true;
    config.tasks_max = FLASH_SLOTS + UPLOADS;
    config.loads_max = FLASH_SLOTS + UPLOADS; /* all are loaded at once */
    config.console_out_bytes = 2048;
    config.pool_bytes = POOL_BYTES;
    config.mailbox_tap_rate = 20;
    config.file_handles_max = 0; /* the board has no storage for guests */
    config.blackbox = &blackbox;
    config.start_wait_ms = START_WAIT_MS;
    config.settle_ms = SETTLE_MS;
    config.boots_max = BOOTS_MAX;
}

/* Before a reset: as long as the serial line takes any, and no longer than a second or so. */
static void send_all_reports(void) {
    for (uint32_t tries = 0; tries < 1000000 && !report_send(&firmware.report, console_report_write); tries++) {
    }
}

_Noreturn void require_failed(const char *expression, const char *file, int line) {
    evidence_reset(&blackbox, BLACKBOX_CAUSE_REQUIREMENT, file, (uint32_t)line, port_now_us());
    report_begin(&firmware.report, "require", port_now_us());
    report_text(&firmware.report, "expression", expression);
    report_text(&firmware.report, "file", file);
    report_number(&firmware.report, "line", (uint32_t)line);
    report_end(&firmware.report);
    send_all_reports();
    port_reset();
}

/* Something tried to write where the MPU forbids it. */
void start_on_memory_fault(void) {
    evidence_reset(&blackbox, BLACKBOX_CAUSE_MEMORY_FAULT, NULL, 0, port_now_us());
    report_begin(&firmware.report, "memory_fault", port_now_us());
    report_end(&firmware.report);
    send_all_reports();
    port_reset();
}

/* What was answered and told until now is on its way. */
static _Noreturn void reset_by_order(void) {
    blackbox_settle(&blackbox);
    evidence_reset(&blackbox, BLACKBOX_CAUSE_ORDER, NULL, 0, port_now_us());
    send_all_reports();
    port_reset();
}

static void report_edge(uint32_t pin, uint32_t level, uint64_t time_us) {
    report_begin(&firmware.report, "pin", time_us);
    report_number(&firmware.report, "pin", pin);
    report_number(&firmware.report, "level", level);
    report_end(&firmware.report);
}

/* ---- artifacts ---- */

static void load_slot(uint32_t slot) {
    struct artifact_fault fault;
    const enum status status = guest_slots_load(&firmware.slots, slot, &fault);
    if (status == ST_OK || status == ST_NOT_FOUND) return;
    report_begin(&firmware.report, "refused", port_now_us());
    report_number(&firmware.report, "slot", slot);
    report_number(&firmware.report, "offset", fault.offset);
    report_text(&firmware.report, "text", fault.reason);
    report_end(&firmware.report);
}

static void report_slot(uint32_t slot) {
    if (slot < FLASH_SLOTS) report_number(&firmware.report, "slot", slot);
}

/* ---- what the executive tells ---- */

static void report_trap(struct report *report, const struct task *task) {
    const uint32_t *const stack = executive_return_stack(task);
    report_number(report, "trap", task->vm.trap);
    report_number(report, "detail", task->vm.trap_detail);
    report_number(report, "pc", task->vm.pc);
    report_numbers(report, "registers", task->vm.reg, VM_REGISTERS);
    uint32_t oldest_first[TASK_TRACE_MAX];
    uint32_t count = task->trace_count;
    for (uint32_t i = 0; i < count; i++) oldest_first[i] = task->trace[count - 1 - i];
    if (stack && task->vm.return_depth <= TASK_TRACE_MAX) {
        count = task->vm.return_depth;
        memcpy(oldest_first, stack, count * sizeof stack[0]);
    }
    report_numbers(report, "return_stack", oldest_first, count);
}

static void report_end_of_task(const struct executive_event *event) {
    struct report *const report = &firmware.report;
    const struct task *const task = executive_task(firmware.executive, event->pid);
    const bool is_over = !task || task->state == TASK_FREE || task_has_ended(task);
    static const char *const names[] = {"none", "exit", "trap", "fuel", "watchdog", "check_in", "break", "killed"};
    report_begin(report, "ended", event->time_us);
    report_number(report, "pid", event->pid);
    report_slot(guest_slots_of_pid(&firmware.slots, event->pid));
    report_text(report, "end", event->a < sizeof names / sizeof names[0] ? names[event->a] : "unknown");
    report_signed(report, "status", (int32_t)event->b);
    if (task) report_text(report, "name", task->name);
    if (task) report_number(report, "words", task->words);
    report_number(report, "final", is_over);
    if (task && event->a == TASK_END_TRAP) report_trap(report, task);
    report_end(report);
    if (!is_over || (task && task->state == TASK_QUARANTINED)) return; /* it may go on, on what is in its slot */
    executive_release(firmware.executive, event->pid);
    guest_slots_let_go(&firmware.slots, guest_slots_of_pid(&firmware.slots, event->pid));
}

/* Ties what runs to the file it came from. */
static void report_build_id(const uint8_t id[ARTIFACT_BUILD_ID_BYTES]) {
    static const char digits[] = "0123456789abcdef";
    char text[2 * ARTIFACT_BUILD_ID_BYTES + 1] = "";
    for (uint32_t i = 0; i < ARTIFACT_BUILD_ID_BYTES; i++) {
        text[2 * i] = digits[id[i] >> 4];
        text[2 * i + 1] = digits[id[i] & 15];
    }
    report_text(&firmware.report, "build_id", text);
}

static void report_started(const struct executive_event *event) {
    const struct task *const task = executive_task(firmware.executive, event->pid);
    report_begin(&firmware.report, "started", event->time_us);
    report_number(&firmware.report, "pid", event->pid);
    report_slot(guest_slots_of_pid(&firmware.slots, event->pid));
    report_number(&firmware.report, "restarts", event->a);
    if (task) report_text(&firmware.report, "name", task->name);
    if (task) report_build_id(task->build_id);
    report_end(&firmware.report);
}

static void report_refused(const struct executive_event *event) {
    char text[160];
    executive_event_text(event, text, sizeof text);
    report_begin(&firmware.report, "refused", event->time_us);
    report_slot(guest_slots_of_load(&firmware.slots, event->load));
    report_number(&firmware.report, "reason", event->refusal);
    report_text(&firmware.report, "text", text);
    report_end(&firmware.report);
}

/* Whatever else the executive has to tell, in its own words. */
static void report_other(const struct executive_event *event) {
    char text[160];
    executive_event_text(event, text, sizeof text);
    report_begin(&firmware.report, "executive", event->time_us);
    report_text(&firmware.report, "text", text);
    report_end(&firmware.report);
}

static void report_event(const struct executive_event *event) {
    if (event->kind == EVENT_STARTED)
        report_started(event);
    else if (event->kind == EVENT_ENDED)
        report_end_of_task(event);
    else if (event->kind == EVENT_REFUSED)
        report_refused(event);
    else if (event->kind != EVENT_LOADED && event->kind != EVENT_LOAD_FAILED)
        report_other(event);
    guest_slots_hear(&firmware.slots, event);
}

/* ---- what earlier boots left ---- */

static void report_kept(const struct blackbox_record *record) {
    struct report *const report = &firmware.report;
    report_begin(report, "kept", port_now_us());
    report_number(report, "sequence", record->sequence);
    report_number(report, "boot", record->boot);
    report_number(report, "at_us", record->time_us);
    report_number(report, "kind", record->kind);
    report_number(report, "reason", record->reason);
    report_text(report, "what", evidence_kind_text(record));
    report_text(report, "why", evidence_reason_text(record));
    report_number(report, "detail", record->detail);
    if (record->kind == BLACKBOX_BOOT) {
        report_end(report);
        return;
    }
    report_number(report, "pid", record->pid);
    report_text(report, "name", record->name);
    report_build_id(record->build_id);
    report_number(report, "trap", record->trap);
    report_number(report, "trap_detail", record->trap_detail);
    report_number(report, "pc", record->pc);
    report_number(report, "return_depth", record->return_depth);
    report_numbers(report, "registers", record->reg, BLACKBOX_REGISTERS);
    report_numbers(report, "trace", record->trace, record->trace_count);
    report_end(report);
}

/* One slot, when the line has nothing else to do: so no task waits for all of them. */
static void tell_what_was_kept(void) {
    struct blackbox_record record;
    if (firmware.kept_next == 0) return;
    if (firmware.kept_next > firmware.kept_last) {
        firmware.kept_next = 0;
        report_begin(&firmware.report, "kept_end", port_now_us());
        report_end(&firmware.report);
        return;
    }
    if (blackbox_get(&blackbox, firmware.kept_next++, &record) == ST_OK) report_kept(&record);
}

/* Plain text to whoever holds a terminal to the first line, before anything else could go wrong: the newest of what was
 * kept. Nothing waits long for a line that takes none. */
static void say(const char *text, size_t length) {
    for (uint32_t tries = 0; length > 0 && tries < 1000000; tries++) {
        const size_t sent = port_console_write(text, length);
        text += sent;
        length -= sent;
    }
}
static void say_what_was_kept(void) {
    struct blackbox_record record;
    const uint32_t last = firmware.kept_last;
    for (uint32_t i = last > RECORDS_SAID ? last - RECORDS_SAID + 1 : 1; i <= last; i++) {
        char text[RECORD_TEXT_BYTES];
        if (blackbox_get(&blackbox, i, &record) != ST_OK) continue;
        say("blackbox: ", 10);
        say(text, evidence_text(&record, text, sizeof text));
        say("\r\n", 2);
    }
}

/* The first thing after reset: what is there already is from before. */
static void open_blackbox(void) {
    const uint32_t reason = port_reset_reason();
    const bool there = evidence_open(&blackbox) == ST_OK;
    firmware.kept_next = blackbox.oldest;
    firmware.kept_last = blackbox.newest;
    const uint32_t kept = blackbox.kept, damaged = blackbox.whole ? blackbox.damaged : 0;
    if (there) firmware.causes = evidence_boot(&blackbox, port_reset_reason(), BOOTS_MAX, port_now_us());
    report_begin(&firmware.report, "boot", port_now_us());
    report_text(&firmware.report, "board", "mps2_an386");
    report_text(&firmware.report, "reset", evidence_boot_text(reason));
    report_number(&firmware.report, "boot", blackbox.boots);
    report_number(&firmware.report, "kept", kept);
    report_number(&firmware.report, "damaged", damaged);
    report_end(&firmware.report);
    if (reason != PORT_RESET_POWER) say_what_was_kept();
}

/* ---- the executive's turn ---- */

/* What has come on the line is answered as far as there is room for the answers; the rest waits in its ring. */
static void serve(void) {
    uint8_t *to;
    size_t room, length;
    const struct console_counts port = console_counts();
    firmware.line.link.counts.lost = port.lost;
    firmware.line.link.counts.waiting_most = port.waiting_most;
    firmware.line.link.counts.waiting_max = port.waiting_max;
    do {
        room = line_room(&firmware.line, &to);
        length = room > 0 ? port_console_read(to, room) : 0;
        if (length > 0) line_came(&firmware.line, length);
        line_serve(&firmware.line, firmware.hive, port_now_us());
    } while (length > 0);
    vigil_served(&firmware.vigil, SERVICE_LINK);
}

/* True: all that tasks wrote is on its way. */
static bool show_console(void) {
    for (;;) {
        firmware.console_shown +=
            line_show(&firmware.line, firmware.hive, &firmware.console_from, firmware.console + firmware.console_shown,
                      firmware.console_bytes - firmware.console_shown);
        if (firmware.console_shown < firmware.console_bytes) return false;
        firmware.console_shown = 0;
        firmware.console_bytes =
            executive_drain(firmware.executive, &firmware.console_from, firmware.console, sizeof firmware.console);
        if (firmware.console_bytes == 0) return true;
    }
}

/* True: the serial lines took all there was. */
static bool drain(void) {
    const uint8_t *from;
    vigil_served(&firmware.vigil, SERVICE_OUTPUT);
    for (;;) {
        const bool shown = show_console();
        const size_t left = line_output(&firmware.line, &from), sent = port_console_write(from, left);
        line_sent(&firmware.line, sent);
        if (sent < left || sent == 0)
            return shown && sent == left && report_send(&firmware.report, console_report_write);
    }
}

static uint64_t earlier(uint64_t a, uint64_t b) { return a < b ? a : b; }

static void report_alive(uint64_t now_us) {
    vigil_served(&firmware.vigil, SERVICE_HEARTBEAT);
    if (now_us < firmware.alive_due_us) return;
    firmware.alive_due_us = now_us + ALIVE_US;
    report_begin(&firmware.report, "alive", now_us);
    report_end(&firmware.report);
}

/* What an image on trial has to prove: guests run, none is in quarantine, and what is beside the executive works. */
static void prove_health(void) {
    const bool healthy = executive_condition(firmware.executive) == HIVE_NORMAL;
    if (!slot_step(&firmware.boot_slot, port_now_us(), healthy)) return;
    report_begin(&firmware.report, "confirm", port_now_us());
    report_number(&firmware.report, "firmware_slot", firmware.boot_slot.index);
    report_end(&firmware.report);
}

/* Input that comes before all is ready stays in its ring: main pends this once more. */
void start_on_pendsv(void) {
    struct executive_event event;
    if (!firmware.ready) return;
    const uint64_t begin_us = port_now_us();
    serve();
    uint64_t deadline_us = executive_step(firmware.executive, port_now_us());
    while (executive_event_take(firmware.executive, &event)) {
        hive_hear(firmware.hive, &event);
        report_event(&event);
    }
    deadline_us = earlier(deadline_us, hive_step(firmware.hive, port_now_us()));
    serve();
    report_alive(port_now_us());
    const bool drained = drain();
    if (vigil_is_kept(&firmware.vigil, firmware.executive, port_now_us())) {
        port_watchdog_feed();
        prove_health();
    }
    if (drained) tell_what_was_kept();
    const uint64_t now_us = port_now_us();
    deadline_us = earlier(deadline_us, firmware.alive_due_us);
    if (!drained || firmware.kept_next > 0) deadline_us = earlier(deadline_us, now_us + OUTPUT_RETRY_US);
    if (now_us >= firmware.reset_us) reset_by_order();
    deadline_us = earlier(deadline_us, firmware.reset_us);
    const bool job = firmware.job_runs || executive_job_waits(firmware.executive);
    if (job && deadline_us <= now_us && now_us - firmware.tasks_since_us >= TASKS_SLICE_US)
        deadline_us = now_us + JOB_SLICE_US;
    if (deadline_us > now_us) firmware.tasks_since_us = deadline_us;
    struct link_counts *const counts = &firmware.line.link.counts;
    if (now_us - begin_us > counts->away_us_most) counts->away_us_most = (uint32_t)(now_us - begin_us);
    if (deadline_us <= now_us)
        clock_pend();
    else
        clock_pend_at_us(deadline_us);
}

/* ---- thread mode ---- */

/* What a panel would show; this board has none. */
static const char *make_page(void *context) {
    struct status_page page;
    (void)context;
    bool up = false;
    for (uint32_t i = 0; i < firmware.hive->sessions.max; i++) up = up || firmware.hive->sessions.session[i].id != 0;
    const struct status_facts facts = {.hive = firmware.hive_config.name,
                                       .link = up ? STATUS_LINK_UP : STATUS_LINK_NONE};
    status_page_render(&page, firmware.executive, &facts, port_now_us());
    memcpy(firmware.page, page.text, sizeof page.text);
    return firmware.page;
}

/* There is no power that it could switch off. */
static enum status end_hive(void *context, bool again) {
    (void)context;
    if (!again) return ST_UNSUPPORTED;
    firmware.reset_us = port_now_us() + RESET_DELAY_US;
    return ST_OK;
}

/* The request is in the flash when this resets; if it cannot be left, the hive goes on. */
static void leave_for_bootloader(void *context, bool emergency) {
    (void)context;
    (void)emergency;
    if (slot_ask_to_stay(&firmware.boot_slot) == ST_OK) port_reset();
}

static void start_hive(void) {
    struct arena arena = arena_of(firmware.memory, sizeof firmware.memory);
    const struct line_buffers buffers = {.frame = firmware.frame,
                                         .reply = firmware.reply,
                                         .in = firmware.in,
                                         .in_bytes = sizeof firmware.in,
                                         .out = firmware.out,
                                         .out_bytes = sizeof firmware.out};
    open_store();
    firmware.host = (struct hive_host){.page = make_page, .end = end_hive};
    firmware.reset_us = UINT64_MAX;
    firmware.hive_config = hive_config_of_profile();
    firmware.hive_config.host = &firmware.host;
    firmware.hive_config.name = "mps2_an386";
    firmware.hive_config.boot = blackbox.boots;
    firmware.hive_config.uploads_max = UPLOADS;
    firmware.hive_config.upload_bytes = UPLOAD_BYTES;
    firmware.executive = executive_init(&arena, &config);
    require(firmware.executive);
    guest_slots_init(&firmware.slots, firmware.executive);
    firmware.board = (struct hive_board){
        .context = &firmware.slots, .name = "mps2_an386", .place = &firmware.slots.place, .slot = guest_slots_row};
    if (firmware.boot_slot.there) {
        firmware.board.version = firmware.boot_slot.state.slot[firmware.boot_slot.index].version;
        firmware.board.leave = leave_for_bootloader;
    }
    firmware.hive_config.board = &firmware.board;
    firmware.hive = hive_init(&arena, &firmware.hive_config, firmware.executive);
    require(firmware.hive);
    line_init(&firmware.line, &buffers, LINE_NUMBER, true, false);
    firmware.line.link.credit = LINE_CREDIT_BYTES;
}

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

/* Of the flash: what is trusted, and what the bootloader alone writes. */
static void lock_what_is_not_ours(void) {
    enum { UNITS = 2 * FLASH_SECTOR_BYTES };
    require(flash_lock(KEYS_REGION_OFFSET, KEYS_REGION_BYTES) == ST_OK);
    require(flash_lock(FLASH_BOOT_JOURNAL, UNITS) == ST_OK);
    require(flash_lock(FLASH_BOOT_KEYS, UNITS) == ST_OK);
    require(flash_lock(FLASH_FIRMWARE_FIRST, 2 * FLASH_FIRMWARE_BYTES) == ST_OK);
}

int main(void) {
    clock_start();
    protect_start();
    console_start();
    gpio_start(report_edge);
    slot_open(&firmware.boot_slot, &boot_board, start_image);
    configure();
    open_blackbox();
    if (firmware.boot_slot.there) slot_report(&firmware.boot_slot, &firmware.report, port_now_us());
    start_hive();
    executive_cause(firmware.executive, firmware.causes, true);
    firmware.vigil.services = 1u << SERVICE_LINK | 1u << SERVICE_OUTPUT | 1u << SERVICE_HEARTBEAT;
    firmware.vigil.period_us = VIGIL_US;
    firmware.vigil.late_us = LATE_US;
    lock_what_is_not_ours();
    for (uint32_t slot = 0; slot < FLASH_SLOTS; slot++) load_slot(slot);
    firmware.ready = true;
    require(port_watchdog_start(WATCHDOG_MS) == ST_OK);
    clock_pend();
    run_jobs();
}
