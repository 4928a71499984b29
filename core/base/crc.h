/* crc: CRC-32 as in Ethernet, zlib and PNG: reflected 04C11DB7, from FFFFFFFF, inverted. Finds accidents, not
 * attacks. */
#ifndef SKEP_CORE_BASE_CRC_H
#define SKEP_CORE_BASE_CRC_H

#include <stddef.h>
#include <stdint.h>

/* Of the bytes so far and these: begin with 0. crc32_add(crc32_add(0, a), b) is that of a followed by b. */
uint32_t crc32_add(uint32_t crc, const void *bytes, size_t length);

#endif
