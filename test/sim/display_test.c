/* The operator's display on the simulated board: what a person sees on the panel, what it costs, and that no guest
 * reaches it. */
#include <stdio.h>
#include <stdlib.h>

#include "device/display/display.h"
#include "device/display/font.h"
#include "test/sim/rig.h"
#include "test/unit/check.h"

enum { SLICE_US = 1000, SECOND_US = 1000000, ART_BYTES = PANEL_ROWS * (PANEL_COLUMNS + 1) };

static struct display display;
static const uint16_t host_i2c[] = {DISPLAY_ADDRESS};

static const char blinks[] = "li a0, 13; li a1, 1; hcall $gpio.config; loop: li a0, 13; li a1, 1; hcall $gpio.write;"
                             "li a0, 7; hcall $time.delay_ms; li a0, 13; li a1, 0; hcall $gpio.write;"
                             "li a0, 7; hcall $time.delay_ms; j loop";
static const char traps[] = "li a0, 20; hcall $time.delay_ms; li a0, 0; lw a0, a0, 0; ret";

static struct rig *rig_with_display(const char *script) {
    struct rig *rig = rig_new();
    rig->config.host_i2c = host_i2c;
    rig->config.host_i2c_count = 1;
    if (script) rig_script(rig, script);
    rig_start(rig);
    display_init(&display, "press-7", 0, DISPLAY_ADDRESS);
    return rig;
}

/* The display gets one step a millisecond, as beside a busy executive. */
static void run(struct rig *rig, uint64_t until_us) {
    while (rig->sim.now_us < until_us) {
        rig_run(rig, rig->sim.now_us + SLICE_US);
        uint64_t now_us = rig->sim.now_us, slice = now_us / SLICE_US;
        (void)display_step(&display, rig->executive, now_us);
        sim_advance(&rig->sim, (slice + 1) * SLICE_US);
    }
}

static void look(const struct panel *panel, char art[ART_BYTES + 1]) {
    for (uint32_t y = 0; y < PANEL_ROWS; y++) {
        for (uint32_t x = 0; x < PANEL_COLUMNS; x++) *art++ = panel_pixel(panel, x, y) ? '#' : '.';
        *art++ = '\n';
    }
    *art = '\0';
}

static uint32_t lit_pixels(const struct panel *panel) {
    char art[ART_BYTES + 1];
    uint32_t count = 0;
    look(panel, art);
    for (const char *at = art; *at; at++) count += *at == '#';
    return count;
}

/* Compares what a person sees with test/sim/display_NAME.txt. */
static void check_picture(const struct rig *rig, const char *path) {
    char want[ART_BYTES + 1] = {0}, got[ART_BYTES + 1];
    FILE *file = fopen(path, "r");
    CHECK(file != NULL);
    if (!file) return;
    size_t length = fread(want, 1, ART_BYTES, file);
    (void)fclose(file);
    CHECK_EQ(ART_BYTES, length);
    look(&rig->sim.panel, got);
    if (strcmp(want, got) != 0) printf("%s is not what is seen:\n%s", path, got);
    CHECK(strcmp(want, got) == 0);
}

/* Whether the panel shows the page that the state makes, pixel by pixel. */
static bool shows_the_page(const struct rig *rig) {
    for (uint32_t y = 0; y < PANEL_ROWS; y++) {
        for (uint32_t x = 0; x < PANEL_COLUMNS; x++) {
            uint32_t column = x % 6, at = x / 6;
            bool lit = at < STATUS_PAGE_COLUMNS && column < FONT_COLUMNS &&
                       font_glyph[display.page.text[y / 8][at] - FONT_FIRST][column] >> y % 8 & 1;
            if (lit != panel_pixel(&rig->sim.panel, x, y)) return false;
        }
    }
    return true;
}

/* ---- pictures */

static void a_quiet_hive_looks_like_this(void) {
    struct rig *rig = rig_with_display(NULL);
    struct rig_guest guest = {.text = blinks, .name = "blinker"};
    CHECK(rig_add(rig, &guest) != 0);
    run(rig, SECOND_US);
    check_picture(rig, "test/sim/display_quiet.txt");
    CHECK(!display.panel.silent);
}

