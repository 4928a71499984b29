"""skep shell as people and scripts use it: scripts from a file and a pipe; and at a terminal, which tmux is, so that
what is looked at is what a person sees. usage: shell_test.py SKEP SKEPD ROOT [name of a test ...]"""
import json
import os
import pathlib
import re
import socket
import subprocess
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import sentences
from hive import Hive, equal, until

SKEP, SKEPD, ROOT = (pathlib.Path(word).resolve() for word in sys.argv[1:4])
USAGE, TIMEOUT, HIVE, LINK = 64, 83, 85, 86
OURS = ("COLUMNS", "SKEP_HIVE", "TMUX")
PLAIN = {name: value for name, value in os.environ.items() if name not in OURS}
FOREVER = "#include <skep.h>\nint main(void) { for (;;) skep_task_sleep_ms(10); }\n"
# What the shell that people know from elsewhere calls its commands.
REFERENCE = """attach bp cd clock cmd.call cmd.list detach dbg disasm dmesg dumpregs events exec
exit help info kill list listen load ls mbox memory pause peek poke prov ps pwd quit reload restart resume
save sched send session shutdown stack start_auto stdio step stop_auto sym symbols trace val.get
val.list val.set watch""".split()


def build(name, source=None):
    path = ROOT / f"guest/examples/{name}/{name}.c"
    if source:
        path = pathlib.Path(name + ".c")
        path.write_text(source)
    subprocess.run([SKEP, "build", path, "-o", name + ".cvm1"], check=True, capture_output=True)


def skep(*words):
    return subprocess.run([SKEP, *words], env={**PLAIN, "SKEP_HIVE": "hive"}, capture_output=True, text=True,
                          timeout=60)


def script(text, *words, to="hive"):
    where = ["--to", to] if to else []
    return subprocess.run([SKEP, "shell", *where, *words], input=text, env=PLAIN, capture_output=True, text=True,
                          timeout=60)


def good(result):
    equal(0, result.returncode, result.stderr)
    return result.stdout


def sessions(path="hive"):
    asked = subprocess.run([SKEP, "call", "--to", path, "--json", "session.list"], capture_output=True, text=True)
    return json.loads(asked.stdout)["result"]["sessions"]


class Screen:
    """A terminal with a shell in it."""

    def __init__(self, *words, columns=80, to="hive", **environment):
        self.server = f"skep-test-{os.getpid()}-{id(self)}"
        setting = {"SKEP_HISTORY": str(pathlib.Path("history").resolve()), **environment}
        line = " ".join(["env", "-u", "SKEP_HIVE", *(f"{name}={value}" for name, value in setting.items()), str(SKEP),
                         "shell", *(["--to", to] if to else []), *words])
        self.tmux("-f", "/dev/null", "new-session", "-d", "-x", str(columns), "-y", "24",
                  line + "; echo ended $?; sleep 60")

    def tmux(self, *words):
        return subprocess.run(["tmux", "-L", self.server, *words], env={**PLAIN, "LC_ALL": "C.UTF-8"}, check=True,
                              capture_output=True, text=True, timeout=20).stdout

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.tmux("kill-server")

    def lines(self):
        return [line.rstrip() for line in self.tmux("capture-pane", "-p").splitlines() if line.strip()]

    def type(self, *keys):
        self.tmux("send-keys", *keys)

    def sees(self, part):
        until(lambda: any(part in line for line in self.lines()))

    def until(self, pattern):
        """Until the last line is as the pattern; the screen."""
        try:
            return until(lambda: (lines := self.lines()) and re.fullmatch(pattern, lines[-1]) and lines)
        except AssertionError:
            raise AssertionError(f"no {pattern!r} at the end of {self.lines()}") from None


# --- scripts ---

def a_script_runs_its_lines_on_one_session():
    build("thermostat")
    with Hive(SKEPD):
        said = good(script("# operates\n\nload thermostat.cvm1\nwait task.started\nvalue set target 21.5\n"
                           "value get 'target'\ncommand call boost 3\nkill 1\nwait task.ended pid=1\n"
                           "call session.list\n"))
        assert said.startswith("1\n") and "\n21.5 C\n" in said and "task.ended" in said, said
        listed = said[said.index("session "):].splitlines()
        equal(2, len(listed), "the title and one session")
        equal([], [row for row in sessions() if row["client"] == "skep" and row["silent_ms"] > 0], "sessions left")


