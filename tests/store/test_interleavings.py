"""Two commands at the same time, statement by statement in a drawn order: what comes of it is what one after the other would have made.

SSFLOW_TEST_RACES=large draws 150 orders of ten pairs on each database.
"""

import os
import random
from collections import Counter
from collections.abc import Callable
from datetime import date

import psycopg
import pytest

from ssflow import Cases
from ssflow.errors import SsflowError
from ssflow.machines.loss_report import Report, Track
from ssflow.records import Store
from tests.store.commands import COMMANDS, HOLDER, LOST, TEMPORARILY, C, L, begin, cases_of
from tests.store.sites import Site
from tests.store.turns import Turns

ORDERS = 15 if os.environ.get("SSFLOW_TEST_RACES") == "large" else 2  # of each pair

Outcome = tuple[str, str, dict[str, list[str]]]  # what each of both is told, and what is on record


Command = Callable[[Cases], object]


def made(name: str, key: str) -> Command:
    """A command under a key of its own."""
    finish = C.finish()
    return {
        "finish": lambda cases: cases.do("card", finish, by=C.issuer, on=date(2026, 9, 24), key=key),
        "open": lambda cases: cases.open(
            TEMPORARILY, by=L.holder, on=date(2026, 9, 22), places="450500", case="new", actor=key, key=key
        ),
        "bind": lambda cases: cases.open(
            LOST, by=C.holder, on=date(2026, 9, 22), places="440100", links=["loss"], case=key, party="p", key=key
        ),
        "report": lambda cases: cases.do(
            "loss-1", L.report_formally(Report(Track.bank, HOLDER)), by=L.holder, on=date(2026, 9, 22), key=key
        ),
        "release": lambda cases: cases.do("a", L.release(), by=L.office, on=date(2026, 9, 25), key=key),
    }.get(name) or COMMANDS[name].do


PAIRS = {
    "one act twice": (made("finish", "x"), made("finish", "y")),
    "one request twice": (made("finish", "x"), made("finish", "x")),
    "two openings of one id": (made("open", "x"), made("open", "y")),
    "two that bind one report": (made("bind", "x"), made("bind", "y")),
    "an act in time and a sweep": (made("report", "x"), made("sweep", "")),
    "an act and a re-dating": (made("finish", "x"), made("redate", "")),
    "an act and a correction": (made("release", "x"), made("correct", "")),
    "an act and a delivery": (made("finish", "x"), made("deliver", "")),
    "two sweeps": (made("sweep", ""), made("sweep", "")),
    "a sweep and a retraction": (made("sweep", ""), made("retract", "")),
}


def told(work: Command, store: Store) -> str:
    """What somebody is told: that it is done, or which error of ours."""
    try:
        work(cases_of(store))
    except SsflowError as error:
        return type(error).__name__
    return "done"


def one_after_the_other(site: Site, pair: tuple[Command, Command]) -> list[Outcome]:
    """What may come of both: either order, or one alone, while the other is told of the conflict."""
    x, y = pair
    outcomes: list[Outcome] = []
    site.restore()
    first = told(x, site.store())
    outcomes.append((first, "ConflictError", site.held()))
    outcomes.append((first, told(y, site.store()), site.held()))
    site.restore()
    first = told(y, site.store())
    outcomes.append(("ConflictError", first, site.held()))
    second = told(x, site.store())
    outcomes.append((second, first, site.held()))
    return outcomes


def at_the_same_time(site: Site, pair: tuple[Command, Command], turns: Turns) -> Outcome:
    """What comes of both in a drawn order."""
    site.restore()
    came = {}
    with site.watched(turns.around) as open_store:

        def work(name: str, command: Command) -> None:
            came[name] = told(command, open_store())

        turns.run({name: lambda name=name, do=do: work(name, do) for name, do in zip("xy", pair, strict=True)})
    return came["x"], came["y"], site.held()


def is_allowed(outcome: Outcome, allowed: list[Outcome], name: str) -> bool:
    """Whether one after the other would have made it. Two that both go through all cases, a transaction a case, may meet in each case otherwise."""
    if name not in ("two sweeps", "a sweep and a retraction"):
        return outcome in allowed
    held = [one[2] for one in allowed if one[:2] == outcome[:2]]
    return all(any(rows == one.get(case) for one in held) for case, rows in outcome[2].items())


@pytest.mark.parametrize("name", PAIRS)
def test_two_at_the_same_time_are_one_after_the_other(site: Site, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """In every order of their statements; who loses is told of the conflict, and nothing of his is there."""
    monkeypatch.setattr(
        psycopg.Pipeline, "is_supported", lambda: False
    )  # each statement is carried out before the next
    begin(site.store())
    site.keep()
    allowed = one_after_the_other(site, PAIRS[name])
    came = Counter[str]()
    for seed in range(ORDERS):
        turns = Turns(random.Random(f"{name} {seed}"))  # noqa: S311
        outcome = at_the_same_time(site, PAIRS[name], turns)
        assert is_allowed(outcome, allowed, name), f"seed {seed}: {outcome[:2]} in the order {turns.order}"
        came[" and ".join(outcome[:2])] += 1
    print(f"{type(site).__name__}, {name}: {ORDERS} orders, the last {turns.order}: {dict(came)}")
