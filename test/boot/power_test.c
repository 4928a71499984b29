/* The power is cut at every flash operation of everything that a bootloader does, in five ways, and again while it
 * recovers. After each cut an operator goes on with what he wanted; at every boot in between it is checked that the
 * device runs a whole image that it may run, and that nothing acknowledged was lost.
 *
 *   power_test                  at some operations of each scenario, in each mode, on each geometry
 *   power_test --all            at all of them
 *   power_test SECONDS          at random, up to two cuts deep, for so long
 *   power_test --replay ID      one run again; ID is what a failure printed:
 *                               scenario:geometry:mode:cut:second cut:seed */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "test/boot/rig.h"

enum { FILES_MAX = 4, BOOTS_MAX = 120, STEP_BYTES = 500, STRIDE = 5, COUNTS = 14 };

static const struct geometry geometries[] = {
    {1024, 8, 0xff, 2}, {1024, 4, 0x00, 2}, {2048, 16, 0xff, 2}, {1024, 1, 0xff, 2}, {4096, 32, 0x00, 2},
};
enum { GEOMETRIES = sizeof geometries / sizeof *geometries };

/* What one run knows from outside the device. */
struct run {
    struct rig rig;
    struct file file[FILES_MAX]; /* by version less 1; borrowed */
    uint32_t security_seen;
    uint32_t confirmed_seen; /* version of the newest image that was seen confirmed */
    uint32_t key_set_seen, acknowledged;
    bool may_recover; /* nothing may be there to start */
    const char *failure;
};

