/* Instructions whose cost is known by hand, between bench_begin and bench_end; cycles_test.py compares the counts of
 * this image with those of the same image without them (EMPTY). */
    .syntax unified
    .thumb
    .cpu cortex-m4
    .fpu fpv4-sp-d16
    .text

    .global bench_begin
    .thumb_func
bench_begin:
    bx      lr
    .global bench_end
    .thumb_func
bench_end:
    bx      lr

    .global main
    .thumb_func
main:
    ldr     r4, =0x20200000
    bl      bench_begin
    nop
#ifndef EMPTY
    /* name                          instructions  cycles  of branches taken */
    adds    r0, r0, #1            /* 1 1 */
    ldr     r0, [r4]              /* 1 2: a load alone */
    adds    r0, r0, #1            /* 1 1 */
    ldr     r0, [r4]              /* 1 2 */
    ldr     r1, [r4, #4]          /* 1 1: behind another load */
    str     r1, [r4, #8]          /* 1 1 */
    ldrb    r2, [r4]              /* 1 1: behind a store */
    muls    r0, r1, r0            /* 1 1 */
    str     r0, [r4]              /* 1 1 */
    movs    r0, #3                /* 1 1 */
    ldrd    r0, r1, [r4]          /* 1 3 */
    stm     r4, {r0-r3}           /* 1 5 */
    ldm     r4, {r0, r2-r3}       /* 1 4 */
    push    {r0, r4-r6, lr}       /* 1 6 */
    pop     {r0, r4-r6, lr}       /* 1 6 */
    movs    r1, #7                /* 1 1 */
    udiv    r0, r0, r1            /* 1 6 */
    vmov    s0, s1, r0, r1        /* 1 1 */
    vdiv.f32 s0, s0, s1           /* 1 14 */
    vfma.f32 s0, s0, s1           /* 1 3 */
    vldr    s0, [r4]              /* 1 2 */
    movs    r0, #4                /* 1 1 */
1:  subs    r0, r0, #1            /* 4 4 */
    bne     1b                    /* 4 4, and three taken: 6 */
    b       2f                    /* 1 1, taken: 2 */
    nop
2:  nop                           /* 1 1 */
#endif
    nop
    bl      bench_end
    /* exit with 0, through semihosting */
    movs    r0, #0x18
    ldr     r1, =0x20026
    bkpt    0xab
    .ltorg
