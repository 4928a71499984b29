"""A hive for the tests of skepd, as people and programs use it: skepd in an empty folder, operated with skep or byte
for byte. The scripts are called as SCRIPT SKEP SKEPD ROOT [name of a test ...]"""
import json
import os
import pathlib
import signal
import socket
import struct
import subprocess
import sys
import time
import zlib

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import sentences

SKEP, SKEPD, ROOT = (os.path.abspath(word) for word in sys.argv[1:4])
USAGE, REFUSED, HIVE, LINK, CONFIG = 64, 80, 85, 86, 78
CONFIG_TEXT = 'name = "test"\nsocket = "hive"\nallow_unsigned = true\n'
FOREVER = "#include <skep.h>\nint main(void) { for (;;) skep_task_sleep_ms(10); }\n"


class Hive:
    """A skepd in this folder; ended, with status 0, at the end of the block."""

    def __init__(self, text=CONFIG_TEXT):
        with open("skepd.toml", "w") as to:
            to.write(text)

    def __enter__(self):
        self.process = subprocess.Popen([SKEPD, "skepd.toml"], stderr=subprocess.PIPE, text=True)
        self.heard = self.process.stderr.readline()
        assert "listens on" in self.heard, self.heard
        return self

    def __exit__(self, kind, *_):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(timeout=10)
        rest = self.process.stderr.read()
        self.process.stderr.close()
        if kind is None:
            equal((0, False), (code, os.path.exists("hive")), rest)
            assert "has ended" in rest, rest


def skep(*words, give=None, to="hive"):
    line = [SKEP, words[0], "--to", to, *words[1:]]
    return subprocess.run(line, input=give, capture_output=True, text=True, timeout=60)


def good(result):
    equal(0, result.returncode, result.stderr)
    return result


def lines(result):
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert all(row["version"] == 1 for row in rows), rows
    return rows


def tasks():
    return lines(good(skep("ps", "--json")))[0]["tasks"]


def events(*words):
    return lines(good(skep("events", "--once", "--json", *words)))


def equal(want, got, what=""):
    assert want == got, f"{what}: want {want!r}, got {got!r}"


def until(condition, seconds=20):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return
        time.sleep(0.02)
    raise AssertionError("it did not happen in time")


def build(name, source=None):
    path = f"{ROOT}/guest/examples/{name}/{name}.c"
    if source:
        path = name + ".c"
        with open(path, "w") as to:
            to.write(source)
    subprocess.run([SKEP, "build", path, "-o", name + ".cvm1"], check=True, capture_output=True)
    return name + ".cvm1"


# --- frames, written a second time from spec/frame.md ---

def frame(sequence, payload, channel=1):
    body = struct.pack("<BH", 0x10 | channel | (8 if sequence == 0 else 0), sequence) + payload
    body += struct.pack("<I", zlib.crc32(body))
    marked = b"".join(bytes([0xFA, b ^ 0x20]) if 0xF8 <= b <= 0xFB else bytes([b]) for b in body)
    return b"\xf8" + marked + b"\xf9"


def payload_of(line):
    assert line[0] == 0xF8 and line[-1] == 0xF9, line
    body, escaped = bytearray(), False
    for b in line[1:-1]:
        if b == 0xFA:
            escaped = True
        else:
            body.append(b ^ 0x20 if escaped else b)
            escaped = False
    equal(zlib.crc32(bytes(body[:-4])), struct.unpack("<I", body[-4:])[0], "check")
    return bytes(body[3:-4])


def request(operation, tag, parameters=b"", session=0):
    return struct.pack("<BHHI", 1, operation, tag, session) + parameters


def connect(path="hive"):
    to = socket.socket(socket.AF_UNIX) if "/" in path or ":" not in path else socket.socket()
    to.settimeout(10)
    to.connect(path if to.family == socket.AF_UNIX else (path.split(":")[0], int(path.split(":")[1])))
    return to


def hear(to):
    """The next frame; b"": the hive has closed the connection."""
    line = b""
    while not line.endswith(b"\xf9"):
        byte = to.recv(1)
        if not byte:
            return b""
        line += byte
    return payload_of(line)


def thermostat():
    """A hive's task with values and a command; what its values are, once it runs."""
    equal("1\n", good(skep("load", build("thermostat"))).stdout)
    return lambda name: lines(good(skep("value", "get", name, "--json")))[0]["result"]["value"]
