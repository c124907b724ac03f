"""Ends small trainings at random moments and at every named crash point, takes them up again until they end, and holds
them against twins that nothing disturbed: all points, metrics and samples to the bit, and the best checkpoint.

  GROUNDWORK_CLI=build/ci/bin/groundwork-cli python3 tests/faults/kills.py [--rounds N] [--points N] [--sample N]
      [--minutes N] [--seed N] [--only NAME,NAME...]

--rounds: random kills of each kind of run; --points: how often each crash point is tried, at its first passings and at
random later ones; --sample: so many of the crash points alone, drawn by chance (0: all); --minutes: instead of counts,
as much as there is time for, shared equally by the scenarios, and each time with other draws; --only: some of the
scenarios text, pictures, labels, child, points, queue, sequence, keeping, window. Prints a table; the exit status is 1
where a fault is found. $GROUNDWORK_WINDOW names the window (else it is left out), $GROUNDWORK_BEFORE a workspace of an
earlier version (else migrations are).
"""
import json
import math
import os
import pathlib
import shutil
import sys
import time

sys.dont_write_bytecode = True  # nothing is left beside the sources
import bench
from bench import call, integrity, kill_after, runs, shown

HERE = pathlib.Path(__file__).resolve().parent
SCENARIOS = ("text", "pictures", "labels", "child", "points", "queue", "sequence", "keeping", "window")
POINTS = HERE.parent.parent / "core" / "util" / "crash_points.h"


class Twin:
    """A run that nothing disturbed, and how long a program is at it."""

    def __init__(self, folder, spec):
        self.spec = str(folder / f"{spec}.json")
        workspace = folder.fresh(f"twin-{spec}")
        start = time.time()
        answer = call(workspace, "run", self.spec, "--json")
        self.seconds = time.time() - start  # of the program
        if answer.returncode != 0:
            sys.exit(f"the undisturbed run of {spec} fails: {answer.stderr}")
        said = json.loads(answer.stdout.splitlines()[-1])
        self.training = max(0.2, said["seconds"])
        self.shown = shown(workspace, said["run"])

    def kill(self, draw, workspace, words, **more):
        """Three of four kills come after the first save was begun, where something can be lost."""
        if draw.random() < 0.25:
            return kill_after(workspace, words, draw.uniform(0.02, self.seconds), **more)
        return kill_after(workspace, words, draw.uniform(0, self.training), once=bench.trains(workspace), **more)


def check(table, scenario, what, workspace, twin):
    """The run of a workspace whose programs are gone, once it has ended."""
    told = runs(workspace)
    if isinstance(told, str):
        return table.fault(scenario, f"{what}: the history does not open: {told}")
    if integrity(workspace) != "ok":
        return table.fault(scenario, f"{what}: {integrity(workspace)}")
    for row in told:
        different = bench.difference(twin.shown, shown(workspace, row["run"]))
        if different:
            table.fault(scenario, f"{what}: {different}")
    if left := bench.leftovers(workspace):
        table.fault(scenario, f"{what}: left behind: {left[:3]}")


def go_on(table, scenario, what, workspace, twin, disturb=None):
    """Takes up the run of a workspace until it ends. `disturb(words)` may carry out the first tries in its own way and
    tells whether it killed what it began."""
    kills, disturbed = 0, 4 if disturb else 0
    told = runs(workspace)
    if isinstance(told, str):
        return table.fault(scenario, f"{what}: the history does not open: {told}")
    for number in range(disturbed + 3):
        if integrity(workspace) != "ok":
            return table.fault(scenario, f"{what}: {integrity(workspace)}")
        # As it stands there: a resume finds out by itself that the process is gone.
        kept = bench.query(workspace, "SELECT id, status FROM runs") if bench.database(workspace).exists() else []
        if kept and kept[0][1] == "finished":
            break
        words = ["run", twin.spec]
        if kept:
            run = kept[0][0]
            step = newest_checkpoint(workspace, run)
            rows = bench.query(workspace, "SELECT max(m.step) FROM metrics m JOIN runs r ON r.key = m.run "
                               "WHERE r.id = ?", run)[0][0] or 0
            if step > rows:
                table.fault(scenario, f"{what}: a checkpoint of step {step} and rows up to {rows}")
            # Without any checkpoint there is nothing to go on from: the run is begun again.
            words = ["resume", run] if step > 0 else words
            if step == 0:
                call(workspace, "delete", run)
                call(workspace, "empty-trash", "--yes")
        if number < disturbed:
            kills += 1 if disturb(words) else 0
            continue
        answer = call(workspace, *words)
        if answer.returncode != 0:
            said = f"{words[0]}: {answer.returncode} {answer.stderr.strip()[-300:]}"
            return table.fault(scenario, f"{what}: {said}")
    table.count(scenario, kills=kills)
    check(table, scenario, what, workspace, twin)


