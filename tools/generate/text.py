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


# ---- profiles: spec/limits.json names them, the smallest first; a larger one has what the smaller ones have

def profiles(root):
    return [row["name"] for row in table(root, "limits.json")["profiles"]]


def profile_of(row, group=None):
    """The smallest profile that has the row: its own word for it, else its group's, else the full one."""
    return row.get("profile") or (group or {}).get("profile", "full")


def is_in(names, profile, row, group=None):
    """Whether `profile` has the row. A row is in no smaller profile than its group."""
    least = names.index(profile_of(row, group))
    assert group is None or least >= names.index(profile_of(group)), f"{row['name']}: in a profile without its group"
    return least <= names.index(profile)
