"""rig: what the tests of the emulated board share: folders of their own, skep, flash files, the firmware in QEMU."""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import traceback

ROOT = pathlib.Path(__file__).resolve().parents[2]
FLASH_BYTES, SLOT_FIRST, SLOT_BYTES = 16 << 20, 1 << 20, 1 << 20
LIMIT_S = 120

SKEP = pathlib.Path(sys.argv[1]).resolve()
BOARD = pathlib.Path(sys.argv[2]).resolve()
RUNTIME = BOARD / "device/firmware/runtime.elf"
ENVIRONMENT = dict(os.environ, SKEP_FIRMWARE=str(RUNTIME))


class Done:
    def __init__(self, done):
        self.code = done.returncode
        self.out = done.stdout.decode(errors="replace")
        self.err = done.stderr.decode(errors="replace")


def run(words, stdin=b""):
    words = [str(word) for word in words]
    return Done(subprocess.run(words, capture_output=True, input=stdin, env=ENVIRONMENT, timeout=LIMIT_S))


def skep(*words):
    return run([SKEP, *words])


def good(done):
    assert done.code == 0, f"ended with {done.code}: {done.err}"
    return done


def key(folder, name="key"):
    """A key pair; the path of its private half, beside which lies NAME.pub.pem."""
    good(skep("keys", "new", folder / f"{name}.pem"))
    return folder / f"{name}.pem"


def artifact(folder, name, source, private_key=None, settings=None):
    """The path of an artifact built from C text. `settings`: lines of skep.toml beside name and sources."""
    (folder / f"{name}.c").write_text(source)
    words = [folder / f"{name}.c"]
    if settings:
        (folder / f"{name}.toml").write_text(f'name = "{name}"\nversion = "1.0.0"\nsources = ["{name}.c"]\n{settings}')
        words = ["--settings", folder / f"{name}.toml"]
    signing = ["--key", private_key] if private_key else []
    good(skep("build", *words, "-o", folder / f"{name}.cvm1", *signing))
    return folder / f"{name}.cvm1"


def flash(folder, artifacts, public_key=None):
    """A flash file with the key installed and one artifact (path or bytes) a slot, as they are."""
    path = folder / "flash.bin"
    path.write_bytes(b"\xff" * FLASH_BYTES)
    if public_key:
        good(skep("keys", "install", path, public_key))
    with open(path, "r+b") as to:
        for slot, content in enumerate(artifacts):
            to.seek(SLOT_FIRST + slot * SLOT_BYTES)
            to.write(content if isinstance(content, bytes) else content.read_bytes())
    return path


def boot(folder, flash_file, seconds, image=RUNTIME, gdb=None, when_started=None):
    """Lets the firmware run for so long on the board's clock; what it reported and what came on the console. With `gdb`
    the machine waits there for a debugger, which `when_started` brings."""
    reports = folder / "reports.txt"
    waiting = ["-gdb", gdb, "-S"] if gdb else []
    emulator = subprocess.Popen(
        ["qemu-system-arm", "-M", "mps2-an386,memory-backend=flash", "-object",
         f"memory-backend-file,id=flash,size=16M,share=on,mem-path={flash_file}",
         "-kernel", str(image), "-display", "none",
         "-monitor", "none", "-serial", "stdio", "-serial", f"pipe:{make_pipe(reports)}", "-icount",
         "shift=5,align=off,sleep=off", *waiting],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    events = []
    if when_started:
        when_started()
    try:
        with open(f"{reports}.out", encoding="utf-8") as lines:
            for line in lines:
                events.append(json.loads(line))
                if events[-1]["time_us"] >= seconds * 1e6:
                    break
    finally:
        emulator.kill()
        console = emulator.communicate()[0].decode(errors="replace")
    return events, console


def make_pipe(path):
    for end in (".in", ".out"):
        if os.path.exists(f"{path}{end}"):
            os.unlink(f"{path}{end}")
        os.mkfifo(f"{path}{end}")
    return path


def named(events, event):
    return [entry for entry in events if entry["event"] == event]


def main(tests):
    """Runs each test in a folder of its own; says which failed."""
    failed = 0
    for test in tests:
        with tempfile.TemporaryDirectory() as folder:
            try:
                test(pathlib.Path(folder))
            except Exception:  # whatever it was, the other tests still run
                failed += 1
                print(f"FAILED {test.__name__}", file=sys.stderr)
                traceback.print_exc()
    print(f"{len(tests) - failed} of {len(tests)} passed")
    sys.exit(1 if failed or not tests else 0)
