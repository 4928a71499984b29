#include "device/executive/loading.h"

#include <string.h>

#include "core/base/bytes.h"
#include "core/trust/keys.h"
#include "core/wire/mailbox_row.h"
#include "device/executive/block.h"
#include "device/executive/budget.h"
#include "device/executive/call.h"
#include "device/executive/command.h"
#include "device/executive/condition.h"
#include "device/executive/events.h"
#include "device/executive/file.h"
#include "device/executive/mailbox.h"
#include "device/executive/stdio.h"
#include "device/executive/task.h"
#include "device/executive/value.h"

enum { HASH_PIECE_BYTES = 4096 };

static void refuse(struct executive *executive, struct loading *loading, enum executive_refusal refusal, uint32_t a,
                   uint32_t b, const char *text) {
    struct executive_event event = {
        .kind = EVENT_REFUSED, .refusal = (uint8_t)refusal, .load = loading->number, .a = a, .b = b, .text = text};
    event_put(executive, event);
    loading->reasons++;
}

static void give_up(struct executive *executive, struct loading *loading) {
    struct executive_event event = {.kind = EVENT_LOAD_FAILED, .load = loading->number, .a = loading->reasons};
    event_put(executive, event);
    loading->number = 0;
}

/* ---- the job */

static enum status check_signature(struct loading *loading) {
    const struct executive_config *config = loading->config;
    const struct artifact *artifact = &loading->load.artifact;
    if (config->allow_unsigned && (!config->keys || !artifact->is_signed)) return ST_OK;
    loading->refusal = REFUSED_SIGNATURE;
    if (config->keys)
        return keys_check_artifact(config->keys, config->keys_bytes, artifact, loading->bytes, &loading->fault);
    loading->fault.reason = artifact->is_signed ? PROFILE_WORDS("it is signed, and no key is trusted here")
                                                : PROFILE_WORDS("it is not signed");
    return ST_SIGNATURE;
}

static void check(struct job *job) {
    struct loading *loading = job->context;
    loading->status = check_signature(loading);
    if (loading->status != ST_OK) return;
    loading->refusal = REFUSED_ARTIFACT;
    do loading->status = load_step(&loading->load, loading->length, HASH_PIECE_BYTES, &loading->fault);
    while (loading->status == ST_AGAIN);
    if (loading->status == ST_REFUSED && loading->load.verdict.refusal != VM_ACCEPTED)
        loading->refusal = REFUSED_PROGRAM;
}

/* ---- the head, at once */

static enum status check_head(struct loading *loading) {
    enum status status = load_start(&loading->load, loading->bytes, loading->length, &loading->fault);
    if (status != ST_OK) return status;
    uint32_t total_bytes = loading->load.artifact.total_bytes;
    if (total_bytes == loading->length) return ST_OK;
    bool is_short = loading->length < total_bytes;
    loading->fault.offset = is_short ? (uint32_t)loading->length : total_bytes;
    loading->fault.reason = is_short ? PROFILE_WORDS("the file ends before the artifact does")
                                     : PROFILE_WORDS("bytes follow behind the artifact's end");
    return ST_CORRUPT;
}

static void check_host(struct executive *executive, struct loading *loading) {
    const struct executive_config *config = executive->config;
    enum status status = load_check_host(&loading->load, CALLS_ABI, config->product_id, &loading->fault);
    if (status != ST_OK)
        refuse(executive, loading, REFUSED_HOST, (uint32_t)status, loading->fault.offset, loading->fault.reason);
    uint32_t version = loading->load.artifact.manifest.security_version;
    if (version < config->security_version)
        refuse(executive, loading, REFUSED_SECURITY_VERSION, version, config->security_version, NULL);
}

static uint32_t declared_cost(const struct executive_config *config, const struct loading *loading) {
    uint32_t kib = (uint32_t)(loading->length / 1024) + 1;
    return (loading->load.artifact.is_signed ? config->signature_us : 0) + kib * config->check_us_per_kib;
}

