#include "host/link/stream.h"

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <termios.h>
#include <unistd.h>

enum { PATH_BYTES = 4096, HOST_BYTES = 108 };

static int closed(int fd) {
    int error = errno;
    if (fd >= 0) close(fd);
    return errno = error, -1;
}

static int open_unix(const char *path) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    if (strlen(path) >= sizeof address.sun_path) return errno = ENAMETOOLONG, -1;
    memcpy(address.sun_path, path, strlen(path) + 1);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd >= 0 && connect(fd, (const struct sockaddr *)&address, sizeof address) == 0) return fd;
    return closed(fd);
}

static int open_tcp(const char *to) {
    char host[HOST_BYTES];
    const char *colon = strrchr(to, ':');
    bool brackets = to[0] == '[' && colon > to && colon[-1] == ']';
    size_t length = (size_t)(colon - to) - (brackets ? 2 : 0);
    if (length >= sizeof host) return errno = ENAMETOOLONG, -1;
    memcpy(host, to + brackets, length);
    host[length] = '\0';
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM}, *info;
    if (getaddrinfo(host, colon + 1, &hints, &info) != 0) return errno = EADDRNOTAVAIL, -1;
    int fd = socket(info->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    bool good = fd >= 0 && connect(fd, info->ai_addr, info->ai_addrlen) == 0;
    int error = errno;
    freeaddrinfo(info);
    errno = error;
    return good ? fd : closed(fd);
}

static speed_t speed_of(unsigned long baud) {
    static const struct {
        unsigned long baud;
        speed_t speed;
    } speeds[] = {{9600, B9600},     {19200, B19200},   {38400, B38400},   {57600, B57600},    {115200, B115200},
                  {230400, B230400}, {460800, B460800}, {921600, B921600}, {1000000, B1000000}};
    for (size_t i = 0; i < sizeof speeds / sizeof *speeds; i++) {
        if (speeds[i].baud == baud) return speeds[i].speed;
    }
    return B0;
}

/* Locked, because two programs on one line take each other's answers. What came before is not for us. */
static int open_serial(const char *path, unsigned long baud) {
    struct termios settings;
    if (speed_of(baud) == B0) return errno = EINVAL, -1;
    int fd = open(path, O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (fd < 0) return -1;
    if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
        if (errno == EWOULDBLOCK) errno = EBUSY;
        return closed(fd);
    }
    if (tcgetattr(fd, &settings) != 0) return closed(fd);
    cfmakeraw(&settings);
    settings.c_cflag |= CLOCAL | CREAD;
    settings.c_cc[VMIN] = 1;
    settings.c_cc[VTIME] = 0;
    if (cfsetspeed(&settings, speed_of(baud)) != 0 || tcsetattr(fd, TCSANOW, &settings) != 0) return closed(fd);
    (void)tcflush(fd, TCIFLUSH);
    return fd;
}

static bool is_serial(const char *path) {
    struct stat state;
    return stat(path, &state) == 0 && S_ISCHR(state.st_mode);
}

/* PATH:BAUD, of which the path is a device. */
static bool split_baud(const char *to, char path[PATH_BYTES], unsigned long *baud) {
    const char *colon = strrchr(to, ':');
    char *end;
    *baud = STREAM_BAUD;
    if (snprintf(path, PATH_BYTES, "%s", to) >= PATH_BYTES) return false;
    if (is_serial(path)) return true;
    if (!colon || colon[1] < '0' || colon[1] > '9') return false;
    *baud = strtoul(colon + 1, &end, 10);
    path[colon - to] = '\0';
    return *end == '\0' && is_serial(path);
}

bool stream_open(struct stream *stream, const char *to) {
    char path[PATH_BYTES];
    unsigned long baud;
    stream->serial = split_baud(to, path, &baud);
    if (stream->serial)
        stream->fd = open_serial(path, baud);
    else
        stream->fd = !strchr(to, '/') && strchr(to, ':') ? open_tcp(to) : open_unix(to);
    return stream->fd >= 0;
}

void stream_close(struct stream *stream) {
    if (stream->fd >= 0) close(stream->fd);
    stream->fd = -1;
}

ssize_t stream_read(const struct stream *stream, void *to, size_t capacity) { return read(stream->fd, to, capacity); }

ssize_t stream_write(const struct stream *stream, const void *from, size_t length) {
    return stream->serial ? write(stream->fd, from, length) : send(stream->fd, from, length, MSG_NOSIGNAL);
}
