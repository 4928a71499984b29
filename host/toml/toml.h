/* toml: reads settings files: TOML 1.0 without floats, dates and multi-line strings, which are refused by name. Strict:
 * a key twice, a control character, broken UTF-8 are errors with line and column. Why our own:
 * docs/decisions/0002-toml.md. */
#ifndef SKEP_HOST_TOML_TOML_H
#define SKEP_HOST_TOML_TOML_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/status.h"

enum toml_kind { TOML_TABLE, TOML_ARRAY, TOML_STRING, TOML_INTEGER, TOML_BOOLEAN };
enum { TOML_DEPTH_MAX = 32, TOML_MESSAGE_BYTES = 160 };

/* A value, and with `first` and `next` the tree of them: members of a table and elements of an array in the file's
 * order. */
struct toml_value {
    enum toml_kind kind;
    uint32_t line, column; /* of the value, or of its table's header; from 1; columns count bytes */
    uint32_t key_column;   /* of its name, which stands in the same line */
    const char *key;       /* its name in the table it is in, NUL-terminated; NULL for elements of an array */
    const char *text;      /* of a string: UTF-8, NUL-terminated, without NUL inside */
    int64_t integer;
    bool boolean;
    struct toml_value *first, *next;

    /* below: private to toml.c */
    struct toml_value *last;
    uint8_t state;
};

struct toml_fault {
    uint32_t line, column;
    char message[TOML_MESSAGE_BYTES];
};

struct toml; /* owns all values of one text */

/* ST_CORRUPT with the fault filled. On ST_OK toml_free gives *document back. */
enum status toml_parse(const char *text, size_t length, struct toml **document, struct toml_fault *fault);
void toml_free(struct toml *document);
const struct toml_value *toml_root(const struct toml *document);

/* The member of that name, or NULL. Precondition: `table` is a table. */
const struct toml_value *toml_find(const struct toml_value *table, const char *key);
/* "a string", "an array": for messages. */
const char *toml_kind_text(enum toml_kind kind);

#endif
