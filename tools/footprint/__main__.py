"""footprint: how large a firmware image is and how deep its stacks get, held against spec/limits.json.

usage: footprint IMAGE.elf IMAGE.map LIMITS.json [--whole LIMIT | --profile NAME --guests SYMBOL]
                 [--worst FUNCTION+..=LIMIT ...]

With --profile, what is measured is what that profile may weigh: text and RAM without the code of signatures, the
board's drivers and, of RAM, the guests' memory.

Prints one "size:" line per measured limit and one "stack:" line per entry function, and fails when a limit is passed,
when a call through a pointer is met whose targets indirect.txt does not name, or when functions call each other in a
circle.

Text is counted per library from the linker's map. Stacks are counted from the image's own instructions: what each
function pushes and subtracts, and whom it calls; a function whose use is not a constant is refused."""
import argparse
import collections
import fnmatch
import json
import pathlib
import re
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
# An exception frame with the FPU's registers and alignment; interrupts nest as deep as there are priorities.
EXCEPTION_FRAME_BYTES = 112

FUNCTION = re.compile(r"^([0-9a-f]+) <([^>]+)>:$")
TARGET = re.compile(r"\b([0-9a-f]+) <([^>+]+)(?:\+0x([0-9a-f]+))?>")
# A section of the map, its size and the file it is from; behind a long name the linker begins a new line.
SECTION = r"^ (\.(?:%s)\S*)\s+0x[0-9a-f]+\s+0x([0-9a-f]+) (\S+)$"
TEXT, RAM = (re.compile(SECTION % names, re.M) for names in ("vectors|boot_table|text|rodata", "data|bss"))
# What a profile does not answer for.
APART = re.compile(r"core_trust.*|bearssl|port_.*|start")


def fail(text):
    sys.exit(f"footprint: {text}")


def registers_in(operands):
    count = 0
    for part in re.search(r"\{(.*)\}", operands).group(1).split(","):
        ends = re.findall(r"[rsd](\d+)", part)
        count += int(ends[1]) - int(ends[0]) + 1 if len(ends) == 2 else 1
    return count


def pushed(name, operands):
    """Bytes by which an instruction lowers sp."""
    if name == "push" or (name.startswith("stmdb") and operands.startswith("sp!")):
        return 4 * registers_in(operands)
    if name == "vpush":
        return (8 if "{d" in operands else 4) * registers_in(operands)
    if name.startswith("sub") and re.match(r"sp, (sp, )?#", operands):
        return int(re.search(r"#(\d+)", operands).group(1))
    store = re.match(r"\w+, (?:\w+, )?\[sp, #-(\d+)\]!", operands)
    if name.startswith("str") and store:
        return int(store.group(1))
    if name.startswith("sub") and re.match(r"sp, (sp, )?r", operands):
        return None
    return 0


class Function:
    def __init__(self, name):
        self.name, self.bytes, self.calls, self.indirect, self.dynamic = name, 0, set(), False, False


def read_functions(image):
    """By address, because static functions may share a name. The rows of the dispatch loop belong to it."""
    text = subprocess.run(["arm-none-eabi-objdump", "-d", "--no-show-raw-insn", image], capture_output=True,
                          check=True, text=True).stdout
    functions, rows, here, loop = {}, set(), None, None
    for line in text.splitlines():
        start = FUNCTION.match(line)
        if start:
            address, name = int(start.group(1), 16), start.group(2)
            if name.startswith("vm_m4_"):
                rows.add(address)
                here = loop = loop or Function("vm_interpret")
            else:
                here = functions[address] = loop if name == "vm_interpret" and loop else Function(name)
                loop = here if name == "vm_interpret" else loop
            continue
        words = line.strip().split("\t")
        if here is None or len(words) < 2:
            continue
        read_instruction(here, words[1].split(".")[0], words[2] if len(words) > 2 else "")
    for function in functions.values():
        function.calls -= rows
    return functions


def read_instruction(here, operation, operands):
    depth = pushed(operation, operands)
    here.dynamic = here.dynamic or depth is None
    here.bytes += depth or 0
    target = TARGET.search(operands)
    if operation.startswith(("b", "cb")) and operation not in ("bic", "bics", "bfi", "bfc", "bkpt") and target:
        callee = int(target.group(1), 16) - int(target.group(3) or "0", 16)
        if target.group(2) != here.name:
            here.calls.add(callee)
    if operation == "blx" or (operation == "bx" and operands.strip() != "lr"):
        here.indirect = True


def read_indirect():
    """FUNCTION: TARGET ... lines; what calls through pointers may reach."""
    table = {}
    for line in (HERE / "indirect.txt").read_text(encoding="utf-8").splitlines():
        line = line.split("#")[0].strip()
        if line:
            function, targets = line.split(":")
            table[function.strip()] = targets.split()
    return table


