"""Pictures of simulations show the numbers of the results and no others, with their intervals, units and what they leave out."""

from __future__ import annotations

from datetime import date
from functools import cache

import numpy as np
import pytest
from attrs import evolve

from ssflow import rulebook, simulate
from ssflow.errors import InputError, UnknownError
from ssflow.pictures import Picture, picture
from ssflow.simulation import Arrivals, Serves, Simulation, Station, default_scenario
from ssflow.text import Lang
from tests.pictures.seen import HAN, LANGS, data_of, heading_of, words_of

START = date(2026, 1, 5)


@pytest.fixture(scope="module")
def run() -> Simulation:
    return simulate("card_replacement", cases=1_000, places="440100", start=START, seed=1, runs=3)


@pytest.fixture(scope="module")
def then() -> Simulation:
    shorter = rulebook("card_replacement").amended("production", "4 workdays", since=START, region="440100")
    return simulate("card_replacement", cases=1_000, places="440100", start=START, seed=1, runs=3, law=shorter)


@cache
def all_of(run: Simulation, lang: Lang) -> dict[str, Picture]:
    """Every picture of a run; the same pictures when asked again."""
    plot = run.plot
    return {
        "backlog": plot.backlog(lang),
        "closing": plot.closing(lang),
        "closing in days": plot.closing(lang, "days"),
        "lateness": plot.lateness(lang),
        "waiting": plot.waiting(lang),
        "overview": plot.overview(lang),
        "differences": run.compare(run).plot.differences(lang),
        "timeline": run.case(0).plot.timeline(lang),
    }


def test_the_backlog_is_that_of_the_result(run: Simulation) -> None:
    """Day by day the mean, and around it the margin that the table has."""
    drawn, told = data_of(run.plot.backlog("en"), "least"), run.backlog()
    assert [row["day"] for row in drawn] == [str(day) for day in told["day"]]
    assert [row["open"] for row in drawn] == told["open"].tolist()
    for row, margin in zip(drawn, told["open_margin"], strict=True):
        assert row["most"] == row["open"] + margin
        assert row["least"] == max(0, row["open"] - margin)


def test_the_time_to_close_agrees_with_the_summary(run: Simulation) -> None:
    """Where half of the closed cases are closed lies the median that the summary has, and in the end as many are closed as it says."""
    summary = {row["measure"]: row["value"] for row in run.summary().rows("en")}
    for unit, name in (("workdays", "working days to close: P50"), ("days", "days to close: P50")):
        table = run.plot.closing("en", unit).table
        assert table["closed"][-1] == pytest.approx(100 * summary["cases closed"] / summary["cases opened"])
        half = next(n for n, share in enumerate(table["closed"]) if share >= table["closed"][-1] / 2)
        assert abs(half - summary[name]) <= 1
        assert (np.diff(table["closed"]) >= 0).all()


def test_limits_of_law_stand_beside_the_time_to_close(run: Simulation, then: Simulation) -> None:
    """Each in its own unit with its name; a shorter one moves the line, and one in months is no line among days."""
    (now,) = {(row["at"], row["limit"]) for row in data_of(run.plot.closing("en"), "limit")}
    (after,) = {(row["at"], row["limit"]) for row in data_of(then.plot.closing("en"), "limit")}
    assert (now, after) == ((7, "7 working days"), (4, "4 working days"))
    assert data_of(run.plot.closing("en", "days"), "limit") == []


def test_delays_by_day_add_up_to_the_cases(run: Simulation) -> None:
    """Each day has the cases that were opened on it and those of them that were late; Spring Festival has none, and has its name."""
    drawn = run.plot.lateness("en")
    cases, table = run.cases, drawn.table
    assert table["opened"].sum() == (~np.isnat(cases["opened"])).sum()
    assert table["late"].sum() == (cases["production_late"] > 0).sum()
    day = np.datetime64("2026-01-05")
    came = cases["opened"].astype("datetime64[D]") == day
    row = next(row for row in data_of(drawn, "share") if row["day"] == "2026-01-05")
    assert (row["opened"], row["late"]) == (came.sum(), (came & (cases["production_late"] > 0)).sum())
    assert row["share"] == 100 * row["late"] / row["opened"] and row["weekday"] == "Mon"
    rests = [row for row in data_of(drawn, "share") if "2026-02-15" <= row["day"] <= "2026-02-23"]
    assert len(rests) == 9 and not any(row["opened"] for row in rests)
    assert rests[0]["festival"] == "Spring Festival" in words_of(drawn)
    assert run.plot.lateness("zh", "production").table["late"].tolist() == table["late"].tolist()


