/* Lowers the threshold of another task and prints its temperature whenever it changes. */
#include <skep.h>
#include <skep_value.h>
#include <stdio.h>

enum { TEMPERATURE = 0x101, THRESHOLD = 0x102 };

struct change {
    struct skep_mailbox_head head;
    struct skep_value_change value;
};

int main(void) {
    uint32_t box, length;
    struct skep_value_facts facts;
    struct change change;

    if (skep_mailbox_bind("changes", 128, SKEP_MAILBOX_MODE_QUEUE, &box) != SKEP_OK) return 1;
    if (skep_value_subscribe(TEMPERATURE, box) != SKEP_OK) return 2;
    if (skep_value_set(THRESHOLD, skep_value_float(22)) != SKEP_OK) return 3;
    if (skep_value_set(TEMPERATURE, skep_value_float(0)) != SKEP_DENIED) return 4;
    skep_value_info(TEMPERATURE, &facts);
    while (skep_mailbox_receive(box, &change, sizeof change, 100, &length) == SKEP_OK)
        printf("%s %.1f %s\n", facts.name, (double)skep_value_as_float(change.value.after), facts.unit);
    return 0;
}