static void a_task_that_trapped_looks_like_this(void) {
    struct rig *rig = rig_with_display(NULL);
    struct rig_guest good = {.text = blinks, .name = "blinker"}, bad = {.text = traps, .name = "pump"};
    CHECK(rig_add(rig, &good) != 0 && rig_add(rig, &bad) != 0);
    run(rig, SECOND_US);
    check_picture(rig, "test/sim/display_trapped.txt");
}

/* ---- what it costs */

static void a_page_that_stays_is_not_sent_again(void) {
    struct rig *rig = rig_with_display(NULL);
    run(rig, SECOND_US);
    uint32_t writes = rig->sim.panel.writes;
    run(rig, 30 * SECOND_US);
    CHECK_EQ(writes, rig->sim.panel.writes);
    CHECK(shows_the_page(rig));
}

static void only_what_changed_is_sent(void) {
    struct rig *rig = rig_with_display(NULL);
    run(rig, SECOND_US);
    uint32_t before = rig->sim.panel.pixel_bytes;
    display.facts.hive = "press-8";
    run(rig, 2 * SECOND_US);
    uint32_t sent = rig->sim.panel.pixel_bytes - before;
    CHECK(sent > 0 && sent <= FONT_COLUMNS);
    CHECK(shows_the_page(rig));
}

static void a_step_makes_one_short_transfer_at_most(void) {
    struct rig *rig = rig_with_display(NULL);
    struct rig_guest guest = {.text = traps, .name = "pump"};
    CHECK(rig_add(rig, &guest) != 0);
    for (int i = 0; i < 200; i++) {
        uint32_t writes = rig->sim.panel.writes;
        rig_run(rig, rig->sim.now_us + SLICE_US);
        (void)display_step(&display, rig->executive, rig->sim.now_us);
        CHECK(rig->sim.panel.writes - writes <= 1);
        sim_advance(&rig->sim, rig->sim.now_us + SLICE_US);
    }
    CHECK(rig->sim.panel.longest_write < SSD1306_TRANSFER_BYTES); /* its address is a byte more */
    CHECK(shows_the_page(rig));
}

static void the_light_goes_on_when_the_picture_is_there(void) {
    struct rig *rig = rig_with_display(NULL);
    uint64_t now_us = rig->sim.now_us, next_us = now_us;
    for (int i = 0; i < 100 && next_us <= now_us; i++) {
        CHECK(lit_pixels(&rig->sim.panel) == 0);
        next_us = display_step(&display, rig->executive, now_us);
    }
    CHECK(next_us > now_us);
    CHECK(shows_the_page(rig) && lit_pixels(&rig->sim.panel) > 100);
}

/* ---- panels that do not answer */

static void a_panel_that_never_answers_is_an_alarm_and_asked_ever_more_rarely(void) {
    struct rig *rig = rig_with_display("at 0s i2c 0x3c gone\n");
    run(rig, SECOND_US);
    CHECK(display.panel.silent);
    CHECK(memcmp(display.page.text[3], "! display is silent  ", STATUS_PAGE_COLUMNS) == 0);
    run(rig, 60 * SECOND_US);
    CHECK(display.panel.failures >= 10 && display.panel.failures <= 20);
    CHECK_EQ(display.panel.failures, display.panel.transfers);
    CHECK_EQ(0, rig->sim.panel.writes);
}

static void a_panel_that_answers_late_shows_the_page_and_ends_the_alarm(void) {
    struct rig *rig = rig_with_display("at 0s i2c 0x3c gone\nat 10s i2c 0x3c back\n");
    run(rig, 10 * SECOND_US);
    CHECK(display.panel.silent);
    run(rig, 10 * SECOND_US + SSD1306_RETRY_MAX_US + SECOND_US);
    CHECK(!display.panel.silent);
    CHECK(memcmp(display.page.text[3], "ok ", 3) == 0);
    CHECK(shows_the_page(rig));
}

