"""`skep run --board sim` as people call it: output, exit code, what is said on stderr. Each test runs in an empty
folder of its own. usage: run_test.py SKEP [name of a test ...]"""
import json
import os
import pathlib
import pty
import re
import signal
import struct
import subprocess
import sys
import time
import zlib

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import sentences

SKEP = os.path.abspath(sys.argv[1])
FONT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../spec/font.txt")
PAIRS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../guest/pairs")
USAGE, ARTIFACT, NO_INPUT, SIGNATURE, REFUSED, TRAP, FUEL, TIMEOUT, SCRIPT = 64, 65, 66, 77, 80, 81, 82, 83, 84
CANNOT_WRITE = 73

HELLO = '#include <stdio.h>\nint main(void) { printf("hello %d\\n", 42); return 3; }\n'
BLINK = """#include <skep_calls.h>
int main(void) {
    skep_gpio_config(13, SKEP_GPIO_MODE_OUTPUT);
    for (int i = 0;; i++) { skep_gpio_write(13, i & 1); skep_time_delay_ms(100); }
}
"""
CRASH = """#include <skep_calls.h>
volatile int *nowhere;
int main(void) { skep_time_delay_ms(50); return *nowhere; }
"""
LOOP = "int main(void) { for (volatile int i = 0;; i++) { } }\n"
ECHO = """#include <stdio.h>
int main(void) { int c, n = 0; while ((c = getchar()) != EOF) { putchar(c); n++; } return n; }
"""
FORBIDDEN = """
    if (skep_gpio_config(12, SKEP_GPIO_MODE_OUTPUT) != SKEP_DENIED) return 1;
    return 42;
"""
DARKENS = """#include <skep_calls.h>
int main(void) {
    unsigned char dark[] = {0x00, 0xae};
    skep_time_delay_ms(500);
    return -(int)skep_i2c_transfer(0, 0x3c, dark, sizeof dark, 0, 0);
}
"""
WAIT = """#include <skep_calls.h>
int main(void) { struct skep_gpio_event e; return (int)skep_gpio_wait_edge(&e, SKEP_FOREVER); }
"""
ESCAPE = r"""#include <stdio.h>
int main(void) { printf("a\033[2Jb\x9b" "\xc2\x9b" "\xc3\xa9\n"); return 0; }
"""
DICE = """#include <skep_calls.h>
#include <stdio.h>
int main(void) {
    uint32_t number;
    skep_random_fill(&number, 4);
    printf("%x %u\\n", (unsigned)number, (unsigned)skep_time_micros());
    return 0;
}
"""
SENSOR = """#include <skep_calls.h>
#include <stdio.h>
int main(void) {
    for (int i = 0; i < 3; i++) {
        uint32_t sample, level;
        skep_adc_read(0, &sample);
        skep_gpio_read(5, &level);
        printf("%u %u\\n", (unsigned)sample, (unsigned)level);
        skep_time_delay_ms(100);
    }
    return 0;
}
"""


def write(path, text):
    with open(path, "w") as to:
        to.write(text)
    return path


def run(*words, typed=b""):
    done = subprocess.run([SKEP, "run", *words], input=typed, capture_output=True, timeout=60)
    done.out, done.err = done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace")
    return done


def build(name, text, *words):
    done = subprocess.run([SKEP, "build", write(name + ".c", text), "-o", name + ".cvm1", *words], capture_output=True)
    assert done.returncode == 0, done.stderr
    return name + ".cvm1"


def equal(want, got, what=""):
    assert want == got, f"{what}: want {want!r}, got {got!r}"


def ends(done, code, *patterns):
    equal(code, done.returncode, done.err)
    for pattern in patterns:
        assert re.search(pattern, done.err), f"want /{pattern}/ in: {done.err}"


