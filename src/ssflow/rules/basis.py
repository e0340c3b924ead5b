"""The basis of a statement in one line: each law once, followed by all its articles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ssflow.doors import each_of
from ssflow.rules.citations import Citation, Law
from ssflow.text import LANGS, Lang, Text


def basis(cites: Iterable[Citation | str], laws: Mapping[str, Law], lang: Lang) -> str:
    """Return citations as lawyers write them.

    Raises:
        InputError: ``cites`` holds something else, or there is no such language.

    >>> basis(["civil-code 201", "civil-code 203"], {}, "en")
    'civil-code 201, 203'

    """
    comma, semicolon = Text("、", ",").say(lang), Text("；", "; ").say(lang)
    articles: dict[str, list[str]] = {}
    for cite in each_of("cites", cites, Citation, str):
        parsed = cite if isinstance(cite, Citation) else Citation.parse(str(cite))
        title = Citation(parsed.law).say(laws, lang)
        articles.setdefault(title, []).append(parsed.say(laws, lang).removeprefix(title))
    return semicolon.join(title + _joined(found, comma) for title, found in articles.items())


def basis_text(cites: Iterable[Citation | str], laws: Mapping[str, Law]) -> Text:
    """Return citations as lawyers write them, in both languages; raises InputError if ``cites`` holds something else."""
    given: tuple[Any, ...] = each_of("cites", cites, Citation, str)
    return Text(*(basis(given, laws, lang) for lang in LANGS))


def _joined(articles: list[str], comma: str) -> str:
    """Return the articles joined, the first as it follows the title, the others without its punctuation."""
    first, *others = dict.fromkeys(article for article in articles if article) or [""]
    space = " " if comma == "," else ""
    return first + "".join(f"{comma}{space}{other.lstrip(', ')}" for other in others)
