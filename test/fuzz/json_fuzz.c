/* Any bytes as a line of JSON, as a result and as an event: read or refused with a reason; what can be encoded is
 * decoded to what encodes to the same bytes. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host/link/codec.h"
#include "host/link/json.h"
#include "host/link/lines.h"
#include "test/fuzz/fuzz.h"

enum { MESSAGE_BYTES = 1024 };

static void encode(const struct operation_name *row, const json_t *parameters) {
    uint8_t first[MESSAGE_BYTES], second[MESSAGE_BYTES];
    char message[CODEC_MESSAGE_BYTES] = "";
    struct writer out = writer_of(first, sizeof first), again = writer_of(second, sizeof second);
    if (!codec_encode(&row->parameters, parameters, &out, message)) {
        if (message[0] == '\0') fuzz_failed("a refusal does not say why");
        return;
    }
    struct reader in = reader_of(first, out.length);
    json_t *decoded = json_object();
    if (!codec_decode(&row->parameters, &in, decoded)) {
        json_decref(decoded);
        return; /* text that is no UTF-8 has no JSON; jansson lets none in */
    }
    bool same = in.offset == in.length && codec_encode(&row->parameters, decoded, &again, message);
    if (!same || again.length != out.length || memcmp(first, second, out.length) != 0)
        fuzz_failed("decoded parameters encode to something else");
    json_decref(decoded);
}

static void decode(const uint8_t *bytes, size_t length) {
    struct reader in = reader_of(bytes, length);
    json_decref(codec_event(&in));
    for (const struct operation_name *row = operation_names; row->name; row++) {
        in = reader_of(bytes, length);
        json_decref(codec_result(row, &in));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    struct lines_request request;
    json_t *refusal;
    decode(bytes, length);
    if (lines_read((const char *)bytes, length, &request, &refusal)) {
        encode(request.row, request.parameters);
        lines_done(&request);
        return 0;
    }
    char *text = json_dumps(refusal, 0);
    if (!text) fuzz_failed("a refusal is no JSON");
    free(text);
    const char *why = json_string_value(json_object_get(refusal, "error"));
    if (!why || why[0] == '\0') fuzz_failed("a refusal does not say why");
    json_decref(refusal);
    return 0;
}

size_t fuzz_begin(struct random *random, uint8_t to[FUZZ_BYTES_MAX]) {
    size_t rows = 0;
    while (operation_names[rows].name) rows++;
    const struct operation_name *row = &operation_names[random_below(random, (uint32_t)rows)];
    json_t *parameters = json_object();
    for (size_t i = 0; i < row->parameters.count; i++) {
        const struct operation_field *field = &row->parameters.field[i];
        json_t *value = field->type == TYPE_TEXT    ? json_string("a name")
                        : field->type == TYPE_BYTES ? json_string("00ff7a")
                        : field->type == TYPE_BOOL  ? json_boolean(random_percent(random, 50))
                                                    : json_integer(random_below(random, 300));
        json_object_set_new(parameters, field->name, value);
    }
    json_t *line = json_pack("{s:i, s:s, s:o}", "version", JSON_VERSION_OF_LINES, "operation", row->name, "parameters",
                             parameters);
    size_t length = json_dumpb(line, (char *)to, FUZZ_BYTES_MAX, JSON_COMPACT);
    json_decref(line);
    return length;
}

void fuzz_mend(uint8_t *bytes, size_t length) { (void)bytes, (void)length; }
