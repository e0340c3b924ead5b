"""The pages of the documentation are as the definitions have them, and leave nothing out."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from ssflow import machines
from ssflow.process import Process
from ssflow.sheets import sheet
from ssflow.sheets.files import changes, write
from ssflow.sheets.procedures.index import index
from ssflow.sheets.words import DOUBT, is_doubtful, plain
from ssflow.text import LANGS, Lang

DOCS = Path(__file__).parent.parent.parent / "docs"
EVERY = pytest.mark.parametrize("process", [machines.get(name) for name in machines.names()], ids=machines.names())
BOTH = pytest.mark.parametrize("lang", LANGS)


@cache
def page(process: type[Process], lang: Lang) -> str:
    """The sheet of a procedure, written once for all tests below."""
    return sheet(process).to_markdown(lang)


def test_the_pages_are_up_to_date() -> None:
    """The sheets under docs are what the definitions and rulebooks give today."""
    stale = ", ".join(path.as_posix() for path in changes(DOCS))

    assert not stale, f"not as the definitions have them: {stale}; run: python3 dev.py sheets"


def test_writing_brings_a_folder_up_to_date(tmp_path: Path) -> None:
    """What is missing or changed is written, what belongs to no procedure is removed, and then nothing is left to do."""
    write(tmp_path)
    page, gone = tmp_path / "en/procedures/loss_report.md", tmp_path / "zh/procedures/no_more.md"
    page.write_text("by hand", encoding="utf-8")
    gone.write_text("a procedure of the past", encoding="utf-8")

    assert {tmp_path / path for path in write(tmp_path)} == {page, gone}
    assert not gone.exists()
    assert changes(tmp_path) == {}


@EVERY
@BOTH
def test_a_sheet_leaves_nothing_out(process: type[Process], lang: Lang) -> None:
    """Every state, activity, role, figure and doubt stands on the sheet, every condition with its reason."""
    text, book = page(process, lang), sheet(process).book

    for part in (*process.places, *process.roles, *process.states, *process.activities, *process.figures):
        assert f"`{part.name}`" in text, part
    for activity in process.activities:
        for row in activity.transitions:
            for condition in row.when.conditions if row.when else ():
                assert plain(condition.reason.say(lang)) in text
    for doubt in book.doubts:
        assert plain(doubt.text.say(lang)) in text
    for row in {row for value in book.values for row in value.rows}:
        assert f"`{row}`" in text


@EVERY
@BOTH
def test_every_figure_has_its_row_and_its_source(process: type[Process], lang: Lang) -> None:
    """Each figure of the rulebook stands in a row with its first day, its quotation and every address; doubtful ones are marked."""
    section = re.split(r"^## ", page(process, lang), flags=re.MULTILINE)
    rows = [line for part in section for line in part.splitlines() if line.startswith("| ")]

    for value in sheet(process).book.values:
        mine = [row for row in rows if plain(value.text) in row and value.since.isoformat() in row]
        assert mine, value
        assert any(all(url.split("(")[0].split("|")[0] in row for url in value.url) for row in mine)
        assert all(row.startswith(f"| {DOUBT}") for row in mine) or not is_doubtful(value)


@EVERY
def test_every_cell_stays_in_its_table(process: type[Process]) -> None:
    """The rows of a table have as many cells as its head, whatever the texts hold."""
    for lang in LANGS:
        width = 0
        for line in page(process, lang).splitlines():
            cells = len(re.findall(r"(?<!\\)\|", line)) if line.startswith("|") else 0
            assert not (cells and width) or cells == width, line
            width = cells


@EVERY
def test_a_sheet_says_what_was_signed(process: type[Process]) -> None:
    """The digest at the end changes with anything above it, and is the same each time."""
    texts = [
        page(process, "zh"),
        sheet(process).to_markdown("zh"),
        sheet(process, "440100").to_markdown("zh"),
    ]
    digests = [re.findall(r"摘要`(\w{12})`", text)[-1] for text in texts]

    assert digests[0] == digests[1] != digests[2]


@BOTH
def test_the_index_lists_every_sheet(lang: Lang) -> None:
    """Each procedure has its row and its link."""
    text = index(lang)

    assert re.findall(r"^\| \[[^]]+\]\((\w+)\.md\)", text, re.MULTILINE) == list(machines.names())
