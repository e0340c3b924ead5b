"""What days cost: one by one, in columns, and to begin with. `days.py 1e6` takes columns of a million rows.

Contenders take turns, and a ratio is the median of the ratios of single rounds, whose quartiles stand in brackets. A target
that is missed is said and fails nothing; a wrong answer fails.
"""

import gc
import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import partial
from importlib import import_module
from itertools import accumulate
from pathlib import Path
from random import Random
from statistics import median, quantiles
from timeit import Timer
from typing import Any

SEED = 20260209
ROWS, FEW = 10_000_000, 1_000_000  # few for what is slow, and for the columns of other packages
FIRST, LAST = date(2005, 1, 1), date(2026, 12, 31)
DAY = timedelta(days=1)
EVERY = [FIRST + timedelta(days=i) for i in range((LAST - FIRST).days + 1)]
WRONG = {"holidays": [], "chinesecalendar": [date(2005, 12, 31)]}  # which was worked, by the notice for 2006
ASK = "from datetime import date; from ssflow.calendar import WorkCalendar; (lambda cal: cal.add(date(2026, 2, 9), 20))"
PROCESSES = {
    "bare python": "pass",
    "import holidays": "import holidays",
    "import ssflow.calendar": "import ssflow.calendar",
    "china(), one answer": f"{ASK}(WorkCalendar.china())",
    "in_region(), one answer": f"{ASK}(WorkCalendar.china().in_region('450000'))",
}

Times = Mapping[str, list[float]]


def seconds(action: Callable[[], object]) -> float:
    """How long one call takes."""
    begun = time.perf_counter()
    action()
    return time.perf_counter() - begun


def rounds(n: int, contenders: Mapping[str, tuple[Callable[[], object], int]]) -> Times:
    """What each contender takes for one of its units in each round, all in turn: what disturbs one disturbs them alike."""
    found = [{name: seconds(action) / units for name, (action, units) in contenders.items()} for _ in range(n)]
    return {name: [each[name] for each in found] for name in contenders}


def report(times: Times, name: str, *bases: str, unit: float = 1e9, target: str = "") -> None:
    """Print a line: how long it takes, how many times as long as others, and whether that is what was aimed at."""
    line = f"  {name:26}{median(times[name]) * unit:12.1f} {'ns' if unit == 1e9 else 'ms'}"
    for base in bases:
        low, ratio, high = quantiles((a / b for a, b in zip(times[name], times[base], strict=True)), n=4)
        line += f"{ratio:9.2f} x {base:16}{f'[{low:.2f}, {high:.2f}]':20}"
        if target:
            sign, aim = target.split()
            reached = ratio <= float(aim) if sign == "<=" else ratio >= float(aim)
            line += f"target {target}x: {'reached' if reached else 'NOT reached'}"
    print(line.rstrip())


def by_hand(worked: Callable[[date], bool]) -> dict[str, Callable[..., Any]]:
    """What one would write for oneself: three lists, and a plain function for each question that checks the bounds."""
    base, size, works = FIRST.toordinal(), len(EVERY), [worked(day) for day in EVERY]
    counted, workdays = list(accumulate(works)), [day for day in EVERY if worked(day)]

    def add(day: date, n: int) -> date:
        i = day.toordinal() - base
        if not 0 <= i < size:
            raise ValueError(day)
        return workdays[counted[i] + n - 1]

    def count(after: date, through: date) -> int:
        i, j = after.toordinal() - base, through.toordinal() - base
        if not (0 <= i < size and 0 <= j < size):
            raise ValueError(after, through)
        return counted[j] - counted[i]

    def is_workday(day: date) -> bool:
        i = day.toordinal() - base
        if not 0 <= i < size:
            raise ValueError(day)
        return works[i]

    return {"add": add, "count": count, "is_workday": is_workday}


