"""A reform: the same rulebook with figures that change, or are added, from a day on.

A reform over which other figures prevail in every case is refused, because it would change nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Any

from attrs import evolve

from ssflow.calendar import Span
from ssflow.calendar.spans import ROLLS, Roll
from ssflow.doors import is_one_of
from ssflow.errors import Fault, InputError
from ssflow.regions import NATION, absence
from ssflow.rules import asked
from ssflow.rules.ambiguity import ambiguities
from ssflow.rules.citations import Citation, parse_citations
from ssflow.rules.scopes import Scope, by_figure, every_case, narrowed
from ssflow.rules.values import Amount, Value, parse_amount, when_of
from ssflow.text import NO_TEXT, Lang, Text

if TYPE_CHECKING:
    from ssflow.rules.rulebook import Rulebook

_NEXT = timedelta(days=1)


def amended(
    book: Rulebook,
    parameter: str,
    amount: str | bool,
    since: date,
    region: str,
    when: Mapping[str, str | Sequence[str]],
    cites: str,
    roll: Roll | None,
    starts: str | None,
    owed_by: str | None,
) -> Rulebook:
    """Return a rulebook with one amended figure; see `Rulebook.amended`."""
    _check(book, parameter, since, roll)
    asked.refuse(
        asked.area("region", region),
        asked.keys("when", when, book.keys),
        asked.name("starts", starts, "环节", "an activity"),
        asked.name("owed_by", owed_by, "主体", "a role"),
    )
    if gone := [text for place in region.split("+") if (text := absence(place, since))]:
        raise InputError(*(Fault("region", text) for text in gone))
    parsed = _amount(book, parameter, amount, roll)
    new = Value(
        parameter=parameter,
        amount=parsed,
        since=since,
        cites=_sources(cites),
        text="amended",
        confidence="unverified",
        region=region,
        when=when_of(when),
    )
    changed = evolve(book, values=(*(value for value in book.values if value.identity != new.identity), new))
    asked.refuse(fault for _, fault in ambiguities(v for v in changed.values if v.parameter == parameter))
    follows, prevail = _effect(book, changed, new)
    if not follows and prevail:
        raise InputError(_shadowed(new, amount, prevail))
    how = _inherited(new, follows, {"roll": roll, "starts": starts, "owed_by": owed_by})
    rolls = how.pop("roll")
    whole = evolve(new, amount=_rolled(parsed, rolls), rolls=bool(rolls), **how)
    return evolve(changed, values=(*changed.values[:-1], whole))


def amended_all(
    book: Rulebook, parameter: str, amount: str | bool, since: date, cites: str, roll: Roll | None
) -> Rulebook:
    """Return a rulebook with every figure of a parameter amended; see `Rulebook.amended_all`."""
    _check(book, parameter, since, roll)
    parsed, sources = _amount(book, parameter, amount, roll), _sources(cites)
    ours = [value for value in book.values if value.parameter == parameter]
    kinds = groupby(sorted(ours, key=_kind), key=_kind)
    news = [
        evolve(
            value,
            amount=_rolled(parsed, roll or _roll_of(value)),
            since=day,
            cites=sources,
            text="amended",
            confidence="guide" if value.is_fallback else "unverified",
            rolls=bool(roll or value.rolls),
            evidence=NO_TEXT,
            url=(),
            rows=(),
            note=NO_TEXT,
            attested_from=None,
            checked=None,
        )
        for _, history in kinds
        for day, value in _from(since, list(history))
    ]
    if not news:
        raise InputError.of(
            "since",
            f"{since}起{parameter}没有施行中的数值，无可更改；可用amended增加",
            f"no figure of {parameter} is in force on {since} or later; amended adds one",
        )
    kept = [value for value in book.values if value.parameter != parameter or value.since < since]
    return evolve(book, values=(*kept, *news))


def _check(book: Rulebook, parameter: object, since: object, roll: object) -> None:
    if not isinstance(parameter, str) or not book.has(parameter):
        raise asked.unknown_parameter(parameter, book.parameters)
    asked.refuse(asked.day("since", since))
    if roll is not None and not is_one_of(roll, ROLLS):
        raise InputError.of("roll", f"须为{'、'.join(ROLLS)}之一", f"one of {', '.join(ROLLS)} is required")


def _sources(cites: str) -> tuple[Citation, ...]:
    """Return the citations of a reform, which must cite something, if only a proposal."""
    if sources := parse_citations(cites):
        return sources
    raise InputError.of(
        "cites",
        "没有依据；设想的修法请写proposal",
        "nothing is cited; for a reform that is only an idea, write proposal",
    )


def _amount(book: Rulebook, parameter: str, amount: object, roll: Roll | None) -> Amount:
    """Return the amount, which must be of the same kind as the parameter's others: a fee stays a sum of money."""
    try:
        parsed = parse_amount(amount, roll, book.choices.get(parameter, ()))
    except InputError as error:
        raise InputError(*(Fault("amount", fault.text) for fault in error.faults)) from error
    others = [value for value in book.values if value.parameter == parameter and value.amount is not None]
    if parsed is not None and others and not any(type(value.amount) is type(parsed) for value in others):
        like = others[-1].amount_text
        raise InputError.of(
            "amount",
            f"{amount!r}与{parameter}的现有数值不是一类，例如{like.zh}",
            f"{amount!r} is of another kind than the figures of {parameter}, for example {like.en}",
        )
    return parsed


