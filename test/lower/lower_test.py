"""Runs the translator's cases: small programs that carry what is expected of them in their first comments.

    lower_test.py --run LOWER_RUN --kit LIBSKEP_A [CASE...]

    // build: COMPILER FLAGS; COMPILER FLAGS; ..    each is built and looked at on its own
    // link: FLAGS                                  more flags for the linker
    // output: LINE                                 one for each line of output
    // status: N                                    exit status, 0 unless said
    // trap: TEXT                                   it ends with a trap whose report holds the text
    // refused: TEXT                                the translator refuses it with a message that holds the text

Whatever runs is run fused, unfused and with --debug, and translated twice to see the same words.
"""
import argparse
import os
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
GUEST_CC = HERE.parent / "guest/guest_cc"
REFUSED, TRAP = 120, 121


def expectation(source):
    wanted = {"build": [], "link": "", "output": [], "status": 0, "trap": None, "refused": None}
    for line in source.read_text().splitlines():
        if not line.startswith("// "):
            break
        key, separator, value = line[3:].partition(": ")
        if not separator or key not in wanted:
            continue
        if key == "build":
            wanted["build"] = [build.split() for build in value.split("; ")]
        elif key == "output":
            wanted["output"].append(value)
        else:
            wanted[key] = int(value) if key == "status" else value
    return wanted


def run(arguments, environment=None):
    done = subprocess.run([str(a) for a in arguments], capture_output=True, timeout=120, env=environment)
    return done.returncode, done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace")


def judge(wanted, status, output, errors):
    """What is wrong, or None."""
    if wanted["refused"] is not None:
        if status != REFUSED:
            return f"should have been refused, but ended with {status}: {errors}"
        return None if wanted["refused"] in errors else f"refused, but not for the reason wanted: {errors}"
    if output.splitlines() != wanted["output"]:
        return f"output {output.splitlines()}, wanted {wanted['output']}; {errors}"
    if wanted["trap"] is not None:
        good = status == TRAP and wanted["trap"] in errors
        return None if good else f"ended with {status} ({errors}), wanted a trap: {wanted['trap']}"
    return None if status == wanted["status"] else f"exit status {status}, wanted {wanted['status']}; {errors}"


def check(options, source, build, wanted, folder):
    elf = folder / (source.stem + ".elf")
    environment = dict(os.environ, GUEST_LINK=wanted["link"])
    status, output, errors = run([GUEST_CC, options.kit, build[0], elf, *build[1:], source], environment)
    if status != 0:
        return f"does not build: {errors}"
    for flags in [[], ["--no-fusion"], ["--debug"]]:
        fault = judge(wanted, *run([options.run, *flags, elf]))
        if fault:
            return f"{' '.join(flags)} {fault}"
    words = [run([options.run, "--words", elf])[1] for _ in range(2)]
    return None if words[0] == words[1] else "two translations of one file differ"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--run", required=True, type=pathlib.Path)
    parser.add_argument("--kit", required=True, type=pathlib.Path)
    parser.add_argument("cases", nargs="*")
    options = parser.parse_args()
    ran = failed = 0
    with tempfile.TemporaryDirectory(prefix="skep_lower_") as folder:
        for source in sorted([*HERE.glob("cases/*.c"), *HERE.glob("cases/*.cpp")]):
            if options.cases and source.stem not in options.cases:
                continue
            wanted = expectation(source)
            for build in wanted["build"]:
                ran += 1
                fault = check(options, source, build, wanted, pathlib.Path(folder))
                if fault:
                    failed += 1
                    print(f"FAILED {source.stem} ({' '.join(build)}): {fault.strip()}")
    print(f"{ran} builds, {failed} failed")
    return 1 if failed or not ran else 0


if __name__ == "__main__":
    sys.exit(main())
