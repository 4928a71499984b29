"""Runs guest programs on every engine and compares them with the host's own compiler.

    guest_test.py GROUP --run GUEST_RUN --kit LIBSKEP_A --skep SKEP [--count N] [--seed N] [--full] [--jobs N]

Groups: examples, kernels, cockpit (programs as they were written for an earlier machine), features (every compiler at
every level; --full with and without -g each, and without fusion), csmith (COUNT random programs from SEED on, spread
over the compilers), boards (examples, kernels and features by skep, simulated and on the emulated Cortex-M4; the
library's own programs in kit/).
"""
import argparse
import concurrent.futures
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
EXAMPLES = ROOT / "guest/examples"
KERNELS = ROOT / "test/bench/kernels"
FEATURES = HERE / "features"
COCKPIT = HERE / "cockpit"
COCKPIT_NOT_ON_BOARDS = {"test_error", "comprehensive_functions"}  # refused; expects a clock that stands at 1000 ms
KIT = HERE / "kit"
PRINTF_BYTES_MAX = 4096  # what a guest may pay for complete formatting

# What the host's compiler needs to see the guest's types: ILP32, 8-byte alignment of wide types, unsigned char, no x87.
NATIVE = ["-m32", "-malign-double", "-funsigned-char", "-msse2", "-mfpmath=sse", "-ffp-contract=off", "-w"]
LEVELS = [("clang", "-O0"), ("clang", "-Og"), ("clang", "-Os"), ("clang", "-Oz"), ("clang", "-O2"), ("clang", "-O3"),
          ("gcc", "-O0"), ("gcc", "-Os"), ("gcc", "-O2"), ("gcc", "-O3")]
PURE_EXAMPLES = ["hello", "primes", "mandelbrot", "strings", "linked_list", "state_machine", "cpp_class", "two_files",
                 "arithmetic64"]
COMPARE_WORDS = 20_000_000  # the oracle is slow: longer programs run on the interpreter only


class Failure(Exception):
    pass


def command(arguments, seconds=120, directory=None, typed=b""):
    """(exit status, stdout + stderr apart); a status of None means that time ran out."""
    try:
        done = subprocess.run([str(a) for a in arguments], capture_output=True, timeout=seconds,
                              cwd=directory, input=typed)
    except subprocess.TimeoutExpired:
        return None, b"", b""
    return done.returncode, done.stdout, done.stderr


def build(arguments, directory=None):
    status, out, err = command(arguments, directory=directory)
    if status != 0:
        raise Failure(f"{' '.join(str(a) for a in arguments)}\n{(out + err).decode(errors='replace')[:3000]}")


def guest_build(options, compiler, output, flags, sources):
    build([HERE / "guest_cc", options.kit, compiler, output, *flags, *sources])


def native_build(output, flags, sources):
    language = "g++" if any(str(s).endswith(".cpp") for s in sources) else "gcc"
    if language == "gcc":
        return build(["gcc", *NATIVE, *flags, "-o", output, *sources, "-lm"])
    objects = []
    for source in sources:
        objects.append(f"{output}.{pathlib.Path(source).name}.o")
        tool = "g++" if str(source).endswith(".cpp") else "gcc"
        build([tool, *NATIVE, *flags, "-c", source, "-o", objects[-1]])
    build(["g++", "-m32", "-o", output, *objects, "-lm"])


def guest_run(options, elf, *flags):
    return command([options.run, "--compare-words", str(COMPARE_WORDS), *flags, elf], 300)


def first_difference(want, got):
    want, got = want.decode(errors="replace").splitlines(), got.decode(errors="replace").splitlines()
    for number, (a, b) in enumerate(zip(want + [""] * len(got), got + [""] * len(want)), 1):
        if a != b:
            return f"line {number}: want {a!r}, got {b!r}"
    return "same text"


def compare(options, elf, want_output, want_status, *flags):
    status, output, messages = guest_run(options, elf, *flags)
    if output != want_output or status != want_status:
        raise Failure(f"{elf}: exit status want {want_status}, got {status}; {first_difference(want_output, output)}\n"
                      f"{messages.decode(errors='replace')[:2000]}")
    return messages


def example(options, folder, name):
    sources = sorted(p for p in (EXAMPLES / name).iterdir() if p.suffix in (".c", ".cpp"))
    expected = (EXAMPLES / name / "expected.txt").read_bytes()
    native_build(folder / f"{name}.native", ["-O1"], sources)
    status, output, _ = command([folder / f"{name}.native"])
    if status != 0 or output != expected:
        raise Failure(f"{name}: expected.txt is not the native output; {first_difference(expected, output)}")
    for compiler, level in [("clang", "-Os"), ("gcc", "-O2")]:
        elf = folder / f"{name}.{compiler}.elf"
        guest_build(options, compiler, elf, [level, "-g"], sources)
        compare(options, elf, expected, 0)


