"""spec/calls.json -> the guest's calls (guest/include/skep_calls.h), the executive's table and typed entry points
(device/executive/calls_table.h, and a .c for each profile), names for listings and configuration
(toolchain/listing/calls_names.h and .c) and the reference page (docs/CALLS.md). Refuses a table that
contradicts itself."""
from text import c_string, columns, is_in, profiles, table, warning

REGISTERS = 6
COPY_BYTES_MAX = 256  # largest buffer that is copied between a task and a handler
GROUPS_MAX = 31       # .insn takes a signed 12-bit immediate
TYPE_BYTES = {"u8": 1, "u16": 2, "u32": 4, "u64": 8, "char": 1}
TYPE_C = {"u8": "uint8_t", "u16": "uint16_t", "u32": "uint32_t", "u64": "uint64_t", "char": "char"}
POINTERS = ("in", "out", "text", "address")


def load(root):
    spec = table(root, "calls.json")
    spec["status"] = table(root, "status.json")["rows"]
    statuses = {row["name"] for row in spec["status"]}
    groups = {row["name"]: row for row in spec["groups"]}
    numbers = [row["group"] for row in spec["groups"] + spec["reserved"]]
    assert len(set(numbers)) == len(numbers), "a group number is taken twice"
    spec["struct_bytes"] = {row["name"]: struct_bytes(row) for row in spec["structs"]}
    spec["enum_counts"] = {row["name"]: len(row["values"]) for row in spec["enums"]}
    seen = set()
    for call in spec["calls"]:
        group = groups[call["group"]]
        assert call["function"] < 64 and group["group"] <= GROUPS_MAX, f"{call['name']}: number out of range"
        call["number"] = group["group"] << 6 | call["function"]
        call["title"] = f"{call['group']}.{call['name']}"
        call["symbol"] = f"{call['group']}_{call['name']}"
        assert call["number"] not in seen, f"{call['title']}: number taken"
        seen.add(call["number"])
        assert set(call.get("errors", [])) <= statuses, f"{call['title']}: unknown error"
        place(call, spec)
        modes(call, group)
        call["errors_all"] = errors(call, group)
    spec["calls"].sort(key=lambda call: call["number"])
    return spec


def struct_bytes(row):
    offset = 0
    for field in row["fields"]:
        size = TYPE_BYTES[field["type"]]
        assert offset % size == 0, f"{row['name']}.{field['name']}: not aligned, add a field"
        field["offset"] = offset
        offset += size * field.get("count", 1)
    has_long = any(field["type"] == "u64" for field in row["fields"])
    assert offset % 8 == 0 or not has_long, f"{row['name']}: pad it to 8 bytes"
    return offset


def place(call, spec):
    """Gives every argument its registers; 64-bit ones take two, low word first."""
    register = 0
    for argument in call["arguments"]:
        argument["register"] = register
        register += 2 if argument["type"] == "u64" else 1
        if "enum" in argument:
            argument["max"] = spec["enum_counts"][argument["enum"]] - 1
        if argument["type"] == "bool":
            argument["max"] = 1
        if "struct" in argument:
            argument["bytes"] = spec["struct_bytes"][argument["struct"]]
        if "bytes" in argument:
            argument["max"] = argument["bytes"]
        if argument["type"] in ("in", "out"):
            assert argument["max"] <= COPY_BYTES_MAX, f"{call['title']}: {argument['name']} is too long to copy"
    assert register <= REGISTERS, f"{call['title']}: more than {REGISTERS} registers"
    for kind in ("in", "out"):
        assert sum(a["type"] == kind for a in call["arguments"]) <= 1, f"{call['title']}: two {kind} buffers"


def modes(call, group):
    """call['mode_mask']: all modes that the call may ask for."""
    names = call.get("mode", "").split("|") if call.get("mode") else []
    names += call.get("mode_by", {}).get("modes", []) + list(call.get("mode_lengths", {}).values())
    is_closed = group["default"] == "closed"
    assert bool(names) == is_closed, f"{call['title']}: a closed group's calls need a mode, an open one's none"
    call["mode_mask"] = mask(group, names)


