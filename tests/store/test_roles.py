"""The rights of the roles of PostgreSQL: the application, the auditor and the owner, each held by the database itself."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path
from time import sleep
from urllib.parse import quote

import psycopg
import pytest
from attrs import frozen

from ssflow import Cases, PostgreSQLStore
from ssflow.cli.output.exported import export
from ssflow.errors import InputError, NoTransactionError, RefusedError, StoreError
from ssflow.machines.card_replacement import Application, CardReplacement, Photo, Reason
from ssflow.persons import Identity
from ssflow.records import AccessKind
from ssflow.store import grant, migrate, schema
from ssflow.testing import OutboxContract
from ssflow.testing.store import a_change
from tests.store.hosts import Host
from tests.store.postgresql import Server

C = CardReplacement
SECRET = b"16 bytes or more"
TABLES = (
    "schema",
    "event",
    "head",
    "link",
    "obligation",
    "request",
    "failure",
    "subscriber",
    "outbox",
    "access",
    "custody",
)


@frozen
class Roles:
    """Addresses of one schema, each as which role."""

    owner: str
    app: str
    auditor: str


@pytest.fixture
def roles(server: Server, dsn: str) -> Iterator[Roles]:
    """Three roles, the first of which has made the tables and given the others their rights."""
    here = dsn.rpartition("%3D")[2]
    names = [f'{here}_{name}"' for name in ("owner", "app", "auditor")]  # a name that has to be quoted
    quoted = ['"' + name.replace('"', '""') + '"' for name in names]
    with psycopg.connect(dsn) as db:
        for role in quoted:
            try:
                db.execute(f"CREATE ROLE {role}")
            except psycopg.errors.InsufficientPrivilege:
                pytest.skip("the user of SSFLOW_TEST_PG_URL may not make roles")
            db.execute(f"GRANT {role} TO CURRENT_USER")
        db.execute(f"ALTER SCHEMA {here} OWNER TO {quoted[0]}")
    made = Roles(*(f"{dsn}%20-crole%3D{quote(name)}" for name in names))
    with psycopg.connect(made.owner) as db:
        migrate(db)
        grant(db, app=names[1], auditor=names[2])
        grant(db, app=names[1], auditor=names[2])
    yield made
    with psycopg.connect(dsn) as db:
        db.execute(f"ALTER SCHEMA {here} OWNER TO CURRENT_USER")
        for role in quoted:
            db.execute(f"DROP OWNED BY {role} CASCADE")
            db.execute(f"DROP ROLE {role}")


class TestAsTheApplication(OutboxContract):
    """Every promise of a store that tells of events, kept by a role that has the rights of the application alone."""

    @pytest.fixture
    def store(self, roles: Roles) -> PostgreSQLStore:
        """The tables of the owner, through the application's connection."""
        return PostgreSQLStore(roles.app)


def recorded(roles: Roles) -> Cases:
    """What the application has recorded: a case, and a refusal in the access log."""
    store = PostgreSQLStore(roles.app)
    cases = Cases(store, now=lambda: datetime(2026, 11, 22, 1, tzinfo=UTC), access_log=store)
    data = Application(holder=Identity("11010519491231002X"), reason=Reason.damaged, photo=Photo.identity_card)
    cases.open(C.apply(data), by=C.holder, on=date(2026, 9, 21), places="440100", case="card-1", key="k-1")
    with pytest.raises(RefusedError):
        cases.do("card-1", C.accept(), by=C.holder, on=date(2026, 9, 21), actor="u1")
    cases.sweep()
    return cases


FORGERIES = {
    "an event is altered": "UPDATE ssflow_event SET body = 'x'",
    "a seal is altered": "UPDATE ssflow_event SET seal = 'x'",
    "an event is deleted": "DELETE FROM ssflow_event",
    "all events are deleted": "TRUNCATE ssflow_event",
    "a case is deleted": "DELETE FROM ssflow_head",
    "a request is altered": "UPDATE ssflow_request SET digest = 'x'",
    "a request is deleted": "DELETE FROM ssflow_request",
    "an entry of the access log is altered": "UPDATE ssflow_access SET actor = 'x'",
    "an entry of the access log is deleted": "DELETE FROM ssflow_access",
    "an order is altered": "UPDATE ssflow_custody SET reason = 'x'",
    "an order is deleted": "DELETE FROM ssflow_custody",
    "a trigger is disabled": "ALTER TABLE ssflow_event DISABLE TRIGGER USER",
    "a trigger is dropped": "DROP TRIGGER ssflow_event_is_not_edited ON ssflow_event",
    "a table is changed": "ALTER TABLE ssflow_event ADD COLUMN x TEXT",
    "a table is dropped": "DROP TABLE ssflow_event CASCADE",
    "a table is made": "CREATE TABLE ssflow_x (x TEXT)",
    "the version of the tables is altered": "UPDATE ssflow_schema SET version = 1",
}


@pytest.mark.parametrize("role", ["app", "auditor"])
def test_the_past_and_the_tables_stay(roles: Roles, role: str) -> None:
    """Neither the application nor the auditor alters what was recorded, nor the tables."""
    recorded(roles)
    with psycopg.connect(getattr(roles, role), autocommit=True) as db:
        for forgery in FORGERIES.values():
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                db.execute(forgery)
    assert Cases(PostgreSQLStore(roles.owner)).verify() == ()


