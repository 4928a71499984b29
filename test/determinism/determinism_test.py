"""The same seed and inputs give the same log, byte for byte, whatever compiler and level made the executive, and on a
Cortex-M4: builds scenario.c and all below it anew for each, and compares what they print.
usage: determinism_test.py SKEP BUILD BOARD_BUILD"""
import concurrent.futures
import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
SKEP, BUILD, BOARD = (pathlib.Path(word).resolve() for word in sys.argv[1:4])
PAIRS = ROOT / "guest/pairs"
GUESTS = [PAIRS / "mailbox_ping/producer.c", PAIRS / "mailbox_ping/consumer.c", PAIRS / "value_watch/sensor.c",
          PAIRS / "value_watch/watcher.c", PAIRS / "command_call/oven.c", PAIRS / "command_call/cook.c"]
FLAGS = ["-std=gnu11", "-I.", "-Ispec/profile/full", f"-isystem{BUILD.parent}/bearssl/source/inc", "-Wno-psabi",
         "-DTRUST_CURVE=br_ec_p256_m31", "-fno-math-errno", "-ffp-contract=off"]
M4 = ["-mcpu=cortex-m4", "-mthumb", "-mfloat-abi=hard", "-mfpu=fpv4-sp-d16", "-Os"]
INTERPRETERS = {"interpret_goto.c", "interpret_tail.c", "interpret_cortex_m4.c"}


def sources(*interpreter):
    for folder in ("core/base", "core/wire", "core/trust", "core/vm", "device/store", "device/executive",
                   "device/port/sim"):
        for path in sorted((ROOT / folder).glob("*.c")):
            if path.name not in INTERPRETERS and not path.stem.endswith(("_minimal", "_standard")):
                yield path.relative_to(ROOT)
    yield pathlib.Path("test/determinism/scenario.c")
    yield from map(pathlib.Path, interpreter)


def run(words, **more):
    done = subprocess.run([str(word) for word in words], cwd=ROOT, capture_output=True, stdin=subprocess.DEVNULL,
                          timeout=300, **more)
    assert done.returncode == 0, f"{words[0]}: {done.stdout[-400:].decode()}{done.stderr.decode()}"
    return done.stdout


def compile_all(compiler, flags, folder, paths):
    folder.mkdir()
    objects = []
    for path in paths:
        objects.append(folder / (str(path).replace("/", "_") + ".o"))
        run([*compiler, *FLAGS, *flags, "-c", path, "-o", objects[-1]])
    return objects


def on_host(folder, compiler, level, interpreter):
    name = f"{compiler[-1]}{level}"
    objects = compile_all(compiler, [level], folder / name, sources(interpreter, "host/require/require.c"))
    image = folder / name / "scenario"
    run([compiler[-1], *objects, BUILD / "core/trust/libbearssl.a", "-o", image])
    return name, [image]


def on_board(folder, launcher):
    compiler, board = "arm-none-eabi-gcc", ROOT / "test/oracle/board"
    paths = sources("core/vm/interpret_cortex_m4.c", "core/vm/interpret_cortex_m4.S", "test/oracle/board/board.c")
    objects = compile_all([*launcher, compiler], M4, folder / "m4", paths)
    start = run([compiler, *M4, "-print-file-name=rdimon-crt0.o"]).decode().strip()
    image = folder / "m4/scenario.elf"
    run([compiler, *M4, "--specs=rdimon.specs", "-nostartfiles", "-T", board / "board.ld", *objects,
         BOARD / "core/trust/libbearssl.a", start, "-o", image])
    return "Cortex-M4 -Os", ["qemu-system-arm", "-M", "mps2-an386", "-display", "none", "-monitor", "none", "-serial",
                             "null", "-kernel", image, "-semihosting-config"]


def start(command, seed, artifacts):
    words = [seed, *artifacts]
    if command[0] != "qemu-system-arm":
        return run([*command, *words])
    arguments = "".join(f",arg={word}" for word in ["scenario", *words])
    return run([*command, "enable=on,target=native" + arguments])


def build_guests(folder):
    artifacts = []
    for path in GUESTS:
        artifacts.append(folder / (path.stem + ".cvm1"))
        run([SKEP, "build", path, "-o", artifacts[-1]])
    settings = folder / "chance.toml"
    settings.write_text('name = "chance"\nversion = "1.0.0"\nrestart = "on-fault"\n'
                        f'sources = ["{ROOT}/test/determinism/chance.c"]\n')
    artifacts.append(folder / "chance.cvm1")
    run([SKEP, "build", "--settings", settings, "-o", artifacts[-1]])
    return artifacts


def check_that_it_happened(log):
    """That the scenario is one: guests wrote, talked, measured, were stepped, trapped and began anew."""
    text = log.decode()
    wrote = b"".join(bytes.fromhex(line.split()[-1]) for line in text.splitlines() if " wrote " in line)
    for line in (b"4 squared is 16", b"too warm", b"heating to 180.0", b"minutes to go", b" .. "):
        assert line in wrote, (line, wrote)
    assert text.count("\ntold ") > 200 and text.count("\nswitch ") == 32 and text.count("\nsamples ") > 20, text[-3000:]
    assert "restarts 3" in text and text.count("\nreply ") > 15, text[-3000:]


def main():
    launcher = ["ccache"] if os.environ.get("CMAKE_C_COMPILER_LAUNCHER") == "ccache" else []
    with tempfile.TemporaryDirectory() as name, concurrent.futures.ThreadPoolExecutor(2) as pool:
        folder = pathlib.Path(name)
        artifacts = build_guests(folder)
        variants = [pool.submit(on_host, folder, [*launcher, compiler], level, interpreter)
                    for compiler, interpreter in (("gcc", "core/vm/interpret_goto.c"),
                                                  ("clang-19", "core/vm/interpret_tail.c"))
                    for level in ("-O0", "-O2")] + [pool.submit(on_board, folder, launcher)]
        built = [variant.result() for variant in variants]
        logs = {name: [start(command, seed, artifacts) for seed in (1, 2)] for name, command in built}
    first, (one, other) = next(iter(logs.items()))
    check_that_it_happened(one)
    assert one != other, "the seed changes nothing"
    for name, log in logs.items():
        for mine, theirs in zip(log, (one, other)):
            if mine == theirs:
                continue
            pairs = zip(mine.splitlines(), theirs.splitlines())
            at, (line, wanted) = next((i, pair) for i, pair in enumerate(pairs) if pair[0] != pair[1])
            sys.exit(f"line {at}: {name} says {line.decode()}, {first} says {wanted.decode()}")
    print(f"{len(one.splitlines())} lines, the same from {', '.join(logs)}")


main()
