/* The same LED, for as long as the board runs: setup is called once, loop again and again. */
#include "Arduino.h"

#define LED 13

void setup(void) { pinMode(LED, OUTPUT); }

void loop(void) {
    digitalWrite(LED, !digitalRead(LED));
    delay(500);
}
