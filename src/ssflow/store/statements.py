"""All SQL statements with their values, except those that make the tables (`migrations`).

The SQL is that of PostgreSQL with the question marks of SQLite; `Dialect` spells it for a database and a driver. One statement writes many
rows: a round trip for each row would cost ten times as much.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from functools import lru_cache
from itertools import chain, count, islice
from typing import TypeAlias, TypeVar

from attrs import frozen

T = TypeVar("T")
Value: TypeAlias = str | int | None
Row: TypeAlias = tuple[Value, ...]
Statement: TypeAlias = tuple[str, Row]

PREFIX = "ssflow_"  # prefix of all tables, which lie among those of a host
_AT_ONCE = 100  # the greatest number of rows in one statement
VERSION = '","process_version":'  # precedes the version of a procedure in the text of an event
_LAST_MOMENT, _LAST_DAY = 253_402_271_999_999_999, "9999-12-31"  # in Beijing; a later one is damaged
_LAST = 2**31 - 1  # the greatest version that a column can hold


class Database(Enum):
    """A database for which there is SQL; the value is the folder of its migrations."""

    sqlite = "sqlite"
    postgresql = "postgresql"


@frozen
class Dialect:
    """The spelling of statements: the database, the placeholder of its driver (``$`` is followed by a number) and the prefix of the tables.

    A file of our own needs no prefix.
    """

    database: Database
    placeholder: str = "?"
    prefix: str = PREFIX

    def spell(self, sql: str) -> str:
        """Return a statement as the driver takes it."""
        return _spelt(self, sql)


@lru_cache(maxsize=4096)
def _spelt(dialect: Dialect, sql: str) -> str:
    if dialect.database is Database.sqlite:  # a writer locks the whole file
        sql = sql.replace(" FOR UPDATE", "").replace("strpos(", "instr(")
    if dialect.prefix != PREFIX:
        sql = sql.replace(PREFIX, dialect.prefix)
    if dialect.placeholder == "$":
        numbers = count(1)
        return "".join(f"${next(numbers)}" if char == "?" else char for char in sql)
    return sql.replace("?", dialect.placeholder)


_EVENT = ("case_id", "version", "body", "seal")
_LINE = ("case_id", "process", "state", "version", "closed", "closes", "late", "last")
_HEAD = (*_LINE, "seal", "snapshot", "snapshot_seal")
_FAILURE = ("work", "case_id", "version", "tries", "tried", "fault")
_ACCESS = ("at", "kind", "command", "case_id", "activity", "role", "party", "actor", "reason", "codes")
_CUSTODY = ("case_id", "number", "kind", "at", "actor", "reason", "version", "seal", "ends", "digest")
_OBLIGATION = ("case_id", "process", "clock", "role", "place", "due", "late")

SAVEPOINT: Statement = ("SAVEPOINT ssflow_append", ())
RELEASE: Statement = ("RELEASE SAVEPOINT ssflow_append", ())
ROLLBACK_TO: Statement = ("ROLLBACK TO SAVEPOINT ssflow_append", ())


def heads(cases: Iterable[str], *, lock: bool) -> Iterator[Statement]:
    """Select the version and seal of some cases; ``lock`` their rows, always in one order."""
    for some in _portions(sorted(cases)):
        sql = f"SELECT case_id, version, seal FROM ssflow_head WHERE case_id IN ({_marks(some)}) ORDER BY case_id"
        yield sql + (" FOR UPDATE" if lock else ""), tuple(some)


def insert_events(rows: Iterable[Row]) -> Iterator[Statement]:
    """Insert events (case, version, body, seal), of which none may exist."""
    yield from _inserts("ssflow_event", _EVENT, rows)


def events_after(seen: Iterable[tuple[str, int]]) -> Iterator[Statement]:
    """Select the events (case, version, body) of each of some cases after a version."""
    for some in _portions(seen):
        asked = " OR ".join(["(case_id = ? AND version > ?)"] * len(some))
        yield f"SELECT case_id, version, body FROM ssflow_event WHERE {asked}", tuple(chain(*some))


def put_heads(rows: Iterable[Row], *, new: bool) -> Iterator[Statement]:
    """Write the present state of cases (line, seal, snapshot and its seal), in place of an earlier one or of ``new`` cases, which have none.

    A new case takes its place in the order of opening from its first event, which must have been inserted.
    """
    first = "(SELECT position FROM ssflow_event WHERE case_id = ? AND version = 1)"
    marks = f"({_marks(_HEAD)}, {first})"
    put = ", ".join(f"{name} = excluded.{name}" for name in _HEAD if name not in ("case_id", "process"))
    tail = "" if new else f" ON CONFLICT (case_id) DO UPDATE SET {put}"
    yield from _inserts("ssflow_head", (*_HEAD, "opened"), ((*row, row[0]) for row in rows), tail, marks)


def insert_links(rows: Iterable[Row]) -> Iterator[Statement]:
    """Insert the links between cases (named case, naming case)."""
    yield from _inserts("ssflow_link", ("named", "case_id"), rows, " ON CONFLICT DO NOTHING")


def delete_obligations(cases: Iterable[str]) -> Iterator[Statement]:
    """Delete all obligations of some cases."""
    for some in _portions(cases):
        yield f"DELETE FROM ssflow_obligation WHERE case_id IN ({_marks(some)})", tuple(some)


def insert_obligations(rows: Iterable[Row]) -> Iterator[Statement]:
    """Insert obligations, of which the case has none with these clocks."""
    yield from _inserts("ssflow_obligation", _OBLIGATION, rows, " ON CONFLICT DO NOTHING")


def insert_request(name: str, digest: str, answer: str) -> Statement:
    """Insert a request, of whose name there may be none."""
    return "INSERT INTO ssflow_request (name, digest, answer) VALUES (?, ?, ?)", (name, digest, answer)


def request(name: str) -> Statement:
    """Select the digest and the answer of a request."""
    return "SELECT digest, answer FROM ssflow_request WHERE name = ?", (name,)


def traces(cases: Iterable[str]) -> Iterator[Statement]:
    """Select the events of each case in order (case, 0, version, body, seal), then its head (case, 1, version, '', seal), as of one moment."""
    for some in _portions(cases):
        marks = _marks(some)
        sql = (
            f"SELECT case_id, 0, version, body, seal FROM ssflow_event WHERE case_id IN ({marks}) UNION ALL "
            f"SELECT case_id, 1, version, '', seal FROM ssflow_head WHERE case_id IN ({marks}) ORDER BY 1, 2, 3"
        )
        yield sql, (*some, *some)


def snapshots(cases: Iterable[str]) -> Iterator[Statement]:
    """Select the present states of some cases (case, seal, snapshot and its seal)."""
    for some in _portions(cases):
        sql = f"SELECT case_id, seal, snapshot, snapshot_seal FROM ssflow_head WHERE case_id IN ({_marks(some)})"
        yield sql, tuple(some)


def linking(cases: Iterable[str]) -> Iterator[Statement]:
    """Select the links to some cases (named case, naming case)."""
    for some in _portions(cases):
        yield f"SELECT named, case_id FROM ssflow_link WHERE named IN ({_marks(some)})", tuple(some)


def rows(*, closing_by: int | None, late: bool, since: str | None) -> Statement:
    """Select the lines of cases that meet any given criterion, in the order of their opening; an impossible moment counts as due."""
    asked: dict[str, Row] = {}
    if closing_by is not None:
        asked["closes <= ?"] = (closing_by,)
        asked["closes > ?"] = (_LAST_MOMENT,)
    if late:
        asked["late"] = ()
    if since is not None:
        asked["(last IS NULL OR last >= ?)"] = (since,)
    where = f" WHERE {' OR '.join(asked)}" if asked else ""
    return f"SELECT {', '.join(_LINE)} FROM ssflow_head{where} ORDER BY opened", tuple(chain(*asked.values()))


def versions() -> Statement:
    """Count open cases by procedure and by the ten characters after `VERSION` in their last event; each row has one case as an example.

    Names of fields are sorted in events, so the version follows the name of the procedure; no other part of a text has both side by side.
    A damaged text is counted too, where a function for JSON would fail.
    """
    sql = (
        "SELECT head.process, CASE WHEN strpos(event.body, ?) > 0 "
        f"THEN substr(event.body, strpos(event.body, ?) + {len(VERSION)}, 10) ELSE '' END, count(*), min(head.case_id) "
        "FROM ssflow_head AS head JOIN ssflow_event AS event "
        "ON event.case_id = head.case_id AND event.version = head.version WHERE NOT head.closed GROUP BY 1, 2 ORDER BY 1, 2"
    )
    return sql, (VERSION, VERSION)


def obligations(*, process: str | None, role: str | None, place: str | None, due_by: str | None) -> Statement:
    """Select the obligations that meet all given criteria; an unknown place ('') and an impossible day meet any."""
    asked: dict[str, str] = {}
    if role is not None:
        asked["role = ?"] = role
    if place is not None:
        asked["place IN (?, '')"] = place
    if process is not None:
        asked["process = ?"] = process
    days: list[dict[str, str]] = [{}] if due_by is None else [{"due <= ?": due_by}, {"due > ?": _LAST_DAY}]
    parts = [{**asked, **day} for day in days]  # each uses the index
    columns = f"SELECT {', '.join(_OBLIGATION)} FROM ssflow_obligation"
    sql = (columns + (f" WHERE {' AND '.join(part)}" if part else "") for part in parts)
    return " UNION ALL ".join(sql), tuple(chain(*(part.values() for part in parts)))


def failures(work: str) -> Statement:
    """Select the failures of a work (case, version, tries, tried, fault)."""
    return f"SELECT {', '.join(_FAILURE[1:])} FROM ssflow_failure WHERE work = ? ORDER BY case_id", (work,)


def put_failure(row: Row) -> Iterator[Statement]:
    """Write the failure of a work in a case, in place of an earlier one."""
    put = ", ".join(f"{name} = excluded.{name}" for name in _FAILURE[2:])
    return _inserts("ssflow_failure", _FAILURE, [row], f" ON CONFLICT (work, case_id) DO UPDATE SET {put}")


def delete_failure(work: str, case: str) -> Statement:
    """Delete the failure of a work in a case."""
    return "DELETE FROM ssflow_failure WHERE work = ? AND case_id = ?", (work, case)


def insert_messages(rows: Iterable[Row]) -> Iterator[Statement]:
    """Insert a message about each of some events (case, version) for every subscriber. The first row gives the database the types of all."""
    into = (
        "INSERT INTO ssflow_outbox (subscriber, case_id, version) SELECT subscriber.name, event.column1, event.column2 "
        "FROM ssflow_subscriber AS subscriber CROSS JOIN (VALUES (CAST(? AS TEXT), CAST(? AS INTEGER))"
    )
    for some in _portions(rows):
        values = ", (?, ?)" * (len(some) - 1)
        yield f"{into}{values}) AS event WHERE true ON CONFLICT DO NOTHING", tuple(chain(*some))


def insert_subscriber(name: str) -> Statement:
    """Insert a subscriber."""
    return "INSERT INTO ssflow_subscriber (name) VALUES (?) ON CONFLICT (name) DO NOTHING", (name,)


def delete_subscriber(name: str) -> Iterator[Statement]:
    """Delete a subscriber and the messages that wait for it."""
    yield "DELETE FROM ssflow_subscriber WHERE name = ?", (name,)
    yield "DELETE FROM ssflow_outbox WHERE subscriber = ?", (name,)


def subscribers() -> Statement:
    """Select the names of all subscribers."""
    return "SELECT name FROM ssflow_subscriber ORDER BY name", ()


def waiting(subscriber: str) -> Statement:
    """Select the cases with messages that wait for a subscriber, each with the version of the first event."""
    return "SELECT case_id, min(version) FROM ssflow_outbox WHERE subscriber = ? GROUP BY case_id", (subscriber,)


def messages(subscriber: str, case: str) -> Statement:
    """Select the events of a case with messages that wait for a subscriber, in order."""
    sql = (
        "SELECT event.body FROM ssflow_outbox AS waits JOIN ssflow_event AS event "
        "ON event.case_id = waits.case_id AND event.version = waits.version "
        "WHERE waits.subscriber = ? AND waits.case_id = ? ORDER BY waits.version"
    )
    return sql, (subscriber, case)


def delete_messages(subscriber: str, case: str, version: int) -> Statement:
    """Delete the messages of a case up to a version."""
    sql = "DELETE FROM ssflow_outbox WHERE subscriber = ? AND case_id = ? AND version <= ?"
    return sql, (subscriber, case, min(version, _LAST))


def insert_accesses(rows: Iterable[Row]) -> Iterator[Statement]:
    """Insert entries of the access log."""
    yield from _inserts("ssflow_access", _ACCESS, rows)


def accesses(*, case: str | None, since: int | None) -> Statement:
    """Select the entries of the access log that meet all given criteria, each after its position."""
    asked: dict[str, Value] = {}
    if case is not None:
        asked["case_id = ?"] = case
    if since is not None:
        asked["at >= ?"] = since
    where = f" WHERE {' AND '.join(asked)}" if asked else ""
    return f"SELECT position, {', '.join(_ACCESS)} FROM ssflow_access{where} ORDER BY position", tuple(asked.values())


def custody(case: str | None) -> Statement:
    """Select the orders about a case, or about all cases."""
    where, values = (" WHERE case_id = ?", (case,)) if case is not None else ("", ())
    return f"SELECT {', '.join(_CUSTODY)} FROM ssflow_custody{where} ORDER BY case_id, number", values


def insert_order(row: Row) -> Statement:
    """Insert an order, and return its number unless that is taken."""
    marks = _marks(_CUSTODY)
    into = f"INSERT INTO ssflow_custody ({', '.join(_CUSTODY)}) VALUES ({marks})"
    return f"{into} ON CONFLICT (case_id, number) DO NOTHING RETURNING number", row


def delete_case(case: str) -> Iterator[Statement]:
    """Delete a case, except the orders about it and the log of access to it.

    The requests that it answered are deleted too, because the digest of a request confirms a guess of what was asked.
    """
    for table in ("obligation", "outbox", "failure", "link", "event", "head"):
        yield f"DELETE FROM ssflow_{table} WHERE case_id = ?", (case,)
    quoted = json.dumps([case])[:-1]  # the beginning of the pair in each answer that names the case
    yield "DELETE FROM ssflow_request WHERE replace(answer, ?, '') <> answer", (f"{quoted},",)


def _inserts(
    table: str, columns: Sequence[str], rows: Iterable[Row], tail: str = "", marks: str = ""
) -> Iterator[Statement]:
    """Insert rows into a table, many with each statement."""
    marks = marks or f"({_marks(columns)})"
    for some in _portions(rows):
        all_marks = ", ".join([marks] * len(some))
        yield f"INSERT INTO {table} ({', '.join(columns)}) VALUES {all_marks}{tail}", tuple(chain(*some))


def _portions(values: Iterable[T]) -> Iterator[list[T]]:
    left = iter(values)
    while some := list(islice(left, _AT_ONCE)):
        yield some


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))
