#!/bin/sh
# run_image.sh IMAGE.elf [QEMU option..]: runs a test image on the emulated board, over a blank flash; ends with the
# status that the image ends with.
set -eu
image=$1
shift
flash=$(mktemp)
trap 'rm -f "$flash"' EXIT
head -c 16777216 /dev/zero | tr '\0' '\377' >"$flash"
status=0
qemu-system-arm -M mps2-an386,memory-backend=flash \
    -object "memory-backend-file,id=flash,size=16M,mem-path=$flash,share=on" \
    -display none -monitor none -serial null -serial null \
    -semihosting-config enable=on,target=native -kernel "$image" "$@" </dev/null ||
    status=$?
exit "$status"
