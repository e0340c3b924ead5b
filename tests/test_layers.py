"""The house keeps its plan: imports point one way, each package has one door, files stay small."""

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent / "src" / "ssflow"
MODULES = sorted(SOURCE.rglob("*.py"))

# A layer may import itself and those before it; those of one row are siblings and do not know each other.
LAYERS = [
    {"text", "documents", "errors", "doors", "lazy", "naming", "converters", "persons", "regions", "slots", "sources"},
    {"tables"},
    {"calendar"},
    {"rules"},
    {"process"},
    {"machines"},
    {"case"},
    {"records"},
    {"store", "life_events", "export", "testing", "adapters"},
    {"views", "simulation"},
    {"sheets", "logs", "analysis"},
    {"pictures"},
    {"cli"},
]
RANK = {name: rank for rank, row in enumerate(LAYERS) for name in row}
# The rooms of a layer that has several, in the order in which they may import: each itself and those before it.
ROOMS = {"simulation": ["numbers", "digests", "chart", "scenario", "engines", "results", "entry"]}
# What offers its own pictures: a door upwards, named here, that nobody goes through before a picture is asked for.
UPWARDS = {
    "simulation/results/simulation.py": {"ssflow.pictures.plots.RunPlots"},
    "simulation/results/comparing.py": {"ssflow.pictures.plots.ComparisonPlots"},
    "simulation/results/replay.py": {"ssflow.pictures.plots.ReplayPlots"},
    "simulation/results/notebooks.py": {"ssflow.pictures.picture"},
}
DOORS = {
    "transitions": {"process/engine.py"},
    "pendulum": {"calendar/clock.py", "calendar/deadline.py", "calendar/instants.py"},  # the latter two for a type only
    "holidays": {"calendar/festivals.py", "calendar/base_calendar.py"},  # the latter for a type only
    "numpy": {
        "calendar/arrays",
        "machines/reckoning/arrays.py",
        "simulation",
        "tables",
        "analysis/years.py",
        "pictures/closing.py",
        "pictures/lateness.py",
    },
    "numba": {"simulation/engines/compiled"},
    "altair": {"pictures"},
    "vl_convert": {"pictures/rendering.py"},
    "pandas": {"calendar/arrays/from_pandas.py", "tables/frames.py"},
    "polars": {"calendar/arrays/from_polars.py", "tables/frames.py", "logs/parquet.py"},
    "pyarrow": {
        "calendar/arrays/from_pyarrow.py",
        "calendar/arrays/from_pandas.py",
        "tables/frames.py",
        "logs/parquet.py",
    },
    "icalendar": {"calendar/readers/icalendar.py", "export/icalendar.py"},
    "cattrs": {"converters"},
    "tomllib": {"converters"},
    "stdnum": {"persons"},
    "sqlite3": {"store/sqlite.py", "store/sqlite_file.py", "store/drivers"},
    "pysqlite3": {"cli/__init__.py"},
    "cryptography": {"records/vault.py"},
    "psycopg": {"store/postgresql.py", "store/drivers/psycopg.py"},
    "sqlalchemy": {"store/drivers/sqlalchemy.py"},
    "temporalio": {"adapters/temporal.py"},
    "django": {"store/drivers/django.py", "store/django"},
    "alembic": {"store/alembic"},
    "hypothesis": {"testing/walks.py"},
    "pytest": {"testing/store.py"},
    "click": {"cli"},
    "rich": {"cli"},
}


# What asks the clock that a host gives to its cases.
ASK_THE_HOST = (
    "clock.py",
    "access.py",
    "cases.py",
    "batches.py",
    "disposal.py",
    "outbox.py",
    "reading.py",
    "temporal.py",
)


def imports_of(path: Path) -> list[str]:
    """The dotted names that a module imports, wherever it does."""
    names = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names += [f"{node.module}.{alias.name}" for alias in node.names]
    return names


def layer_of(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_imports_point_one_way(path: Path) -> None:
    """A module imports its own layer and lower ones, never a sibling or a higher one."""
    mine = layer_of(path)
    if mine in ("__init__", "__main__"):  # the public faces of all layers
        return
    upwards = UPWARDS.get(path.relative_to(SOURCE).as_posix(), set())
    for name in imports_of(path):
        if name.startswith("ssflow.") and name not in upwards:
            other = name.split(".")[1]
            assert other == mine or (other not in LAYERS[RANK[mine]] or RANK[mine] == 0), (
                f"{mine} imports its sibling {other}"
            )
            assert RANK[other] <= RANK[mine], f"{mine} imports {other}, a layer above it"


@pytest.mark.parametrize("layer", ROOMS)
def test_rooms_have_one_order(layer: str) -> None:
    """Within a layer too, imports point one way, those for types alone and late ones among them; every room has its place."""
    order = ROOMS[layer]
    for path in (path for path in MODULES if path.is_relative_to(SOURCE / layer)):
        room = path.relative_to(SOURCE / layer).parts[0].removesuffix(".py")
        if room == "__init__":  # the public face of the layer
            continue
        rooms = {name.split(".")[2] for name in imports_of(path) if name.startswith(f"ssflow.{layer}.")}
        above = [other for other in rooms if order.index(other) > order.index(room)]
        assert not above, f"{path.relative_to(SOURCE)} imports {', '.join(above)}, above it"


def test_doors_upwards_are_opened_late() -> None:
    """What offers its pictures imports them within a function, or for a type: never when it is itself imported."""
    for name, upwards in UPWARDS.items():
        tree = ast.parse((SOURCE / name).read_text(encoding="utf-8"))
        at_once = [node for node in tree.body if isinstance(node, ast.ImportFrom)]
        assert not [node for node in at_once if (node.module or "").startswith("ssflow.pictures")]
        assert upwards <= set(imports_of(SOURCE / name)), f"{name} opens no such door any more"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_each_package_has_its_door(path: Path) -> None:
    """Another package is imported only where the design says."""
    here = path.relative_to(SOURCE).as_posix()
    for name in imports_of(path):
        door = DOORS.get(name.split(".")[0])
        assert door is None or door & {here, *map(str, Path(here).parents)}, f"{here} imports {name}"


def test_files_stay_small() -> None:
    """No file is over 400 lines, and half of them are under 120."""
    sizes = sorted(len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES)

    assert sizes[-1] <= 400
    assert sizes[len(sizes) // 2] <= 120


def test_the_library_never_asks_the_time() -> None:
    """Below the stores nobody asks what time it is; time is an argument."""
    for path in MODULES:
        if layer_of(path) not in ("store", "cli", "testing") and path.name not in ASK_THE_HOST:
            text = path.read_text(encoding="utf-8")
            assert ".now(" not in text and ".today(" not in text and "utcnow" not in text, path


def test_nothing_is_pickled() -> None:
    """No module writes or reads pickles."""
    assert not [path for path in MODULES if any("pickle" in name for name in imports_of(path))]
