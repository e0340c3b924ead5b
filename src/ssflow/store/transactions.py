"""How operations are run: statement by statement on a connection, within a transaction of the store's own or of a host.

A round trip to a database costs more than most statements. So what begins a transaction goes with the first statements of an operation, and
what ends it with the last, if the operation says which these are.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from contextlib import suppress
from typing import Any, TypeAlias, TypeVar

from ssflow.store.statements import RELEASE, ROLLBACK_TO, SAVEPOINT, Statement

T = TypeVar("T")
Rows: TypeAlias = Sequence[Sequence[Any]]
Operation: TypeAlias = Generator[Sequence[Statement], Sequence[Rows], T]
Execute: TypeAlias = Callable[[Sequence[Statement]], Sequence[Rows]]


class Last(tuple[Statement, ...]):
    """The last statements of an operation. It decides nothing by their rows, and is sent none: they are right unless the database refuses one."""

    __slots__ = ()


def drive(operation: Operation[T], execute: Execute) -> T:
    """Run an operation and return its answer; an error of a statement is raised in the operation."""
    try:
        batch = next(operation)
        while True:
            try:
                answered = execute(batch)
            except BaseException as error:  # noqa: BLE001 - the operation may have to clean up after any error
                batch = operation.throw(error)
            else:
                batch = operation.send(answered)
    except StopIteration as done:
        answer: T = done.value
        return answer


def enclosed(
    operation: Operation[T], begin: Sequence[Statement], end: Sequence[Statement], undo: Sequence[Statement] = ()
) -> Operation[T]:
    """Send some statements before the first of an operation and others after its last; after an error ``undo`` is tried."""
    unsent, ended, answered = begin, False, None
    try:
        while True:
            try:
                batch = operation.send(answered)  # type: ignore[arg-type]  # a generator is begun by sending None
            except StopIteration as done:
                if not (unsent or ended):
                    yield Last(end)
                answer: T = done.value
                return answer
            before, unsent, ended = unsent, (), isinstance(batch, Last)
            whole = [*before, *batch]
            answered = (yield Last([*whole, *end]) if ended else whole)[len(before) :]
    except GeneratorExit:
        raise
    except BaseException:
        if undo and not unsent:
            with suppress(Exception):  # the connection may be gone, and the transaction with it
                yield undo
        raise


def whole_or_not_at_all(operation: Operation[T]) -> Operation[T]:
    """Wrap an operation for a transaction of the host: if the operation fails, it leaves nothing there, and the transaction can go on."""
    return enclosed(operation, [SAVEPOINT], [RELEASE], undo=[ROLLBACK_TO, RELEASE])


def unless(is_done: Operation[bool], operation: Operation[None]) -> Operation[None]:
    """Wrap an operation that may have been committed before, although nobody was told: it is not done twice."""
    if not (yield from is_done):
        yield from operation
