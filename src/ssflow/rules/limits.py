"""Limits of general administrative law, by statute and article: how long a licence may take, when a hearing is announced.

They are not figures of a procedure. They serve by analogy, where a special rule is silent.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

from attrs import frozen

from ssflow.calendar.spans import Span
from ssflow.converters import read_toml, structure
from ssflow.sources import Confidence
from ssflow.text import NO_TEXT, Text

Bound = Literal["authority", "party", "both"]


@frozen(kw_only=True)
class Limit:
    """One limit: what must be done, by whom, how long after (or before) which event, and the article that says so.

    ``span`` is None where an article gives a way of counting and no length. ``since`` is the day from which the statute is in force.
    ``confidence`` grades the whole entry, first day included.
    """

    statute: Text
    article: str
    title: Text
    span: Span | None
    bound: Bound
    starts: Text | None
    since: date
    confidence: Confidence = "statute"
    url: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    note: Text = NO_TEXT


@cache
def statutory_limits() -> tuple[Limit, ...]:
    """Return all limits, in the order of the statutes and their articles."""
    path = Path(__file__).with_name("limits.toml")
    statutes = structure(read_toml(path), _File, path).statute
    return tuple(_limit(statute, entry) for statute in statutes for entry in statute.limit)


@frozen(kw_only=True)
class _Entry:
    article: str
    title: Text
    bound: Bound
    confidence: Confidence = "statute"
    span: str = ""
    before: bool = False
    starts: Text | None = None
    url: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    note: Text = NO_TEXT


@frozen(kw_only=True)
class _Statute:
    title: Text
    since: date
    limit: tuple[_Entry, ...]
    url: tuple[str, ...] = ()
    note: Text = NO_TEXT


@frozen
class _File:
    statute: tuple[_Statute, ...]


def _limit(statute: _Statute, entry: _Entry) -> Limit:
    return Limit(
        statute=statute.title,
        article=entry.article,
        title=entry.title,
        span=_span(statute.title, entry) if entry.span else None,
        bound=entry.bound,
        starts=entry.starts,
        since=statute.since,
        confidence=entry.confidence,
        url=(*statute.url, *entry.url),
        rows=entry.rows,
        note=Text.join([note for note in (entry.note, statute.note) if note], "", " "),
    )


def _span(statute: Text, entry: _Entry) -> Span:
    basis = Text(f"《{statute.zh}》第{entry.article}条", f"{statute.en} {entry.article}")
    length = Span.parse(entry.span)
    return Span(length.n, length.unit, before=entry.before, basis=basis)
