"""Values as plain data, fit for JSON: English keys, days and instants in ISO form, texts in both languages, members of enumerations by name."""

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
    """Return a value as plain data; ``privacy`` decides on personal fields."""
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
    """The base of all views: typed values, the same as plain data, and sentences in both languages.

    Personal data was masked when the view was made, unless it was asked for.
    """

    __slots__ = ()

    @property
    @abstractmethod
    def text(self) -> Text:
        """The view in words."""

    def say(self, lang: Lang) -> str:
        """Return the view in words of one language; raises InputError for any other language."""
        return self.text.say(lang)

    def document(self) -> Document:
        """Return the view as plain data, fit for JSON. A trailing underscore of a name is dropped: ``from_``."""
        return {name.removesuffix("_"): plain(item) for name, item in REVEALED.fields(self).items()}
