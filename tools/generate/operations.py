"""spec/operations.json and spec/events.json -> the device's decoding, bounds, rights and dispatch
(device/executive/operation_table.h, and a .c for each profile), the host's rows by name (host/link/operation_rows.h
and .c) and the reference pages (docs/OPERATIONS.md, docs/EVENTS.md). Refuses tables that contradict themselves."""
import re

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
        where = " /* in the request */" if is_parameter else ""
        return f"    const uint8_t *{f['name']};{where}\n    uint16_t {f['name']}_bytes;\n"
    return f"    {WIRE[f['type']][0]} {f['name']};\n"


def struct(name, fields, is_parameter):
    return f"struct {name} {{\n" + "".join(member(f, is_parameter) for f in fields) + "};\n" if fields else ""


def takes(row):
    return row["parameters"] and "list" not in row


def union(noun, members):
    out = f"union operation_{noun} {{\n"
    out += "    uint32_t after; /* of a list */\n" if noun == "parameters" else ""
    return out + "".join(f"    struct {name} {row['symbol']};\n" for row, name in members) + "};\n"


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

#include "core/base/status.h"
#include "device/executive/operation_fields.h"

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
    out += "\n/* Room for what any of them takes, and gives. */\n"
    out += union("parameters", [(r, r["symbol"] + "_parameters") for r in spec["operations"] if takes(r)])
    out += union("result", [(r, r["symbol"] + ("_row" if "list" in r else "_result")) for r in spec["operations"]
                            if "list" in r or r["result"]])
    out += "\nstruct operation;\nstruct executive_event;\n\n"
    out += "/* The handlers. Parameters are within their bounds. A list's gives the row with the smallest key above\n"
    out += " * `after`; false: there is none. */\n"
    out += "".join(handler(row) + ";\n" for row in spec["operations"])
    out += """
/* How an operation is answered, and where its fields are: of a list, `result` is of its rows. */
struct operation_row {
    uint16_t number;
    uint8_t right; /* enum operation_right */
    uint8_t lock;  /* not 0: this parameter, from 1 on, is a task that no other session may have locked */
    uint8_t key;   /* not 0: this field of a list's row, from 1 on, is what the next rows come after */
    struct operation_fields parameters, result;
    union {
        enum status (*answer)(struct operation *operation, const void *parameters, void *result);
        bool (*list)(struct operation *operation, uint32_t after, void *row);
    } handler;
};
struct event_row {
    uint8_t kind, number; /* enum executive_event_kind, enum event_number */
    struct operation_fields fields;
};
struct operation_table {
    const struct operation_field *fields;
    const struct operation_row *operations;
    uint32_t operation_count;
    const struct event_row *events;
    uint32_t event_count;
};
extern const struct operation_table operation_table; /* those of the image's profile */
const struct event_row *event_row_of(const struct executive_event *event);

#endif
"""
    return out


def symbol(event):
    return event["name"].replace(".", "_").upper()


KINDS = {"text": "FIELD_TEXT", "bytes": "FIELD_BYTES"}


class Fields:
    """The one table of rows that say where fields lie; a run that is there already is used again."""

    def __init__(self):
        self.rows = []

    def add(self, rows):
        """Where the run begins and how long it is, as C."""
        for first in range(len(self.rows) - len(rows) + 1):
            if self.rows[first:first + len(rows)] == rows:
                return f"{{{first}, {len(rows)}}}"
        self.rows += rows
        return f"{{{len(self.rows) - len(rows)}, {len(rows)}}}"

    def of_struct(self, name, fields):
        """The first lies at 0 in any struct, so that structs of one like field share their row."""
        return self.add([(kind_of(f), f"AT({name}, {f['name']})" if i > 0 else "0", most_of(f))
                         for i, f in enumerate(fields)])

    def of_event(self, fields):
        return self.add([(KINDS.get(f["type"], BYTES.get(f["type"])), source_of(f), f.get("max", 0)) for f in fields])

    def text(self):
        return "static const struct operation_field fields[] = {\n" + columns(
            [[f"{{{kind}, ", f"{at}, ", f"{most}}},"] for kind, at, most in self.rows]) + "};\n\n"


