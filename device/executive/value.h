/* value: numbers that tasks offer, each with a contract. The rows stay in the artifact; what changes is here.
 * Source: spec/value.md. */
#ifndef SKEP_DEVICE_EXECUTIVE_VALUE_H
#define SKEP_DEVICE_EXECUTIVE_VALUE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/wire/value_row.h"
#include "device/executive/executive.h"

struct value {
    const uint8_t *row; /* NULL: free */
    uint32_t owner;
    uint16_t id;
    bool declared; /* in the artifact: stays while its task waits to be restarted */
    bool unsaved;  /* saved at save_us */
    uint32_t bits;
    uint64_t set_us;     /* UINT64_MAX: never */
    uint64_t changed_us; /* the same */
    uint64_t save_us;
};

struct value_subscription {
    uint32_t pid; /* 0: free */
    uint16_t id;
    uint32_t handle; /* of a mailbox that the task reads */
};

/* NULL: none. */
struct value *value_find(const struct executive *executive, uint32_t id);
struct value_row value_row_of(const struct value *value);
/* How many could still be made. */
uint32_t value_room(const struct executive *executive);
/* Precondition: the row decodes, its id is free and there is room. */
void value_add(struct executive *executive, uint32_t pid, const uint8_t *row, bool declared);
/* A task starts again: its declared values are as at first, but for sticky ones. */
void value_restart(struct executive *executive, uint32_t pid);
/* A task has ended. `for_good`: it does not wait to be restarted. */
void value_release(struct executive *executive, uint32_t pid, bool for_good);

/* What comes after the rights: type, range, rate, epsilon; `pid` sets it, 0 an operator. ST_INVALID, ST_BUSY. */
enum status value_set(struct executive *executive, struct value *value, uint32_t bits, uint32_t pid);

enum status value_subscribe(struct executive *executive, uint32_t pid, uint32_t id, uint32_t handle);
enum status value_unsubscribe(struct executive *executive, uint32_t pid, uint32_t id);

/* Saves what has not changed for long enough. */
void value_save_due(struct executive *executive);
uint64_t value_next_us(const struct executive *executive);

#endif
