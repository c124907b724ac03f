#!/usr/bin/env bash
# Makes docs/screenshots/ anew: trains a few small runs into a workspace of their own, then photographs each page, light and dark.
# Usage: tools/screenshots.sh [BIN]   (BIN: folder of the programs, build/release/bin by default); takes about three minutes.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
bin=${1:-build/release/bin}
out=docs/screenshots
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$out"
export GROUNDWORK_WORKSPACE=$work/groundwork XDG_CONFIG_HOME=$work XDG_RUNTIME_DIR=$work QT_QPA_PLATFORM=offscreen

run() { "$bin/groundwork-cli" run --recipe quick-start "$@" >/dev/null 2>&1; }
run --name "rate 1e-3" --set training.budget=200 --set optimizer.lr=0.001
run --name "characters" --set tokenizer.kind=characters --set training.budget=250
run --name "masked words" --set objective.kind=masked --set training.budget=250
run --name "two layers" --set backbone.layers=2 --set training.budget=300 --stop-at 180
run --name "rate too high" --set optimizer.kind=sgd --set optimizer.lr=9 --set training.clip=0 || true
run --name "quick start"

picture() { "$bin/groundwork" --size 1440x900 --screenshot "$out/$1" "${@:2}" 2>/dev/null; }
for theme in light dark; do
    picture "runs-$theme.png" --theme $theme --page runs
    picture "new-run-$theme.png" --theme $theme --recipe quick-start
    picture "run-$theme.png" --theme $theme --run "quick start"
done
ls -l "$out"