def newest_checkpoint(workspace, run):
    folder = pathlib.Path(workspace) / "runs" / run / "checkpoints"
    return max([int(path.name[5:]) for path in folder.glob("step-*") if (path / "manifest.json").exists()], default=0)


def random_kills(table, folder, draw, numbers, spec, twin, child=False):
    scenario = "child of " + spec if child else spec
    words = ["run", twin.spec] + (["--host", "process"] if child else [])
    for number in numbers:
        workspace = folder.fresh("killed")
        whom = draw.choice(("child", "parent", "all")) if child else "all"
        killed = twin.kill(draw, workspace, words, whom=whom)
        table.count(scenario, tried=1, kills=int(killed))
        go_on(table, scenario, f"round {number}, {whom} killed", workspace, twin,
              lambda words: twin.kill(draw, workspace, words))


def end_at(table, folder, twin, place, passing):
    """A run that is ended at a crash point and taken up again; False where it does not get there that often."""
    workspace, at = folder.fresh("killed"), f"{place}:{passing}"
    if call(workspace, "run", twin.spec, crash_at=at).returncode != bench.KILLED:
        return False
    table.count("points", tried=1, kills=1)
    # The same place again while it is taken up, which is where what a crash left is put in order.
    go_on(table, "points", at, workspace, twin,
          lambda words: call(workspace, *words, crash_at=place).returncode == bench.KILLED)
    return True


def named_points(table, folder, draw, times, twin, sample, limit):
    """Every place, at its first passing and at later ones, until a run passes without getting there that often."""
    places = bench.crash_points(POINTS)
    places = draw.sample(places, min(sample, len(places))) if sample else places
    if limit.end < math.inf:
        return points_by_chance(table, folder, draw, twin, places, limit)
    reached = 0
    for place in places:
        passing, tried = 1, 0
        while tried < times and end_at(table, folder, twin, place, passing):
            tried += 1
            passing += 1 if tried < 3 or times > 20 else draw.randint(1, 12)
        reached += tried > 0
        print(f"  {place}: {tried}", flush=True)
    # The others are on the ways of emptying the trash, migrating and making the history again.
    if not sample and reached < 10:
        table.fault("points", f"only {reached} places are reached by a training")


def points_by_chance(table, folder, draw, twin, places, limit):
    """As long as there is time: the places in turns, each at a passing by chance below one that it did not come to."""
    highest, tried = {place: 40 for place in places}, dict.fromkeys(places, 0)
    while any(highest.values()) and not limit.reached():
        for place in draw.sample(places, len(places)):
            if limit.reached():
                break
            if highest[place] == 0:
                continue
            passing = draw.randint(1, highest[place])
            if end_at(table, folder, twin, place, passing):
                tried[place] += 1
            else:
                highest[place] = passing - 1
    print("  " + "; ".join(f"{place}: {times}" for place, times in tried.items()), flush=True)


def queue_kills(table, folder, draw, numbers, twins):
    """Two runs that wait; killed while they are put in, while they are trained, and between them."""
    for number in numbers:
        workspace = folder.fresh("killed")
        kills = 0
        for name, twin in twins.items():
            kills += kill_after(workspace, ["queue", "add", twin.spec, "--name", name], draw.uniform(0.3, 3))
        total = sum(twin.seconds for twin in twins.values())
        for _ in range(3):
            kills += kill_after(workspace, ["queue", "run"], draw.uniform(0.1, total))
            told = runs(workspace)
            for row in told if isinstance(told, list) else []:
                if row["status"] == "interrupted" and newest_checkpoint(workspace, row["run"]) > 0:
                    kills += kill_after(workspace, ["resume", row["run"]], draw.uniform(0.1, total))
        table.count("queue", tried=1, kills=kills)
        what = f"round {number}"
        for _ in range(3):
            answer = call(workspace, "queue", "run")
            if answer.returncode not in (0, 1):
                table.fault("queue", f"{what}: queue run: {answer.returncode} {answer.stderr.strip()[-300:]}")
        told = runs(workspace)
        if isinstance(told, str) or integrity(workspace) != "ok":
            table.fault("queue", f"{what}: {told if isinstance(told, str) else integrity(workspace)}")
            continue
        for row in told:
            if row["status"] != "finished":
                if newest_checkpoint(workspace, row["run"]) == 0:
                    if row["status"] == "queued":
                        table.fault("queue", f"{what}: a run still waits")
                    continue  # it never saved: nothing was promised
                answer = call(workspace, "resume", row["run"])
                if answer.returncode != 0:
                    table.fault("queue", f"{what}: resume: {answer.stderr.strip()[-300:]}")
                    continue
            different = bench.difference(twins[row["name"]].shown, shown(workspace, row["run"]))
            if different:
                table.fault("queue", f"{what}: {row['name']}: {different}")


