/* The handlers of the group blackbox, and the one that makes a task leave more in it. */
#include "device/executive/blackbox.h"
#include "device/executive/operation.h"

static struct blackbox *blackbox_of(const struct operation *operation) {
    return operation->hive->executive->config->blackbox;
}

enum status operate_blackbox_info(struct operation *operation, struct blackbox_info_result *result) {
    const struct blackbox *blackbox = blackbox_of(operation);
    if (!blackbox) return ST_UNSUPPORTED;
    *result = (struct blackbox_info_result){.bytes = blackbox->area.bytes,
                                            .boots = blackbox->boots,
                                            .reason = (uint8_t)blackbox->reason,
                                            .unsettled = blackbox->unsettled,
                                            .oldest = blackbox->oldest,
                                            .newest = blackbox->newest,
                                            .newest_event = blackbox->newest_event,
                                            .damaged = blackbox->damaged};
    return ST_OK;
}

enum status operate_blackbox_read(struct operation *operation, const struct blackbox_read_parameters *parameters,
                                  struct blackbox_read_result *result) {
    struct blackbox *blackbox = blackbox_of(operation);
    if (!blackbox) return ST_UNSUPPORTED;
    uint32_t bytes = blackbox->area.bytes, length = parameters->length;
    if (parameters->offset >= bytes || length > bytes - parameters->offset)
        return operation_refuse(operation, ST_RANGE, WHY_PARAMETER, 0);
    result->data = blackbox_read(blackbox, parameters->offset, length);
    result->data_bytes = (uint16_t)length;
    return ST_OK;
}

enum status operate_task_trace(struct operation *operation, const struct task_trace_parameters *parameters) {
    enum status status = executive_trace(operation->hive->executive, parameters->pid);
    return status == ST_NOT_FOUND ? operation_refuse(operation, status, WHY_TASK, parameters->pid) : status;
}
