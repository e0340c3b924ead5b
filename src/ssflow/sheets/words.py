"""The wording of sheets: one language, the laws of one rulebook, and the escapes of Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import Enum

from attrs import field, frozen

from ssflow.doors import check_lang, checked
from ssflow.process import Place, State
from ssflow.rules import Citation, Law, Value
from ssflow.rules.basis import basis
from ssflow.sources import DOUBTFUL, GRADES
from ssflow.text import Lang, Text, title_of
from ssflow.views.wording import OPENING

DOUBT = "⚠️"
_MARKS = re.compile(r"([\\|<*~\[\]])")
_BREAK = "<br>"


@frozen
class Words:
    """The words of one sheet in one language."""

    lang: Lang = field(validator=checked(check_lang))
    laws: Mapping[str, Law] = field(factory=dict, repr=False)

    def t(self, zh: str, en: str) -> str:
        """Return one of two wordings."""
        return zh if self.lang == "zh" else en

    def say(self, text: Text) -> str:
        """Return a text in the language of the sheet."""
        return text.say(self.lang)

    def state(self, state: State | None) -> str:
        """Return the title of a state; for None, that a case begins here."""
        return self.say(state.title if state else OPENING)

    def members(self, members: Iterable[Enum]) -> str:
        """Return the titles of members of an enumeration."""
        return self.listed(self.say(title_of(member)) for member in members)

    def regimes(self, regimes: Iterable[Enum | None]) -> str:
        """Return the titles of regimes, separated by more than commas because they are long."""
        return self.t("；", "; ").join(self.say(title_of(regime)) for regime in regimes if regime)

    def places(self, places: Iterable[Place]) -> str:
        """Return the titles of places of a procedure."""
        return self.listed(self.say(place.title) for place in places)

    def listed(self, texts: Iterable[str]) -> str:
        """Return several texts in one line, each once."""
        return self.t("、", ", ").join(dict.fromkeys(texts))

    def basis(self, cites: Iterable[Citation]) -> str:
        """Return citations as lawyers write them."""
        return basis(cites, self.laws, self.lang)

    def bracket(self, text: str) -> str:
        """Return a text in brackets, to follow another; an empty text if it is empty."""
        return text and self.t(f"（{text}）", f" ({text})")

    def place(self, value: Value) -> str:
        """Return the place in which a figure is in force, with its code."""
        return " ".join(filter(None, (self.say(value.place), value.region)))

    def grade(self, value: Value) -> str:
        """Return the grade of a figure's source; a doubtful one is marked."""
        said = self.say(GRADES[value.confidence])
        return f"{DOUBT} **{said}**" if is_doubtful(value) else said

    def since(self, first: date, last: date | None, followed: date | None) -> str:
        """Return from when to when a figure is in force, or until another one follows."""
        if last:
            return self.t(f"{first}至{last}", f"{first} to {last}")
        end = self.t(f"，{followed}起由后一数值取代", f", followed by another on {followed}") if followed else ""
        return self.t(f"{first}起", f"from {first}") + end


def is_doubtful(value: Value) -> bool:
    """Return whether a figure has to be looked at again before anybody relies on it."""
    return value.confidence in DOUBTFUL


def plain(text: str) -> str:
    """Return a text with the marks of Markdown escaped."""
    return _MARKS.sub(r"\\\1", " ".join(text.replace("``", "`").split()))


def link(text: str, url: str) -> str:
    """Return a link, with brackets in the address encoded."""
    return f"[{text}]({url.replace('(', '%28').replace(')', '%29').replace(' ', '%20').replace('|', '%7C')})"


def sources(urls: Sequence[str]) -> str:
    """Return numbered links to sources."""
    return " ".join(link(f"[{number}]", url) for number, url in enumerate(urls, 1))


def lines(*texts: str) -> str:
    """Return the content of one cell of a table, line by line."""
    return _BREAK.join(text for text in texts if text)
