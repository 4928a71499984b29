"""The runtime firmware on the emulated board, from its flash file alone: what it refuses, isolates and keeps on time.
usage: firmware_test.py SKEP BOARD_BUILD"""
import json
import os
import pty
import subprocess
import time

import rig

HELLO = '#include <stdio.h>\nint main(void) { printf("hello\\n"); return 3; }\n'
TICKER = """
#include <skep.h>
#include <stdio.h>
int main(void) {
    uint64_t due = 0, now = 0, worst = 0;
    skep_time_now(&due);
    for (int i = 0; i < 900; i++) {
        due += 1000;
        skep_task_sleep_until(due);
        skep_time_now(&now);
        if (now - due > worst) worst = now - due;
    }
    printf("worst %u us\\n", (unsigned)worst);
    return worst < 1000 ? 0 : 1;
}
"""
BUSY = "volatile int n; int main(void) { for (;;) n++; }\n"
TRAP = "volatile int zero; int main(void) { return 10 / zero; }\n"
CRASH = """
volatile int *nowhere;
static __attribute__((noinline)) int look(void) { return *nowhere; }
int main(void) { return look() + 1; }
"""
WILD = """
#include <stdio.h>
int main(void) { volatile int *wild = (volatile int *)0x20000000; *wild = 1; return 0; }
"""
SMALL = 'stack = 2048\nheap = 0\ncapabilities = ["console write"]\n'
SIGNATURE = 1
ECHO = """#include <stdio.h>
int main(void) { printf("got %c\\n", getchar()); }
"""


HUNGRY = """#include <skep.h>
int main(void) { skep_watchdog_start(10); for (;;) skep_time_delay_ms(20); }
"""
ABSENT = r"""
#include <skep.h>
#include <stdio.h>
int main(void) {
    uint8_t bytes[4] = {0};
    uint32_t value = 0;
    struct skep_can_frame frame;
    printf("adc %d %d\n", (int)skep_adc_read(0, &value), (int)skep_task_version(SKEP_GROUP_ADC, &value));
    printf("pwm %d\n", (int)skep_pwm_write(0, 2000, 1000));
    printf("i2c %d\n", (int)skep_i2c_transfer(0, 0x48, bytes, 1, bytes, 2));
    printf("spi %d\n", (int)skep_spi_transfer(0, 0, bytes, bytes, 4));
    printf("can %d %d\n", (int)skep_can_send(1, bytes, 4, 0), (int)skep_can_receive(&frame, 0));
    printf("random %d\n", (int)skep_random_fill(bytes, 4));
    int no_pin = skep_gpio_config(31, SKEP_GPIO_MODE_OUTPUT), led = skep_gpio_config(13, SKEP_GPIO_MODE_INPUT);
    printf("pin %d %d\n", no_pin, led);
}
"""


def refusals(events):
    return [(event["slot"], event["reason"]) for event in rig.named(events, "refused") if "reason" in event]


def an_unsigned_artifact_is_refused(folder):
    key = rig.key(folder)
    signed, unsigned = rig.artifact(folder, "signed", HELLO, key), rig.artifact(folder, "unsigned", HELLO)
    events, console = rig.boot(folder, rig.flash(folder, [unsigned, signed], folder / "key.pub.pem"), 3)
    assert refusals(events) == [(0, SIGNATURE)], events
    assert [event["slot"] for event in rig.named(events, "started")] == [1], events
    assert console == "hello\n", console


def who_names_a_key_gets_no_unsigned_guest(folder):
    rig.key(folder)
    unsigned, flash = rig.artifact(folder, "unsigned", HELLO), folder / "flash.bin"
    good = rig.skep("run", "--board", "mps2", unsigned)
    assert (good.code, good.out) == (3, "hello\n") and "development key" in good.err, (good.code, good.err)
    rig.good(rig.skep("keys", "install", flash, folder / "key.pub.pem"))
    for trust in ("--key", folder / "key.pub.pem"), ("--flash", flash):
        done = rig.skep("run", "--board", "mps2", *trust, unsigned)
        assert (done.code, done.out) == (77, "") and "not signed" in done.err, (trust, done.code, done.err)
    assert "1 trusted key" in rig.good(rig.skep("keys", "show", flash)).out


