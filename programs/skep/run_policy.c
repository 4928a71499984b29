#include <string.h>

#include "programs/skep/run.h"
#include "toolchain/listing/calls_names.h"
#include "toolchain/pack/capability.h"

enum { GROUPS = 64, MESSAGE_BYTES = 256 };

static bool add(struct run_sim *request, struct artifact_capability row) {
    if (request->grant_count == RUN_GRANTS_MAX) return false;
    request->grant[request->grant_count++] = row;
    return true;
}

static void grant_all(struct run_sim *request) {
    for (uint32_t number = 0; number < GROUPS; number++) {
        const struct calls_group *group = calls_group(number);
        if (!group || group->open) continue;
        uint8_t mode = 0;
        for (unsigned bit = 0; bit < CALLS_MODES_MAX; bit++) mode |= (uint8_t)(group->mode[bit] ? 1u << bit : 0);
        (void)add(request, (struct artifact_capability){.group = group->number, .mode = mode, .last = UINT32_MAX});
    }
}

/* What is left of a grant: the modes that stay, everywhere, and the denied ones below and above the denied
 * resources. */
static bool add_less(struct run_sim *request, struct artifact_capability grant,
                     const struct artifact_capability *deny) {
    bool apart = grant.group != deny->group || grant.last < deny->first || grant.first > deny->last;
    if (apart || (grant.mode & deny->mode) == 0) return add(request, grant);
    bool fits = true;
    struct artifact_capability kept = grant, below = grant, above = grant;
    kept.mode &= (uint8_t)~deny->mode;
    below.mode &= deny->mode;
    above.mode &= deny->mode;
    if (kept.mode != 0) fits = add(request, kept);
    if (grant.first < deny->first) {
        below.last = deny->first - 1;
        fits = add(request, below) && fits;
    }
    if (grant.last > deny->last) {
        above.first = deny->last + 1;
        fits = add(request, above) && fits;
    }
    return fits;
}

static bool take_away(struct run_sim *request, const struct artifact_capability *deny) {
    struct artifact_capability before[RUN_GRANTS_MAX];
    uint32_t count = request->grant_count;
    memcpy(before, request->grant, sizeof before);
    request->grant_count = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (!add_less(request, before[i], deny)) return false;
    }
    return true;
}

int run_policy(const struct command_words *grant, const struct command_words *deny, struct run_sim *request) {
    char message[MESSAGE_BYTES];
    struct artifact_capability row;
    bool fits = true;
    if (grant->count == 0) grant_all(request);
    for (size_t i = 0; i < grant->count; i++) {
        if (capability_parse(grant->word[i], &row, message, sizeof message) != ST_OK)
            return command_fail(EXIT_USAGE, "--grant %s: %s", grant->word[i], message);
        fits = add(request, row) && fits;
    }
    for (size_t i = 0; i < deny->count; i++) {
        if (capability_parse(deny->word[i], &row, message, sizeof message) != ST_OK)
            return command_fail(EXIT_USAGE, "--deny %s: %s", deny->word[i], message);
        fits = take_away(request, &row) && fits;
    }
    if (!fits) return command_fail(EXIT_USAGE, "the grants and denials make more than %d rows", RUN_GRANTS_MAX);
    return EXIT_DONE;
}
