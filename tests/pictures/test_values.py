"""The pictures of values that people already have show what the values say: calendars, deadlines, figures, cases, plans."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from ssflow import Cases, MemoryStore, WorkCalendar, days, rulebook, workdays
from ssflow.case import Case
from ssflow.errors import CoverageError, InputError, UnknownError
from ssflow.life_events import lose_card, move
from ssflow.machines.card_replacement import CardReplacement
from ssflow.machines.loss_report import LossReport
from ssflow.pictures import due_days, duties, figures, picture, timeline, year
from ssflow.pictures.course import course_of
from ssflow.pictures.moments import moment
from ssflow.records import Log
from ssflow.sources import DOUBTFUL
from ssflow.text import Lang
from ssflow.views.reach import whose_days
from tests.pictures.played import SCENARIOS, logs_of, some_logs
from tests.pictures.seen import LANGS, data_of, heading_of, words_of
from tests.values import CARD, FORMALLY, FROM, MOVING, NOW

CAL = WorkCalendar.china()
YEARS = st.integers(CAL.first_day.year + 1, 2090)


@given(of=YEARS, place=st.sampled_from(["", "450000", "540000"]), lang=st.sampled_from(LANGS))
@settings(max_examples=10)
def test_each_day_of_a_year_is_what_the_calendar_says(of: int, place: str, lang: Lang) -> None:
    """Its kind, its festival, whether it is firm; and it stands in the row of its month under its weekday."""
    calendar = CAL.in_region(place)
    drawn = data_of(year(calendar, of, lang), "column")
    told = list(calendar.days(date(of, 1, 1), date(of, 12, 31)))
    assert [row["day"] for row in drawn] == [day.date.isoformat() for day in told]
    for row, day in zip(drawn, told, strict=True):
        assert (row["kind"], row["works"], row["firm"]) == (day.kind.value.say(lang), day.is_workday, day.firm)
        assert row["name"] == (day.name.say(lang) if day.name else "")
        assert (row["month"], row["column"] % 7) == (day.date.month, day.date.weekday())
        assert (
            row["look"] in ({"zh": "工作日 调休上班", "en": "working day make-up working day"}[lang])
            or not day.is_workday
        )


@pytest.mark.parametrize("lang", LANGS)
def test_a_year_says_how_sure_it_is(lang: Lang) -> None:
    """How many days are worked, and how many rest on no notice; those alone are dashed."""
    drawn = year(CAL, 2026, lang)
    said = {"zh": ("工作日248天", "虚线的3天"), "en": ("248 working days", "3 dashed days")}[lang]
    assert all(one in heading_of(drawn) for one in said)
    assert drawn.svg.count('stroke-dasharray="3,3"') == 3
    assert picture(CAL, lang).spec == drawn.spec  # the last year that is known
    known = year(CAL.as_of(date(2025, 6, 1)), 2026, lang)
    assert "2025-06-01" in heading_of(known) and "365" in heading_of(known)


@pytest.mark.parametrize(
    ("country", "given", "shown"),
    [
        ("DE", {}, 2000),
        ("DE", {"years": range(2024, 2027)}, 2024),
        ("DE", {"years": range(2024, 2027), "firm_through": date(2025, 6, 30)}, 2025),
        ("DE", {"years": range(2024, 2027), "firm_through": date(2030, 6, 30)}, 2026),
    ],
)
def test_a_calendar_without_a_sure_year_is_shown_all_the_same(country: str, given: dict, shown: int) -> None:
    """Left out, the year is the last that is known for sure; where none is, the first that is known at all."""
    drawn = picture(WorkCalendar.from_holidays(country, **given), "en")
    assert f"{shown}" in drawn.title.en and len(drawn.table) in (365, 366)


@pytest.mark.parametrize("lang", LANGS)
def test_a_year_says_whose_days_it_shows(lang: Lang) -> None:
    """The place, the body that has days of its own, what is known of a place that is gone: as everywhere else."""
    for calendar in (CAL, CAL.in_region("450000"), CAL.in_region("110000", "enterprise"), CAL.in_region("371200")):
        assert whose_days(calendar).say(lang) in heading_of(year(calendar, 2026, lang))
    assert "DE-BY" in heading_of(year(WorkCalendar.from_holidays("DE", subdiv="BY"), 2026, lang))


def test_years_that_are_none_are_refused() -> None:
    """Out of the calendar, out of all calendars, no number."""
    with pytest.raises(CoverageError):
        year(CAL, 1990)
    for odd in (0, 10_000, "2026", True):
        with pytest.raises(InputError):
            year(CAL, odd)


@pytest.mark.parametrize("make", [np.asarray, pd.Series, pl.Series, pa.array, list], ids=lambda make: make.__module__)
def test_due_days_are_counted(make) -> None:
    """Of columns of every kind: as many rows a day as the scalar rule says, forecasts told apart."""
    firsts = [date(2026, 11, 2) + timedelta(days=n % 60) for n in range(200)]
    found = workdays(20).deadlines(make(np.array(firsts, dtype="datetime64[D]")) if make is not list else firsts, CAL)
    told = Counter((d.due, d.status.name == "PROVISIONAL") for d in (workdays(20).deadline(day, CAL) for day in firsts))
    table = due_days(found).table
    shown = {(row["since"], False): row["firm"] for row in table.rows()}
    shown |= {(row["since"], True): row["provisional"] for row in table.rows()}
    assert {key: n for key, n in shown.items() if n} == told


def test_due_days_of_long_times_are_gathered() -> None:
    """By weeks and months, without losing a row; rows without a last day are said."""
    for length, step in ((100, "each day"), (900, "each week"), (4000, "each month")):
        firsts = np.datetime64("2026-01-05") + np.arange(0, length, 5)
        drawn = due_days(days(10).deadlines(firsts, CAL), "en")
        assert step in heading_of(drawn)
        assert sum(drawn.table["firm"]) + sum(drawn.table["provisional"]) == len(firsts)
    some = np.array(["2026-01-05", "NaT"], dtype="datetime64[D]")
    assert "1 have none" in heading_of(due_days(days(10).deadlines(some, CAL), "en"))
    none = due_days(days(10).deadlines(some[1:], CAL), "zh")
    assert len(none.table) == 0 and "没有一行有最后一日" in words_of(none)


@pytest.mark.parametrize("lang", LANGS)
def test_figures_are_those_of_the_rulebook(lang: Lang) -> None:
    """Each figure once, from its first day to its last, marked where somebody has to look again."""
    for name in ("card_replacement", "medical_transfer", "retirement"):
        book = rulebook(name)
        drawn, told = figures(book, lang=lang), list(book.values)
        bars = data_of(drawn, "grade")
        assert len(bars) == len(drawn.table) == len(told)
        assert sum(bar["weak"] for bar in bars) == sum(value.confidence in DOUBTFUL for value in told)
        assert Counter(bar["since"][:10] for bar in bars) == Counter(value.since.isoformat() for value in told)
    fee = figures(rulebook("card_replacement"), "fee", lang)
    assert {row["parameter"] for row in fee.table.rows()} == {"fee"}
    assert "重庆市" in words_of(fee) and {"zh": "25元", "en": "25 yuan"}[lang] in words_of(fee)


def test_figures_of_an_unknown_procedure_keep_their_names() -> None:
    """A rulebook of somebody's own, to which no procedure is known, is drawn all the same; an unknown figure is not."""
    book = evolve(rulebook("card_replacement"), name="of_our_own")
    assert "of_our_own" in heading_of(figures(book, lang="en")) and "fee" in words_of(figures(book, lang="en"))
    empty = evolve(book, values=(), parameters=())
    assert len(figures(empty).table) == 0 and "没有数值" in words_of(figures(empty))
    with pytest.raises(UnknownError):
        figures(book, "fees")


