"""What is made from the table of commands, and what suits a terminal: manual pages, completion, tables, colours, the
systemd unit. usage: manual_test.py SKEP SKEPD ROOT [name of a test ...]"""
import fcntl
import json
import os
import pathlib
import pty
import re
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import sentences

SKEP, SKEPD, ROOT = (pathlib.Path(word).resolve() for word in sys.argv[1:4])
USAGE = 64
PLAIN = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "SKEP_HIVE", "NO_COLOR")}
REMOTE = {"--to", "--token-file", "--json"}


def skep(*words, **environment):
    return subprocess.run([SKEP, *words], env={**PLAIN, **environment}, capture_output=True, text=True, timeout=60,
                          stdin=subprocess.DEVNULL)


def good(result):
    equal(0, result.returncode, result.stderr)
    return result.stdout


def equal(want, got, what=""):
    assert want == got, f"{what}: want {want!r}, got {got!r}"


def command_names():
    return re.findall(r"^  ([a-z]+) ", good(skep("help")), re.MULTILINE)


def complete(*words, program=SKEP, **environment):
    """What bash offers for the last of the words."""
    script = ('source completion; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); '
              'COMP_LINE="$*"; COMP_POINT=${#COMP_LINE}; _skep; printf "%s\\n" "${COMPREPLY[@]}"')
    pathlib.Path("completion").write_text(good(skep("completion", "bash")))
    done = subprocess.run(["bash", "-c", script, "bash", str(program), *words], env={**PLAIN, **environment},
                          capture_output=True, text=True, timeout=60)
    equal((0, ""), (done.returncode, done.stderr))
    return sorted(word for word in done.stdout.splitlines() if word)


class Hive:
    """A skepd with one task that has a long name."""

    def __enter__(self):
        pathlib.Path("skepd.toml").write_text('socket = "hive"\nallow_unsigned = true\n')
        self.process = subprocess.Popen([SKEPD, "skepd.toml"], stderr=subprocess.PIPE, text=True)
        assert "listens on" in self.process.stderr.readline()
        pathlib.Path("skep.toml").write_text('name = "a_task_with_a_rather_long_name"\nversion = "1.0.0"\n'
                                             'sources = ["forever.c"]\ncapabilities = []\n')
        pathlib.Path("forever.c").write_text("#include <skep.h>\nint main(void) { for (;;) skep_task_sleep_ms(10); }\n")
        good(skep("build", "-o", "forever.cvm1"))
        equal("1\n", good(skep("load", "forever.cvm1", SKEP_HIVE="hive")))
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        self.process.communicate(timeout=20)


