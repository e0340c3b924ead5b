"""A connection that the server ends at any statement of a command: it is done again on another, or told as in doubt; it is never done twice."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

import psycopg
import pytest

from ssflow import JoinedStore
from ssflow.errors import StoreError
from ssflow.records import Store
from tests.store.commands import COMMANDS, begin, cases_of
from tests.store.sites import PostgreSQLSite

KEYED = ("open beside another", "correct")


@pytest.fixture
def site(dsn: str) -> PostgreSQLSite:
    """Cases in which something is to be done."""
    site = PostgreSQLSite(dsn)
    begin(site.store())
    site.keep()
    return site


@contextmanager
def losing(site: PostgreSQLSite, at: int, left: list[int]) -> Iterator[Callable[[], Store]]:
    """Stores whose connection is ended before one of their statements; ``left`` is emptied when it was."""
    numbers = count()

    def around(statement: Callable[[], Any]) -> Any:
        if left and site.open and next(numbers) == at:
            left.clear()
            with psycopg.connect(site.dsn, autocommit=True) as other:
                other.execute("SELECT pg_terminate_backend(%s, 5000)", [site.open[-1].info.backend_pid])
        return statement()

    with site.watched(around) as open_store:
        yield open_store


def answer(ask: Callable[[], object]) -> object:
    """What comes of a request: its answer, or the error of the store."""
    try:
        return ask()
    except StoreError as error:
        return error


@pytest.mark.parametrize("name", KEYED)
def test_a_connection_that_is_lost_at_any_statement(
    site: PostgreSQLSite, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Nothing is half, what is told as not written is not there, and the same request under its key has one effect."""
    caplog.set_level("CRITICAL", "psycopg")  # a connection that is lost cannot be ended in good order
    do, before = COMMANDS[name].do, site.held()
    first, after = do(cases_of(site.store())), site.held()
    told = Counter[str]()
    for at in count():
        site.restore()
        left = [1]
        with losing(site, at, left) as open_store:
            store = open_store()
            came = answer(lambda store=store: do(cases_of(store)))
        if isinstance(came, StoreError):
            told["in doubt" if came.in_doubt else "not written"] += 1
            assert site.held() in ((before, after) if came.in_doubt else (before,))
        else:
            told["done"] += 1
            assert came == first
            assert site.held() == after
        if left:
            break
        assert do(cases_of(site.store())) == first
        assert site.held() == after
    print(f"{name}: {dict(told)}")
    assert told["done"] > 5
    assert not told["not written"], "it can be done again on another connection"


def test_a_connection_of_a_host_that_is_lost_is_told(site: PostgreSQLSite) -> None:
    """What a joined store was about to write is gone with the transaction of its host; the error says what has happened, in our words."""
    before = site.held()
    with psycopg.connect(site.dsn) as host, psycopg.connect(site.dsn, autocommit=True) as other:
        store = JoinedStore(host)
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [host.info.backend_pid])
        with pytest.raises(StoreError, match="cannot be reached, or the connection was lost"):
            COMMANDS["do"].do(cases_of(store))
    assert site.held() == before
