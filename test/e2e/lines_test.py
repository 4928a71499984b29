"""Lines of JSON on the sockets of skepd, as docs/PROTOCOL.md section 5 has them.
usage: lines_test.py SKEP SKEPD [name of a test ...]"""
import json
import os
import pathlib
import socket
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import sentences
from hive import Hive, equal, until

SKEP, SKEPD = (os.path.abspath(word) for word in sys.argv[1:3])


def connect(path):
    to = socket.socket() if ":" in path else socket.socket(socket.AF_UNIX)
    to.settimeout(10)
    to.connect((path.split(":")[0], int(path.split(":")[1])) if ":" in path else path)
    return to


class Lines:
    """A connection that speaks lines of JSON."""

    def __init__(self, path="hive"):
        self.to = connect(path)
        self.from_hive = self.to.makefile("r")

    def ask(self, operation, session=None, **parameters):
        line = {"version": 1, "operation": operation, "parameters": parameters, "id": operation}
        self.say(json.dumps({**line, "session": session} if session else line))
        while (answer := self.hear()) and answer.get("id") != operation:
            pass
        return answer

    def say(self, text):
        self.to.sendall(text.encode() + b"\n")

    def hear(self):
        line = self.from_hive.readline()
        answer = json.loads(line) if line else None
        assert not answer or answer["version"] == 1, answer
        return answer

    def close(self):
        self.from_hive.close()
        self.to.close()


def a_socket_speaks_lines_of_JSON_to_who_begins_with_one():
    pathlib.Path("speaker.c").write_text('#include <stdio.h>\nint main(void) { puts("it says"); }\n')
    subprocess.run([SKEP, "build", "speaker.c"], check=True, capture_output=True)
    with Hive(SKEPD):
        to = Lines()
        equal("bench", to.ask("hive.info")["result"]["name"])
        refused = to.ask("session.list")
        equal(("DENIED", "session"), (refused["status"], refused["reason"]))
        session = to.ask("session.open", client="lines", console=True)["result"]["session"]
        equal(["lines"], [row["client"] for row in to.ask("session.list")["result"]["sessions"]])
        equal("OK", to.ask("event.subscribe", since=0)["status"])
        subprocess.run([SKEP, "load", "--to", "hive", "speaker.cvm1"], check=True, capture_output=True)
        heard = [to.hear() for _ in range(4)]
        equal(["load.accepted", "task.ended", "task.started"], sorted(row["event"] for row in heard if "event" in row))
        equal([(1, "it says\n")], [(row["pid"], row["text"]) for row in heard if "console" in row])
        other = Lines()
        equal("DENIED", other.ask("session.keepalive", session=session)["status"], "it belongs to another link")
        to.close()
        until(lambda: other.ask("session.keepalive", session=session)["status"] == "OK")
        other.close()


def lines_on_a_socket_are_checked_strictly():
    long = '{"version":1,"operation":"hive.info","id":"' + "x" * 70000 + '"}'
    with Hive(SKEPD):
        for first in ("{", '{"version":2,"operation":"hive.info"}', '{"version":1}',
                      '{"version":1,"operation":"no.such"}',
                      '{"version":1,"version":1,"operation":"hive.info"}', '{"a":' * 20 + "1" + "}" * 20, long):
            to = Lines()
            try:
                to.say(first)
                answer = to.hear()
                assert answer["status"] in ("CORRUPT", "INVALID", "UNSUPPORTED") and answer["error"], answer
                equal(None, to.hear(), "a first line that is no request ends the connection")
            except (ConnectionResetError, BrokenPipeError):
                pass
            to.close()
        to = Lines()
        to.ask("hive.info")
        for wrong in ("{", "[1]", '{"version":1,"operation":"task.kill","parameters":{"pid":1.5}}',
                      '{"version":1,"operation":"hive.info","session":"x"}'):
            to.say(wrong)
            assert to.hear()["status"] in ("CORRUPT", "INVALID")
        equal("OK", to.ask("hive.info")["status"], "a later one does not")
        to.say('{"version":1,"operation":"hive.info","id":1}\r')
        equal((1, "OK"), tuple(map(to.hear().get, ("id", "status"))))
        to.to.sendall(long.encode())
        equal("CORRUPT", to.hear()["status"])
        to.close()


def lines_over_TCP_need_the_token_too():
    with open("token", "w") as to:
        os.fchmod(to.fileno(), 0o600)
        to.write("0123456789abcdef")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    with Hive(SKEPD, more=f'listen = "{address}"\ntoken_file = "token"\n'):
        to = Lines(address)
        refused = to.ask("hive.info")
        equal(("DENIED", "token", None), (refused["status"], refused["reason"], to.hear()))
        to.close()
        to = Lines(address)
        equal("OK", to.ask("session.open", token=b"0123456789abcdef".hex())["status"])
        equal("OK", to.ask("hive.info")["status"])
        to.close()


sentences.run(globals(), sys.argv[3:])
