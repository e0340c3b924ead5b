"""The changes made by a reform: the figures that cases meet before and after it, and how many cases met them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from types import NoneType
from typing import TYPE_CHECKING

from attrs import frozen

from ssflow.doors import each_of
from ssflow.errors import InputError
from ssflow.regions import NATION, enclosing
from ssflow.rules import asked
from ssflow.rules.scopes import areas, by_figure, every_case
from ssflow.rules.values import Value, When, place_of, when_text
from ssflow.text import Lang, Text, markdown_table

if TYPE_CHECKING:
    from ssflow.rules.rulebook import Rulebook

_NEXT = timedelta(days=1)
_HEADINGS = {
    "parameter": Text("项目", "parameter"),
    "place": Text("地方", "place"),
    "when": Text("适用条件", "when"),
    "since": Text("自", "since"),
    "until": Text("至", "until"),
    "before": Text("现行", "before"),
    "after": Text("改后", "after"),
}
_NONE = Text("未规定", "no figure")
_WRONG = Text("（有误，已作废）", " (it was wrong and is withdrawn)")


@frozen(kw_only=True)
class Change:
    """The change of one figure: the figures that cases of an area meet ``before`` and ``after`` the reform, None if there is none.

    It applies to cases that fit both figures, from ``since`` to ``until``, unless a more particular figure prevails. A ``correction``
    is not a change of law: the earlier figure was wrong and is withdrawn.
    """

    parameter: str
    region: str
    when: When
    since: date
    until: date | None
    before: Value | None
    after: Value | None
    correction: bool

    def record(self, lang: Lang = "en") -> dict[str, str]:
        """Return the change as plain texts."""
        return {
            "parameter": self.parameter,
            "region": self.region,
            "place": place_of(self.region, "guide" if self._is_of_fallback else None).say(lang),
            "when": when_text(self.when),
            "since": self.since.isoformat(),
            "until": self.until.isoformat() if self.until else "",
            "before": self._said(self.before, self.after).say(lang) + (_WRONG.say(lang) if self.correction else ""),
            "after": self._said(self.after, self.before).say(lang),
        }

    @property
    def _is_of_fallback(self) -> bool:
        """Whether cases meet the change only where a place has no figure of its own."""
        return self.region == NATION and any(value.is_fallback for value in (self.before, self.after) if value)

    @staticmethod
    def _said(value: Value | None, other: Value | None) -> Text:
        """Return a figure in words, with the activity that starts its clock and its owner if these change too."""
        if value is None:
            return _NONE
        told = value.amount_text
        if value.starts != (other.starts if other else ""):
            told = Text(
                f"{told.zh}（起算：{value.starts or '程序所定'}）",
                f"{told.en} (starts: {value.starts or 'as defined'})",
            )
        if value.owed_by != (other.owed_by if other else ""):
            told = Text(
                f"{told.zh}（义务人：{value.owed_by or '程序所定'}）",
                f"{told.en} (owed by: {value.owed_by or 'as defined'})",
            )
        return told


@frozen
class Changes:
    """The table of what a reform changes, one row for each change. It is empty if every case meets the same figures as before."""

    rows: tuple[Change, ...]

    def __iter__(self) -> Iterator[Change]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def figures(self) -> tuple[Value, ...]:
        """The figures that some case meets because of the reform, each once."""
        return tuple(dict.fromkeys(row.after for row in self.rows if row.after is not None))

    def count(self, found: Iterable[Value | None]) -> dict[Value, int]:
        """Return how often each changed figure is among those that were found, for example by the cases of a simulation.

        A figure that no case found is listed with 0: the reform has not touched these cases.

        Raises:
            InputError: ``found`` holds something other than figures and None.

        """
        values = each_of("found", found, Value, NoneType)
        times = Counter(value.identity for value in values if value is not None)
        return {figure: times[figure.identity] for figure in self.figures}

    def to_records(self) -> list[dict[str, str]]:
        """Return every change as a row of plain texts, for a data frame."""
        return [row.record() for row in self.rows]

    def to_markdown(self, lang: Lang = "zh") -> str:
        """Return the table in Markdown; an empty text if nothing changes."""
        records = [row.record(lang) for row in self.rows]
        return markdown_table(
            [heading.say(lang) for heading in _HEADINGS.values()],
            [[record[name].replace("|", "\\|") for name in _HEADINGS] for record in records],
        )


def changes_between(before: Rulebook, after: Rulebook) -> Changes:
    """Return the changes between two rulebooks; see `Rulebook.changes`."""
    if not isinstance(after, type(before)):
        asked.refuse([asked.wrong_type("other", after, "规则库（Rulebook）", "a Rulebook")])
    if before.name != after.name:
        raise InputError.of(
            "other",
            f"须为同一程序的规则库：{before.name}，不能是{after.name}",
            f"a rulebook of the same procedure is required, {before.name}, not {after.name}",
        )
    rows = [
        row
        for parameter in sorted({*before.parameters, *after.parameters})
        for row in _of_parameter(before, after, parameter)
    ]
    return Changes(tuple(rows))


def _of_parameter(before: Rulebook, after: Rulebook, parameter: str) -> list[Change]:
    """Return the changes of one parameter, by area and then by time."""
    old, new = ({v for v in book.values if v.parameter == parameter} for book in (before, after))
    differing = old ^ new
    if not differing:
        return []
    first, last = min(v.since for v in differing), max(v.until or date.max for v in differing)
    begins = {v.since for v in old | new}
    ends = {v.until + _NEXT for v in old | new if v.until and v.until < date.max}
    days = [day for day in sorted(begins | ends) if first <= day]
    spans = list(zip(days, [*(day - _NEXT for day in days[1:]), date.max], strict=True))
    spans = [span for span in spans if span[0] <= last]
    met_on: dict[tuple[str, Value | None, Value | None], set[tuple[date, date]]] = defaultdict(set)
    for place, beside in _asked_at({v.region for v in differing}, {v.region for v in old | new}):
        for since, until in spans:
            for one, other in _pairs(before, after, parameter, since, place, beside):
                met_on[_narrower(one, other, place, beside, since), one, other].add((since, until))
    wrong = {(value.identity, value.says) for value in after.withdrawn}
    rows = [
        Change(
            parameter=parameter,
            region=region,
            when=_common(one, other),
            since=since,
            until=until if until < date.max else None,
            before=one,
            after=other,
            correction=one is not None and (one.identity, one.says) in wrong,
        )
        for (region, one, other), times in met_on.items()
        for since, until in _joined(times)
    ]
    return sorted(rows, key=lambda row: (row.region, row.when, row.since))


def _asked_at(differing: Iterable[str], areas: Iterable[str]) -> set[tuple[str, str]]:
    """Return the pairs of places to ask about: one for each area that differs, and for each place inside a pair that has figures of its own."""
    places = {code for area in areas for code in area.split("+")}
    found = set()
    for area in differing:
        one, _, other = area.partition("+")
        found.add((one, other))
        if other:
            found |= {(p, other) for p in places if one in enclosing(p)} | {
                (p, one) for p in places if other in enclosing(p)
            }
    return found


def _pairs(
    before: Rulebook, after: Rulebook, parameter: str, day: date, place: str, beside: str
) -> Iterator[tuple[Value | None, Value | None]]:
    """Yield the figures that cases meet in either rulebook, where these differ."""
    cases = every_case({**before.keys, **after.keys}, unknown=False)
    figures = list(after._prevailing(parameter, day, place, beside))
    for one, scope in by_figure(before._prevailing(parameter, day, place, beside), cases):
        for other, _ in by_figure(figures, scope):
            if (one and one.says) != (other and other.says):
                yield one, other


def _narrower(one: Value | None, other: Value | None, place: str, beside: str, day: date) -> str:
    """Return the area of the prevailing figure, which is the one made for fewer places."""
    theirs = [value.region for value in (one, other) if value is not None and not value.is_fallback]
    return min(theirs, key=areas(place, beside, day).index, default=NATION)


def _common(one: Value | None, other: Value | None) -> When:
    """Return the cases for which both figures are made."""
    found: dict[str, tuple[str, ...]] = {}
    for key, allowed in (*(one.when if one else ()), *(other.when if other else ())):
        found[key] = tuple(name for name in allowed if name in found.get(key, allowed))
    return tuple(sorted(found.items()))


def _joined(times: set[tuple[date, date]]) -> list[tuple[date, date]]:
    """Return the same periods in order, with consecutive ones joined."""
    joined: list[tuple[date, date]] = []
    for since, until in sorted(times):
        if joined and joined[-1][1] + _NEXT == since:
            joined[-1] = (joined[-1][0], until)
        else:
            joined.append((since, until))
    return joined
