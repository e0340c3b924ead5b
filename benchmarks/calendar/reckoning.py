"""What days of retirement and months paid cost: one by one, and in columns. `reckoning.py 1e6` takes a million rows.

The loop around the scalar rule takes turns with the column, and a ratio is the median of the ratios of single rounds. A wrong answer
fails. The loop is given fewer rows, because it is slow; both are reported a row.
"""

import platform
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from datetime import date
from statistics import median

import numpy as np

from ssflow.machines.reckoning.columns import paid_months, retirement_days, schedules
from ssflow.machines.reckoning.periods import PaidPeriod, months_paid
from ssflow.machines.reckoning.retirement_age import Group, retirement_day
from ssflow.rules import rulebook

SEED = 20260209
LOOP = 20_000  # rows of the loops
ROUNDS = 5


def seconds(action: Callable[[], object]) -> float:
    """How much time of the processor one call takes."""
    begun = time.process_time()
    action()
    return time.process_time() - begun


def compare(what: str, loop: Callable[[], object], column: Callable[[], object], n: int) -> None:
    """Print what a row takes, in a loop and in a column, and the ratio."""
    rounds = [(seconds(loop) / LOOP, seconds(column) / n) for _ in range(ROUNDS)]
    alone, together = (median(side) * 1e9 for side in zip(*rounds, strict=True))
    ratio = median(a / b for a, b in rounds)
    print(f"  {what:18}{alone:10.0f} ns one by one{together:10.1f} ns in a column{ratio:10.0f} x")


def retiring(rng: np.random.Generator, n: int) -> None:
    """Births of forty years, in all groups."""
    made = schedules(rulebook("retirement"), date(2026, 1, 1))
    born = np.datetime64("1955-01-01") + rng.integers(0, 40 * 365, n)
    groups = np.array([group.name for group in Group])[rng.integers(0, len(Group), n)]
    days, names = born[:LOOP].tolist(), groups[:LOOP].tolist()

    def loop() -> list[date]:
        return [retirement_day(made[Group[name]], day) for name, day in zip(names, days, strict=True)]

    if retirement_days(made, born[:LOOP], groups[:LOOP]).tolist() != loop():
        sys.exit("days of retirement differ")
    compare("retirement_days", loop, lambda: retirement_days(made, born, groups), n)


def paying(rng: np.random.Generator, n: int) -> None:
    """Four periods a person, which overlap."""
    first = np.datetime64("1995-01-01") + rng.integers(0, 30 * 365, n)
    last, person = first + rng.integers(0, 3000, n), np.arange(n) // 4
    rows = list(zip(person[:LOOP].tolist(), first[:LOOP].tolist(), last[:LOOP].tolist(), strict=True))

    def loop() -> list[int]:
        periods: dict[int, list[PaidPeriod]] = defaultdict(list)
        for who, begun, ended in rows:
            periods[who].append(PaidPeriod(begun, ended))
        sums = {who: months_paid(theirs) for who, theirs in periods.items()}
        return [sums[who] for who, *_ in rows]

    if paid_months(person[:LOOP], first[:LOOP], last[:LOOP]).tolist() != loop():
        sys.exit("months paid differ")
    compare("paid_months", loop, lambda: paid_months(person, first, last), n)


def main() -> None:
    """Print both."""
    n = int(float(sys.argv[1])) if len(sys.argv) > 1 else 1_000_000
    print(f"Python {platform.python_version()}, NumPy {np.__version__}; {n:,} rows, a row")
    rng = np.random.default_rng(SEED)
    retiring(rng, n)
    paying(rng, n)


if __name__ == "__main__":
    main()
