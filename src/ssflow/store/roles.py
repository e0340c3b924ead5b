"""The rights of the application, the auditor and the owner of the tables in a PostgreSQL database, which the database itself enforces."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ssflow.case.doors import check_text
from ssflow.errors import InputError, StoreError
from ssflow.store import schema
from ssflow.store.drivers import driver_of, telling
from ssflow.store.statements import Database, Statement
from ssflow.store.transactions import Operation, drive
from ssflow.text import Text


def grant(connection: object, *, app: str, auditor: str) -> None:
    """Give two roles the rights that they need on the tables of ssflow, and take away all others; in the host's transaction, safe to repeat.

    ``app`` is the role as which `Cases` runs: it cannot alter or delete events, their seals, entries of the access log or the tables.
    ``auditor`` reads what `Cases.verify`, `Cases.seal` and ``ssflow audit`` read, and the access log, to which it adds its own looks. The
    owner of the tables calls this function after each `migrate`; the roles have to exist, made by ``CREATE ROLE``.

    Raises:
        InputError: ``connection`` is not one to PostgreSQL, or a role has no name, is the owner, or is named twice.
        NoTransactionError: the connection is in no transaction.
        StoreError: a role does not exist, or the tables are missing or belong to another owner.

    """
    for name, role in (("app", app), ("auditor", auditor)):
        check_text(name, role)
        if not role or "\0" in role:
            raise InputError.of(name, "须为数据库中的角色", "a role of the database is required")
    driver = driver_of(connection)
    if driver.dialect.database is not Database.postgresql:
        raise InputError.of(
            "connection",
            "SQLite没有角色；请以文件权限限制谁能读写",
            "SQLite has no roles: restrict by file permissions who may read and write",
        )
    where = driver.dialect.database.name
    telling(driver.join, where)()
    drive(_granted(app, auditor), telling(driver.execute, where))


def _granted(app: str, auditor: str) -> Operation[None]:
    yield from schema.checked(Database.postgresql, Database.postgresql.name)
    (((owner, here),),) = yield [("SELECT current_user, current_schema()", ())]
    if len({app, auditor, owner}) < 3:
        raise InputError.of(
            "app",
            f"应用、审计和数据表的所有者（{owner}）须为三个不同的角色",
            f"the application, the auditor and the owner of the tables ({owner}) are three different roles",
        )
    yield list(_statements({"app": app, "auditor": auditor, "schema": here}))
    held = "SELECT has_schema_privilege(?, ?, 'USAGE')"
    answers = yield [(held, (role, here)) for role in (app, auditor)]
    if not all(may for ((may,),) in answers):  # PostgreSQL only warns if a right is not granted
        fault = Text(
            f"模式{here}的使用权未能授予；请由其所有者执行GRANT USAGE",
            f"the right to use schema {here} could not be granted; have its owner run GRANT USAGE",
        )
        raise StoreError(Database.postgresql.name, fault)


def _statements(names: dict[str, str]) -> Iterator[Statement]:
    quoted = {name: '"' + given.replace('"', '""') + '"' for name, given in names.items()}
    script = Path(__file__).with_name("roles.sql").read_text(encoding="utf-8")
    for part in script.split("\n\n"):
        code = "\n".join(line for line in part.strip().splitlines() if not line.startswith("--"))
        yield code.format(**quoted), ()
