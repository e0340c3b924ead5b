"""The applications of ``examples``, each as its own process, as ``python3 dev.py example`` starts it. They wait for ``python3 dev.py hosts``."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from html.parser import HTMLParser
from pathlib import Path
from secrets import token_urlsafe
from typing import Any

import pytest
from attrs import define, field, frozen

from tests.browsers import chromium
from tests.store.postgresql import Server, started

ROOT = Path(__file__).parents[2]
ADMIN_PASSWORD = token_urlsafe()
NEEDS = {"fastapi": ("fastapi", "uvicorn", "jinja2", "python_multipart"), "django": ("jinja2",)}


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A PostgreSQL that really runs."""
    with started() as (found, missing):
        if found is None:
            pytest.skip(f"no PostgreSQL to test with: {missing}")
        yield found


@pytest.fixture
def schema_dsn(server: Server) -> Iterator[str]:
    """Where a schema of one test is."""
    with server.schema() as address:
        yield address


@frozen
class Served:
    """An application that runs, and where its database is."""

    name: str
    url: str
    database: str


@pytest.fixture(scope="session", params=["fastapi-sqlite", "fastapi-postgresql", "django-sqlite", "django-postgresql"])
def served(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Each application on each database."""
    yield from running(request, tmp_path_factory)


def running(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The application that a fixture names, with a database of its own."""
    name, _, kind = request.param.partition("-")
    for package in ("httpx", *NEEDS[name]):
        pytest.importorskip(package, reason="the packages of the applications are of the dependency group hosts")
    folder = tmp_path_factory.mktemp(name)
    if kind == "sqlite":
        yield from serve(name, f"sqlite:///{folder / 'host.db'}", folder)
        return
    with request.getfixturevalue("server").schema() as dsn:
        yield from serve(name, dsn, folder)


def serve(name: str, database: str, folder: Path) -> Iterator[Served]:
    """Start an application, and stop it when it is no longer needed; what it says is in the folder."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    machine = {**os.environ, "DATABASE_URL": database, "PORT": str(port), "ADMIN_PASSWORD": ADMIN_PASSWORD}
    said = folder / "said.log"
    with said.open("w", encoding="utf-8") as log:
        command = [sys.executable, "-m", f"examples.{name}"]
        process = subprocess.Popen(command, cwd=ROOT, env=machine, stdout=log, stderr=log)
        try:
            await_port(process, port, said)
            yield Served(name, f"http://127.0.0.1:{port}", database)
        finally:
            process.terminate()
            process.wait(timeout=20)


def await_port(process: subprocess.Popen, port: int, said: Path) -> None:
    """Until somebody listens there."""
    end = time.monotonic() + 60
    while time.monotonic() < end and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    pytest.fail(f"the application does not start: {said.read_text(encoding='utf-8')[-2000:]}")


class Form(HTMLParser):
    """The fields of the form with which something is sent, as a browser would send them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self._inside, self._select = False, ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            self._inside = given.get("method") == "post" and not given.get("action")
        if not self._inside:
            return
        if tag in ("input", "textarea") and given.get("name"):
            self.fields[given["name"] or ""] = given.get("value") or ""
        elif tag == "select":
            self._select = given["name"] or ""
        elif tag == "option" and ("selected" in given or self._select not in self.fields):
            self.fields[self._select] = given.get("value") or ""


@define
class Visitor:
    """Somebody at an application, with a browser that has no scripts."""

    served: Served
    name: str
    client: Any = field(init=False)

    def __attrs_post_init__(self) -> None:
        import httpx

        self.client = httpx.Client(
            base_url=self.served.url, follow_redirects=True, timeout=30, headers={"Accept-Language": "en"}
        )
        page = self.client.get("/sign-in")
        self.client.post("/sign-in", data={"name": self.name, **token(page.text)})

    def form(self, path: str, **written: str) -> dict[str, str]:
        """The fields of a form, some of them filled in: ``holder__number`` is ``holder.number``."""
        page = self.client.get(path)
        assert page.status_code == 200, page.text
        return Form(page.text).fields | {name.replace("__", "."): text for name, text in written.items()}

    def send(self, path: str, **written: str) -> Any:
        """Fill in a form and send it."""
        return self.client.post(path, data=self.form(path, **written))

    def open(self, path: str, **written: str) -> str:
        """Open a case; its id."""
        answer = self.send(f"/open/{path}", **written)
        assert answer.status_code == 200, answer.text
        return re.search(r"/cases/([^?]+)", str(answer.url))[1]


def token(page: str) -> dict[str, str]:
    """What Django asks for in every form."""
    found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    return {"csrfmiddlewaretoken": found[1]} if found else {}


@pytest.fixture
def visit(served: Served) -> Iterator[Any]:
    """Sign in as somebody."""
    with ExitStack() as visits:

        def signed_in(name: str) -> Visitor:
            visitor = Visitor(served, name)
            visits.callback(visitor.client.close)
            return visitor

        yield signed_in


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A Chromium of the machine, or that of Playwright."""
    with chromium("hosts") as found:
        yield found
