/* codec: what spec/operations.json describes, between its bytes and JSON: a field is a member of its name; a number
 * with named values is its name, bytes are hexadecimal digits. */
#ifndef SKEP_HOST_LINK_CODEC_H
#define SKEP_HOST_LINK_CODEC_H

#include <jansson.h>
#include <stdbool.h>

#include "core/base/bytes.h"
#include "host/link/operation_rows.h"

enum { CODEC_MESSAGE_BYTES = 200 };

/* What an object leaves out is 0, false or empty. False: the message says which member is wrong. Integers that JSON
 * cannot hold (above 2^63 - 1) may be given as text. `object` NULL: nothing is given. */
bool codec_encode(const struct operation_fields *fields, const json_t *object, struct writer *out,
                  char message[CODEC_MESSAGE_BYTES]);

/* Takes the fields and adds them as members. False: the bytes end too early. */
bool codec_decode(const struct operation_fields *fields, struct reader *in, json_t *object);

/* Of a whole message: the result of an operation with that status 0, or an event (with "event", "sequence", "time_us").
 * NULL: it is not as it should be. The caller gives it back. */
json_t *codec_result(const struct operation_name *row, struct reader *in);
json_t *codec_event(struct reader *in);

#endif
