#include "programs/skep/usage.h"

#include <string.h>

static bool is_text(struct help_span span, const char *text) {
    return span.length == strlen(text) && strncmp(span.at, text, span.length) == 0;
}

bool usage_is_kind(struct help_span choice) { return choice.length > 0 && choice.at[0] >= 'A' && choice.at[0] <= 'Z'; }

void usage_choices(struct help_span text, struct usage_place *place) {
    while (text.length > 0 && place->count < USAGE_CHOICES_MAX) {
        struct help_span one = {text.at, 0};
        while (one.length < text.length && text.at[one.length] != '|') one.length++;
        if (one.length > 0) place->choice[place->count++] = one;
        size_t used = one.length < text.length ? one.length + 1 : one.length;
        text = (struct help_span){text.at + used, text.length - used};
    }
}

struct reading {
    struct usage *usage;
    int depth;         /* of brackets */
    int skipped_depth; /* of the bracket that holds an option; 0: none */
    bool joins;        /* the next word is another choice for the place before it */
    bool skips_next;   /* it is the value of an option */
};

/* Takes brackets off both ends; gives how deep it was inside them. */
static int strip(struct reading *reading, struct help_span *word) {
    while (word->length > 0 && word->at[0] == '[') word->at++, word->length--, reading->depth++;
    int inside = reading->depth;
    while (word->length > 0 && word->at[word->length - 1] == ']') word->length--, reading->depth--;
    return inside;
}

static void begin_alternative(struct usage *usage) {
    if (usage->count < USAGE_ALTERNATIVES_MAX)
        usage->alternative[usage->count++] = (struct usage_alternative){.count = 0};
}

static void add(struct reading *reading, struct help_span word) {
    struct usage_alternative *alternative = &reading->usage->alternative[reading->usage->count - 1];
    if (is_text(word, "...")) {
        alternative->repeats = alternative->count > 0;
        return;
    }
    if (!(reading->joins && alternative->count > 0)) {
        if (alternative->count == USAGE_PLACES_MAX) return;
        alternative->place[alternative->count++] = (struct usage_place){.count = 0};
    }
    usage_choices(word, &alternative->place[alternative->count - 1]);
    reading->joins = false;
}

static void take(struct reading *reading, struct help_span word) {
    int inside = strip(reading, &word);
    bool in_option = reading->skipped_depth > 0 && inside >= reading->skipped_depth;
    if (reading->skipped_depth > reading->depth) reading->skipped_depth = 0;
    bool is_value = reading->skips_next && usage_is_kind(word);
    reading->skips_next = false;
    if (in_option || is_value || word.length == 0) return;
    if (is_text(word, "|")) {
        if (inside == 0) begin_alternative(reading->usage);
        reading->joins = inside > 0;
        return;
    }
    if (word.at[0] == '-') {
        if (reading->depth > 0)
            reading->skipped_depth = reading->depth;
        else
            reading->skips_next = inside == 0;
        return;
    }
    if (word.at[0] == '<')
        reading->skips_next = true;
    else
        add(reading, word);
}

void usage_read(const char *text, struct usage *usage) {
    struct help_span left = {text, strlen(text)}, word;
    struct reading reading = {.usage = usage};
    usage->count = 0;
    begin_alternative(usage);
    while (help_word(&left, &word)) take(&reading, word);
}

static bool fits(const struct usage_place *place, const char *word) {
    for (size_t i = 0; i < place->count; i++)
        if (usage_is_kind(place->choice[i]) || is_text(place->choice[i], word)) return true;
    return false;
}

static const struct usage_place *place_at(const struct usage_alternative *alternative, size_t index) {
    if (index < alternative->count) return &alternative->place[index];
    return alternative->repeats ? &alternative->place[alternative->count - 1] : NULL;
}

const struct usage_place *usage_place_behind(const struct usage_alternative *alternative, const char *const *words,
                                             size_t count) {
    for (size_t i = 0; i < count; i++) {
        const struct usage_place *place = place_at(alternative, i);
        if (!place || !fits(place, words[i])) return NULL;
    }
    return place_at(alternative, count);
}
