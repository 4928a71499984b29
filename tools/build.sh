#!/bin/sh
# build.sh PRESET [TARGET...]: configures once, then builds quietly; on failure shows what the compiler said.
set -eu
cd "$(dirname "$0")/.."
preset=$1
shift
mkdir -p build
log=build/$preset.log
if [ ! -f "build/$preset/build.ninja" ]; then
    cmake --preset "$preset" >"$log" 2>&1 || { cat "$log" >&2; exit 1; }
fi
ninja -C "build/$preset" --quiet "$@" >"$log" 2>&1 || { cat "$log" >&2; exit 1; }
grep -E '^(size|stack):' "$log" || true
