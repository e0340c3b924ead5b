"""A simulation that begins with the open cases of a store: each stands where it stands, and is late when its own term says so."""

import re
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from importlib.resources import files
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import pytest
from attrs import evolve, fields
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ssflow import rulebook
from ssflow.errors import DataError, InputError
from ssflow.machines.shared.agents import Agent
from ssflow.persons import Identity
from ssflow.records import Cases
from ssflow.simulation import Arrivals, Duration, Practice, Serves, Station, default_scenario, load_scenario, simulate
from ssflow.simulation.engines.columns.engine import ColumnEngine
from ssflow.simulation.engines.model import Model
from ssflow.simulation.engines.outcomes import Outcomes
from ssflow.simulation.engines.tally import Tally
from ssflow.simulation.numbers import NONE
from ssflow.simulation.scenario.open_cases import read_open_cases
from ssflow.simulation.scenario.profiles import MAIN
from ssflow.simulation.scenario.scenario import Scenario
from ssflow.store import SQLiteStore
from tests.simulation.open_cases import REPLACEMENT, begun, moment, opened, record, replacements
from tests.simulation.test_engines import assert_equal, crowded, played, scenarios


@st.composite
def with_open_cases(draw: st.DrawFn, of: st.SearchStrategy[Scenario]) -> tuple[Scenario, Cases]:
    """Any scenario, with the open cases of a store in which acts were recorded at random, and with other cases or none."""
    scenario = draw(of)
    cases = begun(scenario, draw, 6, draw(st.sampled_from((3, 40, 300))))
    assume(any(not row.closed and row.process == scenario.process for row in cases.rows()))
    arrivals = draw(st.sampled_from((scenario.arrivals, Arrivals(cases=0))))
    found = read_open_cases(cases, scenario.definition)
    scenario = evolve(scenario, open_cases=found, arrivals=arrivals)
    try:
        Model(scenario).check()
    except InputError:
        assume(False)
    return scenario, cases


def go_on(scenario: Scenario, cases: Cases) -> None:
    """Record in the store what was simulated of its open cases, and see that it comes to the same states and last days."""
    model = Model(scenario)
    _, outcomes, log = played(ColumnEngine, model, model.schedule.count(scenario.seed, 0))
    case, move, minute, _, dues = log.columns()
    cases = evolve(cases, now=lambda: model.kernel.instant(model.end))
    for number, one in enumerate(scenario.open_cases):
        last = model.continuing.due[:, number]
        deeds = model.chart.kinds[model.kind_of[model.continuing.profile[number]]].deeds
        for row in np.flatnonzero(case == number).tolist():
            last = dues[row]
            if move[row] < model.chart.clock_moves:
                doing = model.chart.doings[move[row]]
                cases.do(one.id, deeds[doing.activity.name], by=doing.by, on=model.kernel.instant(int(minute[row])))
        cases.advance(scenario.end, case=one.id)
        stored = cases.get(one.id)
        assert stored.state == model.chart.process.states[outcomes.state[number]]
        for o in stored.obligations if not stored.is_closed else ():
            slot = model.chart.slots.index((MAIN, o.clock.name))
            assert last[slot] == (NONE if o.due is None else model.kernel.number(o.due)), o.clock.name


