"""What the programs of tests/faults/ share: small runs by groundwork-cli, and what must be equal in two of them.

Needs Python 3 alone. $GROUNDWORK_CLI names the program, $GROUNDWORK_WINDOW the window where there is one.
"""
import argparse
import contextlib
import itertools
import json
import math
import os
import pathlib
import random
import re
import shutil
import signal
import sqlite3
import struct
import subprocess
import tempfile
import time

CLI = os.environ.get("GROUNDWORK_CLI", "groundwork-cli")
KILLED = 137  # exit status of a crash point
OF_MACHINE = re.compile("per_second|memory|energy|power|seconds|stall|data_wait")
LONGEST = 240  # seconds that any one command may take


def environment(**more):
    return dict(os.environ, OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", QT_QPA_PLATFORM="offscreen", **more)


def call(workspace, *words, crash_at="", before=None):
    """One command to its end. A blocked program ends as a failure with the status 124."""
    more = {"GROUNDWORK_CRASH_AT": crash_at} if crash_at else {}
    try:
        return subprocess.run([CLI, "--workspace", str(workspace), *words], capture_output=True, text=True,
                              errors="replace", env=environment(**more), timeout=LONGEST, preexec_fn=before)
    except subprocess.TimeoutExpired as late:
        return subprocess.CompletedProcess(late.cmd, 124, "", f"did not end within {LONGEST} s")


def kill_after(workspace, words, seconds, program=None, whom="all", once=None):
    """Begins a command and kills it after a time; True when it was still there.

    The time counts from when `once()` is true, if that is given. `whom`: "all", with all that it began; "child", what
    it began alone, and it must end by itself then; "parent", it alone, and what it began must end by itself."""
    command = [program] if program else [CLI, "--workspace", str(workspace)]
    process = subprocess.Popen([*command, *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                               env=environment(), start_new_session=True)
    with ended_with(process):
        begun = time.time()
        while once and not once() and process.poll() is None and time.time() < begun + LONGEST:
            time.sleep(0.002)
        try:
            process.wait(timeout=seconds)
            return False
        except subprocess.TimeoutExpired:
            pass
        below = descendants_of(process.pid)
        if whom != "child" or not below:
            end(process.pid)
        if whom != "parent":
            for one in below:
                end(one)
        try:
            process.wait(timeout=LONGEST)
        except subprocess.TimeoutExpired:
            end(process.pid)
            process.wait()
        until = time.time() + LONGEST
        while any(is_there(one) for one in below) and time.time() < until:
            time.sleep(0.01)
        for one in below:
            end(one)
        return True


@contextlib.contextmanager
def ended_with(process):
    """Where this program is ended early, a process that it began goes with it, and all that that one began."""
    try:
        yield
    except BaseException:
        for one in (*descendants_of(process.pid), process.pid):
            end(one)
        raise


def descendants_of(process):
    out = []
    try:
        for task in pathlib.Path(f"/proc/{process}/task").iterdir():
            for child in (task / "children").read_text().split():
                out += [int(child), *descendants_of(child)]
    except OSError:
        pass
    return out


def is_there(process):
    try:
        return pathlib.Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] not in ("Z", "X")
    except OSError:
        return False


def end(process):
    try:
        os.kill(process, signal.SIGKILL)
    except ProcessLookupError:
        pass


def trains(workspace):
    """Tells whether a run of the workspace has come to a checkpoint by now: most of a program's time goes by before."""
    folder = pathlib.Path(workspace) / "runs"
    before = set(folder.glob("*/checkpoints/*"))
    return lambda: any(path not in before for path in folder.glob("*/checkpoints/*"))


def database(workspace):
    return pathlib.Path(workspace) / "groundwork.db"


def query(workspace, text, *values):
    connection = sqlite3.connect(database(workspace), timeout=30)
    try:
        return connection.execute(text, values).fetchall()
    finally:
        connection.close()


def integrity(workspace):
    if not database(workspace).exists():
        return "ok"  # killed before there was one
    try:
        return query(workspace, "PRAGMA integrity_check")[0][0]
    except sqlite3.Error as problem:
        return str(problem)


def runs(workspace):
    """Rows of the history as the program tells them, or a text that says why it does not."""
    if not pathlib.Path(workspace).exists():
        return []  # killed before there was one, which `runs` refuses to look at
    answer = call(workspace, "runs", "--json")
    if answer.returncode != 0:
        return f"runs: {answer.returncode} {answer.stderr.strip()[-300:]}"
    return json.loads(answer.stdout.splitlines()[-1])["runs"]


def shown(workspace, run):
    """What of a run must be equal to the bit: points, samples, the best checkpoint, where it ended."""
    out = {}
    rows = query(workspace, "SELECT n.name, m.step, m.value, m.flag FROM metrics m JOIN metric_names n "
                 "ON n.key = m.metric JOIN runs r ON r.key = m.run WHERE r.id = ? ORDER BY m.segment", run)
    for name, step, value, flag in rows:
        if not OF_MACHINE.search(name):
            out[name, step] = (struct.pack("d", value).hex() if value is not None else None, flag)
    samples = query(workspace, "SELECT s.step, s.prompt, s.text FROM samples s JOIN runs r ON r.key = s.run "
                    "WHERE r.id = ? ORDER BY s.segment, s.key", run)
    for step, prompt, text in samples:
        out["sample", step] = (prompt, text)
    status, steps = query(workspace, "SELECT status, steps FROM runs WHERE id = ?", run)[0]
    out["status", 0], out["steps", 0] = status, steps
    best = pathlib.Path(workspace) / "runs" / run / "checkpoints" / "best.json"
    if best.exists():
        mark = json.loads(best.read_text())
        out["best", 0] = (mark.get("name"), mark.get("value"))
    return out


def difference(twin, other):
    """What is missing or different, in a few words; empty where nothing is."""
    missing = [key for key in twin if key not in other]
    changed = [key for key in twin if key in other and other[key] != twin[key]]
    said = []
    if missing:
        said.append(f"{len(missing)} missing: " + ", ".join(f"{name} {step}" for name, step in missing[:4]))
    if changed:
        said.append(f"{len(changed)} changed: " + ", ".join(
            f"{name} {step}: {other[name, step]} for {twin[name, step]}" for name, step in changed[:3]))
    return "; ".join(said)


def leftovers(workspace):
    """Names of temporary files in the folders of runs that nobody swept. The folder of a launch that was killed before
    its run had a row is swept as a whole, a minute later."""
    began = [folder for folder in (pathlib.Path(workspace) / "runs").iterdir() if (folder / "run.json").exists()]
    return sorted(str(path.relative_to(workspace)) for folder in began for path in folder.rglob("*")
                  if path.name.startswith(".") or ".writing-" in path.name)


class Limit:
    """When no new round is begun any more: after a count of them, or after minutes, which scenarios share equally."""

    def __init__(self, minutes, scenarios=1):
        self.end = time.time() + minutes * 60 if minutes else math.inf
        self.until, self.left = self.end, scenarios

    def next_scenario(self):
        """What earlier scenarios left of their time is shared by the later ones."""
        if self.end < math.inf:
            self.until = time.time() + max(0, self.end - time.time()) / max(1, self.left)
        self.left -= 1

    def part(self, share):
        """A limit that ends after a share of what is left of this scenario's time."""
        out = Limit(0)
        if self.end < math.inf:
            out.end = out.until = time.time() + max(0, self.until - time.time()) * share
        return out

    def reached(self):
        return time.time() >= self.until

    def rounds(self, count):
        """Numbers of rounds from 0 on; with minutes as many as they allow, at least one."""
        for number in itertools.count() if self.end < math.inf else range(count):
            if number > 0 and self.reached():
                return
            yield number


class Table:
    """Counts by scenario, and a line for each fault. tests/faults/total.py adds up printed ones."""

    def __init__(self):
        self.rows, self.faults = {}, []

    def count(self, scenario, tried=0, kills=0):
        row = self.rows.setdefault(scenario, [0, 0, 0, 0.0, time.time()])
        row[0] += tried
        row[1] += kills
        row[3] = time.time() - row[4]

    def fault(self, scenario, what):
        self.count(scenario)
        self.rows[scenario][2] += 1
        self.faults.append((scenario, what))
        print(f"FAULT {scenario}: {what}", flush=True)

    def end(self):
        print(f"{'SCENARIO':<28}{'TRIED':>7}{'KILLS':>7}{'FAULTS':>8}{'SECONDS':>9}")
        for name, (tried, kills, faults, seconds, _) in self.rows.items():
            print(f"{name:<28}{tried:>7}{kills:>7}{faults:>8}{seconds:>9.0f}")
        print("all", sum(row[0] for row in self.rows.values()), "tried,", sum(row[1] for row in self.rows.values()),
              "kills,", len(self.faults), "faults")
        return 1 if self.faults else 0


class Folder:
    """A temporary folder that is removed at the end, with the files that the specs below read."""

    def __init__(self):
        self.path = pathlib.Path(tempfile.mkdtemp(prefix="groundwork-faults-"))
        for number, words in enumerate((("the oil number", "trade", "a ball number", "sport"),
                                        ("rain over the hill", "weather", "notes of a song", "music"))):
            with open(self.path / f"rows{number}.csv", "w") as out:
                out.write("text,label\n")
                for row in range(60):
                    out.write(f"{words[row % 2 * 2]} {row},{words[row % 2 * 2 + 1]}\n")
        for name, spec in specs(self.path).items():
            (self.path / f"{name}.json").write_text(json.dumps(spec))

    def __truediv__(self, name):
        return self.path / name

    def fresh(self, name):
        shutil.rmtree(self.path / name, ignore_errors=True)
        return self.path / name

    def close(self):
        shutil.rmtree(self.path, ignore_errors=True)


def specs(folder):
    """Specs by name: runs of a second, which save and evaluate at different steps, often enough to be killed there."""
    common = {"evaluation": {"every": 6, "tokens": 500, "whole_at_end": False}, "saving": {"every": 5, "keep_last": 2},
              "monitoring": {"layers_every": 0, "energy": False}, "split": {"kind": "by_document", "validation": 0.2},
              "schedule": {"kind": "cosine", "warmup": 2}, "sampling": {"every": 0}}
    words = {"kind": "transformer", "layers": 1, "width": 16, "heads": 2, "context": 32, "dropout": 0.1}
    training = {"budget": 40, "micro_batch": 4, "threads": 1, "device": "cpu"}
    return {
        "text": dict(common, dataset={"kind": "storybook", "stories": 100}, tokenizer={"kind": "characters"},
                     backbone=words, objective={"kind": "next_token"}, optimizer={"kind": "adamw"},
                     training=dict(training, accumulation=2), sampling={"every": 7, "tokens": 5}),
        "pictures": dict(common, dataset={"kind": "shapes", "pictures": 100}, tokenizer={"kind": "none"},
                         augmentation={"kind": "image_changes", "shift": 2, "flip": 0.5},
                         backbone={"kind": "cnn", "stages": 2, "channels": 4, "hidden": 0},
                         objective={"kind": "rotation"}, optimizer={"kind": "sgd"}, training=training,
                         probing={"every": 10, "examples": 40}),
        "labels": dict(common, dataset={"kind": "labelled_text", "paths": [str(folder / "rows0.csv")]},
                       tokenizer={"kind": "bytes"}, backbone=words, objective={"kind": "classification"},
                       optimizer={"kind": "adamw"}, training=training),
    }


def crash_points(header):
    """The names in core/util/crash_points.h."""
    text = pathlib.Path(header).read_text()
    return re.findall(r'^    "([^"]+)",', text[text.index("crash_points[]"):], re.MULTILINE)


def arguments(description):
    """The words that kills.py and full_disk.py share: --rounds, --minutes, --seed."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--minutes", type=float, default=0, help="as many rounds as there is time for; 0: --rounds")
    parser.add_argument("--seed", type=int, help="1; with --minutes another one each time, so that parts differ")
    return parser


def generator(wish):
    seed = wish.seed
    if seed is None:
        seed = random.SystemRandom().randrange(1 << 31) if wish.minutes else 1
    print("seed", seed, flush=True)
    return random.Random(seed)


def until_end(folder, table, work):
    """Carries out the work. However it ends, the folder is removed and the table printed; the exit status is returned.
    SIGTERM and Ctrl+C end it early, which is no fault: what was tried until then counts."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        work()
    except KeyboardInterrupt:
        print("ended early", flush=True)
    finally:
        folder.close()
        status = table.end()
    return status
