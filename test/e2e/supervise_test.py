"""skepd supervised and configured: states of the hive, start-up, watchdog, blackbox, settings, the operator's page.
usage: supervise_test.py SKEP SKEPD ROOT [name of a test ...]"""
import json
import os
import signal
import socket
import subprocess
import sys
import time

from hive import *


def a_hive_is_made_safe_and_normal_again():
    with Hive():
        equal("normal; guests start by themselves\n", good(skep("hive")).stdout)
        equal("safe: safe by order; guests do not start by themselves; held: 0\n", good(skep("hive", "safe")).stdout)
        refused = skep("hive", "start", "--json")
        equal((HIVE, "safe", 128), (refused.returncode, *(lines(refused)[0][m] for m in ("reason", "detail"))))
        state = lines(good(skep("hive", "normal", "--json")))[0]["result"]
        equal(("normal", 0, "open"), tuple(state[m] for m in ("condition", "causes", "start")))
        good(skep("hive", "hold"))
        equal("held", lines(good(skep("hive", "--json")))[0]["result"]["start"])
        good(skep("hive", "start"))
        until(lambda: len([e for e in events() if e["event"] == "hive.condition"]) == 2)
        equal(["safe", "normal"], [e["condition"] for e in events() if e["event"] == "hive.condition"])
        equal(["held", "open"], [e["start"] for e in events() if e["event"] == "hive.start"])
        equal(USAGE, skep("hive", "dance").returncode)


def the_service_manager_hears_that_skepd_works():
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind("manager")
        manager.settimeout(10)
        os.environ.update(NOTIFY_SOCKET=os.path.abspath("manager"), WATCHDOG_USEC="400000")
        try:
            hive = Hive()
            with hive:
                equal(b"READY=1", manager.recv(100))
                for _ in range(3):
                    equal(b"WATCHDOG=1", manager.recv(100))
                begin = time.monotonic()
                os.kill(hive.process.pid, signal.SIGSTOP)
                manager.settimeout(0.3)
                said = 0
                try:
                    while time.monotonic() < begin + 5:
                        said += len(manager.recv(100)) > 0
                except TimeoutError:
                    pass
                os.kill(hive.process.pid, signal.SIGCONT)
                assert said <= 2, "one that stands still says that it works"
                manager.settimeout(10)
                equal(b"WATCHDOG=1", manager.recv(100))
        finally:
            del os.environ["NOTIFY_SOCKET"], os.environ["WATCHDOG_USEC"]


def setting(name):
    return lines(good(skep("config", "get", name, "--json")))[0]["result"]


def settings_are_told_and_changed_while_the_hive_runs():
    blink = build("blink")
    with Hive():
        rows = {row["name"]: row for row in lines(good(skep("config", "ls", "--json")))[0]["settings"]}
        equal(('"test"', True), (rows["name"]["value"], rows["name"]["restart"]))
        equal(('"everything"', False), (rows["grants"]["value"], rows["grants"]["restart"]))
        equal("a number from 1 to 32", rows["tasks"]["takes"])
        assert "needed" in good(skep("config", "ls")).stdout
        for words, status, reason in ((("tasks", "5"), "BUSY", "restart"), (("nothing", "5"), "NOT_FOUND", "setting"),
                                      (("factory", "5"), "INVALID", "setting"),
                                      (("factory", "true\nx = 1"), "INVALID", "parameter")):
            refused = skep("config", "set", *words, "--json")
            row = lines(refused)[0]
            equal((HIVE, status, reason), (refused.returncode, row["status"], row["reason"]), words)
        good(skep("config", "set", "grants", '["console write"]'))
        equal('["console write"]\n', good(skep("config", "get", "grants")).stdout)
        equal(REFUSED, skep("load", blink).returncode)
        good(skep("config", "set", "grants", '"everything"'))
        good(skep("load", blink))
        good(skep("config", "set", "budget", "{calls = 10, live_ms = 60000}"))
        equal("{calls = 10, live_ms = 60000}", setting("budget")["value"])
        good(skep("load", build("forever", FOREVER)))
        until(lambda: any(e.get("end") == "calls" for e in events()))


def every_setting_is_documented_where_it_belongs():
    with open(f"{ROOT}/docs/SKEPD.md") as page:
        once, changing = page.read().split("These can change while the hive runs:")
    with Hive():
        rows = lines(good(skep("config", "ls", "--json")))[0]["settings"]
    for part, restart in ((once, True), (changing, False)):
        documented = [line.split("|")[1].strip() for line in part.splitlines() if line.startswith("| ")]
        equal([row["name"] for row in rows if row["restart"] == restart], [n for n in documented if n != "setting"])


