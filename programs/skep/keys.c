/* skep keys: new, show, point, install. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/trust/keys.h"
#include "device/port/mps2_an386/flash_map.h"
#include "programs/skep/command.h"
#include "programs/skep/input.h"
#include "programs/skep/key_roles.h"

/* "a.pem" -> "a.pub.pem", "a" -> "a.pub"; malloc'd. */
static char *public_path(const char *path) {
    size_t stem = strlen(path);
    const char *suffix = ".pub";
    if (stem > 4 && strcmp(path + stem - 4, ".pem") == 0) {
        stem -= 4;
        suffix = ".pub.pem";
    }
    char *to = malloc(stem + strlen(suffix) + 1);
    if (!to) abort();
    memcpy(to, path, stem);
    memcpy(to + stem, suffix, strlen(suffix) + 1);
    return to;
}

static int write_key(const struct host_key *key, bool private_half, const char *path) {
    struct stat there;
    if (stat(path, &there) == 0)
        return command_fail(EXIT_CANNOT_WRITE, "%s: there is a file already; keys are never overwritten", path);
    char pem[HOST_KEY_PEM_BYTES_MAX];
    size_t length = host_key_write_pem(key, private_half, pem);
    if (file_write(path, pem, length, private_half ? 0600 : 0666) != ST_OK)
        return command_fail(EXIT_CANNOT_WRITE, "%s: %s", path, strerror(errno));
    return EXIT_DONE;
}

static int show_key(const struct host_key *key, const char *path) {
    struct trust_key public_key = host_key_public(key);
    uint8_t id[ARTIFACT_KEY_ID_BYTES];
    char hex[INPUT_HEX_BYTES];
    trust_key_id(&public_key, id);
    input_hex(id, sizeof id, hex);
    printf("%s: %s P-256 key %s\n", path, host_key_is_private(key) ? "private" : "public", hex);
    input_hex(public_key.point, 32, hex);
    printf("  x %s\n", hex);
    input_hex(public_key.point + 32, 32, hex);
    printf("  y %s\n", hex);
    return EXIT_DONE;
}

static int keys_new(const char *path) {
    char *other = public_path(path);
    struct stat there;
    int code = EXIT_DONE;
    if (stat(other, &there) == 0)
        code = command_fail(EXIT_CANNOT_WRITE, "%s: there is a file already; keys are never overwritten", other);
    struct host_key *key = code == EXIT_DONE ? host_key_new() : NULL;
    if (code == EXIT_DONE && !key) code = command_fail(EXIT_UNAVAILABLE, "OpenSSL has no random numbers");
    if (code == EXIT_DONE) code = write_key(key, true, path);
    if (code == EXIT_DONE) code = write_key(key, false, other);
    if (code == EXIT_DONE) code = show_key(key, path);
    if (code == EXIT_DONE) printf("  public half in %s\n", other);
    host_key_free(key);
    free(other);
    return code;
}

static int show_region(const uint8_t *region, const char *path) {
    struct artifact_fault fault;
    uint32_t count;
    if (keys_check(region, KEYS_REGION_BYTES, &count, &fault) != ST_OK) return input_refuse(EXIT_KEY, path, &fault);
    printf("%s: %u trusted %s\n", path, (unsigned)count, count == 1 ? "key" : "keys");
    for (uint32_t i = 0; i < count; i++) {
        struct keys_entry entry = keys_entry_at(region, i);
        uint8_t id[ARTIFACT_KEY_ID_BYTES];
        char hex[INPUT_HEX_BYTES], roles[KEY_ROLES_TEXT_BYTES];
        trust_key_id(&entry.key, id);
        input_hex(id, sizeof id, hex);
        key_roles_text(entry.roles, roles);
        printf("  %s for %s\n", hex, roles);
    }
    return EXIT_DONE;
}

static bool is_region(const struct file_bytes *file) {
    return file->length >= KEYS_REGION_OFFSET + KEYS_REGION_BYTES &&
           (memcmp(file->bytes + KEYS_REGION_OFFSET, "SKEY", 4) == 0 || file->bytes[KEYS_REGION_OFFSET] == 0xff);
}

static int keys_show(const char *path) {
    struct file_bytes file;
    int code = input_file(path, &file);
    if (code != EXIT_DONE) return code;
    if (is_region(&file)) {
        code = show_region(file.bytes + KEYS_REGION_OFFSET, path);
        file_free(&file);
        return code;
    }
    file_free(&file);
    struct host_key *key;
    code = input_key(path, &key);
    if (code != EXIT_DONE) return code;
    code = show_key(key, path);
    host_key_free(key);
    return code;
}

struct key_list {
    uint32_t count;
    struct keys_entry entry[KEYS_MAX];
};

