"""Skips instructions of the bootloader while it looks at images that must not run, in the emulator, and fails when one
runs. A skip happens once: at one execution of one instruction between boot_open and recovery the program counter is
set behind it.
usage: glitch_test.py SKEP BOARD_BUILD [SKIPS [SEED]]; SKIPS: how many for each image, 0 for all there are"""
import collections
import mmap
import pathlib
import random
import re
import struct
import subprocess
import sys
import time
import zlib

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "qemu"))
import boot_rig  # noqa: E402
import gdb  # noqa: E402
import rig  # noqa: E402
from boot_rig import FIRMWARE, KEY_SET, Board, Client, Maker  # noqa: E402

SKIPS = int(sys.argv[3]) if len(sys.argv) > 3 else 40
SEED = int(sys.argv[4]) if len(sys.argv) > 4 else random.randrange(1 << 31)
BUILDS = {"-Os": boot_rig.BOOT, "-O2": rig.BOARD / "test/glitch/board/boot_fast.elf"}
# Arithmetic and copying, run through millions of times: what a skip there changes is a number that is looked at
# outside.
LEAF = re.compile(r"(br_|api_|point_|run_code|EQ|GT|sha2small|put_|answer_|clock_|start_|board_barrier|crc32|memcpy|"
                  r"memset|memmove|serve_|store_le|load_le)")
BRANCH = re.compile(r"(bl?x?|b(eq|ne|cs|cc|mi|pl|vs|vc|hi|ls|ge|lt|gt|le)|bx\w\w|cbn?z|tb[bh])(\.[nw])?\s|"
                    r"(pop|ldm)\S*\s.*\bpc\}|ldr\S*\s+pc,|udf")
CHECKPOINT = re.compile(r"(boot_open|boot_choose|verify_key_set|check_root|check_content|verify_firmware|"
                        r"check_firmware_signature)(\.|$)")
RAM, RAM_BYTES = 0x203fe000, 8 << 10  # of the boot image
NEAR = 64  # how often a breakpoint is passed by at most
CALL_BYTES, VERDICT_BYTES = 4, 28  # an instruction bl; struct boot_verdict
KEPT = ((0, 0x8000), (boot_rig.SLOT[0], 0x2000), (boot_rig.SLOT[1], 0x2000))
STATE = (*range(16), gdb.STATUS)
RUN_S = 20
BOOTED, RECOVERY, RESET, FAULT, HANG, SECOND = "booted", "recovery", "reset", "fault", "hang", "second"
LOCKED = "locked up"  # a fault in a fault: the emulator ends itself
MISSED = "missed"  # not executed so often in this run: it waits for the line by the clock
CODE, SLED_BYTES = 512, 1024  # from the slot on, behind its head and what aligns the vectors


# ---- images ----

