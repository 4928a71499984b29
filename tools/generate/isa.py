"""spec/isa.json -> core/vm/isa.h (opcodes, forms, field accessors), core/vm/isa_table.c (what the verifier reads,
small), core/vm/isa_names.c (what listings and tools read) and spec/isa_table.md (the reference page). Refuses a
table that contradicts itself."""
from text import c_string, columns, table, warning

WRITABLE = "abcdef"


def load(root):
    isa = table(root, "isa.json")
    forms = {form["form"]: form["fields"] for form in isa["forms"]}
    codes, names = set(), set()
    for op in isa["ops"]:
        code = int(op["code"], 16)
        assert 0 < code < 255, f"{op['name']}: 0x00 and 0xff stay refused, they are erased memory"
        assert code not in codes and op["name"] not in names, f"{op['name']}: number or name taken"
        codes.add(code)
        names.add(op["name"])
        fields = {field["field"] for field in forms[op["form"]]}
        for name in (op["reads"] + " " + op["writes"]).split():
            assert name in fields or name in isa["registers"], f"{op['name']}: no field or register {name}"
    # Forms with a field that not every value is good for, or with rows that the verifier knows by name, come first.
    any_value, by_name = {"reg", "simm", "uimm", "offset", "shift", "frame"}, {"none", "u16", "u12", "b"}
    plain = {name for name, fields in forms.items() if name not in by_name and {f["kind"] for f in fields} <= any_value}
    return isa, dict(sorted(forms.items(), key=lambda form: form[0] in plain)), len(forms) - len(plain)


def mask(fields):
    return 0xFF | sum(((1 << field["bits"]) - 1) << field["low"] for field in fields)


def header(isa, forms, checked):
    out = warning("isa.json", "isa")
    out += "#ifndef SKEP_CORE_VM_ISA_H\n#define SKEP_CORE_VM_ISA_H\n\n#include <stdint.h>\n\n"
    out += "enum {\n"
    for name in ("ram_base", "ro_base", "code_base"):
        out += f"    ISA_{name.upper()} = 0x{isa[name]:08x},\n"
    out += f"    ISA_VERSION = {isa['version']},\n}};\n\n"
    out += "/* X(code, NAME, form, fields written as a mask of a=1 b=2 c=4 .., uses float, ends a function, meaning) */"
    out += "\n"
    out += "#define ISA_OPS(X) \\\n"
    rows = []
    for op in isa["ops"]:
        written = sum(1 << WRITABLE.index(name) for name in op["writes"].split() if name in WRITABLE)
        rows.append([f"X({op['code']}, ", f"{op['name']}, ", f"{op['form']}, ", f"{written}, ", f"{int(op['float'])}, ",
                     f"{int(op['ends'])}, ", c_string(op["meaning"]) + ") \\"])
    out += columns(rows).rstrip().rstrip("\\").rstrip() + "\n\n"
    out += "#define ISA_ENUM(code, name, form, written, uses_float, ends, meaning) OP_##name = (code),\n"
    out += "enum isa_op { ISA_OPS(ISA_ENUM) };\n#undef ISA_ENUM\n\n"
    codes = {int(op["code"], 16) for op in isa["ops"]}
    holes = [f"X(0x{code:02x})" for code in range(256) if code not in codes]
    out += "/* X(code): the opcode values without a row. */\n#define ISA_HOLES(X) \\\n"
    out += " \\\n".join("    " + " ".join(holes[at:at + 10]) for at in range(0, len(holes), 10)) + "\n\n"
    out += "enum isa_form {\n" + "".join(f"    ISA_FORM_{form},\n" for form in forms) + "    ISA_FORMS\n};\n"
    out += f"enum {{ ISA_FORMS_CHECKED = {checked} }}; "
    out += "/* from this form on, any value of a field that is no register is good */\n\n"
    out += "enum isa_kind {\n" + "".join(f"    ISA_KIND_{kind},\n" for kind in isa["kinds"]) + "};\n\n"
    out += f"enum {{ ISA_FIELDS_MAX = {max(len(fields) for fields in forms.values())} }};\n\n"
    out += ("struct isa_field {\n    char name[6];\n    uint8_t low, bits, kind; /* enum isa_kind */\n};\n"
            "struct isa_form_info {\n    uint32_t reserved; /* bits that must be zero */\n    uint8_t field_count;\n"
            "    struct isa_field field[ISA_FIELDS_MAX];\n};\n"
            "enum { ISA_FLAG_WRITES = 0x3f, ISA_FLAG_FLOAT = 0x40, ISA_FLAG_ENDS = 0x80 };\n"
            "struct isa_op_info {\n    uint8_t form; /* enum isa_form; ISA_FORMS: no such opcode */\n"
            "    uint8_t flags;\n};\n\n"
            "extern const struct isa_op_info isa_op_table[256];\n"
            "/* Bits of each form that must be zero. An opcode without a row has form ISA_FORMS, all bits reserved,\n"
            " * and writes a. */\n"
            "extern const uint32_t isa_reserved[ISA_FORMS + 1];\n\n"
            "/* Below: for tools and listings; devices do not link it. isa_op_name is NULL where there is no row. */\n"
            "extern const struct isa_form_info isa_form_table[ISA_FORMS];\n"
            "const char *isa_op_name(uint8_t code);\nconst char *isa_register_name(unsigned number);\n\n")
    out += "static inline uint32_t isa_bits(uint32_t word, unsigned low, unsigned bits) {\n"
    out += "    return word >> low & ((1u << bits) - 1u);\n}\n"
    out += "static inline int32_t isa_signed_bits(uint32_t word, unsigned low, unsigned bits) {\n"
    out += "    uint32_t value = isa_bits(word, low, bits), sign = 1u << (bits - 1);\n"
    out += "    return (int32_t)((value ^ sign) - sign);\n}\n\n#endif\n"
    return out


