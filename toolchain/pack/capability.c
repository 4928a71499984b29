#include "toolchain/pack/capability.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "toolchain/listing/calls_names.h"

enum { GROUPS = 64, WORD_BYTES = 64 };

/* The next word of *text, which moves on; false at the end, or when a word is too long to be one. */
static bool next_word(const char **text, char to[WORD_BYTES]) {
    while (**text == ' ') ++*text;
    size_t length = strcspn(*text, " ");
    if (length == 0 || length >= WORD_BYTES) return false;
    memcpy(to, *text, length);
    to[length] = '\0';
    *text += length;
    return true;
}

/* A whole number at *text, decimal or 0x; moves on behind it. */
static bool take_number(const char **text, uint32_t *to) {
    unsigned base = 10;
    if (strncmp(*text, "0x", 2) == 0) {
        base = 16;
        *text += 2;
    }
    uint64_t value = 0;
    size_t digits = 0;
    for (;; digits++, ++*text) {
        char c = **text;
        unsigned digit = c >= '0' && c <= '9'                 ? (unsigned)(c - '0')
                         : base == 16 && c >= 'a' && c <= 'f' ? (unsigned)(c - 'a') + 10
                                                              : base;
        if (digit == base) break;
        value = value * base + digit;
        if (value > UINT32_MAX) return false;
    }
    *to = (uint32_t)value;
    return digits > 0;
}

static bool take_range(const char *word, struct artifact_capability *to) {
    if (!take_number(&word, &to->first)) return false;
    to->last = to->first;
    if (strncmp(word, "..", 2) == 0) {
        word += 2;
        if (!take_number(&word, &to->last)) return false;
    }
    return *word == '\0' && to->first <= to->last;
}

static bool take_rate(const char *word, struct artifact_capability *to) {
    return take_number(&word, &to->rate) && strcmp(word, "/s") == 0 && to->rate > 0;
}

static uint8_t mode_bit(const struct calls_group *group, const char *name, size_t length) {
    for (unsigned i = 0; i < CALLS_MODES_MAX; i++)
        if (group->mode[i] && strlen(group->mode[i]) == length && memcmp(group->mode[i], name, length) == 0)
            return (uint8_t)(1u << i);
    return 0;
}

static uint8_t all_modes(const struct calls_group *group) {
    unsigned modes = 0;
    for (unsigned i = 0; i < CALLS_MODES_MAX; i++)
        if (group->mode[i]) modes |= 1u << i;
    return (uint8_t)modes;
}

static bool take_modes(const struct calls_group *group, const char *word, struct artifact_capability *to) {
    unsigned modes = 0;
    for (;;) {
        size_t length = strcspn(word, ",");
        uint8_t bit = mode_bit(group, word, length);
        if (bit == 0) return false;
        modes |= bit;
        if (word[length] == '\0') break;
        word += length + 1;
    }
    to->mode = (uint8_t)modes;
    return true;
}

static void list_groups(char *to, size_t room) {
    size_t used = 0;
    to[0] = '\0';
    for (uint32_t number = 0; number < GROUPS; number++) {
        const struct calls_group *group = calls_group(number);
        if (!group || group->open || used >= room) continue;
        used += (size_t)snprintf(to + used, room - used, "%s%s", used ? " " : "", group->name);
    }
}

static enum status refuse_group(const char *word, char *message, size_t message_bytes) {
    char groups[WORD_BYTES * 3];
    list_groups(groups, sizeof groups);
    snprintf(message, message_bytes, "\"%s\" is no group that needs a capability; these do: %s", word, groups);
    return ST_INVALID;
}

static enum status refuse_word(const struct calls_group *group, const char *word, char *message, size_t message_bytes) {
    char modes[WORD_BYTES] = "";
    for (unsigned i = 0, used = 0; i < CALLS_MODES_MAX && group->mode[i]; i++)
        used += (unsigned)snprintf(modes + used, sizeof modes - used, "%s%s", used ? "," : "", group->mode[i]);
    snprintf(message, message_bytes,
             "\"%s\" is no mode of %s (%s), no range (13 or 2..5) and no rate (100/s), or stands twice", word,
             group->name, modes);
    return ST_INVALID;
}

enum status capability_parse(const char *text, struct artifact_capability *to, char *message, size_t message_bytes) {
    char word[WORD_BYTES] = "";
    const struct calls_group *group = next_word(&text, word) ? calls_group_named(word) : NULL;
    if (!group || group->open) return refuse_group(word, message, message_bytes);
    struct artifact_capability row = {.group = group->number, .mode = all_modes(group), .last = UINT32_MAX};
    bool has_mode = false, has_range = false, has_rate = false;
    while (next_word(&text, word)) {
        if (!has_mode && !has_range && !has_rate && take_modes(group, word, &row))
            has_mode = true;
        else if (!has_range && !has_rate && group->resource[0] && take_range(word, &row))
            has_range = true;
        else if (!has_rate && take_rate(word, &row))
            has_rate = true;
        else
            return refuse_word(group, word, message, message_bytes);
    }
    if (*text != '\0') return refuse_word(group, text, message, message_bytes);
    *to = row;
    return ST_OK;
}

void capability_format(const struct artifact_capability *capability, char to[CAPABILITY_TEXT_BYTES]) {
    const struct calls_group *group = calls_group(capability->group);
    size_t used = 0, room = CAPABILITY_TEXT_BYTES;
    if (group)
        used += (size_t)snprintf(to, room, "%s ", group->name);
    else
        used += (size_t)snprintf(to, room, "group-%u ", capability->group);
    const char *comma = "";
    for (unsigned i = 0; i < 8; i++) {
        if ((capability->mode >> i & 1) == 0) continue;
        if (group && i < CALLS_MODES_MAX && group->mode[i])
            used += (size_t)snprintf(to + used, room - used, "%s%s", comma, group->mode[i]);
        else
            used += (size_t)snprintf(to + used, room - used, "%smode-%u", comma, i);
        comma = ",";
    }
    bool is_any = capability->first == 0 && capability->last == UINT32_MAX;
    if (!is_any && capability->first == capability->last)
        used += (size_t)snprintf(to + used, room - used, " %u", capability->first);
    else if (!is_any)
        used += (size_t)snprintf(to + used, room - used, " %u..%u", capability->first, capability->last);
    if (capability->rate) snprintf(to + used, room - used, " %u/s", capability->rate);
}
