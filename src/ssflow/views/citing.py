"""Citations as written, and as lawyers write them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import frozen

from ssflow.rules import Citation, Law
from ssflow.text import Text
from ssflow.views.plain import View


@frozen
class Cited(View):
    """One cited article: ``cite`` as files write it, and in both languages as lawyers do."""

    cite: str
    zh: str
    en: str

    @property
    def text(self) -> Text:
        """The article as lawyers write it."""
        return Text(self.zh, self.en)


def cited(cites: Iterable[Citation | str], laws: Mapping[str, Law]) -> tuple[Cited, ...]:
    """Return citations as written and as lawyers write them."""
    parsed = [cite if isinstance(cite, Citation) else Citation.parse(cite) for cite in cites]
    return tuple(Cited(str(cite), *cite.text(laws)) for cite in parsed)


def basis_of(cites: Iterable[Cited]) -> Text:
    """Return several articles in one line."""
    return Text.join([cite.text for cite in cites])
