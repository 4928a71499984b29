"""What the executive costs: a switch, a host call, a message, an event, and its room. Instructions on the emulated
Cortex-M4, nanoseconds on this machine. Where guests run to their end, two numbers of rounds are measured, and the
difference counts: start and end cancel out."""
import dataclasses
import json
import pathlib
import re
import struct

from table import run

GUESTS = pathlib.Path(__file__).resolve().parent / "guests"
FLASH, SLOT_FIRST, SLOT_BYTES = 0x21000000, 1 << 20, 1 << 20
WARM_STEPS_A_TASK = 200
TURN_WORDS = 1 << 20  # longer than any of these guests runs between two waits
# On the emulator fewer rounds do: it counts, and a count has no noise.
ROUNDS = {"board": 500, "host": 50000}
REPEATS = 7
ONE_MESSAGE, MANY_MESSAGES = 16, 1200  # bytes of a mailbox; a message takes 12
# What a profile is made of: the functions that its link begins with. Signatures, drivers and the C library stay out.
MINIMAL_ROOTS = ["executive_init", "executive_bytes", "executive_step", "executive_load", "executive_job",
                 "executive_job_done", "executive_feed", "executive_drain", "hive_init", "hive_bytes", "hive_request",
                 "hive_step", "hive_news", "hive_link_closed", "frame_take", "frame_put"]
STANDARD_ROOTS = [*MINIMAL_ROOTS, "executive_event_text", "hive_wants_console"]


@dataclasses.dataclass
class Plan:
    """struct bench_plan, and the artifacts."""
    artifacts: list
    copies: int = 1
    quantum_words: int = TURN_WORDS
    warm_steps: int = 0
    steps: int = 0
    events: int = 0

    def words(self):
        return [len(self.artifacts), self.copies, self.quantum_words, self.warm_steps, self.steps, self.events]


class Bench:
    def __init__(self, options, rows, folder):
        self.options, self.rows, self.folder = options, rows, folder
        self.image = options.board / "test/bench/board/executive_board.elf"
        self.printed = ""

    def build(self, name, **defines):
        artifact = self.folder / f"{'_'.join([name, *map(str, defines.values())])}.cvm1"
        settings = artifact.with_suffix(".toml")
        flags = ["-O2", *(f"-D{key}={value}u" for key, value in defines.items())]
        settings.write_text(f'name = "{name}"\nsources = [{json.dumps(str(GUESTS / name) + ".c")}]\nstack = 1024\n'
                            f'flags = {json.dumps(flags)}\nheap = 0\nmay_run_twice = true\n')
        run([self.options.skep, "build", "--settings", settings, "-o", artifact])
        return artifact

    def board(self, plan):
        """Instructions."""
        words, counts = self.folder / "plan.bin", self.folder / "counts.json"
        words.write_bytes(struct.pack("<6I", *plan.words()))
        lies = [(words, FLASH), *((artifact, FLASH + SLOT_FIRST + i * SLOT_BYTES)
                                  for i, artifact in enumerate(plan.artifacts))]
        loaders = [word for path, at in lies
                   for word in ("-device", f"loader,file={path},addr={at:#x},force-raw=on")]
        symbols = {words[-1]: int(words[0], 16) for words in map(str.split, run(
            ["arm-none-eabi-nm", self.image]).splitlines())}
        self.printed = run(
            ["qemu-system-arm", "-M", "mps2-an386", "-display", "none", "-monitor", "none", "-serial", "null",
             "-semihosting-config", "enable=on,target=native", "-kernel", self.image, *loaders,
             "-plugin", f"{self.options.build / 'tools/m4_cycles.so'},begin={symbols['bench_begin']:#x},"
             f"end={symbols['bench_end']:#x},out={counts}"], with_errors=True)
        return json.loads(counts.read_text())["instructions"]

    def host(self, plan):
        """Nanoseconds, the least of some runs."""
        return min(int(run([self.options.build / "test/executive_host", *plan.words(), *plan.artifacts]))
                   for _ in range(REPEATS))

    def places(self):
        """(name for rows, unit, how to measure, rounds)"""
        if not self.options.host_only:
            yield "M4", "instructions", self.board, ROUNDS["board"]
        yield "x86", "ns", self.host, ROUNDS["host"]

    def a_round(self, measure, rounds, guests, copies=1, **defines):
        """What one more round of these guests costs."""
        few, many = (measure(Plan([self.build(name, ROUNDS=count, **defines) for name in guests], copies))
                     for count in (rounds, 2 * rounds))
        return (many - few) / rounds


