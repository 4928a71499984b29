"""Rules about files as text: what is left over, layout, length, generated files, paths, coverage, binaries."""
import posixpath
import re
import subprocess
import sys

from source import C_ENDINGS, CODE_ENDINGS

COLUMNS_MAX = 120
FILE_LINES_MAX = 700
FILE_BYTES_MAX = 1 << 20
SELF = ("tools/tidy/", "test/tidy/")  # they name what they look for

LEFT_OVER = re.compile(r"\b(TODO|FIXME|XXX)\b")


def left_over(tree):
    for path in tree.texts():
        if path.startswith(SELF):
            continue
        for number, line in enumerate(tree.lines(path), 1):
            match = LEFT_OVER.search(line)
            if match:
                yield path, number, path, f"{match.group(1)}: do it, or make it a line in docs/CAVEATS.md"


def blanks(tree):
    for path in tree.texts():
        if path.endswith("/expected.txt"):  # what a program prints, byte for byte
            continue
        keeps_tabs = path.endswith(("Makefile", ".mk"))
        for number, line in enumerate(tree.lines(path), 1):
            if line != line.rstrip():
                yield path, number, path, "blanks at the end of the line"
            if "\t" in line and not keeps_tabs:
                yield path, number, path, "a tab"
        if tree.text(path) and not tree.text(path).endswith("\n"):
            yield path, len(tree.lines(path)), path, "no newline at the end of the file"


def columns(tree):
    for path in tree.code(endings=CODE_ENDINGS):
        for number, line in enumerate(tree.lines(path), 1):
            if len(line) > COLUMNS_MAX:
                yield path, number, path, f"{len(line)} columns; {COLUMNS_MAX} fit"


def lengths(tree):
    for path in tree.code(endings=CODE_ENDINGS):
        count = len(tree.lines(path))
        if count > FILE_LINES_MAX:
            yield path, count, path, f"{count} lines; more than {FILE_LINES_MAX} are two nouns"


def generated(tree):
    if not (tree.root / "tools/generate/__main__.py").exists():
        return
    command = [sys.executable, "tools/generate", "--check"]
    result = subprocess.run(command, cwd=tree.root, capture_output=True, text=True)
    if result.returncode != 0:
        last = (result.stderr.strip().splitlines() or ["it failed"])[-1]
        yield "tools/generate", 1, "tools/generate", last


FORMAT_LINE = re.compile(r"^(.+?):(\d+):\d+: (?:error|warning): (.*?)(?: \[.*\])?$")


def layout(tree):
    paths = [path for path in tree.code() if path.endswith((".c", ".h")) and (tree.root / ".clang-format").exists()]
    if not paths:
        return
    command = ["clang-format-19", "--dry-run", "-Werror", *paths]
    try:
        result = subprocess.run(command, cwd=tree.root, capture_output=True, text=True)
    except FileNotFoundError:
        yield ".clang-format", 1, ".clang-format", "clang-format-19 is not installed: tools/setup/setup.sh"
        return
    seen = set()
    for line in result.stderr.splitlines():
        match = FORMAT_LINE.match(line)
        if match and match.group(1) not in seen:
            seen.add(match.group(1))
            yield (match.group(1), int(match.group(2)), match.group(1),
                   f"not as clang-format lays it out: clang-format-19 -i {match.group(1)}")


MACHINE_PATH = re.compile(r"(?<![\w.}$)])/(?:home|root|work|Users|mnt)/\w+")


def machine_paths(tree):
    for path in tree.texts():
        if path.startswith(SELF):
            continue
        for number, line in enumerate(tree.lines(path), 1):
            match = MACHINE_PATH.search(line)
            if match:
                yield path, number, path, f"{match.group()} exists on one machine only"


TEST_NAME = re.compile(r"(?:skep_test\(|add_test\(\s*NAME\s+|skep_\w*test\w*\()\s*([\w${}]+)")
QUOTED = re.compile(r"`([^`]+)`")


FOREACH = re.compile(r"foreach\(\s*(\w+)\s+([^)]*)\)")


