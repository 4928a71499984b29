"""The emulator is killed at random moments of an update, from the first chunk to the first seconds of the new image.
What is there then is read in three ways: by the device (its report), by the tool (skep verify) and from the flash file
alone; the three agree, the device always comes back, and never with an image that it may not run.
usage: boot_kill_test.py SKEP BOARD_BUILD [KILLS [SEED]]"""
import random
import sys
import time

import boot_rig
import rig
from boot_rig import CONFIRMED, FIRMWARE, KEY_SET, TRIAL, Board, Client, Maker, Silent

KILLS = int(sys.argv[3]) if len(sys.argv) > 3 else 10
SEED = int(sys.argv[4]) if len(sys.argv) > 4 else 1
CHUNK = 256


def ready(folder):
    """A device that runs 1.0.0 from slot 0, confirmed."""
    maker, flash = Maker(folder), boot_rig.blank(folder)
    board = Board(folder, flash, maker.point)
    client = Client(board.line)
    client.transfer(KEY_SET, maker.key_set(1))
    client.transfer(FIRMWARE, maker.image(0, "1.0.0"))
    client.ask(boot_rig.START)
    board.wait("confirm", limit_s=120)
    board.kill()
    return maker, flash


def enter(board):
    board.wait("firmware", limit_s=120)
    rig.good(rig.skep("call", "boot.enter", "emergency=true", "--to", board.line))
    return boot_rig.bootloader(board)


def update_and_kill(board, image, moment):
    """Kills the machine `moment` chunks into the transfer, or so many tenths of a second behind it."""
    client, chunks = enter(board), len(image) // CHUNK
    try:
        if moment < chunks:
            client.transfer(FIRMWARE, image, stop_after=moment * CHUNK)
        else:
            client.send_all(FIRMWARE, image)
            time.sleep((moment - chunks) / 10)
    except (Silent, OSError, boot_rig.Refused):
        pass
    board.kill()


def look(folder, flash, maker):
    """What runs, as the device, the tool and the file say."""
    board = Board(folder, flash, maker.point)
    told = board.wait("firmware", limit_s=120)
    board.kill()
    slot = told["firmware_slot"]
    piece = folder / "slot.cvm1"
    content = flash.read_bytes()[boot_rig.SLOT[slot]:]
    piece.write_bytes(content[:int.from_bytes(content[8:12], "little")])
    rig.good(rig.skep("verify", piece, "--key", maker.folder / "firmware.pub.pem"))
    shown = rig.good(rig.skep("inspect", "--json", piece)).out
    version = told["version"]
    assert f"{version >> 24}.{version >> 16 & 255}.{version & 65535}" in shown, (version, shown)
    assert boot_rig.whole(flash, slot) == version, "the file has another image than the device runs"
    kept = boot_rig.state(flash)
    assert kept["slots"][slot]["state"] == told["state"] and kept["slots"][slot]["version"] == version, (kept, told)
    assert told["state"] in (TRIAL, CONFIRMED) and kept["security"] == told["security_version"], (kept, told)
    return told


def wherever_the_power_fails_in_an_update_the_device_comes_back(folder):
    chance = random.Random(SEED)
    maker, flash = ready(folder)
    slot, version, security = 0, (1, 0), 1
    for kill in range(KILLS):
        newer = (version[0], version[1] + 1)
        image = maker.image(1 - slot, f"{newer[0]}.{newer[1]}.0", security=security + 1)
        moment = chance.randrange(len(image) // CHUNK + 120)
        update_and_kill(Board(folder, flash, maker.point), image, moment)
        told = look(folder, flash, maker)
        was = (told["firmware_slot"], told["version"] >> 24, told["version"] >> 16 & 255)
        assert was in ((slot, *version), (1 - slot, *newer)), f"seed {SEED}, kill {kill} at {moment}: {was} runs"
        assert security <= told["security_version"] <= security + 1
        if was[0] != slot and told["state"] == CONFIRMED:
            slot, version, security = 1 - slot, newer, told["security_version"]
    print(f"{KILLS} kills, seed {SEED}")


boot_rig.main([wherever_the_power_fails_in_an_update_the_device_comes_back])
