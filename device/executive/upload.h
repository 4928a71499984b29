/* upload: artifacts that come over a link, in places that are carved once; a place is taken until its task has
 * ended. */
#ifndef SKEP_DEVICE_EXECUTIVE_UPLOAD_H
#define SKEP_DEVICE_EXECUTIVE_UPLOAD_H

#include "device/executive/operation.h"

/* DELIVERED: taken by upload_take. */
enum upload_state { UPLOAD_FREE, UPLOAD_RECEIVING, UPLOAD_DELIVERED, UPLOAD_LOADING, UPLOAD_TASK };
struct upload {
    uint32_t state; /* enum upload_state */
    uint32_t session;
    uint32_t length, received;
    uint16_t load;
    uint32_t pid;
    uint8_t *bytes;
};

bool upload_init(struct hive *hive, struct arena *arena);
/* A place for so many bytes, outside of any session. ST_QUOTA: they are too many. ST_FULL: there is none free. */
enum status upload_take(struct hive *hive, uint32_t bytes, struct upload **upload);
/* Has it loaded; the place is free when the task has ended. */
enum status upload_load(struct hive *hive, struct upload *upload, uint16_t *load);
/* What an event says of an upload. */
void upload_hear(struct hive *hive, const struct executive_event *event);
/* Lets go of what has ended and of what nobody goes on sending. */
void upload_expire(struct hive *hive);

#endif