def without_times(result):
    """A sequence's result without what the clock says and without ids and paths."""
    if isinstance(result, dict):
        return {key: without_times(value) for key, value in result.items()
                if not bench.OF_MACHINE.search(key) and key not in
                ("id", "run", "runs", "path", "created", "changed", "time", "checkpoint", "parent")}
    if isinstance(result, list):
        return [without_times(value) for value in result]
    return result


def sequence_kills(table, folder, draw, numbers, text):
    """A sequence of two tasks, killed and begun again with the same words until it is through."""
    start = folder.fresh("start")
    parent = json.loads(call(start, "run", text.spec, "--json").stdout.splitlines()[-1])["run"]
    words = ["sequence", parent, "--data", str(folder / "rows0.csv"), "--data", str(folder / "rows1.csv"),
             "--strategy", "sequential", "replay", "--seeds", "1", "--with", "epochs=1", "--with", "threads=1",
             "--name", "tasks", "--json"]
    twin = folder.fresh("twin-sequence")
    shutil.copytree(start, twin)
    begun = time.time()
    answer = call(twin, *words)
    seconds = time.time() - begun
    if answer.returncode != 0:
        return table.fault("sequence", f"undisturbed: {answer.stderr.strip()[-300:]}")
    whole = without_times(json.loads(answer.stdout.splitlines()[-1]))
    for number in numbers:
        workspace = folder.fresh("killed")
        shutil.copytree(start, workspace)
        kills = sum(kill_after(workspace, words, draw.uniform(0.3, seconds)) for _ in range(2))
        table.count("sequence", tried=1, kills=kills)
        answer = call(workspace, *words)
        if answer.returncode != 0:
            table.fault("sequence", f"round {number}: {answer.returncode} {answer.stderr.strip()[-300:]}")
        elif integrity(workspace) != "ok":
            table.fault("sequence", f"round {number}: {integrity(workspace)}")
        elif without_times(json.loads(answer.stdout.splitlines()[-1])) != whole:
            table.fault("sequence", f"round {number}: other results than those of the twin")


def keeping(table, folder, draw, rounds, twin, sample, limit):
    """Emptying the trash, migrating and making the history again, ended at their crash points and at random."""
    places = [f"{place}:{passing}" for place in bench.crash_points(POINTS) for passing in (1, 3)]
    if sample or limit.end < math.inf:
        places = draw.sample(places, min(sample or len(places), len(places)))
    emptying(table, folder, draw, rounds, places, twin, limit.part(1 / 3))
    migrations(table, folder, places, limit.part(1 / 2))
    rebuilding(table, folder, places, twin, limit)


def emptying(table, folder, draw, rounds, places, twin, limit):
    start = folder.fresh("start")
    for name in ("one", "two"):
        call(start, "run", twin.spec, "--name", name)
    call(start, "delete", "one")
    two = next(row["run"] for row in runs(start) if row["name"] == "two")
    for number in limit.rounds(len(places) + rounds):
        workspace = folder.fresh("killed")
        shutil.copytree(start, workspace)
        if number < len(places):
            what = "trash, " + places[number]
            killed = call(workspace, "empty-trash", "--yes", crash_at=places[number]).returncode == bench.KILLED
        else:
            what = f"trash, round {number}"
            killed = kill_after(workspace, ["empty-trash", "--yes"], draw.uniform(0.02, 2))
        if not killed:
            continue
        table.count("keeping", tried=1, kills=1)
        again = call(workspace, "empty-trash", "--yes")
        if again.returncode != 0:
            table.fault("keeping", f"{what}: {again.stderr.strip()[-300:]}")
        check(table, "keeping", what, workspace, twin)
        folders = [path.name for path in (workspace / "runs").iterdir() if not path.name.startswith(".")]
        if folders != [two]:
            table.fault("keeping", f"{what}: {len(folders)} folders of runs for one run")


