#!/usr/bin/env python3
"""Estimated Cortex-M4 cycles of a program, as bytecode or compiled for the machine itself. Prints one line of JSON:
{"result": checksum or exit status, "instructions": n, "cycles": n, "taken": n, "text_bytes": n}

  measure.py artifact FILE.cvm1                   by the bench image of the board build
  measure.py native --rounds N KERNEL.c [FLAG ...]  by arm-none-eabi-gcc -O2 (a FLAG may say otherwise)

--board is the folder of the board build (targets bench, port_mps2_an386_semihosting), --plugin the m4_cycles.so of a
host build. The count goes from bench_begin to bench_end: of an artifact without loading and verifying it, but with
all of the guest. A C file with kernel(uint32_t) is what test/bench/kernels/kernel.h describes. Exit status 1 and the
reason on stderr when something fails."""
import argparse
import json
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
CPU = ["-mcpu=cortex-m4", "-mthumb", "-mfloat-abi=hard", "-mfpu=fpv4-sp-d16"]
FLASH = 0x21000000
LIMIT_S = 600


def fail(text):
    sys.exit(f"measure: {text}")


def run(command):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, timeout=LIMIT_S,
                          stdin=subprocess.DEVNULL)
    if done.returncode != 0:
        fail(f"{command[0]} ended with {done.returncode}: {(done.stdout + done.stderr).strip()}")
    return done.stdout + done.stderr


def symbol(image, name):
    for line in run(["arm-none-eabi-nm", image]).splitlines():
        words = line.split()
        if words[-1] == name:
            return int(words[0], 16)
    return fail(f"{image} has no symbol {name}")


def count(image, plugin, extra, folder):
    """Runs the image; what it printed, and the counts."""
    counts = folder / "counts.json"
    begin, end = symbol(image, "bench_begin"), symbol(image, "bench_end")
    output = run(["qemu-system-arm", "-M", "mps2-an386", "-display", "none", "-monitor", "none", "-serial", "null",
                  "-semihosting-config", "enable=on,target=native", "-kernel", image, *extra,
                  "-plugin", f"{plugin},begin={begin:#x},end={end:#x},out={counts}"])
    results = [line.split()[1] for line in output.splitlines() if line.startswith("result ")]
    if not results:
        fail(f"the image gave no result: {output.strip()}")
    return {"result": int(results[-1], 16), **json.loads(counts.read_text())}


def compile_native(arguments, folder):
    image = folder / "native.elf"
    board = pathlib.Path(arguments.board)
    start = board / "device/port/mps2_an386/CMakeFiles/port_mps2_an386_start.dir/start.c.obj"
    names = ("port_mps2_an386_semihosting", "port_mps2_an386")
    libraries = [board / f"device/port/mps2_an386/lib{name}.a" for name in names]
    run(["arm-none-eabi-gcc", *CPU, "-O2", "-std=gnu11", "-ffunction-sections", "-fdata-sections",
         *arguments.words[1:], "-I", ROOT, "-I", pathlib.Path(arguments.words[0]).parent,
         f"-DKERNEL_ROUNDS={arguments.rounds}u", arguments.words[0],
         ROOT / "device/firmware/native_main.c", start, *libraries, board / "core/base/libcore_base.a",
         "--specs=nano.specs", "-nostartfiles", "-Wl,--gc-sections", "-Wl,--no-warn-rwx-segments",
         "-T", ROOT / "device/port/mps2_an386/mps2_an386.ld", "-lm", "-o", image])
    return image


def text_bytes(source, flags, folder):
    """Code and constants of the kernel alone."""
    object_file = folder / "kernel.o"
    run(["arm-none-eabi-gcc", *CPU, "-O2", "-std=gnu11", *flags, "-I", ROOT, "-c", source, "-o", object_file])
    return int(run(["arm-none-eabi-size", object_file]).splitlines()[1].split()[0])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kind", choices=["artifact", "native"])
    parser.add_argument("words", nargs="+", metavar="FILE [FLAG ...]")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--board", default=str(ROOT / "build/mps2_an386"))
    parser.add_argument("--plugin", default=str(ROOT / "build/host/tools/m4_cycles.so"))
    arguments, rest = parser.parse_known_args()
    arguments.words += rest
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        if arguments.kind == "native":
            counted = count(compile_native(arguments, folder), arguments.plugin, [], folder)
            counted["text_bytes"] = text_bytes(arguments.words[0], arguments.words[1:], folder)
        else:
            artifact = pathlib.Path(arguments.words[0]).resolve()
            loader = ["-device", f"loader,file={artifact},addr={FLASH:#x},force-raw=on"]
            image = pathlib.Path(arguments.board) / "device/firmware/bench.elf"
            counted = count(image, arguments.plugin, loader, folder)
            counted["text_bytes"] = artifact.stat().st_size
    print(json.dumps(counted))


main()
