"""What a simulation tells: the same whoever plays it, with honest margins, in tables that others read; one case is the kernel's."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from statistics import fmean

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from attrs import evolve

import ssflow
from ssflow import Legislation, WorkCalendar, rulebook
from ssflow.errors import InputError, UnknownError
from ssflow.machines.card_replacement import CardReplacement
from ssflow.simulation import (
    Arrivals,
    Duration,
    Practice,
    Simulation,
    default_scenario,
    simulate,
)
from ssflow.tables import Estimate, Table
from ssflow.tables.estimates import quantile, t_quantile
from ssflow.text import Text

START = date(2026, 3, 2)


@pytest.fixture(scope="module")
def now() -> Simulation:
    return simulate("card_replacement", cases=3_000, places="440100", start=START, seed=1, runs=4)


def test_workers_and_engines_change_nothing(now: Simulation) -> None:
    """Threads, an executor of the host's and the other engines find the same numbers, to the last digit."""
    again = simulate("card_replacement", cases=3_000, places="440100", start=START, seed=1, runs=4, workers=2)
    with ThreadPoolExecutor(3) as pool:
        theirs = simulate(CardReplacement, cases=3_000, places="440100", start=START, seed=1, runs=4, workers=pool)
    quick = simulate(
        "card_replacement", cases=3_000, places="440100", start=START, seed=1, runs=4, workers=2, engine="compiled"
    )
    assert now.digests == again.digests == theirs.digests == quick.digests
    slow = simulate("card_replacement", cases=60, start=START, runs=2, engine="event")
    assert slow.digests == simulate("card_replacement", cases=60, start=START, runs=2).digests
    assert simulate("card_replacement", cases=3_000, start=START, seed=2, runs=4).digests != now.digests


def test_parts_of_a_run_add_up(monkeypatch: pytest.MonkeyPatch, now: Simulation) -> None:
    """A run that is played in several parts is the run played in one."""
    from ssflow.simulation.engines import playing

    monkeypatch.setattr(playing, "PART", 700)
    done = []
    again = simulate("card_replacement", cases=3_000, runs=4, start=START, on_progress=lambda *told: done.append(told))
    assert again.digests == now.digests
    assert again.cases["closed"].tolist() == now.cases["closed"].tolist()
    assert done[-1] == (20, 20) and [n for n, _ in done] == sorted({n for n, _ in done})


def test_no_case_is_lost(now: Simulation) -> None:
    """Those that were opened are closed or open; the table of cases, the log and the backlog say so too."""
    summary = {row["measure"]: row["value"] for row in now.summary().rows()}
    assert summary["cases opened"] == summary["cases closed"] + summary["open at the end"] == 3_000
    cases = now.cases
    assert len(cases) == 3_000
    closed = ~np.isnat(cases["closed"])
    finals = [state.name for state in CardReplacement.states if state.final]
    assert np.isin(cases["state"], finals).tolist() == closed.tolist()
    log = now.log()
    assert len(np.unique(log["case:concept:name"])) == 3_000
    assert (np.diff(log["case:concept:name"]) >= 0).all()
    backlog = now.backlog()
    assert backlog["open"][-1] == summary["open at the end"]
    assert backlog["day"][0] == np.datetime64(START)


def test_the_law_is_the_calendars(now: Simulation) -> None:
    """Every act of an office falls into its hours on a working day, and every term is late by the days that the calendar counts."""
    log = now.log()
    offices = np.isin(log["org:resource"], ["office", "issuer"])
    days = np.unique(log["time:timestamp"][offices].astype("datetime64[D]"))
    assert WorkCalendar.china().is_workday(days).all()
    minutes = (log["time:timestamp"][offices] - log["time:timestamp"][offices].astype("datetime64[D]")).astype(int)
    assert minutes.min() >= 9 * 60 and minutes.max() < 17 * 60
    late = np.flatnonzero(now.cases["production_late"])[:20]
    for number in late.tolist():
        replay = now.case(number)
        made = next(e for e in reversed(replay.events) if e.source == "making" and e.activity != "track")
        (due,) = {
            o.due for o in replay.events[replay.events.index(made) - 1].obligations if o.clock.name == "production"
        }
        assert WorkCalendar.china().count(due, made.on) == now.cases["production_late"][number]


