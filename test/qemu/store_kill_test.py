"""The emulator is killed at any moment while its board updates records and slots. What the board then finds, what
skep store finds in the flash file, and what this file reads there by itself, from spec/store.md and spec/slot.md
alone, are the same; and it is what was acknowledged last or what was under way.
usage: store_kill_test.py SKEP BOARD [KILLS [SEED]]"""
import json
import pathlib
import random
import struct
import subprocess
import sys
import tempfile
import time
import zlib

SKEP, BOARD = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
KILLS = int(sys.argv[3]) if len(sys.argv) > 3 else 10
SEED = int(sys.argv[4]) if len(sys.argv) > 4 else int(time.time())
IMAGE = BOARD / "test/qemu/board/store_board.elf"
FLASH_BYTES, PAGE, STORE, PAGES, CELL, HEAD = 16 << 20, 4096, 12 << 20, 4, 16, 16
SLOT_FIRST, SLOT_BYTES, IMAGE_BYTES, SPACE_HIVE, SPACE_SLOTS, PERIOD = 1 << 20, 1 << 20, 3 * 4096 - 100, 1, 2, 16
FIRST, LAST, SNAPSHOT, LONG, REMOVED, MARK, WHOLE = 1, 2, 4, 5, 6, 7, 2


def header(page):
    for copy in (page[:HEAD], page[HEAD:2 * HEAD]):
        magic, form, readable, cell, _, sequence, seal = struct.unpack("<IBBBBII", copy)
        if magic == 0x54534b53 and seal == zlib.crc32(copy[:12]):
            assert (form, readable, cell) == (1, 1, CELL)
            return sequence
    return None


def records(page):
    """(role, key, value) of each whole record, None for what breaks a commit."""
    cells = [page[at:at + CELL] for at in range(2 * HEAD, PAGE - CELL + 1, CELL)]
    at = 0
    while at < len(cells):
        version, kinds, key, value, seal = struct.unpack("<BBHII", cells[at][:12])
        if cells[at] in (b"\xff" * CELL, b"\0" * CELL) or seal != zlib.crc32(cells[at][:8]) or version in (0, 255):
            yield None
            at += 1
            continue
        kind, role, key = kinds & 7, kinds >> 3 & 7, (kinds >> 6, key)
        at += 1
        if kind == LONG:
            count = (value + 4 + CELL - 1) // CELL
            body, at = b"".join(cells[at:at + count]), at + count
            whole = zlib.crc32(body[:value]) == struct.unpack("<I", body[value:value + 4])[0]
            yield (role, key, body[:value]) if whole else None
        elif kind == MARK:
            yield role, None, value
        else:
            yield role, key, None if kind == REMOVED else struct.pack("<I", value)[:kind]


def page_values(page):
    """What counts in a page; None when it does not."""
    values, commit, counts = {}, None, False
    for record in records(page):
        if record is None or record[0] & (SNAPSHOT | FIRST):
            commit = None
        if record is None:
            continue
        role, key, value = record
        if role & SNAPSHOT:
            if not counts:
                values[key] = value
            continue
        commit = [] if role & FIRST else commit
        if commit is None:
            continue
        commit.append((key, value))
        if role & LAST:
            counts = counts or key is not None or value == 1
            for one, new in commit:
                values[one] = new
            commit = None
    return {key: value for key, value in values.items() if key and value is not None} if counts else None


def read_store(flash):
    pages = [flash[STORE + i * PAGE:STORE + (i + 1) * PAGE] for i in range(PAGES)]
    for page in sorted((page for page in pages if header(page) is not None), key=header, reverse=True):
        values = page_values(page)
        if values is not None:
            return values
    return {}