static void a_panel_that_lost_its_power_is_set_up_anew(void) {
    struct rig *rig = rig_with_display("at 59s i2c 0x3c gone\nat 62s i2c 0x3c back\n");
    run(rig, 58 * SECOND_US);
    CHECK(shows_the_page(rig));
    run(rig, 61 * SECOND_US);
    CHECK(display.panel.silent);
    CHECK_EQ(0, lit_pixels(&rig->sim.panel));
    run(rig, 70 * SECOND_US);
    CHECK(!display.panel.silent && shows_the_page(rig));
}

static void a_panel_that_lost_its_power_unnoticed_is_lit_again_soon(void) {
    struct rig *rig = rig_with_display(NULL);
    run(rig, 2 * SECOND_US);
    panel_power_up(&rig->sim.panel);
    run(rig, 10 * SECOND_US);
    CHECK_EQ(0, lit_pixels(&rig->sim.panel));
    run(rig, 2 * SECOND_US + SSD1306_REFRESH_US);
    CHECK(shows_the_page(rig) && !display.panel.silent);
    CHECK_EQ(0, display.panel.failures);
}

static void a_refresh_is_not_seen(void) {
    struct rig *rig = rig_with_display(NULL);
    run(rig, SECOND_US);
    uint32_t before = rig->sim.panel.pixel_bytes;
    while (rig->sim.now_us < 2 * SSD1306_REFRESH_US - SECOND_US) {
        run(rig, rig->sim.now_us + SLICE_US);
        CHECK(shows_the_page(rig));
    }
    CHECK_EQ(SSD1306_FRAME_BYTES, rig->sim.panel.pixel_bytes - before);
}

/* Power that fails at any transfer, not only between pages. */
static void a_panel_that_goes_away_at_any_transfer_shows_the_page_in_the_end(void) {
    for (uint32_t cut = 0; cut < 45; cut++) {
        struct rig *rig = rig_with_display(NULL);
        for (uint32_t i = 0; i < cut; i++) (void)display_step(&display, rig->executive, rig->sim.now_us);
        rig->sim.i2c_gone[DISPLAY_ADDRESS / 32] = 1u << DISPLAY_ADDRESS % 32;
        panel_power_up(&rig->sim.panel);
        display.facts.hive = "another"; /* something to send, so that it is noticed */
        run(rig, 2 * SECOND_US);
        CHECK(display.panel.silent);
        rig->sim.i2c_gone[DISPLAY_ADDRESS / 32] = 0;
        run(rig, 10 * SECOND_US);
        CHECK(!display.panel.silent && shows_the_page(rig));
    }
}

static uint32_t edges_of(const char *script, struct sim_edge *edges, uint32_t room) {
    struct rig *rig = rig_with_display(script);
    struct rig_guest guest = {.text = blinks, .name = "blinker"};
    CHECK(rig_add(rig, &guest) != 0);
    run(rig, SECOND_US);
    uint32_t count = rig->sim.timeline_count < room ? rig->sim.timeline_count : room;
    memcpy(edges, rig->timeline, count * sizeof *edges);
    return count;
}

static void guests_keep_their_times_whether_the_panel_answers_or_not(void) {
    static struct sim_edge with[512], without[512];
    uint32_t count = edges_of(NULL, with, 512);
    CHECK(count > 100);
    CHECK_EQ(count, edges_of("at 0s i2c 0x3c gone\n", without, 512));
    for (uint32_t i = 0; i < count; i++) CHECK_EQ(with[i].time_us, without[i].time_us);
}

/* ---- guests */

