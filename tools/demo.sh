#!/bin/sh
# The main job, shown to a person: a C program becomes a verified, signed artifact and runs sandboxed, here and on an
# emulated Cortex-M4. Every step is checked; the demo fails when one does not do what it says.
set -eu
cd "$(dirname "$0")/.."
skep=${SKEP_BIN:-$PWD/build/bin}/skep
forge=${SKEP_BUILD:-build/host}/test/hostile_forge
blink=guest/examples/blink/blink.c
crash=guest/examples/crash/crash.c
out=${SKEP_DEMO_OUT:-build/demo}
rm -rf "$out"
mkdir -p "$out"

step() { printf '\n\033[1m%s\033[0m\n' "$*"; }
show() { printf '\033[2m$ %s\033[0m\n' "$(echo "$*" | sed "s|${skep%skep}||g")"; }
try() { show "$@"; "$@"; }
# refused STATUS COMMAND...: runs a command that must end with that status.
refused() {
    want=$1
    shift
    show "$@"
    status=0
    "$@" || status=$?
    [ "$status" = "$want" ] || { echo "demo: expected exit status $want, got $status" >&2; exit 1; }
    echo "(exit status $status)"
}
# periods CSV: from the first time that pin 13 is high, every time between two of its edges is 500 ms, within 2.
periods() {
    awk -F, '$2 == 13 && (seen || $3 == 1) {
            if (seen) { d = ($1 - last) / 1000; n++; if (d < 498 || d > 502) bad = 1 }
            seen = 1; last = $1 }
        END { if (n < 6 || bad) { print "demo: a blink is not 500 ms long, within 2" > "/dev/stderr"; exit 1 }
              printf "%d half periods, each 500 ms within 2\n", n }' "$1"
}

step "1. Make a key. Whoever holds the private half can sign guests; devices trust the public half."
try "$skep" keys new "$out/demo.pem"

step "2. Compile a C program with clang, translate it, verify it, sign it."
grep -v '^$' "$blink"
try "$skep" build "$blink" -o "$out/blink.cvm1" --key "$out/demo.pem"

step "3. What was built: sizes, worst stack, capabilities, signature."
try "$skep" inspect "$out/blink.cvm1"

step "4. Run it in the sandbox, on the simulated board."
try "$skep" run "$out/blink.cvm1" --key "$out/demo.pub.pem" --pins --pins-csv "$out/sim.csv"
periods "$out/sim.csv"

step "5. The same file on an emulated Cortex-M4: signature checked by the firmware, run in place from flash."
try "$skep" run "$out/blink.cvm1" --board mps2 --key "$out/demo.pub.pem" --pins --pins-csv "$out/mps2.csv"
periods "$out/mps2.csv"

step "6. A hostile artifact: rightly signed, but one branch of its code leaves its function."
try "$forge" "$out/blink.cvm1" "$out/hostile.cvm1" --key "$out/demo.pem"
refused 80 "$skep" run "$out/hostile.cvm1" --key "$out/demo.pub.pem"
step "   And one that somebody changed on its way: a single bit of its code."
cp "$out/blink.cvm1" "$out/changed.cvm1"
printf '\001' | dd of="$out/changed.cvm1" bs=1 seek=600 conv=notrunc 2>/dev/null
refused 65 "$skep" run "$out/changed.cvm1" --key "$out/demo.pub.pem"

step "7. A guest that crashes: reported with file and line, while its neighbour keeps blinking."
try "$skep" build "$crash" -o "$out/crash.cvm1" --key "$out/demo.pem"
refused 81 "$skep" run "$out/crash.cvm1" "$out/blink.cvm1" --key "$out/demo.pub.pem" --pins --pins-csv "$out/both.csv"
periods "$out/both.csv"

step "Done. README.md shows how to write your own; everything made here is in $out."
