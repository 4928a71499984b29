"""The cycle counter counts as it says: an image of instructions whose cost is known by hand, against the same image
without them.
usage: cycles_test.py BOARD_BUILD PLUGIN"""
import json
import pathlib
import subprocess
import sys
import tempfile

BOARD, PLUGIN = pathlib.Path(sys.argv[1]), sys.argv[2]
# Instructions, cycles, branches taken: the sums of the comments in cycles_board_test.S.
WANT = {"instructions": 32, "cycles": 82, "taken": 4}


def symbol(image, name):
    listing = subprocess.run(["arm-none-eabi-nm", image], capture_output=True, check=True, text=True).stdout
    return next(int(line.split()[0], 16) for line in listing.splitlines() if line.split()[-1] == name)


def counts(image):
    with tempfile.TemporaryDirectory() as folder:
        out = f"{folder}/counts.json"
        plugin = f"{PLUGIN},begin={symbol(image, 'bench_begin'):#x},end={symbol(image, 'bench_end'):#x},out={out}"
        subprocess.run(["qemu-system-arm", "-M", "mps2-an386", "-display", "none", "-monitor", "none",
                        "-serial", "null",
                        "-semihosting-config", "enable=on,target=native", "-kernel", image, "-plugin", plugin],
                       check=True, timeout=60, stdin=subprocess.DEVNULL)
        return json.loads(pathlib.Path(out).read_text())


full = counts(BOARD / "test/qemu/board/cycles_board_test.elf")
empty = counts(BOARD / "test/qemu/board/cycles_empty.elf")
got = {name: full[name] - empty[name] for name in WANT}
if got != WANT:
    sys.exit(f"counted {got}, want {WANT}")
