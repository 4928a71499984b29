/* Who is told which event, and who misses which: cursors over the newest events. */
#include "device/executive/subscription.h"

#include "device/executive/operation_table.h"
#include "test/oracle/random.h"
#include "test/unit/check.h"

enum { SIZE = 16 };

static struct history new_history(void) {
    static _Alignas(16) uint8_t memory[SIZE * sizeof(struct executive_event)];
    struct arena arena = arena_of(memory, sizeof memory);
    struct history history;
    CHECK(history_init(&history, &arena, SIZE));
    return history;
}

/* Events of task 1 to 3 in turn; a is the sequence number. */
static void happen(struct history *history, uint32_t count) {
    for (; count > 0; count--) {
        struct executive_event event = {
            .kind = EVENT_STARTED, .pid = 1 + (uint32_t)history->next % 3, .a = (uint32_t)history->next};
        history_put(history, &event);
    }
}

static struct subscription from(const struct history *history, uint64_t since, uint32_t window, bool observer) {
    struct subscription subscription = {.window = window, .observer = observer};
    CHECK(subscription_start(&subscription, history, since));
    return subscription;
}

struct news {
    enum subscription_news what;
    struct executive_event event;
    uint64_t first, last;
};
static struct news next(struct subscription *subscription, const struct history *history) {
    struct news news = {0};
    news.what = subscription_next(subscription, history, &news.event, &news.first, &news.last);
    return news;
}

static void events_come_in_order_with_their_numbers(void) {
    struct history history = new_history();
    struct subscription subscription = from(&history, 0, 0, false);
    happen(&history, 5);
    for (uint64_t sequence = 1; sequence <= 5; sequence++) {
        struct news news = next(&subscription, &history);
        CHECK_EQ(NEWS_EVENT, news.what);
        CHECK_EQ(sequence, news.first);
        CHECK_EQ(sequence, news.event.a);
    }
    CHECK_EQ(NEWS_NONE, next(&subscription, &history).what);
}

static void since_gives_what_followed_and_from_now_nothing(void) {
    struct history history = new_history();
    happen(&history, 5);
    struct subscription since = from(&history, 3, 0, false), now = from(&history, SUBSCRIBE_FROM_NOW, 0, false);
    CHECK_EQ(4, next(&since, &history).first);
    CHECK_EQ(5, next(&since, &history).first);
    CHECK_EQ(NEWS_NONE, next(&since, &history).what);
    CHECK_EQ(NEWS_NONE, next(&now, &history).what);
    happen(&history, 1);
    CHECK_EQ(6, next(&now, &history).first);
}

static void a_number_that_was_not_given_out_is_refused(void) {
    struct history history = new_history();
    happen(&history, 5);
    struct subscription subscription = {.window = 7};
    CHECK(!subscription_start(&subscription, &history, 6));
    CHECK(!subscription.on && subscription.window == 7);
    CHECK(subscription_start(&subscription, &history, 5));
}

static void the_window_waits_for_acknowledgment(void) {
    struct history history = new_history();
    struct subscription subscription = from(&history, 0, 2, false);
    happen(&history, 5);
    CHECK_EQ(1, next(&subscription, &history).first);
    CHECK_EQ(2, next(&subscription, &history).first);
    CHECK_EQ(NEWS_NONE, next(&subscription, &history).what);
    CHECK(subscription_acknowledge(&subscription, 1));
    CHECK_EQ(3, next(&subscription, &history).first);
    CHECK_EQ(NEWS_NONE, next(&subscription, &history).what);
    CHECK(subscription_acknowledge(&subscription, 3));
    CHECK_EQ(2, subscription_pending(&subscription, &history));
    CHECK_EQ(4, next(&subscription, &history).first);
}

static void only_what_was_sent_can_be_acknowledged_and_never_taken_back(void) {
    struct history history = new_history();
    struct subscription subscription = from(&history, 0, 0, false);
    happen(&history, 5);
    (void)next(&subscription, &history);
    CHECK(!subscription_acknowledge(&subscription, 2));
    CHECK(subscription_acknowledge(&subscription, 1));
    CHECK(subscription_acknowledge(&subscription, 0));
    CHECK_EQ(4, subscription_pending(&subscription, &history));
}

static void filters_pass_tasks_and_kinds_and_never_stall(void) {
    struct history history = new_history();
    struct subscription task = {.window = 1, .pid = 2}, kinds = {.kinds = 1u << EVENT_NUMBER_TASK_ENDED};
    CHECK(subscription_start(&task, &history, 0) && subscription_start(&kinds, &history, 0));
    uint32_t seen = 0;
    for (int i = 0; i < 100; i++) {
        happen(&history, 1);
        for (struct news news = next(&task, &history); news.what != NEWS_NONE; news = next(&task, &history)) {
            CHECK(news.what == NEWS_EVENT && news.event.pid == 2);
            CHECK(subscription_acknowledge(&task, news.first));
            seen++;
        }
        CHECK_EQ(NEWS_NONE, next(&kinds, &history).what);
        CHECK_EQ(0, subscription_pending(&kinds, &history));
    }
    CHECK_EQ(34, seen);
    CHECK_EQ(0, task.missed + kinds.missed);
    struct executive_event ended = {.kind = EVENT_ENDED, .pid = 9};
    history_put(&history, &ended);
    CHECK_EQ(NEWS_EVENT, next(&kinds, &history).what);
}