def kernel_main(folder, name):
    """A main that prints the checksum of one round."""
    main = folder / f"{name}_main.c"
    main.write_text(f'#include <stdio.h>\n#include "kernel.h"\nint main(void) {{\n'
                    f'    printf("{name} %08lx\\n", (unsigned long)kernel(1));\n    return 0;\n}}\n')
    return main


def kernel(options, folder, source):
    name = source.stem
    main = kernel_main(folder, name)
    native_build(folder / f"{name}.native", ["-O2", f"-I{KERNELS}"], [main, source])
    _, expected, _ = command([folder / f"{name}.native"])
    for compiler, level, flags in [("clang", "-O2", []), ("clang", "-O2", ["--no-fusion"]), ("gcc", "-O2", [])]:
        if compiler == "gcc" and name == "mandelbrot":
            continue  # gcc 12 has no float in integer registers: minutes of soft float
        elf = folder / f"{name}.{compiler}.elf"
        guest_build(options, compiler, elf, [level, f"-I{KERNELS}"], [main, source])
        compare(options, elf, expected, 0, *flags)


def cockpit(options, folder, source):
    """A program without any #include, in the dialect of the first machine, unchanged and with C's meaning."""
    name, expected = source.stem, source.with_suffix(".txt").read_bytes()
    wrapper = []
    if "void setup()" in source.read_text():
        wrapper = [folder / f"{name}_main.c"]
        wrapper[0].write_text("void setup(void);\nvoid loop(void);\nint main(void) {\n    setup();\n"
                              "    for (;;) loop();\n}\n")
    native_build(folder / f"{name}.native", ["-fwrapv", "-include", COCKPIT / "native.h"], [source, *wrapper])
    _, output, _ = command([folder / f"{name}.native"])
    if output != expected:
        raise Failure(f"{name}: its .txt is not the native output; {first_difference(expected, output)}")
    for compiler, level in [("clang", "-O0"), ("clang", "-O2"), ("gcc", "-Os")]:
        elf = folder / f"{name}.{compiler}{level}.elf"
        guest_build(options, compiler, elf, [level, "-w", "-include", "Arduino.h"], [source])
        compare(options, elf, expected, 0)


def skep(options, *arguments, **how):
    status, output, messages = command([options.skep, *arguments], 300, **how)
    return status, output, messages.decode(errors="replace")


def board_run(options, artifact, board, expected, status_wanted, *flags, typed=b""):
    status, output, messages = skep(options, "run", "--board", board, artifact, *flags, typed=typed)
    if output != expected or status != status_wanted:
        raise Failure(f"{artifact} on {board}: exit status want {status_wanted}, got {status}; "
                      f"{first_difference(expected, output)}\n{messages[-2000:]}")
    return messages


def board_example(options, folder, name):
    """As a person would: skep build, then the same file on both boards. The emulated one has no ADC and no script."""
    example_folder = EXAMPLES / name
    sources = sorted(p for p in example_folder.iterdir() if p.suffix in (".c", ".cpp") and "forever" not in p.stem)
    expected, script = (example_folder / "expected.txt").read_bytes(), example_folder / "board.script"
    artifact, status = folder / f"{name}.cvm1", 81 if name == "crash" else 0
    built, _, messages = skep(options, "build", *sources, "-o", artifact)
    if built != 0:
        raise Failure(messages)
    flags = ["--script", script] if script.exists() else []
    messages = board_run(options, artifact, "sim", expected, status, *flags)
    if not script.exists():
        messages += board_run(options, artifact, "mps2", expected, status)
    if name == "crash" and (messages.count("in warmer_by") != 2 or messages.count("crash.c:22") < 2):
        raise Failure(f"the report of the crash does not name function and line on both boards:\n{messages}")


def kit_program(options, folder, source):
    """A program about the library alone: NAME.in is typed, NAME.txt comes out, NAME.status is the exit status."""
    name, typed, status = source.stem, source.with_suffix(".in"), source.with_suffix(".status")
    artifact = folder / f"{name}.cvm1"
    built, _, messages = skep(options, "build", source.name, "-o", artifact, directory=KIT)
    if built != 0:
        raise Failure(messages)
    board_run(options, artifact, "sim", source.with_suffix(".txt").read_bytes(),
              int(status.read_text()) if status.exists() else 0, typed=typed.read_bytes() if typed.exists() else b"")


