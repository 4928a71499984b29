/* exit_code: what `skep` ends with. `skep run` ends with the guest's own status when the guest ended by itself, so
 * these begin above what programs commonly use; `skep help exit` prints this table. */
#ifndef SKEP_PROGRAMS_SKEP_EXIT_CODE_H
#define SKEP_PROGRAMS_SKEP_EXIT_CODE_H

/* X(NAME, value, text) */
#define EXIT_CODES(X)                                                                                                  \
    X(EXIT_DONE, 0, "done")                                                                                            \
    X(EXIT_USAGE, 64, "the command line is wrong")                                                                     \
    X(EXIT_ARTIFACT, 65, "an artifact's bytes break the format, a hash or the ABI range")                              \
    X(EXIT_NO_INPUT, 66, "an input file cannot be read")                                                               \
    X(EXIT_KEY, 67, "a key, a key file or a key region is not what it should be")                                      \
    X(EXIT_SETTINGS, 68, "skep.toml is wrong")                                                                         \
    X(EXIT_UNAVAILABLE, 69, "a tool or a part of the guest kit is missing")                                            \
    X(EXIT_PROGRAM, 71, "the compiled program cannot be expressed as bytecode")                                        \
    X(EXIT_CANNOT_WRITE, 73, "an output file cannot be written; nothing was")                                          \
    X(EXIT_SIGNATURE, 77, "not signed, or not by a key that is trusted here")                                          \
    X(EXIT_REFUSED, 80, "the verifier or the executive's policy refuses the artifact")                                 \
    X(EXIT_TRAP, 81, "the guest trapped")                                                                              \
    X(EXIT_FUEL, 82, "the guest used up its --fuel")                                                                   \
    X(EXIT_TIMEOUT, 83, "the guest's --timeout ran out")                                                               \
    X(EXIT_SCRIPT, 84, "a board script is wrong")                                                                      \
    X(EXIT_HIVE, 85, "the hive refuses the operation")                                                                 \
    X(EXIT_LINK, 86, "no hive answers, or the link to it broke")

#define EXIT_CODE_ENUM(name, value, text) name = (value),
enum exit_code { EXIT_CODES(EXIT_CODE_ENUM) };
#undef EXIT_CODE_ENUM

#endif
