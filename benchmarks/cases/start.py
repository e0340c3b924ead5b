"""What a command costs from start to end, beside an interpreter that does nothing; in turn, in fresh processes."""

import subprocess
import sys
import time
from statistics import median

ROUNDS = 11
COMMANDS = {
    "python -c pass": ["-c", "pass"],
    "import click, attrs, rich": ["-c", "import click, attrs, rich.console"],
    "ssflow due": ["-m", "ssflow", "due", "15个工作日", "--from", "2026年9月21日", "--region", "广州"],
    "ssflow day": ["-m", "ssflow", "day", "2026-09-20"],
    "ssflow list": ["-m", "ssflow", "list"],
}


def seconds(arguments: list[str]) -> float:
    """The time of one process."""
    begun = time.perf_counter()
    subprocess.run([sys.executable, *arguments], capture_output=True, check=True)
    return time.perf_counter() - begun


def main() -> None:
    """Print the median of each command and its ratio to the empty interpreter, measured in the same rounds."""
    rounds = [{name: seconds(arguments) for name, arguments in COMMANDS.items()} for _ in range(ROUNDS)]
    floor = median(r["python -c pass"] for r in rounds)
    for name in COMMANDS:
        took = median(r[name] for r in rounds)
        print(f"{name:28} {took * 1e3:7.0f} ms   {took / floor:5.1f} x an empty interpreter")


if __name__ == "__main__":
    main()
