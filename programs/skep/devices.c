/* skep devices: what can be operated from here: serial devices, emulated boards, hives of this user; and what answers.
 */
#include <dirent.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "programs/skep/board_folder.h"
#include "programs/skep/remote.h"
#include "programs/skep/table.h"

enum { PLACES_MAX = 64, PLACE_BYTES = 256, LINE_BYTES = 512, CELL_BYTES = 40, ASK_MS = 1500 };

struct place {
    char path[PLACE_BYTES];
    const char *kind;
};
struct places {
    struct place place[PLACES_MAX];
    size_t count;
};

static void add(struct places *places, const char *path, const char *kind) {
    for (size_t i = 0; i < places->count; i++) {
        if (strcmp(places->place[i].path, path) == 0) return;
    }
    if (places->count == PLACES_MAX || strlen(path) >= PLACE_BYTES) return;
    struct place *place = &places->place[places->count++];
    memcpy(place->path, path, strlen(path) + 1);
    place->kind = kind;
}

/* ---- finding */

static void find_serial(struct places *places) {
    static const char *const names[] = {"ttyACM", "ttyUSB"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        for (int number = 0; number < 16; number++) {
            char path[PLACE_BYTES];
            snprintf(path, sizeof path, "/dev/%s%d", names[i], number);
            if (access(path, F_OK) == 0) add(places, path, "serial");
        }
    }
}

static void find_boards(struct places *places) {
    char root[BOARD_FOLDER_BYTES], folder[BOARD_FOLDER_BYTES], path[BOARD_PATH_BYTES];
    board_folder_root(root);
    DIR *all = opendir(root);
    for (const struct dirent *entry; all && (entry = readdir(all)) != NULL;) {
        if (!board_folder_named(entry->d_name, folder)) continue;
        board_folder_file(folder, "link", path);
        if (access(path, F_OK) == 0) add(places, path, "emulator");
    }
    if (all) closedir(all);
}

/* Whether one of the process's files is that socket. */
static bool has_socket(const char *process, unsigned long inode) {
    char folder[PLACE_BYTES], link[PLACE_BYTES + 32], target[64], wanted[64];
    snprintf(folder, sizeof folder, "/proc/%.20s/fd", process);
    snprintf(wanted, sizeof wanted, "socket:[%lu]", inode);
    DIR *files = opendir(folder);
    bool found = false;
    for (const struct dirent *entry; files && !found && (entry = readdir(files)) != NULL;) {
        snprintf(link, sizeof link, "%s/%.20s", folder, entry->d_name);
        const ssize_t length = readlink(link, target, sizeof target - 1);
        if (length <= 0) continue;
        target[length] = '\0';
        found = strcmp(target, wanted) == 0;
    }
    if (files) closedir(files);
    return found;
}

static bool is_skepd(const char *process) {
    char path[64], name[32] = "";
    snprintf(path, sizeof path, "/proc/%.20s/comm", process);
    FILE *file = fopen(path, "r");
    if (file && !fgets(name, sizeof name, file)) name[0] = '\0';
    if (file) fclose(file);
    return strcmp(name, "skepd\n") == 0;
}

/* A socket that listens, of a process of the name skepd: no other program is asked what it is. */
static bool is_of_skepd(unsigned long inode) {
    DIR *processes = opendir("/proc");
    bool found = false;
    for (const struct dirent *entry; processes && !found && (entry = readdir(processes)) != NULL;)
        found = entry->d_name[0] >= '1' && entry->d_name[0] <= '9' && is_skepd(entry->d_name) &&
                has_socket(entry->d_name, inode);
    if (processes) closedir(processes);
    return found;
}

static void find_hives(struct places *places) {
    enum { LISTENS = 0x10000 };
    char line[LINE_BYTES], path[PLACE_BYTES];
    FILE *sockets = fopen("/proc/net/unix", "r");
    while (sockets && fgets(line, sizeof line, sockets)) {
        unsigned long flags, inode;
        if (sscanf(line, "%*s %*s %*s %lx %*s %*s %lu %255s", &flags, &inode, path) != 3 || (flags & LISTENS) == 0)
            continue;
        if (path[0] == '/' && is_of_skepd(inode)) add(places, path, "skepd");
    }
    if (sockets) fclose(sockets);
    if (getenv("SKEP_HIVE")) add(places, getenv("SKEP_HIVE"), "SKEP_HIVE");
}

