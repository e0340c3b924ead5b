"""The model of a case's line, for Django's lists and its admin."""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models

from ssflow.errors import InputError


class Case(models.Model):
    """A case in its present state, by the names in the store. It is never written here, because no event would support the change."""

    id = models.TextField("办件 case", primary_key=True, db_column="case_id")
    process = models.TextField("程序 procedure")
    state = models.TextField("状态 state")
    version = models.IntegerField("版本 version")
    closed = models.BooleanField("已办结 closed")
    late = models.BooleanField("已逾期 late")
    last = models.TextField("最近一日 last day", null=True)  # noqa: DJ001 - as the table has it

    class Meta:  # noqa: D106 - its name is Django's
        managed = False
        db_table = "ssflow_head"
        verbose_name = "办件 case"
        verbose_name_plural = "办件 cases"

    def __str__(self) -> str:
        return str(self.id)

    def save(self, *_: Any, **__: Any) -> NoReturn:
        """Refuse; raises InputError."""
        raise _read_only()

    def delete(self, *_: Any, **__: Any) -> NoReturn:
        """Refuse; raises InputError."""
        raise _read_only()


def _read_only() -> InputError:
    return InputError.of(
        "case",
        "办件只能经Cases办理，不能在此改动",
        "a case changes only through its acts: use Cases; this model is read-only",
    )