def printf_size(options, folder):
    """Complete formatting, floating point included, must stay cheap for the guest."""
    sizes = {}
    calls = 'char t[9]; return printf("%d %g %s", n, n / 3.0, *v) + snprintf(t, 9, "%f", 1.5 * n);'
    for name, call in (("without", ""), ("with", calls)):
        source = folder / f"printf_{name}.c"
        source.write_text(f"#include <stdio.h>\nint main(int n, char **v) {{ (void)n, (void)v; {call} }}\n")
        guest_build(options, "clang", folder / f"printf_{name}.elf", ["-Os", "-w"], [source])
        _, listing, _ = command([options.run, "--functions", folder / f"printf_{name}.elf"])
        sizes[name] = sum(4 * int(line.split()[1]) for line in listing.decode().splitlines()
                          if not line.startswith(("__mul", "__div", "__add", "__float")))
    cost = sizes["with"] - sizes["without"]
    if not 0 < cost <= PRINTF_BYTES_MAX:
        raise Failure(f"printf and snprintf cost a guest {cost} bytes of code; at most {PRINTF_BYTES_MAX} are allowed")


def board_cockpit(options, folder, source):
    """Unchanged, by skep: it sees that nothing is included."""
    artifact = folder / f"{source.stem}.cvm1"
    built, _, messages = skep(options, "build", source, "-Wno-everything", "-o", artifact)
    if built != 0:
        raise Failure(messages)
    expected = source.with_suffix(".txt").read_bytes()
    board_run(options, artifact, "sim", expected, 0, "--script", COCKPIT / "board.script")


def board_features(options, folder, expected):
    artifact = folder / "features.cvm1"
    flags = ["-Wno-everything", "-ffp-contract=off"]
    built, _, messages = skep(options, "build", *feature_sources(), *flags, "-o", artifact)
    if built != 0:
        raise Failure(messages)
    for board in ("sim", "mps2"):
        board_run(options, artifact, board, *expected)


def board_kernel(options, folder, source):
    name = source.stem
    main = kernel_main(folder, name)
    native_build(folder / f"{name}.native", ["-O2", f"-I{KERNELS}"], [main, source])
    _, expected, _ = command([folder / f"{name}.native"])
    artifact = folder / f"{name}.cvm1"
    built, _, messages = skep(options, "build", main, source, f"-I{KERNELS}", "-o", artifact)
    if built != 0:
        raise Failure(messages)
    for board in ("sim", "mps2"):
        board_run(options, artifact, board, expected, 0)


def cockpit_error(options, folder):
    try:
        guest_build(options, "clang", folder / "error.elf", ["-include", "Arduino.h"], [COCKPIT / "test_error.c"])
    except Failure as failure:
        text = str(failure)
        if "undefined_function" in text and "undefined_variable" in text and "test_error.c:3" in text:
            return
        raise
    raise Failure("test_error.c was compiled")


def feature_sources():
    return sorted(p for p in FEATURES.iterdir() if p.suffix in (".c", ".cpp") and p.stem != "half")


def feature(options, folder, compiler, level, debug, flags, expected):
    label = f"{compiler}{level}{'-g' if debug else ''}{''.join(flags)}"
    elf = folder / f"features.{label}.elf"
    guest_build(options, compiler, elf, [level, "-w", "-ffp-contract=off", *["-g"] * debug], feature_sources())
    compare(options, elf, *expected, *flags)


def half(options, folder, level, expected):
    elf = folder / f"half{level}.elf"
    guest_build(options, "clang", elf, [level, "-w", "-ffp-contract=off"], [FEATURES / "half.c"])
    compare(options, elf, *expected)


def native_result(folder, name, sources):
    native_build(folder / name, ["-O1"], sources)
    status, output, _ = command([folder / name])
    return output, status


def random_program(options, folder, seed):
    """One csmith program; says 'skipped' when the native run does not end soon, or gcc 12 itself breaks down on it."""
    source, native = folder / f"{seed}.c", folder / f"{seed}.native"
    compiler, level = LEVELS[seed % len(LEVELS)]
    generator = ["csmith", "--seed", str(seed), *["--float"] * (seed % 3 == 0), "--output", source]
    if command(generator, 30, folder)[0] is None:
        return "skipped"
    native_build(native, ["-O1", "-I/usr/include/csmith"], [source])
    status, expected, _ = command([native], 1)
    if status is None:
        return "skipped"
    elf, flags = folder / f"{seed}.{compiler}.elf", [level, "-w", "-ffp-contract=off", "-I/usr/include/csmith"]
    try:
        guest_build(options, compiler, elf, [*flags, *["-g"] * (seed >> 6 & 1)], [source])
    except Failure as failure:
        if "internal compiler error" in str(failure):
            return "skipped"
        raise
    status, output, messages = guest_run(options, elf, "--words", "400000000")
    if status == 123:
        return "skipped"
    if status != 0 or output != expected:
        raise Failure(f"seed {seed}, {compiler} {level}: want {expected!r}, got {output!r}, exit status {status}\n"
                      f"{messages.decode(errors='replace')[:1500]}")
    for path in folder.glob(f"{seed}.*"):
        path.unlink()
    return "passed"


