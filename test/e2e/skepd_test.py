"""skepd as people and programs use it: each test starts a hive of its own in an empty folder, operates it with skep or
byte for byte, and looks at what comes back. usage: skepd_test.py SKEP SKEPD ROOT [name of a test ...]"""
import os
import re
import select
import signal
import socket
import struct
import subprocess
import sys
import threading
import time

from hive import *


# --- tests: a name that is a sentence ---

def a_guest_is_loaded_watched_and_killed_and_a_cursor_leads_on():
    blink, crash = build("blink"), build("crash")
    with Hive():
        equal("1\n", good(skep("load", blink)).stdout)
        equal("2\n", good(skep("load", crash)).stdout)
        until(lambda: any(e["event"] == "task.ended" for e in events()))
        told = events()
        equal(["load.accepted", "task.started", "load.accepted", "task.started", "task.ended"],
              [e["event"] for e in told])
        equal([1, 2, 3, 4, 5], [e["sequence"] for e in told])
        equal((2, "trap"), (told[-1]["pid"], told[-1]["end"]))
        equal([(1, "blink")], [(task["pid"], task["name"]) for task in tasks()])
        good(skep("kill", "1"))
        since = events("--since", str(told[-1]["sequence"]))
        equal([(6, "task.ended", 1, "killed")], [(e["sequence"], e["event"], e["pid"], e["end"]) for e in since])
        equal([], tasks())
        equal(HIVE, skep("kill", "1").returncode)


def a_task_is_paused_and_goes_on():
    artifact = build("forever", FOREVER)
    with Hive():
        good(skep("load", artifact))
        good(skep("pause", "1"))
        equal("paused", tasks()[0]["state"])
        equal(HIVE, skep("pause", "1").returncode)
        good(skep("resume", "1"))
        assert tasks()[0]["state"] != "paused"


def events_come_as_they_happen():
    artifact = build("forever", FOREVER)
    with Hive():
        watcher = subprocess.Popen([SKEP, "events", "--to", "hive", "--json", "--count", "3"], stdout=subprocess.PIPE,
                                   text=True)
        good(skep("load", artifact))
        good(skep("kill", "1"))
        out, _ = watcher.communicate(timeout=20)
        equal(["load.accepted", "task.started", "task.ended"],
              [json.loads(line)["event"] for line in out.splitlines()])


def what_a_task_writes_reaches_who_wants_it():
    artifact = build("talker", '#include <stdio.h>\n#include <skep.h>\n'
                     'int main(void) { for (;;) { printf("said \\xc3\\xa9 it\\n"); skep_task_sleep_ms(20); } }\n')
    with Hive():
        watcher = subprocess.Popen([SKEP, "events", "--to", "hive", "--json", "--console"], stdout=subprocess.PIPE,
                                   text=True)
        good(skep("load", artifact))
        for line in watcher.stdout:
            row = json.loads(line)
            if row.get("console") == "output" and "said \u00e9 it" in (row["text"] or ""):
                break
        watcher.kill()
        watcher.communicate()


def the_log_has_what_guests_wrote_and_what_the_hive_said():
    artifact = build("talker", '#include <stdio.h>\n#include <skep.h>\n'
                     'int main(void) { printf("\\x1b[31mred\\x1b[0m\\n<4>cold\\n"); fprintf(stderr, "bad\\n"); '
                     'for (int i = 0;; i++) { skep_task_sleep_ms(20); printf("%d\\n", i); } }\n')
    with Hive():
        good(skep("load", artifact))
        until(lambda: len(lines(good(skep("logs", "--json")))) > 6)
        rows = lines(good(skep("logs", "--json")))
        equal(list(range(1, len(rows) + 1)), [row["sequence"] for row in rows])
        equal([("hive", "notice", "load 1: accepted as task 1"), ("hive", "notice", "task 1 started"),
               ("stdout", "info", "red"), ("stdout", "warning", "cold"), ("stderr", "error", "bad"),
               ("stdout", "info", "0")],
              [(row["source"], row["level"], row["text"]) for row in rows[:6]])
        worse = good(skep("logs", "--level", "warning")).stdout.splitlines()
        equal(2, len(worse), worse)
        assert worse[1].split()[2:] == ["error", "1", "stderr", "bad"], worse
        equal(["bad"], [row["text"] for row in lines(good(skep("logs", "--json", "--level", "error", "--task", "1")))])
        equal(4, lines(good(skep("logs", "--json", "--since", "3")))[0]["sequence"])
        watcher = subprocess.Popen([SKEP, "logs", "--to", "hive", "--follow", "--since", "5"], stdout=subprocess.PIPE,
                                   text=True)
        equal(["6", "7", "8"], [watcher.stdout.readline().split()[0] for _ in range(3)])
        watcher.send_signal(signal.SIGINT)
        watcher.stdout.close()
        equal(130, watcher.wait(timeout=10))
        equal("kept up to notice; before: debug\n", good(skep("logs", "--keep", "notice")).stdout)
        good(skep("kill", "1"))
        equal("task 1 was killed", lines(good(skep("logs", "--json")))[-1]["text"])
        equal(USAGE, skep("logs", "--level", "loud").returncode)


