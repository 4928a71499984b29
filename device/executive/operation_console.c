/* Handlers of the operations console and log. */
#include "device/executive/log.h"
#include "device/executive/operation.h"

#include <string.h>

enum status operate_console_write(struct operation *operation, const struct console_write_parameters *parameters,
                                  struct console_write_result *result) {
    result->taken = (uint16_t)executive_feed(operation->hive->executive, parameters->data, parameters->data_bytes);
    return ST_OK;
}

enum status operate_console_send(struct operation *operation, const struct console_send_parameters *parameters,
                                 struct console_send_result *result) {
    size_t taken;
    enum status status = executive_type(operation->hive->executive, parameters->pid, parameters->data,
                                        parameters->data_bytes, parameters->end, &taken);
    if (status != ST_OK) return operation_refuse(operation, status, WHY_TASK, parameters->pid);
    result->taken = (uint16_t)taken;
    return ST_OK;
}

enum status operate_console_listen(struct operation *operation, const struct console_listen_parameters *parameters) {
    operation->session->console = parameters->streams;
    operation->session->console_pid = parameters->pid;
    return ST_OK;
}

bool list_log_list(struct operation *operation, uint32_t after, struct log_list_row *row) {
    struct executive *executive = operation->hive->executive;
    struct log_line line;
    executive_time(executive, operation->now_us);
    if (!log_next(executive, after, &line)) return false;
    memcpy(executive->copy_out, line.text, sizeof line.text); /* no call is being answered now */
    *row = (struct log_list_row){.sequence = line.sequence,
                                 .time_us = line.time_us,
                                 .pid = line.pid,
                                 .level = line.level,
                                 .source = line.source,
                                 .continues = line.continues,
                                 .text = (const char *)executive->copy_out};
    return true;
}

enum status operate_log_level(struct operation *operation, const struct log_level_parameters *parameters,
                              struct log_level_result *result) {
    enum status status = log_set_level(operation->hive->executive, parameters->pid, parameters->level, &result->before);
    return status == ST_OK ? ST_OK : operation_refuse(operation, status, WHY_TASK, parameters->pid);
}
