"""Whole programs, as `skep build` makes them at several levels: does every word lead back to its line, and does a trap
say where it was? usage: trap_place_test.py SKEP"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

SKEP = pathlib.Path(sys.argv[1]).resolve()
SOURCE = pathlib.Path(__file__).resolve().parent / "guest/nested.c"
EXAMPLES = SOURCE.parents[3] / "guest/examples"
LINES = SOURCE.read_text().split("\n")
MARKS = {match.group(1): number for number, line in enumerate(LINES, 1)
         for match in [re.search(r"mark: (.+?) \*/", line)] if match}
LEVELS = ["-O0", "-Og", "-Os", "-O2", "-O3"]
EXIT_ARTIFACT, EXIT_NO_INPUT, EXIT_TRAP = 65, 66, 81
WORD = re.compile(r"^ *(\d+)  ([0-9a-f]{8})  (\S+)")
PLACE = re.compile(r"^; (.+?):(\d+)(?:: (.*))?$")
FUNCTION = re.compile(r"^(\S+):  ; function (\d+), (\d+) words")

failures = []


def check(good, text):
    if not good:
        failures.append(text)
        print("  not true:", text)


def skep(folder, *words, stdin=""):
    return subprocess.run([SKEP, *words], cwd=folder, input=stdin, capture_output=True, text=True, timeout=60)


def build(folder, *flags):
    shutil.copy(SOURCE, folder)
    result = skep(folder, "build", "nested.c", "-o", "nested.cvm1", *flags)
    check(result.returncode == 0, f"{flags} builds: {result.stderr}")


def read_listing(text):
    """{word: (mnemonic, function, file, line)} and the lines that a place stated, with their text."""
    words, stated, function, place = {}, [], None, (None, 0)
    for line in text.split("\n"):
        head, at, word = FUNCTION.match(line), PLACE.match(line), WORD.match(line)
        if head:
            function, place = head.group(1), (None, 0)
        elif at:
            place = (at.group(1), int(at.group(2)))
            stated.append((*place, at.group(3)))
        elif word:
            words[int(word.group(1))] = (word.group(3), function, *place)
    return words, stated


def operations_on(words, mark):
    return {word[0] for word in words.values() if word[2:] == ("nested.c", MARKS[mark])}


def every_word_has_its_line(folder, flags):
    result = skep(folder, "disasm", "nested.cvm1", "--source")
    words, stated = read_listing(result.stdout)
    check(sorted(words) == list(range(len(words))), f"{flags}: every word is listed once")
    for name, number, text in stated:
        if name == "nested.c":
            check(text == LINES[number - 1], f"{flags}: line {number} is shown as it is in the file: {text}")
    check(all("function_" not in (word[1] or "") for word in words.values()), f"{flags}: every function has its name")
    check("div" in operations_on(words, "divide"), f"{flags}: the division stands at its line")
    check(any(name.startswith("lw") for name in operations_on(words, "null")), f"{flags}: the load stands at its line")
    calls = operations_on(words, "outer") | operations_on(words, "main")
    check("call" in calls, f"{flags}: the calls stand at their lines")
    own = {word[1] for word in words.values() if word[2] == "nested.c"}
    check({"main", "outer", "middle", "recurse"} <= own, f"{flags}: what was not inlined is there: {own}")
    check(not {"quotient", "member"} & own, f"{flags}: those that were inlined have no header of their own: {own}")


def one_function_can_be_asked_for(folder, flags):
    result = skep(folder, "disasm", "nested.cvm1", "--function", "middle")
    check(result.stdout.count("; function ") == 1 and "middle:" in result.stdout, f"{flags}: --function shows one")
    result = skep(folder, "disasm", "nested.cvm1", "--function", "nobody")
    check(result.returncode != 0 and "nobody" in result.stderr and not result.stdout, f"{flags}: a wrong name is said")


def sidecars_of_another_build_are_refused(folder):
    build(folder, "-O0")
    (folder / "nested.elf").rename(folder / "old.elf")
    build(folder, "-O2")
    (folder / "old.elf").rename(folder / "nested.elf")
    result = skep(folder, "disasm", "nested.cvm1", "--source")
    check("another build" in result.stderr and "function_0:" in result.stdout and "main:" not in result.stdout,
          "an .elf of another build is said and not used")
    (folder / "nested.map").unlink()
    result = skep(folder, "disasm", "nested.cvm1")
    check("nested.map" in result.stderr and result.returncode == 0, "a missing .map is said")


def a_source_that_was_edited_since_is_said(folder):
    build(folder, "-O0")
    artifact, source = folder / "nested.cvm1", folder / "nested.c"
    check("newer" not in skep(folder, "disasm", "nested.cvm1", "--source").stderr, "a source that was built is current")
    before = source.stat()
    later = artifact.stat().st_mtime + 2
    os.utime(source, (later, later))
    result = skep(folder, "disasm", "nested.cvm1", "--source")
    os.utime(source, (before.st_atime, before.st_mtime))
    check(result.stderr.count("nested.c is newer than nested.cvm1") == 1, f"a newer source is said: {result.stderr}")


# how to trap, the reason, the frames from the innermost on: (function, mark);
# without a mark: in the C library
TRAPS = [
    ("a", "abort was called", [("abort", None), ("middle", "abort in middle"), ("outer", "outer"), ("main", "main")]),
    ("d", "division by zero",
     [("quotient", "divide"), ("middle", "divide in middle"), ("outer", "outer"), ("main", "main")]),
    ("n", "null pointer: a load of 4 bytes at address 0x0000000c",
     [("member", "null"), ("middle", "null in middle"), ("outer", "outer"), ("main", "main")]),
]


def a_trap_says_where(folder, flags):
    for letter, reason, frames in TRAPS:
        result = skep(folder, "run", "nested.cvm1", stdin=letter)
        check(result.returncode == EXIT_TRAP, f"{flags} {letter}: run ends with {EXIT_TRAP}: {result.returncode}")
        check(result.stdout == f"how: {letter}\n", f"{flags} {letter}: what it printed before: {result.stdout!r}")
        check(f"trap: {reason}" in result.stderr, f"{flags} {letter}: the reason: {result.stderr}")
        for depth, (function, mark) in enumerate(frames):
            place = rf"\S*nested\.c:{MARKS[mark]}:" if mark else r"\S+\.c:\d+"
            want = re.compile(rf"^ +{depth}  {function}(?: \(inlined\))?  {place}", re.MULTILINE)
            check(want.search(result.stderr), f"{flags} {letter}: frame {depth} is {function}, {mark}: {result.stderr}")


def variables_are_right_or_not_shown(folder, flags):
    text = skep(folder, "run", "nested.cvm1", stdin="d").stderr
    for name, value in (("a", ord("d")), ("b", 0)):
        shown = re.search(rf"^  int {name} (.*)$", text, re.MULTILINE)
        check(shown, f"{flags}: {name} is listed: {text}")
        good = (f"= {value}",) if "-O0" in flags else (f"= {value}", "(not kept here)")
        check(shown and shown.group(1) in good, f"{flags}: {name} is {value}: {shown and shown.group(1)}")


def an_endless_recursion_is_a_stack_overflow(folder, flags):
    result = skep(folder, "run", "nested.cvm1", stdin="s")
    check(result.returncode == EXIT_TRAP and ("stack overflow" in result.stderr or "nested too deep" in result.stderr),
          f"{flags}: recursion: {result.stderr[:400]}")
    check("variables of" not in result.stderr, f"{flags}: there is no frame to read variables from")
    check("recurse" in result.stderr and "more ..." in result.stderr, f"{flags}: recursion shows its ends")
    check(len(result.stderr.split("\n")) < 70, f"{flags}: recursion is reported in a screen or two")


def damaged_artifacts_are_listed_or_refused(folder):
    build(folder, "-O2")
    whole, random = (folder / "nested.cvm1").read_bytes(), 11
    for round in range(60):
        damaged = bytearray(whole)
        for _ in range(1 + round % 3):
            random = (random * 1664525 + 1013904223) % 2**32
            damaged[(random >> 8) % (len(whole) if round % 2 else 512)] ^= 1 << (random & 7)
        cut = (random >> 5) % len(whole) if round % 5 == 0 else len(whole)
        (folder / "nested.cvm1").write_bytes(damaged[:cut])
        result = skep(folder, "disasm", "nested.cvm1", "--source")
        check(result.returncode in (0, EXIT_ARTIFACT), f"damaged, round {round}: {result.returncode} {result.stderr}")
        check(bool(result.stdout) == (result.returncode == 0), f"damaged, round {round}: a listing or a refusal")
    for name, code in (("nested.c", EXIT_ARTIFACT), ("nobody.cvm1", EXIT_NO_INPUT), (".", EXIT_NO_INPUT)):
        result = skep(folder, "disasm", name)
        check(result.returncode == code and name in result.stderr, f"{name}: {result.returncode} {result.stderr}")


def every_example_leads_back_to_its_source():
    """Functions that an example defines have its lines, and no word of theirs is without one. What the compiler adds to
    start C++ objects (its names begin with an underscore) belongs to no line."""
    count = 0
    for source in sorted(EXAMPLES.glob("*/*.c*")):
        if (source.parent / "skep.toml").exists():
            continue
        for level in ("-O0", "-Og", "-O2"):
            with tempfile.TemporaryDirectory() as name:
                shutil.copy(source, name)
                result = skep(name, "build", source.name, "-o", "example.cvm1", level)
                check(result.returncode == 0, f"{source.name} {level} builds: {result.stderr}")
                words, _ = read_listing(skep(name, "disasm", "example.cvm1", "--source").stdout)
            defined = {word[1] for word in words.values() if word[2] == source.name}
            lines = {word[3] for word in words.values() if word[2] == source.name}
            known = {"main", "loop"} & defined and len(lines) >= 2
            check(known, f"{source.name} {level}: it has lines: {defined} {lines}")
            bare = {word[1] for word in words.values() if word[1] in defined and not word[2] and word[1][0] != "_"}
            check(not bare, f"{source.name} {level}: words without a line: {bare}")
            named = all("function_" not in (word[1] or "") for word in words.values())
            check(named, f"{source.name} {level}: every function has its name")
            count += 1
    check(count >= 30, f"the examples were found: {count}")
    return count


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for level in LEVELS:
            for flags in ([level], [level, "--debug"]):
                build(folder, *flags)
                every_word_has_its_line(folder, flags)
                one_function_can_be_asked_for(folder, flags)
                a_trap_says_where(folder, flags)
                variables_are_right_or_not_shown(folder, flags)
                an_endless_recursion_is_a_stack_overflow(folder, flags)
        sidecars_of_another_build_are_refused(folder)
        a_source_that_was_edited_since_is_said(folder)
        damaged_artifacts_are_listed_or_refused(folder)
    count = every_example_leads_back_to_its_source()
    print(f"{len(LEVELS) * 2 + count} builds, {len(failures)} failed")
    sys.exit(bool(failures))


main()