def mask(group, names):
    return sum(1 << bit for bit, name in enumerate(group["modes"]) if name in names)


def errors(call, group):
    found = list(call.get("errors", []))
    pointers = any(a["type"] in POINTERS for a in call["arguments"])
    limits = any("min" in a or "max" in a for a in call["arguments"] if not a.get("clip") and "bytes" not in a)
    extra = (["RANGE"] if pointers else []) + (["INVALID"] if limits else [])
    extra += ["DENIED", "QUOTA"] if group["default"] == "closed" else []
    return [name for name in extra if name not in found] + found


def argument(call, name):
    return next(a for a in call["arguments"] if a["name"] == name)


# ---- the guest's header

def guest_type(a):
    if a["type"] in ("in", "address") and a["name"] != "to":
        return "const void *"
    if a["type"] in ("out", "address"):
        return f"struct skep_{a['struct']} *" if "struct" in a else a.get("ctype", "void") + " *"
    return {"text": "const char *", "i32": "int32_t ", "u64": "uint64_t ", "bool": "bool "}.get(a["type"], "uint32_t ")


def guest_comment(call):
    out = call["title"] + ": " + call["text"] + "."
    for a in call["arguments"]:
        notes = limits_text(a)
        if notes:
            out += f" {a['name']}: {notes}."
    if call.get("result"):
        notes = ", ".join(filter(None, [call["result"].get("unit"), call["result"].get("text")]))
        out += f" Gives {call['result']['name']}" + (f" ({notes})." if notes else ".")
    if call["errors_all"]:
        out += " Errors: " + ", ".join("SKEP_" + name for name in call["errors_all"]) + "."
    return wrap(out)


def limits_text(a):
    notes = [a["unit"]] if "unit" in a else []
    notes += [a["text"]] if "text" in a else []
    if "enum" in a:
        notes.append(f"enum skep_{a['enum']}")
    elif a["type"] == "in" or a["type"] == "out":
        if "bytes" not in a:
            most = f"of which at most {a['max']} count" if a.get("clip") else f"at most {a['max']}"
            notes.append(f"{a['length']} bytes, {most}")
    elif a["type"] == "text":
        notes.append(f"at most {a['max'] - 1} characters")
    elif a["type"] != "bool" and ("min" in a or "max" in a):
        notes.append(f"{a.get('min', 0)} to {a['max']}" if "max" in a else f"at least {a['min']}")
    return ", ".join(notes)


def wrap(text, width=116):
    lines, line = [], "/*"
    for word in text.split():
        if len(line) + 1 + len(word) > width:
            lines.append(line)
            line = " *"
        line += " " + word
    return "\n".join(lines + [line]) + " */\n"


