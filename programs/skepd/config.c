#include "programs/skepd/config.h"

#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "host/file/file.h"
#include "host/keys/keys.h"
#include "host/link/operation_rows.h"
#include "host/toml/toml.h"
#include "toolchain/listing/calls_names.h"
#include "toolchain/pack/capability.h"

enum { GROUPS = 64, MESSAGE_BYTES = 256 };

/* ---- the settings ---- */

enum kind { TEXT, NUMBER, LARGE, BOOLEAN, GRANTS, EVENTS, REASONS, BUDGET, STARTS };

/* `bytes` of the member, which for GRANTS is the array alone. */
struct setting {
    const char *key;
    enum kind kind;
    size_t offset, bytes;
    int64_t least, most; /* of a number */
    bool restart;
};
#define MEMBER(field) offsetof(struct skepd_config, field), sizeof((struct skepd_config *)0)->field
static const struct setting settings[] = {
    {"name", TEXT, MEMBER(name), 0, 0, true},
    {"socket", TEXT, MEMBER(socket), 0, 0, true},
    {"trust", TEXT, MEMBER(trust), 0, 0, true},
    {"allow_unsigned", BOOLEAN, MEMBER(allow_unsigned), 0, 0, true},
    {"listen", TEXT, MEMBER(listen), 0, 0, true},
    {"token_file", TEXT, MEMBER(token_file), 0, 0, true},
    {"tasks", NUMBER, MEMBER(tasks), 1, 32, true},
    {"sessions", NUMBER, MEMBER(sessions), 1, 256, true},
    {"memory_kib", NUMBER, MEMBER(memory_kib), 64, 1 << 20, true},
    {"artifact_kib", NUMBER, MEMBER(artifact_kib), 1, 1 << 16, true},
    {"events", NUMBER, MEMBER(events), 16, 1 << 20, true},
    {"state", TEXT, MEMBER(state), 0, 0, true},
    {"files", TEXT, MEMBER(files), 0, 0, true},
    {"file_kib", NUMBER, MEMBER(file_kib), 1, 1 << 20, true},
    {"blackbox", TEXT, MEMBER(blackbox), 0, 0, true},
    {"start", STARTS, MEMBER(start), 0, 0, true},
    {"start_wait_ms", NUMBER, MEMBER(start_wait_ms), 0, 3600000, true},
    {"settle_ms", NUMBER, MEMBER(settle_ms), 0, 86400000, true},
    {"boots_max", NUMBER, MEMBER(boots_max), 0, 1000, true},
    {"grants", GRANTS, MEMBER(grant), 0, 0, false},
    {"factory", BOOLEAN, MEMBER(factory), 0, 0, false},
    {"tell_values", BOOLEAN, MEMBER(tell_values), 0, 0, false},
    {"tell_traffic", BOOLEAN, MEMBER(tell_traffic), 0, 0, false},
    {"tell_moves", REASONS, MEMBER(moves), 0, 0, false},
    {"keep_events", EVENTS, MEMBER(keep_events), 0, 0, false},
    {"restarts_max", NUMBER, MEMBER(restarts_max), 0, UINT32_MAX, false},
    {"restart_delay_ms", NUMBER, MEMBER(restart_delay_ms), 1, 60000, false},
    {"quarantine_failures", NUMBER, MEMBER(quarantine_failures), 0, TASK_FAILURES_MAX, false},
    {"quarantine_ms", NUMBER, MEMBER(quarantine_ms), 0, 86400000, false},
    {"budget", BUDGET, MEMBER(budget), 0, 0, false},
};
enum { SETTINGS = sizeof settings / sizeof *settings };
static const struct setting budget_settings[] = {
    {"fuel", LARGE, MEMBER(budget.fuel_words), 0, INT64_MAX, false},
    {"period_ms", NUMBER, MEMBER(budget.period_ms), 0, 3600000, false},
    {"period_fuel", NUMBER, MEMBER(budget.period_words), 0, UINT32_MAX, false},
    {"calls", NUMBER, MEMBER(budget.calls), 0, UINT32_MAX, false},
    {"messages", NUMBER, MEMBER(budget.messages), 0, UINT32_MAX, false},
    {"log_bytes", NUMBER, MEMBER(budget.log_bytes), 0, UINT32_MAX, false},
    {"ram_bytes", NUMBER, MEMBER(budget.ram_bytes), 0, UINT32_MAX, false},
    {"live_ms", NUMBER, MEMBER(budget.live_ms), 0, UINT32_MAX, false},
};
enum { BUDGET_SETTINGS = sizeof budget_settings / sizeof *budget_settings };

