#include "test/sim/rig.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/require.h"
#include "core/trust/trust.h"
#include "core/wire/command_row.h"
#include "core/wire/mailbox_row.h"
#include "core/wire/value_row.h"
#include "test/assembler/assembler.h"
#include "toolchain/listing/calls_names.h"

enum { TEXT_BYTES = 16384, CAPABILITIES_MAX = 64, POOL_BYTES = 65536 };

static struct rig rig;
static struct artifact_capability everything[CAPABILITIES_MAX];

static uint32_t grant_everything(void) {
    uint32_t count = 0;
    for (uint32_t number = 0; number < 64; number++) {
        const struct calls_group *group = calls_group(number);
        if (group && !group->open)
            everything[count++] = (struct artifact_capability){.group = group->number, .mode = 7, .last = UINT32_MAX};
    }
    return count;
}

struct rig *rig_new(void) {
    memset(&rig, 0, sizeof rig);
    rig.config = executive_config_of_profile();
    rig.config.allow_unsigned = true;
    rig.config.grants = everything;
    rig.config.grant_count = grant_everything();
    rig.config.quantum_words = 1000;
    rig.config.poll_us = 500;
    rig.config.restart_delay_us = 1000;
    rig.config.keep_ended = true;
    rig.config.pool_bytes = POOL_BYTES;
    rig.config.command_timeout_ms = 100;
    rig.config.file_handles_max = 6;
    rig.config.file_handles_of_task = 4;
    rig.config.files_of_task = 5;
    rig.config.file_bytes_of_task = 4096;
    rig.config.file_us = 100;
    rig.config.switches_max = 8;
    rig.config.samples_max = 16;
    rig.sim.timeline = rig.timeline;
    rig.sim.timeline_max = sizeof rig.timeline / sizeof *rig.timeline;
    rig.sim.script = rig.script;
    return &rig;
}

void rig_script(struct rig *r, const char *text) {
    struct script_fault fault;
    uint32_t room = sizeof r->script / sizeof *r->script;
    require(script_read(text, strlen(text), r->script, room, &r->sim.script_count, &fault) == ST_OK);
}

void rig_start(struct rig *r) {
    struct arena arena = arena_of(r->memory, sizeof r->memory);
    require(executive_bytes(&r->config) <= sizeof r->memory);
    r->executive = executive_init(&arena, &r->config);
    require(r->executive != NULL && arena.used_bytes <= executive_bytes(&r->config));
    sim_init(&r->sim);
    sim_use(&r->sim);
}

/* ---- guests ---- */

static void write_numbers(const char *text, char *to) {
    size_t length = 0;
    while (*text) {
        require(length + 16 < TEXT_BYTES);
        if (*text != '$') {
            to[length++] = *text++;
            continue;
        }
        char name[64];
        size_t name_length = strspn(++text, "abcdefghijklmnopqrstuvwxyz0123456789_.");
        snprintf(name, sizeof name, "%.*s", (int)name_length, text);
        const struct calls_name *call = calls_named(name);
        if (!call) fprintf(stderr, "no call %s\n", name);
        require(call != NULL);
        length += (size_t)snprintf(to + length, 16, "%u", call->number);
        text += name_length;
    }
    to[length] = '\0';
}

static uint32_t own_capabilities(const struct assembly *assembly, struct artifact_capability *to) {
    uint32_t count = 0, groups = 0;
    for (uint32_t i = 0; i < assembly->call_count; i++) {
        uint32_t group = (uint32_t)(assembly->calls[2 * i] | assembly->calls[2 * i + 1] << 8) >> 6;
        const struct calls_group *row = calls_group(group);
        if (!row || row->open || groups >> group & 1) continue;
        groups |= 1u << group;
        to[count] = (struct artifact_capability){.group = (uint8_t)group, .last = UINT32_MAX};
        for (unsigned bit = 0; bit < CALLS_MODES_MAX; bit++)
            to[count].mode |= (uint8_t)(row->mode[bit] ? 1u << bit : 0);
        count++;
    }
    return count;
}

struct section {
    uint16_t id;
    const void *bytes;
    uint32_t length;
};

static void add_section(struct artifact *artifact, struct section *sections, uint16_t id, const void *bytes,
                        uint32_t length) {
    if (length == 0) return;
    static uint8_t hashes[ARTIFACT_SECTIONS_MAX][ARTIFACT_HASH_BYTES];
    struct artifact_section *row = &artifact->section[artifact->section_count];
    uint8_t *const digest = hashes[artifact->section_count];
    row->hash = digest;
    row->id = id;
    row->bytes = length;
    sections[artifact->section_count++] = (struct section){id, bytes, length};
    uint8_t zeros[ARTIFACT_ALIGNMENT] = {0};
    struct trust_hash hash;
    trust_hash_start(&hash);
    trust_hash_add(&hash, bytes, length);
    trust_hash_add(&hash, zeros, (size_t)(artifact_stored_bytes(length) - length));
    trust_hash_end(&hash, digest);
}

