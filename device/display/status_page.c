#include "device/display/status_page.h"

#include <string.h>

#include "device/display/font.h"

/* ---- writing a line */

struct line {
    char *text; /* STATUS_PAGE_COLUMNS, blank at the start */
    uint32_t at, end;
};

static struct line line_of(struct status_page *page, uint32_t number) {
    return (struct line){page->text[number], 0, STATUS_PAGE_COLUMNS};
}

/* What does not fit ends in ~. */
static void put(struct line *line, char character) {
    bool drawn = character >= FONT_FIRST && character <= FONT_LAST;
    if (line->at == line->end)
        line->text[line->end - 1] = '~';
    else
        line->text[line->at++] = drawn ? character : '?';
}

static void put_text(struct line *line, const char *text) {
    while (*text) put(line, *text++);
}

static void put_number(struct line *line, uint64_t number, uint32_t digits_min) {
    char digits[20];
    uint32_t count = 0;
    for (; number > 0 || count == 0 || count < digits_min; number /= 10) digits[count++] = (char)('0' + number % 10);
    while (count > 0) put(line, digits[--count]);
}

static void put_hex(struct line *line, const uint8_t *bytes, uint32_t count) {
    for (uint32_t i = 0; i < 2 * count; i++) put(line, "0123456789abcdef"[bytes[i / 2] >> (i % 2 ? 0 : 4) & 15]);
}

static void go_to(struct line *line, uint32_t column) {
    if (line->at < column) line->at = column;
}

/* ---- alarms */

struct alarm {
    const char *text;
    const struct task *task; /* NULL: it is about no task */
};

/* Tasks in trouble, the worst first; those of one rank in the order of their slots. */
enum rank { RANK_QUARANTINED, RANK_FAULTED, RANK_RESTARTING, RANKS };

static const char *end_text(uint32_t end) {
    switch ((enum task_end)end) {
    case TASK_END_TRAP: return "trapped";
    case TASK_END_FUEL: return "no fuel";
    case TASK_END_WATCHDOG: return "watchdog";
    case TASK_END_CHECK_IN: return "no check-in";
    case TASK_END_BREAK: return "break";
    case TASK_END_CALLS: return "calls used up";
    case TASK_END_MESSAGES: return "messages used up";
    case TASK_END_LOG: return "log used up";
    case TASK_END_TIME: return "time used up";
    case TASK_END_NONE:
    case TASK_END_EXIT:
    case TASK_END_KILLED: break;
    }
    return "ended";
}

static const char *table_text(uint32_t table) {
    switch ((enum executive_table)table) {
    case PRESSURE_MAILBOXES: return "mailboxes fill up";
    case PRESSURE_HANDLES: return "handles fill up";
    case PRESSURE_MAILBOX_BYTES: return "mail fills up";
    case PRESSURE_VALUES: return "values fill up";
    case PRESSURE_COMMANDS: return "commands fill up";
    case PRESSURE_COMMAND_RUNS: return "runs fill up";
    }
    return "a table fills up";
}

static const char *trouble_of(const struct task *task, enum rank rank) {
    if (rank == RANK_QUARANTINED && task->state == TASK_QUARANTINED) return "quarantined";
    if (rank == RANK_FAULTED && task->state == TASK_FAULTED) return end_text(task->end);
    if (rank == RANK_RESTARTING && task->state == TASK_RESTARTING) return "restarts";
    return NULL;
}

/* The alarms in their order: counts them, and gives the one of that number. */
struct alarms {
    uint32_t wanted, count;
    struct alarm chosen;
};

static void alarm_add(struct alarms *alarms, const char *text, const struct task *task) {
    if (alarms->count++ == alarms->wanted) alarms->chosen = (struct alarm){text, task};
}

/* In the few words that there is room for. Those that other alarms tell in detail have none. */
static const char *cause_text(enum hive_cause cause) {
    switch (cause) {
    case CAUSE_BOOT_LOOP: return "safe: boot loop";
    case CAUSE_ORDER: return "safe by order";
    case CAUSE_LINK: return "operator is silent";
    case CAUSE_WATCHDOG: return "watchdog reset";
    case CAUSE_FAILURE: return "hive failed";
    case CAUSE_BLACKBOX: return "blackbox damaged";
    case CAUSE_TABLE: return "a table is full";
    case CAUSE_QUARANTINE:
    case HIVE_CAUSES: break;
    }
    return NULL;
}

static void add_causes(struct alarms *alarms, const struct executive *executive, uint32_t wanted) {
    for (int cause = HIVE_CAUSES - 1; cause >= 0; cause--) {
        const char *text = cause_text((enum hive_cause)cause);
        if (text && (executive_causes(executive) & wanted) >> cause & 1) alarm_add(alarms, text, NULL);
    }
}

static struct alarms alarms_find(const struct executive *executive, const struct status_facts *facts, uint32_t wanted) {
    struct alarms alarms = {.wanted = wanted};
    const uint32_t safe = 1u << CAUSE_BOOT_LOOP | 1u << CAUSE_ORDER;
    if (executive->stopped) alarm_add(&alarms, "stopped by order", NULL);
    add_causes(&alarms, executive, safe);
    for (uint32_t rank = 0; rank < RANKS; rank++) {
        for (uint32_t i = 0; i < executive->config->tasks_max; i++) {
            const char *trouble = trouble_of(&executive->task[i], (enum rank)rank);
            if (trouble) alarm_add(&alarms, trouble, &executive->task[i]);
        }
    }
    for (uint32_t table = 0; table < 32; table++) {
        if (executive->tables_pressed >> table & 1) alarm_add(&alarms, table_text(table), NULL);
    }
    add_causes(&alarms, executive, ~safe);
    if (facts->link == STATUS_LINK_LOST) alarm_add(&alarms, "link lost", NULL);
    if (facts->display_fails) alarm_add(&alarms, "display is silent", NULL);
    return alarms;
}

