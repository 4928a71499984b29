"""One run, told by three who do not know of each other: the firmware (its reports), the tool (`skep run`'s exit
status and pin list, `skep inspect`), and an independent reader (a debugger on the emulated processor that reads the
LED register, the flash and the task's state out of memory). The test fails when one of the three differs, and shows
that it would.
usage: golden_triangle_test.py SKEP BOARD_BUILD"""
import copy
import json
import re
import subprocess

import rig

GUEST = """
#include "Arduino.h"
int main(void) {
    pinMode(13, OUTPUT);
    pinMode(12, OUTPUT);
    for (int i = 0; i < 3; i++) {
        digitalWrite(13, HIGH);
        delay(20);
        digitalWrite(12, i & 1 ? LOW : HIGH);
        digitalWrite(13, LOW);
        delay(30);
    }
    printf("done\\n");
    return 7;
}
"""
LED_REGISTER, LED_0, LED_1 = 0x40028000, 1, 2
BUILD_ID_OFFSET, BUILD_ID_BYTES = 32, 16


def number_of(enumeration, name):
    """A constant of executive.h, which the debug information leaves out."""
    text = (rig.ROOT / "device/executive/executive.h").read_text()
    body = re.search(r"enum %s {(.*?)};" % enumeration, re.sub(r"/\*.*?\*/", "", text, flags=re.S), re.S).group(1)
    return re.findall(r"\w+", body).index(name)


def gdb_script(folder, image, artifact_bytes):
    slot = 0x21000000 + rig.SLOT_FIRST
    return f"""
set confirm off
set pagination off
file {image}
target remote {folder}/gdb
break report_edge
commands
silent
printf "edge %u\\n", *(unsigned *){LED_REGISTER}
continue
end
break executive_release
commands
silent
set $task = &((struct executive *)$r0)->task[0]
printf "task %u %u %d\\n", $task->state, $task->end, $task->end_detail
dump binary memory {folder}/flash_read.bin {slot:#x} {slot + artifact_bytes:#x}
delete
detach
end
continue
"""


def read_independently(folder, artifact):
    script = folder / "script.gdb"
    script.write_text(gdb_script(folder, rig.RUNTIME, artifact.stat().st_size))
    return subprocess.Popen(["gdb-multiarch", "-nx", "-batch", "-x", str(script)], stdin=subprocess.DEVNULL,
                            stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def edges_of_register(values):
    """(pin, level) for each change of the LED register; 0 before the first."""
    edges, before = [], 0
    for value in values:
        for pin, bit in ((13, LED_0), (12, LED_1)):
            if (value ^ before) & bit:
                edges.append([pin, int(value & bit != 0)])
        before = value
    return edges


def view_of_firmware(folder):
    events = [json.loads(line) for line in (folder / "reports.jsonl").read_text().splitlines()]
    started, ended = rig.named(events, "started")[0], rig.named(events, "ended")[0]
    return {"pins": [[event["pin"], event["level"]] for event in rig.named(events, "pin")],
            "build_id": started["build_id"], "end": ended["end"], "status": ended["status"]}


def view_of_tool(folder, artifact, exit_status):
    rows = [line.split(",") for line in (folder / "pins.csv").read_text().splitlines()[1:]]
    facts = json.loads(rig.good(rig.skep("inspect", "--json", artifact)).out)
    return {"pins": [[int(pin), int(level)] for _, pin, level in rows], "build_id": facts["build_id"],
            "end": "exit" if exit_status < 64 else "other", "status": exit_status}


def view_of_reader(folder, output):
    registers = [int(value) for value in re.findall(r"^edge (\d+)$", output, re.M)]
    told = re.search(r"^task (\d+) (\d+) (-?\d+)$", output, re.M).groups()
    state, end, detail = (int(number) for number in told)
    assert state == number_of("task_state", "TASK_RETURNED"), f"the task is in state {state} when it is let go"
    flash = (folder / "flash_read.bin").read_bytes()
    build_id = flash[BUILD_ID_OFFSET:BUILD_ID_OFFSET + BUILD_ID_BYTES].hex()
    return {"pins": edges_of_register(registers), "build_id": build_id,
            "end": "exit" if end == number_of("task_end", "TASK_END_EXIT") else "other", "status": detail}


def differences(views):
    """Facts on which the views do not agree."""
    facts = ("pins", "build_id", "end", "status")
    return [fact for fact in facts if len({json.dumps(view[fact]) for view in views.values()}) > 1]


def three_views_of_one_run(folder):
    key = rig.key(folder)
    artifact = rig.artifact(folder, "guest", GUEST, key)
    gdb = None
    tool = subprocess.Popen(
        [str(rig.SKEP), "run", "--board", "mps2", "--key", str(folder / "key.pub.pem"),
         "--flash", str(folder / "flash.bin"), "--reports", str(folder / "reports.jsonl"),
         "--pins-csv", str(folder / "pins.csv"), "--gdb",
         f"unix:{folder}/gdb,server=on,wait=off", str(artifact)],
        env=rig.ENVIRONMENT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        for _ in range(200):
            if (folder / "gdb").exists() or tool.poll() is not None:
                break
            subprocess.run(["sleep", "0.05"], check=True)
        gdb = read_independently(folder, artifact)
        out, err = tool.communicate(timeout=rig.LIMIT_S)
        heard = gdb.communicate(timeout=rig.LIMIT_S)[0].decode(errors="replace")
    finally:
        tool.kill()
        if gdb:
            gdb.kill()
    assert out.decode() == "done\n", f"console: {out!r} {err.decode()}"
    assert (folder / "flash_read.bin").exists(), heard
    ran = (folder / "flash_read.bin").read_bytes()
    assert ran == artifact.read_bytes(), "the bytes that ran are not the artifact's"
    return {"firmware": view_of_firmware(folder), "tool": view_of_tool(folder, artifact, tool.returncode),
            "reader": view_of_reader(folder, heard)}


def firmware_tool_and_reader_tell_the_same_run(folder):
    views = three_views_of_one_run(folder)
    assert differences(views) == [], json.dumps(views, indent=1)
    want = [[13, 1], [12, 1], [13, 0], [13, 1], [12, 0], [13, 0], [13, 1], [12, 1], [13, 0]]
    assert views["reader"]["pins"] == want, views["reader"]
    assert views["reader"]["status"] == 7, views["reader"]
    for name in views:
        for fact, wrong in (("pins", want[:-1]), ("build_id", "00"), ("end", "trap"), ("status", 8)):
            altered = copy.deepcopy(views)
            altered[name][fact] = wrong
            assert differences(altered) == [fact], f"a {name} that tells another {fact} is not noticed"


rig.main([firmware_tool_and_reader_tell_the_same_run])
