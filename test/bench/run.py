"""Measures the bytecode against native code, the executive and skepd; prints a table and writes the rows as JSON.

    run.py [--build build/host] [--board build/mps2_an386] [--out build/bench.json] [--repeats N] [--host-only]

A row is {name, value, unit, better, reach}: reach is what the project wants to reach, or null where the row only
informs. Times of bytecode on this machine are ratios to scalar native code in one process, so that they compare between
machines; those of the executive and skepd are of this machine as it is.
Cortex-M4 cycles are estimates of the emulator's plugin (tools/m4_cycles), of the guest and of arm-none-eabi-gcc -O2
alike.
"""
import argparse
import concurrent.futures
import json
import math
import pathlib
import re
import statistics
import sys
import tempfile

from executive import measure_executive
from skepd import measure_skepd
from table import Rows, run

ROOT = pathlib.Path(__file__).resolve().parents[2]
KERNEL_FOLDER = ROOT / "test/bench/kernels"
# Rounds on the Cortex-M4: enough that filling the data does not matter, few enough for an emulator.
M4_ROUNDS = {"fib": 4, "sieve": 2, "crc32": 6, "matmul_i32": 2, "matmul_f32": 2, "mandelbrot": 1, "sha256": 3,
             "quicksort": 2, "vm_loop": 4, "strings": 3, "siphash": 8, "device_mix": 2}
M4_CPU = ["-mcpu=cortex-m4", "-mthumb", "-mfloat-abi=hard", "-mfpu=fpv4-sp-d16"]
KIT_FUNCTIONS = {"_start", "memcpy", "memmove", "memset", "memcmp"}
VM_ROOTS = ["vm_verify", "vm_init", "vm_enter", "vm_run", "vm_call", "vm_call_end", "vm_memory_read", "vm_memory_write",
            "load_start", "load_feed", "load_all", "load_place"]
METERING_REPEATS = 7
HOST_TARGETS = ["bench_host", "bench_host_unmetered", "guest_run", "m4_cycles", "skep", "skepd",
                "executive_host", "skepd_client", "transfer_test", "store_wear_test"]


def geometric_mean(values):
    values = list(values)
    return math.exp(sum(math.log(v) for v in values) / len(values))


def host_lines(options, program, repeats):
    """{kernel: (ratio, guest microseconds)}"""
    output = run([options.build / "test" / program, options.build / "test/bench/guest", "--repeats", repeats])
    return {words[0]: (float(words[1]), float(words[3])) for words in map(str.split, output.splitlines())}


def host_speed(options, rows):
    kernels = host_lines(options, "bench_host", options.repeats)
    for name, (ratio, _) in kernels.items():
        rows.add(f"x86 {name}", ratio, "x native", 8 if name == "siphash" else None)
    rows.add("x86 all, geometric mean", geometric_mean(ratio for ratio, _ in kernels.values()), "x native", 9.8)


def metering(options, rows):
    """The same interpreter with and without fuel, in turns. A pair of runs gives a ratio of ratios to native code, so
    that what else the machine does cancels out; the median of the pairs counts."""
    pairs = {}
    for _ in range(METERING_REPEATS):
        with_fuel, without = (host_lines(options, program, 3) for program in ("bench_host", "bench_host_unmetered"))
        for name, (ratio, _) in with_fuel.items():
            pairs.setdefault(name, []).append(ratio / without[name][0])
    ratio = geometric_mean(statistics.median(values) for values in pairs.values())
    rows.add("x86 metering", (ratio - 1) * 100, "%", 2)


def measure_transfer(options, rows):
    """Both ends over a simulated line, in its own time."""
    length, took_us = map(int, run([options.build / "test/transfer_test", "bench"]).split())
    limit_us = length * 10 * 1000000 / 115200
    rows.add("transfer of 32 KiB at 115200 baud", took_us / 1e6, "s")
    rows.add("the same, over the line's limit", (took_us / limit_us - 1) * 100, "%", 15)


def measure(options, *arguments):
    return json.loads(run([sys.executable, ROOT / "tools/m4_cycles/measure.py", *arguments, "--board", options.board,
                           "--plugin", options.build / "tools/m4_cycles.so"]))


def m4_kernel(options, folder, name):
    rounds, source = M4_ROUNDS[name], KERNEL_FOLDER / f"{name}.c"
    artifact = folder / f"{name}.cvm1"
    run([options.skep, "build", ROOT / "test/bench/kernel_main.c", source, "-O2", f"-DKERNEL_ROUNDS={rounds}u",
         f"-I{KERNEL_FOLDER}", "-o", artifact])
    guest = measure(options, "artifact", artifact)
    native = measure(options, "native", source, "--rounds", str(rounds))
    if guest["result"] != native["result"]:
        sys.exit(f"bench: {name} on the Cortex-M4: native {native['result']:#x}, guest {guest['result']:#x}")
    return name, guest["cycles"] / native["cycles"], guest["instructions"] / native["instructions"]


def m4_speed(options, rows, folder):
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        results = list(pool.map(lambda name: m4_kernel(options, folder, name), M4_ROUNDS))
    for name, cycles, _ in results:
        rows.add(f"M4 {name}", cycles, "x native cycles", 8 if name == "siphash" else None)
    rows.add("M4 all, geometric mean", geometric_mean(cycles for _, cycles, _ in results), "x native cycles", 9.8)
    rows.add("M4 all, instructions", geometric_mean(ratio for _, _, ratio in results), "x native instructions")


