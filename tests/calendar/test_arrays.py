"""A column of days gets the answers that its days get."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from ssflow.calendar import DeadlineStatus, Span, WorkCalendar, days, half_months, months, weeks, workdays, years
from ssflow.errors import CoverageError

CAL = WorkCalendar.china()


FIRST, LAST = date(2004, 1, 1), date(2027, 6, 30)


EVERY_DAY = np.arange(FIRST, LAST, dtype="datetime64[D]")


SPANS = [
    workdays(20),
    workdays(1, first_day="included"),
    workdays(5, before=True),
    days(15),
    days(30, before=True, roll="previous"),
    days(15, long_rests="added"),
    days(7, roll="none"),
    half_months(3),
    months(1),
    months(2, month_end="sticky", first_day="included"),
    years(1),
]


CALENDARS = {
    "nation": CAL,
    "guangxi": CAL.in_region("450000"),
    "ningxia": CAL.in_region("640000"),
    "known 2019-03-21": CAL.as_of(date(2019, 3, 21)),
    "hongkong": WorkCalendar.from_holidays("HK", years=range(2003, 2030)),
}


def one(span: Span, day, calendar: WorkCalendar, tolled=()) -> tuple[date | None, bool, bool]:
    """The scalar answer, as the three columns give it."""
    deadline = span.deadline(day, calendar, tolled)
    status = deadline.status
    return deadline.due, status is DeadlineStatus.PROVISIONAL, status is DeadlineStatus.OPEN


def answers(found) -> list[tuple[date | None, bool, bool]]:
    """The rows of three columns."""
    return list(zip(found.due.tolist(), found.provisional.tolist(), found.open.tolist(), strict=True))


@pytest.mark.parametrize("calendar", CALENDARS.values(), ids=CALENDARS)
@pytest.mark.parametrize("span", SPANS, ids=repr)
def test_every_day_has_its_scalar_answer(span: Span, calendar: WorkCalendar) -> None:
    """For every first day from 2004 to 2027 the column says what the single day says, due day and status."""
    starts = EVERY_DAY[40::3] if span.unit == "workdays" else EVERY_DAY[370::7]

    assert answers(span.deadlines(starts, calendar)) == [one(span, day, calendar) for day in starts.tolist()]


@pytest.mark.parametrize("calendar", CALENDARS.values(), ids=CALENDARS)
def test_every_day_is_worked_and_counted_alike(calendar: WorkCalendar) -> None:
    """is_workday, add and count of columns are those of their days."""
    starts, ends = EVERY_DAY[:-30], EVERY_DAY[30:]
    numbers = np.arange(len(starts)) % 40 + 1

    assert calendar.is_workday(starts).tolist() == [calendar.is_workday(day) for day in starts.tolist()]
    assert calendar.count(starts, ends).tolist() == [
        calendar.count(a, b) for a, b in zip(starts.tolist(), ends.tolist(), strict=True)
    ]
    assert calendar.add(starts, numbers).tolist() == [
        calendar.add(day, n) for day, n in zip(starts.tolist(), numbers.tolist(), strict=True)
    ]
    assert calendar.add(starts, 7).tolist() == [calendar.add(day, 7) for day in starts.tolist()]
    assert calendar.count(starts, date(2020, 1, 1)).tolist() == [
        calendar.count(day, date(2020, 1, 1)) for day in starts.tolist()
    ]
    assert calendar.count(date(2020, 1, 1), starts).tolist() == [
        calendar.count(date(2020, 1, 1), day) for day in starts.tolist()
    ]


@pytest.mark.parametrize("span", SPANS, ids=repr)
def test_each_row_by_what_was_known_then(span: Span) -> None:
    """A column of as_of gives each row the answer of the calendar as it was known on that day."""
    rng = np.random.default_rng(20261122)
    starts = rng.choice(EVERY_DAY[370:-200], 400)
    known = np.maximum(starts + rng.integers(-500, 500, 400), np.datetime64("2003-06-01"))

    expected = [one(span, day, CAL.as_of(then)) for day, then in zip(starts.tolist(), known.tolist(), strict=True)]

    assert answers(span.deadlines(starts, CAL, as_of=known)) == expected
    assert answers(span.deadlines(starts, CAL, as_of=date(2016, 5, 1))) == [
        one(span, day, CAL.as_of(date(2016, 5, 1))) for day in starts.tolist()
    ]


TOLLED = [workdays(20), days(15), days(15, roll="previous"), months(2), half_months(3, roll="none"), weeks(3), years(1)]


rows = st.lists(
    st.tuples(
        st.one_of(st.none(), st.dates(date(2012, 1, 1), date(2027, 3, 1))),
        st.lists(st.tuples(st.integers(-10, 60), st.one_of(st.none(), st.integers(0, 40))), min_size=2, max_size=2),
        st.lists(st.booleans(), min_size=2, max_size=2),
        st.dates(date(2012, 1, 1), date(2027, 3, 1)),
    ),
    min_size=1,
    max_size=12,
)


@given(st.sampled_from(TOLLED), rows, st.booleans(), st.sampled_from(["", "640000"]))
def test_stops_in_each_row(span: Span, drawn, by_knowledge: bool, place: str) -> None:
    """Two columns of stops, open ones and missing ones, with and without a day of knowledge a row: as row by row."""
    calendar = CAL.in_region(place)
    starts = np.array([start for start, *_ in drawn], dtype="datetime64[D]")
    known = np.array([then for *_, then in drawn], dtype="datetime64[D]") if by_knowledge else None
    sides, expected = [([], []), ([], [])], []
    for start, stops, present, then in drawn:
        tolled = []
        for (stopped, resumed), (a, n), is_there in zip(sides, stops, present, strict=True):
            s = start + timedelta(days=a) if start and is_there else None
            e = s + timedelta(days=n) if s and n is not None else None
            stopped.append(s)
            resumed.append(e)
            tolled += [(s, e)] if s else []
        view = calendar.as_of(then) if by_knowledge else calendar
        expected.append(one(span, start, view, tolled) if start else (None, False, False))
    columns = [(np.array(s, dtype="datetime64[D]"), np.array(e, dtype="datetime64[D]")) for s, e in sides]

    assert answers(span.deadlines(starts, calendar, tolled=columns, as_of=known)) == expected


STOPS_AT_THE_END = [(date(2026, 12, 21), date(2026, 12, 24)), (date(2026, 12, 28), date(2027, 3, 1))]


@pytest.mark.parametrize(
    "span", [workdays(20), days(30), days(30, roll="previous"), months(1), days(9, roll="none")], ids=repr
)
def test_stops_across_the_end_of_the_notices(span: Span) -> None:
    """A stopped clock that runs into the years without a notice, or that resumes there, ends as a single one does."""
    before, across = (
        np.arange("2026-11-20", "2026-12-21", dtype="datetime64[D]"),
        np.arange("2026-12-01", "2027-01-10", dtype="datetime64[D]"),
    )
    cases = [(starts, stop) for starts in (before, across) for stop in STOPS_AT_THE_END]
    for starts, stop in cases:
        assert answers(span.deadlines(starts, CAL, tolled=[stop])) == [
            one(span, day, CAL, [stop]) for day in starts.tolist()
        ]


def test_stops_beyond_what_the_calendar_knows() -> None:
    """A stop after the last day of the notices, or of all forecasts, stops no clock that has run out by then."""
    for calendar, start, beyond in (
        (CAL.strict(), date(2026, 12, 1), date(2027, 5, 1)),
        (CAL, date(2099, 11, 2), date(2100, 5, 1)),
    ):
        starts = np.arange(start, start + timedelta(days=10), dtype="datetime64[D]")
        for span in (workdays(10), days(10), days(10, roll="none")):
            for stop in ((beyond, None), (beyond, beyond + timedelta(days=9))):
                assert answers(span.deadlines(starts, calendar, tolled=[stop])) == [
                    one(span, day, calendar, [stop]) for day in starts.tolist()
                ]


@pytest.mark.parametrize(
    ("span", "start", "calendar"),
    [
        (workdays(1), date(2003, 12, 31), CAL),
        (days(1, roll="previous"), date(2003, 12, 31), CAL),
        (workdays(10**30), date(2026, 3, 2), CAL),
        (days(40_000), date(2026, 3, 2), CAL),
        (workdays(1), date(2026, 3, 2), CALENDARS["hongkong"].strict()),
    ],
    ids=repr,
)
def test_stopped_clocks_are_refused_where_single_ones_are(span: Span, start: date, calendar: WorkCalendar) -> None:
    """On the eve of the first day that is known, in spans longer than all that is known, where nothing is firm: in the same words."""
    stop = (start + timedelta(days=20), start + timedelta(days=25))

    with pytest.raises(CoverageError) as alone:
        span.deadline(start, calendar, [stop])
    with pytest.raises(CoverageError) as refused:
        span.deadlines([start, date(2026, 3, 9)], calendar, tolled=[stop])
    assert str(refused.value) == str(alone.value)


def test_one_stop_for_all_rows() -> None:
    """Plain days stand for every row; None for a clock that still stands."""
    starts = np.array(["2026-03-02", "2026-03-12", "2026-05-06"], dtype="datetime64[D]")
    stop = (date(2026, 3, 9), date(2026, 3, 19))

    found = workdays(20).deadlines(starts, CAL, tolled=[stop])
    standing = workdays(20).deadlines(starts, CAL, tolled=[(date(2026, 3, 9), None)])

    assert found.due.tolist() == [workdays(20).deadline(day, CAL, [stop]).due for day in starts.tolist()]
    assert standing.open.tolist() == [True, True, True]
    assert np.isnat(standing.due).all()


def test_a_million_random_additions_agree_with_numpy() -> None:
    """NumPy's busday_offset, told every rest day, finds the same days."""
    rest = EVERY_DAY[~CAL.is_workday(EVERY_DAY)]
    rng = np.random.default_rng(1)
    starts = rng.choice(EVERY_DAY[:-300], 1_000_000)
    n = rng.integers(1, 60, 1_000_000)

    theirs = np.busday_offset(starts, n, roll="backward", weekmask="1111111", holidays=rest)

    assert (CAL.add(starts, n) == theirs).all()
    assert (CAL.count(starts, theirs) == n).all()


