/* arduino_main: the main of a program that has setup and loop instead. It lies in the archive, so a program's own
 * main keeps it out. */
#include "Arduino.h"

void loop(void) __attribute__((weak));

int main(void) {
    setup();
    while (loop) loop();
    return 0;
}
