"""The pages. What a request writes is one transaction: the events of ssflow and the rows of the host are kept together or not at all."""

from __future__ import annotations

from secrets import token_urlsafe
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy import Connection, select

from examples import desk
from examples.desk import User
from examples.fastapi.database import NOTE, SESSION, keep_note, users
from examples.fastapi.service import Asking, Here, Sent, Service, Token, page
from ssflow import machines
from ssflow.errors import InputError, RefusedError
from ssflow.process import Activity
from ssflow.views import problem_view

router = APIRouter(include_in_schema=False)


@router.get("/sign-in")
def ask_name(request: Request, here: Here) -> Response:
    """Ask who it is."""
    with here.engine.connect() as connection:
        return page(request, "sign_in", users=users(connection))


@router.post("/sign-in")
def sign_in(here: Here, written: Sent) -> Response:
    """Begin a session."""
    token, answer = token_urlsafe(), RedirectResponse("/", 303)
    with here.engine.begin() as connection:
        connection.execute(SESSION.insert().values(token=token, user=written.get("name", "")))
    answer.set_cookie("session", token, httponly=True, samesite="lax")
    return answer


@router.post("/sign-out")
def sign_out(here: Here, token: Token) -> Response:
    """End the session."""
    with here.engine.begin() as connection:
        connection.execute(SESSION.delete().where(SESSION.c.token == (token or "")))
    return RedirectResponse("/sign-in", 303)


@router.get("/")
def work(request: Request, here: Here, user: Asking, due_by: str = "") -> Response:
    """Show what is to be done, and what can be opened."""
    with here.engine.connect() as connection:
        own = connection.scalars(select(NOTE.c.case).where(NOTE.c.author == user.name).distinct()).all()
        shown = desk.work_page(here.cases(connection, user), user, here.procedures, own, due_by)
    return page(request, "work", user=user, **shown)


@router.get("/cases")
def find(case: str = "") -> Response:
    """Go to a case."""
    return RedirectResponse(_address(case.strip()), 303)


@router.get("/cases/{case}")
def follow(request: Request, here: Here, user: Asking, case: str, recorded: str = "") -> Response:
    """Show a case, with the notes of the office."""
    with here.engine.connect() as connection:
        shown = desk.case_page(here.cases(connection, user), user, case)
        notes = connection.execute(NOTE.select().where(NOTE.c.case == case, NOTE.c.text != "")).all()
    return page(request, "case", user=user, notes=notes, recorded=recorded, **shown)


@router.api_route("/open/{process}/{name}", methods=["GET", "POST"])
def open_case(request: Request, here: Here, user: Asking, written: Sent, process: str, name: str) -> Response:
    """Show the form that opens a case, or do what it says."""
    with here.engine.begin() as connection:
        activity = desk.activity_of(machines.get(process), name, user)
        return _form(request, here, connection, user, activity, written)


@router.api_route("/cases/{case}/{name}", methods=["GET", "POST"])
def act(request: Request, here: Here, user: Asking, written: Sent, case: str, name: str) -> Response:
    """Show the form of an activity, or do what it says."""
    with here.engine.begin() as connection:
        process = desk.seen(here.cases(connection, user), user, case).process
        return _form(request, here, connection, user, desk.activity_of(process, name, user), written, case)


def _form(
    request: Request,
    here: Service,
    connection: Connection,
    user: User,
    activity: Activity[Any],
    written: Sent,
    case: str = "",
) -> Response:
    cases, error = here.cases(connection, user), None
    if request.method == "POST":
        try:
            done, beside = desk.submit(cases, user, activity, written, case)
        except (RefusedError, InputError) as refused:
            error = refused
        else:
            keep_note(connection, done, user, beside)
            return RedirectResponse(f"{_address(done.id)}?recorded=1", 303)
    shown = desk.form_page(cases, user, activity, case, written, error)
    return page(request, "form", problem_view(error).status if error else 200, user=user, **shown)


def _address(case: str) -> str:
    return f"/cases/{quote(case, safe='')}"
