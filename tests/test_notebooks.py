"""Notebooks show what their cells show today, each in its language, with their pictures beside them."""

import re
from html import unescape
from pathlib import Path

import pytest

from tools.notebooks import executed, outputs, pages

DOCS = Path(__file__).parent.parent / "docs"
PAGES = pages(DOCS)
TEXT = re.compile(r"<text[^>]*>(.*?)</text>", re.DOTALL)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.parts[-3]}/{page.stem}")
def test_a_notebook_is_as_it_was_executed(page: Path) -> None:
    """Run again, its cells say and draw the same; ``python3 dev.py notebooks`` writes them anew."""
    text, pictures = executed(page.read_text(encoding="utf-8"), page.stem)
    assert text == page.read_text(encoding="utf-8")
    assert {path.name for path in page.parent.glob(f"{page.stem}-*.svg")} == set(pictures) != set()
    for file, picture in pictures.items():
        saved = (page.parent / file).read_text(encoding="utf-8")
        assert picture.lang == page.parts[-3]
        said = {unescape(words) for words in TEXT.findall(saved)}
        assert {picture.title.say(picture.lang)} <= said
        # How many days an axis names depends on the fonts of the machine, the rest does not.
        days = re.compile(r"[\d,.−-]+")
        drawn = {unescape(words) for words in TEXT.findall(picture.svg)}
        assert {words for words in drawn ^ said if not days.fullmatch(words)} == set(), file


def test_there_are_notebooks_in_both_languages() -> None:
    """The same ones."""
    names = {lang: [page.stem for page in PAGES if page.parts[-3] == lang] for lang in ("en", "zh")}
    assert names["en"] == names["zh"] and len(names["en"]) >= 4


def test_what_a_cell_shows() -> None:
    """What it prints, then the value of its last line, unless that is None; what it binds stays for the next cell."""
    space: dict[str, object] = {}
    assert list(outputs("x = 2\nprint(x)\nx + 1\n", space)) == ["2\n", "3"]
    assert list(outputs("y = x\n", space)) == [] == list(outputs("None\n", space))
    text, pictures = executed("# A\n\n```python\n1 + 1\n```\n\n```output\nold\n```\n\nafter\n", "a")
    assert text == "# A\n\n```python\n1 + 1\n```\n\n```output\n2\n```\n\nafter\n" and pictures == {}
    assert executed(text, "a")[0] == text
