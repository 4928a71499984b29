#!/bin/sh
# The long runs of what `make test` runs briefly. Every part prints its seed, and repeats it when given it.
#   test/campaign.sh [SEED [SCALE]]
# SCALE multiplies all sizes; 1 is: 50,000 hostile artifacts, 20,000 guests that make lying calls, 1,000,000 tasks
# loaded and killed, 500,000 random programs (5,000 on the emulated Cortex-M4), 100,000 operands for each row, 1,000,000
# power cuts of the store, 200 kills of the emulator, every instruction of the bootloader's way to a verdict skipped, 10
# minutes of fuzzing. What is run is the
# host preset's build (build/host) and, for fuzzing, a sanitized one of its own.
set -u
cd "$(dirname "$0")/.."
seed=${1:-$(date +%s)}
scale=${2:-1}
tests=${SKEP_TESTS:-build/host/test}
failed=0

part() {
    echo "== $*"
    if "$@"; then return; fi
    failed=$((failed + 1))
    echo "== FAILED: $*"
}

echo "campaign: seed $seed, scale $scale"
part "$tests/vector_test"
part "$tests/rows_test" $((100000 * scale)) "$seed"
part "$tests/differential_test" $((500000 * scale)) "$seed"
part test/oracle/board/run.sh build/board-campaign $((5000 * scale)) "$seed"
part "$tests/hostile_test" $((620 * scale)) "$seed"
part "$tests/neighbour_test" $((1000000 * scale)) "$seed"
part "$tests/host_call_test" $((20000 * scale)) "$seed"
for target in artifact verify run elf frame operation json json_line blackbox row store image; do
    part "$tests/${target}_fuzz_test" $((100000 * scale)) "$seed"
done
part "$tests/store_power_test" $((800000 * scale)) "$seed"
part "$tests/slot_power_test" $((200000 * scale)) "$seed"
part python3 test/qemu/store_kill_test.py build/bin/skep build/mps2_an386 $((200 * scale)) "$seed"
part "$tests/boot_power_test" $((600 * scale))
part python3 test/qemu/boot_kill_test.py build/bin/skep build/mps2_an386 $((200 * scale)) "$seed"
# 0: all there are, in both builds and for each bad image.
part python3 test/glitch/glitch_test.py build/bin/skep build/mps2_an386 0 "$seed"
part test/fuzz/run.sh $((120 * scale)) "$((seed % 2000000000 + 1))"
echo "campaign: seed $seed, $failed parts failed"
[ "$failed" -eq 0 ]