def a_task_is_typed_to_and_its_streams_are_told_apart():
    artifact = build("echo", '#include <stdio.h>\nint main(void) { int c; while ((c = getchar()) != EOF) '
                     'fprintf(c == \'e\' ? stderr : stdout, "<%c>\\n", c); return 7; }\n')
    with Hive():
        watcher = subprocess.Popen([SKEP, "events", "--to", "hive", "--json", "--console"], stdout=subprocess.PIPE,
                                   text=True)
        good(skep("load", artifact))
        ask = '{"version": 1, "operation": "console.send", "parameters": {"pid": 1, "data": "6f6572", "end": true}}\n'
        reply = lines(good(skep("call", give=ask)))[0]
        equal(("OK", 3), (reply["status"], reply["result"]["taken"]))
        heard, end = [], None
        for line in watcher.stdout:
            row = json.loads(line)
            if row.get("console") == "output":
                heard.append((row["stream"], row["text"]))
            if row.get("event") == "task.ended":
                end = row["detail"]
                break
        watcher.kill()
        watcher.communicate()
        equal(7, end)
        equal(["<o>\n<r>\n", "<e>\n"],
              ["".join(text for name, text in heard if name == stream) for stream in ("stdout", "stderr")])


def a_refused_artifact_tells_every_reason():
    artifact = build("forever", FOREVER)
    with open(artifact, "r+b") as to:
        to.seek(-1, os.SEEK_END)
        last = to.read(1)
        to.seek(-1, os.SEEK_END)
        to.write(bytes([last[0] ^ 1]))
    with Hive():
        result = skep("load", artifact)
        equal(REFUSED, result.returncode, result.stderr)
        assert "load.refused" in result.stderr, result.stderr
        equal(["load.refused", "load.failed"], [e["event"] for e in events()])
        good(skep("load", build("thermostat")))
        told = skep("load", build("thermostat")).stderr
        assert "load 3: refused: task 1 runs under the same name, and it may not run twice" in told, told
        assert "task 1 has the value 514" in told and "task 1 has the command 513" in told, told


def an_unsigned_artifact_is_refused_by_a_hive_with_a_key():
    artifact = build("forever", FOREVER)
    subprocess.run([SKEP, "keys", "new", "key.pem"], check=True, capture_output=True)
    with Hive('socket = "hive"\ntrust = "key.pub.pem"\n'):
        equal(REFUSED, skep("load", artifact).returncode)
        subprocess.run([SKEP, "sign", "--key", "key.pem", artifact], check=True, capture_output=True)
        equal("1\n", good(skep("load", artifact)).stdout)


def what_is_not_granted_is_refused():
    blink = build("blink")
    with Hive(CONFIG_TEXT + 'grants = ["console write"]\n'):
        equal(REFUSED, skep("load", blink).returncode)
        assert any(e.get("refusal") == "capability" for e in events()), events()


def lines_of_json_are_answered_and_checked_strictly():
    deep = '{"version":1,"operation":' + "[" * 20 + "]" * 20 + "}"
    asked = ['{"version":1,"operation":"hive.info","id":"a"}', '{"version":2,"operation":"hive.info"}',
             '{"operation":"hive.info"}', '{"version":1,"operation":"hive.info","more":1}',
             '{"version":1,"version":1,"operation":"hive.info"}', '{"version":1,"operation":"nothing.here"}', "[1]",
             "{",
             '{"version":1,"operation":"task.kill","parameters":{"pid":-1}}',
             '{"version":1,"operation":"task.kill","parameters":{"pid":4294967296}}',
             '{"version":1,"operation":"task.kill","parameters":{"pid":1.5}}',
             '{"version":1,"operation":"task.kill","parameters":{"pid":1,"x":1}}',
             '{"version":1,"operation":"task.kill","parameters":{"pid":9}}', deep, '{"version":1} {}', "x" * 70000,
             '{"version":1,"operation":"session.list"}']
    with Hive():
        got = lines(good(skep("call", give="\n".join(asked) + "\n")))
    want = ["OK", "CORRUPT", "CORRUPT", "INVALID", "CORRUPT", "UNSUPPORTED", "CORRUPT", "CORRUPT", "INVALID", "INVALID",
            "CORRUPT", "INVALID", "NOT_FOUND", "CORRUPT", "CORRUPT", "CORRUPT", "OK"]
    equal(want, [row["status"] for row in got])
    equal("a", got[0]["id"])
    equal("skep", got[-1]["result"]["sessions"][0]["client"])


