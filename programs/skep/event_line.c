#include "programs/skep/event_line.h"

#include <inttypes.h>
#include <stdbool.h>
#include <string.h>

#include "device/executive/executive.h"
#include "host/link/operation_rows.h"
#include "programs/skep/terminal.h"

static void print_text(const char *text, FILE *to) {
    struct terminal terminal = {0};
    for (; *text; text++) terminal_put(&terminal, (uint8_t)*text, to);
    terminal_end(&terminal, to);
}

/* The place of a name among those that a field may have; -1: it is none of them. */
static int place_of(const struct operation_fields *fields, const char *field, const char *name) {
    for (size_t i = 0; i < fields->count; i++) {
        if (strcmp(fields->field[i].name, field) != 0) continue;
        for (int place = 0; fields->field[i].values[place]; place++) {
            if (name && strcmp(fields->field[i].values[place], name) == 0) return place;
        }
    }
    return -1;
}

/* A refusal, in the words of a board that has room for them. False: it is none that this program knows. */
static bool print_refusal(const json_t *event, const char *name, FILE *to) {
    char words[160];
    const char *refusal = json_string_value(json_object_get(event, "refusal"));
    if (!name || strcmp(name, "load.refused") != 0) return false;
    const int number = place_of(&event_named(name)->fields, "refusal", refusal);
    if (number < 0) return false;
    const struct executive_event told = {.kind = EVENT_REFUSED,
                                         .refusal = (uint8_t)number,
                                         .load = (uint16_t)json_integer_value(json_object_get(event, "load")),
                                         .a = (uint32_t)json_integer_value(json_object_get(event, "a")),
                                         .b = (uint32_t)json_integer_value(json_object_get(event, "b")),
                                         .text = json_string_value(json_object_get(event, "text"))};
    (void)executive_event_text(&told, words, sizeof words);
    fputs("  ", to);
    print_text(words, to);
    fputc('\n', to);
    return true;
}

void event_line_print(const json_t *event, FILE *to) {
    const char *key, *before = "  ", *name = json_string_value(json_object_get(event, "event"));
    int64_t time_us = (int64_t)json_integer_value(json_object_get(event, "time_us"));
    json_t *value;
    fprintf(to, "%7" PRId64 "  %5" PRId64 ".%06" PRId64 "  %s",
            (int64_t)json_integer_value(json_object_get(event, "sequence")), time_us / 1000000, time_us % 1000000,
            name ? name : "unknown");
    if (print_refusal(event, name, to)) return;
    json_object_foreach((json_t *)event, key, value) {
        bool is_head = strcmp(key, "event") == 0 || strcmp(key, "sequence") == 0 || strcmp(key, "time_us") == 0;
        const char *text = json_string_value(value);
        if (is_head || (text && text[0] == '\0')) continue;
        fprintf(to, "%s%s ", before, key);
        if (text)
            print_text(text, to);
        else
            fprintf(to, "%" PRId64, (int64_t)json_integer_value(value));
        before = ", ";
    }
    fputc('\n', to);
}
