"""A skepd in the present folder, for tests that operate one."""
import pathlib
import signal
import subprocess
import time


class Hive:
    """Runs inside a `with`; ended, with status 0, at the end of the block."""

    def __init__(self, skepd, name="bench", socket="hive", more=""):
        self.line = [skepd, f"{socket}.toml"]
        pathlib.Path(f"{socket}.toml").write_text(
            f'name = "{name}"\nsocket = "{socket}"\nallow_unsigned = true\n{more}')

    def __enter__(self):
        self.process = subprocess.Popen(self.line, stderr=subprocess.PIPE, text=True)
        heard = self.process.stderr.readline()
        assert "listens on" in heard, heard
        return self

    def __exit__(self, kind, *_):
        self.process.send_signal(signal.SIGTERM)
        rest = self.process.communicate(timeout=20)[1]
        if kind is None:
            assert self.process.returncode == 0, rest


def equal(want, got, what=""):
    assert want == got, f"{what}: want {want!r}, got {got!r}"


def until(condition, seconds=20):
    """What the condition gives as soon as that is true."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = condition()
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError("it did not happen in time")