def frames_are_as_the_page_says():
    with Hive():
        to = connect()
        to.sendall(frame(0, request(0, 7)))
        reply = hear(to)
        equal((2, 0, 7, 0, 1), struct.unpack("<BHHhH", reply[:9]))
        to.sendall(frame(1, request(132, 8, struct.pack("<I", 5), session=99)))
        equal(struct.pack("<BHHhBI", 2, 132, 8, -3, 4, 0), hear(to))
        to.close()


def who_says_what_is_no_request_is_cut_off_and_the_others_are_not():
    with Hive():
        other = connect()
        for said in (b"GET / HTTP/1.1\r\n\r\n", b"\xf8\x00\xf9", frame(0, b"\x02nothing"), frame(0, b"", channel=2),
                     b"\xf8" + b"x" * 5000, os.urandom(3000)):
            to = connect()
            to.sendall(said)
            try:
                equal(b"", hear(to))
            except ConnectionResetError:
                pass
            to.close()
        other.sendall(frame(0, request(0, 1)))
        equal(2, hear(other)[0])
        other.close()


def a_peer_that_does_not_read_holds_up_nobody():
    artifact = build("forever", FOREVER)
    with Hive():
        deaf = connect()
        deaf.setblocking(False)
        sequence, sent, end = 0, 0, time.monotonic() + 2
        while time.monotonic() < end:
            if not select.select([], [deaf], [], 0.2)[1]:
                break
            try:
                sent += deaf.send(frame(sequence % 65536, request(0, 1)))
                sequence += 1
            except BlockingIOError:
                break
        good(skep("load", artifact))
        equal(1, len(tasks()))
        deaf.close()


def many_requests_at_once_are_all_answered_and_fast():
    count = 20000
    asked = b"".join(frame(i % 65536, request(0, i % 65536)) for i in range(count))
    with Hive():
        to, heard, begin = connect(), 0, time.monotonic()
        writer = threading.Thread(target=to.sendall, args=(asked,))
        writer.start()
        while heard < count:
            heard += to.recv(1 << 16).count(b"\xf9")
        assert time.monotonic() - begin < 1, "fewer than 20,000 operations a second"
        writer.join()
        to.close()


def tcp_needs_the_token_also_on_loopback():
    with open("token", "w") as to:
        to.write("0123456789abcdef\n")
    os.chmod("token", 0o600)
    with open("wrong", "w") as to:
        to.write("0123456789abcdeX\n")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    with Hive(CONFIG_TEXT + f'listen = "{address}"\ntoken_file = "token"\n'):
        equal(0, skep("ps", "--token-file", "token", to=address).returncode)
        equal(HIVE, skep("ps", "--token-file", "wrong", to=address).returncode)
        equal(HIVE, skep("ps", to=address).returncode)
        to = connect(address)
        to.sendall(frame(0, request(0, 1)))
        equal(struct.pack("<BHHhBI", 2, 0, 1, -3, 8, 0), hear(to))
        equal(b"", hear(to))
        to.close()


def a_configuration_that_is_wrong_is_refused_with_its_place():
    os.mkdir("open")
    with open("token", "w") as to:
        to.write("0123456789abcdef\n")
    os.chmod("token", 0o644)
    cases = [("", "no socket"), ('socket = "hive"\n', "no key to trust"), (CONFIG_TEXT + "x = 1\n", "skepd.toml:4:"),
             (CONFIG_TEXT + "tasks = 0\n", "1 to 32"), (CONFIG_TEXT + 'grants = ["nothing"]\n', "skepd.toml:4:"),
             (CONFIG_TEXT + 'listen = "127.0.0.1:1"\n', "token_file"), (CONFIG_TEXT + "socket =", "skepd.toml:4"),
             (CONFIG_TEXT + 'token_file = "token"\n', "chmod 600"), (CONFIG_TEXT + 'trust = "token"\n', "token")]
    for text, says in cases:
        with open("skepd.toml", "w") as to:
            to.write(text)
        result = subprocess.run([SKEPD, "skepd.toml"], capture_output=True, text=True, timeout=20)
        equal(CONFIG, result.returncode, text)
        assert says in result.stderr, (text, result.stderr)


