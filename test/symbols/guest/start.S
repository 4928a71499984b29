/* Assembly: lines, and a label, but no function in the debugging information. */
    .globl _start
_start:
    nop
    j _start
