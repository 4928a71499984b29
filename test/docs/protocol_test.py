"""Sends what docs/PROTOCOL.md and docs/SESSIONS.md say is sent, and compares what comes with what they say comes.
usage: protocol_test.py SKEPD

A hex block is a connection; `..` is any byte, checks that are left out are computed, SS SS SS SS is the session that
the hive gave. A json block is one too; `...` is any text."""
import os
import pathlib
import re
import signal
import socket
import subprocess
import sys
import tempfile
import zlib

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGES = ("docs/PROTOCOL.md", "docs/SESSIONS.md")
BLOCK = re.compile(r"^```(hex|json)\n(.*?)^```$", re.S | re.M)
BEGIN, END, ESCAPE = 0xf8, 0xf9, 0xfa


def fail(text):
    sys.exit(f"protocol: {text}")


def escaped(body):
    return b"".join(bytes([ESCAPE, b ^ 0x20]) if 0xf8 <= b <= 0xfb else bytes([b]) for b in body)


def unescaped(body):
    return re.sub(rb"\xfa(.)", lambda match: bytes([match.group(1)[0] ^ 0x20]), body, flags=re.S)


class Frames:
    def __init__(self, to):
        self.to, self.session = to, None

    def words(self, line):
        words = line.split()
        place = 0
        for i, word in enumerate(words):
            if word == "SS" and self.session:
                words[i] = f"{self.session[place % 4]:02x}"
                place += 1
        return words

    def send(self, line):
        words = self.words(line)
        assert words[0] == "f8" and words[-1] == "f9", line
        body = bytes(int(word, 16) for word in words[1:-1] if word != "..")
        if ".." in words:
            body += zlib.crc32(body).to_bytes(4, "little")
            self.to.sendall(bytes([BEGIN]) + escaped(body) + bytes([END]))
        else:
            self.to.sendall(bytes([BEGIN]) + body + bytes([END]))

    def expect(self, line):
        got = b""
        while not got.endswith(bytes([END])):
            got += self.to.recv(1) or fail(f"the hive has closed before: {line}")
        body = unescaped(got[1:-1])
        if zlib.crc32(body[:-4]).to_bytes(4, "little") != body[-4:]:
            fail(f"a wrong check came: {got.hex(' ')}")
        words = self.words(line)[1:-1]
        if len(words) != len(body):
            fail(f"{len(words)} bytes are said, {len(body)} came: {line}\n{body.hex(' ')}")
        learned = bytes(byte for word, byte in zip(words, body) if word == "SS")
        if learned:
            self.session = learned
        for word, byte in zip(words, body):
            if word not in ("..", "SS") and int(word, 16) != byte:
                fail(f"said: {line}\ncame: f8 {body.hex(' ')} f9")


class Lines:
    def __init__(self, to):
        self.to, self.from_hive = to, to.makefile("r")

    def send(self, line):
        self.to.sendall(line.encode() + b"\n")

    def expect(self, line):
        got = self.from_hive.readline().rstrip("\n")
        if not re.fullmatch(".*".join(map(re.escape, line.split("..."))), got):
            fail(f"said: {line}\ncame: {got}")

    def expect_end(self):
        if self.from_hive.readline():
            fail("the hive goes on talking")


def say(kind, text):
    to = socket.socket(socket.AF_UNIX)
    to.settimeout(10)
    to.connect("hive")
    peer = Frames(to) if kind == "hex" else Lines(to)
    for line in text.splitlines():
        sign, rest = line[0], line[2:]
        if sign == ">":
            peer.send(rest)
        elif sign == "<":
            peer.expect(rest)
        else:
            peer.expect_end()
    to.close()
    return text.count("\n")


def main():
    skepd, lines = pathlib.Path(sys.argv[1]).resolve(), 0
    with tempfile.TemporaryDirectory() as folder:
        settings = pathlib.Path(folder, "skepd.toml")
        settings.write_text('name = "bench"\nsocket = "hive"\nallow_unsigned = true\n')
        os.chdir(folder)
        for kind, text in [block for page in PAGES for block in BLOCK.findall((ROOT / page).read_text())]:
            hive = subprocess.Popen([skepd, "skepd.toml"], cwd=folder, stderr=subprocess.PIPE, text=True)
            try:
                hive.stderr.readline()
                lines += say(kind, text)
            finally:
                hive.send_signal(signal.SIGTERM)
                hive.communicate(timeout=20)
    assert lines >= 50, "the pages show hardly anything"
    print(f"{lines} lines are as {' and '.join(PAGES)} show them")


main()