def a_board_without_keys_trusts_nobody(folder):
    key = rig.key(folder)
    events, _ = rig.boot(folder, rig.flash(folder, [rig.artifact(folder, "signed", HELLO, key)]), 2)
    assert refusals(events) == [(0, SIGNATURE)], events


def a_key_of_somebody_else_is_refused(folder):
    rig.key(folder)
    other = rig.key(folder, "other")
    flash = rig.flash(folder, [rig.artifact(folder, "signed", HELLO, other)], folder / "key.pub.pem")
    events, _ = rig.boot(folder, flash, 2)
    assert refusals(events) == [(0, SIGNATURE)], events


def any_byte_changed_after_signing_is_refused(folder):
    content = rig.artifact(folder, "signed", HELLO, rig.key(folder)).read_bytes()
    for at in (40, len(content) // 2, len(content) - 12):
        changed = bytearray(content)
        changed[at] ^= 1
        events, _ = rig.boot(folder, rig.flash(folder, [bytes(changed)], folder / "key.pub.pem"), 3)
        assert rig.named(events, "started") == [], f"byte {at} changed and it started"
        assert [slot for slot, _ in refusals(events)] == [0], f"byte {at}: {events}"


def rubbish_in_a_slot_is_refused_and_the_next_one_runs(folder):
    signed = rig.artifact(folder, "signed", HELLO, rig.key(folder))
    flash = rig.flash(folder, [b"\x00" * 4096, b"CVM1" + b"\xa5" * 5000, signed], folder / "key.pub.pem")
    events, _ = rig.boot(folder, flash, 3)
    assert sorted(event["slot"] for event in rig.named(events, "refused")) == [0, 1], events
    assert rig.named(events, "ended")[0]["status"] == 3, events


def a_task_of_1_ms_misses_no_deadline_while_signatures_are_verified(folder):
    key = rig.key(folder)
    ticker, other = rig.artifact(folder, "ticker", TICKER, key, SMALL), rig.artifact(folder, "other", HELLO, key, SMALL)
    busy = rig.artifact(folder, "busy", BUSY, key, SMALL)
    events, console = rig.boot(folder, rig.flash(folder, [ticker, busy, other], folder / "key.pub.pem"), 5)
    started = {event["slot"]: event["time_us"] for event in rig.named(events, "started")}
    ended = {event["slot"]: event["time_us"] for event in rig.named(events, "ended")}
    assert started[0] < started[1] < ended[0], f"no signature was verified while the ticker ran: {events}"
    assert rig.named(events, "ended")[0]["status"] == 0, console
    assert "worst" in console, console


def persistent_values_outlive_the_power(folder):
    key = rig.key(folder)
    source = (rig.ROOT / "guest/examples/starts/starts.c").read_text()
    flash = rig.flash(folder, [rig.artifact(folder, "starts", source, key)], folder / "key.pub.pem")
    for count in (1, 2, 3):
        events, console = rig.boot(folder, flash, 2)
        assert console == f"start {count}\n", console
        store = rig.named(events, "store")[0]
        assert (store["status"], store["values"], store["damaged"]) == ("done", min(count - 1, 1), 0), store
    shown = rig.good(rig.skep("store", flash, "--json")).out.splitlines()
    assert json.loads(shown[1])["value"] == "03000000", shown


def a_trap_ends_one_guest_and_no_other(folder):
    key = rig.key(folder)
    artifacts = [rig.artifact(folder, name, source, key) for name, source in
                 (("trap", TRAP), ("wild", WILD), ("busy", BUSY), ("hello", HELLO))]
    events, console = rig.boot(folder, rig.flash(folder, artifacts, folder / "key.pub.pem"), 5)
    ends = {event["name"]: event for event in rig.named(events, "ended")}
    assert (ends["trap"]["end"], ends["trap"]["trap"]) == ("trap", 3), events
    assert (ends["wild"]["trap"], ends["wild"]["detail"]) == (2, 0x20000000), events
    assert len(ends["trap"]["registers"]) == 16 and len(ends["trap"]["return_stack"]) >= 1, events
    assert ends["hello"]["status"] == 3 and "hello\n" in console, events
    assert "busy" not in ends, events


def input_that_waits_at_boot_reaches_the_guest(folder):
    key = rig.key(folder)
    echo = rig.artifact(folder, "echo", ECHO, key)
    for letter in "abcdef":
        words = [rig.SKEP, "run", "--board", "mps2", "--key", folder / "key.pub.pem", echo]
        done = rig.good(rig.run(words, stdin=letter.encode()))
        assert done.out == f"got {letter}\n", (done.out, done.err)


def what_the_board_lacks_answers_unsupported(folder):
    key = rig.key(folder)
    flash = rig.flash(folder, [rig.artifact(folder, "absent", ABSENT, key)], folder / "key.pub.pem")
    _, console = rig.boot(folder, flash, 2)
    want = "adc -7 -7\npwm -7\ni2c -7\nspi -7\ncan -7 -7\nrandom -7\npin -7 -7\n"
    assert console == want, console


def a_guest_that_does_not_feed_its_watchdog_ends_as_on_the_simulated_board(folder):
    (folder / "hungry.c").write_text(HUNGRY)
    for board in "sim", "mps2":
        done = rig.skep("run", "--board", board, folder / "hungry.c")
        assert done.code == 81 and "hungry: " in done.err and "watchdog" in done.err, (board, done.code, done.err)


def debugged(folder, artifacts, key, script):
    """The guests on the board, with a debugger who does as told once; the run, what it said on both lines, and the
    reports."""
    (folder / "script.gdb").write_text(f"""
set confirm off
set pagination off
file {rig.RUNTIME}
target remote {folder}/gdb
{script}
detach
""")
    words = [rig.SKEP, "run", "--board", "mps2", "--key", folder / "key.pub.pem", "--reports", folder / "reports",
             "--gdb", f"unix:{folder}/gdb,server=on,wait=off", *artifacts]
    run = subprocess.Popen([str(word) for word in words], env=rig.ENVIRONMENT, stdin=subprocess.DEVNULL,
                           stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    for _ in range(200):
        if (folder / "gdb").exists():
            break
        time.sleep(0.05)
    said = rig.run(["gdb-multiarch", "-nx", "-batch", "-x", folder / "script.gdb"]).out
    out, err = run.communicate(timeout=rig.LIMIT_S)
    return run.returncode, out, err + said, [json.loads(line) for line in (folder / "reports").read_text().splitlines()]


def boots(events):
    return [(boot["boot"], boot["reset"]) for boot in rig.named(events, "boot")]


def after_a_watchdog_reset_the_board_tells_what_ended_its_guest(folder):
    """A debugger has the firmware hang once a guest has trapped; nobody feeds the watchdog then."""
    key = rig.key(folder)
    crash, busy = rig.artifact(folder, "crash", CRASH, key), rig.artifact(folder, "busy", BUSY, key)
    code, out, err, events = debugged(folder, [crash, busy], key, """
break evidence_task_end
continue
finish
delete
set $pc = start_fault""")
    assert boots(events) == [(1, "power"), (2, "watchdog")], err
    assert [(kept["boot"], kept["what"], kept["why"]) for kept in rig.named(events, "kept")] == \
        [(1, "boot", "power"), (1, "fault", "trap")], events
    assert code == 69 and "the board was reset (watchdog)" in err, (code, err)
    assert "in look  " in err and "crash.c:3" in err and "main" in err, err
    told = [line for line in out.splitlines() if line.startswith("blackbox: ")]
    assert len(told) == 2 and ": boot: power" in told[0], out
    assert ": fault: trap crash pid 1 trap 2," in told[1] and " build " in told[1], out


def what_the_loop_leaves_out_makes_the_watchdog_bite(folder):
    """A debugger takes a part of the firmware's work out: turns, then every host service. The loop itself turns on."""
    key = rig.key(folder)
    busy = rig.artifact(folder, "busy", BUSY, key)
    for function, instructions in (("schedule_pick", (0x2000, 0x4770)), ("vigil_served", (0x4770, 0x4770))):
        for name in ("reports", "gdb"):
            (folder / name).unlink(missing_ok=True)
        patch = "\n".join(f"set {{unsigned short}}(((unsigned)&{function} & ~1) + {2 * at}) = {word}"
                          for at, word in enumerate(instructions))
        code, _, err, events = debugged(folder, [busy], key, f"""
break executive_step
continue
delete
{patch}""")
        assert boots(events)[:2] == [(1, "power"), (2, "watchdog")], (function, err, events)
        assert code == 69, (function, code)
        conditions = [event["text"] for event in rig.named(events, "executive") if "the hive is" in event["text"]]
        assert conditions[:1] == ["the hive is degraded: watchdog reset"], (function, events)


def a_terminal_gets_no_escape_sequences_from_a_guest(folder):
    (folder / "escape.c").write_text('#include <stdio.h>\nint main(void) { puts("a\\033[2Jb\\xc3\\xa9"); }\n')
    master, slave = pty.openpty()
    words = [str(rig.SKEP), "run", "--board", "mps2", str(folder / "escape.c")]
    subprocess.run(words, env=rig.ENVIRONMENT, stdin=subprocess.DEVNULL, stdout=slave, stderr=subprocess.DEVNULL,
                   check=True)
    os.close(slave)
    seen = os.read(master, 1000)
    os.close(master)
    assert seen == b"a\\x1b[2Jb\xc3\xa9\r\n", seen


def the_image_has_no_allocator(_):
    symbols = subprocess.run(["arm-none-eabi-nm", str(rig.RUNTIME)], capture_output=True, check=True, text=True).stdout
    names = {line.split()[-1] for line in symbols.splitlines()}
    found = names & {"malloc", "free", "calloc", "realloc", "_malloc_r", "_free_r", "_sbrk", "_sbrk_r", "sbrk"}
    assert "vm_interpret" in names and not found, found


def the_build_refuses_an_image_that_passes_a_limit(folder):
    limits = json.loads((rig.ROOT / "spec/limits.json").read_text())["ceilings"]

    def footprint(rows):
        (folder / "limits.json").write_text(json.dumps({"ceilings": rows}))
        return rig.run(["python3", rig.ROOT / "tools/footprint", rig.RUNTIME, rig.BOARD / "runtime.map",
                        folder / "limits.json", "--worst", "start_on_pendsv=interrupt_stack_bytes",
                        "--worst", "main=thread_stack_bytes"])

    measured = [line.split()[1] for line in rig.good(footprint(limits)).out.splitlines()]
    assert len(measured) >= 6, measured
    for name in measured:
        done = footprint([dict(row, value=1000) if row["name"] == name else row for row in limits])
        assert done.code != 0 and name in done.err, f"{name}: {done.err}"


rig.main([
    an_unsigned_artifact_is_refused,
    who_names_a_key_gets_no_unsigned_guest,
    a_board_without_keys_trusts_nobody,
    a_key_of_somebody_else_is_refused,
    any_byte_changed_after_signing_is_refused,
    rubbish_in_a_slot_is_refused_and_the_next_one_runs,
    a_task_of_1_ms_misses_no_deadline_while_signatures_are_verified,
    persistent_values_outlive_the_power,
    a_trap_ends_one_guest_and_no_other,
    input_that_waits_at_boot_reaches_the_guest,
    what_the_board_lacks_answers_unsupported,
    a_guest_that_does_not_feed_its_watchdog_ends_as_on_the_simulated_board,
    after_a_watchdog_reset_the_board_tells_what_ended_its_guest,
    what_the_loop_leaves_out_makes_the_watchdog_bite,
    a_terminal_gets_no_escape_sequences_from_a_guest,
    the_image_has_no_allocator,
    the_build_refuses_an_image_that_passes_a_limit,
])
