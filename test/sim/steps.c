#include "test/sim/steps.h"

#include <stdio.h>
#include <string.h>

#include "core/base/bytes.h"

enum { ANSWERS = 0x600, NAMES_BYTES = 1024 }; /* status and value of each step; names in the read-only window */
#define OFFSET(address) ((address) - ISA_RAM_BASE)

struct written {
    char text[8192], names[NAMES_BYTES];
    uint32_t names_bytes;
};

static void write_step(struct written *to, size_t index, const struct step *step) {
    size_t length = strlen(to->text);
    int first = 0;
    if (step->name) {
        uint32_t address = ISA_RO_BASE + to->names_bytes;
        length += (size_t)snprintf(to->text + length, sizeof to->text - length, "set a0, %u;", address);
        memcpy(to->names + to->names_bytes, step->name, strlen(step->name) + 1);
        to->names_bytes += (uint32_t)strlen(step->name) + 1;
        first = 1;
    }
    for (int i = first; i < 6; i++) {
        int32_t value = step->argument[i - first];
        bool earlier = value < INT32_MIN + STEPS_MAX;
        const char *form = earlier ? "set a%d, %d; lw a%d, a%d, 0;" : "set a%d, %d;";
        if (earlier) value = ANSWERS + 8 * (value - INT32_MIN) + 4;
        length += (size_t)snprintf(to->text + length, sizeof to->text - length, form, i, value, i, i);
    }
    snprintf(to->text + length, sizeof to->text - length, "hcall $%s; set a2, %d; sw a0, a2, 0; sw a1, a2, 4;",
             step->call, (int)(ANSWERS + 8 * index));
}

uint32_t steps_add_with(struct rig *rig, const struct step *steps, struct rig_guest guest) {
    static struct written written;
    static uint8_t data[STEPS_BUFFER - RIG_DATA_AT + 256];
    memset(&written, 0, sizeof written);
    for (size_t i = 0; i < 256; i++) data[STEPS_BUFFER - RIG_DATA_AT + i] = (uint8_t)(i + 1);
    if (guest.text) snprintf(written.text, sizeof written.text, "%s", guest.text);
    if (guest.read_only_bytes > 0) memcpy(written.names, guest.read_only, guest.read_only_bytes);
    written.names_bytes = guest.read_only_bytes;
    for (size_t i = 0; steps[i].call; i++) write_step(&written, i, &steps[i]);
    size_t length = strlen(written.text);
    snprintf(written.text + length, sizeof written.text - length, "li a0, 0; ret");
    guest.text = written.text;
    guest.read_only = written.names;
    guest.read_only_bytes = written.names_bytes + 1;
    guest.data = data;
    guest.data_bytes = sizeof data;
    return rig_add(rig, &guest);
}

uint32_t steps_add(struct rig *rig, const struct step *steps) {
    return steps_add_with(rig, steps, (struct rig_guest){.name = NULL});
}

int32_t steps_status(const struct rig *rig, uint32_t pid, size_t step) {
    return (int32_t)load_le32(executive_task(rig->executive, pid)->vm.ram + OFFSET(ANSWERS) + 8 * step);
}

uint32_t steps_value(const struct rig *rig, uint32_t pid, size_t step) {
    return load_le32(executive_task(rig->executive, pid)->vm.ram + OFFSET(ANSWERS) + 8 * step + 4);
}

const uint8_t *steps_memory(const struct rig *rig, uint32_t pid, uint32_t address) {
    return executive_task(rig->executive, pid)->vm.ram + OFFSET(address);
}
