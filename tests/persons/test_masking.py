"""Personal data stays out of sight."""

import copy
import pickle

import pytest

from ssflow.errors import InputError
from ssflow.machines.card_replacement import Application, PostalAddress, Reason
from ssflow.persons import BankCard, Identity, IdentityKind, SocialCard, check_case_id, mask, masked

NUMBER = "11010519491231002X"
# What might be a number and is wrong, each with the class that refuses it.
WRONG = [
    (Identity, "110105194912310021"),
    (Identity, "910105194912310021"),
    (Identity, "1101051949123100"),
    (Identity, "110105194913310025"),
    (Identity, "110105 19491231 0021"),
    (Identity, "１１０１０５１９４９１２３１００２１"),
    (Identity, NUMBER * 6),
    *((lambda number, kind=kind: Identity(number, kind), "7654321QRSTUVWX-ABCDEFGHIJKLM") for kind in IdentityKind),
    (BankCard, "6222021234567890123"),
    (BankCard, "622202000000000000000000"),
    (SocialCard, "A1234567890"),
    (SocialCard, "AB2345678"),
    (lambda number: check_case_id("case", number), NUMBER),
]


def test_personal_data_is_masked() -> None:
    """A repr and a masked view hide numbers and addresses at any depth; other facts stay readable."""
    address = PostalAddress("张三", "广州市越秀区某路1号5栋601", "13800000000")
    application = Application(holder=Identity(NUMBER), reason=Reason.lost, address=address)
    shown = repr(application) + repr(masked(application))

    assert not [secret for secret in (NUMBER[:16], "越秀", "13800", "张三") if secret in shown]
    assert "Reason.lost" in shown
    assert (mask(NUMBER), mask("张三")) == ("***2X", "***")


@pytest.mark.parametrize(("refuses", "number"), WRONG)
def test_no_error_repeats_a_number(refuses, number: str) -> None:
    """What is refused is told in both languages, at its field, and with two characters of the number at the most."""
    with pytest.raises(InputError) as refused:
        refuses(number)

    told = refused.value.say("zh") + refused.value.say("en") + repr(refused.value)
    assert not [part for at in range(len(number) - 2) if (part := number[at : at + 3]) in told]
    assert [fault.path for fault in refused.value.faults] in (["number"], ["case"])
    assert refused.value.say("zh") != refused.value.say("en")


def test_numbers_cross_a_process_whole() -> None:
    """Copies and pickles of an identity are equal to it, and as little to be read."""
    person = Identity(NUMBER)

    assert pickle.loads(pickle.dumps(person)) == copy.deepcopy(person) == person  # noqa: S301 - our own pickle
    assert NUMBER[:16] not in repr(copy.deepcopy(person))


@pytest.mark.parametrize("value", [None, "x", 1, [], Identity])
def test_only_a_value_with_fields_has_them_masked(value: object) -> None:
    """Anything else, a class of such values too, is refused by its name."""
    with pytest.raises(InputError, match="value: a value of an attrs class is required"):
        masked(value)
