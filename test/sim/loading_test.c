/* What is refused on the way from bytes to a task, and that all reasons are told. */
#include "test/sim/rig.h"

#include "core/trust/keys.h"
#include "host/keys/keys.h"
#include "test/unit/check.h"

enum { GPIO = 4, INPUT = 1, OUTPUT = 2 };
static const char blink[] = "li a0, 13; li a1, 1; hcall $gpio.config; ret";

static struct rig *started(void) {
    struct rig *rig = rig_new();
    rig_start(rig);
    return rig;
}

/* Tells the only reason, and that there was only one. */
static int refusal_of(const struct rig *rig) {
    const struct executive_event *failed = rig_event(rig, EVENT_LOAD_FAILED, 0);
    if (!failed || failed->a != 1) return -1;
    return rig_event(rig, EVENT_REFUSED, 0)->refusal;
}

static void a_whole_artifact_becomes_a_task(void) {
    struct rig *rig = started();
    struct rig_guest guest = {.text = blink};
    CHECK(rig_add(rig, &guest) != 0);
    CHECK_EQ(1, rig_event_count(rig, EVENT_LOADED));
    CHECK_EQ(1, rig_event_count(rig, EVENT_STARTED));
}

static void every_changed_byte_is_refused(void) {
    struct rig *rig = started();
    struct rig_guest guest = {
        .text = blink, .data = "data", .data_bytes = 4, .read_only = "constants", .read_only_bytes = 9};
    size_t index = rig_pack(rig, &guest);
    struct artifact artifact;
    struct artifact_fault fault;
    CHECK_EQ(ST_OK, artifact_decode(rig->artifact[index].bytes, rig->artifact[index].length, &artifact, &fault));
    /* A change in the head is what the signature is for; nothing else may pass. */
    uint32_t head_bytes = artifact.head_bytes;
    for (size_t at = 0; at < rig->artifact[index].length; at++) {
        for (int bit = 0; bit < 8; bit += 7) {
            rig->artifact[index].bytes[at] ^= (uint8_t)(1 << bit);
            rig->event_count = 0;
            uint16_t load;
            CHECK_EQ(ST_OK,
                     executive_load(rig->executive, rig->artifact[index].bytes, rig->artifact[index].length, &load));
            rig_run(rig, rig->sim.now_us + 1);
            CHECK(at < head_bytes || rig_event(rig, EVENT_LOAD_FAILED, 0) != NULL);
            const struct executive_event *loaded = rig_event(rig, EVENT_LOADED, 0);
            if (loaded) (void)executive_kill(rig->executive, loaded->pid);
            if (loaded) (void)executive_release(rig->executive, loaded->pid);
            rig->artifact[index].bytes[at] ^= (uint8_t)(1 << bit);
        }
    }
}

static void a_length_that_is_not_the_artifacts_is_refused(void) {
    struct rig *rig = started();
    struct rig_guest guest = {.text = blink};
    size_t index = rig_pack(rig, &guest);
    for (size_t length = 0; length < rig->artifact[index].length + 3; length++) {
        if (length == rig->artifact[index].length) continue;
        uint16_t load;
        rig->event_count = 0;
        CHECK_EQ(ST_OK, executive_load(rig->executive, rig->artifact[index].bytes, length, &load));
        rig_run(rig, rig->sim.now_us + 1);
        CHECK_EQ(REFUSED_ARTIFACT, refusal_of(rig));
    }
    uint16_t load;
    CHECK_EQ(ST_INVALID, executive_load(rig->executive, rig->artifact[index].bytes + 1, 100, &load));
}

static void bytecode_that_is_not_verified_does_not_run(void) {
    struct rig *rig = started();
    struct rig_guest guest = {.text = "li a0, 1; .word 0xffffffff; ret"};
    CHECK_EQ(0, rig_add(rig, &guest));
    CHECK_EQ(REFUSED_PROGRAM, refusal_of(rig));
    const struct executive_event *event = rig_event(rig, EVENT_REFUSED, 0);
    CHECK_EQ(VM_REFUSED_OPCODE, event->a);
    CHECK_EQ(3, event->b);
}

static void a_call_that_no_capability_covers_is_refused(void) {
    struct rig *rig = started();
    static const struct artifact_capability input = {.group = GPIO, .mode = INPUT, .last = 31};
    struct rig_guest none = {.text = "hcall $gpio.write; ret", .no_capabilities = true};
    struct rig_guest wrong_mode = {.text = "hcall $gpio.write; ret", .capability = &input, .capability_count = 1};
    CHECK_EQ(0, rig_add(rig, &none));
    CHECK_EQ(REFUSED_CALL_UNCOVERED, refusal_of(rig));
    CHECK_EQ(CALL_GPIO_WRITE, rig_event(rig, EVENT_REFUSED, 0)->a);
    rig->event_count = 0;
    CHECK_EQ(0, rig_add(rig, &wrong_mode));
    CHECK_EQ(REFUSED_CALL_UNCOVERED, refusal_of(rig));
}

