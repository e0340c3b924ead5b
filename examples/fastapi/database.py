"""The host's own database: its tables beside those of ssflow, and who works here."""

from __future__ import annotations

from uuid import uuid4

from sqlalchemy import CheckConstraint, Column, Connection, Engine, MetaData, String, Table, create_engine, make_url

from examples.desk import Beside, User
from ssflow import Cases, JoinedStore
from ssflow.case import Case
from ssflow.store import migrate

_TABLES = MetaData()
USER = Table(
    "desk_user", _TABLES, Column("name", String, primary_key=True), Column("roles", String), Column("place", String)
)
SESSION = Table("desk_session", _TABLES, Column("token", String, primary_key=True), Column("user", String))
NOTE = Table(
    "desk_note",
    _TABLES,
    Column("key", String, primary_key=True),  # that of the act: a second click leaves no second row
    Column("case", String, index=True),
    Column("author", String),
    Column("text", String, CheckConstraint("length(text) <= 200", name="a_note_is_short")),
)
_PEOPLE = (
    ("li", "office issuer", "440100"),
    ("zhao", "agency old_agency new_agency", "440100"),
    ("wang", "", ""),
    ("sun", "", ""),
)


def opened(url: str) -> Engine:
    """The database of an address, with all tables in it."""
    address = make_url(url)
    if address.drivername in ("postgresql", "postgres"):
        address = address.set(drivername="postgresql+psycopg")
    engine = create_engine(address)
    with engine.begin() as connection:
        migrate(connection)
        Cases(JoinedStore(connection)).check_versions()
        _TABLES.create_all(connection)
        if connection.execute(USER.select()).first() is None:
            connection.execute(USER.insert(), [dict(zip(USER.c.keys(), row, strict=True)) for row in _PEOPLE])
    return engine


def users(connection: Connection) -> list[User]:
    """Everybody who may sign in."""
    rows = connection.execute(USER.select().order_by(USER.c.name))
    return [User(row.name, frozenset(row.roles.split()), row.place) for row in rows]


def user_of(connection: Connection, token: str) -> User | None:
    """The user of a session."""
    found = connection.execute(SESSION.select().where(SESSION.c.token == token)).first()
    return next((user for user in users(connection) if found and user.name == found.user), None)


def keep_note(connection: Connection, case: Case, author: User, beside: Beside) -> None:
    """Our own row of an act; a second click leaves no second one, because it has the key of the first."""
    key = beside.key or uuid4().hex
    if not connection.execute(NOTE.select().where(NOTE.c.key == key)).first():
        connection.execute(NOTE.insert().values(key=key, case=case.id, author=author.name, text=beside.note))
