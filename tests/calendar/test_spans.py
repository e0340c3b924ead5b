"""How a span is counted: ends of months, halves of months, first days, long rests, clocks that start anew, statutes."""

from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssflow.calendar import (
    COERCION,
    LICENSING,
    PENALTY,
    RECONSIDERATION,
    DeadlineStatus,
    OfficeHours,
    Span,
    WorkCalendar,
    days,
    half_months,
    hours,
    months,
    received_on,
    workdays,
    years,
)
from ssflow.errors import CoverageError
from ssflow.text import Text

CAL = WorkCalendar.china()
CST = timezone(timedelta(hours=8))
starts = st.dates(date(2005, 1, 1), date(2026, 6, 30))


@pytest.mark.parametrize(
    ("span", "start", "unrolled"),
    [
        (months(1), date(2026, 2, 28), date(2026, 3, 28)),
        (months(1, month_end="sticky"), date(2026, 2, 28), date(2026, 3, 31)),
        (months(1, month_end="sticky"), date(2026, 3, 31), date(2026, 4, 30)),
        (months(1, month_end="sticky"), date(2026, 3, 30), date(2026, 4, 30)),  # not from the last day: corresponding
        (years(1, month_end="sticky"), date(2023, 2, 28), date(2024, 2, 29)),
        (months(1, before=True, month_end="sticky"), date(2026, 4, 30), date(2026, 3, 31)),
        (half_months(1), date(2026, 2, 10), date(2026, 2, 25)),
        (half_months(2), date(2026, 1, 31), date(2026, 2, 28)),
        (half_months(3), date(2026, 1, 31), date(2026, 3, 15)),
        (half_months(3, before=True), date(2026, 4, 30), date(2026, 3, 15)),
        (days(10, first_day="included"), date(2026, 3, 2), date(2026, 3, 11)),
        (workdays(1, first_day="included"), date(2026, 3, 2), date(2026, 3, 2)),
        (months(1, first_day="included"), date(2026, 3, 1), date(2026, 3, 31)),
        (months(1, first_day="included"), date(2026, 1, 31), date(2026, 2, 28)),
        (years(1, first_day="included"), date(2026, 1, 1), date(2026, 12, 31)),
    ],
    ids=repr,
)
def test_where_a_span_ends(span: Span, start: date, unrolled: date) -> None:
    """Ends of months, half months and first days that count, worked out by hand."""
    assert span.deadline(start, CAL).unrolled == unrolled


@pytest.mark.parametrize(
    ("start", "last", "due"),
    [
        (date(2023, 9, 30), date(2023, 10, 15), date(2023, 10, 23)),  # 1 to 6 October: six working days more
        (date(2016, 9, 30), date(2016, 10, 15), date(2016, 10, 24)),  # seven calendar days more: the 22nd, a Saturday
        (date(2023, 3, 31), date(2023, 4, 15), date(2023, 4, 17)),  # one day's rest of Qingming adds nothing
        (date(2026, 1, 31), date(2026, 2, 15), date(2026, 2, 24)),  # one day of the festival lies inside: it only rolls
        (date(2026, 2, 5), date(2026, 2, 20), date(2026, 3, 2)),  # six of its days lie inside; the 28th is worked
    ],
)
def test_long_rests_extend_a_tax_period(start: date, last: date, due: date) -> None:
    """Three rest days in a row inside the period extend it by their number; the end rolls as ever; extensions count from before."""
    span = days(15, long_rests="added", basis=Text("《税收征收管理法》", "Tax Collection Law"))
    deadline = span.deadline(start, CAL)

    assert (deadline.unrolled, deadline.due) == (last, due)


def test_a_clock_that_starts_anew() -> None:
    """What ran before the stop is lost; the day on which it starts again is not counted, as the day of an event."""
    stop = [(date(2026, 3, 9), date(2026, 3, 19))]

    assert workdays(20, tolling="restart").deadline(date(2026, 3, 2), CAL, stop).due == CAL.add(date(2026, 3, 19), 20)
    assert workdays(3, tolling="restart").deadline(date(2026, 3, 2), CAL, stop).due == date(2026, 3, 5)
    assert hours(24, tolling="restart").deadline(datetime(2026, 3, 8, 12, tzinfo=CST), CAL, stop).closes() == datetime(
        2026, 3, 20, tzinfo=CST
    )


