/* Counts presses of a button and shows the count's lowest bit on the LED. A press counts once the contact has been
 * quiet for a while, because contacts bounce. The button connects its pin to ground: pressed reads as LOW. */
#include <stdbool.h>

#include "Arduino.h"

#define BUTTON   2
#define LED      13
#define QUIET_MS 20
#define RUN_MS   2000

struct button {
    bool pressed;        /* as last decided */
    bool seen;           /* as last read */
    unsigned long since; /* when `seen` last changed */
};

/* Reads the contact; true exactly once for each press. */
static bool button_was_pressed(struct button *button, unsigned long now) {
    bool level = digitalRead(BUTTON) == LOW;
    if (level != button->seen) {
        button->seen = level;
        button->since = now;
    }
    if (button->seen == button->pressed || now - button->since < QUIET_MS) return false;
    button->pressed = button->seen;
    return button->pressed;
}

int main(void) {
    struct button button = {0};
    int presses = 0;

    pinMode(BUTTON, INPUT_PULLUP);
    pinMode(LED, OUTPUT);
    while (millis() < RUN_MS) {
        if (button_was_pressed(&button, millis())) {
            presses++;
            digitalWrite(LED, presses & 1);
            printf("press %d\n", presses);
        }
        delay(1);
    }
    printf("%d presses in %d ms\n", presses, RUN_MS);
    return 0;
}
