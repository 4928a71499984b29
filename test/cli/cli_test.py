"""The commands build, keys, sign, verify and inspect as people call them: each test calls skep in an empty folder of
its own and looks at output, exit code and files. usage: cli_test.py SKEP [name of a test ...]"""
import hashlib
import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import sentences

SKEP = os.path.abspath(sys.argv[1])
HELLO = '#include <stdio.h>\nint main(void) { printf("hello %d\\n", 42); return 3; }\n'
TOML = 'name = "hello"\nversion = "1.2.3"\nsources = ["hello.c"]\ncapabilities = ["console write"]\n'

USAGE, ARTIFACT, NO_INPUT, KEY, SETTINGS, UNAVAILABLE, PROGRAM, CANNOT_WRITE, SIGNATURE, REFUSED = (
    64, 65, 66, 67, 68, 69, 71, 73, 77, 80)


class Result:
    def __init__(self, done):
        self.code = done.returncode
        self.out = done.stdout.decode()
        self.err = done.stderr.decode()


def skep(*words, env=None, cwd=None):
    environment = dict(os.environ, **(env or {}))
    done = subprocess.run([SKEP, *words], capture_output=True, env=environment, cwd=cwd, stdin=subprocess.DEVNULL)
    return Result(done)


def write(path, content):
    folder = os.path.dirname(path)
    if folder:
        os.makedirs(folder, exist_ok=True)
    with open(path, "wb") as to:
        to.write(content if isinstance(content, bytes) else content.encode())


def read(path):
    with open(path, "rb") as source:
        return source.read()


def files():
    return sorted(os.path.join(folder, name)[2:] for folder, _, names in os.walk(".") for name in names)


def equal(want, got, what=""):
    assert want == got, f"{what}: want {want!r}, got {got!r}"


def says(result, code, pattern):
    """The command ended with that code and said that on stderr."""
    equal(code, result.code, result.err)
    assert re.search(pattern, result.err), f"want /{pattern}/ in: {result.err}"


def good(result):
    equal(0, result.code, result.err)
    return result


def built(name="hello"):
    write("hello.c", HELLO)
    good(skep("build", "hello.c", "-o", name + ".cvm1"))
    return name + ".cvm1"


def refused_without_a_trace(code, pattern, *words, env=None):
    before = {name: read(name) for name in files()}
    says(skep(*words, env=env), code, pattern)
    equal(before, {name: read(name) for name in files()}, "files afterwards")


# --- tests: a name that is a sentence ---

def a_single_file_becomes_three_files_and_a_notice():
    write("hello.c", HELLO)
    result = good(skep("build", "hello.c", "-o", "out.cvm1"))
    equal(["hello.c", "out.cvm1", "out.elf", "out.map"], files())
    equal("", result.out)
    assert "64 KiB of stack, 64 KiB of heap" in result.err and "console write" in result.err, result.err
    seen = json.loads(good(skep("inspect", "--json", "out.cvm1")).out)
    equal(("hello", 65536, 65536, False), (seen["name"], seen["stack_bytes"], 65536, seen["signed"]))
    equal(["console write"], [row["text"] for row in seen["capabilities"]])
    equal(None, seen["refused"])
    equal("SKMP", read("out.map")[:4].decode())
    equal(seen["build_id"], read("out.map")[8:24].hex())


def settings_reach_the_artifact():
    write("src/hello.c", '#include "value.h"\n' + HELLO.replace("42", "VALUE + MORE"))
    write("inc/value.h", "#define VALUE 40\n")
    write("skep.toml", 'name = "all-of_it.1"\nversion = "255.254.65535"\nsources = ["src/hello.c"]\ninclude = ["inc"]\n'
          'flags = ["-DMORE=2", "-O1"]\noutput = "all.cvm1"\nstack = 8192\nheap = 4096\nreturn_entries = 77\n'
          'security_version = 4294967295\n'
          'capabilities = ["gpio output 13 100/s", "console write", "gpio input 2..5"]\n'
          'priority = 3\nrestart = "on-fault"\ncheck_in_ms = 5000\ntrial_s = 60\nproduct = 0x10002\n'
          'health_value = 9\nmay_run_twice = true\ndebug = true\n'
          '[budget]\nfuel = 5000000000\nperiod_ms = 10\nperiod_fuel = 9000\nlive_ms = 60000\n')
    good(skep("build"))
    seen = json.loads(good(skep("inspect", "--json", "all.cvm1")).out)
    want = {"name": "all-of_it.1", "version": "255.254.65535", "stack_bytes": 8192, "return_entries": 77,
            "security_version": 4294967295, "priority": 3, "restart": "on-fault", "check_in_ms": 5000, "trial_s": 60,
            "product_id": 0x10002, "health_value": 9, "may_run_twice": True, "debug_allowed": True}
    for key, value in want.items():
        equal(value, seen[key], key)
    equal({"fuel": 5000000000, "period_ms": 10, "period_fuel": 9000, "calls": 0, "messages": 0, "log_bytes": 0,
           "live_ms": 60000}, seen["budget"])
    assert "budget        fuel 5000000000 fuel 9000 in 10 ms live 60000 ms" in good(skep("inspect", "all.cvm1")).out
    equal(["console write", "gpio input 2..5", "gpio output 13 100/s"], [row["text"] for row in seen["capabilities"]])
    assert 8192 + 4096 <= seen["ram_bytes"] < 8192 + 4096 + 1024, seen["ram_bytes"]


