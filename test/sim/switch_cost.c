/* switch_cost TASKS: gives TASKS busy tasks of one band a few thousand turns of one word, so that the cost of a switch
 * can be counted from outside (switch_cost_test.py). */
#include <stdio.h>
#include <stdlib.h>

#include "core/base/require.h"
#include "test/sim/rig.h"

enum { TURNS = 4000 };

int main(int argc, char **argv) {
    uint32_t count = argc > 1 ? (uint32_t)atoi(argv[1]) : 1;
    struct rig *rig = rig_new();
    rig->config.tasks_max = 32;
    rig->config.quantum_words = 1;
    rig->config.pool_bytes = 1 << 20;
    rig_start(rig);
    struct rig_guest guest = {.text = "more: j more", .flags = ARTIFACT_MAY_RUN_TWICE};
    size_t index = rig_pack(rig, &guest);
    for (uint32_t i = 0; i < count; i++) {
        uint16_t load;
        require(executive_load(rig->executive, rig->artifact[index].bytes, rig->artifact[index].length, &load) ==
                ST_OK);
        struct job *job = executive_job(rig->executive);
        job->run(job);
        executive_job_done(rig->executive, job);
        executive_admit(rig->executive);
    }
    require(rig->executive->live == count);
    for (uint32_t i = 0; i < TURNS; i++) (void)executive_step(rig->executive, i);
    printf("%u\n", TURNS);
    return 0;
}
