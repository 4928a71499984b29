#include "device/executive/file.h"

#include <string.h>

#include "core/base/bytes.h"
#include "device/executive/state.h"

enum { HANDLE_SLOT_BITS = 12 };

/* ---- handles */

struct file_handle *file_handle_find(struct executive *executive, uint32_t pid, uint32_t number) {
    uint32_t slot = number & ((1u << HANDLE_SLOT_BITS) - 1);
    if (slot >= executive->config->file_handles_max) return NULL;
    struct file_handle *handle = &executive->file[slot];
    if (handle->pid != pid || handle->generation << HANDLE_SLOT_BITS != number - slot) return NULL;
    return handle;
}

enum status file_handle_give(struct executive *executive, uint32_t pid, uint32_t *number) {
    struct file_handle *found = NULL;
    uint32_t owned = 0;
    for (uint32_t i = 0; i < executive->config->file_handles_max; i++) {
        struct file_handle *handle = &executive->file[i];
        owned += handle->pid == pid;
        if (handle->pid == 0 && !found) found = handle;
    }
    if (owned >= executive->config->file_handles_of_task) return ST_QUOTA;
    if (!found) return ST_FULL;
    *found = (struct file_handle){.pid = pid, .generation = found->generation + 1};
    *number = found->generation << HANDLE_SLOT_BITS | (uint32_t)(found - executive->file);
    return ST_OK;
}

bool file_is_open(const struct executive *executive, uint32_t pid, const char *name) {
    for (uint32_t i = 0; i < executive->config->file_handles_max; i++) {
        const struct file_handle *handle = &executive->file[i];
        if (handle->pid == pid && text_equal(handle->name, name)) return true;
    }
    return false;
}

/* ---- the job: what may take long, and touches nothing but its request */

static enum status ask_port(struct file_request *request, enum port_file_operation operation) {
    return port_file(operation, &request->file);
}

/* Whether the folder may have so many files and bytes more. */
static enum status check_quota(struct file_request *request, uint32_t files, uint64_t bytes) {
    enum status status = ask_port(request, PORT_FILE_USAGE);
    if (status != ST_OK) return status;
    bool fits = request->file.count + files <= request->config->files_of_task &&
                request->file.length + bytes <= request->config->file_bytes_of_task;
    return fits ? ST_OK : ST_QUOTA;
}

static enum status open_file(struct file_request *request) {
    enum status status = ask_port(request, PORT_FILE_SIZE);
    bool creates = status == ST_NOT_FOUND && (request->ask.flags & FILE_CREATE) != 0;
    bool truncates = status == ST_OK && (request->ask.flags & FILE_TRUNCATE) != 0;
    if (creates) status = check_quota(request, 1, 0);
    if (status != ST_OK || !(creates || truncates)) return status;
    request->file.length = 0;
    return ask_port(request, PORT_FILE_RESIZE);
}

static enum status write_file(struct file_request *request) {
    enum status status = ask_port(request, PORT_FILE_SIZE);
    if (status != ST_OK) return status;
    uint32_t size = request->file.length;
    if (request->ask.flags & FILE_APPEND) request->file.offset = size;
    uint64_t end = (uint64_t)request->file.offset + request->ask.length;
    if (end > size) status = check_quota(request, 0, end - size);
    if (status != ST_OK) return status;
    request->file.length = request->ask.length;
    return ask_port(request, PORT_FILE_WRITE);
}

static enum status perform(struct file_request *request) {
    switch (request->call) {
    case CALL_FILE_OPEN: return open_file(request);
    case CALL_FILE_WRITE: return write_file(request);
    case CALL_FILE_READ: return ask_port(request, PORT_FILE_READ);
    case CALL_FILE_SIZE: return ask_port(request, PORT_FILE_SIZE);
    case CALL_FILE_NEXT: return ask_port(request, PORT_FILE_NEXT);
    case CALL_FILE_RENAME: return ask_port(request, PORT_FILE_RENAME);
    case CALL_FILE_DELETE: return ask_port(request, PORT_FILE_DELETE);
    case CALL_FILE_SPACE: return ask_port(request, PORT_FILE_USAGE);
    default: return ST_UNSUPPORTED;
    }
}