def test_a_first_day_that_counts_counts_again_after_a_restart() -> None:
    """Where the day of the event counts, so does the day on which the clock starts anew."""
    span = workdays(3, tolling="restart", first_day="included")

    assert span.deadline(date(2026, 3, 2), CAL, [(date(2026, 3, 4), date(2026, 3, 10))]).due == date(2026, 3, 12)


def test_a_stop_on_the_due_day_itself_moves_it() -> None:
    """A clock that stops on what would be its last day has not ended; one that stops the day after has."""
    span, start = workdays(5), date(2026, 3, 2)

    assert span.deadline(start, CAL, [(date(2026, 3, 9), date(2026, 3, 12))]).due == date(2026, 3, 12)
    assert span.deadline(start, CAL, [(date(2026, 3, 10), date(2026, 3, 12))]).due == date(2026, 3, 9)
    assert span.deadline(start, CAL, [(date(2026, 3, 9), None)]).due is None
    assert span.deadline(start, CAL, [(date(2026, 3, 10), None)]).due == date(2026, 3, 9)


def test_hours_end_before_a_stop_at_their_last_instant() -> None:
    """Twelve hours from noon end at midnight, when the clock would have stopped; a later stop does not matter either."""
    noon = datetime(2026, 3, 2, 12, tzinfo=CST)
    midnight = datetime(2026, 3, 3, tzinfo=CST)

    for stops in ([(date(2026, 3, 3), None)], [(date(2026, 3, 3), date(2026, 3, 5))], [(date(2026, 3, 4), None)]):
        deadline = hours(12).deadline(noon, CAL, stops)
        assert (deadline.closes(), deadline.status) == (midnight, DeadlineStatus.FIRM)
        assert deadline.remaining(midnight + timedelta(hours=30)) == -30
    assert hours(13).deadline(noon, CAL, [(date(2026, 3, 3), None)]).status is DeadlineStatus.OPEN


def test_hours_and_closing_times_elsewhere() -> None:
    """Where the calendar has another zone its days begin and end there: stops, closing instants, what remains."""
    england = WorkCalendar.from_holidays("GB", subdiv="ENG", zone="Europe/London")
    noon = datetime(2026, 7, 6, 12, tzinfo=UTC)  # 13:00 in London, 20:00 in Beijing
    stopped = hours(24).deadline(noon, england, [(date(2026, 7, 7), date(2026, 7, 8))])
    working = workdays(1).deadline(date(2026, 7, 6), england)

    assert stopped.closes() == datetime(2026, 7, 8, 12, tzinfo=UTC)
    assert stopped.closes().timezone_name == "Europe/London"
    assert stopped.remaining(datetime(2026, 7, 7, 22, 59, tzinfo=UTC)) == 13
    assert hours(24).deadline(noon, england).remaining(datetime(2026, 7, 6, 12, tzinfo=UTC)) == 24
    assert stopped.start.timezone_name == "Europe/London"
    assert working.closes() == datetime(2026, 7, 7, 23, tzinfo=UTC)
    assert working.closes(OfficeHours(time(9), time(17))) == datetime(2026, 7, 7, 16, tzinfo=UTC)
    assert working.met_by(datetime(2026, 7, 7, 22, 59, tzinfo=UTC))
    assert not working.met_by(datetime(2026, 7, 7, 23, tzinfo=UTC))
    assert received_on(
        datetime(2026, 7, 7, 16, 30, tzinfo=UTC), england, "office", OfficeHours(time(9), time(17))
    ) == date(2026, 7, 8)


def test_a_stop_that_does_not_matter_needs_no_calendar() -> None:
    """A stop after the end, or before the start, asks nothing of days that no calendar knows."""
    strict = CAL.strict()
    far = [(date(2150, 1, 1), date(2150, 2, 1)), (date(1900, 1, 1), date(1900, 2, 1)), (date(2151, 1, 1), None)]

    assert workdays(5).deadline(date(2026, 3, 2), strict, far).due == date(2026, 3, 9)
    assert workdays(20).deadline(date(2026, 12, 4), strict, [(date(2026, 12, 26), None)]).due is None


# What remains, and extensions


