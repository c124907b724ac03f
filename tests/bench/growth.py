#!/usr/bin/env python3
"""How time and memory grow: a table with the exponent of each, by the slope of a straight line through the logarithms.

  tests/bench/growth.py [--groundwork build/release/bin/groundwork-cli] [--only parameters,context,...] [--rounds 3] [--long]

An exponent of 1 is growth in proportion; one far above it has a cause that is to be found. A row is measured with everything else as
it is; --long takes each half as far again. Markdown on standard output, what goes on on standard error."""
import argparse
import json
import math
import os
import shlex
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
BASE = dict(layers=4, width=128, heads=4, context=64, batch=8, vocabulary=256)


def told(text):
    print(text, file=sys.stderr, flush=True)


class Machine:
    def __init__(self, o):
        self.o, self.folder = o, tempfile.mkdtemp(prefix='groundwork-growth-')
        self.processor = ''

    def call(self, *words):
        """Standard output of a call, the seconds it took, and the most MiB it held."""
        words = [self.o.groundwork, '--workspace', os.path.join(self.folder, 'ws'), *[str(word) for word in words]]
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            begun = time.perf_counter()
            child = subprocess.Popen(words, stdout=out, stderr=err)
            _, status, usage = os.wait4(child.pid, 0)
            seconds = time.perf_counter() - begun
            child.returncode = os.waitstatus_to_exitcode(status)
            out.seek(0)
            err.seek(0)
            if child.returncode:
                sys.exit('%s\nended with %d: %s' % (shlex.join(words), child.returncode, err.read().decode()[-2000:]))
            return out.read().decode(), seconds, usage.ru_maxrss / 1024

    def bench(self, **changes):
        shape = [word for key, value in {**BASE, **changes}.items() for word in ('--' + key, value)]
        out, _, memory = self.call('bench', *shape, '--steps', 12, '--warmup', 2, '--seconds', 20, '--no-products', '--json')
        found = json.loads(out.splitlines()[-1])
        self.processor = '%s; %s; %s' % (found['processor'], found['instructions'], found['precision'])
        return found, memory

    def seconds(self, *words):
        """The median time of a call, without what the program takes to do nothing."""
        nothing = statistics.median(self.call('--version')[1] for _ in range(self.o.rounds))
        taken = [self.call(*words) for _ in range(self.o.rounds)]
        return max(1e-3, statistics.median(one[1] for one in taken) - nothing), max(one[2] for one in taken)


def of_steps(machine, key, values, also=lambda value: {}):
    """By a setting of the shape: its own value is what grows, or the parameters where the width does."""
    for value in values:
        found, memory = machine.bench(**{key: value, **also(value)})
        grown = found['parameters'] if key == 'width' else value
        yield grown, found['ms_per_step'] / 1e3, memory


def of_parameters(machine, far):
    # Of layers of one shape, so that nothing but their number changes how a product runs.
    for layers in (4, 8, 16, 32, *((64,) if far else ())):
        found, memory = machine.bench(layers=layers)
        yield found['parameters'], found['ms_per_step'] / 1e3, memory


def of_width(machine, far):
    return of_steps(machine, 'width', (64, 128, 256, 512, *((1024,) if far else ())))


def of_context(machine, far):
    return of_steps(machine, 'context', (64, 128, 256, 512, 1024, *((2048,) if far else ())), lambda value: {'batch': 2})


def of_batch(machine, far):
    return of_steps(machine, 'batch', (4, 8, 16, 32, 64, *((128,) if far else ())))


def of_vocabulary(machine, far):
    return of_steps(machine, 'vocabulary', (1000, 4000, 16000, *((64000,) if far else ())))


def text_of(machine, megabytes):
    path = os.path.join(machine.folder, 'text-%d.txt' % megabytes)
    if not os.path.exists(path):
        with open(path, 'w') as out:
            line = 0
            while out.tell() < megabytes * 1000000:
                # Every line is another one: copies would be found, and reported.
                out.write(''.join('word %d of line %d went over hill %d to town %d.\n' % (i, line, (line * 7 + i) % 991, line % 97)
                                  for i in range(100)))
                line += 1
    return path


