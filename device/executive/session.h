/* session: who operates the hive: what each may do, which tasks it has locked, and when it has been silent for too
 * long. Source: spec/operations.md section 3. */
#ifndef SKEP_DEVICE_EXECUTIVE_SESSION_H
#define SKEP_DEVICE_EXECUTIVE_SESSION_H

#include "device/executive/subscription.h"

enum {
    SESSION_LOCKS_MAX = PROFILE_LOCKS_MAX,
    SESSION_CLIENT_BYTES = 33,
    SESSION_HEARTBEAT_MS_MIN = 5000,
    SESSION_HEARTBEAT_MS_MAX = 300000,
    SESSION_HEARTBEAT_MS = 30000, /* of who does not say */
};

struct session {
    uint32_t id; /* 0: free; else never used twice */
    uint16_t link;
    bool observer;
    uint8_t console;      /* bit s - 1: wants stream s of what tasks write, */
    uint32_t console_pid; /* of this task alone; 0: of all */
    char client[SESSION_CLIENT_BYTES];
    uint32_t heartbeat_ms;
    uint64_t heard_us; /* its last request */
    uint32_t lock[SESSION_LOCKS_MAX], lock_count;
    struct subscription subscription;
};

enum { LINK_NONE = 0 }; /* of a session whose link is gone */

struct session_table {
    struct session *session;
    uint16_t max;
    uint32_t next_id;
    bool operator_lost; /* one that was no observer fell silent, and none has been opened since */
};

/* A session with its heartbeat held to the bounds; NULL: there are as many as there may be. */
struct session *session_open(struct session_table *table, uint16_t link, uint32_t heartbeat_ms, uint64_t now_us);
void session_close(struct session *session);
/* NULL: there is none. */
struct session *session_find(const struct session_table *table, uint32_t id);

/* Closes who was silent for too long. Gives when the next one will be; UINT64_MAX: none. */
uint64_t session_expire(struct session_table *table, uint64_t now_us);
/* The link is gone: its sessions wait for another to take them over. */
void session_detach(struct session_table *table, uint16_t link);

/* Which session has locked a task; 0: none. */
uint32_t session_that_locks(const struct session_table *table, uint32_t pid);
/* False: it holds as many locks as it may. Precondition: no other session has locked the task. */
bool session_lock(struct session *session, uint32_t pid);
/* False: it did not hold it. */
bool session_unlock(struct session *session, uint32_t pid);

#endif
