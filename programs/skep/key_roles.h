/* key_roles: what a key may sign, in words. */
#ifndef SKEP_PROGRAMS_SKEP_KEY_ROLES_H
#define SKEP_PROGRAMS_SKEP_KEY_ROLES_H

#include <stdbool.h>
#include <stdint.h>

enum { KEY_ROLES_TEXT_BYTES = 64 };
#define KEY_ROLES_WORDS "one or more of guest,firmware,policy,patch,key-set,debug; or any; or revoked"

/* enum keys_role, ored: "guest,firmware". */
void key_roles_text(uint8_t roles, char to[KEY_ROLES_TEXT_BYTES]);
bool key_roles_parse(const char *text, uint8_t *roles);

#endif