static int32_t write_from_guest(struct rig *rig, uint32_t bus, uint32_t address, uint32_t out_bytes,
                                uint32_t in_bytes) {
    static const uint8_t dark[] = {0x00, 0xae};
    char text[256];
    snprintf(text, sizeof text,
             "set a0, %u; set a1, %u; set a2, %d; set a3, %u; set a4, %d; set a5, %u; hcall $i2c.transfer; ret", bus,
             address, RIG_DATA_AT, out_bytes, RIG_DATA_AT + 16, in_bytes);
    struct rig_guest guest = {.text = text, .data = dark, .data_bytes = sizeof dark};
    uint32_t pid = rig_add(rig, &guest);
    CHECK(pid != 0);
    rig_run(rig, rig->sim.now_us + SECOND_US);
    const struct task *task = executive_task(rig->executive, pid);
    CHECK_EQ(TASK_END_EXIT, task->end);
    return task->end_detail;
}

static void a_guest_that_holds_every_right_does_not_reach_the_display(void) {
    struct rig *rig = rig_with_display(NULL);
    run(rig, SECOND_US);
    uint32_t writes = rig->sim.panel.writes;
    CHECK_EQ(ST_DENIED, write_from_guest(rig, 0, DISPLAY_ADDRESS, 2, 0));
    CHECK_EQ(ST_DENIED, write_from_guest(rig, 0, DISPLAY_ADDRESS, 2, 1));
    CHECK_EQ(ST_DENIED, write_from_guest(rig, 0, DISPLAY_ADDRESS, 0, 1));
    CHECK_EQ(ST_DENIED, write_from_guest(rig, 0, DISPLAY_ADDRESS, 0, 0));
    CHECK_EQ(writes, rig->sim.panel.writes);
    CHECK(rig->sim.panel.on);
    CHECK_EQ(ST_OK, write_from_guest(rig, 0, SIM_SENSOR_ADDRESS, 1, 1)); /* its twin: another device on that bus */
    CHECK_EQ(ST_UNSUPPORTED, write_from_guest(rig, 1, DISPLAY_ADDRESS, 2, 0));
}

static void a_panel_that_the_host_does_not_claim_is_a_guest_s_to_use(void) {
    struct rig *rig = rig_new();
    rig_start(rig);
    CHECK_EQ(ST_OK, write_from_guest(rig, 0, DISPLAY_ADDRESS, 2, 0));
    CHECK_EQ(1, rig->sim.panel.writes);
}

/* ---- the model */

static void the_model_refuses_what_is_no_command(void) {
    struct panel panel;
    panel_power_up(&panel);
    CHECK_EQ(ST_OK, panel_write(&panel, (const uint8_t[]){0x00, 0x8d, 0x14, 0xda, 0x02, 0xaf}, 6));
    CHECK(panel.on && panel.pump);
    CHECK_EQ(ST_IO, panel_write(&panel, (const uint8_t[]){0x00, 0xff}, 2));
    CHECK_EQ(ST_IO, panel_write(&panel, (const uint8_t[]){0x01, 0xae}, 2));
    CHECK(panel.on);
}

int main(void) {
    static const struct check_test tests[] = {
        TEST(a_quiet_hive_looks_like_this),
        TEST(a_task_that_trapped_looks_like_this),
        TEST(a_page_that_stays_is_not_sent_again),
        TEST(only_what_changed_is_sent),
        TEST(a_step_makes_one_short_transfer_at_most),
        TEST(the_light_goes_on_when_the_picture_is_there),
        TEST(a_panel_that_never_answers_is_an_alarm_and_asked_ever_more_rarely),
        TEST(a_panel_that_answers_late_shows_the_page_and_ends_the_alarm),
        TEST(a_panel_that_lost_its_power_is_set_up_anew),
        TEST(a_panel_that_lost_its_power_unnoticed_is_lit_again_soon),
        TEST(a_refresh_is_not_seen),
        TEST(a_panel_that_goes_away_at_any_transfer_shows_the_page_in_the_end),
        TEST(guests_keep_their_times_whether_the_panel_answers_or_not),
        TEST(a_guest_that_holds_every_right_does_not_reach_the_display),
        TEST(a_panel_that_the_host_does_not_claim_is_a_guest_s_to_use),
        TEST(the_model_refuses_what_is_no_command),
    };
    return CHECK_RUN(tests);
}
