#!/bin/sh
# Speed, size and RAM as ratios to native code measured in the same run. Prints a table, writes build/bench.json.
set -eu
cd "$(dirname "$0")/.."
exec python3 test/bench/run.py "$@"
