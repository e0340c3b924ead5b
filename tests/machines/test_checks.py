"""What the fields of data ask of their values: refused at the field, in both languages, whatever is given."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import attrs
import pytest

from ssflow import machines
from ssflow.errors import InputError
from ssflow.machines.account_access import WrongEntry
from ssflow.machines.benefit_claim import Refusal, Remarks
from ssflow.machines.employer_registration import Penalty
from ssflow.machines.issuer_programme import Approval
from ssflow.machines.medical_transfer import Cover, Money
from ssflow.machines.pension_transfer import OneOff
from ssflow.machines.reckoning.periods import PaidPeriod
from ssflow.machines.shared.cards import Payment

DAY = date(2026, 1, 5)
DATA = {a.data for name in machines.names() for a in machines.get(name).activities if a.data is not None}
CHECKED = [
    (cls, field.name)
    for cls in sorted(DATA, key=lambda cls: (cls.__module__, cls.__qualname__))
    for field in attrs.fields(cls)
    if field.validator
]


@pytest.mark.parametrize(
    ("make", "path", "says"),
    [
        (lambda: Remarks("  "), "remarks", "has to be told what is missing"),
        (lambda: Refusal(""), "reasons", "has to be told why"),
        (lambda: Approval("\t"), "issuer_number", "is given a number"),
        (lambda: WrongEntry(-1), "wrong_entries", "-1 is less than none"),
        (lambda: WrongEntry(True), "wrong_entries", "not bool"),
        (lambda: OneOff(-3, DAY), "months", "-3 is less than none"),
        (lambda: Payment(Decimal(-1)), "paid", "not -1"),
        (lambda: Payment(Decimal("NaN")), "paid", "not NaN"),
        (lambda: Payment(20), "paid", "not int"),
        (lambda: Money(Decimal("Infinity")), "received", "not Infinity"),
        (lambda: Penalty(Decimal(0), Decimal(1)), "employer_fine", "above 0"),
        (lambda: Cover(months=1, benefits_from=DAY, missed=1, bought=2), "bought", "from 0 to 1"),
        (lambda: PaidPeriod(DAY, date(2025, 1, 1)), "last", "runs backwards"),
        (lambda: PaidPeriod("2025", DAY), "first", "a day is required, not str"),
    ],
)
def test_values_that_cannot_be_right(make: Callable[[], object], path: str, says: str) -> None:
    """Empty texts, counts and sums below none, periods that run backwards."""
    with pytest.raises(InputError, match=says) as refused:
        make()

    assert [fault.path for fault in refused.value.faults] == [path]
    assert refused.value.say("zh") != refused.value.say("en")


@pytest.mark.parametrize(("cls", "name"), CHECKED, ids=lambda part: getattr(part, "__qualname__", part))
@pytest.mark.parametrize("given", [None, ..., "", b"x", -1, float("nan"), [], {}], ids=repr)
def test_no_check_ends_in_words_of_python(cls: type[Any], name: str, given: Any) -> None:
    """Every field with a check, given anything: it is taken, or refused by an error of ours that names the field."""
    field = attrs.fields_dict(cls)[name]
    checked: Any = field.validator
    blank = object.__new__(cls)
    for other in attrs.fields(cls):
        object.__setattr__(blank, other.name, other.default)
    refused = None
    try:
        checked(blank, field, given)
    except InputError as error:
        refused = error
    if refused:
        assert [fault.path for fault in refused.faults] == [name]
        assert refused.say("zh") != refused.say("en")


def test_there_are_checks() -> None:
    """The two tests above look at something."""
    assert len(CHECKED) > 20
