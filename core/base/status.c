/* GENERATED from spec/status.json by tools/generate/status.py. Do not edit. */
#include "core/base/status.h"

const char *status_text(enum status status) {
    switch (status) {
#define STATUS_CASE(name, value, text) \
    case name: return text;
        STATUS_LIST(STATUS_CASE)
#undef STATUS_CASE
    }
    return "unknown status";
}
