"""Mutants are tried in forks of a process that has loaded the library and all tests, where they are changes of functions.

A mutant whose line runs while these are loaded is not tried so: what was made meanwhile would not be of the changed code.
"""

import gc
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from tools.mutants.loading import in_order
from tools.mutants.mutations import Mutant
from tools.mutants.preparing import prepared
from tools.mutants.swapping import Swaps, functions, swap, swaps
from tools.mutants.touching import ARGUMENTS, SOURCE, TestFile
from tools.mutants.trying import Trial, Trials, Watched


def try_warm(
    sample: Sequence[Mutant],
    files: Sequence[TestFile],
    most: float,
    examples: int,
    tell: Callable[[Mutant, Trial], None],
) -> None:
    """Try the mutants of a sample for which this will do."""
    from coverage import Coverage

    coverage = Coverage(data_file=None, config_file=False, include=[f"{SOURCE}/*"], messages=False)
    coverage.start()
    prepared(examples)
    session = _Session(coverage, sample, files, most, tell)
    pytest.main([*ARGUMENTS, "--continue-on-collection-errors", *(file.name for file in files)], plugins=[session])


class _Session:
    """Once the tests are collected, a process is forked for each mutant, with a few of them."""

    def __init__(
        self,
        coverage: Any,
        sample: Sequence[Mutant],
        files: Sequence[TestFile],
        most: float,
        tell: Callable[[Mutant, Trial], None],
    ) -> None:
        self.coverage, self.sample, self.tell = coverage, sample, tell
        self.trials = Trials(files, most, self._run, {})
        self.found: dict[Mutant, Swaps] = {}
        self.failed = False

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """In place of running the tests."""
        self.coverage.stop()
        data = self.coverage.get_data()
        session.config.pluginmanager.unregister(name="terminalreporter")
        self.session, loaded = session, functions(SOURCE)
        gc.collect()
        gc.freeze()
        for mutant in self.sample:
            if mutant.lines.isdisjoint(data.lines(str(SOURCE / mutant.file)) or ()):
                self.found = {mutant: swaps(SOURCE, mutant, loaded.get(mutant.file, ()))}
                if self.found[mutant]:
                    self.tell(mutant, self.trials.of(mutant))
        return True

    def _run(self, mutant: Mutant | None, watched: Watched) -> int:
        """Run tests until one fails, within a process that ends afterwards."""
        if mutant:
            swap(self.found[mutant])
        self.session.config.pluginmanager.register(watched)
        items = in_order(self.session.items, watched)
        for item, following in zip(items, [*items[1:], None], strict=True):
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            if self.failed:
                self.session._setupstate.teardown_exact(None)  # what fixtures made is taken away
                return 1
        return 0

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> pytest.TestReport | None:
        """A test that fails has noticed the mutant; what it would say takes longer than most tests."""
        if call.excinfo is None or isinstance(call.excinfo.value, pytest.skip.Exception):
            return None
        self.failed = True
        return pytest.TestReport(item.nodeid, item.location, {}, "failed", None, call.when)
