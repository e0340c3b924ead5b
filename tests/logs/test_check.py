"""A log is held against its procedure by the kernel: what could not have happened is found with its article, and what could is left alone."""

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from attrs import evolve

from ssflow import machines
from ssflow.errors import InputError, UnknownError
from ssflow.logs import Entry, EventLog, LogCheck, check_log, read_log
from ssflow.logs.log import PROFILE
from ssflow.process import Term
from ssflow.simulation import Simulation, default_scenario, default_scenarios, simulate
from ssflow.simulation.engines.columns.engine import ColumnEngine
from ssflow.simulation.engines.model import Model
from ssflow.simulation.engines.outcomes import Log
from ssflow.simulation.engines.tally import Tally
from ssflow.simulation.scenario.profiles import MAIN
from ssflow.tables import Table
from tests.logs.sizes import CASES, REPLAYED

CARD = "card_replacement"
ACCEPTED = (
    ("apply", "2026-03-02 09:30", "holder"),
    ("pay", "2026-03-02 09:40", "holder"),
    ("accept", "2026-03-03 10:00", "office"),
)


def log_of(*rows: tuple[str, str, str], case: str = "c1") -> EventLog:
    """A log of one case, as a data frame would give it."""
    columns = {
        "case:concept:name": [case] * len(rows),
        "concept:name": [row[0] for row in rows],
        "time:timestamp": [row[1] for row in rows],
        "org:resource": [row[2] for row in rows],
    }
    return read_log(Table(columns))


def with_kinds(run: Simulation) -> Table:
    """The log of a simulation with the kinds of its cases."""
    log = run.log()
    kinds = run.cases["profile"][log["case:concept:name"]]
    return Table({**log.columns, PROFILE: kinds}, log.titles)


def dues_of(run: Simulation) -> dict[tuple[str, str], list[date]]:
    """The last days of each term of each case as the columns of the simulator have dated them, in order, each named once."""
    model, log = Model(run.scenario), Log(with_dues=True)
    ColumnEngine(model, 0, Tally(model), None, log).play(np.arange(len(run.cases)))
    case, _, _, _, dues = log.columns()
    found: dict[tuple[str, str], list[date]] = {}
    for slot, (member, clock) in enumerate(model.chart.slots):
        if member != MAIN or not isinstance(run.scenario.definition.clock(clock), Term):
            continue
        for number, due in zip(case.tolist(), dues[:, slot].tolist(), strict=True):
            if due >= 0:
                found.setdefault((str(number), clock), []).append(run.scenario.start + timedelta(days=due))
    return found


@pytest.mark.parametrize("process", default_scenarios())
def test_what_was_simulated_could_have_been(process: str, tmp_path: Path) -> None:
    """Every simulated trace, written as CSV and read back, fits, with the last days and the lateness of the simulation."""
    run = simulate(process, cases=REPLAYED, runs=1)
    with_kinds(run).to_csv(tmp_path / "log.csv")
    found = check_log(tmp_path / "log.csv", process, until=run.scenario.end)
    assert found.fits, found.say()
    dues = dues_of(run)
    ours: dict[tuple[str, str], date | None] = {}
    last_late: dict[tuple[str, str], int] = {}
    for one in found.replays:
        for term in one.terms:
            key = one.id, term.obligation.clock.name
            ours[key] = term.obligation.due
            assert term.obligation.due is None or term.obligation.due in dues[key]
            if term.is_late:
                last_late[key] = term.late
    assert ours.keys() >= dues.keys()
    assert all(due is None or due == dues[key][-1] for key, due in ours.items())  # None: it stood still when it ended
    cases = run.cases
    for number, row in enumerate(cases.rows()):
        for term in (clock for clock in run.scenario.definition.clocks if isinstance(clock, Term)):
            assert row[f"{term.name}_late"] == last_late.get((str(number), term.name), 0), (number, term.name)


def test_the_kind_of_a_case_is_found_if_the_log_does_not_say_it() -> None:
    """With the data of the profile by which nothing deviates everything fits; which one was supposed is told."""
    run = simulate(CARD, cases=CASES, runs=1)
    found = check_log(run.log(), CARD, until=run.scenario.end)
    assert found.fits
    law, note, *_ = found.notes
    assert "posted" in note.en and "邮寄" in note.zh
    assert law.zh == "依广州市适用的规定核对" and "广州市" in law.en  # nobody gave a place


