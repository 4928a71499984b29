#!/bin/sh
# Speed, size and RAM of bytecode as ratios to native code; what the executive and skepd cost. Prints a table, writes
# build/bench.json.
set -eu
cd "$(dirname "$0")/.."
exec python3 test/bench/run.py "$@"
