/* The boot image: the first thing after reset. It starts what device/boot chooses, or serves the line. */
#include "board_map.h"
#include "device/boot/server.h"
#include "device/boot/table.h"
#include "device/port/boot_port.h"

enum { LISTEN_MS = 20, PIECE_BYTES = 64 };

/* Found by the linker script, and by images at the place that board data says. */
__attribute__((section(".boot_table"), used)) const struct boot_table boot_table = {
    .magic = BOOT_TABLE_MAGIC,
    .version = BOOT_TABLE_VERSION,
    .count = BOOT_TABLE_FUNCTIONS,
    .hash_start = trust_hash_start,
    .hash_add = trust_hash_add,
    .hash_end = trust_hash_end,
    .check = trust_check,
    .journal_open = journal_open,
    .journal_write = journal_write,
};

static struct {
    struct boot boot;
    struct boot_server server;
} image;

void start_on_pendsv(void) {}
void start_on_memory_fault(void) { launch_reset(); }
_Noreturn void require_failed(const char *expression, const char *file, int line) {
    (void)expression;
    (void)file;
    (void)line;
    launch_reset();
}

static void serve_once(void) {
    uint8_t bytes[PIECE_BYTES], answer[PIECE_BYTES];
    const size_t length = line_read(bytes, sizeof bytes);
    for (size_t used = 0; used < length;) {
        used += boot_server_feed(&image.server, clock_ms(), bytes + used, length - used);
        for (size_t part; (part = boot_server_drain(&image.server, answer, sizeof answer)) > 0;)
            line_write(answer, part);
    }
}

/* Somebody speaks to the bootloader, holds the button, or had the runtime ask for it. */
static bool is_wanted(void) {
    if (image.boot.stay || line_button_is_held()) return true;
    const uint32_t start_ms = clock_ms();
    while (clock_ms() - start_ms < LISTEN_MS && !image.server.wants_to_stay) serve_once();
    return image.server.wants_to_stay;
}

int main(void) {
    struct boot_verdict verdict = {0}; /* not what an earlier boot left here, should no choice be made */
    line_start();
    boot_open(&image.boot, &boot_board);
    boot_server_init(&image.server, &image.boot, BOARD_NAME, false);
    if (!is_wanted()) {
        const uint32_t slot = boot_choose(&image.boot, &verdict);
        if (slot != BOOT_NONE && boot_verdict_is_good(&verdict)) launch(boot_entry(&verdict));
        image.server.recovery = true;
    }
    while (!image.server.wants_to_end) serve_once();
    launch_reset();
}
