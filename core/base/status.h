/* GENERATED from spec/status.json by tools/generate/status.py. Do not edit. */
#ifndef SKEP_CORE_BASE_STATUS_H
#define SKEP_CORE_BASE_STATUS_H

/* X(NAME, value, text). Negative, so that a count can share the return. */
#define STATUS_LIST(X) \
    X(ST_OK,          0,   "done") \
    X(ST_CORRUPT,     -1,  "bytes fail a format or hash check") \
    X(ST_FULL,        -2,  "a fixed table or queue is full") \
    X(ST_DENIED,      -3,  "the caller lacks the right") \
    X(ST_IO,          -4,  "the port reported a device error") \
    X(ST_INVALID,     -5,  "an argument is outside what the call accepts") \
    X(ST_RANGE,       -6,  "a pointer and length leave the memory they name") \
    X(ST_UNSUPPORTED, -7,  "this board or build lacks it") \
    X(ST_NOT_FOUND,   -8,  "there is no such thing") \
    X(ST_BUSY,        -9,  "in use by another; try again later") \
    X(ST_TIMEOUT,     -10, "the time given ran out") \
    X(ST_AGAIN,       -11, "nothing there yet") \
    X(ST_SIGNATURE,   -12, "not signed by a key that is trusted here") \
    X(ST_VERSION,     -13, "made for another format, ABI or product version") \
    X(ST_QUOTA,       -14, "over the budget that was granted") \
    X(ST_REFUSED,     -15, "the verifier or a policy refuses it") \
    X(ST_EXISTS,      -16, "there is one already")

#define MUST_CHECK __attribute__((warn_unused_result))

#define STATUS_ENUM(name, value, text) name = (value),
enum status { STATUS_LIST(STATUS_ENUM) };
#undef STATUS_ENUM

const char *status_text(enum status status);

#endif
