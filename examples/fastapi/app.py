"""The service: its pages, its API, and what it answers where something is wrong."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime
from urllib.parse import urlsplit

from fastapi import FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse, Response
from sqlalchemy.exc import IntegrityError

from examples.desk import LONGEST_BODY
from examples.fastapi import pages
from examples.fastapi.api import SIGN_IN, add_api
from examples.fastapi.database import opened
from examples.fastapi.service import Service, page
from examples.pages import language
from ssflow import machines
from ssflow.calendar import clock
from ssflow.errors import Fault, InputError, SsflowError
from ssflow.text import Text
from ssflow.views import problem_view

SQLITE = "sqlite:///ssflow-fastapi.db"
_PROBLEM = "application/problem+json"


def make_app(
    url: str = SQLITE, procedures: Iterable[str] = machines.names(), now: Callable[[], datetime] = clock.now
) -> FastAPI:
    """The service over a database, for some procedures."""
    app = FastAPI(title="Social security cases", version="1", max_body_size=LONGEST_BODY)
    app.state.service = Service(opened(url), tuple(procedures), now)
    app.include_router(pages.router)
    add_api(app)
    app.middleware("http")(_same_site)
    app.add_exception_handler(SsflowError, _problem)
    app.add_exception_handler(IntegrityError, _not_kept)
    app.add_exception_handler(RequestValidationError, _wrong)
    app.add_exception_handler(401, _unknown)
    return app


async def _same_site(request: Request, go_on: Callable[[Request], Awaitable[Response]]) -> Response:
    """Refuse what a page of another site sends in the name of our users: browsers say from where a request comes."""
    site, origin = request.headers.get("sec-fetch-site", "none"), request.headers.get("origin")
    ours = site in ("same-origin", "none") and (not origin or urlsplit(origin).netloc == request.headers.get("host"))
    return (
        await go_on(request) if ours or request.method in ("GET", "HEAD") else Response("another site sent this", 403)
    )


def _problem(request: Request, error: SsflowError) -> Response:
    view, case = problem_view(error), request.path_params.get("case")
    if _is_api(request):
        lang = language(
            None, None, request.headers.get("accept-language", "")
        )  # a program has no page to choose one on
        return JSONResponse(view.problem(lang), view.status, media_type=_PROBLEM)
    return page(request, "problem", view.status, problem=view, case=case if view.status == 409 else None)


def _not_kept(request: Request, _: IntegrityError) -> Response:
    said = "备注超过200字，数据库没有接受", "the note is longer than 200 characters, and the database refused it"
    return _problem(request, InputError.of("", *said))


def _wrong(request: Request, error: RequestValidationError) -> Response:
    faults = [Fault(".".join(map(str, one["loc"])), Text(one["msg"], one["msg"])) for one in error.errors()]
    return _problem(request, InputError(*faults))


def _unknown(request: Request, _: HTTPException) -> Response:
    if _is_api(request):
        return JSONResponse(SIGN_IN, 401, media_type=_PROBLEM)
    return RedirectResponse("/sign-in", 303)


def _is_api(request: Request) -> bool:
    return request.url.path.startswith("/api/")
