/* name: the letters that names in formats and namespaces are made of. */
#ifndef SKEP_CORE_BASE_NAME_H
#define SKEP_CORE_BASE_NAME_H

#include <stdbool.h>
#include <stddef.h>

/* A-Z a-z 0-9 _ - . */
bool name_has(char c);
/* One or more of them, the first a letter or a digit: of artifacts and of guests' files. */
bool name_is_good(const char *text, size_t length);

#endif
