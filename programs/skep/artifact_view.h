/* artifact_view: an artifact opened to look into, for listings and reports: its head, its program, and its symbols
 * where the sidecars lie beside it. Judges nothing: an artifact that a device would refuse can be looked at as well. */
#ifndef SKEP_PROGRAMS_SKEP_ARTIFACT_VIEW_H
#define SKEP_PROGRAMS_SKEP_ARTIFACT_VIEW_H

#include "core/vm/vm.h"
#include "core/wire/artifact.h"
#include "host/file/file.h"
#include "toolchain/symbols/symbols.h"

enum { ARTIFACT_VIEW_MESSAGE_BYTES = SYMBOLS_MESSAGE_BYTES };

struct artifact_view {
    struct artifact artifact;
    struct vm_program program;
    struct symbols *symbols; /* NULL when there are none; then `note` says why */
    const char **names;      /* per function row, NULL where not known */
    char note[2 * ARTIFACT_VIEW_MESSAGE_BYTES];

    /* below: private */
    struct file_bytes file;
    uint32_t *code;
};

/* ST_OK; ST_NOT_FOUND when the file cannot be read; ST_CORRUPT or ST_VERSION when it is no artifact with code in it:
 * `message` says what is wrong and where, and *out needs no close. */
enum status artifact_view_open(const char *path, struct artifact_view *out, char message[ARTIFACT_VIEW_MESSAGE_BYTES]);
void artifact_view_close(struct artifact_view *view);

/* Where a word comes from: its frames, innermost first (symbols.h). 0 when nothing is known. Any word is safe. */
size_t artifact_view_frames(const struct artifact_view *view, uint32_t word,
                            struct symbols_frame frames[SYMBOLS_FRAMES_MAX]);
/* ELF address of the word; false when not known. */
bool artifact_view_address(const struct artifact_view *view, uint32_t word, uint32_t *address);

#endif
