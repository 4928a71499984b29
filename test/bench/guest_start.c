/* guest_start: what stands around a kernel in the guest: the host puts `rounds` into the first argument register, and
 * reads the checksum from the exit status. */
#include "kernels/kernel.h"
#include "skep.h"

void _start(uint32_t rounds) { skep_task_exit((int32_t)kernel(rounds)); }
