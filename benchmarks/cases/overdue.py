"""What it costs to ask who is late among many open cases, beside reading as many rows."""

import sys
import time
from datetime import UTC, date, datetime

from ssflow import Cases, MemoryStore
from ssflow.machines.employer_registration import EmployerRegistration, Founding, Kind

CASES = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
NOW = datetime(2026, 11, 22, tzinfo=UTC)
EARLY, LATE, ASKED = date(2026, 6, 1), date(2026, 11, 18), date(2026, 11, 20)


def opened(late: int) -> Cases:
    """Many open cases; one in so many is late, or none."""
    cases = Cases(MemoryStore(), now=lambda: NOW)
    for number in range(CASES):
        day = EARLY if late and number % late == 0 else LATE
        cases.open(
            EmployerRegistration.found(Founding("甲厂", Kind.enterprise, day)),
            by=EmployerRegistration.employer,
            on=day,
            places="440100",
            party=f"p{number}",
            case=f"c{number}",
        )
    return cases


def main() -> None:
    """Print the seconds of the question and of reading all rows, and what each late term costs."""
    for late in (0, 25):
        cases = opened(late)
        begun = time.perf_counter()
        rows = len(cases.store.rows())
        read = time.perf_counter() - begun
        begun = time.perf_counter()
        found = len(cases.overdue(ASKED))
        took = time.perf_counter() - begun
        each = f"   {took / found * 1e3:.2f} ms each" if found else ""
        print(f"{rows} rows read {read:7.3f} s   overdue: {found} late {took:7.3f} s   {took / read:6.1f} x{each}")


if __name__ == "__main__":
    main()