def files_are_kept_in_the_folder_that_is_named():
    source = os.path.join(PAIRS, "../examples/run_counter/run_counter.c")
    os.mkdir("kept")
    for count in (1, 2, 3):
        done = run(source, "--files", "kept")
        equal((0, f"run {count}\ncount: 4 bytes\n"), (done.returncode, done.out), done.err)
    equal(["kept", "run_counter", "count"], ["kept", *os.listdir("kept"), *os.listdir("kept/run_counter")])
    done = run(source)
    equal((1, "no files here; skep run has --files FOLDER\n"), (done.returncode, done.out), done.err)
    ends(run(source, "--files", "nowhere"), NO_INPUT, "nowhere: there is no such folder; mkdir makes one")
    ends(run(source, "--board", "mps2", "--files", "kept"), USAGE, "--files")


def persistent_values_stay_in_the_file_that_is_named():
    source = os.path.join(PAIRS, "../examples/starts/starts.c")
    for count in (1, 2, 3):
        done = run(source, "--state", "kept")
        equal((0, f"start {count}\n"), (done.returncode, done.out), done.err)
    shown = subprocess.run([SKEP, "store", "kept", "--json"], capture_output=True, text=True)
    equal(0, shown.returncode, shown.stderr)
    head, value = map(json.loads, shown.stdout.splitlines())
    equal((1, 0), (head["values"], head["damaged"]))
    equal(("values", 0x301, 3, "03000000"), tuple(value[name] for name in ("space", "key", "writes", "value")))
    equal("start 1\n", run(source).out)
    ends(run(source, "--state", "/nowhere/kept"), CANNOT_WRITE, "/nowhere/kept: No such file or directory")
    with open("mine", "w") as to:
        to.write("a file that somebody needs\n" * 9999)
    mine = open("mine").read()
    ends(run(source, "--state", "mine"), CANNOT_WRITE, "it is no state file")
    equal(mine, open("mine").read())
    ends(run(source, "--board", "mps2", "--state", "kept"), USAGE, "--state")


def a_state_file_of_a_newer_format_is_left_alone():
    source = os.path.join(PAIRS, "../examples/starts/starts.c")
    equal(0, run(source, "--state", "kept").returncode)
    bytes_of = bytearray(open("kept", "rb").read())
    for at in (4096, 4112):
        bytes_of[at + 4:at + 6] = b"\x02\x02"
        bytes_of[at + 12:at + 16] = struct.pack("<I", zlib.crc32(bytes_of[at:at + 12]))
    open("kept", "wb").write(bytes_of)
    ends(run(source, "--state", "kept"), CANNOT_WRITE, "it was written by a newer version, and is left as it is")
    shown = subprocess.run([SKEP, "store", "kept"], capture_output=True, text=True)
    equal(ARTIFACT, shown.returncode, shown.stderr)
    assert "newer format" in shown.stderr, shown.stderr
    equal(bytes(bytes_of), open("kept", "rb").read())
def errors_of_a_guest_go_to_stderr():
    source = '#include <stdio.h>\n#include <assert.h>\nint main(int n, char **v) { (void)v; printf("out\\n"); '
    source += 'fprintf(stderr, "bad: %d\\n", 5); fputs("worse\\n", stderr); putchar(33); assert(n == 77); }\n'
    done = run(write("errors.c", source))
    equal((TRAP, "out\n!"), (done.returncode, done.out), done.err)  # what was not yet a line too
    assert "\nbad: 5\nworse\nerrors.c:3: main: \"n == 77\" does not hold\n" in done.err, done.err
    other = build("other", HELLO.replace("return 3", "return 0"))
    done = run(build("errors", source.replace("putchar(33); assert(n == 77);", "")), other)
    equal(["[errors] out", "[other] hello 42"], sorted(done.out.splitlines()))
    assert "\n[errors] bad: 5\n[errors] worse\n" in done.err, done.err


def output_that_cannot_be_written_is_told():
    path = build("hello", HELLO.replace("return 3", "return 0"))
    with open("/dev/full", "wb") as full:
        done = subprocess.run([SKEP, "run", path], stdout=full, stderr=subprocess.PIPE, check=False)
    equal(73, done.returncode)
    assert b"standard output cannot be written" in done.stderr


def a_source_runs_and_its_status_is_ours():
    done = run(write("hello.c", HELLO))
    ends(done, 3, "not signed")
    equal("hello 42\n", done.out)
    equal(["hello.c"], os.listdir("."), "nothing is left behind")