static const struct setting *find_setting(const struct setting *rows, size_t count, const char *key) {
    for (size_t i = 0; i < count; i++) {
        if (strcmp(rows[i].key, key) == 0) return &rows[i];
    }
    return NULL;
}

/* ---- reading ---- */

struct reading {
    const char *path;
    struct skepd_config *to;
};

static bool fail(const struct reading *reading, const struct toml_value *at, const char *why) {
    fprintf(stderr, "skepd: %s:%u:%u: %s\n", reading->path, at->line, at->column, why);
    return false;
}

static bool read_text(const struct reading *reading, const struct toml_value *value, char *to, size_t bytes) {
    if (value->kind != TOML_STRING) return fail(reading, value, "a string stands here");
    if (strlen(value->text) >= bytes) return fail(reading, value, "it is too long");
    memset(to, 0, bytes);
    memcpy(to, value->text, strlen(value->text));
    return true;
}

static bool read_number(const struct reading *reading, const struct setting *row, const struct toml_value *value,
                        void *to) {
    char why[MESSAGE_BYTES];
    if (value->kind == TOML_INTEGER && value->integer >= row->least && value->integer <= row->most) {
        uint64_t number = (uint64_t)value->integer;
        memcpy(to, &number, row->bytes); /* a host is little-endian */
        return true;
    }
    snprintf(why, sizeof why, "a number from %" PRId64 " to %" PRId64 " stands here", row->least, row->most);
    return fail(reading, value, why);
}

static bool read_grants(const struct reading *reading, const struct toml_value *value) {
    char why[MESSAGE_BYTES];
    struct skepd_config *to = reading->to;
    to->grant_count = 0;
    to->has_grants = !(value->kind == TOML_STRING && strcmp(value->text, "everything") == 0);
    if (!to->has_grants) return true;
    if (value->kind != TOML_ARRAY) return fail(reading, value, "an array of rows stands here, as [\"console write\"]");
    for (const struct toml_value *row = value->first; row; row = row->next) {
        if (row->kind != TOML_STRING) return fail(reading, row, "a string stands here");
        if (to->grant_count == CONFIG_GRANTS_MAX) return fail(reading, row, "too many rows");
        if (capability_parse(row->text, &to->grant[to->grant_count++], why, sizeof why) != ST_OK)
            return fail(reading, row, why);
    }
    return true;
}

/* The bit of a name. */
static bool event_bit(const char *name, uint64_t *bit) {
    const struct event_name *row = event_named(name);
    if (row) *bit = (uint64_t)1 << row->number;
    return row != NULL;
}
static const char *const reasons[] = {"loaded",    "turn",    "quantum",    "call",    "mailbox", "sleep",
                                      "throttled", "woken",   "pause",      "stop",    "resume",  "end",
                                      "back_off",  "restart", "quarantine", "release", "hold"};
enum { REASONS_COUNT = sizeof reasons / sizeof *reasons };
_Static_assert((int)REASONS_COUNT > (int)REASON_HOLD, "every reason has its name");

static bool reason_bit(const char *name, uint64_t *bit) {
    for (size_t i = 0; i < REASONS_COUNT; i++) {
        *bit = (uint64_t)1 << i;
        if (strcmp(reasons[i], name) == 0) return true;
    }
    return false;
}

static bool read_names(const struct reading *reading, const struct setting *row, const struct toml_value *value,
                       void *to) {
    const bool events = row->kind == EVENTS;
    uint64_t bits = 0, bit;
    if (value->kind != TOML_ARRAY) return fail(reading, value, "an array of names stands here");
    for (const struct toml_value *name = value->first; name; name = name->next) {
        bool known = name->kind == TOML_STRING && (events ? event_bit : reason_bit)(name->text, &bit);
        if (!known) return fail(reading, name, events ? "no event has that name" : "no reason has that name");
        bits |= bit;
    }
    memcpy(to, &bits, row->bytes);
    return true;
}

static bool read_member(const struct reading *reading, const struct setting *rows, size_t count,
                        const struct toml_value *value);

