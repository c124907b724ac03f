#!/usr/bin/env python3
"""For how long training stands still for its checkpoints: a GPT of about 10 million weights that is saved every 50 steps, by what the run
itself tells at its end.

  tests/bench/stall.py [--groundwork build/release/bin/groundwork-cli] [--steps 200] [--every 50] [--rounds 3] [--width 320] [--layers 8]

The share is that of a save's standstill in the median time from one save to the next, its own included."""
import argparse
import json
import os
import re
import sqlite3
import statistics
import sys

from bench_tools import PROGRAM, Workplace, processor, spread, told

COST = re.compile(r'Checkpoints written: ([\d,]+), in (\S+) ms; training stood still for (\S+) ms')


def number(text):
    return float(text.replace(',', ''))


def spec_of(o):
    return {'dataset.stories': 3000, 'tokenizer.kind': 'bytes', 'backbone.layers': o.layers, 'backbone.width': o.width,
            'backbone.heads': 8, 'backbone.context': 64, 'training.budget': o.steps, 'training.micro_batch': o.micro_batch,
            'schedule.warmup': 2, 'saving.every': o.every, 'saving.keep_best': 'false', 'evaluation.every': 0, 'evaluation.tokens': 500,
            'evaluation.whole_at_end': 'false', 'evaluation.overlap': 0, 'sampling.every': 0, 'sampling.tokens': 1}


def measured(place, o, number_of_round):
    """Weights, saves, milliseconds that a save writes and stands still for, and those from one save to the next."""
    settings = [word for key, value in spec_of(o).items() for word in ('--set', '%s=%s' % (key, value))]
    run = place.call('run', '--recipe', 'quick-start', '--name', 'stall %d' % number_of_round, *settings, '--json')['run']
    history = sqlite3.connect(os.path.join(place.workspace, 'groundwork.db'))
    key, facts = history.execute('SELECT key, facts FROM runs WHERE id = ?', (run,)).fetchone()
    texts = [text for text, in history.execute('SELECT text FROM events WHERE run = ?', (key,))]
    at = dict(history.execute("SELECT step, seconds FROM metrics WHERE run = ? AND metric = "
                              "(SELECT key FROM metric_names WHERE name = 'train/loss')", (key,)))
    history.close()
    found = [match for match in map(COST.search, texts) if match]
    if not found:
        sys.exit('The run told of no checkpoints: %s' % texts)
    written, writing, stood = map(number, found[-1].groups())
    between = [1e3 * (at[step + o.every] - at[step]) for step in range(o.every, o.steps, o.every) if step + o.every in at]
    return json.loads(facts)['parameters'], int(written), writing / written, stood / written, statistics.median(between)


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument('--groundwork', default=PROGRAM)
    for name, usual in dict(steps=200, every=50, rounds=3, width=320, layers=8, micro_batch=4).items():
        p.add_argument('--' + name.replace('_', '-'), type=int, default=usual)
    o = p.parse_args()
    if o.steps < 2 * o.every:
        p.error('--steps must be twice --every or more, so that there is a time between saves')
    rounds = []
    with Workplace(o.groundwork) as place:
        for number_of_round in range(o.rounds):
            rounds.append(measured(place, o, number_of_round))
            told('  round %d of %d: stood still %.1f ms a save, %.0f ms from save to save' %
                 (number_of_round + 1, o.rounds, rounds[-1][3], rounds[-1][4]))
    parameters, written = rounds[0][:2]
    print('Processor: %s. Model: %s weights, %d checkpoints a run' % (processor(), format(parameters, ','), written))
    print('Written in %s ms each; training stood still for %s ms each, of %s ms from save to save: **%s %%**' %
          (spread((one[2] for one in rounds), '%.0f'), spread((one[3] for one in rounds)), spread((one[4] for one in rounds), '%.0f'),
           spread((100 * one[3] / one[4] for one in rounds), '%.2f')))


if __name__ == '__main__':
    main()
