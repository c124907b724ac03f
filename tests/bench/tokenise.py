#!/usr/bin/env python3
"""How fast text is prepared by a SentencePiece model, in turns with `spm_encode` on the same text and model.

  tests/bench/tokenise.py MODEL TEXT... [--groundwork build/release/bin/groundwork-cli] [--megabytes 20] [--pairs 5] [--memory 1000]

The texts are repeated until they have so many MB. Preparing is all of it: reading, splitting, encoding, the look for copies, and the
files of the cache; spm_encode reads, encodes and writes ids as text. On all threads as many of it run side by side, each on its share of
the lines. --memory prepares a text of so many MB once more and tells the most memory that the programs held together."""
import argparse
import os
import subprocess
import sys

from bench_tools import PROGRAM, Memory, Workplace, called, need, processor, seconds_of, spread, told


def text_of(paths, megabytes, out):
    """The texts over and over, cut at a line."""
    lines = [line for path in paths for line in open(path, encoding='utf-8', errors='replace')]
    left = megabytes * 1000000
    with open(out, 'w', encoding='utf-8') as file:
        while left > 0:
            for line in lines:
                left -= file.write(line)
                if left <= 0:
                    break
    return os.path.getsize(out) / 1e6


class Duel:
    def __init__(self, o, place, text, megabytes):
        self.o, self.place, self.text, self.megabytes = o, place, text, megabytes

    def ours(self, before):
        found = self.place.figures('--recipe', 'sentencepiece-lm', '--data', self.text, '--set',
                                   'tokenizer.model=' + os.path.abspath(self.o.model), '--part', 'tokenizing', before=before)
        return {name: figure['value']['median'] for name, figure in found.items()}

    def peer(self, shares, before):
        words = [[*before, 'spm_encode', '--model', self.o.model, '--output_format', 'id', '--output', share + '.ids', share]
                 for share in shares]
        return self.megabytes / seconds_of(*words)

    def pairs(self, shares, before):
        out = []
        for number in range(self.o.pairs):
            # Who begins changes from pair to pair, so that a machine that grows slower is nobody's fault.
            ours = self.ours(before) if number % 2 == 0 else None
            peer = self.peer(shares, before)
            ours = ours or self.ours(before)
            out.append((ours, peer))
            told('  pair %d of %d: %.2f against %.2f MB/s' % (number + 1, self.o.pairs, ours['preparing, from nothing'], peer))
        return out


def shares_of(text, count):
    with open(text, 'rb') as file:
        whole = file.read()
    out, at = [], 0
    for number in range(count):
        end = len(whole) if number + 1 == count else whole.find(b'\n', len(whole) * (number + 1) // count) + 1
        out.append('%s.%d' % (text, number))
        with open(out[-1], 'wb') as file:
            file.write(whole[at:end])
        at = end
    return out


def memory(o, place):
    text = place.path('large.txt')
    megabytes = text_of(o.texts, o.memory, text)
    words = place.words('bench', '--recipe', 'sentencepiece-lm', '--data', text, '--set',
                        'tokenizer.model=' + os.path.abspath(o.model), '--part', 'tokenizing', '--json')
    child = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    watch = Memory(child.pid)
    code = child.wait()
    os.remove(text)
    if code:
        sys.exit('preparing %.0f MB ended with %d' % (megabytes, code))
    print('Peak memory while %.0f MB are prepared: %.0f MB' % (megabytes, watch.most))


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument('model')
    p.add_argument('texts', nargs='+')
    p.add_argument('--groundwork', default=PROGRAM)
    for name, usual in dict(megabytes=20, pairs=5, memory=0).items():
        p.add_argument('--' + name, type=int, default=usual)
    o = p.parse_args()
    need('spm_encode', 'taskset')
    print('Processor: %s. Peer: %s' % (processor(), called(['spm_encode', '--version']).strip()))
    with Workplace(o.groundwork) as place:
        text = place.path('text.txt')
        duel = Duel(o, place, text, text_of(o.texts, o.megabytes, text))
        one, cores = [], sorted(os.sched_getaffinity(0))
        for name, shares, before in (('one thread', [text], ['taskset', '-c', str(cores[-1])]),
                                     ('all %d threads' % len(cores), shares_of(text, len(cores)), [])):
            told(name)
            pairs = duel.pairs(shares, before)
            one = one or [ours['encoding, one thread'] for ours, _ in pairs]
            print('%s: preparing %s MB/s, spm_encode %s MB/s, ratio %s; a second time, from the cache: %s s' %
                  (name, spread((ours['preparing, from nothing'] for ours, _ in pairs), '%.2f'), spread((peer for _, peer in pairs), '%.2f'),
                   spread((ours['preparing, from nothing'] / peer for ours, peer in pairs), '%.2f'),
                   spread((ours['preparing, from the cache'] for ours, _ in pairs), '%.3f')))
        print('Encoding alone, one thread: %s MB/s' % spread(one, '%.2f'))
        if o.memory:
            memory(o, place)


if __name__ == '__main__':
    main()
