"""Whose days, and as known when: places, bodies, days of knowledge. A view is a value."""

import gc
from datetime import UTC, date, datetime, timedelta

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from ssflow.calendar import (
    DayKind,
    WorkCalendar,
)
from ssflow.calendar.resolve import KEPT, Resolution
from ssflow.errors import CoverageError, InputError, UnknownError

CAL = WorkCalendar.china()


PLACES = ["", "450000", "540100", "640000", "650000", "110000", "330106", "422801"]


known_days = st.dates(date(2003, 1, 1), date(2027, 12, 31))


some_days = st.dates(date(2004, 1, 1), date(2027, 12, 31))


places = st.sampled_from(PLACES)


def test_every_state_of_knowledge() -> None:
    """26 national notices and four versions of the regulation were published, two of them on one day."""
    changes = CAL._resolution.view.changes

    assert len(changes) == 26 + 4 - 1
    assert [CAL.as_of(day).firm_through.year for day in changes[-3:]] == [2024, 2025, 2026]


@given(known_days, some_days, places)
def test_later_knowledge_never_changes_an_earlier_view(known: date, day: date, place: str) -> None:
    """A view of a day is made of what was public then: taking away all that came later changes no day.

    Whether a place has holidays of its own every year, and so may lack a notice, is known whatever was published when.
    """
    view = CAL.in_region(place).as_of(known)
    public = tuple(notice for notice in CAL.notices if notice.known_by <= known)
    then = WorkCalendar(public, place=place, known=known)

    assert evolve(view.day(day), firm=True) == evolve(then.day(day), firm=True)
    assert view.add(day, 15) == then.add(day, 15)


@given(some_days, places)
def test_today_is_the_latest_view(day: date, place: str) -> None:
    """The calendar of today says what was known on the day of its last notice, where no notice is missing."""
    here = CAL.in_region(place)
    latest = here.as_of(date(2027, 12, 31))

    assert here.day(day) == latest.day(day)


def test_the_regulation_is_that_of_the_day_too() -> None:
    """Before December 2013 nobody could know that the eve of Spring Festival 2014 would be worked."""
    eve = date(2015, 2, 18)

    assert CAL.as_of(date(2013, 12, 10)).day(eve).kind is DayKind.STATUTORY
    assert CAL.as_of(date(2013, 12, 11)).day(eve).kind is DayKind.WORKDAY


def test_a_holiday_whose_publication_is_unknown_is_known_from_its_first_day() -> None:
    """Nobody found when Lhasa's holidays of 2023 were announced, so no earlier view has them."""
    lhasa, losar = CAL.in_region("540100"), date(2023, 2, 20)

    assert lhasa.as_of(losar - timedelta(days=1)).is_workday(losar)
    assert not lhasa.as_of(losar).is_workday(losar)


def test_nothing_was_known_before_the_first_notice() -> None:
    """A view of a time without any notice is refused, with the day from which there is one."""
    with pytest.raises(CoverageError, match="ask as of 2003-01-01 or later") as refused:
        CAL.as_of(date(2002, 12, 31))

    assert refused.value.day == date(2002, 12, 31)


def test_a_view_is_as_of_the_end_of_a_day_in_beijing() -> None:
    """16:30 UTC on 26 January 2020 is the 27th in Beijing, when the extension was published."""
    instant = datetime(2020, 1, 26, 16, 30, tzinfo=UTC)

    assert CAL.as_of(instant).add(date(2020, 1, 20), 10) == date(2020, 2, 11)


@pytest.mark.parametrize(
    ("ask", "error", "says"),
    [
        (lambda: CAL.in_region("45"), UnknownError, "give the six digits of GB/T 2260"),
        (lambda: CAL.in_region("450000", "organs"), ValueError, "one of public, enterprise is required, not 'organs'"),
        (lambda: CAL.as_of(datetime(2020, 1, 26)), ValueError, "is naive"),  # noqa: DTZ001
        (lambda: CAL.as_of("2020-01-26"), InputError, "a datetime.date or an aware datetime is required"),
    ],
)
def test_views_that_make_no_sense_are_refused(ask, error: type[Exception], says: str) -> None:
    """Unknown places and bodies and naive instants are refused with advice."""
    with pytest.raises(error, match=says):
        ask()


def test_days_between_instants() -> None:
    """Days and ranges may be given as instants wherever a day may."""
    first, last = datetime(2026, 2, 13, 16, tzinfo=UTC), datetime(2026, 2, 14, 16, tzinfo=UTC)

    assert [day.date for day in CAL.days(first, last)] == [date(2026, 2, 14), date(2026, 2, 15)]
    assert CAL.is_firm(first, last)
    assert CAL.strict().count(date(2027, 3, 1), date(2027, 3, 1)) == 0
    assert CAL.day(date(2026, 12, 29)).firm is False
    assert timedelta(days=1) + date(2026, 2, 13) == CAL.civil_day(first)


def test_the_digest_tells_all_that_changes_answers() -> None:
    """Whether a notice settles its year is part of what a calendar says."""
    less = CAL.with_notices(evolve(next(n for n in CAL.notices if n.id == "2025"), complete=False))

    assert less.digest != CAL.digest


def test_calendars_are_copied_and_pickled_as_values() -> None:
    """A calendar that was asked many things is as small a value as a new one, and equal to it."""
    import copy
    import pickle

    asked = CAL.in_region("450000").as_of(date(2020, 1, 26)).strict()
    asked.add(date(2019, 3, 1), 5)
    back = pickle.loads(pickle.dumps(asked))  # noqa: S301 - our own

    assert back == asked == copy.deepcopy(asked)
    assert back.add(date(2019, 3, 1), 5) == asked.add(date(2019, 3, 1), 5)


def test_views_do_not_pile_up() -> None:
    """Whoever asks for many days of knowledge and places keeps a bounded number of tables; places of one practice share them."""
    calendar = WorkCalendar.china()
    here = calendar.in_region("320102")
    for months in range(0, 200, 2):
        known = date(2009, 12, 1) + timedelta(days=30 * months)
        for code in ("450100", "640100", "650100", "540100", "320102"):
            calendar.as_of(known).in_region(code).add(date(2010, 1, 4), 1)
    gc.collect()
    alive = sum(type(one) is Resolution for one in gc.get_objects())

    assert alive <= KEPT + len(calendar._places) + 40  # what other tests of this process still hold
    assert here._resolution is calendar.in_region("320104")._resolution is calendar._resolution
