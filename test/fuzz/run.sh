#!/bin/sh
# Fuzzes every target under libFuzzer with ASan and UBSan: test/fuzz/run.sh SECONDS_EACH SEED [TARGET ..]
# What was found stays in build/fuzz/found; `build/fuzz/bin/TARGET FILE` repeats it.
set -eu
cd "$(dirname "$0")/../.."
seconds=${1:-60}
seed=${2:-1}
[ $# -ge 2 ] && shift 2 || shift $#
every="artifact_fuzz verify_fuzz run_fuzz elf_fuzz frame_fuzz transfer_fuzz line_fuzz operation_fuzz call_fuzz"
every="$every json_fuzz json_line_fuzz blackbox_fuzz row_fuzz store_fuzz image_fuzz"
targets=${*:-$every}
build=build/fuzz
flags="-O1 -g -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer"
cmake -S . -B $build -G Ninja -DCMAKE_BUILD_TYPE=Debug -DCMAKE_C_COMPILER=clang-19 -DSKEP_FUZZ=ON \
    -DCMAKE_C_FLAGS="$flags" -DSKEP_BIN="$PWD/$build/bin" >/dev/null
ninja -C $build --quiet $(for target in $targets; do echo "$target" "${target}_test"; done)
mkdir -p $build/found
failed=0
for target in $targets; do
    corpus=$build/corpus/$target
    mkdir -p "$corpus"
    $build/test/"${target}_test" --corpus "$corpus" 64
    echo "fuzz: $target for $seconds s, seed $seed"
    log=$build/$target.log
    # leaks are looked for at the end only: elfutils keeps what it has read
    if $build/bin/$target -seed="$seed" -max_total_time="$seconds" -max_len=65536 -timeout=20 -rss_limit_mb=4096 \
        -print_final_stats=1 -artifact_prefix=$build/found/"$target"- "$corpus" >"$log" 2>&1; then
        grep -E 'stat::number_of_executed_units|cov:' "$log" | tail -2
    else
        failed=1
        echo "fuzz: $target failed; its log is $log"
        grep -E 'ERROR|SUMMARY|fuzz:|Test unit' "$log" | head -8
    fi
done
exit $failed
