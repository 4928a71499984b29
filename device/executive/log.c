#include "device/executive/log.h"

#include <string.h>

#include "core/base/bytes.h"
#include "core/base/require.h"
#include "device/executive/events.h"
#include "device/executive/state.h"

enum { SOURCE_MASK = 3, CONTINUES = 0x80, EVENT_TEXT_BYTES = 160, MARK_BYTES = 3, NOT_LOGGED = 0xff };
enum { LINE_PATIENCE_US = 1000000 };
/* In a line's head. */
enum { AT_TIME = 0, AT_PID = 8, AT_LEVEL = 12, AT_SOURCE = 13, AT_LENGTH = 14 };

bool log_init(struct log **log, struct arena *arena, const struct executive_config *config) {
    *log = NULL;
    if (config->log_bytes == 0) return true;
    require(config->log_bytes >= LOG_BYTES_MIN && config->log_rate > 0);
    struct log *const made = ARENA_ARRAY(arena, struct log, 1);
    if (!made) return false;
    made->bytes = ARENA_ARRAY(arena, uint8_t, config->log_bytes);
    made->size = config->log_bytes;
    made->next = 1;
    made->level = LOG_DEBUG;
    made->task = ARENA_ARRAY(arena, struct log_task, config->tasks_max);
    *log = made;
    return made->bytes && made->task;
}

size_t log_bytes(const struct executive_config *config) {
    enum { ALIGNMENT_SLACK = 32 };
    if (config->log_bytes == 0) return 0;
    return sizeof(struct log) + config->log_bytes + config->tasks_max * sizeof(struct log_task) + ALIGNMENT_SLACK;
}

/* ---- the ring */

static uint32_t place(const struct log *log, uint32_t from, uint32_t behind) { return (from + behind) % log->size; }

static void take_head(const struct log *log, uint32_t at, uint8_t head[LOG_HEAD_BYTES]) {
    for (uint32_t i = 0; i < LOG_HEAD_BYTES; i++) head[i] = log->bytes[place(log, at, i)];
}

static void make_room(struct log *log, uint32_t bytes) {
    while (log->size - log->used < bytes) {
        uint32_t line = LOG_HEAD_BYTES + (uint32_t)log->bytes[place(log, log->head, AT_LENGTH)];
        log->head = place(log, log->head, line);
        log->used -= line;
        log->count--;
    }
}

static void put_byte(struct log *log, uint8_t byte) {
    log->bytes[place(log, log->head, log->used)] = byte;
    log->used++;
}

static void begin_line(struct log *log, uint64_t now_us, uint32_t pid, uint8_t level, uint8_t source) {
    uint8_t head[LOG_HEAD_BYTES] = {[AT_LEVEL] = level, [AT_SOURCE] = source};
    store_le64(head + AT_TIME, now_us);
    store_le32(head + AT_PID, pid);
    make_room(log, LOG_HEAD_BYTES);
    log->newest = place(log, log->head, log->used);
    for (uint32_t i = 0; i < LOG_HEAD_BYTES; i++) put_byte(log, head[i]);
    log->count++;
    log->next++;
    log->open = true;
}

static void add_byte(struct log *log, uint8_t byte) {
    make_room(log, 1);
    put_byte(log, byte);
    log->bytes[place(log, log->newest, AT_LENGTH)]++;
}

static uint32_t newest_length(const struct log *log) { return log->bytes[place(log, log->newest, AT_LENGTH)]; }

/* ---- what a terminal would obey */

enum escape { ESCAPE_NONE, ESCAPE_BEGUN, ESCAPE_SEQUENCE, ESCAPE_STRING, ESCAPE_STRING_END };
enum { BELL = 0x07, TAB = 0x09, CANCEL = 0x18, SUBSTITUTE = 0x1a, ESCAPE = 0x1b, SPACE = 0x20, DELETE = 0x7f };

/* Whether the byte is text. A sequence ends where a terminal ends it: ESC [ and its like with a letter, those that
 * carry a string with BEL or ESC \. */
static bool is_text(uint8_t *escape, uint8_t byte) {
    if (byte == ESCAPE) {
        *escape = *escape == ESCAPE_STRING ? ESCAPE_STRING_END : ESCAPE_BEGUN;
        return false;
    }
    if (byte == CANCEL || byte == SUBSTITUTE) *escape = ESCAPE_NONE;
    switch ((enum escape) * escape) {
    case ESCAPE_NONE: return byte >= SPACE && byte != DELETE;
    case ESCAPE_BEGUN:
        *escape = byte == '[' ? ESCAPE_SEQUENCE : memchr("]P^_X", byte, 5) ? ESCAPE_STRING : ESCAPE_NONE;
        if (byte >= SPACE && byte < '0') *escape = ESCAPE_BEGUN; /* more of it follows */
        return false;
    case ESCAPE_SEQUENCE:
        if (byte >= '@' && byte < DELETE) *escape = ESCAPE_NONE;
        return false;
    case ESCAPE_STRING:
        if (byte == BELL) *escape = ESCAPE_NONE;
        return false;
    case ESCAPE_STRING_END: *escape = ESCAPE_NONE; return false;
    }
    return false;
}

