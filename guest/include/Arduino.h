/* Arduino: pins, time and printf under the names that many programs use. A program has a main, or a setup and a loop.
 *
 * A call that the host refuses (a pin that was not granted, a device that the board lacks) ends the program with a
 * message: it could not go on sensibly, and these functions have no way to say so. skep.h has the same calls with a
 * status to look at. */
#ifndef SKEP_GUEST_ARDUINO_H
#define SKEP_GUEST_ARDUINO_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { LOW = 0, HIGH = 1 };
enum { INPUT = 0, OUTPUT = 1, INPUT_PULLUP = 2, INPUT_PULLDOWN = 3 };

void setup(void);
void loop(void);

void pinMode(int pin, int mode);
void digitalWrite(int pin, int level);   /* anything but 0 is HIGH */
int digitalRead(int pin);                /* HIGH or LOW */
int analogRead(int channel);             /* 0 to 4095 */
void analogWrite(int channel, int duty); /* 0 to 65535, which is always on; 500 Hz */

void delay(unsigned long ms);
void delayMicroseconds(unsigned long us);
unsigned long millis(void); /* since reset; wraps after 49 days */
unsigned long micros(void); /* since reset; wraps after 71 minutes */

#ifdef __cplusplus
}
#endif

#endif
