"""boot_rig: a board with a bootloader in QEMU, a client of its line and a reader of its flash file; both written from
the pages in spec/ alone, so that device, tool and reader can be held against each other."""
import ctypes
import hashlib
import json
import os
import pathlib
import select
import signal
import socket
import struct
import subprocess
import threading
import time
import zlib

import rig

BOOT = rig.BOARD / "device/firmware/boot.elf"
IMAGE = {0: rig.BOARD / "device/firmware/runtime_a.bin", 1: rig.BOARD / "device/firmware/runtime_b.bin"}
FLASH_ADDRESS, PRODUCT, ROOT_ADDRESS, UNIT = 0x21000000, 0x386, 0x3fc0, 4096
JOURNAL, REQUESTS, KEYS, SLOT = 0x1000, 0x3000, (0x5000, 0x6000), (10 << 20, 11 << 20)
EMPTY, ERASING, RECEIVING, TRIAL, CONFIRMED, REVERTED = range(6)
FIRMWARE, KEY_SET = 1, 2
INFO, START, PREVIOUS, HASH, STATE, SLOTS = (15 * 64 + n for n in (0, 2, 3, 4, 5, 6))
BEGIN, END, ABORT = (16 * 64 + n for n in (0, 1, 2))


class Refused(Exception):
    def __init__(self, status, reason, detail):
        super().__init__(f"status {status}, reason {reason}, detail {detail}")
        self.status, self.reason, self.detail = status, reason, detail


class Silent(Exception):
    pass


def frame(channel, sequence, payload, first=False):
    body = bytes([0x10 | (8 if first else 0) | channel]) + struct.pack("<H", sequence) + payload
    body += struct.pack("<I", zlib.crc32(body))
    return b"\xf8" + b"".join(bytes([0xfa, b ^ 0x20]) if 0xf8 <= b <= 0xfb else bytes([b]) for b in body) + b"\xf9"


class Client:
    """One end of the line of spec/frame.md, with the messages of spec/operations.md and spec/link.md."""

    def __init__(self, path):
        self.socket = socket.socket(socket.AF_UNIX)
        for _ in range(200):
            try:
                self.socket.connect(path)
                break
            except OSError:
                time.sleep(0.02)
        self.sequence, self.tag, self.left = 0, 0, b""

    def send(self, channel, payload):
        self.socket.sendall(frame(channel, self.sequence, payload, self.sequence == 0))
        self.sequence = (self.sequence + 1) & 0xffff

    def receive(self, limit_s):
        """The next frame: (channel, payload)."""
        end = time.monotonic() + limit_s
        while True:
            start = self.left.find(b"\xf8")
            stop = self.left.find(b"\xf9", start)
            if start >= 0 and stop > start:
                inside, self.left = self.left[start + 1:stop], self.left[stop + 1:]
                body, escaped = bytearray(), False
                for byte in inside:
                    if byte == 0xfa:
                        escaped = True
                        continue
                    body.append(byte ^ 0x20 if escaped else byte)
                    escaped = False
                if len(body) >= 7 and struct.unpack("<I", body[-4:])[0] == zlib.crc32(bytes(body[:-4])):
                    return body[0] & 7, bytes(body[3:-4])
                continue
            ready = select.select([self.socket], [], [], max(0, end - time.monotonic()))[0]
            got = self.socket.recv(4096) if ready else b""
            if not got:
                raise Silent()
            self.left += got

    def ask(self, operation, parameters=b"", limit_s=30, again_s=2):
        self.tag = (self.tag + 1) & 0xffff
        request = b"\x01" + struct.pack("<HHI", operation, self.tag, 0) + parameters
        end = time.monotonic() + limit_s
        while time.monotonic() < end:
            self.send(1, request)
            try:
                while True:
                    channel, reply = self.receive(min(again_s, end - time.monotonic()))
                    if channel == 1 and reply[:5] == b"\x02" + struct.pack("<HH", operation, self.tag):
                        status = struct.unpack("<h", reply[5:7])[0]
                        if status:
                            raise Refused(status, *struct.unpack("<BI", reply[7:12]))
                        return reply[7:]
            except Silent:
                pass
        raise Silent()

    def slots(self):
        body, slots = self.ask(SLOTS, struct.pack("<I", 0)), []
        for i in range(struct.unpack("<H", body[:2])[0]):
            row = struct.unpack("<IBBIIII", body[2 + 23 * i:24 + 23 * i])
            slots.append({"state": row[2], "address": row[3], "bytes": row[4], "version": row[5], "security": row[6]})
        return slots

    def transfer(self, target, content, stop_after=None):
        digest = hashlib.sha256(content).digest()
        begin = self.ask(BEGIN, struct.pack("<BBIH", target, 255, len(content), 32) + digest)
        number, received, chunk, credit = struct.unpack("<HIHI", begin)
        first = received
        while received < len(content):
            if stop_after is not None and received - first >= stop_after:
                return received
            part = content[received:received + chunk]
            self.send(2, struct.pack("<HI", number, received) + part)
            try:
                channel, answer = self.receive(10)
            except Silent:
                continue
            if channel != 2:
                continue
            _, what, received, _ = struct.unpack("<HBII", answer)
            if what == 3:
                break
        self.ask(END, struct.pack("<H", number), limit_s=90, again_s=60)
        return received

    def send_all(self, target, content):
        """A transfer, and the start of what came, not waited for."""
        self.transfer(target, content)
        self.tag += 1
        self.send(1, b"\x01" + struct.pack("<HHI", START, self.tag & 0xffff, 0))


def die_with_parent():
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)


