"""Citations as plain data: as written, and as lawyers write them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ssflow.documents import Document, text_document
from ssflow.rules import Citation, Law


def cited(cites: Iterable[Citation | str], laws: Mapping[str, Law]) -> list[Document]:
    """Citations, as written and as lawyers write them."""
    parsed = [cite if isinstance(cite, Citation) else Citation.parse(cite) for cite in cites]
    return [{"cite": str(cite), **text_document(cite.text(laws))} for cite in parsed]
