"""The Pythons of this machine that the package supports."""

import os
import re
import subprocess
from pathlib import Path
from typing import NamedTuple

OLDEST = (3, 11)
NAME = re.compile(r"python3(\.\d+)?(\.exe)?")
ASK = "import sys; print(*sys.version_info[:3], getattr(sys, '_base_executable', sys.executable))"


class Python(NamedTuple):
    """A Python by its version and its program."""

    version: tuple[int, ...]
    program: str

    def __str__(self) -> str:
        return ".".join(map(str, self.version))


def found() -> list[Python]:
    """Every Python from 3.11 up, the oldest first: those on the path, and those of pyenv."""
    pyenv = Path(os.environ.get("PYENV_ROOT") or os.path.expanduser("~/.pyenv"))  # noqa: PTH111 - Path.home() may raise
    folders = [Path(folder) for folder in os.get_exec_path()] + sorted(pyenv.glob("versions/*/bin"))
    programs = {file for folder in folders if folder.is_dir() for file in folder.iterdir() if NAME.fullmatch(file.name)}
    # What a link or a shim stands for is one Python; which, it says itself.
    answers = {Path(python.program).resolve(): python for file in sorted(programs) if (python := _asked(file))}
    return sorted(python for python in answers.values() if python.version >= OLDEST)


def _asked(file: Path) -> Python | None:
    try:
        told = subprocess.run([file, "-c", ASK], capture_output=True, encoding="utf-8", timeout=20, check=True).stdout
    except (OSError, subprocess.SubprocessError):  # for example a shim of pyenv without its version
        return None
    *version, program = told.strip().split(" ", 3)
    return Python(tuple(map(int, version)), program)
