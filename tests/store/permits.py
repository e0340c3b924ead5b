"""A small procedure with a name of every kind that records hold, in as many definitions as there are ways to call its parts."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from enum import Enum, unique
from typing import Any

import attrs
from attrs import evolve

from ssflow import Cases, Legislation
from ssflow.calendar import days
from ssflow.process import Lapse, Place, Process, Regime, Role, State, Term, opens, registry, was
from ssflow.records import Store
from ssflow.rules import Rulebook, rulebook
from ssflow.text import Text
from tests.case.petition import figure

NOW = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
CITES = {"cites": "guide-004"}


def permit(
    names: Mapping[str, str] | None = None,
    *,
    said: bool = True,
    version: int = 1,
    supersedes: type[Process] | None = None,
) -> type[Process]:
    """The procedure whose parts have other ``names`` now, by what they were called first; ``said`` tells whether it says so with ``was``."""
    names = names or {}

    def n(old: str) -> str:
        return names.get(old, old)

    def w(*olds: str) -> dict[str, str]:
        return {n(old): old for old in olds if said and old in names}

    def p(old: str) -> dict[str, Any]:
        return {"was": old} if w(old) else {}

    def choice(title: str, **members: Text) -> type[Enum]:
        return was(**w(*members))(unique(Enum(title, {n(old): text for old, text in members.items()})))

    way = choice("Way", slow=Text("普通", "ordinary"), fast=Text("快速", "fast"))
    sort = choice("Sort", first=Text("首次", "first"), again=Text("换领", "again"))
    fields = {n("wanted"): sort, n("copies"): int}
    request = was(**w("wanted", "copies"))(
        attrs.make_class("Request", {k: attrs.field(type=t) for k, t in fields.items()}, frozen=True)
    )
    facts = attrs.make_class(
        "Facts", {k: attrs.field(type=t | None, default=None) for k, t in fields.items()}, frozen=True
    )

    here = Place("本地", "here", **p("here"))
    clerk, person = Role("经办", "clerk", **p("clerk")), Role("个人", "person", sole=True, **p("person"))
    handling = Term("办理时限", "handling", owed_by=clerk, **p("handling"))
    payment = Term("缴费时限", "payment", owed_by=person, **p("payment"))
    patience = Lapse("中止期限", "how long it is stayed", **p("patience"))
    regime = Regime("办法", "regime", of=way)
    examining = State("审查", "being examined", handling, payment, **p("examining"))
    reviewing = State("复核", "being reviewed", handling, payment, **p("reviewing"))
    stayed = State("中止", "stayed", patience, stops=(handling, payment), **p("stayed"))
    decided = State("已决定", "decided", final=True, **p("decided"))
    working = examining | reviewing
    parts = {
        "here": here,
        "clerk": clerk,
        "person": person,
        "handling": handling,
        "payment": payment,
        "patience": patience,
        "examining": examining,
        "reviewing": reviewing,
        "stayed": stayed,
        "decided": decided,
        "apply": opens(examining).by(person, "申请", "apply", data=request, **p("apply"), **CITES),
        "review": examining.to(reviewing).by(clerk, "复核", "hand over", **p("review"), **CITES),
        "stay": working.to(stayed).by(clerk, "中止", "stay", **p("stay"), **CITES),
        "resume": stayed.back(working).by(clerk, "恢复", "resume", **p("resume"), **CITES),
        "decide": working.to(decided, under=tuple(way)).by(clerk, "决定", "decide", **p("decide"), **CITES),
        "go_on": stayed.back(working).after(patience, "期满恢复", "goes on", **p("go_on"), **CITES),
    }
    body = {n(old): part for old, part in parts.items()} | {
        "title": Text("许可", "Permit"),
        "facts": facts,
        "regime": regime,
        "version": version,
        "supersedes": supersedes,
        **p("permit"),
    }
    return type(n("permit").title(), (Process,), body)


def cases_of(store: Store, process: type[Process]) -> Cases:
    """The cases of a store, judged by figures under the present names."""
    parts = {part.title.en: part for part in (*process.clocks, *process.activities)}
    regimes = {regime.name: regime.value for regime in process.regimes() if regime}
    figures = (
        figure(parts["handling"].name, days(20)),
        evolve(figure(parts["payment"].name, days(5)), starts=parts["hand over"].name),
        figure(parts["how long it is stayed"].name, days(30).rolled("none")),
        figure("regime", next(name for name, title in regimes.items() if title.en == "fast")),
    )
    book = Rulebook(
        process.name, figures, laws=rulebook("consultation").laws, choices={"regime": tuple(sorted(regimes))}
    )
    return Cases(store, Legislation(rulebook=lambda _: book), now=lambda: NOW, process_of=registry(process))


def record(store: Store, process: type[Process] | None = None) -> Cases:
    """A history of the first definition: overdue terms, a late act that sets them aside, a move back, a correction, linked cases."""
    process = process or permit()
    cases = cases_of(store, process)
    role, activity = process.role, process.activity
    apply = activity("apply")
    sort = attrs.fields(apply.data).wanted.type

    def applied(**given: Any) -> Any:
        return apply(apply.data(**{"wanted": sort.first, "copies": 2, **given}))

    where = {"by": role("person"), "places": "440100", "party": "somebody"}
    cases.open(applied(), case="p1", on=date(2026, 3, 2), **where)
    cases.open(applied(wanted=sort.again), case="p2", on=date(2026, 3, 3), links=["p1"], **where)
    cases.advance(date(2026, 4, 20))
    cases.do("p2", activity("review")(), by=role("clerk"), on=date(2026, 3, 4))
    cases.do("p1", activity("stay")(), by=role("clerk"), on=date(2026, 3, 10))
    cases.advance(date(2026, 4, 20))
    cases.do("p1", activity("resume")(), by=role("clerk"), on=date(2026, 3, 12), reason="补录")
    cases.correct(
        "p2", 1, applied(copies=3), reason="笔误", by=role("person"), corrector=role("clerk"), party="somebody"
    )
    return cases
