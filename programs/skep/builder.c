#include "programs/skep/builder.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/require.h"
#include "host/file/file.h"
#include "host/process/process.h"
#include "programs/skep/input.h"
#include "programs/skep/kit.h"
#include "programs/skep/signing.h"
#include "toolchain/lower/lower.h"
#include "toolchain/lower/map.h"
#include "toolchain/pack/capability.h"

enum { ARGUMENTS_MAX = 4 * COMMAND_WORDS_MAX, RAM_UNIT = 16 };
static const char compiler[] = "clang-19", linker[] = "ld.lld-19";

/* The words of one command, which it owns. */
struct arguments {
    size_t count;
    char *word[ARGUMENTS_MAX + 1];
};

__attribute__((format(printf, 2, 3))) static void add(struct arguments *to, const char *format, ...) {
    va_list values;
    va_start(values, format);
    int length = vsnprintf(NULL, 0, format, values);
    va_end(values);
    require(to->count < ARGUMENTS_MAX && length >= 0);
    char *word = malloc((size_t)length + 1);
    require(word != NULL);
    va_start(values, format);
    vsnprintf(word, (size_t)length + 1, format, values);
    va_end(values);
    to->word[to->count++] = word;
}

static void forget(struct arguments *arguments) {
    for (size_t i = 0; i < arguments->count; i++) free(arguments->word[i]);
    arguments->count = 0;
}

/* Runs and forgets the words. A program that fails has said why; its status becomes ours. */
static int run(struct arguments *arguments) {
    int status = 0;
    arguments->word[arguments->count] = NULL;
    fflush(stdout);
    enum status started = process_run((const char *const *)(const void *)arguments->word, &status);
    const char *name = arguments->word[0];
    int code = started == ST_OK          ? status
               : started == ST_NOT_FOUND ? command_fail(EXIT_UNAVAILABLE, "%s is not installed", name)
                                         : command_fail(EXIT_UNAVAILABLE, "%s: %s", name, strerror(errno));
    forget(arguments);
    return code;
}

/* One build: a folder for what lies between source and artifact. */
struct building {
    const struct settings *settings;
    struct kit kit;
    char folder[KIT_PATH_BYTES];
    char here[KIT_PATH_BYTES]; /* the working folder; empty when it is too deep to have a name */
};

static int open_folder(struct building *building) {
    const char *parent = getenv("TMPDIR");
    int length = snprintf(building->folder, sizeof building->folder, "%s/skep.XXXXXX", parent ? parent : "/tmp");
    if (length < (int)sizeof building->folder && mkdtemp(building->folder)) return EXIT_DONE;
    return command_fail(EXIT_CANNOT_WRITE, "%s: %s", building->folder, strerror(errno));
}

static void object_path(const struct building *building, size_t index, char to[KIT_PATH_BYTES]) {
    const char *source = building->settings->sources.word[index];
    const char *slash = strrchr(source, '/');
    snprintf(to, KIT_PATH_BYTES, "%.*s/%zu-%.255s.o", KIT_PATH_BYTES - 300, building->folder, index,
             slash ? slash + 1 : source);
}

static void elf_path(const struct building *building, char to[KIT_PATH_BYTES]) {
    snprintf(to, KIT_PATH_BYTES, "%.*s/linked.elf", KIT_PATH_BYTES - 300, building->folder);
}

static void close_folder(const struct building *building) {
    char path[KIT_PATH_BYTES];
    for (size_t i = 0; i < building->settings->sources.count; i++) {
        object_path(building, i, path);
        unlink(path);
    }
    elf_path(building, path);
    unlink(path);
    rmdir(building->folder);
}

/* no-color.org; nothing but the compiler and the linker colours what it says. */
static bool wants_no_color(void) {
    const char *value = getenv("NO_COLOR");
    return value && value[0] != '\0';
}

static bool has_level(const struct command_words *flags) {
    for (size_t i = 0; i < flags->count; i++)
        if (strncmp(flags->word[i], "-O", 2) == 0) return true;
    return false;
}

