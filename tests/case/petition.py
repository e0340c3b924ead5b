"""A small procedure whose guards turn on what the case knows of itself, for tests of what guards see."""

from collections.abc import Callable
from datetime import UTC, date, datetime

from attrs import frozen

from ssflow import Cases, Legislation, MemoryStore
from ssflow.calendar import days
from ssflow.process import Act, Extension, Place, Process, Role, Rule, State, Term, guard, opens
from ssflow.rules import Citation, Rulebook, Value, rulebook
from ssflow.rules.values import Amount
from ssflow.text import Text

NOW = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
DAY = date(2026, 3, 2)


@frozen
class Asked:
    what: str


@frozen
class Facts:
    what: str = ""


@guard("只能延长一次", "it is extended once only", cites="guide-004")
def once(act: Act[Facts]) -> bool:
    return act.activity is not None and act.count(act.activity) == 0


@guard("复核与拟办不得为同一经办人", "who checks is not who drafted", cites="guide-004")
def second_eyes(act: Act[Facts]) -> bool:
    return bool(act.actor) and act.actor != act.actor_of(Petition.draft)


@guard("须自通知之日起60日内", "within 60 days of the notification", cites="guide-004")
def within_sixty(act: Act[Facts]) -> bool:
    told = act.done(Petition.notify)
    last = told and act.end_of(Petition.window, told)
    return last is not None and act.on <= last


@guard("答复须已逾期", "the reply is overdue", cites="guide-004")
def reply_late(act: Act[Facts]) -> bool:
    last = act.due(Petition.reply)
    return act.overdue(Petition.reply) and last is not None and last < act.on


class Petition(Process):
    """One petition: drafted and checked by two people, told, and contested within 60 days."""

    title = Text("申请", "Petition")
    facts = Facts

    here = Place("本地", "here")
    person, clerk = Role("个人", "person", sole=True), Role("经办", "clerk")
    manager = Role("负责人", "manager")

    reply = Term("答复时限", "reply", owed_by=clerk | manager)
    longer = Rule("延长期", "extension")
    window = Rule("异议期限", "how long it is contested")

    waiting = State("待办", "waiting", reply)
    drafted = State("已拟办", "drafted", reply)
    checked = State("已复核", "checked")
    told = State("已通知", "told")
    contested = State("有异议", "contested", final=True)
    ended = State("办结", "ended", final=True)

    ask = opens(waiting).by(person, "申请", "ask", data=Asked, cites="guide-004")
    extend = waiting.stays(when=once).by(
        clerk, "延长", "extend", extends=Extension(reply, longer, belated=True), cites="guide-004"
    )
    complain = waiting.stays(when=reply_late).by(person, "催办", "complain", cites="guide-004")
    draft = waiting.to(drafted).by(clerk, "拟办", "draft", cites="guide-004")
    check = drafted.to(checked, when=second_eyes).by(manager | clerk, "复核", "check", cites="guide-004")
    notify = checked.to(told).by(clerk, "通知", "notify", cites="guide-004")
    contest = told.to(contested, when=within_sixty).by(person, "异议", "contest", cites="guide-004")
    end = told.to(ended).by(clerk, "办结", "end", cites="guide-004")


def figure(parameter: str, amount: Amount) -> Value:
    """A figure of the whole nation, in force on all days."""
    return Value(
        parameter=parameter,
        amount=amount,
        since=date(2020, 1, 1),
        cites=(Citation("guide-004"),),
        text="",
        confidence="guide",
        rolls=True,
    )


BOOK = Rulebook(
    "petition",
    (
        figure("reply", days(20)),
        figure("longer", days(10)),
        figure("window", days(60).rolled("none")),
    ),
    laws=rulebook("consultation").laws,
)
LAW = Legislation(rulebook=lambda _: BOOK)


def cases_of(
    process: type[Process] = Petition, law: Legislation = LAW, now: Callable[[], datetime] = lambda: NOW
) -> Cases:
    """An empty store of the procedure."""
    return Cases(MemoryStore(), law, now=now, process_of={process.name: process}.__getitem__)


def opened(cases: Cases) -> None:
    """A petition ``p`` of 2 March 2026."""
    deed = Petition.ask(Asked("x"))
    cases.open(deed, by=Petition.person, on=DAY, places="440100", case="p", party="somebody")
