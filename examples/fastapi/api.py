"""The API: each activity is an address, and the body of a request is the data of the activity, by the schema that its procedure has."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, FastAPI, Header, Request
from fastapi.openapi.utils import get_openapi
from fastapi.responses import JSONResponse

from examples import desk
from examples.desk import Beside
from examples.fastapi.database import keep_note
from examples.fastapi.service import Asking, Here
from ssflow import Cases, machines
from ssflow.case import Case
from ssflow.errors import InputError, UnknownError
from ssflow.export import to_openapi
from ssflow.process import Activity
from ssflow.views import follow

_TEXT = {"type": "object", "required": ["zh", "en"], "properties": {"zh": {"type": "string"}, "en": {"type": "string"}}}
_DAY = {"type": ["string", "null"], "format": "date"}
SCHEMAS: dict[str, Any] = {
    "Text": _TEXT,
    "Case": {
        "type": "object",
        "required": ["case", "process", "version", "state", "closed", "facts", "obligations", "events", "next"],
        "properties": {
            "case": {"type": "string"},
            "process": {"type": "string"},
            "version": {"type": "integer", "minimum": 1},
            "state": {"type": "string"},
            "closed": {"type": "boolean"},
            "facts": {"type": "object"},
            "obligations": {"type": "array", "items": {"$ref": "#/components/schemas/Obligation"}},
            "events": {"type": "array", "minItems": 1, "items": {"type": "object"}},
            "next": {"type": "array", "items": {"type": "object"}},
        },
    },
    "Obligation": {
        "type": "object",
        "required": ["clock", "owed_by", "due", "overdue", "why", "basis"],
        "properties": {
            "clock": {"type": "string"},
            "owed_by": {"type": "string"},
            "due": _DAY,
            "overdue": {"type": "boolean"},
            "why": {"$ref": "#/components/schemas/Text"},
            "basis": {"type": "array", "items": {"type": "object", "required": ["cite", "zh", "en"]}},
        },
    },
    "Work": {
        "type": "object",
        "required": ["case", "process", "clock", "role", "due", "late"],
        "properties": {"case": {"type": "string"}, "due": _DAY, "late": {"type": "boolean"}},
    },
    "Problem": {
        "type": "object",
        "required": ["type", "title", "status", "detail", "advice", "grounds", "faults"],
        "properties": {
            "type": {"type": "string"},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "detail": {"type": "string"},
            "advice": {"type": "string"},
            "grounds": {"type": "array", "items": {"type": "object", "required": ["kind", "reason", "basis"]}},
            "faults": {"type": "array", "items": {"type": "object", "required": ["path", "said"]}},
        },
    },
}
SIGN_IN = {
    "type": "about:blank",
    "title": "sign in",
    "status": 401,
    "detail": "sign in first",
    "advice": "send the cookie session",
    "grounds": [],
    "faults": [],
}


router = APIRouter(prefix="/api")


def _answers(schema: dict[str, Any], *statuses: int) -> dict[int | str, Any]:
    """What a path answers: a schema, or a problem."""
    problem = {"application/problem+json": {"schema": _kept("Problem")}}
    said = {
        400: "wrong input",
        401: "sign in",
        404: "not found",
        409: "conflict",
        413: "too long",
        422: "refused",
        503: "no database",
    }
    problems = {status: {"description": said[status], "content": problem} for status in (400, 401, 503, *statuses)}
    return {200: {"description": "as it then is", "content": {"application/json": {"schema": schema}}}, **problems}


def _kept(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


async def _body(request: Request) -> Any:
    """The JSON of a body; of an activity that takes no data, there may be none."""
    try:
        return json.loads(await request.body() or b"null")
    except (ValueError, RecursionError):
        raise InputError.of("", "不是JSON", "the body is not JSON") from None


Body = Annotated[Any, Depends(_body)]
Key = Annotated[str, Header(alias="Idempotency-Key")]


def add_api(app: FastAPI) -> None:
    """Add the addresses of the API, and the document that describes them."""
    app.include_router(router)
    processes = [machines.get(name) for name in app.state.service.procedures]
    for process in processes:
        for activity in process.activities:
            if activity.by is not None and activity.is_opening:
                _add(app, f"/api/{process.name}.{activity.name}", activity)
            if activity.by is not None and any(row.source for row in activity.transitions):
                _add(app, f"/api/cases/{{case}}/{process.name}.{activity.name}", activity)

    def document() -> dict[str, Any]:
        if not app.openapi_schema:
            app.openapi_schema = get_openapi(title=app.title, version=app.version, routes=app.routes)
            kept = app.openapi_schema["components"].setdefault("schemas", {})
            kept |= SCHEMAS | to_openapi(*processes)["components"]["schemas"]
        return app.openapi_schema

    app.openapi = document  # type: ignore[method-assign] - FastAPI documents this way


@router.get("/cases/{case}", responses=_answers(_kept("Case"), 404))
def follow_case(case: str, here: Here, user: Asking) -> JSONResponse:
    """A case as it is now."""
    with here.engine.connect() as connection:
        cases = here.cases(connection, user)
        return _case(cases, desk.seen(cases, user, case))


@router.get("/work", responses=_answers({"type": "array", "items": _kept("Work")}))
def work(here: Here, user: Asking, due_by: date | None = None) -> JSONResponse:
    """What the office of the user must do by when."""
    with here.engine.connect() as connection:
        shown = desk.work_page(here.cases(connection, user), user, [], [], str(due_by or ""))
    return JSONResponse([row.document() for row in shown["work"]])


def _acting(activity: Activity[Any]) -> Callable[..., JSONResponse]:
    def act(request: Request, here: Here, user: Asking, data: Body, key: Key = "", case: str = "") -> JSONResponse:
        beside = Beside.of({**request.query_params, "key": key})
        with here.engine.begin() as connection:
            cases = here.cases(connection, user)
            if case and desk.seen(cases, user, case).process is not activity.owner:
                raise UnknownError("case", case)
            done = desk.do(cases, user, activity, data, beside, case)
            keep_note(connection, done, user, beside)
            return _case(cases, done)

    return act


def _add(app: FastAPI, path: str, activity: Activity[Any]) -> None:
    """The address of an activity: what is asked beside its data is in the query, its data is the body."""
    process, opens = desk.process_of(activity), "{case}" not in path
    places = [
        _asked(f"place.{place.name}", {"type": "string", "pattern": "^[0-9]{6}$"}, place.en, required=True)
        for place in process.places
    ]
    query = [
        _asked("by", {"enum": [role.name for role in activity.roles]}, "the role", required=True),
        _asked("on", {"type": "string", "format": "date"}, "the day of the act", required=True),
        _asked("party", {"type": "string"}, "whose case it is in that role, where a clerk acts for a person"),
        _asked("links", {"type": "string"}, "the ids of related cases, with blanks between"),
        *(places if opens else [_asked("version", {"type": "integer", "minimum": 1}, "the version that was seen")]),
    ]
    body = {
        "required": activity.data is not None,
        "content": {"application/json": {"schema": _kept(f"{process.name}.{activity.name}")}},
    }
    app.post(
        path,
        name=f"{'open' if opens else 'do'} {process.name}.{activity.name}",
        summary=f"{activity.title.en} {activity.title.zh}",
        responses=_answers(_kept("Case"), 404, 409, 413, 422),
        openapi_extra={"parameters": query, "requestBody": body},
    )(_acting(activity))


def _asked(name: str, schema: dict[str, Any], what: str, *, required: bool = False) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": required, "schema": schema, "description": what}


def _case(cases: Cases, case: Case) -> JSONResponse:
    return JSONResponse(follow(cases, case.id, on=desk.today(cases)).document())
