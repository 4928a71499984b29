/* rig: a device in one struct for tests of the bootloader: flash in which the power can be cut at every operation,
 * keys, signed images and key sets, and an operator who wants something done and begins anew after every cut.
 *
 * What runs is device/boot itself; signatures are checked by core/trust, each different one once (rig.c). */
#ifndef SKEP_TEST_BOOT_RIG_H
#define SKEP_TEST_BOOT_RIG_H

#include <setjmp.h>

#include "device/boot/boot.h"
#include "device/boot/request.h"
#include "host/keys/keys.h"
#include "toolchain/pack/image.h"

/* What a cut does to the unit that is being programmed or erased. */
enum cut_mode {
    CUT_BEFORE,   /* nothing of it is done */
    CUT_TORN,     /* some of its bits are, and stay so */
    CUT_UNSTABLE, /* each reading gives other bits, until it is erased */
    CUT_LOST,     /* the error-correcting code fails when it is read, until it is erased */
    CUT_AFTER,    /* all are done, but some read differently now and then */
    CUT_MODES
};

struct geometry {
    uint32_t erase_bytes, program_bytes;
    uint8_t erased;
    uint32_t slots;
};

enum { RIG_FLASH_BYTES = 1 << 17, RIG_WEAK_MAX = 8, RIG_CODE_BYTES = 3500, RIG_RAM_BYTES = 8192 };
#define RIG_ADDRESS     0x08000000u
#define RIG_RAM_ADDRESS 0x20000000u
#define RIG_PRODUCT     0x5345u

struct flash {
    uint8_t bytes[RIG_FLASH_BYTES];
    struct {
        uint32_t offset, length;
        enum cut_mode mode;
    } weak[RIG_WEAK_MAX];
    uint32_t weak_count, random;
    uint64_t operations, cut_at; /* units programmed or erased so far; 0: no cut */
    enum cut_mode mode;
    jmp_buf *power;
    bool broken; /* a program or erase that the contract forbids was asked for */
};

struct rig {
    struct flash flash;
    struct flash_area area;
    struct boot_board board;
    struct trust_key root;
};

void rig_init(struct rig *rig, const struct geometry *geometry);
/* After a copy of the struct: makes it whole again. */
void rig_bind(struct rig *rig);
/* A flash that is blank but for the first key set. */
void rig_blank(struct rig *rig);

/* ---- what comes from outside; made once ---- */

enum rig_key { KEY_ROOT, KEY_FIRMWARE, KEY_OTHER_FIRMWARE, KEY_GUEST, KEY_STRANGER, RIG_KEYS };
const struct host_key *rig_key(enum rig_key key);
struct file {
    uint8_t *bytes;
    uint32_t length;
};
/* Signed by `key`; the code is random from `version`. The caller frees. */
struct file rig_image(const struct rig *rig, uint32_t slot, uint32_t version, uint32_t security, enum rig_key key);
/* The firmware keys in the list are trusted, those whose number is ored with 16 are revoked. */
struct file rig_key_set(uint32_t version, const uint8_t *keys, uint32_t count);
/* Signs (again) what the file's head says. */
void rig_sign(struct file *file, enum rig_key key);
/* Makes the hash of the section right again, and signs. */
void rig_seal(struct file *file, enum rig_key key);

/* ---- acts ---- */

/* Sends a file in chunks; what install.c says of it. */
enum status rig_install(struct rig *rig, struct boot *boot, const struct file *file, struct boot_fault *fault);
/* As the runtime does. */
enum status rig_confirm(struct rig *rig, uint32_t slot);
/* A whole boot: what would run; BOOT_NONE is recovery. */
uint32_t rig_boot(struct rig *rig, struct boot *boot);
/* Installs, boots, confirms and boots: `file` runs in `slot`, confirmed. */
void rig_update(struct rig *rig, const struct file *file, uint32_t slot);
bool rig_holds(const struct rig *rig, uint32_t slot, const struct file *file);

#endif
