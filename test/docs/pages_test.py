"""Does what docs/TUTORIAL.md and docs/GUIDE.md say, each in an empty folder: saves their files, gives their commands,
and compares what they print.

    pages_test.py BIN [PAGE ...]    the folder of the programs; FIRMWARE is where the emulated board's images are

A block behind a line that ends with "In FILE:" is that file, wherever it stands on the page. A block of `$ ` lines is
commands with what they print: the lines in order, `...` alone for any lines, inside a line for any text."""
import os
import pathlib
import re
import select
import shlex
import signal
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
FILE = re.compile(r"In ([a-z.]+):\n\n```\w*\n(.*?)^```$", re.S | re.M)
BLOCK = re.compile(r"^```text\n(\$ .*?)^```$", re.S | re.M)


class Page:
    def __init__(self, bin_folder, name):
        self.name, self.text = name, (ROOT / "docs" / name).read_text()
        self.environment = {**os.environ, "PATH": f"{bin_folder}:{os.environ['PATH']}", "COLUMNS": "100"}
        self.processes, self.commands = [], 0

    def save_files(self):
        for name, content in FILE.findall(self.text):
            pathlib.Path(name).write_text(content)
        for content in re.findall(r"^```toml\n(.*?)^```$", self.text, re.S | re.M):
            pathlib.Path("hive.toml").write_text(content)

    def begin(self, command):
        """A program that stays: what it says until it is silent."""
        process = subprocess.Popen(shlex.split(command.rstrip("& ")), env=self.environment, text=True,
                                   stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.processes.append(process)
        return [process.stdout.readline().rstrip("\n")] if select.select([process.stdout], [], [], 10)[0] else []

    def give(self, command):
        if command.startswith("export "):
            name, value = command.removeprefix("export ").split("=", 1)
            self.environment[name] = value
            return []
        if command.endswith("&"):
            return self.begin(command)
        done = subprocess.run(["sh", "-c", command], env=self.environment, text=True, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, timeout=240)
        return done.stdout.splitlines()

    def compare(self, command, want, got):
        """Each line that is shown must be printed, in that order; without a line of dots between them, at once."""
        at, may_skip = 0, False
        for line in want:
            if line == "...":
                may_skip = True
                continue
            pattern = ".*".join(map(re.escape, re.split(r"\s*\.\.\.\s*", line)))
            found = next((i for i in range(at, len(got)) if re.fullmatch(pattern, got[i].rstrip())), None)
            if found is None or (found > at and not may_skip):
                sys.exit(f"{self.name}: `{command}` does not print: {line}\nit printed:\n" + "\n".join(got))
            at, may_skip = found + 1, False
        if at < len(got) and not may_skip:
            sys.exit(f"{self.name}: `{command}` prints more: {got[at]}")

    def run(self):
        self.save_files()
        for block in BLOCK.findall(self.text):
            for part in block.split("$ ")[1:]:
                command, *want = part.rstrip("\n").splitlines()
                got = self.give(command)
                # what was shown may be a moment away: a listing is asked for again
                end = time.monotonic() + 5
                while want and not got and time.monotonic() < end:
                    time.sleep(0.1)
                    got = self.give(command)
                self.compare(command, want, [line for line in got if not self.is_note(line)])
                self.commands += 1
        assert self.commands >= 10, f"{self.name} shows hardly any command"

    @staticmethod
    def is_note(line):
        """What is said of programs without settings."""
        return "for nothing says otherwise" in line or "is not signed; only the simulated board" in line

    def end(self):
        for process in self.processes:
            process.send_signal(signal.SIGTERM)
            process.communicate(timeout=20)


def main():
    bin_folder = pathlib.Path(sys.argv[1]).resolve()
    for name in sys.argv[2:] or ("TUTORIAL.md", "GUIDE.md"):
        page = Page(bin_folder, name)
        with tempfile.TemporaryDirectory() as folder:
            os.chdir(folder)
            try:
                page.run()
            finally:
                page.end()
                os.chdir("/")
        print(f"{page.commands} commands do what docs/{name} shows")


main()
