"""The Pythons of this machine that the package supports."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

OLDEST = (3, 11)
NAME = re.compile(r"python3(\.\d+)?(\.exe)?")
ASK = "import sys; print(*sys.version_info[:3], sys.base_prefix, getattr(sys, '_base_executable', sys.executable), sep='\\n')"


class Python(NamedTuple):
    """A Python: its version, the folder in which it is installed, and its program."""

    version: tuple[int, ...]
    home: str
    program: str

    def __str__(self) -> str:
        return ".".join(map(str, self.version))


def found() -> list[Python]:
    """Every Python from 3.11 up, the oldest first: the one that asks, those on the path, those of pyenv."""
    pyenv = Path(os.environ.get("PYENV_ROOT") or os.path.expanduser("~/.pyenv"))  # noqa: PTH111 - Path.home() may raise
    folders = [Path(folder) for folder in os.get_exec_path()] + sorted(pyenv.glob("versions/*/bin"))
    programs = {file for folder in folders if folder.is_dir() for file in folder.iterdir() if NAME.fullmatch(file.name)}
    # What a link, a shim or an environment stands for is one Python; which, it says itself.
    answers = [python for file in sorted(programs | {Path(sys.executable)}) if (python := _asked(file))]
    return sorted({(python.version, python.home): python for python in answers if python.version >= OLDEST}.values())


def _asked(file: Path) -> Python | None:
    try:
        told = subprocess.run([file, "-c", ASK], capture_output=True, encoding="utf-8", timeout=20, check=True).stdout
        *version, home, program = told.splitlines()
        return Python(tuple(map(int, version)), home, program)
    except (OSError, ValueError, subprocess.SubprocessError):  # for example a shim of pyenv without its version
        return None
