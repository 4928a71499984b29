#include "programs/skep/complete.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "programs/skep/object.h"
#include "programs/skep/usage.h"
#include "toolchain/listing/calls_names.h"

enum { TEXT_BYTES = 256, PATH_BYTES = 4096, GROUPS = 64 };

/* ---- the list */

/* What a guest calls its things is written to a terminal here: a name that would command it is left out. */
static bool is_plain(const char *word) {
    while ((unsigned char)*word >= ' ' && *word != 0x7f) word++;
    return *word == '\0';
}

void complete_add(struct complete_list *list, const char *begin, const char *word) {
    if (!is_plain(word)) return;
    if (strncmp(word, begin, strlen(begin)) != 0 || list->count == COMPLETE_MAX) return;
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->word[i], word) == 0) return;
    char *copy = strdup(word);
    if (copy) list->word[list->count++] = copy;
}

static void add_span(struct complete_list *list, const char *begin, struct help_span span) {
    char text[TEXT_BYTES];
    snprintf(text, sizeof text, "%.*s", (int)span.length, span.at);
    complete_add(list, begin, text);
}

static int compare(const void *one, const void *other) { return strcmp(*(char *const *)one, *(char *const *)other); }
void complete_sort(struct complete_list *list) { qsort(list->word, list->count, sizeof *list->word, compare); }

void complete_free(struct complete_list *list) {
    for (size_t i = 0; i < list->count; i++) free(list->word[i]);
    list->count = 0;
}

/* ---- what a hive has */

/* The words so far, and the one that is wanted. */
struct context {
    const char *const *words; /* behind the command's name, without options */
    size_t count;
    const char *begin;
    const char *to, *token_file; /* as the words say */
    struct complete_list *list;
};

typedef void add_row(struct context *context, const json_t *row);

/* Nothing is said when the hive does not answer: whoever completes sees that there is nothing. */
static void add_rows(struct context *context, const char *operation, const char *key, add_row *add) {
    static struct remote remote;
    const struct remote_options options = {.to = context->to, .token_file = context->token_file};
    json_t *rows = json_array(), *row;
    size_t index;
    if (remote_open(&remote, &options, true, false) == EXIT_DONE) {
        (void)remote_list(&remote, operation, key, rows);
        remote_close(&remote);
    }
    json_array_foreach(rows, index, row) add(context, row);
    json_decref(rows);
}

static void add_number(struct context *context, const json_t *row, const char *member) {
    char text[OBJECT_TEXT_BYTES];
    snprintf(text, sizeof text, "%lld", (long long)object_number(row, member));
    complete_add(context->list, context->begin, text);
}
static void add_pid(struct context *context, const json_t *row) { add_number(context, row, "pid"); }
static void add_session(struct context *context, const json_t *row) { add_number(context, row, "session"); }
static void add_name(struct context *context, const json_t *row) {
    complete_add(context->list, context->begin, object_text(row, "name"));
}
static void add_mailbox(struct context *context, const json_t *row) {
    char text[OBJECT_MAILBOX_BYTES];
    object_mailbox_text(row, text);
    complete_add(context->list, context->begin, text);
}

static void pids(struct context *context) { add_rows(context, "task.list", "pid", add_pid); }
static void settings(struct context *context) { add_rows(context, "config.list", "number", add_name); }
static void sessions(struct context *context) { add_rows(context, "session.list", "session", add_session); }
static void values(struct context *context) { add_rows(context, "value.list", "slot", add_name); }
static void offered_commands(struct context *context) { add_rows(context, "command.list", "slot", add_name); }
static void mailboxes(struct context *context) { add_rows(context, "mailbox.list", "slot", add_mailbox); }

/* ---- what the tables have */

static void events(struct context *context) {
    for (const struct event_name *row = event_names; row->name; row++)
        complete_add(context->list, context->begin, row->name);
}

static void operations(struct context *context) {
    for (const struct operation_name *row = operation_names; row->name; row++)
        complete_add(context->list, context->begin, row->name);
}

static void topics(struct context *context) {
    size_t count;
    const struct command *commands = command_table(&count);
    for (size_t i = 0; i < count; i++) complete_add(context->list, context->begin, commands[i].name);
}

/* "NAME=" of the operation before it; behind the "=", the names that its values have. */
static void parameters(struct context *context) {
    char text[TEXT_BYTES];
    const struct operation_name *row = context->count > 0 ? operation_named(context->words[0]) : NULL;
    for (size_t i = 0; row && i < row->parameters.count; i++) {
        const struct operation_field *field = &row->parameters.field[i];
        snprintf(text, sizeof text, "%s=", field->name);
        if (strncmp(context->begin, text, strlen(text)) != 0) complete_add(context->list, context->begin, text);
        if (strncmp(context->begin, text, strlen(text)) != 0) continue;
        for (size_t value = 0; field->values && field->values[value]; value++) {
            snprintf(text, sizeof text, "%s=%s", field->name, field->values[value]);
            complete_add(context->list, context->begin, text);
        }
        static const char *const truths[] = {"false", "true"};
        for (size_t value = 0; field->type == TYPE_BOOL && value < 2; value++) {
            snprintf(text, sizeof text, "%s=%s", field->name, truths[value]);
            complete_add(context->list, context->begin, text);
        }
    }
}

