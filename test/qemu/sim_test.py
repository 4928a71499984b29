"""The emulated board as people run it: skep sim, skep devices, and the link under load and over a bad line.
usage: sim_test.py SKEP BOARD_BUILD"""
import contextlib
import json
import os
import pty
import random
import select
import struct
import subprocess
import threading
import time
import tty
import zlib

import rig

TALK = """
#include <skep.h>
#include <stdio.h>
int main(void) { for (int i = 0;; i++) { printf("tick %d\\n", i); skep_task_sleep_ms(20); } }
"""
BUSY = "volatile int n; int main(void) { for (;;) n++; }\n"
PADDING = "static const volatile unsigned padding[8000] = {" + "1, 2, 3, 0xf8f9fafb, " * 2000 + "};\n"
LONG = PADDING + TALK.replace("int i = 0", "int i = padding[4] - 1")
SMALL = 'stack = 2048\nheap = 0\ncapabilities = ["console write"]\n'


@contextlib.contextmanager
def board(folder, flash, name="board"):
    """Gives the path of its link."""
    rig.ENVIRONMENT["SKEP_BOARDS"] = str(folder / "boards")
    words = [str(rig.SKEP), "sim", "board", "--flash", str(flash), "--name", name]
    process = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                               env=rig.ENVIRONMENT, text=True)
    link = process.stdout.readline().strip()
    try:
        assert link, process.stderr.read()
        yield link
    finally:
        rig.skep("sim", "quit", "--name", name)
        code = process.wait(timeout=30)
        process.communicate()
    assert code == 0 and not (folder / "boards" / name).exists(), code


def until(condition, seconds=60):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return
        time.sleep(0.05)
    raise AssertionError("it did not happen in time")


def lines(done):
    return [json.loads(line) for line in rig.good(done).out.splitlines()]


def names(to):
    return {task["name"] for task in lines(rig.skep("ps", "--to", to, "--json"))[0]["tasks"]}


def devices(*words):
    """By their path; of what is found without words only the boards: there may be hives of others."""
    places = lines(rig.skep("devices", "--json", *words))
    return {place["to"]: place for place in places if words or place["kind"] == "emulator"}


def a_board_is_found_flashed_and_keeps_what_it_has_when_its_power_is_cut(folder):
    key = rig.key(folder)
    talk = rig.artifact(folder, "talk", TALK, key, SMALL)
    rig.good(rig.skep("keys", "install", folder / "flash", folder / "key.pub.pem"))
    with board(folder, folder / "flash") as link:
        until(lambda: "error" not in devices()[link])
        found = devices()[link]
        assert (found["kind"], found["role"], found["board"]) == ("emulator", "runtime", "mps2_an386"), found
        rig.good(rig.skep("flash", "--to", link, talk))
        rig.good(rig.skep("sim", "off"))
        until(lambda: "error" in devices()[link])
        rig.good(rig.skep("sim", "on"))
        until(lambda: "error" not in devices()[link] and names(link) == {"talk"})
    assert devices() == {}
    gone = rig.skep("sim", "reset")
    assert gone.code == 86 and "no board" in gone.err, (gone.code, gone.err)


def its_buttons_are_pressed_by_name(folder):
    rig.good(rig.skep("keys", "install", folder / "flash", rig.key(folder).with_suffix(".pub.pem")))
    with board(folder, folder / "flash") as link:
        until(lambda: "error" not in devices()[link])
        boots = [json.loads(line) for line in read_lines(folder / "boards/board/reports", 3)]
        assert boots, "its reports are heard"
        before = devices()[link]["boot"]
        rig.good(rig.skep("sim", "reset"))
        until(lambda: devices()[link].get("boot", before) != before)
        second = rig.run([rig.SKEP, "sim", "board", "--flash", folder / "flash"])
        assert second.code == 73 and "runs already" in second.err, (second.code, second.err)
        assert rig.skep("sim", "jump").code == 64
        assert "error" not in devices()[link]


def read_lines(path, count):
    fd = os.open(path, os.O_RDONLY | os.O_NOCTTY)
    seen = b""
    while seen.count(b"\n") < count + 1:
        seen += os.read(fd, 4096)
    os.close(fd)
    return seen.decode().splitlines()[1:count + 1]


def two_boards_are_told_apart(folder):
    rig.key(folder)
    for name in "one", "two":
        rig.good(rig.skep("keys", "install", folder / name, folder / "key.pub.pem"))
    with board(folder, folder / "one", "one") as one, board(folder, folder / "two", "two") as two:
        until(lambda: all("error" not in place for place in devices().values()))
        assert set(devices()) == {one, two}
        assert set(devices(two)) == {two}


def what_does_not_answer_is_said_so(folder):
    found = devices(str(folder / "nothing"))[str(folder / "nothing")]
    assert "No such file" in found["error"], found
    assert "No such file" in rig.good(rig.skep("devices", folder / "nothing")).out


# --- frames, from spec/frame.md ---