static void fill_manifest(struct artifact_manifest *manifest, const struct rig_guest *guest,
                          const struct assembly *assembly, size_t index) {
    *manifest = (struct artifact_manifest){.type = ARTIFACT_GUEST,
                                           .flags = guest->flags,
                                           .restart = guest->restart,
                                           .priority = guest->priority,
                                           .product_id = guest->product_id,
                                           .abi_min = CALLS_ABI,
                                           .abi_max = CALLS_ABI,
                                           .security_version = guest->security_version,
                                           .stack_bytes = RIG_STACK_BYTES,
                                           .ram_bytes = guest->ram_bytes ? guest->ram_bytes : 4096,
                                           .data_address = RIG_DATA_AT,
                                           .entry_function = assembly->entry_function,
                                           .return_entries = guest->return_entries ? guest->return_entries : 16,
                                           .check_in_ms = guest->check_in_ms};
    if (guest->name)
        snprintf(manifest->name, sizeof manifest->name, "%s", guest->name);
    else
        snprintf(manifest->name, sizeof manifest->name, "guest%zu", index);
}

size_t rig_pack(struct rig *r, const struct rig_guest *guest) {
    static struct assembly assembly;
    static char text[TEXT_BYTES];
    write_numbers(guest->text, text);
    if (!assemble(text, &assembly)) fprintf(stderr, "%s\n", assembly.error);
    require(assembly.error[0] == '\0' && r->artifact_count < RIG_GUESTS_MAX);
    struct artifact_capability own[CAPABILITIES_MAX];
    uint32_t count = guest->no_capabilities ? 0 : own_capabilities(&assembly, own);
    const struct artifact_capability *capability = guest->capability ? guest->capability : own;
    if (guest->capability) count = guest->capability_count;
    uint8_t rows[CAPABILITIES_MAX * ARTIFACT_CAPABILITY_BYTES], window[4096] = {0};
    for (uint32_t i = 0; i < count; i++)
        artifact_capability_encode(&capability[i], rows + i * ARTIFACT_CAPABILITY_BYTES);
    if (guest->read_only_bytes > 0) memcpy(window, guest->read_only, guest->read_only_bytes);

    size_t index = r->artifact_count++;
    uint8_t *to = r->artifact[index].bytes;
    static struct artifact artifact;
    struct section sections[ARTIFACT_SECTIONS_MAX];
    memset(&artifact, 0, sizeof artifact);
    fill_manifest(&artifact.manifest, guest, &assembly, index);
    add_section(&artifact, sections, ARTIFACT_SECTION_CODE, assembly.words, assembly.word_count * 4);
    add_section(&artifact, sections, ARTIFACT_SECTION_FUNCTIONS, assembly.functions,
                assembly.function_count * VM_FUNCTION_BYTES);
    add_section(&artifact, sections, ARTIFACT_SECTION_CALLS, assembly.calls, assembly.call_count * 2);
    add_section(&artifact, sections, ARTIFACT_SECTION_CAPABILITIES, rows, count * ARTIFACT_CAPABILITY_BYTES);
    add_section(&artifact, sections, ARTIFACT_SECTION_READ_ONLY, window,
                guest->read_only_bytes ? guest->read_only_bytes + VM_PAD_BYTES : 0);
    add_section(&artifact, sections, ARTIFACT_SECTION_DATA, guest->data, guest->data_bytes);
    add_section(&artifact, sections, ARTIFACT_SECTION_VALUES, guest->values, guest->value_count * VALUE_ROW_BYTES);
    add_section(&artifact, sections, ARTIFACT_SECTION_COMMANDS, guest->commands,
                guest->command_count * COMMAND_ROW_BYTES);
    add_section(&artifact, sections, ARTIFACT_SECTION_MAILBOXES, guest->mailboxes,
                guest->mailbox_count * MAILBOX_ROW_BYTES);
    uint8_t budget[BUDGET_ROW_BYTES];
    if (guest->budget) budget_row_encode(guest->budget, budget);
    add_section(&artifact, sections, ARTIFACT_SECTION_BUDGET, budget, guest->budget ? sizeof budget : 0);
    require(artifact_encode_head(&artifact, to, RIG_ARTIFACT_BYTES) == ST_OK &&
            artifact.total_bytes <= RIG_ARTIFACT_BYTES);
    for (uint32_t i = 0; i < artifact.section_count; i++)
        memcpy(to + artifact.section[i].offset, sections[i].bytes, sections[i].length);
    r->artifact[index].length = artifact.total_bytes;
    return index;
}

