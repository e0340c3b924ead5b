"""Reading of one rules file: its head, its figures and its doubts, or all its faults together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import field, frozen

from ssflow.converters import read_toml, structure
from ssflow.errors import DataError, Fault, InputError, UnknownError
from ssflow.regions import NATION, area_name
from ssflow.rules.citations import Citation, Law
from ssflow.rules.doubts import Doubt, DoubtEntry
from ssflow.rules.values import Entry, Value
from ssflow.text import Text

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

T = TypeVar("T")
E = TypeVar("E", Entry, DoubtEntry)
Choices = Mapping[str, tuple[str, ...]]


@frozen(kw_only=True)
class RulesFile:
    """The content of a rules file."""

    values: tuple[Value, ...]
    withdrawn: tuple[Value, ...]
    doubts: tuple[Doubt, ...]
    keys: Mapping[str, tuple[str, ...]]
    choices: Choices


@frozen(kw_only=True)
class _Head:
    """The keys of a rules file that are not parameters; the doubts are read one by one."""

    region: str = NATION
    checked: date | None = None
    keys: dict[str, tuple[str, ...]] = field(factory=dict)
    choices: dict[str, tuple[str, ...]] = field(factory=dict)


def read_rules(path: Path | Traversable, laws: Mapping[str, Law], choices: Choices, area: str | None) -> RulesFile:
    """Return the content of a rules file; ``choices`` are those of earlier files, ``area`` the code in the name of a place's file.

    Raises:
        DataError: the file is broken, or cites a law that is not entered; all faults are listed.

    """
    raw = read_toml(path)
    reader = _Reader(path, laws)
    words = {word: raw.pop(word) for word in ("region", "checked", "keys", "choices") if word in raw}
    head = reader.tried("", lambda: structure(words, _Head, path)) or _Head()
    reader.place(head.region, area)
    named = {**choices, **head.choices}
    doubts = reader.each("doubts", raw.pop("doubts", []), DoubtEntry, lambda entry: entry.to_doubt(head.region))
    values: list[Value] = []
    for parameter, entries in raw.items():
        values += reader.figures(parameter, entries, head, named.get(parameter, ()))
    if reader.faults:
        raise DataError(str(path), *reader.faults)
    kept, gone = (tuple(v for v in values if (v.withdrawn is not None) is out) for out in (False, True))
    return RulesFile(values=kept, withdrawn=gone, doubts=tuple(doubts), keys=head.keys, choices=head.choices)


class _Reader:
    """A reader that goes on after a fault, so that the author of a file learns of all faults at once."""

    def __init__(self, path: Path | Traversable, laws: Mapping[str, Law]) -> None:
        self.path = path
        self.laws = laws
        self.faults: list[Fault] = []

    def tried(self, where: str, read: Callable[[], T]) -> T | None:
        """Return what ``read`` returns, or None after noting its fault."""
        try:
            return read()
        except DataError as error:
            self.faults += error.faults
        except InputError as error:
            self.faults += [fault.within(where) for fault in error.faults]
        return None

    def place(self, region: str, area: str | None) -> None:
        """Check that a place exists and is the one in the file's name; otherwise its figures would bind another place."""
        try:
            area_name(region)
        except UnknownError as error:
            self.faults.append(Fault("region", error.text))
        if area is not None and area != region:
            zh = f"文件名为{area}.toml，而region为{region or '全国'}；地方的文件以其代码为名，请更正其一"
            en = (
                f"the file is called {area}.toml, but its region is {region or 'the nation'}; "
                "the file of a place is called by its code: correct either"
            )
            self.faults.append(Fault("region", Text(zh, en)))

    def figures(self, parameter: str, entries: object, head: _Head, choices: tuple[str, ...]) -> Iterable[Value]:
        """Return the figures of a parameter."""
        seen: set[tuple[object, ...]] = set()

        def figure(entry: Entry) -> Value:
            value = entry.to_value(parameter, head.region, choices, head.checked)
            if value.withdrawn is not None:
                return value
            if value.identity in seen:
                raise InputError.of(
                    "since",
                    f"自{value.since}起对同样的情形有两个数值；请只留一个",
                    f"two figures from {value.since} for the same cases; keep one",
                )
            seen.add(value.identity)
            return value

        return self.each(parameter, entries, Entry, figure)

    def each(self, name: str, entries: object, cls: type[E], made: Callable[[E], T]) -> list[T]:
        """Return what the tables of a list say, without the faulty ones."""
        if not isinstance(entries, list):
            zh = f"不是列表；每一项之上请写[[{name}]]"
            self.faults.append(Fault(name, Text(zh, f"is not a list; write [[{name}]] above each")))
            return []
        found = (self._one(f"{name}[{number}]", entry, cls, made) for number, entry in enumerate(entries))
        return [one for one in found if one is not None]

    def _one(self, where: str, raw: Any, cls: type[E], made: Callable[[E], T]) -> T | None:
        entry = self.tried(where, lambda: structure(raw, cls, self.path, where))
        one = None if entry is None else self.tried(where, lambda: made(entry))
        if one is not None:
            self.faults += [fault.within(where) for fault in self._unknown_laws(getattr(one, "cites", ()))]
        return one

    def _unknown_laws(self, cites: Iterable[Citation]) -> Iterator[Fault]:
        for cite in cites:
            if cite.law not in self.laws:
                zh = f"引用了没有登记的法规{cite.law!r}；请在laws.toml中增加[{cite.law}]"
                en = f"cites {cite.law!r}, which laws.toml does not enter; add [{cite.law}] there"
                yield Fault("cites", Text(zh, en))
