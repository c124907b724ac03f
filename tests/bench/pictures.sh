#!/usr/bin/env bash
# Pictures a second of the recipes fashion-cnn and mnist-vit (without augmentation) against the same networks in PyTorch, taking
# turns on a quiet machine, 400 steps each; the peer runs with one thread and with all, and its better figure counts.
# Usage: GROUNDWORK_BIN=build/release/bin tests/bench/pictures.sh IDX_FOLDER [ROUNDS] [PRECISION]
# Needs python3-torch.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
data=$1 rounds=${2:-3} precision=${3:-fp32}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
gw=("${GROUNDWORK_BIN:-build/release/bin}/groundwork-cli" --workspace "$work/ws")
python=${PYTHON:-/usr/bin/python3}
ours() { # RECIPE THREADS -> median pictures/s behind the first 20 steps
    "${gw[@]}" run --recipe "$1" --data "$data" --name "$1-$2-$RANDOM" --set augmentation.kind=none --set training.micro_batch=64 \
        --set training.threads="$2" --set training.precision="$precision" --set training.budget=400 --set training.budget_unit=steps \
        --set evaluation.every=0 --set saving.every=0 --set monitoring.layers_every=0 --set monitoring.histograms_every=0 --json >"$work/out" 2>>"$work/log"
    "${gw[@]}" metrics "$("$python" -c 'import json,sys; print(json.loads(sys.stdin.read().splitlines()[-1])["run"])' <"$work/out")" --csv |
        "$python" -c 'import csv,statistics,sys; print(statistics.median(float(r["value"]) for r in csv.DictReader(sys.stdin) if r["metric"] == "train/tokens_per_second" and int(r["step"]) > 20))'
}
peer() { "$python" tests/bench/pictures_peer.py "$1" --steps 400 --threads "$2" --precision "$precision" | "$python" -c 'import json,sys; print(json.load(sys.stdin)["pictures_per_second"])'; }
grep -m1 'model name' /proc/cpuinfo
for net in cnn vit; do
    recipe=$([ $net = cnn ] && echo fashion-cnn || echo mnist-vit)
    for round in $(seq "$rounds"); do
        line="$recipe round $round:"
        for threads in 1 "$(nproc)"; do line+=" $threads threads: groundwork $(ours "$recipe" "$threads"), peer $(peer $net "$threads");"; done
        echo "$line pictures/s"
    done
done
