"""spec/operations.json and spec/events.json -> the device's decoding, bounds, rights and dispatch
(device/executive/operation_table.h, and a .c for each profile), the host's rows by name (host/link/operation_rows.h
and .c) and the reference page (docs/OPERATIONS.md). Refuses tables that contradict themselves."""
from text import c_string, columns, is_in, profiles, table, warning

WIRE = {"u8": ("uint8_t", "u8"), "u16": ("uint16_t", "u16"), "u32": ("uint32_t", "u32"), "u64": ("uint64_t", "u64"),
        "i32": ("int32_t", "u32"), "bool": ("bool", "u8")}
BYTES = {"u8": 1, "u16": 2, "u32": 4, "u64": 8, "i32": 4, "bool": 1}
REPLY_HEAD, EVENT_HEAD = 7, 22


def load(root):
    spec = table(root, "operations.json")
    spec["events"] = table(root, "events.json")["events"]
    spec["status"] = table(root, "status.json")["rows"]
    groups = {g["name"]: g["number"] for g in spec["groups"]}
    enums = {e["name"]: e for e in spec["enums"]}
    rights = [r["name"] for r in spec["rights"]]
    statuses = {row["name"] for row in spec["status"]}
    for row in spec["operations"]:
        row["title"], row["symbol"] = f"{row['group']}.{row['name']}", f"{row['group']}_{row['name']}"
        row["number"] = groups[row["group"]] * 64 + row["function"]
        assert row["function"] < 64 and row["right"] in rights, row["title"]
        assert set(row.get("errors", [])) <= statuses, f"{row['title']}: unknown error"
        assert "lock" not in row or row["right"] == "control", f"{row['title']}: a lock needs the right control"
        assert not ("list" in row and row["result"]), f"{row['title']}: a list is a result of its own"
        check_fields(row["title"], row["parameters"] + row["result"] + row.get("list", {}).get("fields", []), enums)
        assert REPLY_HEAD + longest(row["result"]) <= 64 + spec["payload_max"] // 2, f"{row['title']}: result too long"
    spec["operations"].sort(key=lambda row: row["number"])
    numbers = [row["number"] for row in spec["operations"]] + [-e["number"] for e in spec["events"]]
    assert len(set(numbers)) == len(numbers), "a number is taken twice"
    for event in spec["events"]:
        assert 0 < event["number"] < 64, f"{event['name']}: filters have 64 bits"
        check_fields(event["name"], event["fields"], enums)
    return spec


def check_fields(title, fields, enums):
    for f in fields:
        assert f["type"] in WIRE or f["type"] in ("text", "bytes"), f"{title}.{f['name']}: unknown type"
        assert "max" in f or f["type"] not in ("text", "bytes"), f"{title}.{f['name']}: how long?"
        assert f["type"] != "text" or f["max"] <= 255, f"{title}.{f['name']}: too long for its length byte"
        assert "enum" not in f or f["enum"] in enums, f"{title}.{f['name']}: unknown enum"


def longest(fields):
    sizes = {"text": 1, "bytes": 2}
    return sum(BYTES.get(f["type"], 0) or sizes[f["type"]] + f["max"] for f in fields)


# ---- the device

def member(f, is_parameter):
    if f["type"] == "text":
        return f"    char {f['name']}[{f['max']} + 1];\n" if is_parameter else f"    const char *{f['name']};\n"
    if f["type"] == "bytes":
        return f"    const uint8_t *{f['name']}; /* in the request */\n    uint16_t {f['name']}_bytes;\n"
    return f"    {WIRE[f['type']][0]} {f['name']};\n"


def struct(name, fields, is_parameter):
    return f"struct {name} {{\n" + "".join(member(f, is_parameter) for f in fields) + "};\n" if fields else ""


def handler(row):
    name = row["symbol"]
    if "list" in row:
        return (f"bool list_{name}(struct operation *operation, uint32_t after, struct {name}_row *row)")
    parameters = f", const struct {name}_parameters *parameters" if row["parameters"] else ""
    result = f", struct {name}_result *result" if row["result"] else ""
    return f"enum status operate_{name}(struct operation *operation{parameters}{result})"