def sled():
    """Firmware of which every way through ends at its last instruction, wherever it is entered; and where that is."""
    address = boot_rig.FLASH_ADDRESS + boot_rig.SLOT[0] + CODE
    code = b"".join(word.to_bytes(4, "little") for word in [0x20001000, *[address + 64 | 1] * 15])
    code += b"\x00\xbf" * (SLED_BYTES // 2) + b"\xfe\xe7"
    return code, address + len(code) - 2


def confirmed(flash, security=1):
    """The journal says that slot 0 has proved healthy, by spec/boot.md section 3."""
    body = bytearray(boot_rig.journal(flash, boot_rig.JOURNAL, b"SBJ1", 176))
    body[0:4], body[9], body[24], body[25] = struct.pack("<I", security), 0, boot_rig.CONFIRMED, 0
    entry = b"SBJ1" + struct.pack("<HHI", 1, len(body), 100) + body
    entry += struct.pack("<I", zlib.crc32(entry))
    entry += bytes(-len(entry) % 8)
    flash[boot_rig.JOURNAL:boot_rig.JOURNAL + 2 * boot_rig.UNIT] = (entry * 2).ljust(2 * boot_rig.UNIT, b"\xff")


def put(flash, offset, content):
    flash[offset:offset + len(content)] = content


class Images:
    """Contents of the flash: one that boots, and those that must not."""

    def __init__(self, folder):
        self.maker, path = Maker(folder), boot_rig.blank(folder)
        code, self.marker = sled()
        (folder / "sled.bin").write_bytes(code)
        image = self.image(folder)
        board = Board(folder, path, self.maker.point)
        client = Client(board.line)
        client.transfer(KEY_SET, self.maker.key_set(1))
        client.transfer(FIRMWARE, image)
        board.kill()
        self.trial, self.good = path.read_bytes(), bytearray(path.read_bytes())
        confirmed(self.good)
        slot = boot_rig.SLOT[0]
        self.bad = {}
        self.damage("content", slot + CODE + 100)
        self.damage("signature", slot + 255)
        self.bad["trial"] = bytearray(self.trial)
        self.bad["trial"][slot + CODE + 100] ^= 1
        put(self.another("stranger"), slot, self.image(folder, key=rig.key(folder, "stranger")))
        confirmed(self.another("old"), security=2)
        put(self.another("revoked"), boot_rig.KEYS[0],
            self.maker.key_set(2, f"{folder}/firmware.pub.pem=revoked", f"{folder}/guest.pub.pem=guest"))

    def image(self, folder, key=None):
        return self.maker.image(0, "1.0.0", key=key, code=folder / "sled.bin")

    def another(self, name):
        self.bad[name] = bytearray(self.good)
        return self.bad[name]

    def damage(self, name, offset):
        self.another(name)[offset] ^= 1


# ---- the boot image ----

class Code:
    """Addresses of a boot image's functions."""

    def __init__(self, path, folder):
        self.path, self.functions = folder / "boot.elf", []
        # Without what lies in RAM: the emulator would clear that at every reset, which no reset of a chip does.
        subprocess.run(["arm-none-eabi-objcopy", *(f"-R{name}" for name in (".bss", ".noinit", ".stacks", ".root_key")),
                        path, self.path], check=True)
        listed = subprocess.run(["arm-none-eabi-nm", "-S", path], capture_output=True, check=True, text=True).stdout
        for address, size, kind, name in re.findall(r"^(\w+) (\w+) (\w) (\S+)$", listed, re.MULTILINE):
            if kind in "tT":
                self.functions.append((int(address, 16), int(size, 16), name))
        self.end_of_reset = self.address("start_reset")
        listed = subprocess.run(["arm-none-eabi-objdump", "-d", self.path], capture_output=True, check=True, text=True)
        found = re.findall(r"^ *(\w+):\t(\w{4}(?: \w{4})?) *\t(.*)$", listed.stdout, re.MULTILINE)
        self.instructions = {int(at, 16): (len(code) // 5 * 2 + 2, BRANCH.match(text)) for at, code, text in found}

    def address(self, name):
        found = [address for address, _, full in self.functions if full.split(".")[0] == name]
        assert found, f"{self.path} has no {name}"
        return found[0]

    def name(self, pc):
        return next((name for address, size, name in self.functions if address <= pc < address + size), "?")

    def block(self, pc, after):
        """The instructions from `pc` up to a branch, or to `after`, where the next block begins."""
        yield pc
        while not self.instructions[pc][1]:
            pc += self.instructions[pc][0]
            if pc == after:
                return
            yield pc

    def watched(self):
        return [(address, size) for address, size, name in self.functions if not LEAF.match(name)]

    def line(self, pc):
        done = subprocess.run(["arm-none-eabi-addr2line", "-e", self.path, hex(pc)], capture_output=True, text=True)
        return done.stdout.strip()


class Machine(Board):
    """A board that stands still at reset, and its debugger."""

    def __init__(self, folder, code, content, root, log=None):
        folder.mkdir(exist_ok=True)
        path = folder / "flash.bin"
        path.write_bytes(content)
        options = ["-S", "-gdb", f"unix:{folder}/gdb.sock,server=on,wait=off"]
        if log:
            ranges = ",".join(f"{address:#x}+{size:#x}" for address, size in code.watched())
            options += ["-d", "exec,nochain", "-dfilter", ranges, "-D", str(log)]
        super().__init__(folder, path, root, boot=code.path, options=options)
        with open(path, "r+b") as file:
            self.flash = mmap.mmap(file.fileno(), 0)
        self.target = gdb.Target(folder / "gdb.sock")
        self.code = code

    def kept(self):
        return [self.flash[at:at + length] for at, length in KEPT]

    def keep(self, pieces):
        for (at, length), piece in zip(KEPT, pieces):
            self.flash[at:at + length] = piece

    def reset(self):
        self.target.stop_at(())
        self.target.monitor("system_reset")
        for _ in range(1000):
            if self.target.register(gdb.PC) == self.code.end_of_reset:
                return
            time.sleep(0.001)
        raise AssertionError("no reset")

    def state(self):
        registers = [self.target.register(number) for number in STATE]
        return registers, self.target.read(RAM, RAM_BYTES), self.kept()

    def set_state(self, state):
        registers, ram, flash = state
        self.keep(flash)
        self.target.write(RAM, ram)
        for number, value in zip(STATE, registers):
            self.target.set_register(number, value)

    def skip(self):
        """The instruction that would be next."""
        pc, status = self.target.register(gdb.PC), self.target.register(gdb.STATUS)
        length = 4 if self.target.read(pc, 2)[1] >> 3 >= 0x1d else 2
        block = status >> 8 & 0xfc | status >> 25 & 3
        if block:
            block = block & 0xe0 | block << 1 & 0x1f if block & 7 else 0
            self.target.set_register(gdb.STATUS, status & ~0x0600fc00 | (block & 0xfc) << 8 | (block & 3) << 25)
        self.target.set_register(gdb.PC, pc + length)


# ---- a campaign ----

Place = collections.namedtuple("Place", "point pc times")


class Campaign:
    def __init__(self, folder, images, build, image):
        self.folder, self.images, self.code = folder, images, Code(BUILDS[build], folder)
        self.name, self.content = f"{build} {image}", images.bad[image]
        self.machine, self.points, self.second_boots = None, [], {}
        self.find_ends()

    def prepare(self):
        self.trace()
        self.machine = self.start(self.images.good)
        self.leave_good_remains()
        self.check_points()

    def start(self, content, log=None):
        return Machine(self.folder / "machine", self.code, content, self.images.maker.point, log)

    def after_choosing(self, content):
        """Addresses in main from the end of boot_choose on, until main is left or comes round again."""
        machine, seen = self.start(content), []
        main = next((address, address + size) for address, size, name in self.code.functions if name == "main")
        machine.target.stop_at({self.code.address("boot_choose")})
        machine.target.run(RUN_S)
        machine.target.stop_at({machine.target.register(gdb.LR) & ~1})
        machine.target.run(RUN_S)
        machine.target.stop_at(())
        for _ in range(400):
            pc = machine.target.register(gdb.PC)
            if pc in seen or pc == self.images.marker:
                break
            if main[0] <= pc < main[1]:
                seen.append(pc)
            machine.target.step()
        booted = pc == self.images.marker or machine.target.register(gdb.PC) >= boot_rig.FLASH_ADDRESS
        machine.kill()
        return seen, booted

    def find_ends(self):
        self.good, booted = self.after_choosing(self.images.good)
        assert booted, f"{self.name}: the good image does not boot"
        bad, booted = self.after_choosing(self.content)
        assert not booted, f"{self.name}: boots without any skip"
        recovery = next(pc for pc in bad if pc not in self.good)
        self.ends = {self.images.marker: BOOTED, recovery: RECOVERY, self.code.address("start_reset"): RESET,
                     self.code.address("start_fault"): FAULT, self.code.address("basis_in_flash"): SECOND}

    def trace(self):
        log = self.folder / "trace.log"
        machine = self.start(self.content, log)
        machine.target.stop_at({pc for pc, end in self.ends.items() if end == RECOVERY})
        assert machine.target.run(120) is not None, f"{self.name}: no recovery"
        machine.kill()
        with open(log, encoding="utf-8", errors="replace") as lines:
            blocks = []
            for line in lines:
                match = re.match(r"Trace \d+: \S+ \[\w+/(\w+)/", line)
                if match:
                    blocks.append(int(match.group(1), 16))
                elif line.startswith("Stopped execution"):  # for an interrupt: it was not executed
                    blocks.pop()
        blocks = blocks[blocks.index(self.code.address("boot_open")):]
        self.path = [pc for block, after in zip(blocks, [*blocks[1:], None]) for pc in self.code.block(block, after)]

    def leave_good_remains(self):
        """The RAM holds what a boot of the good image left in it: a skip must not make that count once more."""
        target = self.machine.target
        target.stop_at({self.code.address("boot_choose")})
        target.run(RUN_S)
        verdict = target.register(0)
        target.stop_at({self.good[0]})
        target.run(RUN_S)
        self.good_verdict = verdict, target.read(verdict, VERDICT_BYTES)
        target.stop_at({self.images.marker})
        assert target.run(RUN_S) == self.images.marker
        self.machine.flash[:] = bytes(self.content)
        self.machine.reset()

    def check_points(self):
        """States of the machine on its way, from which runs begin."""
        entries = {address for address, _, name in self.code.functions if CHECKPOINT.match(name)}
        self.points = []
        target = self.machine.target
        target.stop_at({self.path[0]})
        assert target.run(RUN_S) == self.path[0]
        target.stop_at(entries)
        for index, pc in enumerate(self.path):
            if pc not in entries:
                continue
            assert target.register(gdb.PC) == pc, f"{self.name}: another way than it was traced"
            self.points.append((index, self.machine.state()))
            if any(later in entries for later in self.path[index + 1:]):
                target.pass_by(RUN_S)
        self.begin(0)
        self.usual = self.finish()
        assert self.usual[0] == RECOVERY, self.usual
        self.usual_flash = self.machine.kept()

    def places(self):
        """Where to skip: each instruction, at its first execution, its last one and one between."""
        executions = collections.defaultdict(list)
        point, times = -1, collections.Counter()
        starts = [index for index, _ in self.points]
        for index, pc in enumerate(self.path):
            if point + 1 < len(starts) and index == starts[point + 1]:
                point, times = point + 1, collections.Counter()
            times[pc] += 1
            if times[pc] <= NEAR:
                executions[pc].append(Place(point, pc, times[pc]))
        chosen = []
        for all_of_it in executions.values():
            middle = len(all_of_it) // 2
            chosen += [*all_of_it[:1], *all_of_it[max(1, middle):middle + 1], *all_of_it[max(2, middle + 1):][-1:]]
        return chosen

    def begin(self, point):
        self.machine.reset()
        self.machine.target.stop_at({self.path[0]})
        assert self.machine.target.run(RUN_S) == self.path[0]
        self.machine.set_state(self.points[point][1])

    def finish(self):
        """How it ends from here, and whether the second verification began."""
        target, second = self.machine.target, False
        target.stop_at(self.ends)
        at = target.register(gdb.PC)
        at = at if at in self.ends else target.run(RUN_S)
        while at is not None and self.ends[at] == SECOND:
            second, at = True, target.pass_by(RUN_S)
        return (HANG if at is None else self.ends[at]), second

    def go_to(self, pc, times):
        target = self.machine.target
        target.stop_at({pc, *(at for at, end in self.ends.items() if end == RECOVERY)})
        at = target.register(gdb.PC)
        at = at if at == pc else target.run(RUN_S)
        for _ in range(times - 1):
            at = target.pass_by(RUN_S) if at == pc else at
        return at == pc

    def once(self, place):
        self.begin(place.point)
        if not self.go_to(place.pc, place.times):
            return MISSED, False
        self.machine.skip()
        try:
            end, second = self.finish()
        except EOFError:
            self.machine.kill()
            self.machine = self.start(self.content)
            return LOCKED, False
        flash = self.machine.kept()
        return (self.boot_again(flash) if end != BOOTED and flash != self.usual_flash else end), second

    def boot_again(self, flash):
        """A skip may have left something in the flash that the next boot, without any, believes."""
        key = b"".join(flash)
        if key not in self.second_boots:
            self.machine.reset()
            self.machine.target.step()
            self.second_boots[key] = self.finish()[0]
        return self.second_boots[key]

    def choice_skipped(self, with_good_verdict):
        """The call of boot_choose is skipped, which a verdict of an earlier boot would make a boot of this one."""
        self.begin(0)
        assert self.go_to(self.good[0] - CALL_BYTES, 1)
        if with_good_verdict:
            self.machine.target.write(*self.good_verdict)
        self.machine.skip()
        return self.finish()[0]

    def all(self, count, seed):
        places, counted, booted, seconds = self.places(), collections.Counter(), [], 0
        whole = len(places)
        if count:
            places = random.Random(f"{seed} {self.name}").sample(places, min(count, whole))
        start = time.monotonic()
        for place in places:
            end, second = self.once(place)
            counted[end] += 1
            seconds += second
            if end == BOOTED:
                booted.append(place)
                print(f"BOOTED by a skip at {place.pc:#x} ({self.code.name(place.pc)}, {self.code.line(place.pc)}), "
                      f"execution {place.times} behind point {place.point}")
        print(f"{self.name}: {len(places)} of {whole} skips, {len(set(self.path))} instructions: "
              f"{dict(counted)}; {seconds} came to the second verification; {time.monotonic() - start:.0f} s",
              flush=True)
        return counted, booted

    def forced(self, changes):
        """The good image, if it `changes` between the two verifications, with every check of main taken for passed."""
        machine = self.machine = self.start(self.images.good)
        target = machine.target
        target.stop_at({self.code.address("basis_in_flash")})
        assert target.run(RUN_S) is not None
        machine.flash[:] = bytes(self.content if changes else self.images.good)
        target.stop_at({self.good[0]})
        assert target.run(RUN_S) is not None
        target.set_register(0, 0)
        try:
            for after in self.good[1:]:
                target.stop_at(())
                target.step()
                pc = target.register(gdb.PC)
                if self.code.name(pc) not in ("main", "?"):
                    target.stop_at({after})
                    target.run(RUN_S)
                elif pc != after:
                    target.set_register(gdb.PC, after)
            return self.finish()[0]
        except EOFError:
            return LOCKED
        finally:
            machine.kill()


def no_skip_boots_a_bad_image(images, folder, build, image):
    campaign = Campaign(folder, images, build, image)
    campaign.prepare()
    assert campaign.choice_skipped(True) == BOOTED, "the rig does not see what it looks for"
    assert campaign.choice_skipped(False) != BOOTED, f"{campaign.name}: the verdict of an earlier boot counts"
    counted, booted = campaign.all(SKIPS, SEED)
    campaign.machine.kill()
    assert not booted, f"{campaign.name}: {len(booted)} skips boot it"
    assert counted[MISSED] * 50 <= counted.total(), f"{campaign.name}: {counted[MISSED]} skips were not made"


def no_skip_boots_an_image_whose_content_was_changed(folder):
    no_skip_boots_a_bad_image(Images(folder), folder, "-Os", "content")


def the_address_of_the_jump_takes_both_verifications(folder):
    images = Images(folder)
    for build in BUILDS:
        campaign = Campaign(folder, images, build, "content")
        assert campaign.forced(changes=False) == BOOTED
        assert campaign.forced(changes=True) != BOOTED, f"{build}: boots when main's checks are skipped"


def no_skip_boots_any_bad_image_of_either_build(folder):
    images, failed = Images(folder), []
    for build in BUILDS:
        for image in images.bad:
            try:
                no_skip_boots_a_bad_image(images, folder, build, image)
            except AssertionError as error:
                failed.append(str(error))
    assert not failed, failed


print(f"glitch: seed {SEED}", flush=True)
boot_rig.main([no_skip_boots_an_image_whose_content_was_changed,
               the_address_of_the_jump_takes_both_verifications] if SKIPS and SKIPS < 100 else
              [the_address_of_the_jump_takes_both_verifications, no_skip_boots_any_bad_image_of_either_build])
