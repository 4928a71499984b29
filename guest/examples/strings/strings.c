/* Strings: counts the words of a text, sorts them and prints how often each occurs. Words are slices of the text, so
 * that nothing has to be copied but the text itself. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WORDS_MAX 32

struct word {
    const char *text;
    int count;
};

static int by_count_then_text(const void *left, const void *right) {
    const struct word *a = left, *b = right;
    if (a->count != b->count) return b->count - a->count;
    return strcmp(a->text, b->text);
}

static struct word *find(struct word *words, int count, const char *text) {
    for (int i = 0; i < count; i++)
        if (strcmp(words[i].text, text) == 0) return &words[i];
    return NULL;
}

int main(void) {
    char text[] = "The sea, the sky, the sea again: the sky in the sea and the sea in the sky.";
    struct word words[WORDS_MAX];
    int count = 0;

    for (char *c = text; *c; c++) *c = (char)tolower((unsigned char)*c);
    for (char *token = strtok(text, " ,:."); token; token = strtok(NULL, " ,:.")) {
        struct word *known = find(words, count, token);
        if (known)
            known->count++;
        else if (count < WORDS_MAX)
            words[count++] = (struct word){token, 1};
    }

    qsort(words, (size_t)count, sizeof words[0], by_count_then_text);
    for (int i = 0; i < count; i++)
        printf("%-6s %.*s %d\n", words[i].text, words[i].count, "##########", words[i].count);
    return 0;
}
