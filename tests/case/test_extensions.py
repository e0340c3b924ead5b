"""An extension lengthens a term that runs, and nothing else."""

from datetime import timedelta

from attrs import evolve as changed

from ssflow import Legislation
from tests.case.petition import BOOK, DAY, LAW, Petition, cases_of, opened

P = Petition


def test_a_term_without_a_figure_is_not_extended() -> None:
    """Where nobody knows how long the reply may take, an extension is recorded and dates nothing; where it is known, it adds its days."""
    untimed = tuple(value for value in BOOK.values if value.parameter != "reply")
    reached = []
    for law in (LAW, Legislation(rulebook=lambda _: changed(BOOK, values=untimed))):
        cases = cases_of(law=law)
        opened(cases)
        before = cases.get("p").obligation("reply")
        after = cases.do("p", P.extend(), by=P.clerk, on=DAY + timedelta(days=1)).obligation("reply")
        reached.append((len(before.spans), len(after.spans), after.is_timed))
        assert [event.activity for event in cases.trace("p")] == ["ask", "extend"]

    assert reached == [(1, 2, True), (0, 0, False)]
