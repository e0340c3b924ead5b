"""When spans end: the rules of the Civil Code, rolling, stopped clocks, hours."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssflow.calendar import DeadlineStatus, Span, WorkCalendar, days, hours, months, workdays, years

CAL = WorkCalendar.china()
CST = timezone(timedelta(hours=8))
starts = st.dates(date(2005, 1, 1), date(2026, 6, 30))
spans = st.one_of(
    st.builds(workdays, st.integers(1, 60)),
    st.builds(days, st.integers(1, 90), roll=st.sampled_from(["next", "none"])),
    st.builds(months, st.integers(1, 14)),
    st.builds(years, st.integers(1, 3)),
)
intervals = st.lists(
    st.tuples(st.integers(-20, 100), st.integers(0, 30)).map(lambda pair: (pair[0], pair[0] + pair[1])), max_size=4
)


@pytest.mark.parametrize(
    ("span", "start", "due"),
    [
        # worked by hand from the notices; national calendar, final knowledge
        (workdays(5), date(2020, 1, 20), date(2020, 2, 4)),
        (days(15), date(2020, 1, 17), date(2020, 2, 3)),
        (workdays(3), date(2005, 12, 28), date(2005, 12, 31)),
        (workdays(3), date(2006, 12, 28), date(2006, 12, 31)),
        (workdays(2), date(2007, 12, 28), date(2008, 1, 2)),
        (workdays(2), date(2011, 12, 30), date(2012, 1, 4)),
        (workdays(3), date(2012, 12, 31), date(2013, 1, 6)),
        (workdays(20), date(2023, 9, 22), date(2023, 10, 26)),
        (workdays(5), date(2023, 9, 28), date(2023, 10, 11)),
        (workdays(5), date(2025, 9, 30), date(2025, 10, 14)),
        (workdays(5), date(2026, 9, 30), date(2026, 10, 13)),
        (days(30), date(2025, 9, 4), date(2025, 10, 9)),
        (days(7, roll="none"), date(2025, 9, 28), date(2025, 10, 5)),
        (workdays(2), date(2025, 1, 24), date(2025, 1, 27)),
        (days(30), date(2026, 1, 16), date(2026, 2, 24)),
        (days(15), date(2026, 9, 5), date(2026, 9, 20)),
        (months(1), date(2023, 1, 31), date(2023, 2, 28)),
        (months(6), date(2022, 8, 31), date(2023, 2, 28)),
        (months(6), date(2023, 8, 31), date(2024, 2, 29)),
        (months(1), date(2025, 4, 30), date(2025, 5, 30)),
        (months(6), date(2023, 4, 1), date(2023, 10, 7)),
        (years(1), date(2024, 10, 4), date(2025, 10, 9)),
        (workdays(20), date(2023, 9, 18), date(2023, 10, 20)),
        (days(15), date(2026, 1, 30), date(2026, 2, 14)),
        (days(15), date(2026, 9, 22), date(2026, 10, 8)),
        (years(1), date(2024, 2, 29), date(2025, 2, 28)),
        (days(30, before=True, roll="previous"), date(2026, 3, 31), date(2026, 2, 28)),
        (days(60, before=True), date(2026, 5, 10), date(2026, 3, 11)),
        (workdays(30, before=True), date(2026, 3, 31), date(2026, 2, 11)),
        (months(1, before=True), date(2026, 3, 31), date(2026, 2, 28)),
    ],
    ids=str,
)
def test_worked_examples(span: Span, start: date, due: date) -> None:
    """The worked examples of the research, and of its peers."""
    assert span.deadline(start, CAL).due == due


@pytest.mark.parametrize(
    ("tolled", "due"),
    [
        ([], date(2026, 3, 30)),
        ([(date(2026, 3, 9), date(2026, 3, 19))], date(2026, 4, 10)),
        ([(date(2026, 3, 11), date(2026, 3, 19)), (date(2026, 3, 9), date(2026, 3, 13))], date(2026, 4, 10)),
        ([(date(2026, 3, 2), date(2026, 3, 3))], date(2026, 3, 30)),  # only the day of the event, which never counts
        ([(date(2026, 6, 1), date(2026, 6, 9))], date(2026, 3, 30)),  # after the end
        ([(date(2026, 3, 9), date(2026, 3, 9))], date(2026, 3, 30)),  # empty
        ([(date(2026, 3, 9), None)], None),
        ([(date(2026, 6, 1), None)], date(2026, 3, 30)),
    ],
)
def test_stopped_clock(tolled, due: date | None) -> None:
    """Days on which the clock stands are not counted; the day it resumes is; without an end there is no due day."""
    deadline = workdays(20).deadline(date(2026, 3, 2), CAL, tolled)

    assert deadline.due == due
    assert (deadline.status is DeadlineStatus.OPEN) == (due is None)


def test_stopped_calendar_days_roll_once_at_the_end() -> None:
    """Twenty days stopped for ten end on 1 October and roll over the holiday."""
    deadline = days(20).deadline(date(2026, 9, 1), CAL, [(date(2026, 9, 10), date(2026, 9, 20))])

    assert (deadline.unrolled, deadline.due) == (date(2026, 10, 1), date(2026, 10, 8))


@given(starts, spans, intervals)
def test_counting_is_the_definition(start: date, span: Span, offsets) -> None:
    """The last day is the n-th on which the clock ran, found by walking day by day."""
    tolled = [(start + timedelta(days=a), start + timedelta(days=b)) for a, b in offsets]
    plain = span.deadline(start, CAL).unrolled
    n = span.n if span.unit == "workdays" else (plain - start).days
    day, left = start, n
    while left:
        day += timedelta(days=1)
        stands = any(stopped <= day < resumed for stopped, resumed in tolled)
        left -= not stands and (span.unit != "workdays" or CAL.is_workday(day))

    assert span.deadline(start, CAL, tolled).unrolled == day


@given(starts, spans, intervals)
def test_stopping_never_brings_the_end_forward(start: date, span: Span, offsets) -> None:
    """A stopped clock ends the same day or later, and the order of the stops does not matter."""
    tolled = [(start + timedelta(days=a), start + timedelta(days=b)) for a, b in offsets]
    stopped = span.deadline(start, CAL, tolled)

    assert stopped.due >= span.deadline(start, CAL).due
    assert stopped == span.deadline(start, CAL, tolled[::-1])


@given(starts, spans, st.integers(1, 30))
def test_longer_never_ends_earlier(start: date, span: Span, more: int) -> None:
    """A longer span of the same kind ends the same day or later."""
    longer = Span(span.n + more, span.unit, roll=span.roll)

    assert span.deadline(start, CAL).due <= longer.deadline(start, CAL).due


@given(starts, spans)
def test_rolling_ends_on_a_working_day(start: date, span: Span) -> None:
    """What rolls never ends on a rest day, nor before its unrolled end; what does not roll stays."""
    deadline = span.deadline(start, CAL)

    if span.roll == "next":
        assert CAL.is_workday(deadline.due)
        assert CAL.on_or_after(deadline.unrolled) == deadline.due
    else:
        assert deadline.due == deadline.unrolled


@pytest.mark.parametrize(
    ("span", "start", "status"),
    [
        (workdays(16), date(2026, 12, 4), DeadlineStatus.FIRM),
        (workdays(17), date(2026, 12, 4), DeadlineStatus.PROVISIONAL),
        (days(25), date(2026, 12, 4), DeadlineStatus.PROVISIONAL),  # the 29th: whether it rests is not yet known
        (days(25, roll="none"), date(2026, 12, 4), DeadlineStatus.FIRM),  # rests on no notice at all
        (years(10, roll="none"), date(2026, 12, 4), DeadlineStatus.FIRM),
        (workdays(5, before=True), date(2026, 12, 31), DeadlineStatus.PROVISIONAL),
    ],
    ids=str,
)
def test_status_says_whether_a_notice_is_missing(span: Span, start: date, status: DeadlineStatus) -> None:
    """A due day is provisional if it rests on days whose notice is not out."""
    assert span.deadline(start, CAL).status is status


def test_in_time_up_to_midnight_in_beijing() -> None:
    """The due day is the last day; the first instant that is too late is 24:00."""
    deadline = workdays(1).deadline(date(2026, 9, 18), CAL)

    assert deadline.due == date(2026, 9, 20)
    assert deadline.closes() == datetime(2026, 9, 21, tzinfo=CST)
    assert deadline.met_by(date(2026, 9, 20))
    assert not deadline.met_by(date(2026, 9, 21))
    assert deadline.met_by(datetime(2026, 9, 20, 15, 59, 59, tzinfo=UTC))
    assert not deadline.met_by(datetime(2026, 9, 20, 16, 0, tzinfo=UTC))


def test_midnight_in_summer_time() -> None:
    """Beijing kept summer time from 1986 to 1991; the calendar does not reach there, the clock does."""
    from ssflow.calendar.clock import end_of

    assert end_of(date(1986, 5, 4), "Asia/Shanghai").isoformat() == "1986-05-05T00:00:00+09:00"


def test_hours_are_exact() -> None:
    """Twenty-four hours end to the minute the next day; a stopped clock adds what it stood."""
    begun = datetime(2012, 5, 1, 15, 0, tzinfo=CST)
    deadline = hours(24).deadline(begun, CAL)
    stopped = hours(24).deadline(begun, CAL, [(date(2012, 5, 2), date(2012, 5, 4))])

    assert (deadline.due, deadline.closes()) == (date(2012, 5, 2), begun + timedelta(days=1))
    assert deadline.met_by(begun + timedelta(hours=23, minutes=59))
    assert not deadline.met_by(begun + timedelta(hours=24))
    assert stopped.closes() == begun + timedelta(days=3)
    assert hours(24).deadline(begun, CAL, [(date(2012, 5, 2), None)]).due is None
    assert hours(9).deadline(begun, CAL).due == date(2012, 5, 1)  # until 24:00, which is still the 1st


def test_open_deadlines_are_not_missed() -> None:
    """While the clock stands everything is in time and nothing closes."""
    deadline = workdays(20).deadline(date(2026, 3, 2), CAL, [(date(2026, 3, 9), None)])

    assert deadline.met_by(date(2030, 1, 1))
    assert deadline.closes() is None


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: workdays(0), "at least 1, not 0"),
        (lambda: days(True), "at least 1, not True"),
        (lambda: days(3, roll="forward"), "one of next, previous, none is required, not 'forward'"),
        (lambda: Span(3, "fortnights"), "is required, not 'fortnights'"),
        (lambda: Span(3, "workdays", roll="next"), "never rolls"),
        (lambda: Span(3, "hours", before=True), "not counted back"),
        (lambda: Span.parse("twenty days"), "write a number and a unit"),
        (lambda: Span.parse("20"), "for example '20 workdays'"),
        (lambda: hours(24).deadline(date(2026, 1, 1), CAL), "give an aware datetime"),
        (lambda: hours(24).deadline(datetime(2026, 1, 1), CAL), "is naive"),  # noqa: DTZ001
        (lambda: workdays(2).deadline(date(2026, 1, 5), CAL, [(date(2026, 2, 1), date(2026, 1, 1))]), "runs backwards"),
        (
            lambda: hours(1).deadline(datetime(2026, 1, 1, tzinfo=CST), CAL).met_by(date(2026, 1, 1)),
            "run from an instant to an instant",
        ),
    ],
)
def test_impossible_spans_are_refused(make, says: str) -> None:
    """A span that makes no sense is refused where it is made, with advice."""
    with pytest.raises(ValueError, match=says):
        make()


@given(spans)
def test_spans_are_written_as_they_are_read(span: Span) -> None:
    """Parsing the written form gives the span back."""
    assert Span.parse(str(span)).rolled(span.roll) == span
    assert eval(repr(span)) == span  # noqa: S307 - repr is valid Python


@pytest.mark.parametrize(
    ("text", "span"), [("1 month", months(1)), (" 24  hours ", hours(24)), ("3workdays", workdays(3))]
)
def test_spans_as_people_write_them(text: str, span: Span) -> None:
    """Singular, plural and blanks are all understood."""
    assert Span.parse(text) == span
