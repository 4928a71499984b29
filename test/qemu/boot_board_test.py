"""The bootloader on the emulated board, over its serial line: from a blank flash to an update that is confirmed, one
that is reverted, and a recovery. usage: boot_board_test.py SKEP BOARD_BUILD"""
import time

import boot_rig
import rig
from boot_rig import CONFIRMED, FIRMWARE, KEY_SET, REVERTED, TRIAL, Board, Client, Maker, Refused

NOT_CONFIRMED, SECURITY, SIGNATURE_KEY, BOOT_REFUSED, DENIED = 14, 12, 7, 32, -3
SPIN = '#include <skep.h>\nint main(void) { for (;;) skep_time_delay_ms(50); }\n'


def factory(folder, real_time=False):
    """A board with a key set and version 1.0.0 in slot 0, confirmed; and its maker. The machine is off."""
    maker, flash = Maker(folder), boot_rig.blank(folder)
    board = Board(folder, flash, maker.point, real_time)
    client = Client(board.line)
    client.transfer(KEY_SET, maker.key_set(1))
    client.transfer(FIRMWARE, maker.image(0, "1.0.0"))
    client.ask(boot_rig.START)
    board.wait("confirm")
    board.kill()
    return maker, flash


def enter(board):
    """The bootloader's client: the hive that runs is told to leave for it at once."""
    board.wait("started" if board.has_guests else "firmware")
    rig.good(rig.skep("call", "boot.enter", "emergency=true", "--to", board.line))
    return boot_rig.bootloader(board)


def start(board, client, limit_s=40):
    """What the runtime says that then starts."""
    seen = len(board.events)
    client.ask(boot_rig.START)
    return board.wait("firmware", limit_s, seen)


def a_blank_board_takes_keys_and_firmware_and_confirms_it(folder):
    maker, flash = Maker(folder), boot_rig.blank(folder)
    board = Board(folder, flash, maker.point)
    client = Client(board.line)
    info = client.ask(boot_rig.INFO)
    assert info[0] == 0 and info[11:] == b"mps2_an386", info
    try:
        client.ask(boot_rig.START)
        raise AssertionError("it started nothing")
    except Refused as refused:
        assert refused.status == DENIED, refused
    try:
        client.transfer(FIRMWARE, maker.image(0, "1.0.0"))
        raise AssertionError("it took an image without a key set")
    except Refused as refused:
        assert refused.reason == BOOT_REFUSED, refused
    client.transfer(KEY_SET, maker.key_set(1))
    client.transfer(FIRMWARE, maker.image(0, "1.0.0"))
    assert client.slots()[0]["state"] == TRIAL
    told = start(board, client)
    assert (told["firmware_slot"], told["state"], told["attempts"]) == (0, TRIAL, 1), told
    board.wait("confirm")
    board.kill()
    board = Board(folder, flash, maker.point)
    told = board.wait("firmware")
    board.kill()
    assert (told["state"], told["security_version"], told["key_set_version"]) == (CONFIRMED, 1, 1), told
    assert boot_rig.state(flash)["slots"][0]["state"] == CONFIRMED and boot_rig.whole(flash, 0) == 1 << 24


def an_update_is_tried_and_confirmed_and_guests_run_under_it(folder):
    maker, flash = factory(folder)
    guest = rig.artifact(folder, "spin", SPIN, maker.guest)
    with open(flash, "r+b") as to:
        to.seek(rig.SLOT_FIRST)
        to.write(guest.read_bytes())
    board = Board(folder, flash, maker.point, has_guests=True)
    client = enter(board)
    client.transfer(FIRMWARE, maker.image(1, "1.1.0", security=2))
    seen = len(board.events)
    assert start(board, client)["firmware_slot"] == 1
    assert board.wait("started", after=seen)["name"] == "spin"
    board.wait("confirm", after=seen)
    board.kill()
    board = Board(folder, flash, maker.point)
    told = board.wait("firmware")
    board.kill()
    assert (told["firmware_slot"], told["state"], told["security_version"]) == (1, CONFIRMED, 2), told