def test_open_cases_are_not_looked_at_before_the_log_ends() -> None:
    """On an earlier day some of its entries would not have happened yet."""
    log = read_log(simulate(CARD, cases=5, runs=1).log())
    last = log.last_day
    assert last is not None and check_log(log, CARD, until=last).fits
    with pytest.raises(InputError, match=f"until: the log goes on to {last}"):
        check_log(log, CARD, until=last - timedelta(days=1))


def test_an_act_that_could_not_have_been_is_found_with_its_article() -> None:
    """A planted acceptance before the fee was paid: the condition, where the case stood, and the basis."""
    apply, pay, accept = ACCEPTED
    found = check_log(log_of(apply, accept, (pay[0], "2026-03-04 09:00", pay[2])), CARD)
    (row,) = found.deviations().rows("zh")
    told = [row[name] for name in ("case", "entry", "kind", "ground", "reason", "basis")]
    assert told == ["c1", 2, "条件不具备", "fee_paid", "须缴清工本费", "广州市社会保障卡办事指南"]
    assert row["went_on"] == "略去，办件仍处原状态"
    assert not found.fits


def test_a_late_term_is_found_with_its_article() -> None:
    """A planted delay: by how many working days after its last day, under which article, who was bound."""
    apply, pay, accept = ACCEPTED
    slow = ("finish", "2026-06-01 10:00", "issuer")
    found = check_log(log_of(apply, pay, accept, slow), CARD)
    assert found.fits
    rows = {row["term"]: row for row in found.late().rows()}
    law = found.scenario.law
    for row in rows.values():
        calendar = law.calendar.in_region("440100")
        assert row["ended"] == date(2026, 6, 1)
        assert row["late"] == calendar.count(after=row["due"], through=row["ended"]) > 0
        assert row["basis"]
    assert "production" in rows
    assert str(rows["production"]["late"]) in found.say("zh") and "逾期" in found.say("zh")


def test_what_was_not_written_down_is_supposed_where_the_log_goes_on() -> None:
    """A log without the payment: the acceptance deviates, the payment is supposed, and what follows is judged as usual."""
    apply, _, accept = ACCEPTED
    after = ("finish", "2026-03-10 10:00", "issuer")
    found = check_log(log_of(apply, accept, after), CARD)
    (deviation,) = found.case("c1").deviations
    assert [act.name for act in deviation.supposed] == ["pay"]
    assert "pay" in " ".join(note.en for note in found.notes)


def test_an_act_out_of_place_is_left_out_where_nothing_can_be_supposed() -> None:
    """A second application: the case stands as before, and the rest of the log fits."""
    apply, pay, accept = ACCEPTED
    found = check_log(log_of(apply, pay, ("apply", "2026-03-02 16:00", "holder"), accept), CARD)
    (deviation,) = found.case("c1").deviations
    assert (deviation.number, deviation.taken) == (3, False)
    assert found.case("c1").case.state is found.scenario.definition.state("making")


def test_the_wrong_role_is_found() -> None:
    """What the holder may not do deviates by the role; then it is taken as done by the office, so that the rest can be judged."""
    apply, pay, accept = ACCEPTED
    after = ("finish", "2026-03-10 10:00", "issuer")
    found = check_log(log_of(apply, pay, (*accept[:2], "holder"), after), CARD)
    (deviation,) = found.case("c1").deviations
    assert deviation.grounds[0].kind.name == "role"
    assert deviation.taken and not deviation.supposed
    clerks = check_log(log_of(apply, pay, (*accept[:2], "张三"), after), CARD)
    assert clerks.fits


def test_a_log_that_begins_in_the_middle_is_gone_on_with() -> None:
    """What has to have been before is supposed, and told."""
    found = check_log(log_of(ACCEPTED[2], ("finish", "2026-03-10 10:00", "issuer")), CARD)
    (deviation,) = found.case("c1").deviations
    assert [act.name for act in deviation.supposed] == ["apply", "pay"]


