"""Which of two things came first, where of one the hour is known and of the other only the day."""

from datetime import UTC, date, datetime, timedelta

from attrs import frozen
from hypothesis import example, given
from hypothesis import strategies as st

from ssflow.case.moments import is_before, later_of

DAY = date(2026, 9, 21)
NOON = datetime(2026, 9, 21, 12, tzinfo=UTC)


@frozen
class Something:
    """What happened on a day, and perhaps at a known instant."""

    on: date
    at: datetime | None = None


def moments(day: date) -> st.SearchStrategy[date | datetime]:
    """The day itself, or an hour of it."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
    return st.one_of(st.just(day), st.integers(0, 23).map(lambda hour: midnight + timedelta(hours=hour)))


def something(moment: date | datetime) -> Something:
    return Something(moment.date(), moment) if isinstance(moment, datetime) else Something(moment)


@given(moments(DAY), moments(DAY + timedelta(days=1)))
def test_the_later_day_is_later(early: date | datetime, late: date | datetime) -> None:
    """Whatever hours are known: in either order, and nothing is later than the first that is told."""
    assert later_of(early, late) == later_of(late, early) == late
    assert later_of(None, early) == early
    assert is_before(something(early), something(late))
    assert not is_before(something(late), something(early))


@example(NOON, NOON)
@given(moments(DAY), moments(DAY))
def test_on_one_day_the_hour_says_more(one: date | datetime, other: date | datetime) -> None:
    """Of two hours the later is taken, of an hour and the day the hour; what is known by its day only comes neither before nor after."""
    hours = [moment for moment in (one, other) if isinstance(moment, datetime)]

    assert later_of(one, other) == (max(hours) if hours else DAY)
    assert is_before(something(one), something(other)) == (len(hours) == 2 and hours[0] < hours[1])
