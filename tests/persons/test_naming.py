"""What cases and parties may be called."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssflow.errors import InputError
from ssflow.persons import check_case_id, check_party
from ssflow.persons.naming import LONGEST

HOSTS_IDS = [
    "card-1",
    "粤穗社保〔2026〕第0001号",
    "550e8400-e29b-41d4-a716-446655440000",
    "440106-20261129-0123",  # place, day, serial number: no number of a person
    "20261129101234567",
    "1876543210987654321",
    "13800000000",
    "x" * LONGEST,
]


@pytest.mark.parametrize("case", HOSTS_IDS)
def test_ids_of_hosts_are_taken(case: str) -> None:
    """Names, papers' numbers, UUIDs, times, serial numbers."""
    check_case_id("case", case)
    check_party("party", case)


@given(st.uuids())
def test_every_uuid_is_taken(case: UUID) -> None:
    """The commonest of ids."""
    check_case_id("case", str(case))


@pytest.mark.parametrize(
    ("case", "says"),
    [
        ("", "it is empty"),
        (" ", "begins or ends with a blank"),
        ("card-1 ", "begins or ends with a blank"),
        ("card\n1", r"character 5 \(U\+000A\) cannot be seen"),
        ("card\x00", "cannot be seen"),
        ("card\u200b1", "cannot be seen"),
        ("\u202e1-drac", "cannot be seen"),
        ("card\ud800", "cannot be seen"),
        ("cafe\u0301", "NFC"),
        ("x" * (LONGEST + 1), "201 characters"),
        (None, "a text is wanted, not NoneType"),
        (1, "a text is wanted, not int"),
        ("11010519491231002X", "identity number"),
        ("11010519491231002x", "identity number"),
        ("１１０１０５１９４９１２３１００２Ｘ", "identity number"),
        ("card-11010519491231002X-1", "identity number"),
        ("身份证11010519491231002X", "identity number"),
        ("110105491231002", "identity number"),
    ],
)
def test_what_no_case_is_called(case, says: str) -> None:
    """Empty, too long, not to be seen, no text, or a person's number; both languages say which argument."""
    with pytest.raises(InputError, match=says) as refused:
        check_case_id("case", case)

    assert [fault.path for fault in refused.value.faults] == ["case"]
    assert refused.value.say("zh") != refused.value.say("en")


def test_a_party_may_be_nobody_or_a_number() -> None:
    """A party that is not named is empty; one that is named by a number is shown masked, so it is taken."""
    check_party("party", "")
    check_party("party", "11010519491231002X")
    for party in (None, "p\t1", "p1 ", "x" * 201):
        with pytest.raises(InputError, match="party: "):
            check_party("party", party)
