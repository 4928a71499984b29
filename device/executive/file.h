/* file: what guests ask of the storage: a handle for each open file, and for each task the one request that it may have
 * under way. Requests are jobs (job.h), done one at a time; a task waits parked until its own has been done. The
 * storage knows no handles: it is asked by name. Source: spec/file.md. */
#ifndef SKEP_DEVICE_EXECUTIVE_FILE_H
#define SKEP_DEVICE_EXECUTIVE_FILE_H

#include <stdbool.h>
#include <stdint.h>

#include "device/executive/calls_table.h"
#include "device/executive/executive.h"

enum { FILE_READ = 1, FILE_WRITE = 2, FILE_CREATE = 4, FILE_TRUNCATE = 8, FILE_APPEND = 16 };
enum { FILE_FOLDER_BYTES = EXECUTIVE_NAME_BYTES + 4 }; /* a program's name, and _#31 behind it */

struct file_handle {
    uint32_t pid; /* 0: free */
    uint32_t generation;
    uint32_t position;
    uint8_t flags;                   /* FILE_*; 0: it is being opened */
    char name[PORT_FILE_NAME_BYTES]; /* as text with zeros behind it */
};

/* What is asked for by a call. */
struct file_ask {
    char name[PORT_FILE_NAME_BYTES], to[PORT_FILE_NAME_BYTES];
    uint8_t flags;
    uint32_t offset, length;
};

struct file_request {
    struct job job;
    uint32_t pid; /* who waits for it; 0: nobody any more */
    uint32_t call;
    const struct executive_config *config;
    char folder[FILE_FOLDER_BYTES];
    struct file_ask ask;
    enum status status;
    struct port_file file; /* count and length as the storage says, offset where it wrote */
    uint8_t bytes[CALL_COPY_BYTES_MAX];
};

struct file_handle *file_handle_find(struct executive *executive, uint32_t pid, uint32_t number);
/* A place for a handle. ST_QUOTA, ST_FULL. */
enum status file_handle_give(struct executive *executive, uint32_t pid, uint32_t *number);
/* Whether the task has that file open. */
bool file_is_open(const struct executive *executive, uint32_t pid, const char *name);

/* The task's request. */
struct file_request *file_request_of(const struct executive *executive, const struct task *task);
/* Has `call` done for the task, with `bytes` to be written. Precondition: its request is free. */
void file_start(struct executive *executive, const struct task *task, uint32_t call, const struct file_ask *ask,
                const uint8_t *bytes);

/* Closes all that a task had, and forgets what it asked for. */
void file_release(struct executive *executive, const struct task *task);

/* The job of the request whose turn it is; NULL: none, or one is under way. */
struct job *file_job(struct executive *executive);
/* Wakes the tasks whose requests have been done. */
void file_collect(struct executive *executive);
/* Whether file_collect has something to do. */
bool file_waits(const struct executive *executive);

#endif
