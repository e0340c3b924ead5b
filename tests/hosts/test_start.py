"""What the applications say if they cannot start."""

import os
import subprocess
import sys

import pytest

from tests.hosts.conftest import NEEDS, ROOT


@pytest.mark.parametrize("application", ["fastapi", "django"])
@pytest.mark.parametrize("url", ["postgresql://nobody:s3cret@127.0.0.1:1/none", "postgresql//typo", "mysql://x/y"])
def test_a_database_that_cannot_be_used_is_named(application: str, url: str) -> None:
    """A wrong address, and a server that does not answer, end in a message and not in a traceback; no password is told."""
    for package in NEEDS[application]:
        pytest.importorskip(package, reason="the packages of the applications are of the dependency group hosts")
    started = subprocess.run(
        [sys.executable, "-m", f"examples.{application}"],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": url, "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )

    assert started.returncode == 1
    assert "DATABASE_URL不能使用 / cannot be used: " in started.stderr
    assert "Traceback" not in started.stderr
    assert "s3cret" not in started.stderr
