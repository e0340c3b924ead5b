"""Odd values at every door above the calendar: an answer, or an error of ours in both languages."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from attrs import evolve as changed

from ssflow import Cases, MemoryStore, SQLiteStore, WorkCalendar, machines
from ssflow.case import (
    Attempt,
    Case,
    Legislation,
    advance,
    advance_together,
    deadline_of,
    decide,
    evolve,
    options,
    redate,
    why_not,
)
from ssflow.converters import from_json
from ssflow.export import to_dot, to_icalendar, to_mermaid
from ssflow.life_events import found_employer, lose_card, move, retire
from ssflow.machines.card_replacement import CardReplacement
from ssflow.machines.facts import attribution, cards, pension
from ssflow.machines.facts.registration import Founding, Kind
from ssflow.machines.facts.retirement import Age
from ssflow.machines.loss_report import LossReport, Report, Track
from ssflow.machines.reckoning.periods import PaidPeriod, months_in_both, months_paid, months_without
from ssflow.machines.reckoning.retirement_age import Group, Schedule, in_months, retirement_age, retirement_day
from ssflow.machines.retirement import Retirement
from ssflow.persons import Identity
from ssflow.process import faults_of_process
from ssflow.records import Codec, Opening, change_of, decide_together, fold
from ssflow.rules import rulebook
from ssflow.sheets import book_of, find_doubtful, law_index, sheet
from ssflow.testing import (
    conformance,
    data_strategy,
    examples_of,
    explore,
    load_scenarios,
    run_scenario,
)
from tests.odd import places_of, refusals

LAW, CAL, DAY = Legislation(), WorkCalendar.china(), date(2026, 9, 21)
NOW = datetime(2026, 11, 22, 1, tzinfo=UTC)
PERSON = Identity("360426199101010071")
CARD = cards.Application(holder=PERSON, reason=cards.Reason.damaged, photo=cards.Photo.identity_card)
FORMALLY = LossReport.report_formally(Report(Track.social, PERSON))
OPENING = Opening(deed=FORMALLY, by=LossReport.holder, places="440100", case="l")
UNOPENED = OPENING.unopened()
ATTEMPT = Attempt(deed=FORMALLY, by=LossReport.holder, on=DAY, law=LAW)
(EVENT,) = decide(UNOPENED, ATTEMPT)
OPENED = evolve(UNOPENED, EVENT)
CODEC = Codec(machines.get)
CHANGE = change_of(OPENED, [EVENT], CODEC)
TERMED = fold(
    CardReplacement,
    decide(
        Case.unopened(CardReplacement, "c", {"issuing": "440100"}),
        Attempt(
            deed=CardReplacement.apply(CARD),
            by=CardReplacement.holder,
            on=DAY,
            law=LAW,
        ),
    ),
)
ROW = TERMED.obligations[0]
MOVING = attribution.Application(holder=PERSON, insured=True)
FROM = pension.Application(
    person=PERSON, sex=pension.Sex.man, age=35, register="360426", insured=True, stopped=True,
)  # fmt: skip
FOUNDING = Founding("甲公司", Kind.enterprise, DAY)
SCENARIOS = Path(__file__).parent / "scenarios" / "loss_report.toml"
SCENARIO = load_scenarios(SCENARIOS)[0]
MEN = Schedule(720, 756, 4, date(2025, 1, 1))
PAID = PaidPeriod(date(2020, 1, 1), date(2020, 6, 30))
AGE = next(value for value in rulebook("retirement").values if value.parameter.startswith("age"))
ODD = [
    None, "", "2026-03-02", "周一", "999999", "440199", b"15", 0, -1, 1.5, float("nan"), True, 10**30, object(), [], {}, (),
    [None], ["x"], {"x": "y"}, {1: 2}, datetime(2026, 3, 2), date.min, date.max, timedelta(1), Path("nowhere"), CAL, LAW,  # noqa: DTZ001
    LossReport, LossReport.holder, LossReport.report_formally, FORMALLY, CardReplacement.accept(), CardReplacement.holder,
    FOUNDING, EVENT, OPENED, TERMED, ROW, (EVENT, EVENT), [OPENED], "loss_report", "medical_transfer", MemoryStore(), PAID,
]  # fmt: skip


def cases() -> Cases:
    """An empty store with a clock that stands."""
    return Cases(MemoryStore(), now=lambda: NOW)


def full() -> Cases:
    """A store with one case."""
    held = cases()
    held.store.append([CHANGE])
    return held


def in_file(do):
    """Something done with a store in a file."""

    def door(*arguments):
        with TemporaryDirectory() as folder:
            store = SQLiteStore(Path(folder) / "x.db")
            store.append([CHANGE])
            return do(store, *arguments)

    return door


def run(scenario, law):
    """Under an odd law, a scenario may also state what does not follow."""
    try:
        run_scenario(scenario, law)
    except AssertionError:
        if law is LAW:
            raise


def appended(store, change, unchanged):
    return store.append([change], unchanged=unchanged)


HELD = cases()
PLAN = lose_card(
    HELD, FORMALLY.data, CARD, on=DAY,
    place="440100", party="p",
)  # fmt: skip
DOORS = {
    "lose_card": (
        lambda held, report, application, on, place, party, case: lose_card(
            held, report, application, on=on, place=place, party=party, case=case
        ),
        cases(), FORMALLY.data, CARD, DAY,
        "440100", "p", "",
    ),
    "move": (
        lambda held, on, old, new, pension_, card, party, case: move(
            held, on=on, old=old, new=new, pension=pension_, card=card, party=party, case=case
        ),
        cases(), DAY, "500000", "510100", FROM, MOVING, "p", "",
    ),
    "found_employer": (
        lambda held, founding, hirings, on, place, party, case: found_employer(
            held, founding, hirings, on=on, place=place, party=party, case=case
        ),
        cases(), FOUNDING, (), DAY, "440100", "p", "",
    ),
    "retire": (
        lambda held, opening, data, elsewhere, on, place, party, case: retire(
            held, opening, data, elsewhere, on=on, place=place, party=party, case=case
        ),
        cases(), Retirement.reach, Age(insured=PERSON, born=date(1965, 3, 10), group=Group.men, minimum=180), None,
        date(2025, 4, 10), "440100", "p", "",
    ),
    "Plan.case": (PLAN.case, "loss_report"),
    "Plan.at": (PLAN.at, DAY),
    "Plan.read": (PLAN.read, HELD),
    "Plan.say": (PLAN.say, "zh"),
    "Plan.rows": (PLAN.rows, "zh"),
    "to_icalendar": (
        lambda entries, lang, name, stamp: to_icalendar(entries, lang=lang, name=name, stamp=stamp),
        [CAL.day(DAY)], "zh", "x", NOW,
    ),
    "to_mermaid": (to_mermaid, LossReport, "zh"),
    "to_dot": (to_dot, LossReport, "zh"),
    "sheet": (lambda *given: sheet(*given[:3], strict=given[3], lang=given[4]).to_markdown(), "loss_report", "440100", DAY, False, "zh"),
    "Sheet.to_markdown": (sheet("loss_report").to_markdown, "zh"),
    "book_of": (book_of, LossReport),
    "find_doubtful": (find_doubtful, "loss_report", "440100", DAY),
    "law_index": (law_index, ["loss_report"]),
    "LawIndex.within": (law_index(["loss_report"]).within, "guide-004", ""),
    "machines.get": (machines.get, "loss_report"),
    "Process.activity": (LossReport.activity, "report_formally"),
    "Process.state": (LossReport.state, "formal"),
    "Process.role": (LossReport.role, "holder"),
    "Process.clock": (LossReport.clock, "temporary_force"),
    "faults_of_process": (faults_of_process, LossReport, rulebook("loss_report")),
    "fold": (fold, LossReport, [EVENT]),
    "evolve": (evolve, UNOPENED, EVENT),
    "advance": (advance, OPENED, DAY, LAW),
    "redate": (redate, OPENED, DAY, LAW),
    "deadline_of": (deadline_of, TERMED, ROW, LAW),
    "options": (
        lambda case, on, law, by, links, around: options(case, on=on, law=law, by=by, links=links, around=around),
        OPENED, DAY, LAW, None, (), (),
    ),
    "advance_together": (advance_together, [OPENED], DAY, LAW),
    "decide_together": (
        lambda openings, on, law, related, around: decide_together(openings, on=on, law=law, related=related, around=around),
        [OPENING], DAY, LAW, (), (),
    ),
    "decide": (decide, UNOPENED, ATTEMPT),
    "why_not": (why_not, UNOPENED, ATTEMPT),
    "Attempt": (
        lambda deed, by, on, law, links, around, party, regime: decide(
            UNOPENED,
            Attempt(deed=deed, by=by, on=on, law=law, links=links, around=around, party=party, regime=regime),
        ),
        FORMALLY, LossReport.holder, DAY, LAW, (), (), "p", None,
    ),
    "Case.unopened": (Case.unopened, LossReport, "l", {"issuing": "440100"}),
    "Case.place": (OPENED.place, LossReport.places[0]),
    "Case.obligation": (OPENED.obligation, "x"),
    "Legislation": (lambda calendar, books: decide(UNOPENED, changed(ATTEMPT, law=Legislation(calendar, books))), CAL, rulebook),
    "Legislation.of": (LAW.of, LossReport),
    "Legislation.with_rulebook": (LAW.with_rulebook, rulebook("loss_report")),
    "Cases": (
        lambda store, law, now, of: Cases(store, law, now=now, process_of=of).open(
            FORMALLY, by=LossReport.holder, on=DAY, places="440100"
        ),
        MemoryStore(), LAW, lambda: NOW, machines.get,
    ),
    "MemoryStore.append": (lambda changes, unchanged: full().store.append(changes, unchanged=unchanged), [], None),
    "MemoryStore.append one": (lambda change, unchanged: appended(cases().store, change, unchanged), CHANGE, {"a": 0}),
    "MemoryStore.trace": (full().store.trace, "l"),
    "MemoryStore.standing": (full().store.standing, "l"),
    "MemoryStore.linking": (full().store.linking, "l"),
    "MemoryStore.rows": (lambda by: full().store.rows(closing_by=by), NOW),
    "SQLiteStore": (lambda wait: in_file(lambda store: changed(store, wait=wait).rows())(), 0.1),
    "SQLiteStore.append": (in_file(lambda store, changes, unchanged: store.append(changes, unchanged=unchanged)), [], None),
    "SQLiteStore.append one": (in_file(appended), changed(CHANGE, row=changed(CHANGE.row, id="m")), {"a": 0}),
    "SQLiteStore.trace": (in_file(SQLiteStore.trace), "l"),
    "SQLiteStore.standing": (in_file(SQLiteStore.standing), "l"),
    "SQLiteStore.linking": (in_file(SQLiteStore.linking), "l"),
    "SQLiteStore.rows": (in_file(lambda store, by: store.rows(closing_by=by)), NOW),
    "Codec.encode": (CODEC.encode, EVENT),
    "Codec.decode": (CODEC.decode, CODEC.encode(EVENT)),
    "Codec.encode_case": (CODEC.encode_case, OPENED),
    "Codec.decode_case": (CODEC.decode_case, CODEC.encode_case(OPENED)),
    "change_of": (change_of, OPENED, [EVENT], CODEC),
    "Activity.from_plain": (LossReport.report_formally.from_plain, {"track": "social", "holder": {"number": PERSON.number}}),
    "from_json": (from_json, {"track": "social", "holder": {"number": PERSON.number}}, Report),
    "load_scenarios": (load_scenarios, SCENARIOS),
    "run_scenario": (run, SCENARIO, LAW),
    "examples_of": (examples_of, [SCENARIO]),
    "conformance": (lambda process, scenarios, law, limit: conformance(process, scenarios, law, limit=limit), LossReport, [SCENARIO], LAW, 1),
    "explore": (
        lambda process, law, places, start, examples, limit: next(
            explore(process, law=law, places=places, start=start, examples=examples, limit=limit), None
        ),
        LossReport, LAW, "440100", DAY, {}, 1,
    ),
    "data_strategy": (data_strategy, Report),
    "PaidPeriod": (PaidPeriod, date(2020, 1, 1), date(2020, 6, 30), "440100"),
    "months_paid": (lambda periods, by: months_paid(periods, by=by), [PAID], DAY),
    "months_in_both": (months_in_both, [PAID], [PAID]),
    "months_without": (months_without, [PAID], DAY),
    "in_months": (in_months, AGE),
    "Schedule": (lambda *parts: retirement_day(Schedule(*parts), DAY), 720, 756, 4, date(2025, 1, 1)),
    "retirement_age": (retirement_age, MEN, date(1965, 1, 31)),
    "retirement_day": (retirement_day, MEN, date(1965, 1, 31)),
}  # fmt: skip


@pytest.mark.parametrize("name", DOORS)
def test_the_usual_is_answered(name: str) -> None:
    """The baseline from which one argument at a time is made odd."""
    door, *usual = DOORS[name]

    door(*usual)


@pytest.mark.parametrize(("name", "i"), places_of(DOORS))
def test_the_odd_is_refused_by_us(name: str, i: int) -> None:
    """Whatever stands in the place of one argument: no error of Python's own, and what is said is said in both languages."""
    for odd, zh, en in refusals(DOORS, name, i, ODD):
        assert zh != en, odd
        assert PERSON.number not in zh + en, odd