@settings(max_examples=settings.default.max_examples * 2 // 5)
@given(with_open_cases(scenarios() | crowded()))
def test_both_engines_go_on_as_the_store_would(made: tuple[Scenario, Cases]) -> None:
    """The kernel from the recorded state, columns, and the store in which the simulated acts are recorded: the same to the day."""
    scenario, cases = made
    assert_equal(scenario, Model(scenario).schedule.count(scenario.seed, 0))
    go_on(scenario, cases)


def stopped() -> tuple[Scenario, Cases]:
    """A remedy that is suspended, one that goes on after it was, and one that never was."""
    scenario = evolve(default_scenario("remedy"), start=date(2026, 6, 1), follow=200)
    practices = [Practice(takes=Duration("exponential", 30, "workdays"))]
    cases = opened(scenario, [0, 0, 0], date(2026, 4, 22))
    process, deeds = scenario.definition, scenario.kinds()[0].deeds
    for number in range(3):
        id_ = f"case-{number}"
        record(cases, id_, deeds["accept"], process.activity("accept").roles[0], moment(date(2026, 4, 24)))
    for day, does, number in ((6, "suspend", 0), (6, "suspend", 1), (20, "resume", 1)):
        by = process.activity(does).roles[0]
        record(cases, f"case-{number}", deeds[does], by, moment(date(2026, 5, day)))
    found = read_open_cases(cases, process)
    return evolve(scenario, practices=practices, open_cases=found, arrivals=Arrivals(cases=0)), cases


def test_a_clock_that_stands_goes_on_with_the_days_that_are_left() -> None:
    """Stopped before the first day, or before and over; both engines and the store count alike from there."""
    scenario, cases = stopped()
    model = Model(scenario)
    stops = [(out.tolist(), back.tolist()) for pairs in model.continuing.stops for out, back in pairs]
    assert any(out >= 0 and back == NONE for outs, backs in stops for out, back in zip(outs, backs, strict=True))
    assert any(out >= 0 and back >= 0 for outs, backs in stops for out, back in zip(outs, backs, strict=True))
    assert model.kernel.number(date(2026, 5, 20)) in {back for _, backs in stops for back in backs}
    tally = assert_equal(scenario, 3)
    assert tally.events > 3
    go_on(scenario, cases)


ALONE = evolve(REPLACEMENT, start=date(2026, 3, 2), follow=60)


def test_who_will_be_late_is_answered_for_each_case() -> None:
    """What is late by the start is late in all runs; the due days are those of the store; nobody's number is needed."""
    cases = replacements(20)
    run = simulate(ALONE, open_cases=cases, cases=0, runs=10)
    table = run.open_cases()
    assert table["case"] == [row.id for row in cases.rows()]
    for row in table.rows():
        own = cases.get(row["case"]).obligations
        due = [o.due for o in own if o.due and o.clock.name == "production"]
        assert (row["due"] or None) == (due[0] if due and due[0] >= date(2026, 3, 2) else None)
    assert run.tallies[0].number_opened == 20
    assert min(int(tally.ran_out.sum()) for tally in run.tallies) >= 10
    assert int(run.tallies[0].backlog[:, run.model.first - 1].sum()) == 0
    assert run.backlog()["day"][0] == np.datetime64("2026-03-02")
    cases.advance(date(2026, 3, 1))
    late = simulate(ALONE, open_cases=cases, cases=0, runs=10).open_cases()
    assert {row["late"] for row in late.rows() if row["late_now"]} == {100.0}
    assert sum(row["late_now"] for row in late.rows()) == 10
    assert list(table.rows()) == list(late.rows())


def test_cases_come_besides() -> None:
    """Those that arrive take their place behind the open ones, and clerks serve both."""
    desk = Station(id="desk", serves=[Serves(state="checking", by="office")], clerks=1)
    quick = evolve(REPLACEMENT.practices[1], takes=Duration("fixed", 2, "workhours"))
    scenario = evolve(ALONE, stations=[desk], practices=[REPLACEMENT.practices[0], quick, *REPLACEMENT.practices[2:]])
    cases = replacements(40)
    few, many = (simulate(scenario, open_cases=cases, cases=number, runs=3) for number in (0, 400))
    assert [tally.number_opened for tally in many.tallies] == [440] * 3
    assert few.open_cases()["case"] == many.open_cases()["case"]
    assert set(few.log()["org:resource"]) >= {"desk"}
    assert few.queues()["day"][0] == np.datetime64("2026-03-02")


def test_the_same_wherever_it_is_played() -> None:
    """In windows, backwards, and in other processes."""
    scenario = evolve(ALONE, open_cases=read_open_cases(replacements(30), REPLACEMENT.definition))
    scenario = evolve(scenario, arrivals=Arrivals(cases=30))
    model = Model(scenario)
    whole, outcomes = Tally(model), Outcomes(model, 60)
    ColumnEngine(model, 0, whole, outcomes).play(np.arange(60))
    parts, some = Tally(model), Outcomes(model, 60)
    for chosen in (np.arange(59, 14, -1), np.arange(15)):
        apart = Tally(model)
        ColumnEngine(model, 0, apart, some).play(chosen)
        parts.add(apart)
    assert outcomes.closed.tolist() == some.closed.tolist()
    for attribute in fields(Tally):
        if attribute.name != "model":
            assert np.array_equal(getattr(parts, attribute.name), getattr(whole, attribute.name)), attribute.name
    here = simulate(scenario, runs=2)
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as executor:
        there = simulate(scenario, runs=2, workers=executor)
    assert here.digests == there.digests


def test_a_reform_takes_hold_of_what_begins_later() -> None:
    """The term that runs keeps its last day under another law; what begins later has that of the reform."""
    book = rulebook("card_replacement")
    shorter = book.amended("production", "3 workdays", since=date(2026, 3, 2), region="440100")
    now, then = (simulate(ALONE, open_cases=replacements(20), cases=0, runs=3, law=law) for law in (book, shorter))
    running = now.model.continuing.due >= 0
    assert running.any()
    assert np.array_equal(now.model.continuing.due[running], then.model.continuing.due[running])
    assert now.compare(then)


def test_what_cannot_be_gone_on_with_is_refused() -> None:
    """A start in the past, a warm-up, another place, no such case: each by its name, and all at once."""
    cases = replacements(4)
    with pytest.raises(InputError, match="recorded up to 2026-02-05") as raised:
        simulate(evolve(ALONE, start=date(2026, 2, 5), warm_up=3), open_cases=cases, runs=2)
    assert [fault.path for fault in raised.value.faults] == ["warm_up", "start"]
    with pytest.raises(InputError, match=r'2 open cases \(card-0, card-2\): at "being checked" \(check'):
        simulate(ALONE, places="110000", open_cases=cases)
    with pytest.raises(InputError, match="the nearest profile does not have agent = True"):
        simulate(
            ALONE,
            open_cases=replacements(4, agent=Agent(Identity("11010519491231002X"), authority_shown=True)),
            cases=0,
        )
    report = evolve(default_scenario("loss_report"), start=date(2026, 6, 1))
    lapsed = opened(report, range(len(report.profiles)), date(2026, 1, 5))
    with pytest.raises(InputError, match=r"time closes them before the start; let time pass"):
        simulate(report, open_cases=lapsed, runs=2)
    with pytest.raises(InputError, match="no open case of medical_transfer"):
        simulate("medical_transfer", open_cases=cases)
    with pytest.raises(InputError, match="a number from 1 to"):
        simulate(ALONE, cases=0)
    with pytest.raises(InputError, match="did not begin with open cases"):
        simulate(REPLACEMENT, cases=5, runs=2).open_cases()


def test_a_file_names_the_store_with_which_it_begins(tmp_path: Path) -> None:
    """By a path from its own folder, in a real database; the answer is the same as when the cases are handed over."""
    cases = replacements(12, tmp_path / "cases.db")
    (tmp_path / "desk.toml").write_text(begun_in("cases.db"), encoding="utf-8")
    run = simulate(tmp_path / "desk.toml", runs=2)
    handed = evolve(REPLACEMENT, open_cases=read_open_cases(cases, REPLACEMENT.definition), arrivals=Arrivals(cases=0))
    assert run.digests == simulate(handed, runs=2).digests
    assert run.tallies[0].number_opened == 12


def begun_in(database: str) -> str:
    """The scenario that comes along as a file that begins with the open cases of a database, and to which no others come."""
    shipped = (files("ssflow.simulation") / "scenarios" / "card_replacement.toml").read_text(encoding="utf-8")
    return re.sub(r"\narrivals = .*", f'\narrivals = {{ cases = 0 }}\nopen_cases = "{database}"', shipped, count=1)


def test_a_file_that_names_no_usable_store_is_refused(tmp_path: Path) -> None:
    """A misspelt name, which makes no new database; another file; an older process, a store without such a case; each in both languages."""
    desk = tmp_path / "desk.toml"
    SQLiteStore(tmp_path / "empty.db")
    for named, zh, en in (
        ("case.db", "路径从方案文件所在的文件夹算起", "a path begins in the folder of the scenario"),
        ("desk.toml", "不是数据库", "not a database"),
        ("empty.db", "没有未结的“社会保障卡补换”办件", "the store has no open case of card_replacement"),
    ):
        desk.write_text(begun_in(named), encoding="utf-8")
        with pytest.raises(DataError) as raised:
            load_scenario(desk)
        assert [fault.path for fault in raised.value.faults] == ["open_cases"]
        assert zh in raised.value.text.zh
        assert en in raised.value.text.en
    assert not (tmp_path / "case.db").exists()
    desk.write_text(begun_in("empty.db").replace("card_replacement", "card_replaced"), encoding="utf-8")
    with pytest.raises(DataError, match="process: unknown procedure 'card_replaced'"):
        load_scenario(desk)