/* Rows of capabilities, as far as the table has them: "gpio output", to which resources are added. */
static void capability_rows(struct context *context) {
    char text[TEXT_BYTES];
    for (uint32_t number = 0; number < GROUPS; number++) {
        const struct calls_group *group = calls_group(number);
        for (size_t mode = 0; group && mode < CALLS_MODES_MAX; mode++) {
            if (!group->mode[mode]) continue;
            snprintf(text, sizeof text, "%s %s", group->name, group->mode[mode]);
            complete_add(context->list, context->begin, text);
        }
    }
}

static void files(struct context *context) {
    char path[PATH_BYTES];
    const char *slash = strrchr(context->begin, '/');
    size_t folder_bytes = slash ? (size_t)(slash - context->begin) + 1 : 0;
    if (folder_bytes >= sizeof path) return;
    snprintf(path, sizeof path, "%.*s", (int)folder_bytes, context->begin);
    DIR *folder = opendir(folder_bytes > 0 ? path : ".");
    bool hidden = context->begin[folder_bytes] == '.';
    for (const struct dirent *entry; folder && (entry = readdir(folder));) {
        struct stat facts;
        if ((entry->d_name[0] == '.') != hidden || strlen(entry->d_name) + folder_bytes + 2 > sizeof path) continue;
        snprintf(path + folder_bytes, sizeof path - folder_bytes, "%s", entry->d_name);
        if (stat(path, &facts) == 0 && S_ISDIR(facts.st_mode))
            snprintf(path + folder_bytes, sizeof path - folder_bytes, "%s/", entry->d_name);
        complete_add(context->list, context->begin, path);
    }
    if (folder) closedir(folder);
}

/* ---- kinds of words, as usage and help name them */

static const struct {
    const char *name; /* what its name begins with */
    void (*add)(struct context *context);
} kinds[] = {
    {"COMMAND", offered_commands}, {"EVENT", events}, {"MAILBOX", mailboxes},   {"NAME=", parameters},
    {"OPERATION", operations},     {"PID", pids},     {"ROW", capability_rows}, {"SESSION", sessions},
    {"SETTING", settings},         {"TOPIC", topics}, {"VALUE", values},
};

static bool begins(struct help_span span, const char *text) {
    return span.length >= strlen(text) && strncmp(span.at, text, strlen(text)) == 0;
}

static void add_choice(struct context *context, struct help_span choice) {
    if (!usage_is_kind(choice)) {
        add_span(context->list, context->begin, choice);
        return;
    }
    if (help_contains(choice, "FILE") || help_contains(choice, "FOLDER") || help_contains(choice, "SOCKET"))
        files(context);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (begins(choice, kinds[i].name)) kinds[i].add(context);
}

static void add_place(struct context *context, const struct usage_place *place) {
    for (size_t i = 0; place && i < place->count; i++) add_choice(context, place->choice[i]);
}

/* ---- options */

/* The option of that name; false: there is none. */
static bool find_option(const struct command *command, const char *name, struct help_part *part) {
    struct help_reader reader = help_read(command->help);
    while (help_next(&reader, part)) {
        struct help_span names = part->names, word;
        while (part->kind == HELP_OPTIONS && help_word(&names, &word))
            if (word.length == strlen(name) && strncmp(word.at, name, word.length) == 0) return true;
    }
    return false;
}

static void add_options(const struct command *command, struct context *context) {
    struct help_part part;
    struct help_reader reader = help_read(command->help);
    while (help_next(&reader, &part)) {
        struct help_span names = part.names, word;
        while (part.kind == HELP_OPTIONS && help_word(&names, &word)) add_span(context->list, context->begin, word);
    }
}

static void note_option(struct context *context, const char *name, const char *value) {
    if (strcmp(name, "--to") == 0) context->to = value;
    if (strcmp(name, "--token-file") == 0) context->token_file = value;
}

/* The last word is the value of an option, an option, or a word at its place. */
void complete_words(const struct command *command, const char *const *words, size_t count, struct complete_list *list) {
    const char *plain[COMMAND_WORDS_MAX];
    struct context context = {.words = plain, .begin = words[count - 1], .list = list};
    struct help_part option;
    bool ended = false;
    for (size_t i = 1; i + 1 < count; i++) {
        bool is_option = !ended && words[i][0] == '-' && words[i][1] != '\0';
        if (is_option && strcmp(words[i], "--") == 0) ended = true;
        if (!is_option && context.count < COMMAND_WORDS_MAX) plain[context.count++] = words[i];
        if (!is_option || !find_option(command, words[i], &option) || option.value.length == 0) continue;
        if (i + 2 == count) {
            struct usage_place place = {.count = 0};
            usage_choices(option.value, &place);
            add_place(&context, &place);
            return;
        }
        note_option(&context, words[i], words[i + 1]);
        i++;
    }
    if (!ended && context.begin[0] == '-') {
        add_options(command, &context);
        return;
    }
    struct usage usage;
    usage_read(command->usage, &usage);
    for (size_t i = 0; i < usage.count; i++)
        add_place(&context, usage_place_behind(&usage.alternative[i], plain, context.count));
}
