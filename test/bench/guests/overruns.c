/* Makes events as fast as it can: each round, a mailbox of one message drops one that its reader had not read. */
#include <skep.h>

int main(void) {
    uint32_t send, read, got;
    uint8_t message[9];
    if (skep_mailbox_bind("shared:bench", 16, 1, &send) != 0) return 1;
    if (skep_mailbox_open("shared:bench", 1, 0, &read) != 0) return 2;
    for (;;) {
        (void)skep_mailbox_send(send, "1", 1, 0, 0, 0);
        (void)skep_mailbox_send(send, "2", 1, 0, 0, 0);
        (void)skep_mailbox_receive(read, message, sizeof message, 0, &got);
    }
}
