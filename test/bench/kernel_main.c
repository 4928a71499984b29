/* kernel_main: a kernel as a program of its own, for the emulated Cortex-M4: its exit status is the checksum. */
#include "kernels/kernel.h"

int main(void) { return (int)kernel(KERNEL_ROUNDS); }
