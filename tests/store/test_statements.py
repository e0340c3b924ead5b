"""SQL is in one place, spelt for each database and driver; whoever joins a transaction cannot end it."""

import ast
from pathlib import Path

import pytest

from ssflow.store import statements
from ssflow.store.statements import Database, Dialect

STORE = Path(statements.__file__).parent
JOINING = ("joined.py", "operations.py", "statements.py", "transactions.py")
FRAMEWORKS = {"django", "alembic"}  # by which other tools know the tables
HOLD_SQL = {"statements.py", "schema.py"}  # what is done with the tables, and the tables themselves
SQL = "SELECT seal FROM ssflow_head WHERE case_id = ? AND version = ? FOR UPDATE"


@pytest.mark.parametrize(
    ("dialect", "spelt"),
    [
        (Dialect(Database.sqlite), "SELECT seal FROM ssflow_head WHERE case_id = ? AND version = ?"),
        (Dialect(Database.sqlite, prefix=""), "SELECT seal FROM head WHERE case_id = ? AND version = ?"),
        (Dialect(Database.sqlite, "%s"), "SELECT seal FROM ssflow_head WHERE case_id = %s AND version = %s"),
        (
            Dialect(Database.postgresql, "%s"),
            "SELECT seal FROM ssflow_head WHERE case_id = %s AND version = %s FOR UPDATE",
        ),
        (
            Dialect(Database.postgresql, "$"),
            "SELECT seal FROM ssflow_head WHERE case_id = $1 AND version = $2 FOR UPDATE",
        ),
    ],
)
def test_statements_are_spelt_for_database_and_driver(dialect: Dialect, spelt: str) -> None:
    """Placeholders, locks and the prefix of tables differ; nothing else does."""
    assert dialect.spell(SQL) == spelt


def test_tables_are_named_in_one_place() -> None:
    """No other module of the store knows a table."""
    for path in STORE.rglob("*.py"):
        if FRAMEWORKS & {path.parent.name, path.parent.parent.name}:
            continue
        named = [
            node.value
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and "ssflow_" in node.value
        ]
        documentation = [text for text in named if "`" in text]
        assert path.name in HOLD_SQL or named == documentation, path


def test_whoever_joins_never_ends_the_transaction() -> None:
    """Neither the joined store nor a driver calls commit or rollback, or says it in SQL; the savepoint is all they undo."""
    for path in (*map(STORE.joinpath, JOINING), *STORE.glob("drivers/*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        called = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        said = {
            node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.isupper()
        }
        assert not called & {"commit", "rollback"}, path
        assert not said & {"COMMIT", "ROLLBACK", "END"}, path
