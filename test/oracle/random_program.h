/* random_program: programs as text for the assembler, made of every row of the table, that mostly pass the verifier and
 * seldom end at once: up to four functions of up to eight blocks with calls, loops, switches, jumps out and numbers at
 * the edges. */
#ifndef SKEP_TEST_ORACLE_RANDOM_PROGRAM_H
#define SKEP_TEST_ORACLE_RANDOM_PROGRAM_H

#include <stddef.h>

#include "test/assembler/assembler.h"
#include "test/oracle/random.h"

enum { RANDOM_PROGRAM_BYTES = 1 << 16 };

/* The memory that programs expect: accesses lie near gp (RAM) and tp (read-only), which they rarely change. */
enum { RANDOM_RAM_BYTES = 1024, RANDOM_READ_ONLY_BYTES = 64, RANDOM_BUFFER = ISA_RAM_BASE + 256 };

void random_program_text(struct random *random, char to[RANDOM_PROGRAM_BYTES]);

/* Spoils a program in place: bits, words, rows of the table. */
void random_program_spoil(struct random *random, struct assembly *assembly);

#endif
