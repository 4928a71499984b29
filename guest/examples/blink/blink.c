/* Blinks the LED on pin 13: half a second on, half a second off, four times. */
#include "Arduino.h"

#define LED            13
#define HALF_PERIOD_MS 500
#define CYCLES         4

int main(void) {
    printf("Blinky guest program starting\n");
    pinMode(LED, OUTPUT);
    printf("LED pin configured as output\n");

    for (int cycle = 0; cycle < CYCLES; cycle++) {
        digitalWrite(LED, HIGH);
        delay(HALF_PERIOD_MS);
        digitalWrite(LED, LOW);
        delay(HALF_PERIOD_MS);
    }

    printf("Blinked %d times\n", CYCLES);
    printf("Guest program execution complete\n");
    return 0;
}
