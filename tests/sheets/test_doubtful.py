"""What is not known is listed whole: by kind, by place, as rows and as a page."""

from __future__ import annotations

from datetime import date

import pytest

from ssflow import machines
from ssflow.calendar import Span
from ssflow.errors import UnknownError
from ssflow.process import Term
from ssflow.rules import rulebook, rulebook_names
from ssflow.sheets import find_doubtful
from ssflow.sheets.doubts.items import DOUBTFUL_KINDS
from ssflow.sources import DOUBTFUL
from ssflow.text import LANGS, Lang

FOUND = find_doubtful()
DAY = date(2026, 9, 21)


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


@pytest.mark.parametrize("lang", LANGS)
def test_notes_are_in_the_language_asked(lang: Lang) -> None:
    """The note of a figure, how its first day is known, and the note of a law are told in one language; as data in both."""
    items = [item for item in FOUND if item.note]
    rows = [row["note"] for row in FOUND.rows(lang) if row["note"]]
    data = [item["note"] for item in FOUND.document()["doubts"] if item["note"]["en"]]

    assert rows == [item.note.say(lang) for item in items]
    assert data == [{"zh": item.note.zh, "en": item.note.en} for item in items]
    assert any("首日：" in item.note.zh and "First day: " in item.note.en for item in items)
    assert not any("First day" in row for row in rows) or lang == "en"


def test_one_procedure_in_one_place() -> None:
    """Of a place one sees its own, what holds around it, the nation and unnamed places; nothing of other places."""
    here = find_doubtful("card_replacement", "110105")
    regions = {item.region for item in here}

    assert regions == {"110105", "110000", ""}
    assert {item.procedure for item in here if not item.name or item.kind == "weak"} == {"card_replacement"}
    assert "guide" in {item.confidence for item in here}


@pytest.mark.parametrize("region", ["140100", "440100", "510100"])
@pytest.mark.parametrize("name", machines.names())
def test_what_has_no_figure_in_a_place_is_listed(name: str, region: str) -> None:
    """A clock that is untimed in a place on a day is listed there, whatever other places have; a clock with a span is not."""
    process, book = machines.get(name), rulebook(name)
    found = [v for v in book.in_force(DAY, region) if isinstance(v.amount, Span)]
    untimed = {clock.name for clock in process.clocks} - {value.parameter for value in found}

    assert {item.name for item in find_doubtful(name, region, DAY).of("untimed")} == untimed


def test_a_place_is_told_what_it_lacks() -> None:
    """Taiyuan has no figure for five clocks of a replacement; nor has it ever had one."""
    lacking = ["check", "social_activation", "bank_activation", "pickup", "custody"]
    items = find_doubtful("card_replacement", "140100").of("untimed")

    assert [item.name for item in items] == lacking
    assert {(item.region, item.said.en) for item in items} == {("140100", "no figure")}


def test_what_does_not_hold_in_a_place_is_left_out() -> None:
    """In Guangzhou its own seven days prevail from first to last, so neither the nation's figure nor the fallback is weak there."""
    weak = [i for i in find_doubtful("card_replacement", "440100") if (i.kind, i.name) == ("weak", "production")]
    assert [i.region for i in weak] == ["440100"]
    assert [i.region for i in find_doubtful("card_replacement", "140100").of("weak") if i.name == "production"] == [
        "",
        "",
    ]


@pytest.mark.parametrize("region", [None, "440100", "110105"])
def test_on_a_day_only_what_is_in_force_is_weak(region: str | None) -> None:
    """Of all times there is more than of one day; what has ended or not begun on a day is not listed for it."""
    ever, today = (find_doubtful(region=region, on=on).of("weak") for on in (None, DAY))

    def seen(items):
        return {(i.procedure, i.name, i.region, i.when, i.since) for i in items}

    assert seen(today) < seen(ever)
    assert all(i.since and i.since <= DAY <= (i.until or DAY) for i in today)
    assert len(find_doubtful(region=region, on=date(1980, 1, 1)).of("weak")) == 0


def test_a_figure_between_two_places_serves_no_third() -> None:
    """In Chengdu the ten working days of the whole transfer hold for those who come from Chongqing alone, and the list says so."""
    (whole,) = [i for i in find_doubtful("pension_transfer", "510100", DAY).of("untimed") if i.name == "whole"]

    assert whole.said.en == "a figure only between this place and certain others"
    assert ("whole", "510100") not in [(i.name, i.region) for i in find_doubtful("pension_transfer")]


def test_laws_of_other_places_are_not_listed() -> None:
    """Of a place only those laws are listed as not read on which something rests that holds or is in doubt there."""
    everywhere, here = (
        {item.name for item in find_doubtful("card_replacement", region).of("unread") if item.name}
        for region in (None, "440100")
    )

    assert here < everywhere


def test_a_conflict_shows_both_sides() -> None:
    """The row of a conflict has all sources and the one that was chosen."""
    (row,) = [row for row in find_doubtful("employer_registration").of("conflict").rows("en") if "0.2%" in row["what"]]

    assert row["chosen"] == "Social Insurance Law, art. 86"
    assert "art. 13" in row["source"]


@pytest.mark.parametrize("lang", LANGS)
def test_rows_and_page_hold_all(lang: Lang) -> None:
    """The table and the document have a row an item, the page a section a kind."""
    page = FOUND.to_markdown(lang)

    assert len(FOUND.rows(lang)) == len(FOUND.document()["doubts"]) == len(FOUND)
    assert page.count("\n|") == len(FOUND) + 2 * len({item.kind for item in FOUND})
    for kind, title in DOUBTFUL_KINDS.items():
        assert (f"## {title.say(lang)}" in page) == bool(FOUND.of(kind).items)


def test_wrong_names_are_taught() -> None:
    """An unknown procedure or place is refused with what there is."""
    with pytest.raises(UnknownError, match="did you mean card_replacement"):
        find_doubtful("card_replacment")
    with pytest.raises(UnknownError, match="GB/T 2260"):
        find_doubtful(region="123456")
