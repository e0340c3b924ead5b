"""How the tests of doors put something odd in the place of one argument."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from ssflow.errors import SsflowError

Doors = Mapping[str, tuple[Any, ...]]


def places_of(doors: Doors) -> list[tuple[str, int]]:
    """Every argument of every door, by its name and its place; a door is a callable and its usual arguments."""
    return [(name, i) for name, (_, *usual) in doors.items() for i in range(len(usual))]


def refusals(doors: Doors, name: str, i: int, odd: Iterable[Any]) -> list[tuple[Any, str, str]]:
    """Each odd value that a door refuses, and what the refusal says in both languages; any error but ours is raised."""
    door, *usual = doors[name]
    said = ((value, refusal(door, *usual[:i], value, *usual[i + 1 :])) for value in odd)
    return [(value, error.say("zh"), error.say("en")) for value, error in said if error is not None]


def refusal(door: Callable[..., Any], *arguments: Any) -> SsflowError | None:
    """The error of ours in which a call ends; None if there is an answer."""
    try:
        door(*arguments)
    except SsflowError as error:
        return error
    return None
