#include "device/boot/boot.h"

enum status boot_status(enum boot_reason reason) {
    switch (reason) {
    case BOOT_REASON_NONE: return ST_OK;
    case BOOT_REASON_BLANK: return ST_NOT_FOUND;
    case BOOT_REASON_FORMAT:
    case BOOT_REASON_SIZE:
    case BOOT_REASON_VECTORS:
    case BOOT_REASON_CONTENT:
    case BOOT_REASON_DISAGREE: return ST_CORRUPT;
    case BOOT_REASON_PRODUCT:
    case BOOT_REASON_ADDRESS:
    case BOOT_REASON_ABI:
    case BOOT_REASON_JOURNAL: return ST_VERSION;
    case BOOT_REASON_KEY:
    case BOOT_REASON_ROLE:
    case BOOT_REASON_REVOKED:
    case BOOT_REASON_SIGNATURE:
    case BOOT_REASON_KEYS: return ST_SIGNATURE;
    case BOOT_REASON_SECURITY:
    case BOOT_REASON_STEP:
    case BOOT_REASON_NOT_CONFIRMED:
    case BOOT_REASON_ORDERED: return ST_REFUSED;
    case BOOT_REASON_ACTIVE: return ST_BUSY;
    case BOOT_REASON_FLASH: return ST_IO;
    case BOOT_REASON_OFFSET: return ST_INVALID;
    case BOOT_REASON_FULL: return ST_FULL;
    }
    return ST_CORRUPT;
}
