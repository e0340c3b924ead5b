"""Doubts: statements of the sources that are not figures, with the reason."""

from __future__ import annotations

from typing import Literal

from attrs import field, frozen

from ssflow.errors import InputError
from ssflow.regions import NATION
from ssflow.rules.citations import Citation, parse_citations
from ssflow.text import Text

DoubtKind = Literal["silence", "conflict", "reading", "unread", "beyond"]

DOUBT_KINDS: dict[DoubtKind, Text] = {
    "silence": Text("无说明", "silence"),
    "conflict": Text("冲突", "conflict"),
    "reading": Text("解读", "reading"),
    "unread": Text("未读", "unread"),
    "beyond": Text("程序之外", "beyond"),
}


@frozen(kw_only=True)
class Doubt:
    """A statement of the sources that is not a figure: it lacks a number, a place or a day, or belongs elsewhere.

    ``kind`` says why: the sources say nothing, or too little for a figure (``silence``); they contradict each other
    (``conflict``); the words bear more than one reading (``reading``); a text was not read, or a statement is from memory
    (``unread``); the content is known, but is no part of the procedure or no kind of figure (``beyond``). In a conflict, ``chosen``
    cites the source that is followed; where no citation in ``cites`` shows the choice, the text alone tells it.
    """

    text: Text
    kind: DoubtKind = "silence"
    region: str = NATION
    cites: tuple[Citation, ...] = ()
    chosen: tuple[Citation, ...] = ()
    url: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()


@frozen(kw_only=True)
class DoubtEntry:
    """A doubt as a file writes it; see `Doubt` for the meaning."""

    text: Text
    kind: DoubtKind = "silence"
    cites: str | list[str] = field(factory=list)
    chosen: str | list[str] = field(factory=list)
    url: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()

    def to_doubt(self, region: str) -> Doubt:
        """Return the doubt of a region.

        Raises:
            InputError: ``chosen`` is given without a conflict, or is not in ``cites``.

        """
        cites, chosen = parse_citations(self.cites), parse_citations(self.chosen)
        if chosen and self.kind != "conflict":
            raise InputError.of(
                "chosen",
                f"chosen只用于conflict，而此处存疑为{self.kind}；请写kind = 'conflict'，或去掉chosen",
                f"chosen is for conflicts, and this doubt is a {self.kind}; write kind = 'conflict' or leave chosen out",
            )
        if not set(chosen) <= set(cites):
            named = ", ".join(map(str, chosen))
            raise InputError.of(
                "chosen",
                f"chosen所列{named}不在cites之中；请先引用相互冲突的全部来源，再从中选择",
                f"chosen names {named}, which cites does not; cite all that conflict, then choose among them",
            )
        return Doubt(
            text=self.text, kind=self.kind, region=region, cites=cites, chosen=chosen, url=self.url, rows=self.rows
        )