static void run_request(struct job *job) {
    struct file_request *request = job->context;
    request->file = (struct port_file){.folder = request->folder,
                                       .name = request->ask.name,
                                       .to = request->ask.to,
                                       .offset = request->ask.offset,
                                       .length = request->ask.length,
                                       .bytes = request->bytes};
    request->status = request->pid != 0 ? perform(request) : ST_NOT_FOUND; /* who asked may be gone by now */
}

/* ---- requests */

struct file_request *file_request_of(const struct executive *executive, const struct task *task) {
    return &executive->file_request[task - executive->task];
}

/* The program's name, and behind it the number of all instances but the first. A task's own name may be cut. */
static void name_folder(const struct task *task, char folder[FILE_FOLDER_BYTES]) {
    size_t length = text_length(task->program_name);
    memset(folder, 0, FILE_FOLDER_BYTES);
    memcpy(folder, task->program_name, length);
    if (task->instance == 0) return;
    folder[length++] = '_';
    folder[length++] = '#';
    if (task->instance >= 10) folder[length++] = (char)('0' + task->instance / 10);
    folder[length] = (char)('0' + task->instance % 10);
}

void file_start(struct executive *executive, const struct task *task, uint32_t call, const struct file_ask *ask,
                const uint8_t *bytes) {
    struct file_request *request = file_request_of(executive, task);
    request->pid = task->pid;
    request->call = call;
    request->config = executive->config;
    request->ask = *ask;
    name_folder(task, request->folder);
    if (bytes) memcpy(request->bytes, bytes, ask->length);
    request->job.run = run_request;
    request->job.context = request;
    request->job.cost_us = executive->config->file_us;
    request->job.state = JOB_ASKED;
    executive->files_asked |= 1u << (uint32_t)(request - executive->file_request);
}

void file_release(struct executive *executive, const struct task *task) {
    if (executive->config->file_handles_max == 0) return;
    for (uint32_t i = 0; i < executive->config->file_handles_max; i++) {
        if (executive->file[i].pid == task->pid) executive->file[i].pid = 0;
    }
    file_request_of(executive, task)->pid = 0;
}

struct job *file_job(struct executive *executive) {
    uint32_t count = executive->config->file_handles_max > 0 ? executive->config->tasks_max : 0;
    struct file_request *next = NULL;
    for (uint32_t i = count; i > 0; i--) {
        struct file_request *request = &executive->file_request[(executive->next_file + i - 1) % count];
        if (request->job.state == JOB_RUNNING) return NULL;
        if (request->job.state == JOB_ASKED) next = request;
    }
    if (!next) return NULL;
    executive->next_file = (uint32_t)(next - executive->file_request) + 1;
    next->job.state = JOB_RUNNING;
    return &next->job;
}

/* Done for nobody, or for a task that still waits for it: one that was paused takes it later. */
static bool is_due(const struct executive *executive, uint32_t slot) {
    const struct file_request *request = &executive->file_request[slot];
    const struct task *task = &executive->task[slot];
    if (request->job.state != JOB_DONE) return false;
    return request->pid == 0 || (task_waits(task) && task->wait == WAIT_FILE);
}

void file_collect(struct executive *executive) {
    for (uint32_t left = executive->files_asked; left != 0; left &= left - 1) {
        uint32_t slot = (uint32_t)__builtin_ctz(left);
        struct file_request *request = &executive->file_request[slot];
        struct task *task = &executive->task[slot];
        bool due = is_due(executive, slot);
        if (due && request->pid == 0) request->job.state = JOB_FREE;
        if (request->job.state == JOB_FREE) executive->files_asked &= ~(1u << slot);
        if (due && task_waits(task) && task->wait == WAIT_FILE) task_wake(executive, task);
    }
}

bool file_waits(const struct executive *executive) {
    for (uint32_t left = executive->files_asked; left != 0; left &= left - 1) {
        if (is_due(executive, (uint32_t)__builtin_ctz(left))) return true;
    }
    return false;
}
