#include "device/executive/upload.h"

#include <string.h>

/* What spec/operations.json allows in task.load_chunk, or what a request of the profile has room for. */
enum {
    CHUNK_HEAD_BYTES = 32,
    CHUNK_BYTES_MAX = HIVE_MESSAGE_BYTES < 512 + CHUNK_HEAD_BYTES ? HIVE_MESSAGE_BYTES - CHUNK_HEAD_BYTES : 512
};

bool upload_init(struct hive *hive, struct arena *arena) {
    uint16_t count = hive->config->uploads_max;
    hive->upload = ARENA_ARRAY(arena, struct upload, count);
    if (!hive->upload) return false;
    for (uint32_t i = 0; i < count; i++) {
        hive->upload[i].bytes = arena_take(arena, hive->config->upload_bytes, 1, ARTIFACT_ALIGNMENT);
        if (!hive->upload[i].bytes) return false;
    }
    return true;
}

void upload_hear(struct hive *hive, const struct executive_event *event) {
    if (event->kind != EVENT_LOADED && event->kind != EVENT_LOAD_FAILED) return;
    for (uint32_t i = 0; i < hive->config->uploads_max; i++) {
        struct upload *upload = &hive->upload[i];
        if (upload->state != UPLOAD_LOADING || upload->load != event->load) continue;
        upload->state = event->kind == EVENT_LOADED ? UPLOAD_TASK : UPLOAD_FREE;
        upload->pid = event->pid;
    }
}

void upload_expire(struct hive *hive) {
    for (uint32_t i = 0; i < hive->config->uploads_max; i++) {
        struct upload *upload = &hive->upload[i];
        bool ended = upload->state == UPLOAD_TASK && !hive_has_task(hive, upload->pid);
        bool left = upload->state == UPLOAD_RECEIVING && !session_find(&hive->sessions, upload->session);
        if (ended || left) upload->state = UPLOAD_FREE;
    }
}

static struct upload *find(struct operation *operation, uint32_t number) {
    struct hive *hive = operation->hive;
    if (number == 0 || number > hive->config->uploads_max) return NULL;
    struct upload *upload = &hive->upload[number - 1];
    bool own = upload->state == UPLOAD_RECEIVING && upload->session == operation->session->id;
    return own ? upload : NULL;
}

enum status upload_take(struct hive *hive, uint32_t bytes, struct upload **upload) {
    if (bytes > hive->config->upload_bytes) return ST_QUOTA;
    upload_expire(hive);
    uint32_t i = 0;
    while (i < hive->config->uploads_max && hive->upload[i].state != UPLOAD_FREE) i++;
    if (i == hive->config->uploads_max) return ST_FULL;
    *upload = &hive->upload[i];
    **upload = (struct upload){.state = UPLOAD_DELIVERED, .length = bytes, .bytes = (*upload)->bytes};
    return ST_OK;
}

enum status upload_load(struct hive *hive, struct upload *upload, uint16_t *load) {
    enum status status = executive_load(hive->executive, upload->bytes, upload->length, &upload->load);
    if (status != ST_OK) return status;
    upload->state = UPLOAD_LOADING;
    *load = upload->load;
    return ST_OK;
}

enum status operate_task_load_begin(struct operation *operation, const struct task_load_begin_parameters *parameters,
                                    struct task_load_begin_result *result) {
    struct hive *hive = operation->hive;
    struct upload *upload;
    enum status status = upload_take(hive, parameters->bytes, &upload);
    if (status == ST_QUOTA) return operation_refuse(operation, status, WHY_ROOM, hive->config->upload_bytes);
    if (status != ST_OK) return operation_refuse(operation, status, WHY_ROOM, hive->config->uploads_max);
    upload->state = UPLOAD_RECEIVING;
    upload->session = operation->session->id;
    result->upload = (uint16_t)(upload - hive->upload + 1);
    result->chunk_max = CHUNK_BYTES_MAX;
    return ST_OK;
}

enum status operate_task_load_chunk(struct operation *operation, const struct task_load_chunk_parameters *parameters,
                                    struct task_load_chunk_result *result) {
    struct upload *upload = find(operation, parameters->upload);
    if (!upload) return operation_refuse(operation, ST_NOT_FOUND, WHY_UPLOAD, 0);
    uint32_t length = parameters->data_bytes;
    bool inside = parameters->offset <= upload->length && length <= upload->length - parameters->offset;
    bool again = inside && parameters->offset + length <= upload->received;
    if (!inside || (!again && parameters->offset != upload->received))
        return operation_refuse(operation, ST_RANGE, WHY_UPLOAD, upload->received);
    if (!again) {
        memcpy(upload->bytes + parameters->offset, parameters->data, length);
        upload->received += length;
    }
    result->received = upload->received;
    return ST_OK;
}

enum status operate_task_load_end(struct operation *operation, const struct task_load_end_parameters *parameters,
                                  struct task_load_end_result *result) {
    struct upload *upload = find(operation, parameters->upload);
    if (!upload) return operation_refuse(operation, ST_NOT_FOUND, WHY_UPLOAD, 0);
    if (upload->received < upload->length) return operation_refuse(operation, ST_AGAIN, WHY_UPLOAD, upload->received);
    return upload_load(operation->hive, upload, &result->load);
}
