"""Carries out docs/ADDING.md in a copy of the tree: every block behind a mark goes where the mark says or is run. Fails
with the line of the step that does not work. Marks: after TEXT in FILE, before TEXT in FILE, replace TEXT by TEXT in
FILE, new FILE, run."""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "tools/tidy"))
from source import Tree  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs/ADDING.md"
MARK = re.compile(r"^<!-- (after|before|replace|new|run)(?: (.*))? -->$")
IN_FILE = re.compile(r"^`(.*?)`(?: by `(.*?)`)? in (\S+)$")


def steps(lines):
    """(line number, verb, what the mark says, the lines of the next block; none for replace)."""
    for at, line in enumerate(lines):
        match = MARK.match(line)
        if not match:
            continue
        verb, rest = match.groups()
        block = []
        if verb != "replace":
            first = next(i for i in range(at, len(lines)) if lines[i].startswith("```"))
            last = next(i for i in range(first + 1, len(lines)) if lines[i] == "```")
            block = lines[first + 1 : last]
        yield at + 1, verb, rest, block


def copy_tree(to):
    for name in Tree(ROOT).files:
        (to / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, to / name)
    (to / "build").mkdir()
    if (ROOT / "build/bearssl").exists():
        (to / "build/bearssl").symlink_to(ROOT / "build/bearssl")
    # The steps show that things work, not how fast: half the time goes into building.
    quick = ["cmake", "--preset", "host", "-DCMAKE_C_FLAGS_RELEASE=-O0"]
    subprocess.run(quick, cwd=to, check=True, capture_output=True)


def edit(tree, verb, rest, block):
    """None, or what is wrong."""
    if verb == "new":
        path = tree / rest
        if path.exists():
            return f"{rest} is there already"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(block) + "\n")
        return None
    text, new_text, name = IN_FILE.match(rest).groups()
    path = tree / name
    lines = path.read_text().split("\n")
    found = [number for number, line in enumerate(lines) if text in line]
    if not found:
        return f"{name} has no line with: {text}"
    if verb == "replace":
        lines[found[0]] = lines[found[0]].replace(text, new_text)
    else:
        at = found[0] + (verb == "after")
        lines[at:at] = block
    path.write_text("\n".join(lines))
    return None


def run(tree, block):
    script = "set -eu\n" + "\n".join(f"if ! {line[2:]}; then :; else exit 9; fi" if line.startswith("! ") else line
                                     for line in block)
    result = subprocess.run(["sh", "-c", script], cwd=tree, capture_output=True, text=True)
    return None if result.returncode == 0 else (result.stdout + result.stderr)[-3000:] + f"exit {result.returncode}"


def said_in_prose(line_number, rest, lines):
    """A mark is invisible to readers: the text below it must say the same place."""
    if rest is None:
        return None
    prose = lines[line_number]
    wanted = [word for word in (rest.split(" in ")[-1].strip("`"), *re.findall(r"`(.*?)`", rest)[:1]) if word]
    missing = [word for word in wanted if word.strip() not in prose]
    return f"the line below the mark does not name {missing}" if missing else None


def main():
    lines = PAGE.read_text().split("\n")
    count = 0
    with tempfile.TemporaryDirectory() as folder:
        tree = pathlib.Path(folder)
        copy_tree(tree)
        os.environ.pop("MAKEFLAGS", None)
        for number, verb, rest, block in steps(lines):
            fault = said_in_prose(number, rest, lines)
            fault = fault or (run(tree, block) if verb == "run" else edit(tree, verb, rest, block))
            if fault:
                sys.exit(f"docs/ADDING.md:{number}: {verb} {rest or ''}: {fault}")
            count += 1
    if count == 0:
        sys.exit("docs/ADDING.md: no step found")
    print(f"{count} steps work")


main()
