"""The view of a span: its number, its unit, and what happens to a last day that rests."""

from __future__ import annotations

from attrs import frozen

from ssflow.calendar import Span
from ssflow.calendar.spans import Roll, Unit
from ssflow.text import Text
from ssflow.views.plain import View


@frozen
class SpanView(View):
    """A span: ``span`` as the library writes and reads it, ``zh`` and ``en`` as people write it."""

    span: str
    n: int
    unit: Unit
    roll: Roll
    before: bool
    zh: str
    en: str

    @property
    def text(self) -> Text:
        """The span in words."""
        return Text(self.zh, self.en)


def span_view(span: Span) -> SpanView:
    """Return the view of a span."""
    return SpanView(str(span), span.n, span.unit, span.roll, span.before, *span.text)
