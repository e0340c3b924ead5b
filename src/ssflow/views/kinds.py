"""The kinds of figures in words."""

from __future__ import annotations

from ssflow.process.figures import Figure
from ssflow.text import Text

KINDS: dict[str, Text] = {
    "term": Text("期限", "term"),
    "lapse": Text("失效期", "lapse"),
    "fee": Text("费用", "fee"),
    "rule": Text("规则", "rule"),
    "expectation": Text("预期", "expectation"),
    "choice": Text("选择", "choice"),
    "regime": Text("办法", "regime"),
}


def kind_of(figure: Figure) -> str:
    """Return the kind of a figure: ``term``, ``lapse``, ``fee`` and so on."""
    return type(figure).__name__.lower()