static enum status begin(struct executive *executive, const void *bytes, size_t length, bool later, bool hold,
                         uint16_t *load) {
    if ((uintptr_t)bytes % ARTIFACT_ALIGNMENT != 0 || length > UINT32_MAX) return ST_INVALID;
    struct loading *loading = NULL;
    for (uint32_t i = 0; i < executive->config->loads_max && !loading; i++) {
        if (executive->loading[i].number == 0) loading = &executive->loading[i];
    }
    if (!loading) return ST_BUSY;
    *loading = (struct loading){.later = later, .hold = hold};
    if (++executive->next_load > UINT16_MAX) executive->next_load = 1;
    *load = loading->number = (uint16_t)executive->next_load;
    loading->config = executive->config;
    loading->bytes = bytes;
    loading->length = length;
    enum status status = check_head(loading);
    if (status != ST_OK)
        refuse(executive, loading, REFUSED_ARTIFACT, (uint32_t)status, loading->fault.offset, loading->fault.reason);
    else
        check_host(executive, loading);
    if (loading->reasons > 0) {
        give_up(executive, loading);
        return ST_OK;
    }
    loading->job = (struct job){.run = check, .context = loading, .cost_us = declared_cost(executive->config, loading)};
    loading->job.state = JOB_ASKED;
    return ST_OK;
}

enum status executive_load(struct executive *executive, const void *bytes, size_t length, uint16_t *load) {
    return begin(executive, bytes, length, false, false, load);
}

enum status executive_load_later(struct executive *executive, const void *bytes, size_t length, uint16_t *load) {
    return begin(executive, bytes, length, true, false, load);
}

enum status executive_load_held(struct executive *executive, const void *bytes, size_t length, uint16_t *load) {
    return begin(executive, bytes, length, true, true, load);
}

bool executive_job_waits(const struct executive *executive) {
    for (uint32_t i = 0; i < executive->config->loads_max; i++) {
        if (executive->loading[i].job.state == JOB_ASKED) return true;
    }
    return executive->other_job && executive->other_job->state == JOB_ASKED;
}

struct job *executive_job(struct executive *executive) {
    for (uint32_t i = 0; i < executive->config->loads_max; i++) {
        struct job *job = &executive->loading[i].job;
        if (job->state != JOB_ASKED) continue;
        job->state = JOB_RUNNING;
        return job;
    }
    struct job *other = executive->other_job;
    if (!other || other->state != JOB_ASKED) return PROFILE_HAS_FILE ? file_job(executive) : NULL;
    other->state = JOB_RUNNING;
    return other;
}

void executive_ask(struct executive *executive, struct job *job) {
    executive->other_job = job;
    job->state = JOB_ASKED;
}

void executive_job_done(struct executive *executive, struct job *job) {
    (void)executive;
    job->state = JOB_DONE;
}

/* ---- admission */

static bool covers(const struct load *load, const struct call_row *row) {
    for (uint32_t i = 0; i < load->capability_count; i++) {
        struct artifact_capability request =
            artifact_capability_decode(load->capabilities + i * ARTIFACT_CAPABILITY_BYTES);
        if (request.group == row->number >> 6 && (request.mode & row->modes) != 0) return true;
    }
    return false;
}

static void check_calls(struct executive *executive, struct loading *loading) {
    const struct vm_program *program = &loading->load.program;
    for (uint32_t i = 0; i < program->call_count; i++) {
        uint32_t number = load_le16(program->calls + 2 * i);
        const struct call_row *row = call_find(number);
        if (!row && call_is_left_out(number))
            refuse(executive, loading, REFUSED_CALL_LEFT_OUT, number, 0, NULL);
        else if (!row)
            refuse(executive, loading, REFUSED_CALL_UNKNOWN, number, 0, NULL);
        else if (row->modes != 0 && !covers(&loading->load, row))
            refuse(executive, loading, REFUSED_CALL_UNCOVERED, number, 0, NULL);
    }
}

static void check_capabilities(struct executive *executive, struct loading *loading) {
    const struct executive_config *config = executive->config;
    struct capability held;
    for (uint32_t i = 0; i < loading->load.capability_count; i++) {
        struct artifact_capability request =
            artifact_capability_decode(loading->load.capabilities + i * ARTIFACT_CAPABILITY_BYTES);
        if (capability_grant(&request, config->grants, config->grant_count, &held)) continue;
        refuse(executive, loading, REFUSED_CAPABILITY, i, (uint32_t)request.group << 8 | request.mode, NULL);
    }
}

