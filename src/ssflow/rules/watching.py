"""The watch list: laws that exist or are to come, and that have not been read for this library."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import frozen

from ssflow.converters import read_toml, structure
from ssflow.doors import each_of
from ssflow.errors import DataError, Fault, UnknownError
from ssflow.regions import NATION, area_name
from ssflow.rules import asked
from ssflow.rules.citations import Law
from ssflow.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from importlib.resources.abc import Traversable


@frozen(kw_only=True)
class Watch:
    """One law that is not read, and the figures that it may change.

    ``since`` is the day from which it binds or may bind: answers for earlier days do not turn on it. ``look_by`` is the day by which it
    must be read, or at least looked for again. ``touches`` are procedures, or figures of one, in a place or everywhere: ``remedy``,
    ``pension_transfer.review``, ``card_issue.fee@510000``. ``law`` is its id in ``laws.toml``, if it is entered there.
    """

    id: str
    title: Text
    text: Text
    since: date
    look_by: date
    touches: tuple[str, ...]
    law: str = ""
    url: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()

    def bears_on(self, procedure: str, parameter: str, day: date, places: Iterable[str]) -> bool:
        """Return whether the law may change a figure of a procedure on a day, in a place that lies in ``places``."""
        if day < self.since:
            return False
        around = {NATION, *places}
        return any(
            place in around and name == procedure and figure in ("", parameter)
            for name, figure, place in map(_parts, self.touches)
        )

    @property
    def procedures(self) -> tuple[str, ...]:
        """The procedures that the law may touch, each once."""
        return tuple(dict.fromkeys(_parts(touched)[0] for touched in self.touches))

    @property
    def warning(self) -> Text:
        """The warning that goes with an answer that this law may change."""
        return Text(
            f"自{self.since}起可能受未读文件影响：{self.title.zh}",
            f"from {self.since} on it may be changed by a text that was not read: {self.title.en}",
        )


def unread_on(watches: Iterable[Watch], day: date) -> tuple[Watch, ...]:
    """Return the watches whose ``look_by`` has passed.

    Raises:
        InputError: ``day`` is not a day, or ``watches`` holds something else.

    """
    asked.refuse(asked.day("day", day))
    return tuple(watch for watch in each_of("watches", watches, Watch) if watch.look_by < day)


def load_watches(path: Path | Traversable, laws: Mapping[str, Law]) -> dict[str, Watch]:
    """Return the watch list of one ``watch.toml`` by its ids.

    Raises:
        DataError: an entry is incomplete, cites a law that is not entered, or names a place that does not exist; all faults are listed.

    """
    found: dict[str, Watch] = {}
    faults: list[Fault] = []
    for name, entry in read_toml(path).items():
        if not isinstance(entry, dict) or "id" in entry:
            zh = "须为表，写作[编号]，其下列出title、text、since、look_by、touches，不写id"
            en = "what is watched is a table [id] with title, text, since, look_by and touches, but no id in it"
            faults.append(Fault(name, Text(zh, en)))
            continue
        try:
            found[name] = structure({"id": name, **entry}, Watch, path, name)
            faults += [fault.within(name) for fault in _faults(found[name], laws)]
        except DataError as error:
            faults += error.faults
    if faults:
        raise DataError(str(path), *faults)
    return found


def _faults(watch: Watch, laws: Mapping[str, Law]) -> Iterable[Fault]:
    if watch.law and watch.law not in laws:
        zh = f"没有登记{watch.law!r}（law）；请在laws.toml中增加，或者不写"
        yield Fault(
            "law", Text(zh, f"law names {watch.law!r}, which laws.toml does not enter; add it there, or leave it out")
        )
    if not watch.touches:
        yield Fault("touches", Text("至少写明一个程序", "name one procedure at least"))
    for touched in watch.touches:
        try:
            area_name(_parts(touched)[2])
        except UnknownError as error:
            yield Fault("touches", Text.join([Text(touched, touched), error.text], "：", ": "))


def _parts(touched: str) -> tuple[str, str, str]:
    """Return the procedure, the figure and the place that one entry of ``touches`` names; empty where it names none."""
    where, _, place = touched.partition("@")
    name, _, figure = where.partition(".")
    return name, figure, place