def guest_call(call):
    result, fails = call.get("result"), bool(call["errors_all"])
    parameters = [guest_type(a) + a["name"] for a in call["arguments"]]
    if result and fails:
        parameters.append(f"uint32_t *{result['name']}")
    returns = "int32_t" if fails else "uint32_t" if result else "void"
    prefix = "SKEP_NORETURN " if call.get("ends") else ""
    out = guest_comment(call)
    out += f"{prefix}static inline {returns} skep_{call['symbol']}({', '.join(parameters) or 'void'}) {{\n"
    words = []
    for a in call["arguments"]:
        if a["type"] == "u64":
            words += [f"(uint32_t){a['name']}", f"(uint32_t)({a['name']} >> 32)"]
        elif a["type"] in POINTERS:
            words.append(f"(uint32_t)(uintptr_t){a['name']}")
        else:
            words.append(f"(uint32_t){a['name']}" if a["type"] != "u32" else a["name"])
    pointers = any(a["type"] in POINTERS for a in call["arguments"])
    outputs, inputs = ['"=r"(skep_a0)'], []
    for register, word in enumerate(words):
        out += f"    register uint32_t skep_a{register} __asm__(\"a{register}\") = {word};\n"
        if register > 1:
            inputs.append(f'"r"(skep_a{register})')
    if not words:
        out += '    register uint32_t skep_a0 __asm__("a0");\n'
    if len(words) < 2:
        out += '    register uint32_t skep_a1 __asm__("a1");\n'
    outputs = ['"+r"(skep_a0)' if words else '"=r"(skep_a0)', '"+r"(skep_a1)' if len(words) > 1 else '"=r"(skep_a1)']
    code = f'SKEP_HOST_CALL({call["number"]})' + (" SKEP_UNREACHABLE" if call.get("ends") else "")
    out += f"    __asm__ volatile({code} : {', '.join(outputs)} : {', '.join(inputs)}"
    out = out.rstrip() + (' : "memory");\n' if pointers or call.get("may_wait") else ");\n")
    out = out.replace(" :);", ");").replace(" : : \"memory\"", " : : \"memory\"")
    if call.get("ends"):
        return out + "    __builtin_unreachable();\n}\n"
    if result and fails:
        out += f"    *{result['name']} = skep_a1;\n"
    if not fails:
        out += "    (void)skep_a0;\n"
    if not result:
        out += "    (void)skep_a1;\n"
    if fails:
        out += "    return (int32_t)skep_a0;\n"
    elif result:
        out += "    return skep_a1;\n"
    return out + "}\n"


def numbered(prefix, values):
    """The values of an enum, from 0 on."""
    return "".join(f"    {(prefix + value).upper()} = {i},\n" for i, value in enumerate(values))


def array(field):
    return f"[{field['count']}]" if "count" in field else ""


def guest_header(spec):
    out = warning("calls.json", "calls")
    out += wrap(f"skep_calls: what a guest can ask of its host: host ABI version {spec['version']}, one function per "
                "call. A status is 0 (SKEP_OK) or negative. A result behind a pointer is written whatever the status; "
                "it means something only with SKEP_OK. Which calls a program may make is in its capabilities "
                "(docs/CALLS.md).")
    out += "#ifndef SKEP_CALLS_H\n#define SKEP_CALLS_H\n\n#include <stdbool.h>\n#include <stdint.h>\n\n"
    out += "#ifdef __cplusplus\n#define SKEP_NORETURN [[noreturn]]\n"
    out += "#define SKEP_ASSERT(condition) static_assert(condition, #condition)\nextern \"C\" {\n"
    out += "#else\n#define SKEP_NORETURN _Noreturn\n"
    out += "#define SKEP_ASSERT(condition) _Static_assert(condition, #condition)\n#endif\n\n"
    out += '/* custom-0, funct3 0: the translator makes it a host call; funct3 1, 2: a trap. */\n'
    out += '#define SKEP_HOST_CALL(number) ".insn i 0x0b, 0, x0, x0, " #number "\\n"\n'
    out += '#define SKEP_UNREACHABLE ".insn i 0x0b, 1, x0, x0, 2\\n"\n\n'
    out += f"enum {{ SKEP_ABI = {spec['version']} }};\n#define SKEP_FOREVER 0xffffffffu\n\n"
    out += "enum skep_status {\n"
    out += columns([[f"SKEP_{row['name']} = {row['value']},", f" /* {row['text']} */"] for row in spec["status"]])
    out += "};\n\n"
    for row in spec["enums"]:
        out += f"enum skep_{row['name']} {{\n"
        out += numbered(f"SKEP_{row['name']}_", row["values"])
        out += "};\n\n"
    out += "enum skep_group {\n"
    all_groups = spec["groups"] + spec["reserved"]
    out += "".join(f"    SKEP_GROUP_{row['name'].upper()} = {row['group']},\n" for row in all_groups) + "};\n\n"
    for row in spec["structs"]:
        out += f"/* {row['text']} */\nstruct skep_{row['name']} {{\n"
        out += columns([[f"{TYPE_C[f['type']]} {f['name']}{array(f)};", f" /* {f['text']} */"] for f in row["fields"]])
        size = spec["struct_bytes"][row["name"]]
        out += f"}};\nSKEP_ASSERT(sizeof(struct skep_{row['name']}) == {size});\n\n"
    out += "\n".join(guest_call(call) for call in spec["calls"])
    return out + "\n#ifdef __cplusplus\n}\n#endif\n\n#endif\n"


