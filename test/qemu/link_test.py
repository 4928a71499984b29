"""The emulated board operated over its serial line: frames and text on one UART.
usage: link_test.py SKEP BOARD_BUILD"""
import contextlib
import json
import os
import re
import socket
import subprocess
import threading
import time

import rig

TALK = """
#include <skep.h>
#include <stdio.h>
int main(void) { for (int i = 0;; i++) { printf("tick %d\\n", i); skep_task_sleep_ms(20); } }
"""
BUSY = "volatile int n; int main(void) { for (;;) n++; }\n"
LATE = """#include <skep.h>
int main(void) {
    volatile int left = 3;
    skep_task_sleep_ms(1500);
    while (left > 0) left--;
    *(volatile int *)4 = left;
}
"""
BYTES = '#include <stdio.h>\nint main(void) { fputs("a\\xf8z\\xf9\\n", stdout); for (;;) ; }\n'
PADDING = "static const volatile unsigned padding[8000] = {" + "1, 2, 3, 0xf8f9fafb, " * 2000 + "};\n"
LONG = PADDING + TALK.replace("int i = 0", "int i = padding[4] - 1")
SMALL = 'stack = 2048\nheap = 0\ncapabilities = ["console write"]\n'


@contextlib.contextmanager
def board(flash, *serial):
    """The firmware in the time of the wall; its console is what the words say, as QEMU takes it. Gives QEMU."""
    words = ["qemu-system-arm", "-M", "mps2-an386,memory-backend=flash", "-object",
             f"memory-backend-file,id=flash,size=16M,share=on,mem-path={flash}", "-kernel", str(rig.RUNTIME),
             "-display", "none", "-monitor", "none", *serial, "-serial", "chardev:console",
             "-serial", f"file:{flash}.reports", "-icount", "shift=5,align=off,sleep=on"]
    emulator = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    try:
        yield emulator
    finally:
        emulator.kill()
        emulator.communicate()
    reports = [json.loads(line) for line in open(f"{flash}.reports", encoding="utf-8") if line.endswith("}\n")]
    assert len(rig.named(reports, "boot")) == 1, "it was reset"


@contextlib.contextmanager
def on_a_terminal(flash):
    """The board on a pseudo-terminal; gives its path."""
    with board(flash, "-chardev", "pty,id=console") as emulator:
        said = emulator.stdout.readline().decode()
        yield re.search(r"redirected to (\S+)", said).group(1)


@contextlib.contextmanager
def on_a_socket(folder, flash):
    path = folder / "board"
    path.unlink(missing_ok=True)
    with board(flash, "-chardev", f"socket,id=console,path={path},server=on,wait=off"):
        until(path.exists)
        yield path


