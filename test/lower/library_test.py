"""Lowers all of picolibc's release archive and libgcc at once: a program with the address of every function in them.

    library_test.py --run LOWER_RUN --kit LIBSKEP_A
"""
import argparse
import os
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ARCHIVES = ["/usr/lib/picolibc/riscv64-unknown-elf/lib/release/rv32em/ilp32e/libc.a",
            "/usr/lib/gcc/riscv64-unknown-elf/12.2.0/rv32em/ilp32e/libgcc.a"]

# The guest library has its own set-up and setjmp; the three divisions are for machines that cannot divide; the rest are
# the shared prologues of -msave-restore and what exceptions would need.
LEFT_OUT = re.compile(r"_set_tls|setjmp|longjmp|__u?(div|mod)si3|__riscv_.*|.*[Uu]nwind.*|_start|main|_?exit")
FUNCTIONS_MIN = 1100


def symbols(archives, letters, flags):
    listed = subprocess.run(["llvm-nm-19", "-g", *flags, *archives], capture_output=True, text=True, check=True).stdout
    fields = [line.split() for line in listed.splitlines()]
    return {f[-1] for f in fields if len(f) >= 2 and f[-2] in letters and re.fullmatch(r"[A-Za-z_]\w*", f[-1])}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--run", required=True, type=pathlib.Path)
    parser.add_argument("--kit", required=True, type=pathlib.Path)
    options = parser.parse_args()
    kit = symbols([options.kit], "TWDBRV", ["--defined-only"])
    names = sorted(n for n in symbols(ARCHIVES, "TW", ["--defined-only"]) - kit if not LEFT_OUT.fullmatch(n))
    missing = sorted(symbols(ARCHIVES, "U", []) - symbols(ARCHIVES, "TWDBRVC", ["--defined-only"]) - kit)
    with tempfile.TemporaryDirectory(prefix="skep_library_") as folder:
        source, elf = pathlib.Path(folder) / "library.c", pathlib.Path(folder) / "library.elf"
        lines = [f'extern char function_{i}[] __asm__("{name}");' for i, name in enumerate(names)]
        lines += [f'__attribute__((weak)) void missing_{i}(void) __asm__("{name}");\nvoid missing_{i}(void) {{}}'
                  for i, name in enumerate(missing) if not name.startswith("__stack")]
        lines.append("void *volatile functions[] = {" + ", ".join(f"function_{i}" for i in range(len(names))) + "};")
        lines.append("int main(void) { return functions[0] == 0; }")
        source.write_text("\n".join(lines))
        environment = dict(os.environ, GUEST_LINK="--allow-multiple-definition")
        build = subprocess.run([HERE.parent / "guest/guest_cc", options.kit, "clang", elf, "-O1", source],
                               capture_output=True, text=True, env=environment)
        if build.returncode != 0:
            sys.exit(build.stderr[:2000])
        done = subprocess.run([options.run, "--sizes", elf], capture_output=True, text=True)
    print(f"{len(names)} functions: {done.stderr.splitlines()[0]}")
    return 0 if done.returncode == 0 and len(names) >= FUNCTIONS_MIN else 1


if __name__ == "__main__":
    sys.exit(main())
