"""Stores with connections of their own, which they keep open between calls: one for each thread that asks at the same time.

A connection never goes into another process: before a fork the idle ones are closed, so that a child inherits none. If a program forks without
telling Python, the child neither uses nor closes what it inherits, because that would be felt by the parent.
"""

from __future__ import annotations

import os
from abc import abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, Generic, Protocol, Self, TypeAlias, TypeVar
from weakref import WeakSet, finalize

from attrs import fields

from ssflow.store.database import DatabaseStore
from ssflow.store.forks import before_fork, no_fork


class Connection(Protocol):
    """A connection to a database."""

    @property
    def closed(self) -> bool:
        """Whether it is closed, or broken."""

    def close(self) -> None:
        """Close it."""


C_co = TypeVar("C_co", bound=Connection, covariant=True)
Idle: TypeAlias = "list[tuple[int, C_co]]"  # each with the process that opened it


class Kept(Generic[C_co]):
    """The open connections of a store."""

    def __init__(self, connect: Callable[[], C_co]) -> None:
        self._connect = connect
        self._idle: Idle[C_co] = []
        self._finalize = finalize(self, _close, self._idle)
        _KEPT.add(self)

    @contextmanager
    def connection(self) -> Iterator[C_co]:
        """Lend a connection until the end of the ``with``; a closed one is not kept."""
        with no_fork():
            held = self._taken()
            try:
                yield held
            finally:
                if held.closed:  # the database is gone, or was: the other connections are lost too
                    self.close()
                else:
                    self._idle.append((os.getpid(), held))

    def close(self) -> None:
        """Close the connections that nobody uses."""
        _close(self._idle)

    def _taken(self) -> C_co:
        with suppress(IndexError):  # other threads may empty the list at the same time
            while True:
                process, held = self._idle.pop()
                if process != os.getpid():
                    _INHERITED.append(held)
                elif not held.closed:
                    return held
        return self._connect()


def _close(idle: Idle[C_co]) -> None:
    with suppress(IndexError):
        while True:
            process, held = idle.pop()
            if process == os.getpid():
                held.close()
            else:
                _INHERITED.append(held)


_KEPT: WeakSet[Kept[Connection]] = WeakSet()
_INHERITED: list[Connection] = []  # kept from being collected, which would close them


def _close_all() -> None:
    for kept in tuple(_KEPT):
        kept.close()


before_fork(_close_all)


class OwnedStore(DatabaseStore):
    """A store that opens its connections itself and ends its transactions.

    Close it, or use it in a ``with``, to close the connections that it keeps open; a store that is no longer used is closed too.
    """

    __slots__ = ()

    @property
    @abstractmethod
    def _kept(self) -> Kept[Connection] | None:
        """The connections that it keeps; None if they are lent to it."""

    def close(self) -> None:
        """Close the connections that no thread is using. A later call opens one again."""
        if self._kept is not None:
            self._kept.close()

    def __reduce__(self) -> tuple[object, ...]:
        cls: Any = type(self)  # a frozen class of attrs
        given = (getattr(self, part.name) for part in fields(cls) if part.init)
        return cls, tuple(given)  # a copy, perhaps in another process, opens connections of its own

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
