#!/bin/sh
# The long sizes of what `make test` runs quickly. Seeds are printed; a seed as first argument runs that one again.
#   campaign.sh [SEED]
set -eu
cd "$(dirname "$0")/.."
seed=${1:-$(date +%s)}
echo "campaign: seed $seed"
test/campaign.sh "$seed"
python3 test/guest/guest_test.py features --full --run build/host/test/guest_run --kit build/guest/libskep.a
test/guest/csmith.sh "${CSMITH_PROGRAMS:-1000}" "$seed"
