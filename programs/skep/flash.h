/* flash: what the parts of skep flash share: the file and the device that it goes to. */
#ifndef SKEP_PROGRAMS_SKEP_FLASH_H
#define SKEP_PROGRAMS_SKEP_FLASH_H

#include "core/wire/artifact.h"
#include "host/file/file.h"
#include "host/link/deliver.h"
#include "programs/skep/progress.h"
#include "programs/skep/remote.h"

struct flash {
    struct remote remote;
    struct remote_options options;
    uint64_t slot; /* 0: the device chooses */
    bool verify_only, info, replace, emergency;
    struct command_words words; /* the files; more than one only of firmware */
    const char *path;           /* the one that is at hand */
    struct file_bytes file;
    struct artifact artifact;
    enum transfer_target target;
    struct progress progress;
    bool begun; /* the bar */
    struct delivery delivery;
};

/* Reads one of the files, for flash_send. */
int flash_read(struct flash *flash, const char *path);
/* Sends it, over breaks of the link; *took_ms. */
int flash_send(struct flash *flash, uint32_t *took_ms);
/* Has it checked and taken. EXIT_DONE: *result is the caller's; otherwise said in words, unless *refusal was asked for:
 * it says why then, and EXIT_HIVE is given. */
int flash_end(struct flash *flash, json_t **result, struct link_refusal *refusal);
/* The refusal in words. */
int flash_refused(const struct flash *flash, const struct link_refusal *refusal);
/* What was sent, how fast, and what runs now, which may be NULL. */
void flash_tell(const struct flash *flash, uint32_t took_ms, json_t *more, const char *runs);

/* The whole of it, for firmware and key sets: the device is brought into its bootloader and back. */
int flash_firmware(struct flash *flash);

#endif
