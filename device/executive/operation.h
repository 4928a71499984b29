/* operation: a hive as who operates it sees it: requests in, replies and events out. Sits on the executive and looks
 * at it as any other program would; knows no line, no frame and no clock.
 *
 *     length = hive_request(hive, &link, now_us, request, request_bytes, reply, sizeof reply);
 *     executive_step(executive, now_us);
 *     hive_step(hive, now_us);
 *     while ((length = hive_news(hive, &link, message, sizeof message)) > 0) ...
 *
 * All from one thread of execution, the one that steps the executive. Who takes events itself gives each to hive_hear.
 * Source: spec/operations.md; the rows are in operation_table.h. */
#ifndef SKEP_DEVICE_EXECUTIVE_OPERATION_H
#define SKEP_DEVICE_EXECUTIVE_OPERATION_H

#include "core/wire/value_row.h"
#include "device/executive/operation_table.h"
#include "device/executive/session.h"

enum { HIVE_MESSAGE_BYTES = PROFILE_MESSAGE_MAX, HIVE_TOKEN_BYTES_MAX = 64 };

struct hive_board;

/* What whoever composes the image adds to what can be asked of the hive. A function that is NULL is not there. */
struct hive_setting {
    const char *name, *value, *takes;
    bool restart; /* it takes effect with the next start */
};
struct hive_host {
    void *context;
    /* Setting number `index`, from 0, whose texts stay until the next call. False: there are no more. */
    bool (*setting)(void *context, uint32_t index, struct hive_setting *setting);
    /* ST_NOT_FOUND; ST_INVALID: not what it takes; ST_BUSY: it needs a restart. */
    enum status (*set)(void *context, const char *name, const char *value);
    /* The operator's page of spec/display.md: its lines, one behind the other; stays until the next call. */
    const char *(*page)(void *context);
    /* Ends the hive once its last words are sent, and begins it anew if `again`. ST_UNSUPPORTED: it cannot. */
    enum status (*end)(void *context, bool again);
};

struct hive_config {
    const char *name;
    uint32_t boot; /* another one after each start */
    const uint8_t *token;
    uint32_t token_bytes; /* of what opens a link that is not trusted; 0: nothing does */
    uint16_t sessions_max;
    uint32_t history_max;           /* events kept */
    uint16_t uploads_max;           /* artifacts that came over a link, and the tasks made of them */
    uint32_t upload_bytes;          /* the longest */
    bool factory;                   /* links that need no token reach up to LEVEL_FACTORY, in place of LEVEL_ADMIN */
    const struct hive_board *board; /* delivery.h; NULL: there is nothing that it would have to say */
    uint64_t keep_events;           /* bit: enum event_number; others are not told to anybody. 0: all are */
    const struct hive_host *host;   /* NULL: it adds nothing */
};

/* The tables of a configuration, as large as the profile has them (spec/limits.json). */
#define HIVE_CONFIG_LIMITS                                                                                             \
    .sessions_max = PROFILE_SESSIONS_MAX, .history_max = PROFILE_HISTORY_MAX, .uploads_max = PROFILE_UPLOADS_MAX

/* What a configuration begins with: these, no name, and no token. */
struct hive_config hive_config_of_profile(void);

/* What a connection has carried to the hive: of its line, and of its port, which may lose bytes. */
struct link_counts {
    uint32_t frames, damaged, missing;
    uint32_t lost, waiting_most, waiting_max; /* bytes; told by whoever has the port, */
    uint32_t away_us_most;                    /* and this by whoever serves the line */
};

/* A connection. Its number is its own as long as it lives, and not LINK_NONE. */
struct hive_link {
    uint16_t number;
    bool trusted;    /* who can open it may use it; otherwise a token makes it so */
    bool token;      /* set by the hive: that is what made it so */
    bool over;       /* set by the hive: this peer is to be sent what is left, and dropped */
    uint32_t credit; /* bytes of a transfer that may be under way on it; 0: it takes none */
    struct link_counts counts;
};

struct upload;   /* an artifact that came over a link */
struct delivery; /* one that comes in a transfer */

struct hive {
    const struct hive_config *config;
    struct executive *executive;
    struct session_table sessions;
    struct history history;

    /* below: private to operation.c and operation_task.c */
    struct upload *upload;
    struct delivery *delivery;
    uint16_t next_turn; /* the session that is told its news first */
};

/* Carves the hive from the arena; NULL when it is too small. */
struct hive *hive_init(struct arena *arena, const struct hive_config *config, struct executive *executive);
/* Bytes that hive_init takes at most. */
size_t hive_bytes(const struct hive_config *config);

/* Answers one request. Gives the length of the reply; 0: it was no request. Precondition: capacity is at least
 * HIVE_MESSAGE_BYTES. */
size_t hive_request(struct hive *hive, struct hive_link *link, uint64_t now_us, const uint8_t *request, size_t length,
                    uint8_t *reply, size_t capacity);

/* An event of the executive. */
void hive_hear(struct hive *hive, const struct executive_event *event);
/* After a step of the executive: takes its events and closes silent sessions. Gives when to be called again. */
uint64_t hive_step(struct hive *hive, uint64_t now_us);

/* The next message for a link: an event of one of its sessions. 0: there is none. The same precondition. */
size_t hive_news(struct hive *hive, const struct hive_link *link, uint8_t *to, size_t capacity);

/* Whether a session there wants something of what tasks write; and this. */
bool hive_wants_console(const struct hive *hive, const struct hive_link *link);
bool hive_wants_output(const struct hive *hive, const struct hive_link *link, const struct executive_output *output);
void hive_link_closed(struct hive *hive, const struct hive_link *link);

/* ---- for the handlers and the generated table */

/* Types of values and arguments on the wire: enum value_type, and none. */
enum object_type {
    OBJECT_BOOL = VALUE_BOOL,
    OBJECT_I32 = VALUE_I32,
    OBJECT_F32 = VALUE_F32,
    OBJECT_F16 = VALUE_F16,
    OBJECT_NONE
};

struct operation {
    struct hive *hive;
    struct hive_link *link;
    struct session *session; /* NULL where the right is none */
    uint64_t now_us;
    uint8_t reason; /* enum operation_reason, and */
    uint32_t detail;
};

/* Says why; gives the status back. */
enum status operation_refuse(struct operation *operation, enum status status, enum operation_reason reason,
                             uint32_t detail);
/* Whether another session has locked the task; says which. */
bool operation_is_locked(struct operation *operation, uint32_t pid);
/* The same of any task. */
bool operation_is_any_locked(struct operation *operation);
/* Whether it came over a link that a token opened, which reaches less far; says so. */
bool operation_is_remote(struct operation *operation);
/* The task, not a free slot, with the smallest pid above `after`; NULL: there is none. */
const struct task *operation_next_task(const struct operation *operation, uint32_t after);
/* Whether there is such a task, and it may still run. */
bool hive_has_task(const struct hive *hive, uint32_t pid);
/* Copies a text of at most `max` bytes and a NUL. False: it is longer, or has control characters or NULs in it. */
bool operation_take_text(struct reader *in, char *to, size_t max);
/* At most `max` bytes of it; NULL is the empty text. */
void operation_put_text(struct writer *out, const char *text, size_t max);

#endif