def test_a_case_is_played_again_by_the_kernel(now: Simulation) -> None:
    """Its events are those of the log, and each of its last days has its account."""
    log = now.log()
    for number in (0, 17, 1_234):
        replay = now.case(number)
        rows = np.flatnonzero(log["case:concept:name"] == number)
        told = [event.activity for event in replay.events if event.kind.name != "overdue"]
        names = [name for name in log["concept:name"][rows].tolist() if name != "production"]
        assert told == names
        assert replay.events[0].at.isoformat()[:16] == str(log["time:timestamp"][rows[0]])[:16]
        assert "not counted (Civil Code 201)" in replay.say("en") and "当日不计入" in replay.say("zh")
        assert "<svg" in replay._repr_html_()


def test_a_shorter_limit_is_compared_run_by_run(now: Simulation) -> None:
    """Two laws share their luck: what law does not touch does not differ at all, and the margin of a difference is small."""
    book = rulebook("card_replacement")
    shorter = book.amended("production", "4 workdays", since=START, region="440100")
    then = simulate("card_replacement", cases=3_000, start=START, runs=4, law=shorter)
    compared = now.compare(then)
    rows = {row["measure"]: row for row in compared.differences.rows()}
    assert rows["cases closed"]["difference"] == 0 == rows["cases closed"]["difference_margin"]
    late = rows['"production" late (%)']
    assert late["difference"] == pytest.approx(late["then"] - late["now"])
    assert late["difference"] > 20 and late["difference_margin"] < late["then_margin"] + late["now_margin"]
    (figure,) = compared.figures.rows()
    assert (figure["parameter"], figure["before"], figure["after"]) == (
        "production",
        "7 working days",
        "4 working days",
    )
    assert figure["began_before"] == figure["began_after"] > 2_000
    assert now.late()["late"][0] == late["now"]


def test_the_cases_of_a_figure_are_told_in_words(now: Simulation) -> None:
    """A reader of the table sees the titles of keys and members, not the names by which a rulebook has them."""
    book = rulebook("card_replacement").amended("fee", "3 yuan", since=START, when={"occasion": "replacement"})
    compared = now.compare(simulate("card_replacement", cases=3_000, start=START, runs=4, law=book))
    assert {row["when"] for row in compared.figures.rows("zh")} == {"补换情形：首次补换"}
    assert {row["when"] for row in compared.figures.rows()} == {"occasion: first replacement"}
    assert {row[0] for lang in ("zh", "en") for row in compared.figures.texts(lang)[1]} == {"工本费", "card fee"}
    assert {row["parameter"] for row in compared.figures.rows()} == {"fee"}


def test_people_are_shown_titles_and_programs_names(now: Simulation) -> None:
    """Of states, kinds of cases, activities and roles; also of part of a table, and in both languages."""
    for table, name, title, english in (
        (now.cases.only("state", "profile"), "handed_over", "已领取未启用", "handed over, not enabled"),
        (now.log(), "apply", "申请补换", "apply"),
        (now.log().only("org:resource"), "holder", "持卡人", "holder"),
    ):
        shown = {cell for row in table.texts("zh")[1] for cell in row}
        assert title in shown and name not in shown
        assert english in {cell for row in table.texts("en")[1] for cell in row}
        assert name in {value for row in table.rows("zh") for value in row.values()}


def test_a_reform_that_touches_nobody_is_seen(now: Simulation) -> None:
    """The figure stands in the table with no clock that began by it."""
    elsewhere = rulebook("card_replacement").amended("production", "1 workdays", since=START, region="500000")
    then = simulate("card_replacement", cases=3_000, start=START, runs=4, law=elsewhere)
    figures = list(now.compare(then).figures.rows())
    assert figures and {figure["began_after"] for figure in figures} == {0}
    assert then.digests["result"] == now.digests["result"]


@pytest.mark.parametrize("change", [{"seed": 2}, {"runs": 3}, {"cases": 10}, {"start": date(2026, 3, 3)}])
def test_what_does_not_share_its_luck_is_not_compared(now: Simulation, change: dict) -> None:
    """The fault names what differs."""
    asked = {"cases": 3_000, "start": START, "runs": 4, **change}
    with pytest.raises(InputError) as caught:
        now.compare(simulate("card_replacement", **asked))
    assert [fault.path for fault in caught.value.faults] == [f"other.{next(iter(change))}"]


def test_waiting_is_counted_to_what_is_unmet(now: Simulation) -> None:
    """Offices that are ready to accept wait for the fee, and the article is named."""
    (row,) = now.waits().rows()
    assert (row["state"], row["activity"], row["unmet"]) == ("checking", "accept", "fee_paid")
    assert row["reason"] == "the card fee is paid in full" and "Guangzhou card service guide" in row["basis"]
    assert 0 < row["waited"] < 3_000 and row["days"] * row["waited"] == pytest.approx(row["total"], rel=0.01)