def reserved(fields):
    return f"0x{0xFFFFFFFF & ~mask(fields):08x}u"


def op_table(isa, forms):
    by_code = {int(op["code"], 16): op for op in isa["ops"]}
    out = warning("isa.json", "isa") + '#include "core/vm/isa.h"\n\n'
    out += "const struct isa_op_info isa_op_table[256] = {\n"
    for code in range(256):
        op = by_code.get(code)
        if op is None:
            out += f"    [0x{code:02x}] = {{ISA_FORMS, 0x01}},\n"
            continue
        written = sum(1 << WRITABLE.index(name) for name in op["writes"].split() if name in WRITABLE)
        flags = written | (0x40 if op["float"] else 0) | (0x80 if op["ends"] else 0)
        out += f"    [OP_{op['name']}] = {{ISA_FORM_{op['form']}, 0x{flags:02x}}},\n"
    out += "};\n\nconst uint32_t isa_reserved[ISA_FORMS + 1] = {\n"
    for form, fields in forms.items():
        out += f"    [ISA_FORM_{form}] = {reserved(fields)},\n"
    return out + "    [ISA_FORMS] = 0xffffffffu,\n};\n"


def names(isa, forms):
    out = warning("isa.json", "isa") + '#include <stddef.h>\n\n#include "core/vm/isa.h"\n\n'
    out += "const struct isa_form_info isa_form_table[ISA_FORMS] = {\n"
    empty = '{"", 0, 0, 0}'
    for form, fields in forms.items():
        cells = ", ".join(f"{{\"{f['field']}\", {f['low']}, {f['bits']}, ISA_KIND_{f['kind']}}}" for f in fields)
        out += f"    [ISA_FORM_{form}] = {{{reserved(fields)}, {len(fields)}, {{{cells or empty}}}}},\n"
    out += "};\n\n"
    out += "const char *isa_op_name(uint8_t code) {\n    switch (code) {\n"
    out += "".join(f"    case OP_{op['name']}: return {c_string(op['name'].lower())};\n" for op in isa["ops"])
    out += "    default: return NULL;\n    }\n}\n\n"
    out += "const char *isa_register_name(unsigned number) {\n    static const char *const names[] = {"
    out += ", ".join(c_string(name) for name in isa["registers"])
    return out + '};\n    return number < 16 ? names[number] : "?";\n}\n'


def page(isa, forms):
    out = "<!-- GENERATED from spec/isa.json by tools/generate/isa.py. Do not edit. -->\n# Opcode table\n\n"
    out += f"{len(isa['ops'])} rows; the other {256 - len(isa['ops'])} opcode values are refused. "
    out += "Semantics shared by rows are in `isa.md`.\n\n"
    out += "## Field kinds\n" + "".join(f"- **{kind}**: {text}\n" for kind, text in isa["kinds"].items())
    out += "\n## Forms\n| form | fields (bits) |\n|---|---|\n"
    for form, fields in forms.items():
        cells = ", ".join(f"{f['field']} {f['low'] + f['bits'] - 1}..{f['low']} {f['kind']}" for f in fields)
        out += f"| {form} | {cells or 'none'} |\n"
    out += "\n## Rows\n| code | name | form | reads | writes | charges | meaning |\n|---|---|---|---|---|---|---|\n"
    for op in isa["ops"]:
        meaning = op["meaning"].replace("|", "\\|")
        extra = " Ends a path." if op["ends"] else ""
        out += f"| {op['code']} | {op['name']} | {op['form']} | {op['reads']} | {op['writes']} | {op['charges']} | "
        out += f"{meaning}.{extra} |\n"
    return out


def outputs(root):
    isa, forms, checked = load(root)
    yield "core/vm/isa.h", header(isa, forms, checked)
    yield "core/vm/isa_table.c", op_table(isa, forms)
    yield "core/vm/isa_names.c", names(isa, forms)
    yield "spec/isa_table.md", page(isa, forms)
