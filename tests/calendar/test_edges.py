"""What a review found at the edges: each was a wrong answer once, or an error that misled."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from attrs import evolve

from ssflow.calendar import (
    DayKind,
    DeadlineStatus,
    Notice,
    Rest,
    Span,
    WorkCalendar,
    days,
    half_months,
    hours,
    load_notices,
    months,
    workdays,
    years,
)
from ssflow.errors import CoverageError, DataError
from ssflow.text import Text

CAL = WorkCalendar.china()
NINGXIA = CAL.in_region("640000")


def column(*given: str) -> np.ndarray:
    return np.array(given, dtype="datetime64[D]")


# Columns


def test_first_days_beyond_all_tables_are_answered_one_by_one() -> None:
    """A span that needs no calendar has its answer in any year, in a column as for a day."""
    far = column("2099-12-31", "2101-10-08", "2200-01-01", "9000-12-31")
    hongkong = WorkCalendar.from_holidays("HK", years=range(2005, 2031))

    for calendar in (CAL, hongkong):
        for span in (days(30, roll="none"), days(30, before=True)):
            assert span.deadlines(far, calendar).due.tolist() == [span.deadline(d, calendar).due for d in far.tolist()]
    then = column("2020-01-01").repeat(4)
    assert days(30, roll="none").deadlines(far, CAL, as_of=then).due.tolist()[2] == date(2200, 1, 31)


def test_a_missing_row_harms_no_other() -> None:
    """A strict calendar with gaps answers the rows that are there; a missing row's number may be anything."""
    strict = NINGXIA.strict()
    one = column("2019-03-05", "NaT")

    assert strict.is_workday(one).tolist() == [True, False]
    assert strict.add(one, np.array([2, 10**9])).tolist() == [date(2019, 3, 7), None]
    assert strict.count(one, date(2019, 3, 7)).tolist()[0] == 2
    assert CAL.add(column("NaT", "2026-01-05"), np.array([10**6, 1])).tolist() == [None, date(2026, 1, 6)]
    stop = [(column("NaT", "2026-01-07"), column("NaT", "2026-01-08"))]
    assert workdays(2).deadlines(
        column("NaT", "2026-01-05"), CAL, tolled=stop, as_of=column("NaT", "2026-01-05")
    ).due.tolist() == [
        None,
        date(2026, 1, 8),
    ]


def test_out_may_be_the_column_itself() -> None:
    """Filling in the due days over the first days changes neither flags nor due days."""
    starts = np.arange("2026-10-01", "2027-03-01", dtype="datetime64[D]")
    for stops in ([], [(date(2026, 12, 7), date(2026, 12, 10))]):
        over = starts.copy()
        there, here = (
            workdays(20).deadlines(starts, CAL, tolled=stops),
            workdays(20).deadlines(over, CAL, tolled=stops, out=over),
        )
        assert (here.due == there.due).all()
        assert (here.provisional == there.provisional).all()
    locked = starts.copy()
    locked.flags.writeable = False
    with pytest.raises(ValueError, match="out takes the due days"):
        workdays(20).deadlines(starts, CAL, out=locked)


@pytest.mark.parametrize(
    ("ask", "error", "says"),
    [
        (lambda: CAL.add(column("2026-01-05"), np.array([2**63 - 1])), CoverageError, "no calendar reaches beyond"),
        (lambda: CAL.add(column("2026-01-05"), np.array([2**64 - 1], dtype=np.uint64)), CoverageError, "beyond"),
        (lambda: CAL.is_workday(column("50000-01-01")), CoverageError, "the column holds a day beyond it"),
        (lambda: workdays(1).deadlines(column("-5000-01-01"), CAL), CoverageError, "the column holds a day beyond it"),
        (
            lambda: workdays(1).deadlines(column("2026-01-05"), CAL, tolled=(date(2026, 1, 6), date(2026, 1, 7))),
            ValueError,
            "takes a list of pairs",
        ),
        (lambda: CAL.in_region("440100").office_hours(date(2022, 7, 1)), CoverageError, "广州市"),
        (lambda: WorkCalendar.from_holidays("HK", years=range(0)), ValueError, "a calendar needs years"),
    ],
)
def test_values_out_of_bounds_are_refused_with_advice(ask, error: type[Exception], says: str) -> None:
    """Numbers and days that no calendar holds are refused as such, not as a slip of Python."""
    with pytest.raises(error, match=says):
        ask()


