#include "core/wire/frame.h"

#include "core/base/crc.h"
#include "test/oracle/random.h"
#include "test/unit/check.h"

enum { PAYLOAD = 64, LINE_MAX_BYTES = 4096, FOUND_MAX = 16 };

struct end { /* a receiver, and all that it has found */
    struct frame_receiver receiver;
    uint8_t buffer[FRAME_BUFFER_BYTES(PAYLOAD)];
    struct frame frame[FOUND_MAX];
    uint8_t payload[FOUND_MAX][PAYLOAD];
    size_t frames;
    char text[LINE_MAX_BYTES + 1];
    size_t text_length;
};

static void begin(struct end *end) {
    memset(end, 0, sizeof *end);
    frame_receiver_init(&end->receiver, end->buffer, sizeof end->buffer);
}

static void hear(struct end *end, uint32_t now_ms, const uint8_t *bytes, size_t length) {
    struct frame found;
    size_t used;
    for (;;) {
        enum frame_found what = frame_take(&end->receiver, now_ms, bytes, length, &used, &found);
        bytes += used;
        length -= used;
        if (what == FRAME_NOTHING) break;
        if (what == FRAME_TEXT) {
            memcpy(end->text + end->text_length, found.payload, found.length);
            end->text_length += found.length;
        } else if (end->frames < FOUND_MAX) {
            memcpy(end->payload[end->frames], found.payload, found.length);
            end->frame[end->frames++] = found;
        }
    }
    CHECK_EQ(0, length);
}

struct line { /* what a sender has put on a line */
    struct frame_sender sender;
    uint8_t bytes[LINE_MAX_BYTES];
    size_t length;
};

static void put(struct line *line, const void *payload, size_t length) {
    size_t wrote = frame_put(&line->sender, CHANNEL_OPERATIONS, payload, length, line->bytes + line->length,
                             sizeof line->bytes - line->length);
    CHECK(wrote > 0);
    line->length += wrote;
}

static void put_text(struct line *line, const char *text) {
    memcpy(line->bytes + line->length, text, strlen(text));
    line->length += strlen(text);
}

static const uint8_t first[] = "the first", marks[] = {0xf7, 0xf8, 0xf9, 0xfa, 0xfb, 0xfc, 0, 0xd8, 0xff},
                     third[] = "the third";

static struct line three_frames(void) {
    struct line line = {0};
    put(&line, first, sizeof first);
    put(&line, marks, sizeof marks);
    put(&line, third, sizeof third);
    return line;
}

static bool is(const struct end *end, size_t index, const uint8_t *payload, size_t length) {
    return index < end->frames && end->frame[index].length == length &&
           memcmp(end->payload[index], payload, length) == 0;
}

static void the_check_is_the_one_of_ethernet(void) {
    CHECK_EQ(0xcbf43926, crc32_add(0, "123456789", 9));
    CHECK_EQ(0xcbf43926, crc32_add(crc32_add(0, "1234", 4), "56789", 5));
    CHECK_EQ(0, crc32_add(0, "", 0));
}

static void the_example_of_the_page_is_what_is_sent(void) {
    static const uint8_t page[] = {0x6f, 0x6b, 0x0a, 0xf8, 0x19, 0, 0, 1, 0xfa, 0xd8, 2, 0x5e, 0x92, 0xb2, 0xa6, 0xf9};
    struct line line = {0};
    put_text(&line, "ok\n");
    put(&line, (const uint8_t[]){1, 0xf8, 2}, 3);
    CHECK_EQ(sizeof page, line.length);
    CHECK(memcmp(page, line.bytes, sizeof page) == 0);
}

static void text_and_frames_share_a_line(void) {
    struct line line = {0};
    struct end end;
    begin(&end);
    put_text(&line, "before ");
    put(&line, first, sizeof first);
    put_text(&line, "between \xc3\xa9 ");
    put(&line, NULL, 0);
    put_text(&line, "behind");
    hear(&end, 0, line.bytes, line.length);
    CHECK_TEXT("before between \xc3\xa9 behind", end.text);
    CHECK_EQ(2, end.frames);
    CHECK(is(&end, 0, first, sizeof first));
    CHECK(is(&end, 1, first, 0));
    CHECK_EQ(CHANNEL_OPERATIONS, end.frame[1].channel);
    CHECK_EQ(0, end.receiver.damaged);
}

