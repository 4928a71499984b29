#include "programs/skep/settings.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/require.h"
#include "host/file/file.h"
#include "programs/skep/input.h"
#include "toolchain/pack/capability.h"

enum {
    DEFAULT_STACK_BYTES = 64 << 10,
    DEFAULT_HEAP_BYTES = 64 << 10,
    DEFAULT_PRIORITY = 128,
    TOML_BYTES_MAX = 1 << 20,
};

enum setting_kind {
    SETTING_NAME,
    SETTING_VERSION,
    SETTING_PATH,
    SETTING_PATHS,
    SETTING_WORDS,
    SETTING_NUMBER,
    SETTING_BOOLEAN,
    SETTING_RESTART,
    SETTING_CAPABILITIES,
    SETTING_BUDGET,
    SETTING_LARGE, /* a number of 64 bits */
};

/* One key of skep.toml. min and max: of a number. */
struct setting {
    const char *key;
    enum setting_kind kind;
    size_t offset;
    int64_t min, max;
};
#define SETTING(field) offsetof(struct settings, field)
static const struct setting rows[] = {
    {"name", SETTING_NAME, SETTING(name), 0, 0},
    {"version", SETTING_VERSION, SETTING(version), 0, 0},
    {"sources", SETTING_PATHS, SETTING(sources), 0, 0},
    {"include", SETTING_PATHS, SETTING(include), 0, 0},
    {"flags", SETTING_WORDS, SETTING(flags), 0, 0},
    {"output", SETTING_PATH, SETTING(output), 0, 0},
    {"key", SETTING_PATH, SETTING(key), 0, 0},
    {"stack", SETTING_NUMBER, SETTING(stack_bytes), 64, 0x08000000},
    {"heap", SETTING_NUMBER, SETTING(heap_bytes), 0, 0x08000000},
    {"return_entries", SETTING_NUMBER, SETTING(return_entries), 1, 0xffff},
    {"capabilities", SETTING_CAPABILITIES, SETTING(capability), 0, 0},
    {"security_version", SETTING_NUMBER, SETTING(security_version), 0, UINT32_MAX},
    {"product", SETTING_NUMBER, SETTING(product), 0, UINT32_MAX},
    {"priority", SETTING_NUMBER, SETTING(priority), 0, 255},
    {"restart", SETTING_RESTART, SETTING(restart), 0, 0},
    {"check_in_ms", SETTING_NUMBER, SETTING(check_in_ms), 0, UINT32_MAX},
    {"trial_s", SETTING_NUMBER, SETTING(trial_s), 0, 0xffff},
    {"health_value", SETTING_NUMBER, SETTING(health_value), 0, UINT32_MAX},
    {"may_run_twice", SETTING_BOOLEAN, SETTING(may_run_twice), 0, 0},
    {"debug", SETTING_BOOLEAN, SETTING(debug), 0, 0},
    {"budget", SETTING_BUDGET, SETTING(budget), 0, 0},
};
enum { ROWS = sizeof rows / sizeof *rows };
/* The keys of [budget]. */
static const struct setting budget_rows[] = {
    {"fuel", SETTING_LARGE, SETTING(budget.fuel_words), 1, INT64_MAX},
    {"period_ms", SETTING_NUMBER, SETTING(budget.period_ms), 1, 3600000},
    {"period_fuel", SETTING_NUMBER, SETTING(budget.period_words), 1, UINT32_MAX},
    {"calls", SETTING_NUMBER, SETTING(budget.calls), 1, UINT32_MAX},
    {"messages", SETTING_NUMBER, SETTING(budget.messages), 1, UINT32_MAX},
    {"log_bytes", SETTING_NUMBER, SETTING(budget.log_bytes), 1, UINT32_MAX},
    {"live_ms", SETTING_NUMBER, SETTING(budget.live_ms), 1, UINT32_MAX},
};
enum { BUDGET_ROWS = sizeof budget_rows / sizeof *budget_rows };