def test_whole_numbers_of_other_packages() -> None:
    """A NumPy integer is a number, not a column; masked rows are missing; lists are columns wherever columns are."""
    masked = np.ma.array(column("2026-02-09", "2026-02-10"), mask=[False, True])
    starts = [date(2026, 2, 9), date(2020, 1, 20)]

    assert CAL.add(date(2026, 2, 9), np.int64(20)) == date(2026, 3, 13)
    assert CAL.add(column("2026-02-09"), np.int64(20)).tolist() == [date(2026, 3, 13)]
    assert workdays(np.int64(20)) == workdays(20)
    assert workdays(20).deadlines(masked, CAL).due.tolist() == [date(2026, 3, 13), None]
    assert CAL.add(column(), np.array([])).shape == (0,)
    found = workdays(10).deadlines(
        starts, CAL, as_of=[date(2026, 2, 9), date(2020, 1, 26)], tolled=[([None, None], [None, None])]
    )
    assert found.due.tolist() == [workdays(10).deadline(starts[0], CAL).due, date(2020, 2, 7)]


def test_days_that_nanoseconds_cannot_count() -> None:
    """A Series of nanoseconds comes back in seconds where its due days would not fit."""
    series = pd.Series(pd.to_datetime(["2024-01-02"])).astype("datetime64[ns]")

    assert str(years(300, roll="none").deadlines(series, CAL).due[0]) == "2324-01-02 00:00:00"
    assert str(workdays(1).deadlines(series, CAL).due.dtype) == "datetime64[ns]"


class Ages(pd.Series):
    """A Series of somebody's own."""


def test_a_subclass_of_a_series_is_a_series() -> None:
    """Somebody's own kind of Series is answered with a Series."""
    assert isinstance(workdays(20).deadlines(Ages(pd.to_datetime(["2026-02-09"])), CAL).due, pd.Series)


# What is firm


def test_firm_is_what_the_counted_days_are() -> None:
    """The day of the event plays no part unless it counts; a span counted back stops before its event."""
    start = date(2018, 12, 31)  # of a year without Ningxia's own notice

    assert workdays(2).deadline(start, NINGXIA).status is DeadlineStatus.FIRM
    assert workdays(2, first_day="included").deadline(start, NINGXIA).status is DeadlineStatus.PROVISIONAL
    assert workdays(5, before=True).deadline(date(2026, 12, 29), CAL.strict()).status is DeadlineStatus.FIRM
    assert workdays(5, before=True).deadline(date(2026, 12, 30), CAL).status is DeadlineStatus.PROVISIONAL
    assert (
        days(40, roll="none", long_rests="added").deadline(date(2026, 12, 4), CAL).status is DeadlineStatus.PROVISIONAL
    )
    assert days(20, roll="none", long_rests="added").deadline(date(2026, 11, 4), CAL).status is DeadlineStatus.FIRM


def test_a_strict_calendar_does_not_call_a_term_open_that_it_cannot_count() -> None:
    """A clock that stands from 2098 on would have ended long before: strictly, nobody knows when."""
    with pytest.raises(CoverageError, match="add the notice of 2027"):
        workdays(20).deadline(date(2026, 12, 20), CAL.strict(), [(date(2098, 1, 1), None)])
    assert workdays(20).deadline(date(2026, 12, 20), CAL, [(date(2098, 1, 1), None)]).due == date(2027, 1, 18)


# Clocks


def test_stops_however_they_are_written() -> None:
    """Two stops from one day of which one is open, an empty one before a real one, one from the first day of all."""
    d = date(2026, 3, 9)
    ten = workdays(10)

    assert ten.deadline(date(2026, 3, 2), CAL, [(d, None), (d, date(2026, 3, 12))]).due is None
    assert ten.deadline(date(2026, 3, 2), CAL, [(d, d), (date(2026, 3, 10), date(2026, 3, 12))]).due == date(
        2026, 3, 18
    )
    assert ten.deadline(date(2026, 3, 2), CAL, [(date.min, date(2026, 3, 4))]).due == date(2026, 3, 17)


