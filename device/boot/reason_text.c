#include <stddef.h>

#include "device/boot/boot.h"

#define BOOT_REASON_TEXT(name, number, words) [BOOT_REASON_##name] = (words),
const char *boot_reason_text(enum boot_reason reason) {
    static const char *const texts[] = {BOOT_REASONS(BOOT_REASON_TEXT)};
    return (size_t)reason < sizeof texts / sizeof texts[0] ? texts[reason] : "unknown";
}
