/* listener: the sockets that skepd accepts connections on. */
#ifndef SKEP_PROGRAMS_SKEPD_LISTENER_H
#define SKEP_PROGRAMS_SKEPD_LISTENER_H

#include <stdbool.h>

/* A Unix socket that only its owner can connect to. A file left behind by a process that is gone is replaced; one that
 * somebody answers is not. -1: stderr says why. */
int listener_unix(const char *path);
/* ADDRESS:PORT, as 127.0.0.1:7300 or [::1]:7300. */
int listener_tcp(const char *address);
/* The next connection, non-blocking; -1: none. On a Unix socket, only of the same user or root. */
int listener_accept(int listener, bool same_user);

#endif
