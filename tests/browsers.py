"""The browser with which tests look at pages."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

_NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")


@contextmanager
def chromium(group: str) -> Iterator[Any]:
    """A Chromium of the machine, or that of Playwright; the test is skipped if there is none. ``group`` is the dependency group that has Playwright."""
    api = pytest.importorskip("playwright.sync_api", reason=f"playwright is of the dependency group {group}")
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    with api.sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        except api.Error as error:
            pytest.skip(f"no Chromium was found; install one (Debian: apt install chromium): {error.message[:80]}")
        yield browser
        browser.close()