/* ---- what tasks write */

static struct log_task *task_of(struct executive *executive, const struct task *task) {
    struct log_task *known = &executive->log->task[task - executive->task];
    if (known->pid == task->pid && known->restarts == task->restarts) return known;
    uint8_t level = known->pid == task->pid ? known->level : LOG_AS_HIVE;
    *known = (struct log_task){.pid = task->pid,
                               .restarts = task->restarts,
                               .level = level,
                               .allowance = executive->config->log_rate,
                               .filled_us = executive->now_us};
    memset(known->line, LOG_NO_LINE, sizeof known->line);
    return known;
}

static void refill(struct executive *executive, struct log_task *task) {
    enum { SECOND_US = 1000000 };
    uint32_t rate = executive->config->log_rate;
    uint64_t passed_us = executive->now_us - task->filled_us;
    uint64_t more = passed_us >= SECOND_US ? rate : passed_us * rate / SECOND_US;
    if (more == 0) return;
    task->filled_us = executive->now_us;
    task->allowance = more >= rate - task->allowance ? rate : task->allowance + (uint32_t)more;
}

/* How many of so many bytes the task may add. Who has used up its share waits for half of the next one, so that what is
 * lost is lost in a piece, and told once. */
static size_t allow(struct executive *executive, struct log_task *task, size_t length) {
    refill(executive, task);
    if (task->choked && task->allowance >= executive->config->log_rate / 2) {
        event_put(executive, (struct executive_event){.kind = EVENT_LOG_LOST, .pid = task->pid, .a = task->lost});
        task->choked = false;
        task->lost = 0;
    }
    size_t allowed = task->choked ? 0 : length < task->allowance ? length : task->allowance;
    task->allowance -= (uint32_t)allowed;
    if (allowed < length) task->choked = true;
    task->lost += (uint32_t)(length - allowed);
    return allowed;
}

/* A line may begin with its level: <0> to <7>. */
static size_t take_mark(const uint8_t *bytes, size_t length, uint8_t *level) {
    bool marked = length >= MARK_BYTES && bytes[0] == '<' && bytes[1] >= '0' && bytes[1] <= '7' && bytes[2] == '>';
    if (marked) *level = (uint8_t)(bytes[1] - '0');
    return marked ? MARK_BYTES : 0;
}

/* Whether the newest line is this stream's, and may go on. */
static bool goes_on(const struct log *log, uint32_t pid, uint8_t source) {
    uint8_t head[LOG_HEAD_BYTES];
    if (!log->open) return false;
    take_head(log, log->newest, head);
    return load_le32(head + AT_PID) == pid && head[AT_SOURCE] % CONTINUES == source && head[AT_LENGTH] < LOG_TEXT_MAX;
}

/* Bytes of one line, without its end. `begins`: it is the line's first piece. */
static void add_piece(struct executive *executive, struct log_task *task, uint8_t source, bool begins,
                      const uint8_t *bytes, size_t length) {
    struct log *log = executive->log;
    if (begins) log->open = false;
    for (size_t i = 0; i < length; i++) {
        uint8_t byte = bytes[i] == TAB ? SPACE : bytes[i], head = begins ? source : source | CONTINUES;
        if (!is_text(&task->escape[source], byte)) continue;
        if (!goes_on(log, task->pid, source)) begin_line(log, executive->now_us, task->pid, task->line[source], head);
        add_byte(log, byte);
        begins = false;
    }
}

void log_output(struct executive *executive, const struct task *task, enum task_stream stream, const uint8_t *bytes,
                size_t length) {
    struct log *log = executive->log;
    if (!log) return;
    struct log_task *known = task_of(executive, task);
    uint8_t *line = &known->line[stream], most = known->level == LOG_AS_HIVE ? log->level : known->level;
    length = allow(executive, known, length);
    while (length > 0) {
        bool begins = *line == LOG_NO_LINE;
        if (begins) *line = stream == STREAM_ERROR ? LOG_ERROR : LOG_INFO;
        size_t mark = begins ? take_mark(bytes, length, line) : 0;
        const uint8_t *end = memchr(bytes + mark, '\n', length - mark);
        size_t piece = end ? (size_t)(end - bytes) - mark : length - mark, used = mark + piece + (end ? 1 : 0);
        if (*line <= most) add_piece(executive, known, (uint8_t)stream, begins, bytes + mark, piece);
        if (end) {
            *line = LOG_NO_LINE;
            known->escape[stream] = ESCAPE_NONE;
            log->open = false;
        }
        bytes += used;
        length -= used;
    }
}

