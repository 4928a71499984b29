"""The firmware of the smaller profiles in the emulator, operated over its serial line.
usage: small_test.py SKEP BOARD_BUILD"""
import contextlib
import json
import os
import re
import subprocess
import time

import rig

TALK = """
#include <skep.h>
int main(void) { uint32_t done; for (;;) { skep_console_write("tick\\n", 5, &done); skep_task_sleep_ms(20); } }
"""
FORMAT = '#include <stdio.h>\nint main(void) { printf("%d\\n", 5); }\n'
NUMBER = """
#include <skep.h>
int main(void) { uint32_t bits; skep_value_get(0x101, &bits); for (;;) skep_task_sleep_ms(1000); }
"""
SMALL = 'stack = 1024\nheap = 0\ncapabilities = ["console write"]\n'
READS = 'stack = 1024\nheap = 0\ncapabilities = ["value read 256..511"]\n'


@contextlib.contextmanager
def hive(profile, flash):
    words = ["qemu-system-arm", "-M", "mps2-an386,memory-backend=flash", "-object",
             f"memory-backend-file,id=flash,size=16M,share=on,mem-path={flash}", "-kernel",
             str(rig.BOARD / f"device/firmware/{profile}.elf"), "-display", "none", "-monitor", "none", "-chardev",
             "pty,id=console", "-serial", "chardev:console"]
    emulator = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    try:
        yield re.search(r"redirected to (\S+)", emulator.stdout.readline().decode()).group(1)
    finally:
        emulator.kill()
        emulator.communicate()


def ask(to, *words):
    return rig.skep(words[0], "--to", to, *words[1:])


def lines(done):
    return [json.loads(line) for line in rig.good(done).out.splitlines()]


def tasks(to):
    return {task["name"]: task for task in lines(ask(to, "ps", "--json"))[0]["tasks"]}


def until_there(to, name):
    end = time.monotonic() + 60
    while time.monotonic() < end:
        if name in tasks(to):
            return tasks(to)[name]
        time.sleep(0.05)
    raise AssertionError(f"{name} does not run")


def typed(to):
    """What the line carries while nobody operates the hive: text."""
    line = os.open(to, os.O_RDONLY | os.O_NOCTTY)
    seen = b""
    end = time.monotonic() + 10
    while len(seen) < 40 and time.monotonic() < end:
        seen += os.read(line, 100)
    os.close(line)
    return seen


def told(to):
    return lines(ask(to, "events", "--once", "--json"))


def a_minimal_hive_runs_a_guest_and_is_operated(folder):
    key = rig.key(folder)
    talk = rig.artifact(folder, "talk", TALK, key, SMALL)
    with hive("minimal", rig.flash(folder, [talk], folder / "key.pub.pem")) as to:
        pid = until_there(to, "talk")["pid"]
        rig.good(ask(to, "pause", str(pid)))
        assert tasks(to)["talk"]["state"] == "paused"
        rig.good(ask(to, "resume", str(pid)))
        assert b"tick\r\ntick" in typed(to).replace(b"\n", b"\r\n").replace(b"\r\r", b"\r")
        rig.good(ask(to, "kill", str(pid)))
        assert "talk" not in tasks(to) or tasks(to)["talk"]["state"] == "killed"
        assert [event["event"] for event in told(to)][:3] == ["load.accepted", "task.started", "task.ended"], told(to)


def a_minimal_hive_refuses_what_it_leaves_out_and_says_which_call(folder):
    key = rig.key(folder)
    wants = [rig.artifact(folder, "format", FORMAT, key, SMALL), rig.artifact(folder, "number", NUMBER, key, READS)]
    with hive("minimal", rig.flash(folder, wants, folder / "key.pub.pem")) as to:
        refused = []
        end = time.monotonic() + 60
        while len(refused) < 2 and time.monotonic() < end:
            refused = [event for event in told(to) if event.get("refusal") == "call_left_out"]
        assert [event["a"] for event in refused] == [2 << 6 | 2, 15 << 6 | 1], refused
        done = ask(to, "value", "ls")
        assert done.code != 0 and "operation" in done.err, done.err


def a_forged_artifact_is_refused_there_too(folder):
    talk = rig.artifact(folder, "talk", TALK, None, SMALL)
    rig.key(folder)
    with hive("minimal", rig.flash(folder, [talk], folder / "key.pub.pem")) as to:
        end = time.monotonic() + 60
        refused = []
        while not refused and time.monotonic() < end:
            refused = [event["refusal"] for event in told(to) if event["event"] == "load.refused"]
        assert refused == ["signature"] and tasks(to) == {}, refused


def a_standard_hive_has_values_and_mailboxes(folder):
    key = rig.key(folder)
    wants = [rig.artifact(folder, "number", NUMBER, key, READS), rig.artifact(folder, "talk", TALK, key, SMALL)]
    with hive("standard", rig.flash(folder, wants, folder / "key.pub.pem")) as to:
        until_there(to, "talk")
        until_there(to, "number")
        rig.good(ask(to, "value", "ls"))
        rig.good(ask(to, "mailbox", "ls"))


rig.main([
    a_minimal_hive_runs_a_guest_and_is_operated,
    a_minimal_hive_refuses_what_it_leaves_out_and_says_which_call,
    a_forged_artifact_is_refused_there_too,
    a_standard_hive_has_values_and_mailboxes,
])
