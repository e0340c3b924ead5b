"""A case lies in a place as places were on its day."""

from datetime import UTC, date, datetime

import pytest
from attrs import evolve

from ssflow import Cases, MemoryStore, machines
from ssflow.calendar import Notice, WorkCalendar
from ssflow.calendar.notices import Rest
from ssflow.errors import RefusedError
from ssflow.machines.card_issue import CardIssue
from ssflow.machines.loss_report import LossReport, Release, Report, Track
from ssflow.persons import Identity
from ssflow.records import Codec, change_of, fold
from ssflow.regions import history
from ssflow.rules import rulebook, rulebook_names
from ssflow.sheets import sheet
from ssflow.text import Text

HOLDER = Identity("11010519491231002X")
LAIWU, JINAN = "371200", "370100"
NOW = datetime(2026, 11, 22, tzinfo=UTC)


def report(cases: Cases, place: str, on: date) -> None:
    """Report a card of a place as lost on a day."""
    cases.open(
        LossReport.report_formally(Report(Track.social, HOLDER)), by=LossReport.holder, on=on, places=place, party="p"
    )


@pytest.mark.parametrize(
    ("place", "on", "zh", "en"),
    [
        (
            LAIWU,
            date(2019, 1, 1),
            "发卡地：莱芜市（371200）已于2018年撤销，其区域归济南市（370100）",
            "its area went to 济南市 (370100)",
        ),
        ("330104", date(2022, 3, 1), "上城区（330102）、钱塘区（330114）", "上城区 (330102), 钱塘区 (330114)"),
        (
            "370116",
            date(2017, 3, 1),
            "2018年才设立，此前其区域属莱城区（371202）",
            "was created in 2018; before that, its area was in 莱城区",
        ),
        ("653132", date(2025, 3, 1), "2026年才设立，此前其区域属喀什地区（653100）", "was created in 2026"),
    ],
)
def test_a_case_is_not_opened_in_a_place_that_is_none(cases: Cases, place: str, on: date, zh: str, en: str) -> None:
    """Abolished by then or not made yet: it is refused, and the places that have the area are named."""
    with pytest.raises(RefusedError) as refused:
        report(cases, place, on)
    assert [ground.name for ground in refused.value.grounds] == ["issuing"]
    assert zh in refused.value.say("zh")
    assert en in refused.value.say("en")


@pytest.mark.parametrize(
    ("place", "on"), [(LAIWU, date(2018, 12, 28)), ("370116", date(2018, 12, 28)), (LAIWU, date(2012, 1, 4))]
)
def test_a_case_is_opened_in_a_place_as_long_as_it_was_one(cases: Cases, place: str, on: date) -> None:
    """In the year of a change both are taken, because the lists do not tell its day apart."""
    report(cases, place, on)


def test_what_was_recorded_in_an_abolished_place_stands() -> None:
    """An opening that was recorded before places were checked blocks no correction, though it would be refused today."""
    cases = Cases(MemoryStore(), now=lambda: NOW)
    formally, on = LossReport.report_formally(Report(Track.social, HOLDER)), date(2024, 7, 1)
    with pytest.raises(RefusedError, match="was abolished in 2018"):
        cases.open(formally, by=LossReport.holder, on=on, places=LAIWU)
    cases.open(formally, by=LossReport.holder, on=on, places=JINAN, case="loss")
    (opening,) = cases.trace("loss")
    old = Cases(MemoryStore(), now=lambda: NOW)
    there = evolve(opening, places=(("issuing", LAIWU),))
    old.store.append([change_of(fold(LossReport, [there]), [there], Codec(machines.get))])
    old.do("loss", LossReport.ask_release(Release(True, True)), by=LossReport.holder, on=date(2024, 7, 2))

    corrected = old.correct("loss", 2, LossReport.ask_release(Release(True, True)), reason="x", on=date(2024, 7, 3))
    assert corrected.state is LossReport.releasing


def test_a_case_of_an_abolished_place_goes_on_under_its_successor() -> None:
    """The fee of Jinan is asked of a card of Laiwu from 2019 on, in 2018 it is not."""
    book = rulebook("card_replacement")
    before, after = book.find("fee", date(2018, 7, 2), LAIWU), book.find("fee", date(2019, 7, 1), LAIWU)
    assert after == book.find("fee", date(2019, 7, 1), JINAN)
    assert after is not None
    assert after.region == JINAN
    assert before is None or before.region != JINAN
    assert sheet("card_issue", LAIWU, date(2019, 7, 1)).absences()[0].zh.endswith("其区域归济南市（370100）")
    assert sheet(CardIssue, LAIWU, date(2018, 7, 1)).absences() == ()


def day_off(place: str, day: date) -> Notice:
    """A notice by which a place rests on a day."""
    rest = Rest(name=Text("放假", "day off"), first=day, last=day, extra=True)
    return Notice(
        id=f"{place}-{day.year}",
        title="通知",
        year=day.year,
        evidence=Text("自拟", "made for a test"),
        places=(place,),
        rest=(rest,),
        complete=False,
    )


def test_an_abolished_place_rests_with_its_successor() -> None:
    """Notices speak for the places that were: Laiwu's own until 2018, those of Jinan from 2019 on."""
    then, after = date(2016, 9, 2), date(2020, 9, 2)
    days = [day_off(place, day) for place in (LAIWU, JINAN) for day in (then, after)]
    calendar = WorkCalendar.china().with_notices(*days)
    laiwu, district = calendar.in_region(LAIWU), calendar.in_region("370116")
    for place in (laiwu, district):
        assert place.day(then).notice == days[0]
        assert place.day(after).notice == days[3]


@pytest.mark.parametrize("name", rulebook_names())
def test_every_figure_is_made_for_a_place_that_was_one(name: str) -> None:
    """No figure of ours begins in a place that was none by then, and none goes on in a place that is none."""
    for value in rulebook(name).values:
        for code in filter(None, value.region.split("+")):
            places = history(code)
            assert any(place.in_use(value.since.year) for place in places), value
            assert value.until is not None or places[-1].until is None, value