def test_one_run_has_no_margin() -> None:
    """It tells nothing of how far another would lie, so none is made up."""
    table = simulate("card_replacement", cases=50, runs=1).summary()
    assert set(table["value_margin"]) == {None}
    assert "±" not in table.say("en")


def test_runs_are_added_until_a_margin_is_reached() -> None:
    """As many as are needed, the first of them being those of a simulation without a goal; a bound that comes first is told."""
    few = simulate("card_replacement", cases=200, runs=10)
    enough = simulate("card_replacement", cases=200, runs=3, until="late <= 0.8 pp")
    assert enough.runs > 10 and enough.late()["late_margin"][0] <= 0.8 < few.late()["late_margin"][0]
    assert enough.cases["closed"].tolist() == few.cases["closed"].tolist()
    assert enough.digests["result"] == simulate("card_replacement", cases=200, runs=enough.runs).digests["result"]
    assert not any("was not reached" in note.en for note in enough.notes)
    short = simulate("card_replacement", cases=200, runs=3, until="days <= 0.01 days", most_runs=12)
    assert short.runs == 12 and any('"days <= 0.01 days" was not reached in 12 runs' in note.en for note in short.notes)


def test_a_margin_is_in_the_unit_of_its_measure() -> None:
    """Numbers of cases are in cases, and shares in percentage points; another unit is refused with the right one."""
    assert simulate("card_replacement", cases=20, until="opened <= 1 cases").runs >= 10
    for until, unit in (("open <= 1 days", "cases"), ("late <= 1 days", "pp"), ("workdays_p50 <= 1 days", "workdays")):
        with pytest.raises(InputError, match=f"is in {unit}, not in days"):
            simulate("card_replacement", cases=20, until=until)


def test_a_margin_of_few_runs_is_not_trusted() -> None:
    """Three runs may lie close together by chance: ten are played at least."""
    assert simulate("card_replacement", cases=20, runs=3, until="late <= 90 pp").runs == 10


@pytest.mark.parametrize(
    "written", ["late", "late < 1", "late <= 0", "late <= 1 days", "days <= 1 pp", "lateness <= 1 pp"]
)
def test_a_goal_that_says_nothing_is_refused(written: str) -> None:
    """A measure that there is, and a margin in its unit, in both languages."""
    with pytest.raises((InputError, UnknownError)) as caught:
        simulate("card_replacement", cases=5, runs=2, until=written)
    assert caught.value.say("zh") != caught.value.say("en")


def test_tables_are_read_by_others(now: Simulation, tmp_path: Path) -> None:
    """polars, pandas, Arrow and CSV hold the same cells; titles in both languages on request."""
    for table in (now.late(), now.waits(), now.summary(), now.backlog(), now.cases, now.log()):
        frames = (table.to_polars(), table.to_pandas(), pa.table(table))
        assert {len(frame) for frame in frames} == {len(table)}
        assert all(
            list(names) == list(table.columns)
            for names in (frames[0].columns, frames[1].columns, frames[2].column_names)
        )
    table.to_csv(tmp_path / "log.csv")
    assert len(pl.read_csv(tmp_path / "log.csv")) == len(table)
    assert now.late().titled("zh").to_pandas()["名称"].tolist() == ["制卡时限"]
    assert now.late().to_polars("zh")["title"].to_list() == ["制卡时限"]
    assert isinstance(now.to_pandas(), pd.DataFrame) and isinstance(now.to_polars(), pl.DataFrame)
    assert pa.table(now).num_rows == 3_000
    assert "<table>" in now._repr_html_() and "逾期（%）" in now._repr_html_()
    assert now.log("zh")["concept:name"][0] == "申请补换"


def test_what_is_odd_is_refused(now: Simulation) -> None:
    """With an error of ours, in both languages."""
    cards = "card_replacement"
    for odd in (
        {"runs": 0},
        {"runs": True},
        {"workers": 0},
        {"engine": "fast"},
        {"law": "shorter"},
        {"cases": 0},
        {"places": "Guangzhou"},
        {"start": "2026-03-02"},
        {"keep": 1},
        {"on_progress": 1},
    ):
        with pytest.raises((InputError, UnknownError)) as caught:
            simulate(cards, **odd)
        assert caught.value.say("zh") != caught.value.say("en")
    for call in (
        lambda: now.case(3_000),
        lambda: now.case(0, run=4),
        lambda: now.case("0"),
        lambda: now.log("fr"),
        lambda: now.late()["share"],
        lambda: now.late().titled("fr"),
        lambda: now.compare(5),
        lambda: simulate(5),
        lambda: simulate("card_replacment"),
        lambda: simulate(cards, cases=5, keep=False).cases,
    ):
        with pytest.raises((InputError, UnknownError)) as caught:
            call()
        assert caught.value.say("zh") != caught.value.say("en")


