/* stdio: printf and its relatives. The host formats (spec/calls.json, console.format and task.format), so that
 * complete conversions, floating point included, cost a guest a few words of code. */
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "console.h"
#include "skep.h"

enum { FORMAT_BYTES_MAX = 4096 }; /* the longest text that task.format makes, with its NUL */

static int console_put(char byte, FILE *stream) {
    (void)stream;
    console_write(&byte, 1);
    return (unsigned char)byte;
}

static int console_flush_stream(FILE *stream) {
    (void)stream;
    console_flush();
    return 0;
}

static int error_put(char byte, FILE *stream) {
    (void)stream;
    console_error(&byte, 1);
    return (unsigned char)byte;
}

static FILE console = FDEV_SETUP_STREAM(console_put, NULL, console_flush_stream, _FDEV_SETUP_WRITE);
static FILE errors = FDEV_SETUP_STREAM(error_put, NULL, NULL, _FDEV_SETUP_WRITE);
FILE *const stdout = &console;
FILE *const stderr = &errors;

static void put_text(FILE *stream, const char *text, size_t length) {
    if (stream == &console) {
        console_write(text, length);
        return;
    }
    if (stream == &errors) {
        console_error(text, length);
        return;
    }
    for (size_t i = 0; i < length; i++) fputc(text[i], stream);
}

int vsnprintf(char *to, size_t capacity, const char *format, va_list arguments) {
    extern char __ram_end[];
    size_t room = (size_t)(__ram_end - to); /* a capacity may be a way to say "enough" */
    uint32_t bytes = 0;
    if (capacity > room) capacity = room;
    size_t taken = capacity < FORMAT_BYTES_MAX ? capacity : FORMAT_BYTES_MAX;
    int32_t status = skep_task_format(to, taken, format, arguments, &bytes);
    if (status < 0 || (bytes >= taken && taken < capacity)) return -1; /* longer than the host formats */
    return (int)bytes;
}

int vprintf(const char *format, va_list arguments) {
    uint32_t bytes = 0;
    console_flush();
    return skep_console_format(format, arguments, &bytes) < 0 ? -1 : (int)bytes;
}

static int print_error(const char *format, va_list arguments) {
    uint32_t bytes = 0;
    console_flush();
    return skep_console_format_error(format, arguments, &bytes) < 0 ? -1 : (int)bytes;
}

int vfprintf(FILE *stream, const char *format, va_list arguments) {
    if (stream == &console) return vprintf(format, arguments);
    if (stream == &errors) return print_error(format, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    if (length < 0) return -1;
    char text[length + 1];
    vsnprintf(text, (size_t)length + 1, format, arguments);
    put_text(stream, text, (size_t)length);
    return length;
}

int vsprintf(char *to, const char *format, va_list arguments) {
    return vsnprintf(to, FORMAT_BYTES_MAX, format, arguments);
}

int printf(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    int length = vprintf(format, arguments);
    va_end(arguments);
    return length;
}

int fprintf(FILE *stream, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    int length = vfprintf(stream, format, arguments);
    va_end(arguments);
    return length;
}

int sprintf(char *to, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    int length = vsprintf(to, format, arguments);
    va_end(arguments);
    return length;
}

int snprintf(char *to, size_t capacity, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(to, capacity, format, arguments);
    va_end(arguments);
    return length;
}

int fputs(const char *text, FILE *stream) {
    put_text(stream, text, strlen(text));
    return 0;
}

int puts(const char *text) {
    put_text(&console, text, strlen(text));
    put_text(&console, "\n", 1);
    return 0;
}

size_t fwrite(const void *from, size_t bytes, size_t count, FILE *stream) {
    put_text(stream, from, bytes * count);
    return count;
}

int putchar(int byte) { return console_put((char)byte, &console); }

int fflush(FILE *stream) {
    if (stream && stream != &console) return stream->flush ? stream->flush(stream) : 0;
    console_flush();
    return 0;
}
