#include "host/link/codec.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BYTES_MAX = 1024 };

static bool refuse(char message[CODEC_MESSAGE_BYTES], const char *name, const char *why) {
    snprintf(message, CODEC_MESSAGE_BYTES, "%s: %s", name, why);
    return false;
}

/* ---- to bytes */

static bool is_number(const struct operation_field *field) {
    return field->type != TYPE_TEXT && field->type != TYPE_BYTES && field->type != TYPE_BOOL;
}

static bool read_named(const struct operation_field *field, const json_t *value, uint64_t *number) {
    const char *text = json_string_value(value);
    for (*number = 0; field->values && field->values[*number]; ++*number) {
        if (strcmp(field->values[*number], text) == 0) return true;
    }
    if (field->values || text[0] < '0' || text[0] > '9') return false;
    char *end;
    *number = strtoull(text, &end, 10);
    return *end == '\0' && strlen(text) <= 20;
}

static uint64_t most_of(enum operation_type type) {
    switch (type) {
    case TYPE_U8: return UINT8_MAX;
    case TYPE_U16: return UINT16_MAX;
    case TYPE_U32: return UINT32_MAX;
    case TYPE_I32: return INT32_MAX;
    default: return UINT64_MAX;
    }
}

static bool encode_number(const struct operation_field *field, const json_t *value, struct writer *out,
                          char message[CODEC_MESSAGE_BYTES]) {
    uint64_t number = 0;
    if (json_is_string(value)) {
        if (!read_named(field, value, &number)) return refuse(message, field->name, "no such value");
    } else if (json_is_integer(value)) {
        json_int_t given = json_integer_value(value);
        bool negative_fits = field->type == TYPE_I32 && given >= INT32_MIN;
        if (given < 0 && !negative_fits) return refuse(message, field->name, "it is below 0");
        number = (uint64_t)given;
    } else if (value) {
        return refuse(message, field->name, "an integer stands here");
    }
    bool negative = field->type == TYPE_I32 && number >> 63;
    if (!negative && number > most_of(field->type)) return refuse(message, field->name, "it is too large");
    if (!negative && (number < field->min || (field->max != 0 && number > field->max)))
        return refuse(message, field->name, "it is outside its bounds");
    if (field->type == TYPE_U8) put_u8(out, (uint8_t)number);
    if (field->type == TYPE_U16) put_u16(out, (uint16_t)number);
    if (field->type == TYPE_U32 || field->type == TYPE_I32) put_u32(out, (uint32_t)number);
    if (field->type == TYPE_U64) put_u64(out, number);
    return true;
}

static int digit(char c) {
    const char *digits = "0123456789abcdef", *at = c ? strchr(digits, c) : NULL;
    return at ? (int)(at - digits) : -1;
}

static bool encode_bytes(const struct operation_field *field, const json_t *value, struct writer *out,
                         char message[CODEC_MESSAGE_BYTES]) {
    const char *text = value ? json_string_value(value) : "";
    if (!text || strlen(text) % 2 != 0) return refuse(message, field->name, "pairs of hexadecimal digits stand here");
    size_t length = strlen(text) / 2;
    if (length > field->max) return refuse(message, field->name, "it is too long");
    put_u16(out, (uint16_t)length);
    for (size_t i = 0; i < length; i++) {
        int high = digit(text[2 * i]), low = digit(text[2 * i + 1]);
        if (high < 0 || low < 0) return refuse(message, field->name, "pairs of hexadecimal digits stand here");
        put_u8(out, (uint8_t)(high << 4 | low));
    }
    return true;
}

static bool encode_text(const struct operation_field *field, const json_t *value, struct writer *out,
                        char message[CODEC_MESSAGE_BYTES]) {
    const char *text = value ? json_string_value(value) : "";
    if (!text) return refuse(message, field->name, "a string stands here");
    if (strlen(text) > field->max) return refuse(message, field->name, "it is too long");
    put_u8(out, (uint8_t)strlen(text));
    put_bytes(out, text, strlen(text));
    return true;
}

static bool encode(const struct operation_field *field, const json_t *value, struct writer *out,
                   char message[CODEC_MESSAGE_BYTES]) {
    if (field->type == TYPE_TEXT) return encode_text(field, value, out, message);
    if (field->type == TYPE_BYTES) return encode_bytes(field, value, out, message);
    if (field->type != TYPE_BOOL) return encode_number(field, value, out, message);
    if (value && !json_is_boolean(value)) return refuse(message, field->name, "true or false stands here");
    put_u8(out, json_is_true(value));
    return true;
}

static bool is_field(const struct operation_fields *fields, const char *name) {
    for (size_t i = 0; i < fields->count; i++) {
        if (strcmp(fields->field[i].name, name) == 0) return true;
    }
    return false;
}

