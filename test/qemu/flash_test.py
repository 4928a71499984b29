"""skep flash with a bootloader: key sets and firmware into a board that runs, or has nothing yet.
usage: flash_test.py SKEP BOARD_BUILD"""
import json
import os
import time

import boot_rig
import rig
from boot_rig import CONFIRMED, TRIAL, Board, Maker

SIGNATURE, REFUSED = 77, 80


def started(folder, maker, content):
    """The board, when its line is there."""
    board = Board(folder, content, maker.point, real_time=True)
    while not os.path.exists(board.line):
        time.sleep(0.02)
    return board


def flash(board, *words):
    return rig.skep("flash", "--to", board.line, *words)


def answer(done):
    return [json.loads(line) for line in rig.good(done).out.splitlines()][-1]


def slots(board):
    return answer(flash(board, "--info", "--json"))["slots"]


def both(maker, version, **more):
    """The files of a version: linked for the one slot, and for the other."""
    names = []
    for slot in 0, 1:
        maker.image(slot, version, **more)
        names.append(maker.folder / f"image-{slot}-{version}-{more.get('security', 1)}.cvm1")
    return names


def a_blank_board_gets_keys_and_firmware_and_an_update_while_it_runs(folder):
    maker, content = Maker(folder), boot_rig.blank(folder)
    board = started(folder, maker, content)
    first = both(maker, "1.0.0")
    told = flash(board, "--info").out
    assert "mps2_an386: bootloader, " in told and "empty" in told, told
    early = flash(board, *first)
    assert early.code == REFUSED and "bootloader refuses it" in early.err, (early.code, early.err)
    maker.key_set(1)
    rig.good(flash(board, folder / "keys-1.cvm1"))
    done = answer(flash(board, "--json", *first))
    assert (done["role"], done["bytes"]) == ("runtime", first[0].stat().st_size), done
    board.wait("confirm")
    second = both(maker, "1.1.0")
    done = rig.good(flash(board, *second))
    assert "image-1-1.1.0" in done.out and "the device runs" in done.out, done.out
    board.kill()
    now = boot_rig.state(content)["slots"][1]
    assert now["state"] in (TRIAL, CONFIRMED) and boot_rig.whole(content, 1) == 1 << 24 | 1 << 16, now


def what_is_refused_leaves_a_device_that_runs(folder):
    maker, content = Maker(folder), boot_rig.blank(folder)
    board = started(folder, maker, content)
    maker.key_set(1)
    rig.good(flash(board, folder / "keys-1.cvm1"))
    rig.good(flash(board, *both(maker, "1.0.0", security=2)))
    board.wait("confirm")
    before = content.read_bytes()[boot_rig.SLOT[0]:boot_rig.SLOT[0] + 4096]
    older = flash(board, *both(maker, "0.9.0"))
    assert older.code == REFUSED and "refuses" in older.err, (older.code, older.err)
    forged = flash(board, *both(maker, "1.2.0", security=2, key=maker.guest))
    assert forged.code == SIGNATURE, (forged.code, forged.err)
    told = answer(flash(board, "--info", "--json"))
    assert told["role"] == "runtime", (told, forged.err, board.events)
    assert content.read_bytes()[boot_rig.SLOT[0]:boot_rig.SLOT[0] + 4096] == before
    board.kill()


boot_rig.main([
    a_blank_board_gets_keys_and_firmware_and_an_update_while_it_runs,
    what_is_refused_leaves_a_device_that_runs,
])
