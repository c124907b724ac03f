#!/usr/bin/env python3
"""Tokens a second of `groundwork-cli bench` against a plain GPT in PyTorch, which take turns in one run.

  tests/bench/steps.py [--groundwork build/release/bin/groundwork-cli] [--peer steps_peer.py] [--pairs 5] [--shapes small,medium,large]
                       [--busy N] [--precision fp32|bf16] [--threads N]

The peer may be any script that takes the options of steps_peer.py and prints such a line. It is first tried in several settings (as
it comes, with one thread, with OpenMP threads that sleep while they wait, with an allocator that keeps what was freed), and the
fastest is the one that counts. A ratio is that of two neighbours in time; the median of the pairs is told with its range. With --busy
as many pairs more are measured beside N programs that do nothing but compute, and what each side keeps of its idle speed is told.
The table is Markdown, on standard output; what goes on is told on standard error."""
import argparse
import json
import os
import shlex
import shutil
import statistics
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
SHAPES = {  # layers, width, heads, context, batch, vocabulary; steps that are counted, and before them
    'tiny': ((1, 16, 2, 16, 4, 64), 5, 2),
    'small': ((4, 128, 4, 64, 12, 256), 60, 10),
    'medium': ((6, 384, 6, 256, 8, 256), 10, 3),
    'large': ((12, 768, 12, 512, 4, 32000), 3, 1),
}
KEEPING = {'MALLOC_MMAP_THRESHOLD_': '4294967296', 'MALLOC_TRIM_THRESHOLD_': '4294967296'}
PASSIVE = {'OMP_WAIT_POLICY': 'PASSIVE'}
SETTINGS = {'as it comes': (0, {}), 'one thread': (1, {}), 'waiting threads sleep': (0, PASSIVE),
            'allocator keeps': (0, KEEPING), 'threads sleep, allocator keeps': (0, {**PASSIVE, **KEEPING})}


def told(text):
    print(text, file=sys.stderr, flush=True)


