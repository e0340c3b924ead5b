"""An act that would start hours in a related case needs its instant, like one in that case itself."""

from datetime import UTC, datetime, timedelta

import pytest
from attrs import evolve as changed
from attrs import frozen

from ssflow import Cases, Legislation, MemoryStore
from ssflow.calendar import hours
from ssflow.case import Attempt, Case, deadline_of, decide, evolve
from ssflow.case.effects import effects_of
from ssflow.errors import RefusedError
from ssflow.process import Place, Process, Role, State, Term, opens, registry
from ssflow.rules import Rulebook, rulebook
from ssflow.text import Text
from tests.case.petition import DAY, figure

NOON = datetime(DAY.year, DAY.month, DAY.day, 4, tzinfo=UTC)


@frozen
class Facts:
    """Nothing is told."""


class Alarm(Process):
    """It is answered within a day once something has been reported."""

    title, facts = Text("预警", "Alarm"), Facts
    here, clerk = Place("本地", "here"), Role("经办", "clerk")
    reply = Term("响应时限", "response", owed_by=clerk)
    quiet, raised = State("待命", "quiet"), State("已触发", "raised", reply)
    over = State("结束", "over", final=True)
    stand_by = opens(quiet).by(clerk, "设立", "stand by", cites="guide-004")
    ring = quiet.to(raised).triggered(clerk, "触发", "ring", cites="guide-004")
    end = (quiet | raised).to(over).by(clerk, "结束", "end", cites="guide-004")


class Notice(Process):
    """A report that raises the alarm."""

    title, facts = Text("报告", "Notice"), Facts
    here, clerk = Place("本地", "here"), Role("经办", "clerk")
    waiting, over = State("待办", "waiting"), State("结束", "over", final=True)
    report = opens(waiting).by(clerk, "报告", "report", triggers=Alarm.ring, cites="guide-004")
    end = waiting.to(over).by(clerk, "结束", "end", cites="guide-004")


def test_the_instant_is_asked_for() -> None:
    """By its day alone the act is refused as a whole, in words that name the clock; with its instant it is done, and the hours run from it."""
    books = {"alarm": (figure("reply", hours(24)),), "notice": ()}
    law = Legislation(rulebook=lambda name: Rulebook(name, books[name], laws=rulebook("consultation").laws))
    cases = Cases(MemoryStore(), law, now=lambda: datetime(2027, 1, 1, tzinfo=UTC), process_of=registry(Alarm, Notice))
    cases.open(Alarm.stand_by(), by=Alarm.clerk, on=DAY, places="440100", case="alarm")

    with pytest.raises(RefusedError, match="response runs for 24 hours .*give the instant"):
        cases.open(Notice.report(), by=Notice.clerk, on=DAY, places="440100", case="notice", links=["alarm"])
    assert [row.id for row in cases.rows()] == ["alarm"]
    assert cases.get("alarm").state is Alarm.quiet

    cases.open(Notice.report(), by=Notice.clerk, on=NOON, places="440100", case="notice", links=["alarm"])
    alarm = cases.get("alarm")
    (reply,) = alarm.obligations
    deadline = deadline_of(alarm, reply, law)
    assert deadline is not None
    assert reply.closes == deadline.closes() == NOON + timedelta(hours=24)


def test_what_cannot_be_done_need_not_be_dated() -> None:
    """An alarm that is over is not raised, whatever else would stand in the way."""
    law = Legislation(rulebook=lambda name: Rulebook(name, (), laws=rulebook("consultation").laws))
    opened = []
    for process, deed in ((Alarm, Alarm.stand_by()), (Notice, Notice.report())):
        unopened = Case.unopened(process, process.name, {"here": "440100"})
        (event,) = decide(unopened, Attempt(deed=deed, by=process.clerk, on=DAY, law=law))
        opened.append((evolve(unopened, event), event))
    (alarm, _), (notice, reported) = opened
    later = DAY + timedelta(days=3)
    (ended,) = decide(alarm, Attempt(deed=Alarm.end(), by=Alarm.clerk, on=later, law=law))

    assert effects_of(notice, reported, [evolve(alarm, ended)], law) == ()
    with pytest.raises(RefusedError, match="comes before the last event"):
        effects_of(notice, reported, [changed(alarm, last=later)], law)
