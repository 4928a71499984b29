/* Events as lines for people. Apart, so that a device that does not print them does not carry the words. */
#include "core/base/status.h"
#include "device/executive/budget.h"
#include "device/executive/clock.h"
#include "device/executive/executive.h"

struct line {
    char *to;
    size_t capacity, length;
};

static void put_character(struct line *line, char c) {
    if (line->length + 1 < line->capacity) line->to[line->length++] = c;
}

static void put_number(struct line *line, uint32_t value) {
    char digits[10];
    int count = 0;
    do digits[count++] = (char)('0' + value % 10);
    while (value /= 10);
    while (count > 0) put_character(line, digits[--count]);
}

/* Copies `text`; %a and %b are the event's numbers, %d is b with its sign, %t its text. */
static void put_text(struct line *line, const char *text, const struct executive_event *event) {
    for (; *text; text++) {
        if (*text != '%') {
            put_character(line, *text);
            continue;
        }
        text++;
        bool negative = *text == 'd' && event->b >> 31;
        if (negative) put_character(line, '-');
        if (*text == 't')
            put_text(line, event->text ? event->text : "no more is known", event);
        else
            put_number(line, *text == 'a' ? event->a : negative ? 0 - event->b : event->b);
    }
}

static const char *budget_format(const struct executive_event *event) {
    switch ((enum budget_item)event->a) {
    case BUDGET_FUEL: return "it asks for more fuel than the %b words that a task may have";
    case BUDGET_PERIOD: return "it asks for more fuel a period, or a longer one; a task may have %b words";
    case BUDGET_CALLS: return "it asks for more than the %b host calls that a task may make";
    case BUDGET_MESSAGES: return "it asks for more than the %b messages that a task may send";
    case BUDGET_LOG: return "it asks for more than the %b bytes that a task may write to the console";
    case BUDGET_TIME: return "it asks to live for longer than the %b ms that a task may";
    case BUDGET_ITEMS: break;
    }
    return "it asks for too much";
}

static const char *refusal_format(const struct executive_event *event) {
    switch ((enum executive_refusal)event->refusal) {
    case REFUSED_ARTIFACT: return "at byte %b: %t";
    case REFUSED_SIGNATURE: return "signature: %t";
    case REFUSED_PROGRAM: return "the verifier, at word %b: %t";
    case REFUSED_HOST: return "%t";
    case REFUSED_SECURITY_VERSION: return "its security version is %a; this device takes %b or above";
    case REFUSED_CALL_UNKNOWN: return "it calls host call %a, which this host ABI does not have";
    case REFUSED_CALL_UNCOVERED: return "it calls host call %a, which none of its capabilities covers";
    case REFUSED_CAPABILITY: return "its capability in row %a is not granted here";
    case REFUSED_MEMORY: return "it needs %a bytes of memory; %b are free";
    case REFUSED_TASKS: return "there are %a tasks, as many as there may be";
    case REFUSED_VALUE_TAKEN: return "task %b has the value %a, or it has it twice itself";
    case REFUSED_VALUE_UNCOVERED: return "it has the value %a, which none of its capabilities lets it own";
    case REFUSED_VALUES: return "it has %a values; there is room for %b";
    case REFUSED_COMMAND_TAKEN: return "task %b has the command %a, or it has it twice itself";
    case REFUSED_COMMAND_UNCOVERED: return "it has the command %a, which none of its capabilities lets it own";
    case REFUSED_COMMANDS: return "it has %a commands; there is room for %b";
    case REFUSED_CALL_LEFT_OUT: return "it calls host call %a, which is left out here";
    case REFUSED_MAILBOX_TAKEN: return "task %b has a mailbox of the name in row %a, or it has it twice itself";
    case REFUSED_MAILBOX_UNCOVERED: return "it has the mailbox in row %a, which none of its capabilities lets it have";
    case REFUSED_MAILBOXES: return "it has %a mailboxes; there is room for %b";
    case REFUSED_MAILBOX_BYTES: return "its mailboxes take %a bytes; there is room for %b";
    case REFUSED_BUDGET: return "it asks for %a bytes of RAM; a task may have %b";
    case REFUSED_BUDGET_ITEM: return budget_format(event);
    case REFUSED_COMMAND_STACK: return "its deepest handler of a command makes its stack %a bytes deep; it has %b";
    case REFUSED_TWICE: return "task %a runs under the same name, and it may not run twice";
    }
    return "for a reason that has no name";
}