# ---- the executive's side

def device_type(a):
    if a["type"] == "in":
        return "const uint8_t *"
    if a["type"] == "out":
        return "uint8_t *"
    return {"i32": "int32_t ", "u64": "uint64_t ", "bool": "bool "}.get(a["type"], "uint32_t ")


def device_value(a):
    register = a["register"]
    if a["type"] in ("in", "out"):
        return f"call->{a['type']}"
    if a["type"] == "u64":
        return f"(call->value[{register}] | (uint64_t)call->value[{register + 1}] << 32)"
    if a["type"] == "i32":
        return f"(int32_t)call->value[{register}]"
    return f"call->value[{register}]" + (" != 0" if a["type"] == "bool" else "")


def handler(call):
    parameters = ["struct call *call"] + [device_type(a) + a["name"] for a in call["arguments"]]
    return f"enum status handle_{call['symbol']}({', '.join(parameters)})"


def device_header(spec):
    out = warning("calls.json", "calls")
    out += wrap("calls_table: host ABI as the executive sees it: the rows that call.c checks arguments by, and the "
                "typed handlers that run after. A handler gets no guest address: `in` is checked memory of the task, "
                "which stays where it is while the handler runs, `out` the executive's own buffer, copied after.")
    out += "#ifndef SKEP_DEVICE_EXECUTIVE_CALLS_TABLE_H\n#define SKEP_DEVICE_EXECUTIVE_CALLS_TABLE_H\n\n"
    out += "#include <stdbool.h>\n#include <stdint.h>\n\n#include \"core/base/status.h\"\n\n"
    out += f"enum {{\n    CALLS_ABI = {spec['version']},\n"
    out += f"    CALL_REGISTERS = {REGISTERS},\n    CALL_COPY_BYTES_MAX = {COPY_BYTES_MAX},\n}};\n\n"
    calls, groups = spec["calls"], spec["groups"] + spec["reserved"]
    out += "enum call_number {\n"
    out += columns([[f"CALL_{c['symbol'].upper()}", f" = {c['number']},"] for c in calls]) + "};\n\n"
    out += "enum call_group {\n"
    out += columns([[f"CALL_GROUP_{g['name'].upper()}", f" = {g['group']},"] for g in groups]) + "};\n"
    open_mask = sum(1 << g["group"] for g in spec["groups"] if g["default"] == "open")
    known = sum(1 << g["group"] for g in spec["groups"])
    out += "/* Bit g: group g exists; group g needs no capability. */\n"
    out += f"#define CALL_GROUPS_KNOWN 0x{known:08x}u\n#define CALL_GROUPS_OPEN 0x{open_mask:08x}u\n\n"
    out += "/* Modes of a capability, by group. */\nenum capability_mode {\n"
    rows = [(f"MODE_{g['name']}_{mode}", 1 << bit) for g in spec["groups"] for bit, mode in enumerate(g["modes"])]
    out += columns([[name.upper(), f" = {value},"] for name, value in rows]) + "};\n\n"
    for row in spec["enums"]:
        out += f"enum call_{row['name']} {{\n" + numbered(f"CALL_{row['name']}_", row["values"]) + "};\n\n"
    out += "/* Structures in guest memory, as bytes. */\nenum {\n"
    for row in spec["structs"]:
        out += f"    CALL_{row['name'].upper()}_BYTES = {spec['struct_bytes'][row['name']]},\n"
        out += "".join(f"    CALL_{row['name'].upper()}_{f['name'].upper()} = {f['offset']},\n" for f in row["fields"])
    out += "};\n\n"
    out += """enum call_flag {
    CALL_MAY_WAIT = 1, /* the handler may answer ST_AGAIN: the task is parked and the call made again */
    CALL_CLOCK = 2,    /* needs the time of now, not of when the task's turn began */
    CALL_RESULT = 4,   /* a1 gets call->result */
    CALL_COUNTED = 8,  /* call->result says how many bytes of `out` are good */
    CALL_ENDS = 16,    /* does not return to the task */
};
enum call_argument_kind { CALL_VALUE, CALL_IN, CALL_OUT, CALL_TEXT };
enum { CALL_NO_REGISTER = 0xff };
/* What is checked of one argument. Values that may be anything have no row. */
struct call_argument {
    uint8_t kind, reg;  /* which register holds it */
    uint8_t length_reg; /* of a buffer: which register holds its length, or CALL_NO_REGISTER: always `max` bytes */
    uint8_t clip;       /* a longer buffer is cut to `max` instead of refused */
    uint32_t min, max;  /* of a value; of a buffer's length, `max` alone */
};
struct call;
struct call_row {
    uint16_t number;
    uint16_t cost;         /* fuel words, and */
    uint8_t cost_per_byte; /* per byte of every buffer */
    uint8_t flags;         /* enum call_flag, ored */
    uint8_t modes;         /* that it may ask of a capability, ored; 0: it needs none */
    uint8_t first_argument, argument_count; /* in call_argument_table */
    enum status (*run)(struct call *call);
};
extern const struct call_row call_table[]; /* ascending by number; call_count of them */
extern const uint32_t call_count;
extern const struct call_argument call_argument_table[];
/* Whether the ABI has this call, and the image's profile leaves it out. */
bool call_is_left_out(uint32_t number);

/* What a call asks of the task's capabilities, from its checked arguments. */
struct call_need {
    uint32_t first, last; /* resource range */
    uint8_t mode;         /* enum capability_mode */
    bool any;             /* one of the modes is enough; else all of them */
    bool ranged;          /* false: the call names no resource; any row of the group will do */
};
struct call_need call_need(uint16_t number, const uint32_t value[CALL_REGISTERS]);

/* The handlers, supplied by the executive. */
"""
    out += "".join(handler(call) + ";\n" for call in spec["calls"])
    return out + "\n#endif\n"