def plain(name):
    """Without what the compiler appends to copies of a function."""
    return re.split(r"\.(?:constprop|isra|part|cold|lto_priv)", name)[0]


def named(functions, pattern):
    return {address for address, function in functions.items() if fnmatch.fnmatch(plain(function.name), pattern)}


def callees_of(function, functions, indirect):
    callees = set(function.calls)
    if function.dynamic:
        fail(f"{function.name} takes stack by a register")
    if function.indirect:
        if plain(function.name) not in indirect:
            fail(f"{function.name} calls through a pointer; name its targets in tools/footprint/indirect.txt")
        for target in indirect[plain(function.name)]:
            callees |= named(functions, target)
    return sorted(callees)


def worst_path(functions, indirect, entry):
    """The bytes of the deepest chain of calls from `entry`, and the names along it."""
    done, path = {}, []

    def visit(address):
        if address in done:
            return done[address]
        function = functions[address]
        if address in path:
            names = [functions[step].name for step in path[path.index(address):]]
            fail(f"{' -> '.join(names)} -> {function.name} is a circle, whose stack has no bound")
        path.append(address)
        deepest = max((visit(callee) for callee in callees_of(function, functions, indirect)), default=(0, []))
        path.pop()
        done[address] = (function.bytes + deepest[0], [function.name, *deepest[1]])
        return done[address]

    found = named(functions, entry)
    if not found:
        fail(f"there is no function {entry} in the image")
    return max(visit(address) for address in found)


def by_library(map_file, sections):
    text = pathlib.Path(map_file).read_text(encoding="utf-8")
    text = text[text.index("Linker script and memory map"):]
    sizes = collections.Counter()
    for _, size, file in sections.findall(text):
        library = re.search(r"lib(\w+)\.a", file)
        start = "start" if file.endswith("/start.c.obj") else "image"
        sizes[library.group(1) if library else start] += int(size, 16)
    return sizes


def of_profile(sizes):
    return sum(size for library, size in sizes.items() if not APART.fullmatch(library))


def symbol_bytes(image, name):
    lines = subprocess.run(["arm-none-eabi-nm", "-S", image], capture_output=True, check=True, text=True).stdout
    found = [line.split() for line in lines.splitlines() if line.split()[-1] == name]
    if not found:
        fail(f"there is no {name} in the image")
    return int(found[0][1], 16)


class Limits:
    def __init__(self, path):
        table = json.loads(pathlib.Path(path).read_text(encoding="utf-8"))
        self.rows = {row["name"]: row for row in table["ceilings"]}
        self.passed = []

    def hold(self, kind, name, value, note=""):
        if name not in self.rows:
            fail(f"spec/limits.json has no row {name}")
        row = self.rows[name]
        aim = f", the aim is {row['aim']}" if "aim" in row else ""
        print(f"{kind}: {name} {value} of {row['value']} {row['unit']}{aim}{note}")
        if value > row["value"]:
            self.passed.append(f"{name} is {value} {row['unit']}, and spec/limits.json allows {row['value']}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("image")
    parser.add_argument("map")
    parser.add_argument("limits")
    parser.add_argument("--worst", action="append", default=[], metavar="FUNCTION=LIMIT")
    parser.add_argument("--profile")
    parser.add_argument("--guests")
    parser.add_argument("--whole", metavar="LIMIT", help="hold the whole image against this, and no library")
    options = parser.parse_args()
    limits = Limits(options.limits)
    sizes = by_library(options.map, TEXT)
    if options.whole:
        limits.hold("size", options.whole, sum(sizes.values()))
    elif options.profile:
        limits.hold("size", f"{options.profile}_text_bytes", of_profile(sizes))
        ram = of_profile(by_library(options.map, RAM)) - symbol_bytes(options.image, options.guests)
        limits.hold("size", f"{options.profile}_ram_bytes", ram)
    else:
        limits.hold("size", "firmware_text_bytes", sum(sizes.values()))
        limits.hold("size", "vm_text_bytes", sizes["core_vm"] + sizes["core_load"])
        limits.hold("size", "trust_text_bytes", sizes["core_trust"] + sizes["bearssl"])
        limits.hold("size", "executive_text_bytes", sizes["device_executive"])
        limits.hold("size", "blackbox_text_bytes", sizes["device_blackbox"])
        limits.hold("size", "store_text_bytes", sizes["device_store"])
    functions, indirect = read_functions(options.image), read_indirect()
    for word in options.worst:
        names, limit = word.split("=")
        total, path = 0, []
        for name in names.split("+"):
            depth, through = worst_path(functions, indirect, name)
            total += depth + EXCEPTION_FRAME_BYTES
            path += through
        limits.hold("stack", limit, total, f" ({' > '.join(path)})")
    if limits.passed:
        fail("; ".join(limits.passed))


main()