static bool has_name(const struct task *task, const char *name) {
    if (!task_is_live(task) && task->state != TASK_QUARANTINED) return false;
    return memcmp(task->program_name, name, sizeof task->program_name) == 0;
}

static void check_name(struct executive *executive, struct loading *loading) {
    const struct artifact_manifest *manifest = &loading->load.artifact.manifest;
    if (manifest->flags & ARTIFACT_MAY_RUN_TWICE) return;
    for (uint32_t i = 0; i < executive->config->tasks_max; i++) {
        const struct task *task = &executive->task[i];
        if (!has_name(task, manifest->name)) continue;
        refuse(executive, loading, REFUSED_TWICE, task->pid, 0, NULL);
        return;
    }
}

/* The lowest number that no task of that name has. */
static uint32_t free_instance(const struct executive *executive, const char *name) {
    uint64_t taken = 0;
    for (uint32_t i = 0; i < executive->config->tasks_max; i++) {
        const struct task *task = &executive->task[i];
        if (has_name(task, name)) taken |= (uint64_t)1 << task->instance;
    }
    return (uint32_t)__builtin_ctzll(~taken);
}

/* The name, and for all instances but the first _#1, _#2 behind it; a long name gives way. */
static void name_task(struct task *task, const char *name, uint32_t instance) {
    char digits[] = {'_', '#', (char)('0' + instance / 10), (char)('0' + instance % 10)};
    uint32_t count = instance < 10 ? 3 : 4;
    size_t length = text_length(name), most = EXECUTIVE_NAME_BYTES - 1 - count;
    memcpy(task->program_name, name, sizeof task->program_name);
    memcpy(task->name, name, sizeof task->name);
    task->instance = instance;
    if (instance == 0) return;
    if (instance < 10) digits[2] = digits[3];
    if (length > most) length = most;
    memcpy(task->name + length, digits, count);
    task->name[length + count] = '\0';
}

/* Rows in which an artifact declares values or commands; each begins with its object id. */
struct declared {
    const uint8_t *rows;
    uint32_t count, row_bytes, group, room;
    uint8_t own_mode;
    uint32_t (*owner)(const struct executive *executive, uint32_t id); /* pid of the task that has it; 0: none */
    enum executive_refusal taken, uncovered, too_many;
};

static uint32_t value_owner(const struct executive *executive, uint32_t id) {
    const struct value *value = value_find(executive, id);
    return value ? value->owner : 0;
}

static uint32_t command_owner(const struct executive *executive, uint32_t id) {
    const struct command *command = command_find(executive, id);
    return command ? command->owner : 0;
}

/* Whether the artifact asks for the right to own this object. */
static bool may_own(const struct load *load, const struct declared *declared, uint32_t id) {
    for (uint32_t i = 0; i < load->capability_count; i++) {
        struct artifact_capability row = artifact_capability_decode(load->capabilities + i * ARTIFACT_CAPABILITY_BYTES);
        bool owns = row.group == declared->group && (row.mode & declared->own_mode) != 0;
        if (owns && id >= row.first && id <= row.last) return true;
    }
    return false;
}

static void check_rows(struct executive *executive, struct loading *loading, const struct declared *declared) {
    for (uint32_t i = 0; i < declared->count; i++) {
        uint32_t id = load_le16(declared->rows + i * declared->row_bytes), owner = declared->owner(executive, id);
        if (owner != 0) refuse(executive, loading, declared->taken, id, owner, NULL);
        if (!may_own(&loading->load, declared, id)) refuse(executive, loading, declared->uncovered, id, 0, NULL);
        for (uint32_t other = 0; other < i; other++) {
            if (load_le16(declared->rows + other * declared->row_bytes) == id)
                refuse(executive, loading, declared->taken, id, 0, NULL);
        }
    }
    if (declared->count > declared->room)
        refuse(executive, loading, declared->too_many, declared->count, declared->room, NULL);
}

