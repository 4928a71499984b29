/* folder: files of guests in a folder of the host's, for boards that are programs: port.h's port_file. Follows no link
 * and leaves its folder by no name; sees plain files with good names alone. */
#ifndef SKEP_DEVICE_PORT_FOLDER_FOLDER_H
#define SKEP_DEVICE_PORT_FOLDER_FOLDER_H

#include "device/port/port.h"

struct folder {
    int root; /* descriptor */
};

/* ST_NOT_FOUND: no folder is there. ST_DENIED: it cannot be written. ST_BUSY: another program has opened it so. */
enum status folder_open(struct folder *folder, const char *path);
void folder_close(struct folder *folder);
/* As port_file. Precondition: it is open. */
enum status folder_file(const struct folder *folder, enum port_file_operation operation, struct port_file *file);

#endif
