"""All pages that are made from the definitions, with their content."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ssflow import machines
from ssflow.sheets.doubts import page as doubts
from ssflow.sheets.laws import page as laws
from ssflow.sheets.procedures.index import index
from ssflow.sheets.procedures.sheet import sheet
from ssflow.sheets.usable import check, rulebooks
from ssflow.text import LANGS

_FOLDERS = tuple(Path(lang) / "procedures" for lang in LANGS)


def pages() -> Iterator[tuple[Path, str]]:
    """Yield every page with its path below the documentation folder: the sheets, their index, the law index, the doubts.

    Raises:
        DataError, DefinitionError: a procedure or a file is broken; were its page left out, it would be taken for one that is gone.

    """
    check(rulebooks()[1], partial=False)
    for lang, folder in zip(LANGS, _FOLDERS, strict=True):
        yield folder / "index.md", index(lang)
        for process in machines.sound():
            yield folder / f"{process.name}.md", sheet(process).to_markdown(lang)
    yield from laws.pages()
    yield from doubts.pages()


def changes(docs: Path) -> dict[Path, str | None]:
    """Return the pages that differ from the definitions: those to be written and, with None, those of procedures that are gone."""
    wanted: dict[Path, str | None] = dict(pages())
    there = {path.relative_to(docs) for folder in _FOLDERS for path in (docs / folder).glob("*.md")}
    stale = {page: text for page, text in wanted.items() if _read(docs / page) != text}
    return stale | dict.fromkeys(sorted(there - set(wanted)))


def write(docs: Path) -> tuple[Path, ...]:
    """Write and remove the pages that `changes` returns, and return their paths."""
    changed = changes(docs)
    for page, text in changed.items():
        if text is None:
            (docs / page).unlink()
        else:
            (docs / page).parent.mkdir(parents=True, exist_ok=True)
            (docs / page).write_text(text, encoding="utf-8")
    return tuple(changed)


def _read(page: Path) -> str | None:
    return page.read_text(encoding="utf-8") if page.is_file() else None
