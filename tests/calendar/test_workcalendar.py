"""Counting working days."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssflow.calendar import DayKind, WorkCalendar
from ssflow.errors import CoverageError, InputError

CAL = WorkCalendar.china()
days = st.dates(date(2005, 1, 1), date(2026, 12, 31))
far_days = st.dates(date(2005, 1, 1), date(2090, 12, 31))
counts = st.integers(1, 300)


@pytest.mark.parametrize(
    ("start", "n", "due"),
    [
        (date(2026, 2, 9), 20, date(2026, 3, 13)),  # Spring Festival and two make-up Saturdays
        (date(2005, 12, 30), 1, date(2005, 12, 31)),  # a working Saturday that others lack
        (date(2025, 9, 26), 1, date(2025, 9, 28)),  # due on a make-up Sunday
        (date(2026, 2, 21), 1, date(2026, 2, 24)),  # start on a rest day
        (date(2026, 2, 28), 1, date(2026, 3, 2)),  # start on a make-up Saturday
        (date(2013, 4, 3), 1, date(2013, 4, 7)),
        (date(2024, 2, 8), 1, date(2024, 2, 9)),  # the eve of 2024 was no holiday
        (date(2012, 6, 21), 1, date(2012, 6, 25)),
        (date(2026, 12, 4), 20, date(2027, 1, 4)),  # beyond the notices: a forecast
        (date(2027, 1, 28), 10, date(2027, 2, 17)),
    ],
)
def test_known_additions(start: date, n: int, due: date) -> None:
    """Additions checked by hand against the notices."""
    assert CAL.add(start, n) == due


@pytest.mark.parametrize(
    ("day", "n", "before"), [(date(2026, 3, 31), 30, date(2026, 2, 11)), (date(2026, 10, 9), 3, date(2026, 9, 29))]
)
def test_known_subtractions(day: date, n: int, before: date) -> None:
    """Counting back, checked by hand."""
    assert CAL.sub(day, n) == before


def test_known_counts() -> None:
    """The first day is not counted, the last one is."""
    assert CAL.count(date(2026, 2, 9), date(2026, 3, 1)) == 10
    assert [CAL.count(date(y - 1, 12, 31), date(y, 12, 31)) for y in (2024, 2025, 2026)] == [251, 248, 248]


def test_firm_through() -> None:
    """The notice of 2026 makes the year firm up to 28 December."""
    assert CAL.firm_through == date(2026, 12, 28)


@given(far_days, counts)
def test_count_inverts_add(day: date, n: int) -> None:
    """As many working days lie after a day as were added to it, and the n-th one works."""
    end = CAL.add(day, n)

    assert CAL.count(day, end) == n
    assert CAL.is_workday(end)


@given(far_days, counts)
def test_add_is_the_definition(day: date, n: int) -> None:
    """The n-th working day is found by walking day by day."""
    walked, left = day, n
    while left:
        walked += timedelta(days=1)
        left -= CAL.is_workday(walked)

    assert CAL.add(day, n) == walked


@given(far_days, counts, counts)
def test_add_in_two_steps(day: date, a: int, b: int) -> None:
    """Adding in two steps is adding at once."""
    assert CAL.add(CAL.add(day, a), b) == CAL.add(day, a + b)


@given(far_days, far_days, counts)
def test_add_keeps_order(a: date, b: date, n: int) -> None:
    """A later start never ends earlier."""
    assert CAL.add(min(a, b), n) <= CAL.add(max(a, b), n)


@given(days, st.integers(1, 100))
def test_sub_mirrors_add(day: date, n: int) -> None:
    """From a working day, going back n and forth n is where one was."""
    work = CAL.on_or_after(day)

    assert CAL.sub(CAL.add(work, n), n) == work


@given(far_days)
def test_the_nearest_working_days(day: date) -> None:
    """on_or_after and on_or_before are the day itself if it works, else its neighbours with nothing between."""
    before, after = CAL.on_or_before(day), CAL.on_or_after(day)

    assert before <= day <= after
    assert CAL.is_workday(before)
    assert CAL.is_workday(after)
    assert CAL.count(before, after) == (before != after)


@given(days, days)
def test_count_is_antisymmetric(a: date, b: date) -> None:
    """Counting the other way round changes the sign."""
    assert CAL.count(a, b) == -CAL.count(b, a)


def test_day_says_what_made_it_so() -> None:
    """A day tells its kind, its name and its notice."""
    festival = CAL.day(date(2026, 2, 17))
    makeup = CAL.day(date(2026, 2, 14))
    kinds = {
        day: CAL.day(day).kind for day in (date(2026, 2, 20), date(2015, 9, 3), date(2026, 3, 7), date(2026, 3, 9))
    }

    assert (festival.kind, festival.name.zh, str(festival.notice)) == (
        DayKind.STATUTORY,
        "春节",
        "国办发明电〔2025〕7号",
    )
    assert (makeup.kind, makeup.is_workday) == (DayKind.MAKEUP, True)
    assert list(kinds.values()) == [DayKind.SWAPPED, DayKind.EXTRA, DayKind.WEEKEND, DayKind.WORKDAY]
    assert not CAL.day(date(2027, 2, 5)).firm


def test_the_day_of_an_instant_is_the_day_in_beijing() -> None:
    """16:30 UTC is the next day in Beijing."""
    assert CAL.add(datetime(2026, 2, 13, 16, 30, tzinfo=UTC), 1) == CAL.add(date(2026, 2, 14), 1)
    assert CAL.is_workday(datetime(2026, 2, 13, 16, 30, tzinfo=UTC)) is True
    assert CAL.is_workday(datetime(2026, 2, 15, 1, 0, tzinfo=timezone(timedelta(hours=8)))) is False


@pytest.mark.parametrize(
    ("call", "error", "says"),
    [
        (lambda: CAL.is_workday(datetime(2026, 2, 13)), ValueError, "is naive: give it a time zone"),  # noqa: DTZ001
        (lambda: CAL.is_workday("2026-02-13"), InputError, "a datetime.date or an aware datetime is required"),
        (lambda: CAL.add(date(2026, 2, 13), 0), ValueError, "at least 1, not 0"),
        (lambda: CAL.add(date(2026, 2, 13), -1), ValueError, "at least 1, not -1"),
        (lambda: CAL.add(date(2026, 2, 13), 1.5), ValueError, "at least 1, not 1.5"),
        (lambda: CAL.add(date(2026, 2, 13), True), ValueError, "at least 1, not True"),
        (lambda: CAL.is_workday(date(1999, 1, 1)), CoverageError, "ask about a later day"),
        (lambda: CAL.is_workday(date(2003, 1, 1)), CoverageError, "add the notice of 2003: with_notices"),
        (lambda: CAL.add(date(2003, 12, 31), 1), CoverageError, "known from 2004-01-01"),
        (lambda: CAL.sub(date(2004, 1, 5), 30), CoverageError, "ask about a later day"),
        (lambda: CAL.add(date(2099, 12, 1), 100), CoverageError, "no calendar reaches beyond 2099"),
        (lambda: CAL.is_workday(date(2100, 1, 1)), CoverageError, "no calendar reaches beyond 2099"),
        (lambda: CAL.count(date(2026, 1, 1), date(2100, 1, 1)), CoverageError, "no calendar reaches beyond 2099"),
        (
            lambda: CAL.strict().add(date(2026, 12, 28), 1),
            CoverageError,
            "add the notice of 2027: with_notices",
        ),
        (
            lambda: CAL.strict().is_workday(date(2026, 12, 29)),
            CoverageError,
            "takes working days from 2026-12-29 on, which are not firm",
        ),
    ],
)
def test_what_cannot_be_answered_is_refused_with_advice(call, error: type[Exception], says: str) -> None:
    """Naive instants, wrong types, counts below one and days out of reach are refused; the message says what to do."""
    with pytest.raises(error, match=says.replace("(", r"\(")):
        call()


@pytest.mark.parametrize(
    ("call", "day", "remedy"),
    [
        (lambda: CAL.add(date(2099, 12, 1), 100), date(2099, 12, 1), "ask about an earlier day"),
        (lambda: CAL.count(date(2100, 1, 2), date(2026, 1, 1)), date(2100, 1, 2), "ask about an earlier day"),
        (lambda: CAL.sub(date(2004, 1, 5), 30), date(2004, 1, 5), "ask about a later day"),
        (lambda: CAL.is_workday(datetime(1999, 1, 1, 20, tzinfo=UTC)), date(1999, 1, 2), "ask about a later day"),
    ],
)
def test_an_error_has_its_parts(call, day: date, remedy: str) -> None:
    """A day out of reach is an attribute of the error, and so is what to do."""
    with pytest.raises(CoverageError) as refused:
        call()

    assert refused.value.day == day
    assert refused.value.remedy.en.startswith(remedy)


def test_strict_answers_within_its_reach() -> None:
    """The strict calendar agrees up to its last firm day."""
    assert CAL.strict().add(date(2026, 12, 25), 1) == date(2026, 12, 28)
    assert CAL.strict().on_or_before(date(2026, 12, 28)) == date(2026, 12, 28)


def test_calendars_are_values() -> None:
    """Equal notices make equal calendars with the same digest; fewer notices make another."""
    fewer = WorkCalendar(tuple(notice for notice in CAL.notices if notice.id != "2026"))
    views = [CAL, fewer, CAL.in_region("450000"), CAL.in_region("450000", "enterprise"), CAL.as_of(date(2020, 1, 26))]

    assert WorkCalendar(CAL.notices) == CAL
    assert WorkCalendar(CAL.notices).digest == CAL.digest
    assert len({view.digest for view in views}) == len(set(views)) == len(views)
    assert fewer.firm_through == date(2025, 12, 28)
    assert repr(CAL).startswith("WorkCalendar(notices=<70 notices>, place=''")