/* `suffixes` ends with a NULL. */
static bool has_suffix(const char *path, const char *const *suffixes) {
    const char *dot = strrchr(path, '.');
    while (dot && *suffixes && strcmp(dot, *suffixes) != 0) suffixes++;
    return dot && *suffixes;
}

bool builder_is_source(const char *path) {
    return has_suffix(path, (const char *const[]){".c", ".cc", ".cpp", ".cxx", ".s", ".S", NULL});
}

/* Objects and archives go to the linker as they are. */
static bool is_linked_as_it_is(const char *path) { return has_suffix(path, (const char *const[]){".o", ".a", NULL}); }

/* A linked program goes to the translator as it is, and stands alone. */
static bool is_linked(const struct command_words *sources) {
    return sources->count == 1 && has_suffix(sources->word[0], (const char *const[]){".elf", NULL});
}

static int check_suffixes(const struct command_words *sources) {
    for (size_t i = 0; i < sources->count && !is_linked(sources); i++)
        if (!builder_is_source(sources->word[i]) && !is_linked_as_it_is(sources->word[i]))
            return command_fail(
                EXIT_USAGE,
                "%s: a source is .c, .cc, .cpp, .cxx, .s or .S; .o and .a are linked; a single .elf is translated",
                sources->word[i]);
    return EXIT_DONE;
}

/* Whether any line of the source is an #include. A file that cannot be read is the compiler's to complain of. */
static bool has_include(const char *path) {
    struct file_bytes source;
    if (file_read(path, &source) != ST_OK) return true;
    bool found = false;
    for (const char *line = (const char *)source.bytes; line && !found;) {
        line += strspn(line, " \t");
        if (*line == '#') {
            line += 1 + strspn(line + 1, " \t");
            found = strncmp(line, "include", strlen("include")) == 0;
        }
        line = strchr(line, '\n');
        if (line) line++;
    }
    file_free(&source);
    return found;
}

/* Programs in the dialect of small boards include nothing and expect pins, time and printf. */
static bool wants_arduino(const char *path) {
    return has_suffix(path, (const char *const[]){".c", ".cc", ".cpp", ".cxx", NULL}) && !has_include(path);
}

static int compile(const struct building *building, size_t index) {
    const struct settings *settings = building->settings;
    const char *source = settings->sources.word[index];
    struct arguments words = {0};
    char object[KIT_PATH_BYTES];
    object_path(building, index, object);
    add(&words, "%s", compiler);
    add(&words, "@%s/compile.flags", building->kit.source);
    add(&words, "-I%s/include", building->kit.source);
    add(&words, "-isystem");
    add(&words, "%s", building->kit.libc_include);
    /* No path of this machine gets into the debug information, so that the same sources give the same build id
     * anywhere. */
    add(&words, "-ffile-prefix-map=%s/include=skep/include", building->kit.source);
    if (building->here[0]) add(&words, "-ffile-prefix-map=%s/=", building->here);
    add(&words, "-fdebug-compilation-dir=.");
    if (wants_no_color()) add(&words, "-fno-color-diagnostics");
    add(&words, "-g");
    if (wants_arduino(source)) {
        add(&words, "-include");
        add(&words, "Arduino.h");
    }
    if (!has_level(&settings->flags)) add(&words, settings->debug ? "-Og" : "-O2");
    for (size_t i = 0; i < settings->include.count; i++) add(&words, "-I%s", settings->include.word[i]);
    for (size_t i = 0; i < settings->flags.count; i++) add(&words, "%s", settings->flags.word[i]);
    add(&words, "-c");
    add(&words, "-o");
    add(&words, "%s", object);
    add(&words, "--");
    add(&words, "%s", source);
    return run(&words);
}

static uint32_t round_up(uint32_t bytes) { return (bytes + RAM_UNIT - 1) & ~(uint32_t)(RAM_UNIT - 1); }

