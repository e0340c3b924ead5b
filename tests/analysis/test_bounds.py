"""What law allows at best and at worst: no lawful case is sooner or later, and the ways that are told are the kernel's own."""

from datetime import date, timedelta

import numpy as np
import pytest
from attrs import evolve

from ssflow import workdays
from ssflow.analysis import bounds
from ssflow.errors import InputError, UnknownError
from ssflow.process import Term
from ssflow.simulation import Arrivals, Duration, Practice, Scenario, default_scenario, default_scenarios, simulate

CASES = 40
QUICK, SLOW = (Practice(takes=Duration("exponential", mean, "workdays")) for mean in (1, 12))


def of_one_day(process: str, practice: Practice) -> Scenario:
    """A scenario all of whose cases arrive on its first day, and in which everything takes the same time."""
    scenario = default_scenario(process)
    many = Arrivals(counted={scenario.start: CASES})
    return evolve(scenario, arrivals=many, practices=[practice], follow=900)


@pytest.mark.parametrize("process", default_scenarios())
@pytest.mark.parametrize("practice", [QUICK, SLOW], ids=["quick", "slow"])
def test_no_lawful_case_is_outside(process: str, practice: Practice) -> None:
    """Of cases that chance has played, those in which no term was late end within the bounds of their kind and end."""
    scenario = of_one_day(process, practice)
    found = bounds(scenario)
    allowed = {(row["kind"], row["end"]): row for row in found.table().rows()}
    run = simulate(scenario, runs=1)
    cases = run.cases
    terms = [f"{clock.name}_late" for clock in scenario.definition.clocks if isinstance(clock, Term)]
    late = sum((np.asarray(cases[term]) for term in terms), start=np.zeros(CASES, dtype=np.int64))
    tried = 0
    for row, delay in zip(cases.rows(), late.tolist(), strict=True):
        if row["closed"] is None or delay or row["opened"].date() != scenario.start:
            continue
        limit = allowed[row["profile"], row["state"]]
        took = (row["closed"].date() - scenario.start).days
        assert took >= limit["least"], (row, limit)
        assert limit["most"] is None or took <= limit["most"], (row, limit)
        tried += 1
    assert tried or practice is SLOW


def test_terms_one_after_the_other_add_up() -> None:
    """Twenty working days for the whole, then a month for the money: each act on the last day, with its term and article."""
    found = bounds("unemployment_transfer", on=date(2026, 2, 9))
    calendar = found.scenario.law.calendar
    whole = workdays(20).deadline(date(2026, 2, 9), calendar).due
    way = list(found.way("closed").rows())
    assert next(row["due"] for row in way if row["due"]) == whole
    assert way[-1]["figure"] == "1 month"
    assert all(row["basis"] and row["day"] == row["due"] for row in way[1:])
    (most,) = {row["most"] for row in found.table().rows() if row["end"] == "closed"}
    assert most == (way[-1]["day"] - date(2026, 2, 9)).days
    assert {row["day"] for row in found.way("closed", quickest=True).rows()} == {date(2026, 2, 9)}


def test_what_nothing_bounds_is_said() -> None:
    """A state in which no term runs is named, and no number is made up; what the terms allow stands beside it."""
    rows = {row["end"]: row for row in bounds("medical_transfer").table().rows()}
    assert rows["closed"]["most"] is None
    assert rows["closed"]["binding"] > 0
    assert "applied for" in rows["closed"]["unbounded"]


def test_what_may_be_done_over_and_over_is_said() -> None:
    """A temporary card is renewed again and again: each time it runs anew."""
    found = bounds("temporary_card")
    assert any("repeated without limit" in row["unbounded"] for row in found.table().rows())
    assert "可以反复" in found.say("zh")


def test_a_lapse_ends_a_case_by_itself() -> None:
    """A temporary loss report is in force for five days; it lapses as the last is over, no sooner and no later."""
    found = bounds("loss_report")
    rows = {row["end"]: row for row in found.table().rows()}
    lapsed = rows["lapsed"]
    assert lapsed["least"] == lapsed["most"]
    last = list(found.way("lapsed").rows())[-1]
    assert last["day"] == last["due"] + timedelta(days=1)


def test_spring_festival_lengthens_what_is_longest() -> None:
    """The same working days are more days of the calendar where a festival lies among them."""
    days = {
        on: bounds("unemployment_transfer", on=on).table()["most"][0] for on in (date(2026, 2, 9), date(2026, 3, 2))
    }
    assert days[date(2026, 2, 9)] > days[date(2026, 3, 2)]


def test_a_reform_moves_the_bounds() -> None:
    """Law is an argument: a shorter term leaves less time."""
    scenario = default_scenario("unemployment_transfer")
    shorter = scenario.law.of(scenario.definition).amended_all("whole", "2 workdays", since=scenario.start)
    now, then = (bounds(scenario, law=law).table()["most"] for law in (None, shorter))
    assert all(one > other for one, other in zip(now, then, strict=True))


def test_what_cannot_be_asked_is_refused() -> None:
    """A day before there was such a procedure; ends and kinds that do not exist."""
    with pytest.raises(InputError):
        bounds("electronic_card", on=date(2001, 1, 1))
    with pytest.raises(UnknownError):
        bounds("loss_report").way("nowhere")
    with pytest.raises(UnknownError):
        bounds("loss_report").way("lapsed", "nobody")


def test_kinds_that_cannot_be_opened_are_told() -> None:
    """The others are answered."""
    found = bounds("remedy", on=date(2026, 3, 2))  # before anybody knew of the act
    assert found.refused and found.kinds
    assert "refused" in repr(found) and "不予办理" in found._repr_html_()
