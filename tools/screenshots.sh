#!/usr/bin/env bash
# Makes docs/screenshots/ anew: trains a few small runs into a workspace of their own, then photographs each page in both languages, light and dark.
# Usage: tools/screenshots.sh [BIN]   (BIN: folder of the programs, build/release/bin by default); takes about eight minutes.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
bin=${1:-build/release/bin}
out=docs/screenshots
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$out"
export GROUNDWORK_WORKSPACE=$work/groundwork XDG_CONFIG_HOME=$work XDG_RUNTIME_DIR=$work QT_QPA_PLATFORM=offscreen

run() { "$bin/groundwork-cli" run --recipe quick-start "$@" >/dev/null 2>&1; }
for rate in 0.001 0.003; do
    for seed in 1 2 3; do
        run --name "rate $rate seed $seed" --set training.budget=300 --set evaluation.every=30 --set optimizer.lr=$rate --set training.seed=$seed
    done
done
run --name "masked words" --set objective.kind=masked --set training.budget=250
run --name "two layers" --set backbone.layers=2 --set training.budget=300 --stop-at 180
run --name "rate too high" --set optimizer.kind=sgd --set optimizer.lr=9 --set training.clip=0 || true
run --name "quick start" --set monitoring.histograms_every=500
"$bin/groundwork-cli" tag "quick start" good >/dev/null

# Four classes of small sentences, for what begins from a checkpoint.
awk 'BEGIN { srand(7); split("cat dog bird fish", pet); split("tree lake hill road", place); split("ran sat slept played", deed);
    for (i = 0; i < 600; i++) { k = int(rand() * 4) + 1; p = rand() < 0.85 ? k : int(rand() * 4) + 1;
        printf "The little %s %s near the %s.\t%s\n", pet[int(rand() * 4) + 1], deed[int(rand() * 4) + 1], place[p], place[k] } }' > "$work/places.tsv"
"$bin/groundwork-cli" finetune "quick start" --data "$work/places.tsv" --set split.test=0.15 --set evaluation.every=20 --name "places" >/dev/null 2>&1
"$bin/groundwork-cli" sequence "quick start" --data "$work/places.tsv" --classes-per-task 2 --seeds 2 --with epochs=3 --name "places in two tasks" >/dev/null 2>&1
"$bin/groundwork-cli" pilot "quick start" --data "$work/places.tsv" --ways scratch,head,full,lora --label-counts 20,80,all --seeds 2 --name places >/dev/null
"$bin/groundwork-cli" queue run >/dev/null 2>&1
"$bin/groundwork-cli" queue add --recipe quick-start --name next --set optimizer.lr=1e-4,3e-4,1e-3 >/dev/null

picture() { "$bin/groundwork" --size 1440x900 --screenshot "$out/$1" "${@:2}" 2>/dev/null; }
for language in en ja; do
    for theme in light dark; do
        for page in runs new-run run compare models pilot sequence judgement queue; do
            case $page in
                runs) what=(--page runs) ;;
                new-run) what=(--recipe quick-start) ;;
                run) what=(--run "quick start") ;;
                compare) what=(--compare "name:seed" --tab 2) ;;
                models) what=(--page models) ;;
                pilot) what=(--page models --tab 2) ;;
                sequence) what=(--page models --tab 3) ;;
                judgement) what=(--run places --tab 3) ;;
                queue) what=(--page queue) ;;
            esac
            picture "$page-$language-$theme.png" --language $language --theme $theme "${what[@]}"
        done
    done
done
ls -l "$out"