static int link_elf(const struct building *building) {
    const struct settings *settings = building->settings;
    struct arguments words = {0};
    char path[KIT_PATH_BYTES];
    add(&words, "%s", linker);
    add(&words, "@%s/link.flags", building->kit.source);
    if (wants_no_color()) add(&words, "--color-diagnostics=never");
    add(&words, "--defsym=__stack_bytes=%u", round_up(settings->stack_bytes));
    add(&words, "--defsym=__heap_bytes=%u", round_up(settings->heap_bytes));
    add(&words, "-T"); /* behind the sizes: the linker takes its script's words and these in their order */
    add(&words, "%s/lib/skep.ld", building->kit.source);
    for (size_t i = 0; i < settings->sources.count; i++) {
        const char *source = settings->sources.word[i];
        object_path(building, i, path);
        add(&words, "%s", is_linked_as_it_is(source) ? source : path);
    }
    add(&words, "--start-group");
    add(&words, "%s", building->kit.library);
    add(&words, "%s", building->kit.libc);
    add(&words, "%s", building->kit.libgcc);
    add(&words, "--end-group");
    add(&words, "-o");
    elf_path(building, path);
    add(&words, "%s", path);
    return run(&words);
}

static int make_elf(struct building *building, struct file_bytes *elf) {
    const struct command_words *sources = &building->settings->sources;
    if (is_linked(sources)) return input_file(sources->word[0], elf);
    int code = kit_find(&building->kit);
    if (code == EXIT_DONE) code = open_folder(building);
    if (code != EXIT_DONE) return code;
    if (!getcwd(building->here, sizeof building->here)) building->here[0] = '\0';
    for (size_t i = 0; i < sources->count && code == EXIT_DONE; i++)
        if (!is_linked_as_it_is(sources->word[i])) code = compile(building, i);
    if (code == EXIT_DONE) code = link_elf(building);
    if (code == EXIT_DONE) {
        char path[KIT_PATH_BYTES];
        elf_path(building, path);
        code = input_file(path, elf);
    }
    close_folder(building);
    return code;
}

static void fill_input(const struct settings *settings, const struct lower_program *program,
                       const struct file_bytes *elf, struct pack_input *input) {
    *input = (struct pack_input){.program = program};
    struct artifact_manifest *manifest = &input->manifest;
    memcpy(manifest->name, settings->name, sizeof manifest->name);
    manifest->version = settings->version;
    manifest->security_version = settings->security_version;
    manifest->product_id = settings->product;
    manifest->priority = (uint8_t)settings->priority;
    manifest->restart = (uint8_t)settings->restart;
    manifest->flags = (uint8_t)((settings->may_run_twice ? ARTIFACT_MAY_RUN_TWICE : 0) |
                                (settings->debug ? ARTIFACT_DEBUG_ALLOWED : 0));
    manifest->check_in_ms = settings->check_in_ms;
    manifest->trial_s = (uint16_t)settings->trial_s;
    manifest->health_value = settings->health_value;
    manifest->return_entries = (uint16_t)settings->return_entries;
    input->budget = settings->budget;
    if (settings->has_capabilities) {
        memcpy(input->capability, settings->capability, sizeof input->capability);
        input->capability_count = settings->capability_count;
    } else {
        input->capability_count = pack_capabilities_used(program, input->capability);
    }
    trust_hash_of(elf->bytes, elf->length, input->elf_hash);
}

/* A file of settings that names no capability still chose its sizes, if only by leaving them out. */
static void tell_assumptions(const struct pack_input *input, const struct settings *settings) {
    char text[CAPABILITY_TEXT_BYTES * 4] = "none";
    for (size_t i = 0, used = 0; i < input->capability_count && used < sizeof text; i++) {
        char one[CAPABILITY_TEXT_BYTES];
        capability_format(&input->capability[i], one);
        used += (size_t)snprintf(text + used, sizeof text - used, "%s%s", i ? "; " : "", one);
    }
    if (settings->document)
        command_note("%s: it gets the capabilities it uses, for the settings name none: %s", settings->name, text);
    else
        command_note(
            "%s: it gets %u KiB of stack, %u KiB of heap and the capabilities it uses, for nothing says otherwise: %s",
            settings->name, settings->stack_bytes >> 10, settings->heap_bytes >> 10, text);
}

