"""Every rulebook in the folder is complete, cited, unambiguous, fits its procedure, and keeps what was released."""

from datetime import date
from pathlib import Path

import pytest

from ssflow import machines
from ssflow.regions import area_name
from ssflow.rules import rulebook, rulebook_names, statutory_limits
from ssflow.rules.grading import faults_of_grade
from ssflow.sources import ATTESTING
from ssflow.testing import faults_of_process

HERE = Path(__file__).parent
BOOKS = list(rulebook_names())
FIAT = date(2011, 4, 20)  # of 人社部发〔2011〕47号: taken where no source has a first day


@pytest.mark.parametrize("name", BOOKS)
def test_fits_its_procedure(name: str) -> None:
    """Every figure is read by a part of the procedure, every start and owner exists, every citation is entered."""
    assert faults_of_process(machines.get(name), rulebook(name)) == []


@pytest.mark.parametrize("name", BOOKS)
def test_figures_are_accounted_for(name: str) -> None:
    """Every figure has a source, a paraphrase and a place; an approximate first day says what it rests on."""
    for value in rulebook(name).values:
        assert value.cites, value
        assert value.text.strip(), value
        assert area_name(value.region)
        assert value.checked, f"{value} does not say when it was last held against its source"
        assert value.checked <= date.today(), f"{value} was last held against its source on a day that has not come"  # noqa: DTZ011
        assert value.url or value.note or value.is_fallback, f"{value} names neither a page nor why there is none"
        assert (value.since.month, value.since.day) != (1, 1) or value.evidence or value.confidence == "statute", value


@pytest.mark.parametrize("name", BOOKS)
def test_grades_are_those_of_the_sources(name: str) -> None:
    """Kinds of sources count, not their number: copies of one text are one source, and without an official one it is repeated at most."""
    book = rulebook(name)
    assert [str(fault) for value in book.values for fault in faults_of_grade(value, book.laws)] == []


@pytest.mark.parametrize("name", BOOKS)
def test_a_first_day_by_fiat_says_from_when_it_is_attested(name: str) -> None:
    """Whoever asks for a day before that gets the figure marked: what was merely taken for a first day is no evidence for it."""
    for value in rulebook(name).values:
        if value.since == FIAT and value.confidence in ATTESTING:
            assert value.attested_from, value
            assert value.as_of(FIAT).confidence == "unattested"


@pytest.mark.parametrize("name", BOOKS)
def test_unambiguous(name: str) -> None:
    """No case can meet two figures of which neither is more particular."""
    assert list(rulebook(name).faults()) == []


def test_every_procedure_has_a_rulebook() -> None:
    """A procedure without figures has a rulebook that says so."""
    assert set(machines.names()) <= set(BOOKS)


def test_every_row_of_the_research_is_kept() -> None:
    """Each researched window is a figure, a doubt or a limit of general administrative law."""
    rows = set((HERE / "rules" / "research_rows.txt").read_text(encoding="utf-8").split())
    books = [rulebook(name) for name in BOOKS]
    kept = {row for book in books for item in (*book.values, *book.withdrawn, *book.doubts) for row in item.rows}
    kept |= {row for limit in statutory_limits() for row in limit.rows}

    assert rows - kept == set()
    assert len(rows) == 171


def released(value) -> str:
    """A line that identifies a released figure."""
    when = value.when_text.replace(", ", ",")
    return f"{value.parameter} {value.region or '-'} {when or '-'} {value.since} {value.until or '-'} {value.amount_text.en}"


@pytest.mark.parametrize("name", BOOKS)
def test_released_figures_are_only_followed(name: str) -> None:
    """What a release contained stays: a change of law is one more figure. `tests/rules/released` is only added to.

    What was wrong stays too, marked as withdrawn. A procedure that was not released yet has no file there.
    """
    file = HERE / "rules" / "released" / f"{name}.txt"
    then = set(file.read_text(encoding="utf-8").splitlines()) if file.exists() else set()

    book = rulebook(name)
    assert then - {released(value) for value in (*book.values, *book.withdrawn)} == set()