static void a_call_that_does_not_exist_is_refused(void) {
    static const char *const texts[] = {"hcall 0; ret",    "hcall 63; ret",   "hcall 127; ret",
                                        "hcall 1984; ret", "hcall 4095; ret", ".declare 1215; ret"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct rig *rig = started();
        struct rig_guest guest = {.text = texts[i]};
        CHECK_EQ(0, rig_add(rig, &guest));
        CHECK_EQ(REFUSED_CALL_UNKNOWN, refusal_of(rig));
    }
}

static void a_capability_that_is_not_granted_refuses_the_whole(void) {
    static const struct artifact_capability grant = {.group = GPIO, .mode = OUTPUT, .first = 13, .last = 13};
    static const struct artifact_capability wanted[] = {{.group = GPIO, .mode = OUTPUT, .first = 12, .last = 12},
                                                        {.group = GPIO, .mode = OUTPUT, .first = 13, .last = 13}};
    struct rig *rig = rig_new();
    rig->config.grants = &grant;
    rig->config.grant_count = 1;
    rig_start(rig);
    struct rig_guest both = {.text = blink, .capability = wanted, .capability_count = 2};
    struct rig_guest one = {.text = blink, .capability = wanted + 1, .capability_count = 1};
    CHECK_EQ(0, rig_add(rig, &both));
    CHECK_EQ(REFUSED_CAPABILITY, refusal_of(rig));
    CHECK_EQ(0, rig_event(rig, EVENT_REFUSED, 0)->a);
    CHECK(rig_add(rig, &one) != 0);
}

static void all_reasons_are_told_at_once(void) {
    struct rig *rig = rig_new();
    rig->config.grant_count = 0;
    rig->config.pool_bytes = 8192;
    rig_start(rig);
    static const struct artifact_capability adc = {.group = 5, .mode = 1, .last = 7};
    struct rig_guest small = {.text = "nop: j nop", .name = "same", .ram_bytes = 2048};
    struct rig_guest guest = {.text = "hcall 1990; hcall $gpio.write; hcall $can.send; ret",
                              .name = "same",
                              .capability = &adc,
                              .capability_count = 1,
                              .ram_bytes = 16384};
    CHECK(rig_add(rig, &small) != 0);
    CHECK_EQ(0, rig_add(rig, &guest));
    CHECK(rig_refused(rig, REFUSED_CALL_UNKNOWN));
    CHECK(rig_refused(rig, REFUSED_CALL_UNCOVERED));
    CHECK(rig_refused(rig, REFUSED_CAPABILITY));
    CHECK(rig_refused(rig, REFUSED_TWICE));
    CHECK(rig_refused(rig, REFUSED_MEMORY));
    CHECK_EQ(6, rig_event_count(rig, EVENT_REFUSED)); /* two calls are not covered */
    CHECK_EQ(6, rig_event(rig, EVENT_LOAD_FAILED, 0)->a);
}

static void a_program_for_another_product_or_of_an_old_security_version_is_refused(void) {
    struct rig *rig = rig_new();
    rig->config.product_id = 7;
    rig->config.security_version = 3;
    rig_start(rig);
    struct rig_guest good = {.text = blink, .product_id = 7, .security_version = 3};
    struct rig_guest any = {.text = blink, .security_version = 4};
    struct rig_guest old = {.text = blink, .product_id = 7, .security_version = 2};
    struct rig_guest foreign = {.text = blink, .product_id = 8, .security_version = 2};
    CHECK(rig_add(rig, &good) != 0);
    CHECK(rig_add(rig, &any) != 0);
    CHECK_EQ(0, rig_add(rig, &old));
    CHECK_EQ(REFUSED_SECURITY_VERSION, refusal_of(rig));
    rig->event_count = 0;
    CHECK_EQ(0, rig_add(rig, &foreign));
    CHECK(rig_refused(rig, REFUSED_HOST));
    CHECK(rig_refused(rig, REFUSED_SECURITY_VERSION));
}