def test_the_auditor_reads_what_an_audit_reads(roles: Roles, tmp_path: Path) -> None:
    """It verifies, seals, exports and reads the access log, in which its own look is noted; it writes nothing else, and lists that an audit
    does not need are refused.
    """
    recorded(roles)
    store = PostgreSQLStore(roles.auditor)
    audited = Cases(store, now=lambda: datetime(2026, 11, 22, 2, tzinfo=UTC), access_log=store)
    seal = audited.seal(SECRET)
    assert audited.verify(seals=[seal], secret=SECRET) == ()
    assert export(audited, tmp_path / "out", reveal=True).failures == {}
    first, look = store.accesses()
    assert (first.actor, look.kind, look.reason) == ("u1", AccessKind.revealed, "ssflow audit export --personal")
    for write in (
        lambda: store.append([a_change("x")]),
        lambda: store.subscribe("x"),
        store.obligations,
        lambda: store.request("k-1"),
    ):
        with pytest.raises(StoreError, match="lacks the right to do this"):
            write()


def test_the_application_adds_to_the_access_log_unseen(roles: Roles) -> None:
    """It writes entries and does not read them: who breaks into the application does not learn who looked."""
    cases = recorded(roles)
    with pytest.raises(StoreError, match="lacks the right to do this"):
        cases.store.accesses()
    assert [one.kind for one in PostgreSQLStore(roles.owner).accesses()] == [AccessKind.refused]


def test_the_owner_alone_migrates(roles: Roles, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tables of an older version are brought up to date by the owner; the application is told that it may not."""
    with psycopg.connect(roles.owner) as db:
        db.execute("UPDATE ssflow_schema SET version = 6")
    with pytest.raises(StoreError, match="lacks the right to do this"):
        PostgreSQLStore(roles.app)
    with psycopg.connect(roles.owner) as db:
        db.execute(f"UPDATE ssflow_schema SET version = {schema.VERSION}")
    assert PostgreSQLStore(roles.app).rows() == ()


def test_every_table_is_thought_of(roles: Roles) -> None:
    """Of each table somebody has said who may do what with it: the application can at least write to it or read it."""
    with psycopg.connect(roles.owner) as db:
        found = {
            name
            for (name,) in db.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
            if name.startswith("ssflow_")
        }
    with psycopg.connect(roles.app) as db:
        rights = "SELECT has_table_privilege(%s, 'SELECT') OR has_table_privilege(%s, 'INSERT')"
        held = {name for name in found if db.execute(rights, (name, name)).fetchone() == (True,)}
    assert held == found == {f"ssflow_{name}" for name in TABLES}


def test_who_is_given_rights_is_looked_at(dsn: str) -> None:
    """Roles that are none, missing or one and the same are named, and nothing is granted."""
    with psycopg.connect(dsn) as db:
        migrate(db)
    for app, auditor, error in (
        ("", "b", InputError),
        ("a\0", "b", InputError),
        (3, "b", InputError),
        ("same", "same", InputError),
        ("nobody_of_this_name", "nor_of_this", StoreError),
    ):
        with psycopg.connect(dsn) as db, pytest.raises(error):
            grant(db, app=app, auditor=auditor)
    with psycopg.connect(dsn, autocommit=True) as db, pytest.raises(NoTransactionError):
        grant(db, app="a", auditor="b")


def test_a_schema_of_somebody_else_is_told(roles: Roles, dsn: str) -> None:
    """Where the owner of the tables cannot let others into the schema, that is an error and no warning that nobody reads."""
    here = dsn.rpartition("%3D")[2]
    with psycopg.connect(dsn) as db:
        db.execute(f"ALTER SCHEMA {here} OWNER TO CURRENT_USER")
        db.execute(f'GRANT USAGE ON SCHEMA {here} TO "{here}_owner"""')
        db.execute(f'REVOKE USAGE ON SCHEMA {here} FROM "{here}_app"""')
    with psycopg.connect(roles.owner) as db, pytest.raises(StoreError, match="have its owner run GRANT USAGE"):
        grant(db, app=f'{here}_app"', auditor=f'{here}_auditor"')


def test_sqlite_has_no_roles(host: Host) -> None:
    """It is said what restricts there."""
    with host.transaction() as connection:
        if type(connection).__module__.startswith("sqlite3"):
            with pytest.raises(InputError, match="restrict by file permissions"):
                grant(connection, app="a", auditor="b")


def test_an_application_that_waits_for_the_owner_makes_no_tables(roles: Roles) -> None:
    """It starts while the owner brings the tables up to date: once that is done it finds them, and needs no right to make any."""
    with psycopg.connect(roles.owner) as owner, ThreadPoolExecutor(1) as pool:
        owner.execute("UPDATE ssflow_schema SET version = version - 1")
        owner.commit()
        owner.execute("SELECT pg_advisory_xact_lock(%s)", [schema._LOCK])
        owner.execute("UPDATE ssflow_schema SET version = %s", [schema.VERSION])
        started = pool.submit(PostgreSQLStore, roles.app)
        while not owner.execute("SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted").fetchone():
            sleep(0.01)
        owner.commit()

        assert started.result(timeout=30).rows() == ()
