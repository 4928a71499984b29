/* json: lines of JSON as programs send and get them: one object a line, with a `version`. Strict: length, depth, a key
 * twice, numbers that are no 64-bit integers and anything behind the object are errors with their place. On jansson. */
#ifndef SKEP_HOST_LINK_JSON_H
#define SKEP_HOST_LINK_JSON_H

#include <jansson.h>
#include <stddef.h>

enum { JSON_VERSION_OF_LINES = 1, JSON_LINE_BYTES_MAX = 65536, JSON_DEPTH_MAX = 16, JSON_MESSAGE_BYTES = 200 };

/* The object, which the caller gives back with json_decref; NULL: the message says what is wrong, and where. */
json_t *json_line_read(const char *line, size_t length, char message[JSON_MESSAGE_BYTES]);

#endif