static void a_second_copy_needs_the_leave_to_run_twice(void) {
    struct rig *rig = started();
    struct rig_guest single = {.text = "nop: j nop", .name = "pump"},
                     twin = {.text = "nop: j nop", .name = "twin", .flags = ARTIFACT_MAY_RUN_TWICE};
    uint32_t first = rig_add(rig, &single);
    CHECK_EQ(0, rig_add(rig, &single));
    CHECK_EQ(REFUSED_TWICE, refusal_of(rig));
    CHECK_EQ(first, rig_event(rig, EVENT_REFUSED, 0)->a);
    CHECK(rig_add(rig, &twin) != 0);
    CHECK(rig_add(rig, &twin) != 0);
    CHECK_EQ(ST_OK, executive_kill(rig->executive, first));
    CHECK(rig_add(rig, &single) != 0);
}

static void more_tasks_than_there_may_be_are_refused(void) {
    struct rig *rig = rig_new();
    rig->config.tasks_max = 2;
    rig_start(rig);
    struct rig_guest guest = {.text = "nop: j nop"};
    CHECK(rig_add(rig, &guest) != 0);
    CHECK(rig_add(rig, &guest) != 0);
    CHECK_EQ(0, rig_add(rig, &guest));
    CHECK_EQ(REFUSED_TASKS, refusal_of(rig));
}

static void memory_is_enough_to_the_last_byte(void) {
    /* RAM, its pad, 16 return entries; no rights. */
    enum { NEEDED = 4096 + VM_PAD_BYTES + 16 * 4 };
    for (uint32_t less = 0; less < 2; less++) {
        struct rig *rig = rig_new();
        rig->config.pool_bytes = NEEDED - 8 * less;
        rig_start(rig);
        struct rig_guest guest = {.text = "ret"};
        CHECK_EQ(less == 0, rig_add(rig, &guest) != 0);
        CHECK_EQ(less == 1, rig_refused(rig, REFUSED_MEMORY));
    }
}

static void loads_beyond_the_limit_are_told_to_come_again(void) {
    struct rig *rig = started();
    struct rig_guest guest = {.text = "ret"};
    (void)rig_load(rig, &guest);
    (void)rig_load(rig, &guest);
    size_t index = rig_pack(rig, &guest);
    uint16_t load;
    CHECK_EQ(ST_BUSY, executive_load(rig->executive, rig->artifact[index].bytes, rig->artifact[index].length, &load));
    rig_run(rig, 1000);
    CHECK_EQ(ST_OK, executive_load(rig->executive, rig->artifact[index].bytes, rig->artifact[index].length, &load));
}

/* ---- signatures ---- */

static uint8_t region[KEYS_REGION_BYTES];

static void trust(const struct host_key *key, uint8_t roles) {
    struct keys_entry entry = {.roles = roles, .key = host_key_public(key)};
    CHECK_EQ(ST_OK, keys_encode(&entry, 1, region));
}

static void sign(struct rig *rig, size_t index, const struct host_key *key) {
    struct artifact artifact;
    struct artifact_fault fault;
    uint8_t hash[TRUST_HASH_BYTES], signature[ARTIFACT_SIGNATURE_BYTES], id[ARTIFACT_KEY_ID_BYTES];
    uint8_t *bytes = rig->artifact[index].bytes;
    CHECK_EQ(ST_OK, artifact_decode(bytes, rig->artifact[index].length, &artifact, &fault));
    trust_artifact_hash(&artifact, bytes, hash);
    CHECK_EQ(ST_OK, host_key_sign(key, hash, signature));
    struct trust_key public_half = host_key_public(key);
    trust_key_id(&public_half, id);
    artifact_encode_signature(&artifact, bytes, id, signature);
}

static struct rig *strict(void) {
    struct rig *rig = rig_new();
    rig->config.allow_unsigned = false;
    rig->config.keys = region;
    rig->config.keys_bytes = sizeof region;
    rig->config.signature_us = 50000;
    rig_start(rig);
    return rig;
}

static void load_packed(struct rig *rig, size_t index) {
    uint16_t load;
    rig->event_count = 0;
    CHECK_EQ(ST_OK, executive_load(rig->executive, rig->artifact[index].bytes, rig->artifact[index].length, &load));
    rig_run(rig, rig->sim.now_us + 200000);
}

