/* Serves "app:squares": gets numbers, and answers each sender in the sender's own mailbox. Ends when nobody has asked
 * for a while. */
#include <skep_mailbox.h>
#include <stdio.h>

#define QUIET_MS 200

SKEP_MAILBOX(squares, app, "squares", 128, SKEP_MAILBOX_MODE_QUEUE);

struct message {
    struct skep_mailbox_head head;
    int32_t number;
};

/* Sends the answer to whoever asked: their mailbox is named by their pid, which the executive vouches for. */
static void answer(uint32_t asker, int32_t number) {
    char name[16];
    uint32_t handle;
    snprintf(name, sizeof name, "pid:%u", (unsigned)asker);
    if (skep_mailbox_open(name, SKEP_MAILBOX_RIGHT_SEND, 0, &handle) != SKEP_OK) return;
    skep_mailbox_send(handle, &number, sizeof number, 0, 0, SKEP_FOREVER);
    skep_mailbox_close(handle);
}

int main(void) {
    uint32_t box, length;
    struct message message;
    int served = 0;

    if (skep_mailbox_open(squares, SKEP_MAILBOX_RIGHT_READ, 0, &box) != SKEP_OK) return 1;
    while (skep_mailbox_receive(box, &message, sizeof message, QUIET_MS, &length) == SKEP_OK) {
        answer(message.head.sender, message.number * message.number);
        served++;
    }
    printf("served %d\n", served);
    return 0;
}