static const char *table_text(const struct executive_event *event) {
    switch ((enum executive_table)event->a) {
    case PRESSURE_MAILBOXES: return "mailboxes";
    case PRESSURE_HANDLES: return "handles of mailboxes";
    case PRESSURE_MAILBOX_BYTES: return "bytes of mailboxes";
    case PRESSURE_VALUES: return "values";
    case PRESSURE_COMMANDS: return "commands";
    case PRESSURE_COMMAND_RUNS: return "calls of commands";
    }
    return "a table";
}

static bool is_of_nobody(uint8_t kind) {
    return kind == EVENT_PRESSURE || kind == EVENT_RELIEVED || kind == EVENT_STOPPED || kind == EVENT_LOST ||
           kind == EVENT_CONDITION || kind == EVENT_START || kind == EVENT_CLOCK || kind == EVENT_UNWELL;
}

/* By enum task_state and enum task_reason. */
enum { TEXTS = 32 }; /* a power of two, so that no number is outside */
static const char *const state_text[TEXTS] = {
    "free",       "ready",    "running", "waiting", "waiting for a mailbox", "sleeping", "paused",
    "restarting", "returned", "faulted", "killed",  "quarantined",           "held"};
static const char *const reason_text[TEXTS] = {"loaded",
                                               "its turn",
                                               "the quantum is used",
                                               "a call waits",
                                               "a mailbox",
                                               "it sleeps",
                                               "its fuel for the period is used",
                                               "woken",
                                               "paused",
                                               "emergency stop",
                                               "resumed",
                                               "it ended",
                                               "it is restarted later",
                                               "restarted",
                                               "too many failures",
                                               "released",
                                               "it may not start by itself yet",
                                               "a step"};
_Static_assert((int)TASK_STATES <= (int)TEXTS && (int)REASON_STEP < (int)TEXTS, "every state and reason has its text");

/* By enum clock_mode. */
static const char *const clock_text[4] = {"the clock runs free", "the clock gives at most %b words a second",
                                          "the clock stands, but for steps", "the clock goes by the words that run"};

static const char *step_format(const struct executive_event *event) {
    switch ((enum step_end)event->refusal) {
    case STEP_DONE: return "was stepped by %a";
    case STEP_WAITS: return "was stepped by %a, and waits in a call";
    case STEP_THROTTLED: return "was stepped by %a, and has used its fuel for the period";
    case STEP_ENDED: return "was stepped by %a, and has ended";
    case STEP_PAUSED: return "was stepped by %a, and was paused";
    case STEP_IDLE: return "was stepped by %a; nobody can go on";
    case STEP_CANCELLED: return "was stepped by %a, when the clock was set";
    case STEP_GOES_ON: break;
    }
    return "goes on";
}

static const char *end_format(const struct executive_event *event) {
    switch ((enum task_end)event->a) {
    case TASK_END_NONE: return "has not ended";
    case TASK_END_EXIT: return "exited with status %d";
    case TASK_END_TRAP: return "trapped: %t";
    case TASK_END_FUEL: return "was ended: it used all the fuel that it was given";
    case TASK_END_WATCHDOG: return "was ended: it did not feed its watchdog in time";
    case TASK_END_CHECK_IN: return "was ended: it did not check in as often as its artifact promises";
    case TASK_END_BREAK: return "was ended: it met break %b, and there is no debugger";
    case TASK_END_KILLED: return "was killed";
    case TASK_END_CALLS: return "was ended: it made all the host calls of its budget";
    case TASK_END_MESSAGES: return "was ended: it sent all the messages of its budget";
    case TASK_END_LOG: return "was ended: it wrote all the bytes of its budget to the console";
    case TASK_END_TIME: return "was ended: it lived as long as its budget allows";
    }
    return "ended";
}

const char *executive_cause_text(enum hive_cause cause) {
    switch (cause) {
    case CAUSE_QUARANTINE: return "a task in quarantine";
    case CAUSE_TABLE: return "a full table";
    case CAUSE_LINK: return "a silent operator";
    case CAUSE_WATCHDOG: return "watchdog reset";
    case CAUSE_FAILURE: return "failure of the hive";
    case CAUSE_BLACKBOX: return "damaged blackbox";
    case CAUSE_BOOT_LOOP: return "boot loop";
    case CAUSE_ORDER: return "safe by order";
    case HIVE_CAUSES: break;
    }
    return "unknown";
}

static void put_condition(struct line *line, const struct executive_event *event) {
    static const char *const words[] = {"the hive is normal", "the hive is degraded", "the hive is safe"};
    const char *before = ": ";
    put_text(line, event->a < sizeof words / sizeof *words ? words[event->a] : "the hive is strange", event);
    for (int cause = 0; cause < (int)HIVE_CAUSES; cause++) {
        if (!(event->b >> cause & 1)) continue;
        put_text(line, before, event);
        put_text(line, executive_cause_text((enum hive_cause)cause), event);
        before = ", ";
    }
}

