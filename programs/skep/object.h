/* object: what the commands for values and for commands share: finding one by what people call it, and numbers of its
 * type as text. */
#ifndef SKEP_PROGRAMS_SKEP_OBJECT_H
#define SKEP_PROGRAMS_SKEP_OBJECT_H

#include "programs/skep/remote.h"

enum { OBJECT_TEXT_BYTES = 32, OBJECT_MAILBOX_BYTES = 64 };

/* The row of `operation`, a list, whose name or GROUP.NUMBER is `name`; *row is the caller's. Says what is wrong: there
 * is none, or several have that name. */
int object_find(struct remote *remote, const char *operation, const char *name, json_t **row);

json_int_t object_number(const json_t *row, const char *member);
const char *object_text(const json_t *row, const char *member);
/* "1.2" */
void object_id_text(const json_t *row, char to[OBJECT_TEXT_BYTES]);
/* A mailbox's name as spec/mailbox.md section 1 writes it; a device's and a tap's are the listing's own. */
void object_mailbox_text(const json_t *row, char to[OBJECT_MAILBOX_BYTES]);

/* A number of a type ("bool", "i32", "f32", "f16") from its bits, for people and for JSON. "none" has none. */
void object_bits_text(const char *type, uint32_t bits, char to[OBJECT_TEXT_BYTES]);
json_t *object_bits_json(const char *type, uint32_t bits);
/* The bits of what was written. False: it is no number of that type. */
bool object_bits_read(const char *type, const char *text, uint32_t *bits);

#endif
