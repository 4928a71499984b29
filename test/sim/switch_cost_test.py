"""A context switch costs the same number of instructions with 1 task and with 32.

usage: switch_cost_test.py SWITCH_COST"""
import re
import subprocess
import sys
import tempfile


def instructions(tasks):
    """Of all executive_step together, by callgrind, for each step."""
    with tempfile.TemporaryDirectory() as folder:
        count = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={folder}/out", "--collect-atstart=no",
                 "--toggle-collect=executive_step"]
        done = subprocess.run([*count, sys.argv[1], str(tasks)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return int(re.search(r"Collected : (\d+)", done.stderr).group(1)) / int(done.stdout)


one, many = instructions(1), instructions(32)
print(f"a step that switches: {one:.1f} instructions with 1 task, {many:.1f} with 32")
sys.exit(not many <= one * 1.02)
