"""Holds the tree to its own rules; fails and names file and line where it breaks one.

    python3 tools/tidy                    every rule on the whole project
    python3 tools/tidy --rule floors      one rule; --rule may be repeated
    python3 tools/tidy --root FOLDER      another tree: what the rules' own test does

A rule is a function in rules_code.py or rules_text.py: it takes the tree and yields (path, line, key, message). What
may stand against a rule is a line in exceptions.txt with its reason; a line there that nothing needs fails too.
"""
import argparse
import pathlib
import sys

sys.dont_write_bytecode = True
import rules_code  # noqa: E402
import rules_text  # noqa: E402
from source import Tree  # noqa: E402

RULES = {**rules_code.RULES, **rules_text.RULES}


def read_exceptions(path):
    """{(rule, key): line number}. A line is `rule key reason`; the key is a path, or path:function."""
    rows = {}
    for number, line in enumerate(path.read_text().splitlines() if path.exists() else [], 1):
        if not line.strip() or line.startswith("#"):
            continue
        words = line.split(None, 2)
        if len(words) < 3 or words[0] not in RULES:
            sys.exit(f"{path}:{number}: want `rule path[:function] reason`, the rule one of: {' '.join(RULES)}")
        rows[words[0], words[1]] = number
    return rows


def main():
    own = pathlib.Path(__file__).resolve().parent
    arguments = argparse.ArgumentParser(prog="tidy")
    arguments.add_argument("--root", type=pathlib.Path, default=own.parents[1])
    arguments.add_argument("--rule", action="append", choices=list(RULES))
    options = arguments.parse_args()
    tree = Tree(options.root.resolve())
    chosen = options.rule or list(RULES)
    exceptions_path = tree.root / "tools/tidy/exceptions.txt"
    exceptions = {key: line for key, line in read_exceptions(exceptions_path).items() if key[0] in chosen}

    used, found = set(), []
    for rule in chosen:
        for path, line, key, message in RULES[rule](tree):
            if (rule, key) in exceptions:
                used.add((rule, key))
            else:
                found.append(f"{path}:{line}: {message} [{rule}]")
    for rule, key in sorted(set(exceptions) - used):
        line = exceptions[rule, key]
        found.append(f"tools/tidy/exceptions.txt:{line}: nothing needs this exception any more: {rule} {key}")
    for line in found:
        print(line)
    if found:
        sys.exit(f"tidy: {len(found)} things to mend; {len(tree.files)} files, {len(chosen)} rules")
    print(f"tidy: {len(tree.files)} files keep {len(chosen)} rules")


main()