/* ---- the task that is shown */

/* The live tasks take turns; when none lives, the newest of those that ended. NULL: there was none. */
static const struct task *task_to_show(const struct executive *executive, uint64_t turn) {
    uint32_t live = 0;
    const struct task *newest = NULL;
    for (uint32_t i = 0; i < executive->config->tasks_max; i++) {
        const struct task *task = &executive->task[i];
        if (task->state == TASK_FREE) continue;
        live += !task_has_ended(task);
        if (!newest || task->pid > newest->pid) newest = task;
    }
    if (live == 0) return newest;
    uint32_t skip = (uint32_t)(turn % live);
    for (uint32_t i = 0; i < executive->config->tasks_max; i++) {
        const struct task *task = &executive->task[i];
        if (task->state == TASK_FREE || task_has_ended(task)) continue;
        if (skip-- == 0) return task;
    }
    return newest;
}

static const char *state_text(uint32_t state) {
    switch ((enum task_state)state) {
    case TASK_READY:
    case TASK_RUNNING: return "run";
    case TASK_WAITING:
    case TASK_WAITING_MAILBOX: return "wait";
    case TASK_SLEEPING: return "sleep";
    case TASK_PAUSED: return "pause";
    case TASK_RESTARTING: return "again";
    case TASK_RETURNED: return "done";
    case TASK_FAULTED: return "fault";
    case TASK_KILLED: return "kill";
    case TASK_QUARANTINED: return "quar";
    case TASK_HELD: return "held";
    case TASK_FREE:
    case TASK_STATES: break;
    }
    return "";
}

/* ---- lines */

enum { NAME_COLUMNS = 11, STATE_AT = 12, LINK_AT = 17, TASK_STATE_COLUMNS = 6, BUILD_ID_SHOWN = 4 };

static void write_hive(struct line line, const struct executive *executive, const struct status_facts *facts,
                       bool alarm) {
    const char *state = executive->live > 0 ? "run" : "idle";
    if (executive_start_phase(executive) != START_OPEN) state = "hold";
    if (alarm) state = "trbl";
    if (executive_condition(executive) == HIVE_SAFE) state = "safe";
    if (executive->stopped) state = "stop";
    line.end = NAME_COLUMNS;
    put_text(&line, facts->hive);
    line.end = STATUS_PAGE_COLUMNS;
    go_to(&line, STATE_AT);
    put_text(&line, state);
    go_to(&line, LINK_AT);
    put_text(&line, facts->link == STATUS_LINK_UP ? "link" : facts->link == STATUS_LINK_LOST ? "lost" : "----");
}

static void write_task(struct line line, const struct executive *executive, const struct task *task) {
    put_number(&line, (uint64_t)(task - executive->task), 1);
    put(&line, '/');
    put_number(&line, task->pid, 1);
    put(&line, ' ');
    uint32_t name_at = line.at + TASK_STATE_COLUMNS;
    put_text(&line, state_text(task->state));
    go_to(&line, name_at);
    put_text(&line, task->name);
}

static void write_provenance(struct line line, const struct task *task) {
    put_hex(&line, task->build_id, BUILD_ID_SHOWN);
    put(&line, ' ');
    put_number(&line, task->version >> 24, 1);
    put(&line, '.');
    put_number(&line, task->version >> 16 & 0xff, 1);
    put(&line, '.');
    put_number(&line, task->version & 0xffff, 1);
}

static void write_alarm(struct line line, const struct alarms *alarms) {
    put(&line, '!');
    if (alarms->count > 1) {
        put_number(&line, alarms->wanted + 1, 1);
        put(&line, '/');
        put_number(&line, alarms->count, 1);
    }
    put(&line, ' ');
    put_text(&line, alarms->chosen.text);
    if (!alarms->chosen.task) return;
    put(&line, ' ');
    put_text(&line, alarms->chosen.task->name);
}

static void write_quiet(struct line line, const struct executive *executive, uint64_t now_us) {
    enum { MINUTE_US = 60000000, DAY_MINUTES = 24 * 60 };
    uint64_t minutes = now_us / MINUTE_US;
    put_text(&line, "ok ");
    put_number(&line, executive->live, 1);
    put_text(&line, executive->live == 1 ? " task " : " tasks ");
    go_to(&line, 12);
    put_number(&line, minutes / DAY_MINUTES, 1);
    put_text(&line, "d ");
    put_number(&line, minutes % DAY_MINUTES / 60, 2);
    put(&line, ':');
    put_number(&line, minutes % 60, 2);
}

void status_page_render(struct status_page *page, const struct executive *executive, const struct status_facts *facts,
                        uint64_t now_us) {
    memset(page->text, ' ', sizeof page->text);
    uint64_t turn = now_us / STATUS_PAGE_TURN_US;
    struct alarms alarms = alarms_find(executive, facts, 0);
    if (alarms.count > 1) alarms = alarms_find(executive, facts, (uint32_t)(turn % alarms.count));
    const struct task *task = alarms.chosen.task ? alarms.chosen.task : task_to_show(executive, turn);

    write_hive(line_of(page, 0), executive, facts, alarms.count > 0);
    if (task) {
        write_task(line_of(page, 1), executive, task);
        write_provenance(line_of(page, 2), task);
    } else {
        struct line line = line_of(page, 1);
        put_text(&line, "no task");
    }
    if (alarms.count > 0)
        write_alarm(line_of(page, 3), &alarms);
    else
        write_quiet(line_of(page, 3), executive, now_us);
}
