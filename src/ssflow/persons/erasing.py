"""The text in place of personal data whose key was destroyed."""

from __future__ import annotations

import re

from ssflow.doors import check_kind
from ssflow.text import Text

ERASED = Text("已销毁", "erased")
_MARK = re.compile(rf"\[{ERASED.zh}/{ERASED.en} [a-p]{{16}}\]")


def erased(token: str) -> str:
    """Return the text that replaces erased data; equal data had equal tokens, so comparisons still give the same results."""
    return f"[{ERASED.zh}/{ERASED.en} {token}]"


def is_erased(text: str) -> bool:
    """Return whether a text replaces personal data whose key was destroyed. Raises InputError if it is not text."""
    check_kind("text", text, str)
    return _MARK.fullmatch(text) is not None