/* "dir/name.cvm1" and ".elf" give "dir/name.elf"; malloc'd. */
static char *path_beside(const char *path, const char *suffix) {
    const char *slash = strrchr(path, '/'), *dot = strrchr(path, '.');
    size_t stem = dot && dot > (slash ? slash + 1 : path) ? (size_t)(dot - path) : strlen(path);
    char *to = malloc(stem + strlen(suffix) + 1);
    require(to != NULL);
    memcpy(to, path, stem);
    memcpy(to + stem, suffix, strlen(suffix) + 1);
    return to;
}

static int write_outputs(const struct settings *settings, const struct pack_output *packed,
                         const struct lower_program *program, const struct file_bytes *elf) {
    char name[ARTIFACT_NAME_BYTES + sizeof ".cvm1"];
    snprintf(name, sizeof name, "%s.cvm1", settings->name);
    const char *path = settings->output ? settings->output : name;
    char *elf_to = path_beside(path, ".elf"), *map_to = path_beside(path, ".map");
    size_t length = map_bytes(program->map_count), failed = 0;
    uint8_t *map = malloc(length);
    require(map != NULL);
    map_encode(program->map, program->map_count, packed->artifact.manifest.build_id, map);
    const struct file_output outputs[] = {
        {path, packed->bytes, packed->length}, {elf_to, elf->bytes, elf->length}, {map_to, map, length}};
    int code = EXIT_DONE;
    if (file_write_all(outputs, sizeof outputs / sizeof *outputs, 0666, &failed) != ST_OK)
        code = command_fail(EXIT_CANNOT_WRITE, "%s: %s", outputs[failed].path, strerror(errno));
    free(map);
    free(map_to);
    free(elf_to);
    return code;
}

static int pack_and_write(const struct settings *settings, const struct lower_program *program,
                          const struct file_bytes *elf, const struct host_key *key, bool notices) {
    struct pack_input input;
    struct pack_output packed;
    char message[PACK_MESSAGE_BYTES];
    fill_input(settings, program, elf, &input);
    enum status status = pack_artifact(&input, &packed, message);
    if (status != ST_OK)
        return command_fail(status == ST_REFUSED ? EXIT_PROGRAM : EXIT_SETTINGS, "%s: %s", settings->name, message);
    int code = key ? signing_sign(&packed.artifact, packed.bytes, key) : EXIT_DONE;
    if (code == EXIT_DONE) code = write_outputs(settings, &packed, program, elf);
    if (code == EXIT_DONE && notices && !settings->has_capabilities) tell_assumptions(&input, settings);
    pack_free(&packed);
    return code;
}

/* The sidecars take these suffixes. */
static bool is_taken(const char *path) {
    const char *dot = path ? strrchr(path, '.') : NULL;
    return dot && (strcmp(dot, ".elf") == 0 || strcmp(dot, ".map") == 0);
}

int builder_build(const struct settings *settings, bool notices) {
    if (is_taken(settings->output))
        return command_fail(EXIT_USAGE, "%s: NAME.elf and NAME.map are written beside the artifact; call it NAME.cvm1",
                            settings->output);
    struct building building = {.settings = settings};
    struct host_key *key = NULL;
    struct file_bytes elf = {0};
    int code = check_suffixes(&settings->sources);
    if (code == EXIT_DONE && settings->key) code = input_private_key(settings->key, &key);
    if (code == EXIT_DONE) code = make_elf(&building, &elf);
    if (code == EXIT_DONE) {
        const struct lower_options options = {.debug = settings->debug};
        struct lower_program program;
        char message[LOWER_MESSAGE_BYTES];
        if (lower_elf(elf.bytes, elf.length, &options, &program, message) != ST_OK) {
            bool is_users = is_linked(&settings->sources);
            code = command_fail(EXIT_PROGRAM, "%s%s%s", is_users ? settings->sources.word[0] : "", is_users ? ": " : "",
                                message);
        } else {
            code = pack_and_write(settings, &program, &elf, key, notices);
            lower_free(&program);
        }
    }
    file_free(&elf);
    host_key_free(key);
    return code;
}