static void only_what_a_trusted_key_signed_runs(void) {
    struct host_key *key = host_key_new(), *other = host_key_new();
    struct rig_guest guest = {.text = blink};
    trust(key, KEYS_GUEST);
    struct rig *rig = strict();
    size_t index = rig_pack(rig, &guest);
    load_packed(rig, index);
    CHECK_EQ(REFUSED_SIGNATURE, refusal_of(rig));
    sign(rig, index, other);
    load_packed(rig, index);
    CHECK_EQ(REFUSED_SIGNATURE, refusal_of(rig));
    sign(rig, index, key);
    load_packed(rig, index);
    CHECK_EQ(1, rig_event_count(rig, EVENT_LOADED));
    rig->artifact[index].bytes[24] ^= 8; /* the version */
    load_packed(rig, index);
    CHECK_EQ(REFUSED_SIGNATURE, refusal_of(rig));
    trust(key, KEYS_FIRMWARE);
    rig->artifact[index].bytes[24] ^= 8;
    load_packed(rig, index);
    CHECK_EQ(REFUSED_SIGNATURE, refusal_of(rig));
    host_key_free(key);
    host_key_free(other);
}

static void no_task_misses_its_time_while_a_real_signature_is_checked(void) {
    static const char ticking[] =
        "hcall $time.micros; mov s0, a1; li s1, 0; li a4, 150; set a5, 0x600;"
        "loop: sw a4, a5, 0; addi s0, s0, 1000; mov a0, s0; li a1, 0; hcall $task.sleep_until;"
        "hcall $time.micros; sub a1, a1, s0; maxu s1, s1, a1;"
        "set a5, 0x600; lw a4, a5, 0; addi a4, a4, -1; bne a4, zero, loop; mov a0, s1; ret";
    struct host_key *key = host_key_new();
    struct rig_guest metronome = {.text = ticking}, late = {.text = blink};
    trust(key, KEYS_GUEST);
    struct rig *rig = strict();
    size_t first = rig_pack(rig, &metronome), second = rig_pack(rig, &late);
    sign(rig, first, key);
    sign(rig, second, key);
    load_packed(rig, first);
    uint32_t pid = rig_event(rig, EVENT_LOADED, 0)->pid;
    load_packed(rig, second);
    const struct executive_event *loaded = rig_event(rig, EVENT_LOADED, 0);
    CHECK(loaded != NULL);
    rig_run(rig, 1000000);
    const struct task *task = executive_task(rig->executive, pid);
    CHECK_EQ(TASK_END_EXIT, task->end);
    CHECK(task->end_detail < 150);
    host_key_free(key);
}

static void reasons_read_as_sentences(void) {
    static const struct {
        struct executive_event event;
        const char *text;
    } cases[] = {
        {{.kind = EVENT_REFUSED, .refusal = REFUSED_CALL_UNCOVERED, .load = 3, .a = 257},
         "load 3: refused: it calls host call 257, which none of its capabilities covers"},
        {{.kind = EVENT_REFUSED, .refusal = REFUSED_MEMORY, .load = 3, .a = 9000, .b = 8000},
         "load 3: refused: it needs 9000 bytes of memory; 8000 are free"},
        {{.kind = EVENT_REFUSED, .refusal = REFUSED_ARTIFACT, .load = 1, .b = 12, .text = "no"},
         "load 1: refused: at byte 12: no"},
        {{.kind = EVENT_ENDED, .pid = 2, .a = TASK_END_EXIT, .b = (uint32_t)-3}, "task 2 exited with status -3"},
        {{.kind = EVENT_LOADED, .load = 4, .pid = 9}, "load 4: accepted as task 9"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[128];
        executive_event_text(&cases[i].event, text, sizeof text);
        CHECK_TEXT(cases[i].text, text);
    }
    char tiny[5];
    CHECK_EQ(4, executive_event_text(&cases[0].event, tiny, sizeof tiny));
    CHECK_TEXT("load", tiny);
}

int main(void) {
    static const struct check_test tests[] = {
        TEST(a_whole_artifact_becomes_a_task),
        TEST(every_changed_byte_is_refused),
        TEST(a_length_that_is_not_the_artifacts_is_refused),
        TEST(bytecode_that_is_not_verified_does_not_run),
        TEST(a_call_that_no_capability_covers_is_refused),
        TEST(a_call_that_does_not_exist_is_refused),
        TEST(a_capability_that_is_not_granted_refuses_the_whole),
        TEST(all_reasons_are_told_at_once),
        TEST(a_program_for_another_product_or_of_an_old_security_version_is_refused),
        TEST(a_second_copy_needs_the_leave_to_run_twice),
        TEST(more_tasks_than_there_may_be_are_refused),
        TEST(memory_is_enough_to_the_last_byte),
        TEST(loads_beyond_the_limit_are_told_to_come_again),
        TEST(only_what_a_trusted_key_signed_runs),
        TEST(no_task_misses_its_time_while_a_real_signature_is_checked),
        TEST(reasons_read_as_sentences),
    };
    return CHECK_RUN(tests);
}