def test_months_whose_first_day_counts_are_their_days() -> None:
    """A month from the 1st, that day counted, is 31 days, stopped on its first day too."""
    stop = [(date(2026, 1, 1), date(2026, 1, 5))]
    month, as_days = months(1, first_day="included", roll="none"), days(31, first_day="included", roll="none")

    assert (
        month.deadline(date(2026, 1, 1), CAL, stop).due
        == as_days.deadline(date(2026, 1, 1), CAL, stop).due
        == date(2026, 2, 4)
    )


def test_rests_while_the_clock_stands_extend_nothing() -> None:
    """National Day of 2025 fell inside the stop: its rest days are left out once, not twice."""
    deadline = days(15, long_rests="added").deadline(date(2025, 9, 25), CAL, [(date(2025, 9, 30), date(2025, 10, 10))])

    assert (deadline.unrolled, deadline.due) == (date(2025, 10, 20), date(2025, 10, 20))


@pytest.mark.parametrize(
    ("span", "tolled", "on", "left"),
    [
        (workdays(5, first_day="included"), [(date(2026, 3, 4), None)], date(2026, 3, 9), 3),
        (workdays(5, first_day="included"), [(date(2026, 3, 4), date(2026, 3, 9))], date(2026, 3, 5), 3),
        (workdays(5, first_day="included"), [], date(2026, 3, 1), 5),
        (workdays(10, tolling="restart"), [(date(2026, 3, 9), date(2026, 3, 23))], date(2026, 3, 15), 10),
        (workdays(10, tolling="restart"), [(date(2026, 3, 9), date(2026, 3, 23))], date(2026, 3, 25), 8),
    ],
)
def test_what_remains_where_the_count_began(span: Span, tolled, on: date, left: int) -> None:
    """First days that count and clocks that started anew are reckoned from where their count began."""
    assert span.deadline(date(2026, 3, 2), CAL, tolled).remaining(on) == left


def test_an_extension_while_the_clock_stands() -> None:
    """It adds to what remains, and its account neither invents a last day nor tells the stop twice."""
    standing = workdays(20).deadline(date(2026, 3, 2), CAL, [(date(2026, 3, 9), None)])
    extended = standing.extended(workdays(10))
    account = extended.explain().say("en")

    assert (standing.remaining(date(2026, 3, 20)), extended.remaining(date(2026, 3, 20))) == (16, 26)
    assert "extended by 10 working days, from a last day that is not known yet" in account
    assert account.count("stands still") == 1


def test_days_after_hours_count_from_their_last_day() -> None:
    """Hours that end at midnight end on the day before; an extension in days counts from that day."""
    begun = datetime(2026, 3, 1, 16, tzinfo=UTC)  # midnight in Beijing

    assert hours(24).deadline(begun, CAL).extended(days(1, roll="none")).due == date(2026, 3, 3)


# Accounts


@pytest.mark.parametrize(
    "deadline",
    [
        years(60, roll="none").deadline(date(1960, 1, 1), CAL),
        days(30, roll="none").deadline(date(2027, 1, 1), CAL.strict()),
        hours(24).deadline(datetime(2027, 3, 1, 4, tzinfo=UTC), CAL.strict()),
        half_months(1, roll="none").deadline(date(2099, 12, 25), CAL),
    ],
    ids=lambda deadline: str(deadline.span),
)
def test_what_was_computed_can_be_told(deadline) -> None:
    """An account needs no more of the calendar than its deadline did."""
    assert deadline._repr_html_()
    assert str(deadline.due) in deadline.explain().say("en")


# Notices


