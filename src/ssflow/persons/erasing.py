"""What stands in the place of personal data whose key was destroyed."""

from __future__ import annotations

import re

from ssflow.doors import check_kind
from ssflow.text import Text

ERASED = Text("已销毁", "erased")
_MARK = re.compile(rf"\[{ERASED.zh}/{ERASED.en} [a-p]{{16}}\]")


def erased(token: str) -> str:
    """The text in the place of one that is gone; equal ones had equal tokens, so that comparisons still say what they said."""
    return f"[{ERASED.zh}/{ERASED.en} {token}]"


def is_erased(text: str) -> bool:
    """Whether a text is in the place of personal data whose key was destroyed. Raises InputError if it is not text."""
    check_kind("text", text, str)
    return _MARK.fullmatch(text) is not None