def test_what_time_is_said_to_have_done_is_checked() -> None:
    """A term that is said to have run out before its last day deviates, with its figure's article; after it, it fits."""
    apply, pay, accept = ACCEPTED
    before, after = ("production", "2026-03-04", ""), ("production", "2026-06-01", "")
    (deviation,) = check_log(log_of(apply, pay, accept, before), CARD).case("c1").deviations
    assert deviation.grounds[0].name == "production" and deviation.grounds[0].cites
    assert check_log(log_of(apply, pay, accept, after), CARD).fits


def test_titles_and_words_of_the_analyst_are_understood() -> None:
    """Activities by title in either language, by a part of it, or as the analyst says; what is not known is listed at once."""
    words = [
        ("申请", "2026年3月2日", ""),
        ("缴费", "2026/3/2 09:40", ""),
        ("初审通过", "2026-03-03", ""),
        ("备注", "2026-03-03", ""),
    ]
    definition = machines.get(CARD)
    titles = [
        (definition.activity("apply").zh, words[0][1], ""),
        (definition.activity("pay").en, words[1][1], ""),
        *words[2:],
    ]
    found = check_log(log_of(*titles), CARD, activities={"初审通过": "accept", "备注": ""})
    assert found.fits and found.case("c1").case.state is definition.state("making")
    with pytest.raises(InputError) as refused:
        check_log(log_of(*titles), CARD)
    assert [fault.path for fault in refused.value.faults] == ["activities.初审通过", "activities.备注"]


def test_what_cannot_be_checked_is_refused_with_what_to_do() -> None:
    """Data that no profile has, kinds that no scenario has, cases that no log has."""
    scenario = default_scenario(CARD)
    bare = evolve(scenario, profiles=[evolve(p, data={"apply": p.data["apply"]}) for p in scenario.profiles])
    with pytest.raises(InputError, match="data.pay"):
        check_log(log_of(*ACCEPTED), bare)
    odd = EventLog([Entry(case="c", activity="apply", time=date(2026, 3, 2), profile="none")])
    with pytest.raises(InputError, match="unknown profile 'none'"):
        check_log(odd, CARD)
    with pytest.raises(UnknownError):
        check_log(log_of(*ACCEPTED), CARD).case("nobody")


def test_the_check_is_shown_as_tables_and_sentences() -> None:
    """In both languages, in a notebook, for data frames; progress is told."""
    apply, pay, accept = ACCEPTED
    told: list[tuple[int, int]] = []
    found = check_log(log_of(apply, accept, accept, pay), CARD, on_progress=lambda *now: told.append(now))
    assert isinstance(found, LogCheck) and told == [(1, 1)]
    assert "不可能发生" in found._repr_html_() and "could not have happened" in repr(found)
    assert found.say("zh") != found.say("en")
    assert len(found.terms().to_pandas()) == len(found.terms())
    assert found.by_term()["began"]


def test_the_beginning_of_an_act_is_no_act() -> None:
    """Entries that tell when somebody took up the work are left out, and it is said how many."""
    apply, pay, accept = ACCEPTED
    entries = list(log_of(apply, pay, accept).entries)
    started = evolve(entries[2], lifecycle="start", time=entries[1].time + timedelta(hours=1))
    found = check_log(EventLog([*entries[:2], started, entries[2]]), CARD)
    assert found.fits and found.case("c1").entries == 3
    assert any("1 entries do not record a completion" in note.en for note in found.notes)


def test_the_order_of_cases_changes_nothing() -> None:
    """What was found to be missing in one case is remembered for the next; the answer is the same in any order, and for one alone."""
    log = read_log(simulate(CARD, cases=CASES, runs=1).log())
    unpaid = EventLog([entry for entry in log.entries if entry.activity != "pay"])
    turned = EventLog([entry for _, entries in reversed(list(unpaid.traces())) for entry in entries])
    one, other = check_log(unpaid, CARD), check_log(turned, CARD)
    assert not one.fits
    told = {replay.id: [d.say() for d in replay.deviations] for replay in other.replays}
    assert {replay.id: [d.say() for d in replay.deviations] for replay in one.replays} == told
    name, *_ = (replay.id for replay in one.replays if not replay.fits)
    alone = check_log(EventLog([entry for entry in unpaid.entries if entry.case == name]), CARD, until=unpaid.last_day)
    assert [d.say() for d in alone.case(name).deviations] == told[name]
