"""What every request of the service needs: the database, the cases as a user may see them, pages in the language of the reader."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any

from attrs import frozen
from fastapi import Depends, HTTPException, Request
from fastapi.responses import Response
from fastapi.security import APIKeyCookie
from fastapi.templating import Jinja2Templates
from sqlalchemy import Connection, Engine

from examples.desk import User
from examples.fastapi.database import user_of
from examples.pages import FOLDER, HEADERS, language, words
from ssflow import Cases, JoinedStore

_TEMPLATES = Jinja2Templates(FOLDER)


@frozen
class Service:
    """A database, the procedures that are handled here, and a clock."""

    engine: Engine
    procedures: tuple[str, ...]
    now: Callable[[], datetime]

    def cases(self, connection: Connection, user: User) -> Cases:
        """The cases, within the transaction of a connection, for what a user may do."""
        return Cases(JoinedStore(connection), now=self.now, authorise=user.authorise)


def _service(request: Request) -> Service:
    found: Service = request.app.state.service
    return found


Here = Annotated[Service, Depends(_service)]
Token = Annotated[str | None, Depends(APIKeyCookie(name="session", auto_error=False))]


def _asking(here: Here, token: Token) -> User:
    with here.engine.connect() as connection:
        if token and (user := user_of(connection, token)):
            return user
    raise HTTPException(401)


async def _sent(request: Request) -> dict[str, str]:
    """What a form sends; we ask for no files."""
    return {name: text for name, text in (await request.form()).items() if isinstance(text, str)}


Asking = Annotated[User, Depends(_asking)]
Sent = Annotated[dict[str, str], Depends(_sent)]


def page(request: Request, template: str, status: int = 200, **shown: Any) -> Response:
    """A page in the language of the reader."""
    asked, kept = request.query_params.get("lang"), request.cookies.get("lang")
    lang = language(asked, kept, request.headers.get("accept-language", ""))
    answer = _TEMPLATES.TemplateResponse(request, f"{template}.html", {**words(lang), **shown}, status, HEADERS)
    answer.set_cookie("lang", lang, samesite="lax")
    return answer