@pytest.mark.parametrize(
    ("span", "tolled", "on", "left"),
    [
        (workdays(20), [], date(2026, 3, 2), 20),
        (workdays(20), [], date(2026, 2, 20), 20),  # not begun yet
        (workdays(20), [], date(2026, 3, 20), 6),
        (workdays(20), [], date(2026, 3, 30), 0),
        (workdays(20), [], date(2026, 4, 1), -2),
        (workdays(20), [(date(2026, 3, 9), date(2026, 3, 19))], date(2026, 3, 12), 16),
        (workdays(20), [(date(2026, 3, 9), None)], date(2026, 3, 12), 16),
        (workdays(20), [(date(2026, 3, 9), None)], date(2026, 3, 4), 18),
        (workdays(20, tolling="restart"), [(date(2026, 3, 9), None)], date(2026, 3, 12), 20),
        (
            workdays(20),
            [(date(2026, 3, 4), date(2026, 3, 6)), (date(2026, 3, 9), date(2026, 3, 11)), (date(2026, 3, 16), None)],
            date(2026, 3, 20),
            15,  # 3, 6, 11, 12 and 13 March were counted
        ),
        (months(1), [(date(2026, 3, 9), None)], date(2026, 3, 12), 25),
        (days(15), [], date(2026, 3, 10), 7),
        (days(15), [], date(2026, 3, 20), -3),
        (workdays(5, before=True), [], date(2026, 2, 20), 1),  # the 24th alone: the days before it rest
    ],
)
def test_what_remains(span: Span, tolled, on: date, left: int) -> None:
    """The days still counted after a day; none on the due day, fewer than none when it has passed."""
    assert span.deadline(date(2026, 3, 2), CAL, tolled).remaining(on) == left


@given(starts, st.integers(1, 40), st.integers(0, 80))
def test_what_remains_and_what_ran_make_up_the_span(start: date, n: int, later: int) -> None:
    """While a term of working days runs, the days that ran and the days that remain are its days."""
    deadline = workdays(n).deadline(start, CAL)
    on = min(start + timedelta(days=later), deadline.due)

    assert CAL.count(start, on) + deadline.remaining(on) == n


def test_hours_that_remain() -> None:
    """Whole hours; a clock that stands keeps what it has."""
    begun = datetime(2026, 3, 2, 12, tzinfo=CST)
    stop = [(date(2026, 3, 3), date(2026, 3, 4))]
    plain, stopped = hours(24).deadline(begun, CAL), hours(24).deadline(begun, CAL, stop)
    standing = hours(24).deadline(begun, CAL, [(date(2026, 3, 3), None)])
    anew = hours(24, tolling="restart").deadline(begun, CAL, stop)

    assert [plain.remaining(begun + timedelta(hours=h)) for h in (0, 1.5, 24, 24.5, 25)] == [24, 22, 0, -1, -1]
    assert [stopped.remaining(begun + timedelta(hours=h)) for h in (0, 12, 20, 36, 40)] == [24, 12, 12, 12, 8]
    assert standing.remaining(begun + timedelta(hours=100)) == 12
    assert anew.remaining(datetime(2026, 3, 4, 1, tzinfo=CST)) == 23
    assert hours(6).deadline(begun, CAL, [(date(2026, 3, 3), None)]).remaining(begun + timedelta(hours=9)) == -3
    with pytest.raises(ValueError, match="give an aware datetime"):
        plain.remaining(date(2026, 3, 2))


def test_an_extension_counts_from_the_unrolled_end() -> None:
    """Fifteen days that end on a Sunday, extended by fifteen: thirty from the start, and no surer than what they extend."""
    first = days(15).deadline(date(2026, 3, 7), CAL)
    extended = first.extended(days(15, basis=Text("《某办法》第9条", "Rules 9")))

    assert (first.unrolled, first.due) == (date(2026, 3, 22), date(2026, 3, 23))
    assert extended.unrolled == date(2026, 4, 6)
    assert extended.due == date(2026, 4, 7)  # Qingming
    assert extended.extends == first
    doubtful = workdays(3).deadline(date(2026, 12, 25), CAL).extended(days(2, roll="none"))
    assert doubtful.status is DeadlineStatus.PROVISIONAL
    account = extended.explain().say("en")
    assert account.index("2026-03-23") < account.index("extended by 15 days") < account.index("Rules 9") < len(account)


