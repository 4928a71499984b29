/* stdio: a task's three streams as others see them: what it writes goes to the console, to the taps of its streams and
 * to the log; what others type to it waits in a mailbox of its own. The task knows of none of it. Source:
 * spec/console.md. */
#ifndef SKEP_DEVICE_EXECUTIVE_STDIO_H
#define SKEP_DEVICE_EXECUTIVE_STDIO_H

#include "device/executive/executive.h"
#include "device/executive/mailbox.h"

/* Writes as much as the console has room for: gives how many bytes. */
size_t stdio_write(struct executive *executive, const struct task *task, enum task_stream stream, const void *bytes,
                   size_t length);

/* What was typed to this task alone. ST_AGAIN: nothing there. *got 0: its input has ended. */
enum status stdio_read(struct executive *executive, const struct task *task, uint8_t *to, uint32_t capacity,
                       uint32_t *got);

/* Whether the name is that of a stream, which nobody binds. */
bool stdio_is_name(const struct mailbox_name *name, enum task_stream *stream);
/* The mailbox of what is typed to a task; made if it is not there. ST_NOT_FOUND: there is no such task, or it may not
 * read the console. */
enum status stdio_input(struct executive *executive, uint32_t pid, uint32_t *box);
/* A tap of what a task writes. */
enum status stdio_tap(struct executive *executive, uint32_t pid, const struct mailbox_name *name,
                      enum task_stream stream, uint32_t capacity, uint32_t *handle);

#endif
