"""Adds up what kills.py, full_disk.py, fault_tests and soak_test printed in several parts, into one table.

  python3 tests/faults/total.py LOG...

The exit status is 1 where a fault is counted or a test failed.
"""
import re
import sys

# As bench.Table and tests/faults/tiny_run.cpp print it: scenario, tried, kills, faults, seconds.
ROW = re.compile(r"(\S.{27})\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)$")


def main():
    sums, failed = {}, []
    for name in sys.argv[1:]:
        for line in open(name, errors="replace"):
            line = line.rstrip()
            if found := ROW.match(line):
                row = sums.setdefault(found[1].strip(), [0, 0, 0, 0])
                for column in range(4):
                    row[column] += int(found[column + 2])
            elif line.startswith("FAULT ") or re.match(r"\[  FAILED  \] \S+ \(", line):
                failed.append(f"{name}: {line}")
    for line in failed:
        print(line)
    print(f"{'SCENARIO':<28}{'TRIED':>7}{'KILLS':>7}{'FAULTS':>8}{'SECONDS':>9}")
    for scenario, (tried, kills, faults, seconds) in sorted(sums.items()):
        print(f"{scenario:<28}{tried:>7}{kills:>7}{faults:>8}{seconds:>9}")
    faults = sum(row[2] for row in sums.values())
    print("all", sum(row[0] for row in sums.values()), "tried,", sum(row[1] for row in sums.values()), "kills,",
          faults, "faults")
    return 1 if faults or failed else 0


if __name__ == "__main__":
    sys.exit(main())
