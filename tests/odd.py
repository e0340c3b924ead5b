"""How the tests of doors put something odd in the place of one argument."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from ssflow.errors import SsflowError

Doors = Mapping[str, tuple[Any, ...]]
Odd = Mapping[str, Any]
Takes = Mapping[tuple[str, int], tuple[str, ...]]
_PLAIN = (str, bytes, int, float, bool, tuple, list, dict, type(None))


class Once:
    """Something that can be gone through once: a new one for each call."""

    def __init__(self, *items: Any) -> None:
        self.items = items

    def made(self) -> Iterator[Any]:
        yield from self.items


def places_of(doors: Doors) -> list[tuple[str, int]]:
    """Every argument of every door, by its name and its place; a door is a callable and its usual arguments."""
    return [(name, i) for name, (_, *usual) in doors.items() for i in range(len(usual))]


def refusals(doors: Doors, name: str, i: int, odd: Odd) -> dict[str, SsflowError | None]:
    """What becomes of each odd value at a door: its refusal, None where it is taken. Any error but ours is raised."""
    door, *usual = doors[name]
    return {label: refusal(door, *usual[:i], _given(value), *usual[i + 1 :]) for label, value in odd.items()}


def taken_wrongly(
    doors: Doors, name: str, i: int, refused: Mapping[str, SsflowError | None], takes: Takes, odd: Odd
) -> list[str]:
    """The odd values that are taken although nobody says that they may be.

    A value may be taken if it is just of the class of the usual one; one of a plain class only where ``takes`` names it.
    """
    usual = doors[name][1 + i]
    alike = {label for label, value in odd.items() if type(value) is type(usual) and not isinstance(value, _PLAIN)}
    allowed = alike | set(takes.get((name, i), ()))
    return [label for label, error in refused.items() if error is None and label not in allowed]


def idle(name: str, i: int, refused: Mapping[str, SsflowError | None], takes: Takes) -> list[str]:
    """What may be taken by the list, and is refused: a list that says more than what holds hides what comes later."""
    return [label for label in takes.get((name, i), ()) if refused[label] is not None]


def refusal(door: Callable[..., Any], *arguments: Any) -> SsflowError | None:
    """The error of ours in which a call ends; None if there is an answer."""
    try:
        door(*arguments)
    except SsflowError as error:
        return error
    return None


def _given(value: Any) -> Any:
    return value.made() if isinstance(value, Once) else value
