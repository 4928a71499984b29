"""Words that were verified cannot change before they run: a debugger has the firmware's own flash driver write over an
artifact between its verification and its first word, and sees it refused. usage: flash_lock_test.py SKEP BOARD_BUILD"""
import re
import subprocess
import time

import rig

GUEST = '#include <stdio.h>\nint main(void) { puts("as it was signed"); return 0; }\n'
DENIED, OK = -3, 0
IMAGE = rig.BOARD / "test/qemu/board/runtime_with_writers.elf"
ZEROS = "firmware.memory + sizeof firmware.memory - 8"  # the arena's end, which nobody has used yet


def gdb_script(folder, code_at):
    """At the first vm_run the artifact has been verified and admitted, and none of it has run. The keys are locked too;
    slot 7 is free, so that a write there shows what is otherwise done."""
    slot, free = rig.SLOT_FIRST, rig.SLOT_FIRST + 7 * rig.SLOT_BYTES
    return f"""
set confirm off
set pagination off
file {IMAGE}
target remote {folder}/gdb
break vm_run
continue
printf "code %d\\n", (int)flash_program({slot + code_at}, {ZEROS}, 8)
printf "head %d\\n", (int)flash_program({slot}, {ZEROS}, 8)
printf "erase %d\\n", (int)flash_erase({slot}, 4096)
printf "keys %d\\n", (int)flash_erase(0, 4096)
printf "free %d\\n", (int)flash_program({free}, {ZEROS}, 8)
dump binary memory {folder}/slot.bin {0x21000000 + slot:#x} {0x21000000 + slot + rig.SLOT_BYTES:#x}
dump binary memory {folder}/free.bin {0x21000000 + free:#x} {0x21000000 + free + 16:#x}
delete
detach
"""


def what_was_verified_cannot_be_written_before_it_runs(folder):
    artifact = rig.artifact(folder, "guest", GUEST, rig.key(folder))
    content = artifact.read_bytes()
    flash = rig.flash(folder, [artifact], folder / "key.pub.pem")
    script = folder / "script.gdb"
    script.write_text(gdb_script(folder, len(content) // 2 // 8 * 8))
    gdb = []

    def attach():
        for _ in range(200):
            if (folder / "gdb").exists():
                break
            time.sleep(0.05)
        gdb.append(subprocess.Popen(["gdb-multiarch", "-nx", "-batch", "-x", str(script)], stdin=subprocess.DEVNULL,
                                    stdout=subprocess.PIPE, stderr=subprocess.STDOUT))

    events, console = rig.boot(folder, flash, 3, image=IMAGE, gdb=f"unix:{folder}/gdb,server=on,wait=off",
                               when_started=attach)
    said = gdb[0].communicate(timeout=rig.LIMIT_S)[0].decode(errors="replace")
    got = {name: int(value) for name, value in re.findall(r"^(\w+) (-?\d+)$", said, re.MULTILINE)}
    assert got == {"code": DENIED, "head": DENIED, "erase": DENIED, "keys": DENIED, "free": OK}, said
    assert (folder / "slot.bin").read_bytes() == content.ljust(rig.SLOT_BYTES, b"\xff"), "locked bytes changed"
    assert (folder / "free.bin").read_bytes() == bytes(8) + b"\xff" * 8, "the write that was not refused is not there"
    assert console == "as it was signed\n" and rig.named(events, "ended")[0]["status"] == 0, (console, events)


rig.main([what_was_verified_cannot_be_written_before_it_runs])
