#include "programs/skepd/listener.h"

#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum { BACKLOG = 16, HOST_BYTES = 108 };

static int fail(const char *what, const char *why) {
    fprintf(stderr, "skepd: %s: %s\n", what, why);
    return -1;
}

static bool is_answered(const struct sockaddr_un *address) {
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    bool answered = fd >= 0 && connect(fd, (const struct sockaddr *)address, sizeof *address) == 0;
    if (fd >= 0) close(fd);
    return answered;
}

int listener_unix(const char *path) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    struct stat facts;
    if (strlen(path) >= sizeof address.sun_path) return fail(path, "too long for a socket's path");
    memcpy(address.sun_path, path, strlen(path) + 1);
    if (lstat(path, &facts) == 0) {
        if (!S_ISSOCK(facts.st_mode)) return fail(path, "something else is there");
        if (is_answered(&address)) return fail(path, "another skepd answers there");
        (void)unlink(path);
    }
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    mode_t mask = umask(0177);
    bool good = fd >= 0 && bind(fd, (const struct sockaddr *)&address, sizeof address) == 0 && listen(fd, BACKLOG) == 0;
    umask(mask);
    if (good) return fd;
    int error = errno;
    if (fd >= 0) close(fd);
    return fail(path, strerror(error));
}

static int listen_on(const struct addrinfo *info, const char *address) {
    int fd = socket(info->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), on = 1;
    if (fd >= 0) (void)setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (fd >= 0 && bind(fd, info->ai_addr, info->ai_addrlen) == 0 && listen(fd, BACKLOG) == 0) return fd;
    int error = errno;
    if (fd >= 0) close(fd);
    return fail(address, strerror(error));
}

int listener_tcp(const char *address) {
    char host[HOST_BYTES];
    const char *colon = strrchr(address, ':');
    if (!colon || strlen(address) >= sizeof host) return fail(address, "ADDRESS:PORT stands there");
    bool brackets = address[0] == '[' && colon > address && colon[-1] == ']';
    size_t length = (size_t)(colon - address) - (brackets ? 2 : 0);
    memcpy(host, address + brackets, length);
    host[length] = '\0';
    struct addrinfo hints = {.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV, .ai_socktype = SOCK_STREAM}, *info;
    int error = getaddrinfo(host, colon + 1, &hints, &info);
    if (error != 0) return fail(address, gai_strerror(error));
    int fd = listen_on(info, address);
    freeaddrinfo(info);
    return fd;
}

int listener_accept(int listener, bool same_user) {
    int fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC), on = 1;
    if (fd < 0) return -1;
    if (!same_user) {
        (void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        return fd;
    }
    struct ucred peer;
    socklen_t length = sizeof peer;
    bool good = getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &length) == 0;
    if (good && (peer.uid == geteuid() || peer.uid == 0)) return fd;
    close(fd);
    return -1;
}