def a_second_hive_on_the_same_socket_is_refused_and_a_stale_one_is_replaced():
    with Hive() as hive:
        second = subprocess.run([SKEPD, "skepd.toml"], capture_output=True, text=True, timeout=20)
        equal(1, second.returncode)
        assert "another skepd answers" in second.stderr, second.stderr
        hive.process.kill()
        hive.process.wait()
        assert os.path.exists("hive")
        with Hive():
            good(skep("ps"))
        hive.process = subprocess.Popen([SKEPD, "skepd.toml"], stderr=subprocess.PIPE, text=True)
        hive.process.stderr.readline()


def values_are_listed_read_and_set():
    with Hive():
        value_of = thermostat()
        until(lambda: value_of("measured") == 20)
        rows = {row["name"]: row for row in lines(good(skep("value", "ls", "--json")))[0]["values"]}
        equal(["limit", "measured", "target"], sorted(rows))
        equal((1, 0x202, "f32", "C", 20, True),
              tuple(rows["target"][m] for m in ("pid", "id", "type", "unit", "value", "readable")))
        assert "2.2" in good(skep("value", "ls")).stdout
        good(skep("value", "set", "target", "22.5"))
        equal("22.5 C\n", good(skep("value", "get", "2.2")).stdout)
        until(lambda: value_of("measured") == 22.5)
        for words, reason in ((("target", "31"), "object"), (("measured", "1"), "read_only"), (("limit", "5"), "pin")):
            refused = skep("value", "set", *words, "--json")
            equal((HIVE, reason), (refused.returncode, lines(refused)[0]["reason"]), words)
        assert "target takes 5 to 30 C" in skep("value", "set", "target", "31").stderr
        good(skep("value", "set", "limit", "--pin", "1234", "--", "-3"))
        equal(-3, value_of("limit"))
        equal(USAGE, skep("value", "set", "target", "warm").returncode)
        equal(HIVE, skep("value", "get", "nothing").returncode)


def a_command_runs_in_the_guest_and_its_answer_comes_back():
    with Hive():
        value_of = thermostat()
        until(lambda: value_of("measured") == 20)
        row = lines(good(skep("command", "ls", "--json")))[0]["commands"][0]
        equal(("boost", 1, "i32", "none", "i32", "warms up at once"),
              tuple(row[m] for m in ("name", "arguments", "type0", "type1", "result", "help")))
        equal("23\n", good(skep("command", "call", "boost", "3")).stdout)
        equal(23, value_of("measured"))
        equal({"version": 1, "operation": "command.call", "status": "OK", "ticket": 2, "value": 33},
              lines(good(skep("command", "call", "2.1", "99", "--json")))[0])
        equal("3\n", good(skep("command", "call", "boost", "--wait", "0", "--", "-1")).stdout)
        until(lambda: value_of("measured") == 32)
        equal((1, 3, 0, 32), [tuple(e[m] for m in ("pid", "ticket", "status", "result"))
                              for e in events() if e["event"] == "command.done"][-1])
        for words in (("boost",), ("boost", "1", "2"), ("boost", "warm")):
            equal(USAGE, skep("command", "call", *words).returncode, words)


def a_locked_tasks_values_and_commands_are_for_its_session_alone():
    with Hive():
        thermostat()
        to = connect()
        to.sendall(frame(0, request(64, 1, struct.pack("<BBBIH", 0, 0, 0, 0, 0))))
        session = struct.unpack("<I", hear(to)[7:11])[0]
        to.sendall(frame(1, request(68, 2, struct.pack("<I", 1), session)))
        equal(0, struct.unpack("<h", hear(to)[5:7])[0])
        for words in (("value", "set", "target", "21"), ("command", "call", "boost", "1")):
            refused = skep(*words, "--json")
            equal((HIVE, "BUSY", "locked", session),
                  (refused.returncode, *(lines(refused)[0][m] for m in ("status", "reason", "detail"))), words)
        to.sendall(frame(2, request(322, 3, struct.pack("<HII", 0x202, 0x41c00000, 0), session)))
        equal(struct.pack("<BHHh", 2, 322, 3, 0), hear(to))
        equal("24 C\n", good(skep("value", "get", "target")).stdout)
        to.close()


