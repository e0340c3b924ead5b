"""The pages on doubts and laws hold all there is, in tables that hold together. That they are current: `test_pages.py`."""

import re

import pytest

from ssflow.sheets import find_doubtful, law_index
from ssflow.sheets.doubts import page as doubts
from ssflow.sheets.laws import page as laws
from ssflow.sheets.words import plain

PAGES = {path.as_posix(): text for path, text in (*doubts.pages(), *laws.pages())}


def test_which_pages_there_are() -> None:
    """Both pages in both languages."""
    assert sorted(PAGES) == [
        f"{lang}/procedures/{name}.md" for lang in ("en", "zh") for name in ("doubts", "law-index")
    ]


@pytest.mark.parametrize("page", PAGES)
def test_every_cell_stays_in_its_table(page: str) -> None:
    """The rows of a table have as many cells as its head, whatever the texts hold."""
    for block in PAGES[page].split("\n\n"):
        if block.startswith("|"):
            assert len({len(re.findall(r"(?<!\\)\|", line)) for line in block.strip().splitlines()}) == 1, block[:200]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_law_and_article_is_there(lang: str) -> None:
    """Each law has its row, each that is cited its section, each article a row for every procedure."""
    text, index = PAGES[f"{lang}/procedures/law-index.md"], law_index()
    rows = sum(len({use.procedure for use in uses}) for cite, uses in index.items() if cite.law in index.laws)
    sections = len(index.laws) - len(index.uncited)

    assert all(f"| `{law}` |" in text for law in index.laws)
    assert text.count("\n## ") == 1 + sections
    assert text.count("\n|") == len(index.laws) + rows + 2 * (1 + sections)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_doubt_is_there(lang: str) -> None:
    """The page says whatever the list says, and leads to the sheets."""
    text = PAGES[f"{lang}/procedures/doubts.md"]

    for row in find_doubtful().rows(lang):
        assert plain(row["what"]) in text
        assert plain(row["note"]) in text
    assert "(card_replacement.md)" in text
