/* require: our own mistakes end here. Never reached by anything a guest, a file or a peer can do. */
#ifndef SKEP_CORE_BASE_REQUIRE_H
#define SKEP_CORE_BASE_REQUIRE_H

/* Supplied by whoever links core: does not return. */
_Noreturn void require_failed(const char *expression, const char *file, int line);

#define require(expression) ((expression) ? (void)0 : require_failed(#expression, __FILE__, __LINE__))

#endif