def store() -> Cases:
    return Cases(MemoryStore(), now=lambda: NOW)


@pytest.mark.parametrize("lang", LANGS)
def test_a_plan_shows_its_duties(lang: Lang) -> None:
    """Every term and lapse with its last day, those without one with the reason; in the language of the plan unless told."""
    plan = move(store(), on=date(2026, 9, 21), old="500000", new="510100", pension=FROM, card=MOVING, party="p")
    drawn = duties(plan, lang)
    told = [(duty.due, duty.title.say(lang)) for duty in plan.duties]
    assert list(zip(drawn.table["due"], [what.say(lang) for what in drawn.table["what"]], strict=True)) == told
    assert "2026-10-12" in words_of(drawn)
    assert duties(plan).lang == "zh" and duties(evolve(plan, lang="en")).lang == "en"
    late = plan.at(date(2026, 12, 1))
    assert {"zh": "已逾期", "en": "overdue"}[lang] in {row["kind"] for row in data_of(duties(late, lang), "kind")}


def test_a_plan_without_open_cases_is_refused_or_empty() -> None:
    """Nothing that runs is said; no case at all is refused."""
    plan = lose_card(store(), FORMALLY.data, CARD, on=date(2026, 9, 21), place="440100", party="p")
    with pytest.raises(InputError, match="no case"):
        duties(evolve(plan, cases=()))
    ended = evolve(plan, cases=tuple(evolve(case, obligations=()) for case in plan.cases))
    assert "No clock is running" in heading_of(duties(ended, "en"))


def applied() -> tuple[Cases, str]:
    """A replacement that was applied for."""
    held = store()
    held.open(CardReplacement.apply(CARD), by=CardReplacement.holder, on=date(2026, 9, 14), places="440100", case="c")
    return held, "c"


