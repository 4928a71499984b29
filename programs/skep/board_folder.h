/* board_folder: where a running emulated board is found: a folder with its lines and its buttons, in a folder of all
 * boards of this user. */
#ifndef SKEP_PROGRAMS_SKEP_BOARD_FOLDER_H
#define SKEP_PROGRAMS_SKEP_BOARD_FOLDER_H

#include <stdbool.h>
#include <stddef.h>

enum { BOARD_FOLDER_BYTES = 512, BOARD_PATH_BYTES = BOARD_FOLDER_BYTES + 32 };

/* SKEP_BOARDS, else skep-boards in XDG_RUNTIME_DIR, else /tmp/skep-boards-UID. */
void board_folder_root(char to[BOARD_FOLDER_BYTES]);
/* That of a board's name. False: it is no name. */
bool board_folder_named(const char *name, char to[BOARD_FOLDER_BYTES]);
/* A file in it: "link", "reports" or "serial", which are terminals, or "buttons", into which lines are written. */
void board_folder_file(const char *folder, const char *file, char to[BOARD_PATH_BYTES]);

#endif
