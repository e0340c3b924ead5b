"""Odd values at the doors of logs: an answer, or an error of ours in both languages."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ssflow import Legislation, WorkCalendar, rulebook
from ssflow.errors import SsflowError
from ssflow.logs import Columns, Entry, EventLog, check_log, read_log
from ssflow.machines.consultation import Consultation
from ssflow.simulation import default_scenario, simulate
from ssflow.tables import Table
from tests.odd import idle, places_of, refusals, taken_wrongly

NAME = "consultation"
RUN = simulate(NAME, cases=2, runs=1)
LOG = read_log(RUN.log())
FOUND = check_log(LOG, NAME)
DAY = date(2026, 3, 2)
VALUES = [
    None, "", "x", "x.txt", "x.csv", "999999", b"15", 0, -1, 1.5, float("nan"), True, 10**30, object(), [], {}, (), [None], ["x"], {"x": "y"}, {1: 2},
    {"x": None}, datetime(2026, 3, 2), datetime(2026, 3, 2, tzinfo=UTC), date.min, date.max, timedelta(1), Path("nowhere"), Path("nowhere.xes"),  # noqa: DTZ001
    WorkCalendar.china(), Legislation(), rulebook("loss_report"), Consultation, default_scenario("loss_report"), LOG,
    LOG.table(), [LOG.entries[0]], Columns(), np.arange(3), RUN, RUN.log(),
]  # fmt: skip
ODD = {f"{number} {type(value).__name__}": value for number, value in enumerate(VALUES)}


def entry(*parts: object) -> None:
    names = ("case", "activity", "time", "resource", "lifecycle", "profile")
    check_log(EventLog([Entry(**dict(zip(names, parts, strict=True)))]), NAME)


def columns(name: str):
    return lambda value: read_log(LOG.table(), Columns(**{name: value}))


def labelled(fits: Callable[[Any], bool]) -> tuple[str, ...]:
    """The labels of the odd values that fit; of arrays nothing is asked."""
    return tuple(label for label, value in ODD.items() if not isinstance(value, np.ndarray) and fits(value))


DOORS = {
    "Entry": (entry, "1", "ask", DAY, "", "complete", ""),
    "EventLog": (EventLog, LOG.entries),
    "read_log": (read_log, LOG.table(), Columns()),
    **{f"Columns.{name}": (columns(name), getattr(Columns(), name)) for name in (
        "case", "activity", "time", "resource", "lifecycle", "profile", "time_format", "zone",
    )},
    "check_log": (check_log, LOG, NAME),
    **{f"check_log.{name}": (lambda value, name=name: check_log(LOG, NAME, **{name: value}), usual) for name, usual in {
        "columns": None, "activities": {}, "places": "440100", "law": rulebook(NAME), "until": LOG.last_day, "on_progress": None,
    }.items()},
    "LogCheck.case": (FOUND.case, LOG.entries[0].case),
    "LogCheck.say": (FOUND.say, "zh"),
    "Deviation.say": (lambda lang: [d.say(lang) for d in check_log(
        EventLog([Entry(case="a", activity="answer", time=DAY)]), NAME).case("a").deviations], "zh"),
}  # fmt: skip


@pytest.mark.parametrize("name", DOORS)
def test_the_usual_is_answered(name: str) -> None:
    """The baseline from which one argument at a time is made odd."""
    door, *usual = DOORS[name]
    door(*usual)


TEXTS = tuple(label for label, value in ODD.items() if isinstance(value, str) and value)
NONE_GIVEN = labelled(lambda value: value is None)
TAKES = {
    ("Entry", 0): TEXTS,
    ("Entry", 2): labelled(lambda value: isinstance(value, datetime) and value.tzinfo is not None),
    **dict.fromkeys((("Entry", 3), ("Entry", 4), ("Columns.time_format", 0)), (*labelled(lambda value: value == ""), *TEXTS)),
    ("Entry", 5): labelled(lambda value: value == ""),
    ("EventLog", 0): labelled(lambda value: value in ([], {}, ()) or value == [LOG.entries[0]]),
    ("check_log", 0): labelled(lambda value: isinstance(value, Table)),
    ("check_log", 1): labelled(lambda value: value is Consultation),
    ("check_log.law", 0): (*NONE_GIVEN, *labelled(lambda value: isinstance(value, Legislation))),
    ("check_log.activities", 0): (*NONE_GIVEN, *labelled(lambda value: value == {})),
    ("read_log", 1): NONE_GIVEN,
    **{(f"check_log.{name}", 0): NONE_GIVEN for name in ("columns", "places", "until", "on_progress")},
}  # fmt: skip


@pytest.mark.parametrize(("name", "i"), places_of(DOORS))
def test_the_odd_is_refused_by_us(name: str, i: int) -> None:
    """Whatever stands in the place of one argument is refused by us in both languages, but for what is listed as taken."""
    refused = refusals(DOORS, name, i, ODD)

    assert taken_wrongly(DOORS, name, i, refused, TAKES, ODD) == []
    assert idle(name, i, refused, TAKES) == []
    for label, error in refused.items():
        if error is not None:
            assert error.say("zh") != error.say("en"), label


@pytest.mark.parametrize(
    "path", ["x.txt", Path("no/such/folder/x.csv"), Path("no/such/folder/x.xes"), Path("no/such/folder/x.parquet"), 3]
)
def test_what_cannot_be_written_is_refused(path: object, tmp_path: Path) -> None:
    """An ending that nobody writes, a folder that is not there, no path at all."""
    with pytest.raises(SsflowError):
        LOG.write(path if not isinstance(path, Path) else tmp_path / path)
