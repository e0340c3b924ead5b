"""The procedures that tests define, brought by an installed package as anybody's own are, and scenarios of them."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from ssflow import Legislation, machines
from ssflow.process import Process
from ssflow.simulation import Arrivals, Duration, Practice, Profile, Scenario
from tests.case import petition, test_days_set, test_lapses_that_choose, test_way_back
from tests.case.petition import DAY

DEFINED = {
    "petition": petition,
    "request": test_days_set,
    "notice": test_lapses_that_choose,
    "stay": test_way_back,
}
LAWS: dict[str, Legislation] = {name: module.LAW for name, module in DEFINED.items()}
SOON = Practice(takes=Duration("exponential", 3, "workdays"))
DATA: dict[str, dict[str, Any]] = {
    "petition": {"ask": {"what": "x"}},
    "request": {"send_back": {"correct_by": date(2026, 4, 20)}},
}


@contextmanager
def package(folder: Path, **more: type[Process]) -> Iterator[None]:
    """Lay the metadata of a package into a folder and put it on the path, as an installer does; take it away again."""
    modules = {name: module.__name__ for name, module in DEFINED.items()}
    modules |= {name: process.__module__ for name, process in more.items()}
    metadata = folder / "brought-1.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: brought\nVersion: 1.0\n", encoding="utf-8")
    lines = ["[ssflow.machines]", *(f"{name} = {module}" for name, module in modules.items())]
    (metadata / "entry_points.txt").write_text("\n".join(lines), encoding="utf-8")
    sys.path.insert(0, str(folder))
    _look_again()
    try:
        yield
    finally:
        sys.path.remove(str(folder))
        _look_again()


def _look_again() -> None:
    """Forget what was found: programs look once, because nobody installs a package while they run."""
    machines._theirs.cache_clear()
    machines._looked_up.cache_clear()


def scenario(name: str, *practices: Practice, law: Legislation | None = None, **changes: Any) -> Scenario:
    """Twenty cases of a procedure in the three weeks after a Monday."""
    definition = machines.get(name)
    opens = next(activity.name for activity in definition.activities if activity.is_opening)
    return Scenario(
        **{
            "process": name,
            "places": "440100",
            "start": DAY,
            "arrivals": Arrivals(cases=20, through=date(2026, 3, 20)),
            "profiles": [Profile(id="x", opens=opens, data=DATA.get(name, {}))],
            "practices": practices or [SOON],
            "follow": 200,
            "law": law or LAWS[name],
            **changes,
        }
    )
