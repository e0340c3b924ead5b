"""The revisions of Alembic, beside those of a host, by the real ``alembic upgrade``."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from ssflow import JoinedStore
from ssflow.store import migrate, schema

INI = """[alembic]
script_location = %(here)s/migrations
version_locations = %(here)s/migrations/versions ssflow.store:alembic
path_separator = space
sqlalchemy.url = {url}
"""
ENV = """from alembic import context
from sqlalchemy import create_engine
engine = create_engine(context.config.get_main_option("sqlalchemy.url"))
with engine.begin() as connection:
    context.configure(connection=connection)
    with context.begin_transaction():
        context.run_migrations()
"""
THEIRS = f"""import sqlalchemy as sa
from alembic import op
revision, down_revision, depends_on = "letters", None, "ssflow_{schema.VERSION}"
def upgrade():
    op.create_table("letter", sa.Column("id", sa.Integer, primary_key=True))
def downgrade():
    op.drop_table("letter")
"""


@pytest.fixture(params=["sqlite", "postgresql"])
def project(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A host with a revision of its own that needs ours, and an empty database."""
    pytest.importorskip("alembic", reason="alembic is of the dependency group hosts")
    url = f"sqlite:///{tmp_path}/host.db"
    if request.param == "postgresql":
        url = request.getfixturevalue("schema_dsn").replace("postgresql:", "postgresql+psycopg:", 1)
    (tmp_path / "migrations/versions").mkdir(parents=True)
    for name, text in {
        "alembic.ini": INI.format(url=url.replace("%", "%%")),
        "migrations/env.py": ENV,
        "migrations/script.py.mako": "",
        "migrations/versions/letters.py": THEIRS,
    }.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "url").write_text(url, encoding="utf-8")
    return tmp_path


def alembic(project: Path, *command: str) -> subprocess.Popen[str]:
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    return subprocess.Popen([sys.executable, "-m", "alembic", *command], cwd=project, text=True, **pipes)  # type: ignore[call-overload]


def done(project: Path, *command: str) -> str:
    process = alembic(project, *command)
    said, _ = process.communicate(timeout=120)
    assert process.returncode == 0, said
    return said


def look(project: Path, *, made: bool = False) -> list[str]:
    """The cases that are found, and the tables of the host; after `migrate` of ssflow, if it is asked for."""
    import sqlalchemy

    engine = sqlalchemy.create_engine((project / "url").read_text("utf-8"))
    with engine.begin() as connection:
        if made:
            migrate(connection)
        found = [row.id for row in JoinedStore(connection).rows()]
        found += [name for name in sqlalchemy.inspect(connection).get_table_names() if name == "letter"]
    engine.dispose()
    return found


def test_upgrade_makes_the_tables(project: Path) -> None:
    """Ours first, because the host's revision needs them; again there is nothing to do, and down goes the host alone."""
    done(project, "upgrade", "heads")
    assert look(project) == ["letter"]
    done(project, "upgrade", "heads")
    assert f"ssflow_{schema.VERSION}" in done(project, "current") and "letters" in done(project, "current")
    done(project, "downgrade", "letters@base")
    assert look(project) == []


def test_upgrade_takes_the_tables_that_are_there(project: Path) -> None:
    """Those that `migrate` has made."""
    look(project, made=True)
    done(project, "upgrade", "heads")
    assert look(project) == ["letter"]


def test_several_processes_may_upgrade_at_once(project: Path) -> None:
    """Ours are made once. What Alembic itself keeps is there already: for its own table it takes no lock, nor for what it has applied."""
    done(project, "stamp", "base")
    racing = [alembic(project, "upgrade", "ssflow@head") for _ in range(3)]
    said = [process.communicate(timeout=120)[0] for process in racing]

    assert 0 in [process.returncode for process in racing], said
    done(project, "upgrade", "heads")
    assert look(project) == ["letter"]