static bool read_budget(const struct reading *reading, const struct toml_value *value) {
    struct task_budget *budget = &reading->to->budget;
    if (value->kind != TOML_TABLE) return fail(reading, value, "a table stands here");
    *budget = (struct task_budget){.fuel_words = 0};
    for (const struct toml_value *item = value->first; item; item = item->next) {
        if (!read_member(reading, budget_settings, BUDGET_SETTINGS, item)) return false;
    }
    if ((budget->period_ms == 0) == (budget->period_words == 0)) return true;
    return fail(reading, value, "period_ms and period_fuel come together");
}

static bool read_start(const struct reading *reading, const struct toml_value *table) {
    struct skepd_config *to = reading->to;
    const struct toml_value *path = table->kind == TOML_TABLE ? toml_find(table, "path") : NULL;
    if (!path) return fail(reading, table, "a table with path = \"FILE.cvm1\" stands here");
    if (to->start_count == CONFIG_STARTS_MAX) return fail(reading, table, "too many artifacts to start");
    struct config_start *start = &to->start[to->start_count++];
    for (const struct toml_value *member = table->first; member; member = member->next) {
        if (strcmp(member->key, "path") == 0) {
            if (!read_text(reading, member, start->path, sizeof start->path)) return false;
        } else if (strcmp(member->key, "hold") == 0 && member->kind == TOML_BOOLEAN) {
            start->hold = member->boolean;
        } else {
            return fail(reading, member, "path, a string, and hold, true or false, stand here");
        }
    }
    return true;
}

static bool read_starts(const struct reading *reading, const struct toml_value *value) {
    if (value->kind != TOML_ARRAY) return fail(reading, value, "[[start]] begins an artifact that starts by itself");
    reading->to->start_count = 0;
    for (const struct toml_value *table = value->first; table; table = table->next) {
        if (!read_start(reading, table)) return false;
    }
    return true;
}

static bool read_member(const struct reading *reading, const struct setting *rows, size_t count,
                        const struct toml_value *value) {
    const struct setting *row = find_setting(rows, count, value->key);
    if (!row) return fail(reading, value, "skepd has no such setting; docs/SKEPD.md lists them");
    void *to = (char *)reading->to + row->offset;
    switch (row->kind) {
    case TEXT: return read_text(reading, value, to, row->bytes);
    case NUMBER:
    case LARGE: return read_number(reading, row, value, to);
    case GRANTS: return read_grants(reading, value);
    case EVENTS:
    case REASONS: return read_names(reading, row, value, to);
    case BUDGET: return read_budget(reading, value);
    case STARTS: return read_starts(reading, value);
    case BOOLEAN:
        if (value->kind != TOML_BOOLEAN) return fail(reading, value, "true or false stands here");
        *(bool *)to = value->boolean;
        return true;
    }
    return false;
}

/* All members of a text. */
static bool read_document(const struct reading *reading, const char *text, size_t length) {
    struct toml_fault fault;
    struct toml *document;
    if (toml_parse(text, length, &document, &fault) != ST_OK) {
        fprintf(stderr, "skepd: %s:%u:%u: %s\n", reading->path, fault.line, fault.column, fault.message);
        return false;
    }
    bool good = true;
    for (const struct toml_value *value = toml_root(document)->first; value && good; value = value->next)
        good = read_member(reading, settings, SETTINGS, value);
    toml_free(document);
    return good;
}

static bool cannot_read(const char *path) {
    fprintf(stderr, "skepd: %s: %s\n", path, strerror(errno));
    return false;
}

static bool take_trust(struct skepd_config *to) {
    char message[HOST_KEY_MESSAGE_BYTES];
    struct file_bytes file;
    struct host_key *key;
    if (to->trust[0] == '\0') return true;
    if (file_read(to->trust, &file) != ST_OK) return cannot_read(to->trust);
    enum status status = host_key_read_pem(file.bytes, file.length, &key, message);
    file_free(&file);
    if (status != ST_OK) return fprintf(stderr, "skepd: %s: %s\n", to->trust, message), false;
    struct keys_entry entry = {.roles = KEYS_GUEST, .key = host_key_public(key)};
    host_key_free(key);
    to->has_keys = true;
    if (keys_encode(&entry, 1, to->keys) == ST_OK) return true;
    return fprintf(stderr, "skepd: %s: no key that a hive could trust\n", to->trust), false;
}

