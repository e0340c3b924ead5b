"""Procedures of the tests, found as those of an installed package are."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ssflow import machines

NAMES = ("shared_desk", "reminder_desk")


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A package brings the procedures of this folder, as long as a file of tests runs."""
    site: Path = tmp_path_factory.mktemp("site")
    about = site / "agency-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: agency\nVersion: 1.0\n", encoding="utf-8")
    entries = "".join(f"{name} = tests.simulation.{name}\n" for name in NAMES)
    (about / "entry_points.txt").write_text(f"[ssflow.machines]\n{entries}", encoding="utf-8")
    sys.path.append(str(site))
    machines._theirs.cache_clear()
    yield
    sys.path.remove(str(site))
    machines._theirs.cache_clear()