def checked(call):
    """The arguments that have something to check."""
    rows = []
    lengths = {a["length"] for a in call["arguments"] if "length" in a}
    for a in call["arguments"]:
        if a["type"] in ("in", "out", "text"):
            kind = {"in": "CALL_IN", "out": "CALL_OUT", "text": "CALL_TEXT"}[a["type"]]
            length = argument(call, a["length"])["register"] if "length" in a else "CALL_NO_REGISTER"
            rows.append((kind, a["register"], length, int(a.get("clip", False)), 0, a["max"], a["name"]))
        elif "min" in a or "max" in a:
            assert a["name"] not in lengths or "max" not in a, f"{call['title']}: the buffer limits its length"
            least, most = a.get("min", 0), a.get("max", 0xFFFFFFFF)
            rows.append(("CALL_VALUE", a["register"], "CALL_NO_REGISTER", 0, least, most, a["name"]))
    return sorted(rows, key=lambda row: row[0] != "CALL_VALUE")


def need(call, group):
    value = lambda name: f"value[{argument(call, name)['register']}]"
    out = [f"    case CALL_{call['symbol'].upper()}:"]
    resource = call.get("resource")
    if resource:
        words = resource.split()
        text = " ".join(f"{value(w)}" if any(a["name"] == w for a in call["arguments"]) else w for w in words)
        out += ["        need.ranged = true;", f"        need.first = need.last = {text};"]
    if "span" in call:
        out += [f"        if ({value(call['span'])} > 0) need.last += {value(call['span'])} - 1;"]
    if "mode_by" in call:
        by = call["mode_by"]
        cells = sum(mask(group, [name]) << 4 * i for i, name in enumerate(by["modes"]))
        out += [f"        need.mode = 0x{cells:x} >> 4 * {value(by['argument'])} & 0xf;"]
    elif "mode_lengths" in call:
        for name, mode in call["mode_lengths"].items():
            out += [f"        if ({value(name)} > 0) need.mode |= {mask(group, [mode])};"]
        out += ["        need.any = need.mode == 0;", f"        if (need.any) need.mode = {call['mode_mask']};"]
    elif call["mode_mask"]:
        out += [f"        need.mode = {call['mode_mask']};"]
        if "|" in call["mode"]:
            out += ["        need.any = true;"]
    return out + ["        return need;"]


