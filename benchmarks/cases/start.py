"""What a command costs from start to end, beside an interpreter that does nothing and one that loads the packages; in turn, in fresh processes.

By the clock (median) and in time of the processor (the least): on a machine that does other things the latter says more.
"""

import subprocess
import sys
import time
from resource import RUSAGE_CHILDREN, getrusage
from statistics import median

ROUNDS = 11
COMMANDS = {
    "python -c pass": ["-c", "pass"],
    "import click, attrs, rich": ["-c", "import click, attrs, rich.console"],
    "ssflow due": ["-m", "ssflow", "due", "15个工作日", "--from", "2026年9月21日", "--region", "广州"],
    "ssflow day": ["-m", "ssflow", "day", "2026-09-20"],
    "ssflow list": ["-m", "ssflow", "list"],
}


def seconds(arguments: list[str]) -> tuple[float, float]:
    """The time of one process: by the clock, and of the processor."""
    before, begun = getrusage(RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run([sys.executable, *arguments], capture_output=True, check=True)
    took, after = time.perf_counter() - begun, getrusage(RUSAGE_CHILDREN)
    return took, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Print both times of each command, and their ratios to the empty interpreter, measured in the same rounds."""
    rounds = [{name: seconds(arguments) for name, arguments in COMMANDS.items()} for _ in range(ROUNDS)]
    floors: tuple[float, float] | None = None
    for name in COMMANDS:
        clock, worked = median(r[name][0] for r in rounds), min(r[name][1] for r in rounds)
        floors = floors or (clock, worked)
        print(
            f"{name:28} {clock * 1e3:7.0f} ms   {clock / floors[0]:5.1f} x an empty interpreter;"
            f"  of the processor {worked * 1e3:6.0f} ms   {worked / floors[1]:5.1f} x"
        )


if __name__ == "__main__":
    main()
