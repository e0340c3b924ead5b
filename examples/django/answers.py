"""Pages, and what is answered where something is wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from examples.pages import HEADERS, language, words
from ssflow.errors import InputError, SsflowError
from ssflow.views import problem_view


def page(request: HttpRequest, template: str, status: int = 200, **shown: Any) -> HttpResponse:
    """A page in the language of the reader."""
    lang = language(request.GET.get("lang"), request.COOKIES.get("lang"), request.headers.get("Accept-Language", ""))
    answer = render(request, f"{template}.html", {**words(lang), **shown}, status=status)
    for name, value in HEADERS.items():
        answer[name] = value
    answer.set_cookie("lang", lang, samesite="Lax")
    return answer


class Answers:
    """An error of ssflow is an answer; so is a row of our own that the database refuses. Whatever was written before is rolled back by then."""

    def __init__(self, go_on: Callable[[HttpRequest], HttpResponse]) -> None:
        self.go_on = go_on

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Hand the request on."""
        return self.go_on(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Say what is wrong."""
        if isinstance(error, IntegrityError):
            said = (
                "备注超过200字，数据库没有接受",
                "the note is longer than 200 characters, and the database refused it",
            )
            error = InputError.of("", *said)
        if not isinstance(error, SsflowError) or request.resolver_match is None:
            return None
        view, case = problem_view(error), request.resolver_match.kwargs.get("case")
        return page(request, "problem", view.status, problem=view, case=case if view.status == 409 else None)
