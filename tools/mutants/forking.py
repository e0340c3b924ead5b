"""Something is done in a process forked from this one, within limits, and nothing of it stays."""

import os
import resource
import signal
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from enum import Enum
from tempfile import TemporaryFile

MEMORY = 6 << 30  # bytes; a change that builds a list without an end takes no more
LATE = {signal.SIGXCPU, signal.SIGKILL, signal.SIGPROF, signal.SIGALRM}  # what ends a process that takes too long
_LOOKED = 0.005  # seconds between looks


class Ended(Enum):
    """How a process ended."""

    well = "well"
    badly = "badly"
    late = "late"


def forked(do: Callable[[], int], processor: float, wall: float) -> Ended:
    """Do it in a process of its own, with limits in seconds of a processor and of the clock."""
    child = os.fork()
    if child == 0:
        code = 70
        try:
            os.setsid()
            told = os.dup(2)
            with TemporaryFile() as shown:
                for stream in (1, 2):
                    os.dup2(shown.fileno(), stream)
            resource.setrlimit(resource.RLIMIT_CPU, (int(processor) + 1, int(processor) + 2))
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
            code = do()
        except BaseException:  # noqa: BLE001 - whatever it is, it ends here and is shown
            os.write(told, traceback.format_exc().encode())
        finally:
            os._exit(code)
    end = time.monotonic() + wall
    while time.monotonic() < end:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            _kill(child)
            if os.WIFSIGNALED(status) and os.WTERMSIG(status) in LATE:
                return Ended.late
            return Ended.well if status == 0 else Ended.badly
        time.sleep(_LOOKED)
    _kill(child)
    os.waitpid(child, 0)
    return Ended.late


def _kill(child: int) -> None:
    """The process and those that it started."""
    with suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
