"""Every case of a rulebook tried one by one: slow, and simple enough to be the judge of what the library reckons."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import product

from ssflow.rules import Rulebook, Value, rulebook, rulebook_names

PARAMETERS = [(name, parameter) for name in rulebook_names() for parameter in rulebook(name).parameters]
Answer = tuple[Value | None, Value | None]


def another(book: Rulebook, parameter: str) -> str | bool:
    """An amount that no figure of a parameter has, as it is written."""
    amount = next(value.amount for value in book.values if value.parameter == parameter)
    if isinstance(amount, bool):
        return not amount
    if isinstance(amount, Decimal):
        return "77 yuan"
    if parameter in book.choices:
        return next(name for name in book.choices[parameter] if name != amount)
    return "77 workdays"


def days_of(parameter: str, *books: Rulebook) -> list[date]:
    """The days on which something may change: a figure begins, or has ended; and one before all."""
    values = [value for book in books for value in book.values if value.parameter == parameter]
    turns = {value.since for value in values} | {v.until + timedelta(days=1) for v in values if v.until}
    return [min(turns) - timedelta(days=1), *sorted(turns)]


def cases_of(parameter: str, *books: Rulebook) -> Iterator[dict[str, str]]:
    """Every case by the keys that some figure of the parameter asks for; of the names that none asks for, one stands for all."""
    asked: dict[str, set[str]] = {}
    for value in (value for book in books for value in book.values if value.parameter == parameter):
        for key, names in value.when:
            asked.setdefault(key, set()).update(names)
    others = {key: [name for name in books[0].keys[key] if name not in names][:1] for key, names in asked.items()}
    for names in product(*(sorted([*named, *others[key]]) for key, named in asked.items())):
        yield dict(zip(asked, names, strict=True))


def areas_of(parameter: str, *books: Rulebook) -> list[tuple[str, str]]:
    """The places that have figures, the nation, and the pairs of places, each way round."""
    areas = {value.region for book in books for value in book.values if value.parameter == parameter} | {""}
    pairs = [tuple(area.split("+")) for area in areas if "+" in area]
    return sorted(
        {(area, "") for area in areas if "+" not in area} | {(a, b) for x, y in pairs for a, b in ((x, y), (y, x))}
    )


def answers(
    one: Rulebook, other: Rulebook, parameter: str
) -> Iterator[tuple[date, tuple[str, str], dict[str, str], Answer]]:
    """What each case finds in the one rulebook and in the other, by day, place and keys."""
    for day in days_of(parameter, one, other):
        for place, beside in areas_of(parameter, one, other):
            for keys in cases_of(parameter, one, other):
                found = [book.find(parameter, day, place, keys, beside) for book in (one, other)]
                yield day, (place, beside), keys, (found[0], found[1])
