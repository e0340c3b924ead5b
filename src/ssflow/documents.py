"""Plain data, fit for JSON."""

from __future__ import annotations

from typing import Any

from ssflow.text import Text

Document = dict[str, Any]


def text_document(text: Text) -> Document:
    """Return a text in both languages as plain data."""
    return {"zh": text.zh, "en": text.en}