def kind_of(f):
    kind = KINDS.get(f["type"], BYTES.get(f["type"]))
    assert f.get("min", 0) <= 1, f"{f['name']}: a row knows no minimum but 1"
    return f"{kind} | FIELD_NOT_ZERO" if f.get("min", 0) == 1 else str(kind)


def most_of(f):
    most = 1 if f["type"] == "bool" else f.get("max", 0)
    assert most <= 0xffff, f"{f['name']}: a row knows no maximum above 65535"
    return most


def source_of(f):
    """A field of an event, which may be some bytes of a number: `a`, `a >> 8`, `a & 0xff`."""
    source = re.fullmatch(r"\(?(\w+)(?: >> (\d+)\)?)?(?: & 0x(f+))?", f["from"])
    assert source and int(source[2] or 0) % 8 == 0, f"{f['name']}: not a field, nor whole bytes of one: {f['from']}"
    shift = int(source[2] or 0) // 8
    return f"AT(executive_event, {source[1]})" + (f" + {shift}" if shift else "")


def answer(row):
    """Calls the handler with what the rows made of the request."""
    name = row["symbol"]
    if "list" in row:
        return (f"static bool list_next_{name}(struct operation *operation, uint32_t after, void *row) {{\n"
                f"    return list_{name}(operation, after, row);\n}}\n")
    arguments = "operation" + (", parameters" if row["parameters"] else "") + (", result" if row["result"] else "")
    unused = "".join(f"    (void){word};\n" for word, used in
                     (("parameters", row["parameters"]), ("result", row["result"])) if not used)
    return (f"static enum status answer_{name}(struct operation *operation, const void *parameters, void *result) {{\n"
            f"{unused}    return operate_{name}({arguments});\n}}\n")


def operation_row(row, fields):
    name = row["symbol"]
    lock = [f["name"] for f in row["parameters"]].index(row["lock"]) + 1 if "lock" in row else 0
    cells = [f"{{{row['number']}, ", f"RIGHT_{row['right'].upper()}, ", f"{lock}, "]
    if "list" in row:
        rows = row["list"]
        key = [f["name"] for f in rows["fields"]].index(rows["key"]) + 1
        after = [{"name": "after", "type": "u32"}]
        return cells + [f"{key}, ", fields.of_struct("list", after) + ", ",
                        fields.of_struct(f"{name}_row", rows["fields"]) + ", ", f"{{.list = list_next_{name}}}}},"]
    return cells + ["0, ", fields.of_struct(f"{name}_parameters", row["parameters"]) + ", ",
                    fields.of_struct(f"{name}_result", row["result"]) + ", ", f"{{.answer = answer_{name}}}}},"]


def check_lengths(kept, events, limits):
    """A message of the profile holds every result, a row of every list, and every event; texts of events are words, of
    which a profile with short messages has none."""
    for row in kept:
        most = REPLY_HEAD + (2 + longest(row["list"]["fields"]) if "list" in row else longest(row["result"]))
        assert most <= limits["message"], f"{row['title']}: a reply of {most} bytes"
    for event in events:
        most = EVENT_HEAD + longest([f if f["name"] != "text" else dict(f, max=0) for f in event["fields"]])
        assert most <= limits["message"], f"{event['name']}: {most} bytes"