def frame(sequence, channel, payload):
    body = struct.pack("<BH", 0x10 | channel | (8 if sequence == 0 else 0), sequence & 0xFFFF) + payload
    body += struct.pack("<I", zlib.crc32(body))
    return b"\xf8" + b"".join(bytes([0xFA, b ^ 0x20]) if 0xF8 <= b <= 0xFB else bytes([b]) for b in body) + b"\xf9"


def counts(to):
    request = json.dumps({"version": 1, "operation": "hive.link"})
    answers = lines(rig.run([rig.SKEP, "call", "--to", to], request.encode()))
    return [answer["result"] for answer in answers if "result" in answer][0]


def flood(link, count):
    """What it cost: frames of 256 bytes without a pause between them, for whose answers nobody waits."""
    before = counts(link)
    fd = os.open(link, os.O_RDWR | os.O_NOCTTY)
    for number in range(count):
        os.write(fd, frame(number, 0, b"\0\0\0\0" + os.urandom(252)))
        while select.select([fd], [], [], 0)[0]:
            os.read(fd, 65536)
    os.close(fd)
    names_of = ("frames", "damaged", "missing", "lost")
    until(lambda: counts(link)["frames"] + counts(link)["damaged"] - before["frames"] - before["damaged"] >= count)
    after = counts(link)
    return {name: after[name] - before[name] for name in names_of}, after


def no_frame_is_lost_while_guests_spin_and_talk(folder):
    """As fast as the emulator takes them. How fast that is depends on the machine, which may also pause within a frame
    for longer than a line may: then it is done again. That 921600 baud would do is shown by the board's own clock: it
    is never away for so long that its ring would be full."""
    key = rig.key(folder)
    guests = [rig.artifact(folder, f"busy{i}", BUSY, key, SMALL) for i in range(3)]
    guests.append(rig.artifact(folder, "talk", TALK, key, SMALL))
    flash = rig.flash(folder, guests, folder / "key.pub.pem")
    with board(folder, flash) as link:
        until(lambda: "error" not in devices()[link] and len(names(link)) == 4)
        for _ in range(5):
            cost, after = flood(link, 150)
            assert cost["lost"] == 0, cost
            if cost["damaged"] == 0:
                break
    assert (cost["damaged"], cost["missing"]) == (0, 0), (cost, after)
    could_come = after["away_us_most"] * 92160 / 1e6
    assert could_come < after["waiting_max"] / 2, after
    print(f"at most {after['waiting_most']} of {after['waiting_max']} bytes waited, and {after['away_us_most']} us")


# --- a bad line between skep and the board ---

class BadLine:
    """A terminal that passes on what it gets, in pieces, of which some are damaged, dropped or come twice."""

    def __init__(self, link, percent, seed):
        self.random, self.percent, self.ended = random.Random(seed), percent, False
        self.board = os.open(link, os.O_RDWR | os.O_NOCTTY)
        self.master, self.slave = pty.openpty()
        tty.setraw(self.slave)
        self.path = os.ttyname(self.slave)
        self.faults = 0
        self.thread = threading.Thread(target=self.relay)
        self.thread.start()

    def bad(self, piece):
        if self.random.random() * 100 >= self.percent or len(piece) < 2:
            return piece
        self.faults += 1
        kind = self.random.randrange(3)
        at = self.random.randrange(len(piece))
        if kind == 0:
            return b""
        if kind == 1:
            return piece[:at] + bytes([piece[at] ^ 1 << self.random.randrange(8)]) + piece[at + 1:]
        return piece + piece

    def relay(self):
        while not self.ended:
            for fd in select.select([self.board, self.master], [], [], 0.05)[0]:
                os.write(self.master if fd == self.board else self.board, self.bad(os.read(fd, 600)))

    def close(self):
        self.ended = True
        self.thread.join()
        for fd in (self.board, self.master, self.slave):
            os.close(fd)


def over_a_bad_line_a_guest_is_flashed_and_is_right(folder):
    key = rig.key(folder)
    talk = rig.artifact(folder, "talk", LONG, key, SMALL)
    flash = rig.flash(folder, [], folder / "key.pub.pem")
    with board(folder, flash) as link:
        until(lambda: "error" not in devices()[link])
        bad = BadLine(link, 5, 1)
        try:
            done = lines(rig.skep("flash", "--to", bad.path, "--json", talk))[-1]
        finally:
            bad.close()
        assert bad.faults > 3 and done["sent_again"] > 0, (bad.faults, done)
        assert "slot 1 holds" in rig.good(rig.skep("flash", "--to", link, "--verify-only", talk)).out
    assert flash.read_bytes()[rig.SLOT_FIRST:rig.SLOT_FIRST + talk.stat().st_size] == talk.read_bytes()


rig.main([
    a_board_is_found_flashed_and_keeps_what_it_has_when_its_power_is_cut,
    its_buttons_are_pressed_by_name,
    two_boards_are_told_apart,
    what_does_not_answer_is_said_so,
    no_frame_is_lost_while_guests_spin_and_talk,
    over_a_bad_line_a_guest_is_flashed_and_is_right,
])
