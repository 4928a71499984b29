#!/bin/sh
# csmith.sh COUNT SEED: random programs, on all engines, against gcc -m32. The campaign's size is 1000 and more; the
# quick tests run a few dozen. SKEP_BUILD names the host build, build/host by default.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
build=${SKEP_BUILD:-$root/build/host}
exec python3 "$root/test/guest/guest_test.py" csmith --run "$build/test/guest_run" --kit "$root/build/guest/libskep.a" \
    --count "${1:-1000}" ${2:+--seed "$2"}
