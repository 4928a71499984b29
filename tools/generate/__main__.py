"""Makes every generated file from the tables in spec/.

    python3 tools/generate           writes them
    python3 tools/generate --check   changes nothing; fails and names the files that are not current
"""
import importlib
import pathlib
import sys

sys.dont_write_bytecode = True
ROOT = pathlib.Path(__file__).resolve().parents[2]
GENERATORS = sorted(p.stem for p in pathlib.Path(__file__).parent.glob("*.py") if p.stem not in ("__main__", "text"))


def main():
    check = sys.argv[1:] == ["--check"]
    stale = []
    for name in GENERATORS:
        for path, text in importlib.import_module(name).outputs(ROOT):
            target = ROOT / path
            if target.exists() and target.read_text() == text:
                continue
            stale.append(path)
            if not check:
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(text)
    if check and stale:
        sys.exit("not current, run `python3 tools/generate`: " + ", ".join(stale))


main()