static void the_slow_are_warned_once_and_then_told_exactly_what_is_gone(void) {
    struct history history = new_history();
    struct subscription subscription = from(&history, 0, 1, false);
    happen(&history, 11);
    CHECK_EQ(1, next(&subscription, &history).first);
    CHECK_EQ(NEWS_NONE, next(&subscription, &history).what);
    happen(&history, 1); /* 12 of 16 */
    struct news slow = next(&subscription, &history);
    CHECK_EQ(NEWS_SLOW, slow.what);
    CHECK_EQ(12, slow.first);
    CHECK_EQ(NEWS_NONE, next(&subscription, &history).what);
    happen(&history, 10); /* 22: the newest 16 are 7 to 22; 1 was sent */
    struct news missed = next(&subscription, &history);
    CHECK_EQ(NEWS_MISSED, missed.what);
    CHECK_EQ(2, missed.first);
    CHECK_EQ(6, missed.last);
    CHECK_EQ(5, subscription.missed);
    CHECK_EQ(7, next(&subscription, &history).first);
}

static void the_warning_comes_again_after_catching_up(void) {
    struct history history = new_history();
    struct subscription subscription = from(&history, 0, 0, false);
    for (int round = 0; round < 3; round++) {
        happen(&history, 12);
        uint64_t last = 0;
        CHECK_EQ(NEWS_SLOW, next(&subscription, &history).what);
        for (struct news news = next(&subscription, &history); news.what == NEWS_EVENT;
             news = next(&subscription, &history))
            last = news.first;
        CHECK(subscription_acknowledge(&subscription, last));
        happen(&history, 1);
        CHECK_EQ(NEWS_EVENT, next(&subscription, &history).what);
        CHECK(subscription_acknowledge(&subscription, last + 1));
    }
}

static void observers_miss_events_before_owners_do(void) {
    struct history history = new_history();
    struct subscription owner = from(&history, 0, 0, false), observer = from(&history, 0, 0, true);
    happen(&history, SIZE / 2 + 1);
    CHECK_EQ(NEWS_MISSED, next(&observer, &history).what);
    CHECK_EQ(NEWS_EVENT, next(&owner, &history).what);
    CHECK_EQ(1, observer.missed);
    CHECK_EQ(0, owner.missed);
    CHECK_EQ(2, history_oldest(&history, true));
    CHECK_EQ(1, history_oldest(&history, false));
}

/* Whatever the pace: every number is told once, as an event or within a range that is missed, in order. */
static void at_any_pace_every_number_is_told_once(void) {
    struct random random = {1};
    for (int round = 0; round < 500; round++) {
        struct history history = new_history();
        happen(&history, random_below(&random, 40));
        uint64_t told = random_below(&random, (uint32_t)history.next), missed = 0;
        struct subscription subscription = from(&history, told, random_below(&random, 6), random_percent(&random, 50));
        for (int step = 0; step < 200; step++) {
            happen(&history, random_percent(&random, 50) ? random_below(&random, 4) : 0);
            if (random_percent(&random, 60)) {
                struct news news = next(&subscription, &history);
                if (news.what == NEWS_MISSED) {
                    CHECK(news.first == told + 1 && news.last >= news.first);
                    missed += news.last - told;
                    told = news.last;
                } else if (news.what == NEWS_EVENT) {
                    CHECK(news.first == told + 1 && news.event.a == news.first);
                    told = news.first;
                }
            }
            if (random_percent(&random, 40)) CHECK(subscription_acknowledge(&subscription, told));
            CHECK(!subscription_acknowledge(&subscription, told + 1));
        }
        CHECK_EQ(missed, subscription.missed);
    }
}

int main(void) {
    static const struct check_test tests[] = {
        TEST(events_come_in_order_with_their_numbers),
        TEST(since_gives_what_followed_and_from_now_nothing),
        TEST(a_number_that_was_not_given_out_is_refused),
        TEST(the_window_waits_for_acknowledgment),
        TEST(only_what_was_sent_can_be_acknowledged_and_never_taken_back),
        TEST(filters_pass_tasks_and_kinds_and_never_stall),
        TEST(the_slow_are_warned_once_and_then_told_exactly_what_is_gone),
        TEST(the_warning_comes_again_after_catching_up),
        TEST(observers_miss_events_before_owners_do),
        TEST(at_any_pace_every_number_is_told_once),
    };
    return CHECK_RUN(tests);
}