def an_image_that_is_not_confirmed_is_reverted(folder):
    maker, flash = factory(folder)
    board = Board(folder, flash, maker.point)
    client = enter(board)
    client.transfer(FIRMWARE, maker.image(1, "1.1.0", trial=60000))
    start(board, client)
    board.kill()
    slots = []
    for _ in range(4):
        board = Board(folder, flash, maker.point)
        slots.append(board.wait("firmware"))
        board.kill()
    assert [told["firmware_slot"] for told in slots] == [1, 1, 0, 0], slots
    assert (slots[2]["reason"], slots[2]["reason_slot"]) == (NOT_CONFIRMED, 1), slots[2]
    assert boot_rig.state(flash)["slots"][1]["state"] == REVERTED


def an_image_that_hangs_is_ended_by_the_watchdog_and_reverted(folder):
    maker, flash = factory(folder)
    hang = folder / "hang.bin"
    entry = boot_rig.FLASH_ADDRESS + boot_rig.SLOT[1] + 512 + 64
    vectors = [0x20001000, entry | 1, entry + 3, *[entry | 1] * 13]  # the watchdog's first end is an NMI, which returns
    hang.write_bytes(b"".join(vector.to_bytes(4, "little") for vector in vectors) + b"\xfe\xe7\x70\x47")
    board = Board(folder, flash, maker.point)
    client = enter(board)
    client.transfer(FIRMWARE, maker.image(1, "1.2.0", code=hang))
    told = start(board, client, limit_s=120)
    board.kill()
    assert (told["firmware_slot"], told["reason"], told["reason_slot"]) == (0, NOT_CONFIRMED, 1), told


def with_both_slots_damaged_it_recovers_over_the_line_and_takes_nothing_older(folder):
    maker, flash = factory(folder)
    with open(flash, "r+b") as to:
        to.seek(boot_rig.SLOT[0] + 5000)
        to.write(b"\x00" * 64)
    board = Board(folder, flash, maker.point)
    client = Client(board.line)
    client.ask(boot_rig.INFO)
    other = rig.key(folder, "other")
    for content, reason in ((maker.image(0, "2.0.0", security=0), SECURITY),
                            (maker.image(0, "2.0.0", security=1, key=other), SIGNATURE_KEY)):
        try:
            client.transfer(FIRMWARE, content)
            raise AssertionError("it was taken")
        except Refused as refused:
            assert (refused.reason, refused.detail) == (BOOT_REFUSED, reason), refused
    for operation in (boot_rig.START, boot_rig.PREVIOUS):
        try:
            client.ask(operation)
            raise AssertionError("it was done")
        except Refused as refused:
            assert refused.status == DENIED, refused
    client.transfer(FIRMWARE, maker.image(1, "2.0.0"))
    assert start(board, client)["firmware_slot"] == 1
    board.kill()


def flash_is_measured_by_hashes_in_bounds_alone(folder):
    maker, flash = factory(folder)
    board = Board(folder, flash, maker.point)
    client = enter(board)
    content = flash.read_bytes()
    got = client.ask(boot_rig.HASH, boot_rig.struct.pack("<II", boot_rig.SLOT[0], 1000))
    assert got[2:] == boot_rig.hashlib.sha256(content[boot_rig.SLOT[0]:boot_rig.SLOT[0] + 1000]).digest()
    time.sleep(0.2)
    for offset, length in ((boot_rig.SLOT[0], 255), (boot_rig.JOURNAL, 256), (boot_rig.SLOT[1], (1 << 20) + 1)):
        try:
            client.ask(boot_rig.HASH, boot_rig.struct.pack("<II", offset, length))
            raise AssertionError(f"{offset:#x} was measured")
        except Refused:
            pass
    board.kill()


boot_rig.main([
    a_blank_board_takes_keys_and_firmware_and_confirms_it,
    an_update_is_tried_and_confirmed_and_guests_run_under_it,
    an_image_that_is_not_confirmed_is_reverted,
    an_image_that_hangs_is_ended_by_the_watchdog_and_reverted,
    with_both_slots_damaged_it_recovers_over_the_line_and_takes_nothing_older,
    flash_is_measured_by_hashes_in_bounds_alone,
])