def test_where_time_goes_adds_up(run: Simulation) -> None:
    """Days in states are those of the backlog; waits for a condition are those of the table of waits."""
    rows = list(run.plot.waiting("en").table.rows("en"))
    backlog, opened = run.backlog(), run.summary()["value"][0]
    for state in run.model.chart.process.states:
        if not state.final and backlog[state.name].any():
            (row,) = (row for row in rows if row["state"] == state.en and not row["act"])
            assert row["days"] == pytest.approx(backlog[state.name].sum() / opened)
    (wait,) = run.waits().rows("en")
    (row,) = (row for row in rows if row["act"])
    assert (row["act"], row["reason"]) == (wait["title"], wait["reason"])
    assert row["days"] == pytest.approx(wait["total"] / opened)
    assert row["days_margin"] == pytest.approx(wait["total_margin"] / opened)


def test_queues_at_stations_are_drawn() -> None:
    """What cases queued for stands beneath the state in which they did, as long as the table of waits says."""
    desk = Station(id="desk", serves=[Serves(state="checking", by="office")], clerks=1)
    scenario = evolve(
        default_scenario("card_replacement"), stations=[desk], arrivals=Arrivals(cases=600, through=date(2026, 3, 20))
    )
    crowded = simulate(scenario, runs=2)
    told = [row for row in crowded.waits().rows("en") if row["station"]]
    drawn = [row for row in crowded.plot.waiting("en").table.rows("en") if row["kind"] == "of these, queueing"]
    assert {row["act"] for row in drawn} == {row["title"] for row in told} and told
    opened = crowded.summary()["value"][0]
    for row in drawn:
        (one,) = (one for one in told if one["title"] == row["act"])
        assert row["days"] == pytest.approx(one["total"] / opened) and row["reason"] == one["reason"]
    assert "of these, queueing" in words_of(crowded.plot.waiting("en"))
    told_of, shown = crowded.queues(), data_of(crowded.plot.queues("zh"), "queue")
    assert [row["queue"] for row in shown] == told_of["desk"].tolist()
    assert [row["day"] for row in shown] == [str(day) for day in told_of["day"]]
    assert "95%置信区间" in heading_of(crowded.plot.queues("zh"))
    assert "nobody queues" in words_of(simulate("consultation", cases=3, runs=1).plot.queues("en"))


def test_of_many_stations_the_longest_queues_are_drawn() -> None:
    """As many as there are colours, so that no two lines look alike; how many are left out is said."""
    card = default_scenario("card_replacement")
    profiles = [evolve(card.profiles[0], id=f"office-{n}", share=n + 1) for n in range(7)]
    desks = [
        Station(id=f"desk-{n}", serves=[Serves(state="checking", by="office", profiles=[f"office-{n}"])], per_day=1)
        for n in range(7)
    ]
    arrivals = Arrivals(cases=400, through=date(2026, 3, 31))
    run = simulate(evolve(card, profiles=profiles, stations=desks, arrivals=arrivals, follow=60), runs=2)
    drawn, told = run.plot.queues("en"), run.queues()
    assert {row["station"] for row in data_of(drawn, "queue")} == {f"desk-{n}" for n in range(2, 7)}
    assert min(told[f"desk-{n}"].mean() for n in range(2, 7)) > max(told[f"desk-{n}"].mean() for n in range(2))
    assert "the table has 2 more" in heading_of(drawn) and "desk-0" in drawn.table.columns


def test_differences_are_those_of_the_comparison(run: Simulation, then: Simulation) -> None:
    """Each measure that differs, with its interval; how many do not is said."""
    compared = run.compare(then)
    drawn = compared.plot.differences("en")
    told = list(compared.changed().rows("en"))
    shown = data_of(drawn, "difference")
    assert [row["measure"] for row in shown] == [row["measure"] for row in told]
    for row, one in zip(shown, told, strict=True):
        assert row["difference"] == one["difference"]
        assert row["most"] - row["difference"] == pytest.approx(one["difference_margin"])
    same = len(compared.differences) - len(told)
    assert f"The other {same} measures do not differ" in heading_of(drawn)
    assert "nothing differs" in words_of(run.compare(run).plot.differences("en"))


def test_a_measure_that_only_one_side_has_is_written_out(run: Simulation) -> None:
    """A term that is abolished has delays on one side: both sides are told, and no dot is drawn."""
    none = rulebook("card_replacement").amended("production", "none", since=START, region="440100")
    then = simulate("card_replacement", cases=1_000, places="440100", start=START, seed=1, runs=3, law=none)
    drawn = run.compare(then).plot.differences("en")
    (row,) = data_of(drawn, "sides")
    assert row["sides"].endswith("→ –") and row["said"] == "–" and "least" not in row
    assert '"production" late (%)' in words_of(drawn) and "interval of the difference" in heading_of(drawn)


