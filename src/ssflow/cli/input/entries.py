"""Several entries about the past in a file: acts that were missed, and corrections; each is read by the procedure of its case."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

from attrs import Factory, frozen

from ssflow.case import Case
from ssflow.cli.database import definition_on
from ssflow.cli.input import names
from ssflow.cli.input.given import masked
from ssflow.cli.input.places import read_region
from ssflow.converters import read_toml, structure, to_json
from ssflow.errors import DataError, Fault, InputError, UnknownError
from ssflow.process import Activity, Deed, Process
from ssflow.records import Cases, Correction, Late
from ssflow.records.history import effective_act

R = TypeVar("R")
W = TypeVar("W")
Raw = dict[str, Any]


@frozen(kw_only=True)
class _Act:
    """A missed act as the file writes it."""

    activity: str
    by: str
    on: date | datetime
    party: str = ""
    data: Raw = Factory(dict)
    link: tuple[str, ...] = ()
    before: int | None = None
    after: int | None = None


@frozen(kw_only=True)
class _Acts:
    act: tuple[_Act, ...]


@frozen(kw_only=True)
class _Correction:
    """A correction as the file writes it; what is left out stays as it was."""

    case: str
    event: int
    reason: str
    strike: bool = False
    activity: str = ""
    by: str = ""
    on: date | datetime | None = None
    party: str = ""
    data: Raw = Factory(dict)
    link: tuple[str, ...] = ()
    unlink: tuple[str, ...] = ()
    place: str | Raw = ""
    before: int | None = None
    after: int | None = None
    role: str = ""  # the one that corrects


@frozen(kw_only=True)
class _Corrections:
    correction: tuple[_Correction, ...]


def late_acts(path: Path, cases: Cases, case: Case) -> list[Late]:
    """Return the missed acts of a case in a file, each under the version of the procedure that the case was under on its day.

    Raises:
        DataError: the file is broken, or an act names what there is not; all faults are listed, each with its path.

    """

    def late(written: _Act) -> Late:
        process = definition_on(cases, case, written.on)
        return Late(
            _deed(names.activity(process, written.activity, None), written.data),
            by=names.role(process, written.by),
            on=written.on,
            party=written.party,
            links=written.link,
            before=written.before,
            after=written.after,
        )

    return _each(path, "act", structure(read_toml(path), _Acts, path).act, late)


def corrections(path: Path, cases: Cases, actor: str) -> list[Correction]:
    """Return the corrections in a file; data of the same activity changes only the fields that it names.

    Raises:
        DataError: the file is broken, or a correction names what there is not; all faults are listed, each with its path.

    """

    def correction(written: _Correction) -> Correction:
        case, trace = cases.get(written.case), cases.trace(written.case)
        if not 1 <= written.event <= len(trace):
            raise UnknownError("event", str(written.event), [str(event.version) for event in trace])
        _check_asked(written)
        then = cases.codec.definition_of(trace[written.event - 1])
        counts = effective_act(case.process, trace, written.event)
        activity = written.activity or (counts.activity if counts else trace[written.event - 1].activity)
        act = names.activity(then, activity, None)
        before = to_json(counts.data) if counts and counts.activity == act.name and counts.data is not None else {}
        return Correction(
            written.event,
            None if written.strike else _deed(act, {**before, **written.data}),
            reason=written.reason,
            case=written.case,
            by=names.role(then, written.by) if written.by else None,
            on=written.on,
            party=written.party,
            actor=actor,
            corrector=names.role(then, written.role) if written.role else None,
            before=written.before,
            after=written.after,
            links=written.link,
            unlinks=written.unlink,
            places=_places(then, written.place),
        )

    return _each(path, "correction", structure(read_toml(path), _Corrections, path).correction, correction)


def _check_asked(written: _Correction) -> None:
    """Refuse a correction that changes nothing, and one that strikes out what it also changes."""
    parts = ("activity", "by", "on", "party", "data", "link", "unlink", "place", "before", "after")
    given = [name for name in parts if getattr(written, name)]
    if written.strike and given:
        raise InputError.of(
            "strike",
            f"撤销的事件不再有其他内容；请去掉{'、'.join(given)}，或者去掉strike",
            f"an event that is struck out says nothing more; leave out {', '.join(given)}, or strike",
        )
    if not (written.strike or given):
        raise InputError.of(
            "",
            f"没有写明更正什么；请写{'、'.join(parts)}，误录的写strike = true撤销",
            f"no correction is given; give {', '.join(parts)}, or strike = true to strike the event out",
        )


def _each(path: Path, name: str, rows: Sequence[W], read: Callable[[W], R]) -> list[R]:
    """Return what each row of a file says; raises DataError with the faults of all of them."""
    found: list[R] = []
    faults: list[Fault] = []
    for number, row in enumerate(rows):
        try:
            found.append(read(row))
        except InputError as error:
            faults += [fault.within(f"{name}[{number}]") for fault in error.faults]
        except UnknownError as error:
            faults.append(Fault(f"{name}[{number}]", error.text))
    if faults:
        raise DataError(str(path), *faults)
    return found


def _deed(activity: Activity[Any], data: Raw) -> Deed[Any]:
    raw = dict(_plain(data))
    try:
        return activity.deed_of(raw)
    except InputError as error:
        faults = [masked(fault, activity.data, raw) for fault in error.faults] if activity.data else error.faults
        raise InputError(*(fault.within("data") for fault in faults)) from error


def _plain(data: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield the fields of a table of TOML as JSON has them: days and instants are texts."""
    for name, value in data.items():
        if isinstance(value, Mapping):
            yield name, dict(_plain(value))
        else:
            yield name, value.isoformat() if isinstance(value, date) else value


def _places(process: type[Process], written: str | Raw) -> str | dict[str, str] | None:
    """Return the places of a case, by their codes or names; None if the file has none."""
    if isinstance(written, str):
        return read_region(written) if written else None
    return {names.place(process, name).name: read_region(str(code)) for name, code in written.items()}
