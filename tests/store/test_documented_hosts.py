"""The applications that the documentation shows, run as they stand there."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "en" / "howto" / "use-in-a-back-end.md"
NAMED = dict(
    re.findall(r"^`(\w+\.py)`\n\n```python\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
)


HOSTS = ("with_django.py", "with_sqlalchemy.py", "with_psycopg.py")


@pytest.mark.parametrize("name", HOSTS)
def test_a_documented_host_takes_its_failures_back(name: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """Of two reports the host commits one and fails at the other, with ours: one case is left, and nothing else is said."""
    dsn = [request.getfixturevalue("dsn")] if "psycopg" in name else []
    (tmp_path / name).write_text(NAMED[name], encoding="utf-8")
    ended = subprocess.run(
        [sys.executable, name, *dsn], cwd=tmp_path, env=dict(os.environ), capture_output=True, text=True, check=False
    )

    assert (ended.stdout, ended.stderr) == ("['loss-1']\n", "")


def test_every_program_of_the_page_is_run() -> None:
    """The hosts, beside the one of the page itself, here; the other in ``test_newer_sqlite.py``."""
    assert list(NAMED) == [*HOSTS, "newer_sqlite.py"]


def test_what_is_shown_of_the_applications_is_theirs() -> None:
    """Each piece is in its file, word for word; the files that are named are there."""
    text = PAGE.read_text(encoding="utf-8")
    shown = re.findall(r"^`(examples/[\w/]+\.py)`\n\n```python\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    for file, code in shown:
        assert f"\n{code}" in f"\n{(ROOT / file).read_text(encoding='utf-8')}", file
    assert len(shown) == 2
    for folder, named in re.findall(r"\|([^|]*) in `(examples/\w+/)` \|", text):
        files = re.findall(r"`(\w+\.py)`", folder)
        assert files and all((ROOT / named / name).is_file() for name in files)
