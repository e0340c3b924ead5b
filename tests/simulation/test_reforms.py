"""A reform says whom it reaches: nobody, or a term that it abolishes; and a law is that of the procedure that is simulated."""

from datetime import date

import pytest
from attrs import evolve

from ssflow import rulebook
from ssflow.errors import InputError
from ssflow.simulation import Serves, Station, default_scenario, simulate
from ssflow.text import Text


def test_a_reform_that_reaches_nobody_says_so() -> None:
    """Another place, a later day, the very figure that is in force: a note and no silence; a reform that reaches somebody has none."""
    scenario, book = default_scenario("card_replacement"), rulebook("card_replacement")
    now = simulate(scenario, cases=20, runs=2)
    for amount, region, since, said in (
        ("3 workdays", "110000", scenario.start, "does not reach the places or the days"),
        ("3 workdays", "440100", date(2035, 1, 1), "does not reach the places or the days"),
        ("3 workdays", "440100", scenario.start, ""),
    ):
        law = book.amended("production", amount, since=since, region=region)
        compared = now.compare(simulate(scenario, cases=20, runs=2, law=law))
        told = [note.en for note in compared.notes]
        assert bool(told) == bool(said)
        assert all(said in one and one in repr(compared) for one in told)
        assert all(note.zh in compared._repr_html_() for note in compared.notes)
    cheaper = book.amended("fee", "10 yuan", since=scenario.start, region="440100")
    compared = now.compare(simulate(scenario, cases=20, runs=2, law=cheaper))
    assert "read by conditions, and no measure differs" in compared.notes[0].en
    assert "the same figures" in now.compare(simulate(scenario, cases=20, runs=2)).notes[0].en
    desk = evolve(scenario, stations=[Station(id="desk", serves=[Serves(state="checking", by="office")], clerks=2)])
    assert now.compare(simulate(desk, cases=20, runs=2)).notes == ()


def test_a_term_that_is_abolished_is_no_silence() -> None:
    """Its delays, which only one side has, are among what changed; if the abolition comes too late for all cases, a note says so."""
    scenario, book = default_scenario("card_replacement"), rulebook("card_replacement")
    now = simulate(scenario, cases=100, runs=3)
    for since, reached in ((scenario.start, True), (date(2035, 1, 1), False)):
        law = book.amended("production", "none", since=since, region="440100")
        compared = now.compare(simulate(scenario, cases=100, runs=3, law=law))
        assert list(compared.figures["after"]) == [Text("不设数额", "no number")]
        assert bool(compared.notes) is not reached
        changed = list(compared.changed().rows())
        assert [row["measure"] for row in changed] == ['"production" late (%)'] * reached
        assert all(row["now"] > 0 and row["then"] is None and row["difference"] is None for row in changed)


def test_a_law_and_a_file_are_taken_for_what_they_are() -> None:
    """The rulebook of another procedure is no reform of this one; the name of a file is no procedure."""
    with pytest.raises(InputError, match="this is the rulebook of loss_report, and card_replacement is simulated"):
        simulate("card_replacement", cases=5, law=rulebook("loss_report"))
    with pytest.raises(InputError, match=r"give a file as a path: Path\('desk.toml'\)"):
        simulate("desk.toml")
