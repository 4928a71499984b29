/* evidence_file: the file in which the simulated board's blackbox lies. It is mapped, so what the board wrote is there
 * however the program ends. */
#ifndef SKEP_PROGRAMS_SKEP_EVIDENCE_FILE_H
#define SKEP_PROGRAMS_SKEP_EVIDENCE_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct evidence_file {
    uint8_t *bytes; /* NULL: none is open */
    size_t length;
    bool is_new; /* it was not there, or empty */
};

/* Makes the file of `length` zeros if it is not there. Returns EXIT_DONE, or says what is wrong; then none is open. */
int evidence_file_open(const char *path, size_t length, struct evidence_file *file);
void evidence_file_close(struct evidence_file *file);

#endif