def a_notice_tells_only_what_was_assumed():
    write("hello.c", HELLO)
    write("skep.toml", 'name = "hello"\nsources = ["hello.c"]\nstack = 256\n')
    told = good(skep("build")).err
    assert "for the settings name none: console write" in told and "stack" not in told, told


def settings_are_found_from_elsewhere_and_the_command_line_comes_last():
    write("project/hello.c", HELLO)
    write("project/skep.toml", TOML + 'flags = ["-DX"]\noutput = "project.cvm1"\n')
    good(skep("build", "--settings", "project/skep.toml"))
    equal(["hello.c", "project.cvm1", "project.elf", "project.map", "skep.toml"], sorted(os.listdir("project")))
    equal(5, len(files()))
    good(skep("build", "--settings", "project/skep.toml", "-o", "here.cvm1", "--debug", "-UX"))
    assert json.loads(skep("inspect", "--json", "here.cvm1").out)["debug_allowed"]


def two_languages_link_into_one_program():
    write("main.c", "int twice(int);\nint main(void) { return twice(21); }\n")
    write("twice.cpp", 'struct Twice { int value; explicit Twice(int v) : value(v * 2) {} };\n'
          'static Twice made(4);\nextern "C" int twice(int v) { return Twice(v).value + made.value; }\n')
    good(skep("build", "main.c", "twice.cpp", "-o", "both.cvm1"))
    good(skep("verify", "both.cvm1"))


def objects_of_another_compiler_and_linked_programs_are_taken_as_they_are():
    write("main.c", "int thrice(int);\nint main(void) { return thrice(14); }\n")
    write("thrice.c", "int thrice(int v) { return 3 * v; }\n")
    subprocess.run(["riscv64-unknown-elf-gcc", "-march=rv32em_zba_zbb_zbs", "-mabi=ilp32e", "-mno-save-restore", "-O2",
                    "-mcmodel=medlow", "-fno-section-anchors", "-c", "thrice.c"], check=True)
    good(skep("build", "main.c", "thrice.o", "-o", "both.cvm1"))
    good(skep("verify", "both.cvm1"))
    good(skep("build", "both.elf", "-o", "again.cvm1"))
    one, two = (json.loads(skep("inspect", "--json", name).out)["sections"] for name in ("both.cvm1", "again.cvm1"))
    equal(one, two)
    write("bad.elf", read("both.elf")[:1000])
    refused_without_a_trace(PROGRAM, r"^skep: \S", "build", "bad.elf", "-o", "bad.cvm1")
    write("bad.elf", b"")
    refused_without_a_trace(PROGRAM, r"^skep: \S", "build", "bad.elf", "-o", "bad.cvm1")


