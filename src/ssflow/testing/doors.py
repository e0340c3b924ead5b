"""The checks of arguments of the functions for testing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ssflow.case import Legislation
from ssflow.doors import check_kind, each_of
from ssflow.errors import InputError

Examples = Mapping[str, Sequence[Any]]  # data by procedure and activity: "loss_report.report_formally"


def law_of(law: Legislation | None) -> Legislation:
    """Return the given law, or the present one if none is given; raises InputError for anything else."""
    if law is None:
        return Legislation()
    check_kind("law", law, Legislation)
    return law


def check_examples(name: str, examples: Examples) -> None:
    """Refuse anything but lists of data by the names of procedure and activity; raises InputError."""
    check_kind(name, examples, Mapping)
    for key, data in examples.items():
        check_kind(name, key, str)
        each_of(f"{name}.{key}", data, object)


def check_limit(name: str, limit: int) -> None:
    """Refuse anything but a number of cases of at least 1; raises InputError."""
    check_kind(name, limit, int)
    if limit < 1:
        raise InputError.of(name, f"须不小于1；实际为{limit}", f"a number of at least 1 is required, not {limit}")