/* ---- asking */

/* NULL: it does not answer, and link->message says why. */
static json_t *ask(struct link *link, const char *operation) {
    struct link_refusal refusal;
    json_t *result;
    enum status status = link_call(link, operation_named(operation), NULL, &result, &refusal);
    return status == ST_OK ? result : NULL;
}

/* What boot.info and hive.info say; else "error". */
static json_t *look_at(const struct place *place) {
    static struct link link;
    json_t *found = json_pack("{s:s, s:s}", "to", place->path, "kind", place->kind);
    if (link_open(&link, place->path) != ST_OK) {
        json_object_set_new(found, "error", json_string(link.message));
        return found;
    }
    link.answer_ms = ASK_MS;
    json_t *boot = ask(&link, "boot.info");
    if (!boot) json_object_set_new(found, "error", json_string(link.message));
    json_t *hive = boot ? ask(&link, "hive.info") : NULL;
    if (hive) json_object_update(found, hive);
    if (boot) json_object_update(found, boot);
    json_decref(hive);
    json_decref(boot);
    link_close(&link);
    return found;
}

/* ---- telling */

enum { TO, KIND, ROLE, STATE, VERSION, TASKS, BOARD, COLUMN_COUNT };
static const struct table_column columns[COLUMN_COUNT] = {
    [TO] = {"TO", 32, 0, false},       [KIND] = {"KIND", 9, 3, false},       [ROLE] = {"ROLE", 10, 1, false},
    [STATE] = {"STATE", 14, 2, false}, [VERSION] = {"VERSION", 9, 4, false}, [TASKS] = {"TASKS", 5, 5, true},
    [BOARD] = {"BOARD", 12, 0, false},
};

static const char *text(const json_t *object, const char *name) {
    const char *found = json_string_value(json_object_get(object, name));
    return found ? found : "";
}

static void print_place(const struct table *table, const json_t *place) {
    char version[CELL_BYTES] = "", tasks[CELL_BYTES] = "";
    const uint32_t number = (uint32_t)json_integer_value(json_object_get(place, "version"));
    const json_t *live = json_object_get(place, "tasks");
    const bool answers = !json_object_get(place, "error");
    if (answers) snprintf(version, sizeof version, "%u.%u.%u", number >> 24, number >> 16 & 0xff, number & 0xffff);
    if (live) snprintf(tasks, sizeof tasks, "%" PRId64, (int64_t)json_integer_value(live));
    const char *const cells[COLUMN_COUNT] = {
        [TO] = text(place, "to"),
        [KIND] = text(place, "kind"),
        [ROLE] = answers ? text(place, "role") : "-",
        [STATE] = answers ? text(place, "state") : "-",
        [VERSION] = version,
        [TASKS] = tasks,
        [BOARD] = answers ? text(place, "board") : text(place, "error"),
    };
    table_row(table, cells);
}

int command_devices(int argc, char **argv) {
    static struct places places;
    struct command_words words;
    struct table table;
    bool json = false;
    const struct command_option options[] = {{"--json", OPTION_FLAG, &json}};
    if (!COMMAND_OPTIONS(argc, argv, options, &words)) return EXIT_USAGE;
    for (size_t i = 0; i < words.count; i++) add(&places, words.word[i], "named");
    if (words.count == 0) {
        find_serial(&places);
        find_boards(&places);
        find_hives(&places);
    }
    if (!json && places.count > 0) table_begin(&table, columns, COLUMN_COUNT, table_terminal_width());
    for (size_t i = 0; i < places.count; i++) {
        json_t *place = look_at(&places.place[i]);
        if (json) {
            remote_print(place);
            continue;
        }
        print_place(&table, place);
        json_decref(place);
    }
    if (places.count == 0 && !json)
        command_note("nothing found; skep sim board starts an emulated board, skepd a hive");
    return EXIT_DONE;
}