def an_artifact_runs_the_same():
    done = run(build("hello", HELLO))
    ends(done, 3)
    equal("hello 42\n", done.out)


def a_trap_is_reported_with_file_and_line():
    done = run(build("crash", CRASH, "-g"))
    ends(done, TRAP, r"crash\.c:3", "null pointer")
    equal("", done.out)


def a_neighbour_goes_on_after_a_trap():
    done = run(build("blink", BLINK), build("crash", CRASH, "-g"), "--timeout", "1000", "--pins-csv", "pins.csv")
    ends(done, TRAP, r"crash\.c:3", "timeout of 1000 ms")
    lines = open("pins.csv").read().split()
    equal("time_us,pin,level", lines[0])
    times = [int(line.split(",")[0]) for line in lines[2:]]
    equal(9, len(times))
    assert all(abs(b - a - 100000) < 2000 for a, b in zip(times, times[1:])), times


def fuel_and_timeout_end_what_does_not_end():
    loop = build("loop", LOOP)
    ends(run(loop, "--fuel", "100000"), FUEL, "fuel of 100000 words")
    ends(run(loop, "--timeout", "50"), TIMEOUT, "timeout of 50 ms")


def pins_are_drawn():
    done = run(build("blink", BLINK), "--timeout", "1000", "--pins")
    ends(done, TIMEOUT, r"pin 13 [#_]{20,}")
    equal("", done.out, "the drawing is not the guest's output")


