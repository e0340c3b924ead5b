"""Logs in XES, the format of the IEEE (1849) that tools for process mining exchange."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, cast
from xml.etree import ElementTree as ET

from ssflow.calendar.clock import ZONE, instant_of, recorded
from ssflow.converters.files import reading, writing
from ssflow.errors import DataError
from ssflow.logs.log import ACTIVITY, LIFECYCLE, PROFILE, RESOURCE, TIME, EventLog

_NAMESPACE = "http://www.xes-standard.org/"
_EXTENSIONS = (("Concept", "concept"), ("Time", "time"), ("Organizational", "org"), ("Lifecycle", "lifecycle"))
_OF_TRACE = "case:"
_NAME = "concept:name"
_DAY_ONLY = "ssflow:day_only"  # XES knows only instants: this one stands for its day
_MISSING = "nan"  # what tools on pandas write for an attribute that an event does not have


def read(path: Path) -> Iterator[dict[str, Any]]:
    """Yield a row for each event; the attributes of its trace are called ``case:...``."""
    with reading(path):
        opened = _opened(path, "rb")
    try:
        with opened as file:
            events = ET.iterparse(file, ["start", "end"])  # noqa: S314 - expat bounds what entities grow to
            _, root = next(events)
            if _tag(root) != "log":
                zh, en = f"应以<log>开头；实际为<{_tag(root)}>", f"it has to begin with <log>, not with <{_tag(root)}>"
                raise DataError.of(path, f"不是XES文件：{zh}", f"no XES file: {en}")
            for happened, element in events:
                if happened == "end" and _tag(element) == "trace":
                    shared = {f"{_OF_TRACE}{key}": value for key, value in _attributes(element).items()}
                    yield from ({**shared, **_attributes(event)} for event in element if _tag(event) == "event")
                    element.clear()
    except (OSError, EOFError, ET.ParseError, ValueError) as error:
        raise DataError.of(
            path, f"不是可以读取的XES文件：{error}", f"cannot be read as an XES file: {error}"
        ) from error


def write(log: EventLog, path: Path) -> None:
    """Write the log as XES, with a trace for each case."""
    root = ET.Element("log", {"xes.version": "1.0", "xmlns": _NAMESPACE})
    for name, prefix in _EXTENSIONS:
        ET.SubElement(root, "extension", {"name": name, "prefix": prefix, "uri": f"{_NAMESPACE}{prefix}.xesext"})
    for case, entries in log.traces():
        trace = ET.SubElement(root, "trace")
        _attribute(trace, "string", _NAME, case)
        if entries[0].profile:
            _attribute(trace, "string", PROFILE.removeprefix(_OF_TRACE), entries[0].profile)
        for entry in entries:
            event = ET.SubElement(trace, "event")
            _attribute(event, "string", ACTIVITY, entry.activity)
            _attribute(event, "date", TIME, instant_of(entry.time, ZONE).isoformat(timespec="milliseconds"))
            if not isinstance(entry.time, datetime):
                _attribute(event, "boolean", _DAY_ONLY, "true")
            for key, value in ((RESOURCE, entry.resource), (LIFECYCLE, entry.lifecycle)):
                if value:
                    _attribute(event, "string", key, value)
    ET.indent(root)
    with writing(path), _opened(path, "wb") as file:
        ET.ElementTree(root).write(file, encoding="utf-8", xml_declaration=True)


def _opened(path: Path, mode: str) -> IO[bytes]:
    return cast("IO[bytes]", gzip.open(path, mode) if path.suffix.casefold() == ".gz" else path.open(mode))


def _tag(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def _attribute(parent: ET.Element, kind: str, key: str, value: str) -> None:
    ET.SubElement(parent, kind, {"key": key, "value": value})


def _attributes(element: ET.Element) -> dict[str, Any]:
    """Return the attributes of a trace or an event, without nested ones."""
    found = {one.get("key", ""): _value(one) for one in element if "key" in one.keys()}  # noqa: SIM118 - no mapping
    for key in (RESOURCE, LIFECYCLE):
        if found.get(key) == _MISSING:
            del found[key]
    if found.pop(_DAY_ONLY, None) == "true" and isinstance(when := found.get(TIME), datetime):
        found[TIME] = recorded(when, ZONE).date()
    return found


def _value(element: ET.Element) -> Any:
    value = element.get("value", "")
    if _tag(element) != "date" or not value:
        return value
    when = datetime.fromisoformat(value)
    return when if when.utcoffset() is not None else when.replace(tzinfo=UTC)