def flags_of(call):
    flags = [f"CALL_{key.upper()}" for key in ("may_wait", "clock", "result", "ends") if call.get(key)]
    flags += ["CALL_COUNTED"] if any(a.get("counted") for a in call["arguments"]) else []
    return " | ".join(flags) or "0"


def device_source(spec, names, profile):
    groups = {row["name"]: row for row in spec["groups"]}
    kept = [call for call in spec["calls"] if is_in(names, profile, call, groups[call["group"]])]
    out = warning("calls.json", "calls")
    out += '#include "device/executive/calls_table.h"\n\n#include "device/executive/call.h"\n\n'
    rows, arguments, index = [], "", 0
    for call in kept:
        out += f"static enum status run_{call['symbol']}(struct call *call) {{\n"
        values = ", ".join(["call"] + [device_value(a) for a in call["arguments"]])
        out += f"    return handle_{call['symbol']}({values});\n}}\n"
        first = index
        for kind, register, length, clip, least, most, name in checked(call):
            arguments += f"    {{{kind}, {register}, {length}, {clip}, {least}u, {most}u}},"
            arguments += f" /* {index}: {call['title']} {name} */\n"
            index += 1
        fixed, per_byte = call["cost"]
        rows.append([f"{{CALL_{call['symbol'].upper()}, ", f"{fixed}, ", f"{per_byte}, ", flags_of(call) + ", ",
                     f"{call['mode_mask']}, ", f"{first}, ", f"{index - first}, ", f"run_{call['symbol']}}},"])
    out += f"\nconst struct call_argument call_argument_table[{index}] = {{\n{arguments}}};\n\n"
    out += "const struct call_row call_table[] = {\n" + columns(rows) + "};\n"
    out += "const uint32_t call_count = sizeof call_table / sizeof *call_table;\n\n"
    out += "struct call_need call_need(uint16_t number, const uint32_t value[CALL_REGISTERS]) {\n"
    out += "    struct call_need need = {0, 0, 0, false, false};\n    switch (number) {\n"
    for call in kept:
        if call["mode_mask"]:
            out += "\n".join(need(call, groups[call["group"]])) + "\n"
    out += "    default: return need;\n    }\n}\n\n"
    return out + left_out([call for call in spec["calls"] if call not in kept])


def left_out(calls):
    """Runs of numbers in which every call that the ABI has is left out."""
    runs = []
    for call in calls:
        if runs and runs[-1][1] == call["number"] - 1:
            runs[-1][1] = call["number"]
        else:
            runs.append([call["number"], call["number"]])
    out = "bool call_is_left_out(uint32_t number) {\n"
    if not runs:
        return out + "    (void)number;\n    return false;\n}\n"
    out += "    static const uint16_t runs[][2] = {\n"
    out += columns([[f"{{{first}, ", f"{last}}},"] for first, last in runs], "        ") + "    };\n"
    out += "    for (uint32_t i = 0; i < sizeof runs / sizeof *runs; i++) {\n"
    out += "        if (number >= runs[i][0] && number <= runs[i][1]) return true;\n    }\n"
    return out + "    return false;\n}\n"