/* One reading of one file. */
struct reading {
    struct settings *settings;
    const char *path;
    size_t folder_length; /* of path, with its last '/' */
};

static int refuse(const struct reading *in, const struct toml_value *value, const char *key, const char *wants) {
    return command_fail(EXIT_SETTINGS, "%s:%u:%u: %s takes %s, not %s", in->path, value->line, value->column, key,
                        wants, toml_kind_text(value->kind));
}

/* Memory that lives as long as the settings. */
static const char *keep(struct settings *settings, char *path) {
    settings->paths = realloc(settings->paths, (settings->path_count + 1) * sizeof *settings->paths);
    require(path != NULL && settings->paths != NULL);
    settings->paths[settings->path_count++] = path;
    return path;
}

static const char *path_from_folder(const struct reading *in, const char *path) {
    size_t folder = path[0] == '/' ? 0 : in->folder_length, length = strlen(path) + 1;
    char *whole = malloc(folder + length);
    require(whole != NULL);
    memcpy(whole, in->path, folder);
    memcpy(whole + folder, path, length);
    return keep(in->settings, whole);
}

static bool is_name(const char *text) {
    size_t length = strlen(text);
    for (size_t i = 0; i < length; i++) {
        char c = text[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (!plain && (i == 0 || (c != '_' && c != '-' && c != '.'))) return false;
    }
    return length > 0 && length < ARTIFACT_NAME_BYTES;
}

/* "1.2.3": 8, 8 and 16 bits. */
static bool parse_version(const char *text, uint32_t *version) {
    static const unsigned limit[3] = {0xff, 0xff, 0xffff};
    uint32_t part[3] = {0};
    for (int i = 0; i < 3; i++) {
        const char *from = text;
        while (*text >= '0' && *text <= '9' && part[i] <= limit[i]) part[i] = part[i] * 10 + (uint32_t)(*text++ - '0');
        if (text == from || part[i] > limit[i] || *text != (i < 2 ? '.' : '\0')) return false;
        text += i < 2;
    }
    *version = part[0] << 24 | part[1] << 16 | part[2];
    return true;
}

static int read_words(const struct reading *in, const struct setting *row, const struct toml_value *value,
                      struct command_words *to) {
    if (value->kind != TOML_ARRAY) return refuse(in, value, row->key, "an array of strings");
    for (const struct toml_value *word = value->first; word; word = word->next) {
        if (word->kind != TOML_STRING) return refuse(in, word, row->key, "an array of strings");
        if (to->count == COMMAND_WORDS_MAX)
            return command_fail(EXIT_SETTINGS, "%s:%u:%u: %s has more than %d entries", in->path, word->line,
                                word->column, row->key, COMMAND_WORDS_MAX);
        to->word[to->count++] = row->kind == SETTING_PATHS ? path_from_folder(in, word->text) : word->text;
    }
    return EXIT_DONE;
}

static int read_capabilities(const struct reading *in, const struct toml_value *value) {
    struct settings *settings = in->settings;
    if (value->kind != TOML_ARRAY) return refuse(in, value, "capabilities", "an array of strings");
    settings->has_capabilities = true;
    for (const struct toml_value *text = value->first; text; text = text->next) {
        char message[256];
        if (text->kind != TOML_STRING) return refuse(in, text, "capabilities", "an array of strings");
        if (settings->capability_count == PACK_CAPABILITIES_MAX)
            return command_fail(EXIT_SETTINGS, "%s:%u:%u: more than %d capabilities", in->path, text->line,
                                text->column, PACK_CAPABILITIES_MAX);
        struct artifact_capability *to = &settings->capability[settings->capability_count++];
        if (capability_parse(text->text, to, message, sizeof message) != ST_OK)
            return command_fail(EXIT_SETTINGS, "%s:%u:%u: %s", in->path, text->line, text->column, message);
    }
    return EXIT_DONE;
}

static int read_number(const struct reading *in, const struct setting *row, const struct toml_value *value, void *to) {
    if (value->kind != TOML_INTEGER) return refuse(in, value, row->key, "a whole number");
    if (value->integer < row->min || value->integer > row->max)
        return command_fail(EXIT_SETTINGS, "%s:%u:%u: %s is %" PRId64 " to %" PRId64 ", not %" PRId64, in->path,
                            value->line, value->column, row->key, row->min, row->max, value->integer);
    if (row->kind == SETTING_LARGE)
        *(uint64_t *)to = (uint64_t)value->integer;
    else
        *(uint32_t *)to = (uint32_t)value->integer;
    return EXIT_DONE;
}

static int read_text(const struct reading *in, const struct setting *row, const struct toml_value *value, void *to) {
    static const char *const restart[] = {"never", "on-fault", "always"};
    const char *wants = "a string";
    if (value->kind != TOML_STRING) return refuse(in, value, row->key, wants);
    if (row->kind == SETTING_PATH) {
        *(const char **)to = path_from_folder(in, value->text);
        return EXIT_DONE;
    }
    if (row->kind == SETTING_NAME) {
        wants = "1 to 31 letters, digits, '_', '-', '.', a letter or digit first";
        if (is_name(value->text)) {
            memcpy(to, value->text, strlen(value->text) + 1);
            return EXIT_DONE;
        }
    } else if (row->kind == SETTING_VERSION) {
        wants = "\"major.minor.patch\", at most 255.255.65535";
        if (parse_version(value->text, to)) return EXIT_DONE;
    } else {
        wants = "\"never\", \"on-fault\" or \"always\"";
        for (uint32_t i = 0; i < 3; i++)
            if (strcmp(value->text, restart[i]) == 0) {
                *(uint32_t *)to = i;
                return EXIT_DONE;
            }
    }
    return command_fail(EXIT_SETTINGS, "%s:%u:%u: %s is %s, not \"%s\"", in->path, value->line, value->column, row->key,
                        wants, value->text);
}

static int read_setting(const struct reading *in, const struct setting *row, const struct toml_value *value);
static int refuse_key(const struct reading *in, const struct toml_value *value, const struct setting *of, size_t count);

static int read_rows(const struct reading *in, const struct toml_value *table, const struct setting *of, size_t count) {
    for (const struct toml_value *value = table->first; value; value = value->next) {
        size_t i = 0;
        while (i < count && strcmp(of[i].key, value->key) != 0) i++;
        int code = i == count ? refuse_key(in, value, of, count) : read_setting(in, &of[i], value);
        if (code != EXIT_DONE) return code;
    }
    return EXIT_DONE;
}

static int read_budget(const struct reading *in, const struct toml_value *value) {
    const struct budget_row *budget = &in->settings->budget;
    if (value->kind != TOML_TABLE) return refuse(in, value, "budget", "a table");
    int code = read_rows(in, value, budget_rows, BUDGET_ROWS);
    if (code != EXIT_DONE || (budget->period_ms == 0) == (budget->period_words == 0)) return code;
    return command_fail(EXIT_SETTINGS, "%s:%u:%u: budget: period_ms and period_fuel come together", in->path,
                        value->line, value->column);
}

static int read_setting(const struct reading *in, const struct setting *row, const struct toml_value *value) {
    void *to = (char *)in->settings + row->offset;
    switch (row->kind) {
    case SETTING_NAME:
    case SETTING_VERSION:
    case SETTING_RESTART:
    case SETTING_PATH: return read_text(in, row, value, to);
    case SETTING_PATHS:
    case SETTING_WORDS: return read_words(in, row, value, to);
    case SETTING_NUMBER:
    case SETTING_LARGE: return read_number(in, row, value, to);
    case SETTING_BUDGET: return read_budget(in, value);
    case SETTING_CAPABILITIES: return read_capabilities(in, value);
    case SETTING_BOOLEAN:
        if (value->kind != TOML_BOOLEAN) return refuse(in, value, row->key, "true or false");
        *(bool *)to = value->boolean;
        return EXIT_DONE;
    }
    return EXIT_DONE;
}

static int refuse_key(const struct reading *in, const struct toml_value *value, const struct setting *of,
                      size_t count) {
    char known[512] = "";
    for (size_t i = 0, used = 0; i < count; i++)
        used += (size_t)snprintf(known + used, sizeof known - used, "%s%s", i ? ", " : "", of[i].key);
    return command_fail(EXIT_SETTINGS, "%s:%u:%u: \"%s\" is not known here; known are %s", in->path, value->line,
                        value->key_column, value->key, known);
}

static int read_table(const struct reading *in, const struct toml_value *root) {
    int code = read_rows(in, root, rows, ROWS);
    if (code != EXIT_DONE) return code;
    if (in->settings->sources.count == 0)
        return command_fail(EXIT_SETTINGS, "%s:1:1: \"sources\" is missing: the files to compile", in->path);
    if (in->settings->name[0] == '\0')
        return command_fail(EXIT_SETTINGS, "%s:1:1: \"name\" is missing: what the artifact is called", in->path);
    return EXIT_DONE;
}

static void set_defaults(struct settings *settings) {
    *settings = (struct settings){
        .stack_bytes = DEFAULT_STACK_BYTES, .heap_bytes = DEFAULT_HEAP_BYTES, .priority = DEFAULT_PRIORITY};
}

int settings_read(struct settings *settings, const char *path) {
    const char *slash = strrchr(path, '/');
    struct reading in = {.settings = settings, .path = path, .folder_length = slash ? (size_t)(slash - path) + 1 : 0};
    struct file_bytes file;
    struct toml_fault fault;
    set_defaults(settings);
    int code = input_file(path, &file);
    if (code != EXIT_DONE) return code;
    if (file.length > TOML_BYTES_MAX) {
        file_free(&file);
        return command_fail(EXIT_SETTINGS, "%s:1:1: the file is larger than %d bytes", path, TOML_BYTES_MAX);
    }
    enum status status = toml_parse((const char *)file.bytes, file.length, &settings->document, &fault);
    file_free(&file);
    if (status != ST_OK)
        return command_fail(EXIT_SETTINGS, "%s:%u:%u: %s", path, fault.line, fault.column, fault.message);
    code = read_table(&in, toml_root(settings->document));
    if (code != EXIT_DONE) settings_free(settings);
    return code;
}

/* The file's name without folder and suffix, with what a name may not have replaced. */
static void name_after(const char *path, char to[ARTIFACT_NAME_BYTES]) {
    const char *slash = strrchr(path, '/');
    const char *from = slash ? slash + 1 : path;
    const char *dot = strrchr(from, '.');
    size_t length = dot && dot > from ? (size_t)(dot - from) : strlen(from);
    if (length > ARTIFACT_NAME_BYTES - 1) length = ARTIFACT_NAME_BYTES - 1;
    for (size_t i = 0; i < length; i++) {
        const char one[2] = {from[i], '\0'};
        bool fits = is_name(one) || (i > 0 && (from[i] == '-' || from[i] == '.'));
        to[i] = fits ? from[i] : i > 0 ? '_' : 'x';
    }
    to[length] = '\0';
}

void settings_default(struct settings *settings, const struct command_words *sources) {
    require(sources->count > 0);
    set_defaults(settings);
    settings->sources = *sources;
    name_after(sources->word[0], settings->name);
}

void settings_free(struct settings *settings) {
    for (size_t i = 0; i < settings->path_count; i++) free(settings->paths[i]);
    free(settings->paths);
    toml_free(settings->document);
    *settings = (struct settings){0};
}
