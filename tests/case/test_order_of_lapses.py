"""What time does comes in its own order: the period that ends first, in whichever case, is over first and decides what is left to the others."""

from datetime import UTC, datetime, timedelta

from attrs import frozen

from ssflow import Cases, Legislation, MemoryStore
from ssflow.calendar import days
from ssflow.case import advance_together
from ssflow.process import Lapse, Place, Process, Role, State, Term, opens
from ssflow.rules import Rulebook, rulebook
from ssflow.text import Text
from tests.case.petition import DAY, figure


@frozen
class Facts:
    """Nothing is told."""


class Licence(Process):
    """A licence that expires after twenty days, unless it is withdrawn before, or after thirty cancelled."""

    title = Text("许可证", "Licence")
    facts = Facts

    here = Place("本地", "here")
    office = Role("机关", "office")

    validity, patience = Lapse("有效期", "validity"), Lapse("注销期", "until it is cancelled")
    report = Term("报告期限", "report", owed_by=office)

    valid = State("有效", "valid", patience, validity, report)
    expired = State("已失效", "expired", final=True)
    cancelled = State("已注销", "cancelled", final=True)
    withdrawn = State("已撤销", "withdrawn", final=True)

    issue = opens(valid).by(office, "颁发", "issue", cites="guide-004")
    note = valid.stays().by(office, "备注", "note", cites="guide-004")
    expire = valid.to(expired).after(validity, "失效", "expire", cites="guide-004")
    cancel = valid.to(cancelled).after(patience, "注销", "cancel", cites="guide-004")
    fall = valid.to(withdrawn).triggered(office, "随之撤销", "fall with it", cites="guide-004")


class Bond(Process):
    """A bond that a licence rests on: when it runs out after ten days, the licence falls."""

    title = Text("保证", "Bond")
    facts = Facts

    here = Place("本地", "here")
    office = Role("机关", "office")
    term = Lapse("保证期", "term of the bond")

    given = State("已提供", "given", term)
    over = State("已到期", "over", final=True)

    give = opens(given).by(office, "提供", "give", cites="guide-004")
    note = given.stays().by(office, "备注", "note", cites="guide-004")
    run_out = given.to(over).after(term, "到期", "run out", triggers=Licence.fall, cites="guide-004")


LAWS = rulebook("consultation").laws
REPORT = figure("report", days(5).rolled("none"))
FIGURES = {
    "licence": (figure("validity", days(20).rolled("none")), figure("patience", days(30).rolled("none"))),
    "bond": (figure("term", days(10).rolled("none")),),
}
LAW = Legislation(rulebook=lambda name: Rulebook(name, FIGURES[name], laws=LAWS))
REPORTED = Legislation(rulebook=lambda name: Rulebook(name, (*FIGURES[name], REPORT), laws=LAWS))
END = DAY + timedelta(days=60)


def begun(*, bond: bool) -> Cases:
    """A licence that has to be reported on, or one that rests on a bond of the same day."""
    made = {process.name: process for process in (Licence, Bond)}
    law = LAW if bond else REPORTED
    cases = Cases(MemoryStore(), law, now=lambda: datetime(2028, 1, 1, tzinfo=UTC), process_of=made.__getitem__)
    cases.open(Licence.issue(), by=Licence.office, on=DAY, places="440100", case="l")
    if bond:
        cases.open(Bond.give(), by=Bond.office, on=DAY, places="440100", case="b", links=["l"])
    return cases


def test_of_two_lapses_the_first_decides() -> None:
    """In one case: the report is overdue first, then the licence expires, and what would have come later never comes."""
    cases = begun(bond=False)
    told = cases.advance(END)
    assert [(event.activity, (event.on - DAY).days) for event in told] == [("report", 6), ("expire", 21)]
    assert cases.get("l").state is Licence.expired


def test_the_first_in_related_cases_decides_too() -> None:
    """The bond runs out before the licence expires, and takes it along; whichever case is looked at first."""
    cases = begun(bond=True)
    for order in (("l", "b"), ("b", "l")):
        told = advance_together([cases.get(id_) for id_ in order], END, LAW)
        assert [event.activity for event in told] == ["run_out", "fall"]
        assert [event.on for event in told] == sorted(event.on for event in told)
    cases.advance(END)
    assert (cases.get("b").state, cases.get("l").state) == (Bond.over, Licence.withdrawn)


def test_histories_that_are_played_again_keep_that_order() -> None:
    """A note that was missed, in the one case or in the other, changes nothing of what time was seen to do."""
    for id_, note in (("l", Licence.note()), ("b", Bond.note())):
        cases = begun(bond=True)
        cases.advance(END)
        cases.do(id_, note, by=note.activity.roles[0], on=DAY + timedelta(days=2), reason="漏录")
        assert (cases.get("b").state, cases.get("l").state) == (Bond.over, Licence.withdrawn)
        assert cases.verify() == ()
    alone = begun(bond=False)
    alone.advance(END)
    alone.do("l", Licence.note(), by=Licence.office, on=DAY + timedelta(days=2), reason="漏录")
    assert alone.get("l").state is Licence.expired