def mailboxes_are_listed_with_what_they_counted():
    artifact = build("talker", "#include <skep.h>\nint main(void) {\n    uint32_t box;\n"
                     '    skep_mailbox_bind("svc:list", 64, 0, &box);\n    for (;;) skep_task_sleep_ms(10);\n}\n')
    with Hive():
        good(skep("load", artifact))
        until(lambda: lines(good(skep("mailbox", "ls", "--json")))[0]["mailboxes"])
        row = lines(good(skep("mailbox", "ls", "--json")))[0]["mailboxes"][0]
        equal((1, "svc", 1, "list", 64, 0, 0, 0, 1),
              tuple(row[m] for m in ("pid", "space", "task", "name", "capacity", "used", "sent", "lost", "readers")))
        assert "svc:list@1" in good(skep("mailbox", "ls")).stdout


def files_stay_when_the_hive_starts_anew():
    os.mkdir("kept")
    build("run_counter")
    text = CONFIG_TEXT + 'files = "kept"\n'
    for run in (1, 2):
        with Hive(text):
            good(skep("load", "run_counter.cvm1"))
            until(lambda: any(e["event"] == "task.ended" for e in events()))
            with open("kept/run_counter/count", "rb") as count:
                equal(run, struct.unpack("<I", count.read())[0], "runs")
    with Hive(text):
        with open("second.toml", "w") as to:
            to.write(CONFIG_TEXT.replace('"hive"', '"second"') + 'files = "kept"\n')
        second = subprocess.run([SKEPD, "second.toml"], capture_output=True, text=True)
        equal(CONFIG, second.returncode)
        assert "another program has its guests' files there" in second.stderr, second.stderr


def persistent_values_stay_when_the_hive_starts_anew():
    def starts():
        return lines(good(skep("value", "get", "starts", "--json")))[0]["result"]["value"]

    build("starts")
    text = CONFIG_TEXT + 'state = "state"\n'
    for run in (1, 2):
        with Hive(text):
            good(skep("load", "starts.cvm1"))
            until(lambda: starts() == run)
    with Hive(text) as hive:
        good(skep("load", "starts.cvm1"))
        until(lambda: starts() == 3)
        time.sleep(0.4)  # what has been quiet for 0.2 s is kept
        with open("second.toml", "w") as to:
            to.write(CONFIG_TEXT.replace('"hive"', '"second"') + 'state = "state"\n')
        second = subprocess.run([SKEPD, "second.toml"], capture_output=True, text=True)
        equal(CONFIG, second.returncode)
        assert "another program keeps its state there" in second.stderr, second.stderr
        hive.process.kill()
        hive.process.wait()
        shown = lines(subprocess.run([SKEP, "store", "state", "--json"], capture_output=True, text=True))
        equal([("values", 0x301, "03000000")], [(v["space"], v["key"], v["value"]) for v in shown[1:]])
        hive.process = subprocess.Popen([SKEPD, "skepd.toml"], stderr=subprocess.PIPE, text=True)
        hive.process.stderr.readline()
        good(skep("load", "starts.cvm1"))
        until(lambda: starts() == 4)


def a_folder_that_is_not_there_is_refused():
    with open("none.toml", "w") as to:
        to.write(CONFIG_TEXT + 'files = "nowhere"\n')
    done = subprocess.run([SKEPD, "none.toml"], capture_output=True, text=True)
    equal(CONFIG, done.returncode)
    assert "nowhere: there is no such folder; mkdir makes one" in done.stderr, done.stderr


COUNTER = """#include <skep.h>
static volatile unsigned sum;
__attribute__((noinline)) static void light(void) { for (unsigned i = 0; i < 100; i++) sum += i; }
__attribute__((noinline)) static void heavy(void) { for (unsigned i = 0; i < 900; i++) sum += i; }
int main(void) { for (;;) { light(); heavy(); } }
"""


def clock(*words):
    return lines(good(skep("clock", *words, "--json")))[0]["result"]


def step(*words):
    return lines(good(skep("step", *words, "--json")))[0]


