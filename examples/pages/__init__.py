"""The pages of both examples, in Chinese and English: templates without scripts, and nothing that is loaded from elsewhere."""

from pathlib import Path
from typing import Any

from ssflow.text import LANGS, Lang, Text

FOLDER = Path(__file__).parent
HEADERS = {
    "Cache-Control": "no-store",  # what is personal stays in no cache
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


def language(asked: str | None, kept: str | None, accepted: str) -> Lang:
    """The language of a page: what is asked for, else what was before, else what the browser accepts."""
    return next((lang for lang in (asked, kept) if lang in LANGS), "zh" if accepted.lower().startswith("zh") else "en")


def words(lang: Lang) -> dict[str, Any]:
    """What each template has at hand: ``lang``, and ``t`` for words of its own."""
    return {"lang": lang, "t": lambda zh, en: Text(zh, en).say(lang)}