def notice(**changes: object) -> Notice:
    rest = Rest(name=Text("搬迁", "removal"), first=date(2026, 5, 21), last=date(2026, 5, 22))
    given = {"id": "n", "title": "甲", "year": 2026, "evidence": "own", "complete": False, "places": ("440106",)}
    return Notice(**{**given, "rest": (rest,), **changes})


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"work": (date(2026, 5, 21),)}, "both rests and works"),
        ({"year": 1990}, "1990 is no year of a calendar; arrange a year from 2000 to 2099"),
        ({"year": 2101}, "2101 is no year of a calendar"),
        ({"places": ("12345",)}, "'12345' is no place"),
        ({"places": ("４４０１０６",)}, "is no place"),
        ({"rest": (Rest(name=Text("甲", "a"), first=date(2026, 12, 31), last=date(2027, 1, 1)),)}, "lies outside"),
    ],
)
def test_a_notice_is_checked_on_every_way_in(changes: dict, says: str) -> None:
    """A notice made in a program is held to what a file is held to."""
    with pytest.raises(DataError, match=says):
        CAL.with_notices(notice(**changes))


def test_all_bodies_are_no_narrower_than_none_named() -> None:
    """Naming every kind of body is naming none: the two are of equal rank, and clash. A group's notice clashes with nothing."""
    day = date(2026, 5, 23)
    every = notice(id="every", bodies=("public", "enterprise"), rest=(), work=(day,), known_from=date(2026, 4, 1))
    none = notice(id="none", rest=(Rest(name=Text("甲", "a"), first=day, last=day),), known_from=date(2026, 4, 1))

    with pytest.raises(DataError, match="contradicts"):
        CAL.with_notices(every, none)
    CAL.with_notices(evolve(every, group="甲"), evolve(none, group="乙"))


def test_two_files_of_one_name_are_refused(tmp_path: Path) -> None:
    """In one folder no notice may silently take the place of another."""
    text = 'title = "甲"\nyear = 2026\nevidence = "own"\nplaces = ["440106"]\nwork = []\n'
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "gz.toml").write_text(text, encoding="utf-8")

    with pytest.raises(DataError, match="holds 2 notices called gz"):
        load_notices(tmp_path)
    (tmp_path / "a" / "gz.toml").write_text(f'id = "2026"\n{text}', encoding="utf-8")
    with pytest.raises(DataError, match="has an id of its own"):
        load_notices(tmp_path / "a")
    with pytest.raises(DataError, match="is not there; correct the path, or the environment variable SSFLOW_NOTICES"):
        load_notices(tmp_path / "nowhere")


def test_a_partial_notice_is_told_with_its_name() -> None:
    """A day of a notice that does not settle its year is told as the notice has it, not as it was expected."""
    spring = Rest(name=Text("春节假期", "the holidays"), first=date(2027, 2, 5), last=date(2027, 2, 12))
    cal = CAL.with_notices(notice(places=(), year=2027, rest=(spring,)))

    assert (cal.day(date(2027, 2, 5)).name.en, cal.day(date(2027, 10, 1)).name.en) == ("the holidays", "National Day")


def test_the_missing_notice_is_that_of_the_place_that_has_the_holidays() -> None:
    """In Nanning the notice of Guangxi is missing; whoever adds it, with whatever keys, makes the year firm."""
    nanning = CAL.in_region("450100")
    guangxi = notice(id="450000-2026", places=("450000",), complete=True, rest=())

    with pytest.raises(CoverageError, match=r"广西壮族自治区: with_notices\('450000-2026.toml'\)"):
        nanning.strict().add(date(2026, 1, 5), 1)
    assert nanning.with_notices(guangxi).strict().add(date(2026, 1, 5), 1) == date(2026, 1, 6)
    enshi = CAL.in_region("422800")  # the epidemic notice of Hubei is none of the yearly ones of Enshi
    assert not enshi.is_firm(date(2020, 3, 1), date(2020, 3, 2))


def test_the_digest_tells_all_that_changes_answers() -> None:
    """Whether a notice settles its year is part of what a calendar says."""
    less = CAL.with_notices(evolve(next(n for n in CAL.notices if n.id == "2025"), complete=False))

    assert less.digest != CAL.digest


# Other countries