uint16_t rig_load(struct rig *r, const struct rig_guest *guest) {
    size_t index = rig_pack(r, guest);
    uint16_t load = 0;
    require(executive_load(r->executive, r->artifact[index].bytes, r->artifact[index].length, &load) == ST_OK);
    return load;
}

static void take_events(struct rig *r) {
    struct executive_event event;
    while (executive_event_take(r->executive, &event)) {
        require(r->event_count < RIG_EVENTS_MAX);
        r->event[r->event_count++] = event;
    }
}

uint32_t rig_add(struct rig *r, const struct rig_guest *guest) {
    uint16_t load = rig_load(r, guest);
    struct job *job = executive_job(r->executive);
    if (job) {
        job->run(job);
        executive_job_done(r->executive, job);
    }
    executive_admit(r->executive);
    take_events(r);
    for (size_t i = 0; i < r->event_count; i++) {
        if (r->event[i].kind == EVENT_LOADED && r->event[i].load == load) return r->event[i].pid;
    }
    return 0;
}

/* ---- driving ---- */

/* As on a board, but that a job's result is there only when its declared time has passed. */
static void end_job(struct rig *r) {
    if (!r->job || r->sim.now_us < r->job_done_us) return;
    executive_job_done(r->executive, r->job);
    r->job = NULL;
}

static void begin_job(struct rig *r) {
    if (r->job) return;
    r->job = executive_job(r->executive);
    if (!r->job) return;
    r->job->run(r->job);
    r->job_done_us = r->sim.now_us + r->job->cost_us;
}

static void drain(struct rig *r) {
    struct executive_output from;
    size_t room = RIG_OUTPUT_BYTES - 1 - r->output_bytes;
    size_t length = executive_drain(r->executive, &from, r->output + r->output_bytes, room);
    for (; length > 0; length = executive_drain(r->executive, &from, r->output + r->output_bytes, room)) {
        r->output_bytes += length;
        room -= length;
    }
    r->output[r->output_bytes] = '\0';
}

static void feed(struct rig *r) {
    uint8_t bytes[64];
    size_t length = port_console_read(bytes, sizeof bytes);
    (void)executive_feed(r->executive, bytes, length);
    if (r->sim.console_ended && length == 0) executive_feed_end(r->executive);
}

static uint64_t least(uint64_t a, uint64_t b) { return a < b ? a : b; }

void rig_run(struct rig *r, uint64_t until_us) {
    while (r->sim.now_us < until_us) {
        end_job(r);
        begin_job(r);
        feed(r);
        uint64_t deadline_us = executive_step(r->executive, r->sim.now_us);
        begin_job(r);
        sim_spend(&r->sim, r->executive->step_words);
        drain(r);
        take_events(r);
        if (r->executive->live == 0 && !r->job && sim_next_us(&r->sim) == UINT64_MAX) return;
        if (r->job) deadline_us = least(deadline_us, r->job_done_us);
        deadline_us = least(least(deadline_us, until_us), sim_next_us(&r->sim));
        if (deadline_us > r->sim.now_us) sim_advance(&r->sim, deadline_us);
    }
}

const struct task *rig_run_text(const char *text) {
    struct rig *r = rig_new();
    rig_start(r);
    struct rig_guest guest = {.text = text};
    uint32_t pid = rig_add(r, &guest);
    require(pid != 0);
    rig_run(r, r->sim.now_us + 1000000);
    return executive_task(r->executive, pid);
}

const struct executive_event *rig_event(const struct rig *r, enum executive_event_kind kind, size_t n) {
    for (size_t i = 0; i < r->event_count; i++) {
        if (r->event[i].kind == kind && n-- == 0) return &r->event[i];
    }
    return NULL;
}

size_t rig_event_count(const struct rig *r, enum executive_event_kind kind) {
    size_t count = 0;
    while (rig_event(r, kind, count)) count++;
    return count;
}

bool rig_refused(const struct rig *r, enum executive_refusal refusal) {
    for (size_t i = 0; i < r->event_count; i++) {
        if (r->event[i].kind == EVENT_REFUSED && r->event[i].refusal == refusal) return true;
    }
    return false;
}
