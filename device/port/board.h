/* board: what an image needs of its board beyond port.h. A board for which images are linked supplies all of it; the
 * numbers of the board are in its board_map.h, which the build finds in the board's folder, or in the folder of one of
 * its maps. docs/PORTING.md says how a board is brought up. */
#ifndef SKEP_DEVICE_PORT_BOARD_H
#define SKEP_DEVICE_PORT_BOARD_H

#include <stdint.h>

/* ---- what the board supplies */

/* The first thing in a runtime's main: clocks, memory protection, console and pins run when it returns, interrupts
 * come, and of the flash only what is the runtime's to write can be written. A board that cannot start resets. */
void board_start(void);

/* Runs start_on_pendsv as soon as nothing more urgent runs: at once when called from thread mode. */
void clock_pend(void);
/* The same at a time; replaces the alarm set before. Far times are cut: the alarm may come early, never late. */
void clock_pend_at_us(uint64_t time_us);

/* ---- what an image defines; without it the exception is a fault */

/* The lowest exception, which everything else preempts: the executive's turn. */
void start_on_pendsv(void);
/* Something did what the memory protection forbids. */
void start_on_memory_fault(void);

#endif
