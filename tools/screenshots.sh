#!/usr/bin/env bash
# Makes docs/screenshots/ anew: trains a few small runs into a workspace of their own, then photographs each page in both languages, light and dark.
# Usage: tools/screenshots.sh [BIN]   (BIN: folder of the programs, build/release/bin by default); takes about ten minutes.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
bin=${1:-build/release/bin}
out=docs/screenshots
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$out"
export GROUNDWORK_WORKSPACE=$work/groundwork XDG_CONFIG_HOME=$work XDG_RUNTIME_DIR=$work QT_QPA_PLATFORM=offscreen

# What a program says is shown only when it fails.
quietly() { "$@" >"$work/said" 2>&1 || { echo "failed: $*" >&2; tail -n 20 "$work/said" >&2; return 1; }; }
cli() { quietly "$bin/groundwork-cli" "$@"; }
run() { cli run --recipe quick-start "$@"; }
for rate in 0.001 0.003; do
    for seed in 1 2 3; do
        run --name "rate $rate seed $seed" --set training.budget=300 --set evaluation.every=30 --set optimizer.lr=$rate --set training.seed=$seed
    done
done
run --name "masked words" --set objective.kind=masked --set training.budget=250
run --name "two layers" --set backbone.layers=2 --set training.budget=300 --stop-at 180
run --name "rate too high" --set optimizer.kind=sgd --set optimizer.lr=9 --set training.clip=0 2>/dev/null || true  # it fails, to be shown
run --name "quick start" --set monitoring.histograms_every=500
cli tag "quick start" good
cli run --recipe shapes-cnn --name "shapes" --set training.budget=3

# Four classes of small sentences, for what begins from a checkpoint.
awk 'BEGIN { srand(7); split("cat dog bird fish", pet); split("tree lake hill road", place); split("ran sat slept played", deed);
    split("little brave happy sleepy kind clever tiny old", kind); split("morning evening day night summer winter", time);
    for (i = 0; i < 600; i++) { k = int(rand() * 4) + 1; p = rand() < 0.9 ? k : int(rand() * 4) + 1; t = time[int(rand() * 6) + 1];
        printf "One %s the %s %s %s near the %s.\t%s\t%s\n", t, kind[int(rand() * 8) + 1], pet[int(rand() * 4) + 1], deed[int(rand() * 4) + 1], place[p], place[k], t } }' > "$work/places.tsv"
cli finetune "quick start" --data "$work/places.tsv" --set split.test=0.15 --set evaluation.every=20 --set training.budget=10 --name "places"
cli finetune places --data "$work/places.tsv" --train head --set split.test=0.15 --name "places, head alone"
cli finetune "quick start" --data "$work/places.tsv" --train lora --set split.test=0.15 --name "places by LoRA"
cli sequence "quick start" --data "$work/places.tsv" --classes-per-task 2 --seeds 2 --with epochs=3 --name "places in two tasks"
cli pilot "quick start" --data "$work/places.tsv" --ways scratch,head,full,lora --label-counts 50,200,all --seeds 2 --name places
cli queue run
cli queue add --recipe quick-start --name next --set optimizer.lr=1e-4,3e-4,1e-3

picture() { quietly "$bin/groundwork" --size 1440x900 --screenshot "$out/$1" "${@:2}"; }
for language in en ja; do
    for theme in light dark; do
        for page in runs new-run run compare models pilot sequence lineage judgement pictures new-pictures queue; do
            case $page in
                runs) what=(--page runs) ;;
                new-run) what=(--recipe quick-start) ;;
                run) what=(--run "quick start") ;;
                compare) what=(--compare "name:seed" --tab 2) ;;
                models) what=(--page models) ;;
                pilot) what=(--page models --tab 2) ;;
                sequence) what=(--page models --tab 3) ;;
                lineage) what=(--page models --tab 4) ;;
                judgement) what=(--run places --tab 3) ;;
                pictures) what=(--run shapes --tab 3) ;;
                new-pictures) what=(--recipe shapes-cnn) ;;
                queue) what=(--page queue) ;;
            esac
            picture "$page-$language-$theme.png" --language $language --theme $theme "${what[@]}"
        done
    done
done
ls -l "$out"
