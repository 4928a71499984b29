#include "test/guest/host.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/bytes.h"
#include "core/base/status.h"
#include "device/executive/calls_table.h"

enum { A0 = 10, A1, A2, A3 };

static const uint8_t *memory(const struct host *host, uint32_t address, uint32_t length) {
    uint64_t end = (uint64_t)address + length;
    const struct vm_program *program = host->program;
    if (address >= ISA_RAM_BASE && end <= (uint64_t)ISA_RAM_BASE + host->ram_bytes)
        return host->ram + (address - ISA_RAM_BASE);
    if (address >= ISA_RO_BASE && end <= (uint64_t)ISA_RO_BASE + program->read_only_bytes)
        return program->read_only + (address - ISA_RO_BASE);
    return NULL;
}

static void write_out(struct host *host, const char *text, size_t length) {
    host->output = realloc(host->output, host->output_bytes + length + 1);
    memcpy(host->output + host->output_bytes, text, length);
    host->output_bytes += length;
    host->output[host->output_bytes] = '\0';
}

/* The NUL-terminated text at a guest address as a copy of its own, of at most `limit` characters; NULL when it leaves
 * memory. */
static char *copy_text(const struct host *host, uint32_t address, size_t limit) {
    size_t length = 0;
    const uint8_t *byte;
    while (length < limit && (byte = memory(host, address + (uint32_t)length, 1)) && *byte) length++;
    if (length < limit && !memory(host, address + (uint32_t)length, 1)) return NULL;
    char *text = calloc(1, length + 1);
    for (size_t i = 0; i < length; i++) text[i] = (char)*memory(host, address + (uint32_t)i, 1);
    return text;
}

/* The next variadic argument: 4 or 8 bytes, next to each other, at 4-byte alignment. */
static bool take(const struct host *host, uint32_t *list, uint32_t bytes, uint64_t *value) {
    const uint8_t *at = memory(host, *list, bytes);
    if (!at) return false;
    *list += bytes;
    *value = bytes == 8 ? load_le64(at) : load_le32(at);
    return true;
}

struct conversion {
    char text[64]; /* from the % on as for this machine's snprintf, stars replaced by numbers, without length modifiers
                    */
    char length[3], kind;
};

/* Reads one conversion after its %, consuming the arguments that its stars stand for. */
static bool read_conversion(const struct host *host, const char **at, uint32_t *list, struct conversion *conversion) {
    size_t used = 0, modifiers = 0;
    conversion->text[used++] = '%';
    for (; **at && strchr("-+ #0123456789.*hlzjt", **at); (*at)++) {
        if (strchr("hlzjt", **at)) {
            if (modifiers < 2) conversion->length[modifiers++] = **at;
            continue;
        }
        if (**at == '*') {
            uint64_t number;
            if (!take(host, list, 4, &number)) return false;
            if ((int32_t)number < 0 && conversion->text[used - 1] == '.')
                used--; /* a negative precision is none */
            else if (used < 32)
                used += (size_t)snprintf(conversion->text + used, 16, "%d", (int)(int32_t)number);
            continue;
        }
        if (used < 32) conversion->text[used++] = **at;
    }
    conversion->kind = **at;
    if (conversion->kind) (*at)++;
    conversion->text[used] = '\0';
    return conversion->kind != '\0';
}

static int64_t narrow(uint64_t value, const struct conversion *conversion, bool is_signed) {
    if (strcmp(conversion->length, "hh") == 0) return is_signed ? (int8_t)value : (uint8_t)value;
    if (strcmp(conversion->length, "h") == 0) return is_signed ? (int16_t)value : (uint16_t)value;
    if (strcmp(conversion->length, "ll") == 0 || conversion->length[0] == 'j') return (int64_t)value;
    return is_signed ? (int64_t)(int32_t)value : (int64_t)(uint32_t)value;
}

/* One conversion as text of its own. NULL when an argument or a string lies outside memory, or for what C does not
 * know. */