def _effect(book: Rulebook, changed: Rulebook, new: Value) -> tuple[list[Value], list[Value]]:
    """Return the figures that the new one replaces on the first day on which it does; if it never does, those that prevail over it."""
    place, _, beside = new.region.partition("+")
    whole = every_case(book.keys, unknown=False)
    cases = narrowed(whole, new.when) or whole
    ours = [value for value in changed.values if value.parameter == new.parameter]
    prevail: dict[int, Value] = {}
    for day in _days_of_change(new.since, ours):
        found = list(by_figure(changed.prevailing(new.parameter, day, place, beside), cases))
        lit = [scope for value, scope in found if value is new]
        follows = list(_in_scopes(book, new.parameter, day, place, beside, lit))
        prevail |= {id(value): value for value, _ in found if value is not None and value is not new}
        if follows or (lit and not prevail):
            return follows, []
    return [], sorted(prevail.values(), key=lambda value: (value.when, value.since))


def _days_of_change(since: date, values: Iterable[Value]) -> list[date]:
    """Return a day, and the days after it on which a figure begins or has ended."""
    begins = {value.since for value in values if value.since > since}
    ends = {value.until + _NEXT for value in values if value.until and since <= value.until < date.max}
    return sorted({since, *begins, *ends})


def _in_scopes(
    book: Rulebook, parameter: str, day: date, place: str, beside: str, scopes: Iterable[Scope]
) -> Iterator[Value]:
    """Yield the figures that the cases of some scopes meet, each once."""
    figures = list(book.prevailing(parameter, day, place, beside))
    found = (value for scope in scopes for value, _ in by_figure(figures, scope))
    yield from {id(value): value for value in found if value is not None}.values()


def _inherited(new: Value, follows: list[Value], given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options that were not given, taken from the figures that the new one follows, which have to agree."""
    rolls = {_roll_of(value) for value in follows} - {None} if _can_roll(new.amount) else set()
    held: dict[str, set[Any]] = {
        "roll": rolls,
        "starts": {value.starts for value in follows},
        "owed_by": {value.owed_by for value in follows},
    }
    asked.refuse(
        Fault(
            name,
            Text(
                f"所取代的数值各不相同（{_listed(follows, 'zh')}）；请写明{name}，或用when分别更改",
                f"the figures that it follows differ in it ({_listed(follows, 'en')}); "
                f"say {name}, or change them one by one by when",
            ),
        )
        for name, values in held.items()
        if given[name] is None and len(values) > 1
    )
    return {name: given[name] if given[name] is not None else next(iter(values), "") for name, values in held.items()}


def _listed(values: Iterable[Value], lang: Lang) -> str:
    told = (
        (
            v.amount_text.say(lang),
            v.when_text,
            f"starts={v.starts!r}",
            f"owed_by={v.owed_by!r}",
            f"roll={_roll_of(v)!r}",
        )
        for v in values
    )
    return "; ".join(", ".join(part for part in parts if part) for parts in told)


def _shadowed(new: Value, amount: object, prevail: list[Value]) -> Fault:
    """Return the fault of an amendment that would change nothing, with what to write instead."""
    calls = dict.fromkeys(_call(new, amount, value) for value in prevail)
    told = Text.join(
        [
            Text(
                f"{value.amount_text.zh}（{value.when_text or '全部情形'}，自{value.since}起）",
                f"{value.amount_text.en} ({value.when_text or 'all cases'}, from {value.since})",
            )
            for value in prevail
        ]
    )
    every = f"amended_all({new.parameter!r}, {amount!r}, since={_day(new.since)})"
    return Fault(
        "when",
        Text(
            f"不会改变任何现有数值，因为以下数值优先：{told.zh}。请改写为{'、'.join(calls)}，或用{every}更改该项目的全部数值",
            f"no figure would change, because these prevail: {told.en}; write {' and '.join(calls)}, "
            f"or {every} to change every figure of the parameter",
        ),
    )


def _call(new: Value, amount: object, value: Value) -> str:
    """Return the call that amends a figure; its first day cannot be before that of the figure."""
    since = max(new.since, value.since)
    when = {key: names[0] if len(names) == 1 else list(names) for key, names in value.when}
    where = f", region={new.region!r}" if new.region != NATION else ""
    return f"amended({new.parameter!r}, {amount!r}, since={_day(since)}{where}{f', when={when!r}' if when else ''})"


def _day(day: date) -> str:
    return f"date({day.year}, {day.month}, {day.day})"


def _kind(value: Value) -> tuple[Any, ...]:
    """Return what a figure has in common with a later one that follows it."""
    return value.region, value.is_fallback, value.when


def _from(since: date, history: list[Value]) -> Iterator[tuple[date, Value]]:
    """Yield the days, from a day on, from which each figure of a history prevails."""
    coming = sorted(history, key=lambda value: value.since, reverse=True)
    begun: list[Value] = []
    before = None
    for day in _days_of_change(since, history):
        while coming and coming[-1].since <= day:
            begun.append(coming.pop())
        while begun and not begun[-1].in_force(day):
            begun.pop()
        value = begun[-1] if begun else None
        if value is not None and value is not before:
            yield day, value
        before = value


def _roll_of(value: Value) -> Roll | None:
    """Return how a figure treats a last day that rests; None where that cannot happen."""
    return value.amount.roll if isinstance(value.amount, Span) and _can_roll(value.amount) else None


def _can_roll(amount: Amount) -> bool:
    return isinstance(amount, Span) and amount.rolled("none") != amount.rolled("next")


def _rolled(amount: Amount, roll: Roll | None) -> Amount:
    return amount.rolled(roll) if isinstance(amount, Span) and roll else amount
