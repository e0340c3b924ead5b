"""What a table shows to people is written for people, in both languages; what it hands over keeps its values."""

import ast
import csv
import re
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
import polars as pl
import pyarrow as pa
import pytest
from attrs import evolve

import ssflow
from ssflow import WorkCalendar, rulebook, workdays
from ssflow.analysis import bounds, sweep, year_view
from ssflow.case import GroundKind
from ssflow.logs import LogCheck, check_log
from ssflow.pictures import due_days, picture
from ssflow.simulation import Serves, Simulation, Station, simulate
from ssflow.tables import Table
from ssflow.text import Lang, Text
from tests.logs.test_check import ACCEPTED, log_of
from tests.pictures.played import some_logs
from tests.pictures.seen import LANGS
from tests.simulation.open_cases import REPLACEMENT, replacements

CARD = "card_replacement"
# What Python, NumPy and programs write, and people do not.
RAW = re.compile(
    r"\b(True|False|None|nan|NaN|NaT|inf)\b|<[\w.]+[ >]|\w+\(.*=|\b\w+\.\w+\.\w+\b(?<!\d)|\bP(T?\d+[YMWDHS])+\b|\d{2}:\d{2}:\d{2}"
)


@cache
def run(law: str = "") -> Simulation:
    """Open cases and others, at a counter."""
    desk = Station(id="desk", title=Text("窗口", "desk"), serves=[Serves(state="checking", by="office")], per_day=5)
    scenario = evolve(REPLACEMENT, follow=40, stations=[desk])
    book = rulebook(CARD)
    if law:
        book = book.amended("production", law, since=date(2026, 1, 1), region="440100")
    return simulate(scenario, open_cases=replacements(8), cases=20, runs=2, law=book)


@cache
def checked() -> LogCheck:
    """A log in which something was late, and something could not have been."""
    return check_log(log_of(*ACCEPTED, ("collect", "2026-06-01 10:00:31", "holder")), CARD, until=date(2026, 7, 1))


def _of_pictures(of: str) -> list[Table]:
    return [getattr(run().plot, of)().table]


def _due_days() -> list[Table]:
    found = workdays(20).deadlines(np.arange("2026-12-01", "2026-12-20", dtype="datetime64[D]"), WorkCalendar.china())
    return [due_days(found).table]


# By the module that makes them.
TABLES: dict[str, Callable[[], list[Table]]] = {
    "analysis/bounds.py": lambda: [(found := bounds("consultation")).table(), found.way("answered")],
    "analysis/sweeps.py": lambda: [
        (found := sweep("production", ["3 workdays"], CARD, cases=20, runs=2)).table(),
        found.late(),
    ],
    "analysis/years.py": lambda: [(found := year_view(workdays(15), 2026)).table(), found.by_length()],
    "logs/log.py": lambda: [checked().log.table()],
    "logs/result.py": lambda: [
        getattr(checked(), name)() for name in ("summary", "deviations", "terms", "late", "by_term")
    ],
    "pictures/closing.py": lambda: _of_pictures("closing"),
    "pictures/due_days.py": _due_days,
    "pictures/duties.py": list,
    "pictures/figures.py": lambda: [picture(rulebook(CARD)).table],
    "pictures/lateness.py": lambda: _of_pictures("lateness"),
    "pictures/timeline.py": lambda: (
        [picture(log).table for log in some_logs()[:8]] + [run().case(0).plot.timeline().table]
    ),
    "pictures/waiting.py": lambda: _of_pictures("waiting"),
    "pictures/warm_up.py": lambda: _of_pictures("warm_up"),
    "pictures/year.py": lambda: [picture(WorkCalendar.china()).table],
    "simulation/results/comparing.py": lambda: [
        (found := run().compare(run("3 workdays"))).differences,
        found.changed(),
        found.figures,
    ],
    "simulation/results/backlog.py": lambda: [run().backlog()],
    "simulation/results/cases.py": lambda: [run().cases],
    "simulation/results/log.py": lambda: [run().log(), run().log("zh")],
    "simulation/results/open_cases.py": lambda: [run().open_cases()],
    "simulation/results/simulation.py": lambda: [run().summary()],
    "simulation/results/stations.py": lambda: [run().stations(), run().queues()],
    "simulation/results/terms.py": lambda: [run().late()],
    "simulation/results/waiting.py": lambda: [run().waits()],
}


def makers() -> set[str]:
    """The modules that make tables."""
    source = Path(ssflow.__file__).parent
    found = set()
    for path in source.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        if "from ssflow.tables" not in text:
            continue
        calls = [node.func for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)]
        owners = [call.value if isinstance(call, ast.Attribute) and call.attr == "of" else call for call in calls]
        if any(isinstance(one, ast.Name) and one.id == "Table" for one in owners):
            found.add(path.relative_to(source).as_posix())
    return found - {"tables/table.py", "logs/xes.py", "logs/csv.py", "logs/parquet.py"}


def test_all_tables_are_looked_at() -> None:
    """Every module that makes a table is on the list."""
    assert makers() == set(TABLES)


@cache
def tables_of(module: str) -> list[Table]:
    """The tables that a module makes."""
    return TABLES[module]()


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("module", TABLES)
def test_nothing_raw_is_shown(module: str, lang: Lang) -> None:
    """No True, None or nan, no repr and no duration of a program; no column without a title; in Chinese no yes and no."""
    for table in tables_of(module):
        headings, rows = table.texts(lang)
        assert rows, (module, table.caption)
        shown = "\n".join(["\t".join(headings), *("\t".join(row) for row in rows)])
        assert not RAW.findall(shown), (table.caption, RAW.findall(shown)[:5])
        assert RAW.search(table._repr_html_().replace("<", "\n")) is None
        words = {cell for row in rows for cell in row}
        assert not words & ({"yes", "no"} if lang == "zh" else {"是", "否"})


def test_yes_and_no_are_for_people_alone(tmp_path: Path) -> None:
    """Shown in the language that is asked for; rows, files and other packages have True and False."""
    table = Table({"late": [True, False], "early": np.array([False, True])}, {"late": Text("逾期", "late")})
    assert table.say("zh") == "逾期  early\n是    否\n否    是"
    assert table.say("en") == "late  early\nyes   no\nno    yes"
    assert "<td>是</td>" in table._repr_html_()
    assert [row["late"] for row in table.rows("zh")] == [True, False]
    assert table.to_polars().schema == {"late": pl.Boolean, "early": pl.Boolean}
    assert set(table.to_pandas().dtypes) == {np.dtype(bool)}
    assert pa.table(table).schema.types == [pa.bool_(), pa.bool_()]
    table.to_csv(tmp_path / "t.csv")
    with (tmp_path / "t.csv").open(encoding="utf-8-sig") as file:
        assert list(csv.reader(file))[1] == ["True", "False"]


def test_kinds_and_missing_cells_are_written_out() -> None:
    """A member of an enumeration is its title; no day and no number are a dash."""
    columns = {"kind": [GroundKind.order, GroundKind.guard], "day": np.array(["NaT", "2026-03-02"], "datetime64[D]")}
    assert Table(columns).say("zh") == "kind        day\n时间不符    –\n条件不具备  2026-03-02"
    assert Table({"n": [None, float("nan")]}).say("en") == "n\n–\n–"