def tasks_of(options, folder):
    """(name, function, arguments) of each piece of work."""
    if options.group == "examples":
        pure = [(name, example, (options, folder, name)) for name in PURE_EXAMPLES]
        return [("size of printf", printf_size, (options, folder)), *pure]
    if options.group == "kernels":
        return [(p.stem, kernel, (options, folder, p)) for p in sorted(KERNELS.glob("*.c"))]
    if options.group == "boards":
        expected = native_result(folder, "features.native", feature_sources())
        names = sorted(p.name for p in EXAMPLES.iterdir() if (p / "expected.txt").exists())
        return ([("features", board_features, (options, folder, expected))]
                + [(name, board_example, (options, folder, name)) for name in names]
                + [(p.stem, board_cockpit, (options, folder, p)) for p in sorted(COCKPIT.glob("*.c"))
                   if p.stem not in COCKPIT_NOT_ON_BOARDS]
                + [(p.stem, kit_program, (options, folder, p)) for p in sorted(KIT.glob("*.c"))]
                + [(p.stem, board_kernel, (options, folder, p)) for p in sorted(KERNELS.glob("*.c"))])
    if options.group == "cockpit":
        sources = [p for p in sorted(COCKPIT.glob("*.c")) if p.stem != "test_error"]
        programs = [(p.stem, cockpit, (options, folder, p)) for p in sources]
        return [("error", cockpit_error, (options, folder)), *programs]
    if options.group == "features":
        expected = native_result(folder, "features.native", feature_sources())
        half_expected = native_result(folder, "half.native", [FEATURES / "half.c"])
        tasks = [(f"half {level}", half, (options, folder, level, half_expected)) for level in ("-O0", "-Os", "-O2")]
        for index, (compiler, level) in enumerate(LEVELS):
            for debug in (False, True) if options.full else (index % 2 == 1,):
                flag_sets = [[], ["--no-fusion"], ["--lines"]] if options.full else [["--lines"] if debug else []]
                for flags in flag_sets:
                    name = f"{compiler} {level} {'-g' if debug else ''} {' '.join(flags)}"
                    tasks.append((name, feature, (options, folder, compiler, level, debug, flags, expected)))
        return tasks
    seed = options.seed if options.seed is not None else random.randrange(1 << 30)
    print(f"csmith: {options.count} programs from seed {seed}", flush=True)
    return [(f"seed {n}", random_program, (options, folder, n)) for n in range(seed, seed + options.count)]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("group", choices=["examples", "kernels", "cockpit", "features", "csmith", "boards"])
    parser.add_argument("--run", help="the program guest_run")
    parser.add_argument("--kit", help="libskep.a")
    parser.add_argument("--skep", help="the program skep, for the group boards")
    parser.add_argument("--count", type=int, default=24)
    parser.add_argument("--seed", type=int)
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--keep", help="build here and leave what was built")
    options = parser.parse_args()
    for name in ("run", "kit", "skep"):
        if getattr(options, name):
            setattr(options, name, pathlib.Path(getattr(options, name)).resolve())
    start = time.monotonic()
    folder = pathlib.Path(options.keep or tempfile.mkdtemp(prefix="skep_guest_")).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    failed, results = 0, []
    try:
        with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
            tasks = tasks_of(options, folder)
            pending = [(name, pool.submit(function, *arguments)) for name, function, arguments in tasks]
            for name, future in pending:
                try:
                    results.append(future.result())
                except Failure as failure:
                    failed += 1
                    print(f"FAILED {options.group} {name}: {failure}", flush=True)
    finally:
        if not options.keep:
            shutil.rmtree(folder, ignore_errors=True)
    skipped, seconds = results.count("skipped"), time.monotonic() - start
    print(f"{options.group}: {len(results) + failed} run, {failed} failed, {skipped} skipped, {seconds:.0f} s")
    return failed != 0


if __name__ == "__main__":
    sys.exit(main())
