#include "device/executive/session.h"

#include <string.h>

static uint32_t held(uint32_t heartbeat_ms) {
    if (heartbeat_ms == 0) return SESSION_HEARTBEAT_MS;
    if (heartbeat_ms < SESSION_HEARTBEAT_MS_MIN) return SESSION_HEARTBEAT_MS_MIN;
    return heartbeat_ms > SESSION_HEARTBEAT_MS_MAX ? SESSION_HEARTBEAT_MS_MAX : heartbeat_ms;
}

struct session *session_open(struct session_table *table, uint16_t link, uint32_t heartbeat_ms, uint64_t now_us) {
    for (uint32_t i = 0; i < table->max; i++) {
        struct session *session = &table->session[i];
        if (session->id != 0) continue;
        memset(session, 0, sizeof *session);
        session->id = ++table->next_id;
        session->link = link;
        session->heartbeat_ms = held(heartbeat_ms);
        session->heard_us = now_us;
        return session;
    }
    return NULL;
}

void session_close(struct session *session) { memset(session, 0, sizeof *session); }

struct session *session_find(const struct session_table *table, uint32_t id) {
    for (uint32_t i = 0; i < table->max; i++) {
        if (id != 0 && table->session[i].id == id) return &table->session[i];
    }
    return NULL;
}

uint64_t session_expire(struct session_table *table, uint64_t now_us) {
    uint64_t next_us = UINT64_MAX;
    for (uint32_t i = 0; i < table->max; i++) {
        struct session *session = &table->session[i];
        if (session->id == 0) continue;
        uint64_t due_us = session->heard_us + (uint64_t)session->heartbeat_ms * 1000;
        if (due_us <= now_us) {
            table->operator_lost = table->operator_lost || !session->observer;
            session_close(session);
        } else if (due_us < next_us) {
            next_us = due_us;
        }
    }
    return next_us;
}

void session_detach(struct session_table *table, uint16_t link) {
    for (uint32_t i = 0; i < table->max; i++) {
        if (table->session[i].link == link) table->session[i].link = LINK_NONE;
    }
}

static bool locks(const struct session *session, uint32_t pid) {
    for (uint32_t i = 0; i < session->lock_count; i++) {
        if (session->lock[i] == pid) return true;
    }
    return false;
}

uint32_t session_that_locks(const struct session_table *table, uint32_t pid) {
    for (uint32_t i = 0; i < table->max; i++) {
        if (locks(&table->session[i], pid)) return table->session[i].id;
    }
    return 0;
}

bool session_lock(struct session *session, uint32_t pid) {
    if (locks(session, pid)) return true;
    if (session->lock_count == SESSION_LOCKS_MAX) return false;
    session->lock[session->lock_count++] = pid;
    return true;
}

bool session_unlock(struct session *session, uint32_t pid) {
    for (uint32_t i = 0; i < session->lock_count; i++) {
        if (session->lock[i] != pid) continue;
        session->lock[i] = session->lock[--session->lock_count];
        return true;
    }
    return false;
}
