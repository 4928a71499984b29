#include "programs/skep/load_outcome.h"

#include <string.h>

#include "programs/skep/event_line.h"
#include "programs/skep/interrupt.h"

enum { RESULT_MS = 30000 };

static void hear(void *context, json_t *event) {
    struct load_outcome *outcome = context;
    const char *name = json_string_value(json_object_get(event, "event"));
    const json_int_t load = json_integer_value(json_object_get(event, "load"));
    if (!name || strncmp(name, "load.", 5) != 0 || load != outcome->load) return;
    outcome->known = strcmp(name, "load.refused") != 0;
    outcome->refused = strcmp(name, "load.accepted") != 0;
    outcome->pid = json_integer_value(json_object_get(event, "pid"));
    if (outcome->remote->options.json)
        remote_print(json_incref(event));
    else if (strcmp(name, "load.refused") == 0)
        event_line_print(event, stderr);
}

int load_outcome_begin(struct remote *remote) {
    return remote_order(remote, "event.subscribe", json_pack("{s:s}", "since", "18446744073709551615"));
}

/* No event of the load comes before its number is known, because it comes in answer to a later step of the hive. */
int load_outcome_wait(struct remote *remote, json_int_t load, const char *path, json_int_t *pid) {
    struct load_outcome outcome = {.remote = remote, .load = load};
    remote->link.listener = (struct link_listener){.event = hear, .context = &outcome};
    const uint32_t begin_ms = link_now_ms();
    while (!outcome.known) {
        enum status status = link_hear(&remote->link, RESULT_MS);
        if (interrupt_exit() != 0) return interrupt_exit();
        if (status == ST_OK && link_now_ms() - begin_ms > RESULT_MS)
            return command_fail(EXIT_LINK, "the hive does not say what came of %s", path);
        if (status != ST_OK && status != ST_AGAIN) return remote_broken(remote);
    }
    *pid = outcome.pid;
    return outcome.refused ? command_fail(EXIT_REFUSED, "%s: refused by the hive", path) : EXIT_DONE;
}
