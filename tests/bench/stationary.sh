#!/bin/bash
# 200 runs whose losses have nothing to diverge from: numbers that the texts say nothing of, prices with a heavy tail, classes of which every
# eighth is wrong, and stories; micro-batches of 1 to 16; every second run is stopped half-way and resumed. Prints how many were ended and how
# many were warned of. Use: GW=path/to/groundwork-cli tests/bench/stationary.sh [runs]; a fifth of an hour on two cores.
set -u
GW=${GW:-build/ci/bin/groundwork-cli}; RUNS=${1:-200}; export OMP_NUM_THREADS=1
W=$(mktemp -d); trap 'rm -rf "$W"' EXIT
python3 - "$W" <<'PY'
import math, random, sys
W, R = sys.argv[1], random.Random(7)
def table(name, label):
    with open(f'{W}/{name}.csv', 'w') as out:
        print('text,label', file=out)
        for i in range(240): print(f'soup {i} {R.choice(["cold", "warm", "fresh", "stale"])},{label(i)}', file=out)
table('numbers', lambda i: f'{R.gauss(3, 1):.3f}')
table('prices', lambda i: f'{math.exp(R.gauss(3, 1)):.2f}')
with open(f'{W}/classes.csv', 'w') as out:
    print('text,label', file=out)
    for i in range(240):
        one = i % 2; print(f'soup {i} {"warm" if one else "cold"},{"pos" if one != (R.random() < .125) else "neg"}', file=out)
PY
echo '{}' > "$W/spec.json"
SMALL="--set backbone.layers=1 --set backbone.width=32 --set backbone.heads=2 --set backbone.context=32 --set tokenizer.kind=bytes --set training.threads=1
  --set training.precision=fp32 --set training.budget=150 --set training.budget_unit=steps --set evaluation.every=0 --set sampling.every=0 --set sampling.tokens=2 --set saving.every=0 --set optimizer.lr=3e-4"
LABELS="--set dataset.kind=labelled_text --set split.kind=by_document --set split.validation=0.2 --set split.test=0"
ended=0; warned=0; made=0
for ((i = 0; i < RUNS; ++i)); do
  batches=(1 2 4 8 16); rows=${batches[$((i / 4 % 5))]}
  case $((i % 4)) in
    0) kind="$LABELS --set dataset.paths=$W/numbers.csv --set dataset.labels=number --set objective.kind=regression";;
    1) kind="$LABELS --set dataset.paths=$W/prices.csv --set dataset.labels=number --set objective.kind=regression";;
    2) kind="$LABELS --set dataset.paths=$W/classes.csv --set dataset.labels=class --set objective.kind=classification";;
    3) kind="--set dataset.kind=storybook --set dataset.stories=200";;
  esac
  ask="run $W/spec.json --workspace $W/ws $SMALL $kind --set training.micro_batch=$rows --set training.seed=$i --name s-$i"
  if [ $((i / 20 % 2)) = 1 ]; then
    $GW $ask --stop-at 70 > "$W/out" 2>&1; $GW resume s-$i --workspace "$W/ws" >> "$W/out" 2>&1
  else
    $GW $ask > "$W/out" 2>&1
  fi
  code=$?; made=$((made + 1))
  if [ $code != 0 ]; then ended=$((ended + 1)); echo "s-$i (micro-batch $rows): $(tail -2 "$W/out" | head -1)"; fi
  if grep -q "runs away" "$W"/ws/runs/*/log.txt 2>/dev/null; then
    warned=$((warned + 1)); echo "s-$i (micro-batch $rows) was warned of"
  fi
  rm -rf "$W"/ws/runs/*/checkpoints "$W"/ws/runs/*/log.txt
done
echo "$made runs: $ended ended, $warned warned of"