def the_clock_is_set_and_tasks_are_stepped():
    guest = build("counter", COUNTER)
    with Hive():
        equal("free", clock()["mode"])
        good(skep("load", guest))
        until(lambda: clock()["words"] > 0)
        limited = clock("limited", "--rate", "100000", "--burst", "500", "--turn", "7")
        equal(("limited", 100000, 500, 7), tuple(limited[name] for name in
                                                 ("mode", "words_per_second", "burst_words", "turn_instructions")))
        before = clock()
        time.sleep(0.5)
        after = clock()
        most = (after["now_us"] - before["now_us"]) // 10 + 500 + 20000
        assert 0 < after["words"] - before["words"] <= most, (before, after)
        equal(("manual", "standing"), tuple(clock("manual")[name] for name in ("mode", "activity")))
        words = clock()["words"]
        time.sleep(0.2)
        equal(words, clock()["words"])
        equal(("done", 250), tuple(step("1", "250")[name] for name in ("end", "done")))
        equal(("done", 3), tuple(step("all", "3", "--turns")[name] for name in ("end", "done")))
        told = good(skep("step", "1", "--artifact", guest)).stdout
        assert "done after 1 instructions; task 1 at word" in told and "counter.c:" in told, told
        good(skep("pause", "1"))
        equal("free", clock("free")["mode"])
        equal(("done", 10), tuple(step("1", "10")[name] for name in ("end", "done")))
        equal("paused", tasks()[0]["state"])
        good(skep("resume", "1"))
        wrong = skep("step", "1")
        assert wrong.returncode == HIVE and "mode" in wrong.stderr, wrong.stderr
        for words in (["limited"], ["often"], ["--rate", "5"], ["free", "--rate", "5"]):
            equal(USAGE, skep("clock", *words).returncode, words)
        for words in ([], ["1", "0"], ["x"], ["1", "2147483648"], ["1", "2", "3"]):
            equal(USAGE, skep("step", *words).returncode, words)


def the_schedule_is_shown_and_a_priority_given():
    guest = build("counter", COUNTER)
    with Hive():
        good(skep("load", guest))
        good(skep("load", build("forever", FOREVER)))
        good(skep("sched", "--keep", "8"))
        until(lambda: len(lines(good(skep("sched", "--trace", "--json")))[0]["switches"]) == 8)
        rows = lines(good(skep("sched", "--trace", "--json")))[0]["switches"]
        assert all({row["before"], row["after"]} == {1, 2} for row in rows), rows
        assert all(row["reason"] == ("quantum" if row["before"] == 1 else "sleep") for row in rows), rows
        listed, totals = lines(good(skep("sched", "--json")))
        equal([1, 2], [task["pid"] for task in listed["tasks"]])
        assert listed["tasks"][0]["preemptions"] > 0 and listed["tasks"][1]["waits"] > 0, listed
        assert totals["result"]["kept"] == 8 and totals["result"]["switches"] >= 8, totals
        good(skep("sched", "1", "--priority", "7"))
        table = good(skep("sched")).stdout.splitlines()
        equal(["1", "ready", "7"], table[1].split()[:3])
        assert "switches are remembered" in table[-1], table
        for words in (["1"], ["--priority", "3"], ["1", "--priority", "256"]):
            equal(USAGE, skep("sched", *words).returncode, words)


def use_and_samples_are_shown_by_function_and_line():
    guest = build("counter", COUNTER)
    with Hive():
        good(skep("load", guest))
        use = lines(good(skep("profile", "--json")))[0]["tasks"][0]
        assert use["name"] == "counter" and 0 < use["stack_used"] < use["stack_bytes"], use
        assert 1 < use["return_used"] <= use["return_entries"], use
        rows = lines(good(skep("profile", "1", guest, "--ms", "200", "--json")))[0]["tasks"][0]["places"]
        share = {row["place"]: row["samples"] for row in rows}
        assert 8 * share["light"] < share["heavy"] < 10 * share["light"], rows
        by_line = good(skep("profile", "all", guest, "--ms", "100", "--lines")).stdout
        assert re.search(r"8[0-9]\.[0-9]%  counter\.c:4  heavy", by_line), by_line
        assert "word_" in good(skep("profile", "1", "--ms", "50")).stdout
        assert skep("profile", "9").returncode == HIVE


def only_the_owner_may_connect():
    with Hive():
        equal(0o600, os.stat("hive").st_mode & 0o777)


def without_a_hive_the_commands_say_so():
    equal(LINK, skep("ps").returncode)


sentences.run(globals(), sys.argv[4:])
