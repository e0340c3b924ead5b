"""Which language a command speaks."""

from __future__ import annotations

import locale
import os
from collections.abc import Sequence

from ssflow.text import LANGS, Lang

ENVIRONMENT = "SSFLOW_LANG"


def default_lang() -> Lang:
    """The language of the environment: Chinese where the locale is Chinese, else English."""
    chosen = os.environ.get(ENVIRONMENT, "")
    for lang in LANGS:
        if chosen == lang:
            return lang
    told = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    spoken = (told or locale.getlocale()[0] or "").lower()
    return "zh" if spoken.startswith(("zh", "chinese")) else "en"


def asked_lang(arguments: Sequence[str]) -> Lang:
    """The language that a command line asks for, also where it is too wrong to be parsed."""
    for lang in LANGS:
        follows = any(arguments[i : i + 2] == ["--lang", lang] for i in range(len(arguments)))
        if follows or f"--lang={lang}" in arguments:
            return lang
    return default_lang()
