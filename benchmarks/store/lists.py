"""What the lists of the command line cost where all cases are late: a process of its own for each, beside one that lists nothing.

SSFLOW_BENCH_LISTED says how many cases there are. The target is a second of processor for 20,000.
"""

import os
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
os.environ["SSFLOW_BENCH_DEADLINES"] = os.environ.get("SSFLOW_BENCH_LISTED", "20000")
from benchmarks.sweeps import CARD, DEADLINES, CardReplacement, filled
from benchmarks.targets import verdict
from ssflow import Legislation, SQLiteStore

ROUNDS = 3


def run(*words: str) -> tuple[float, float]:
    """Seconds of processor of a command, and seconds."""
    begun, worked = time.perf_counter(), sum(os.times()[2:4])
    subprocess.run([sys.executable, "-m", "ssflow", *words], stdout=subprocess.DEVNULL, check=True)
    return sum(os.times()[2:4]) - worked, time.perf_counter() - begun


def main() -> None:
    """Print the least seconds of each command."""
    with tempfile.TemporaryDirectory() as folder:
        many, none = (str(Path(folder) / name) for name in ("many.db", "none.db"))
        filled(SQLiteStore(many), CARD, CardReplacement.holder, "140100", date(2025, 9, 8), Legislation())
        SQLiteStore(none)
        for words in (("list",), ("overdue",)):
            start = min(run("case", *words, "--db", none) for _ in range(ROUNDS))[0]
            work, seconds = min(run("case", *words, "--db", many) for _ in range(ROUNDS))
            kept = verdict(work, DEADLINES / 20_000, " s")
            told = f"ssflow case {' '.join(words)}, {DEADLINES:,} late cases"
            print(
                f"  {told:58} {work:6.2f} s of processor, {start:.2f} of them to start; {seconds:.2f} s{kept}",
                flush=True,
            )


if __name__ == "__main__":
    main()
