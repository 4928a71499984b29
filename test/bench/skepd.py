"""What skepd serves over its socket, measured by skepd_client, a program in C."""
import contextlib
import pathlib
import signal
import subprocess
import sys

from table import run

GUEST = pathlib.Path(__file__).resolve().parent / "guests/overruns.c"
SETTINGS = 'name = "bench"\nsocket = "{}/hive"\nallow_unsigned = true\nevents = 65536\n'
REPEATS = 3
OPERATIONS, CLIENTS, OPERATIONS_OF_CLIENT, SECONDS = 200000, 16, 2000, 2


@contextlib.contextmanager
def hive(options, folder):
    """A skepd; gives its socket."""
    settings = folder / "skepd.toml"
    settings.write_text(SETTINGS.format(folder))
    with subprocess.Popen([options.skep.parent / "skepd", settings], stderr=subprocess.PIPE, text=True) as process:
        heard = process.stderr.readline()
        if "listens on" not in heard:
            sys.exit(f"bench: {heard}")
        try:
            yield folder / "hive"
        finally:
            process.send_signal(signal.SIGTERM)


def client(options, *words):
    return [float(word) for word in run([options.build / "test/skepd_client", *words]).split()]


def measure_skepd(options, rows, folder):
    """The best of some runs: what else the machine does only takes away."""
    artifact = folder / "overruns.cvm1"
    run([options.skep, "build", GUEST, "-o", artifact])
    with hive(options, folder) as socket:
        rate = max(client(options, "operations", socket, OPERATIONS)[0] for _ in range(REPEATS))
        slow = min(client(options, "latency", socket, CLIENTS, OPERATIONS_OF_CLIENT)[0] for _ in range(REPEATS))
        run([options.skep, "load", artifact, "--to", socket])
        told, missed = max(client(options, "events", socket, SECONDS) for _ in range(REPEATS))
    rows.add("skepd operations, one connection", rate, "/s", 20000, "higher")
    rows.add(f"skepd p99 with {CLIENTS} clients", slow, "ms", 2)
    rows.add("skepd events to a subscriber", told, "/s", 50000, "higher")
    rows.add("skepd events missed meanwhile", missed, "in all")
