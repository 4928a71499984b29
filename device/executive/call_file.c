/* Handlers of the group file: names, handles and rights at once; what the storage is asked for as a request. */
#include <string.h>

#include "core/base/bytes.h"
#include "core/base/name.h"
#include "device/executive/call.h"
#include "device/executive/file.h"
#include "device/executive/format.h"

enum { STARTED, HANDLE }; /* in call_progress: whether the request was made; the number that is being opened */

/* A name, as text with zeros behind it. */
static enum status read_name(struct call *call, uint32_t address, char name[PORT_FILE_NAME_BYTES]) {
    uint32_t length;
    enum status status = format_text_length(&call->task->vm, address, PORT_FILE_NAME_BYTES, &length);
    if (status != ST_OK) return status;
    const char *text = (const char *)vm_memory_read(&call->task->vm, address, length);
    memset(name, 0, PORT_FILE_NAME_BYTES);
    memcpy(name, text, length);
    return name_is_good(name, length) ? ST_OK : ST_INVALID;
}

static bool may(const struct call *call, uint8_t mode) {
    return capability_covers(call->task->rights, call->task->right_count, CALL_GROUP_FILE, mode, 0);
}

static bool has_files(const struct call *call) { return call->executive->config->file_handles_max > 0; }

/* Parks the task until its request has been done; then tells how it ended. */
static enum status wait_for(struct call *call, const struct file_ask *ask, const uint8_t *bytes) {
    struct file_request *request = file_request_of(call->executive, call->task);
    uint32_t *started = &call->task->call_progress[STARTED];
    if (*started == 0 && request->job.state == JOB_FREE) {
        file_start(call->executive, call->task, call->row->number, ask, bytes);
        *started = 1;
    }
    if (*started == 0 || request->job.state != JOB_DONE) return call_park(call, WAIT_FILE, UINT64_MAX);
    request->job.state = JOB_FREE;
    return request->status;
}

static const struct file_request *done(const struct call *call) { return file_request_of(call->executive, call->task); }

/* The handle, opened for that; 0: for either. */
static enum status find(struct call *call, uint32_t number, uint8_t flag, struct file_handle **handle) {
    if (!has_files(call)) return ST_UNSUPPORTED;
    *handle = file_handle_find(call->executive, call->task->pid, number);
    if (!*handle || (*handle)->flags == 0) return ST_NOT_FOUND;
    return flag != 0 && ((*handle)->flags & flag) == 0 ? ST_DENIED : ST_OK;
}

static struct file_ask ask_of(const struct file_handle *handle, uint32_t length) {
    struct file_ask ask = {.flags = handle->flags, .offset = handle->position, .length = length};
    memcpy(ask.name, handle->name, sizeof ask.name);
    return ask;
}

/* ---- open files */

static enum status check_flags(const struct call *call, uint32_t flags) {
    if ((flags & (FILE_READ | FILE_WRITE)) == 0) return ST_INVALID;
    if ((flags & FILE_WRITE) == 0 && flags != FILE_READ) return ST_INVALID;
    if ((flags & FILE_READ) != 0 && !may(call, MODE_FILE_READ)) return ST_DENIED;
    return (flags & FILE_WRITE) != 0 && !may(call, MODE_FILE_WRITE) ? ST_DENIED : ST_OK;
}

enum status handle_file_open(struct call *call, uint32_t name, uint32_t flags) {
    struct file_ask ask = {.flags = (uint8_t)flags};
    uint32_t pid = call->task->pid, *number = &call->task->call_progress[HANDLE];
    if (!has_files(call)) return ST_UNSUPPORTED;
    enum status status = read_name(call, name, ask.name);
    if (status == ST_OK) status = check_flags(call, flags);
    if (status == ST_OK && !call->again) status = file_handle_give(call->executive, pid, number);
    if (status != ST_OK) return status;
    struct file_handle *handle = file_handle_find(call->executive, pid, *number);
    memcpy(handle->name, ask.name, sizeof handle->name);
    status = wait_for(call, &ask, NULL);
    if (status == ST_OK) handle->flags = (uint8_t)flags;
    if (status != ST_OK && status != ST_AGAIN) handle->pid = 0;
    call->result = *number;
    return status;
}