def migrations(table, folder, places, limit):
    before = os.environ.get("GROUNDWORK_BEFORE")
    if not before:
        return
    for number in limit.rounds(len(places)):
        place = places[number % len(places)]
        workspace = folder.fresh("killed")
        workspace.mkdir()
        shutil.copytree(pathlib.Path(before) / "runs", workspace / "runs")
        shutil.copy(pathlib.Path(before) / "workspace.db", workspace / "groundwork.db")
        whole = bench.query(workspace, "SELECT id, name, steps FROM runs ORDER BY id")
        if call(workspace, "runs", crash_at=place).returncode != bench.KILLED:
            continue
        table.count("keeping", tried=1, kills=1)
        told = runs(workspace)
        if isinstance(told, str) or integrity(workspace) != "ok":
            table.fault("keeping", f"migration, {place}: {told if isinstance(told, str) else integrity(workspace)}")
        elif bench.query(workspace, "SELECT id, name, steps FROM runs ORDER BY id") != whole:
            table.fault("keeping", f"migration, {place}: other runs")


def rebuilding(table, folder, places, twin, limit):
    """The database is lost, and is made again from the folders of the runs; ended on the way, and done again."""
    start = folder.fresh("start")
    call(start, "run", twin.spec)
    for file in start.glob("groundwork.db*"):
        file.unlink()
    words = ["rebuild"] + (["--yes"] if "--yes" in call(start, "rebuild", "--help").stdout else [])
    for number in limit.rounds(len(places) + 1):
        place = places[(number - 1) % len(places)] if number > 0 else ""
        workspace = folder.fresh("killed")
        shutil.copytree(start, workspace)
        killed = place and call(workspace, *words, crash_at=place).returncode == bench.KILLED
        if place and not killed:
            continue
        table.count("keeping", tried=1, kills=int(bool(killed)))
        what = "rebuild, " + (place or "undisturbed")
        again = call(workspace, *words)
        if again.returncode != 0 and not (killed and bench.database(workspace).exists()):
            table.fault("keeping", f"{what}: {again.stderr.strip()[-300:]}")
        else:
            check(table, "keeping", what, workspace, twin)


def window_kills(table, folder, draw, numbers, twin):
    """The window, which trains what waits in the queue, killed; what it left is taken up by the command line."""
    for number in numbers:
        workspace = folder.fresh("killed")
        call(workspace, "queue", "add", twin.spec)
        seconds = draw.uniform(0.5, 4 + twin.seconds)
        window = os.environ["GROUNDWORK_WINDOW"]
        killed = kill_after(workspace, ["--workspace", str(workspace)], seconds, program=window)
        table.count("window", tried=1, kills=int(killed))
        told = runs(workspace)
        if isinstance(told, list) and told and told[0]["status"] == "queued":
            call(workspace, "queue", "run")
        go_on(table, "window", f"round {number}", workspace, twin)


def main():
    parser = bench.arguments("Kills trainings and holds what they come to against undisturbed ones.")
    parser.add_argument("--points", type=int, default=1)
    parser.add_argument("--sample", type=int, default=0)
    parser.add_argument("--only", default=",".join(SCENARIOS))
    wish = parser.parse_args()
    chosen = wish.only.split(",")
    if unknown := [name for name in chosen if name not in SCENARIOS]:
        parser.error(f"no scenario is called {unknown[0]}; there are {', '.join(SCENARIOS)}")
    draw = bench.generator(wish)
    folder, table = bench.Folder(), bench.Table()
    return bench.until_end(folder, table, lambda: scenarios(table, folder, draw, wish, chosen))


def scenarios(table, folder, draw, wish, chosen):
    if "window" in chosen and "GROUNDWORK_WINDOW" not in os.environ:
        print("without $GROUNDWORK_WINDOW the window is left out")
        chosen = [name for name in chosen if name != "window"]
    limit = bench.Limit(wish.minutes, len(chosen))
    needed = {"text", *(name for name in chosen if name in ("pictures", "labels")), *(["labels"] * ("queue" in chosen))}
    twins = {name: Twin(folder, name) for name in sorted(needed)}
    text = twins["text"]
    for name in chosen:
        limit.next_scenario()
        numbers = limit.rounds(max(1, wish.rounds // 2) if name == "sequence" else wish.rounds)
        if name in ("text", "pictures", "labels"):
            random_kills(table, folder, draw, numbers, name, twins[name])
        elif name == "child":
            random_kills(table, folder, draw, numbers, "text", text, child=True)
        elif name == "points":
            named_points(table, folder, draw, wish.points, text, wish.sample, limit)
        elif name == "queue":
            queue_kills(table, folder, draw, numbers, {spec: twins[spec] for spec in ("text", "labels")})
        elif name == "sequence":
            sequence_kills(table, folder, draw, numbers, text)
        elif name == "keeping":
            keeping(table, folder, draw, wish.rounds, text, wish.sample, limit)
        elif name == "window":
            window_kills(table, folder, draw, numbers, text)


if __name__ == "__main__":
    sys.exit(main())
