/* The page from states that are written down here, without anything running. */
#include "device/display/status_page.h"

#include "test/unit/check.h"

enum { TASKS = 6, MINUTE_US = 60000000, TURN = STATUS_PAGE_TURN_US };

static struct task task[TASKS];
static const struct executive_config config = {.tasks_max = TASKS};
static struct executive executive;
static struct status_facts facts;
static struct status_page page;

static void nothing_runs(void) {
    memset(task, 0, sizeof task);
    executive = (struct executive){.config = &config, .task = task};
    facts = (struct status_facts){.hive = "press-7", .link = STATUS_LINK_UP};
}

static void put_task(uint32_t slot, uint32_t pid, enum task_state state, const char *name) {
    task[slot] = (struct task){.pid = pid, .state = state, .version = 1u << 24 | 4u << 16 | 2};
    snprintf(task[slot].name, sizeof task[slot].name, "%s", name);
    memcpy(task[slot].build_id, "\x1a\x2b\x3c\x4d\x5e", 5);
    executive.live += !task_has_ended(&task[slot]) && state != TASK_FREE;
}

static const char *line(uint32_t number, uint64_t now_us) {
    static char text[STATUS_PAGE_COLUMNS + 1];
    status_page_render(&page, &executive, &facts, now_us);
    memcpy(text, page.text[number], STATUS_PAGE_COLUMNS);
    return text;
}
#define CHECK_LINE(want, number, now_us) CHECK_TEXT(want, line(number, now_us))

static void a_quiet_hive_says_that_it_is_well_and_since_when(void) {
    nothing_runs();
    CHECK_LINE("press-7     idle link", 0, 0);
    CHECK_LINE("no task              ", 1, 0);
    CHECK_LINE("                     ", 2, 0);
    CHECK_LINE("ok 0 tasks  0d 00:00 ", 3, 0);
    CHECK_LINE("ok 0 tasks  49d 17:03", 3, (uint64_t)((49 * 24 + 17) * 60 + 3) * MINUTE_US);
}

static void a_task_is_shown_with_slot_pid_state_and_where_it_comes_from(void) {
    nothing_runs();
    put_task(1, 17, TASK_WAITING, "blinker");
    CHECK_LINE("press-7     run  link", 0, 0);
    CHECK_LINE("1/17 wait  blinker   ", 1, 0);
    CHECK_LINE("1a2b3c4d 1.4.2       ", 2, 0);
    CHECK_LINE("ok 1 task   0d 00:00 ", 3, 0);
}

static void what_does_not_fit_is_cut_and_says_so(void) {
    nothing_runs();
    facts.hive = "press-hall-north";
    put_task(5, 4294967295u, TASK_SLEEPING, "a-name-that-is-too-long");
    task[5].version = 0xffffffff;
    CHECK_LINE("press-hall~ run  link", 0, 0);
    CHECK_LINE("5/4294967295 sleep a~", 1, 0);
    CHECK_LINE("1a2b3c4d 255.255.655~", 2, 0);
}

static void live_tasks_take_turns(void) {
    nothing_runs();
    put_task(0, 1, TASK_READY, "one");
    put_task(2, 2, TASK_RETURNED, "two");
    put_task(4, 3, TASK_PAUSED, "three");
    CHECK_LINE("0/1 run   one        ", 1, 0);
    CHECK_LINE("0/1 run   one        ", 1, TURN - 1);
    CHECK_LINE("4/3 pause three      ", 1, TURN);
    CHECK_LINE("0/1 run   one        ", 1, 2 * TURN);
}

static void when_none_lives_the_newest_that_ended_is_shown(void) {
    nothing_runs();
    put_task(0, 9, TASK_RETURNED, "newest");
    put_task(1, 2, TASK_KILLED, "older");
    CHECK_LINE("press-7     idle link", 0, 0);
    CHECK_LINE("0/9 done  newest     ", 1, 0);
}

static void trouble_wins_over_tasks_that_are_well(void) {
    nothing_runs();
    put_task(0, 1, TASK_READY, "good");
    put_task(3, 2, TASK_FAULTED, "pump");
    task[3].end = TASK_END_TRAP;
    for (uint64_t turn = 0; turn < 4; turn++) {
        CHECK_LINE("press-7     trbl link", 0, turn * TURN);
        CHECK_LINE("3/2 fault pump       ", 1, turn * TURN);
        CHECK_LINE("! trapped pump       ", 3, turn * TURN);
    }
}

