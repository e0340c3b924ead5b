"""What several roles may do, any of them does; what they owe together, all of them owe."""

import pytest
from attrs import evolve as changed

from ssflow import Legislation
from ssflow.case import Obligation, options
from ssflow.errors import DefinitionError, RefusedError
from ssflow.export import to_mermaid
from ssflow.machines.loss_report import LossReport
from ssflow.process import Place, Process, Role, State, Term, opens
from ssflow.text import NO_TEXT
from tests.case.petition import BOOK, DAY, LAW, Petition, cases_of, opened
from tests.process.question import Asked, body

P = Petition


@pytest.mark.parametrize("role", [P.manager, P.clerk])
def test_any_of_them_does_it(role: Role) -> None:
    """Each role that is named may do it, and the event says which did."""
    cases = cases_of()
    opened(cases)
    cases.do("p", P.draft(), by=P.clerk, on=DAY, actor="u1")
    cases.do("p", P.check(), by=role, on=DAY, actor="u2")
    assert cases.trace("p")[-1].by == role.name
    assert cases.verify() == ()


def test_a_refusal_names_them_all() -> None:
    """Whoever else tries is told of every role that may."""
    cases = cases_of()
    opened(cases)
    cases.do("p", P.draft(), by=P.clerk, on=DAY, actor="u1")
    with pytest.raises(RefusedError, match="only the manager or clerk may do this, not the person") as refused:
        cases.do("p", P.check(), by=P.person, on=DAY, actor="u2", party="somebody")
    assert "应由负责人或者经办办理，个人不能办理" in refused.value.say("zh")


def test_options_have_a_line_for_each() -> None:
    """What several may do is an option of each of them; asked for one role, of that one."""
    cases = cases_of()
    opened(cases)
    case = cases.do("p", P.draft(), by=P.clerk, on=DAY, actor="u1")
    both = [option.by for option in options(case, on=DAY, law=LAW) if option.activity is P.check]
    assert both == [P.manager, P.clerk]
    (one,) = (option for option in options(case, on=DAY, law=LAW, by=P.clerk) if option.activity is P.check)
    assert one.by is P.clerk


def test_a_term_is_owed_by_all() -> None:
    """A term of two names both, in the case, and in the diagram of the activity that both may do."""
    cases = cases_of()
    opened(cases)
    reply = cases.get("p").obligation("reply")
    assert reply is not None
    assert (reply.owed_by, reply.owers) == (P.clerk, (P.clerk, P.manager))
    assert (reply.who.en, reply.who.zh) == ("clerk and manager", "经办、负责人")
    assert [row.case for row in cases.work_list(role=P.clerk)] == ["p"]
    assert "check [manager or clerk]" in to_mermaid(P, "en")


@pytest.mark.parametrize(
    ("several", "fault"),
    [
        (lambda p: p["clerk"] | p["elsewhere"], "its roles are at several places"),
        (lambda p: p["clerk"] | p["clerk"], "it names a role twice"),
    ],
)
def test_faults_of_several_roles_are_named(several, fault: str) -> None:
    """Whose figures and working days count has to be known."""
    parts = {
        "there": Place("外地", "there"),
        "clerk": lambda p: Role("经办", "clerk", at=p["here"]),
        "person": lambda p: Role("个人", "person", at=p["here"]),
        "elsewhere": lambda p: Role("外地经办", "elsewhere", at=p["there"]),
        "reply": lambda p: Term("答复", "reply", owed_by=p["clerk"]),
        "waiting": lambda p: State("待办", "waiting", p["reply"]),
    }
    made = body(
        **parts,
        ask=lambda p: opens(p["waiting"]).by(p["person"], "询问", "ask", data=Asked, cites="guide-004"),
        answer=lambda p: p["waiting"].to(p["done"]).by(several(p), "答复", "answer", cites="guide-004"),
        triggers=lambda p: p["waiting"].stays().by(p["elsewhere"], "查询", "look", cites="guide-004"),
    )
    with pytest.raises(DefinitionError, match=fault):
        type("Question", (Process,), made)


def test_a_lapse_is_owed_by_nobody() -> None:
    """Neither as a list of roles nor in words."""
    lapse = Obligation(clock=LossReport.temporary_force)
    assert (lapse.owers, lapse.who) == ((), NO_TEXT)


def test_a_place_may_bind_another_role() -> None:
    """The figure of a place that names who owes a term binds that role from its start, in the case and in work lists."""
    values = tuple(changed(value, owed_by="manager" if value.parameter == "reply" else "") for value in BOOK.values)
    cases = cases_of(law=Legislation(rulebook=lambda _: changed(BOOK, values=values)))
    opened(cases)
    reply = cases.get("p").obligation("reply")
    assert reply is not None
    assert (reply.owed_by, reply.owers) == (P.manager, (P.manager,))
    assert [row.case for row in cases.work_list(role=P.manager)] == ["p"]
    assert cases.work_list(role=P.clerk) == ()
