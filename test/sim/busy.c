#include "test/sim/busy.h"

#include "core/base/bytes.h"
#include "core/wire/command_row.h"
#include "core/wire/value_row.h"
#include "device/executive/value.h"

static const char names[] = "app:server\0app:client\0shared:junk"; /* at 0, 11 and 22 of the read-only window */

#define WAITS                                                                                                          \
    ".entry main; func work taken=1; li a0, 7; ret; func main;"                                                        \
    "set a0, 0x10000000; set a1, 64; li a2, 0; hcall $mailbox.bind; mov s0, a1; li a0, 2; mov a1, s0;"                 \
    "hcall $value.subscribe; more: mov a0, s0; set a1, 0x800; li a2, 64; li a3, -1; hcall $mailbox.receive; j more"
#define SPINS                                                                                                          \
    ".entry main; func work taken=1; ret; func main; set a0, 1000; li a1, 1; hcall $time.timer_create;"                \
    "set a0, 500; li a1, 0; hcall $time.timer_create; li a0, 1; set a1, 0x600; li a2, 0; li a3, 0; hcall "             \
    "$command.send;"                                                                                                   \
    "spin: j spin"
#define SLEEPS                                                                                                         \
    ".entry main; func work taken=1; ret; func main; set a0, 0x10000016; set a1, 64; li a2, 1; hcall $mailbox.bind;"   \
    "set a0, 0x10000000; li a1, 0; li a2, 0; hcall $mailbox.open; li a0, 1; set a1, 0x600; li a2, 0; hcall "           \
    "$command.call;"                                                                                                   \
    "more: li a0, 1; hcall $task.sleep_ms; j more"
#define FAILS                                                                                                          \
    ".entry main; func work taken=1; ret; func main; set a0, 0x10000000; li a1, 0; li a2, 5; hcall $mailbox.open;"     \
    "trap 1"
static const char *const kinds[BUSY_KINDS] = {WAITS, SPINS, SLEEPS, FAILS};

static uint8_t value_rows[BUSY_KINDS][VALUE_ROW_BYTES], command_rows[BUSY_KINDS][COMMAND_ROW_BYTES];

void busy_pack(struct rig *rig, size_t packed[BUSY_KINDS]) {
    static const struct artifact_capability rights[] = {{.group = CALL_GROUP_MAILBOX, .mode = 7, .last = UINT32_MAX},
                                                        {.group = CALL_GROUP_VALUE, .mode = 7, .last = 0xffff},
                                                        {.group = CALL_GROUP_COMMAND, .mode = 3, .last = 0xffff}};
    for (uint32_t i = 0; i < BUSY_KINDS; i++) {
        store_le16(value_rows[i], (uint16_t)(i + 1));
        value_rows[i][2] = VALUE_I32;
        value_rows[i][32] = 'v';
        store_le16(command_rows[i], (uint16_t)(i + 1));
        command_rows[i][9] = VALUE_I32;
        store_le32(command_rows[i] + 12, 5);
        store_le32(command_rows[i] + 16, ISA_RO_BASE);
        command_rows[i][24] = 'c';
        struct rig_guest guest = {.text = kinds[i],
                                  .read_only = names,
                                  .read_only_bytes = sizeof names,
                                  .values = value_rows[i],
                                  .value_count = 1,
                                  .commands = command_rows[i],
                                  .command_count = 1,
                                  .capability = rights,
                                  .capability_count = 3,
                                  .flags = ARTIFACT_MAY_RUN_TWICE,
                                  .ram_bytes = 4096 + 512 * i};
        packed[i] = rig_pack(rig, &guest);
    }
}