def scalars(cal: Any, exact: Any) -> None:
    """One day at a time, dates in and dates out."""
    import chinese_calendar as chinese
    import holidays
    import numpy as np

    china = holidays.country_holidays("CN", years=range(FIRST.year - 1, LAST.year + 2))
    for name, works in (("holidays", china.is_working_day), ("chinesecalendar", chinese.is_workday)):
        assert [day for day in EVERY if works(day) != cal.is_workday(day)] == WRONG[name], name
    random = Random(SEED)  # noqa: S311
    days = [date(2018, 1, 1) + timedelta(days=random.randrange(6 * 365)) for _ in range(400)]
    alone, pairs = [(day, 20) for day in days], [(day, day + timedelta(days=random.randrange(80, 101))) for day in days]
    closed = [(a + DAY, b) for a, b in pairs]  # what counts both days
    half_open = [(np.datetime64(a + DAY), np.datetime64(b + DAY)) for a, b in pairs]  # what counts the first one only
    from_zero = [
        (day, 19 + cal.is_workday(day)) for day in days
    ]  # what counts the next working day from a rest day as 0
    numpys = [(np.datetime64(day), 20) for day in days]
    names = {"cal": cal, "china": china, "chinese": chinese, "np": np, "exact": exact, **by_hand(cal.is_workday)}
    questions = {
        "add": {
            "table by hand": ("add(x, y)", alone),
            "ssflow": ("cal.add(x, y)", alone),
            "holidays": ("china.get_nth_working_day(x, y)", alone),
            "chinesecalendar": ("chinese.find_workday(y, x)", from_zero),
            "NumPy busday": ("np.busday_offset(x, y, 'backward', busdaycal=exact)", numpys),
        },
        "count": {
            "table by hand": ("count(x, y)", pairs),
            "ssflow": ("cal.count(x, y)", pairs),
            "holidays": ("china.get_working_days_count(x, y)", closed),
            "chinesecalendar": ("len(chinese.get_workdays(x, y))", closed),
            "NumPy busday": ("np.busday_count(x, y, busdaycal=exact)", half_open),
        },
        "is_workday": {
            "table by hand": ("is_workday(x)", alone),
            "ssflow": ("cal.is_workday(x)", alone),
            "holidays": ("china.is_working_day(x)", alone),
            "chinesecalendar": ("chinese.is_workday(x)", alone),
            "NumPy busday": ("np.is_busday(x, busdaycal=exact)", numpys),
        },
    }
    for what, calls in questions.items():
        contenders, answers = {}, {}
        for name, (call, rows) in {**calls, "loop": ("x", alone)}.items():
            space = {**names, "rows": rows}
            answers[name] = np.array(eval(f"[{call} for x, y in rows]", space)).tolist()  # noqa: S307
            assert name == "loop" or answers[name] == answers["table by hand"], f"{name} has other answers to {what}"
            timer = Timer(f"for x, y in rows: {call}", globals=space)
            loops = max(1, round(0.005 / timer.timeit(1)))
            contenders[name] = (partial(timer.timeit, loops), loops * len(days))
        times = rounds(15, contenders)
        times = {name: [a - b for a, b in zip(times[name], times["loop"], strict=True)] for name in calls}
        print(f"\n{what}, one day of 2018 to 2023; all agree; less the loop around it")
        report(times, "table by hand")
        report(times, "ssflow", "table by hand", target="<= 1.5")
        for name in [*calls][2:]:
            report(times, name, "ssflow", target=">= 150" if (what, name) == ("add", "holidays") else "")


