/* ROUNDS host calls that do nothing but answer. */
#include <skep.h>

int main(void) {
    uint32_t version = 0;
    for (uint32_t i = 0; i < ROUNDS; i++) (void)skep_task_version(1, &version);
    return version == 0;
}
