/* Sends numbers to "app:squares" and prints what comes back. It does not matter which of the two is started first. */
#include <skep.h>
#include <stdio.h>

struct message {
    struct skep_mailbox_head head;
    int32_t number;
};

int main(void) {
    uint32_t own, squares, length;
    struct message message;

    if (skep_mailbox_bind("pid:", 64, SKEP_MAILBOX_MODE_QUEUE, &own) != SKEP_OK) return 1;
    if (skep_mailbox_open("app:squares", SKEP_MAILBOX_RIGHT_SEND, SKEP_FOREVER, &squares) != SKEP_OK) return 2;
    for (int32_t number = 1; number <= 4; number++) {
        skep_mailbox_send(squares, &number, sizeof number, 0, 0, SKEP_FOREVER);
        if (skep_mailbox_receive(own, &message, sizeof message, SKEP_FOREVER, &length) != SKEP_OK) return 3;
        printf("%ld squared is %ld\n", (long)number, (long)message.number);
    }
    return 0;
}
