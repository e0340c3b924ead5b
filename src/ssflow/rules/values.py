"""One figure of law: a span, a sum of money, a yes-or-no or a choice, from a day on, in a place, with its source."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from attrs import evolve, field, frozen

from ssflow.calendar import Span
from ssflow.calendar.spans import Roll
from ssflow.errors import InputError
from ssflow.regions import NATION, area_name
from ssflow.regions.names import WHOLE_COUNTRY
from ssflow.rules import asked
from ssflow.rules.citations import Citation, parse_citations
from ssflow.rules.watching import Watch
from ssflow.sources import ATTESTING, Confidence, Grade
from ssflow.text import NO_TEXT, Text

# None: the place has a rule that sets no number (a card valid for good). A text names one of the choices of its rulebook.
Amount = Span | Decimal | bool | str | None
Keys = Mapping[str, str]
When = tuple[tuple[str, tuple[str, ...]], ...]

# Digits only, with at most two decimal places: Decimal would also take "1e5", "1_000" and digits of other scripts.
_DAYS = ("since", "until", "attested_from", "checked")
_SUM = re.compile(r"[0-9]+(\.[0-9]{1,2})?")


def _ordered(when: When) -> When:
    """Return the same cases with keys and names in canonical order."""
    try:
        return when_of(dict(when))
    except TypeError:
        raise InputError(asked.wrong_type("when", when, "适用条件与名称的对", "pairs of a key and its names")) from None


@frozen(kw_only=True)
class Withdrawal:
    """The withdrawal of a released figure that was wrong: from which day on no look-up finds it, and why."""

    on: date
    why: Text


@frozen(kw_only=True)
class Value:
    """One figure and everything needed to judge it.

    ``since`` and ``until`` are the first and the last day on which it is in force; ``evidence`` says how ``since`` is known where no source
    gives the day. Where ``since`` is only assumed, ``attested_from`` is the first day on which a source is known to have said it: a look-up
    for an earlier day gives the figure with the grade ``unattested``. ``checked`` is the day on which the figure was last held against its
    source. A ``withdrawn`` figure was released and was wrong. ``watched`` are unread laws that may change it, as a look-up finds them.
    ``when`` restricts the figure to cases with these keys (channel, generation of the card). ``starts`` names the activity that starts its
    clock and ``owed_by`` the role that is bound, where the place differs from the procedure's rule. ``rolls`` marks a file that itself says
    how to treat a last day that rests. ``confidence`` grades the source, ``rows`` the research it comes from.
    """

    parameter: str
    amount: Amount
    since: date
    cites: tuple[Citation, ...]
    text: str
    confidence: Grade = field(eq=False)  # a figure that the look-up of an early day grades anew is the same figure
    region: str = NATION
    until: date | None = None
    evidence: Text = NO_TEXT
    when: When = field(default=(), converter=_ordered)
    starts: str = ""
    owed_by: str = ""
    rolls: bool = False
    url: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    note: Text = NO_TEXT
    attested_from: date | None = None
    checked: date | None = None
    withdrawn: Withdrawal | None = None
    watched: tuple[Watch, ...] = field(default=(), eq=False)

    def __attrs_post_init__(self) -> None:
        """Refuse invalid days, which would be noticed only when somebody looks the figure up."""
        days = {name: getattr(self, name) for name in _DAYS}
        asked.refuse(*(asked.day(name, day) for name, day in days.items() if name == "since" or day is not None))

    @property
    def caveats(self) -> tuple[Text, ...]:
        """The caveats beside the grade: that the figure is assumed for so early a day, and which unread laws may change it."""
        early = Text(
            f"来源只能证实{self.attested_from}及以后", f"its sources attest it only from {self.attested_from} on"
        )
        assumed = (early,) if self.confidence == "unattested" else ()
        return (*assumed, *(watch.warning for watch in self.watched))

    @property
    def identity(self) -> tuple[object, ...]:
        """The identity of the figure, which no two figures of a rulebook share: a later file replaces a figure of the same identity."""
        return *self.series, self.since, self.is_fallback

    @property
    def series(self) -> tuple[object, ...]:
        """What the figures share that follow one another: the figure's name, its place and its cases."""
        return self.parameter, self.region, self.when

    @property
    def place(self) -> Text:
        """The place in which the figure is in force."""
        return place_of(self.region, self.confidence)

    @property
    def is_fallback(self) -> bool:
        """Whether the figure belongs to an unnamed place and serves only where a place has no figure of its own."""
        return self.confidence == "guide"

    def in_force(self, day: date) -> bool:
        """Return whether the figure is in force on a day, as far as its own dates say."""
        return self.since <= day and (self.until is None or day <= self.until)

    def as_of(self, day: date) -> Value:
        """Return the figure as it is known for a day, graded ``unattested`` if no source attests it so early."""
        if self.attested_from is None or day >= self.attested_from or self.confidence not in ATTESTING:
            return self
        return self._unattested

    @cached_property
    def _unattested(self) -> Value:
        return evolve(self, confidence="unattested")

    def fits(self, keys: Keys) -> bool:
        """Return whether the figure is made for cases with these keys; a key that is not given fits nothing."""
        return all(keys.get(key) in allowed for key, allowed in self.when)

    def meets(self, other: Value) -> bool:
        """Return whether some case on some day could fit both figures."""
        theirs = dict(other.when)
        together = self.since <= (other.until or date.max) and other.since <= (self.until or date.max)
        return together and all(set(allowed) & set(theirs.get(key, allowed)) for key, allowed in self.when)

    @cached_property
    def cited(self) -> tuple[str, ...]:
        """The articles on which the figure rests, as texts."""
        return tuple(map(str, self.cites))

    @property
    def says(self) -> tuple[Amount, str, str]:
        """The statement of the figure, however it is sourced: the amount, the activity that starts its clock, and the role that owes it."""
        return self.amount, self.starts, self.owed_by

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
        """The keys that restrict the figure: ``channel=online, generation=third``."""
        return when_text(self.when)


