#include "programs/skep/report_line.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What stands behind `"name": `, or NULL. */
static const char *value_of(const char *line, const char *name) {
    char quoted[64];
    const int length = snprintf(quoted, sizeof quoted, "\"%s\": ", name);
    if (length < 0 || (size_t)length >= sizeof quoted) return NULL;
    const char *const at = strstr(line, quoted);
    return at ? at + length : NULL;
}

uint64_t report_line_number(const char *line, const char *name, uint64_t missing) {
    const char *const value = value_of(line, name);
    char *end;
    if (!value) return missing;
    const uint64_t number = strtoull(value, &end, 10);
    return end == value ? missing : number;
}

bool report_line_text(const char *line, const char *name, char *to, size_t capacity) {
    const char *from = value_of(line, name);
    if (!from || *from++ != '"') return false;
    size_t length = 0;
    for (; *from != '\0' && *from != '"'; from++) {
        if (*from == '\\' && from[1] != '\0') from++;
        if (length + 1 < capacity) to[length++] = *from;
    }
    to[length] = '\0';
    return true;
}

size_t report_line_numbers(const char *line, const char *name, uint32_t *to, size_t capacity) {
    const char *from = value_of(line, name);
    size_t count = 0;
    if (!from || *from++ != '[') return 0;
    while (count < capacity && *from != ']') {
        char *end;
        to[count] = (uint32_t)strtoull(from, &end, 10);
        if (end == from) break;
        count++;
        from = end + strspn(end, ", ");
    }
    return count;
}
