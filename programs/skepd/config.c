#include "programs/skepd/config.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "host/file/file.h"
#include "host/keys/keys.h"
#include "host/toml/toml.h"
#include "toolchain/listing/calls_names.h"
#include "toolchain/pack/capability.h"

enum { GROUPS = 64, MESSAGE_BYTES = 256 };

struct reading {
    const char *path;
    struct skepd_config *to;
    bool has_grants;
    char token_file[CONFIG_TEXT_BYTES * 4], trust[CONFIG_TEXT_BYTES * 4];
};

static bool fail(const struct reading *reading, const struct toml_value *at, const char *why) {
    fprintf(stderr, "skepd: %s:%u:%u: %s\n", reading->path, at->line, at->column, why);
    return false;
}

static bool take_text(const struct reading *reading, const struct toml_value *value, char *to, size_t bytes) {
    if (value->kind != TOML_STRING) return fail(reading, value, "a string stands here");
    if (strlen(value->text) >= bytes) return fail(reading, value, "it is too long");
    memcpy(to, value->text, strlen(value->text) + 1);
    return true;
}

static bool take_number(const struct reading *reading, const struct toml_value *value, int64_t least, int64_t most,
                        uint32_t *to) {
    char why[MESSAGE_BYTES];
    bool good = value->kind == TOML_INTEGER && value->integer >= least && value->integer <= most;
    if (good) *to = (uint32_t)value->integer;
    snprintf(why, sizeof why, "a number from %lld to %lld stands here", (long long)least, (long long)most);
    return good || fail(reading, value, why);
}

static bool take_grants(struct reading *reading, const struct toml_value *value) {
    char why[MESSAGE_BYTES];
    if (value->kind != TOML_ARRAY) return fail(reading, value, "an array of rows stands here, as [\"console write\"]");
    reading->has_grants = true;
    for (const struct toml_value *row = value->first; row; row = row->next) {
        if (row->kind != TOML_STRING) return fail(reading, row, "a string stands here");
        if (reading->to->grant_count == CONFIG_GRANTS_MAX) return fail(reading, row, "too many rows");
        struct artifact_capability *to = &reading->to->grant[reading->to->grant_count++];
        if (capability_parse(row->text, to, why, sizeof why) != ST_OK) return fail(reading, row, why);
    }
    return true;
}

static bool take_member(struct reading *reading, const struct toml_value *value) {
    struct skepd_config *to = reading->to;
    uint32_t number = 0;
    if (strcmp(value->key, "name") == 0) return take_text(reading, value, to->name, sizeof to->name);
    if (strcmp(value->key, "socket") == 0) return take_text(reading, value, to->socket, sizeof to->socket);
    if (strcmp(value->key, "listen") == 0) return take_text(reading, value, to->listen, sizeof to->listen);
    if (strcmp(value->key, "token_file") == 0)
        return take_text(reading, value, reading->token_file, sizeof reading->token_file);
    if (strcmp(value->key, "state") == 0) return take_text(reading, value, to->state, sizeof to->state);
    if (strcmp(value->key, "files") == 0) return take_text(reading, value, to->files, sizeof to->files);
    if (strcmp(value->key, "file_kib") == 0) return take_number(reading, value, 1, 1 << 20, &to->file_kib);
    if (strcmp(value->key, "trust") == 0) return take_text(reading, value, reading->trust, sizeof reading->trust);
    if (strcmp(value->key, "grants") == 0) return take_grants(reading, value);
    if (strcmp(value->key, "allow_unsigned") == 0) {
        to->allow_unsigned = value->boolean;
        return value->kind == TOML_BOOLEAN || fail(reading, value, "true or false stands here");
    }
    if (strcmp(value->key, "memory_kib") == 0) return take_number(reading, value, 64, 1 << 20, &to->memory_kib);
    if (strcmp(value->key, "artifact_kib") == 0) return take_number(reading, value, 1, 1 << 16, &to->artifact_kib);
    if (strcmp(value->key, "events") == 0) return take_number(reading, value, 16, 1 << 20, &to->events);
    if (strcmp(value->key, "tasks") == 0) {
        bool good = take_number(reading, value, 1, 32, &number);
        to->tasks = (uint16_t)number;
        return good;
    }
    if (strcmp(value->key, "sessions") == 0) {
        bool good = take_number(reading, value, 1, 256, &number);
        to->sessions = (uint16_t)number;
        return good;
    }
    return fail(reading, value, "skepd has no such setting; docs/SKEPD.md lists them");
}