def test_extensions_of_stopped_clocks_and_hours() -> None:
    """While the clock stands an extension has no end; hours go on from the instant at which the first ones ended."""
    standing = workdays(20).deadline(date(2026, 3, 2), CAL, [(date(2026, 3, 9), None)])
    begun = datetime(2026, 3, 2, 12, tzinfo=CST)

    assert standing.extended(workdays(10)).status is DeadlineStatus.OPEN
    assert standing.extended(workdays(10)).span == workdays(10)
    assert standing.extended(workdays(10)).extends == standing
    stops = [(date(2026, 3, 9), date(2026, 3, 11)), (date(2026, 3, 16), date(2026, 3, 18))]
    assert workdays(5).deadline(date(2026, 3, 2), CAL, stops).extended(workdays(5)).due == CAL.add(date(2026, 3, 2), 14)
    open_later = workdays(3).deadline(date(2026, 12, 25), CAL, [(date(2027, 1, 6), None)]).extended(workdays(20))
    assert (open_later.due, open_later.status) == (None, DeadlineStatus.OPEN)
    assert workdays(5).deadline(date(2026, 3, 2), CAL).extended(days(5)).status is DeadlineStatus.FIRM
    assert hours(24).deadline(begun, CAL).extended(hours(12)).closes() == begun + timedelta(hours=36)


# Statutes


@pytest.mark.parametrize(
    ("statute", "n", "on", "unit"),
    [
        (LICENSING, 20, date(2005, 1, 1), "workdays"),
        (LICENSING, 45, date(2026, 1, 1), "workdays"),
        (PENALTY, 7, date(2021, 7, 15), "workdays"),
        (PENALTY, 2, date(2026, 1, 1), "workdays"),
        (PENALTY, 10, date(2026, 1, 1), "days"),
        (COERCION, 10, date(2012, 1, 1), "workdays"),
        (COERCION, 11, date(2012, 1, 1), "days"),
        (COERCION, 1, date(2012, 1, 1), "workdays"),
        (RECONSIDERATION, 10, date(2023, 12, 31), "days"),
        (RECONSIDERATION, 10, date(2024, 1, 1), "workdays"),
        (RECONSIDERATION, 5, date(2010, 1, 1), "workdays"),
        (RECONSIDERATION, 3, date(2010, 1, 1), "days"),
        (RECONSIDERATION, 60, date(2026, 1, 1), "days"),
    ],
)
def test_each_statute_knows_its_days(statute, n: int, on: date, unit: str) -> None:
    """Bare 日 are working days or calendar days as the law of that day has it; the span names the article."""
    span = statute.days(n, on)

    assert (span.n, span.unit) == (n, unit)
    assert statute.title.zh in span.basis.zh
    assert span.basis.en in span.deadline(date(2026, 3, 2), CAL).explain().say("en")


@pytest.mark.parametrize(
    ("statute", "on"), [(PENALTY, date(2021, 7, 14)), (COERCION, date(2011, 12, 31)), (LICENSING, date(2004, 6, 30))]
)
def test_an_older_version_that_is_not_known_is_refused(statute, on: date) -> None:
    """How an older version of the law read its days is not guessed."""
    with pytest.raises(CoverageError, match="it is not known how .*; give the span itself"):
        statute.days(7, on)


# Receipt and office hours


def test_receipt_on_entry_into_the_system() -> None:
    """By default the day of entry counts, whatever the hour and whether anybody works."""
    assert received_on(datetime(2026, 3, 6, 23, 59, tzinfo=CST), CAL) == date(2026, 3, 6)
    assert received_on(datetime(2026, 3, 6, 16, 1, tzinfo=UTC), CAL) == date(2026, 3, 7)
    assert received_on(date(2026, 3, 7), CAL, "posted") == date(2026, 3, 7)


@pytest.mark.parametrize(
    ("sent", "received"),
    [
        (datetime(2026, 3, 6, 16, 59, tzinfo=CST), date(2026, 3, 6)),
        (datetime(2026, 3, 6, 17, 0, tzinfo=CST), date(2026, 3, 9)),
        (datetime(2026, 3, 6, 7, 0, tzinfo=CST), date(2026, 3, 6)),  # before opening: the same day
        (datetime(2026, 3, 7, 10, 0, tzinfo=CST), date(2026, 3, 9)),
        (datetime(2026, 2, 13, 18, 0, tzinfo=CST), date(2026, 2, 14)),  # a make-up Saturday
    ],
)
def test_receipt_at_the_next_working_hour(sent: datetime, received: date) -> None:
    """Where a place reads it so, what comes after business has ended is received on the next working day."""
    assert received_on(sent, CAL, "office", OfficeHours(time(9), time(17))) == received


