#!/bin/sh
# Every test: tidy, the firmware with its size checks, the host build, and the unit tests once more under ASan and
# UBSan.
# Ends with one line that counts them all; fails when any failed or when a suite ran nothing.
set -u
cd "$(dirname "$0")/.."
tools/build.sh mps2_an386 || exit 1
tools/build.sh stm32g474 || exit 1
tools/build.sh host || exit 1
tools/build.sh host-sanitize sanitized || exit 1

passed=0
failed=0
suite() { # suite NAME CTEST-ARGUMENTS...
    name=$1
    shift
    echo "== $name"
    ctest "$@" -j2 --output-on-failure 2>&1 | tee "build/$name.ctest"
    counts=$(sed -n 's/^[0-9]*% tests passed, \([0-9]*\) tests failed out of \([0-9]*\)$/\1 \2/p' "build/$name.ctest")
    if [ -z "$counts" ] || [ "${counts#* }" = 0 ]; then
        echo "== $name ran no test"
        failed=$((failed + 1))
        return
    fi
    failed=$((failed + ${counts% *}))
    passed=$((passed + ${counts#* } - ${counts% *}))
}
suite host --test-dir build/host
suite host-sanitize --test-dir build/host-sanitize -L sanitized
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
