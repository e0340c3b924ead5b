"""Commands that are carried out once under their key: if one is repeated, it gets the first answer and changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from inspect import signature
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from ssflow.case import Case
from ssflow.case.doors import check_key, check_text
from ssflow.errors import StoreError, TransactionConflictError
from ssflow.records.access import held, noted
from ssflow.records.log import fold
from ssflow.records.reading import Reading
from ssflow.records.requests import KeyedRequest

C = TypeVar("C", bound=Reading)
P = ParamSpec("P")
A = TypeVar("A")


def once(act: Callable[Concatenate[C, P], A]) -> Callable[Concatenate[C, P], A]:
    """Decorate a method so that it is carried out once under its ``key`` and its refusals are noted.

    The method opens cases, acts in the one that it names as ``case``, or makes ``corrections`` in those that these name.
    """
    names = tuple(signature(act).parameters)[1:]
    again: Callable[..., A] = act

    @wraps(act)
    def carried_out(cases: C, /, *args: P.args, **kwargs: P.kwargs) -> A:
        key = kwargs.get("key", "")
        check_text("key", key)
        if not key:
            return act(cases, *args, **kwargs)
        check_key("key", key)
        placed, named = [held(given) for given in args], {name: held(given) for name, given in kwargs.items()}
        asked: dict[str, Any] = {**dict(zip(names, placed, strict=False)), **named}
        pepper = cases.keys.pepper() if cases.keys else b""
        request = KeyedRequest.of(str(key), act.__name__, asked, pepper)
        try:  # without a look for the key: that would cost each request a round trip, and miss one that is being carried out
            return again(cases._under(request), *placed, **named)
        except (StoreError, TransactionConflictError):  # nothing more can be found
            raise
        except Exception:  # the request may have been carried out, and is then no longer possible
            if (found := request.found(cases.store)) is None:
                raise
        answer = tuple(_at(cases, case, version) for case, version in found.answer)
        return cast("A", answer if {"openings", "corrections"} & asked.keys() else answer[0])

    return noted(cast("Callable[Concatenate[C, P], A]", carried_out))


def _at(cases: Reading, case: str, version: int) -> Case:
    """Return a case as it was at a version."""
    events = cases.trace(case)[:version]
    return fold(cases.codec.definition_of(events[-1]), events)
