"""The codec of events and cases: their texts are JSON of names and dates only.

The text of an event is stored and hashed; it is never rewritten. Older schemas are brought up to date when they are read: the envelope by
`UPCASTS` (the n-th takes schema n to n + 1), the data of an activity by its own ``upcasts``, and older names by `in_present_names`. The text of
a case spares reading all its events; it is read only by the definition that wrote it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from json.encoder import encode_basestring as quoted
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
from ssflow.records.written import OMITTED, WrittenCase, converter_of, writers_of
from ssflow.text import Text

_CASES = 3  # the form and meaning of a written case; a higher number makes every case be read from its events again
UPCASTS: tuple[Callable[[dict[str, Any]], dict[str, Any]], ...] = ()
_SCHEMA, _DATA, _DATA_SCHEMA = "schema", "data", "data_schema"


@frozen
class Codec:
    """A codec that writes and reads events and cases by the definitions of their versions; ``process_of`` finds the newest by its name.

    ``keys`` decrypt personal data. It is encrypted under the key with the fingerprint ``sealed_by``, and written in plain text without one.
    """

    process_of: Callable[[str], type[Process]] = field(validator=checked(check_callable))
    keys: KeyStore | None = field(default=None, kw_only=True, validator=checked(check_keys))
    sealed_by: str = field(default="", kw_only=True, validator=of_kind(str))

    def definition_of(self, event: Event) -> type[Process]:
        """Return the definition by which an event was recorded; raises UnknownError if its version does not exist."""
        return self.process_of(event.process).at(event.process_version)

    def encode(self, event: Event) -> str:
        """Return an event as one line of JSON with sorted keys, so that equal events are equal texts.

        Raises:
            CodecError: the event could not be read back unchanged.

        """
        check_kind("event", event, Event)
        try:
            if not self.sealed_by:
                return self._sound_text(event)
        except Exception:  # noqa: BLE001, S110 - what is unusual is written with care
            pass
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

    def _sound_text(self, event: Event) -> str:
        """Return the text of an event that will be read back unchanged, because each of its parts is of the type that is read there."""
        process = self.definition_of(event)
        if in_present_names(event, process, self.process_of) is not event:
            raise _not_kept(event)
        data, data_schema, writers = "null", "", writers_of(process)
        if event.data is not None:
            activity = process.activity(event.activity)
            if type(event.data) is not activity.data:
                raise _not_kept(event)
            data, data_schema = writers.of(activity.data)(event.data), str(activity.schema)
        text = writers.of(Event)(event, data, data_schema, str(len(UPCASTS) + 1))
        text.encode()
        return text

    def _text_of(self, event: Event) -> str:
        process = self.definition_of(event)
        raw: dict[str, Any] = converter_of(process).unstructure(event)
        for name in OMITTED[Event]:
            if not raw[name]:
                del raw[name]
        raw[_SCHEMA] = len(UPCASTS) + 1
        if event.data is not None:
            raw[_DATA_SCHEMA] = process.activity(event.activity).schema
        if self.sealed_by:
            raw[SEALED_BY] = self.sealed_by
            close_event(raw, event.data, self._vault(self.sealed_by, (event.case, event.version, "event")).close)
        return _json(raw)

    def decode(self, text: str) -> Event:
        """Return the event that is written in a text.

        Raises:
            CodecError: the text is damaged, of a newer schema or of a newer version of its procedure; the error names the event.
            UnknownError: the procedure or its version is not installed, or has no part of a name in the text, because the part was renamed
                without ``was=``.

        """
        check_kind("text", text, str)
        try:
            return self._sound_event(text)
        except Exception:  # noqa: BLE001, S110 - what is unusual is read with care
            pass
        try:
            raw = self._opened(_having(json.loads(text), _SCHEMA), "event")
            raw = _having(_up_to_date(raw, raw.pop(_SCHEMA), UPCASTS, "event"), "process", _DATA)
            check_kind("process", raw["process"], str)
            process = _at_version(recorded_process(raw["process"], self.process_of), raw.get("process_version"))
            converter = converter_of(process)
            data_schema = raw.pop(_DATA_SCHEMA, None)
            if raw[_DATA] is not None:
                raw[_DATA] = _data_of(process, raw.get("activity"), raw[_DATA], data_schema)
            return in_present_names(converter.structure(raw, Event), process, self.process_of)
        except (CodecError, DefinitionError, MissingExtraError, UnknownError):
            raise
        except Exception as error:
            found, which = Text.join([fault.both for fault in faults_of(error)]), _which(text)
            zh = f"已存的事件{which.zh}无法读取：{without_numbers(found.zh)}"
            en = f"a stored event {which.en} cannot be read: {without_numbers(found.en)}"
            raise CodecError(Text(zh, en)) from error

    def _sound_event(self, text: str) -> Event:
        """Return the event in a text as `encode` writes it now, in present names and schemas and in plain text; raises at any other."""
        raw, end = _scan(text)
        process = self.process_of(raw["process"]).at(raw["process_version"])
        converter, is_sound = converter_of(process), end == len(text) and _is(raw.pop(_SCHEMA), len(UPCASTS) + 1)
        if (data := raw[_DATA]) is not None:
            activity = process.activity(raw["activity"])
            is_sound = is_sound and activity.data is not None and _is(raw.pop(_DATA_SCHEMA), activity.schema)
            raw[_DATA] = converter.structure(data, activity.data)
        event: Event = converter.structure(raw, Event)
        if not is_sound or in_present_names(event, process, self.process_of) is not event:
            raise ValueError
        return event

    def encode_case(self, case: Case) -> str:
        """Return the present state of a case, as text; empty if its facts could not be read back unchanged, and its events must be read instead."""
        check_kind("case", case, Case)
        try:
            if not self.sealed_by:
                return self._sound_case(case)
        except Exception:  # noqa: BLE001, S110 - as above
            pass
        try:
            converter = converter_of(case.process)
            facts = converter.unstructure(case.facts)
            if converter.structure(facts, case.process.facts) != case.facts:
                return ""
            raw = converter.unstructure(WrittenCase.of(case, facts, definition_digest(case.process)))
            if self.sealed_by:
                raw[SEALED_BY] = self.sealed_by
                close_case(raw, case.facts, self._vault(self.sealed_by, (case.id, case.version, "case")).close)
            return _json(raw)
        except Exception:  # noqa: BLE001 - facts may be of any class
            return ""

    def _sound_case(self, case: Case) -> str:
        """Return the text of a case in the short way, as `_sound_text` does of an event."""
        process = case.process
        writers = writers_of(process)
        return writers.of(Case)(
            case,
            came_from=quoted(case.came_from.name) if case.came_from else '""',
            definition=quoted(definition_digest(process)),
            facts=writers.of(process.facts)(case.facts),
            process=quoted(process.name),
            regime=quoted(case.regime.name) if case.regime else '""',
            state=quoted(case.state.name) if case.state else '""',
        )

    def decode_case(self, text: str) -> Case | None:
        """Return the case that is written in a text; None if another definition wrote it or it is unreadable, and its events must be read."""
        check_kind("text", text, str)
        try:
            raw, end = _scan(text)
            newest = self.process_of(raw["process"])
            process = next((one for one in newest.versions() if definition_digest(one) == raw["definition"]), None)
            if process is None or end < len(text):
                return None
            if raw.get(SEALED_BY) and self.keys and self.keys.key(raw[SEALED_BY]) is None:
                return None  # after erasure a case is always read from its events, so that the result stays the same
            raw = self._opened(raw, "case")
            converter = converter_of(process)
            written: WrittenCase = converter.structure(raw, WrittenCase)
            case = written.read(process, converter.structure(written.facts, process.facts))
            return evolve(case, links=links_in_present_names(case.links, self.process_of)) if case.links else case
        except Exception:  # noqa: BLE001 - after any error the events are read instead
            return None

    def _opened(self, raw: dict[str, Any], kind: str) -> dict[str, Any]:
        """Return a written event or case with its personal data decrypted; raises CodecError if they are encrypted and no key store is given."""
        fingerprint = raw.pop(SEALED_BY, "")
        if not fingerprint:
            return raw
        check_kind(SEALED_BY, fingerprint, str)
        name = "case" if kind == "event" else "id"
        raw = _having(raw, name, "version")
        read: dict[str, Any] = opened(raw, self._vault(fingerprint, (str(raw[name]), raw["version"], kind)).open)
        return read

    def _vault(self, fingerprint: str, place: tuple[str, int, str]) -> Vault:
        if self.keys is None:
            zh = f"办件{place[0]}的个人信息已加密；请给出密钥库：Cases(..., keys=...)"
            en = f"the personal data of case {place[0]} is encrypted: give its key store, Cases(..., keys=...)"
            raise CodecError(Text(zh, en))
        return Vault(self.keys, fingerprint, place)


def sealed_by(text: str) -> str:
    """Return the fingerprint of the key under which a text was written; empty if there is none."""
    with suppress(ValueError, AttributeError):
        return str(json.loads(text).get(SEALED_BY, ""))
    return ""


_DIGESTS: dict[type[Process], str] = {}


def definition_digest(process: type[Process]) -> str:
    """Return a digest of those parts of a definition on which a written case depends."""
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
    """Return the fields of a written record; raises InputError if it is not a JSON object with all these names."""
    if isinstance(raw, dict) and raw.keys() >= set(names):
        return raw
    if not isinstance(raw, dict):
        raise InputError.of("", "须为一组字段", "fields by name are required")
    raise InputError(*(Fault(name, Text("缺少此项", "is missing")) for name in names if name not in raw))


def _at_version(process: type[Process], version: object) -> type[Process]:
    """Return the definition of the version that wrote a record; raises CodecError for a newer version, which could be read wrongly."""
    if not isinstance(version, int):  # reported later, with the other faults of the text
        return process
    if version > process.version:
        zh = f"{process.name}第{version}版定义所写，现有的是第{process.version}版；请安装较新的定义"
        en = f"it was written by version {version} of {process.name}, and this is version {process.version}: install the newer one"
        raise CodecError(Text(zh, en))
    return process.at(version)


def _data_of(process: type[Process], name: object, raw: object, schema: object) -> Any:
    """Return the data of a written event, by the activity that took it, under its present or an older name."""
    check_kind("activity", name, str)
    activity = recorded_part(process, "activity", process.names.activities, str(name))
    if activity.data is None:
        raise CodecError(Text(f"“{activity.zh}”不带材料", f"{activity.name} takes no data"))
    data = _up_to_date(_having(raw), schema, activity.upcasts, activity.name)
    return converter_of(process).structure(data, activity.data)


def _which(text: str) -> Text:
    """Return the case and number of the event in a damaged text, if they can be read; the rest is not shown, because it may be about a person."""
    case, versions = re.search(r'"case":"([^"\\]{1,80})"', text), re.findall(r'"version":(\d{1,9})\b', text)
    if case is None or not versions:
        return Text(f"（共{len(text)}字）", f"(of {len(text)} characters)")
    id_ = without_numbers(case[1])
    return Text(f"（办件{id_}第{versions[-1]}号）", f"({id_}, event {versions[-1]})")


def _not_kept(event: Event) -> CodecError:
    zh = f"办件{event.case}的第{event.version}个事件存入后不能原样读回；请检查其材料的类型"
    en = f"event {event.version} of case {event.case} would not be read back as it is; check the types of its data"
    return CodecError(Text(zh, en))


_scan = json.JSONDecoder().raw_decode
_json = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def _is(schema: object, present: int) -> bool:
    return type(schema) is int and schema == present


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
