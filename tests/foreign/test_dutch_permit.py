"""A permit under the Dutch General Administrative Law Act (Awb): articles 4:5 and 4:13 to 4:15.

Read was a version in which article 4:15 has one sentence: the decision waits while an application is completed. A later one adds grounds, one
of them force majeure (4:15(2)(c), as others quote it); it was not read whole and is left out. So is what the law on time limits says of last days that
rest: it was not read either. What needs no words of its own here: that the applicant is heard (4:7) binds no clock.
"""

from datetime import date
from typing import Annotated

import pytest
from attrs import frozen

from ssflow.calendar import weeks
from ssflow.errors import RefusedError
from ssflow.process import Act, Lapse, Place, Process, Role, State, Term, Until, guard, opens
from ssflow.rules import Law
from ssflow.text import Text
from tests.foreign.playing import Acts, due, figure, law_of, played


@frozen
class Invitation:
    """Within which time the application may be completed (4:5(1))."""

    complete_by: Annotated[date, "补正期限"]


@frozen
class Notice:
    """By when the decision may be expected, if eight weeks are not enough (4:14(3))."""

    decide_by: Annotated[date, "可望作出决定的日期"]


@frozen
class Facts:
    complete_by: date | None = None
    decide_by: date | None = None


@guard("八周已过", "the eight weeks are not over yet", cites="awb 4")
def in_time(act: Act[Facts]) -> bool:
    """That no decision can be given *within* eight weeks is told within them."""
    return not act.overdue(Permit.decision)


class Permit(Process):
    """An application for a permit for which no other law sets a term."""

    title = Text("许可申请", "Application for a permit")
    facts = Facts

    netherlands = Place("荷兰", "Netherlands")
    applicant, authority = Role("申请人", "applicant", sole=True), Role("行政机关", "authority")

    decision = Term("决定期限", "decision", owed_by=authority)
    completion = Lapse("补正期限", "time to complete")
    dismissal = Lapse("决定不予处理的期限", "time in which it may be left untreated")

    received = State("已收到", "received", decision)
    incomplete = State("待补正", "to be completed", completion, stops=decision)
    reconsidered = State("补正后", "after the time to complete", decision, dismissal)
    decided = State("已决定", "decided", final=True)
    untreated = State("不予处理", "left untreated", final=True)

    apply = opens(received).by(applicant, "申请", "apply", cites="awb 4")
    invite = received.to(incomplete).by(
        authority,
        "告知补正",
        "invite to complete",
        data=Invitation,
        sets=Until(completion, "complete_by"),
        cites="awb 4",
    )
    complete = incomplete.to(reconsidered).by(applicant, "补正", "complete", cites="awb 4")
    pass_unused = incomplete.to(reconsidered).after(completion, "逾期未补正", "time to complete unused", cites="awb 4")
    dismiss = reconsidered.to(untreated).by(authority, "决定不予处理", "leave it untreated", cites="awb 4")
    go_on = reconsidered.to(received).after(dismissal, "须予处理", "has to be treated", cites="awb 4")
    notify = (received.stays(when=in_time) | reconsidered.stays(when=in_time)).by(
        authority, "告知延期", "name a later day", data=Notice, sets=Until(decision, "decide_by"), cites="awb 4"
    )
    decide = (received | reconsidered).to(decided).by(authority, "决定", "decide", cites="awb 4")


AWB = Law(
    id="awb",
    title=Text("荷兰行政法通则", "Algemene wet bestuursrecht"),
    kind="statute",
    note=Text("条号写作4:13的，引用时只写章", "articles are numbered 4:13; only the chapter is cited"),
)
FIGURES = (
    figure("decision", weeks(8), "awb 4", "4:13(2) binnen acht weken na ontvangst van de aanvraag"),
    figure(
        "dismissal",
        weeks(4),
        "awb 4",
        "4:5(4) binnen vier weken nadat de aanvraag is aangevuld of nadat de daarvoor gestelde termijn ongebruikt is verstreken",
    ),
)
LAW = law_of(Permit, AWB, FIGURES, "NL", "Europe/Amsterdam")
P = Permit
APPLIED: Acts = [(P.apply(), P.applicant, date(2026, 3, 2))]
INVITED: Acts = [*APPLIED, (P.invite(Invitation(date(2026, 3, 27))), P.authority, date(2026, 3, 12))]


def test_the_decision_comes_within_eight_weeks() -> None:
    """4:13(2): after eight weeks the reasonable time is over in any case."""
    assert due(played(P, LAW, APPLIED), "decision") == date(2026, 4, 27)
    assert played(P, LAW, APPLIED, date(2026, 4, 28)).obligation("decision").overdue


def test_the_clock_stands_from_the_invitation_until_the_completion() -> None:
    """4:15: from the day of the invitation, the 12th, to the day of the completion, the 20th: eight days do not count."""
    assert due(played(P, LAW, INVITED), "decision") is None
    case = played(P, LAW, [*INVITED, (P.complete(), P.applicant, date(2026, 3, 20))])
    assert due(case, "decision") == date(2026, 5, 5)
    assert due(case, "dismissal") == date(2026, 4, 17)


def test_a_time_that_was_not_used_ends_the_standing_too() -> None:
    """4:15, 4:5(4): the time ran to the 27th; from the 28th the decision goes on, and for four weeks it may be left untreated."""
    case = played(P, LAW, INVITED, date(2026, 3, 28))
    assert (case.state, due(case, "decision"), due(case, "dismissal")) == (
        P.reconsidered,
        date(2026, 5, 13),
        date(2026, 4, 25),
    )
    late = [*INVITED, (P.dismiss(), P.authority, date(2026, 4, 27))]
    with pytest.raises(RefusedError, match="it has to be in"):
        played(P, LAW, late)
    assert played(P, LAW, [*INVITED, (P.dismiss(), P.authority, date(2026, 4, 24))]).state is P.untreated


def test_a_notice_names_another_day() -> None:
    """4:14(3): it is given while the eight weeks run, and the term ends on the day that it names."""
    notice = P.notify(Notice(date(2026, 6, 15)))
    case = played(P, LAW, [*APPLIED, (notice, P.authority, date(2026, 4, 20))], date(2026, 6, 15))
    assert (due(case, "decision"), case.obligation("decision").overdue) == (date(2026, 6, 15), False)
    with pytest.raises(RefusedError, match="eight weeks"):
        played(P, LAW, [*APPLIED, (notice, P.authority, date(2026, 4, 29))])
