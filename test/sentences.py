"""Runs the tests of a script, each in a folder of its own. A test is a function without parameters whose name is a
sentence; helpers that have none either are named. A run in which nothing ran has failed."""
import inspect
import os
import sys
import tempfile
import traceback


def run(script, wanted=(), helpers=()):
    """`script` is its globals(), `wanted` the names to run, all when empty. Ends the program with the verdict."""
    tests = [(name, test) for name, test in script.items()
             if inspect.isfunction(test) and test.__module__ == script["__name__"] and name not in helpers
             and not inspect.signature(test).parameters and (not wanted or name in wanted)]
    failed, home = 0, os.getcwd()
    for name, test in tests:
        with tempfile.TemporaryDirectory() as folder:
            os.chdir(folder)
            try:
                test()
            except Exception:  # whatever it was, the other tests still run
                failed += 1
                print(f"FAILED {name}\n{traceback.format_exc()}")
            os.chdir(home)
    print(f"{len(tests)} tests, {failed} failed")
    sys.exit(failed != 0 or not tests)
