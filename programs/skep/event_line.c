#include "programs/skep/event_line.h"

#include <inttypes.h>
#include <stdbool.h>
#include <string.h>

#include "programs/skep/terminal.h"

static void print_text(const char *text, FILE *to) {
    struct terminal terminal = {0};
    for (; *text; text++) terminal_put(&terminal, (uint8_t)*text, to);
    terminal_end(&terminal, to);
}

void event_line_print(const json_t *event, FILE *to) {
    const char *key, *before = "  ", *name = json_string_value(json_object_get(event, "event"));
    int64_t time_us = (int64_t)json_integer_value(json_object_get(event, "time_us"));
    json_t *value;
    fprintf(to, "%7" PRId64 "  %5" PRId64 ".%06" PRId64 "  %s",
            (int64_t)json_integer_value(json_object_get(event, "sequence")), time_us / 1000000, time_us % 1000000,
            name ? name : "unknown");
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