enum status handle_file_close(struct call *call, uint32_t number) {
    struct file_handle *handle;
    enum status status = find(call, number, 0, &handle);
    if (status == ST_OK) handle->pid = 0;
    return status;
}

enum status handle_file_read(struct call *call, uint32_t number, uint8_t *to, uint32_t capacity) {
    struct file_handle *handle;
    enum status status = find(call, number, FILE_READ, &handle);
    if (status != ST_OK) return status;
    struct file_ask ask = ask_of(handle, capacity);
    status = wait_for(call, &ask, NULL);
    if (status != ST_OK) return status;
    call->result = done(call)->file.length;
    memcpy(to, done(call)->bytes, call->result);
    handle->position += call->result;
    return ST_OK;
}

enum status handle_file_write(struct call *call, uint32_t number, const uint8_t *bytes, uint32_t length) {
    struct file_handle *handle;
    enum status status = find(call, number, FILE_WRITE, &handle);
    if (status != ST_OK || length == 0) return status;
    struct file_ask ask = ask_of(handle, length);
    status = wait_for(call, &ask, bytes);
    if (status == ST_OK) handle->position = done(call)->file.offset + length;
    return status;
}

enum status handle_file_seek(struct call *call, uint32_t number, uint32_t position) {
    struct file_handle *handle;
    enum status status = find(call, number, 0, &handle);
    if (status == ST_OK) handle->position = position;
    return status;
}

enum status handle_file_size(struct call *call, uint32_t number) {
    struct file_handle *handle;
    enum status status = find(call, number, 0, &handle);
    if (status != ST_OK) return status;
    struct file_ask ask = ask_of(handle, 0);
    status = wait_for(call, &ask, NULL);
    if (status == ST_OK) call->result = done(call)->file.length;
    return status;
}

/* ---- the folder */

enum status handle_file_next(struct call *call, uint32_t name, uint8_t *facts) {
    struct file_ask ask = {0};
    const uint8_t *first = vm_memory_read(&call->task->vm, name, 1);
    if (!has_files(call)) return ST_UNSUPPORTED;
    enum status status = first && *first == '\0' ? ST_OK : read_name(call, name, ask.name);
    if (status == ST_OK) status = wait_for(call, &ask, NULL);
    if (status != ST_OK) return status;
    store_le32(facts + CALL_FILE_FACTS_SIZE, done(call)->file.length);
    memcpy(facts + CALL_FILE_FACTS_NAME, done(call)->bytes, PORT_FILE_NAME_BYTES);
    return ST_OK;
}

enum status handle_file_rename(struct call *call, uint32_t name, uint32_t wanted) {
    struct file_ask ask = {0};
    if (!has_files(call)) return ST_UNSUPPORTED;
    enum status status = read_name(call, name, ask.name);
    if (status == ST_OK) status = read_name(call, wanted, ask.to);
    if (status != ST_OK) return status;
    uint32_t pid = call->task->pid;
    if (file_is_open(call->executive, pid, ask.name) || file_is_open(call->executive, pid, ask.to)) return ST_BUSY;
    return wait_for(call, &ask, NULL);
}

enum status handle_file_delete(struct call *call, uint32_t name) {
    struct file_ask ask = {0};
    if (!has_files(call)) return ST_UNSUPPORTED;
    enum status status = read_name(call, name, ask.name);
    if (status != ST_OK) return status;
    return file_is_open(call->executive, call->task->pid, ask.name) ? ST_BUSY : wait_for(call, &ask, NULL);
}

enum status handle_file_space(struct call *call, uint8_t *space) {
    struct file_ask ask = {0};
    if (!has_files(call)) return ST_UNSUPPORTED;
    enum status status = wait_for(call, &ask, NULL);
    if (status != ST_OK) return status;
    store_le32(space + CALL_FILE_SPACE_FILES, done(call)->file.count);
    store_le32(space + CALL_FILE_SPACE_FILES_MAX, call->executive->config->files_of_task);
    store_le32(space + CALL_FILE_SPACE_SIZE, done(call)->file.length);
    store_le32(space + CALL_FILE_SPACE_SIZE_MAX, call->executive->config->file_bytes_of_task);
    return ST_OK;
}
