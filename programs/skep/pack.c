/* skep pack: firmware images and key sets. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "programs/skep/command.h"
#include "programs/skep/input.h"
#include "programs/skep/key_roles.h"
#include "programs/skep/signing.h"
#include "toolchain/pack/image.h"

struct wish {
    const char *key, *to, *version, *name;
    uint64_t address, product, security, trial;
    struct command_words words;
};

/* "1", "1.2" or "1.2.3" as a header has it. */
static bool parse_version(const char *text, uint32_t *version) {
    unsigned part[3] = {0};
    int used = 0;
    const int parts = text ? sscanf(text, "%3u.%3u.%5u%n", &part[0], &part[1], &part[2], &used) : 0;
    if (parts == 3 ? text[used] != '\0' : parts < 1) return false;
    if (part[0] > 255 || part[1] > 255 || part[2] > 65535) return false;
    *version = part[0] << 24 | part[1] << 16 | part[2];
    return true;
}

/* Signs, if a key was named, and writes. */
static int finish(struct pack_output *output, const struct wish *wish) {
    int code = EXIT_DONE;
    if (wish->key) {
        struct host_key *key;
        code = input_private_key(wish->key, &key);
        if (code == EXIT_DONE) {
            code = signing_sign(&output->artifact, output->bytes, key);
            host_key_free(key);
        }
    }
    if (code == EXIT_DONE && file_write(wish->to, output->bytes, output->length, 0666) != ST_OK)
        code = command_fail(EXIT_CANNOT_WRITE, "%s: %s", wish->to, strerror(errno));
    if (code == EXIT_DONE)
        printf("%s: %u bytes, %s\n", wish->to, (unsigned)output->length, wish->key ? "signed" : "not signed yet");
    pack_free(output);
    return code;
}

static int pack_firmware(const struct wish *wish) {
    struct image_input image = {.slot_address = (uint32_t)wish->address,
                                .manifest = {.product_id = (uint32_t)wish->product,
                                             .security_version = (uint32_t)wish->security,
                                             .trial_s = (uint16_t)wish->trial}};
    struct file_bytes code_file;
    struct pack_output output;
    char message[PACK_MESSAGE_BYTES];
    if (wish->words.count != 2 || wish->address == 0 || wish->product == 0)
        return command_fail(EXIT_USAGE, "pack firmware wants: CODE.bin --address N --product N --version V -o FILE");
    if (wish->address > UINT32_MAX || wish->product > UINT32_MAX || wish->security > UINT32_MAX || wish->trial > 65535)
        return command_fail(EXIT_USAGE, "--address, --product and --security have 32 bits, --trial has 16");
    if (!parse_version(wish->version, &image.manifest.version))
        return command_fail(EXIT_USAGE, "--version is MAJOR.MINOR.PATCH, such as 1.2.0");
    snprintf(image.manifest.name, sizeof image.manifest.name, "%s", wish->name);
    const int code = input_file(wish->words.word[1], &code_file);
    if (code != EXIT_DONE) return code;
    image.code = code_file.bytes;
    image.code_bytes = (uint32_t)code_file.length;
    const enum status status = code_file.length > IMAGE_BYTES_MAX ? ST_INVALID : image_pack(&image, &output, message);
    if (code_file.length > IMAGE_BYTES_MAX) snprintf(message, sizeof message, "it is larger than 16 MiB");
    file_free(&code_file);
    return status == ST_OK ? finish(&output, wish)
                           : command_fail(EXIT_ARTIFACT, "%s: %s", wish->words.word[1], message);
}

/* KEY.pub.pem=ROLES */
static int take_entry(const char *word, struct keys_entry *entry) {
    const char *const roles = strrchr(word, '=');
    char path[4096];
    struct host_key *key;
    if (!roles || !key_roles_parse(roles + 1, &entry->roles) || (size_t)(roles - word) >= sizeof path)
        return command_fail(EXIT_USAGE, "\"%s\": it is KEY.pub.pem=ROLES, with roles " KEY_ROLES_WORDS, word);
    snprintf(path, sizeof path, "%.*s", (int)(roles - word), word);
    const int code = input_key(path, &key);
    if (code != EXIT_DONE) return code;
    if (entry->roles == KEYS_ANY) entry->roles = KEYS_ANY & ~KEYS_KEY_SET;
    entry->key = host_key_public(key);
    host_key_free(key);
    return EXIT_DONE;
}

static int pack_keys(const struct wish *wish) {
    struct keys_entry entries[KEYS_MAX];
    struct pack_output output;
    char message[PACK_MESSAGE_BYTES], *end;
    const unsigned long version = wish->version ? strtoul(wish->version, &end, 10) : 0;
    if (wish->words.count < 2 || wish->words.count > KEYS_MAX + 1)
        return command_fail(EXIT_USAGE, "pack keys wants 1 to %d words KEY.pub.pem=ROLES", KEYS_MAX);
    if (!wish->version || *end != '\0' || version < 1 || version > UINT32_MAX || wish->product > UINT32_MAX)
        return command_fail(EXIT_USAGE,
                            "--version of a key set is a number from 1 up, larger than that of the last set");
    for (size_t i = 1; i < wish->words.count; i++) {
        const int code = take_entry(wish->words.word[i], &entries[i - 1]);
        if (code != EXIT_DONE) return code;
    }
    if (image_pack_key_set(wish->name, (uint32_t)wish->product, (uint32_t)version, entries,
                           (uint32_t)wish->words.count - 1, &output, message) != ST_OK)
        return command_fail(EXIT_KEY, "%s", message);
    return finish(&output, wish);
}

int command_pack(int argc, char **argv) {
    struct wish wish = {.trial = 10};
    const struct command_option options[] = {
        {"--key", OPTION_TEXT, &wish.key},
        {"-o", OPTION_TEXT, &wish.to},
        {"--version", OPTION_TEXT, &wish.version},
        {"--name", OPTION_TEXT, &wish.name},
        {"--address", OPTION_NUMBER, &wish.address},
        {"--product", OPTION_NUMBER, &wish.product},
        {"--security", OPTION_NUMBER, &wish.security},
        {"--trial", OPTION_NUMBER, &wish.trial},
    };
    if (!COMMAND_OPTIONS(argc, argv, options, &wish.words)) return EXIT_USAGE;
    const char *const what = wish.words.count > 0 ? wish.words.word[0] : "";
    const bool is_firmware = strcmp(what, "firmware") == 0;
    if (!wish.to || (!is_firmware && strcmp(what, "keys") != 0))
        return command_fail(EXIT_USAGE,
                            "pack wants: firmware CODE.bin ... -o FILE, or keys KEY.pub.pem=ROLES ... -o FILE");
    if (!wish.name) wish.name = is_firmware ? "firmware" : "keys";
    return is_firmware ? pack_firmware(&wish) : pack_keys(&wish);
}
