"""What the parts of the bench share: how a command is run, and the rows that come of it."""
import subprocess
import sys


def run(arguments, with_errors=False):
    """What it printed."""
    done = subprocess.run([str(a) for a in arguments], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"bench: {' '.join(str(a) for a in arguments)}\n{done.stdout}{done.stderr}")
    return done.stdout + (done.stderr if with_errors else "")


class Rows:
    def __init__(self):
        self.rows = []

    def add(self, name, value, unit, reach=None, better="lower"):
        self.rows.append({"name": name, "value": round(value, 3), "unit": unit, "better": better, "reach": reach})

    def show(self):
        width = max(len(row["name"]) for row in self.rows)
        print(f"{'':{width}}  {'value':>9} {'reach':>8}  unit")
        for row in self.rows:
            reach = row["reach"]
            missed = reach is not None and (row["value"] > reach if row["better"] == "lower" else row["value"] < reach)
            print(f"{row['name']:{width}}  {row['value']:9.2f} {'' if reach is None else reach:>8}  {row['unit']}"
                  f"{'   not reached' if missed else ''}")
