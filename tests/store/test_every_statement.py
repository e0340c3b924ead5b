"""A process that dies after any statement of any command: each case is as before or as after, and who does it again has one effect.

The commands run over the stores' own connections, whose cursors count. In SQLite, what a killed process leaves is the file with its journal as
they are at that moment; PostgreSQL sees a connection end. SSFLOW_TEST_RACES=large takes every statement of long commands too, not every third.
"""

import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from random import seed
from typing import Any

import pytest
from attrs import evolve as changed

from ssflow.records import Store
from ssflow.testing.store import a_change
from tests.store.commands import COMMANDS, PERSONS, Command, begin, cases_of, recorded
from tests.store.sites import Site, SQLiteSite

IS_LARGE = os.environ.get("SSFLOW_TEST_RACES") == "large"


class CrashError(BaseException):
    """The process dies here: nothing that cleans up after errors may take it for one."""


class Fuse:
    """Burns with every statement once it is lit; what is to be left behind is left when it blows."""

    def __init__(self, after: int, leave: Callable[[], object]) -> None:
        self.left = after
        self.leave = leave
        self.is_lit = False

    def burn(self, statement: Callable[[], Any]) -> Any:
        """One statement more; a process that is dead has none."""
        if not self.is_lit:
            return statement()
        if self.left <= 0:
            raise CrashError
        answer = statement()
        self.left -= 1
        if self.left == 0:
            self.leave()
            raise CrashError
        return answer


@contextmanager
def dying(site: Site, after: int) -> Iterator[tuple[Fuse, Callable[[], Store]]]:
    """A store in a process that dies after so many statements, once the fuse is lit."""
    fuse = Fuse(after, site.leave)
    with site.watched(fuse.burn) as open_store:
        yield fuse, open_store


def is_dead(site: Site, command: Command, after: int) -> bool:
    """Whether the process that carries it out has died before its end."""
    try:
        with dying(site, after) as (fuse, open_store):
            store = open_store()
            fuse.is_lit = True
            seed(0)  # a sweep begins at any case; here always at the same, so that it has the same statements each time
            command.do(cases_of(store))
    except CrashError:
        return True
    return False


@pytest.mark.parametrize("name", COMMANDS)
def test_a_process_that_dies_after_any_statement_leaves_nothing_half(
    site: Site, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    """A command of one transaction leaves all as before or as after, one of many each case; done again, under its key, it has one effect."""
    caplog.set_level(logging.CRITICAL, "psycopg")  # a connection that has ended cannot be ended in good order
    command = COMMANDS[name]
    PERSONS.destroyed.clear()
    begin(site.store())
    command.first(site.store())
    site.keep()
    before = site.held()
    first, after = command.do(cases_of(site.store())), site.held()
    told = recorded(site.store())
    assert (before == after) is (name == "seal")

    step = 1 if command.once or IS_LARGE else 3
    died, done_again, left = 0, list[Any](), after
    for statements in count(1, step):
        PERSONS.destroyed.clear()
        if left != before:
            site.restore()
        if not is_dead(site, command, statements):
            break
        died, left = died + 1, site.held()
        assert not PERSONS.destroyed or left == after, "a key is destroyed when it is on record everywhere"
        if name == "deliver":
            assert all(rows == sorted({*rows} & {*before[case]}) for case, rows in left.items()), "no message is new"
            assert all({*rows} <= {*left[case]} for case, rows in after.items())
        else:
            assert not command.once or left in (before, after)
            assert all(left.get(case) in (before.get(case), after.get(case)) for case in {*before, *after})
        if left in done_again:
            continue
        done_again.append(left)
        if command.anew and left == after:
            continue
        again = command.do(cases_of(site.store()))
        assert site.held() == after
        assert recorded(site.store()) == told
        assert not command.once or again == first
        site.restore()
        left = before
    print(f"{type(site).__name__}, {name}: died {died} times, left {len(done_again)} states")

    assert died >= 3
    assert before in done_again
    assert after in done_again or step > 1
    found = changed(cases_of(site.store()), keys=PERSONS).verify()
    assert [finding for finding in found if finding.case != "odd"] == []


def test_a_process_that_dies_while_it_makes_a_file_leaves_one_that_can_be_made(tmp_path: Path) -> None:
    """After any statement of the opening of a file that is not there yet, the next who opens it finds what it needs."""
    died, site = 0, SQLiteSite(tmp_path)
    while True:
        site.restore()
        try:
            with dying(site, died + 1) as (fuse, open_store):
                fuse.is_lit = True
                open_store()
            break
        except CrashError:
            died += 1
        site.store().append([a_change("a")])
        assert site.store().trace("a") == a_change("a").events
    print(f"died {died} times")
    assert died > 20