def device_source(spec, names, profile, limits):
    groups = {row["name"]: row for row in spec["groups"]}
    kept = [row for row in spec["operations"] if is_in(names, profile, row, groups[row["group"]])]
    events = [e for e in spec["events"] if is_in(names, profile, {"profile": "minimal", **e})]
    out = warning("operations.json", "operations")
    out += '#include "device/executive/operation_table.h"\n\n#include <stddef.h>\n\n'
    headers = ("clock", "delivery", "log", "mailbox", "operation")
    out += "".join(f'#include "device/executive/{header}.h"\n' for header in headers) + "\n"
    for e in spec["enums"]:
        for i, value in enumerate(e["values"]):
            out += f"_Static_assert({e['prefix']}{value.upper()} == {i}, \"spec/operations.json, {e['name']}\");\n"
    out += "\n" + "\n".join(answer(row) for row in kept) + "\n"
    check_lengths(kept, events, limits)
    fields = Fields()
    rows = [operation_row(row, fields) for row in kept]
    other = [e for e in spec["events"] if e["name"] == "other"]
    kinds = [[f"{{EVENT_{e['kind']}, " if "kind" in e else "{EVENT_NUMBER_OTHER, ", f"EVENT_NUMBER_{symbol(e)}, ",
              fields.of_event(e["fields"]) + "},"] for e in [e for e in events if "kind" in e] + other]
    out += "#define AT(type, member) offsetof(struct type, member)\n"
    out += fields.text()
    out += "static const struct operation_row operations[] = {\n" + columns(rows) + "};\n\n"
    out += "/* The last one is for every kind that is not among those before it. */\n"
    out += "static const struct event_row events[] = {\n" + columns(kinds) + "};\n\n"
    return out + ("const struct operation_table operation_table = {fields, operations, "
                  "sizeof operations / sizeof *operations,\n" + 47 * " " + "events, sizeof events / sizeof *events};\n")


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
extern const char *const operation_reasons[];      /* by number, up to NULL */
extern const char *const operation_reason_texts[]; /* the same, in words */

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
    texts = "".join(f"    {c_string(r['text'].split('; detail: ')[0])},\n" for r in spec["reasons"])
    out += "const char *const operation_reason_texts[] = {\n" + texts + "    NULL,\n};\n"
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
# Operations

What can be asked of a hive, over any link; what it tells by itself is in [EVENTS.md](EVENTS.md). The encoding, and the
order of the checks, are in `spec/operations.md`. Every operation can also be answered DENIED, CORRUPT and INVALID,
with a reason.

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
    return out


EVENTS_HEAD = """\
<!-- GENERATED from spec/events.json and operations.json by tools/generate/operations.py. Do not edit. -->
# Events
What a hive tells. A subscription (`event.subscribe`, [OPERATIONS.md](OPERATIONS.md)) gets those of the kinds it names,
each with a sequence number and the microseconds since the hive started; how they travel, and who misses some, is in
`spec/operations.md` sections 1 and 4.

| event | | fields |
|---|---|---|
"""


def events_page(spec):
    enums = {e["name"]: e["values"] for e in spec["enums"]}
    used, out = [], EVENTS_HEAD
    for e in spec["events"]:
        fields = ", ".join(f"{f['name']} {f['enum'] if 'enum' in f else f['type']}" for f in e["fields"])
        used += [f["enum"] for f in e["fields"] if "enum" in f]
        out += f"| {e['name']} ({e['number']}) | {e['text'].replace('|', chr(92) + '|')} | {fields} |\n"
    out += "\n## Fields whose numbers have names\n| field | |\n|---|---|\n"
    for name in dict.fromkeys(used):
        out += f"| {name} | {', '.join(f'{i} {value}' for i, value in enumerate(enums[name]))} |\n"
    return out


def outputs(root):
    spec = load(root)
    yield "device/executive/operation_table.h", device_header(spec)
    names = profiles(root)
    for profile in names:
        limits = {row["name"]: row[profile] for row in table(root, "limits.json")["limits"]}
        yield f"device/executive/operation_table_{profile}.c", device_source(spec, names, profile, limits)
    header = HOST_HEADER.replace("%VERSION%", str(spec["version"]))
    yield "host/link/operation_rows.h", warning("operations.json", "operations") + header
    yield "host/link/operation_rows.c", host_source(spec)
    yield "docs/OPERATIONS.md", page(spec)
    yield "docs/EVENTS.md", events_page(spec)
