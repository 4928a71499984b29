#define _DEFAULT_SOURCE
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "test/oracle/machine.h"

static void must(bool good, const char *what) {
    if (good) return;
    fprintf(stderr, "guard: %s failed\n", what);
    abort();
}

static size_t page_bytes(void) { return (size_t)sysconf(_SC_PAGESIZE); }
static size_t whole_pages(size_t bytes) { return (bytes + page_bytes() - 1) / page_bytes() * page_bytes(); }

/* What was given back, to be taken again: asking the system each time would be most of a test's time. */
enum { KEPT_MAX = 128 };
static struct {
    void *memory;
    size_t bytes;
} kept[KEPT_MAX];
static unsigned kept_count;

void *guarded_take(size_t bytes) {
    for (unsigned i = 0; i < kept_count; i++) {
        if (kept[i].bytes != bytes) continue;
        void *memory = kept[i].memory;
        kept[i] = kept[--kept_count];
        memset(memory, 0, bytes);
        return memory;
    }
    size_t inside = whole_pages(bytes);
    uint8_t *all = mmap(NULL, inside + 2 * page_bytes(), PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    must(all != MAP_FAILED && mprotect(all + page_bytes(), inside, PROT_READ | PROT_WRITE) == 0, "guarded memory");
    return all + page_bytes() + inside - bytes;
}

void guarded_give(void *memory, size_t bytes) {
    if (kept_count < KEPT_MAX) {
        kept[kept_count].memory = memory;
        kept[kept_count++].bytes = bytes;
        return;
    }
    size_t inside = whole_pages(bytes);
    must(munmap((uint8_t *)memory + bytes - inside - page_bytes(), inside + 2 * page_bytes()) == 0, "munmap");
}

static const volatile uint64_t *crash_seed;

static void crashed(int signal) {
    char text[96];
    int length = snprintf(text, sizeof text, "signal %d with seed %" PRIu64 "\n", signal, (uint64_t)*crash_seed);
    if (write(STDERR_FILENO, text, (size_t)length) < 0) _exit(3);
    _exit(3);
}

void guarded_crash(const volatile uint64_t *seed) {
    struct sigaction action = {.sa_handler = crashed};
    crash_seed = seed;
    must(sigaction(SIGSEGV, &action, NULL) == 0 && sigaction(SIGBUS, &action, NULL) == 0, "sigaction");
}
