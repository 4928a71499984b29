/* emulator: the board mps2-an386 in QEMU, with the runtime firmware, over a flash file. Starts it, gives its serial
 * lines as file descriptors, and ends it. */
#ifndef SKEP_PROGRAMS_SKEP_EMULATOR_H
#define SKEP_PROGRAMS_SKEP_EMULATOR_H

#include <stdbool.h>
#include <sys/types.h>

struct emulator_options {
    const char *firmware; /* ELF */
    const char *flash;    /* file of FLASH_BYTES, written by what runs */
    const char *gdb; /* where a debugger attaches, as QEMU's -gdb takes it, and which then lets the board begin; NULL:
                        nowhere */
    bool real_time;  /* follow the clock on the wall; else go by instructions, the same on every run, and */
    bool waits;      /* wait as long as the board waits; else not at all */
    bool all_lines;  /* serial and monitor too */
};

struct emulator {
    pid_t process;
    int console; /* UART0, both ways */
    int reports; /* UART1: a JSON object a line */
    int serial;  /* UART2, both ways; and QEMU's monitor. -1: not asked for */
    int monitor;
};

enum { EMULATOR_PATH_BYTES = 4096 };
/* The firmware: SKEP_FIRMWARE, or build/mps2_an386/device/firmware/runtime.elf in the nearest folder above the running
 * program that has one. Returns EXIT_DONE, or says what is missing and returns EXIT_UNAVAILABLE. */
int emulator_firmware(char to[EMULATOR_PATH_BYTES]);

/* Returns EXIT_DONE, or says why not and returns EXIT_UNAVAILABLE. */
int emulator_start(const struct emulator_options *options, struct emulator *emulator);
void emulator_end(struct emulator *emulator);

#endif