def on_terminal(words, columns=80, **environment):
    """What the command writes to a terminal so wide."""
    parent, child = pty.openpty()
    fcntl.ioctl(child, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    process = subprocess.Popen([SKEP, *words], stdout=child, stderr=child, stdin=subprocess.DEVNULL,
                               env={**PLAIN, "TERM": "xterm", **environment})
    os.close(child)
    written = b""
    while True:
        try:
            some = os.read(parent, 65536)
        except OSError:  # nobody writes to it any more
            break
        if not some:
            break
        written += some
    process.wait(timeout=60)
    os.close(parent)
    return written.decode().replace("\r\n", "\n")


def every_command_has_a_manual_page():
    good(skep("help", "--man-pages", "man"))
    names = command_names()
    assert len(names) >= 16 and "run" in names and "help" in names, names
    equal(sorted(["skep.1", *(f"skep-{name}.1" for name in names)]), sorted(os.listdir("man")))
    for name in names:
        page = pathlib.Path("man", f"skep-{name}.1").read_text()
        equal(page, good(skep("help", name, "--man")))
        for part in ("NAME", "SYNOPSIS", "DESCRIPTION", "EXIT STATUS", "SEE ALSO"):
            assert f".SH {part}\n" in page, (name, part)
    equal(pathlib.Path("man/skep.1").read_text(), good(skep("help", "--man")))
    equal(73, skep("help", "--man-pages", "no/such/folder").returncode)


def manual_pages_are_good_troff_and_lose_nothing():
    good(skep("help", "--man-pages", "man"))
    for path in sorted(pathlib.Path("man").iterdir()):
        done = subprocess.run(["groff", "-man", "-Tascii", "-P-cbou", "-ww", "-rLL=200n", path], capture_output=True,
                              text=True, timeout=60)
        equal((0, ""), (done.returncode, done.stderr), path)
        if path.name == "skep.1":
            for code in re.findall(r"^ *(\d+)  ", good(skep("help", "exit")), re.MULTILINE):
                assert re.search(rf"^ +{code} ", done.stdout, re.MULTILINE), code
            continue
        shown = " ".join(done.stdout.split())
        help_text = good(skep("help", path.stem.removeprefix("skep-"))).split("\n\n", 1)[1]
        for line in help_text.splitlines()[1:]:
            for part in line.split(";  ") if line.startswith("  ") else [line]:
                assert " ".join(part.split()) in shown, (path, part)


def help_names_each_option_and_no_other():
    """What help says against what the parser of each command takes."""
    for name in command_names():
        file = "operate_command" if name == "command" else name  # command.c is what all commands share
        source = (ROOT / f"programs/skep/{file}.c").read_text()
        takes = set(re.findall(r'\{"(-[^"]*)", OPTION_', source))
        if "REMOTE_OPTIONS(" in source or "remote_task_command(" in source:
            takes |= REMOTE
        equal(takes, set(complete(name, "-")), name)


def bash_completes_commands_options_values_and_files():
    equal(sorted(command_names()), complete(""))
    equal(["sign"], complete("sig"))
    equal(["--pins", "--pins-csv"], complete("run", "--pi"))
    equal(["mps2", "sim"], complete("run", "--board", ""))
    equal([], complete("run", "--fuel", ""))
    pathlib.Path("blink.c").touch()
    pathlib.Path("bl ue.c").touch()
    equal(["bl ue.c", "blink.c"], complete("run", "bl"))
    equal(["blink.c"], complete("sign", "--key", "bli"))
    words = [word for word in complete("keys", "") if not pathlib.Path(word).exists()]
    equal(["install", "new", "point", "show"], words)
    equal(["events", "exit"], complete("help", "e"))
    equal(["bash", "words"], complete("completion", ""))
    equal([], complete("frobnicate", ""))
    equal(USAGE, skep("completion", "csh").returncode)


def bash_completes_the_pids_of_a_hive():
    with Hive():
        equal(["1"], complete("kill", "", SKEP_HIVE="hive"))
        equal([], complete("kill", "2", SKEP_HIVE="hive"))
        equal([], complete("kill", ""))
    liar = pathlib.Path("liar")
    liar.write_text("#!/bin/sh\necho PID NAME\necho 7 good\necho '$(touch${IFS}harm)' bad\n")
    liar.chmod(0o755)
    equal(["$(touch${IFS}harm) bad", "7 good", "PID NAME"], complete("kill", "", program=liar.resolve()))
    assert not pathlib.Path("harm").exists(), "what a hive says is carried out"


def bash_completes_what_a_hive_has_and_what_the_tables_know():
    with Hive(), tempfile.TemporaryDirectory() as folder:
        good(skep("build", ROOT / "guest/examples/thermostat/thermostat.c", "-o", f"{folder}/thermostat.cvm1"))
        good(skep("load", f"{folder}/thermostat.cvm1", SKEP_HIVE="hive"))
        equal(["limit", "measured", "target"], complete("value", "get", "", SKEP_HIVE="hive"))
        equal(["target"], complete("value", "--to", "hive", "set", "--pin", "3", "ta"))
        equal(["boost"], complete("command", "call", "", SKEP_HIVE="hive"))
        equal(["name"], complete("config", "get", "na", SKEP_HIVE="hive"))
        equal([], complete("value", "get", "target", "", SKEP_HIVE="hive"))
        pathlib.Path("box.c").write_text(
            '#include <skep.h>\nint main(void) { uint32_t box; '
            'skep_mailbox_bind("svc:box", 64, 0, &box); for (;;) skep_task_sleep_ms(10); }\n')
        good(skep("build", "box.c", "-o", f"{folder}/box.cvm1"))
        good(skep("load", f"{folder}/box.cvm1", SKEP_HIVE="hive"))
        equal(["box@3"], complete("mailbox", "ls", "svc:", SKEP_HIVE="hive"))  # behind ":", where bash goes on
    equal(["get", "ls", "set"], complete("value", ""))
    equal(["task.pause"], complete("call", "task.pa"))
    equal(["pid="], complete("call", "task.pause", ""))
    equal(["false", "true"], complete("call", "session.open", "observer="))  # behind "=", where bash goes on
    equal(["task.ended"], complete("events", "--once", "task.started", "task.e"))
    equal(["gpio input", "gpio output"], complete("run", "--grant", "gpio"))
    equal([], complete("run", "--seed", ""))


def a_table_fits_the_terminal():
    with Hive():
        whole = good(skep("ps", SKEP_HIVE="hive"))
        assert "a_task_with_a_rather_long_name" in whole and "LOCKED" in whole and "RESTARTS" in whole, whole
        seen = set()
        for columns in (200, 100, 80, 60, 40, 30, 20, 12):
            lines = good(skep("ps", SKEP_HIVE="hive", COLUMNS=str(columns))).splitlines()
            equal(2, len(lines))
            assert all(len(line) <= columns for line in lines), (columns, lines)
            assert lines[0].split()[0] == "PID" and lines[1].split()[0] == "1", lines
            seen.add(lines[0])
        assert len(seen) >= 4, seen
        assert lines[1].endswith("..."), lines
        for wrong in ("", "0", "-3", "wide"):
            equal(whole.splitlines()[0], good(skep("ps", SKEP_HIVE="hive", COLUMNS=wrong)).splitlines()[0])
        for columns in (120, 50):
            shown = on_terminal(["ps"], columns, SKEP_HIVE="hive")
            equal(good(skep("ps", SKEP_HIVE="hive", COLUMNS=str(columns))).splitlines()[0], shown.splitlines()[0])


def every_list_fits_40_80_and_200_columns():
    lists = {("ps",): "PID STATE LAST END WORDS RAM RESTARTS LOCKED NAME", ("mailbox", "ls"):
             "PID USED CAPACITY SENT LOST READERS NAME", ("value", "ls"): "ID PID VALUE UNIT AGE TYPE READ WRITE NAME",
             ("command", "ls"): "ID PID ARGUMENTS RESULT LEVEL HELP NAME", ("call", "session.list"): None,
             ("sched",): None, ("profile",): None}
    names = {"sched": "thermostat", "profile": "thermostat", "ps": "thermostat", "mailbox": "svc:list@2",
             "value": "target", "command": "boost", "call": "skep"}
    with Hive():
        pathlib.Path("skep.toml").unlink()
        pathlib.Path("box.c").write_text(
            '#include <skep.h>\nint main(void) { uint32_t box; '
            'skep_mailbox_bind("svc:list", 64, 0, &box); for (;;) skep_task_sleep_ms(10); }\n')
        for source in ("box.c", ROOT / "guest/examples/thermostat/thermostat.c"):
            good(skep("build", source, "-o", "guest.cvm1"))
            good(skep("load", "guest.cvm1", SKEP_HIVE="hive"))
        for words, titles in lists.items():
            wide = good(skep(*words, SKEP_HIVE="hive", COLUMNS="200"))
            assert titles is None or " ".join(wide.splitlines()[0].split()) == titles, wide
            assert names[words[0]] in wide, wide
            for columns in (40, 80, 200):
                lines = good(skep(*words, SKEP_HIVE="hive", COLUMNS=str(columns))).splitlines()
                table = [line for line in lines if "switches are remembered" not in line]  # a sentence, which wraps
                assert all(len(line) <= columns for line in table), (words, columns, lines)
                assert any(names[words[0]] in line for line in lines), (words, columns, lines)
                shown = on_terminal(list(words), columns, SKEP_HIVE="hive").splitlines()
                equal(lines[0], shown[0])
                assert not any("\x1b" in line for line in shown), shown


def what_operates_a_hive_speaks_JSON_also_when_it_is_refused():
    refused = {"pause": ["77"], "resume": ["77"], "kill": ["77"], "call": ["task.kill", "pid=77"],
               "step": ["77"], "sched": ["77", "--priority", "3"], "trace": ["77"]}
    with Hive():
        for name in command_names():
            options = complete(name, "-")
            if "--to" not in options:
                continue
            assert "--json" in options, name
            if name not in refused:
                continue
            done = skep(name, "--json", *refused[name], SKEP_HIVE="hive")
            line = json.loads(done.stdout)
            equal((85, 1, "task", 77), (done.returncode, line["version"], line["reason"], line["detail"]), name)
            assert "there is no such task" in done.stderr, done.stderr


def lists_can_be_watched_and_narrowed_to_a_name():
    with Hive():
        pathlib.Path("skep.toml").unlink()
        good(skep("build", ROOT / "guest/examples/thermostat/thermostat.c", "-o", "guest.cvm1"))
        good(skep("load", "guest.cvm1", SKEP_HIVE="hive"))
        for words, title in ((["value", "ls", "target"], "ID"), (["command", "ls", "boost"], "ID"),
                             (["mailbox", "ls"], "PID"), (["value", "get", "target"], "20 C")):
            process = subprocess.Popen([SKEP, *words, "--watch"], env={**PLAIN, "SKEP_HIVE": "hive"},
                                       stdout=subprocess.PIPE, text=True)
            found, seen = 0, []
            while found < 2:
                seen.append(process.stdout.readline())
                assert seen[-1], (words, seen)
                found += seen[-1].lstrip().startswith(title)
            process.send_signal(signal.SIGINT)
            seen.append(process.communicate(timeout=20)[0])
            equal(128 + signal.SIGINT, process.returncode)
            assert "measured" not in "".join(seen), seen
        equal(USAGE, skep("value", "set", "target", "20", "--watch", SKEP_HIVE="hive").returncode)
        for words in (["value", "ls", "nothing"], ["command", "ls", "nothing"], ["mailbox", "ls", "svc:nothing"]):
            equal(85, skep(*words, SKEP_HIVE="hive").returncode)


def ps_watches_until_it_is_interrupted():
    with Hive():
        for words, title in ((["ps", "--watch"], "PID"), (["ps", "--watch", "--json"], '{"version":1')):
            process = subprocess.Popen([SKEP, *words], env={**PLAIN, "SKEP_HIVE": "hive"}, stdout=subprocess.PIPE,
                                       text=True)
            found = 0
            while found < 2:
                found += process.stdout.readline().lstrip().startswith(title)
            process.send_signal(signal.SIGINT)
            rest = process.communicate(timeout=20)[0]
            equal(128 + signal.SIGINT, process.returncode)
            assert "\x1b" not in rest, rest
        sessions = '{"version": 1, "operation": "session.list", "parameters": {}}\n'
        heard = subprocess.run([SKEP, "call", "--to", "hive"], input=sessions, capture_output=True, text=True)
        equal(1, heard.stdout.count('"locks"'), heard.stdout)  # its own: the others have closed theirs


def a_watch_ends_with_its_hive():
    with Hive() as hive:
        process = subprocess.Popen([SKEP, "ps", "--watch", "--to", "hive"], stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, text=True)
        assert process.stdout.readline().startswith("  PID")
        hive.process.send_signal(signal.SIGTERM)
        process.communicate(timeout=20)
        equal(86, process.returncode)


def NO_COLOR_is_obeyed():
    pathlib.Path("wrong.c").write_text("int main(void) { return nothing; }\n")
    pathlib.Path("unlinked.c").write_text("int nowhere(void);\nint main(void) { return nowhere(); }\n")
    coloured = 0
    for name in ("wrong.c", "unlinked.c"):
        for variable, value in (("NO_COLOR", "1"), ("NO_COLOR", "")):
            written = on_terminal(["build", name], **{variable: value})
            assert "no" in written, written
            if value:
                assert "\x1b" not in written, written
            coloured += "\x1b" in written
    assert coloured == 2, "a terminal is shown colours, unless NO_COLOR is not empty"


def unit_line():
    unit = (ROOT / "packaging/skepd.service").read_text()
    return unit, re.search(r"^ExecStart=(.*)$", unit, re.MULTILINE).group(1).split()


def the_unit_starts_skepd_as_skepd_wants_to_be_started():
    unit, (program, settings, *more) = unit_line()
    equal(("skepd", "skepd.toml", []), (os.path.basename(program), os.path.basename(settings), more))
    runtime = "/run/" + re.search(r"^RuntimeDirectory=(.*)$", unit, re.MULTILINE).group(1) + "/"
    packaged = (ROOT / "packaging/skepd.toml").read_text()
    assert f'socket = "{runtime}' in packaged, "the socket lies elsewhere than in the folder that the unit makes"
    state = "/var/lib/" + re.search(r"^StateDirectory=(.*)$", unit, re.MULTILINE).group(1) + "/"
    assert f'blackbox = "{state}' in packaged, "the blackbox lies elsewhere than in the folder that the unit makes"
    good(skep("keys", "new", "trusted.pem"))
    pathlib.Path("skepd.toml").write_text(packaged.replace(runtime, "").replace("/etc/skep/", "").replace(state, ""))
    process = subprocess.Popen([SKEPD, "skepd.toml", *more], stderr=subprocess.PIPE, text=True)
    heard = process.stderr.readline()
    assert "listens on" in heard, heard
    begin = time.monotonic()
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=20)
    equal(0, process.returncode)
    assert time.monotonic() - begin < 10


def systemd_accepts_the_unit():
    if not shutil.which("systemd-analyze"):
        return
    unit, (program, *_) = unit_line()
    user = re.search(r"^User=.*\n", unit, re.MULTILINE).group(0)
    pathlib.Path("skepd.service").write_text(unit.replace(program, str(SKEPD)).replace(user, ""))
    done = subprocess.run(["systemd-analyze", "verify", "--man=no", "./skepd.service"], capture_output=True, text=True,
                          timeout=60)
    said = [line for line in (done.stdout + done.stderr).splitlines() if "skepd" in line]
    equal([], said)


sentences.run(globals(), sys.argv[4:], helpers=("command_names", "unit_line"))
