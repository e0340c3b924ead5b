"""Django's admin: the cases are there to be read, masked, and nothing else; the host's own tables are as usual."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.hosts.conftest import ADMIN_PASSWORD, Served, Visitor, running, token

NUMBER = "11010519491231002X"


@pytest.fixture(scope="module", params=["django-sqlite", "django-postgresql"])
def served(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The site."""
    yield from running(request, tmp_path_factory)


@pytest.fixture
def admin(served: Served, visit: Any) -> Visitor:
    """Who looks after the site, signed in with a password."""
    visitor: Visitor = visit("nobody")
    page = visitor.client.get("/admin/login/")
    sent = {"username": "admin", "password": ADMIN_PASSWORD, "next": "/admin/", **token(page.text)}
    assert visitor.client.post("/admin/login/", data=sent, headers={"Referer": served.url}).url.path == "/admin/"
    return visitor


def test_cases_are_read_and_nothing_else(admin: Visitor, visit: Any) -> None:
    """Listed by procedure, each with what is owed and what happened; no button and no address changes one."""
    report = {
        "track": "social",
        "holder__number": NUMBER,
        "_place.issuing": "440100",
        "_party": "wang",
        "_note": "一份材料",
    }
    case = visit("li").open("loss_report/report_formally", **report)
    found = admin.client.get(f"/admin/ssflow/case/?q={case}&process=loss_report").text
    shown = admin.client.get(f"/admin/ssflow/case/{case}/change/")

    assert case in found and "社会保障卡挂失" in found
    assert shown.status_code == 200 and "正式挂失" in shown.text and "第16条" in shown.text
    assert NUMBER not in shown.text and "delete/" not in shown.text and 'name="_save"' not in shown.text
    for action in ("add/", f"{case}/change/", f"{case}/delete/"):
        sent = admin.client.post(
            f"/admin/ssflow/case/{action}",
            data={"post": "yes", **token(admin.client.get("/admin/password_change/").text)},
        )
        assert sent.status_code == 403, action
    assert (
        "一份材料" in admin.client.get(f"/admin/desk/note/?q={case}").text
        or case in admin.client.get("/admin/desk/note/").text
    )


def test_the_admin_is_for_those_who_look_after_the_site(visit: Any) -> None:
    """A clerk is asked for another name; so is everybody who is not signed in."""
    assert visit("li").client.get("/admin/ssflow/case/").url.path == "/admin/login/"
    assert visit("nobody").client.get("/admin/").url.path == "/admin/login/"
