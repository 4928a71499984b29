"""The power cut harness finds what cannot stand a cut, and says how to see it again. usage: power_test.py CARELESS"""
import pathlib
import re
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import sentences

CARELESS = pathlib.Path(sys.argv[1]).resolve()


def run(*words):
    return subprocess.run([CARELESS, *words], capture_output=True, text=True, timeout=60)


def a_failure_prints_an_id_that_fails_again():
    found = run()
    assert found.returncode != 0
    ids = re.findall(r"^FAILED (\S+): half a pair$", found.stdout, re.M)
    assert ids, found.stdout
    for name in ids:
        again = run(name)
        assert again.returncode != 0 and f"FAILED {name}: half a pair" in again.stdout, again.stdout


def an_id_of_no_run_is_refused():
    for name in ("careless:page-4k-unit-8:torn.99:1.0", "other:page-4k-unit-8:torn.1:1.0",
                 "careless:nowhere:torn.1:1.0", "careless:page-4k-unit-8:burnt.1:1.0"):
        done = run(name)
        assert done.returncode != 0 and done.stdout.strip(), name


sentences.run(globals(), sys.argv[2:])