def read_slots(flash, values):
    """{slot: number} of the whole ones, whose content is right."""
    found = {}
    for slot in range(2):
        record = values.get((SPACE_SLOTS, 2 * slot), b"")
        if len(record) != 40 or record[0] != WHOLE:
            continue
        assert struct.unpack("<I", record[4:8])[0] == IMAGE_BYTES
        there = flash[SLOT_FIRST + slot * SLOT_BYTES:][:IMAGE_BYTES]
        number = struct.unpack("<I", there[:4])[0]
        want = bytes((number * 31 + i * 7 + (i >> 8)) & 0xff for i in range(4, IMAGE_BYTES))
        assert there[4:] == want and record[8:12] == there[:4], f"slot {slot} is no image"
        found[slot] = number
    return found


def read_by_tool(path):
    done = subprocess.run([SKEP, "store", path, "--json"], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    spaces = {"values": 0, "hive": 1, "slots": 2, "files": 3}
    rows = [json.loads(line) for line in done.stdout.splitlines()[1:]]
    return {(spaces[row["space"]], row["key"]): bytes.fromhex(row["value"]) for row in rows}


def live(path, seconds):
    """Lets the board live for so long after it is ready: what it found, and what it acknowledged last."""
    board = subprocess.Popen(
        ["qemu-system-arm", "-M", "mps2-an386,memory-backend=flash", "-object",
         f"memory-backend-file,id=flash,size=16M,share=on,mem-path={path}", "-kernel", str(IMAGE), "-display", "none",
         "-monitor", "none", "-serial", "none", "-semihosting-config", "enable=on,target=native"],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    lines = []
    for line in board.stdout:
        lines.append(line.split())
        if lines[-1][0] in ("ready", "failed"):
            break
    time.sleep(seconds)
    board.kill()
    lines += [line.split() for line in board.stdout.read().split("\n")[:-1]]
    board.wait()
    assert ["failed"] not in [line[:1] for line in lines], lines[-1]
    found = {(SPACE_HIVE, int(word[1], 16)): int(word[2], 16) for word in lines if word[0] == "value"}
    slots = {int(word[1], 16): int(word[2], 16) for word in lines if word[0] == "slot"}
    kept = [int(word[1], 16) for word in lines if word[0] == "kept"]
    installed = [int(word[2], 16) for word in lines if word[0] == "installed"]
    assert ["ready"] in [line[:1] for line in lines], lines
    return found, slots, kept, installed


def check(path, number, kept, installed):
    """After a kill, with `number` the last value before it: what must be there now, by this file and by the tool."""
    flash = path.read_bytes()
    values = read_store(flash)
    assert values == read_by_tool(path), "the tool and this file see other values"
    numbers = {struct.unpack("<I", values[(SPACE_HIVE, key)])[0] for key in range(4)} if values else {0}
    assert len(numbers) == 1, f"of one commit a part is there: {numbers}"
    now, last = numbers.pop(), kept[-1] if kept else number
    assert now in (last, last + 1), f"{last} was acknowledged, {now} is there"
    slots = read_slots(flash, values)
    assert len(slots) <= 1, f"two slots are whole: {slots}"
    due = now - now % PERIOD  # the image that was under way, or is there
    if slots:
        assert list(slots.values())[0] in (due, due - PERIOD), (slots, now)
    if installed:
        assert list(slots.values()) == [installed[-1]] or now % PERIOD == 0, (slots, installed, now)
    return now, slots


def main():
    chance = random.Random(SEED)
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "flash.bin"
        path.write_bytes(b"\xff" * FLASH_BYTES)
        now, slots, commits = 0, {}, 0
        for kill in range(KILLS):
            found, device_slots, kept, installed = live(path, chance.uniform(0, 0.5))
            assert set(found.values()) == {now}, f"kill {kill}: the device finds {found}, the file had {now}"
            assert device_slots == slots, f"kill {kill}: the device finds {device_slots}, the file had {slots}"
            now, slots = check(path, now, kept, installed)
            commits += len(kept)
    assert commits > KILLS * 10, "the board did too little to be interrupted in"
    print(f"{KILLS} kills, {commits} commits acknowledged, seed {SEED}: device, tool and file agree")


main()