def a_script_stops_at_the_first_error_with_its_status_and_place():
    with Hive(SKEPD):
        pathlib.Path("lines").write_text("ps\nkill 77\nhive.info\n")
        done = skep("shell", "-x", "lines")
        equal(HIVE, done.returncode)
        assert "lines:2: stopped here, with 85" in done.stderr and "protocol" not in done.stdout, done
        done = skep("shell", "--keep-going", "-x", "lines")
        equal(HIVE, done.returncode)
        assert "protocol" in done.stdout, done
        equal(7, script("exit 7\nps\n").returncode)
        equal(USAGE, script("ps 'open\n").returncode)
        equal(TIMEOUT, script("wait task.ended --wait 50\n").returncode)
        equal(66, skep("shell", "-x", "nowhere").returncode)
        pathlib.Path("inner").write_text("kill 78\n")
        done = script("exec inner\nps\n")
        equal(HIVE, done.returncode)
        assert "inner:1: stopped" in done.stderr and "stdin:1: stopped" in done.stderr, done.stderr
        pathlib.Path("itself").write_text("exec itself\n")
        assert "nest deeper" in script("exec itself\n").stderr


def a_hive_that_does_not_answer_ends_a_script():
    equal(LINK, script("ps\n").returncode)
    done = script("ps\n", to=None)
    equal(USAGE, done.returncode)
    assert "which hive?" in done.stderr, done.stderr
    with Hive(SKEPD):
        good(script("attach hive\nps\ndetach\nattach\nps\n", to=None))
        done = script("detach\nps\n")
        equal(LINK, done.returncode)
        assert "`attach SOCKET`" in done.stderr, done.stderr


def every_operation_can_be_asked_by_its_name():
    tables = json.loads((ROOT / "spec/operations.json").read_text())["operations"]
    names = [f'{row["group"]}.{row["name"]}' for row in tables]
    with Hive(SKEPD):
        done = script("".join(f"help {name}\n" for name in names))
        equal(0, done.returncode, done.stderr)
        for row, name in zip(tables, names):
            assert name in done.stdout, name
            for field in row["parameters"]:
                assert f'{field["name"]}=' in done.stdout, (name, field)
        asked = script("".join(f"{name} nonsense=1\n" for name in names), "--keep-going")
        equal(len(names), asked.stderr.count(" takes: "), asked.stderr)
        done = script("task.kil pid=1\n")
        equal(USAGE, done.returncode)
        assert "do you mean task.kill" in done.stderr, done.stderr
        done = script("task.kill pid=many\n")
        assert "pid wants a whole number" in done.stderr, done.stderr


def names_from_elsewhere_work_or_say_what_to_try():
    with Hive(SKEPD):
        for name in REFERENCE:
            said = good(script(f"help {name}\n"))
            assert said.strip(), name
            if "yet" in said:
                done = script(f"{name} 1\n")
                equal(USAGE, done.returncode, name)
                assert f"{name}: " in done.stderr and "`" in done.stderr, done.stderr
        build("thermostat")
        said = good(script("prov load thermostat.cvm1\nprov status\nval ls\nls\n"))
        assert "thermostat.cvm1\n" in said and "target" in said and "STATE" in said, said
        equal(USAGE, script("prov abort\n").returncode)
        build("forever", FOREVER)
        said = good(script("load forever.cvm1\nlist\ndmesg\ninfo\nsession\nval.list\ncmd.list\nmbox\nstop_auto\n"
                           "start_auto\nlisten\npwd\ncd /\npwd\nquit\n"))
        for part in ("task.started", "protocol", "observer", "WRITE", "LEVEL", "READERS", "console off"):
            assert part in said, (part, said)
        done = script("lod forever.cvm1\n")
        assert "do you mean load?" in done.stderr, done.stderr


def quotes_keep_blanks_and_a_hash_begins_a_remark():
    pathlib.Path("a b #c").mkdir()
    here = pathlib.Path("a b #c").resolve()
    for written in (r"a\ b\ \#c", "'a b #c'", '"a b #c"', '"a b"" #c"'):
        equal(f"{here}\n", good(script(f"cd {written} # there\n\n   # nothing\npwd\n", to=None)), written)
    equal(USAGE, script("pwd " + "x" * 5000 + "\n", to=None).returncode)
    equal(USAGE, script("pwd" + " x" * 200 + "\n", to=None).returncode)


