#include "device/executive/capability.h"

#include "test/unit/check.h"

enum { READ = 1, WRITE = 2 };

static struct artifact_capability row(uint8_t group, uint8_t mode, uint32_t first, uint32_t last, uint32_t rate) {
    return (struct artifact_capability){.group = group, .mode = mode, .first = first, .last = last, .rate = rate};
}

static struct call_need pin(uint32_t number, uint8_t mode) {
    return (struct call_need){.first = number, .last = number, .mode = mode, .ranged = true};
}

static void a_request_is_granted_only_as_a_whole(void) {
    struct capability held;
    const struct artifact_capability grant = row(4, WRITE, 8, 15, 0);
    static const struct {
        struct artifact_capability request;
        bool granted;
    } cases[] = {{{4, WRITE, 8, 15, 0}, true},   {{4, WRITE, 13, 13, 0}, true},
                 {{4, WRITE, 7, 15, 0}, false},  {{4, WRITE, 8, 16, 0}, false},
                 {{4, READ, 13, 13, 0}, false},  {{4, READ | WRITE, 13, 13, 0}, false},
                 {{5, WRITE, 13, 13, 0}, false}, {{4, WRITE, 0, UINT32_MAX, 0}, false}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        CHECK_EQ(cases[i].granted, capability_grant(&cases[i].request, &grant, 1, &held));
    CHECK(!capability_grant(&cases[0].request, &grant, 0, &held));
}

static void the_lower_of_two_rates_holds(void) {
    struct capability held;
    struct artifact_capability request = row(4, WRITE, 0, 0, 100), grant = row(4, WRITE, 0, 0, 10);
    CHECK(capability_grant(&request, &grant, 1, &held));
    CHECK_EQ(100000, held.interval_us);
    grant.rate = 0;
    CHECK(capability_grant(&request, &grant, 1, &held));
    CHECK_EQ(10000, held.interval_us);
    request.rate = 0;
    CHECK(capability_grant(&request, &grant, 1, &held));
    CHECK_EQ(0, held.interval_us);
    request.rate = UINT32_MAX;
    CHECK(capability_grant(&request, &grant, 1, &held));
    CHECK_EQ(1, held.interval_us);
}

static void what_no_row_covers_is_denied(void) {
    struct capability rows[] = {{.group = 4, .mode = READ, .first = 2, .last = 5},
                                {.group = 4, .mode = WRITE, .first = 5, .last = 9}};
    const struct call_need read5 = pin(5, READ), write5 = pin(5, WRITE), both5 = pin(5, READ | WRITE),
                           both4 = pin(4, READ | WRITE);
    CHECK_EQ(ST_OK, capability_use(rows, 2, 4, &read5, 0));
    CHECK_EQ(ST_OK, capability_use(rows, 2, 4, &write5, 0));
    CHECK_EQ(ST_OK, capability_use(rows, 2, 4, &both5, 0));
    CHECK_EQ(ST_DENIED, capability_use(rows, 2, 4, &both4, 0));
    CHECK_EQ(ST_DENIED, capability_use(rows, 2, 5, &read5, 0));
    CHECK_EQ(ST_DENIED, capability_use(rows, 0, 4, &read5, 0));
    struct call_need any4 = both4;
    any4.any = true;
    CHECK_EQ(ST_OK, capability_use(rows, 2, 4, &any4, 0));
}

static void a_range_must_lie_in_one_row(void) {
    struct capability rows[] = {{.group = 13, .mode = WRITE, .first = 0, .last = 15},
                                {.group = 13, .mode = WRITE, .first = 16, .last = 31}};
    struct call_need need = {.first = 8, .last = 15, .mode = WRITE, .ranged = true};
    CHECK_EQ(ST_OK, capability_use(rows, 2, 13, &need, 0));
    need.last = 16;
    CHECK_EQ(ST_DENIED, capability_use(rows, 2, 13, &need, 0));
}

static void a_rate_lets_a_tenth_of_a_second_s_worth_through_at_once_and_then_one_at_a_time(void) {
    struct capability rows[] = {{.group = 4, .mode = WRITE, .first = 0, .last = 9, .interval_us = 10000}};
    const struct call_need need = pin(3, WRITE);
    uint64_t now_us = 5000000;
    uint32_t taken = 0;
    while (capability_use(rows, 1, 4, &need, now_us) == ST_OK) taken++;
    CHECK_EQ(10, taken);
    CHECK_EQ(ST_QUOTA, capability_use(rows, 1, 4, &need, now_us + 9999));
    CHECK_EQ(ST_OK, capability_use(rows, 1, 4, &need, now_us + 10000));
    CHECK_EQ(ST_QUOTA, capability_use(rows, 1, 4, &need, now_us + 10000));
    taken = 0; /* whoever asks all the time gets no more than the page says */
    for (now_us = 10000000; now_us < 11000000; now_us += 100) {
        while (capability_use(rows, 1, 4, &need, now_us) == ST_OK) taken++;
    }
    CHECK(taken >= 100 && taken <= 100 + 10 + 1);
}

static void a_rate_of_one_a_second_is_one_a_second(void) {
    struct capability rows[] = {{.group = 4, .mode = WRITE, .first = 0, .last = 0, .interval_us = 1000000}};
    const struct call_need need = pin(0, WRITE);
    CHECK_EQ(ST_OK, capability_use(rows, 1, 4, &need, 0));
    CHECK_EQ(ST_QUOTA, capability_use(rows, 1, 4, &need, 999999));
    CHECK_EQ(ST_OK, capability_use(rows, 1, 4, &need, 1000000));
}

static void a_second_row_for_the_same_pin_does_not_raise_its_rate(void) {
    struct capability rows[] = {{.group = 4, .mode = WRITE, .first = 0, .last = 9, .interval_us = 10000},
                                {.group = 4, .mode = WRITE, .first = 3, .last = 3, .interval_us = 100000}};
    const struct call_need need = pin(3, WRITE);
    uint32_t taken = 0;
    while (capability_use(rows, 2, 4, &need, 0) == ST_OK) taken++;
    CHECK_EQ(1, taken);
}

static void a_refused_call_uses_nothing_up(void) {
    struct capability rows[] = {{.group = 4, .mode = READ, .first = 0, .last = 9, .interval_us = 1000000}};
    const struct call_need both = pin(3, READ | WRITE), read = pin(3, READ);
    CHECK_EQ(ST_DENIED, capability_use(rows, 1, 4, &both, 0));
    CHECK_EQ(ST_OK, capability_use(rows, 1, 4, &read, 0));
}

int main(void) {
    static const struct check_test tests[] = {
        TEST(a_request_is_granted_only_as_a_whole),
        TEST(the_lower_of_two_rates_holds),
        TEST(what_no_row_covers_is_denied),
        TEST(a_range_must_lie_in_one_row),
        TEST(a_rate_lets_a_tenth_of_a_second_s_worth_through_at_once_and_then_one_at_a_time),
        TEST(a_rate_of_one_a_second_is_one_a_second),
        TEST(a_second_row_for_the_same_pin_does_not_raise_its_rate),
        TEST(a_refused_call_uses_nothing_up),
    };
    return CHECK_RUN(tests);
}
