"""The doors above the calendar, each with its usual arguments, and the odd values that are put in their place."""

from datetime import date

from attrs import evolve as changed
from attrs import fields, make_class

from ssflow import Cases, MemoryStore, machines
from ssflow.calendar import Difference
from ssflow.case import (
    Attempt,
    Case,
    EventKind,
    Ground,
    GroundKind,
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
from ssflow.errors import RefusedError, SweepError
from ssflow.export import to_dot, to_icalendar, to_mermaid, to_openapi, to_pnml
from ssflow.life_events import found_employer, lose_card, move, retire
from ssflow.machines.consultation import Consultation
from ssflow.machines.loss_report import LossReport, Report
from ssflow.machines.reckoning.columns import paid_months, retirement_days, schedules
from ssflow.machines.reckoning.periods import PaidPeriod, months_in_both, months_paid, months_without
from ssflow.machines.reckoning.retirement_age import Group, Schedule, in_months, retirement_age, retirement_day
from ssflow.machines.retirement import Age, Retirement
from ssflow.persons import Identity, check_party, is_personal, mask, without_numbers
from ssflow.process import faults_of_process, registry, was
from ssflow.records import (
    Codec,
    Early,
    Finding,
    FindingKind,
    Log,
    Opening,
    Prospect,
    Seal,
    Upgrade,
    change_of,
    decide_together,
    fold,
)
from ssflow.regions import (
    absence,
    area_name,
    enclosing,
    find,
    history,
    known,
    lies_in,
    pairs_of,
    region,
    region_name,
    widening,
)
from ssflow.rules import Rulebook, beginning, read_reform, rulebook
from ssflow.rules.basis import basis, basis_text
from ssflow.sheets import book_of, find_doubtful, law_index, retirement_table, sheet
from ssflow.testing import (
    Walker,
    conformance,
    data_strategy,
    examples_of,
    explore,
    load_scenarios,
)
from ssflow.text import Text
from tests.keeping import KEEPING
from tests.messages import MESSAGES
from tests.showing import SHOWING
from tests.stores import STORES
from tests.values import (
    AGE,
    ATTEMPT,
    BOOK,
    CAL,
    CARD,
    CHANGES,
    CODEC,
    DAY,
    EVENT,
    FEE,
    FORMALLY,
    FOUNDING,
    FROM,
    HELD,
    LAW,
    MEN,
    MOVING,
    NOW,
    OPENED,
    OPENING,
    PAID,
    PERSON,
    PLAN,
    REFORM,
    ROW,
    SCENARIO,
    SCENARIOS,
    SEAL,
    SECRET,
    TERMED,
    UNOPENED,
    cases,
    full,
    run,
)

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
    "mask": (mask, "11010519491231002X"),
    "without_numbers": (without_numbers, "x 11010519491231002X"),
    "is_personal": (is_personal, fields(Identity).number),
    "beginning": (beginning, "loss_report", rulebook("loss_report").laws),
    "read_reform": (read_reform, REFORM, BOOK),
    "Plan.case": (PLAN.case, "loss_report"),
    "Plan.at": (PLAN.at, DAY),
    "Plan.read": (PLAN.read, HELD),
    "Plan.say": (PLAN.say, "zh"),
    "Plan.rows": (PLAN.rows, "zh"),
    "to_icalendar": (
        lambda entries, lang, name, stamp: to_icalendar(entries, lang=lang, name=name, stamp=stamp),
        [CAL.day(DAY)], "zh", "x", NOW,
    ),
    "to_mermaid": (to_mermaid, LossReport, "zh", ["x"]),
    "to_dot": (to_dot, LossReport, "zh"),
    "to_openapi": (to_openapi, LossReport),
    "to_pnml": (to_pnml, LossReport, "zh"),
    "sheet": (lambda *given: sheet(*given[:3], strict=given[3], lang=given[4]).to_markdown(), "loss_report", "440100", DAY, False, "zh"),
    "Sheet.to_markdown": (sheet("loss_report").to_markdown, "zh"),
    "book_of": (book_of, LossReport),
    "retirement_table": (retirement_table, DAY),
    "RetirementTable.of": (retirement_table().of, Group.men, DAY),
    "RetirementTable.to_markdown": (retirement_table().to_markdown, "zh"),
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
        lambda case, on, law, by, links, connected, party, actor: options(
            case, on=on, law=law, by=by, links=links, connected=connected, party=party, actor=actor
        ),
        OPENED, DAY, LAW, None, (), (), "p", "u",
    ),
    "advance_together": (advance_together, [OPENED], DAY, LAW),
    "decide_together": (
        lambda openings, on, law, related, connected: decide_together(openings, on=on, law=law, related=related, connected=connected),
        [OPENING], DAY, LAW, (), (),
    ),
    "decide": (decide, UNOPENED, ATTEMPT),
    "why_not": (why_not, UNOPENED, ATTEMPT),
    "Attempt": (
        lambda deed, by, on, law, links, connected, party, regime, actor: decide(
            UNOPENED,
            Attempt(deed=deed, by=by, on=on, law=law, links=links, connected=connected, party=party, regime=regime, actor=actor),
        ),
        FORMALLY, LossReport.holder, DAY, LAW, (), (), "p", "", "u",
    ),
    "Opening": (
        lambda deed, by, places, case, links, party, actor: Opening(
            deed=deed, by=by, places=places, case=case, links=links, party=party, actor=actor
        ).unopened(),
        FORMALLY, LossReport.holder, "440100", "l", (), "p", "",
    ),
    "Difference.say": (Difference(DAY, True, False, CAL.notices[0]).say, "zh"),
    "Case.unopened": (Case.unopened, LossReport, "l", {"issuing": "440100"}),
    "Case.place": (OPENED.place, LossReport.places[0]),
    "Case.obligation": (OPENED.obligation, "temporary_force"),
    "Legislation": (lambda calendar, books: decide(UNOPENED, changed(ATTEMPT, law=Legislation(calendar, books))), CAL, rulebook),
    "Legislation.of": (LAW.of, LossReport),
    "Legislation.with_rulebook": (LAW.with_rulebook, rulebook("loss_report")),
    "Cases": (
        lambda store, law, now, of: Cases(store, law, now=now, process_of=of).open(
            FORMALLY, by=LossReport.holder, on=DAY, places="440100"
        ),
        MemoryStore(), LAW, lambda: NOW, machines.get,
    ),
    "registry": (lambda process: registry(process)("loss_report"), LossReport),
    "was": (lambda older: was(purpose=older)(make_class("Wish", ["purpose"], frozen=True)), "aim"),
    "Codec": (lambda of: Codec(of).encode(EVENT), machines.get),
    "Log.of": (Log.of, LossReport, [EVENT]),
    "Codec.encode": (CODEC.encode, EVENT),
    "Codec.decode": (CODEC.decode, CODEC.encode(EVENT)),
    "Codec.encode_case": (CODEC.encode_case, OPENED),
    "Codec.decode_case": (CODEC.decode_case, CODEC.encode_case(OPENED)),
    "change_of": (change_of, OPENED, [EVENT], CODEC),
    "Activity.deed_of": (LossReport.report_formally.deed_of, {"track": "social", "holder": {"number": PERSON.number}}),
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
    "schedules": (schedules, rulebook("retirement"), DAY),
    "retirement_days": (
        lambda book, born, group, errors: retirement_days(book, born, group, errors=errors),
        {Group.men: MEN}, [date(1965, 1, 31)], Group.men, "raise",
    ),
    "paid_months": (
        lambda person, first, last, by, errors: paid_months(person, first, last, by=by, errors=errors),
        ["a"], [date(2020, 1, 1)], [date(2020, 6, 30)], DAY, "raise",
    ),
    "Rulebook": (Rulebook, "loss_report", BOOK.values, {}, (), {}, {}),
    "Rulebook.find": (BOOK.find, "fee", DAY, "440100", {}, ""),
    "Rulebook.prevailing": (lambda *given: list(BOOK.prevailing(*given)), "fee", DAY, "440100", ""),
    "Rulebook.in_force": (BOOK.in_force, DAY, "440100", ""),
    "Rulebook.amended": (
        lambda parameter, amount, since, region, when, cites, roll, starts, owed_by: BOOK.amended(
            parameter, amount, since=since, region=region, when=when, cites=cites, roll=roll, starts=starts, owed_by=owed_by
        ),
        "fee", "3 yuan", DAY, "", {}, "proposal", None, None, None,
    ),
    "Rulebook.amended_all": (
        lambda parameter, amount, since, cites, roll: BOOK.amended_all(parameter, amount, since=since, cites=cites, roll=roll),
        "fee", "3 yuan", DAY, "proposal", None,
    ),
    "Rulebook.changes": (BOOK.changes, BOOK),
    "Changes.count": (CHANGES.count, [None]),
    "Changes.to_markdown": (CHANGES.to_markdown, "zh"),
    "Change.record": (CHANGES.rows[0].record, "zh"),
    "Citation.say": (lambda lang: FEE.cites[0].say(BOOK.laws, lang), "zh"),
    "basis": (lambda cites, lang: basis(cites, BOOK.laws, lang), ["civil-code 201"], "zh"),
    "basis_text": (lambda cites: basis_text(cites, BOOK.laws), ["civil-code 201"]),
    "Doubtful.rows": (find_doubtful("loss_report").of("nothing").rows, "zh"),
    "Doubtful.to_markdown": (find_doubtful("loss_report").of("nothing").to_markdown, "zh"),
    "Finding.say": (Finding("c", FindingKind.act, Text("甲", "a")).say, "zh"),
    "Ground.say": (Ground(GroundKind.state, "x", Text("甲", "a")).say, "zh"),
    "SsflowError.say": (RefusedError(Text("甲", "a"), ()).say, "zh"),
    "SweepError.say": (SweepError({}, 0).say, "zh"),
    "Plan.to_markdown": (PLAN.to_markdown, "zh"),
    "Plan.notes": (PLAN.notes, "zh"),
    "widening": (widening, "440100", DAY),
    "absence": (absence, "440100", DAY),
    "lies_in": (lies_in, "440106", "440100", DAY),
    "pairs_of": (pairs_of, "440100", "500000", DAY),
    "enclosing": (enclosing, "440100"),
    "region": (region, "440100"),
    "history": (history, "440100"),
    "region_name": (region_name, "440100"),
    "area_name": (area_name, "440100"),
    "find": (find, "广州"),
    "known": (known, "440100"),
    "Identity.age_on": (PERSON.age_on, DAY),
    "Identity": (Identity, PERSON.number),
    "check_party": (lambda party: check_party("party", party), "p"),
    "Walker.of": (
        lambda process, draw, law, place, start, examples: Walker.of(
            process, draw, law=law, place=place, start=start, examples=examples
        ),
        Consultation, lambda _: None, LAW, "440100", DAY, {},
    ),
    "Cases.overdue": (HELD.overdue, DAY),
    "Cases.advance": (lambda through, case: HELD.advance(through, case=case), DAY, None),
    "Cases.sweep": (lambda stop: HELD.sweep(stop=stop), lambda: False),
    "Cases.redate": (HELD.redate, DAY),
    "Cases.redate_all": (lambda on, since, stop: HELD.redate_all(on, since=since, stop=stop), DAY, DAY, lambda: False),
    "Cases.upgrade": (
        lambda upgrade, on, reason, actor, ids, stop: HELD.upgrade(
            upgrade, on=on, reason=reason, actor=actor, cases=ids, stop=stop
        ),
        Upgrade(LossReport), DAY, "x", "", (), lambda: False,
    ),
    "Cases.dry_run": (
        lambda upgrade, on, reason, actor, ids: HELD.dry_run(upgrade, on=on, reason=reason, actor=actor, cases=ids),
        Upgrade(LossReport), DAY, "x", "", (),
    ),
    "Upgrade": (lambda to, mapping: Upgrade(to, mapping=mapping), LossReport, {}),
    "Prospect.say": (Prospect(case="l").say, "zh"),
    "Early.say": (Early(case="l", kind=EventKind.lapse, title=Text("x", "x"), on=DAY, now=None).say, "zh"),
    "LossReport.at": (LossReport.at, 1),
    "Cases.retract": (lambda after, reason, actor: HELD.retract(after=after, reason=reason, actor=actor), DAY, "x", ""),
    "Cases.work_list": (
        lambda role, place, due_by: full().work_list(role=role, place=place, due_by=due_by), LossReport.holder, "440100", DAY,
    ),
    "Cases.seal": (lambda secret, after: full().seal(secret, after=after), SECRET, [SEAL]),
    "Cases.verify": (lambda seals, secret: full().verify(seals=seals, secret=secret), [SEAL], SECRET),
    "Seal": (
        lambda number, at, cases, before, fingerprint, digest: Seal(
            number=number, at=at, cases=cases, before=before, fingerprint=fingerprint, digest=digest
        ),
        1, NOW, {"l": (1, "0a")}, "", "0a", "0a",
    ),
    "Seal.read": (Seal.read, SEAL.line),
    "Cases.get": (full().get, "l"),
    "Cases.trace": (full().trace, "l"),
    "Cases.options": (
        lambda case, on, by, party, actor: full().options(case, on=on, by=by, party=party, actor=actor),
        "l", DAY, None, "p", "u",
    ),
    **SHOWING,
    **STORES,
    **MESSAGES,
    **KEEPING,
}  # fmt: skip
