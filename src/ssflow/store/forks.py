"""Forks wait until no other thread of the process uses a connection of a store, and none begins to meanwhile.

SQLite keeps the locks of a process in its memory. A child that is forked within a transaction of another thread takes these locks for its own, and
nothing ever releases them there: all its writes would fail as locked, and its reads would not be locked.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Condition, get_ident

_changed = Condition()
_within = Counter[int]()  # by thread, how many `no_fork` it is in
_forking: list[int] = []  # the threads that are about to fork
_first: list[Callable[[], object]] = []


def before_fork(do: Callable[[], object]) -> None:
    """Have something done before each fork, when no other thread is in `no_fork`."""
    _first.append(do)


@contextmanager
def no_fork() -> Iterator[None]:
    """Let no other thread fork until the end of the ``with``."""
    me = get_ident()
    with _changed:
        while _forking and not (_within[me] or me in _forking):
            _changed.wait()
        _within[me] += 1
    try:
        yield
    finally:
        with _changed:
            _within[me] -= 1
            if not _within[me]:
                del _within[me]
            _changed.notify_all()


def _before() -> None:
    me = get_ident()
    _changed.acquire()
    _forking.append(me)
    while any(thread not in _forking for thread in _within):
        _changed.wait()
    for do in _first:
        do()


def _after_in_parent() -> None:
    _forking.remove(get_ident())
    _changed.notify_all()
    _changed.release()


def _after_in_child() -> None:
    _forking.clear()
    for thread in [*_within]:
        if thread != get_ident():
            del _within[thread]
    _changed.release()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(before=_before, after_in_parent=_after_in_parent, after_in_child=_after_in_child)
