/* The C library's functions on bytes for the images that have to be small, a sixth of the size. Copies in them are
 * short; what is long is wiped, by the memset that is linked beside. */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

void *memcpy(void *restrict to, const void *restrict from, size_t length) {
    for (size_t i = 0; i < length; i++) ((uint8_t *)to)[i] = ((const uint8_t *)from)[i];
    return to;
}

void *memmove(void *to, const void *from, size_t length) {
    if ((uintptr_t)to <= (uintptr_t)from) return memcpy(to, from, length);
    while (length-- > 0) ((uint8_t *)to)[length] = ((const uint8_t *)from)[length];
    return to;
}

int memcmp(const void *a, const void *b, size_t length) {
    for (size_t i = 0; i < length; i++) {
        const int difference = ((const uint8_t *)a)[i] - ((const uint8_t *)b)[i];
        if (difference != 0) return difference;
    }
    return 0;
}

void *memchr(const void *bytes, int value, size_t length) {
    for (size_t i = 0; i < length; i++)
        if (((const uint8_t *)bytes)[i] == (uint8_t)value) return (uint8_t *)(uintptr_t)bytes + i;
    return NULL;
}
