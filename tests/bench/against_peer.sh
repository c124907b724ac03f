#!/usr/bin/env bash
# Wall time of the shakespeare-cpu recipe against another program that trains the same shape, the two taking turns on a quiet machine.
# Usage: tests/bench/against_peer.sh TEXT ROUNDS PEER [ARGUMENT...], for example
#   tests/bench/against_peer.sh input.txt 2 python3 peer.py --vocab 65 --steps 2000
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
text=$1 rounds=$2
shift 2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
seconds() {
    local begin end
    begin=$(date +%s.%N)
    "$@" >>"$work/log" 2>&1
    end=$(date +%s.%N)
    awk "BEGIN { printf \"%.1f\", $end - $begin }"
}
for round in $(seq "$rounds"); do
    ours=$(seconds ${GROUNDWORK_BIN:-build/release/bin}/groundwork-cli --workspace "$work/ws" run --recipe shakespeare-cpu --data "$text" --json)
    peer=$(seconds "$@")
    echo "round $round: groundwork $ours s, peer $peer s, ratio $(awk "BEGIN { printf \"%.2f\", $ours / $peer }")"
done
grep '"validation_loss"' "$work/log" | sed 's/.*"validation_loss":\([0-9.]*\).*/groundwork validation loss \1/'
