/* rig: an executive on a simulated board, driven in virtual time, with guests written as text. For tests. */
#ifndef SKEP_TEST_SIM_RIG_H
#define SKEP_TEST_SIM_RIG_H

#include "core/wire/budget_row.h"
#include "device/executive/executive.h"
#include "device/port/sim/sim.h"

enum {
    RIG_GUESTS_MAX = 12,
    RIG_ARTIFACT_BYTES = 16384,
    RIG_EVENTS_MAX = 256,
    RIG_OUTPUT_BYTES = 65536,
    RIG_MEMORY_BYTES = 4 << 20,
    RIG_STACK_BYTES = 256,
    RIG_DATA_AT = ISA_RAM_BASE + RIG_STACK_BYTES, /* where a guest's data lies */
};

/* A guest. In `text` (test/assembler), $gpio.write stands for the number of that call. What is zero gets a default. */
struct rig_guest {
    const char *text, *name;
    const void *data;
    uint32_t data_bytes;
    const void *read_only; /* at 0x10000000 */
    uint32_t read_only_bytes;
    uint32_t ram_bytes; /* default: 4096 */
    const void *values; /* rows of spec/value.md */
    uint32_t value_count;
    const void *commands; /* rows of spec/command.md */
    uint32_t command_count;
    const void *mailboxes; /* rows of spec/mailbox.md */
    uint32_t mailbox_count;
    const struct budget_row *budget;              /* what it asks for; NULL: nothing */
    const struct artifact_capability *capability; /* default: all that its calls could need */
    uint32_t capability_count;
    bool no_capabilities;
    uint8_t flags, restart, priority;
    uint32_t check_in_ms, security_version, product_id;
    uint16_t return_entries;
};

struct rig {
    struct sim sim;
    struct script_action script[64];
    struct sim_edge timeline[4096];
    struct executive_config config;
    struct executive *executive;
    _Alignas(16) uint8_t memory[RIG_MEMORY_BYTES];
    struct {
        _Alignas(8) uint8_t bytes[RIG_ARTIFACT_BYTES];
        size_t length;
    } artifact[RIG_GUESTS_MAX];
    size_t artifact_count;
    char output[RIG_OUTPUT_BYTES];
    size_t output_bytes;
    struct executive_event event[RIG_EVENTS_MAX];
    size_t event_count;
    struct job *job; /* under way */
    uint64_t job_done_us;
};

/* The one rig, as new: everything granted, nothing signed, a quantum of 1000 words. Change config, script or seed, then
 * rig_start. */
struct rig *rig_new(void);
void rig_script(struct rig *rig, const char *text);
void rig_start(struct rig *rig);

/* Packs a guest and starts to load it; gives its place in rig->artifact. */
size_t rig_pack(struct rig *rig, const struct rig_guest *guest);
uint16_t rig_load(struct rig *rig, const struct rig_guest *guest);
/* Packs, loads and admits before any time passes. Its pid, or 0 when it was refused. */
uint32_t rig_add(struct rig *rig, const struct rig_guest *guest);

/* Drives the board until that time, or until no task is left. */
void rig_run(struct rig *rig, uint64_t until_us);
/* One guest of that text, alone, for a second: its task, as it ended. */
const struct task *rig_run_text(const char *text);

/* The n-th event of a kind, counted from 0; NULL: there was none. */
const struct executive_event *rig_event(const struct rig *rig, enum executive_event_kind kind, size_t n);
size_t rig_event_count(const struct rig *rig, enum executive_event_kind kind);
/* Whether a refusal of that kind was told. */
bool rig_refused(const struct rig *rig, enum executive_refusal refusal);

#endif