static void every_byte_and_every_length_travels(void) {
    uint8_t payload[PAYLOAD];
    for (size_t length = 0; length <= PAYLOAD; length++) {
        for (unsigned from = 0; from < 256; from += PAYLOAD) {
            struct line line = {0};
            struct end end;
            begin(&end);
            for (size_t i = 0; i < length; i++) payload[i] = (uint8_t)(from + i);
            put(&line, payload, length);
            hear(&end, 0, line.bytes, line.length);
            CHECK(is(&end, 0, payload, length));
            CHECK(line.length <= FRAME_LINE_BYTES(length));
        }
    }
}

static void the_longest_frame_fits_its_bounds_and_a_longer_one_is_refused(void) {
    static uint8_t payload[FRAME_PAYLOAD_MAX + 1], bytes[FRAME_LINE_BYTES(FRAME_PAYLOAD_MAX)],
        buffer[FRAME_BUFFER_BYTES(FRAME_PAYLOAD_MAX)];
    struct frame_sender sender = {0};
    struct frame_receiver receiver;
    struct frame found;
    size_t used;
    memset(payload, 0xf8, sizeof payload);
    CHECK_EQ(0, frame_put(&sender, CHANNEL_CONSOLE, payload, FRAME_PAYLOAD_MAX + 1, bytes, sizeof bytes));
    size_t length = frame_put(&sender, CHANNEL_CONSOLE, payload, FRAME_PAYLOAD_MAX, bytes, sizeof bytes);
    CHECK(length > 2 * FRAME_PAYLOAD_MAX);
    frame_receiver_init(&receiver, buffer, sizeof buffer);
    CHECK_EQ(FRAME_WHOLE, frame_take(&receiver, 0, bytes, length, &used, &found));
    CHECK_EQ(FRAME_PAYLOAD_MAX, found.length);
    frame_receiver_init(&receiver, buffer, sizeof buffer - 1);
    CHECK_EQ(FRAME_NOTHING, frame_take(&receiver, 0, bytes, length, &used, &found));
    CHECK_EQ(1, receiver.damaged);
}

static void a_frame_that_does_not_fit_the_line_is_not_counted(void) {
    uint8_t bytes[64];
    struct frame_sender sender = {0};
    size_t length = frame_put(&sender, CHANNEL_CONSOLE, first, sizeof first, bytes, sizeof bytes);
    struct frame_sender again = {0};
    for (size_t capacity = 0; capacity < length; capacity++)
        CHECK_EQ(0, frame_put(&again, CHANNEL_CONSOLE, first, sizeof first, bytes, capacity));
    CHECK_EQ(length, frame_put(&again, CHANNEL_CONSOLE, first, sizeof first, bytes, length));
    CHECK_EQ(1, again.sequence);
}

static void any_split_of_the_input_finds_the_same(void) {
    struct line line = three_frames();
    put_text(&line, "end");
    for (size_t a = 0; a <= line.length; a++) {
        for (size_t b = a; b <= line.length; b++) {
            struct end end;
            begin(&end);
            hear(&end, 0, line.bytes, a);
            hear(&end, 1, line.bytes + a, b - a);
            hear(&end, 2, line.bytes + b, line.length - b);
            CHECK(end.frames == 3 && is(&end, 1, marks, sizeof marks) && end.receiver.damaged == 0);
            CHECK_TEXT("end", end.text);
        }
    }
}

