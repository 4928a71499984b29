/* lines: requests and answers as lines of JSON, as `skep call` and the sockets of skepd speak them: strict, each with
 * its version. Source: docs/PROTOCOL.md section 5. */
#ifndef SKEP_HOST_LINK_LINES_H
#define SKEP_HOST_LINK_LINES_H

#include <stdbool.h>
#include <stdint.h>

#include "host/link/link.h"

struct lines_request {
    json_t *line; /* holds the others */
    const struct operation_name *row;
    json_t *parameters, *id; /* NULL: none */
    uint32_t session;        /* that it names; 0: none */
};

/* False: *answer is the refusal, which is the caller's, and there is nothing to give back. */
bool lines_read(const char *bytes, size_t length, struct lines_request *request, json_t **answer);
void lines_done(struct lines_request *request);

/* Answers; the request's id comes back. `result` is taken over. `hive` NULL: the hive was not asked. */
json_t *lines_result(const struct lines_request *request, json_t *result);
json_t *lines_refusal(const struct lines_request *request, int status, const char *why,
                      const struct link_refusal *hive);
/* The members of an object behind the version; takes it over. */
json_t *lines_versioned(json_t *object);
/* What a task wrote. */
json_t *lines_console(const struct link_output *output);

/* A refusal of the hive's for people; and the name of its reason. */
void lines_refusal_text(const struct operation_name *row, const struct link_refusal *refusal,
                        char to[LINK_MESSAGE_BYTES]);
const char *lines_reason_name(uint8_t reason);

#endif