def a_task_is_loaded_anew_and_values_are_saved():
    build("thermostat")
    with Hive(SKEPD):
        good(script("load thermostat.cvm1\nwait task.started\nvalue set target 25\nsave kept\nvalue set target 18\n"))
        assert "value set 2.2 -- 25  # target" in pathlib.Path("kept").read_text()
        said = good(script("exec kept\nval.get target\nreload 1 thermostat.cvm1\nwait task.started pid=2\nps\n"))
        assert said.startswith("25 C\n2\n"), said


def a_shell_speaks_JSON_when_it_is_told_to():
    with Hive(SKEPD):
        build("thermostat")
        said = good(script("prov load thermostat.cvm1\nprov status\nval ls\nls\n"))
        assert "thermostat.cvm1\n" in said and "target" in said and "STATE" in said, said
        equal(USAGE, script("prov abort\n").returncode)
        build("forever", FOREVER)
        said = good(script("load forever.cvm1\nps\nhive.info\nwait task.started\nhelp\n", "--json"))
        rows = [json.loads(line) for line in said.splitlines() if line.startswith("{")]
        equal({1}, {row["version"] for row in rows})
        equal(["load.accepted", "task.list", "hive.info", "task.started"],
              [row.get("event", row.get("operation")) for row in rows])


def a_script_can_tell_events_and_output():
    build("speaker", '#include <skep.h>\n#include <stdio.h>\nint main(void) { puts("it says"); }\n')
    with Hive(SKEPD):
        said = good(script("load speaker.cvm1\nwait task.ended\nsleep 300\n", "--events", "--console"))
        assert "    1| it says\n" in said and said.count("task.ended") == 2, said


# --- at a terminal ---

def words_are_completed_from_the_tables_and_from_the_hive():
    build("thermostat")
    with Hive(SKEPD):
        good(skep("load", "thermostat.cvm1"))
        with Screen() as screen:
            screen.until("bench>")
            screen.type("comm", "Tab", "ca", "Tab", "bo", "Tab", "2", "Enter")
            screen.sees("bench> command call boost 2")
            screen.until("bench>")
            screen.type("val", "Tab", "Tab")
            shown = screen.until("bench> val")
            assert any(line.split() == ["val", "val.get", "val.list", "val.set", "value"] for line in shown), shown
            screen.type("C-u", "val.g", "Tab", "ta", "Tab", "Enter")
            screen.sees("20 C")
            screen.type("task.k", "Tab", "p", "Tab")
            screen.until("bench> task.kill pid=")
            screen.type("C-u", "event", "Tab", "Tab")
            screen.until("bench> events?")
            screen.type("C-u", "exit", "Enter")
            screen.until("ended 0")


def what_happens_is_told_above_the_line_and_the_line_stays():
    build("speaker", '#include <skep.h>\n#include <stdio.h>\n'
          'int main(void) { puts("hark"); printf("no end"); fflush(stdout); for (;;) skep_task_sleep_ms(10); }\n')
    for columns, typed in ((80, "pau"), (30, "call task.pause pid=1 and so on and on and on")):
        with Hive(SKEPD):
            with Screen(columns=columns) as screen:
                screen.until("bench>")
                screen.type("-l", typed)
                until(lambda: typed[-4:] in "".join(screen.lines()))
                good(skep("load", "speaker.cvm1"))
                screen.sees("no end")
                shown = until(lambda: "".join(screen.lines()).endswith("bench> " + typed) and screen.lines())
                text = "".join(shown)  # long lines are broken by the terminal
                equal(1, text.count("bench> "), text)
                for part in ("| hark", "task.started"):
                    assert part in text, text
                screen.type("C-u", "detach", "Enter")
                screen.until("skep>")