def read_panel(drawn):
    """The text on a panel drawn in braille, by the font's own table."""
    glyphs, names = {}, []
    for words in (line.split() for line in open(FONT) if line.strip() and not line.startswith("# ")):
        if words[0] == "=":
            names = words[1:]
            continue
        for name, row in zip(names, words):
            glyphs.setdefault(" " if name == "SP" else name, []).append(row)
    characters = {"".join(rows): name for name, rows in glyphs.items()}
    lines = [line[1:-1] for line in drawn.splitlines() if re.fullmatch("\\|[\u2800-\u28ff]{64}\\|", line)]
    bits = (0x01, 0x02, 0x04, 0x40), (0x08, 0x10, 0x20, 0x80)
    pixels = ["".join("#" if ord(line[x // 2]) & bits[x % 2][y] else "." for x in range(128))
              for line in lines for y in range(4)]
    return ["".join(characters["".join(pixels[top + y][6 * at:6 * at + 5] for y in range(8))] for at in range(21))
            for top in range(0, len(pixels), 8)]


def the_display_shows_what_runs():
    done = run(build("blink", BLINK), build("crash", CRASH), "--timeout", "61000", "--display")
    hive, task, provenance, alarm = read_panel(done.err)
    equal("sim         trbl ----", hive)
    equal("1/2 fault crash      ", task)
    assert re.fullmatch(r"[0-9a-f]{8} 0\.0\.0 *", provenance) and provenance[:8] != "00000000", provenance
    equal("! trapped crash      ", alarm)
    done = run("blink.cvm1", "--timeout", "61000", "--display")
    equal(["sim         run  ----", "ok 1 task   0d 00:01 "], read_panel(done.err)[::3])


def the_display_is_not_the_guests():
    darkens = build("darkens", DARKENS)
    done = run(darkens, "--display")
    equal(3, done.returncode)
    equal("0/1 done  darkens    ", read_panel(done.err)[1])
    equal(0, run(darkens).returncode)


def a_display_that_is_not_there_is_told():
    path = build("blink", BLINK)
    done = run(path, "--timeout", "2000", "--display", "--script", write("gone.txt", "at 0s i2c 0x3c gone\n"))
    ends(done, TIMEOUT, r"display: nothing answers at I2C address 0x3c; \d transfers failed")
    ends(run(path, "--display", "--board", "mps2"), USAGE, "--display are for --board sim")


def a_script_moves_the_world():
    write("world", "at 0s adc 0 ramp 0 1000 over 100ms\nat 150ms pin 5 high\nat 150ms adc 0 7\n")
    done = run(build("sensor", SENSOR), "--script", "world")
    ends(done, 0)
    equal("0 0\n1000 0\n7 1\n", done.out)


def a_wrong_script_is_refused_with_its_place():
    write("world", "at 0s adc 0 5\nat 1s pin 99 high\n")
    done = run(build("sensor", SENSOR), "--script", "world")
    ends(done, SCRIPT, "world:2:11: expected a pin")
    equal("", done.out)
    ends(run("sensor.cvm1", "--script", "nowhere"), NO_INPUT, "nowhere")


def what_is_typed_is_read_to_its_end():
    done = run(write("echo.c", ECHO), typed=b"one\ntwo\n")
    ends(done, 8)
    equal("one\ntwo\n", done.out)
    write("world", 'at 5ms console "typed"\nat 9ms console end\n')
    done = run("echo.c", "--script", "world", typed=b"not this")
    ends(done, 5)
    equal("typed", done.out)


def what_is_denied_is_refused_by_name():
    blink = build("blink", BLINK)
    ends(run(blink, "--deny", "gpio output 13"), REFUSED, 'asks for "gpio', "not granted")
    ends(run(blink, "--grant", "console write"), REFUSED, 'asks for "gpio', "not granted")
    ends(run(blink, "--deny", "gpio jump"), USAGE, "jump")
    ends(run(blink, "--deny", "adc", "--timeout", "100"), TIMEOUT)
    ends(run(blink, "--grant", "gpio", "--timeout", "100"), TIMEOUT)


def a_guest_that_floods_the_console_is_refused_by_name():
    write("flood.c", '#include <stdio.h>\nint main(void) { for (;;) printf("and again\\n"); }\n')
    done = run("flood.c", "--grant", "console write 20/s", "--timeout", "2000")
    ends(done, TIMEOUT, r"flood: console\.\w+: refused, more often than was granted")
    equal(1, done.err.count("more often"))
    assert done.out.count("and again") <= 60, done.out


def a_refused_source_keeps_its_own_name():
    write("led.c", '#include <Arduino.h>\nint main(void) { pinMode(5, OUTPUT); return 0; }\n')
    ends(run("led.c", "--grant", "console write"), REFUSED, r"led\.c: refused: it asks for \"gpio input,output\"")


def a_pin_outside_of_the_capability_is_denied_at_the_call():
    source = BLINK.replace("int main(void) {", "int main(void) {" + FORBIDDEN)
    write("one.c", source)
    write("skep.toml", 'name = "one"\nversion = "1.0.0"\nsources = ["one.c"]\ncapabilities = ["gpio output 13"]\n')
    done = subprocess.run([SKEP, "build"], capture_output=True)
    equal(0, done.returncode, done.stderr)
    ends(run("one.cvm1"), 42)


def several_guests_write_whole_lines_under_their_names():
    other = HELLO.replace("hello", "other").replace("return 3", "return 0")
    done = run(build("hello", HELLO), build("other", other))
    ends(done, 3)
    equal(["[hello] hello 42", "[other] other 42"], sorted(done.out.splitlines()))


def run_pair(folder, *names):
    """Builds the guests of that folder and runs them together, started in this order: what they wrote."""
    artifacts = []
    for name in names:
        artifacts.append(name + ".cvm1")
        source = os.path.join(PAIRS, folder, name + ".c")
        done = subprocess.run([SKEP, "build", source, "-o", artifacts[-1]], capture_output=True)
        equal(0, done.returncode, done.stderr)
    done = run(*artifacts)
    ends(done, 0)
    return done.out


def expected_of(folder):
    with open(os.path.join(PAIRS, folder, "expected.txt")) as expected:
        return expected.read()


def two_guests_talk_through_mailboxes():
    for names in (("producer", "consumer"), ("consumer", "producer")):
        equal(expected_of("mailbox_ping"), run_pair("mailbox_ping", *names), names)


def a_guest_watches_the_values_of_another():
    lines = run_pair("value_watch", "sensor", "watcher").splitlines()
    equal(sorted(expected_of("value_watch").splitlines()), sorted(lines))


def a_guest_has_another_run_its_commands():
    equal(expected_of("command_call"), run_pair("command_call", "oven", "cook"))


def a_changed_artifact_is_refused_and_nothing_runs():
    path = build("hello", HELLO)
    good = open(path, "rb").read()
    for at in (0, 9, 200, len(good) // 2, len(good) - 1):
        with open(path, "wb") as to:
            to.write(good[:at] + bytes([good[at] ^ 0x40]) + good[at + 1:])
        done = run(path)
        assert done.returncode in (ARTIFACT, REFUSED), (at, done.returncode, done.err)
        equal("", done.out)
        assert "byte" in done.err, done.err
    write("short.cvm1", "")
    ends(run("short.cvm1"), ARTIFACT, "byte 0")
    ends(run("missing.cvm1"), NO_INPUT, "missing.cvm1")


def with_a_key_only_what_it_signed_runs():
    for name in ("mine", "other"):
        subprocess.run([SKEP, "keys", "new", name + ".pem"], check=True, capture_output=True)
    signed = build("signed", HELLO, "--key", "mine.pem")
    plain = build("plain", HELLO)
    done = run(signed, "--key", "mine.pub.pem")
    ends(done, 3)
    equal("", done.err)
    ends(run(signed, "--key", "other.pub.pem"), SIGNATURE, "signed.cvm1: refused")
    ends(run(plain, "--key", "mine.pub.pem"), SIGNATURE, "plain.cvm1: refused")
    ends(run(signed), 3, "not looked at")


def a_program_that_waits_for_ever_is_told_so():
    ends(run(write("wait.c", WAIT)), TIMEOUT, "waits for something that cannot happen")


def a_terminal_gets_no_escape_sequences_from_a_guest():
    path = build("escape", ESCAPE)
    equal(b"a\033[2Jb\x9b\xc2\x9b\xc3\xa9\n", run(path).stdout, "a pipe gets what was written")
    master, slave = pty.openpty()
    process = subprocess.Popen([SKEP, "run", path], stdout=slave, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
    process.wait()
    os.close(slave)
    seen = os.read(master, 1000)
    os.close(master)
    equal(b"a\\x1b[2Jb\\x9b\\xc2\\x9b\xc3\xa9\r\n", seen)


def real_time_takes_its_time():
    path = build("blink", BLINK)
    began = time.monotonic()
    ends(run(path, "--real-time", "--timeout", "300"), TIMEOUT)
    assert 0.29 < time.monotonic() - began < 5


def the_command_line_is_checked():
    ends(run(), USAGE, "files")
    write("hello.c", HELLO)
    ends(run("hello.c", "--board", "moon"), USAGE, "moon")
    ends(run("hello.c", "--fuel", "many"), USAGE)
    ends(run("hello.c", "--nothing"), USAGE)
    ends(run("hello.c", "--fuel", "0"), USAGE, "--fuel wants at least 1")
    ends(run("hello.c", "--gdb", "tcp::1"), USAGE, "for --board mps2")
    ends(run("hello.c", "--board", "mps2", "--seed", "1"), USAGE, "for --board sim")
    ends(run(build("loop", LOOP), "--timeout", "010"), TIMEOUT, "the timeout of 10 ms")
    ends(run(*["hello.c"] * 9), USAGE, "at most 8")
    ends(run("nothing.c"), 1, "nothing.c")


def an_interrupted_run_leaves_nothing():
    write("loop.c", LOOP)
    os.mkdir("tmp")
    for number in (signal.SIGINT, signal.SIGTERM):
        process = subprocess.Popen([SKEP, "run", "loop.c", "--real-time"], env=dict(os.environ, TMPDIR="tmp"),
                                   stderr=subprocess.PIPE, text=True)
        while "not signed" not in process.stderr.readline():
            pass
        process.send_signal(number)
        equal(128 + number, process.wait(10))
        process.stderr.close()
        equal([], os.listdir("tmp"))


def blackbox(*words):
    return subprocess.run([SKEP, "blackbox", *words], capture_output=True, text=True, timeout=60)


def what_ended_a_guest_is_kept_in_a_file_and_told_with_its_line():
    path = build("crash", CRASH, "-g")
    hello = build("hello", HELLO)
    equal(TRAP, run(path, "--blackbox", "kept").returncode)
    equal(3, run(hello, path, "--blackbox", "kept").returncode)
    told = blackbox("kept", hello, path)
    equal(0, told.returncode)
    assert told.stdout.startswith("boots: 2, the last one by outside; records: 5\n"), told.stdout
    equal(2, told.stdout.count("in main  crash.c:3"))
    assert "end: hello" in told.stdout and "exit, status 3" in told.stdout, told.stdout
    foreign = blackbox("kept", hello)
    assert "the artifact of this build is not among those named" in foreign.stdout and "crash.c" not in foreign.stdout
    lines = [json.loads(line) for line in blackbox("--json", "kept", path).stdout.splitlines()]
    equal({"version": 1, "boots": 2, "reason": "outside", "records": 5, "damaged": 0, "stale": 0}, lines[0])
    equal(["boot", "fault", "boot", "end", "fault"], [line["kind"] for line in lines[1:] if "kind" in line])
    ended = [line["text"] for line in lines if line.get("event") and line["boot"] == 2 and "ended" not in line["text"]]
    assert any(text.startswith("task 2 trapped: ") for text in ended), ended
    assert "at 0.05" in told.stdout and "s: task 1 trapped: " in told.stdout, told.stdout
    equal(("crash.c", 3, "main"), tuple(lines[2]["report"][name] for name in ("file", "line", "function")))
    assert lines[2]["boot"] == 1 and lines[5]["boot"] == 2 and lines[2]["time_us"] >= 50000, lines


def a_damaged_record_is_skipped_and_what_is_no_blackbox_refused():
    path = build("crash", CRASH)
    run(path, "--blackbox", "kept")
    with open("kept", "r+b") as file:
        file.seek(256 * (1 + 2) + 40)
        file.write(b"\xff\xff")
    told = blackbox("kept", path)
    equal(0, told.returncode)
    assert "skipped, because damaged: 1\n" in told.stdout and "fault" not in told.stdout, told.stdout
    write("text", "no blackbox\n" * 100)
    for words, code in (("text",), ARTIFACT), (("kept", "text"), ARTIFACT), (("nowhere",), NO_INPUT), ((), USAGE):
        refused = blackbox(*words)
        equal((code, ""), (refused.returncode, refused.stdout))
        assert refused.stderr.startswith("skep: "), refused.stderr
    before = open("text").read()
    equal(ARTIFACT, run(path, "--blackbox", "text").returncode)
    equal(before, open("text").read())


def a_profile_says_where_the_words_went_and_is_the_same_each_time():
    write("profiled.c", """#include <stdio.h>
static volatile unsigned sum;
__attribute__((noinline)) static void light(void) { for (unsigned i = 0; i < 1000; i++) sum += i; }
__attribute__((noinline)) static void heavy(void) { for (unsigned i = 0; i < 9000; i++) sum += i; }
int main(void) { for (int i = 0; i < 20; i++) { light(); heavy(); } puts("done"); return 0; }
""")
    first, second = run("profiled.c", "--profile"), run("profiled.c", "--profile")
    equal(first.stderr, second.stderr)
    equal(b"done\n", first.stdout)
    found = re.search(rb"(\d+)\.\d%  heavy\n.*(\d+)\.\d%  light\n", first.stderr)
    assert found and 88 <= int(found[1]) <= 92, first.stderr
    equal(64, run("profiled.c", "--profile", "--board", "mps2").returncode)


def a_guest_that_returns_0_leaves_no_record():
    path = build("good", "int main(void) { return 0; }\n")
    equal(0, run(path, "--blackbox", "kept").returncode)
    assert "boots: 1," in blackbox("kept").stdout and "good" not in blackbox("kept").stdout


def the_same_run_gives_the_same_result():
    path = build("dice", DICE)
    first = run(path).out
    equal(first, run(path).out)
    assert first != run(path, "--seed", "2").out


sentences.run(globals(), sys.argv[2:])