@given(
    hnp.arrays("datetime64[D]", st.integers(0, 30), elements=st.dates(date(2005, 1, 1), date(2098, 12, 1))),
    st.sampled_from(SPANS),
)
def test_days_beyond_the_notices(column, span: Span) -> None:
    """As far as the calendar forecasts, columns and days agree, provisional answers too."""
    assert answers(span.deadlines(column, CAL)) == [one(span, day, CAL) for day in column.tolist()]


def column(*given: str) -> np.ndarray:
    return np.array(given, dtype="datetime64[D]")


def test_first_days_beyond_all_tables_are_answered_one_by_one() -> None:
    """A span that needs no calendar has its answer in any year, in a column as for a day."""
    far = column("2099-12-31", "2101-10-08", "2200-01-01", "9000-12-31")
    hongkong = WorkCalendar.from_holidays("HK", years=range(2005, 2031))

    for calendar in (CAL, hongkong):
        for span in (days(30, roll="none"), days(30, before=True)):
            assert span.deadlines(far, calendar).due.tolist() == [span.deadline(d, calendar).due for d in far.tolist()]
    then = column("2020-01-01").repeat(4)
    assert days(30, roll="none").deadlines(far, CAL, as_of=then).due.tolist()[2] == date(2200, 1, 31)


def test_calendars_that_begin_before_1970() -> None:
    """Days before 1970 are asked one by one, and answered."""
    old = WorkCalendar.from_holidays("GB", years=range(1960, 1990))
    column = np.array(["1965-03-01", "1969-12-30", "1975-03-03"], dtype="datetime64[D]")

    for span in (workdays(5), days(30, before=True)):
        assert answers(span.deadlines(column, old)) == [one(span, day, old) for day in column.tolist()]
    assert old.is_workday(column).tolist() == [old.is_workday(day) for day in column.tolist()]
    assert old.count(column, date(1980, 1, 1)).tolist() == [old.count(day, date(1980, 1, 1)) for day in column.tolist()]