static bool cannot_read(const char *path) {
    fprintf(stderr, "skepd: %s: %s\n", path, strerror(errno));
    return false;
}

static bool take_trust(struct reading *reading) {
    char message[HOST_KEY_MESSAGE_BYTES];
    struct file_bytes file;
    struct host_key *key;
    if (reading->trust[0] == '\0') return true;
    if (file_read(reading->trust, &file) != ST_OK) return cannot_read(reading->trust);
    enum status status = host_key_read_pem(file.bytes, file.length, &key, message);
    file_free(&file);
    if (status != ST_OK) return fprintf(stderr, "skepd: %s: %s\n", reading->trust, message), false;
    struct keys_entry entry = {.roles = KEYS_GUEST, .key = host_key_public(key)};
    host_key_free(key);
    reading->to->has_keys = true;
    if (keys_encode(&entry, 1, reading->to->keys) == ST_OK) return true;
    return fprintf(stderr, "skepd: %s: no key that a hive could trust\n", reading->trust), false;
}

/* A token is a secret: whoever else can read the file has it. */
static bool take_token(struct reading *reading) {
    struct skepd_config *to = reading->to;
    const char *path = reading->token_file;
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

static void grant_all(struct skepd_config *to) {
    for (uint32_t number = 0; number < GROUPS; number++) {
        const struct calls_group *group = calls_group(number);
        if (!group || group->open) continue;
        uint8_t mode = 0;
        for (unsigned bit = 0; bit < CALLS_MODES_MAX; bit++) mode |= (uint8_t)(group->mode[bit] ? 1u << bit : 0);
        to->grant[to->grant_count++] =
            (struct artifact_capability){.group = group->number, .mode = mode, .last = UINT32_MAX};
    }
}

static bool wants(const struct reading *reading, bool good, const char *why) {
    if (!good) fprintf(stderr, "skepd: %s: %s\n", reading->path, why);
    return good;
}

static bool check(const struct reading *reading) {
    const struct skepd_config *to = reading->to;
    bool good = wants(reading, to->socket[0] != '\0', "it names no socket");
    good &= wants(reading, to->listen[0] == '\0' || to->token_bytes > 0,
                  "listen needs a token_file: every TCP connection shows it");
    good &=
        wants(reading, to->has_keys || to->allow_unsigned, "it names no key to trust, and allow_unsigned is not true");
    return good;
}

bool config_read(const char *path, struct skepd_config *config) {
    struct reading reading = {.path = path, .to = config};
    struct toml_fault fault;
    struct file_bytes file;
    struct toml *document;
    *config = (struct skepd_config){.name = "skepd",
                                    .tasks = 16,
                                    .sessions = 16,
                                    .memory_kib = 8192,
                                    .artifact_kib = 1024,
                                    .events = 4096,
                                    .file_kib = 1024};
    if (file_read(path, &file) != ST_OK) return cannot_read(path);
    enum status status = toml_parse((const char *)file.bytes, file.length, &document, &fault);
    file_free(&file);
    if (status != ST_OK) {
        fprintf(stderr, "skepd: %s:%u:%u: %s\n", path, fault.line, fault.column, fault.message);
        return false;
    }
    bool good = true;
    for (const struct toml_value *value = toml_root(document)->first; value && good; value = value->next)
        good = take_member(&reading, value);
    toml_free(document);
    good = good && take_trust(&reading) && take_token(&reading) && check(&reading);
    if (good && !reading.has_grants) grant_all(config);
    return good;
}
