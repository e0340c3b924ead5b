"""How long the files of social-insurance business are kept by law: the items of the annex to order 3 of 2009 that were read.

The periods are the shortest that the order allows, and run from 1 January of the year after a file was made. Their end alone destroys
nothing: an appraisal and an approval do.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from attrs import frozen

from ssflow.calendar.spans import Span
from ssflow.converters import read_toml, structure
from ssflow.errors import DataError, Fault, InputError
from ssflow.rules.load import OWN, rulebook_names
from ssflow.sources import GRADES, Confidence
from ssflow.text import NO_TEXT, Text

_PERMANENT = "permanent"


@frozen(kw_only=True)
class RetentionPeriod:
    """How long the files of one item of the annex are kept; ``span`` is None for those that are kept permanently.

    ``procedures`` are the names of those whose cases the item names plainly. ``confidence`` grades the period by its sources (``url``).
    ``since`` is the day from which ``order`` is in force.
    """

    order: Text
    item: Text
    title: Text
    span: Span | None
    procedures: tuple[str, ...]
    since: date
    confidence: Confidence
    url: tuple[str, ...]
    note: Text = NO_TEXT

    @property
    def basis(self) -> Text:
        """The item as a basis in words, with its grade."""
        grade = GRADES[self.confidence]
        return Text(
            f"《{self.order.zh}》附件{self.item.zh}，{grade.zh}", f"{self.order.en}, annex {self.item.en}; {grade.en}"
        )


@cache
def statutory_retention() -> tuple[RetentionPeriod, ...]:
    """Return the periods of all items of the annex that were read, in its order."""
    return load_retention(Path(__file__).with_name("retention.toml"))


def load_retention(path: Path) -> tuple[RetentionPeriod, ...]:
    """Return the periods of a file.

    Raises:
        DataError: an entry is incomplete, has no length, or names a procedure that does not exist or that another item names; all
            faults are listed.

    """
    file = structure(read_toml(path), _File, path)
    if faults := list(_faults(file)):
        raise DataError(str(path), *faults)
    return tuple(_period(file, entry) for entry in file.item)


@frozen(kw_only=True)
class _Entry:
    item: Text
    title: Text
    kept: str
    confidence: Confidence
    url: tuple[str, ...]
    procedures: tuple[str, ...] = ()
    note: Text = NO_TEXT


@frozen(kw_only=True)
class _File:
    title: Text
    since: date
    item: tuple[_Entry, ...]
    url: tuple[str, ...] = ()
    note: Text = NO_TEXT


def _faults(file: _File) -> Iterator[Fault]:
    known, named = rulebook_names((OWN,)), dict[str, _Entry]()
    for number, entry in enumerate(file.item):
        where = f"item[{number}]"
        try:
            _span(entry.kept)
        except InputError:
            zh = f"须为年数或者{_PERMANENT}，例如50 years；实际为{entry.kept!r}"
            en = f"{entry.kept!r} is not a length; write years or {_PERMANENT!r}, for example '50 years'"
            yield Fault(f"{where}.kept", Text(zh, en))
        for name in entry.procedures:
            if name not in known:
                near = get_close_matches(name, known)
                zh = f"没有程序{name!r}" + (f"；是否指{near[0]}？" if near else "；请写machines中的名称")
                en = f"there is no procedure {name!r}" + (f": did you mean {near[0]}?" if near else "; write its name")
                yield Fault(f"{where}.procedures", Text(zh, en))
            if (other := named.setdefault(name, entry)) is not entry:
                zh = f"{other.item.zh}已写明程序{name!r}；一个程序只有一个保管期限"
                en = f"{other.item.en} names {name!r} already; a procedure has one period"
                yield Fault(f"{where}.procedures", Text(zh, en))


def _span(kept: str) -> Span | None:
    return None if kept == _PERMANENT else Span.parse(kept)


def _period(file: _File, entry: _Entry) -> RetentionPeriod:
    return RetentionPeriod(
        order=file.title,
        item=entry.item,
        title=entry.title,
        span=_span(entry.kept),
        procedures=entry.procedures,
        since=file.since,
        confidence=entry.confidence,
        url=(*file.url, *entry.url),
        note=Text.join([note for note in (entry.note, file.note) if note], "", " "),
    )
