/* mailbox: messages on their way to tasks. A ring of bytes for each mailbox, all in one stretch of memory; a handle
 * for each task that reads or sends.
 *
 * A ring keeps a message until the last reader has read it: each reading handle counts the bytes that it has not read
 * (`pending`, the newest of the ring), so nothing ever wraps. A tap is a mailbox of its own that is sent copies.
 * Source: spec/mailbox.md. */
#ifndef SKEP_DEVICE_EXECUTIVE_MAILBOX_H
#define SKEP_DEVICE_EXECUTIVE_MAILBOX_H

#include <stdbool.h>
#include <stdint.h>

#include "device/executive/calls_table.h"
#include "device/executive/executive.h"

enum {
    MAILBOX_NAME_BYTES = 24, /* NUL included */
    MAILBOX_NAME_TEXT_MAX = 39,
    MAILBOX_HEAD_BYTES = CALL_MAILBOX_HEAD_BYTES,
    MAILBOX_MESSAGE_BYTES_MAX = CALL_COPY_BYTES_MAX - MAILBOX_HEAD_BYTES,
    MAILBOX_NONE = 0xffff,
    MAILBOX_ANY = 0x10000, /* task->wait_on: any mailbox that is bound */
    MAILBOX_FLAG_OVERRUN = 8,
};
_Static_assert(MAILBOX_MESSAGE_BYTES_MAX <= UINT8_MAX, "a length is one byte of the head");

/* In the order of the resource numbers of capabilities. */
enum mailbox_space { SPACE_PID, SPACE_SVC, SPACE_APP, SPACE_SHARED, SPACE_HAL, SPACE_TAP };

struct mailbox_name {
    uint8_t space;
    uint32_t task; /* pid of the task whose name it is; 0: the device's */
    char text[MAILBOX_NAME_BYTES];
};

enum mailbox_device {
    DEVICE_NONE,
    DEVICE_GPIO,
    DEVICE_UART,
    DEVICE_CAN,
    DEVICE_TIMER,
    DEVICE_STDIN,  /* what is typed to its owner */
    DEVICE_STDOUT, /* a tap of what task `number` writes */
    DEVICE_STDERR,
};

struct mailbox {
    uint32_t capacity; /* 0: free */
    uint32_t owner;    /* pid that its bytes are counted for */
    struct mailbox_name name;
    uint8_t mode; /* enum call_mailbox_mode */
    uint8_t device;
    uint16_t tapped; /* of a tap: index of the mailbox that it copies, or MAILBOX_NONE */
    uint16_t taps;   /* how many taps copy it */
    uint16_t reader; /* the first of its reading handles, from 1 on; 0: none */
    uint32_t number; /* of a device's: pin, port, timer handle, pid */
    uint32_t offset; /* of its ring in the bytes of all */
    uint32_t head, used, newest;
    uint32_t sent, lost;
    uint64_t tap_due_us; /* where its messages would be, had they come at the configured rate */
};

struct mailbox_handle {
    uint32_t pid; /* 0: free */
    uint32_t generation;
    uint16_t box; /* MAILBOX_NONE: it is gone */
    bool reads, owns, overrun;
    bool declared;    /* the artifact did: stays while its task waits to be restarted */
    uint16_t next;    /* reading handle of the same mailbox, from 1 on; 0: none */
    uint32_t pending; /* bytes that it has not read */
    uint32_t taken;   /* by mailbox_read, of the oldest of its messages */
};

struct mailbox_message {
    uint32_t sender;
    uint16_t channel;
    uint8_t flags, length;
    const uint8_t *bytes;
};

/* What `text` names, said by that task. ST_INVALID: no name of a mailbox. */
enum status mailbox_name_read(const char *text, uint32_t length, uint32_t pid, struct mailbox_name *name);
/* Index of the mailbox of that name, or MAILBOX_NONE. */
uint32_t mailbox_find(const struct executive *executive, const struct mailbox_name *name);

/* The three ways to a handle. The caller has checked who may. Nothing has changed unless ST_OK. */
struct mailbox_request {
    uint32_t capacity, mode, tapped, device, number;
};
enum status mailbox_bind(struct executive *executive, uint32_t pid, const struct mailbox_name *name,
                         const struct mailbox_request *request, uint32_t *handle);
enum status mailbox_open(struct executive *executive, uint32_t pid, uint32_t box, bool reads, uint32_t *handle);

struct mailbox_handle *mailbox_handle_find(struct executive *executive, uint32_t pid, uint32_t handle);
void mailbox_close(struct executive *executive, struct mailbox_handle *handle);
/* Closes all that a task had. Unless `for_good`, what its artifact declared stays, and is empty. */
void mailbox_release(struct executive *executive, uint32_t pid, bool for_good);

/* For mailboxes of an artifact: its row's name, as a task of that pid says it. */
struct mailbox_name mailbox_name_of_row(const uint8_t *row, uint32_t pid);
/* How many mailboxes, and how many bytes of them, a task that has none could bind now. */
uint32_t mailbox_room(const struct executive *executive, uint32_t *bytes);
/* Precondition: the row decodes, its name is free and there is room. */
void mailbox_add(struct executive *executive, uint32_t pid, const uint8_t *row);
/* The number of the handle that a task got with its mailbox; false: the box is another's. */
bool mailbox_own_handle(const struct executive *executive, uint32_t pid, uint32_t box, uint32_t *number);

/* ST_FULL: no room. ST_INVALID: it could never fit. */
enum status mailbox_send(struct executive *executive, uint32_t box, const struct mailbox_message *message);
/* As mailbox_send, but never full: the oldest is dropped. For what cannot wait. */
void mailbox_post(struct executive *executive, uint32_t box, const struct mailbox_message *message);
/* A copy for a tap, as far as its rate allows. */
void mailbox_copy_to_tap(struct executive *executive, uint32_t tap, const struct mailbox_message *message);
/* Whether mailbox_send of so many bytes would store it without dropping anything. */
bool mailbox_has_room(const struct mailbox *box, uint32_t length);
/* ST_AGAIN: none there. ST_INVALID: longer than the capacity. *got counts head and bytes. */
enum status mailbox_receive(struct executive *executive, struct mailbox_handle *handle, uint8_t *to, uint32_t capacity,
                            uint32_t *got);
/* The same for one that is read as a stream: bytes of one message, as many as the buffer takes; none: it had none. */
enum status mailbox_read(struct executive *executive, struct mailbox_handle *handle, uint8_t *to, uint32_t capacity,
                         uint32_t *got);
void mailbox_peek(const struct executive *executive, const struct mailbox_handle *handle, uint8_t *facts);

/* Wakes the tasks that wait for this mailbox. */
void mailbox_wake(struct executive *executive, uint32_t box);

#endif
