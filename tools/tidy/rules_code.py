"""Rules about C code: floors, function length, banned names, conditional compilation."""
import re

from source import C_ENDINGS, blocks

FUNCTION_LINES_MAX = 70

# Folder or file, floor. The longest match counts. An include goes down; folders on one floor are neighbours and do not
# include each other. Inside toolchain: listing holds names that pack needs, pack what symbols needs.
FLOORS = {
    "core/base": 1,
    "core/wire": 2,
    "core/trust": 3,
    "core/vm": 4,
    "device/port/port.h": 5,
    "device/port/board.h": 5,
    "device/port/flash_area.h": 5,
    "device/port/folder": 6,
    "device/store": 6,
    "device/boot": 7,
    "device/executive": 7,
    "device/port/boot_port.h": 8,
    "device/display": 8,
    "device/port": 9,
    "device/firmware": 10,
    "toolchain/listing": 5,
    "toolchain/lower": 5,
    "toolchain/pack": 6,
    "toolchain/symbols": 7,
    "host": 5,
    "programs": 11,
    "tools": 11,
    "test": 12,
}
# Nothing of the left includes anything of the right, whatever the floors.
SIDES = ("host", "toolchain", "device")
APART = [(one, other) for one in SIDES for other in SIDES if one != other]
INCLUDE = re.compile(r'^\s*#\s*include\s+"([^"]+)"')


def place(path):
    """(the folder or file whose floor counts, floor), or None."""
    matches = [name for name in FLOORS if path == name or path.startswith(name + "/")]
    if not matches:
        return None
    name = max(matches, key=len)
    return name, FLOORS[name]


def noun(path, name):
    """What a neighbour is: the folder below the one that has the floor, for the floors that hold several."""
    parts = path.split("/")
    depth = len(name.split("/"))
    return "/".join(parts[: depth + 1]) if name in ("host", "device/port") and len(parts) > depth + 1 else name


def floors(tree):
    for path in tree.texts():
        own = place(path)
        if own is None or not path.endswith(C_ENDINGS):
            continue
        for number, line in enumerate(tree.lines(path), 1):
            match = INCLUDE.match(line)
            other = place(match.group(1)) if match else None
            if other is None:
                continue
            target = match.group(1)
            for low, high in APART:
                if path.startswith(low + "/") and target.startswith(high + "/"):
                    yield path, number, path, f"{low}/ and {high}/ are apart; it includes {target}"
            if other[1] > own[1]:
                yield (path, number, path,
                       f"{own[0]} (floor {own[1]}) must not include {other[0]} (floor {other[1]}): {target}")
            elif other[1] == own[1] and noun(path, own[0]) != noun(target, other[0]) and own[1] < FLOORS["programs"]:
                yield (path, number, path,
                       f"{noun(path, own[0])} must not include its neighbour {noun(target, other[0])}: {target}")


def functions(tree):
    for path in tree.code():
        for block in blocks(tree.bare_lines(path)):
            length = block.last - block.first + 1
            if block.is_function and length > FUNCTION_LINES_MAX:
                yield (path, block.first, f"{path}:{block.name}",
                       f"{block.name} has {length} lines; {FUNCTION_LINES_MAX} fit a screen: split it")


# Guests and their tests use C's library as their authors like.
OURS = ("core", "device", "toolchain", "host", "programs", "test", "tools")
NOT_OURS = ("test/guest/", "test/symbols/guest/", "test/lower/guest/")
UNBOUNDED = re.compile(r"(?<![\w.>])(strcpy|strcat|sprintf|vsprintf|gets|alloca)\s*\(")
HEAP = re.compile(r"(?<![\w.>])(malloc|calloc|realloc|free)\s*\(")


def names(tree):
    for path in tree.code(*OURS):
        if path.startswith(NOT_OURS):
            continue
        heapless = path.startswith(("core/", "device/"))
        for number, line in enumerate(tree.bare_lines(path), 1):
            for match in UNBOUNDED.finditer(line):
                yield path, number, path, f"{match.group(1)} has no bound: use snprintf or memcpy"
            for match in HEAP.finditer(line) if heapless else ():
                yield path, number, path, f"{match.group(1)}: core/ and device/ have no heap: take it from an arena"


CONDITION = re.compile(r"^\s*#\s*(if|ifdef|ifndef|elif|else)\b")


def conditions(tree):
    for path in tree.code(*OURS):
        bare = tree.bare_lines(path)
        for block in blocks(bare):
            for number in range(block.first, block.last + 1):
                if CONDITION.match(bare[number - 1]):
                    yield (path, number, path,
                           f"#if inside {block.name}: a feature is a file that the build chooses, or if (CONFIG)")


# State at the left edge. Boards and images own the machine that they run on; everything else is handed its state.
STATE = re.compile(r"^(?!typedef|extern|enum|#)(?!.*\bconst\b)(?=\w)(?:(?:static|volatile) .*|.* = .*);$")
STATE_OWNERS = ("device/port/", "device/firmware/")


def globals_(tree):
    for path in tree.code("core", "device", "toolchain", "host", "programs", endings=(".c", ".h")):
        if path.startswith(STATE_OWNERS):
            continue
        for number, line in enumerate(tree.bare_lines(path), 1):
            if STATE.match(line) and "(" not in line.split("=")[0]:
                yield path, number, path, "state of its own: put it into a struct that the caller owns"


RULES = {"floors": floors, "functions": functions, "names": names, "conditions": conditions, "globals": globals_}
