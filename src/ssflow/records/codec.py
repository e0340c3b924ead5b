"""Events and cases as text: JSON of names and dates only. The one place that knows how they are written.

The text of an event is what is stored and hashed; it is never rewritten. Older schemas are brought up to date when they are read: the envelope
by `UPCASTS` (the n-th takes schema n to n + 1), an activity's data by its own ``upcasts``; what was called otherwise when it was written is
read as what it is called now. The text of a case is a shortcut that spares reading
all its events; it is read only by the definition that wrote it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from typing import Any

from attrs import evolve, field, frozen

from ssflow.case import Case, Event
from ssflow.converters import faults_of, field_types
from ssflow.doors import check_callable, check_kind, checked, of_kind
from ssflow.errors import CodecError, DefinitionError, ErasedError, Fault, InputError, MissingExtraError, UnknownError
from ssflow.persons import without_numbers
from ssflow.process import Process
from ssflow.records.keys import KeyStore, check_keys
from ssflow.records.personal import SEALED_BY, close_case, close_event, opened
from ssflow.records.renamed import in_present_names, links_in_present_names, recorded_part, recorded_process
from ssflow.records.vault import Vault
from ssflow.records.written import WrittenCase, converter_of
from ssflow.text import Text

_CASES = 3  # the form and meaning of a written case; a higher number has every case made anew of its events
UPCASTS: tuple[Callable[[dict[str, Any]], dict[str, Any]], ...] = ()
# Parts that events had not at first: left out where they are empty, so that old and new events are equal texts.
_LATER = ("regime", "actor", "corrector", "came_from", "before", "after", "sets_aside", "brings", "cause", "maps")
_SCHEMA, _DATA, _DATA_SCHEMA = "schema", "data", "data_schema"


@frozen
class Codec:
    """How events and cases are written and read, each by the definition of its version; ``process_of`` finds the newest by its name.

    ``keys`` open what is stored of persons; it is written under the key of the fingerprint ``sealed_by``, as it is if there is none.
    """

    process_of: Callable[[str], type[Process]] = field(validator=checked(check_callable))
    keys: KeyStore | None = field(default=None, kw_only=True, validator=checked(check_keys))
    sealed_by: str = field(default="", kw_only=True, validator=of_kind(str))

    def definition_of(self, event: Event) -> type[Process]:
        """The definition by which an event was recorded; raises UnknownError if there is none of its version."""
        return self.process_of(event.process).at(event.process_version)

    def encode(self, event: Event) -> str:
        """An event as one line of JSON, keys sorted, so that equal events are equal texts.

        Raises:
            CodecError: the event could not be read back as it is; nothing that cannot be read may be stored.

        """
        check_kind("event", event, Event)
        try:
            text = self._text_of(event)
            is_kept = self.decode(text) == event and bool(text.encode())
        except (CodecError, DefinitionError, ErasedError, MissingExtraError, UnknownError):
            raise
        except Exception as error:
            raise _not_kept(event) from error
        if not is_kept:
            raise _not_kept(event)
        return text

    def _text_of(self, event: Event) -> str:
        process = self.definition_of(event)
        raw: dict[str, Any] = converter_of(process).unstructure(event)
        for name in _LATER:
            if not raw[name]:
                del raw[name]
        raw[_SCHEMA] = len(UPCASTS) + 1
        if event.data is not None:
            raw[_DATA_SCHEMA] = process.activity(event.activity).schema
        if self.keys and self.sealed_by:
            raw[SEALED_BY] = self.sealed_by
            close_event(raw, event.data, Vault(self.keys, self.sealed_by, (event.case, event.version, "event")).close)
        return _json(raw)

    def decode(self, text: str) -> Event:
        """The event that a text was made of.

        Raises:
            CodecError: the text is damaged, of a newer schema or of a newer version of its procedure; it says which event.
            UnknownError: the procedure or this version of it is not installed, or has no part of a name in the text: it was renamed
                without saying so.

        """
        check_kind("text", text, str)
        try:
            raw = self._opened(_having(json.loads(text), _SCHEMA), "event")
            raw = _having(_up_to_date(raw, raw.pop(_SCHEMA), UPCASTS, "event"), "process", _DATA)
            check_kind("process", raw["process"], str)
            process = _at_version(recorded_process(raw["process"], self.process_of), raw.get("process_version"))
            converter = converter_of(process)
            data_schema = raw.pop(_DATA_SCHEMA, 1)
            if raw[_DATA] is not None:
                raw[_DATA] = _data_of(process, raw, data_schema)
            return in_present_names(converter.structure(raw, Event), process, self.process_of)
        except (CodecError, DefinitionError, MissingExtraError, UnknownError):
            raise
        except Exception as error:
            found, which = Text.join([fault.both for fault in faults_of(error)]), _which(text)
            zh = f"已存的事件{which.zh}无法读取：{without_numbers(found.zh)}"
            en = f"a stored event {which.en} cannot be read: {without_numbers(found.en)}"
            raise CodecError(Text(zh, en)) from error

    def encode_case(self, case: Case) -> str:
        """The present state of a case, as text; empty if its facts could not be read back unchanged: it is then made from its events each time."""
        check_kind("case", case, Case)
        converter = converter_of(case.process)
        try:
            facts = converter.unstructure(case.facts)
            if converter.structure(facts, case.process.facts) != case.facts:
                return ""
            raw = converter.unstructure(WrittenCase.of(evolve(case, facts=facts), definition_digest(case.process)))
            if self.keys and self.sealed_by:
                raw[SEALED_BY] = self.sealed_by
                close_case(raw, case.facts, Vault(self.keys, self.sealed_by, (case.id, case.version, "case")).close)
            return _json(raw)
        except Exception:  # noqa: BLE001 - facts may be of any class
            return ""

    def decode_case(self, text: str) -> Case | None:
        """The case that a text was made of; None if it was made by another definition, or cannot be read: its events can."""
        check_kind("text", text, str)
        try:
            raw = json.loads(text)
            newest = self.process_of(raw["process"])
            process = next((one for one in newest.versions() if definition_digest(one) == raw["definition"]), None)
            if process is None:
                return None
            if raw.get(SEALED_BY) and self.keys and self.keys.key(raw[SEALED_BY]) is None:
                return None  # what follows from its events alone is the same for ever
            raw = self._opened(raw, "case")
            converter = converter_of(process)
            written: WrittenCase = converter.structure(raw, WrittenCase)
            case = written.read(process, converter.structure(written.facts, process.facts))
            return evolve(case, links=links_in_present_names(case.links, self.process_of)) if case.links else case
        except Exception:  # noqa: BLE001 - whatever is wrong with it, it is only a shortcut
            return None

    def _opened(self, raw: dict[str, Any], kind: str) -> dict[str, Any]:
        """A written event or case with what is sealed in it opened; raises CodecError if it cannot be."""
        fingerprint = raw.pop(SEALED_BY, "")
        if not fingerprint:
            return raw
        check_kind(SEALED_BY, fingerprint, str)
        name = "case" if kind == "event" else "id"
        raw = _having(raw, name, "version")
        place = (str(raw[name]), raw["version"], kind)
        if self.keys is None:
            zh = f"办件{place[0]}的个人信息已加密；请给出密钥库：Cases(..., keys=...)"
            en = f"the personal data of case {place[0]} is encrypted: give its key store, Cases(..., keys=...)"
            raise CodecError(Text(zh, en))
        read: dict[str, Any] = opened(raw, Vault(self.keys, fingerprint, place).open)
        return read


def sealed_by(text: str) -> str:
    """The fingerprint of the key under which a text was written, empty if there is none."""
    with suppress(ValueError, AttributeError):
        return str(json.loads(text).get(SEALED_BY, ""))
    return ""


_DIGESTS: dict[type[Process], str] = {}


def definition_digest(process: type[Process]) -> str:
    """What tells one definition of a procedure from another, as far as a written case depends on it."""
    if process not in _DIGESTS:
        _DIGESTS[process] = _digest(process)
    return _DIGESTS[process]


def _digest(process: type[Process]) -> str:
    facts = [f"{name}: {kind}" for name, kind in field_types(process.facts).items()]
    schemas = [f"{activity.name} {activity.schema}" for activity in process.activities]
    parts = [part.name for part in (*process.states, *process.clocks, *process.roles, *process.places)]
    regimes = [regime.name for regime in process.regimes() if regime]
    said = [str(_CASES), str(process.version), *facts, *schemas, *parts, *regimes]
    return sha256("\n".join(said).encode()).hexdigest()[:16]


def _having(raw: object, *names: str) -> dict[str, Any]:
    """The fields of an event, if those are among them by which all others are read; raises InputError."""
    if not isinstance(raw, dict):
        raise InputError.of("", "须为一组字段", "fields by name are required")
    if missing := [name for name in names if name not in raw]:
        raise InputError(*(Fault(name, Text("缺少此项", "is missing")) for name in missing))
    return raw


def _at_version(process: type[Process], version: object) -> type[Process]:
    """The definition of the version that wrote a record. What a newer one wrote an older one may read wrongly, so it is refused."""
    if not isinstance(version, int):  # told with what else is wrong with the text
        return process
    if version > process.version:
        zh = f"{process.name}第{version}版定义所写，现有的是第{process.version}版；请安装较新的定义"
        en = f"it was written by version {version} of {process.name}, and this is version {process.version}: install the newer one"
        raise CodecError(Text(zh, en))
    return process.at(version)


def _data_of(process: type[Process], raw: dict[str, Any], schema: object) -> Any:
    """Return the data of a written event, by the activity that took it, under its present or an older name."""
    name = raw.get("activity")
    check_kind("activity", name, str)
    activity = recorded_part(process, "activity", process.names.activities, str(name))
    if activity.data is None:
        raise CodecError(Text(f"“{activity.zh}”不带材料", f"{activity.name} takes no data"))
    data = _up_to_date(_having(raw[_DATA]), schema, activity.upcasts, activity.name)
    return converter_of(process).structure(data, activity.data)


def _which(text: str) -> Text:
    """Which event a damaged text was, as far as it tells. Nothing else of it is shown: it may be about a person."""
    case, versions = re.search(r'"case":"([^"\\]{1,80})"', text), re.findall(r'"version":(\d{1,9})\b', text)
    if case is None or not versions:
        return Text(f"（共{len(text)}字）", f"(of {len(text)} characters)")
    id_ = without_numbers(case[1])
    return Text(f"（办件{id_}第{versions[-1]}号）", f"({id_}, event {versions[-1]})")


def _not_kept(event: Event) -> CodecError:
    zh = f"办件{event.case}的第{event.version}个事件存入后不能原样读回；请检查其材料的类型"
    en = f"event {event.version} of case {event.case} would not be read back as it is; check the types of its data"
    return CodecError(Text(zh, en))


_json = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def _up_to_date(
    raw: dict[str, Any], schema: object, upcasts: tuple[Callable[[dict[str, Any]], dict[str, Any]], ...], what: str
) -> dict[str, Any]:
    if type(schema) is not int or schema < 1:
        raise InputError.of(_SCHEMA, "须为不小于1的整数", "a whole number from 1 on is required")
    if schema > len(upcasts) + 1:
        known = len(upcasts) + 1
        zh = f"{what}的格式{schema}由更新的ssflow写成，本版只读到{known}；请升级"
        en = f"{what} of schema {schema} was written by a newer ssflow; this one reads up to {known}: upgrade it"
        raise CodecError(Text(zh, en))
    for upcast in upcasts[schema - 1 :]:
        raw = upcast(raw)
    return raw
