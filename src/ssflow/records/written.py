"""The written forms of cases and obligations: parts of a procedure are written by their names, spans in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache, lru_cache
from json.encoder import encode_basestring as quoted
from typing import Any

import attrs
from attrs import frozen

from ssflow.calendar import DeadlineStatus, Span, Tolled
from ssflow.calendar.spans import Roll
from ssflow.case import Case, Done, Event, LinkRef, Obligation
from ssflow.case.case import regime_named
from ssflow.case.obligations import Granted
from ssflow.converters import stored_converter
from ssflow.converters.texts import Form, Writers, listed
from ssflow.errors import InputError
from ssflow.process import Process
from ssflow.process.parts import Titled
from ssflow.records.renamed import recorded_part
from ssflow.slots import quick


@frozen(kw_only=True)
class WrittenGrant:
    """The written form of an extension that may be taken back."""

    by: str
    cites: tuple[str, ...] = ()


@quick
@frozen(kw_only=True)
class WrittenObligation:
    """The written form of an obligation; ``rolls`` says for each of the ``spans`` how it treats a last day that is a rest day.

    Its fields are spelt out, although most are those of `Obligation`: records stay as they were written even if that class changes.
    """

    clock: str
    owed_by: str = ""
    spans: tuple[str, ...] = ()
    rolls: tuple[Roll, ...] = ()
    waits_for: str = ""
    starts: date | None = None
    began: datetime | None = None
    tolled: tuple[Tolled, ...] = ()
    due: date | None = None
    closes: datetime | None = None
    status: DeadlineStatus | None = None
    cites: tuple[str, ...] = ()
    confidence: str = ""
    region: str = ""
    overdue: bool = False
    granted: tuple[WrittenGrant, ...] = ()

    @classmethod
    def of(cls, o: Obligation) -> WrittenObligation:
        """Return the written form of an obligation."""
        return cls(
            clock=o.clock.name,
            owed_by=o.owed_by.name if o.owed_by else "",
            spans=tuple([str(span) for span in o.spans]) if o.spans else (),
            rolls=tuple([span.roll for span in o.spans]) if o.spans else (),
            waits_for=o.waits_for.name if o.waits_for else "",
            starts=o.starts,
            began=o.began,
            tolled=o.tolled,
            due=o.due,
            closes=o.closes,
            status=o.status,
            cites=o.cites,
            confidence=o.confidence,
            region=o.region,
            overdue=o.overdue,
            granted=tuple([WrittenGrant(by=one.by.name, cites=one.cites) for one in o.granted]) if o.granted else (),
        )

    def read(self, process: type[Process]) -> Obligation:
        """Return the obligation as it was; raises UnknownError if the procedure lacks one of its parts, InputError if a span cannot be read."""
        names = process.names
        if len(self.spans) != len(self.rolls):
            raise InputError.of("rolls", "须与spans一一对应", "one for each of the spans is required")
        return Obligation(
            clock=recorded_part(process, "clock", names.clocks, self.clock),
            owed_by=recorded_part(process, "role", names.roles, self.owed_by) if self.owed_by else None,
            spans=tuple(map(_span, self.spans, self.rolls)) if self.spans else (),
            waits_for=recorded_part(process, "activity", names.activities, self.waits_for) if self.waits_for else None,
            starts=self.starts,
            began=self.began,
            tolled=self.tolled,
            due=self.due,
            closes=self.closes,
            status=self.status,
            cites=self.cites,
            confidence=self.confidence,
            region=self.region,
            overdue=self.overdue,
            granted=tuple(
                [
                    Granted(recorded_part(process, "activity", names.activities, one.by), one.cites)
                    for one in self.granted
                ]
            )
            if self.granted
            else (),
        )


@quick
@frozen(kw_only=True)
class WrittenCase:
    """The written form of a case: ``facts`` are plain data, ``definition`` is the digest of the procedure that wrote it."""

    definition: str
    id: str
    process: str
    places: dict[str, str]
    regime: str
    lost_regime: str
    state: str
    came_from: str
    facts: dict[str, Any]
    version: int
    obligations: tuple[Obligation, ...]
    parties: dict[str, str]
    links: tuple[LinkRef, ...]
    done: dict[str, Done]
    last: date | datetime | None

    @classmethod
    def of(cls, case: Case, facts: dict[str, Any], definition: str) -> WrittenCase:
        """Return the written form of a case, with its facts as plain data."""
        return cls(
            definition=definition,
            id=case.id,
            process=case.process.name,
            places=dict(case.places),
            regime=case.regime.name if case.regime else "",
            lost_regime=case.lost_regime,
            state=case.state.name if case.state else "",
            came_from=case.came_from.name if case.came_from else "",
            facts=facts,
            version=case.version,
            obligations=case.obligations,
            parties=dict(case.parties),
            links=case.links,
            done=dict(case.done),
            last=case.last,
        )

    def read(self, process: type[Process], facts: Any) -> Case:
        """Return the case as it was, with these facts."""
        return Case(
            id=self.id,
            process=process,
            places=self.places,
            regime=regime_named(process, self.regime),
            lost_regime=self.lost_regime,
            state=process.state(self.state) if self.state else None,
            came_from=process.state(self.came_from) if self.came_from else None,
            facts=facts,
            version=self.version,
            obligations=self.obligations,
            parties=self.parties,
            links=self.links,
            done=self.done,
            last=self.last,
        )


# The fields that are left out of a record where they are empty. The first records spelt some of them out; the data of an event is always there.
OMITTED: Mapping[type, tuple[str, ...]] = {
    cls: tuple(one.name for one in attrs.fields(cls) if one.default in (None, "", (), False) and one.name != "data")
    for cls in (Event, WrittenObligation)
}
_CONVERTERS: dict[type[Process], Any] = {}  # cattrs converters
_WRITERS: dict[type[Process], Writers] = {}
_SPANS = 4096  # kept in words


def converter_of(process: type[Process]) -> Any:
    """Return the converter that reads and writes the records of a procedure, made on first use."""
    if process not in _CONVERTERS:
        _CONVERTERS[process] = _converter(process)
    return _CONVERTERS[process]


def writers_of(process: type[Process]) -> Writers:
    """Return the writers of sound records of a procedure, made on first use; whatever they write is read back as an equal value.

    The writer of an event takes the texts of its data, of the schema of the data and of that of the event; the writer of a case those of its
    facts, of the names of its parts and of the digest of its definition.
    """
    if process not in _WRITERS:
        _WRITERS[process] = _writers(process)
    return _WRITERS[process]


def _converter(process: type[Process]) -> Any:
    converter = stored_converter()

    def written(o: Obligation) -> Any:
        raw = converter.unstructure(WrittenObligation.of(o))
        for name in OMITTED[WrittenObligation]:
            if not raw[name]:
                del raw[name]
        return raw

    converter.register_unstructure_hook(Obligation, written)
    read = converter.get_structure_hook(WrittenObligation)
    converter.register_structure_hook(Obligation, lambda raw, _: read(raw, WrittenObligation).read(process))
    return converter


def _writers(process: type[Process]) -> Writers:
    names = process.names

    def written(o: Obligation) -> str:
        spans, rolls = ("", "") if o.spans == () else _texts(o.spans)
        return write(
            o,
            clock=_name(o.clock, names.clocks),
            owed_by="" if o.owed_by is None else _name(o.owed_by, names.roles),
            waits_for="" if o.waits_for is None else _name(o.waits_for, names.activities),
            spans=spans,
            rolls=rolls,
            granted="" if o.granted == () else grants(o.granted),
        )

    def grant(granted: Granted) -> str:
        return write_grant(granted, by=_name(granted.by, names.activities))

    forms = {
        Event: Form(OMITTED[Event], given=("data", "data_schema", "schema")),
        Obligation: Form(
            OMITTED[WrittenObligation], given=("clock", "owed_by", "waits_for", "spans", "rolls", "granted")
        ),
        Granted: Form(given=("by",)),
        Case: Form(given=("came_from", "definition", "facts", "process", "regime", "state")),
    }
    writers = Writers(forms, through={Obligation: written})
    write, write_grant = writers.of(Obligation), writers.of(Granted)
    grants = listed(grant)
    return writers


def _name(part: Titled, known: Mapping[str, Titled]) -> str:
    """Return the text of the name by which a part is read back; raises an error for one that is not."""
    if known[part.name] is not part:
        raise TypeError(part)
    return quoted(part.name)


@cache
def _span(text: str, roll: Roll) -> Span:
    return Span.parse(text).rolled(roll)


@lru_cache(_SPANS)
def _texts(spans: tuple[Span, ...]) -> tuple[str, str]:
    """Return the texts of the words and of the rolls from which spans are read back; raises TypeError where these do not tell all."""
    if type(spans) is not tuple or any(_span(str(span), span.roll) != span for span in spans):
        raise TypeError(spans)
    return f"[{','.join(quoted(str(span)) for span in spans)}]", f"[{','.join(quoted(span.roll) for span in spans)}]"
