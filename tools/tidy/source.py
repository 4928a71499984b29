"""The tree that the rules look at: which files there are, their lines, and C code without its comments and texts."""
import functools
import pathlib
import re
import subprocess

C_ENDINGS = (".c", ".h", ".cpp", ".hpp", ".S")
CODE_ENDINGS = C_ENDINGS + (".py", ".sh", ".cmake", ".ld", ".s")


class Tree:
    def __init__(self, root):
        self.root = root
        self.files = sorted(self._list())

    def _list(self):
        if (self.root / ".git").exists():
            command = ["git", "-C", self.root, "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
            names = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split("\0")
            return [name for name in set(names) if name and (self.root / name).is_file()]
        paths = (path.relative_to(self.root) for path in self.root.rglob("*") if path.is_file())
        return [str(path) for path in paths if path.parts[0] != "build" and "__pycache__" not in path.parts]

    @functools.lru_cache(maxsize=None)
    def bytes(self, path):
        return (self.root / path).read_bytes()

    def text(self, path):
        return self.bytes(path).decode("utf-8", "replace")

    @functools.lru_cache(maxsize=None)
    def lines(self, path):
        return self.text(path).split("\n")[: -1 if self.text(path).endswith("\n") else None]

    def is_binary(self, path):
        return b"\0" in self.bytes(path)

    def is_generated(self, path):
        return "GENERATED from" in self.text(path)[:200]

    def texts(self):
        return [path for path in self.files if not self.is_binary(path)]

    def code(self, *folders, endings=C_ENDINGS):
        """Files written by hand with one of the endings, in these folders (all when none is named)."""
        for path in self.texts():
            inside = not folders or path.startswith(tuple(folder + "/" for folder in folders))
            if inside and path.endswith(endings) and not self.is_generated(path):
                yield path

    @functools.lru_cache(maxsize=None)
    def bare_lines(self, path):
        """The lines with comments and the contents of texts blanked, so that a word found is code."""
        return blank(self.text(path)).split("\n")


TOKENS = re.compile(r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.DOTALL)


def blank(text):
    def spaces(match):
        token = match.group()
        if token[0] in "\"'":
            return token[0] + " " * (len(token) - 2) + token[0]
        return re.sub(r"[^\n]", " ", token)

    return TOKENS.sub(spaces, text)


class Block:
    """What stands between a line that ends in `{` and begins at the left edge, and the `}` at the left edge."""

    def __init__(self, name, first, last, is_function):
        self.name, self.first, self.last, self.is_function = name, first, last, is_function


ATTRIBUTES = ("__attribute__", "format", "aligned", "section", "optimize", "target")
NAME_BEFORE_PARENTHESIS = re.compile(r"([A-Za-z_]\w*)\s*\(")


def blocks(lines):
    """Blocks of clang-formatted C, with line numbers from 1. A function's first line is where its head begins."""
    found, head = [], 0
    at = 0
    while at < len(lines):
        line = lines[at]
        if not line.strip() or line[0] in "#}" or line.rstrip().endswith(";"):
            head = at + 1
        elif line.rstrip().endswith("{") and not line.startswith('extern "'):
            first, opening = head, " ".join(lines[head : at + 1])
            while at < len(lines) and not lines[at].startswith("}"):
                at += 1
            words = [name for name in NAME_BEFORE_PARENTHESIS.findall(opening) if name not in ATTRIBUTES]
            is_function = bool(words) and "=" not in opening.split("(")[0]
            found.append(Block(words[0] if words else opening.strip(), first + 1, min(at + 1, len(lines)), is_function))
            head = at + 1
        at += 1
    return found
