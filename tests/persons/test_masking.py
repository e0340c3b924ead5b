"""Numbers are checked, and personal data stays out of sight."""

import pytest

from ssflow.machines.facts.cards import Application, PostalAddress, Reason
from ssflow.persons import BankCard, Identity, IdentityKind, SocialCard, mask, masked

NUMBER = "11010519491231002X"


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: Identity("110105194912310021"), "cannot be right"),
        (lambda: Identity("11010519491231002x"), "cannot be right"),
        (lambda: Identity("1101051949123100"), "cannot be right"),
        (lambda: Identity("990105194912310025"), "cannot be right"),
        (lambda: Identity("", IdentityKind.passport), "5 to 20 capital letters"),
        (lambda: BankCard("79927398714"), "read it again from the card"),
        (lambda: BankCard("none"), "read it again from the card"),
        (lambda: SocialCard("12345678"), "a letter or digit and eight digits"),
        (lambda: SocialCard("AB2345678"), "a letter or digit and eight digits"),
    ],
)
def test_wrong_numbers_are_refused(make, says: str) -> None:
    """A number that cannot be right is refused, and the message does not repeat it."""
    with pytest.raises(ValueError, match=says) as refused:
        make()

    assert "19491231" not in str(refused.value)


def test_right_numbers_are_taken() -> None:
    """Check digits that are right, and documents whose numbers nobody can check."""
    assert Identity(NUMBER).kind is IdentityKind.resident_id
    assert Identity("E12345678", IdentityKind.passport).number == "E12345678"
    assert BankCard("79927398713").number == "79927398713"
    assert SocialCard("A12345678").number == "A12345678"


def test_personal_data_is_masked() -> None:
    """A repr and a masked view hide numbers and addresses at any depth; other facts stay readable."""
    address = PostalAddress("张三", "广州市越秀区某路1号5栋601", "13800000000")
    application = Application(holder=Identity(NUMBER), reason=Reason.lost, address=address)
    shown = repr(application) + repr(masked(application))

    assert not [secret for secret in (NUMBER[:16], "越秀", "13800", "张三") if secret in shown]
    assert "Reason.lost" in shown
    assert (mask(NUMBER), mask("张三")) == ("***2X", "***")