def the_history_is_kept_without_secrets():
    with Hive(SKEPD):
        with Screen() as screen:
            screen.until("bench>")
            screen.type("pwd", "Enter", "value set x 1 --pin 77", "Enter", " pwd hidden", "Enter", "exit", "Enter")
            screen.until("ended 64")
        kept = pathlib.Path("history").read_text()
        assert "pwd" in kept and "77" not in kept and "hidden" not in kept, kept
        equal(0o600, pathlib.Path("history").stat().st_mode & 0o777)
        with Screen() as screen:
            screen.until("bench>")
            screen.type("Up", "Up")
            screen.until("bench> pwd")
            screen.type("C-u", "history", "Enter")
            shown = screen.until("bench>")
            assert any(line.endswith("  pwd") for line in shown), shown


def an_interrupt_drops_the_line_or_ends_the_command():
    with Hive(SKEPD):
        with Screen() as screen:
            screen.until("bench>")
            screen.type("kill 1", "C-c")
            screen.until("bench>")
            screen.type("events", "Enter")
            time.sleep(0.5)
            screen.type("C-c")
            screen.until(r"(\^C)?bench>")
            screen.type("ps --watch", "Enter")
            time.sleep(0.5)
            screen.type("C-c")
            screen.until(r"(\^C)?bench>")
            screen.type("C-d")
            screen.until("ended 0")
        with Screen() as screen:
            screen.until("bench>")
            screen.type("build --help", "Enter", "wai", "Tab", "task.e", "Tab", "--wait 200", "Enter")
            screen.sees("no task.ended within 200 ms")
            screen.type("C-d")
            screen.until("ended 0")
        equal(1, len(sessions()), "only this one's own")


class Proxy:
    """A line to the hive that can be cut."""

    def __init__(self, path, to):
        self.to, self.ends, self.closed = to, [], False
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(path)
        self.listener.listen()
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            near = self.listener.accept()[0]
            if self.closed:
                near.close()
                continue
            far = socket.socket(socket.AF_UNIX)
            far.connect(self.to)
            self.ends += [near, far]
            for one, other in ((near, far), (far, near)):
                threading.Thread(target=self.pump, args=(one, other), daemon=True).start()

    @staticmethod
    def pump(one, other):
        try:
            while some := one.recv(4096):
                other.sendall(some)
        except OSError:
            pass

    def cut(self):
        self.closed = True
        for end in self.ends:
            end.shutdown(socket.SHUT_RDWR)
            end.close()
        self.ends = []

    def mend(self):
        self.closed = False


def after_a_cut_the_session_goes_on_with_the_same_cursor():
    build("forever", FOREVER)
    with Hive(SKEPD):
        proxy = Proxy("line", "hive")
        with Screen(to="line") as screen:
            screen.until("bench>")
            screen.type("load forever.cvm1", "Enter")
            screen.sees("task.started")
            screen.type("session.lock pid=1", "Enter")
            until(lambda: any(row["locks"] == 1 for row in sessions()))
            before = [row["session"] for row in sessions() if row["locks"] == 1]
            proxy.cut()
            screen.sees("(gone)>")
            good(skep("call", "hive.stop"))
            proxy.mend()
            screen.sees("the session too")
            screen.sees("hive.stopped")
            equal(before, [row["session"] for row in sessions() if row["locks"] == 1])
            text = "\n".join(screen.lines())
            equal(1, text.count("task.started"), text)
            screen.type("ps", "Enter")
            screen.sees("paused")


def a_hive_that_starts_anew_is_found_again():
    with Hive(SKEPD):
        with Screen() as screen:
            screen.until("bench>")
    with Screen(to="hive2") as screen:
        screen.until("skep>")
    hive = Hive(SKEPD)
    with hive:
        screen = Screen()
        screen.until("bench>")
    with screen:
        screen.sees("(gone)>")
        screen.type("ps", "Enter")
        screen.sees("there is no link to a hive")
        with hive:
            screen.sees("has started anew")
            screen.until("bench>")
            screen.type("ps", "Enter")
            screen.sees("LAST END")


def a_silent_shell_keeps_its_session():
    with Hive(SKEPD):
        with Screen() as screen:
            screen.until("bench>")
            before = sessions()
            time.sleep(17)
            silent = [row["silent_ms"] for row in sessions() if row["session"] == before[0]["session"]]
            equal(1, len(silent))
            assert silent[0] < 16000, silent


sentences.run(globals(), sys.argv[4:], helpers=())