def test_the_calendar_of_another_day_is_used() -> None:
    """What was known before the notice of a year rests on forecasts, and is called provisional."""
    known = Legislation(WorkCalendar.china().as_of(date(2025, 6, 1)))
    early = simulate("card_replacement", cases=300, start=START, runs=2, law=known)
    assert early.late()["provisional"][0] > 95
    assert ssflow.simulate is simulate


def test_known_answers_of_exponential_times() -> None:
    """The time at which persons are about until an answer that takes exponential time has the mean and the P90 of mathematics."""
    card = default_scenario("consultation")
    practice = Practice(takes=Duration("exponential", 2, "days"), by="agency")
    cases = simulate(evolve(card, practices=[practice], arrivals=Arrivals(cases=20_000)), runs=1).cases
    hours = (about(cases["closed"]) - about(cases["opened"])) / 60
    mean = 2 * 14
    assert hours.mean() == pytest.approx(mean, rel=0.03)
    assert np.quantile(hours, 0.9) == pytest.approx(mean * np.log(10), rel=0.03)


def about(moments: np.ndarray) -> np.ndarray:
    """The minutes at which persons are about, from eight to ten every day, before some moments."""
    days = moments.astype("datetime64[D]")
    minutes = (moments - days).astype(int)
    return days.astype(int) * 14 * 60 + np.clip(minutes - 8 * 60, 0, 14 * 60)


def test_intervals_are_those_of_student() -> None:
    """The quantiles of t are those of the tables, and the interval holds the mean as often as it says."""
    known = {1: 12.7062, 2: 4.3027, 3: 3.1824, 4: 2.7764, 9: 2.2622, 19: 2.0930, 99: 1.9842, 1000: 1.9623}
    for freedom, value in known.items():
        assert t_quantile(freedom) == pytest.approx(value, abs=2e-3)
    chance = np.random.default_rng(5)
    estimates = [Estimate.of(chance.normal(3, 2, 8)) for _ in range(2_000)]
    held = fmean(abs(one.mean - 3) <= one.margin for one in estimates)
    assert abs(held - 0.95) < 3 * (0.95 * 0.05 / 2_000) ** 0.5


def test_shares_of_runs_have_a_margin_where_all_runs_agree() -> None:
    """It is Wilson's, and holds the truth at least as often as it says, whatever that is; one run tells nothing."""
    assert Estimate.of_share([True] * 20).margin == pytest.approx(16.113, abs=1e-3)  # 100 * z**2 / (20 + z**2)
    assert Estimate.of_share([False] * 20).margin == pytest.approx(16.113, abs=1e-3)
    assert Estimate.of_share([True]) == Estimate(100, None, 1)
    chance = np.random.default_rng(5)
    for truth in (2, 20, 50, 97):
        found = [Estimate.of_share((chance.random(20) < truth / 100).tolist()) for _ in range(2_000)]
        held = fmean(abs(one.mean - truth) <= one.margin for one in found)
        assert held > 0.95 - 3 * (0.95 * 0.05 / 2_000) ** 0.5


def test_quantiles_of_counts() -> None:
    """The least length that a share does not exceed."""
    assert [quantile(np.array([0, 2, 0, 2]), p) for p in (0.5, 0.51, 1)] == [1, 3, 3]
    assert np.isnan(quantile(np.zeros(3, dtype=int), 0.5))


def test_a_table_says_what_it_holds() -> None:
    """Missing cells are a dash, margins stand beside their means, long tables tell how many rows they have."""
    rows = [
        {"name": Text("甲", "one"), "value": Estimate(1.234, 0.05, 3)},
        {"name": Text("乙", "two"), "value": Estimate(None, None, 0)},
    ]
    table = Table.of(rows, {"name": Text("名称", "name"), "value": Text("数值", "value")})
    assert table.say("en") == "name  value\none   1.23 ± 0.05\ntwo   –"
    assert table.say("zh") == "名称  数值\n甲    1.23 ± 0.05\n乙    –"
    long = Table({"n": list(range(30))})
    assert long.say("en").endswith("... 30 rows") and long.say("zh").endswith("……共30行")


def test_a_table_holds_no_column_that_nobody_gave() -> None:
    """A name that is not there is refused by every way to ask; a number that is none is shown as such."""
    table = Table({"a": [1.0, float("nan")]})

    with pytest.raises(InputError, match="no column 'b'"):
        table.only("b")
    assert "–" in repr(table)
