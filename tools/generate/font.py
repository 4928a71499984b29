"""spec/font.txt -> device/display/font.c: the display's glyphs as columns, the topmost row in bit 0."""
import sys

from text import warning

FIRST, LAST, COLUMNS, ROWS = 32, 126, 5, 8


def fail(number, message):
    sys.exit(f"spec/font.txt:{number}: {message}")


def glyphs(lines):
    """{character: its rows, top first}."""
    found, names = {}, []
    for number, line in enumerate(lines, 1):
        words = line.split()
        if line.startswith("= "):
            names = [" " if word == "SP" else word for word in words[1:]]
            for name in names:
                if len(name) != 1 or name in found or not FIRST <= ord(name) <= LAST:
                    fail(number, f"{name} is no character that is printable ASCII and not drawn yet")
                found[name] = []
        elif words and not line.startswith("# "):
            if len(words) != len(names):
                fail(number, f"{len(words)} rows of glyphs for {len(names)} characters")
            for name, row in zip(names, words):
                if len(row) != COLUMNS or set(row) - set("#."):
                    fail(number, f"want {COLUMNS} of # and ., got {row}")
                found[name].append(row)
    for code in range(FIRST, LAST + 1):
        if len(found.get(chr(code), [])) != ROWS:
            fail(len(lines), f"{chr(code)} wants {ROWS} rows")
    return found


def column(rows, at):
    return sum((row[at] == "#") << bit for bit, row in enumerate(rows))


def outputs(root):
    found = glyphs((root / "spec/font.txt").read_text().splitlines())
    lines = []
    for code in range(FIRST, LAST + 1):
        cells = ", ".join(f"0x{column(found[chr(code)], at):02x}" for at in range(COLUMNS))
        lines.append(f"    {{{cells}}}, /* {chr(code)} */\n" if code != FIRST else f"    {{{cells}}}, /* space */\n")
    yield "device/display/font.c", (
        warning("font.txt", "font") + '#include "device/display/font.h"\n\n'
        + "const uint8_t font_glyph[FONT_GLYPHS][FONT_COLUMNS] = {\n" + "".join(lines) + "};\n"
    )
