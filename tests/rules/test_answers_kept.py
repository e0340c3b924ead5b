"""Answers that a rulebook keeps are those that it would find anew."""

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from attrs import evolve

from ssflow import machines
from ssflow.errors import InputError
from ssflow.regions import widening
from ssflow.rules import Rulebook, Value, rulebook

PLACES = ("", "110105", "371200", "440106", "510100")  # one is no more


def days_of(book: Rulebook, parameter: str) -> list[date]:
    """The days on which a figure begins, ends or is attested, or a law is watched, with the days around; and turns of years."""
    values = [value for value in book.values if value.parameter == parameter]
    named = [day for value in values for day in (value.since, value.until, value.attested_from) if day]
    named += [watch.since for watch in book.watches] + [date(year, 1, 1) for year in (2018, 2019, 2027)]
    return sorted({day + timedelta(by) for day in named if day < date.max for by in (-1, 0, 1)})


def questions(book: Rulebook, parameter: str) -> set[tuple[str, tuple[tuple[str, str], ...]]]:
    """Places and cases: for each figure some for which it is made, and a few others."""
    usual = {key: names[0] for key, names in book.keys.items()}
    found = {(place, tuple(usual.items())) for place in PLACES}
    for value in book.values:
        if value.parameter == parameter:
            keys = usual | {key: names[0] for key, names in value.when}
            found.add((value.region.partition("+")[0], tuple(keys.items())))
    return found


def by_definition(
    book: Rulebook, parameter: str, day: date, place: str, keys: dict[str, str]
) -> tuple[Value | None, list[str]]:
    """The first figure that prevails and fits, as known for the day, and the laws that may change it."""
    value = next((one for one in book.prevailing(parameter, day, place) if one.fits(keys)), None)
    if value is None:
        return None, []
    around = {*widening(place, day), *(code for one in value.region.split("+") for code in widening(one, day))}
    return value.as_of(day), [w.id for w in book.watches if w.bears_on(book.name, parameter, day, around)]


@pytest.mark.parametrize("ahead", [True, False], ids=["forwards", "backwards"])
@pytest.mark.parametrize("name", machines.names())
def test_what_was_asked_before_changes_no_answer(name: str, ahead: bool) -> None:
    """Whichever days were asked before, each answer is that of the definition: around each day on which something begins or ends."""
    book = evolve(rulebook(name))
    for parameter in sorted({value.parameter for value in book.values}):
        for day in sorted(days_of(book, parameter), reverse=not ahead):
            for place, keys in questions(book, parameter):
                found = book.find(parameter, day, place, dict(keys))
                expected, watched = by_definition(book, parameter, day, place, dict(keys))
                assert (found, found and found.confidence) == (expected, expected and expected.confidence), (day, place)
                assert [watch.id for watch in (found.watched if found else ())] == watched


def test_a_figure_that_ends_is_not_kept_for_the_days_after() -> None:
    """Also where nothing follows it, in the midst of a year."""
    fee = next(value for value in rulebook("card_replacement").values if value.parameter == "fee")
    book = evolve(rulebook("card_replacement"), values=(evolve(fee, region="", when=(), until=date(2020, 6, 30)),))

    assert [book.find("fee", date(2020, 6, 30) + timedelta(by)) is None for by in (-1, 0, 1)] == [False, False, True]
    assert book.find("fee", date(2020, 6, 30)) is not None


@pytest.mark.parametrize("day", [np.datetime64("2026-09-21"), datetime(2026, 9, 21, tzinfo=UTC), "2026-09-21", None])
def test_what_is_no_day_is_refused_whatever_was_asked_before(day: object) -> None:
    """Also a day of NumPy, which can be compared with days: no refusal hangs on an earlier question."""
    book = evolve(rulebook("card_replacement"))
    for _ in range(2):
        with pytest.raises(InputError, match="day"):
            book.find("production", day, "440100")
        assert book.find("production", date(2026, 9, 21), "440100") is not None
