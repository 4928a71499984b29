#include "core/base/name.h"

static bool is_letter_or_digit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool name_has(char c) { return is_letter_or_digit(c) || c == '_' || c == '-' || c == '.'; }

bool name_is_good(const char *text, size_t length) {
    if (length == 0 || !is_letter_or_digit(text[0])) return false;
    for (size_t i = 1; i < length; i++) {
        if (!name_has(text[i])) return false;
    }
    return true;
}