static void several_alarms_take_turns_the_worst_first(void) {
    nothing_runs();
    executive.stopped = true;
    executive.tables_pressed = 1u << PRESSURE_VALUES;
    facts.link = STATUS_LINK_LOST;
    facts.display_fails = true;
    put_task(0, 1, TASK_RESTARTING, "pump");
    put_task(1, 2, TASK_FAULTED, "valve");
    put_task(2, 3, TASK_QUARANTINED, "mixer");
    task[1].end = TASK_END_WATCHDOG;
    CHECK_LINE("press-7     stop lost", 0, 0);
    CHECK_LINE("!1/7 stopped by order", 3, 0);
    CHECK_LINE("!2/7 quarantined mix~", 3, 1 * TURN);
    CHECK_LINE("2/3 quar  mixer      ", 1, 1 * TURN);
    CHECK_LINE("!3/7 watchdog valve  ", 3, 2 * TURN);
    CHECK_LINE("!4/7 restarts pump   ", 3, 3 * TURN);
    CHECK_LINE("0/1 again pump       ", 1, 3 * TURN);
    CHECK_LINE("!5/7 values fill up  ", 3, 4 * TURN);
    CHECK_LINE("!6/7 link lost       ", 3, 5 * TURN);
    CHECK_LINE("!7/7 display is sile~", 3, 6 * TURN);
    CHECK_LINE("!1/7 stopped by order", 3, 7 * TURN);
}

static void a_degraded_or_safe_hive_says_why(void) {
    nothing_runs();
    put_task(0, 1, TASK_HELD, "pump");
    executive.phase = START_WAITS;
    CHECK_LINE("press-7     hold link", 0, 0);
    CHECK_LINE("0/1 held  pump       ", 1, 0);
    CHECK_LINE("ok 1 task   0d 00:00 ", 3, 0);
    executive.causes = 1u << CAUSE_WATCHDOG;
    CHECK_LINE("press-7     trbl link", 0, 0);
    CHECK_LINE("! watchdog reset     ", 3, 0);
    executive.causes |= 1u << CAUSE_BOOT_LOOP;
    CHECK_LINE("press-7     safe link", 0, 0);
    CHECK_LINE("!1/2 safe: boot loop ", 3, 0);
    CHECK_LINE("!2/2 watchdog reset  ", 3, TURN);
}

static uint32_t next_random(uint32_t *state) { return (*state = *state * 1664525u + 1013904223u) >> 8; }

static void any_state_whatever_makes_a_page_of_printable_ascii(void) {
    uint32_t random = 7;
    for (int round = 0; round < 20000; round++) {
        nothing_runs();
        executive.stopped = next_random(&random) % 4 == 0;
        executive.tables_pressed = next_random(&random) % 2 ? next_random(&random) << 12 : 0;
        executive.live = next_random(&random);
        executive.causes = next_random(&random);
        executive.tables_full = next_random(&random) % 2;
        facts.hive = round % 2 ? "" : "\x1b[2J\xff";
        for (uint32_t i = 0; i < TASKS; i++) {
            for (size_t at = 0; at + 1 < sizeof task[i].name; at++) task[i].name[at] = (char)next_random(&random);
            task[i].state = next_random(&random) % TASK_STATES;
            task[i].pid = next_random(&random) << 8;
            task[i].end = next_random(&random) % (TASK_END_TIME + 1);
            task[i].version = next_random(&random) << 8;
        }
        struct status_page again;
        uint64_t now_us = (uint64_t)next_random(&random) << (next_random(&random) % 41);
        status_page_render(&page, &executive, &facts, now_us);
        status_page_render(&again, &executive, &facts, now_us);
        CHECK(memcmp(&page, &again, sizeof page) == 0);
        const char *shown = (const char *)&page;
        for (size_t i = 0; i < sizeof page; i++) CHECK(shown[i] >= ' ' && shown[i] <= '~');
    }
}

int main(void) {
    static const struct check_test tests[] = {
        TEST(a_quiet_hive_says_that_it_is_well_and_since_when),
        TEST(a_task_is_shown_with_slot_pid_state_and_where_it_comes_from),
        TEST(what_does_not_fit_is_cut_and_says_so),
        TEST(live_tasks_take_turns),
        TEST(when_none_lives_the_newest_that_ended_is_shown),
        TEST(trouble_wins_over_tasks_that_are_well),
        TEST(several_alarms_take_turns_the_worst_first),
        TEST(a_degraded_or_safe_hive_says_why),
        TEST(any_state_whatever_makes_a_page_of_printable_ascii),
    };
    return CHECK_RUN(tests);
}
