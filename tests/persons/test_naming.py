"""What cases and parties may be called."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssflow import Cases, MemoryStore
from ssflow.errors import InputError, UnknownError
from ssflow.machines.card_replacement import Application, CardReplacement, Photo, Reason
from ssflow.persons import Identity, check_case_id, check_party
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
        (None, "a text is required, not NoneType"),
        (1, "a text is required, not int"),
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


CARD = CardReplacement.apply(
    Application(holder=Identity("11010519491231002X"), reason=Reason.damaged, photo=Photo.identity_card)
)
ON = date(2026, 9, 21)


@pytest.mark.parametrize(
    ("path", "names"),
    [
        ("case", {"case": "11010519491231002X"}),
        ("case", {"case": "card-11010519491231002X"}),
        ("case", {"case": "card\n1"}),
        ("party", {"case": "c", "party": "p\t1"}),
        ("actor", {"case": "c", "actor": "clerk\u200b"}),
    ],
)
def test_nothing_is_opened_under_another_name(path: str, names: dict[str, str]) -> None:
    """A case is refused with the argument named, before anything is written."""
    cases = Cases(MemoryStore(), now=lambda: datetime(2026, 11, 22, tzinfo=UTC))
    with pytest.raises(InputError) as refused:
        cases.open(CARD, by=CardReplacement.holder, on=ON, places="440100", **names)
    assert {fault.path for fault in refused.value.faults} == {path}
    with pytest.raises(UnknownError):
        cases.get(names["case"])


@pytest.mark.parametrize("names", [{"party": "p\t1"}, {"actor": "clerk "}], ids=str)
def test_nobody_acts_under_another_name(names: dict[str, str]) -> None:
    """Also once the case is open; it is as it was."""
    cases = Cases(MemoryStore(), now=lambda: datetime(2026, 11, 22, tzinfo=UTC))
    cases.open(CARD, by=CardReplacement.holder, on=ON, places="440100", case="c")
    with pytest.raises(InputError, match=next(iter(names))):
        cases.do("c", CardReplacement.accept(), by=CardReplacement.office, on=ON, **names)
    assert cases.get("c").version == 1


def test_a_party_may_be_nobody_or_a_number() -> None:
    """A party that is not named is empty; one that is named by a number is shown masked, so it is taken."""
    check_party("party", "")
    check_party("party", "11010519491231002X")
    for party in (None, "p\t1", "p1 ", "x" * 201):
        with pytest.raises(InputError, match="party: "):
            check_party("party", party)
