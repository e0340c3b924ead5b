"""The balance: what rests on weekdays is owed by law or made up on weekends, in every notice and every year since 2004."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from ssflow.calendar import Notice, Rest, WorkCalendar
from ssflow.calendar.balancing import Balance, balance, lacks
from ssflow.errors import CoverageError, DataError
from ssflow.text import Text

CHINA = WorkCalendar.china()
NATIONAL = sorted((notice for notice in CHINA.notices if notice.is_national), key=lambda notice: notice.year)
WHOLE = [notice for notice in NATIONAL if notice.complete]
YEARS = [(year, list(group)) for year, group in groupby(NATIONAL, key=lambda notice: notice.year)]
OWED = {**dict.fromkeys(range(2004, 2008), 10), **dict.fromkeys(range(2008, 2025), 11), 2025: 13, 2026: 13}
GRANTED = {2015: 1, 2020: 2}  # 3 September 2015; 31 January and 1 February 2020


@pytest.mark.parametrize("notice", WHOLE, ids=lambda notice: notice.id)
def test_every_notice_balances(notice: Notice) -> None:
    """Each notice gives exactly the days that the regulation of its year owes, wherever they lie."""
    sums = balance(notice.year, [notice])

    assert sums.rest - sums.worked == sums.owed == OWED[notice.year]
    assert sums.is_even
    assert not list(lacks(notice))


@pytest.mark.parametrize(("year", "notices"), YEARS, ids=[str(year) for year, _ in YEARS])
def test_every_year_balances_with_its_amendments(year: int, notices: list[Notice]) -> None:
    """With what was amended, a year gives the days owed and those that an act of its own granted, and no more."""
    sums = balance(year, sorted(notices, key=lambda notice: notice.known_by))

    assert sums.rest - sums.worked == OWED[year] + GRANTED.get(year, 0)
    assert sums.is_even


def test_a_calendars_notices_are_given_as_they_are() -> None:
    """Notices of other years and of places are no part of a year's balance, and their order does not matter."""
    every = WorkCalendar.china().notices

    for year, notices in YEARS:
        assert balance(year, every[::-1]) == balance(year, sorted(notices, key=lambda notice: notice.known_by))


@given(st.sampled_from(WHOLE), st.data())
def test_every_make_up_day_that_is_left_out_is_missed(notice: Notice, data: st.DataObject) -> None:
    """However many make-up days a file leaves out, it is told how many."""
    kept = tuple(day for day in notice.work if data.draw(st.booleans()))
    sums = balance(notice.year, [evolve(notice, work=kept)])

    # The two days that were granted in 2020, and that of 2015, cannot be told from days that nobody makes up.
    assert sums.missing_work == max(len(notice.work) - len(kept) - GRANTED.get(notice.year, 0), 0)


@pytest.mark.parametrize(
    ("sums", "zh", "en"),
    [
        (Balance(2027, 20, 0, 13, 0), "缺7个调休上班日", "7 make-up days are missing"),
        (Balance(2026, 19, 5, 13, 0), "缺1个调休上班日", "1 make-up day is missing"),
        (Balance(2026, 18, 6, 13, 0), "缺1个放假日，或者多1个调休上班日", "1 rest day is missing, or as many"),
        (Balance(2026, 19, 6, 13, 0), "相符", "they agree"),
    ],
)
def test_what_is_missing_is_said(sums: Balance, zh: str, en: str) -> None:
    """In both languages, with the number."""
    assert sums.verdict().zh == zh
    assert sums.verdict().en.startswith(en)


def test_a_whole_notice_that_does_not_balance_is_refused(tmp_path: Path) -> None:
    """Who claims a whole year and forgets its make-up days is told how many; as a part of the year it is used."""
    before = WorkCalendar(tuple(notice for notice in CHINA.notices if notice.year < 2026))
    own = next(notice for notice in CHINA.notices if notice.id == "2026")

    with pytest.raises(DataError) as refused:
        before.with_notices(evolve(own, work=()))
    assert "6 make-up days are missing" in refused.value.say("en")
    assert "缺6个调休上班日" in refused.value.say("zh")
    part = before.with_notices(evolve(own, work=(), complete=False))
    assert part.firm_through == date(2025, 12, 28)
    with pytest.raises(CoverageError) as unsure:
        part.strict().add(date(2026, 2, 9), 20)
    assert "6 make-up days are missing" in unsure.value.say("en")
    assert "缺6个调休上班日" in unsure.value.say("zh")


def test_days_of_an_act_of_its_own_may_rest_without_being_made_up() -> None:
    """A whole notice with a day that no regulation gives, marked so, balances with and without a day that makes it up."""
    own = next(notice for notice in CHINA.notices if notice.id == "2026")
    day = date(2026, 9, 3)
    more = evolve(own, rest=(*own.rest, Rest(name=Text("纪念日", "commemoration"), first=day, last=day, extra=True)))

    assert not list(lacks(more))
    assert not list(lacks(evolve(more, work=(*more.work, date(2026, 9, 6)))))
    assert list(lacks(evolve(more, work=(*more.work, date(2026, 9, 6), date(2026, 9, 12)))))
