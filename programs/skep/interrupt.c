#include "programs/skep/interrupt.h"

#include <signal.h>
#include <stddef.h>

enum { EXIT_BY_SIGNAL = 128 };

static volatile sig_atomic_t seen;
static void note(int signal_number) { seen = signal_number; }

void interrupt_catch(void) {
    struct sigaction action = {.sa_handler = note};
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
}

int interrupt_exit(void) { return seen == 0 ? 0 : EXIT_BY_SIGNAL + seen; }

void interrupt_forget(void) { seen = 0; }