/* A token is a secret: whoever else can read the file has it. */
static bool take_token(struct skepd_config *to) {
    const char *path = to->token_file;
    struct file_bytes file;
    struct stat facts;
    if (path[0] == '\0') return true;
    if (stat(path, &facts) != 0 || file_read(path, &file) != ST_OK) return cannot_read(path);
    while (file.length > 0 && file.bytes[file.length - 1] == '\n') file.length--;
    bool good = file.length >= CONFIG_TOKEN_BYTES_MIN && file.length <= sizeof to->token;
    to->token_bytes = good ? (uint32_t)file.length : 0;
    if (good) memcpy(to->token, file.bytes, file.length);
    file_free(&file);
    if (!good) return fprintf(stderr, "skepd: %s: a token has 16 to 64 bytes\n", path), false;
    if (facts.st_mode & 077) return fprintf(stderr, "skepd: %s: others can read it; chmod 600\n", path), false;
    return true;
}

static bool wants(const char *path, bool good, const char *why) {
    if (!good) fprintf(stderr, "skepd: %s: %s\n", path, why);
    return good;
}

static bool check(const char *path, const struct skepd_config *to) {
    bool good = wants(path, to->socket[0] != '\0', "it names no socket");
    good &= wants(path, to->listen[0] == '\0' || to->token_bytes > 0,
                  "listen needs a token_file: every TCP connection shows it");
    good &= wants(path, to->has_keys || to->allow_unsigned, "it names no key to trust, and allow_unsigned is not true");
    return good;
}

bool config_read(const char *path, struct skepd_config *config) {
    struct reading reading = {path, config};
    struct file_bytes file;
    *config = (struct skepd_config){.name = "skepd",
                                    .tasks = 16,
                                    .sessions = 16,
                                    .memory_kib = 8192,
                                    .artifact_kib = 1024,
                                    .events = 4096,
                                    .file_kib = 1024,
                                    .settle_ms = 60000,
                                    .boots_max = 5,
                                    .restarts_max = UINT32_MAX,
                                    .restart_delay_ms = 100};
    if (file_read(path, &file) != ST_OK) return cannot_read(path);
    bool good = read_document(&reading, (const char *)file.bytes, file.length);
    file_free(&file);
    return good && take_trust(config) && take_token(config) && check(path, config);
}

/* ---- changing ---- */

enum status config_set(struct skepd_config *config, const char *name, const char *value) {
    static struct skepd_config next;
    const struct setting *row = find_setting(settings, SETTINGS, name);
    const struct reading reading = {"config.set", &next};
    if (!row) return ST_NOT_FOUND;
    if (row->restart) return ST_BUSY;
    next = *config;
    char *text;
    if (asprintf(&text, "%s = %s\n", name, value) < 0) abort();
    bool good = strchr(value, '\n') == NULL && read_document(&reading, text, strlen(text));
    free(text);
    if (good) config_change(config, &next);
    return good ? ST_OK : ST_INVALID;
}

void config_change(struct skepd_config *config, const struct skepd_config *next) {
    for (size_t i = 0; i < SETTINGS; i++) {
        const struct setting *row = &settings[i];
        void *to = (char *)config + row->offset;
        const void *from = (const char *)next + row->offset;
        if (!row->restart)
            memcpy(to, from, row->bytes);
        else if (memcmp(to, from, row->bytes) != 0)
            fprintf(stderr, "skepd: %s takes effect with the next start\n", row->key);
    }
    config->grant_count = next->grant_count;
    config->has_grants = next->has_grants;
}

uint32_t config_grants(const struct skepd_config *config, struct artifact_capability to[CONFIG_GRANTS_MAX]) {
    uint32_t count = config->grant_count;
    memcpy(to, config->grant, count * sizeof *to);
    for (uint32_t number = 0; number < GROUPS && !config->has_grants; number++) {
        const struct calls_group *group = calls_group(number);
        if (!group || group->open) continue;
        uint8_t mode = 0;
        for (unsigned bit = 0; bit < CALLS_MODES_MAX; bit++) mode |= (uint8_t)(group->mode[bit] ? 1u << bit : 0);
        to[count++] = (struct artifact_capability){.group = group->number, .mode = mode, .last = UINT32_MAX};
    }
    return count;
}