static char *convert(const struct host *host, struct conversion *conversion, uint32_t *list) {
    char format[80], *result = malloc(8192);
    uint64_t value = 0;
    const bool wide = strcmp(conversion->length, "ll") == 0 || conversion->length[0] == 'j';
    const char kind = conversion->kind;
    if (strchr("diouxX", kind)) {
        if (!take(host, list, wide ? 8 : 4, &value)) goto bad;
        snprintf(format, sizeof format, "%sll%c", conversion->text, kind);
        snprintf(result, 8192, format, (long long)narrow(value, conversion, kind == 'd' || kind == 'i'));
    } else if (strchr("aAeEfFgG", kind)) {
        double number;
        if (!take(host, list, 8, &value)) goto bad;
        memcpy(&number, &value, sizeof number);
        snprintf(format, sizeof format, "%s%c", conversion->text, kind);
        snprintf(result, 8192, format, number);
    } else if (kind == 's') {
        if (!take(host, list, 4, &value)) goto bad;
        const char *dot = strchr(conversion->text, '.');
        char *text = copy_text(host, (uint32_t)value, dot ? (size_t)atoi(dot + 1) : 4095);
        if (!text) goto bad;
        snprintf(format, sizeof format, "%ss", conversion->text);
        snprintf(result, 8192, format, text);
        free(text);
    } else if (kind == 'c' || kind == 'p') {
        if (!take(host, list, 4, &value)) goto bad;
        snprintf(format, sizeof format, "%s%c", conversion->text, kind);
        if (kind == 'c')
            snprintf(result, 8192, format, (int)value);
        else
            snprintf(result, 8192, format, (void *)(uintptr_t)value);
    } else if (kind == '%') {
        strcpy(result, "%");
    } else {
        goto bad;
    }
    return result;
bad:
    free(result);
    return NULL;
}

/* The whole text, to be freed; NULL when anything of it was bad. */
static char *format(const struct host *host, uint32_t format_address, uint32_t list) {
    char *text = copy_text(host, format_address, 4095);
    if (!text) return NULL;
    struct host collected = {0};
    write_out(&collected, "", 0);
    bool good = true;
    for (const char *at = text; *at && good;) {
        size_t plain = strcspn(at, "%");
        write_out(&collected, at, plain);
        at += plain;
        if (!*at) break;
        at++;
        struct conversion conversion = {0};
        char *part = NULL;
        good = read_conversion(host, &at, &list, &conversion) && (part = convert(host, &conversion, &list));
        if (good) write_out(&collected, part, strlen(part));
        free(part);
    }
    free(text);
    if (good) return collected.output;
    free(collected.output);
    return NULL;
}

static void answer(struct host *host, enum status status, uint32_t value) {
    host->reg[A0] = (uint32_t)status;
    host->reg[A1] = value;
}

static void answer_task_format(struct host *host) {
    const uint32_t to = host->reg[A0], capacity = host->reg[A1];
    const bool writable = capacity == 0 || (to < ISA_RO_BASE && memory(host, to, capacity));
    char *text = writable ? format(host, host->reg[A2], host->reg[A3]) : NULL;
    if (text && capacity) snprintf((char *)host->ram + (to - ISA_RAM_BASE), capacity, "%s", text);
    answer(host, text ? ST_OK : ST_RANGE, text ? (uint32_t)strlen(text) : 0);
    free(text);
}

static void answer_console_write(struct host *host) {
    const uint32_t length = host->reg[A1] < CALL_COPY_BYTES_MAX ? host->reg[A1] : CALL_COPY_BYTES_MAX;
    const uint8_t *from = memory(host, host->reg[A0], length);
    if (from) write_out(host, (const char *)from, length);
    answer(host, from ? ST_OK : ST_RANGE, from ? length : 0);
}

static void answer_console_format(struct host *host) {
    char *text = format(host, host->reg[A0], host->reg[A1]);
    if (text) write_out(host, text, strlen(text));
    answer(host, text ? ST_OK : ST_RANGE, text ? (uint32_t)strlen(text) : 0);
    free(text);
}

void host_answer(struct host *host, uint32_t call) {
    switch (call) {
    case CALL_TASK_EXIT:
        host->ended = true;
        host->exit_status = (int32_t)host->reg[A0];
        break;
    case CALL_TASK_FORMAT: answer_task_format(host); break;
    case CALL_CONSOLE_WRITE:
    case CALL_CONSOLE_WRITE_ERROR: answer_console_write(host); break;
    case CALL_CONSOLE_FORMAT:
    case CALL_CONSOLE_FORMAT_ERROR: answer_console_format(host); break;
    case CALL_TIME_MILLIS: answer(host, ST_OK, host->clock_ms); break;
    case CALL_TIME_MICROS: answer(host, ST_OK, host->clock_ms * 1000); break;
    case CALL_TIME_DELAY_MS:
    case CALL_TASK_SLEEP_MS:
        host->clock_ms += host->reg[A0];
        answer(host, ST_OK, 0);
        break;
    case CALL_GPIO_CONFIG:
    case CALL_GPIO_WRITE:
    case CALL_GPIO_READ: answer(host, ST_OK, 0); break;
    case CALL_ADC_READ: answer(host, ST_OK, HOST_ADC_SAMPLE); break;
    default: host->unknown_call = call;
    }
}

void host_free(struct host *host) {
    free(host->output);
    host->output = NULL;
    host->output_bytes = 0;
}