def switches(bench):
    """A step that gives another task a turn of one word."""
    spin = bench.build("spin")
    for place, unit, measure, rounds in bench.places():
        cost = {}
        for tasks in (1, 32):
            plan = Plan([spin], tasks, 1, tasks * WARM_STEPS_A_TASK, rounds * 4)
            cost[tasks] = measure(plan) / plan.steps
            bench.rows.add(f"{place} context switch, {tasks} task{'s'[:tasks > 1]}", cost[tasks], unit)
        if place == "M4":
            bench.rows.add("M4 context switch, 32 tasks less 1", cost[32] - cost[1], unit, 0)


def calls(bench):
    for place, unit, measure, rounds in bench.places():
        bench.rows.add(f"{place} host call and back, its loop included",
                       bench.a_round(measure, rounds, ["calls"]), unit)


def messages(bench):
    for place, unit, measure, rounds in bench.places():
        for name, capacity in (("each waited for", ONE_MESSAGE), ("a hundred at a time", MANY_MESSAGES)):
            cost = bench.a_round(measure, rounds, ["receiver", "sender"], CAPACITY=capacity)
            bench.rows.add(f"{place} message between two tasks, {name}", cost, unit)


def events(bench):
    for place, unit, measure, rounds in bench.places():
        bench.rows.add(f"{place} event put into the ring", measure(Plan([], events=rounds)) / rounds, unit)


def text_bytes(bench, vm_roots, roots):
    output, board = bench.folder / "profile.elf", bench.options.board
    libraries = [board / name for name in (
        "core/vm/libcore_load.a", "core/vm/libcore_vm.a", "core/wire/libcore_wire.a", "core/base/libcore_base.a",
        "device/executive/libdevice_executive.a", "device/executive/libdevice_operation.a")]
    run(["arm-none-eabi-ld", "--gc-sections", "--unresolved-symbols=ignore-all", "-e", "executive_step", "-o", output,
         *[word for root in (*vm_roots, *roots) for word in ("-u", root)],
         "--start-group", *libraries, "--end-group"])
    sizes = run(["arm-none-eabi-size", output]).splitlines()[1].split()
    return int(sizes[0]) + int(sizes[1]), int(sizes[1]) + int(sizes[2])


def profiles(bench, vm_roots):
    """Room of what there is of the two profiles; docs/CAVEATS.md says what each has in it. After a run on the board."""
    told = {name: int(value, 16) for name, value in re.findall(r"^(\w+) (?:0x)?([0-9a-f]+)$", bench.printed, re.M)}
    for name, roots, text_reach, ram_reach in (("minimal", MINIMAL_ROOTS, 28, 5.5),
                                               ("standard", STANDARD_ROOTS, 48, 8)):
        text, variables = text_bytes(bench, vm_roots, roots)
        bench.rows.add(f"{name} profile: text on the M4", text / 1024, "KiB, no signatures, no drivers", text_reach)
        bench.rows.add(f"{name} profile: RAM beyond guests", (told[name] + variables) / 1024,
                       "KiB, no stacks, drivers or frames", ram_reach)


def measure_executive(options, rows, folder, vm_roots):
    bench = Bench(options, rows, folder)
    for part in (switches, calls, messages, events):
        part(bench)
    if not options.host_only:
        profiles(bench, vm_roots)
