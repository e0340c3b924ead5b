"""The pages. What a request writes is one transaction: the events of ssflow and the rows of the host are kept together or not at all."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.contrib import auth
from django.contrib.auth.decorators import login_required
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from examples import desk
from examples.django.answers import page
from examples.django.models import Note, keep_note, user_of, users
from ssflow import Cases, JoinedStore, machines
from ssflow.errors import InputError, RefusedError
from ssflow.process import Activity
from ssflow.views import problem_view


def cases_of(user: desk.User) -> Cases:
    """The cases, within the transaction of Django's connection, for what a user may do."""
    return Cases(JoinedStore(connection), authorise=user.authorise)


def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask who it is, and begin a session."""
    if request.method == "POST":
        user = auth.models.User.objects.filter(username=request.POST.get("name"), is_staff=False).first()
        if user:
            auth.login(request, user)
        return redirect("/")
    return page(request, "sign_in", users=users())


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    auth.logout(request)
    return redirect("/sign-in")


@require_GET
@login_required(login_url="/sign-in")
def work(request: HttpRequest) -> HttpResponse:
    """Show what is to be done, and what can be opened."""
    user = user_of(request.user)
    own = Note.objects.filter(author=user.name).values_list("case", flat=True).distinct()
    shown = desk.work_page(cases_of(user), user, machines.names(), own, request.GET.get("due_by", ""))
    return page(request, "work", user=user, **shown)


@require_GET
def find(request: HttpRequest) -> HttpResponse:
    """Go to a case."""
    return redirect(_address(request.GET.get("case", "").strip()))


@require_GET
@login_required(login_url="/sign-in")
def follow(request: HttpRequest, case: str) -> HttpResponse:
    """Show a case, with the notes of the office."""
    user = user_of(request.user)
    shown = desk.case_page(cases_of(user), user, case)
    notes = Note.objects.filter(case=case).exclude(text="")
    return page(request, "case", user=user, notes=notes, recorded="recorded" in request.GET, **shown)


@login_required(login_url="/sign-in")
def open_case(request: HttpRequest, process: str, name: str) -> HttpResponse:
    """Show the form that opens a case, or do what it says."""
    user = user_of(request.user)
    return _form(request, user, desk.activity_of(machines.get(process), name, user))


@login_required(login_url="/sign-in")
def act(request: HttpRequest, case: str, name: str) -> HttpResponse:
    """Show the form of an activity, or do what it says."""
    user = user_of(request.user)
    process = desk.seen(cases_of(user), user, case).process
    return _form(request, user, desk.activity_of(process, name, user), case)


def _form(request: HttpRequest, user: desk.User, activity: Activity[Any], case: str = "") -> HttpResponse:
    cases, error, written = cases_of(user), None, request.POST.dict()
    written.pop("csrfmiddlewaretoken", None)
    if request.method == "POST":
        try:
            with transaction.atomic():
                done, beside = desk.submit(cases, user, activity, written, case)
                keep_note(done, user, beside)
        except (RefusedError, InputError) as refused:
            error = refused
        else:
            return redirect(f"{_address(done.id)}?recorded=1")
    shown = desk.form_page(cases, user, activity, case, written, error)
    return page(request, "form", problem_view(error).status if error else 200, user=user, **shown)


def _address(case: str) -> str:
    return f"/cases/{quote(case, safe='')}"
