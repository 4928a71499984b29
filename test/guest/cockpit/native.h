/* native: Arduino.h for the host's own compiler, with the readings that these programs expect. */
#include <stdio.h>
#include <stdlib.h>

enum { LOW, HIGH };
enum { INPUT, OUTPUT };
static inline void pinMode(int pin, int mode) { (void)pin, (void)mode; }
static inline void digitalWrite(int pin, int level) { (void)pin, (void)level; }
static inline int analogRead(int channel) { return (void)channel, 512; }
static inline void delay(unsigned long ms) { (void)ms; }
static inline unsigned long millis(void) { return 1000; }
void setup(void);
void loop(void);
