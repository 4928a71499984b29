/* log: the lines that tasks wrote and what the hive itself has to say, the newest of them, for people: with time, task
 * and level, numbered, and without what a terminal would obey. The bytes of a stream go to who listens as they are;
 * the log is a copy. Source: spec/log.md. */
#ifndef SKEP_DEVICE_EXECUTIVE_LOG_H
#define SKEP_DEVICE_EXECUTIVE_LOG_H

#include "device/executive/executive.h"

enum log_level {
    LOG_EMERGENCY,
    LOG_ALERT,
    LOG_CRITICAL,
    LOG_ERROR,
    LOG_WARNING,
    LOG_NOTICE,
    LOG_INFO,
    LOG_DEBUG,
};
enum log_source { LOG_FROM_HIVE, LOG_FROM_STDOUT, LOG_FROM_STDERR };
_Static_assert((int)LOG_FROM_STDOUT == (int)STREAM_OUT && (int)LOG_FROM_STDERR == (int)STREAM_ERROR, "one numbering");

enum { LOG_TEXT_MAX = 200, LOG_HEAD_BYTES = 16, LOG_BYTES_MIN = 512 };

/* What the log knows of the task in a slot. */
struct log_task {
    uint32_t pid, restarts;  /* of the run that the rest is about */
    uint8_t level;           /* LOG_AS_HIVE: the hive's */
    uint8_t line[STREAMS];   /* level of the line that each stream is at; LOG_NO_LINE: it begins one */
    uint8_t escape[STREAMS]; /* where in a sequence of control it is */
    bool choked;             /* it wrote more than its rate, and waits until half of a second's share is there again */
    uint32_t allowance;      /* bytes, at filled_us */
    uint64_t filled_us;
    uint32_t lost; /* bytes since it was choked */
};
enum { LOG_AS_HIVE = 0xff, LOG_NO_LINE = 0xff };

struct log {
    uint8_t *bytes; /* a ring of lines: LOG_HEAD_BYTES, then the text */
    uint32_t size, head, used;
    uint32_t next, count; /* sequence number of the next line; lines that are kept */
    uint32_t newest;      /* where the newest line begins */
    bool open;            /* it may go on */
    uint8_t level;
    struct log_task *task; /* config->tasks_max */
};

struct log_line {
    uint32_t sequence, pid;
    uint64_t time_us;
    uint8_t level, source;
    bool continues;
    char text[LOG_TEXT_MAX + 1];
};

/* Carves the log from the arena; *log is NULL if the configuration has none. False: the arena is too small. */
bool log_init(struct log **log, struct arena *arena, const struct executive_config *config);
size_t log_bytes(const struct executive_config *config);

/* What a task wrote. */
void log_output(struct executive *executive, const struct task *task, enum task_stream stream, const uint8_t *bytes,
                size_t length);
/* What happened, if it is worth a line. */
void log_event(struct executive *executive, const struct executive_event *event);

/* The first line above that sequence number; false: there is none. A line that has not ended is told when another
 * follows it, or a second after it began. */
bool log_next(struct executive *executive, uint32_t after, struct log_line *line);

/* Keeps lines up to this level from now on, of the task, or with pid 0 of the hive and of all tasks. ST_NOT_FOUND. */
enum status log_set_level(struct executive *executive, uint32_t pid, uint8_t level, uint8_t *before);

#endif