def test_notices_of_another_country() -> None:
    """They are known from their day on, held to no Chinese holiday, and a column of views sees them alike."""
    own = notice(places=(), complete=True, known_from=date(2026, 4, 1))
    hongkong = WorkCalendar.from_holidays("HK", categories=["public"]).with_notices(own)
    day = date(2026, 5, 21)

    assert hongkong.day(day).kind is DayKind.SWAPPED
    assert hongkong.as_of(date(2026, 3, 31)).is_workday(day)
    assert not hongkong.as_of(date(2026, 4, 1)).is_workday(day)
    starts = column("2026-05-20", "2026-05-20")
    views = column("2026-03-31", "2026-04-01")
    assert workdays(1).deadlines(starts, hongkong, as_of=views).due.tolist() == [
        day,
        hongkong.add(date(2026, 5, 20), 1),
    ]
    plain = WorkCalendar.from_holidays("HK")
    assert workdays(1).deadlines(starts, plain, as_of=views).due.tolist() == [day, day]


def test_days_between_instants() -> None:
    """Days and ranges may be given as instants wherever a day may."""
    first, last = datetime(2026, 2, 13, 16, tzinfo=UTC), datetime(2026, 2, 14, 16, tzinfo=UTC)

    assert [day.date for day in CAL.days(first, last)] == [date(2026, 2, 14), date(2026, 2, 15)]
    assert CAL.is_firm(first, last)
    assert CAL.strict().count(date(2027, 3, 1), date(2027, 3, 1)) == 0
    assert CAL.day(date(2026, 12, 29)).firm is False
    assert timedelta(days=1) + date(2026, 2, 13) == CAL.civil_day(first)


def test_calendars_are_copied_and_pickled_as_values() -> None:
    """A calendar that was asked many things is as small a value as a new one, and equal to it."""
    import copy
    import pickle

    asked = CAL.in_region("450000").as_of(date(2020, 1, 26)).strict()
    asked.add(date(2019, 3, 1), 5)
    back = pickle.loads(pickle.dumps(asked))  # noqa: S301 - our own

    assert back == asked == copy.deepcopy(asked)
    assert back.add(date(2019, 3, 1), 5) == asked.add(date(2019, 3, 1), 5)


def test_days_before_the_first_one_elsewhere() -> None:
    """Where a country's calendar begins, its error says how to make it longer."""
    with pytest.raises(CoverageError, match=r"make the calendar with more years: from_holidays\(..., years=...\)"):
        WorkCalendar.from_holidays("HK").count(date(1999, 1, 4), date(2001, 1, 4))
    assert CAL.count(date(2026, 1, 5), date(2026, 1, 6)) == 1
    with pytest.raises(CoverageError, match="add the notice of 2003"):
        CAL.count(date(2003, 1, 6), date(2026, 1, 6))
    assert CAL.count(datetime(2026, 2, 9, tzinfo=UTC), date(2026, 3, 13)) == 20
    assert CAL.count(date(2026, 12, 1), date(2027, 1, 5)) == CAL.count(date(2026, 12, 1), date(2026, 12, 31)) + 2


def test_what_the_mutants_asked_for() -> None:
    """Names of a borrowed year, the first year of yearly holidays, the last day of a notice, the parts of errors."""
    borrowed = WorkCalendar(tuple(n for n in CAL.notices if n.id != "2025"))
    spring, in_lieu, sunday = (borrowed.day(date(2025, *day)) for day in ((1, 29), (2, 3), (1, 26)))

    assert (spring.name.en, in_lieu.name.en) == ("Spring Festival", "rest in lieu")
    assert (sunday.kind, sunday.notice.year) == (DayKind.MAKEUP, 2025)
    assert CAL.day(date(2026, 2, 14)).notice.id == "2026"
    assert not CAL.in_region("650000").is_firm(date(2012, 1, 1), date(2012, 12, 28))
    assert CAL.in_region("650000").is_firm(date(2011, 1, 1), date(2011, 12, 28))
    eve = Rest(name=Text("甲", "a"), first=date(2026, 12, 31), last=date(2026, 12, 31))
    assert not CAL.with_notices(notice(rest=(eve,))).in_region("440106").is_workday(date(2026, 12, 31))
    for ask in (
        lambda: WorkCalendar.from_holidays("HK").is_workday(date(1999, 1, 4)),
        lambda: WorkCalendar.from_holidays("HK", years=range(1990, 1999)).is_workday(date(1999, 1, 4)),
    ):
        with pytest.raises(CoverageError) as refused:
            ask()
        assert refused.value.day == date(1999, 1, 4)
