/* function_list: what each function of an artifact needs, from its function table, with names where the sidecars lie
 * beside it. */
#ifndef SKEP_PROGRAMS_SKEP_FUNCTION_LIST_H
#define SKEP_PROGRAMS_SKEP_FUNCTION_LIST_H

#include <stdbool.h>
#include <stdint.h>

/* Bounds are UINT32_MAX where only the stack's limit bounds them: recursion, or calls through pointers. */
struct function_need {
    uint32_t entry, frame_bytes;
    uint32_t stack_bytes, return_entries; /* with everything it calls */
};

/* Prints a line for each function, most stack first. False: the artifact cannot be opened; that was said on stderr. */
bool function_list_print(const char *path);
/* The same as the members of a JSON array, in the order of the table. */
bool function_list_json(const char *path);
/* What `main` needs. False when there is none, or names are not known. */
bool function_list_main(const char *path, struct function_need *need);

#endif