def of_tokens(machine, far):
    """Preparing a text, from nothing."""
    for megabytes in (1, 4, 16, *((64,) if far else ())):
        path, taken, most = text_of(machine, megabytes), [], 0
        for _ in range(machine.o.rounds):
            shutil.rmtree(os.path.join(machine.folder, 'ws', 'cache'), ignore_errors=True)
            out, _, memory = machine.call('bench', '--recipe', 'shakespeare-cpu', '--data', path, '--part', 'tokenizing', '--json')
            figures = {one['name']: one['value']['median'] for one in json.loads(out.splitlines()[-1])['figures']}
            taken.append(megabytes / figures['preparing, from nothing'])
            most = max(most, memory)
        yield megabytes * 1e6, statistics.median(taken), most


def of_points(machine, far):
    """Writing rows of figures into the history."""
    for points in (20000, 80000, 320000, *((1280000,) if far else ())):
        out, _, memory = machine.call('bench', '--part', 'store', '--points', points, '--json')
        figures = {one['name']: one['value']['median'] for one in json.loads(out.splitlines()[-1])['figures']}
        yield points, points / figures['points taken'], memory


def of_runs(machine, far):
    """Listing a history of runs that wait."""
    made = 0
    for runs in (100, 400, 1600, *((6400,) if far else ())):
        # Seeds name the runs; a call takes as many as a command line holds without trouble.
        while made < runs:
            more = min(200, runs - made)
            machine.call('queue', 'add', '--recipe', 'quick-start', '--set',
                         'training.seed=' + ','.join(str(seed) for seed in range(made + 1, made + more + 1)))
            made += more
        yield (runs, *machine.seconds('runs', '--json'))


KINDS = {'parameters': (of_parameters, 'a step, by parameters in layers'), 'width': (of_width, 'a step, by parameters in width'),
         'context': (of_context, 'a step, by context'), 'batch': (of_batch, 'a step, by rows'),
         'vocabulary': (of_vocabulary, 'a step, by vocabulary'), 'tokens': (of_tokens, 'preparing text, by bytes'),
         'points': (of_points, 'writing the history, by points'), 'runs': (of_runs, 'listing the history, by runs')}


def exponent(xs, ys):
    """The slope of the straight line through the logarithms."""
    xs, ys = [math.log(x) for x in xs], [math.log(y) for y in ys]
    mx, my = statistics.mean(xs), statistics.mean(ys)
    return sum((x - mx) * (y - my) for x, y in zip(xs, ys)) / sum((x - mx) ** 2 for x in xs)


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument('--groundwork', default=os.environ.get('GW', os.path.join(HERE, '../../build/release/bin/groundwork-cli')))
    p.add_argument('--only', default=','.join(KINDS))
    p.add_argument('--rounds', type=int, default=3)
    p.add_argument('--long', action='store_true')
    o = p.parse_args()
    chosen = o.only.split(',')
    if unknown := [one for one in chosen if one not in KINDS]:
        p.error('nothing is called "%s"; there are %s' % (unknown[0], ', '.join(KINDS)))
    machine, rows = Machine(o), []
    try:
        # What a program that trains next to nothing holds: growth is what comes on top of it.
        base = machine.bench(layers=1, width=16, heads=2, context=16, batch=1, vocabulary=64)[1]
        empty = machine.call('--version')[2]
        for one in chosen:
            measure, title = KINDS[one]
            points = []
            for grown, seconds, memory in measure(machine, o.long):
                points.append((grown, seconds, max(0.1, memory - (empty if one in ('tokens', 'points', 'runs') else base))))
                told('%s: %.4g: %.4g s, %.0f MiB' % (title, grown, seconds, memory))
            xs, times, memories = zip(*points)
            # The last three: where a fixed cost no longer hides how it grows.
            rows.append([title, '%.3g to %.3g' % (xs[0], xs[-1]), '%.3g to %.3g' % (times[0], times[-1]),
                         '**%.2f**' % exponent(xs, times), '%.2f' % exponent(xs[-3:], times[-3:]),
                         '%.0f to %.0f' % (memories[0], memories[-1]), '**%.2f**' % exponent(xs, memories)])
    finally:
        shutil.rmtree(machine.folder, ignore_errors=True)
    print('Processor: %s.' % machine.processor)
    print('Command: `%s`\n' % shlex.join(['tests/bench/growth.py'] + sys.argv[1:]))
    titles = ['what', 'from, to', 'seconds', 'exponent', 'of the last three', 'MiB above the program', 'exponent']
    for cells in [titles, ['---'] * len(titles)] + rows:
        print('| ' + ' | '.join(cells) + ' |')


if __name__ == '__main__':
    main()