def values_that_change_are_events_if_the_hive_tells_them_and_the_factory_level_is_a_setting():
    with Hive(CONFIG_TEXT + 'tell_values = true\nfactory = true\ntell_moves = ["pause"]\n'):
        value_of = thermostat()
        until(lambda: value_of("measured") == 20)
        good(skep("value", "set", "target", "22.5"))
        until(lambda: any(e["event"] == "value.changed" and e["id"] == 0x202 for e in events()))
        good(skep("pause", "1"))
        equal([("pause", "paused")], [(e["reason"], e["after"]) for e in events() if e["event"] == "task.moved"])
        good(skep("config", "set", "keep_events", '["task.ended", "task.started"]'))
        good(skep("resume", "1"))
        good(skep("value", "set", "target", "23.5"))
        good(skep("kill", "1"))
        equal("task.ended", events()[-1]["event"])
        equal(1, len([e for e in events() if e["event"] == "value.changed" and e["id"] == 0x202]))


def values_and_commands_that_come_to_be_and_calls_are_events_if_the_hive_tells_traffic():
    with Hive(CONFIG_TEXT + "tell_traffic = true\n"):
        thermostat()
        good(skep("command", "call", "boost", "3"))
        told = events()
        equal([0x201, 0x202, 0x203], [e["id"] for e in told if e["event"] == "value.made"])
        equal([(1, 0x201)], [(e["pid"], e["id"]) for e in told if e["event"] == "command.made"])
        equal([(1, 0x201, 0)], [(e["pid"], e["id"], e["by"]) for e in told if e["event"] == "command.called"])
        good(skep("config", "set", "tell_traffic", "false"))
        good(skep("command", "call", "boost", "3"))
        equal(1, len([e for e in events() if e["event"] == "command.called"]))


SPINS = "volatile int n;\nint main(void) { for (;;) n++; }\n"
FLOODS = '#include <stdio.h>\nint main(void) { for (;;) puts("and on and on and on and on and on and on and on"); }\n'
CALLS = "#include <skep.h>\nint main(void) { for (;;) (void)skep_time_micros(); }\n"
FALLS = "volatile int *nowhere;\nint main(void) { return *nowhere; }\n"


def load_hostile():
    for name, source in (("spins", SPINS), ("floods", FLOODS), ("calls", CALLS)):
        good(skep("load", build(name, source)))
    with open("falls.c", "w") as to:
        to.write(FALLS)
    with open("falls.toml", "w") as to:
        to.write('name = "falls"\nsources = ["falls.c"]\nrestart = "always"\n')
    subprocess.run([SKEP, "build", "--settings", "falls.toml", "-o", "falls.cvm1"], check=True, capture_output=True)
    good(skep("load", "falls.cvm1"))


def whatever_guests_do_the_link_the_page_and_the_heartbeat_go_on():
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind("manager")
        manager.settimeout(5)
        os.environ.update(NOTIFY_SOCKET=os.path.abspath("manager"), WATCHDOG_USEC="2000000")
        try:
            with Hive(CONFIG_TEXT + "restart_delay_ms = 1\n"):
                equal(b"READY=1", manager.recv(100))
                load_hostile()
                to, slowest, pages = connect(), 0, set()
                for tag in range(200):
                    begin = time.monotonic()
                    to.sendall(frame(tag, request(0, tag)))
                    equal(2, hear(to)[0])
                    slowest = max(slowest, time.monotonic() - begin)
                to.close()
                for _ in range(3):
                    pages.add(good(skep("display")).stdout)
                    equal(b"WATCHDOG=1", manager.recv(100))
                assert slowest < 0.5, slowest
                assert all(page.startswith("test        trbl link") or "run  link" in page for page in pages), pages
                equal({"spins", "floods", "calls", "falls"}, {task["name"] for task in tasks()})
        finally:
            del os.environ["NOTIFY_SOCKET"], os.environ["WATCHDOG_USEC"]


