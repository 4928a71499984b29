/* kit: where the guest kit and the foreign libraries lie that a guest is linked with. */
#ifndef SKEP_PROGRAMS_SKEP_KIT_H
#define SKEP_PROGRAMS_SKEP_KIT_H

enum { KIT_PATH_BYTES = 4096 };

struct kit {
    char source[KIT_PATH_BYTES];  /* folder with include/, lib/skep.ld, compile.flags, link.flags */
    char library[KIT_PATH_BYTES]; /* libskep.a */
    char libc_include[KIT_PATH_BYTES];
    char libc[KIT_PATH_BYTES], libgcc[KIT_PATH_BYTES]; /* archives */
};

/* Finds it: SKEP_GUEST names the source folder; else it is guest/ in the nearest folder above the running program that
 * has one. SKEP_GUEST_LIBRARY names the archive; else it is guest/libskep.a beside the folder of the program. Says what
 * is missing and returns EXIT_UNAVAILABLE. */
int kit_find(struct kit *kit);

#endif