/* ---- as text ---- */

struct text {
    char *to;
    size_t length, most;
};

__attribute__((format(printf, 2, 3))) static void add(struct text *text, const char *format, ...) {
    va_list values;
    va_start(values, format);
    int length = vsnprintf(text->to + text->length, text->most + 1 - text->length, format, values);
    va_end(values);
    text->length += (size_t)length;
    if (text->length <= text->most) return;
    text->length = text->most;
    memcpy(text->to + text->most - 3, "...", 3);
}

static void add_list_item(struct text *text, bool *is_first, const char *item) {
    add(text, "%s\"%s\"", *is_first ? "" : ", ", item);
    *is_first = false;
}

static void add_list(struct text *text, const struct setting *row, const struct skepd_config *config) {
    uint64_t bits = 0;
    bool is_first = true;
    add(text, "[");
    if (row->kind == EVENTS || row->kind == REASONS) memcpy(&bits, (const char *)config + row->offset, row->bytes);
    for (unsigned bit = 0; bit < 64 && row->kind == EVENTS; bit++) {
        const struct event_name *event = bits >> bit & 1 ? event_numbered(bit) : NULL;
        if (event) add_list_item(text, &is_first, event->name);
    }
    for (unsigned bit = 0; bit < REASONS_COUNT && row->kind == REASONS; bit++) {
        if (bits >> bit & 1) add_list_item(text, &is_first, reasons[bit]);
    }
    for (uint32_t i = 0; i < config->grant_count && row->kind == GRANTS; i++) {
        char grant[CAPABILITY_TEXT_BYTES];
        capability_format(&config->grant[i], grant);
        add_list_item(text, &is_first, grant);
    }
    for (uint32_t i = 0; i < config->start_count && row->kind == STARTS; i++)
        add_list_item(text, &is_first, config->start[i].path);
    add(text, "]");
}

static uint64_t number_of(const struct setting *row, const struct skepd_config *config) {
    uint64_t number = 0;
    memcpy(&number, (const char *)config + row->offset, row->bytes);
    return number;
}

static void add_value(struct text *text, const struct setting *row, const struct skepd_config *config) {
    const char *before = "{";
    switch (row->kind) {
    case TEXT: add(text, "\"%s\"", (const char *)config + row->offset); return;
    case NUMBER:
    case LARGE: add(text, "%" PRIu64, number_of(row, config)); return;
    case BOOLEAN: add(text, "%s", number_of(row, config) ? "true" : "false"); return;
    case GRANTS:
        if (config->has_grants)
            add_list(text, row, config);
        else
            add(text, "\"everything\"");
        return;
    case EVENTS:
    case REASONS:
    case STARTS: add_list(text, row, config); return;
    case BUDGET:
        for (size_t i = 0; i < BUDGET_SETTINGS; i++) {
            if (number_of(&budget_settings[i], config) == 0) continue;
            add(text, "%s%s = %" PRIu64, before, budget_settings[i].key, number_of(&budget_settings[i], config));
            before = ", ";
        }
        add(text, "%s", before[0] == '{' ? "{}" : "}");
    }
}

static void add_takes(struct text *text, const struct setting *row) {
    switch (row->kind) {
    case TEXT: add(text, "a string of at most %zu bytes", row->bytes - 1); return;
    case NUMBER:
    case LARGE: add(text, "a number from %" PRId64 " to %" PRId64, row->least, row->most); return;
    case BOOLEAN: add(text, "true or false"); return;
    case GRANTS: add(text, "an array of rows, as [\"console write\"], or \"everything\""); return;
    case EVENTS: add(text, "an array of names of events; []: all"); return;
    case REASONS: add(text, "an array of reasons for which a task moves"); return;
    case STARTS: add(text, "tables of path and hold"); return;
    case BUDGET: add(text, "a table, as {calls = 1000}; what is not there has no limit"); return;
    }
}

bool config_row(const struct skepd_config *config, uint32_t index, struct config_row *row) {
    if (index >= SETTINGS) return false;
    *row = (struct config_row){.name = settings[index].key, .restart = settings[index].restart};
    add_value(&(struct text){row->value, 0, CONFIG_VALUE_BYTES}, &settings[index], config);
    add_takes(&(struct text){row->takes, 0, CONFIG_TAKES_BYTES}, &settings[index]);
    return true;
}
