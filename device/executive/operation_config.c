/* The handlers of what whoever composes the image adds: settings, the operator's page, and its end. */
#include <string.h>

#include "device/executive/operation.h"

static const struct hive_host *host_of(const struct operation *operation) { return operation->hive->config->host; }

bool list_config_list(struct operation *operation, uint32_t after, struct config_list_row *row) {
    const struct hive_host *host = host_of(operation);
    struct hive_setting setting;
    if (!host || !host->setting || !host->setting(host->context, after, &setting)) return false;
    *row = (struct config_list_row){.number = (uint16_t)(after + 1),
                                    .restart = setting.restart,
                                    .name = setting.name,
                                    .value = setting.value,
                                    .takes = setting.takes};
    return true;
}

enum status operate_config_get(struct operation *operation, const struct config_get_parameters *parameters,
                               struct config_get_result *result) {
    const struct hive_host *host = host_of(operation);
    struct hive_setting setting;
    if (!host || !host->setting) return ST_UNSUPPORTED;
    for (uint32_t i = 0; host->setting(host->context, i, &setting); i++) {
        if (strcmp(setting.name, parameters->name) != 0) continue;
        *result =
            (struct config_get_result){.restart = setting.restart, .value = setting.value, .takes = setting.takes};
        return ST_OK;
    }
    return operation_refuse(operation, ST_NOT_FOUND, WHY_SETTING, 0);
}

enum status operate_config_set(struct operation *operation, const struct config_set_parameters *parameters) {
    const struct hive_host *host = host_of(operation);
    if (!host || !host->set) return ST_UNSUPPORTED;
    if (operation_is_remote(operation)) return ST_DENIED;
    enum status status = host->set(host->context, parameters->name, parameters->value);
    if (status == ST_OK) return ST_OK;
    return operation_refuse(operation, status, status == ST_BUSY ? WHY_RESTART : WHY_SETTING, 0);
}

enum status operate_hive_page(struct operation *operation, struct hive_page_result *result) {
    const struct hive_host *host = host_of(operation);
    if (!host || !host->page) return ST_UNSUPPORTED;
    result->page = host->page(host->context);
    return ST_OK;
}

static enum status order_end(struct operation *operation, bool again) {
    const struct hive_host *host = host_of(operation);
    if (!host || !host->end) return ST_UNSUPPORTED;
    if (operation_is_remote(operation)) return ST_DENIED;
    if (operation_is_any_locked(operation)) return ST_BUSY;
    return host->end(host->context, again);
}

enum status operate_hive_restart(struct operation *operation) { return order_end(operation, true); }

enum status operate_hive_shutdown(struct operation *operation) { return order_end(operation, false); }
