"""Copies core/vm/rows.h with its CHARGE macro made empty: the interpreter without fuel, to see what fuel costs.

    unmetered.py IN OUT
"""
import pathlib
import re
import sys

text = pathlib.Path(sys.argv[1]).read_text()
MACRO = r"#define CHARGE\(words\)(?:[^\n]*\\\n)+[^\n]*\n"
text, count = re.subn(MACRO, "#define CHARGE(words) ((void)(words))\n", text)
if count != 1:
    sys.exit(f"{sys.argv[1]}: no macro CHARGE(words) to make empty")
output = pathlib.Path(sys.argv[2])
output.parent.mkdir(parents=True, exist_ok=True)
output.write_text(text)
