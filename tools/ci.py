"""What a change has to pass: all parts, two at a time, and the environments of the later ones are made while the first one runs."""

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

from tools.environment import ROOT, set_up_with

GROUPS = ("site", "hosts", "peers")
# What takes longest begins first. Each part runs as many tests at once as there are processors, but the browsers of `site` and `hosts`
# and the pip of `fresh` let them wait.
PARTS = (("fresh", "quick"), *((group,) for group in GROUPS))
AT_ONCE = 2


def ci(*_: str) -> int:
    """The tests, then everything that needs more than the environment of the lock; each part is shown when it has ended."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        made = pool.submit(lambda: [set_up_with(group) for group in GROUPS])
        failed = _part("test", shown=True)
        if failed or any(made.result()):
            return failed or 1
        return max(pool.map(lambda words: _part(*words), PARTS))


def _part(*words: str, shown: bool = False) -> int:
    """Run a command of `dev.py`, and say how long it took; its exit code."""
    start = time.monotonic()
    said = {} if shown else {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    ended = subprocess.run([sys.executable, "dev.py", *words], cwd=ROOT, check=False, **said)
    sys.stdout.buffer.write(
        (ended.stdout or b"") + f"== {' '.join(words)}: {time.monotonic() - start:.0f} s\n".encode()
    )
    sys.stdout.flush()
    return ended.returncode