def test_calendars_that_begin_in_1970() -> None:
    """The first day there is may be day 0: clocks that stood still are answered there too, beside missing rows."""
    british = WorkCalendar.from_holidays("GB", years=range(1970, 1990))
    starts = column("1970-01-01", "NaT", "1970-01-02", "1989-11-27")
    stops = [
        (column("NaT", "1970-01-02", "1970-01-05", "1989-11-28"), column("NaT", "1970-01-09", "NaT", "1989-11-29"))
    ]
    tolled = [[], [], [(date(1970, 1, 5), None)], [(date(1989, 11, 28), date(1989, 11, 29))]]

    for rows in ([0, 1, 2, 3], [1, 2, 3]):
        for span in (workdays(5), days(5, roll="previous"), months(1)):
            found = span.deadlines(starts[rows], british, tolled=[(s[rows], e[rows]) for s, e in stops])
            assert answers(found) == [
                one(span, day, british, tolled[row]) if day else (None, False, False)
                for row, day in zip(rows, starts[rows].tolist(), strict=True)
            ]


def test_strict_columns_between_gaps() -> None:
    """A strict calendar answers a column where it answers its days, and refuses it where it refuses one of them."""
    ningxia = CAL.in_region("640000").strict()
    column = np.array(["2017-02-06", "2021-05-12"], dtype="datetime64[D]")

    assert workdays(5).deadlines(column, ningxia).due.tolist() == [ningxia.add(day, 5) for day in column.tolist()]
    assert ningxia.is_workday(column).tolist() == [True, True]
    assert workdays(3).deadlines(column, ningxia, tolled=[(date(2017, 2, 7), date(2017, 2, 9))]).due.tolist() == [
        workdays(3).deadline(day, ningxia, [(date(2017, 2, 7), date(2017, 2, 9))]).due for day in column.tolist()
    ]
    for tolled in ([], [(date(2017, 2, 7), date(2017, 2, 9))]):
        with pytest.raises(CoverageError, match="add the notice of 2018"):
            workdays(5).deadlines(np.array(["2017-02-06", "2018-05-12"], dtype="datetime64[D]"), ningxia, tolled=tolled)
