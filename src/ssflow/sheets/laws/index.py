"""The index from laws and articles to the figures, moves and procedures that rest on them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from attrs import field, frozen

from ssflow import machines
from ssflow.documents import Document, text_document
from ssflow.doors import check_kind, each_of
from ssflow.errors import UnknownError
from ssflow.rules import Citation, Law
from ssflow.sheets.laws.uses import Use, uses_of
from ssflow.sheets.usable import Failing, check, failing_document, faults_by_name, readable_laws, rulebooks
from ssflow.text import Text


@frozen
class LawIndex(Mapping[Citation, tuple[Use, ...]]):
    """The law index: what rests on each cited article, law by law, and all laws that are entered.

    ``failing`` names the procedures and files that could not be read and are left out of a partial index.
    """

    laws: Mapping[str, Law]
    uses: Mapping[Citation, tuple[Use, ...]]
    failing: Failing = field(factory=dict, eq=False)

    def __getitem__(self, cite: Citation | str) -> tuple[Use, ...]:
        return self.uses[Citation.parse(cite) if isinstance(cite, str) else cite]

    def __iter__(self) -> Iterator[Citation]:
        return iter(self.uses)

    def __len__(self) -> int:
        return len(self.uses)

    def within(self, law: str, article: str = "") -> LawIndex:
        """Return the part of one law, or of an article with its paragraphs and items: ``8`` holds ``8(2)`` and not ``80``.

        Raises:
            UnknownError: no such law is entered, or nothing rests on the article; the error lists what exists.

        """
        check_kind("law", law, str)
        check_kind("article", article, str)
        if law not in self.laws:
            raise UnknownError("law", law, self.laws)
        cited = [cite for cite in self.uses if cite.law == law]
        found = [cite for cite in cited if not article or _holds(article, cite.article)]
        if article and not found:
            known = [cite.article for cite in cited if cite.article]
            zh, en = "、".join(known) or "无", ", ".join(known) or "no articles"
            raise UnknownError(f"article of {law}", article, known, Text(f"引用的有：{zh}", f"cited are {en}"))
        return LawIndex({law: self.laws[law]}, {cite: self.uses[cite] for cite in found}, self.failing)

    @property
    def procedures(self) -> tuple[str, ...]:
        """The procedures of which a part rests on these articles."""
        return tuple(sorted({use.procedure for uses in self.uses.values() for use in uses}))

    @property
    def uncited(self) -> tuple[str, ...]:
        """The laws that are entered and on which nothing rests."""
        cited = {cite.law for cite in self.uses}
        return tuple(law for law in self.laws if law not in cited)

    def document(self) -> Document:
        """Return the index as plain data: laws, their articles, and what rests on each."""
        laws = [self._law(law) for law in self.laws.values()]
        return {"laws": laws, "failing": failing_document(faults_by_name(self.failing))}

    def _law(self, law: Law) -> Document:
        part = self.within(law.id)
        return {
            "id": law.id,
            "title": text_document(law.title),
            "kind": law.kind,
            "number": law.number,
            "issuer": law.issuer,
            "issued": _iso(law.issued),
            "in_force": _iso(law.in_force),
            "repealed_by": law.repealed_by,
            "read": law.read,
            "url": law.url,
            "note": text_document(law.note),
            "procedures": list(part.procedures),
            "articles": [
                {
                    "article": cite.article,
                    **text_document(cite.text(self.laws)),
                    "uses": [use.document() for use in uses],
                }
                for cite, uses in part.items()
            ],
        }


def law_index(procedures: Iterable[str] = (), *, partial: bool = False) -> LawIndex:
    """Return what rests on each article: the figures, activities, conditions and doubts of all procedures, or of those named.

    A ``partial`` index leaves out what cannot be read, and names it in ``failing``.

    Raises:
        UnknownError: no procedure has this name.
        DataError, DefinitionError: a procedure or a file is broken, and ``partial`` is not set.

    """
    procedures = each_of("procedures", procedures, str)
    check_kind("partial", partial, bool)
    books, failing = rulebooks(map(machines.get, procedures))
    laws = readable_laws(failing)
    check(failing, partial=partial)
    found: dict[Citation, list[Use]] = {}
    for process, book in books.items():
        for cites, use in uses_of(process, book):
            for cite in dict.fromkeys(cites):
                found.setdefault(cite, []).append(use)
    order = {law: place for place, law in enumerate(laws)}
    cited = sorted(found, key=lambda cite: (order.get(cite.law, len(order)), cite.law, *_natural(cite.article)))
    return LawIndex(laws, {cite: tuple(found[cite]) for cite in cited}, failing)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _holds(asked: str, article: str) -> bool:
    """Return whether an article is the given one or a part of it."""
    return article == asked or article.startswith((f"{asked}(", f"{asked}."))


def _natural(article: str) -> tuple[tuple[int, ...], str]:
    """Return a sort key by the numbers in an article: 6(2) before 18."""
    return tuple(map(int, re.findall(r"\d+", article))), article
