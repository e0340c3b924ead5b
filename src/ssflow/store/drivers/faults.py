"""Errors of databases in words: by the SQLSTATE of PostgreSQL under any driver, and by the message of SQLite."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ssflow.errors import StoreError, TransactionConflictError
from ssflow.text import Text

_LOST = frozenset({"40001", "40P01", "SQLITE_BUSY_SNAPSHOT"})  # serialization failures, deadlock
_TAKEN = frozenset({"23505", "SQLITE_CONSTRAINT_PRIMARYKEY", "SQLITE_CONSTRAINT_UNIQUE"})
_BUSY = Text("另一事务正在办理同一办件，请再试", "another transaction is writing to the same case: try again")
FULL = Text("磁盘已满；请腾出空间后再试", "the disk is full; make room, then try again")
_MISSING = Text(
    "没有ssflow的数据表；请先调用ssflow.store.migrate(connection)",
    "the tables of ssflow are missing; call ssflow.store.migrate(connection) first",
)
_GONE = Text(
    "无法连接数据库，或者连接中断；请检查地址、用户和密码，以及服务器是否在运行",
    "the database cannot be reached, or the connection was lost; check its address, user and password, and that the server is running",
)
_SAYS = {
    **dict.fromkeys(
        _LOST,
        Text(
            "另一事务与本事务冲突，数据库中止了本事务",
            "another transaction was in the way, and the database ended this one",
        ),
    ),
    **dict.fromkeys(
        _TAKEN,
        Text("另一事务已先写入同一办件或者同一个键", "another transaction has written the same case or key first"),
    ),
    "55P03": _BUSY,  # lock_timeout
    "42P01": _MISSING,
    "25P02": Text(
        "本事务中先前的语句已失败；请回滚后再试",
        "an earlier statement of this transaction has failed; roll it back, then try again",
    ),
    "42501": Text("数据库用户没有所需的权限", "the user of the database lacks the right to do this"),
    "53100": FULL,
    **dict.fromkeys(("57P01", "57P02", "57P03"), _GONE),  # the server stops, has crashed, is starting
}
_SQLITE_SAYS = {"locked": _BUSY, "disk is full": FULL, "no such table": _MISSING}
_OTHER = Text("数据库拒绝了这一操作", "the database refused this")


class TakenError(StoreError):
    """There is a row with this key already; it may be one of a transaction that this one does not see."""


def error_of(
    database: Path | str, error: BaseException, *, joined: bool = False
) -> StoreError | TransactionConflictError:
    """Return the error of the library for one of a driver; ``joined`` says that the transaction is that of the host."""
    if is_lost(error):
        return TransactionConflictError(database, fault_of(error), joined=joined)
    return (TakenError if state_of(error) in _TAKEN else StoreError)(database, fault_of(error))


def is_lost(error: BaseException) -> bool:
    """Return whether the transaction was ended because of another one: it may be repeated at once."""
    return state_of(error) in _LOST


def fault_of(error: BaseException) -> Text:
    """Return what is wrong and what to do, with only the first line of the original: later lines may show a row with a person's data."""
    said = str(error).partition("\n")[0]
    state = state_of(error)
    why = _SAYS.get(state or "")
    if state.startswith("08") if state else any(map(_is_of_the_connection, _within(error))):
        why = _GONE
    why = why or next((text for words, text in _SQLITE_SAYS.items() if words in said), _OTHER)
    return Text(f"{why.zh}（原文：“{said}”）", f"{why.en} ({said})")


def state_of(error: BaseException) -> str | None:
    """Return the SQLSTATE of an error of PostgreSQL, the name of an error of SQLite, None for any other error."""
    names = ("sqlstate", "pgcode", "sqlite_errorname")
    states = (getattr(one, name, None) for one in _within(error) for name in names)
    return next((state for state in states if isinstance(state, str)), None)


def _is_of_the_connection(error: BaseException) -> bool:
    """Return whether an error is psycopg's own and so of the connection: an error that the server reports has an SQLSTATE."""
    kinds = ((cls.__module__.partition(".")[0], cls.__name__) for cls in type(error).__mro__)
    return ("psycopg", "OperationalError") in kinds


def _within(error: BaseException) -> Iterator[BaseException]:
    """Yield an error and, if a framework has wrapped it, that of the driver."""
    yield error
    for inner in (getattr(error, "orig", None), error.__cause__):
        if isinstance(inner, BaseException):
            yield inner
