/* interpret_cortex_m4: what the assembly of vm_run and its C glue agree on. Plain numbers, because the assembler reads
 * it too; interpret_cortex_m4.c asserts each against the C definition it stands for. */
#ifndef SKEP_CORE_VM_INTERPRET_CORTEX_M4_H
#define SKEP_CORE_VM_INTERPRET_CORTEX_M4_H

#define M4_PC              64
#define M4_FUEL            68
#define M4_CALL            72
#define M4_TRAP            76
#define M4_TRAP_DETAIL     80
#define M4_RAM             84
#define M4_RAM_BYTES       88
#define M4_CODE            92
#define M4_CODE_WORDS      96
#define M4_READ_ONLY       100
#define M4_READ_ONLY_BYTES 104
#define M4_RETURN_STACK    108
#define M4_RETURN_DEPTH    112
#define M4_RETURN_ENTRIES  116

#define M4_ONCE_BYTES 1024 /* 256 handlers */

#define M4_RAM_BASE  0x400
#define M4_RO_BASE   0x10000000
#define M4_CODE_BASE 0x40000000

#define M4_STOP_BUDGET  0
#define M4_STOP_CALL    1
#define M4_STOP_BREAK   2
#define M4_STOP_RETURN  3
#define M4_STOP_TRAP    4
#define M4_STOPPED_ONCE 5

#define M4_TRAP_UNREACHABLE 1
#define M4_TRAP_MEMORY      2
#define M4_TRAP_DIVIDE      3
#define M4_TRAP_CALL_TARGET 4
#define M4_TRAP_CALL_DEPTH  5

/* Byte offsets of the guest registers that rows name by themselves. */
#define M4_SP 8
#define M4_S0 32
#define M4_S1 36

#define M4_OP_ENTRY0   8
#define M4_OP_ENTRY2   10
#define M4_ENTRY_TAKEN 0x40000000

#endif