/* Whether the artifact asks for the right to bind a mailbox of that space. */
static bool may_bind(const struct load *load, uint8_t space) {
    uint8_t mode = space == SPACE_SHARED ? MODE_MAILBOX_WRITE : MODE_MAILBOX_READ;
    for (uint32_t i = 0; i < load->capability_count; i++) {
        struct artifact_capability row = artifact_capability_decode(load->capabilities + i * ARTIFACT_CAPABILITY_BYTES);
        bool binds = row.group == CALL_GROUP_MAILBOX && (row.mode & mode) != 0;
        if (binds && space >= row.first && space <= row.last) return true;
    }
    return false;
}

static bool is_twice(const uint8_t *rows, uint32_t index, const struct mailbox_name *name) {
    for (uint32_t i = 0; i < index; i++) {
        struct mailbox_name other = mailbox_name_of_row(rows + i * MAILBOX_ROW_BYTES, name->task);
        if (other.space == name->space && text_equal(other.text, name->text)) return true;
    }
    return false;
}

static void check_mailboxes(struct executive *executive, struct loading *loading) {
    const struct load *load = &loading->load;
    uint32_t room_bytes, room = mailbox_room(executive, &room_bytes);
    uint64_t bytes = 0;
    for (uint32_t i = 0; i < load->mailbox_count; i++) {
        const uint8_t *row = load->mailboxes + i * MAILBOX_ROW_BYTES;
        struct mailbox_name name = mailbox_name_of_row(row, executive->next_pid + 1);
        uint32_t box = mailbox_find(executive, &name);
        uint32_t owner = box == MAILBOX_NONE ? 0 : executive->mailbox[box].owner;
        enum task_stream stream;
        bool taken = box != MAILBOX_NONE || is_twice(load->mailboxes, i, &name) || stdio_is_name(&name, &stream);
        if (taken) refuse(executive, loading, REFUSED_MAILBOX_TAKEN, i, owner, NULL);
        if (!may_bind(load, name.space)) refuse(executive, loading, REFUSED_MAILBOX_UNCOVERED, i, 0, NULL);
        bytes += load_le32(row + 4);
    }
    if (load->mailbox_count > room) refuse(executive, loading, REFUSED_MAILBOXES, load->mailbox_count, room, NULL);
    if (bytes > room_bytes) refuse(executive, loading, REFUSED_MAILBOX_BYTES, (uint32_t)bytes, room_bytes, NULL);
}

static void check_declared(struct executive *executive, struct loading *loading) {
    const struct load *load = &loading->load;
    struct declared values = {
        load->values,   load->value_count, VALUE_ROW_BYTES,     CALL_GROUP_VALUE,        value_room(executive),
        MODE_VALUE_OWN, value_owner,       REFUSED_VALUE_TAKEN, REFUSED_VALUE_UNCOVERED, REFUSED_VALUES};
    struct declared commands = {load->commands,     load->command_count,     COMMAND_ROW_BYTES,
                                CALL_GROUP_COMMAND, command_room(executive), MODE_COMMAND_OWN,
                                command_owner,      REFUSED_COMMAND_TAKEN,   REFUSED_COMMAND_UNCOVERED,
                                REFUSED_COMMANDS};
    if (PROFILE_HAS_VALUE) check_rows(executive, loading, &values);
    if (PROFILE_HAS_COMMAND) check_rows(executive, loading, &commands);
    if (PROFILE_HAS_MAILBOX) check_mailboxes(executive, loading);
    if (!PROFILE_HAS_VALUE && load->value_count > 0)
        refuse(executive, loading, REFUSED_VALUES, load->value_count, 0, NULL);
    if (!PROFILE_HAS_COMMAND && load->command_count > 0)
        refuse(executive, loading, REFUSED_COMMANDS, load->command_count, 0, NULL);
    if (!PROFILE_HAS_MAILBOX && load->mailbox_count > 0)
        refuse(executive, loading, REFUSED_MAILBOXES, load->mailbox_count, 0, NULL);
}

static void add_declared(struct executive *executive, const struct load *load, uint32_t pid) {
    for (uint32_t i = 0; PROFILE_HAS_VALUE && i < load->value_count; i++)
        value_add(executive, pid, load->values + i * VALUE_ROW_BYTES, true);
    for (uint32_t i = 0; PROFILE_HAS_COMMAND && i < load->command_count; i++)
        command_add(executive, pid, load->commands + i * COMMAND_ROW_BYTES, true);
    for (uint32_t i = 0; PROFILE_HAS_MAILBOX && i < load->mailbox_count; i++)
        mailbox_add(executive, pid, load->mailboxes + i * MAILBOX_ROW_BYTES);
}

