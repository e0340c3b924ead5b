"""The language that a command speaks."""

from __future__ import annotations

import locale
import os
from collections.abc import Sequence
from itertools import pairwise

from ssflow.errors import InputError, UnknownError
from ssflow.naming import Name, named
from ssflow.text import LANGS, Lang, Text

ENVIRONMENT = "SSFLOW_LANG"
LANGUAGES: dict[Lang, Text] = {"zh": Text("中文", "Chinese"), "en": Text("英文", "English")}


def default_lang() -> Lang:
    """Return the language of the environment: Chinese where the locale is Chinese, else English."""
    chosen = os.environ.get(ENVIRONMENT, "")
    for lang in LANGS:
        if chosen == lang:
            return lang
    told = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    spoken = (told or locale.getlocale()[0] or "").lower()
    return "zh" if spoken.startswith(("zh", "chinese")) else "en"


def asked_lang(arguments: Sequence[str]) -> Lang:
    """Return the language that a command line asks for last, even if it cannot be parsed."""
    written = [
        following if word == "--lang" else word.partition("=")[2]
        for word, following in pairwise([*arguments, ""])
        if word == "--lang" or word.startswith("--lang=")
    ]
    for word in reversed(written):
        try:
            return named("choice", word, [Name(lang, str(lang), title) for lang, title in LANGUAGES.items()])
        except (InputError, UnknownError):
            continue
    return default_lang()
