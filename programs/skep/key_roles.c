#include "programs/skep/key_roles.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "core/trust/keys.h"

static const struct {
    const char *name;
    uint8_t roles;
} role_names[] = {
    {"guest", KEYS_GUEST},     {"firmware", KEYS_FIRMWARE}, {"policy", KEYS_POLICY}, {"patch", KEYS_PATCH},
    {"key-set", KEYS_KEY_SET}, {"debug", KEYS_DEBUG},       {"any", KEYS_ANY},       {"revoked", KEYS_REVOKED},
};
enum {
    ROLE_NAMES = sizeof role_names / sizeof *role_names,
};

void key_roles_text(uint8_t roles, char to[KEY_ROLES_TEXT_BYTES]) {
    size_t used = 0;
    to[0] = '\0';
    for (size_t i = 0; i < ROLE_NAMES; i++) {
        bool fits = roles == KEYS_ANY ? role_names[i].roles == KEYS_ANY
                                      : role_names[i].roles != KEYS_ANY && (roles & role_names[i].roles) != 0;
        if (fits)
            used +=
                (size_t)snprintf(to + used, KEY_ROLES_TEXT_BYTES - used, "%s%s", used ? "," : "", role_names[i].name);
    }
}

bool key_roles_parse(const char *text, uint8_t *roles) {
    *roles = 0;
    while (*text) {
        size_t length = strcspn(text, ","), i = 0;
        while (i < ROLE_NAMES &&
               !(strlen(role_names[i].name) == length && memcmp(role_names[i].name, text, length) == 0))
            i++;
        if (i == ROLE_NAMES) return false;
        *roles |= role_names[i].roles;
        text += length + (text[length] == ',');
    }
    return *roles != 0;
}
