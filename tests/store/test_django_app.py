"""The app of Django, driven by the real ``manage.py migrate`` of a project that has it."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib import resources
from pathlib import Path

import pytest
from psycopg.conninfo import conninfo_to_dict

from ssflow.store import schema

SETTINGS = """
DATABASES = {{"default": {database!r}}}
INSTALLED_APPS = ["ssflow.store.django"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
"""
MADE = """
import django; django.setup()
from datetime import date
from django.db import connection, transaction
from ssflow import Cases, JoinedStore
from ssflow.machines.loss_report import LossReport, Report, Track
from ssflow.persons import Identity
from ssflow.store import migrate, schema
newest, schema.VERSION = schema.VERSION, {version}
with transaction.atomic():
    migrate(connection)
    if newest == schema.VERSION:
        report = LossReport.report_formally(Report(Track.social, Identity("11010519491231002X")))
        Cases(JoinedStore(connection)).open(report, by=LossReport.holder, on=date(2026, 1, 23), places="440100", case="l")
"""
READY = """
import django; django.setup()
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
MigrationRecorder(connection).ensure_schema()
"""
LOOK = """
import django; django.setup()
from django.db import connection
from ssflow import JoinedStore
from ssflow.errors import InputError
from ssflow.store.django.models import Case
print([case.pk for case in Case.objects.order_by("pk")], [row.id for row in JoinedStore(connection).rows()])
for write in (Case(pk="x").save, Case(pk="x").delete, lambda: Case.objects.create(pk="x")):
    try:
        write()
    except InputError as error:
        print("refused" if "Cases" in error.say("zh") else error)
"""


@pytest.fixture(params=["sqlite", "postgresql"])
def project(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A project of Django with our app, and an empty database."""
    if request.param == "sqlite":
        options = {"transaction_mode": "IMMEDIATE", "timeout": 30}
        database = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(tmp_path / "host.db"), "OPTIONS": options}
    else:
        parts = conninfo_to_dict(request.getfixturevalue("dsn"))
        names = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
        database = {name: str(parts.get(part, "")) for name, part in names.items()}
        database |= {"ENGINE": "django.db.backends.postgresql", "OPTIONS": {"options": parts["options"]}}
    (tmp_path / "host_settings.py").write_text(SETTINGS.format(database=database), encoding="utf-8")
    return tmp_path


def started(project: Path, *command: str) -> subprocess.Popen[str]:
    machine = {**os.environ, "DJANGO_SETTINGS_MODULE": "host_settings", "PYTHONPATH": str(project)}
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    return subprocess.Popen([sys.executable, *command], cwd=project, env=machine, text=True, **pipes)  # type: ignore[call-overload]


def done(project: Path, *command: str) -> str:
    process = started(project, *command)
    said, _ = process.communicate(timeout=120)
    assert process.returncode == 0, said
    return said


def test_migrate_makes_the_tables(project: Path) -> None:
    """On an empty database; again it has nothing to do, the model is that of the migrations, and what it shows is only read."""
    assert "Applying ssflow.schema_" in done(project, "-m", "django", "migrate")
    assert "No migrations to apply" in done(project, "-m", "django", "migrate")
    assert "No changes detected" in done(project, "-m", "django", "makemigrations", "--check", "--dry-run", "ssflow")
    assert done(project, "-c", LOOK) == "[] []\nrefused\nrefused\nrefused\n"


@pytest.mark.parametrize("version", [schema.VERSION - 1, schema.VERSION], ids=["older", "newest"])
def test_migrate_takes_the_tables_that_are_there(project: Path, version: int) -> None:
    """A database that `migrate` of ssflow has made already, now or by an earlier release; what it holds stays."""
    done(project, "-c", MADE.format(version=version))
    assert "Applying ssflow.schema_" in done(project, "-m", "django", "migrate")
    assert done(project, "-c", LOOK).startswith("['l'] ['l']\n" if version == schema.VERSION else "[] []\n")


def test_several_processes_may_migrate_at_once(project: Path) -> None:
    """Ours are made once, and nobody fails; what Django itself makes beside them is there already."""
    done(project, "-c", READY)
    racing = [started(project, "-m", "django", "migrate") for _ in range(3)]
    said = [process.communicate(timeout=120)[0] for process in racing]

    assert [process.returncode for process in racing] == [0] * 3, said
    assert done(project, "-c", LOOK).startswith("[] []\n")


def test_the_newest_migration_is_that_of_the_tables() -> None:
    """A new version of the tables comes with a migration of Django and a revision of Alembic, so that hosts are told of it."""
    names = {
        folder: [path.name for path in resources.files("ssflow.store").joinpath(folder).iterdir()]
        for folder in ("django/migrations", "alembic")
    }
    assert f"schema_{schema.VERSION}.py" in names["django/migrations"]
    assert f"ssflow_{schema.VERSION}.py" in names["alembic"]