@pytest.mark.parametrize("lang", LANGS)
def test_every_picture_is_drawn_in_its_language(run: Simulation, lang: Lang) -> None:
    """It has a title, says its unit, and says nothing in the other language but names of places."""
    for name, drawn in all_of(run, lang).items():
        assert drawn.svg.startswith("<svg ") and drawn.title.say(lang) in heading_of(drawn), name
        assert bool(HAN.search(words_of(drawn))) is (lang == "zh"), name
    heading = {name: heading_of(drawn) for name, drawn in all_of(run, lang).items()}
    unit: dict[Lang, tuple[str, ...]] = {
        "zh": ("件", "（%）", "自然日", "（%）", "自然日数"),
        "en": ("cases", "(%)", "calendar days", "(%)", "calendar days"),
    }
    for name, said in zip(("backlog", "closing", "closing in days", "lateness", "waiting"), unit[lang], strict=True):
        assert said in heading[name], name


def test_an_interval_says_which(run: Simulation, then: Simulation) -> None:
    """Whatever shows an interval says that it is one of 95 %; one run says that it has none, and draws none."""
    for lang, said in (("zh", "95%置信区间"), ("en", "95 % interval")):
        for name in ("backlog", "closing", "waiting"):
            assert said in heading_of(all_of(run, lang)[name]), name
        assert said in heading_of(run.compare(then).plot.differences(lang))
    alone = simulate("card_replacement", cases=200, start=START, runs=1)
    for drawn in (alone.plot.backlog("en"), alone.plot.closing("en"), alone.plot.waiting("en")):
        assert "One run has no interval" in heading_of(drawn) and "95 %" not in heading_of(drawn)
        assert {row["least"] for row in data_of(drawn, "least")} == {None}


def test_tiny_and_empty_runs_are_drawn() -> None:
    """One case, and none at all, which has a title, a table and no number that nobody has counted."""
    one = simulate("card_replacement", cases=1, runs=2)
    for drawn in (one.plot.overview("zh"), one.plot.lateness("en"), one.case(0).plot.timeline("zh")):
        assert "<svg" in drawn.svg
    scenario = evolve(default_scenario("card_replacement"), arrivals=Arrivals(per_day=1e-9, through=date(2026, 3, 31)))
    nobody = simulate(scenario, runs=2)
    assert nobody.summary()["value"][0] == 0
    for drawn in (nobody.plot.overview("en"), nobody.plot.lateness("zh")):
        assert "<svg" in drawn.svg and "NaN" not in drawn.svg
    assert set(nobody.plot.backlog().table["open"].tolist()) == {0}
    assert len(nobody.plot.waiting().table) == len(nobody.plot.lateness().table) == 0


def test_other_procedures_are_drawn() -> None:
    """One of two places, with several terms; what is drawn of it is the same."""
    medical = simulate("medical_transfer", cases=200, runs=2)
    lines = data_of(medical.plot.closing("zh"), "limit")
    assert {row["limit"] for row in lines} == {"10个工作日", "5个工作日"}
    assert medical.plot.lateness("en", "closing").table["opened"].sum() == 200


def test_a_case_that_was_late_is_drawn_late(run: Simulation) -> None:
    """The bar past the last day begins where the last day ends, and what happened is what the replay tells."""
    number = int(np.flatnonzero(run.cases["production_late"] > 2)[0])
    replay = run.case(number)
    drawn = replay.plot.timeline("en")
    (bar,) = (row for row in data_of(drawn, "how") if row["how"] == "overdue")
    due = next(o.due for e in replay.events for o in e.obligations if o.clock.name == "production" and o.overdue)
    assert bar["since"] == f"{np.datetime64(due) + np.timedelta64(1, 'D')}T00:00:00Z"
    assert len(drawn.table) == len(replay.events)
    assert picture(replay, "en").spec == drawn.spec


def test_a_run_in_a_notebook_is_a_picture_and_a_table(run: Simulation, then: Simulation) -> None:
    """So are a comparison and a case: an image whose names do not meddle with those of the page, then what was there before."""
    for shown in (run, run.compare(then), run.case(3)):
        page = shown._repr_html_()
        assert page.count("<img ") == 1 and "data:image/svg+xml;base64," in page
        assert page.index("<img ") < page.index("<table" if shown is not run.case(3) and "<table" in page else "<ol>")


def test_what_is_asked_wrongly_is_refused(run: Simulation) -> None:
    """A term that is none or never ran, a station where there is none, a unit that is none, a run whose cases were not kept."""
    for term in ("productoin", "check"):
        with pytest.raises(UnknownError, match=f"'{term}'.*production"):
            run.plot.lateness("zh", term)
    with pytest.raises(UnknownError, match="the scenario has no stations"):
        run.plot.warm_up("zh", "counter")
    with pytest.raises(InputError, match="none of workdays, days"):
        run.plot.closing("zh", "weeks")
    with pytest.raises(InputError, match="not kept"):
        simulate("card_replacement", cases=20, runs=1, keep=False).plot.lateness()
