"""Several corrections are judged as one history; a related case that was forgotten is named by one."""

import pytest

from ssflow import Cases
from ssflow.case import EventKind
from ssflow.errors import InputError, RefusedError, UnknownError
from ssflow.machines.card_replacement import (
    Application,
    CardReplacement,
    Photo,
    Reason,
    Remarks,
)
from ssflow.machines.loss_report import LossReport
from ssflow.records import Correction
from tests.case.test_corrections import DAY, FORMALLY, HOLDER, accepted

C, L = CardReplacement, LossReport


@pytest.fixture
def same_party(cases: Cases) -> Cases:
    """A loss report and the replacement that names it, both typed for the party p1; the truth is p9."""
    where = {"places": "440100", "party": "p1"}
    form = Application(holder=HOLDER, reason=Reason.lost, photo=Photo.identity_card)
    cases.open(FORMALLY, by=L.holder, on=DAY, case="loss-9", **where)
    cases.open(C.apply(form), by=C.holder, on=DAY, case="card-9", links=["loss-9"], **where)
    return cases


def for_p9(cases: Cases) -> list[Correction]:
    """Both openings, for the right party, by the roles that may correct them."""
    form = cases.trace("card-9")[0].data
    how = {"reason": "当事人编号录错", "party": "p9", "actor": "u17"}
    return [
        Correction(1, FORMALLY, case="loss-9", corrector=L.office, **how),
        Correction(1, C.apply(form), case="card-9", corrector=C.office, **how),
    ]


def test_what_is_wrong_alike_in_related_cases_is_corrected_together(same_party: Cases) -> None:
    """The two have to be of one party, so neither can be corrected alone; together they come out as if they had been typed rightly."""
    loss, card = both = for_p9(same_party)
    for one in both:
        with pytest.raises(RefusedError, match="is the case of the same party"):
            same_party.correct_together([one])
    assert [case.version for case in map(same_party.get, ("loss-9", "card-9"))] == [2, 1]

    after = same_party.correct_together(one for one in (card, loss))

    assert [(case.id, case.version, case.parties["holder"]) for case in after] == [
        ("card-9", 2, "p9"),
        ("loss-9", 3, "p9"),
    ]
    events = [same_party.trace(case)[-1] for case in ("loss-9", "card-9")]
    assert [(event.kind, event.actor, event.sets_aside) for event in events] == [(EventKind.correction, "u17", ())] * 2
    assert same_party.verify() == ()


def test_acts_that_belong_elsewhere_are_struck_out_together(lost: Cases) -> None:
    """A return and its resubmission of another case: struck out one by one, each would leave a history that could not have been."""
    lost.do("card-1", C.send_back(Remarks("照片不清")), by=C.office, on=DAY)
    lost.do("card-1", C.correct(lost.trace("card-1")[0].data), by=C.holder, on=DAY, party="p1")
    accepted(lost)
    for number in (2, 3):
        with pytest.raises(RefusedError):
            lost.correct("card-1", number, None, reason="录入他人办件", corrector=C.office)

    (case,) = lost.correct_together(
        Correction(number, None, case="card-1", reason="录入他人办件", corrector=C.office) for number in (2, 3)
    )

    assert (case.state, case.version) == (C.making, 7)
    assert "send_back" not in case.done
    assert lost.verify() == ()


@pytest.mark.parametrize(
    ("corrections", "error", "says"),
    [
        ([], InputError, "there is no correction; give"),
        ([None], InputError, r"corrections\[0\]: Correction is required"),
        ("card-1", InputError, "corrections: "),
        ([Correction(1, None, reason="x", case="nobody")], UnknownError, "unknown case 'nobody'"),
        (
            [Correction(1, None, reason="x")],
            InputError,
            r"corrections\[0\].case: name the case that is corrected",
        ),
        ([Correction(9, FORMALLY, reason="x", case="card-1")], UnknownError, "unknown event '9'"),
    ],
)
def test_wrong_corrections_together_are_refused(
    lost: Cases, corrections: object, error: type[Exception], says: str
) -> None:
    """Each correction names a case and an event that are there; nothing is written otherwise."""
    with pytest.raises(error, match=says):
        lost.correct_together(corrections)
    assert lost.get("card-1").version == 1


def test_a_correction_names_a_related_case_that_was_forgotten(cases: Cases) -> None:
    """A card was lost and not damaged, and its report was not named: the correction adds it, and the report is bound as on that day."""
    where = {"places": "440100", "party": "p1"}
    lost, damaged = (
        C.apply(Application(holder=HOLDER, reason=reason, photo=Photo.identity_card))
        for reason in (Reason.lost, Reason.damaged)
    )
    for name in ("loss-9", "loss-8"):
        cases.open(FORMALLY, by=L.holder, on=DAY, case=name, **where)
    cases.open(damaged, by=C.holder, on=DAY, case="card-9", **where)
    cases.open(lost, by=C.holder, on=DAY, case="card-8", links=["loss-8"], **where)
    with pytest.raises(RefusedError, match="a lost or stolen card needs the holder's formal loss report"):
        cases.correct("card-9", 1, lost, reason="遗失，误录为损坏")

    case = cases.correct("card-9", 1, lost, reason="遗失，误录为损坏", links=["loss-9"])

    assert [link.case for link in case.links] == ["loss-9"]
    assert cases.get("loss-9").state is cases.get("loss-8").state is L.replacing
    assert cases.verify() == ()
    with pytest.raises(UnknownError, match="unknown case 'nobody'"):
        cases.correct("card-9", 1, lost, reason="x", links=["nobody"])
    with pytest.raises(InputError, match="links: a list of ids"):
        cases.correct("card-9", 1, lost, reason="x", links="loss-9")
    with pytest.raises(InputError, match="case card-9 is not related to itself"):
        cases.correct("card-9", 1, lost, reason="x", links=["card-9"])
