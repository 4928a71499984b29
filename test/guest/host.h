/* host: the few host calls that test programs make, answered without an executive: console, formatting, exit, a clock
 * that moves when a guest waits, pins and an ADC that always read the same. Formatting is done by this machine's own
 * snprintf, one conversion at a time, so that it also checks the executive's. */
#ifndef SKEP_TEST_GUEST_HOST_H
#define SKEP_TEST_GUEST_HOST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/vm/vm.h"

enum { HOST_ADC_SAMPLE = 512, HOST_START_MS = 1000 };

struct host {
    const struct vm_program *program;
    uint32_t *reg; /* the guest's registers, at a call */
    uint8_t *ram;
    uint32_t ram_bytes;

    char *output; /* what the guest has written: NUL-terminated, grows, given back by host_free */
    size_t output_bytes;
    bool ended;
    int32_t exit_status;
    uint32_t clock_ms;
    uint32_t unknown_call; /* not 0: the guest made this call, which nobody here answers */
};

void host_answer(struct host *host, uint32_t call);
void host_free(struct host *host);

#endif