/* ---- what the hive has to say */

/* NOT_LOGGED: too many of them, or somebody has been told already. */
static uint8_t level_of(const struct executive_event *event) {
    switch ((enum executive_event_kind)event->kind) {
    case EVENT_REFUSED:
    case EVENT_LOAD_FAILED:
    case EVENT_QUARANTINED: return LOG_ERROR;
    case EVENT_ENDED:
        if (event->a == TASK_END_KILLED) return LOG_NOTICE;
        return event->a != TASK_END_EXIT ? LOG_ERROR : event->b != 0 ? LOG_WARNING : LOG_INFO;
    case EVENT_STOPPED:
    case EVENT_LOST:
    case EVENT_PRESSURE:
    case EVENT_EXHAUSTED:
    case EVENT_OVERRUN:
    case EVENT_DENIED:
    case EVENT_CONDITION:
    case EVENT_UNSAVED:
    case EVENT_LOG_LOST: return LOG_WARNING;
    case EVENT_UNWELL: return LOG_CRITICAL;
    case EVENT_LOADED:
    case EVENT_STARTED:
    case EVENT_RELIEVED:
    case EVENT_START:
    case EVENT_HELD: return LOG_NOTICE;
    case EVENT_CLOCK:
    case EVENT_STEPPED:
    case EVENT_MOVED:
    case EVENT_VALUE:
    case EVENT_SENT:
    case EVENT_RECEIVED:
    case EVENT_NO_ROOM:
    case EVENT_VALUE_MADE:
    case EVENT_COMMAND_MADE:
    case EVENT_COMMAND_CALLED:
    case EVENT_COMMAND: return NOT_LOGGED;
    }
    return NOT_LOGGED;
}

void log_event(struct executive *executive, const struct executive_event *event) {
    struct log *log = executive->log;
    char text[EVENT_TEXT_BYTES];
    if (!log) return;
    uint8_t level = level_of(event);
    if (level > log->level) return;
    size_t length = executive_event_text(event, text, sizeof text);
    begin_line(log, executive->now_us, event->pid, level, LOG_FROM_HIVE);
    for (size_t i = 0; i < length && newest_length(log) < LOG_TEXT_MAX; i++) add_byte(log, (uint8_t)text[i]);
    log->open = false;
}

/* ---- reading */

bool log_next(struct executive *executive, uint32_t after, struct log_line *line) {
    struct log *log = executive->log;
    if (!log) return false;
    uint8_t head[LOG_HEAD_BYTES];
    uint32_t at = log->head, sequence = log->next - log->count;
    for (; sequence != log->next; sequence++) {
        take_head(log, at, head);
        if (sequence > after) break;
        at = place(log, at, LOG_HEAD_BYTES + (uint32_t)head[AT_LENGTH]);
    }
    if (sequence == log->next) return false;
    bool goes = log->open && at == log->newest;
    if (goes && executive->now_us - load_le64(head + AT_TIME) < LINE_PATIENCE_US) return false;
    if (goes) log->open = false; /* what follows is a line of its own, which continues this one */
    *line = (struct log_line){.sequence = sequence,
                              .pid = load_le32(head + AT_PID),
                              .time_us = load_le64(head + AT_TIME),
                              .level = head[AT_LEVEL],
                              .source = head[AT_SOURCE] & SOURCE_MASK,
                              .continues = (head[AT_SOURCE] & CONTINUES) != 0};
    for (uint32_t i = 0; i < head[AT_LENGTH]; i++) line->text[i] = (char)log->bytes[place(log, at, LOG_HEAD_BYTES + i)];
    return true;
}

enum status log_set_level(struct executive *executive, uint32_t pid, uint8_t level, uint8_t *before) {
    struct log *log = executive->log;
    const struct task *task = executive_task(executive, pid);
    if (!log || (pid != 0 && (!task || !task_is_live(task)))) return ST_NOT_FOUND;
    if (pid != 0) {
        struct log_task *known = task_of(executive, task);
        *before = known->level == LOG_AS_HIVE ? log->level : known->level;
        known->level = level;
        return ST_OK;
    }
    *before = log->level;
    log->level = level;
    for (uint32_t i = 0; i < executive->config->tasks_max; i++) log->task[i].level = LOG_AS_HIVE;
    return ST_OK;
}
