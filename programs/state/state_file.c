#include "programs/state/state_file.h"

#include <errno.h>
#include <string.h>

const char *state_file_open(struct state_file *state, const char *path) {
    enum status status = flash_file_open(&state->flash, path, STATE_FILE_BYTES);
    if (status == ST_IO) return strerror(errno);
    if (status == ST_BUSY) return "another program keeps its state there";
    if (status != ST_OK) return "it is no state file; one is made where there is none";
    state->config = (struct store_config){&state->flash.area, STATE_PAGE_BYTES, state->entries, STATE_KEYS_MAX, false};
    status = store_open(&state->store, &state->config);
    if (status == ST_OK) {
        state->values = value_store_of(&state->store);
        return NULL;
    }
    state_file_close(state);
    if (status == ST_VERSION) return "it was written by a newer version, and is left as it is";
    if (status == ST_FULL) return "it has more values than there is room for";
    return status == ST_INVALID ? "it is no state file; one is made where there is none" : "it cannot be written";
}

void state_file_close(struct state_file *state) { flash_file_close(&state->flash); }
