/* stream: a line to a hive as a file descriptor: a Unix socket, TCP, or a serial device, which may be a
 * pseudo-terminal. */
#ifndef SKEP_HOST_LINK_STREAM_H
#define SKEP_HOST_LINK_STREAM_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

enum { STREAM_BAUD = 115200 };

struct stream {
    int fd;
    bool serial; /* bytes can be lost on it, and others may have been on it before */
};

/* PATH of a socket; ADDRESS:PORT; PATH of a serial device, or PATH:BAUD. A serial device is opened for this process
 * alone. False: errno says why. */
bool stream_open(struct stream *stream, const char *to);
void stream_close(struct stream *stream);

/* As read and write; writing to what is closed at the other end is EPIPE, no signal. */
ssize_t stream_read(const struct stream *stream, void *to, size_t capacity);
ssize_t stream_write(const struct stream *stream, const void *from, size_t length);

#endif
