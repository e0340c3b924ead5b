"""Since when there are procedures."""

from datetime import date

import pytest

from ssflow import machines
from ssflow.rules import Law, beginning, rulebook, rulebook_names
from ssflow.text import Text


@pytest.mark.parametrize("name", machines.names())
def test_every_procedure_has_a_beginning(name: str) -> None:
    """The laws say since when there is each procedure; no figure of it is older, but for those it shares with a wider law."""
    book = rulebook("loss_report")
    began = beginning(name, book.laws)
    assert began is not None
    assert date(1949, 10, 1) < began.since < date(2019, 1, 1)
    assert name not in rulebook_names() or rulebook(name).beginning == began
    if name in rulebook_names() and name != "loss_report":  # its suspension of payment is that of banks, of 1993
        assert all(value.since >= began.since for value in rulebook(name).values)


def test_no_law_speaks_of_an_unknown_procedure() -> None:
    """A misspelt name would leave its procedure without a beginning."""
    told = {name for law in rulebook("loss_report").laws.values() for name in law.begins}
    assert told == set(machines.names())


def test_the_earliest_beginning_counts() -> None:
    """Two laws may say it of one procedure: what may be true is not refused."""

    def law(id_: str, since: date) -> Law:
        return Law(id=id_, title=Text("法", "law"), kind="statute", begins={"x": since})

    laws = {law.id: law for law in (law("a", date(2011, 7, 1)), law("b", date(1999, 1, 22)))}
    found = beginning("x", laws)
    assert found is not None
    assert (found.since, found.cite.law) == (date(1999, 1, 22), "b")
    assert beginning("y", laws) is None