def columns(cal: Any, exact: Any, n: int) -> None:
    """A column of days at a time."""
    import numpy as np

    from ssflow.calendar import days, workdays

    rng, w20, d15, out = np.random.default_rng(SEED), workdays(20), days(15), np.empty(n, "datetime64[D]")
    a, known = (np.datetime64(FIRST) + rng.integers(0, 365 * 21 + 180, n) for _ in range(2))
    b, stopped = a + rng.integers(1, 120, n), a + rng.integers(0, 30, n)
    resumed, few = stopped + rng.integers(1, 30, n), a[:FEW]
    calls: dict[str, tuple[Callable[[slice], object], str]] = {
        "deadlines(out=)": (lambda i: w20.deadlines(a[i], cal, out=out[i]), "<= 3"),
        "deadlines": (lambda i: w20.deadlines(a[i], cal), "<= 4"),
        "is_workday": (lambda i: cal.is_workday(a[i]), ""),
        "count": (lambda i: cal.count(a[i], b[i]), ""),
        "add": (lambda i: cal.add(a[i], 20), ""),
        "days(15).deadlines": (lambda i: d15.deadlines(a[i], cal), ""),
        "as_of each row, out=": (lambda i: w20.deadlines(a[i], cal, as_of=known[i], out=out[i]), "<= 6"),
        "tolled each row, out=": (
            lambda i: w20.deadlines(a[i], cal, tolled=[(stopped[i], resumed[i])], out=out[i]),
            "<= 10",
        ),
    }
    start = slice(min(n, 100_000))
    firsts = {name: seconds(partial(call, start)) for name, (call, _) in calls.items()}
    numpys = partial(np.busday_offset, few, 20, roll="backward", busdaycal=exact)
    assert (w20.deadlines(few, cal).due == numpys()).all(), "NumPy has other deadlines"
    whole = {name: (partial(call, slice(None)), n) for name, (call, _) in calls.items()}
    plain = np.arange(a.view(np.int64).max() + 1)
    look_up = partial(np.take, plain, a.view(np.int64), out=out.view(np.int64), mode="clip")
    floors = {"copy": (partial(np.copyto, out, a), n), "np.take": (look_up, n)}
    times = rounds(9, {**floors, **whole, "NumPy busday": (numpys, len(few))})
    print(
        f"\ncolumns of {n:,} days of 2005 to mid 2026, a row; deadlines of workdays(20); copy and take into memory at hand"
    )
    report(times, "copy")
    report(times, "np.take", "copy")
    for name, (_, target) in calls.items():
        report(times, name, "copy", target=target)
    report(times, "NumPy busday", "deadlines(out=)", target=">= 60")
    print(f"\nthe first call, which fills the tables: {start.stop:,} rows, once each, in this order")
    for name, first in firsts.items():
        print(f"  {name:26}{first * 1e3:12.1f} ms{first / median(times[name]) / n:9.2f} x the same later, all rows")
    packages(few, lambda column: w20.deadlines(column, cal))


def packages(a: Any, ask: Callable[[Any], object]) -> None:
    """The same column as other packages hold it."""
    contenders = {"NumPy": (partial(ask, a), len(a))}
    print(f"\ndeadlines of {len(a):,} rows, a row, in whose column")
    for name, package, make in (
        ("pandas", "pandas", "p.Series(a)"),
        ("pandas, Arrow dates", "pandas", "p.Series(a).astype('date32[pyarrow]')"),
        ("polars", "polars", "p.Series(a)"),
        ("Arrow", "pyarrow", "p.array(a)"),
    ):
        try:
            column = eval(make, {"p": import_module(package), "a": a})  # noqa: S307
        except ImportError as missing:
            print(f"  {name:26}not measured: {missing}")
        else:
            contenders[name] = (partial(ask, column), len(a))
    times = rounds(15, contenders)
    for name in contenders:
        report(times, name, *(["NumPy"] if name != "NumPy" else []))


def building() -> None:
    """What it takes to begin."""
    fresh = {name: (partial(subprocess.run, [sys.executable, "-c", code]), 1) for name, code in PROCESSES.items()}
    rounds(1, fresh)  # compiles what is not compiled yet
    times = rounds(15, fresh)
    print("\na fresh process from beginning to end")
    for name in PROCESSES:
        report(
            times,
            name,
            *({"bare python": [], "import holidays": ["bare python"]}.get(name, [*PROCESSES][:2])),
            unit=1e3,
        )


def main() -> None:
    """Print all of it."""
    import numpy as np

    from ssflow.calendar import WorkCalendar

    info = Path("/proc/cpuinfo").read_text(encoding="utf-8") if Path("/proc/cpuinfo").is_file() else ""
    cpu = next(
        (line.partition(": ")[2] for line in info.splitlines() if line.startswith("model name")), platform.machine()
    )
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    print(f"Python {platform.python_version()}, NumPy {np.__version__}, {os.cpu_count()} x {cpu}{load}")
    gc.disable()
    cal = WorkCalendar.china()
    rests = [day for day in EVERY if not cal.is_workday(day)]
    exact = np.busdaycalendar(weekmask="1111111", holidays=np.array(rests, "datetime64[D]"))
    scalars(cal, exact)
    columns(cal, exact, int(float(sys.argv[1])) if len(sys.argv) > 1 else ROWS)
    building()


if __name__ == "__main__":
    main()