/* Each byte value, once and thrice, before, in and behind each byte of three frames. */
static void garbage_at_any_place_costs_no_frame_but_the_one_it_is_in(void) {
    const struct line line = three_frames();
    for (size_t at = 0; at <= line.length; at++) {
        for (unsigned garbage = 0; garbage < 2 * 256; garbage++) {
            struct end end;
            uint8_t three[3];
            memset(three, (int)(garbage % 256), sizeof three);
            begin(&end);
            hear(&end, 0, line.bytes, at);
            hear(&end, 0, three, garbage < 256 ? 1 : 3);
            hear(&end, 0, line.bytes + at, line.length - at);
            size_t whole = is(&end, 0, first, sizeof first);
            whole += is(&end, whole, marks, sizeof marks);
            whole += is(&end, whole, third, sizeof third);
            CHECK(whole >= 2 && whole == end.frames);
        }
    }
}

static void a_lost_piece_costs_only_the_frames_it_was_of(void) {
    const struct line line = three_frames();
    size_t ends[3], count = 0;
    for (size_t i = 0; i < line.length; i++) {
        if (line.bytes[i] == 0xf9) ends[count++] = i;
    }
    CHECK_EQ(3, count);
    for (size_t from = 0; from < line.length; from++) {
        for (size_t to = from + 1; to <= line.length; to++) {
            struct end end;
            begin(&end);
            hear(&end, 0, line.bytes, from);
            hear(&end, 0, line.bytes + to, line.length - to);
            bool has_first = from > ends[0], has_third = to <= ends[1] + 1;
            if (has_first) CHECK(is(&end, 0, first, sizeof first));
            if (has_third) CHECK(end.frames > 0 && is(&end, end.frames - 1, third, sizeof third));
            CHECK(end.frames <= 3);
        }
    }
}

static void no_flipped_bit_makes_a_frame_that_was_not_sent(void) {
    const struct line line = three_frames();
    for (size_t bit = 0; bit < 8 * line.length; bit++) {
        struct line hit = line;
        struct end end;
        hit.bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
        begin(&end);
        hear(&end, 0, hit.bytes, hit.length);
        size_t whole = is(&end, 0, first, sizeof first);
        whole += is(&end, whole, marks, sizeof marks);
        whole += is(&end, whole, third, sizeof third);
        CHECK(whole == 2 && end.frames == 2);
    }
}

static void a_whole_frame_behind_a_partial_one_arrives(void) {
    const struct line line = three_frames();
    for (size_t at = 0; at < line.length; at++) {
        struct end end;
        begin(&end);
        hear(&end, 0, line.bytes, at);
        size_t before = end.frames;
        hear(&end, 0, line.bytes, line.length);
        CHECK_EQ(before + 3, end.frames);
    }
}

static void a_partial_frame_ends_with_the_idle_time_also_where_the_clock_wraps(void) {
    static const uint32_t starts[] = {0, 1000, UINT32_MAX - 249, UINT32_MAX - 100, UINT32_MAX};
    struct line line = {0};
    put(&line, first, sizeof first);
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
        struct end end;
        begin(&end);
        hear(&end, starts[i], line.bytes, 5);
        hear(&end, starts[i] + 249, line.bytes + 5, line.length - 5);
        CHECK_EQ(1, end.frames);
        begin(&end);
        hear(&end, starts[i], line.bytes, 5);
        hear(&end, starts[i] + 250, (const uint8_t *)"text", 4);
        CHECK_TEXT("text", end.text);
        CHECK_EQ(1, end.receiver.damaged);
        begin(&end);
        hear(&end, starts[i], line.bytes, 5);
        frame_idle(&end.receiver, starts[i] + 249);
        CHECK_EQ(0, end.receiver.damaged);
        frame_idle(&end.receiver, starts[i] + 250);
        CHECK_EQ(1, end.receiver.damaged);
    }
}

static void text_behind_damage_comes_back_however_fast_it_is_sent(void) {
    static const uint8_t damaged[] = {0xf8, 0xfb};
    uint8_t text[1024];
    struct end end;
    memset(text, 'x', sizeof text);
    begin(&end);
    hear(&end, 0, damaged, sizeof damaged);
    for (int i = 0; i < 4; i++) hear(&end, 0, text, sizeof text);
    CHECK(end.text_length > 0 && end.text_length < 4 * sizeof text);
}

