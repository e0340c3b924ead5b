"""A yes or no of the place, as a guard asks for it: what nobody knows is no ground of a refusal."""

import pytest

from ssflow import Legislation
from ssflow.errors import RefusedError
from ssflow.process import Act, Process, Rule, guard
from ssflow.rules import Rulebook, rulebook
from tests.case.petition import DAY, cases_of, figure
from tests.process.question import Asked, Facts, body


@guard("当地允许答复", "the place allows an answer", cites="guide-004")
def allowed(act: Act[Facts]) -> bool:
    return act.allows(PROCESS.may_answer)


PROCESS = type(
    "Question",
    (Process,),
    body(
        may_answer=Rule("可以答复", "may be answered"),
        answer=lambda p: p["waiting"].to(p["done"], when=allowed).by(p["clerk"], "答复", "answer", cites="guide-004"),
    ),
)


@pytest.mark.parametrize(("known", "is_open"), [(True, True), (False, False), (None, True)])
def test_only_a_no_that_is_known_refuses(known: bool | None, is_open: bool) -> None:
    """Where a figure says no, it is refused; where it says yes, or where there is none, it is not."""
    figures = () if known is None else (figure("may_answer", known),)
    law = Legislation(rulebook=lambda _: Rulebook("question", figures, laws=rulebook("consultation").laws))
    cases = cases_of(PROCESS, law)
    cases.open(PROCESS.ask(Asked("x")), by=PROCESS.person, on=DAY, places="440100", case="q")

    assert {option.activity: option.is_open for option in cases.options("q", on=DAY)}[PROCESS.answer] is is_open
    if is_open:
        assert cases.do("q", PROCESS.answer(), by=PROCESS.clerk, on=DAY).state is PROCESS.done
    else:
        with pytest.raises(RefusedError, match="the place allows an answer"):
            cases.do("q", PROCESS.answer(), by=PROCESS.clerk, on=DAY)
