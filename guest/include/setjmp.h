/* setjmp: saves where a function is, so that longjmp can come back to it. Both are operations of the VM (spec/isa.md
 * section 7): a longjmp into a function that has returned traps. A buffer keeps s0, s1, sp, the place and the depth
 * of calls. */
#ifndef _SETJMP_H_
#define _SETJMP_H_

#ifdef __cplusplus
extern "C" {
#endif

typedef unsigned int jmp_buf[8];

/* Does nothing. The call tells the compiler what it cannot see in the operation itself: that this place can be
 * reached twice, so that no variable alive here may give its stack slot to another. */
void skep_returns_twice(void) __attribute__((returns_twice));

/* The operation must stand in the function that is to be resumed; a library function would already have returned. All
 * registers but s0, s1 and sp are lost on the way back. */
#define setjmp(buffer)                                                                                                 \
    __extension__({                                                                                                    \
        skep_returns_twice();                                                                                          \
        register unsigned int _skep_a0 __asm__("a0") = (unsigned int)(unsigned long)(buffer);                          \
        __asm__ volatile(".insn i 0x0b, 1, x0, x0, 0"                                                                  \
                         : "+r"(_skep_a0)                                                                              \
                         :                                                                                             \
                         : "ra", "t0", "t1", "t2", "a1", "a2", "a3", "a4", "a5", "memory");                            \
        (int)_skep_a0;                                                                                                 \
    })

void longjmp(jmp_buf buffer, int value) __attribute__((noreturn));

#ifdef __cplusplus
}
#endif

#endif