bool codec_encode(const struct operation_fields *fields, const json_t *object, struct writer *out,
                  char message[CODEC_MESSAGE_BYTES]) {
    const char *key;
    json_t *member;
    if (object && !json_is_object(object)) return refuse(message, "parameters", "an object stands here");
    json_object_foreach((json_t *)object, key, member) {
        if (!is_field(fields, key)) return refuse(message, key, "there is no such parameter");
    }
    for (size_t i = 0; i < fields->count; i++) {
        const struct operation_field *field = &fields->field[i];
        if (!encode(field, json_object_get(object, field->name), out, message)) return false;
    }
    return !out->full || refuse(message, "parameters", "they are too long for one request");
}

/* ---- from bytes */

static json_t *decode_number(const struct operation_field *field, struct reader *in) {
    uint64_t number = field->type == TYPE_U8    ? take_u8(in)
                      : field->type == TYPE_U16 ? take_u16(in)
                      : field->type == TYPE_U64 ? take_u64(in)
                                                : take_u32(in);
    if (field->type == TYPE_I32) return json_integer((int32_t)number);
    for (uint64_t i = 0; field->values && field->values[i]; i++) {
        if (i == number) return json_string(field->values[i]);
    }
    if (number <= INT64_MAX) return json_integer((json_int_t)number);
    char text[24];
    snprintf(text, sizeof text, "%" PRIu64, number);
    return json_string(text);
}

/* What a guest said may be no UTF-8, which cannot be in JSON: then what is no ASCII is a question mark. */
static json_t *decode_text(const uint8_t *bytes, size_t length) {
    json_t *text = json_stringn((const char *)bytes, length);
    if (text) return text;
    char ascii[BYTES_MAX];
    for (size_t i = 0; i < length; i++) ascii[i] = bytes[i] < 0x80 ? (char)bytes[i] : '?';
    return json_stringn(ascii, length);
}

static json_t *decode(const struct operation_field *field, struct reader *in) {
    if (is_number(field)) return decode_number(field, in);
    if (field->type == TYPE_BOOL) return json_boolean(take_u8(in) != 0);
    size_t length = field->type == TYPE_TEXT ? take_u8(in) : take_u16(in);
    const uint8_t *bytes = take_bytes(in, length);
    if (!bytes || length > BYTES_MAX) return NULL;
    if (field->type == TYPE_TEXT) return decode_text(bytes, length);
    char text[2 * BYTES_MAX + 1] = "";
    for (size_t i = 0; i < length; i++) snprintf(text + 2 * i, 3, "%02x", bytes[i]);
    return json_string(text);
}

bool codec_decode(const struct operation_fields *fields, struct reader *in, json_t *object) {
    for (size_t i = 0; i < fields->count; i++) {
        json_t *value = decode(&fields->field[i], in);
        if (!value || in->bad) {
            json_decref(value);
            return false;
        }
        json_object_set_new(object, fields->field[i].name, value);
    }
    return true;
}

static json_t *decode_list(const struct operation_name *row, struct reader *in) {
    json_t *list = json_array();
    for (uint32_t left = take_u16(in); left > 0; left--) {
        json_t *member = json_object();
        if (!codec_decode(&row->result, in, member)) {
            json_decref(member);
            json_decref(list);
            return NULL;
        }
        json_array_append_new(list, member);
    }
    return list;
}

json_t *codec_result(const struct operation_name *row, struct reader *in) {
    json_t *object = json_object();
    json_t *list = row->list ? decode_list(row, in) : NULL;
    if (list) json_object_set_new(object, row->list, list);
    bool good = row->list ? list != NULL : codec_decode(&row->result, in, object);
    if (good && !in->bad && in->offset == in->length) return object;
    json_decref(object);
    return NULL;
}

/* An event that this program does not know, from a newer hive, has its number for a name and no fields. */
json_t *codec_event(struct reader *in) {
    uint8_t kind = take_u8(in);
    (void)take_u32(in); /* our own session */
    uint64_t sequence = take_u64(in), time_us = take_u64(in);
    uint8_t number = take_u8(in);
    if (in->bad || kind != 3) return NULL;
    const struct event_name *row = event_numbered(number);
    json_t *object = json_object();
    json_object_set_new(object, "event", row ? json_string(row->name) : json_integer(number));
    json_object_set_new(object, "sequence", json_integer((json_int_t)sequence));
    json_object_set_new(object, "time_us", json_integer((json_int_t)time_us));
    if (!row || codec_decode(&row->fields, in, object)) return object;
    json_decref(object);
    return NULL;
}
