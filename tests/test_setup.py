"""What is said about setting up is so: the lock, the bounds, the Pythons, the extras."""

import re
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tools import pythons
from tools.environment import UV
from tools.fresh import PIN

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
EXTRAS = PROJECT["project"]["optional-dependencies"]
ASKED = [
    Requirement(line)
    for lines in (PROJECT["project"]["dependencies"], *EXTRAS.values(), PROJECT["dependency-groups"]["dev"])
    for line in lines
    if not line.startswith("ssflow")
]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
READMES = [(ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "README.zh.md")]


@pytest.mark.parametrize("asked", ASKED, ids=str)
def test_the_lock_has_what_the_project_asks_for(asked: Requirement) -> None:
    """Every dependency has a lower bound, and every version that the lock pins for it is allowed."""
    pins = [pin for pin in map(Requirement, PIN.findall(LOCK)) if canonicalize_name(pin.name) == asked.name]

    assert ">=" in str(asked.specifier)
    assert pins, "run: python3 dev.py lock"
    assert all(asked.specifier.contains(str(pin.specifier).removeprefix("==")) for pin in pins)


def test_the_build_backend_comes_from_the_lock() -> None:
    """What builds the package is among what is locked, so that nothing is fetched beside the lock."""
    assert set(PROJECT["build-system"]["requires"]) <= set(PROJECT["dependency-groups"]["dev"])


def test_every_pin_has_its_hashes() -> None:
    """A line of the lock without its hashes would be passed over, or take what another index has."""
    entries = re.split(r"\n(?=\S)", LOCK.strip())

    assert [entry for entry in entries if not PIN.match(entry) or "--hash=sha256:" not in entry] == []
    assert len(PIN.findall(LOCK)) == len(entries)


def test_what_installs_the_rest_is_installed_from_the_lock() -> None:
    """The entry of uv is found whole, with its hashes, so that pip can install it alone."""
    (entry,) = UV.findall(LOCK)

    assert PIN.findall(entry) == [pin for pin in PIN.findall(LOCK) if pin.startswith("uv==")]
    assert entry.count("--hash=sha256:") > 1


def test_the_pythons_are_said_everywhere_alike() -> None:
    """The classifiers, the oldest Python that is allowed and looked for, and both READMEs name the same Pythons."""
    named = re.findall(r"Python :: (3\.\d+)", "\n".join(PROJECT["project"]["classifiers"]))

    assert PROJECT["project"]["requires-python"] == f">={named[0]}"
    assert ".".join(map(str, pythons.OLDEST)) == named[0]
    for readme in READMES:
        line = next(line for line in readme.splitlines() if named[-1] in line)
        assert re.findall(r"3\.\d+", line) == named


@pytest.mark.parametrize("readme", READMES, ids=["en", "zh"])
def test_the_readme_names_every_extra(readme: str) -> None:
    """Each extra stands with the packages that it brings, and those of the examples are in the command that installs."""
    rows = {row[1].strip(" `"): row[2] for line in readme.splitlines() if len(row := line.split("|")) == 5}
    needed = {asked.name for asked in map(Requirement, PROJECT["project"]["dependencies"]) if not asked.marker}
    brought = {extra: {Requirement(line).name for line in lines} for extra, lines in EXTRAS.items() if extra != "all"}

    assert set(re.findall(r"[\w-]+", rows.get("none") or rows["无"])) == needed
    assert {extra: set(re.findall(r"[\w-]+", rows[extra])) for extra in brought} == brought
    assert EXTRAS["all"] == [f"ssflow[{','.join(brought)}]"]
    assert 'install ".[cli,columns]"' in readme


def test_pythons_are_found_once_the_oldest_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The one that runs this is found, also where the path shows it twice; what does not answer or is too old is passed over."""
    for name, answer in {
        "python3.12": "exit 127",
        "python3.13": "printf '3\\n10\\n1\\n/usr\\n/usr/bin/old\\n'",
        "python3": "echo no",
    }.items():
        (tmp_path / name).write_text(f"#!/bin/sh\n{answer}\n", encoding="utf-8")
        (tmp_path / name).chmod(0o755)
    (tmp_path / "python3.11").symlink_to(sys.executable)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path / "none"))

    assert [python.version for python in pythons.found()] == [sys.version_info[:3]]
