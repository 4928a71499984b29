"""What the generators share: reading a table, the warning line, C strings and table columns."""
import json


def table(root, name):
    return json.loads((root / "spec" / name).read_text())


def warning(source, script):
    return f"/* GENERATED from spec/{source} by tools/generate/{script}.py. Do not edit. */\n"


def c_string(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def columns(rows, indent="    "):
    """Rows of cells, each column padded to its widest cell."""
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = ("".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip() for row in rows)
    return "".join(indent + line + "\n" for line in lines)