def called(words, env=None):
    """The JSON of the last line that a program prints, and the most memory that it held, in MiB."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        child = subprocess.Popen(words, stdout=out, stderr=err, env={**os.environ, **(env or {})})
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        lines = out.read().decode().strip().splitlines()
        if child.returncode or not lines:
            sys.exit('%s\nended with %d: %s' % (shlex.join(words), child.returncode, err.read().decode()[-2000:]))
        return json.loads(lines[-1]), usage.ru_maxrss / 1024


class Busy:
    """Programs that compute without end while it lives."""

    def __init__(self, count):
        self.programs = [subprocess.Popen([sys.executable, '-c', 'while True: pass']) for _ in range(count)]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for program in self.programs:
            program.kill()
            program.wait()


class Duel:
    def __init__(self, options, shape, workspace):
        (self.layers, self.width, self.heads, self.context, self.batch, self.vocab), self.steps, self.warmup = SHAPES[shape]
        self.o, self.workspace = options, workspace

    def shape(self, vocabulary):
        return ['--layers', self.layers, '--width', self.width, '--heads', self.heads, '--context', self.context,
                '--batch', self.batch, vocabulary, self.vocab]

    def words_of_ours(self):
        words = [self.o.groundwork, '--workspace', self.workspace, 'bench', *self.shape('--vocabulary'), '--steps', self.steps,
                 '--warmup', self.warmup, '--precision', self.o.precision, '--json']
        return [str(word) for word in words + (['--threads', self.o.threads] if self.o.threads else [])]

    def words_of_peer(self, threads, steps):
        words = [self.o.python, self.o.peer, *self.shape('--vocab'), '--steps', steps, '--warmup', self.warmup,
                 '--precision', self.o.precision]
        threads = threads or self.o.threads
        return [str(word) for word in words + (['--threads', threads] if threads else [])]

    def peer(self, setting, steps=None):
        threads, env = SETTINGS[setting]
        return called(self.words_of_peer(threads, steps or self.steps), env)

    def best_setting(self):
        speeds = {}
        for setting in SETTINGS:
            speeds[setting] = self.peer(setting, max(2, self.steps // 3))[0]['tokens_per_second']
            told('  peer, %s: %.0f tokens/s' % (setting, speeds[setting]))
        return max(speeds, key=speeds.get)

    def pairs(self, setting):
        out = []
        for number in range(self.o.pairs):
            # Who begins changes from pair to pair, so that a machine that grows slower is nobody's fault.
            ours = called(self.words_of_ours()) if number % 2 == 0 else None
            peer = self.peer(setting)
            ours = ours or called(self.words_of_ours())
            out.append((ours, peer))
            told('  pair %d of %d: %.0f against %.0f tokens/s' % (number + 1, self.o.pairs, ours[0]['units_per_second'],
                                                                  peer[0]['tokens_per_second']))
        return out


def spread(values, form):
    values = list(values)
    text = form % statistics.median(values)
    return text if len(values) < 2 else '%s (%s to %s)' % (text, form % min(values), form % max(values))


def speeds(pairs):
    return [ours[0]['units_per_second'] for ours, _ in pairs], [peer[0]['tokens_per_second'] for _, peer in pairs]


def row(shape, setting, pairs):
    ours, peers = speeds(pairs)
    return [shape, spread(ours, '%.0f'), spread(peers, '%.0f') + ', ' + setting,
            '**%s**' % spread((a / b for a, b in zip(ours, peers)), '%.2f'),
            spread((100 * one['share_of_bound'] for (one, _), _ in pairs), '%.0f') + ' %',
            spread((one['product_flops_per_second'] / 1e9 for (one, _), _ in pairs), '%.0f'),
            '%.0f' % max(memory for (_, memory), _ in pairs), '%.0f' % max(memory for _, (_, memory) in pairs),
            spread((one['others_busy_threads'] for (one, _), _ in pairs), '%.1f')]


def table(titles, rows):
    for cells in [titles, ['---'] * len(titles)] + rows:
        print('| ' + ' | '.join(cells) + ' |')
    print()


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument('--groundwork', default=os.environ.get('GW', os.path.join(HERE, '../../build/release/bin/groundwork-cli')))
    p.add_argument('--peer', default=os.path.join(HERE, 'steps_peer.py'))
    p.add_argument('--python', default='/usr/bin/python3')
    p.add_argument('--shapes', default='small,medium,large')
    p.add_argument('--precision', choices=['fp32', 'bf16'], default='fp32')
    for name, usual in dict(pairs=5, busy=0, threads=0).items():
        p.add_argument('--' + name, type=int, default=usual)
    o = p.parse_args()
    shapes = o.shapes.split(',')
    if unknown := [shape for shape in shapes if shape not in SHAPES]:
        p.error('no shape "%s"; there are %s' % (unknown[0], ', '.join(SHAPES)))
    idle, kept, first = [], [], None
    workspace = tempfile.mkdtemp(prefix='groundwork-steps-')
    try:
        for shape in shapes:
            told(shape)
            duel = Duel(o, shape, workspace)
            setting = duel.best_setting()
            pairs = duel.pairs(setting)
            first = first or pairs[0][0][0]
            idle.append(row(shape, setting, pairs))
            if not o.busy:
                continue
            with Busy(o.busy):
                told('  beside %d busy programs' % o.busy)
                busy = duel.pairs(setting)
            sides = [(statistics.median(b), statistics.median(a), [100 * x / statistics.median(a) for x in b])
                     for a, b in zip(speeds(pairs), speeds(busy))]
            kept.append([shape] + [cell for now, before, shares in sides
                                   for cell in ('%.0f of %.0f' % (now, before), '**%s %%**' % spread(shares, '%.0f'))])
    finally:
        shutil.rmtree(workspace, ignore_errors=True)
    print('Processor: %s, %d cores, %d threads; %s; %s.' % (first['processor'], first['cores'], first['machine_threads'],
                                                            first['instructions'], first['precision']))
    print('Command: `%s`\n' % shlex.join(['tests/bench/steps.py'] + sys.argv[1:]))
    table(['shape', 'Groundwork, tokens/s', 'peer, tokens/s', 'ratio', 'of the bound', 'products, GFLOP/s', 'peak MiB', "peer's peak MiB",
           'threads busy with others'], idle)
    if kept:
        print('Beside %d busy programs:\n' % o.busy)
        table(['shape', 'Groundwork, tokens/s', 'kept', 'peer, tokens/s', 'kept'], kept)


if __name__ == '__main__':
    main()