static const char *start_format(const struct executive_event *event) {
    switch ((enum start_phase)event->a) {
    case START_WAITS: return "guests wait before they start by themselves; %b are held";
    case START_HELD: return "guests do not start by themselves before they are let; %b are held";
    case START_OPEN: return "guests start by themselves; %b were held";
    }
    return "";
}

size_t executive_event_text(const struct executive_event *event, char *to, size_t capacity) {
    struct line line = {to, capacity, 0};
    bool of_load = event->kind == EVENT_LOADED || event->kind == EVENT_REFUSED || event->kind == EVENT_LOAD_FAILED;
    if (!is_of_nobody(event->kind)) {
        put_text(&line, of_load ? "load " : "task ", event);
        put_number(&line, of_load ? event->load : event->pid);
        put_character(&line, of_load ? ':' : ' ');
        if (of_load) put_character(&line, ' ');
    }
    switch ((enum executive_event_kind)event->kind) {
    case EVENT_LOADED:
        put_text(&line, "accepted as task ", event);
        put_number(&line, event->pid);
        break;
    case EVENT_REFUSED:
        put_text(&line, "refused: ", event);
        put_text(&line, refusal_format(event), event);
        break;
    case EVENT_LOAD_FAILED: put_text(&line, "refused, for %a reasons", event); break;
    case EVENT_STARTED: put_text(&line, event->a == 0 ? "started" : "started again, for the %a. time", event); break;
    case EVENT_ENDED: put_text(&line, end_format(event), event); break;
    case EVENT_MOVED:
        put_text(&line, state_text[event->a >> 8 & (TEXTS - 1)], event);
        put_text(&line, " -> ", event);
        put_text(&line, state_text[event->a & (TEXTS - 1)], event);
        put_text(&line, ": ", event);
        put_text(&line, reason_text[event->b & (TEXTS - 1)], event);
        break;
    case EVENT_QUARANTINED: put_text(&line, "is quarantined: it failed %a times in a short time", event); break;
    case EVENT_VALUE: put_text(&line, "has changed its value %a", event); break;
    case EVENT_COMMAND: put_text(&line, "has run a command, with the result %b", event); break;
    case EVENT_DENIED:
        put_text(&line,
                 event->b == (uint32_t)ST_QUOTA ? "calls %a more often than was granted: refused"
                                                : "has no right to what it asks of call %a: refused",
                 event);
        break;
    case EVENT_STOPPED: put_text(&line, "all tasks were stopped, %a of them", event); break;
    case EVENT_PRESSURE:
    case EVENT_RELIEVED:
        put_text(&line, table_text(event), event);
        put_text(&line, event->kind == EVENT_PRESSURE ? ": %b percent are in use" : ": only %b percent are in use",
                 event);
        break;
    case EVENT_EXHAUSTED:
        put_text(&line, "asked for more than is left: ", event);
        put_text(&line, table_text(event), event);
        break;
    case EVENT_OVERRUN: put_text(&line, "was too slow: a mailbox dropped messages, %b so far", event); break;
    case EVENT_CLOCK: put_text(&line, clock_text[event->a & 3], event); break;
    case EVENT_STEPPED: put_text(&line, step_format(event), event); break;
    case EVENT_LOST: put_text(&line, "%a events were lost", event); break;
    case EVENT_CONDITION: put_condition(&line, event); break;
    case EVENT_START: put_text(&line, start_format(event), event); break;
    case EVENT_UNWELL: put_text(&line, "the hive does not do its work: %a", event); break;
    case EVENT_UNSAVED: put_text(&line, "value %a is not kept: its store takes nothing", event); break;
    case EVENT_LOG_LOST: put_text(&line, "wrote more than the log takes: %a bytes are not in it", event); break;
    case EVENT_SENT: put_text(&line, "has sent into mailbox %a", event); break;
    case EVENT_RECEIVED: put_text(&line, "has taken from mailbox %a", event); break;
    case EVENT_NO_ROOM: put_text(&line, "finds no room for %b bytes in mailbox %a", event); break;
    case EVENT_VALUE_MADE: put_text(&line, "offers value %a", event); break;
    case EVENT_COMMAND_MADE: put_text(&line, "offers command %a", event); break;
    case EVENT_COMMAND_CALLED: put_text(&line, "is to run command %a for %b", event); break;
    case EVENT_HELD: put_text(&line, "waits before it starts by itself", event); break;
    }
    if (capacity > 0) to[line.length] = '\0';
    return line.length;
}