def guest_code_bytes(options, name, level):
    elf = options.build / f"test/bench/guest/{name}.{level}.elf"
    listing = run([options.build / "test/guest_run", "--functions", elf])
    words = sum(int(line.split()[1]) for line in listing.splitlines() if line.split()[0] not in KIT_FUNCTIONS)
    return 4 * words


def thumb_code_bytes(folder, name):
    output = folder / f"{name}.thumb.o"
    run(["arm-none-eabi-gcc", *M4_CPU, "-std=c11", "-Os", "-c", KERNEL_FOLDER / f"{name}.c", "-o", output])
    sections = run(["arm-none-eabi-size", "-A", output]).splitlines()
    return sum(int(line.split()[1]) for line in sections if line.startswith(".text"))


def code_size(options, rows, folder):
    thumb = {name: thumb_code_bytes(folder, name) for name in M4_ROUNDS}
    for level, reach in (("Os", 1.33), ("Oz", None)):
        guest = {name: guest_code_bytes(options, name, level) for name in M4_ROUNDS}
        rows.add(f"code size at -{level}", sum(guest.values()) / sum(thumb.values()), "x Thumb-2 -Os", reach)


def vm_text(options, rows, folder):
    """What the linker keeps of the VM, the verifier and the loader when their functions are asked for."""
    output = folder / "vm.elf"
    libraries = [options.board / "core/vm" / name for name in ("libcore_load.a", "libcore_vm.a")]
    run(["arm-none-eabi-ld", "--gc-sections", "--unresolved-symbols=ignore-all", "-e", "vm_run", "-o", output,
         *[word for root in VM_ROOTS for word in ("-u", root)], "--start-group", *libraries, "--end-group"])
    text = int(run(["arm-none-eabi-size", output]).splitlines()[1].split()[0])
    rows.add("VM, verifier, loader: text on the M4", text / 1024, "KiB", 14)
    image = options.board / "device/firmware/bench.elf"
    for line in run(["arm-none-eabi-nm", "-S", image]).splitlines():
        words = line.split()
        if words[-1] == "vm":
            rows.add("RAM per instance beyond guest memory", int(words[1], 16), "bytes, return stack apart", 256)


def verify_cost(options, rows, folder):
    """Cycles from the call of vm_verify to the instruction after it."""
    image = options.board / "device/firmware/bench.elf"
    lines = run(["arm-none-eabi-objdump", "-d", image]).splitlines()
    call = next(i for i, line in enumerate(lines) if re.search(r"\tbl\t.*<vm_verify>", line))
    begin, end = (int(lines[i].split(":")[0], 16) for i in (call, call + 1))
    artifact, counts = folder / "device_mix.cvm1", folder / "verify.json"
    run(["qemu-system-arm", "-M", "mps2-an386", "-display", "none", "-monitor", "none", "-serial", "null",
         "-semihosting-config", "enable=on,target=native", "-kernel", image,
         "-device", f"loader,file={artifact},addr=0x21000000,force-raw=on",
         "-plugin", f"{options.build / 'tools/m4_cycles.so'},begin={begin:#x},end={end:#x},out={counts}"])
    words = json.loads(run([options.skep, "inspect", "--json", artifact]))["code_words"]
    rows.add("verify on the M4", json.loads(counts.read_text())["cycles"] / words, "cycles/word", 60)


def store_wear(options, rows):
    """By the code itself, 10^6 updates of 4 bytes on simulated flash."""
    for figures in json.loads(run([options.build / "test/store_wear_test"]))["store"]:
        unit, pages = figures["program_bytes"], figures["pages"]
        where = f"store, {pages} pages of 4 KiB, units of {unit}"
        if pages == 2:
            rows.add(f"{where}: one update", figures["record_bytes"], "bytes", {4: 12, 8: 16}[unit])
            rows.add(f"{where}: with copies", figures["bytes_a_update"], "bytes")
            rows.add(f"{where}: one a minute, 10,000 erases", figures["years"], "years", {4: 12, 8: 9}[unit], "higher")
        else:
            rows.add(f"{where}: most worn page to mean", figures["wear_ratio"], "", 1.10)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build/host")
    parser.add_argument("--board", type=pathlib.Path, default=ROOT / "build/mps2_an386")
    parser.add_argument("--skep", type=pathlib.Path, default=ROOT / "build/bin/skep")
    parser.add_argument("--out", type=pathlib.Path, default=ROOT / "build/bench.json")
    parser.add_argument("--repeats", type=int, default=9)
    parser.add_argument("--host-only", action="store_true")
    options = parser.parse_args()
    run(["cmake", "--build", options.build, "--target", *HOST_TARGETS])
    rows = Rows()
    with tempfile.TemporaryDirectory(prefix="skep_bench_") as name:
        folder = pathlib.Path(name)
        host_speed(options, rows)
        metering(options, rows)
        if not options.host_only:
            m4_speed(options, rows, folder)
            verify_cost(options, rows, folder)
            vm_text(options, rows, folder)
        code_size(options, rows, folder)
        measure_executive(options, rows, folder)
        measure_transfer(options, rows)
        measure_skepd(options, rows, folder)
        store_wear(options, rows)
    rows.show()
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(json.dumps(rows.rows, indent=1) + "\n")


if __name__ == "__main__":
    main()
