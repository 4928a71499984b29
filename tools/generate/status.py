"""spec/status.json -> core/base/status.h and status.c: the one list of what can go wrong."""
from text import c_string, columns, table, warning


def outputs(root):
    rows = table(root, "status.json")["rows"]
    lines = columns([[f"X(ST_{r['name']}, ", f"{r['value']}, ", c_string(r["text"]) + ") \\"] for r in rows])
    yield "core/base/status.h", (
        warning("status.json", "status")
        + "#ifndef SKEP_CORE_BASE_STATUS_H\n#define SKEP_CORE_BASE_STATUS_H\n\n"
        + "/* X(NAME, value, text). Negative, so that a count can share the return. */\n"
        + "#define STATUS_LIST(X) \\\n" + lines.rstrip().rstrip("\\").rstrip() + "\n\n"
        + "#define MUST_CHECK __attribute__((warn_unused_result))\n\n"
        + "#define STATUS_ENUM(name, value, text) name = (value),\n"
        + "enum status { STATUS_LIST(STATUS_ENUM) };\n#undef STATUS_ENUM\n\n"
        + "const char *status_text(enum status status);\n\n#endif\n"
    )
    yield "core/base/status.c", (
        warning("status.json", "status")
        + '#include "core/base/status.h"\n\n'
        + "const char *status_text(enum status status) {\n"
        + "    switch (status) {\n"
        + "#define STATUS_CASE(name, value, text) \\\n    case name: return text;\n"
        + "        STATUS_LIST(STATUS_CASE)\n#undef STATUS_CASE\n"
        + '    }\n    return "unknown status";\n}\n'
    )