/* What the artifact asks for, and the first reason against its form. */
static struct budget_row budget_asked(const struct loading *loading, const char **reason) {
    const struct artifact_section *section = artifact_section_find(&loading->load.artifact, ARTIFACT_SECTION_BUDGET);
    struct budget_row row = {0};
    *reason = NULL;
    if (!section) return row;
    if (budget_row_decode(loading->bytes + section->offset, &row, reason) == ST_OK) *reason = NULL;
    return row;
}

static void check_budget(struct executive *executive, struct loading *loading) {
    const struct task_budget *most = &executive->config->budget;
    struct task_budget granted;
    const char *reason;
    const struct budget_row asked = budget_asked(loading, &reason);
    if (reason) {
        uint32_t at = artifact_section_find(&loading->load.artifact, ARTIFACT_SECTION_BUDGET)->offset;
        refuse(executive, loading, REFUSED_ARTIFACT, (uint32_t)ST_CORRUPT, at, reason);
        return;
    }
    uint32_t over = budget_grant(most, &asked, &granted);
    for (uint32_t item = 0; item < BUDGET_ITEMS; item++) {
        if (over >> item & 1)
            refuse(executive, loading, REFUSED_BUDGET_ITEM, item, budget_of(most, (enum budget_item)item), NULL);
    }
}

/* What the function table says that the handler of a command needs; 0: it is bounded by the stack's end alone, or there
 * is no such function. The loader has seen that its address is named in the window. */
static uint32_t handler_stack(const struct load *load, const uint8_t *row) {
    enum { ROW_HANDLER = 16, FUNCTION_DEPTH = 6, UNBOUNDED = 0xffff };
    const struct vm_program *program = &load->program;
    const uint32_t target = load_le32(program->read_only + (load_le32(row + ROW_HANDLER) - ISA_RO_BASE));
    for (uint32_t i = 0; i < program->function_count; i++) {
        const uint8_t *function = program->functions + (size_t)i * VM_FUNCTION_BYTES;
        if (ISA_CODE_BASE + 4 * load_le32(function) != target) continue;
        const uint32_t depth = load_le16(function + FUNCTION_DEPTH);
        return depth == UNBOUNDED ? 0 : 4 * depth;
    }
    return 0;
}

/* A handler runs on top of whatever the program is at. Depths that are not known are bounded by the stack's end. */
static void check_handlers(struct executive *executive, struct loading *loading) {
    const struct load *load = &loading->load;
    const struct artifact_manifest *manifest = &load->artifact.manifest;
    uint32_t program = load->verdict.stack_bytes == UINT32_MAX ? 0 : load->verdict.stack_bytes, deepest = 0;
    for (uint32_t i = 0; i < load->command_count; i++) {
        uint32_t bytes = handler_stack(load, load->commands + i * COMMAND_ROW_BYTES);
        if (bytes > deepest) deepest = bytes;
    }
    if (deepest > 0 && program + deepest > manifest->stack_bytes)
        refuse(executive, loading, REFUSED_COMMAND_STACK, program + deepest, manifest->stack_bytes, NULL);
}

static void fill_task(const struct executive *executive, const struct loading *loading, struct task *task) {
    const struct artifact_manifest *manifest = &loading->load.artifact.manifest;
    uint32_t instance = free_instance(executive, manifest->name);
    struct task empty = {.due_us = task->due_us, .due_at = task->due_at};
    *task = empty;
    name_task(task, manifest->name, instance);
    task->budget = executive->config->budget;
    const char *reason;
    const struct budget_row asked = budget_asked(loading, &reason);
    if (PROFILE_HAS_BUDGET) (void)budget_grant(&executive->config->budget, &asked, &task->budget);
    task->program = loading->load.program;
    task->version = manifest->version;
    memcpy(task->build_id, manifest->build_id, sizeof task->build_id);
    task->stack_bytes = manifest->stack_bytes;
    task->ram_bytes = manifest->ram_bytes;
    task->return_entries = manifest->return_entries;
    task->data = loading->load.data;
    task->data_bytes = loading->load.data_bytes;
    task->data_address = manifest->data_address;
    task->flags = manifest->flags;
    task->restart = manifest->restart;
    task->priority = manifest->priority;
    task->hold = loading->hold;
    task->check_in_ms = manifest->check_in_ms;
    task->right_count = loading->load.capability_count;
}