def an_interrupted_build_leaves_nothing():
    many = "".join(f"int f{i}(int v) {{ return v * {i}; }}\n" for i in range(60000))
    write("slow.c", many + "int main(void) { return f1(2); }\n")
    os.mkdir("tmp")
    process = subprocess.Popen([SKEP, "build", "slow.c"], env=dict(os.environ, TMPDIR="tmp"), start_new_session=True,
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while not os.listdir("tmp") and process.poll() is None:
        time.sleep(0.01)
    time.sleep(0.2)
    os.killpg(process.pid, signal.SIGINT)
    assert process.wait() != 0
    equal(["slow.c"], files())
    equal([], os.listdir("tmp"))


def the_same_sources_give_the_same_bytes_in_any_folder():
    for folder in ("one", "two/deeper"):
        write(folder + "/hello.c", HELLO)
        write(folder + "/skep.toml", TOML)
        good(skep("build", cwd=folder))
        good(skep("build", "hello.c", "-o", "single.cvm1", cwd=folder))
        good(skep("build", os.path.abspath(folder + "/hello.c"), "-o", "absolute.cvm1", cwd=folder))
    for name in ("hello.cvm1", "hello.elf", "hello.map", "single.cvm1", "single.elf", "absolute.cvm1"):
        one, two = (hashlib.sha256(read(f"{folder}/{name}")).hexdigest() for folder in ("one", "two/deeper"))
        equal(one, two, name)


def the_compilers_words_and_exit_status_are_passed_on():
    write("bad.c", "int main(void) { return undeclared; }\n")
    direct = subprocess.run(["clang-19", "--target=riscv32", "-c", "bad.c", "-o", os.devnull], capture_output=True)
    result = skep("build", "bad.c")
    equal(direct.returncode, result.code)
    equal(direct.stderr.decode(), result.err)
    equal(["bad.c"], files())
    write("bad.c", "int missing(void);\nint main(void) { return missing(); }\n")
    refused_without_a_trace(1, r"ld\.lld.*: undefined symbol: missing", "build", "bad.c")
    write("bad.c", "#warning look here\nint main(void) { return 0; }\n")
    result = good(skep("build", "bad.c", "-o", "x.cvm1"))
    assert "warning: look here" in result.err
    refused_without_a_trace(1, "error: look here", "build", "bad.c", "-o", "y.cvm1", "-Werror")


def what_bytecode_cannot_express_is_refused_with_its_line():
    write("bad.c", "int main(void) {\n    return (int)__builtin_return_address(0);\n}\n")
    refused_without_a_trace(PROGRAM, r"^skep: bad\.c:[123]: in main: .*return address", "build", "bad.c")
    write("pic.c", "extern int there;\nint *main(void) {\n    return &there;\n}\n")
    write("there.c", "int there;\n")
    refused_without_a_trace(PROGRAM, r"^skep: pic\.c:3: a relocation GOT_HI20 .*-fno-pic",
                            "build", "pic.c", "there.c", "-fPIC", "-Wno-main-return-type")


def memory_may_be_large_and_what_is_too_large_is_named():
    write("hello.c", "volatile char many[20000000];\nint main(void) { many[19999999] = 3; return many[19999999]; }\n")
    equal(3, skep("run", "hello.c").code)
    write("hello.c", "volatile int one = 3;\nint main(void) { return one; }\n")
    write("skep.toml", TOML + "stack = 20000000\n")
    refused_without_a_trace(PROGRAM, r"section \.data ends at 0x\w+; .*take a smaller stack", "build")


def a_stack_that_is_too_small_is_refused():
    write("hello.c", "volatile int at = 7;\n"
          "int main(void) { volatile char room[4096]; room[at] = 1; return room[at]; }\n")
    write("skep.toml", TOML + "stack = 1024\n")
    refused_without_a_trace(PROGRAM, r"the stack is too small: 1024 bytes are declared, the program needs \d+", "build")
    write("skep.toml", TOML + "stack = 8192\n")
    good(skep("build"))


def calls_without_a_capability_are_refused():
    write("hello.c", "#include <Arduino.h>\nint main(void) { pinMode(1, OUTPUT); digitalWrite(1, 1); return 0; }\n")
    write("skep.toml", TOML)
    refused_without_a_trace(PROGRAM, r"the program calls gpio\.\w+, but asks for no capability", "build")
    write("skep.toml", TOML.replace('"console write"', '"console write", "gpio output 1"'))
    good(skep("build"))


def mistakes_in_settings_are_named_with_their_place():
    write("hello.c", HELLO)
    for line, pattern in (
            ('name = "a b"', r"skep\.toml:1:8: name is 1 to 31 letters"),
            ("name = 5", r"skep\.toml:1:8: name takes a string, not a whole number"),
            ('sources = "x.c"', r"skep\.toml:1:11: sources takes an array of strings, not a string"),
            ('sources = ["x.c", 5]', r"skep\.toml:1:19: sources takes an array of strings"),
            ('version = "1.2"', r"skep\.toml:1:11: version is .*not \"1\.2\""),
            ('version = "1.2.65536"', r"skep\.toml:1:11: version is"),
            ('restart = "sometimes"', r'skep\.toml:1:11: restart is "never", "on-fault" or "always"'),
            ("stack = 0", r"skep\.toml:1:9: stack is 64 to \d+, not 0"),
            ("priority = 256", r"skep\.toml:1:12: priority is 0 to 255, not 256"),
            ("priority = -1", r"skep\.toml:1:12: priority is 0 to 255, not -1"),
            ("debug = 1", r"skep\.toml:1:9: debug takes true or false, not a whole number"),
            ('capabilities = ["gpoi"]', r'skep\.toml:1:17: "gpoi" is no group .*gpio'),
            ('capabilities = ["gpio outptu 3"]', r'skep\.toml:1:17: "outptu" is no mode of gpio \(input,output\)'),
            ("colour = 3", r'skep\.toml:1:1: "colour" is not known here; known are name, version'),
            ("stack = 1.5", r'skep\.toml:1:9: "1\.5" is no value'),
            ("", r'skep\.toml:1:1: "sources" is missing'),
            ('sources = ["hello.c"]', r'skep\.toml:1:1: "name" is missing'),
            ('\n\nname = "x"\nname = "y"', r'skep\.toml:4:1: "name" was already given in line 3')):
        write("skep.toml", line + "\n")
        refused_without_a_trace(SETTINGS, pattern, "build")
    write("skep.toml", b"name = \"\xff\"\n")
    refused_without_a_trace(SETTINGS, r"skep\.toml:1:9: a byte that is no UTF-8", "build")
    os.remove("skep.toml")


def outputs_that_cannot_be_written_leave_nothing():
    write("hello.c", HELLO)
    refused_without_a_trace(CANNOT_WRITE, r"nowhere/x\.cvm1: No such file", "build", "hello.c", "-o", "nowhere/x.cvm1")
    refused_without_a_trace(USAGE, r"x\.elf: NAME\.elf and NAME\.map are written beside",
                            "build", "hello.c", "-o", "x.elf")
    os.mkdir("taken.map")
    says(skep("build", "hello.c", "-o", "taken.cvm1"), CANNOT_WRITE, r"taken\.map: Is a directory")
    equal([], [name for name in files() if "XXXX" in name or name.startswith("taken.map.")], "temporary files")


def inputs_of_no_known_kind_are_named():
    write("notes.txt", HELLO)
    refused_without_a_trace(USAGE, r"notes\.txt: a source is \.c", "build", "notes.txt", "-o", "x.cvm1")
    write("hello.c", HELLO)
    write("linked.elf", "no ELF at all")
    refused_without_a_trace(PROGRAM, r"linked\.elf: not an ELF file", "build", "linked.elf", "-o", "x.cvm1")
    refused_without_a_trace(USAGE, r"linked\.elf: a source is", "build", "hello.c", "linked.elf", "-o", "x.cvm1")


def a_folder_without_settings_says_what_to_do():
    refused_without_a_trace(NO_INPUT, r"there is no skep\.toml here: write one, or name sources", "build")


def a_missing_kit_or_tool_is_named():
    write("hello.c", HELLO)
    refused_without_a_trace(UNAVAILABLE, "no guest kit", "build", "hello.c", env={"SKEP_GUEST": "/nowhere"})
    refused_without_a_trace(UNAVAILABLE, "no libskep.a at /nowhere.a",
                            "build", "hello.c", env={"SKEP_GUEST_LIBRARY": "/nowhere.a"})
    refused_without_a_trace(UNAVAILABLE, "clang-19 is not installed", "build", "hello.c", env={"PATH": "/nowhere"})


def builds_are_signed_on_the_way():
    write("hello.c", HELLO)
    good(skep("keys", "new", "k.pem"))
    good(skep("build", "hello.c", "--key", "k.pem"))
    good(skep("verify", "hello.cvm1", "--key", "k.pub.pem"))
    refused_without_a_trace(KEY, "this is a public key", "build", "hello.c", "-o", "x.cvm1", "--key", "k.pub.pem")
    refused_without_a_trace(NO_INPUT, "none.pem: No such file", "build", "hello.c", "-o", "x.cvm1", "--key", "none.pem")


def new_keys_are_private_and_never_overwritten():
    shown = good(skep("keys", "new", "k.pem")).out
    equal(["k.pem", "k.pub.pem"], files())
    equal(0o600, os.stat("k.pem").st_mode & 0o777)
    key_id = re.search(r"private P-256 key ([0-9a-f]{16})", shown).group(1)
    assert f"public P-256 key {key_id}" in good(skep("keys", "show", "k.pub.pem")).out
    refused_without_a_trace(CANNOT_WRITE, r"never overwritten", "keys", "new", "k.pem")
    os.remove("k.pub.pem")
    refused_without_a_trace(CANNOT_WRITE, r"k\.pem: there is a file", "keys", "new", "k.pem")
    done = subprocess.run(["openssl", "pkey", "-in", "k.pem", "-noout", "-text"], capture_output=True, check=True)
    assert b"prime256v1" in done.stdout, done.stdout


def openssl_itself_agrees_with_a_signature():
    name = built()
    good(skep("keys", "new", "k.pem"))
    good(skep("sign", "--key", "k.pem", name))
    data = read(name)
    end = 128 + 48 * int.from_bytes(data[108:110], "little")
    area = data[end:end + 80]
    equal(1, int.from_bytes(area[:4], "little"))

    def integer(value):
        value = value.lstrip(b"\0")
        value = b"\0" + value if value[0] & 0x80 else value
        return b"\x02" + bytes([len(value)]) + value

    body = integer(area[16:48]) + integer(area[48:80])
    write("signature", b"\x30" + bytes([len(body)]) + body)
    write("message", b"Skep CVM1 guest\0" + data[:end])
    done = subprocess.run(["openssl", "dgst", "-sha256", "-verify", "k.pub.pem", "-signature", "signature", "message"],
                          capture_output=True)
    equal(b"Verified OK\n", done.stdout)


def signatures_of_others_and_changed_heads_are_refused():
    name = built()
    good(skep("keys", "new", "k.pem"))
    good(skep("keys", "new", "other.pem"))
    refused_without_a_trace(SIGNATURE, "byte 3.*: the artifact is not signed", "verify", name, "--key", "k.pub.pem")
    good(skep("sign", "--key", "k.pem", name, "-o", "signed.cvm1"))
    good(skep("verify", "signed.cvm1", "--key", "k.pub.pem"))
    refused_without_a_trace(SIGNATURE, "not one that is trusted", "verify", "signed.cvm1", "--key", "other.pub.pem")
    data = bytearray(read("signed.cvm1"))
    data[28] ^= 1  # security version
    write("changed.cvm1", bytes(data))
    refused_without_a_trace(SIGNATURE, "the signature is not that of this artifact",
                            "verify", "changed.cvm1", "--key", "k.pub.pem")
    good(skep("sign", "--key", "other.pem", "signed.cvm1"))
    good(skep("verify", "signed.cvm1", "--key", "other.pub.pem"))
    write("long", b"x" * 100)
    refused_without_a_trace(KEY, "long: line 1: no PEM key here", "sign", "--key", "long", name)


def every_damaged_byte_of_an_artifact_is_refused():
    data = read(built())
    for at in list(range(0, len(data), 61)) + [len(data) - 1]:
        write("damaged.cvm1", data[:at] + bytes([data[at] ^ 0x40]) + data[at + 1:])
        result = skep("verify", "damaged.cvm1")
        if result.code == 0:  # a manifest field with another value: only a signature can tell
            assert at < 128 or at >= 128 + 48 * data[108], f"byte {at} does not matter"
            continue
        says(result, result.code, r"^skep: damaged\.cvm1: byte \d+: \w")
        assert result.code in (ARTIFACT, REFUSED), f"byte {at}: code {result.code}"
    write("short.cvm1", data[:-1])
    refused_without_a_trace(ARTIFACT, "the file ends before the artifact does", "inspect", "short.cvm1")
    write("long.cvm1", data + b"\0")
    refused_without_a_trace(ARTIFACT, "bytes follow behind the artifact's end", "inspect", "long.cvm1")


def a_refused_program_is_still_shown():
    data = bytearray(read(built()))
    rows = int.from_bytes(data[108:110], "little")
    code = int.from_bytes(data[132:136], "little")
    size = int.from_bytes(data[136:140], "little")
    data[code + 4] = 0xff  # an opcode that there is not
    data[144:176] = hashlib.sha256(bytes(data[code:code + (size + 7 & ~7)])).digest()
    write("bad.cvm1", bytes(data))
    assert rows >= 4
    result = skep("inspect", "bad.cvm1")
    says(result, REFUSED, rf"byte {code + 4}: ")
    assert result.out.startswith("hello 0.0.0, guest"), result.out
    refused = json.loads(skep("inspect", "--json", "bad.cvm1").out)["refused"]
    equal(code + 4, refused["byte"])
    says(skep("verify", "bad.cvm1"), REFUSED, rf"byte {code + 4}: ")


def the_stack_of_every_function_is_shown():
    write("deep.c", "int leaf(int v) { volatile int room[50]; room[v & 31] = v; return room[v & 15]; }\n"
          "int again(int v) { return v ? again(v - 1) * v : leaf(3); }\n"
          "int main(int count, char **words) { (void)words; return count > 9 ? again(count) : leaf(2); }\n")
    good(skep("build", "deep.c", "-O0"))
    seen = json.loads(good(skep("inspect", "--json", "deep.cvm1")).out)
    needs = {row["name"]: row["stack_bytes"] for row in seen["function_table"]}
    assert needs["leaf"] >= 200, needs
    equal((None, None), (needs["again"], needs["main"]))
    equal(None, seen["worst_stack_bytes"])
    write("flat.c", "int leaf(int v) { volatile int room[50]; room[v & 31] = v; return room[v & 15]; }\n"
          "int main(void) { return leaf(2); }\n")
    good(skep("build", "flat.c", "-O0"))
    shown = good(skep("inspect", "flat.cvm1")).out
    assert re.search(r"worst stack +(\d+ of 65536|bounded by .* and what it calls: \d+) bytes\n", shown), shown
    shown = good(skep("inspect", "--functions", "deep.cvm1")).out
    assert re.search(rf"^    leaf +\d+ +{needs['leaf']} +0$", shown, re.MULTILINE), shown
    os.remove("deep.elf")  # without the sidecars there are no names
    assert "function_0" in good(skep("inspect", "--functions", "deep.cvm1")).out


def trusted_keys_are_collected_in_a_flash_file():
    for name in ("a", "b"):
        good(skep("keys", "new", name + ".pem"))
    good(skep("keys", "install", "flash", "a.pub.pem"))
    equal(16 << 20, os.path.getsize("flash"))
    good(skep("keys", "install", "flash", "b.pem", "--role", "firmware,patch"))
    name = built()
    good(skep("sign", "--key", "a.pem", name))
    good(skep("verify", name, "--flash", "flash"))
    good(skep("sign", "--key", "b.pem", name))
    refused_without_a_trace(SIGNATURE, "not for artifacts of this type", "verify", name, "--flash", "flash")
    shown = good(skep("keys", "show", "flash")).out
    assert "2 trusted keys" in shown and "for guest" in shown and "for firmware,patch" in shown, shown
    good(skep("keys", "install", "flash", "a.pub.pem", "--role", "any", "--only"))
    assert "1 trusted key" in skep("keys", "show", "flash").out
    equal(b"\xff", read("flash")[4096:4097])
    refused_without_a_trace(USAGE, 'role "nobody"', "keys", "install", "flash", "a.pem", "--role", "nobody")
    refused_without_a_trace(KEY, "no PEM key here", "keys", "install", "flash", "flash")
    data = bytearray(read("flash"))
    data[20] ^= 1
    write("torn", bytes(data))
    refused_without_a_trace(KEY, r"torn: byte 96: the hash does not match", "keys", "install", "torn", "b.pem")
    refused_without_a_trace(KEY, "key region: byte 96: the hash does not match", "verify", name, "--flash", "torn")
    good(skep("keys", "install", "torn", "b.pem", "--only"))
    write("small", b"\xff" * 4095)
    refused_without_a_trace(KEY, "ends inside the key region", "keys", "install", "small", "a.pem")


def command_lines_that_make_no_sense_are_refused():
    for words, pattern in ((("frobnicate",), 'no command "frobnicate"'), (("inspect",), "inspect wants"),
                           (("inspect", "--colour", "x"), "inspect has no option --colour"), (("keys",), "keys wants"),
                           (("keys", "new"), "keys wants"), (("sign", "x"), "sign wants"),
                           (("build", "--key"), "--key needs a value"),
                           (("verify", "a", "b"), "verify wants"), (("build", "x.c", "--settings", "y"), "not both")):
        refused_without_a_trace(USAGE, pattern, *words)
    equal(USAGE, skep().code)
    for words in (("help",), ("--help",), ("help", "exit"), ("build", "--help"), ("help", "build")):
        assert len(good(skep(*words)).out) > 100
    refused_without_a_trace(USAGE, 'no command "nothing"', "help", "nothing")


sentences.run(globals(), sys.argv[2:], helpers=("files",))
