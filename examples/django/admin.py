"""The admin: our own rows, and the cases, which are only read there."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db import connection
from django.http import HttpRequest
from django.utils.translation import get_language

from examples.desk import today
from examples.django.models import Note, Place
from ssflow import Cases, JoinedStore, machines
from ssflow.store.django.models import Case
from ssflow.text import Text
from ssflow.views import follow

admin.site.register([Note, Place])


@admin.register(Case)
class CaseAdmin(admin.ModelAdmin):
    """Cases, each with what is said of it; what is personal stays masked."""

    list_display = ("id", "procedure", "version", "closed", "late", "last")
    list_filter = ("process", "closed", "late")
    search_fields = ("id",)
    fields = readonly_fields = ("id", "procedure", "version", "what_is_said", "what_happened")

    @admin.display(description="程序 procedure", ordering="process")
    def procedure(self, row: Case) -> str:
        """What the case is."""
        return _said(machines.get(row.process).title)

    @admin.display(description="现状 present state")
    def what_is_said(self, row: Case) -> str:
        """Its state, what is owed in it, who may act next."""
        cases = Cases(JoinedStore(connection))
        return _said(follow(cases, row.id, on=today(cases)).text)

    @admin.display(description="经过 events")
    def what_happened(self, row: Case) -> str:
        """Its events, one a line."""
        cases = Cases(JoinedStore(connection))
        return "\n".join(_said(event.text) for event in follow(cases, row.id, on=today(cases)).events)

    def has_add_permission(self, _: HttpRequest) -> bool:
        """Cases are opened by what is done."""
        return False

    def has_change_permission(self, _: HttpRequest, __: Any = None) -> bool:
        """What happened is not edited."""
        return False

    def has_delete_permission(self, _: HttpRequest, __: Any = None) -> bool:
        """What happened is not deleted."""
        return False


def _said(text: Text) -> str:
    return text.zh if (get_language() or "").startswith("zh") else text.en