@pytest.mark.parametrize("lang", LANGS)
def test_a_case_and_its_log_are_drawn(lang: Lang) -> None:
    """With its events the states; without them what the case remembers, and it says so."""
    held, case = applied()
    log = Log.of(CardReplacement, held.trace(case))
    whole, alone = picture(log, lang), picture(held.get(case), lang)
    assert {row["how"] for row in data_of(whole, "how")} >= {{"zh": "状态", "en": "state"}[lang]}
    assert {"zh": "没有给出事件", "en": "Without its events"}[lang] in heading_of(alone)
    assert [row["what"] for row in whole.table.rows(lang)] == [CardReplacement.apply.title.say(lang)]


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_the_course_of_a_case_is_that_of_its_events(path: Path) -> None:
    """Of worked cases: the states follow each other as the events say, and the pieces of each clock follow each other without a gap."""
    for log in logs_of(path):
        course = course_of(log.case, log.events)
        assert course.stays[-1].state is log.case.state and course.stays[-1].until is None
        assert [stay.until for stay in course.stays[:-1]] == [stay.since for stay in course.stays[1:]]
        for run in course.runs:
            pieces = list(run.pieces(course.last))
            assert [until for *_, until in pieces[:-1]] == [since for _, since, _ in pieces[1:]]
            assert all(since < until for _, since, until in pieces)
            late = [since for how, since, _ in pieces if how == "late"]
            assert late in ([], [run.closes])


def test_a_case_of_a_moment_names_each_day_once() -> None:
    """A period shorter than the axis has room for is not divided into hours that all bear the name of their day."""
    log = next(iter(logs_of(SCENARIOS[0].with_stem("consultation"))))
    asked = Log.of(log.case.process, log.events[:1])
    days_named = re.findall(r"(?<!\S)[\d-]{10}(?!\S)", words_of(picture(asked, "en")))
    assert days_named and len(days_named) == len(set(days_named))


def test_stopped_clocks_are_drawn_stopped() -> None:
    """Of all worked cases: exactly the days on which the clock stood while it ran, and they are among what is drawn."""
    stopped = 0
    for path in SCENARIOS:
        for log in logs_of(path):
            course = course_of(log.case, log.events)
            for run in course.runs:
                end = run.ended or course.last
                told = [(moment(a), min(moment(b), end) if b else end) for a, b in run.obligation.tolled]
                pieces = [(since, until) for how, since, until in run.pieces(course.last) if how == "stopped"]
                assert pieces == [(a, b) for a, b in told if a < b]
                stopped += len(pieces)
                if len(pieces) > 1:
                    drawn = timeline(log.case, log.events, "en")
                    assert sum(row["how"] == "clock stopped" for row in data_of(drawn, "how")) >= len(pieces)
    assert stopped > 10


def test_worked_cases_of_every_procedure_are_drawn() -> None:
    """With their events and without, each with the names of its own procedure."""
    for log in some_logs():
        assert log.case.process.title.en in heading_of(picture(log, "en"))
        assert log.case.process.title.zh in heading_of(picture(log.case, "zh"))


def test_a_corrected_past_has_no_states() -> None:
    """Where events change what had been, the order of states is not shown as if it had been so."""
    held, case = applied()
    held.correct(case, 1, CardReplacement.apply(CARD), on=date(2026, 9, 11), reason="日期有误")
    log = Log.of(CardReplacement, held.trace(case))
    drawn = timeline(log.case, log.events, "en")
    assert "state" not in {row["how"] for row in data_of(drawn, "how")}
    assert "corrected or entered late" in heading_of(drawn)
    assert [str(row["at"])[:10] for row in drawn.table.rows()] == ["2026-09-11"]


def test_what_has_no_picture_is_refused() -> None:
    """A case before its first event, and values of which there is none."""
    with pytest.raises(InputError, match="not opened"):
        picture(Case.unopened(LossReport, "l", {"issuing": "440100"}))
    with pytest.raises(InputError, match="no picture of int"):
        picture(3)
    with pytest.raises(InputError, match="zh or en"):
        picture(CAL, "fr")


def test_an_instant_of_another_zone_is_drawn_by_the_clocks_of_beijing() -> None:
    """Nine in the morning in Beijing is drawn as nine, wherever it was recorded."""
    at = datetime(2026, 9, 21, 20, tzinfo=timezone(timedelta(hours=-5)))
    held = store()
    held.open(FORMALLY, by=LossReport.holder, on=at, places="440100", case="l")
    (row,) = timeline(held.get("l"), held.trace("l")).table.rows()
    assert row["at"] == datetime(2026, 9, 22, 9)  # noqa: DTZ001 - as it is drawn