static void fail(struct run *run, const char *what) {
    if (!run->failure) run->failure = what;
}
#define EXPECT(condition)                                                                                              \
    do {                                                                                                               \
        if (!(condition)) fail(run, #condition);                                                                       \
    } while (0)

/* ---- one boot, and what must be true of it ---- */

static bool is_known(const struct run *run, uint32_t slot, uint32_t version) {
    return version >= 1 && version <= FILES_MAX && run->file[version - 1].bytes &&
           rig_holds(&run->rig, slot, &run->file[version - 1]);
}

static uint32_t boot_checked(struct run *run, struct boot *boot) {
    const uint32_t slot = rig_boot(&run->rig, boot);
    const struct boot_state *const state = &boot->state;
    EXPECT(boot->safe && !run->rig.flash.broken);
    EXPECT(state->security_version >= run->security_seen);
    EXPECT(state->key_set_version >= run->key_set_seen);
    run->security_seen = state->security_version;
    run->key_set_seen = state->key_set_version;
    if (slot == BOOT_NONE) {
        EXPECT(run->may_recover);
        return slot;
    }
    const struct boot_slot *const runs = &state->slot[slot];
    EXPECT(is_known(run, slot, runs->version));
    EXPECT(runs->security_version >= state->security_version);
    EXPECT(runs->state == BOOT_TRIAL || runs->state == BOOT_CONFIRMED);
    if (runs->state == BOOT_CONFIRMED && runs->version > run->confirmed_seen) run->confirmed_seen = runs->version;
    return slot;
}

/* ---- operators: one boot's worth of work each; true when what they want is so ---- */

/* So that the flash is as after a line that broke. */
static enum status send_some(struct run *run, struct boot *boot, const struct file *file, uint32_t most) {
    struct boot_install install;
    uint8_t hash[TRUST_HASH_BYTES];
    trust_hash_of(file->bytes, file->length, hash);
    enum status status = boot_install_begin(&install, boot, file->length, hash);
    const uint64_t end = (uint64_t)install.received + most;
    while (status == ST_OK && install.received < file->length && install.received < end) {
        const uint32_t left = file->length - install.received, part = left < 200 ? left : 200;
        status = boot_install_write(&install, install.received, file->bytes + install.received, part);
    }
    if (status == ST_OK && install.received == file->length) status = boot_install_end(&install);
    if (status != ST_OK) {
        static char text[80];
        snprintf(text, sizeof text, "the install is refused: reason %d", (int)install.fault.reason);
        fail(run, text);
    }
    return status;
}

static bool update_to(struct run *run, uint32_t version, uint32_t slot, uint32_t most) {
    struct boot boot;
    const uint32_t runs = boot_checked(run, &boot);
    const struct boot_slot *const wanted = &boot.state.slot[slot];
    if (runs == slot && wanted->version == version) {
        if (wanted->state == BOOT_CONFIRMED) return true;
        EXPECT(rig_confirm(&run->rig, slot) == ST_OK);
        return false;
    }
    EXPECT(run->confirmed_seen < version);
    send_some(run, &boot, &run->file[version - 1], most);
    return false;
}

static bool wants_install(struct run *run) {
    const bool done = update_to(run, 1, 0, UINT32_MAX);
    if (run->confirmed_seen > 0) run->may_recover = false;
    return done;
}
static bool wants_update(struct run *run) {
    const bool done = update_to(run, 2, 1, UINT32_MAX);
    if (done) EXPECT(run->security_seen == 11);
    return done;
}
static bool wants_resumed_update(struct run *run) {
    return update_to(run, 2, 1, run->rig.area.erase_bytes + STEP_BYTES);
}
static bool wants_two_updates(struct run *run) {
    return run->confirmed_seen < 2 ? update_to(run, 2, 1, UINT32_MAX) && false : update_to(run, 3, 0, UINT32_MAX);
}
static bool wants_one_slot(struct run *run) { return update_to(run, 4, 0, UINT32_MAX); }

/* Nobody confirms. */
static bool wants_nothing(struct run *run) {
    struct boot boot;
    const uint32_t runs = boot_checked(run, &boot);
    EXPECT(boot.state.security_version == 10);
    if (runs == 0) EXPECT(boot.state.slot[1].state == BOOT_REVERTED && boot.state.reason == BOOT_REASON_NOT_CONFIRMED);
    return runs == 0;
}

static bool wants_confirm(struct run *run) {
    struct boot boot;
    const uint32_t runs = boot_checked(run, &boot);
    if (boot.state.slot[1].state == BOOT_CONFIRMED) {
        EXPECT(runs == 1 && boot.state.security_version == 11);
        return true;
    }
    if (run->acknowledged) fail(run, "a confirmation was acknowledged and is not there");
    EXPECT(runs == 1);
    EXPECT(rig_confirm(&run->rig, 1) == ST_OK);
    run->acknowledged = 1;
    return false;
}

static bool wants_previous(struct run *run) {
    struct boot boot;
    const uint32_t runs = boot_checked(run, &boot);
    const struct boot_request previous = {.wants = BOOT_WANT_PREVIOUS};
    if (runs == 0) return true;
    EXPECT(runs == 1 && run->acknowledged == 0);
    EXPECT(boot_request_add(&run->rig.board, &previous) == ST_OK);
    run->acknowledged = 1;
    return false;
}

static struct file key_sets[2];
static bool wants_keys(struct run *run) {
    struct boot boot;
    EXPECT(boot_checked(run, &boot) == 0);
    EXPECT(boot.state.key_set_version >= run->acknowledged);
    if (boot.state.key_set_version == 3) return true;
    if (send_some(run, &boot, &key_sets[boot.state.key_set_version - 1], UINT32_MAX) == ST_OK)
        run->acknowledged = boot.state.key_set_version;
    return false;
}

/* Many entries: both units of both journals are used up more than once. */
static bool wants_counts(struct run *run) {
    struct boot boot;
    EXPECT(boot_checked(run, &boot) == 0);
    const uint8_t name[BOOT_NAME_BYTES] = {7};
    const uint32_t count = boot_counter_of(boot.state.counter, name);
    if (count < run->acknowledged) fail(run, "a counter that was acknowledged went back");
    struct boot_request more = {.counter[0] = {.name = {7}, .value = count + 1}};
    if (count == COUNTS) return true;
    EXPECT(boot_request_add(&run->rig.board, &more) == ST_OK);
    run->acknowledged = count + 1;
    return false;
}

/* ---- scenarios ---- */

enum start { START_BLANK, START_V1, START_V2_ON_TRIAL, START_V1_V4, START_ONE_SLOT };
static const struct scenario {
    const char *name;
    enum start start;
    bool (*work)(struct run *run);
    bool may_recover;
} scenarios[] = {
    {"install", START_BLANK, wants_install, true},       {"update", START_V1, wants_update, false},
    {"resume", START_V1, wants_resumed_update, false},   {"security", START_V1, wants_two_updates, false},
    {"revert", START_V2_ON_TRIAL, wants_nothing, false}, {"confirm", START_V2_ON_TRIAL, wants_confirm, false},
    {"previous", START_V1_V4, wants_previous, false},    {"keys", START_V1, wants_keys, false},
    {"metadata", START_V1, wants_counts, false},         {"one-slot", START_ONE_SLOT, wants_one_slot, true},
};
enum { SCENARIOS = sizeof scenarios / sizeof *scenarios };

/* Device and files at the start of a scenario, made once for each geometry. */
static const struct run *prepared(uint32_t scenario, uint32_t geometry) {
    static struct run *made[SCENARIOS][GEOMETRIES];
    struct run *run = made[scenario][geometry];
    if (run) return run;
    run = made[scenario][geometry] = calloc(1, sizeof *run);
    struct geometry shape = geometries[geometry];
    const enum start start = scenarios[scenario].start;
    if (start == START_ONE_SLOT) shape.slots = 1;
    rig_init(&run->rig, &shape);
    rig_blank(&run->rig);
    run->may_recover = scenarios[scenario].may_recover;
    run->file[0] = rig_image(&run->rig, 0, 1, 10, KEY_FIRMWARE);
    run->file[3] = rig_image(&run->rig, shape.slots - 1, 4, 10, KEY_FIRMWARE);
    if (shape.slots > 1) run->file[1] = rig_image(&run->rig, 1, 2, 11, KEY_FIRMWARE);
    run->file[2] = rig_image(&run->rig, 0, 3, 12, KEY_FIRMWARE);
    if (start != START_BLANK) rig_update(&run->rig, &run->file[0], 0);
    if (start == START_V1_V4) rig_update(&run->rig, &run->file[3], 1);
    if (start == START_V2_ON_TRIAL) {
        struct boot boot;
        struct boot_fault fault;
        boot_open(&boot, &run->rig.board);
        if (rig_install(&run->rig, &boot, &run->file[1], &fault) != ST_OK) abort();
    }
    run->rig.flash.operations = 0;
    return run;
}

static struct run now; /* what longjmp must not lose */
static uint32_t boots, cuts_done;

/* True: both cuts came. */
static bool run_with_cuts(uint32_t scenario, uint32_t geometry, enum cut_mode mode, uint32_t cut, uint32_t second,
                          uint32_t seed) {
    static jmp_buf power;
    now = *prepared(scenario, geometry);
    rig_bind(&now.rig);
    now.rig.flash.power = &power;
    now.rig.flash.mode = mode;
    now.rig.flash.cut_at = cut;
    now.rig.flash.random = seed;
    boots = cuts_done = 0;
    if (setjmp(power) != 0) {
        cuts_done++;
        now.rig.flash.cut_at = cuts_done == 1 && second > 0 ? now.rig.flash.operations + second : 0;
    }
    while (++boots < BOOTS_MAX && !now.failure)
        if (scenarios[scenario].work(&now)) break;
    struct run *const run = &now;
    EXPECT(boots < BOOTS_MAX);
    /* What is settled stays settled: two boots more, of which the second writes nothing unless a cell flickers. */
    struct boot boot;
    now.rig.flash.cut_at = 0;
    boot_checked(run, &boot);
    const uint64_t before = now.rig.flash.operations;
    boot_checked(run, &boot);
    if (mode != CUT_AFTER) EXPECT(now.rig.flash.operations == before);
    return cuts_done == (second > 0 ? 2 : 1);
}

static int report(uint32_t scenario, uint32_t geometry, enum cut_mode mode, uint32_t cut, uint32_t second,
                  uint32_t seed) {
    if (!now.failure) return 0;
    printf("FAILED %u:%u:%u:%u:%u:%u (%s): %s\n", scenario, geometry, (unsigned)mode, cut, second, seed,
           scenarios[scenario].name, now.failure);
    return 1;
}

/* Every `stride`-th operation in every mode, a second cut in the recovery from some. Of the first geometry all are cut
 * with a stride of 1. */
static int run_all(uint32_t stride, uint64_t *cuts) {
    enum { DEEP = 37, SECOND_MAX = 60, SECOND_STEP = 7 };
    int failed = 0;
    for (uint32_t s = 0; s < SCENARIOS; s++)
        for (uint32_t g = 0; g < GEOMETRIES; g++)
            for (enum cut_mode mode = 0; mode < CUT_MODES; mode++) {
                const uint32_t step = stride * (g == 0 ? 1 : geometries[g].program_bytes == 1 ? 31 : 3);
                for (uint32_t cut = 1 + (7 * s + 3 * g + mode) % step; failed < 5; cut += step) {
                    if (!run_with_cuts(s, g, mode, cut, 0, cut)) break;
                    ++*cuts;
                    failed += report(s, g, mode, cut, 0, cut);
                    for (uint32_t second = 1 + cut % SECOND_STEP; cut % DEEP == 0 && second < SECOND_MAX;
                         second += SECOND_STEP) {
                        *cuts += run_with_cuts(s, g, mode, cut, second, cut) ? 2 : 1;
                        failed += report(s, g, mode, cut, second, cut);
                    }
                }
            }
    return failed;
}

static int run_random(double seconds, uint64_t *cuts) {
    const time_t end = time(NULL) + (time_t)seconds;
    uint32_t random = (uint32_t)time(NULL) | 1;
    int failed = 0;
    for (uint64_t i = 0; failed < 5 && (i % 64 != 0 || time(NULL) < end); i++) {
        uint32_t word[6];
        for (int w = 0; w < 6; w++) {
            random ^= random << 13;
            random ^= random >> 17;
            random ^= random << 5;
            word[w] = random;
        }
        const uint32_t s = word[0] % SCENARIOS, g = word[1] % GEOMETRIES;
        const enum cut_mode mode = word[2] % CUT_MODES;
        const uint32_t cut = 1 + word[3] % 4000, second = word[4] % 3 ? 1 + word[4] % 500 : 0;
        run_with_cuts(s, g, mode, cut, second, word[5] | 1);
        *cuts += cuts_done;
        failed += report(s, g, mode, cut, second, word[5] | 1);
    }
    return failed;
}

int main(int argc, char **argv) {
    static const uint8_t both[] = {KEY_FIRMWARE, KEY_OTHER_FIRMWARE};
    uint64_t cuts = 0;
    key_sets[0] = rig_key_set(2, both, 2);
    key_sets[1] = rig_key_set(3, both, 2);
    if (argc == 3 && strcmp(argv[1], "--replay") == 0) {
        unsigned id[6];
        if (sscanf(argv[2], "%u:%u:%u:%u:%u:%u", &id[0], &id[1], &id[2], &id[3], &id[4], &id[5]) != 6 ||
            id[0] >= SCENARIOS || id[1] >= GEOMETRIES || id[2] >= CUT_MODES)
            return 2;
        run_with_cuts(id[0], id[1], id[2], id[3], id[4], id[5]);
        const int failed = report(id[0], id[1], id[2], id[3], id[4], id[5]);
        if (!failed) printf("%u boots, %u cuts, well\n", boots, cuts_done);
        return failed;
    }
    const int failed = argc == 2 && strcmp(argv[1], "--all") != 0 ? run_random(atof(argv[1]), &cuts)
                                                                  : run_all(argc == 2 ? 1 : STRIDE, &cuts);
    printf("%" PRIu64 " cuts of the power, %d failed\n", cuts, failed);
    return failed != 0 || cuts == 0;
}
