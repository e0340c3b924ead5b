"""All figures of one procedure, with their histories and places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from hashlib import sha256
from itertools import combinations

from attrs import evolve, field, frozen

from ssflow.calendar import Span
from ssflow.calendar.spans import Roll
from ssflow.errors import UnknownError
from ssflow.regions import NATION, area_name, enclosing, pairs_of, widening
from ssflow.rules.citations import Law, parse_citations
from ssflow.rules.doubts import Doubt
from ssflow.rules.values import Keys, Value, parse_amount


@frozen
class Rulebook:
    """The figures of a procedure.

    A figure is looked up by day and place: what binds a place and the one beside it (500000+510000), then from the narrowest
    place outwards (440106, 440100, 440000, the nation) as places were on that day, then among the fallbacks of unnamed places,
    which a ``strict`` rulebook leaves out. In one place the figure made for fewer cases prevails, then the later one. ``choices`` are the names
    that figures may take, of those that take names. Rulebooks are values; what is released is never edited, only followed.
    """

    name: str
    values: tuple[Value, ...] = field(repr=lambda values: f"<{len(values)} values>")
    keys: Mapping[str, tuple[str, ...]] = field(factory=dict, repr=False)
    doubts: tuple[Doubt, ...] = field(default=(), repr=False)
    laws: Mapping[str, Law] = field(factory=dict, repr=False, eq=False)
    choices: Mapping[str, tuple[str, ...]] = field(factory=dict, repr=False)

    @property
    def parameters(self) -> tuple[str, ...]:
        """The names of the figures, sorted."""
        return tuple(sorted({value.parameter for value in self.values}))

    @cached_property
    def digest(self) -> str:
        """Twelve hex digits that identify the figures of this rulebook."""
        figures = sorted(
            repr((v.parameter, v.region, v.when, v.since, v.until, v.amount, v.starts, v.owed_by)) for v in self.values
        )
        return sha256("\n".join(figures).encode()).hexdigest()[:12]

    def find(
        self, parameter: str, day: date, place: str = NATION, keys: Keys | None = None, beside: str = NATION
    ) -> Value | None:
        """The figure of a parameter on a day in a place for a case with these keys, or None if there is none.

        ``beside`` is the other place of a case that has two.

        Raises:
            UnknownError: no place has this code.

        """
        found = self._candidates(parameter, day, place, beside)
        for values in found:
            fitting = [value for value in values if value.fits(keys or {})]
            if fitting:
                return max(fitting, key=lambda value: (_narrowness(value), value.since))
        return None

    def in_force(self, day: date, place: str = NATION, beside: str = NATION) -> tuple[Value, ...]:
        """Every figure that some case of this day and place may meet, parameter by parameter, narrow before wide."""
        shown: list[Value] = []
        for parameter in self.parameters:
            met: list[Value] = []
            for values in self._candidates(parameter, day, place, beside):
                for value in sorted(values, key=lambda v: (_narrowness(v), v.since), reverse=True):
                    if not any(value.when == other.when or value.narrower(other) for other in met):
                        met.append(value)
            shown += met
        return tuple(shown)

    def strict(self) -> Rulebook:
        """The same figures without the fallbacks of unnamed places."""
        return evolve(self, values=tuple(value for value in self.values if not value.is_fallback))

    def amended(
        self,
        parameter: str,
        amount: str | bool,
        *,
        since: date,
        region: str = NATION,
        cites: str = "proposal",
        when: Keys | None = None,
        roll: Roll | None = None,
    ) -> Rulebook:
        """Another rulebook in which a figure changes from a day on: a reform to be compared with the law as it is.

        Clock start, obliged role and (without ``roll``) the treatment of a last day that rests stay those of the figure it follows.

        Raises:
            UnknownError: the procedure has no such parameter, or no place has this code.
            ValueError: the amount cannot be read.

        """
        if parameter not in self.parameters:
            raise UnknownError("parameter", parameter, self.parameters)
        area_name(region)
        place, _, beside = region.partition("+")
        before = self.find(parameter, since, place, when, beside)
        if roll is None and before is not None and isinstance(before.amount, Span):
            roll = before.amount.roll
        new = Value(
            parameter=parameter,
            amount=parse_amount(amount, roll, self.choices.get(parameter, ())),
            since=since,
            cites=parse_citations(cites),
            text="amended",
            confidence="unverified",
            region=region,
            when=tuple(sorted((key, (value,)) for key, value in (when or {}).items())),
            starts=before.starts if before else "",
            owed_by=before.owed_by if before else "",
            rolls=roll is not None,
        )
        return evolve(self, values=(*(value for value in self.values if value.identity != new.identity), new))

    def table(self) -> list[dict[str, str]]:
        """Every figure as a row of plain texts, for a data frame or a printed table."""
        return [
            {
                "parameter": value.parameter,
                "region": value.region,
                "place": area_name(value.region),
                "when": value.when_text,
                "since": value.since.isoformat(),
                "until": value.until.isoformat() if value.until else "",
                "value": value.amount_text.en,
                "confidence": value.confidence,
                "cites": "; ".join(cite.say(self.laws, "en") for cite in value.cites),
                "text": value.text,
            }
            for value in self.values
        ]

    def faults(self) -> Iterator[str]:
        """What makes the figures ambiguous: two that the same case could meet, neither more particular."""
        yield from self._crossings()
        for key, a, b in self._pairs():
            if a.when == b.when and a.since == b.since:
                yield f"{key}: two figures from {a.since} ({a.amount_text.en}, {b.amount_text.en}); keep one"
            elif a.when != b.when and a.meets(b) and not a.narrower(b) and not b.narrower(a):
                yield (
                    f"{key}: a case may meet both {a.amount_text.en} ({a.when_text}) and {b.amount_text.en} "
                    f"({b.when_text}); give one of them more keys"
                )
        for value in self.values:
            names = self.choices.get(value.parameter)
            if names is not None and value.amount not in names:
                yield f"{value.parameter}: {value.amount_text.en} is not among the choices {list(names)} of the last file"
            for name, allowed in value.when:
                unknown = set(allowed) - set(self.keys.get(name, ()))
                if unknown:
                    known = {key: list(names) for key, names in self.keys.items()}
                    yield f"{value.parameter} in {value.region or 'the nation'}: {name}={sorted(unknown)} is not in [keys] {known}"

    def _crossings(self) -> Iterator[str]:
        """Figures between two places that the same two places could meet, neither made for places inside the other's."""
        between = [value for value in self.values if "+" in value.region]
        for a, b in combinations(between, 2):
            if a.parameter == b.parameter and a.region != b.region and a.meets(b) and _cross(a.region, b.region):
                yield f"{a.parameter}: figures of {a.region} and of {b.region} bind the same places, neither inside the other"

    def _pairs(self) -> Iterator[tuple[str, Value, Value]]:
        places: dict[tuple[str, str, bool], list[Value]] = {}
        for value in self.values:
            places.setdefault((value.parameter, value.region, value.is_fallback), []).append(value)
        for (parameter, region, _), values in places.items():
            for a, b in combinations(values, 2):
                yield f"{parameter} in {region or 'the nation'}", a, b

    def _candidates(self, parameter: str, day: date, place: str, beside: str) -> Iterator[list[Value]]:
        """The figures in force on a day, place by place outwards, the fallbacks last."""
        alive = [value for value in self.values if value.parameter == parameter and value.in_force(day)]
        for region in (*pairs_of(place, beside, day), *widening(place, day)):
            yield [value for value in alive if value.region == region and not value.is_fallback]
        yield [value for value in alive if value.is_fallback]


def _narrowness(value: Value) -> tuple[int, int]:
    """More keys are narrower; of equal keys, fewer alternatives."""
    return len(value.when), -sum(len(allowed) for _, allowed in value.when)


def _cross(one: str, other: str) -> bool:
    """Whether two pairs of places have places in common without one lying inside the other."""
    (a, b), (c, d) = one.split("+"), other.split("+")
    lies = [a in enclosing(c) or c in enclosing(a), b in enclosing(d) or d in enclosing(b)]
    turned = [a in enclosing(d) or d in enclosing(a), b in enclosing(c) or c in enclosing(b)]
    for meet, pairs in ((lies, ((a, c), (b, d))), (turned, ((a, d), (b, c)))):
        if all(meet):
            inside = [x in enclosing(y) for x, y in pairs]  # of each, whether the second lies in the first
            outside = [y in enclosing(x) for x, y in pairs]
            return not all(inside) and not all(outside)
    return False
