"""Values as plain data, fit for JSON. Keys are English, days and instants ISO, texts in both languages, members of enumerations their names."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

import attrs

from ssflow.documents import Document, text_document
from ssflow.text import Lang, Text
from ssflow.views.privacy import REVEALED, Privacy


def plain(value: Any, privacy: Privacy = REVEALED) -> Any:
    """A value as plain data; personal fields as ``privacy`` has them."""
    if isinstance(value, View):
        return value.document()
    if attrs.has(type(value)):
        return plain(privacy.fields(value), privacy)
    if isinstance(value, Mapping):
        return {str(key): plain(item, privacy) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset) and not isinstance(value, Text):
        return [plain(item, privacy) for item in value]
    return _single(value)


def _single(value: Any) -> Any:
    match value:
        case Text():
            return text_document(value)
        case Enum():
            return value.name
        case date():
            return value.isoformat()
        case Decimal():
            return str(value)
    return value


class View(ABC):
    """What can be said of one thing: typed values, the same as plain data, and sentences in both languages.

    What is personal was masked when the view was made, unless it was asked for.
    """

    __slots__ = ()

    @property
    @abstractmethod
    def text(self) -> Text:
        """The thing in words."""

    def say(self, lang: Lang) -> str:
        """The thing in words of one language; raises InputError if it is none of the two."""
        return self.text.say(lang)

    def document(self) -> Document:
        """The thing as plain data, fit for JSON. A name that Python keeps for itself loses the line behind it: ``from_``."""
        return {name.removesuffix("_"): plain(item) for name, item in REVEALED.fields(self).items()}