DEVICE_HEAD = """\
/* operation_table: the operations of spec/operations.json and the events of spec/events.json: parameters and results
 * as structs, a handler to write for each operation, and how all of it is on the wire. */
#ifndef SKEP_DEVICE_EXECUTIVE_OPERATION_TABLE_H
#define SKEP_DEVICE_EXECUTIVE_OPERATION_TABLE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/bytes.h"
#include "core/base/status.h"

"""


def device_header(spec):
    out = warning("operations.json", "operations")
    out += DEVICE_HEAD
    out += f"enum {{ OPERATION_PROTOCOL = {spec['version']} }};\n\n"
    out += "enum operation_number {\n"
    out += "".join(f"    OPERATION_{r['symbol'].upper()} = {r['number']},\n" for r in spec["operations"]) + "};\n"
    out += "enum operation_right { " + ", ".join(f"RIGHT_{r['name'].upper()}" for r in spec["rights"]) + " };\n\n"
    out += "/* Why a request was refused, beside its status. */\nenum operation_reason {\n"
    out += columns([[f"WHY_{r['name'].upper()},", f" /* {r['text']} */"] for r in spec["reasons"]]) + "};\n\n"
    out += "enum event_number {\n"
    out += columns([[f"EVENT_NUMBER_{symbol(e)} = {e['number']},", f" /* {e['text']} */"] for e in spec["events"]])
    out += "};\n\n"
    for row in spec["operations"]:
        out += struct(row["symbol"] + "_parameters", row["parameters"] if "list" not in row else [], True)
        out += struct(row["symbol"] + "_result", row["result"], False)
        out += struct(row["symbol"] + "_row", row.get("list", {}).get("fields", []), False)
    out += "\nstruct operation;\nstruct executive_event;\n\n"
    out += "/* The handlers. Parameters are within their bounds. A list's gives the row with the smallest key above\n"
    out += " * `after`; false: there is none. */\n"
    out += "".join(handler(row) + ";\n" for row in spec["operations"])
    out += """
/* Decodes, checks, runs and encodes. */
struct operation_row {
    uint16_t number;
    uint8_t right; /* enum operation_right */
    enum status (*run)(struct operation *operation, struct reader *in, struct writer *out);
};
/* NULL: there is no such operation. */
const struct operation_row *operation_find(uint32_t number);

/* The event's number on the wire; and its fields. */
enum event_number event_number(const struct executive_event *event);
void event_put_fields(struct writer *out, const struct executive_event *event);

#endif
"""
    return out


def symbol(event):
    return event["name"].replace(".", "_").upper()


def take(f):
    name = f["name"]
    if f["type"] == "text":
        return [f"    bool {name}_fits = operation_take_text(in, parameters.{name}, {f['max']});"]
    if f["type"] == "bytes":
        return [f"    parameters.{name}_bytes = take_u16(in);",
                f"    parameters.{name} = take_bytes(in, parameters.{name}_bytes);"]
    if f["type"] == "bool":
        return [f"    uint8_t {name}_wire = take_u8(in);", f"    parameters.{name} = {name}_wire == 1;"]
    cast = "(int32_t)" if f["type"] == "i32" else ""
    return [f"    parameters.{name} = {cast}take_{WIRE[f['type']][1]}(in);"]


def bounds(f):
    name, tests = f["name"], []
    if f["type"] == "text":
        return f"!{name}_fits"
    if f["type"] == "bool":
        return f"{name}_wire > 1"
    if f["type"] == "bytes":
        return f"parameters.{name}_bytes > {f['max']}"
    if "min" in f:
        tests.append(f"parameters.{name} < {f['min']}")
    if "max" in f:
        tests.append(f"parameters.{name} > {f['max']}")
    return " || ".join(tests)


def put(f, of, out="out"):
    name = f"{of}{f['name']}"
    if f["type"] == "text":
        return f"operation_put_text({out}, {name}, {f['max']});"
    if f["type"] == "i32":
        return f"put_u32({out}, (uint32_t){name});"
    return f"put_{WIRE[f['type']][1]}({out}, {name});"


