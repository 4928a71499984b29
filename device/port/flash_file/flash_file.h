/* flash_file: a flash area in a file of the host's: what boards that are programs have for flash. Keeps flash's rules,
 * and an operation that returned ST_OK is on the disk.
 *
 * The file begins with a head of 4096 bytes that says so (a line of text, then 0xff), for no file that somebody names
 * by mistake shall be taken for flash and erased. The flash file of an emulated board has none. */
#ifndef SKEP_DEVICE_PORT_FLASH_FILE_FLASH_FILE_H
#define SKEP_DEVICE_PORT_FLASH_FILE_FLASH_FILE_H

#include "device/port/flash_area.h"

enum { FLASH_FILE_ERASE_BYTES = 4096, FLASH_FILE_PROGRAM_BYTES = 4, FLASH_FILE_HEAD_BYTES = 4096 };

struct flash_file {
    struct flash_area area; /* what others are given; its context is this struct, which stays where it is */
    int file;               /* descriptor */
    uint32_t first;         /* of the area, in the file */
};

/* Opens the file, or makes one with so many bytes of flash, all erased, where there is none or an empty one. ST_IO:
 * errno says why it cannot be had. ST_CORRUPT: it is something else. ST_BUSY: another program has it. */
enum status flash_file_open(struct flash_file *flash, const char *path, uint32_t bytes);
/* The same for a file that is there, to be read only; nobody is kept from it. */
enum status flash_file_read(struct flash_file *flash, const char *path);
/* Likewise that of an emulated board, which is all flash. */
enum status flash_file_read_board(struct flash_file *flash, const char *path, uint32_t bytes, uint32_t erase_bytes,
                                  uint32_t program_bytes);
void flash_file_close(struct flash_file *flash);

#endif
