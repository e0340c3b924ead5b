"""One figure of law: a span, a sum of money, a yes-or-no or a choice, from a day on, in a place, with its source."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from attrs import field, frozen

from ssflow.calendar import Span
from ssflow.calendar.spans import Roll
from ssflow.regions import NATION
from ssflow.rules.citations import Citation, parse_citations
from ssflow.sources import Confidence
from ssflow.text import Text

# None: the place has a rule, and it sets no number (a card valid for good). A text names one of the choices of its rulebook.
Amount = Span | Decimal | bool | str | None
Keys = Mapping[str, str]


@frozen(kw_only=True)
class Value:
    """One figure and everything needed to judge it.

    ``since`` and ``until`` are the first and the last day on which it is in force; ``evidence`` says how ``since`` is
    known where no source gives the day. ``when`` restricts the figure to cases with these keys (channel, generation of
    the card). ``starts`` names the activity that starts its clock and ``owed_by`` the role that is bound, where the
    place differs from the procedure's rule. ``rolls`` tells that the file itself says how a last day that rests is treated. ``confidence`` grades the source, ``rows`` the research it comes from.
    """

    parameter: str
    amount: Amount
    since: date
    cites: tuple[Citation, ...]
    text: str
    confidence: Confidence
    region: str = NATION
    until: date | None = None
    evidence: str = ""
    when: tuple[tuple[str, tuple[str, ...]], ...] = ()
    starts: str = ""
    owed_by: str = ""
    rolls: bool = False
    url: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    note: str = ""

    @property
    def identity(self) -> tuple[object, ...]:
        """What no two figures of a rulebook share: a later file replaces a figure of the same identity."""
        return self.parameter, self.region, self.when, self.since, self.is_fallback

    @property
    def is_fallback(self) -> bool:
        """Whether it belongs to an unnamed place and serves only where a place has no figure of its own."""
        return self.confidence == "guide"

    def in_force(self, day: date) -> bool:
        """Whether the figure is in force on a day, as far as its own dates say."""
        return self.since <= day and (self.until is None or day <= self.until)

    def fits(self, keys: Keys) -> bool:
        """Whether it is made for cases with these keys; a key that is not given fits nothing."""
        return all(keys.get(key) in allowed for key, allowed in self.when)

    def meets(self, other: Value) -> bool:
        """Whether some case on some day could fit both figures."""
        theirs = dict(other.when)
        together = self.since <= (other.until or date.max) and other.since <= (self.until or date.max)
        return together and all(set(allowed) & set(theirs.get(key, allowed)) for key, allowed in self.when)

    def narrower(self, other: Value) -> bool:
        """Whether it is made for a part of the cases of the other: the more particular rule prevails."""
        mine = dict(self.when)
        inside = all(set(mine.get(key, ())) <= set(allowed) and key in mine for key, allowed in other.when)
        return inside and self.when != other.when

    @property
    def amount_text(self) -> Text:
        """The figure in words."""
        if isinstance(self.amount, Span):
            return self.amount.text
        if isinstance(self.amount, Decimal):
            return Text(f"{self.amount}元", f"{self.amount} yuan")
        if isinstance(self.amount, str):
            return Text(self.amount, self.amount)
        if self.amount is None:
            return Text("不设数额", "no number")
        return Text("是", "yes") if self.amount else Text("否", "no")

    @property
    def when_text(self) -> str:
        """The keys it is restricted to: ``channel=online, generation=third``."""
        return ", ".join(f"{key}={'|'.join(allowed)}" for key, allowed in self.when)


@frozen(kw_only=True)
class Entry:
    """A figure as its file writes it; see `Value` for the meaning."""

    value: str | bool
    since: date
    cites: str | list[str]
    text: str
    confidence: Confidence
    until: date | None = None
    evidence: str = ""
    when: dict[str, Any] = field(factory=dict)
    starts: str = ""
    owed_by: str = ""
    roll: Roll | None = None
    url: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    note: str = ""

    def to_value(self, parameter: str, region: str, choices: tuple[str, ...] = ()) -> Value:
        """The figure of a parameter in a region; ``choices`` are the names that it may take, if it takes names.

        Raises:
            ValueError: the amount cannot be read, the dates contradict each other, or a figure has no source.

        """
        if self.until is not None and self.until < self.since:
            msg = f"until {self.until} comes before since {self.since}"
            raise ValueError(msg)
        if self.confidence == "guide" and region:
            msg = "confidence 'guide' is for figures of an unnamed place; a figure of a named place is single or corroborated"
            raise ValueError(msg)
        return Value(
            parameter=parameter,
            amount=parse_amount(self.value, self.roll, choices),
            since=self.since,
            cites=parse_citations(self.cites),
            text=self.text,
            confidence=self.confidence,
            region=region,
            until=self.until,
            evidence=self.evidence,
            when=tuple(sorted((key, _alternatives(allowed)) for key, allowed in self.when.items())),
            starts=self.starts,
            owed_by=self.owed_by,
            rolls=self.roll is not None,
            url=self.url,
            rows=self.rows,
            note=self.note,
        )


def parse_amount(written: str | bool, roll: Roll | None = None, choices: tuple[str, ...] = ()) -> Amount:
    """A figure from its written form: ``"7 workdays"``, ``"25 yuan"``, ``true``, or ``"none"`` where a rule sets no number.

    A figure that has ``choices`` takes one of their names and nothing else.

    Raises:
        ValueError: it is none of these.

    """
    if choices:
        if written not in choices:
            msg = f"{written!r} is not among the choices {list(choices)}"
            raise ValueError(msg)
        return written
    if isinstance(written, bool):
        return written
    if written == "none":
        return None
    number, _, unit = written.partition(" ")
    if unit == "yuan":
        try:
            sum_ = Decimal(number)
        except InvalidOperation:
            sum_ = Decimal(-1)
        if not sum_.is_finite() or sum_ < 0:
            msg = f"{written!r} is not a sum of money; write for example '25 yuan'"
            raise ValueError(msg)
        return sum_
    span = Span.parse(written)
    return span.rolled(roll) if roll else span


def _alternatives(allowed: object) -> tuple[str, ...]:
    values = allowed if isinstance(allowed, list) else [allowed]
    if not values or not all(isinstance(value, str) for value in values):
        msg = f"when = {{...}} takes a name or a list of names, not {allowed!r}"
        raise ValueError(msg)
    if len(set(values)) < len(values):
        msg = f"when = {{...}} names {allowed!r} twice"
        raise ValueError(msg)
    return tuple(sorted(values))
