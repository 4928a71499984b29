#include "programs/skep/board_folder.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void board_folder_root(char to[BOARD_FOLDER_BYTES]) {
    const char *const said = getenv("SKEP_BOARDS"), *const runtime = getenv("XDG_RUNTIME_DIR");
    if (said)
        snprintf(to, BOARD_FOLDER_BYTES, "%s", said);
    else if (runtime)
        snprintf(to, BOARD_FOLDER_BYTES, "%s/skep-boards", runtime);
    else
        snprintf(to, BOARD_FOLDER_BYTES, "/tmp/skep-boards-%u", (unsigned)getuid());
}

bool board_folder_named(const char *name, char to[BOARD_FOLDER_BYTES]) {
    enum { NAME_MAX_BYTES = 64 };
    char root[BOARD_FOLDER_BYTES];
    const size_t length = strlen(name);
    board_folder_root(root);
    if (length == 0 || length > NAME_MAX_BYTES || name[0] == '.' || strchr(name, '/')) return false;
    return snprintf(to, BOARD_FOLDER_BYTES, "%s/%s", root, name) < BOARD_FOLDER_BYTES;
}

void board_folder_file(const char *folder, const char *file, char to[BOARD_PATH_BYTES]) {
    snprintf(to, BOARD_PATH_BYTES, "%s/%s", folder, file);
}
