/* disasm: an artifact's bytecode as text, by request between its source lines. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "programs/skep/artifact_view.h"
#include "programs/skep/command.h"
#include "programs/skep/source_text.h"
#include "toolchain/listing/listing.h"

/* A place for each word. The same file's text is read once and kept until the end. */
static struct listing_place *places_of(const struct artifact_view *view, struct source_text *texts) {
    struct listing_place *places = calloc(view->program.code_words, sizeof *places);
    if (!places) return NULL;
    uint32_t known = 0;
    for (uint32_t word = 0; word < view->program.code_words; word++) {
        struct symbols_frame frames[SYMBOLS_FRAMES_MAX];
        if (artifact_view_frames(view, word, frames) == 0 || !frames[0].file) continue;
        known++;
        places[word] = (struct listing_place){frames[0].file, frames[0].line,
                                              source_text_line(texts, frames[0].file, frames[0].line)};
    }
    if (known == 0 && view->symbols) command_note("no source lines are known: compile with -g");
    return places;
}

/* Lines are known by number alone: a source that was edited since shows others. */
static void tell_newer(const struct source_text *texts, const char *artifact) {
    struct stat built, source;
    if (stat(artifact, &built) != 0) return;
    for (size_t i = 0; i < texts->file_count; i++)
        if (stat(texts->files[i].path, &source) == 0 && source.st_mtime > built.st_mtime)
            command_note("%s is newer than %s: its lines may have moved", texts->files[i].path, artifact);
}

static uint32_t row_named(const struct listing *listing, const char *name) {
    for (uint32_t row = 0; row < listing->program->function_count; row++) {
        char own[LISTING_NAME_BYTES];
        listing_function_name(listing, row, own);
        if (strcmp(own, name) == 0) return row;
    }
    return LISTING_NONE;
}

static int list(const struct listing *listing, const char *path, const char *function) {
    uint32_t first = 0, end = listing->program->code_words;
    if (function) {
        uint32_t row = row_named(listing, function);
        if (row == LISTING_NONE)
            return command_fail(EXIT_USAGE, "%s has no function \"%s\"; without --function all are listed", path,
                                function);
        first = listing_function_entry(listing->program, row);
        end = listing_function_end(listing->program, row);
    }
    listing_write(listing, first, end, stdout);
    return EXIT_DONE;
}

int command_disasm(int argc, char **argv) {
    bool with_source = false;
    const char *function = NULL;
    struct command_words words = {0};
    const struct command_option options[] = {{"--source", OPTION_FLAG, &with_source},
                                             {"--function", OPTION_TEXT, &function}};
    if (!COMMAND_OPTIONS(argc, argv, options, &words)) return EXIT_USAGE;
    if (words.count != 1) return command_fail(EXIT_USAGE, "disasm wants one artifact; see: skep help disasm");

    struct artifact_view view;
    char message[ARTIFACT_VIEW_MESSAGE_BYTES];
    enum status status = artifact_view_open(words.word[0], &view, message);
    if (status != ST_OK) return command_fail(status == ST_NOT_FOUND ? EXIT_NO_INPUT : EXIT_ARTIFACT, "%s", message);
    if (view.note[0]) command_note("%s", view.note);

    struct source_text texts = {0};
    struct listing_place *places = with_source ? places_of(&view, &texts) : NULL;
    tell_newer(&texts, words.word[0]);
    struct listing listing = {&view.program, view.names, places};
    int code = list(&listing, words.word[0], function);
    free(places);
    source_text_free(&texts);
    artifact_view_close(&view);
    return code;
}