static void check_memory(struct executive *executive, struct loading *loading) {
    const struct artifact_manifest *manifest = &loading->load.artifact.manifest;
    uint64_t bytes = block_bytes(loading->load.capability_count, manifest->return_entries, manifest->ram_bytes);
    uint32_t free_bytes = block_free(executive), most = executive->config->budget.ram_bytes;
    if (most > 0 && manifest->ram_bytes > most)
        refuse(executive, loading, REFUSED_BUDGET, manifest->ram_bytes, most, NULL);
    if (bytes > free_bytes) refuse(executive, loading, REFUSED_MEMORY, (uint32_t)bytes, free_bytes, NULL);
}

static void take_rights(struct executive *executive, const struct loading *loading, struct task *task) {
    const struct executive_config *config = executive->config;
    for (uint32_t i = 0; i < task->right_count; i++) {
        struct artifact_capability request =
            artifact_capability_decode(loading->load.capabilities + i * ARTIFACT_CAPABILITY_BYTES);
        (void)capability_grant(&request, config->grants, config->grant_count, &task->rights[i]);
    }
}

static void refuse_checked(struct executive *executive, struct loading *loading) {
    const struct vm_verdict *verdict = &loading->load.verdict;
    bool verifier = loading->refusal == REFUSED_PROGRAM;
    uint32_t why = verifier ? verdict->refusal : (uint32_t)loading->status;
    uint32_t where = verifier ? verdict->word : loading->fault.offset;
    refuse(executive, loading, (enum executive_refusal)loading->refusal, why, where, loading->fault.reason);
}

/* All reasons against it first; after them nothing can fail. */
static void admit(struct executive *executive, struct loading *loading) {
    struct task *task = task_slot(executive);
    if (loading->status != ST_OK) {
        refuse_checked(executive, loading);
    } else {
        check_calls(executive, loading);
        check_capabilities(executive, loading);
        check_name(executive, loading);
        if (!task) refuse(executive, loading, REFUSED_TASKS, executive->config->tasks_max, 0, NULL);
        check_memory(executive, loading);
        if (PROFILE_HAS_BUDGET) check_budget(executive, loading);
        if (PROFILE_HAS_COMMAND) check_handlers(executive, loading);
        check_declared(executive, loading);
    }
    if (loading->reasons > 0) {
        give_up(executive, loading);
        return;
    }
    fill_task(executive, loading, task);
    block_take(executive, task);
    take_rights(executive, loading, task);
    task->pid = ++executive->next_pid;
    add_declared(executive, &loading->load, task->pid);
    executive->next_slot = (uint32_t)(task - executive->task) + 1;
    struct executive_event event = {.kind = EVENT_LOADED, .load = loading->number, .pid = task->pid};
    event_put(executive, event);
    loading->number = 0;
    if (PROFILE_HAS_STREAMS) mailbox_wake(executive, MAILBOX_ANY); /* its streams have names from now on */
    if (PROFILE_HAS_CONDITION && loading->later)
        condition_start(executive, task);
    else
        task_start(executive, task, REASON_LOADED);
}

bool loading_is_busy(const struct executive *executive) {
    for (uint32_t i = 0; i < executive->config->loads_max; i++) {
        if (executive->loading[i].number != 0) return true;
    }
    return false;
}

bool loading_waits(const struct executive *executive) {
    for (uint32_t i = 0; i < executive->config->loads_max; i++) {
        if (executive->loading[i].number != 0 && executive->loading[i].job.state == JOB_DONE) return true;
    }
    return false;
}

void loading_admit(struct executive *executive) {
    for (uint32_t i = 0; i < executive->config->loads_max; i++) {
        struct loading *loading = &executive->loading[i];
        if (loading->number == 0 || loading->job.state != JOB_DONE) continue;
        loading->job.state = JOB_FREE;
        admit(executive, loading);
    }
}
