#include "feature.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint32_t sum_of(const uint8_t *bytes, size_t length) {
    uint32_t sum = 1;
    for (size_t i = 0; i < length; i++) sum = sum * 31 + bytes[i];
    return sum;
}

struct node {
    struct node *left, *right;
    int key;
};

static struct node *insert(struct node *node, int key) {
    if (!node) {
        node = calloc(1, sizeof *node);
        node->key = key;
    } else if (key < node->key) {
        node->left = insert(node->left, key);
    } else if (key > node->key) {
        node->right = insert(node->right, key);
    }
    return node;
}

static int walk_and_free(struct node *node, int sum) {
    if (!node) return sum;
    sum = walk_and_free(node->left, sum);
    sum = sum * 3 + node->key;
    sum = walk_and_free(node->right, sum);
    free(node);
    return sum % 100003;
}

void feature_memory(void) {
    static uint8_t bytes[600];
    for (int i = 0; i < 600; i++) bytes[i] = (uint8_t)(i * 7);
    memmove(bytes + 3, bytes, (size_t)feature_hide(500));
    printf("%u ", (unsigned)sum_of(bytes, 600));
    memmove(bytes, bytes + 5, (size_t)feature_hide(501));
    memcpy(bytes + 550, bytes + 10, (size_t)feature_hide(33));
    memset(bytes + 100, 0x5a, (size_t)feature_hide(77));
    printf("%u ", (unsigned)sum_of(bytes, 600));
    printf("%d %d %d ", memcmp(bytes, bytes, 600), memcmp("abd", "abc", (size_t)feature_hide(3)) > 0,
           memcmp("a\xff", "a\x01", (size_t)feature_hide(2)) > 0);
    const uint8_t *found = memchr(bytes, 0x5a, (size_t)feature_hide(600));
    printf("%d %d\n", (int)(found - bytes), memchr(bytes, 1234567 & 0xff, 3) == NULL);

    struct node *root = NULL;
    for (int i = 0; i < 150; i++) root = insert(root, (i * 7919) % 1009);
    printf("%d ", walk_and_free(root, 1));
    char *text = NULL;
    size_t used = 0;
    for (int i = 0; i < 60; i++) {
        text = realloc(text, used + 10);
        used += (size_t)sprintf(text + used, "%d,", i * i);
    }
    printf("%zu %u %.20s\n", used, (unsigned)sum_of((uint8_t *)text, used), text);
    free(text);
}
