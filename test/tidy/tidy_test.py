"""Each rule of tools/tidy, against a small tree that breaks it and one that keeps it."""
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
GOOD = "int seven(void) { return 7; }\n"


def tidy(files, rule):
    """(exit status, output) of one rule on a tree with these files."""
    with tempfile.TemporaryDirectory() as folder:
        for name, content in files.items():
            path = pathlib.Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        command = [sys.executable, str(ROOT / "tools/tidy"), "--root", folder, "--rule", rule]
        result = subprocess.run(command, capture_output=True, text=True)
        return result.returncode, result.stdout + result.stderr


FUNCTION = "int long_one(int a,\n             int b) {\n%s    return a + b;\n}\n"
GENERATOR = 'import sys\nsys.exit("not current: core/vm/isa.h" if sys.argv[1:] == ["--check"] and %s else 0)\n'
COVERAGE = "| statement | test |\n|---|---|\n| it adds | %s |\n"
TEST_LIST = "foreach(kind unit)\nskep_test(${kind}_test a.c)\nendforeach()\nadd_test(NAME whole COMMAND x)\n"
TESTS = {"test/CMakeLists.txt": TEST_LIST, "test/a.c": "void adds_two(void) {}\n"}

# rule, what breaks it, what must be said of it, what keeps it
CASES = [
    ("floors", {"core/vm/vm.c": '#include <stdio.h>\n#include "device/executive/task.h"\n'},
     "core/vm/vm.c:2: core/vm (floor 4) must not include device/executive (floor 7)",
     {"device/executive/task.c": '#include "core/vm/vm.h"\n#include "device/executive/task.h"\n'}),
    ("floors", {"toolchain/lower/a.c": '#include "toolchain/listing/listing.h"\n'},
     "toolchain/lower/a.c:1: toolchain/lower must not include its neighbour toolchain/listing",
     {"toolchain/pack/a.c": '#include "toolchain/lower/lower.h"\n'}),
    ("floors", {"host/keys/a.c": '#include "host/file/file.h"\n'},
     "host/keys/a.c:1: host/keys must not include its neighbour",
     {"host/keys/a.c": '#include "host/keys/keys.h"\n'}),
    ("floors", {"device/port/sim/a.c": '#include "toolchain/pack/pack.h"\n'}, "device/ and toolchain/ are apart",
     {"programs/skep/a.c": '#include "toolchain/pack/pack.h"\n#include "device/port/port.h"\n'}),
    ("functions", {"core/a.c": FUNCTION % ("    a++;\n" * 67)}, "core/a.c:1: long_one has 71 lines",
     {"core/a.c": FUNCTION % ("    a++;\n" * 66)}),
    ("names", {"host/a.c": "void f(char *to) { strcpy(to, from); }\n"}, "host/a.c:1: strcpy has no bound",
     {"host/a.c": 'void f(void) { say("strcpy(a, b)"); /* gets(x) */ }\n'}),
    ("names", {"core/a.c": "void f(void) {\n    free(block);\n}\n"}, "core/a.c:2: free: core/ and device/ have no heap",
     {"host/a.c": "void f(void) {\n    free(block);\n}\n",
      "core/b.c": "void g(void) {\n    pool_free(block);\n    x->free(y);\n}\n"}),
    ("conditions", {"core/a.c": "void f(void) {\n#ifdef FAST\n    run();\n#endif\n}\n"}, "core/a.c:2: #if inside f",
     {"core/a.c": "#ifdef FAST\nvoid f(void) {\n    run();\n}\n#endif\n"}),
    ("conditions", {"core/a.h": "struct task {\n    int a;\n#if DEBUG\n    int b;\n#endif\n};\n"},
     "core/a.h:3: #if inside struct task",
     {"core/a.h": "#ifndef A_H\n#define A_H\nstruct task {\n    int a;\n};\n#endif\n"}),
    ("globals", {"core/a.c": "static int count;\n"}, "core/a.c:1: state of its own",
     {"core/a.c": "static const int limit = 3;\nstatic void run(int count);\nvoid f(void) {\n    int a = 1;\n}\n",
      "device/port/sim/a.c": "static int count;\n"}),
    ("globals", {"programs/a.c": "struct task *first = NULL;\n"}, "programs/a.c:1: state of its own",
     {"programs/a.c": "enum { LIMIT = 3 };\nextern int count;\n"}),
    ("left-over", {"docs/a.md": "one\nTODO: two\n"}, "docs/a.md:2: TODO", {"docs/a.md": "a todo list\n"}),
    ("blanks", {"a.c": "int a; \n"}, "a.c:1: blanks at the end", {"a.c": GOOD}),
    ("blanks", {"a.c": "\tint a;\n"}, "a.c:1: a tab", {"Makefile": "all:\n\techo\n"}),
    ("blanks", {"a.c": "int a;"}, "a.c:1: no newline", {"guest/examples/blink/expected.txt": "on \noff"}),
    ("columns", {"a.py": "x = 1\n" + "#" * 121 + "\n"}, "a.py:2: 121 columns",
     {"a.py": "#" * 120 + "\n", "a.md": "#" * 121 + "\n"}),
    ("lengths", {"a.c": "int a;\n" * 701}, "a.c:701: 701 lines", {"a.c": "int a;\n" * 700}),
    ("generated", {"tools/generate/__main__.py": GENERATOR % "True"}, "not current: core/vm/isa.h",
     {"tools/generate/__main__.py": GENERATOR % "False"}),
    ("layout", {".clang-format": "BasedOnStyle: LLVM\n", "a.c": GOOD + "int  b;\n"},
     "a.c:2: not as clang-format lays it out",
     {".clang-format": "BasedOnStyle: LLVM\n", "a.c": GOOD, "b.c": "/* GENERATED from a table. */\nint  b;\n"}),
    ("machine-paths", {"a.sh": "cd /home/somebody/skep\n"}, "a.sh:1: /home/somebody exists on one machine only",
     {"a.sh": "cd \"$root/work/here\"\n"}),
    ("coverage", {"docs/COVERAGE.md": COVERAGE % "`adds_test`", **TESTS},
     "docs/COVERAGE.md:3: there is no test adds_test",
     {"docs/COVERAGE.md": COVERAGE % "`unit_test`, `whole`, `test/a.c:adds_two`", **TESTS}),
    ("coverage", {"docs/COVERAGE.md": COVERAGE % "`test/a.c:adds_three`", **TESTS},
     "there is no test test/a.c:adds_three",
     {"docs/COVERAGE.md": COVERAGE % "CAVEATS, \"Not there\"", **TESTS}),
    ("coverage", {"docs/COVERAGE.md": COVERAGE % "later"}, "docs/COVERAGE.md:3: the row names no test",
     {"docs/COVERAGE.md": COVERAGE % "`make demo`"}),
    ("coverage", {"docs/COVERAGE.md": "| 1.1 it adds | `make demo` |\n| 1.1 it ends | `make demo` |\n"},
     "the number 1.1 stands twice",
     {"docs/COVERAGE.md": "| 1.1 it adds | `make demo` |\n| 1.2 it ends | `make demo` |\n"}),
    ("links", {"docs/a.md": "see\n[b](b.md)\n"}, "docs/a.md:2: there is no docs/b.md",
     {"docs/a.md": "[b](../b.md), [c](https://example.org/c), `core/vm/`, `core/vm/vm.h`\n", "b.md": "b\n",
      "core/vm/vm.h": GOOD}),
    ("links", {"docs/a.md": "`vm.h`\n"}, "docs/a.md:1: there is no vm.h", {"a.md": "`vm.h`\n", "core/vm.h": GOOD}),
    ("links", {"docs/a.md": "`core/vm/vm.h`\n"}, "docs/a.md:1: there is no core/vm/vm.h",
     {"docs/a.md": "`make core`; in the new file `core/vm/vm.h`:\n"}),
    ("binaries", {"a.bin": b"\x7fELF\0\0"}, "a.bin:1: a binary file", {"a.txt": "text\n"}),
]


