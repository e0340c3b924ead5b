"""What importing ssflow costs beside importing attrs and transitions, each in fresh processes, in turn."""

import statistics
import subprocess
import sys

ROUNDS = 15
BASE = "import attrs, transitions"
LINES = {
    "import ssflow": "import ssflow",
    "calendar, first use": "from ssflow import WorkCalendar; WorkCalendar.china().firm_through",
    "cases, first use": "from ssflow import Cases, SQLiteStore",
    "one procedure": "from ssflow.machines.card_replacement import CardReplacement",
    "bare import holidays": "import holidays",
}


def milliseconds(code: str) -> float:
    """The time that a fresh interpreter spends on some code, its own start not counted."""
    timed = f"import time; t = time.perf_counter()\n{code}\nprint((time.perf_counter() - t) * 1000)"
    return float(subprocess.run([sys.executable, "-c", timed], capture_output=True, text=True, check=True).stdout)


def main() -> None:
    """Print the median of each line and its ratio to the base, measured in the same rounds."""
    codes = {"attrs and transitions": BASE, **LINES}
    rounds = [{name: milliseconds(code) for name, code in codes.items()} for _ in range(ROUNDS)]
    base = statistics.median(r["attrs and transitions"] for r in rounds)
    for name in codes:
        median = statistics.median(r[name] for r in rounds)
        print(f"{name:24} {median:7.1f} ms   {median / base:5.2f} x attrs and transitions")


if __name__ == "__main__":
    main()
