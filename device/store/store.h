/* store: values that outlive power, in a flash area, under keys of 18 bits. One value or several at a time: whenever
 * the power fails, a value that was acknowledged (ST_OK) is there afterwards, and of a commit all or none.
 *
 * Owns no memory but what it is handed, and calls nothing but its area. Times are those of the area: a commit programs
 * its own cells, or, when a page is full, erases a page and programs at most all of it. Source: spec/store.md. */
#ifndef SKEP_DEVICE_STORE_STORE_H
#define SKEP_DEVICE_STORE_STORE_H

#include "core/base/status.h"
#include "device/port/flash_area.h"

enum { STORE_FORMAT = 1, STORE_PAGE_NONE = 0xffff };

/* Whose keys. What a value is found by is STORE_KEY(space, id). */
enum store_space { STORE_VALUES, STORE_HIVE, STORE_SLOTS, STORE_FILES, STORE_SPACES };
#define STORE_KEY(space, id) ((uint32_t)(space) << 16 | (uint32_t)(id))

/* A key that has a value. */
struct store_entry {
    uint32_t key;
    uint16_t page, cell, cells; /* where */
    uint8_t version;            /* 1 when the key was new, one more with each write, after 254 comes 1 */
};

/* May lie in flash; outlives the store. */
struct store_config {
    const struct flash_area *area;
    uint32_t page_bytes;         /* a multiple of the area's erase_bytes; the area has at least two of them */
    struct store_entry *entries; /* room for as many keys */
    uint16_t entries_max;
    bool read_only; /* nothing is written, not even what store_open would settle */
};

struct store {
    const struct store_config *config;
    uint16_t count;     /* of config->entries, in no order */
    enum status status; /* what commits answer: ST_OK: it can be written; ST_VERSION: a newer format; ST_IO: worn out */
    uint32_t damaged;   /* cells that should have counted and do not, where the newest page was read last */
    uint32_t sequence;  /* of the newest page: pages begun so far */
    uint32_t end;       /* cells of it in use, of */
    uint32_t cells;     /* those of a page */
    uint32_t live;      /* cells that a copy of all values takes; at most three quarters of a page */

    /* below: private to store.c */
    uint32_t cell_bytes, head_bytes;
    uint32_t pages;
    uint32_t head, newest, under; /* pages, or STORE_PAGE_NONE: that which counts; that with the greatest sequence; that
                                   * from which what is damaged in head is read */
    uint32_t head_sequence;
    bool fresh; /* nobody can have begun to write the cell at end */
};

/* Finds what is there, and settles what a power cut left undone. Afterwards values can be read, unless it says
 * ST_INVALID: the geometry is none (spec/store.md); ST_FULL: more keys than entries_max, or ST_VERSION and no value can
 * be read. ST_VERSION: of a newer format, read only. ST_IO: what should have been settled could not be written: read
 * only. */
enum status store_open(struct store *store, const struct store_config *config);
/* How long store_open and any commit take at most for erasing and programming. */
uint64_t store_us_max(const struct flash_area *area, uint32_t page_bytes);

struct store_change {
    uint32_t key;
    const void *bytes;
    uint32_t length;
    bool remove; /* bytes and length do not count */
};
/* All or none. ST_OK: it lasts. ST_INVALID: a key twice, or over 18 bits. ST_NOT_FOUND: there is none to remove.
 * ST_FULL: no room, nothing was written. ST_IO: the memory failed; it is as before or as after, which store_open will
 * tell. */
enum status store_commit(struct store *store, const struct store_change *changes, uint32_t count);
enum status store_put(struct store *store, uint32_t key, const void *bytes, uint32_t length);
enum status store_remove(struct store *store, uint32_t key);

/* At most capacity bytes of the value; *length is all of it. ST_NOT_FOUND; ST_CORRUPT: it was damaged since, and no
 * older one is left. */
enum status store_get(struct store *store, uint32_t key, void *to, uint32_t capacity, uint32_t *length);
/* Of a key that has a value; else NULL. */
const struct store_entry *store_find(const struct store *store, uint32_t key);

#endif