def run(row):
    name, fields = row["symbol"], row["parameters"]
    uses_out = row["result"] or "list" in row
    out = [f"static enum status answer_{name}(struct operation *operation, struct reader *in, struct writer *out) {{"]
    if fields and "list" not in row:
        out += [f"    struct {name}_parameters parameters;"] + [line for f in fields for line in take(f)]
    if "list" in row:
        out += [f"    uint32_t after = take_u32(in);"]
    out += ["    if (!operation_is_whole(operation, in)) return ST_CORRUPT;"]
    if "list" not in row:
        for i, f in enumerate(fields):
            if bounds(f):
                out += [f"    if ({bounds(f)}) return operation_refuse(operation, ST_INVALID, WHY_PARAMETER, {i});"]
    if "lock" in row:
        out += [f"    if (operation_is_locked(operation, parameters.{row['lock']})) return ST_BUSY;"]
    if not uses_out:
        out += ["    (void)out;"]
    if "list" in row:
        return out + listing(row) + ["}", ""]
    arguments = "operation" + (", &parameters" if fields else "") + (", &result" if row["result"] else "")
    if not row["result"]:
        return out + [f"    return operate_{name}({arguments});", "}", ""]
    out += [f"    struct {name}_result result;", f"    enum status status = operate_{name}({arguments});",
            "    if (status != ST_OK) return status;"]
    return out + ["    " + put(f, "result.") for f in row["result"]] + ["    return ST_OK;", "}", ""]


def listing(row):
    rows = row["list"]
    return [f"    struct {row['symbol']}_row row;", "    uint16_t count = 0;", "    size_t count_at = out->length;",
            "    put_u16(out, 0);", f"    while (list_{row['symbol']}(operation, after, &row)) {{",
            "        struct writer before = *out;"] + \
           ["        " + put(f, "row.") for f in rows["fields"]] + \
           ["        if (out->full) {", "            *out = before;", "            break;", "        }",
            f"        after = row.{rows['key']};", "        count++;", "    }",
            "    if (!out->full) store_le16(out->bytes + count_at, count);", "    return ST_OK;"]


def device_source(spec, names, profile):
    groups = {row["name"]: row for row in spec["groups"]}
    kept = [row for row in spec["operations"] if is_in(names, profile, row, groups[row["group"]])]
    events = [e for e in spec["events"] if is_in(names, profile, {"profile": "minimal", **e})]
    out = warning("operations.json", "operations")
    out += '#include "device/executive/operation_table.h"\n\n#include "device/executive/mailbox.h"\n'
    out += '#include "device/executive/operation.h"\n\n'
    for e in spec["enums"]:
        for i, value in enumerate(e["values"]):
            out += f"_Static_assert({e['prefix']}{value.upper()} == {i}, \"spec/operations.json, {e['name']}\");\n"
    out += "\n"
    for row in kept:
        out += "\n".join(run(row)) + "\n"
    rows = [[f"{{{r['number']}, ", f"RIGHT_{r['right'].upper()}, ", f"answer_{r['symbol']}}},"] for r in kept]
    out += "static const struct operation_row rows[] = {\n" + columns(rows) + "};\n\n"
    out += "const struct operation_row *operation_find(uint32_t number) {\n"
    out += "    for (uint32_t i = 0; i < sizeof rows / sizeof *rows; i++) {\n"
    out += "        if (rows[i].number == number) return &rows[i];\n    }\n    return NULL;\n}\n\n"
    named = [e for e in events if "kind" in e]
    switch = "(const struct executive_event *event) {\n    switch (event->kind) {\n"
    out += "enum event_number event_number" + switch
    out += "".join(f"    case EVENT_{e['kind']}: return EVENT_NUMBER_{symbol(e)};\n" for e in named)
    out += "    default: return EVENT_NUMBER_OTHER;\n    }\n}\n\n"
    out += "void event_put_fields" + switch.replace("(", "(struct writer *out, ", 1)
    for e in named + [e for e in spec["events"] if e["name"] == "other"]:
        out += f"    case EVENT_{e['kind']}:\n" if "kind" in e else "    default:\n"
        out += "".join(f"        {put_event(f)}\n" for f in e["fields"]) + "        return;\n"
    return out + "    }\n}\n"