class Board:
    """The board over a flash file that stays."""
    running = []

    def __init__(self, folder, flash, root, real_time=False, has_guests=False, boot=BOOT, options=None):
        """`options`: of QEMU, in place of those of its clock."""
        self.folder, self.has_guests = folder, has_guests
        self.line, self.events = str(folder / "line.sock"), []
        reports = rig.make_pipe(folder / "reports")
        options = options or ["-icount", f"shift=5,align=off,sleep={'on' if real_time else 'off'}"]
        if os.path.exists(self.line):
            os.unlink(self.line)
        self.process = subprocess.Popen(
            ["qemu-system-arm", "-M", "mps2-an386,memory-backend=flash", "-object",
             f"memory-backend-file,id=flash,size=16M,share=on,mem-path={flash}", "-kernel", str(boot),
             "-device", f"loader,file={root},addr={ROOT_ADDRESS:#x},force-raw=on", "-display", "none", "-monitor",
             "none",
             "-chardev", f"socket,id=line,path={self.line},server=on,wait=off", "-serial", "chardev:line",
             "-serial", f"pipe:{reports}", *options],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            preexec_fn=die_with_parent)
        self.running.append(self)
        self.reader = threading.Thread(target=self.read, args=(f"{reports}.out",), daemon=True)
        self.reader.start()

    def read(self, path):
        with open(path, encoding="utf-8", errors="replace") as lines:
            for line in lines:
                try:
                    self.events.append(json.loads(line))
                except ValueError:
                    pass  # cut off by a reset

    def wait(self, event, limit_s=40, after=0):
        """The first such report behind the first `after` reports."""
        end = time.monotonic() + limit_s
        while time.monotonic() < end:
            for entry in list(self.events)[after:]:
                if entry["event"] == event:
                    return entry
            time.sleep(0.02)
        shown = [entry for entry in self.events if entry["event"] != "alive"]
        raise AssertionError(f"no report {event}: {shown[-8:]}")

    def kill(self):
        self.process.kill()
        self.process.wait()
        if self in self.running:
            self.running.remove(self)


def bootloader(board, limit_s=60):
    """A client of the bootloader, for which the hive that runs is about to leave."""
    client, end = Client(board.line), time.monotonic() + limit_s
    while client.ask(INFO, limit_s=limit_s)[0] != 0:
        assert time.monotonic() < end, "a hive answers"
        time.sleep(0.05)
    return client


# ---- the flash file, as spec/boot.md says it lies ----

def journal(content, offset, magic, size):
    """The newest whole entry's body, or None."""
    best = None
    stride = (12 + size + 4 + 7) // 8 * 8
    for unit in range(2):
        for at in range(offset + unit * UNIT, offset + (unit + 1) * UNIT - stride + 1, stride):
            entry = content[at:at + 16 + size]
            if entry[:4] != magic or struct.unpack("<I", entry[-4:])[0] != zlib.crc32(entry[:-4]):
                continue
            sequence = struct.unpack("<I", entry[8:12])[0]
            if best is None or (sequence - best[0]) & 0xffffffff < 1 << 31:
                best = (sequence, entry[12:-4])
    return best and best[1]


def state(flash):
    content = pathlib.Path(flash).read_bytes()
    body = journal(content, JOURNAL, b"SBJ1", 176)
    if body is None:
        return None
    security, keys = struct.unpack("<II", body[:8])
    slots = []
    for i in range(2):
        row = body[24 + 28 * i:52 + 28 * i]
        version = struct.unpack("<I", row[4:8])[0]
        slots.append({"state": row[0], "attempts": row[1], "version": version, "id": row[12:28]})
    return {"security": security, "keys": keys, "active": body[9], "reason": body[10], "slots": slots}


def whole(flash, slot):
    """The version of the artifact in a slot if its hash is right, by the file alone; else None."""
    with open(flash, "rb") as file:
        file.seek(SLOT[slot])
        head = file.read(256)
        if head[:4] != b"CVM1":
            return None
        total = struct.unpack("<I", head[8:12])[0]
        body = file.read(total - 256) if 256 < total <= 1 << 20 else b""
    return struct.unpack("<I", head[24:28])[0] if hashlib.sha256(body).digest() == head[144:176] else None


# ---- keys and files ----

class Maker:
    """Keys of a fleet, and what they sign."""

    def __init__(self, folder):
        self.folder = folder
        self.root, self.firmware, self.guest = (rig.key(folder, name) for name in ("root", "firmware", "guest"))
        self.point = folder / "root.bin"
        rig.good(rig.skep("keys", "point", folder / "root.pub.pem", self.point))

    def image(self, slot, version, security=1, trial=1, key=None, code=None):
        to = self.folder / f"image-{slot}-{version}-{security}.cvm1"
        rig.good(rig.skep("pack", "firmware", code or IMAGE[slot], "--address", FLASH_ADDRESS + SLOT[slot], "--product",
                          PRODUCT, "--version", version, "--security", security, "--trial", trial, "--name", "runtime",
                          "--key", key or self.firmware, "-o", to))
        return to.read_bytes()

    def key_set(self, version, *rows):
        to = self.folder / f"keys-{version}.cvm1"
        rows = rows or (f"{self.folder}/firmware.pub.pem=firmware", f"{self.folder}/guest.pub.pem=guest")
        rig.good(rig.skep("pack", "keys", *rows, "--version", version, "--key", self.root, "-o", to))
        return to.read_bytes()


def blank(folder):
    flash = folder / "flash.bin"
    flash.write_bytes(b"\xff" * rig.FLASH_BYTES)
    return flash


def main(tests):
    """As rig.main; no machine outlives its test."""
    def alone(test):
        def run(folder):
            try:
                test(folder)
            finally:
                for board in list(Board.running):
                    board.kill()
        run.__name__ = test.__name__
        return run
    rig.main([alone(test) for test in tests])