def until(condition, seconds=60):
    """A board that is starting does not answer yet: what fails is tried again as well."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with contextlib.suppress(AssertionError):
            if condition():
                return
        time.sleep(0.02)
    raise AssertionError(f"it did not happen in {seconds} s")


def lines(done):
    return [json.loads(line) for line in rig.good(done).out.splitlines()]


def pid_of(to, name):
    return [task["pid"] for task in lines(rig.skep("ps", "--to", to, "--json"))[0]["tasks"] if task["name"] == name][0]


def states(to):
    return {task["name"]: task["state"] for task in lines(rig.skep("ps", "--to", to, "--json"))[0]["tasks"]}


def a_board_is_operated_over_its_serial_line(folder):
    key = rig.key(folder)
    busy = rig.artifact(folder, "busy", BUSY, key, SMALL)
    talk = rig.artifact(folder, "talk", TALK, key, SMALL)
    with on_a_terminal(rig.flash(folder, [busy], folder / "key.pub.pem")) as to:
        until(lambda: "busy" in states(to))
        pid = rig.good(rig.skep("load", "--to", to, talk)).out.strip()
        assert set(states(to)) == {"busy", "talk"}
        heard = rig.good(rig.skep("events", "--to", to, "--console", "--count", "3")).out
        rig.good(rig.skep("pause", "--to", to, pid))
        assert states(to)["talk"] == "paused"
        rig.good(rig.skep("resume", "--to", to, pid))
        assert states(to)["talk"] in ("sleeping", "ready", "running")
        console_says(to, int(pid), r"tick \d+\ntick \d+\n")
        rig.good(rig.skep("kill", "--to", to, pid))
        assert set(states(to)) == {"busy"}
        told = [event["event"] for event in lines(rig.skep("events", "--to", to, "--once", "--json"))]
        assert [name for name in told if name in ("load.accepted", "task.started", "task.ended")] == \
            ["load.accepted", "task.started", "load.accepted", "task.started", "task.ended"], told
        gone = rig.skep("kill", "--to", to, pid)
        assert gone.code == 85 and "task" in gone.err, (gone.code, gone.err)
        assert heard.count("\n") >= 3, heard


def a_shell_holds_one_session_on_the_line(folder):
    key = rig.key(folder)
    talk = rig.artifact(folder, "talk", TALK, key, SMALL)
    script = folder / "lines"
    script.write_text(f"load {talk}\nwait task.started\nsession.lock pid=1\nsession.list\nsleep 300\nkill 1\n"
                      "wait task.ended pid=1\n")
    with on_a_terminal(rig.flash(folder, [], folder / "key.pub.pem")) as to:
        said = rig.good(rig.skep("shell", "--to", to, "--console", "-x", str(script))).out
        assert "1| tick " in said and "task.ended" in said, said
        listed = [line.split() for line in said.splitlines() if line.endswith(" skep")]
        assert len(listed) == 1 and listed[0][5] == "1", said  # one session, with a lock


def console_says(to, pid, pattern):
    """Reads what a task writes until it is that."""
    words = [str(rig.SKEP), "events", "--to", str(to), "--console", "--json"]
    process = subprocess.Popen(words, stdout=subprocess.PIPE, env=rig.ENVIRONMENT, text=True)
    ending = threading.Timer(30, process.terminate)
    ending.start()
    text = ""
    for line in process.stdout:
        row = json.loads(line)
        text += row["text"] if "console" in row and row["pid"] == pid else ""
        if re.search(pattern, text):
            break
    ending.cancel()
    process.terminate()
    process.communicate()
    assert re.search(pattern, text), text


def read_until(fd, wanted, seconds=30):
    """What came, as soon as that is in it; or all, when the time is over."""
    seen, end = b"", time.monotonic() + seconds
    os.set_blocking(fd, False)
    while wanted not in seen and time.monotonic() < end:
        with contextlib.suppress(BlockingIOError):
            seen += os.read(fd, 4096)
        time.sleep(0.01)
    return seen


def a_terminal_that_knows_nothing_of_frames_sees_text(folder):
    key = rig.key(folder)
    guest = rig.artifact(folder, "bytes", BYTES, key, SMALL)
    with on_a_terminal(rig.flash(folder, [guest], folder / "key.pub.pem")) as to:
        fd = os.open(to, os.O_RDWR | os.O_NOCTTY)
        assert read_until(fd, b"\n") == b"a?z?\n"
        os.close(fd)


def what_is_typed_between_frames_reaches_the_guest(folder):
    key = rig.key(folder)
    echo = rig.artifact(folder, "echo", '#include <stdio.h>\nint main(void) { for (;;) printf("<%c>", getchar()), '
                        'fflush(stdout); }\n', key)
    with on_a_socket(folder, rig.flash(folder, [echo], folder / "key.pub.pem")) as to:
        until(lambda: "echo" in states(to))
        with socket.socket(socket.AF_UNIX) as line:
            line.connect(str(to))
            line.sendall(b"\xf8half a frame\xf8\x19broken\xf9")
            heard, tries = b"", 0
            while b"<t><y><p><e><d>" not in heard and tries < 20:
                tries += 1
                time.sleep(0.5)  # what follows damage at once could be the rest of it
                line.sendall(b"typed")
                heard += read_until(line.fileno(), b"<t><y><p><e><d>", 2)
            assert b"<t><y><p><e><d>" in heard, heard
        assert states(to)


def the_line_belongs_to_one_program_at_a_time(folder):
    key = rig.key(folder)
    with on_a_terminal(rig.flash(folder, [rig.artifact(folder, "busy", BUSY, key)], folder / "key.pub.pem")) as to:
        first = subprocess.Popen([str(rig.SKEP), "events", "--to", to], stdout=subprocess.PIPE, env=rig.ENVIRONMENT)
        first.stdout.readline()
        second = rig.skep("ps", "--to", to)
        first.kill()
        first.communicate()
        assert second.code == 86 and "busy" in second.err, (second.code, second.err)
        assert states(to) == {"busy": "ready"} or states(to) == {"busy": "running"}


def every_artifact_that_a_board_refuses_is_refused_in_words(folder):
    rig.key(folder)
    unsigned = rig.artifact(folder, "unsigned", BUSY)
    with on_a_socket(folder, rig.flash(folder, [], folder / "key.pub.pem")) as to:
        done = rig.skep("load", "--to", to, unsigned)
        assert done.code == 80 and "not signed" in done.err, (done.code, done.err)
        too_long = folder / "long.cvm1"
        too_long.write_bytes(unsigned.read_bytes() + bytes(200000))
        done = rig.skep("load", "--to", to, too_long)
        assert done.code != 0, done.out


def the_blackbox_is_read_over_the_line_with_source_lines(folder):
    """A guest that spins is there too: host services go on whatever it does."""
    key = rig.key(folder)
    busy, late = rig.artifact(folder, "busy", BUSY, key, SMALL), rig.artifact(folder, "late", LATE, key, SMALL)
    with on_a_socket(folder, rig.flash(folder, [busy], folder / "key.pub.pem")) as to:
        until(lambda: "busy" in states(to))
        pid = rig.good(rig.skep("load", "--to", to, late)).out.strip()
        rig.good(rig.skep("trace", "--to", to, pid))
        until(lambda: "late" not in states(to))
        told = rig.good(rig.skep("blackbox", "--to", to, late)).out
        assert "fault: late" in told and "late.c:6" in told, told
        branches = told[told.index("branches: late"):]
        assert re.search(r"word \d+ in main \(.*late.c:5\) -> word \d+ in main", branches), told
        assert re.search(r"  event \d+ boot 1 at .* s: task \d+ trapped: ", told), told
        rows = lines(rig.skep("blackbox", "--to", to, "--json", late))
        assert [row["kind"] for row in rows if "kind" in row] == ["boot", "fault", "branches"], rows


def what_starts_by_itself_is_held_over_the_line(folder):
    key = rig.key(folder)
    busy = rig.artifact(folder, "busy", BUSY, key, SMALL)
    with on_a_socket(folder, rig.flash(folder, [], folder / "key.pub.pem")) as to:
        assert rig.good(rig.skep("hive", "--to", to)).out == "normal; guests start by themselves\n"
        assert "safe" in rig.good(rig.skep("hive", "safe", "--to", to)).out
        assert rig.skep("hive", "start", "--to", to).code == 85
        rig.good(rig.skep("load", "--to", to, busy))  # by order, so it runs
        assert states(to)["busy"] in ("ready", "running")
        assert rig.good(rig.skep("hive", "normal", "--to", to)).out.startswith("normal;")
        page = rig.good(rig.skep("display", "--to", to)).out.splitlines()
        assert page[0] == "mps2_an386  run  link" and "busy" in page[1], page


def a_board_begins_anew_by_order(folder):
    key = rig.key(folder)
    busy = rig.artifact(folder, "busy", BUSY, key, SMALL)
    with on_a_socket(folder, rig.flash(folder, [busy], folder / "key.pub.pem")) as to:
        until(lambda: "busy" in states(to))
        assert rig.skep("hive", "shutdown", "--to", to).code == 85
        rig.good(rig.skep("hive", "restart", "--to", to))
        until(lambda: "boots: 2, the last one by order" in rig.skep("blackbox", "--to", to).out)
        assert "normal" in rig.good(rig.skep("hive", "--to", to)).out
        until(lambda: "busy" in states(to))


def a_guest_is_flashed_and_is_there_after_a_reset(folder):
    key = rig.key(folder)
    talk = rig.artifact(folder, "talk", LONG, key, SMALL)
    busy = rig.artifact(folder, "busy", BUSY, key, SMALL)
    flash = rig.flash(folder, [busy], folder / "key.pub.pem")
    with on_a_socket(folder, flash) as to:
        done = rig.good(rig.skep("flash", "--to", to, talk))
        assert "runs as task" in done.out and "bytes" in done.out, done.out
        assert "talk" in states(to)
        assert "slot 2 holds" in rig.good(rig.skep("flash", "--to", to, "--verify-only", talk)).out
        other = rig.artifact(folder, "other", LONG.replace("tick", "tock"), key, SMALL)
        done = rig.skep("flash", "--to", to, "--verify-only", other)
        assert done.code == 85 and "no slot" in done.err, (done.code, done.err)
        told = rig.good(rig.skep("flash", "--to", to, "--info")).out
        assert "mps2_an386: runtime, ready" in told and re.search(r"2 +guest +running .* talk", told), told
    content = flash.read_bytes()
    at = rig.SLOT_FIRST + rig.SLOT_BYTES
    assert content[at:at + talk.stat().st_size] == talk.read_bytes()
    with on_a_socket(folder, flash) as to:
        until(lambda: {"busy", "talk"} == set(states(to)))


def a_new_version_takes_the_place_of_the_old_one(folder):
    key = rig.key(folder)
    old = rig.artifact(folder, "talk", TALK, key, SMALL)
    flash = rig.flash(folder, [old], folder / "key.pub.pem")
    new = rig.artifact(folder, "talk", TALK.replace("tick", "tock"), key, SMALL)
    with on_a_socket(folder, flash) as to:
        until(lambda: "talk" in states(to))
        twice = rig.skep("flash", "--to", to, new)
        assert twice.code == 80 and "talk" in twice.err, (twice.code, twice.err)
        console_says(to, pid_of(to, "talk"), "tick")
        rig.good(rig.skep("flash", "--to", to, "--replace", new))
        console_says(to, pid_of(to, "talk"), "tock")
        unsigned = rig.artifact(folder, "talk", TALK.replace("tick", "tuck"), None, SMALL)
        refused = rig.skep("flash", "--to", to, "--replace", unsigned)
        assert refused.code == 80 and "not signed" in refused.err, (refused.code, refused.err)
        until(lambda: "talk" in states(to))
        console_says(to, pid_of(to, "talk"), "tock")
    with on_a_socket(folder, flash) as to:
        until(lambda: "talk" in states(to))
        console_says(to, pid_of(to, "talk"), "tock")
        assert rig.skep("flash", "--to", to, "--info").out.count("talk") == 1


def time_is_stopped_and_a_task_stepped_over_the_line(folder):
    key = rig.key(folder)
    busy = rig.artifact(folder, "busy", BUSY, key, SMALL)
    with on_a_socket(folder, rig.flash(folder, [busy], folder / "key.pub.pem")) as to:
        until(lambda: states(to).get("busy") in ("ready", "running"))
        rig.good(rig.skep("sched", "--to", to, "--keep", "8"))
        pid = str(lines(rig.skep("ps", "--to", to, "--json"))[0]["tasks"][0]["pid"])
        shown = rig.good(rig.skep("profile", pid, busy, "--to", to, "--ms", "300", "--period", "97")).out
        assert "main" in shown and "100.0%" in shown, shown
        rig.good(rig.skep("clock", "manual", "--to", to))
        words = lines(rig.skep("clock", "--to", to, "--json"))[0]["result"]["words"]
        time.sleep(5)  # longer than the board's watchdog waits for a turn
        assert lines(rig.skep("clock", "--to", to, "--json"))[0]["result"]["words"] == words
        told = lines(rig.skep("step", pid, "1000", "--to", to, "--json"))[0]
        assert (told["end"], told["done"]) == ("done", 1000), told
        rig.good(rig.skep("clock", "free", "--to", to))
        until(lambda: lines(rig.skep("clock", "--to", to, "--json"))[0]["result"]["words"] > words + 100000)


rig.main([
    time_is_stopped_and_a_task_stepped_over_the_line,
    the_blackbox_is_read_over_the_line_with_source_lines,
    what_starts_by_itself_is_held_over_the_line,
    a_board_is_operated_over_its_serial_line,
    a_shell_holds_one_session_on_the_line,
    a_terminal_that_knows_nothing_of_frames_sees_text,
    what_is_typed_between_frames_reaches_the_guest,
    the_line_belongs_to_one_program_at_a_time,
    every_artifact_that_a_board_refuses_is_refused_in_words,
    a_guest_is_flashed_and_is_there_after_a_reset,
    a_new_version_takes_the_place_of_the_old_one,
])
