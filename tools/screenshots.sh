#!/usr/bin/env bash
# Makes docs/screenshots/ anew: trains a few small runs into a workspace of their own, then photographs each page in both languages, light and dark.
# Usage: tools/screenshots.sh [BIN]   (BIN: folder of the programs, build/release/bin by default); takes some minutes.
#        tools/screenshots.sh --check   draws nothing; fails where a text names a picture that is not drawn here, or one lies there that nothing draws
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
out=docs/screenshots
# The pictures, each with what the window is asked for. Tabs go by their place, from 1.
pages=(
    "runs|--page runs"
    "new-run|--recipe quick-start"
    "run|--run quick start"
    "compare|--compare name:rate name:seed|--tab 2"
    "models|--page models"
    "pilot|--page models|--tab 2"
    "sequence|--page models|--tab 3"
    "lineage|--page models|--tab 4"
    "weights|--page models|--tab 5"
    "judgement|--run places|--tab 3"
    "try|--run quick start|--tab 4"
    "pictures|--run shapes|--tab 3"
    "new-pictures|--recipe shapes-cnn"
    "samples|--run drawing|--tab 1"
    "queue|--page queue"
    "settings|--page settings"
)
languages=(en ja)
themes=(light dark)

if [ "${1:-}" = --check ]; then
    drawn=$(for page in "${pages[@]}"; do for language in "${languages[@]}"; do for theme in "${themes[@]}"; do
        echo "${page%%|*}-$language-$theme.png"; done; done; done)
    known() { grep -qxF "$1" <<<"$drawn"; }
    failed=0
    while read -r picture; do
        known "$picture" || { echo "named but not drawn: $picture" >&2; failed=1; }
    done < <(grep -ohE 'screenshots/[A-Za-z0-9._-]+\.png' README.md docs/*.md | sed 's|.*/||' | sort -u)
    for picture in "$out"/*.png; do
        known "${picture##*/}" || { echo "nothing draws $picture" >&2; failed=1; }
    done
    exit $failed
fi

bin=${1:-build/release/bin}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$out"
export GROUNDWORK_WORKSPACE=$work/groundwork XDG_CONFIG_HOME=$work XDG_RUNTIME_DIR=$work QT_QPA_PLATFORM=offscreen

# What a program says is shown only when it fails.
quietly() { "$@" >"$work/said" 2>&1 || { echo "failed: $*" >&2; tail -n 20 "$work/said" >&2; return 1; }; }
cli() { quietly "$bin/groundwork-cli" "$@"; }
# Enough steps for curves that fall and differ, on a share of the recipe's stories.
run() { cli run --recipe quick-start --set dataset.stories=20000 --set evaluation.overlap=0 --set schedule.warmup=30 "$@"; }
for rate in 0.001 0.003; do
    for seed in 1 2 3; do
        run --name "rate $rate seed $seed" --set training.budget=150 --set evaluation.every=15 --set optimizer.lr=$rate --set training.seed=$seed
    done
done
run --name "masked words" --set objective.kind=masked --set training.budget=150 --set evaluation.every=15
run --name "two layers" --set backbone.layers=2 --set training.budget=150 --set evaluation.every=15 --stop-at 90
run --name "rate too high" --set optimizer.kind=sgd --set optimizer.lr=9 --set training.clip=0 2>/dev/null || true  # it fails, to be shown
run --name "quick start" --set training.budget=400 --set evaluation.every=25 --set saving.every=100 --set sampling.every=100 --set monitoring.histograms_every=100
cli tag "quick start" good
cli run --recipe shapes-cnn --name "shapes" --set training.budget=3
cli run --recipe shapes-vae --name "drawing" --set training.budget=6

# Four classes of small sentences, for what begins from a checkpoint: the second column is the class, the third something to cut them by.
awk 'BEGIN { srand(7); split("cat dog bird fish", pet); split("tree lake hill road", place); split("ran sat slept played", deed);
    split("little brave happy sleepy kind clever tiny old", kind); split("morning evening day night summer winter", time);
    for (i = 0; i < 600; i++) { k = int(rand() * 4) + 1; p = rand() < 0.9 ? k : int(rand() * 4) + 1; t = time[int(rand() * 6) + 1];
        printf "One %s the %s %s %s near the %s.\t%s\t%s\n", t, kind[int(rand() * 8) + 1], pet[int(rand() * 4) + 1], deed[int(rand() * 4) + 1], place[p], place[k], t } }' > "$work/places.tsv"
labelled=(--data "$work/places.tsv" --set dataset.label=2)
cli finetune "quick start" "${labelled[@]}" --set split.test=0.15 --set evaluation.every=20 --set training.budget=5 --name "places"
cli finetune places "${labelled[@]}" --train head --set split.test=0.15 --set training.budget=3 --name "places, head alone"
cli finetune "quick start" "${labelled[@]}" --train lora --set split.test=0.15 --set training.budget=3 --name "places by LoRA"
cli sequence "quick start" "${labelled[@]}" --classes-per-task 2 --seeds 2 --with epochs=2 --name "places in two tasks"
cli pilot "quick start" "${labelled[@]}" --ways scratch,head,full,lora --label-counts 25,100,200 --seeds 2 --name places
cli queue run
cli queue add --recipe quick-start --name next --set optimizer.lr=1e-4,3e-4,1e-3

picture() { quietly "$bin/groundwork" --size 1440x900 --screenshot "$out/$1" "${@:2}"; }
for page in "${pages[@]}"; do
    IFS='|' read -ra words <<<"$page"
    what=()
    for word in "${words[@]:1}"; do what+=("${word%% *}" "${word#* }"); done
    for language in "${languages[@]}"; do
        for theme in "${themes[@]}"; do
            picture "${words[0]}-$language-$theme.png" --language "$language" --theme "$theme" "${what[@]}"
        done
    done
done
ls -l "$out"
