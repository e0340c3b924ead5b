"""A span over the year is the calendar's; a sweep is simulate and compare, for each amount."""

from datetime import date, timedelta

import pytest
from attrs import evolve

from ssflow import WorkCalendar, simulate, workdays
from ssflow.analysis import sweep, year_view
from ssflow.errors import CoverageError, InputError, UnknownError
from ssflow.simulation import default_scenario

CARD = "card_replacement"
SMALL = {"cases": 200, "runs": 3}


@pytest.mark.parametrize("span", ["20 workdays", "15 days", "2 months", "1 years"])
@pytest.mark.parametrize("region", ["440100", "450000"])
def test_every_day_of_the_year_is_the_calendars(span: str, region: str) -> None:
    """The last days, the lengths and the extremes are those that one deadline after the other gives."""
    calendar = WorkCalendar.china().in_region(region)
    view = year_view(span, 2024, calendar)
    rows = list(view.table().rows())
    assert len(rows) == 366
    for row in rows[::7]:
        assert row["due"] == view.span.deadline(row["day"], calendar).due
        assert row["days"] == (row["due"] - row["day"]).days
    lengths = [row["days"] for row in rows]
    longest, shortest = view.longest, view.shortest
    assert (longest.due - longest.start).days == max(lengths)
    assert (shortest.due - shortest.start).days == min(lengths)
    assert sum(view.by_length()["count"]) == 366


def test_spring_festival_is_why_it_is_longest() -> None:
    """Twenty working days are never longer than over Spring Festival, and the account says so."""
    view = year_view(workdays(20), 2026)
    assert date(2026, 1, 1) < view.longest.start < date(2026, 2, 15)
    assert "Spring Festival" in view.say("en") and "春节" in view.say("zh")
    assert "春节" in view._repr_html_() and "the longest" in repr(view)
    assert view.longest.due > view.longest.start + timedelta(days=30)


def test_spans_that_begin_with_no_day_are_refused() -> None:
    """Hours run from instants, and what counts back has no year of first days."""
    for span in ("24 hours", workdays(5, before=True), "x"):
        with pytest.raises(InputError):
            year_view(span, 2026)
    with pytest.raises(InputError):
        year_view("5 days", 1900)


def test_a_year_that_the_calendar_does_not_know_is_told_by_its_day() -> None:
    """And not by a row of the column in which the days are counted."""
    with pytest.raises(
        CoverageError, match=r"^2003-01-01: working days are known from 2004-01-01 on; add the notice of 2003"
    ):
        year_view("15 workdays", 2003)


def test_a_sweep_is_simulate_and_compare() -> None:
    """Each amount gives the simulation under the amended rulebook, and its comparison with the law as it is."""
    found = sweep("production", ["10 workdays", "12 workdays"], CARD, **SMALL)
    scenario = default_scenario(CARD)
    shorter = scenario.law.of(scenario.definition).amended_all("production", "10 workdays", since=scenario.start)
    alone = simulate(CARD, law=shorter, **SMALL)
    assert found.then["10 workdays"].digests == alone.digests
    assert found.now.digests == simulate(CARD, **SMALL).digests
    rows = [row for row in found.table().rows() if row["amount"] == "10 workdays"]
    changed = found.comparison("10 workdays").changed()
    assert [row["difference"] for row in rows] == changed["difference"]
    assert [row["difference_margin"] for row in rows] == changed["difference_margin"]
    assert found.late()["amount"][0] and len(found.late()) >= 3
    with pytest.raises(UnknownError):
        found.comparison("7 workdays")
    assert "production" in found._repr_html_() and repr(found)


def test_a_sweep_says_which_amount_changes_nothing() -> None:
    """The amount that is in force already, named with what is said of its comparison."""
    found = sweep("production", ["5 workdays", "7 workdays"], CARD, **SMALL)
    (note,) = found.notes
    assert note.en.startswith("7 workdays: ") and note.en in repr(found) and note.zh in found._repr_html_()


def test_numbers_take_the_unit_of_the_place() -> None:
    """In Guangzhou cards are made within working days, so 10 are ten of them."""
    assert list(sweep("production", [10], CARD, **SMALL).then) == ["10 workdays"]


@pytest.mark.parametrize(
    ("parameter", "amounts", "options"),
    [
        ("nothing", [1], {}),
        ("production", [], {}),
        ("fee", [5], {}),
        ("production", ["x"], {}),
        ("production", ["5 workdays"], {"law": None}),
    ],
)
def test_sweeps_over_nothing_are_refused(parameter: str, amounts: list, options: dict) -> None:
    """Figures that do not exist, no amounts, numbers without a unit, another law beside."""
    with pytest.raises(InputError):
        sweep(parameter, amounts, CARD, **SMALL, **options)


def test_a_sweep_takes_places_and_start_as_simulate_does() -> None:
    """What is given beside the scenario is part of it: the figure is swept from its first day, in the unit of its places."""
    start = date(2025, 3, 3)
    given = sweep("production", ["3 workdays"], "card_replacement", start=start, cases=50, runs=2)
    within = sweep(
        "production", ["3 workdays"], evolve(default_scenario("card_replacement"), start=start), cases=50, runs=2
    )

    assert given.table().say("en") == within.table().say("en")
    assert list(sweep("production", [3], "card_replacement", places="440300", cases=5, runs=1).then) == ["3 months"]
