"""Plain data, fit for JSON: texts in both languages, citations as written and as lawyers write them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ssflow.rules import Citation, Law
from ssflow.text import Text

Document = dict[str, Any]


def text_document(text: Text) -> Document:
    """A text in both languages."""
    return {"zh": text.zh, "en": text.en}


def cited(cites: Iterable[Citation | str], laws: Mapping[str, Law]) -> list[Document]:
    """Citations, as written and as lawyers write them."""
    parsed = [cite if isinstance(cite, Citation) else Citation.parse(cite) for cite in cites]
    return [{"cite": str(cite), **text_document(cite.text(laws))} for cite in parsed]
