"""What is not known is listed whole: by kind, by place, as rows and as a page."""

from __future__ import annotations

import pytest

from ssflow import machines
from ssflow.errors import UnknownError
from ssflow.process import Term
from ssflow.rules import rulebook, rulebook_names
from ssflow.sheets import find_doubtful
from ssflow.sheets.doubtful import DOUBTFUL_KINDS
from ssflow.sources import DOUBTFUL
from ssflow.text import LANGS, Lang

FOUND = find_doubtful()


@pytest.mark.parametrize("name", rulebook_names())
def test_nothing_weak_is_left_out(name: str) -> None:
    """Every figure below corroborated is listed, and no other; and so is every doubt."""
    book = rulebook(name)
    mine = [item for item in FOUND if item.procedure == name]

    weak = [(value.parameter, value.region, value.since) for value in book.values if value.confidence in DOUBTFUL]
    assert sorted((i.name, i.region, i.since) for i in mine if i.kind == "weak") == sorted(weak)
    doubts = sorted((doubt.kind, doubt.text, doubt.region) for doubt in book.doubts)
    assert sorted((i.kind, i.what, i.region) for i in mine if i.what in [doubt.text for doubt in book.doubts]) == doubts


def test_a_clock_without_a_span_is_untimed() -> None:
    """A term for which no place has a number of days is listed, also where the law says that there is none."""
    untimed = {(item.procedure, item.name): item.said.en for item in FOUND.of("untimed")}

    assert untimed["certificate_correction", "correction"] == "no figure"
    assert untimed["consultation", "answering"] == "the sources set no number"
    assert ("card_replacement", "production") not in untimed


@pytest.mark.parametrize("name", machines.names())
def test_procedures_without_a_term_of_statute(name: str) -> None:
    """A procedure is listed unless one of its terms has a figure graded statute."""
    process, book = machines.get(name), rulebook(name)
    terms = [clock.name for clock in process.clocks if isinstance(clock, Term)]
    statutory = [v for v in book.values if v.parameter in terms and v.confidence == "statute" and v.amount is not None]

    assert (name in [item.procedure for item in FOUND.of("no_statute")]) == (not statutory)


def test_laws_not_read_are_listed_once() -> None:
    """A law known from others is listed with the procedures that cite it, and no law that was read."""
    unread = {item.name: item for item in FOUND.of("unread") if item.name}

    assert "loss_report" in unread["mohrss-answers"].procedure
    assert "decree-765" not in unread
    assert [item.name for item in find_doubtful("consultation").of("unread")] == ["mohrss-decree-14"]


def test_one_procedure_in_one_place() -> None:
    """Of a place one sees its own, what holds around it, the nation and unnamed places; nothing of other places."""
    here = find_doubtful("card_replacement", "110105")
    regions = {item.region for item in here}

    assert regions == {"110000", ""}
    assert {item.procedure for item in here if not item.name or item.kind == "weak"} == {"card_replacement"}
    assert "guide" in {item.confidence for item in here}


def test_a_conflict_shows_both_sides() -> None:
    """The row of a conflict has all sources and the one that was chosen."""
    (row,) = [row for row in find_doubtful("employer_registration").of("conflict").table("en") if "0.2%" in row["what"]]

    assert row["chosen"] == "Social Insurance Law, art. 86"
    assert "art. 13" in row["source"]


@pytest.mark.parametrize("lang", LANGS)
def test_rows_and_page_hold_all(lang: Lang) -> None:
    """The table and the document have a row an item, the page a section a kind."""
    page = FOUND.to_markdown(lang)

    assert len(FOUND.table(lang)) == len(FOUND.document()["doubts"]) == len(FOUND)
    assert page.count("\n|") == len(FOUND) + 2 * len({item.kind for item in FOUND})
    for kind, title in DOUBTFUL_KINDS.items():
        assert (f"## {title.say(lang)}" in page) == bool(FOUND.of(kind).items)


def test_wrong_names_are_taught() -> None:
    """An unknown procedure or place is refused with what there is."""
    with pytest.raises(UnknownError, match="did you mean card_replacement"):
        find_doubtful("card_replacment")
    with pytest.raises(UnknownError, match="GB/T 2260"):
        find_doubtful(region="123456")
