"""A disk that fills up under a training: a small file system in memory where one can be mounted (as root), and a limit
on the size of files (RLIMIT_FSIZE) in any case. The run ends or waits, and says why; with room again it goes on to the
end and equals a twin that always had room.

  GROUNDWORK_CLI=build/ci/bin/groundwork-cli python3 tests/faults/full_disk.py [--rounds N] [--minutes N] [--seed N]

With --minutes as many rounds as there is time for. The exit status is 1 where a fault was found.
"""
import resource
import signal
import subprocess
import sys
import time

sys.dont_write_bytecode = True
import bench
import kills
from bench import call, runs


def limited(size):
    def before():
        # Else the signal that comes along would end the program, which no full disk does.
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    return before


def file_limits(table, folder, draw, numbers, twin):
    for _ in numbers:
        # Between the smallest file of a run and its largest, the database.
        size = draw.choice([draw.randint(100, 5000), draw.randint(5000, 60000), draw.randint(60000, 400000)])
        what = f"files of at most {size} bytes"
        workspace = folder.fresh("limited")
        answer = call(workspace, "run", twin.spec, before=limited(size))
        table.count("limit on files", tried=1)
        if answer.returncode < 0 or answer.returncode in (124, 134, 139):
            table.fault("limit on files", f"{what}: {answer.returncode} {answer.stderr.strip()[-300:]}")
        elif answer.returncode != 0 and not answer.stderr.strip():
            table.fault("limit on files", f"{what}: it fails and does not say why")
        if bench.database(workspace).exists():
            kills.go_on(table, "limit on files", what, workspace, twin)


def mounted(place, size):
    place.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place)], capture_output=True)
    return done.returncode == 0


def fill(place):
    """Takes all that is free, to the last byte."""
    with open(place / "filler", "wb", buffering=0) as out:
        for piece in (1 << 20, 1 << 12, 1):
            try:
                while True:
                    out.write(b"\0" * piece)
            except OSError:
                pass


def small_disk(table, folder, draw, numbers, twin):
    place = folder / "small"
    if not mounted(place, "48m"):
        print("no small file system can be mounted here")
        return
    try:
        for number in numbers:
            workspace, what = place / f"workspace{number}", f"round {number}"
            process = subprocess.Popen([bench.CLI, "--workspace", str(workspace), "run", twin.spec],
                                       stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
                                       env=bench.environment())
            with bench.ended_with(process):
                begun = bench.trains(workspace)
                until = time.time() + bench.LONGEST
                while not begun() and process.poll() is None and time.time() < until:
                    time.sleep(0.002)
                time.sleep(draw.uniform(0, twin.training))
                fill(place)
                table.count("small disk", tried=1)
                time.sleep(draw.uniform(0.5, 3))
                looked = call(workspace, "runs")
                if looked.returncode != 0:
                    table.fault("small disk", f"{what}: the history cannot be read: {looked.stderr.strip()[-300:]}")
                (place / "filler").unlink()
                try:
                    said = process.communicate(timeout=bench.LONGEST)[1]
                except subprocess.TimeoutExpired:
                    process.kill()
                    said = process.communicate()[1]
                    table.fault("small disk", f"{what}: it does not go on when there is room again: {said[-300:]}")
            if process.returncode not in (0, -9) and not said.strip():
                table.fault("small disk", f"{what}: it fails and does not say why")
            kills.go_on(table, "small disk", what, workspace, twin)
            subprocess.run(["rm", "-rf", str(workspace)], check=False)
    finally:
        subprocess.run(["umount", "-l", str(place)], capture_output=True, check=False)


def main():
    wish = bench.arguments("Trains on a disk that fills up.").parse_args()
    draw = bench.generator(wish)
    folder, table = bench.Folder(), bench.Table()

    def work():
        limit = bench.Limit(wish.minutes, 2)
        twin = kills.Twin(folder, "text")
        limit.next_scenario()
        file_limits(table, folder, draw, limit.rounds(wish.rounds), twin)
        limit.next_scenario()
        small_disk(table, folder, draw, limit.rounds(max(1, wish.rounds // 2)), twin)

    return bench.until_end(folder, table, work)


if __name__ == "__main__":
    sys.exit(main())