def put_event(f):
    name = f"(event->{f['from']})" if " " in f["from"] else f"event->{f['from']}"
    if f["type"] == "text":
        return f"operation_put_text(out, {name}, {f['max']});"
    kind, source = WIRE[f["type"]], {"load": "u16", "kind": "u8", "refusal": "u8"}.get(f["from"], "u32")
    cast = f"({WIRE[kind[1]][0]})" if source != kind[1] else ""
    return f"put_{kind[1]}(out, {cast}{name});"


# ---- the host

HOST_HEADER = """\
/* operation_rows: the operations of spec/operations.json and the events of spec/events.json by name, for programs
 * that speak to a hive. */
#ifndef SKEP_HOST_LINK_OPERATION_ROWS_H
#define SKEP_HOST_LINK_OPERATION_ROWS_H

#include <stddef.h>
#include <stdint.h>

enum { OPERATION_ROWS_PROTOCOL = %VERSION% };

enum operation_type { TYPE_U8, TYPE_U16, TYPE_U32, TYPE_U64, TYPE_I32, TYPE_BOOL, TYPE_TEXT, TYPE_BYTES };
struct operation_field {
    const char *name;
    enum operation_type type;
    uint32_t min, max;         /* of a number, if max is not 0; of text and bytes: length */
    const char *const *values; /* names of a number's values, up to NULL; NULL: it is a number */
};
struct operation_fields {
    size_t count;
    const struct operation_field *field;
};
struct operation_name {
    uint16_t number;
    const char *name, *right, *text;
    struct operation_fields parameters, result;
    const char *list; /* what the result's rows are; NULL: it is no list */
};
struct event_name {
    uint8_t number;
    const char *name, *text;
    struct operation_fields fields;
};

/* In the order of their numbers, up to one without a name. */
extern const struct operation_name operation_names[];
extern const struct event_name event_names[];
extern const char *const operation_reasons[]; /* by number, up to NULL */

/* NULL: there is none. */
const struct operation_name *operation_named(const char *name);
const struct operation_name *operation_numbered(uint32_t number);
const struct event_name *event_numbered(uint32_t number);
const struct event_name *event_named(const char *name);

#endif
"""


def host_fields(name, fields):
    if not fields:
        return "", "{0, NULL}"
    rows = [[f"{{{c_string(f['name'])}, ", f"TYPE_{f['type'].upper()}, ", f"{f.get('min', 0)}, ",
             f"{f.get('max', 0)}, ", (f"{f['enum']}_values" if "enum" in f else "NULL") + "},"] for f in fields]
    table = f"static const struct operation_field {name}[] = {{\n" + columns(rows) + "};\n"
    return table, f"{{{len(fields)}, {name}}}"


def host_source(spec):
    out = warning("operations.json", "operations") + '#include "host/link/operation_rows.h"\n\n#include <string.h>\n\n'
    for e in spec["enums"]:
        values = ", ".join(c_string(v) for v in e["values"])
        out += f"static const char *const {e['name']}_values[] = {{{values}, NULL}};\n"
    rows, events = [], []
    for r in spec["operations"]:
        parameters, parameters_at = host_fields(r["symbol"] + "_parameters", r["parameters"])
        result, result_at = host_fields(r["symbol"] + "_result", r.get("list", {}).get("fields") or r["result"])
        out += parameters + result
        name = c_string(r["list"]["name"]) if "list" in r else "NULL"
        rows.append([f"{{{r['number']}, ", c_string(r["title"]) + ", ", c_string(r["right"]) + ", ",
                     c_string(r["text"]) + ", ", parameters_at + ", ", result_at + ", ", name + "},"])
    for e in spec["events"]:
        fields, at = host_fields(e["name"].replace(".", "_") + "_fields", e["fields"])
        out += fields
        events.append([f"{{{e['number']}, ", c_string(e["name"]) + ", ", c_string(e["text"]) + ", ", at + "},"])
    rows.append(["{0, ", "NULL, ", "NULL, ", "NULL, ", "{0, NULL}, ", "{0, NULL}, ", "NULL},"])
    events.append(["{0, ", "NULL, ", "NULL, ", "{0, NULL}},"])
    out += "\nconst struct operation_name operation_names[] = {\n" + columns(rows) + "};\n\n"
    out += "const struct event_name event_names[] = {\n" + columns(events) + "};\n\n"
    reasons = "".join(f"    {c_string(r['name'])},\n" for r in spec["reasons"])
    out += "const char *const operation_reasons[] = {\n" + reasons + "    NULL,\n};\n"
    for noun in ("operation", "event"):
        for by, argument, test in (("named", "const char *name", "strcmp(row->name, name) == 0"),
                                   ("numbered", "uint32_t number", "row->number == number")):
            out += f"\nconst struct {noun}_name *{noun}_{by}({argument}) {{\n"
            out += f"    for (const struct {noun}_name *row = {noun}_names; row->name; row++) {{\n"
            out += f"        if ({test}) return row;\n    }}\n    return NULL;\n}}\n"
    return out