def check_cases():
    failed = 0
    for number, (rule, bad, want, good) in enumerate(CASES):
        status, output = tidy(bad, rule)
        if status == 0 or want not in output:
            failed += 1
            print(f"case {number}, {rule}: want \"{want}\", got {status}: {output}")
        status, output = tidy(good, rule)
        if status != 0:
            failed += 1
            print(f"case {number}, {rule}: want nothing said, got: {output}")
    return failed


def check_exceptions():
    """An exception silences its own rule and key only, and one that nothing needs is itself a fault."""
    broken = {"core/a.c": FUNCTION % ("    a++;\n" * 70)}
    listed = {"tools/tidy/exceptions.txt": "functions core/a.c:long_one one loop over all rows\n"}
    senseless = {"tools/tidy/exceptions.txt": "functions core/a.c:long_one\n"}
    cases = [({**broken, **listed}, 0, "keep"),
             ({"core/a.c": GOOD, **listed}, 1, "exceptions.txt:1: nothing needs this exception"),
             ({**broken, **senseless}, 1, "exceptions.txt:1: want `rule path[:function] reason`")]
    failed = 0
    for files, want_status, want in cases:
        status, output = tidy(files, "functions")
        if (status != 0) != want_status or want not in output:
            failed += 1
            print(f"exceptions: want \"{want}\", got {status}: {output}")
    return failed


def check_every_rule_has_a_case():
    result = subprocess.run([sys.executable, str(ROOT / "tools/tidy"), "--help"], capture_output=True, text=True)
    rules = set(result.stdout.split("{", 1)[1].split("}", 1)[0].replace("\n", "").replace(" ", "").split(","))
    missing = rules - {case[0] for case in CASES}
    for rule in missing:
        print(f"no case for rule {rule}")
    return len(missing)


FAILED = check_cases() + check_exceptions() + check_every_rule_has_a_case()
print(f"{2 * len(CASES) + 4} checks, {FAILED} failed")
sys.exit(FAILED != 0)
