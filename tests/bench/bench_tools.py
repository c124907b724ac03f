"""What the benches share: the processor's name, medians with their spread, and calls of the program under test."""
import json
import os
import shlex
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
PROGRAM = os.environ.get('GW', os.path.join(HERE, '../../build/release/bin/groundwork-cli'))


def told(text):
    print(text, file=sys.stderr, flush=True)


def processor():
    name = 'unknown processor'
    with open('/proc/cpuinfo') as info:
        for line in info:
            if line.startswith('model name'):
                name = line.split(':', 1)[1].strip()
    return '%s, %d threads' % (name, len(os.sched_getaffinity(0)))


def spread(values, form='%.1f'):
    """The median, and between which values all lie."""
    values = list(values)
    text = form % statistics.median(values)
    return text if len(values) < 2 else '%s (%s to %s)' % (text, form % min(values), form % max(values))


def quartiles(value, form='%.3g'):
    return '%s (half between %s and %s)' % tuple(form % value[key] for key in ('median', 'low', 'high'))


def need(*programs):
    missing = [program for program in programs if not shutil.which(program)]
    if missing:
        sys.exit('This bench needs %s' % ', '.join(missing))


class Workplace:
    """A folder that is gone at the end, and the program in a workspace in it."""

    def __init__(self, program):
        self.program, self.folder = program, tempfile.mkdtemp(prefix='groundwork-bench-')
        self.workspace = os.path.join(self.folder, 'ws')

    def __enter__(self):
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.folder, ignore_errors=True)

    def path(self, name):
        return os.path.join(self.folder, name)

    def words(self, *words):
        return [self.program, '--workspace', self.workspace, *[str(word) for word in words]]

    def call(self, *words, before=()):
        """The JSON of the last line that the program prints."""
        return json.loads(called([*before, *self.words(*words)]).splitlines()[-1])

    def figures(self, *words, before=()):
        """Of a part that `bench` measures, by name."""
        return {one['name']: one for one in self.call('bench', *words, '--json', before=before)['figures']}


def called(words):
    done = subprocess.run(words, capture_output=True, text=True, errors='replace')
    if done.returncode:
        sys.exit('%s\nended with %d: %s' % (shlex.join(words), done.returncode, done.stderr[-2000:]))
    return done.stdout


def seconds_of(*many):
    """Of commands that run side by side, until the last has ended."""
    begun = time.perf_counter()
    running = [subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) for words in many]
    if any([one.wait() for one in running]):
        sys.exit('%s failed' % shlex.join(many[0]))
    return time.perf_counter() - begun


class Memory:
    """The most MB that a program and those that it started held together while it lives, looked at every 20 ms."""

    def __init__(self, pid):
        self.pid, self.most = pid, 0.0
        self.thread = threading.Thread(target=self.watch, daemon=True)
        self.thread.start()

    def held(self, pid):
        kilobytes, below = 0, []
        try:
            with open('/proc/%d/status' % pid) as status:
                for line in status:
                    if line.startswith('VmRSS:'):
                        kilobytes = int(line.split()[1])
            for task in os.listdir('/proc/%d/task' % pid):
                with open('/proc/%d/task/%s/children' % (pid, task)) as children:
                    below += [int(child) for child in children.read().split()]
        except OSError:
            pass
        return kilobytes + sum(self.held(child) for child in below)

    def watch(self):
        while os.path.exists('/proc/%d' % self.pid):
            self.most = max(self.most, self.held(self.pid) / 1000)
            time.sleep(0.02)
