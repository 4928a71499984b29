/* sim_flash: a flash area or FRAM of the simulated board, in memory, that keeps the rules of such memory and fails as
 * it does: the power goes in the midst of an operation, cells read otherwise each time, pages wear out.
 *
 * Each program unit written and each erase is one operation; all areas on one power count together. */
#ifndef SKEP_DEVICE_PORT_SIM_SIM_FLASH_H
#define SKEP_DEVICE_PORT_SIM_SIM_FLASH_H

#include "device/port/flash_area.h"

/* How the power goes: nothing of the operation is done; a part of it, which may read differently each time; all of it,
 * and it may. */
enum sim_power_mode { SIM_POWER_BEFORE, SIM_POWER_TORN, SIM_POWER_UNSTABLE, SIM_POWER_MODES };

struct sim_power {
    uint64_t operations;         /* begun so far */
    uint64_t cut_at;             /* the power goes in the operation of this number, from 1; 0: never */
    uint32_t mode;               /* enum sim_power_mode */
    uint32_t violations;         /* operations that flash does not allow: bits set back, words programmed twice */
    uint64_t time_us;            /* that all operations took */
    uint32_t starts;             /* how often it came back; some half-done cells read the same until it does */
    uint64_t random;             /* state of what chance decides */
    void (*lost)(void *context); /* the power is gone; does not return */
    void *context;
};

enum sim_flash_fault {
    SIM_FLASH_SOUND,
    SIM_FLASH_ERASE_FAILS,     /* says so */
    SIM_FLASH_ERASE_NOTHING,   /* says it did */
    SIM_FLASH_PROGRAM_FAILS,   /* says so, with the unit half done */
    SIM_FLASH_PROGRAM_NOTHING, /* says it did */
    SIM_FLASH_STUCK,           /* a bit of each unit stays erased */
    SIM_FLASH_UNREADABLE,      /* its error-correcting code fails */
    SIM_FLASH_FAULTS,
};

struct sim_flash {
    struct flash_area area; /* what others are given */
    struct sim_power *power;
    uint8_t *bytes;     /* as programmed; beside other, what an unstable unit may read as instead */
    uint32_t *erases;   /* of each erase unit */
    uint8_t *fault;     /* enum sim_flash_fault, of each erase unit */
    uint32_t endurance; /* erases that a unit takes before it has the fault worn; 0: any number */
    uint32_t worn;
    uint64_t bytes_programmed, bytes_read;

    /* below: private to sim_flash.c */
    uint8_t *other, *state;
    uint32_t unstable; /* units */
};

/* Memory that an area takes, which sim_flash_init makes erased. Of geometry the sizes, times, erased_value,
 * program_once and writable count. All that changes lies in the memory and in the struct: a copy of both is a copy of
 * the area. */
size_t sim_flash_memory_bytes(const struct flash_area *geometry);
void sim_flash_init(struct sim_flash *flash, const struct flash_area *geometry, void *memory, struct sim_power *power);

#endif