def test_patterns(tree):
    """What CMake calls tests. A name made in a loop over words stands for each; other variables match any word."""
    patterns = []
    for path in tree.texts():
        if not path.endswith(("CMakeLists.txt", ".cmake")):
            continue
        loops = {name: words.split() for name, words in FOREACH.findall(tree.text(path)) if "IN" not in words.split()}
        for name in TEST_NAME.findall(tree.text(path)):
            parts = re.split(r"\$\{(\w+)\}", name)
            for at, part in enumerate(parts):
                words = map(re.escape, loops.get(part, []))
                parts[at] = ("(" + "|".join(words) + ")" if part in loops else r"\w+") if at % 2 else re.escape(part)
            if name != "${name}":
                patterns.append(re.compile("".join(parts)))
    return patterns


def is_there(tree, name, patterns):
    path, colon, function = name.partition(":")
    if colon:
        return path in tree.files and re.search(r"\b" + re.escape(function) + r"\b", tree.text(path)) is not None
    return path in tree.files or any(pattern.fullmatch(name) for pattern in patterns)


def coverage(tree):
    """Rows `| statement | test |` of docs/COVERAGE.md; a test in backquotes is a ctest name, a file, or file:name."""
    path = "docs/COVERAGE.md"
    if path not in tree.files:
        return
    patterns = test_patterns(tree)
    statements = set()
    for number, line in enumerate(tree.lines(path), 1):
        statement = re.match(r"\| (\d+\.\w+) ", line)
        if statement and statement[1] in statements:
            yield path, number, path, f"the number {statement[1]} stands twice; take the next one of this part"
        statements.add(statement[1] if statement else "")
        cells = [cell.strip() for cell in line.strip("| ").split("|")] if line.startswith("|") else []
        heads = ("test", "tests", "shown by")
        if len(cells) < 2 or set(cells[-1]) <= set("-: ") or cells[-1].lower() in heads:
            continue
        quoted = QUOTED.findall(cells[-1])
        if not quoted and "CAVEATS" not in cells[-1]:
            yield path, number, path, "the row names no test (in backquotes) and no line of CAVEATS"
        for name in quoted:
            if not is_there(tree, name, patterns) and not name.startswith("make "):
                yield path, number, path, f"there is no test {name}"


STANDARD_HEADERS = {name + ".h" for name in (
    "assert complex ctype errno fenv float inttypes iso646 limits locale math setjmp signal stdalign stdarg stdatomic "
    "stdbool stddef stdint stdio stdlib stdnoreturn string tgmath threads time uchar wchar wctype").split()}
PATH_IN_TEXT = r"(?:core|device|docs|guest|host|programs|spec|test|toolchain|tools)/[\w./-]*"
LINK = re.compile(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)")


def links(tree):
    """What a page names must be there: links, paths in backquotes that begin with a folder of the project, C files."""
    names = {path.rsplit("/", 1)[-1] for path in tree.files} | STANDARD_HEADERS
    folders = {path.rsplit("/", depth)[0] for path in tree.files for depth in range(1, path.count("/") + 1)}
    for path in (path for path in tree.texts() if path.endswith(".md")):
        here = path.rpartition("/")[0]
        for number, line in enumerate(tree.lines(path), 1):
            if "new file" in line:
                continue
            named = [(f"{here}/{name}" if here else name).rstrip("/") for name in LINK.findall(line)]
            named += [name.rstrip("/") for name in QUOTED.findall(line) if re.fullmatch(PATH_IN_TEXT, name)]
            for name in named:
                plain = posixpath.normpath(name)
                if plain not in tree.files and plain not in folders:
                    yield path, number, path, f"there is no {plain}"
            for name in QUOTED.findall(line):
                if re.fullmatch(r"\w+\.[chS]", name) and name not in names:
                    yield path, number, path, f"there is no {name}"


def binaries(tree):
    for path in tree.files:
        if tree.is_binary(path):
            yield path, 1, path, "a binary file: make it in the build"
        elif len(tree.bytes(path)) > FILE_BYTES_MAX:
            yield path, 1, path, f"larger than {FILE_BYTES_MAX} bytes: make it in the build"


RULES = {"left-over": left_over, "blanks": blanks, "columns": columns, "lengths": lengths, "generated": generated,
         "layout": layout, "machine-paths": machine_paths, "coverage": coverage, "links": links, "binaries": binaries}