def place_of(region: str, grade: Grade | None = None) -> Text:
    """Return where a figure is in force: in a place, within or between places, in the whole country, or, graded guide, in an unnamed place."""
    if grade == "guide":
        return Text("未署地名", "an unnamed place")
    name = area_name(region)
    return WHOLE_COUNTRY if region == NATION else Text(name, name)


@frozen(kw_only=True)
class Entry:
    """A figure as a file writes it; see `Value` for the meaning."""

    value: str | bool
    since: date
    cites: str | list[str]
    text: str
    confidence: Confidence
    until: date | None = None
    evidence: Text = NO_TEXT
    when: dict[str, Any] = field(factory=dict)
    starts: str = ""
    owed_by: str = ""
    roll: Roll | None = None
    url: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    note: Text = NO_TEXT
    attested_from: date | None = None
    checked: date | None = None
    withdrawn: Withdrawal | None = None

    def to_value(
        self, parameter: str, region: str, choices: tuple[str, ...] = (), checked: date | None = None
    ) -> Value:
        """Return the figure of a parameter in a region; ``choices`` are the names that it may take, if it takes names.

        ``checked`` is the day on which the whole file was last held against its sources.

        Raises:
            InputError: the amount cannot be read, the dates contradict each other, or a figure has no source.

        """
        if self.until is not None and self.until < self.since:
            raise InputError.of(
                "until",
                f"终止日{self.until}早于首日{self.since}（since）",
                f"until {self.until} comes before since {self.since}",
            )
        if self.confidence == "guide" and region:
            raise InputError.of(
                "confidence",
                "guide只用于未指明地方的数值；有地方的数值为single或corroborated",
                "'guide' is for figures of an unnamed place; a figure of a named place is single or corroborated",
            )
        if self.attested_from is not None and self.attested_from < self.since:
            raise InputError.of(
                "attested_from",
                f"来源可证的首日{self.attested_from}早于首日{self.since}（since）；来源可证至首日的，只写since",
                f"attested_from {self.attested_from} comes before since {self.since}; what is attested needs only since",
            )
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
            when=when_of(self.when),
            starts=self.starts,
            owed_by=self.owed_by,
            rolls=self.roll is not None,
            url=self.url,
            rows=self.rows,
            note=self.note,
            attested_from=self.attested_from,
            checked=self.checked or checked,
            withdrawn=self.withdrawn,
        )


def parse_amount(written: object, roll: Roll | None = None, choices: Sequence[str] = ()) -> Amount:
    """Return a figure from its written form: ``"7 workdays"``, ``"25 yuan"``, ``true``, or ``"none"`` where a rule sets no number.

    A figure that has ``choices`` takes one of their names and nothing else.

    Raises:
        InputError: ``written`` is none of these.

    """
    if choices:
        if isinstance(written, str) and written in choices:
            return written
        raise InputError.of(
            "value",
            f"{written!r}不在可选名称之中：{'、'.join(choices)}",
            f"{written!r} is not among the choices {list(choices)}",
        )
    if isinstance(written, bool):
        return written
    if not isinstance(written, str):
        kind = type(written).__name__
        raise InputError.of(
            "value",
            f"数值须写作“7 workdays”“25 yuan”、真假或“none”；实际为{kind}",
            f"a figure is written '7 workdays', '25 yuan', true, false or 'none', not as a value of type {kind}",
        )
    if written == "none":
        return None
    number, _, unit = written.partition(" ")
    if unit == "yuan":
        if not _SUM.fullmatch(number):
            raise InputError.of(
                "value",
                f"{written!r}不是金额；例如写作“25 yuan”",
                f"{written!r} is not a sum of money; write for example '25 yuan'",
            )
        return Decimal(number)
    try:
        span = Span.parse(written)
        return span.rolled(roll) if roll else span
    except InputError as error:
        raise InputError(*(fault.within("value") for fault in error.faults)) from error
    except ValueError as error:
        raise InputError.of("value", f"{written!r}不是期间；例如写作“20 workdays”", str(error)) from error


def when_text(when: When) -> str:
    """Return the cases that a figure is made for, in one line: ``channel=online, generation=third``."""
    return ", ".join(f"{key}={'|'.join(allowed)}" for key, allowed in when)


def when_of(written: Mapping[str, Any]) -> When:
    """Return the cases that a figure is made for, from their written form: for each key a name or a list of names.

    Raises:
        InputError: ``written`` is something else, or has a name twice.

    """
    return tuple(sorted((key, _alternatives(key, allowed)) for key, allowed in written.items()))


def _alternatives(key: str, allowed: object) -> tuple[str, ...]:
    values = allowed if isinstance(allowed, list | tuple) else [allowed]
    names = [value for value in values if isinstance(value, str)]
    if not names or len(names) < len(values):
        raise InputError.of(
            f"when.{key}",
            f"须为一个名称或名称列表；实际为{allowed!r}",
            f"when = {{...}} takes a name or a list of names, not {allowed!r}",
        )
    if len(set(names)) < len(names):
        raise InputError.of(f"when.{key}", f"{allowed!r}重复写了同一名称", f"when = {{...}} names {allowed!r} twice")
    return tuple(sorted(names))
