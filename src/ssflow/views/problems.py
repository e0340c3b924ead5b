"""The view of an error as an answer over HTTP: its status, what is wrong, and what to do."""

from __future__ import annotations

from typing import Any

from attrs import frozen

from ssflow.doors import check_kind, check_lang
from ssflow.errors import (
    ConflictError,
    Fault,
    InputError,
    RefusedError,
    ReusedKeyError,
    SsflowError,
    StoreError,
    UnknownError,
)
from ssflow.text import Lang, Text
from ssflow.views.plain import View
from ssflow.views.refusals import GroundView, ground_views
from ssflow.views.wording import lines

# A key that was used for another request is 422 by the draft of the header Idempotency-Key (draft-ietf-httpapi-idempotency-key-header).
_KINDS: tuple[tuple[type[SsflowError], int, Text, Text], ...] = (
    (
        RefusedError,
        422,
        Text("不予办理", "refused"),
        Text(
            "没有作任何改变；请按各项理由补齐后再办",
            "nothing was changed; do what each ground asks for, then try again",
        ),
    ),
    (
        ReusedKeyError,
        422,
        Text("键已用过", "the key has been used"),
        Text("请重新打开表单再提交", "open a new form and send it again"),
    ),
    (
        ConflictError,
        409,
        Text("其间已有办理", "somebody acted in the meantime"),
        Text(
            "没有作任何记录；请查看办件现状后再办",
            "nothing was recorded; look at the case again, then decide",
        ),
    ),
    (UnknownError, 404, Text("没有找到", "not found"), Text("请核对编号或名称", "check the number or the name")),
    (
        InputError,
        400,
        Text("填写有误", "the input cannot be used"),
        Text("没有作任何记录；请改正标出的各项", "nothing was recorded; correct what is marked"),
    ),
    (
        StoreError,
        503,
        Text("数据库暂不可用", "the database is not available now"),
        Text(
            "没有作任何记录，上文另有说明的除外；请稍后再试",
            "nothing was recorded unless the text says otherwise; try again later",
        ),
    ),
    (
        SsflowError,
        500,
        Text("系统出错", "the service failed"),
        Text("请联系系统管理员", "tell the operator of the service"),
    ),
)


@frozen
class FaultView(View):
    """One thing that is wrong with what was given: the path of its field, empty for the whole, and what is wrong."""

    path: str
    said: Text

    @property
    def text(self) -> Text:
        """The fault with its place."""
        return Fault(self.path, self.said).both


@frozen(kw_only=True)
class ProblemView(View):
    """An error as a client sees it: the ``status`` of HTTP, the kind of problem, its ``detail``, ``advice`` on what to do;
    for a refusal its grounds, for wrong input its faults.
    """

    status: int
    title: Text
    detail: Text
    advice: Text
    grounds: tuple[GroundView, ...]
    faults: tuple[FaultView, ...]

    @property
    def text(self) -> Text:
        """What is wrong, and what to do."""
        return lines(self.detail, self.advice)

    def problem(self, lang: Lang) -> dict[str, Any]:
        """Return the problem in one language, as ``application/problem+json`` (RFC 9457)."""
        check_lang("lang", lang)
        shown = self.document()
        said = {name: getattr(self, name).say(lang) for name in ("title", "detail", "advice")}
        return {"type": "about:blank", **shown, **said}


def problem_view(error: SsflowError) -> ProblemView:
    """Return the view of an error for the person or the program that asked."""
    check_kind("error", error, SsflowError)
    _, status, title, advice = next(row for row in _KINDS if isinstance(error, row[0]))
    return ProblemView(
        status=status,
        title=title,
        detail=Text(error.say("zh"), error.say("en")),
        advice=advice,
        grounds=ground_views(error.grounds) if isinstance(error, RefusedError) else (),
        faults=tuple(FaultView(*fault) for fault in error.faults) if isinstance(error, InputError) else (),
    )