/* A key that is there already gets the new roles. */
static bool add_key(struct key_list *list, const struct trust_key *key, uint8_t roles) {
    for (uint32_t i = 0; i < list->count; i++)
        if (memcmp(&list->entry[i].key, key, sizeof *key) == 0) {
            list->entry[i].roles = roles;
            return true;
        }
    if (list->count == KEYS_MAX) return false;
    list->entry[list->count++] = (struct keys_entry){.roles = roles, .key = *key};
    return true;
}

static int collect_keys(const uint8_t *region, const char *path, const struct command_words *words, uint8_t roles,
                        struct key_list *list) {
    struct artifact_fault fault;
    uint32_t count = 0;
    if (region && keys_check(region, KEYS_REGION_BYTES, &count, &fault) != ST_OK)
        return input_refuse(EXIT_KEY, path, &fault);
    for (list->count = 0; list->count < count; list->count++)
        list->entry[list->count] = keys_entry_at(region, list->count);
    for (size_t i = 2; i < words->count; i++) {
        struct host_key *key;
        int code = input_key(words->word[i], &key);
        if (code != EXIT_DONE) return code;
        struct trust_key public_key = host_key_public(key);
        host_key_free(key);
        if (!add_key(list, &public_key, roles))
            return command_fail(EXIT_KEY, "%s: a key region holds at most %d keys", words->word[i], KEYS_MAX);
    }
    return EXIT_DONE;
}

/* A flash that was never written. */
static struct file_bytes blank_flash(void) {
    struct file_bytes flash = {.bytes = malloc(FLASH_BYTES), .length = FLASH_BYTES};
    if (!flash.bytes) abort();
    memset(flash.bytes, 0xff, flash.length);
    return flash;
}

static int keys_install(const struct command_words *words, const char *role, bool only) {
    const char *path = words->word[1];
    uint8_t roles;
    if (!key_roles_parse(role, &roles)) return command_fail(EXIT_USAGE, "--role \"%s\": it is " KEY_ROLES_WORDS, role);
    struct file_bytes flash;
    struct stat there;
    int code = EXIT_DONE;
    if (stat(path, &there) != 0 && errno == ENOENT)
        flash = blank_flash();
    else
        code = input_file(path, &flash);
    if (code != EXIT_DONE) return code;
    struct key_list list;
    if (flash.length < KEYS_REGION_OFFSET + KEYS_REGION_BYTES)
        code = command_fail(EXIT_KEY, "%s: byte %zu: the file ends inside the key region of %d bytes", path,
                            flash.length, KEYS_REGION_BYTES);
    uint8_t *region = flash.bytes + KEYS_REGION_OFFSET;
    if (code == EXIT_DONE) code = collect_keys(only ? NULL : region, path, words, roles, &list);
    if (code == EXIT_DONE && keys_encode(list.entry, list.count, region) != ST_OK)
        code = command_fail(EXIT_KEY, "%s: two keys have the same id", path);
    if (code == EXIT_DONE && file_write(path, flash.bytes, flash.length, 0666) != ST_OK)
        code = command_fail(EXIT_CANNOT_WRITE, "%s: %s", path, strerror(errno));
    if (code == EXIT_DONE) code = show_region(region, path);
    file_free(&flash);
    return code;
}

/* 64 bytes, as they lie at the end of a boot image. */
static int keys_point(const char *path, const char *to) {
    struct host_key *key;
    int code = input_key(path, &key);
    if (code != EXIT_DONE) return code;
    const struct trust_key point = host_key_public(key);
    host_key_free(key);
    if (file_write(to, point.point, sizeof point.point, 0666) == ST_OK) return EXIT_DONE;
    return command_fail(EXIT_CANNOT_WRITE, "%s: %s", to, strerror(errno));
}

int command_keys(int argc, char **argv) {
    const char *role = "guest";
    bool only = false;
    const struct command_option options[] = {{"--role", OPTION_TEXT, &role}, {"--only", OPTION_FLAG, &only}};
    struct command_words words;
    if (!COMMAND_OPTIONS(argc, argv, options, &words)) return EXIT_USAGE;
    const char *verb = words.count > 0 ? words.word[0] : "";
    if (strcmp(verb, "new") == 0 && words.count == 2) return keys_new(words.word[1]);
    if (strcmp(verb, "show") == 0 && words.count == 2) return keys_show(words.word[1]);
    if (strcmp(verb, "install") == 0 && words.count >= 3) return keys_install(&words, role, only);
    if (strcmp(verb, "point") == 0 && words.count == 3) return keys_point(words.word[1], words.word[2]);
    return command_fail(EXIT_USAGE,
                        "keys wants: new FILE.pem, show FILE, point FILE.pem OUT, or install FLASHFILE FILE.pem ...");
}