@pytest.mark.parametrize(
    ("day", "closes"),
    [(date(2022, 7, 1), 20), (date(2022, 12, 1), 19.5), (date(2023, 9, 30), 20), (date(2024, 4, 30), 19.5)],
)
def test_office_hours_of_xinjiang(day: date, closes: float) -> None:
    """Offices in Xinjiang close late, and later in summer; a term may end at the close of business."""
    urumqi = CAL.in_region("650102")
    deadline = days(1, roll="none").deadline(day - timedelta(days=1), urumqi)

    assert deadline.closes(urumqi.office_hours(day)) == datetime(day.year, day.month, day.day, tzinfo=CST) + timedelta(
        hours=closes
    )
    last_minute = deadline.closes(urumqi.office_hours(day)) - timedelta(minutes=1)
    assert deadline.met_by(last_minute, urumqi.office_hours(day))
    assert not deadline.met_by(last_minute + timedelta(minutes=1), urumqi.office_hours(day))
    assert received_on(datetime(day.year, day.month, day.day, 19, tzinfo=CST), urumqi, "office") == urumqi.on_or_after(
        day
    )


@pytest.mark.parametrize(
    ("ask", "error", "says"),
    [
        (
            lambda: CAL.office_hours(date(2026, 1, 5)),
            CoverageError,
            "no source gives the office hours of 全国; give them",
        ),
        (lambda: CAL.in_region("650000").office_hours(date(2025, 1, 6)), CoverageError, "新疆维吾尔自治区"),
        (lambda: OfficeHours(time(17), time(9)), ValueError, "17:00 to 09:00 runs backwards"),
        (
            lambda: received_on(date(2026, 1, 5), CAL, "mail"),
            ValueError,
            "one of system, office, posted is required, not 'mail'",
        ),
        (lambda: received_on(date(2026, 1, 5), CAL, "office"), ValueError, "depends on the hour"),
        (lambda: received_on(datetime(2026, 1, 5), CAL), ValueError, "is naive"),  # noqa: DTZ001
        (
            lambda: workdays(3, first_day="counted"),
            ValueError,
            "one of excluded, included is required, not 'counted'",
        ),
        (lambda: months(1, month_end="last"), ValueError, "one of clamp, sticky is required, not 'last'"),
        (lambda: days(1, long_rests="yes"), ValueError, "one of counted, added is required, not 'yes'"),
        (lambda: days(1, tolling="pause"), ValueError, "one of stop, restart is required, not 'pause'"),
        (
            lambda: days(3, first_day="included", before=True),
            ValueError,
            "counts only in a span of days that runs forward",
        ),
        (lambda: Span(3, "hours", first_day="included"), ValueError, "counts only in a span of days that runs forward"),
        (lambda: Span(3, "days", month_end="sticky"), ValueError, "knows no end of month"),
        (lambda: Span(3, "workdays", long_rests="added"), ValueError, "extend only calendar days"),
        (lambda: days(3, long_rests="added", before=True), ValueError, "extend only calendar days"),
        (lambda: years(9000).deadline(date(2026, 1, 5), CAL), CoverageError, "reach outside the years 1 to 9999"),
        (lambda: days(4_000_000).deadline(date(2026, 1, 5), CAL), CoverageError, "take a shorter span"),
        (
            lambda: workdays(5, before=True).deadline(date(2026, 1, 5), CAL, [(date(2026, 1, 1), None)]),
            ValueError,
            "leave tolled out",
        ),
    ],
)
def test_what_makes_no_sense_is_refused(ask, error: type[Exception], says: str) -> None:
    """Unknown options, contradictions and questions without an answer are refused, with advice."""
    with pytest.raises(error, match=says):
        ask()


@pytest.mark.parametrize(
    ("span", "zh", "en"),
    [
        (half_months(1), "半个月", "half a month"),
        (half_months(2), "1个月", "1 month"),
        (half_months(3), "1个半月", "1 and a half months"),
        (workdays(1), "1个工作日", "1 working day"),
        (hours(24), "24小时", "24 hours"),
    ],
)
def test_spans_in_words(span: Span, zh: str, en: str) -> None:
    """A span is said as people say it."""
    assert span.text == Text(zh, en)
