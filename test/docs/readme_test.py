"""Does what README.md says: saves its program, gives its commands, and compares what they print.

    readme_test.py SKEP    the folder of the program skep

A text block is commands (`$ skep ...`) with the lines that they print, in order; `...` stands for any lines. A line
may go on further than the README shows it.
"""
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = re.compile(r"```c\n(.*?)```\n", re.S)
SESSION = re.compile(r"```text\n(.*?)```", re.S)


def printed(skep, line, folder):
    words = shlex.split(line)
    assert words[0] == "skep", f"the README shows another program: {line}"
    words = [str(ROOT / word) if word.startswith("guest/") else word for word in words[1:]]
    done = subprocess.run([skep / "skep", *words], cwd=folder, text=True, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, timeout=60)
    return done.stdout.replace(f"{ROOT}/", "").splitlines()


def compare(command, want, got):
    """Each line that is shown must be printed, in that order."""
    at = 0
    for line in want:
        if line == "...":
            continue
        found = next((i for i in range(at, len(got)) if got[i].startswith(line)), None)
        if found is None:
            sys.exit(f"README: `{command}` does not print, after line {at}: {line}\nit printed:\n" + "\n".join(got))
        at = found + 1


def main():
    skep = pathlib.Path(sys.argv[1]).resolve()
    text = (ROOT / "README.md").read_text()
    commands = 0
    with tempfile.TemporaryDirectory() as folder:
        pathlib.Path(folder, "blinks.c").write_text(PROGRAM.search(text).group(1))
        for session in SESSION.findall(text):
            for part in session.split("$ ")[1:]:
                command, *want = part.splitlines()
                compare(command, want, printed(skep, command, folder))
                commands += 1
    assert commands >= 5, "README.md shows hardly any command"
    print(f"{commands} commands do what README.md shows")


main()
