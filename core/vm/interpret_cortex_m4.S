/* vm_interpret for Cortex-M4 with FPU: the rows of spec/isa.json as handlers, each ending in the dispatch of the next
 * word.
 *
 * A handler finds its word in `word` and the address of the following word in `next`. It may use r0 to r3 and lr.
 * Traps and rare rows are reached with `next` still there, so that the word at fault is the one before it. Integer
 * rows keep no flags. The rows at the end are executed by vm_step_rare, as are a few odd cases of others.
 *
 * The order inside a handler follows the pipeline: loads and stores stand side by side, because the second of two
 * neighbours takes one cycle less, and the dispatch begins right behind a store for the same reason. */
#include "core/vm/interpret_cortex_m4.h"

    .syntax unified
    .thumb
    .cpu cortex-m4
    .fpu fpv4-sp-d16
    .section .text.vm_interpret, "ax", %progbits

regs  .req r4  /* struct vm, which begins with the registers */
next  .req r5
word  .req r6
ram   .req r7
table .req r8
limit .req r9  /* ram_bytes */
fuel  .req r10
calls .req r11 /* where the next return address goes */
code  .req r12

/* ---- shapes ---- */

.macro dispatch
92: ldrb    r0, [next]
    ldr     word, [next], #4
    ldr     pc, [table, r0, lsl #2]
.endm

/* For rows that are seldom executed: goes to the `dispatch` before this row. */
.macro dispatch_shared
    b       92b
.endm

.macro row name
    .global vm_m4_\name
    .thumb_func
vm_m4_\name:
.endm

.macro field register, low
    ubfx    \register, word, #\low, #4
.endm
.macro get register
    ldr     \register, [regs, \register, lsl #2]
.endm
.macro put value, register
    str     \value, [regs, \register, lsl #2]
.endm

/* The last field of a word, with nothing above it. */
.macro last register, low
    lsrs    \register, word, #\low
.endm

/* r1 = value of b; r0 = number of a. */
.macro operands_b
    field   r1, 12
    field   r0, 8
    get     r1
.endm
/* r1, r2 = values of b, c; r0 = number of a. */
.macro operands_b_c
    field   r1, 12
    last    r2, 16
    field   r0, 8
    get     r1
    get     r2
.endm
/* The same where c is not the last field. */
.macro operands_b_c_and_more
    field   r1, 12
    field   r2, 16
    field   r0, 8
    get     r1
    get     r2
.endm
/* r1, r2, r3 = values of b, c, d; r0 = number of a. */
.macro operands_b_c_d
    field   r1, 12
    field   r2, 16
    last    r3, 20
    field   r0, 8
    get     r1
    get     r2
    get     r3
.endm
/* r0, r1, r2, r3 = values of b, c, d, e. */
.macro operands_b_c_d_e
    field   r0, 12
    field   r1, 16
    field   r2, 20
    last    r3, 24
    get     r0
    get     r1
    get     r2
    get     r3
.endm
/* r0:r1 = (d:c), low first; r2:r3 = (f:e). */
.macro operands_64
    field   r0, 16
    field   r1, 20
    field   r2, 24
    last    r3, 28
    get     r0
    get     r1
    get     r2
    get     r3
.endm
/* (b:a) = r1:r0. */
.macro finish_64_shared
    b       91b
.endm
.macro finish_64
91: field   r2, 8
    field   r3, 12
    put     r0, r2
    put     r1, r3
    dispatch
.endm
.macro finish
90: put     r1, r0
    dispatch
.endm
/* For rows that are seldom executed: goes to the `finish` before this row, for two cycles more and twelve bytes less.
 * */
.macro finish_shared
    b       90b
.endm
/* For rows that needed r0: r1 is the result. */
.macro finish_late
    field   r0, 8
    finish
.endm
.macro finish_late_shared
    field   r0, 8
    finish_shared
.endm

.macro row_b name, instructions:vararg
    row     \name
    operands_b
    \instructions
    finish
.endm
.macro row_b_c name, instructions:vararg
    row     \name
    operands_b_c
    \instructions
    finish
.endm
.macro row_b_k5 name, instruction
    row     \name
    operands_b
    last    r2, 16
    \instruction r1, r2
    finish
.endm
.macro row_b_count name, instruction
    row     \name
    operands_b_c
    and     r2, r2, #31
    \instruction r1, r2
    finish_shared
.endm
.macro row_b_c_k5 name, shift, instruction:vararg
    row     \name
    operands_b_c_and_more
    last    r3, 20
    \shift  r2, r3
    \instruction
    finish
.endm
.macro row_b_c_k5_shared name, shift, instruction:vararg
    row     \name
    operands_b_c_and_more
    last    r3, 20
    \shift  r2, r3
    \instruction
    finish_shared
.endm
/* a = 1 if the condition holds, else 0. */
.macro flag_of condition, inverse
    ite     \condition
    mov\condition r1, #1
    mov\inverse   r1, #0
.endm

.macro row_branch name, taken
    row     \name
    field   r0, 8
    field   r1, 12
    get     r0
    get     r1
    cmp     r0, r1
    b\taken go_forward
    dispatch
.endm
.macro row_branch_back name, not_taken
    row     \name
    field   r0, 8
    field   r1, 12
    get     r0
    get     r1
    cmp     r0, r1
    b\not_taken 1f
    last    r2, 16
    sub     next, next, r2, lsl #2
    subs    fuel, fuel, r2
    blt     out_of_fuel
1:  dispatch
.endm
/* b is read after the addition, because it may be a. */
.macro row_add_branch name, not_taken
    row     \name
    field   r0, 8
    field   r1, 12
    sbfx    r2, word, #16, #4
    ldr     r3, [regs, r0, lsl #2]
    adds    r3, r3, r2
    put     r3, r0
    get     r1
    cmp     r3, r1
    b\not_taken 1f
    last    r2, 20
    sub     next, next, r2, lsl #2
    subs    fuel, fuel, r2
    blt     out_of_fuel
1:  dispatch
.endm

/* A load outside RAM. r1 = address less M4_RAM_BASE; when it is in the read-only window, r1 becomes what makes ram +
 * r1 the place, else it traps. Uses r3. */
.macro in_read_only
    sub     r1, r1, #M4_RO_BASE
    ldr     r3, [regs, #M4_READ_ONLY_BYTES]
    add     r1, r1, #M4_RAM_BASE
    cmp     r1, r3
    bhs     trap_memory_read_only
    ldr     r3, [regs, #M4_READ_ONLY]
    subs    r3, r3, ram
    adds    r1, r1, r3
.endm
.macro load_elsewhere often
    .ifnb   \often
    in_read_only
    .else
    bl      read_only
    .endif
.endm
.macro row_load name, instruction, often
    row     \name
    field   r1, 12
    field   r0, 8
    get     r1
    add     r1, r1, word, asr #16
    cmp     r1, limit
    bhs     1f
2:  \instruction r1, [ram, r1]
    .ifnb   \often
    finish
    .else
    finish_shared
    .endif
1:  load_elsewhere \often
    b       2b
.endm
.macro row_store name, instruction, often
    row     \name
    field   r1, 12
    field   r2, 8
    get     r1
    get     r2
    add     r1, r1, word, asr #16
    cmp     r1, limit
    bhs     trap_memory
    \instruction r2, [ram, r1]
    .ifnb   \often
    dispatch
    .else
    dispatch_shared
    .endif
.endm
.macro row_load_post name, instruction, often
    row     \name
    field   r0, 12
    ldr     r2, [regs, r0, lsl #2]
    add     r1, r2, word, asr #24
    sub     r1, r1, #M4_RAM_BASE
    cmp     r1, limit
    bhs     1f
2:  sbfx    r3, word, #16, #8
    adds    r2, r2, r3
    field   r3, 8
    put     r2, r0
    \instruction r1, [ram, r1]
    put     r1, r3
    .ifnb   \often
    dispatch
    .else
    dispatch_shared
    .endif
1:  load_elsewhere \often
    b       2b
.endm
.macro row_store_post name, instruction, often
    row     \name
    field   r0, 12
    field   r3, 8
    ldr     r2, [regs, r0, lsl #2]
    get     r3
    add     r1, r2, word, asr #24
    sub     r1, r1, #M4_RAM_BASE
    cmp     r1, limit
    bhs     trap_memory
    sbfx    lr, word, #16, #8
    add     r2, r2, lr
    \instruction r3, [ram, r1]
    put     r2, r0
    .ifnb   \often
    dispatch
    .else
    dispatch_shared
    .endif
.endm
.macro row_load_indexed name, instruction, scale, often
    row     \name
    operands_b_c_and_more
    add     r1, r1, r2, lsl #\scale
    add     r1, r1, word, asr #20
    cmp     r1, limit
    bhs     1f
2:  \instruction r1, [ram, r1]
    .ifnb   \often
    finish
    .else
    finish_shared
    .endif
1:  load_elsewhere \often
    b       2b
.endm
.macro row_store_indexed name, instruction, scale, often
    row     \name
    field   r1, 12
    field   r2, 16
    field   r3, 8
    get     r1
    get     r2
    get     r3
    add     r1, r1, r2, lsl #\scale
    add     r1, r1, word, asr #20
    cmp     r1, limit
    bhs     trap_memory
    \instruction r3, [ram, r1]
    .ifnb   \often
    dispatch
    .else
    dispatch_shared
    .endif
.endm

/* r0:r1 = (d:c), low first; r2 = k. */
.macro operands_shift_64
    field   r0, 16
    field   r1, 20
    last    r2, 24
    get     r0
    get     r1
.endm

.macro row_float name, instruction
    row     \name
    operands_b_c
    vmov    s0, s1, r1, r2
    \instruction s0, s0, s1
    vmov    r1, s0
    finish
.endm
/* NaN makes the comparison unordered, for which no condition used here holds. */
.macro row_float_compare name, condition, inverse
    row     \name
    operands_b_c
    vmov    s0, s1, r1, r2
    vcmp.f32 s0, s1
    vmrs    APSR_nzcv, fpscr
    flag_of \condition, \inverse
    finish_shared
.endm
.macro row_float_fused name, instruction
    row     \name
    operands_b_c_d
    vmov    s0, s1, r1, r2
    vmov    s2, r3
    \instruction s2, s0, s1
    vmov    r1, s2
    finish
.endm
.macro row_fused_seldom name, instruction
    row     \name
    bl      take_fused
    \instruction s2, s0, s1
    b       finish_float
.endm

/* ---- what rows that are seldom executed share: six cycles more, and a third of the code ---- */

take_b:
    operands_b
    bx      lr
take_b_c:
    operands_b_c
    bx      lr
take_b_c_d_e:
    operands_b_c_d_e
    bx      lr
take_64:
    operands_64
    bx      lr
take_shift_64:
    operands_shift_64
    bx      lr
take_fused: /* s0, s1 = values of b, c; s2 = d */
    operands_b_c_d
    vmov    s0, s1, r1, r2
    vmov    s2, r3
    bx      lr
finish_float: /* a = s2 */
    vmov    r1, s2
    finish

.macro row_b_seldom name, instructions:vararg
    row     \name
    bl      take_b
    \instructions
    finish_shared
.endm
.macro row_b_c_seldom name, instructions:vararg
    row     \name
    bl      take_b_c
    \instructions
    finish_shared
.endm
/* Rows that are executed often enough to take their operands themselves. */
.macro row_b_c_shared name, instructions:vararg
    row     \name
    operands_b_c
    \instructions
    finish_shared
.endm
.macro row_b_shared name, instructions:vararg
    row     \name
    operands_b
    \instructions
    finish_shared
.endm

/* ---- entry and exit ---- */

/* Sets up what a run and every rare row change. Uses r1 to r3. */
.macro read_in
    ldr     code, [regs, #M4_CODE]
    ldr     r1, [regs, #M4_PC]
    ldr     r2, [regs, #M4_RETURN_STACK]
    ldr     r3, [regs, #M4_RETURN_DEPTH]
    ldr     fuel, [regs, #M4_FUEL]
    add     next, code, r1, lsl #2
    add     calls, r2, r3, lsl #2
.endm

    .global vm_interpret
    .thumb_func
    .type   vm_interpret, %function
vm_interpret: /* r0 = vm, r1 = once */
    push    {r4-r11, lr}
    sub     sp, sp, #4
    vmrs    r2, fpscr
    str     r2, [sp]
    mov     r2, #0x02000000 /* default NaN, subnormals kept, nearest even */
    vmsr    fpscr, r2
    mov     regs, r0
    movw    lr, #:lower16:vm_m4_table
    movt    lr, #:upper16:vm_m4_table
    mov     table, lr
    cbz     r1, 2f
    sub     sp, sp, #M4_ONCE_BYTES /* a table in which every word leads to stopped_once: for the second dispatch */
    mov     table, sp
    adr     r2, stopped_once + 1
    mov     r3, #M4_ONCE_BYTES
1:  subs    r3, r3, #4
    str     r2, [table, r3]
    bne     1b
2:  ldr     ram, [regs, #M4_RAM]
    ldr     limit, [regs, #M4_RAM_BYTES]
    read_in
    ldrb    r0, [next]
    ldr     word, [next], #4
    ldr     pc, [lr, r0, lsl #2]
resume:
    read_in
    dispatch

    .balign 4
stopped_once: /* the dispatch of a second word: it has not been executed */
    sub     next, next, #4
    movs    r0, #M4_STOPPED_ONCE
    b       leave

/* Writes what lives in machine registers back. `next` is where the guest goes on. Uses r1, r2. */
.macro write_back
    sub     r1, next, code
    lsr     r1, r1, #2
    str     r1, [regs, #M4_PC]
    str     fuel, [regs, #M4_FUEL]
    ldr     r1, [regs, #M4_RETURN_STACK]
    sub     r1, calls, r1
    lsr     r1, r1, #2
    str     r1, [regs, #M4_RETURN_DEPTH]
.endm

out_of_fuel: /* right behind the subtraction, whose overflow means more than 2^31 of debt */
    it      vs
    movvs   fuel, #0x80000000
    movs    r0, #M4_STOP_BUDGET
leave: /* r0 = stop */
    write_back
restore:
    mov     r1, sp
    cmp     table, r1
    it      eq
    addeq   sp, sp, #M4_ONCE_BYTES
    ldr     r1, [sp]
    vmsr    fpscr, r1
    add     sp, sp, #4
    pop     {r4-r11, pc}

read_only: /* in_read_only, for the rows that seldom come to it */
    in_read_only
    bx      lr
trap_memory_read_only: /* r1 = address less M4_RO_BASE */
    add     r1, r1, #M4_RO_BASE
    sub     r1, r1, #M4_RAM_BASE
trap_memory: /* r1 = address less M4_RAM_BASE */
    add     r2, r1, #M4_RAM_BASE
    movs    r3, #M4_TRAP_MEMORY
    b       trap
trap_divide:
    movs    r2, #0
    movs    r3, #M4_TRAP_DIVIDE
    b       trap
trap_call_depth:
    ldr     r2, [regs, #M4_RETURN_ENTRIES]
    movs    r3, #M4_TRAP_CALL_DEPTH
trap: /* r2 = detail, r3 = trap */
    str     r2, [regs, #M4_TRAP_DETAIL]
    str     r3, [regs, #M4_TRAP]
    sub     next, next, #4
    movs    r0, #M4_STOP_TRAP
    b       leave

run_rare: /* the word before `next` is executed by C */
    sub     next, next, #4
    write_back
    mov     r0, regs
    mov     r1, word
    bl      vm_step_rare
    cmp     r0, #0
    beq     resume
    sub     r0, r0, #1
    b       restore

/* ---- stops ---- */

row STOP /* pc stays here: there is no next word */
    sub     next, next, #4
    movs    r0, #M4_STOP_RETURN
    b       leave
row TRAP
    last    r2, 16
    movs    r3, #M4_TRAP_UNREACHABLE
    b       trap
row HCALL
    last    r1, 16
    str     r1, [regs, #M4_CALL]
    movs    r0, #M4_STOP_CALL
    b       leave
row BREAK
    last    r1, 16
    str     r1, [regs, #M4_CALL]
    movs    r0, #M4_STOP_BREAK
    b       leave
row CHARGE
    last    r1, 16
    subs    fuel, fuel, r1
    blt     out_of_fuel
    dispatch

/* ---- functions ---- */

.macro open_frame /* r3 = sp before, r2 = sp after */
    ubfx    r1, word, #20, #10
    ubfx    r0, word, #8, #12
    ldr     r3, [regs, #M4_SP]
.endm
.macro finish_frame
    sub     r3, r3, r1, lsl #2
    str     r3, [regs, #M4_SP]
    subs    fuel, fuel, r0
    blt     out_of_fuel
    dispatch
.endm
row ENTRY0
    open_frame
    b       93f
row ENTRY1
    open_frame
    ldr     lr, [regs, #M4_S0]
    subw    r2, r3, #(M4_RAM_BASE + 8)
    cmp     r2, limit
    bhs     trap_entry
    str     lr, [ram, r2]
    b       93f
row ENTRY2 /* the lower of the two stores first: nothing changes when either traps */
    open_frame
    ldr     lr, [regs, #M4_S0]
    subw    r2, r3, #(M4_RAM_BASE + 8)
    cmp     r2, limit
    bhs     trap_entry
    subw    r2, r3, #(M4_RAM_BASE + 12)
    cmp     r2, limit
    bhs     trap_entry
    add     r2, r2, ram
    str     lr, [r2, #4]
    ldr     lr, [regs, #M4_S1]
    str     lr, [r2]
93: finish_frame
trap_entry:
    mov     r1, r2
    b       trap_memory

.macro go_back_to_caller
    ldr     r0, [calls, #-4]!
    ubfx    r0, r0, #0, #20
    add     next, code, r0, lsl #2
    dispatch
.endm
row RET
94: go_back_to_caller
row RET0
    ldr     r3, [regs, #M4_SP]
    last    r1, 16
    add     r3, r3, r1, lsl #2
    str     r3, [regs, #M4_SP]
    b       94b
row RET1
    ldr     r3, [regs, #M4_SP]
    last    r1, 16
    add     r3, r3, r1, lsl #2
    subw    r2, r3, #(M4_RAM_BASE + 8)
    cmp     r2, limit
    bhs     run_rare
    str     r3, [regs, #M4_SP]
    ldr     r2, [ram, r2]
    str     r2, [regs, #M4_S0]
    b       94b
row RET2
    ldr     r3, [regs, #M4_SP]
    last    r1, 16
    add     r3, r3, r1, lsl #2
    subw    r2, r3, #(M4_RAM_BASE + 8)
    cmp     r2, limit
    bhs     run_rare
    subw    r1, r3, #(M4_RAM_BASE + 12)
    cmp     r1, limit
    bhs     run_rare
    str     r3, [regs, #M4_SP]
    ldr     r2, [ram, r2]
    ldr     r1, [ram, r1]
    str     r2, [regs, #M4_S0]
    str     r1, [regs, #M4_S1]
    go_back_to_caller

/* Pushes the index of the word at `next`. Uses r2, r3. */
.macro push_return
    ldr     r2, [regs, #M4_RETURN_STACK]
    ldr     r3, [regs, #M4_RETURN_ENTRIES]
    add     r2, r2, r3, lsl #2
    cmp     calls, r2
    bhs     trap_call_depth
    sub     r2, next, code
    lsr     r2, r2, #2
    str     r2, [calls], #4
.endm
row CALL
    push_return
row TAIL
    asr     r0, word, #8
    add     next, next, r0, lsl #2
    dispatch
/* r1 = byte offset of the entry that b names, or a trap. Uses r0, r2, r3. */
code_target:
    field   r0, 12
    get     r0
    ldr     r2, [regs, #M4_CODE_WORDS]
    sub     r1, r0, #M4_CODE_BASE
    tst     r1, #3
    bne     trap_call_target
    cmp     r2, r1, lsr #2
    bls     trap_call_target
    ldr     r2, [code, r1]
    uxtb    r3, r2
    subs    r3, r3, #M4_OP_ENTRY0
    cmp     r3, #(M4_OP_ENTRY2 - M4_OP_ENTRY0)
    bhi     trap_call_target
    tst     r2, #M4_ENTRY_TAKEN
    beq     trap_call_target
    bx      lr
row CALLR
    bl      code_target
    push_return
    add     next, code, r1
    dispatch
row TAILR
    bl      code_target
    add     next, code, r1
    dispatch
trap_call_target:
    mov     r2, r0
    movs    r3, #M4_TRAP_CALL_TARGET
    b       trap

/* ---- jumps and branches ---- */

row J
    last    r0, 8
    add     next, next, r0, lsl #2
    dispatch
row JB
    last    r0, 8
    sub     next, next, r0, lsl #2
    subs    fuel, fuel, r0
    blt     out_of_fuel
    dispatch
row JF
    last    r0, 8
    add     next, next, r0, lsl #2
    movw    r1, #4095
    subs    fuel, fuel, r1
    blt     out_of_fuel
    dispatch
row SWITCH
    field   r1, 12
    get     r1
    last    r0, 16
    cmp     r1, r0
    it      hi
    movhi   r1, r0
    add     next, next, r1, lsl #2
    dispatch
go_forward:
    last    r0, 16
    add     next, next, r0, lsl #2
    dispatch
row_branch BEQ, eq
row_branch BNE, ne
row_branch BLT, lt
row_branch BGE, ge
row_branch BLTU, lo
row_branch BGEU, hs
row_branch_back BEQ_B, ne
row_branch_back BNE_B, eq
row_branch_back BLT_B, ge
row_branch_back BGE_B, lt
row_branch_back BLTU_B, hs
row_branch_back BGEU_B, lo
row_add_branch ADDBNE, eq
row_add_branch ADDBLT, ge
row_add_branch ADDBGE, lt
row_add_branch ADDBLTU, hs
row_add_branch ADDBGEU, lo

/* ---- one operand ---- */

row LI
    field   r0, 8
    asrs    r1, word, #12
    finish
row LI_RO
    field   r0, 8
    last    r1, 12
    orr     r1, r1, #M4_RO_BASE
    finish_shared
row LUI16
    field   r0, 8
    last    r1, 16
    lsls    r1, r1, #16
    finish_shared
row MOV
    operands_b
    finish
row_b ADDI, add r1, r1, word, asr #16
row SLTI
    operands_b
    cmp     r1, word, asr #16
    flag_of lt, ge
    finish_shared
row SLTIU
    operands_b
    cmp     r1, word, asr #16
    flag_of lo, hs
    finish_shared
row_b_seldom XORI, eor r1, r1, word, asr #16
row_b ORI, orr r1, r1, word, asr #16
row_b ANDI, and r1, r1, word, asr #16
row_b_k5 SLLI, lsls
row_b_k5 SRLI, lsrs
row_b_k5 SRAI, asrs
row_b_k5 RORI, rors
.macro row_bit name, instruction
    row     \name
    bl      take_b
    ubfx    r2, word, #16, #5
    movs    r3, #1
    lsls    r3, r2
    \instruction r1, r3
    finish_shared
.endm
row_bit BSETI, orrs
row_bit BCLRI, bics
row_bit BINVI, eors
row BEXTI
    bl      take_b
    ubfx    r2, word, #16, #5
    lsrs    r1, r2
    and     r1, r1, #1
    finish_shared
.macro row_bit_field name, shift
    row     \name
    operands_b
    ubfx    r2, word, #16, #5
    last    r3, 24
    rsb     r3, r3, #31
    subs    r2, r3, r2
    lsls    r1, r2
    \shift  r1, r3
    finish_shared
.endm
row_bit_field UBFX, lsrs
row_bit_field SBFX, asrs
row_b_shared CLZ, clz r1, r1
row CTZ
    bl      take_b
    rbit    r1, r1
    clz     r1, r1
    finish_shared
row CPOP
    bl      take_b
    and     r2, r1, #0xaaaaaaaa
    sub     r1, r1, r2, lsr #1
    and     r2, r1, #0xcccccccc
    and     r1, r1, #0x33333333
    add     r1, r1, r2, lsr #2
    add     r1, r1, r1, lsr #4
    and     r1, r1, #0x0f0f0f0f
    mov     r2, #0x01010101
    mul     r1, r1, r2
    lsr     r1, r1, #24
    finish_shared
row_b_shared SEXTB, sxtb r1, r1
row_b_shared SEXTH, sxth r1, r1
row_b_shared ZEXTH, uxth r1, r1
row_b_seldom REV8, rev r1, r1
row ORCB
    bl      take_b
    mov     r2, #0x01010101
    usub8   r2, r1, r2
    mvn     r2, #0
    movs    r3, #0
    sel     r1, r2, r3
    finish_shared

/* ---- two operands and more ---- */

row_b_c ADD, adds r1, r1, r2
row_b_c SUB, subs r1, r1, r2
row_b_count SLL, lsls
row SLT
    operands_b_c
    cmp     r1, r2
    flag_of lt, ge
    finish_shared
row SLTU
    operands_b_c
    cmp     r1, r2
    flag_of lo, hs
    finish_shared
row_b_c XOR, eors r1, r2
row_b_count SRL, lsrs
row_b_count SRA, asrs
row_b_c OR, orrs r1, r2
row_b_c AND, ands r1, r2
row_b_c MUL, muls r1, r2, r1
row_b_c_seldom MULH, smull r3, r1, r1, r2
row MULHSU /* as unsigned, less c where b is negative */
    bl      take_b_c
    and     r3, r2, r1, asr #31
    umull   lr, r1, r1, r2
    sub     r1, r1, r3
    finish_shared
row_b_c_shared MULHU, umull r3, r1, r1, r2
.macro row_divide name, instruction
    row     \name
    bl      take_b_c
    cmp     r2, #0
    beq     trap_divide
    \instruction r1, r1, r2
    finish_shared
.endm
.macro row_remainder name, instruction
    row     \name
    bl      take_b_c
    cmp     r2, #0
    beq     trap_divide
    \instruction r3, r1, r2
    mls     r1, r3, r2, r1
    finish_shared
.endm
row_divide DIV, sdiv
row_divide DIVU, udiv
row_remainder REM, sdiv
row_remainder REMU, udiv
row_b_c_shared ANDN, bics r1, r2
row_b_c_seldom ORN, orn r1, r1, r2
row XNOR
    bl      take_b_c
    eors    r1, r2
    mvns    r1, r1
    finish_shared
.macro row_choose name, second_wins
    row     \name
    operands_b_c
    cmp     r1, r2
    it      \second_wins
    mov\second_wins r1, r2
    finish_shared
.endm
row_choose MIN, gt
row_choose MAX, lt
row_choose MINU, hi
row_choose MAXU, lo
row ROL
    bl      take_b_c
    negs    r2, r2
    rors    r1, r2
    finish_shared
row_b_c_shared ROR, rors r1, r2
.macro row_bit_c name, instruction
    row     \name
    bl      take_b_c
    and     r2, r2, #31
    movs    r3, #1
    lsls    r3, r2
    \instruction r1, r3
    finish_shared
.endm
row_bit_c BSET, orrs
row_bit_c BCLR, bics
row_bit_c BINV, eors
row BEXT
    bl      take_b_c
    and     r2, r2, #31
    lsrs    r1, r2
    and     r1, r1, #1
    finish_shared
row_b_c SH1ADD, add r1, r2, r1, lsl #1
row_b_c SH2ADD, add r1, r2, r1, lsl #2
row_b_c SH3ADD, add r1, r2, r1, lsl #3
.macro row_zero_if name, condition
    row     \name
    operands_b_c
    cmp     r2, #0
    it      \condition
    mov\condition r1, #0
    finish_shared
.endm
row_zero_if CZEQZ, eq
row_zero_if CZNEZ, ne
row_b_c_k5 ADD_SLL, lsls, adds r1, r1, r2
row_b_c_k5_shared SUB_SLL, lsls, subs r1, r1, r2
row_b_c_k5_shared XOR_SLL, lsls, eors r1, r2
row_b_c_k5_shared OR_SLL, lsls, orrs r1, r2
row_b_c_k5 ADD_SRL, lsrs, adds r1, r1, r2
row_b_c_k5 XOR_SRL, lsrs, eors r1, r2
row_b_c_k5_shared OR_SRL, lsrs, orrs r1, r2
row_b_c_k5_shared AND_SRL, lsrs, ands r1, r2
row_b_c_k5_shared ADD_SRA, asrs, adds r1, r1, r2
row_b_c_k5 XOR_ROR, rors, eors r1, r2
row FSHL
    operands_b_c_and_more
    last    r3, 20
    lsls    r1, r3
    rsb     r3, r3, #32
    lsrs    r2, r3
    orrs    r1, r2
    finish_shared
row ADD3
    operands_b_c_d
    adds    r1, r1, r2
    adds    r1, r1, r3
    finish
row XOR3
    operands_b_c_d
    eors    r1, r2
    eors    r1, r3
    finish
row SELECT
    operands_b_c_d
    cmp     r3, #0
    it      eq
    moveq   r1, r2
    finish
row MOV2
    field   r1, 12
    last    r3, 20
    field   r0, 8
    field   r2, 16
    get     r1
    get     r3
    put     r1, r0
    put     r3, r2
    dispatch
row MADD
    operands_b_c_d
    mla     r1, r1, r2, r3
    finish
row MSUB
    operands_b_c_d
    mls     r1, r1, r2, r3
    finish_shared

/* ---- loads and stores ---- */

row_load LB, ldrsb
row_load LBU, ldrb, often
row_load LH, ldrsh
row_load LHU, ldrh
row_load LW, ldr, often
row_store SB, strb, often
row_store SH, strh
row_store SW, str, often
row_load_post LB_P, ldrsb
row_load_post LBU_P, ldrb, often
row_load_post LH_P, ldrsh
row_load_post LHU_P, ldrh
row_load_post LW_P, ldr, often
row_store_post SB_P, strb, often
row_store_post SH_P, strh
row_store_post SW_P, str, often
row_load_indexed LB_X, ldrsb, 0
row_load_indexed LBU_X, ldrb, 0, often
row_load_indexed LH_X, ldrsh, 1
row_load_indexed LHU_X, ldrh, 1
row_load_indexed LW_X, ldr, 2, often
row_store_indexed SB_X, strb, 0, often
row_store_indexed SH_X, strh, 1
row_store_indexed SW_X, str, 2, often
row_load_indexed LH_A, ldrsh, 0
row_load_indexed LHU_A, ldrh, 0
row_load_indexed LW_A, ldr, 0
row_store_indexed SH_A, strh, 0
row_store_indexed SW_A, str, 0, often
row LWPAIR
    field   r1, 12
    field   r0, 8
    get     r1
    add     r1, r1, word, asr #20
    cmp     r1, limit
    bhs     1f
2:  add     r1, r1, ram
    field   r2, 16
    ldr     r3, [r1]
    ldr     r1, [r1, #4]
    put     r3, r0
    put     r1, r2
    dispatch
1:  bl      read_only
    b       2b
row SWPAIR
    field   r1, 12
    field   r2, 8
    field   r3, 16
    get     r1
    get     r2
    get     r3
    add     r1, r1, word, asr #20
    cmp     r1, limit
    bhs     trap_memory
    add     r1, r1, ram
    str     r2, [r1]
    str     r3, [r1, #4]
    dispatch

/* ---- register pairs ---- */

row ADD64
    operands_64
    adds    r0, r0, r2
    adcs    r1, r3
    finish_64
row SUB64
    bl      take_64
    subs    r0, r0, r2
    sbcs    r1, r3
    finish_64_shared
row XOR64
    operands_64
    eors    r0, r2
    eors    r1, r3
    finish_64
row OR64
    bl      take_64
    orrs    r0, r2
    orrs    r1, r3
    finish_64_shared
row AND64
    bl      take_64
    ands    r0, r2
    ands    r1, r3
    finish_64_shared
/* A shift by a register of 32 to 255 gives 0: so of the two terms for the crossing bits one is always 0. */
row SLLI64
    bl      take_shift_64
    rsb     r3, r2, #32
    lsls    r1, r2
    lsr     r3, r0, r3
    orrs    r1, r3
    sub     r3, r2, #32
    lsl     r3, r0, r3
    orrs    r1, r3
    lsls    r0, r2
    finish_64_shared
row SRLI64
    bl      take_shift_64
    rsb     r3, r2, #32
    lsrs    r0, r2
    lsl     r3, r1, r3
    orrs    r0, r3
    sub     r3, r2, #32
    lsr     r3, r1, r3
    orrs    r0, r3
    lsrs    r1, r2
    finish_64_shared
row SRAI64
    bl      take_shift_64
    rsb     r3, r2, #32
    lsr     r0, r0, r2
    lsl     r3, r1, r3
    orr     r0, r0, r3
    subs    r3, r2, #32
    itt     pl
    asrpl   r3, r1, r3
    orrpl   r0, r0, r3
    asr     r1, r1, r2
    finish_64_shared
/* Multiplying by 2^k moves a half and gives what leaves it as the upper word; the two products together are the
 * rotation. */
row ROLI64
    operands_shift_64
    cmp     r2, #32
    bhs     2f
1:  movs    r3, #1
    lsls    r3, r2
    umull   r0, r2, r0, r3
    umlal   r2, r0, r1, r3
    field   r1, 8
    field   r3, 12
    put     r0, r1
    put     r2, r3
    dispatch
2:  subs    r2, r2, #32 /* 32 or more: the halves change places */
    mov     r3, r0
    mov     r0, r1
    mov     r1, r3
    b       1b
.macro row_multiply_64 name, instruction
    row     \name
    field   r0, 16
    field   r1, 20
    get     r0
    get     r1
    \instruction r0, r1, r0, r1
    finish_64_shared
.endm
row_multiply_64 MULU64, umull
row_multiply_64 MULS64, smull
row ADC
    bl      take_b_c_d_e
    add     r1, r0, r1
    cmp     r2, r3
    it      lo
    addlo   r1, r1, #1
    finish_late_shared
row SBC
    bl      take_b_c_d_e
    cmp     r2, r3
    sbc     r1, r0, r1
    finish_late_shared
row SLT64
    bl      take_b_c_d_e
    cmp     r0, r2
    sbcs    r1, r1, r3
    flag_of lt, ge
    finish_late_shared
row SLTU64
    bl      take_b_c_d_e
    cmp     r0, r2
    sbcs    r1, r1, r3
    flag_of lo, hs
    finish_late_shared

/* ---- binary32 ---- */

row_float FADD_S, vadd.f32
row_float FSUB_S, vsub.f32
row_float FMUL_S, vmul.f32
row FDIV_S
    bl      take_b_c
    vmov    s0, s1, r1, r2
    vdiv.f32 s2, s0, s1
    b       finish_float
row_float_compare FEQ_S, eq, ne
row_float_compare FLT_S, mi, pl
row_float_compare FLE_S, ls, hi
row FSGNJ_S
    bl      take_b_c
    bic     r1, r1, #0x80000000
    and     r2, r2, #0x80000000
    orr     r1, r1, r2
    finish_shared
row FSGNJN_S
    bl      take_b_c
    mvn     r2, r2
    bic     r1, r1, #0x80000000
    and     r2, r2, #0x80000000
    orr     r1, r1, r2
    finish_shared
row FSGNJX_S
    bl      take_b_c
    and     r2, r2, #0x80000000
    eor     r1, r1, r2
    finish_shared
row_float_fused FMADD_S, vfma.f32
row_fused_seldom FMSUB_S, vfnms.f32
row_fused_seldom FNMSUB_S, vfms.f32
row_fused_seldom FNMADD_S, vfnma.f32
row FSQRT_S
    bl      take_b
    vmov    s0, r1
    vsqrt.f32 s0, s0
    vmov    r1, s0
    finish_shared
/* Towards zero, what C asks for, is quick; the machine gives 0 for NaN. */
.macro row_to_integer name, instruction, of_nan
    row     \name
    bl      take_b
    last    r2, 16
    cmp     r2, #1
    bne     run_rare
    vmov    s0, r1
    \instruction s1, s0
    vcmp.f32 s0, s0
    vmov    r1, s1
    vmrs    APSR_nzcv, fpscr
    it      vs
    mvnvs   r1, #\of_nan
    finish_shared
.endm
row_to_integer FCVT_W_S, vcvt.s32.f32, 0x80000000
row_to_integer FCVT_WU_S, vcvt.u32.f32, 0
.macro row_from_integer name, instruction
    row     \name
    bl      take_b
    lsrs    r2, word, #16
    bne     run_rare
    vmov    s0, r1
    \instruction s0, s0
    vmov    r1, s0
    finish_shared
.endm
row_from_integer FCVT_F_W_S, vcvt.f32.s32
row_from_integer FCVT_F_WU_S, vcvt.f32.u32

/* ---- what C does ---- */

.irp name, SETJMP, LONGJMP, BCOPY, BFILL, BCMP, BFIND, FMIN_S, FMAX_S, FCLASS_S, \
           FADD_H, FSUB_H, FMUL_H, FDIV_H, FMIN_H, FMAX_H, FEQ_H, FLT_H, FLE_H, FSGNJ_H, FSGNJN_H, FSGNJX_H, \
           FMADD_H, FMSUB_H, FNMSUB_H, FNMADD_H, FSQRT_H, FCLASS_H, FCVT_W_H, FCVT_WU_H, FCVT_F_W_H, FCVT_F_WU_H, \
           FCVT_S_H, FCVT_H_S
row \name
.endr
    b       run_rare
