"""What reading figures costs beside reading the TOML alone, what a look-up costs among many, and whether both grow evenly."""

import statistics
import tempfile
import time
import tomllib
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from ssflow.rules import Rulebook, rulebook

LAWS = '[law-x]\ntitle = ["某规定", "Some rule"]\nkind = "document"\n'
HEAD = '[keys]\nchannel = ["counter", "online"]\ngeneration = ["second", "third"]\n'
FIGURE = """
[[term]]
value = "{n} workdays"
since = {since}
when = {{ channel = "{channel}", generation = "{generation}" }}
cites = "law-x {n}"
text = "办理时限为{n}个工作日。"
confidence = "single"
"""
SIZES = (5_000, 20_000)
DAY = date(2026, 9, 21)
CASE = {"channel": "online", "generation": "third"}


def written(n: int) -> str:
    """A rulebook of one long history: every day a new figure, for four kinds of cases in turn."""
    kinds = [(channel, generation) for channel in ("counter", "online") for generation in ("second", "third")]
    figures = (
        FIGURE.format(
            n=k % 60 + 1,
            since=date(2000, 1, 1) + timedelta(days=k // 4),
            channel=kinds[k % 4][0],
            generation=kinds[k % 4][1],
        )
        for k in range(n)
    )
    return HEAD + "".join(figures)


def seconds(action: Callable[[], object]) -> float:
    """The time of one call."""
    begun = time.perf_counter()
    action()
    return time.perf_counter() - begun


def microseconds(book: Rulebook) -> float:
    """The median time of a look-up, the first one, which orders the figures, not counted."""
    book.find("term", DAY, "440106", CASE)
    runs = [seconds(lambda: [book.find("term", DAY, "440106", CASE) for _ in range(500)]) / 500 for _ in range(5)]
    return statistics.median(runs) * 1e6


def main() -> None:
    """Print times and ratios measured in this run."""
    read = {}
    for n in SIZES:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            (folder / "laws.toml").write_text(LAWS, encoding="utf-8")
            (folder / "many.toml").write_text(written(n), encoding="utf-8")
            bare = seconds(lambda: tomllib.loads((folder / "many.toml").read_text(encoding="utf-8")))  # noqa: B023
            read[n] = seconds(lambda: rulebook("many", [folder]))  # noqa: B023
            book = rulebook("many", [folder])
            reform = seconds(lambda: book.changes(book.amended_all("term", "3 workdays", since=date(2001, 1, 1))))  # noqa: B023
        print(f"{n:6} figures read {read[n]:18.2f} s   {read[n] / bare:5.1f} x the TOML alone ({bare:.2f} s)")
        print(f"{n:6} figures, a look-up {microseconds(book):12.1f} us")
        print(f"{n:6} figures, all amended and compared {reform:9.2f} s")
    small, large = SIZES
    print(f"{large // small} times the figures take {read[large] / read[small]:.1f} times as long")


if __name__ == "__main__":
    main()
