"""What a database reports, in words: by the SQLSTATE of PostgreSQL, whichever driver brings it, and by the text of SQLite."""

from __future__ import annotations

from collections.abc import Iterator

from ssflow.text import Text

LOST = frozenset({"40001", "40P01"})  # serialization failure, deadlock: the same may be done again at once
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
    **dict.fromkeys(LOST, _BUSY),
    "55P03": _BUSY,  # lock_timeout
    "42P01": _MISSING,
    "42501": Text("数据库用户没有所需的权限", "the user of the database lacks the right to do this"),
    "53100": FULL,
    **dict.fromkeys(("57P01", "57P02", "57P03"), _GONE),  # the server stops, has crashed, is starting
}
_OTHER = Text("数据库拒绝了这一操作", "the database refused this")


def fault_of(error: BaseException) -> Text:
    """What is wrong, and what to do. Of what is reported the first line: those after it may show the row, and the row a person."""
    said = str(error).partition("\n")[0]
    state = sqlstate_of(error)
    why = _SAYS.get(state or "")
    if why is None and (state.startswith("08") if state else any(map(_is_of_the_connection, _within(error)))):
        why = _GONE
    if why is None and "locked" in said:
        why = _BUSY
    if why is None and "disk is full" in said:  # as SQLite says it
        why = FULL
    if why is None and "no such table" in said:
        why = _MISSING
    why = why or _OTHER
    return Text(f"{why.zh}（原文：“{said}”）", f"{why.en} ({said})")


def sqlstate_of(error: BaseException) -> str | None:
    """The SQLSTATE of an error of PostgreSQL, if it is one."""
    states = (getattr(one, name, None) for one in _within(error) for name in ("sqlstate", "pgcode"))
    return next((state for state in states if isinstance(state, str)), None)


def _is_of_the_connection(error: BaseException) -> bool:
    """Whether psycopg reports it by itself: what the server says of a statement has an SQLSTATE."""
    kinds = ((cls.__module__.partition(".")[0], cls.__name__) for cls in type(error).__mro__)
    return ("psycopg", "OperationalError") in kinds


def _within(error: BaseException) -> Iterator[BaseException]:
    """The error, and that of the driver which a framework has wrapped."""
    yield error
    for inner in (getattr(error, "orig", None), error.__cause__):
        if isinstance(inner, BaseException):
            yield inner