static void missing_frames_are_counted_also_where_the_count_wraps(void) {
    static const uint16_t starts[] = {0, 7, UINT16_MAX - 1, UINT16_MAX};
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
        struct end end;
        struct line line = {.sender = {starts[i], true}}, again = {0};
        begin(&end);
        put(&line, first, 1);
        hear(&end, 0, line.bytes, line.length);
        line.sender.sequence = (uint16_t)(line.sender.sequence + 3);
        line.length = 0;
        put(&line, first, 1);
        put(&line, first, 1);
        hear(&end, 0, line.bytes, line.length);
        put(&again, first, 1);
        hear(&end, 0, again.bytes, again.length);
        CHECK_EQ(4, end.frames);
        CHECK_EQ(0, end.frame[0].missing);
        CHECK_EQ(3, end.frame[1].missing);
        CHECK_EQ(0, end.frame[2].missing);
        CHECK_EQ(0, end.frame[3].missing);
    }
}

static void another_version_or_channel_is_damage(void) {
    for (unsigned head = 0; head < 256; head++) {
        if (head >= 0xf8 && head <= 0xfb) continue;
        uint8_t body[] = {(uint8_t)head, 0, 0, 0, 0, 0, 0}, bytes[2 * sizeof body + 2];
        uint32_t check = crc32_add(0, body, 3);
        size_t length = 0;
        for (int i = 0; i < 4; i++) body[3 + i] = (uint8_t)(check >> 8 * i);
        bytes[length++] = 0xf8;
        for (size_t i = 0; i < sizeof body; i++) {
            if (!frame_is_text(body[i])) bytes[length++] = 0xfa;
            bytes[length++] = frame_is_text(body[i]) ? body[i] : body[i] ^ 0x20;
        }
        bytes[length++] = 0xf9;
        struct end end;
        begin(&end);
        hear(&end, 0, bytes, length);
        bool good = head >> 4 == 1 && (head & 7) < CHANNEL_COUNT;
        CHECK_EQ(good, end.frames);
        CHECK_EQ(!good, end.receiver.damaged);
    }
}

static void noise_never_hides_the_frame_that_follows_it(void) {
    struct random random = {1};
    struct line line = {0};
    put(&line, marks, sizeof marks);
    for (int round = 0; round < 20000; round++) {
        struct end end;
        uint8_t noise[80];
        size_t length = random_below(&random, sizeof noise + 1);
        for (size_t i = 0; i < length; i++)
            noise[i] = (uint8_t)(random_percent(&random, 30) ? 0xf8 + random_below(&random, 4) : random_64(&random));
        begin(&end);
        hear(&end, 0, noise, length);
        hear(&end, 0, line.bytes, line.length);
        CHECK(end.frames == 1 && is(&end, 0, marks, sizeof marks));
    }
}

int main(void) {
    static const struct check_test tests[] = {
        TEST(the_check_is_the_one_of_ethernet),
        TEST(the_example_of_the_page_is_what_is_sent),
        TEST(text_and_frames_share_a_line),
        TEST(every_byte_and_every_length_travels),
        TEST(the_longest_frame_fits_its_bounds_and_a_longer_one_is_refused),
        TEST(a_frame_that_does_not_fit_the_line_is_not_counted),
        TEST(any_split_of_the_input_finds_the_same),
        TEST(garbage_at_any_place_costs_no_frame_but_the_one_it_is_in),
        TEST(a_lost_piece_costs_only_the_frames_it_was_of),
        TEST(no_flipped_bit_makes_a_frame_that_was_not_sent),
        TEST(a_whole_frame_behind_a_partial_one_arrives),
        TEST(a_partial_frame_ends_with_the_idle_time_also_where_the_clock_wraps),
        TEST(text_behind_damage_comes_back_however_fast_it_is_sent),
        TEST(missing_frames_are_counted_also_where_the_count_wraps),
        TEST(another_version_or_channel_is_damage),
        TEST(noise_never_hides_the_frame_that_follows_it),
    };
    return CHECK_RUN(tests);
}
