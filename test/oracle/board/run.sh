#!/bin/sh
# The vectors, each row on many operands, and random programs on the Cortex-M4's own interpreter against the oracle, on
# the emulated board: test/oracle/board/run.sh FOLDER [PROGRAMS [SEED]]. Builds into FOLDER.
set -eu
cd "$(dirname "$0")/../../.."
out=$1
mkdir -p "$out"
flags="-std=gnu11 -O2 -mcpu=cortex-m4 -mthumb -mfloat-abi=hard -mfpu=fpv4-sp-d16 -fno-math-errno -ffp-contract=off
    -I. -DPRIu64=\"llu\""
sources="core/vm/vm.c core/vm/verify.c core/vm/isa_table.c core/vm/isa_names.c core/vm/rare.c core/vm/float.c
    core/vm/checked.c core/vm/interpret_cortex_m4.c core/vm/interpret_cortex_m4.S core/base/bytes.c
    test/assembler/assembler.c test/oracle/oracle.c test/oracle/integer.c test/oracle/float.c test/oracle/machine.c
    test/oracle/differential.c test/oracle/random_program.c test/oracle/board/board.c"
programs=${2:-400}
seed=${3:-1}
status=0
# SOURCE ARGUMENT..
run() {
    image=$out/$(basename "$1" .c).elf
    # shellcheck disable=SC2086
    arm-none-eabi-gcc $flags --specs=rdimon.specs -nostartfiles -T test/oracle/board/board.ld "$1" $sources \
        "$(arm-none-eabi-gcc $flags -print-file-name=rdimon-crt0.o)" -o "$image"
    shift
    arguments=
    for argument in test "$@"; do arguments=$arguments,arg=$argument; done
    qemu-system-arm -M mps2-an386 -display none -monitor none -serial null \
        -semihosting-config "enable=on,target=native$arguments" -kernel "$image" </dev/null || status=1
}
run test/vectors/vector_test.c
run test/oracle/rows_test.c $((programs / 2)) "$seed"
run test/oracle/differential_test.c "$programs" "$seed"
exit "$status"