# ---- names, for listings and configuration

def names_header():
    return warning("calls.json", "calls") + wrap(
        "calls_names: host calls and capability groups by name, for listings and for configuration files. The device "
        "has no names.") + """#ifndef SKEP_TOOLCHAIN_LISTING_CALLS_NAMES_H
#define SKEP_TOOLCHAIN_LISTING_CALLS_NAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { CALLS_NAMES_ABI = %ABI%, CALLS_MODES_MAX = 3 };

struct calls_name {
    uint16_t number;  /* group << 6 | function */
    uint8_t modes;    /* modes that the call may ask for, ored; 0: it needs no capability */
    const char *name; /* "gpio.write" */
};
struct calls_group {
    uint8_t number;
    bool open;                        /* needs no capability */
    const char *name;                 /* "gpio" */
    const char *resource;             /* what first and last of a capability count: "pin"; "" for none */
    const char *mode[CALLS_MODES_MAX]; /* name of mode bit 0, 1, 2, or NULL */
};

/* NULL when there is no such call or group. */
const struct calls_name *calls_name(uint32_t number);
const struct calls_name *calls_named(const char *name);
const struct calls_group *calls_group(uint32_t number);
const struct calls_group *calls_group_named(const char *name);

#endif
"""


def names_source(spec):
    out = warning("calls.json", "calls") + '#include "toolchain/listing/calls_names.h"\n\n#include <string.h>\n\n'
    out += "static const struct calls_name names[] = {\n"
    calls = [[f"{{{c['number']}, ", f"{c['mode_mask']}, ", c_string(c["title"]) + "},"] for c in spec["calls"]]
    out += columns(calls) + "};\n\n"
    out += "static const struct calls_group groups[] = {\n"
    rows = []
    for g in spec["groups"]:
        mode = [c_string(m) for m in g["modes"]] + ["NULL"] * (3 - len(g["modes"]))
        rows.append([f"{{{g['group']}, ", "true, " if g["default"] == "open" else "false, ", c_string(g["name"]) + ", ",
                     c_string(g["resource"]) + ", ", "{" + ", ".join(mode) + "}},"])
    out += columns(rows) + "};\n\n"
    out += "enum { NAMES = sizeof names / sizeof *names, GROUPS = sizeof groups / sizeof *groups };\n"
    kinds = (("calls_name", "calls_named", "names", "NAMES"), ("calls_group", "calls_group_named", "groups", "GROUPS"))
    for kind, by_name, noun, plural in kinds:
        out += f"\nconst struct {kind} *{kind}(uint32_t number) {{\n    for (size_t i = 0; i < {plural}; i++) {{\n"
        out += f"        if ({noun}[i].number == number) return &{noun}[i];\n    }}\n    return NULL;\n}}\n"
        out += f"\nconst struct {kind} *{by_name}(const char *name) {{\n    for (size_t i = 0; i < {plural}; i++) {{\n"
        out += f"        if (strcmp({noun}[i].name, name) == 0) return &{noun}[i];\n    }}\n    return NULL;\n}}\n"
    return out


# ---- the reference page

