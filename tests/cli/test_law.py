"""``ssflow law`` and ``ssflow doubts``: from an article to what rests on it, and what is not known."""

from __future__ import annotations

from datetime import date

import pytest
from rich.cells import cell_len

from ssflow.cli.input import names
from ssflow.sheets import find_doubtful, law_index
from ssflow.sheets.doubts.items import DOUBTFUL_KINDS
from ssflow.text import LANGS, Lang
from tests.cli.conftest import Run

DAY = date(2026, 9, 21)
BOTH = pytest.mark.parametrize("lang", LANGS)


@BOTH
def test_all_laws(run: Run, lang: Lang) -> None:
    """Every law stands in the list with its id and its title."""
    answer = run("law", "--lang", lang)
    together = "".join(answer.out.split())

    assert answer.code == 0
    assert all("".join(law.id.split()) in together for law in law_index().laws.values())
    assert max(map(cell_len, answer.out.splitlines())) <= 100


@BOTH
def test_one_article(run: Run, lang: Lang) -> None:
    """An article shows its figures, activities, guards and doubts, with their procedures; others are not shown."""
    answer = run("law", "decree-765", "20", "--lang", lang)

    assert answer.code == 0
    assert all(name in answer.out for name in ("benefit_claim", "gap_expenses"))
    assert ("30个工作日" if lang == "zh" else "30 working days") in answer.out
    assert "employer_registration" not in answer.out


@BOTH
def test_the_note_of_a_law_is_in_the_language_asked(run: Run, lang: Lang) -> None:
    """What was not seen of a law is told in the language of the answer alone."""
    note, told = law_index().laws["decree-107"].note, run("law", "decree-107", "--lang", lang).out

    assert note.say(lang) in told
    assert (note.zh if lang == "en" else note.en) not in told


def test_every_law_is_shown(run: Run) -> None:
    """Each law can be looked at by its id."""
    for law in law_index().laws.values():
        answer = run("law", law.id)
        assert answer.code == 0
        assert answer.out.startswith(law.title.en[:60])


@BOTH
def test_a_basis_is_looked_up_as_it_is_printed(lang: Lang) -> None:
    """Every citation of the index, in one text; of a law also with the numerals of its own text, in which laws are quoted."""
    index = law_index()
    for cite in index:
        assert names.citation(index.laws, cite.say(index.laws, lang), "") == (cite.law, cite.article)
    assert names.citation(index.laws, "社会保险经办条例第二十条第二款", "") == ("decree-765", "20(2)")
    assert names.citation(index.laws, "decree-765 20(2)", "") == ("decree-765", "20(2)")


def test_the_index_as_data(run: Run) -> None:
    """In JSON the whole index, a law, or an article."""
    assert run("law", "--json").json == law_index().document()
    (law,) = run("law", "decree-765", "6(2)", "--json").json["laws"]

    assert (law["id"], law["number"], law["in_force"]) == ("decree-765", "国务院令第765号", "2023-12-01")
    assert [article["article"] for article in law["articles"]] == ["6(2)"]
    assert "employee_registration" in law["procedures"]


@BOTH
@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["decree-756"], "decree-765"),
        (["decree-765", "6(3)"], "6(2)"),
        (["decree-765", "99"], "6(2)"),
        (["decree-765 99"], "6(2)"),
        (["社会保险经办条列第20条"], "decree-765"),
    ],
)
def test_unknown_laws_and_articles_are_taught(run: Run, words: list[str], hint: str, lang: Lang) -> None:
    """What there is not ends with exit code 2 and names what there is."""
    answer = run("law", *words, "--lang", lang)

    assert (answer.code, answer.out) == (2, "")
    assert hint in answer.err


@BOTH
def test_all_doubts(run: Run, lang: Lang) -> None:
    """Every kind is a heading with its number."""
    answer = run("doubts", "--lang", lang)
    found = find_doubtful()

    assert answer.code == 0
    for kind, title in DOUBTFUL_KINDS.items():
        number = f"（{len(found.of(kind))}）" if lang == "zh" else f" ({len(found.of(kind))})"
        assert (title.say(lang) + number in answer.out) == bool(found.of(kind).items)
    assert all(item.name in answer.out for item in found)
    assert max(map(cell_len, answer.out.splitlines())) <= 100


def test_doubts_of_a_procedure_a_place_and_a_kind(run: Run) -> None:
    """The list is narrowed by procedure, place and kind; the JSON is that of the library."""
    answer = run("doubts", "loss_report", "--region", "610100", "--kind", "conflict", "--json")
    items = answer.json["doubts"]

    assert answer.json == find_doubtful("loss_report", "610100").of("conflict").document()
    (xian,) = [item for item in items if item["region"] == "610100"]
    assert [cite["cite"] for cite in xian["chosen"]] == ["xian-card-guide"]
    day = ("--region", "440100", "--on", "2026-09-21", "--json")
    assert run("doubts", "loss_report", *day).json == find_doubtful("loss_report", "440100", DAY).document()
    assert run("doubts", "consultation", "--kind", "conflict").out == "nothing is in doubt\n"


@BOTH
@pytest.mark.parametrize(
    ("words", "hint"),
    [(["loss_reprot"], "loss_report"), (["--region", "1"], "440100"), (["--kind", "vague"], "conflict")],
)
def test_a_wrong_question_is_taught(run: Run, words: list[str], hint: str, lang: Lang) -> None:
    """Unknown procedures, places and kinds end with exit code 2."""
    answer = run("doubts", *words, "--lang", lang)

    assert (answer.code, answer.out) == (2, "")
    assert hint in answer.err


@pytest.mark.parametrize("command", ["law", "doubts"])
def test_help(run: Run, command: str) -> None:
    """Both commands explain themselves."""
    answer = run(command, "--help")

    assert answer.code == 0
    assert "--json" in answer.out
