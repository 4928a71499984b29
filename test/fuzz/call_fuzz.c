/* Any host calls with any arguments, one after the other, from a task with every right, beside one that only counts:
 * the board goes on, the neighbour's memory and its times stay its own, and when both are gone nothing is left of what
 * was asked for. The input is a list of calls: a number that names one of the table, then six arguments. */
#include <string.h>

#include "core/base/bytes.h"
#include "device/executive/calls_table.h"
#include "test/fuzz/fuzz.h"
#include "test/sim/steps.h"
#include "toolchain/listing/calls_names.h"

enum {
    CALLS_MAX = 24,
    CALL_BYTES = 26,
    NUMBERS = 32 * 64, /* of calls, to look for names in */
    UNTIL_US = 200000,
    PERIOD_MS = 1,
    COUNTER = RIG_DATA_AT,
    CANARY_BYTES = 512,
};

static const char counting[] = "set s0, 0x500; more: lw s1, s0, 0; addi s1, s1, 1; sw s1, s0, 0; li a0, 1;"
                               "hcall $task.sleep_ms; j more";
_Static_assert(COUNTER == 0x500, "as the program of the neighbour has it");

/* Names in the read-only window, so that some arguments mean something. */
static const char names[] = "app:a\0svc:b\0shared:c\0hal:gpio:1\0hal:timer:1\0pid:\0file\0%s %d %f\n";

static const struct calls_name *any_call(uint32_t number) {
    static const struct calls_name *calls[NUMBERS];
    static uint32_t count;
    if (count == 0) {
        for (uint32_t i = 0; i < NUMBERS; i++) {
            if (calls_name(i)) calls[count++] = calls_name(i);
        }
    }
    return calls[number % count];
}

/* What stands for the value of an earlier call may stand only behind that call. */
static int32_t argument(uint32_t bits, uint32_t step) {
    int32_t value = (int32_t)bits;
    return value >= INT32_MIN + (int32_t)step && value < INT32_MIN + STEPS_MAX ? 0 : value;
}

static uint32_t add_caller(struct rig *rig, const uint8_t *bytes, size_t length) {
    struct step steps[CALLS_MAX + 1] = {{NULL, NULL, {0}}};
    struct reader in = reader_of(bytes, length);
    for (uint32_t i = 0; i < CALLS_MAX && length - in.offset >= CALL_BYTES; i++) {
        steps[i].call = any_call(take_u16(&in))->name;
        for (int k = 0; k < 6; k++) steps[i].argument[k] = argument(take_u32(&in), i);
    }
    return steps_add_with(rig, steps, (struct rig_guest){.read_only = names, .read_only_bytes = sizeof names});
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    static uint8_t data[4 + CANARY_BYTES];
    struct rig *rig = rig_new();
    memset(data + 4, 0x5a, CANARY_BYTES);
    rig_start(rig);
    uint32_t neighbour = rig_add(
        rig, &(struct rig_guest){.text = counting, .name = "neighbour", .data = data, .data_bytes = sizeof data});
    uint32_t caller = add_caller(rig, bytes, length);
    if (neighbour == 0) fuzz_failed("the neighbour was refused");
    rig_run(rig, UNTIL_US);
    struct executive *executive = rig->executive;
    const uint8_t *memory = steps_memory(rig, neighbour, COUNTER);
    if (memcmp(memory + 4, data + 4, CANARY_BYTES) != 0) fuzz_failed("the neighbour's memory is not as it was");
    if (load_le32(memory) < UNTIL_US / 1000 / PERIOD_MS * 9 / 10) fuzz_failed("the neighbour did not get its turns");
    (void)executive_kill(executive, caller);
    (void)executive_kill(executive, neighbour);
    rig_run(rig, UNTIL_US + 1000);
    if (executive->mail_used + executive->handles_used + executive->mailboxes_used + executive->values_used +
            executive->commands_used + executive->live !=
        0)
        fuzz_failed("something is left of tasks that have ended");
    return 0;
}

/* ---- inputs to begin with */

static uint32_t any_number(struct random *random, uint32_t step) {
    static const uint32_t numbers[] = {0,
                                       1,
                                       2,
                                       3,
                                       16,
                                       64,
                                       248,
                                       256,
                                       1000,
                                       ISA_RO_BASE,
                                       ISA_RO_BASE + 6,
                                       ISA_RO_BASE + 12,
                                       ISA_RO_BASE + 21,
                                       ISA_RO_BASE + 32,
                                       ISA_RO_BASE + 44,
                                       ISA_RO_BASE + 49,
                                       0xc00,
                                       STEPS_BUFFER,
                                       ISA_RAM_BASE + 4095,
                                       UINT32_MAX};
    if (step > 0 && random_percent(random, 20)) return (uint32_t)RESULT_OF((int32_t)random_below(random, step));
    if (random_percent(random, 10)) return random_edge(random);
    return numbers[random_below(random, sizeof numbers / sizeof *numbers)];
}

size_t fuzz_begin(struct random *random, uint8_t to[FUZZ_BYTES_MAX]) {
    struct writer out = writer_of(to, FUZZ_BYTES_MAX);
    const uint32_t count = 1 + random_below(random, CALLS_MAX);
    for (uint32_t i = 0; i < count; i++) {
        put_u16(&out, (uint16_t)random_64(random));
        for (int k = 0; k < 6; k++) put_u32(&out, any_number(random, i));
    }
    return out.length;
}

void fuzz_mend(uint8_t *bytes, size_t length) { (void)bytes, (void)length; }
