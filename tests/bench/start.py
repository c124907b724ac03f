#!/usr/bin/env python3
"""How long the window takes to appear, how long a launch takes to its first step, and what the open window costs training.

  tests/bench/start.py [--bin build/release/bin] [--rounds 5] [--steps 140]

On a display of its own (Xvfb, xdotool). A round opens the window on the quick start, whose data is in the cache, waits until it is
mapped, launches by Ctrl+Enter, and reads the run's own rows in the history until so many steps are made; then the command line makes as
many without a window. Who begins changes from round to round. Steps 20 to --steps count; the first evaluation comes at step 150."""
import argparse
import os
import shutil
import sqlite3
import subprocess
import sys
import time

from bench_tools import HERE, Workplace, need, processor, spread, told

LONGEST = 180  # seconds that anything is waited for
FIRST = 20  # step from which the speed counts


class Display:
    def __enter__(self):
        read, write = os.pipe()
        self.server = subprocess.Popen(['Xvfb', '-displayfd', str(write), '-screen', '0', '1600x1000x24', '-nolisten', 'tcp'],
                                       pass_fds=[write], stderr=subprocess.DEVNULL)
        os.close(write)
        with os.fdopen(read) as told_by_server:
            number = told_by_server.readline().strip()
        if not number:
            sys.exit('Xvfb did not start')
        self.name = ':' + number
        return self

    def __exit__(self, *_):
        self.server.terminate()
        self.server.wait()


def until(what, wanted, pause):
    """What `wanted` gives as soon as it gives something, and when that was."""
    begun = time.perf_counter()
    while not (found := wanted()):
        if time.perf_counter() - begun > LONGEST:
            sys.exit('%s did not come within %d s' % (what, LONGEST))
        time.sleep(pause)
    return found, time.perf_counter()


class History:
    """The rows of the newest run of a workspace."""

    def __init__(self, workspace):
        self.path = 'file:%s?mode=ro' % os.path.join(workspace, 'groundwork.db')

    def ask(self, question, *values):
        try:
            history = sqlite3.connect(self.path, uri=True, timeout=5)
        except sqlite3.Error:
            return []
        try:
            return history.execute(question, values).fetchall()
        except sqlite3.Error:
            return []
        finally:
            history.close()

    def steps(self):
        """Step and seconds since training began, of every step of the newest run that is known."""
        return self.ask("SELECT step, seconds FROM metrics WHERE run = (SELECT max(key) FROM runs) AND metric = "
                        "(SELECT key FROM metric_names WHERE name = 'train/loss') ORDER BY step")

    def tokens_per_step(self):
        return self.ask("SELECT json_extract(facts, '$.tokens_per_step') FROM runs ORDER BY key DESC LIMIT 1")[0][0]

    def speed(self, last):
        """Tokens a second between the first step that counts and the last."""
        at = dict(self.steps())
        return self.tokens_per_step() * (last - FIRST) / (at[last] - at[FIRST])


class Round:
    """In a copy of the warm workspace, so that no round meets what another left."""

    def __init__(self, o, place, display, number):
        self.o, self.workspace = o, place.path('round-%s' % number)
        shutil.copytree(place.workspace, self.workspace)
        self.env = {**os.environ, 'DISPLAY': display.name, 'QT_QPA_PLATFORM': 'xcb', 'XDG_CONFIG_HOME': place.path('config'),
                    'XDG_RUNTIME_DIR': place.folder, 'LC_ALL': 'C.UTF-8'}
        self.history = History(self.workspace)

    def xdotool(self, *words):
        return subprocess.run(['xdotool', *words], capture_output=True, text=True, env=self.env).stdout.strip()

    def with_window(self):
        """Milliseconds to the window, seconds from the key to the first step, tokens a second."""
        begun = time.perf_counter()
        window = subprocess.Popen([os.path.join(self.o.bin, 'groundwork'), '--workspace', self.workspace, '--recipe', 'quick-start'],
                                  env=self.env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            # By itself, for `search --sync` looks every half second only.
            shown, mapped = until('The window', lambda: self.xdotool('search', '--onlyvisible', '--name', 'Groundwork'), 0.005)
            time.sleep(3)  # a person reads before he launches, and the page has filled
            self.xdotool('windowfocus', '--sync', shown.split()[0])
            pressed = time.perf_counter()
            self.xdotool('key', 'ctrl+Return')
            known, seen = until('The first step', self.history.steps, 0.02)
            # Rows are written together: what was trained before the last of them is known by the run's own clock.
            first = seen - (known[-1][1] - known[0][1])
            until('Step %d' % self.o.steps, lambda: (self.history.steps() or [(0, 0)])[-1][0] >= self.o.steps, 0.2)
            return 1e3 * (mapped - begun), first - pressed, self.history.speed(self.o.steps)
        finally:
            window.terminate()
            try:
                window.wait(20)
            except subprocess.TimeoutExpired:
                window.kill()
                window.wait()

    def headless(self):
        subprocess.run([os.path.join(self.o.bin, 'groundwork-cli'), '--workspace', self.workspace, 'run', '--recipe', 'quick-start',
                        '--stop-at', str(self.o.steps)], env=self.env, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return self.history.speed(self.o.steps)

    def end(self):
        shutil.rmtree(self.workspace, ignore_errors=True)


def measured(kind, *where):
    one = Round(*where)
    try:
        return getattr(one, kind)()
    finally:
        one.end()


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument('--bin', default=os.path.join(HERE, '../../build/release/bin'))
    p.add_argument('--rounds', type=int, default=5)
    p.add_argument('--steps', type=int, default=140)
    o = p.parse_args()
    if not FIRST < o.steps < 1500:
        p.error('--steps must lie between %d and 1500' % FIRST)
    need('Xvfb', 'xdotool')
    windows, bare = [], []
    with Workplace(os.path.join(o.bin, 'groundwork-cli')) as place, Display() as display:
        os.makedirs(place.path('config/groundwork'))
        with open(place.path('config/groundwork/groundwork.conf'), 'w') as settings:
            settings.write('[General]\ntourDone=true\n')
        told('  warming the cache')
        place.call('run', '--recipe', 'quick-start', '--stop-at', 1, '--json')
        for number in range(o.rounds):
            kinds = ['with_window', 'headless'] if number % 2 == 0 else ['headless', 'with_window']
            for kind in kinds:
                found = measured(kind, o, place, display, '%d-%s' % (number, kind))
                (windows if kind == 'with_window' else bare).append(found)
            told('  round %d of %d: window after %.0f ms, first step after %.2f s, %.0f tokens/s against %.0f' %
                 (number + 1, o.rounds, *windows[-1], bare[-1]))
    print('Processor: %s' % processor())
    print('Window mapped after %s ms; from launch to the first step %s s' %
          (spread((one[0] for one in windows), '%.0f'), spread((one[1] for one in windows), '%.2f')))
    print('With the window open %s tokens/s, without one %s; kept: **%s %%**' %
          (spread((one[2] for one in windows), '%.0f'), spread(bare, '%.0f'),
           spread((100 * one[2] / alone for one, alone in zip(windows, bare)), '%.1f')))


if __name__ == '__main__':
    main()
