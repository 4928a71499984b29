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
        run(
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


def profiles(bench):
    """Room of the smaller profiles' images; docs/CAVEATS.md says what each has in it."""
    board, tool = bench.options.board, GUESTS.parents[2] / "tools/footprint"
    for name in ("minimal", "standard"):
        told = run(["python3", tool, board / f"device/firmware/{name}.elf", board / f"{name}.map",
                    GUESTS.parents[2] / "spec/limits.json", "--profile", name, "--guests", "small_guests",
                    "--worst", f"start_on_pendsv+clock_on_timer0+clock_on_systick={name}_interrupt_stack_bytes",
                    "--worst", f"main={name}_thread_stack_bytes"])
        for what, value, aim in re.findall(rf"{name}_(\w+)_bytes (\d+) of \d+ bytes(?:, the aim is (\d+))?", told):
            bench.rows.add(f"{name} profile: {what.replace('_', ' ')} on the M4", int(value) / 1024, "KiB",
                           *([int(aim) / 1024] if aim else []))


def measure_executive(options, rows, folder):
    bench = Bench(options, rows, folder)
    for part in (switches, calls, messages, events):
        part(bench)
    if not options.host_only:
        profiles(bench)