# ---- the reference page

def fields_table(fields, enums):
    out = "\n| field | type | |\n|---|---|---|\n"
    for f in fields:
        notes = [f.get("text", "")]
        if "min" in f or ("max" in f and f["type"] not in ("text", "bytes")):
            notes.append(f"{f.get('min', 0)}..{f.get('max', '')}")
        if "max" in f and f["type"] in ("text", "bytes"):
            notes.append(f"at most {f['max']} bytes")
        if "enum" in f:
            notes.append(", ".join(f"{i} {v}" for i, v in enumerate(enums[f["enum"]])))
        out += f"| {f['name']} | {f['type']} | {'; '.join(n for n in notes if n)} |\n"
    return out


PAGE_HEAD = """\
<!-- GENERATED from spec/operations.json and events.json by tools/generate/operations.py. Do not edit. -->
# Operations and events

What can be asked of a hive, over any link, and what it tells by itself. The encoding, and the order of the checks, are
in `spec/operations.md`. Every operation can also be answered DENIED, CORRUPT and INVALID, with a reason.

"""


def page(spec):
    enums = {e["name"]: e["values"] for e in spec["enums"]}
    out = PAGE_HEAD
    out += "| right | |\n|---|---|\n" + "".join(f"| {r['name']} | {r['text']} |\n" for r in spec["rights"])
    out += "\n## Operations\n"
    for r in spec["operations"]:
        out += f"\n### {r['title']} ({r['number']})\n{r['text'][0].upper() + r['text'][1:]}. Right: {r['right']}"
        out += (", and no other session's lock on `" + r["lock"] + "`" if "lock" in r else "") + "."
        out += f" Errors: {', '.join(r['errors'])}.\n" if r.get("errors") else "\n"
        if r["parameters"]:
            out += "\nParameters:\n" + fields_table(r["parameters"], enums)
        if "list" in r:
            out += f"\nResult: a list of {r['list']['name']}, as many as fit; the next ones come `after` the last.\n"
            out += fields_table(r["list"]["fields"], enums)
        elif r["result"]:
            out += "\nResult:\n" + fields_table(r["result"], enums)
    out += "\n## Reasons\n| number | reason | |\n|---|---|---|\n"
    out += "".join(f"| {i} | {r['name']} | {r['text']} |\n" for i, r in enumerate(spec["reasons"]))
    out += "\n## Events\n"
    for e in spec["events"]:
        out += f"\n### {e['name']} ({e['number']})\n{e['text'][0].upper() + e['text'][1:]}.\n"
        out += fields_table(e["fields"], enums)
    return out


def outputs(root):
    spec = load(root)
    yield "device/executive/operation_table.h", device_header(spec)
    names = profiles(root)
    for profile in names:
        yield f"device/executive/operation_table_{profile}.c", device_source(spec, names, profile)
    header = HOST_HEADER.replace("%VERSION%", str(spec["version"]))
    yield "host/link/operation_rows.h", warning("operations.json", "operations") + header
    yield "host/link/operation_rows.c", host_source(spec)
    yield "docs/OPERATIONS.md", page(spec)