def page(spec):
    out = "<!-- GENERATED from spec/calls.json by tools/generate/calls.py. Do not edit. -->\n# Host calls\n\n"
    out += f"""Host ABI version {spec['version']}. A guest calls through `guest/include/skep_calls.h`; what a call
costs, may refuse and needs is here. Number = group * 64 + function. Arguments are in a0 to a5, in order (64-bit
ones take two registers, low word first); a0 gets the status, a1 the result. Before a handler runs, the executive
has checked every argument against this page; results are copied out only on success, so a
refused call leaves the guest's memory as it was (`format` writes as it goes). A pointer and its length are checked
as one; a buffer of length 0 may lie anywhere. Costs are words of fuel: fixed + per byte of buffer. A call that
waits parks the task, nothing else. A timeout of 0 does not wait.

"""
    out += "## Groups and capabilities\n| group | name | needs a capability | resource | modes | |\n"
    out += "|---|---|---|---|---|---|\n"
    for g in spec["groups"]:
        needs, resource = "no" if g["default"] == "open" else "yes", g["resource"].replace("|", "\\|")
        out += f"| {g['group']} | {g['name']} | {needs} | {resource} | {', '.join(g['modes'])} | {g['text']} |\n"
    reserved = ", ".join(f"{g['group']} {g['name']}" for g in spec["reserved"])
    out += f"\nReserved: {reserved}; every other number is refused.\n"
    for g in spec["groups"]:
        out += f"\n## {g['name']}\n"
        for call in [c for c in spec["calls"] if c["group"] == g["name"]]:
            out += call_section(call)
    out += "\n## Structures\nLittle-endian, as laid out by the guest's compiler.\n"
    for row in spec["structs"]:
        out += f"\n**{row['name']}**, {spec['struct_bytes'][row['name']]} bytes: {row['text']}\n\n"
        out += "| offset | field | type | |\n|---|---|---|---|\n"
        for f in row["fields"]:
            out += f"| {f['offset']} | {f['name']} | {f['type']}{array(f)} | {f['text']} |\n"
    out += "\n## Statuses\n| status | value | |\n|---|---|---|\n"
    return out + "".join(f"| {row['name']} | {row['value']} | {row['text']} |\n" for row in spec["status"])


def call_section(call):
    out = f"\n### {call['title']} ({call['number']})\n{call['text'][0].upper() + call['text'][1:]}.\n"
    if call["arguments"]:
        out += "\n| argument | register | type | |\n|---|---|---|---|\n"
        for a in call["arguments"]:
            register = f"a{a['register']}" + (f", a{a['register'] + 1}" if a["type"] == "u64" else "")
            kind = a.get("struct", a["type"]) if a["type"] != "out" else "out " + a.get("struct", "bytes")
            out += f"| {a['name']} | {register} | {kind} | {limits_text(a)} |\n"
    facts = []
    if call.get("result"):
        result = call["result"]
        facts.append("result: " + ", ".join(result[key] for key in ("name", "unit", "text") if key in result))
    facts.append("errors: " + (", ".join(call["errors_all"]) or "none"))
    facts.append(f"cost: {call['cost'][0]}" + (f" + {call['cost'][1]} per byte" if call["cost"][1] else ""))
    if call.get("may_wait"):
        facts.append("may wait")
    if call["mode_mask"]:
        facts.append("capability: " + capability_text(call))
    return out + "\n" + "; ".join(facts) + ".\n"


def capability_text(call):
    group, where = call["group"], ""
    if "resource" in call:
        where = f", {call['resource']}" + (f" for {call['span']} bytes" if "span" in call else "")
    if "mode_by" in call:
        either = " or ".join(dict.fromkeys(call["mode_by"]["modes"]))
        return f"{group} {either}, by {call['mode_by']['argument']}{where}"
    if "mode_lengths" in call:
        both = " and ".join(f"{mode} (if {name})" for name, mode in call["mode_lengths"].items())
        return f"{group} {both}{where}"
    return f"{group} {call['mode'].replace('|', ' or ')}{where}"


def outputs(root):
    spec = load(root)
    yield "guest/include/skep_calls.h", guest_header(spec)
    yield "device/executive/calls_table.h", device_header(spec)
    names = profiles(root)
    for profile in names:
        yield f"device/executive/calls_table_{profile}.c", device_source(spec, names, profile)
    yield "toolchain/listing/calls_names.h", names_header().replace("%ABI%", str(spec["version"]))
    yield "toolchain/listing/calls_names.c", names_source(spec)
    yield "docs/CALLS.md", page(spec)