def settings_are_read_again_on_a_signal():
    with Hive() as hive:
        with open("skepd.toml", "w") as to:
            to.write(CONFIG_TEXT.replace("test", "other") + 'factory = true\n')
        hive.process.send_signal(signal.SIGHUP)
        equal("skepd: name takes effect with the next start\n", hive.process.stderr.readline())
        assert "read again" in hive.process.stderr.readline()
        equal(("true", '"test"'), (setting("factory")["value"], setting("name")["value"]))
        with open("skepd.toml", "w") as to:
            to.write(CONFIG_TEXT + 'factory = 7\n')
        hive.process.send_signal(signal.SIGHUP)
        assert "skepd.toml:4:" in hive.process.stderr.readline()
        assert "stay as they were" in hive.process.stderr.readline()
        equal("true", setting("factory")["value"])


def artifacts_start_with_the_hive_and_an_operator_can_hold_them():
    blink, forever = build("blink"), build("forever", FOREVER)
    start = f'start_wait_ms = 3000\n[[start]]\npath = "{blink}"\n[[start]]\npath = "{forever}"\nhold = true\n' \
            '[[start]]\npath = "nothing.cvm1"\n'
    with Hive(CONFIG_TEXT + start) as hive:
        until(lambda: len(tasks()) == 2)
        assert "nothing.cvm1" in hive.process.stderr.readline()
        equal({"held"}, {task["state"] for task in tasks()})
        state = lines(good(skep("hive", "--json")))[0]["result"]
        assert state["start"] == "waits" and 0 < state["start_ms"] <= 3000 and state["held"] == 2, state
        good(skep("hive", "hold"))
        equal({"held"}, {task["state"] for task in tasks()})
        good(skep("hive", "start"))
        until(lambda: {t["name"]: t["state"] == "held" for t in tasks()} == {"blink": False, "forever": True})
        good(skep("resume", "2"))
        until(lambda: tasks()[1]["state"] != "held")


def a_hive_begins_anew_and_ends_by_order():
    with Hive() as hive:
        boot = lines(good(skep("call", "hive.info", "--json")))[0]["result"]["boot"]
        thermostat()
        good(skep("hive", "restart"))
        assert "has ended" in hive.process.stderr.readline() and "listens on" in hive.process.stderr.readline()
        again = lines(good(skep("call", "hive.info", "--json")))[0]["result"]
        equal((False, 0), (boot == again["boot"], again["tasks"]))
        good(skep("hive", "shutdown"))
        equal(0, hive.process.wait(timeout=10))


def the_page_is_shown_over_a_link_and_by_skepd():
    with Hive():
        thermostat()
        page = good(skep("display")).stdout.splitlines()
        equal(4, len(page))
        equal("test        run  link", page[0])
        assert "thermostat" in page[1], page
        good(skep("hive", "safe"))
        page = good(skep("display")).stdout.splitlines()
        equal(("test        safe link", "! safe by order      "), (page[0], page[3]))
    with open("shown", "w") as shown:
        process = subprocess.Popen([SKEPD, "--display", "skepd.toml"], stdout=shown, stderr=subprocess.PIPE, text=True)
        assert "listens on" in process.stderr.readline()
        until(lambda: "test        idle ----" in open("shown").read())
        process.send_signal(signal.SIGTERM)
        equal(0, process.wait(timeout=10))
        process.stderr.close()


def what_ends_a_hive_and_its_tasks_is_kept_in_a_file():
    crash = build("crash")
    text = CONFIG_TEXT + 'blackbox = "kept"\nboots_max = 2\n'
    with Hive(text):
        good(skep("load", crash))
        until(lambda: any(e["event"] == "task.ended" for e in events()))
        told = good(skep("blackbox", crash)).stdout
        assert "boots: 1, the last one by power" in told and "fault: crash" in told and "crash.c:" in told, told
    with Hive(text) as hive:
        assert "normal" in good(skep("hive")).stdout
        rows = lines(good(skep("blackbox", "--json")))
        equal("reset", rows[0]["reason"])
        equal(["boot", "fault", "reset", "boot"], [row["kind"] for row in rows if "kind" in row])
        hive.process.kill()
        hive.process.wait()
        for count in range(2):
            hive.__enter__()
            state = lines(good(skep("hive", "--json")))[0]["result"]
            if count == 0:
                equal("normal", state["condition"])
                hive.process.kill()
                hive.process.wait()
        equal(("safe", ["boot loop"]), (state["condition"], state["cause_names"]))
        told = [json.loads(line) for line in subprocess.run([SKEP, "blackbox", "kept", "--json"], capture_output=True,
                                                            text=True).stdout.splitlines()]
        equal("outside", told[0]["reason"])


sentences.run(globals(), sys.argv[4:], helpers=("load_hostile",))
